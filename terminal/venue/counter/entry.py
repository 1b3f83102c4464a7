"""The base of what the counter writes down; the kinds are in `entries` and `quote_entries`."""

import msgspec


class Entry(msgspec.Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of all; the tag on disk is the class name. Most kinds are of an account, and have a field for it."""

    @property
    def account_id(self) -> str:
        """The account it is of. Raises TypeError for a kind that names none."""
        raise TypeError(f"{type(self).__name__} names no account")
