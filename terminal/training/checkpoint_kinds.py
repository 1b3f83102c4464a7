"""What a checkpoint may ask (考核点), and which keys of the file each kind needs."""

from enum import StrEnum


class CheckpointKind(StrEnum):
    """What is looked for in the trainee's journal."""

    ACKNOWLEDGED = "acknowledged"
    """A reminder of a kind was acknowledged, in time after it was said"""
    EXERCISED = "exercised"
    """So many contracts were asked to be exercised, withdrawals taken off"""
    NOT_EXERCISED = "not_exercised"
    """A contract was left alone at the deadline"""
    LOCKED = "locked"
    """So many shares were locked"""
    CASH_IN = "cash_in"
    """So much money was brought in"""
    SHARES_IN = "shares_in"
    """So many shares were brought in"""
    CLOSED = "closed"
    """So many contracts were closed by the trainee's own orders"""
    REDUCED = "reduced"
    """So many short contracts of any kind were bought back"""
    COMBINED = "combined"
    RELEASED = "released"
    """So many combinations were released by the trainee"""
    QUOTED = "quoted"
    """A two-sided quote lives in the contract"""
    QUOTES_PULLED = "quotes_pulled"
    """No quote of ours lives in the contract, or in any of the underlying"""
    ANSWERED = "answered"
    """So many inquiries were answered, each within so many seconds"""
    CANCELLED = "cancelled"
    """No order of ours works"""
    DELTA_WITHIN = "delta_within"
    """Delta of an underlying lies in a band, in shares"""
    NO_REFUSAL = "no_refusal"
    """Nothing was refused for a reason, or for any"""
    NO_OPENING = "no_opening"
    """Nothing was opened"""
    NO_FORCED_CLOSE = "no_forced_close"
    """The broker did not have to close"""


_C = CheckpointKind
ARGUMENTS: dict[CheckpointKind, frozenset[str]] = {
    _C.ACKNOWLEDGED: frozenset({"reminder"}),
    _C.EXERCISED: frozenset({"contract", "quantity"}),
    _C.NOT_EXERCISED: frozenset({"contract"}),
    _C.LOCKED: frozenset({"underlying", "quantity"}),
    _C.CASH_IN: frozenset({"amount"}),
    _C.SHARES_IN: frozenset({"underlying", "quantity"}),
    _C.CLOSED: frozenset({"quantity"}),
    _C.REDUCED: frozenset({"quantity"}),
    _C.COMBINED: frozenset({"quantity"}),
    _C.RELEASED: frozenset({"quantity"}),
    _C.QUOTED: frozenset({"contract"}),
    _C.QUOTES_PULLED: frozenset(),
    _C.ANSWERED: frozenset({"quantity"}),
    _C.CANCELLED: frozenset(),
    _C.DELTA_WITHIN: frozenset({"underlying", "band"}),
    _C.NO_REFUSAL: frozenset(),
    _C.NO_OPENING: frozenset(),
    _C.NO_FORCED_CLOSE: frozenset(),
}
#: Kept until the deadline, not reached before it
KEPT = frozenset({_C.NOT_EXERCISED, _C.NO_REFUSAL, _C.NO_OPENING, _C.NO_FORCED_CLOSE})
