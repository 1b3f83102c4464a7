"""What every message is built on, and what a venue can do."""

from enum import StrEnum

import msgspec

#: Raised whenever a message changes shape; both ends refuse another one (F113)
PROTOCOL = 4
#: The book of a recorded day that is played again, alone or before the name of the recorded one
REPLAY_BOOK = "replay"


class Capability(StrEnum):
    """What a venue can do; screens grey out what it cannot."""

    ORDERS = "orders"
    LOCK_SHARES = "lock_shares"
    TRADE_SHARES = "trade_shares"
    CLOCK_CONTROL = "clock_control"
    QUOTES = "quotes"
    INQUIRIES = "inquiries"
    COMBINATIONS = "combinations"
    EXERCISE = "exercise"
    QUERIES = "queries"


class Message(msgspec.Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True):
    """Base of all; the tag on the wire is the class name."""
