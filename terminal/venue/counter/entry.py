"""The base of what the counter writes down; the kinds are in `entries` and `quote_entries`."""

import msgspec


class Entry(msgspec.Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of all; the tag on disk is the class name."""
