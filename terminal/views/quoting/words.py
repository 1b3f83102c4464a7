"""The words of the quoting console: columns, states, causes, protections, stops.

Sources are English; resources/translations holds the others.
"""

import re
from enum import StrEnum

from terminal.domain.errors import BadInput
from terminal.domain.quotes import EffectRule
from terminal.rules.protection.market_maker import Measure, Scope
from terminal.rules.protection.pull_rules import PullCause
from terminal.rules.protection.stops import StopTier
from terminal.strategies.contract_terms import JoinRule, WidthRule
from terminal.strategies.quote_columns import Absence
from terminal.views.refusals import refusal
from terminal.views.texts import bounded
from terminal.views.translation import translate

CONTEXT = "quoting"

WIDTH_RULES: dict[StrEnum, str] = {
    WidthRule.TICKS: "Ticks",
    WidthRule.VOLATILITY: "Volatility",
    WidthRule.ALLOWED: "Obligation",
}
JOIN_RULES: dict[StrEnum, str] = {
    JoinRule.OWN: "Own price",
    JoinRule.FOLLOW: "Follow best",
    JoinRule.NOT_ALONE: "Not alone",
}
EFFECT_RULES: dict[StrEnum, str] = {
    EffectRule.CLOSE_FIRST: "Close first",
    EffectRule.OPEN_FIRST: "Open first",
    EffectRule.BID_CLOSES: "Bid closes",
    EffectRule.ASK_CLOSES: "Ask closes",
    EffectRule.BOTH_CLOSE: "Both close",
}
CHOICES = {"width": WIDTH_RULES, "join": JOIN_RULES, "effect": EFFECT_RULES}
FIELD_NAMES = {
    "bid": "Bid",
    "ask": "Ask",
    "width": "Width rule",
    "half_width": "Half width",
    "least_width": "Least width",
    "most_width": "Most width",
    "size": "Size",
    "delta_skew": "Δ skew",
    "vega_skew": "Vega skew",
    "position_limit": "Position limit",
    "join": "Join rule",
    "tolerance": "Tolerance",
    "effect": "Open/close",
    "clipboard": "Clipboard",
    "name": "Name",
}
ABSENCES = {
    Absence.NO_PRICE: "No sound theoretical price",
    Absence.DELTA_RANGE: "Delta beyond the range quoted",
    Absence.NO_ALLOWED_WIDTH: "No obligation known to take the width from",
    Absence.DAY_LIMITS: "No room within the day's price limits",
    Absence.EXPIRY_OFF: "Expiry not started",
    Absence.SIDE_OFF: "A side is off, and this market takes both",
    Absence.SIDE_PAUSED: "A side is paused, and this market takes both",
    Absence.POSITION_LIMIT: "Position at its limit",
    Absence.WAITING: "Waits for its turn",
    Absence.PHASE: "No quotes in this phase",
    Absence.CROSSED_BOOK: "Its book as told is crossed",
    Absence.NOTHING_TO_CLOSE: "A side is set to close and nothing is held",
    Absence.TOO_WIDE: "Wider than the obligation allows",
    Absence.TOO_SMALL: "Smaller than the obligation allows",
    Absence.NARROWED: "Narrowed to what the obligation allows",
    Absence.RAISED: "Raised to the obligation's least size",
}
MEASURES = {
    Measure.VOLUME: "Volume",
    Measure.DELTA: "Δ lots",
    Measure.VEGA: "Vega lots",
    Measure.PERCENT: "Percent",
    Measure.LOSS: "Loss",
}
SCOPES = {
    Scope.BOOK: "Book",
    Scope.UNDERLYING: "Underlying",
    Scope.EXPIRY: "Expiry",
    Scope.CONTRACT: "Contract",
}
PULL_CAUSES = {
    PullCause.STALE: "underlying stale",
    PullCause.CROSSED: "underlying crossed",
    PullCause.WIDE: "underlying wide",
    PullCause.JUMPED: "underlying jumped",
    PullCause.UNFIT: "too few sound prices",
    PullCause.FEED_GAP: "market data silent",
    PullCause.SLOW_ACKNOWLEDGEMENTS: "acknowledgements slow",
    PullCause.CLOCK_DRIFT: "clock drifts",
}
#: Tiers of the stop as an alarm names them
STOP_TIERS = {
    StopTier.SIDE: "one side stopped",
    StopTier.EXPIRY: "one month stopped",
    StopTier.REDUCE_ONLY: "only closing allowed",
    StopTier.CANCEL_ALL: "everything cancelled and stopped",
    StopTier.DISCONNECT: "everything cancelled, off the line",
}
#: What stands for a desk in the record, as `app.desk_folder` makes it
_DESK_ID = re.compile(r"[0-9a-f]{8}")
#: Who acts where no person does, by the name that the record has
_WATCHES = {"dead man": "the dead-man watch"}


def word(text: str) -> str:
    """A text of these screens in the language in force."""
    return translate(CONTEXT, text)


def term_refusal(error: BadInput, where: str = "") -> str:
    """A refusal under the grid's names of fields and choices; `where` is the line it stands in."""
    if error.field in CHOICES:
        choices = ", ".join(word(text) for text in CHOICES[error.field].values())
        error = BadInput(error.field, error.value, f"one of {choices}")
    sentence = refusal(error, word(FIELD_NAMES[error.field]) if error.field in FIELD_NAMES else "")
    return f"{where} {sentence}" if where else sentence


def pull_cause_words(cause: PullCause) -> str:
    """Why quotes were pulled."""
    return word(PULL_CAUSES[cause])


def nothing_words(why: str, *, known: bool) -> str:
    """What stands in a panel that has nothing to show: why, once the account is known."""
    return why if known else word("Waits for the counter to tell what kind of account this is")


def stop_words(tier: StopTier) -> str:
    """What a stop of a tier did."""
    return word(STOP_TIERS[tier])


def by_words(by: str) -> str:
    """Who acted: a person by the name given, the desk where none was, a watch of the program by what it is."""
    if _DESK_ID.fullmatch(by):
        return word("this desk, no name given")
    return word(_WATCHES[by]) if by in _WATCHES else bounded(by)
