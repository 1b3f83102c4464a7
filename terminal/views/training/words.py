"""The words of this package's screens. Sources are English; translations hold the others."""

from terminal.domain.account_rights import Restriction
from terminal.domain.messages import ClassEventKind
from terminal.views.translation import translate

CONTEXT = "training"
_K = ClassEventKind

#: Groups of the event library, in order
LIBRARY: tuple[tuple[str, tuple[ClassEventKind, ...]], ...] = (
    ("Market", (_K.GAP, _K.DRIFT, _K.VOLATILITY, _K.THIN, _K.BREAKER, _K.SUSPEND, _K.RESUME, _K.RESTRICT, _K.LIFT)),
    ("Inquiries", (_K.INQUIRY,)),
    ("Account", (_K.MARGIN_CALL, _K.FORCED_CLOSE, _K.CASH, _K.ACCOUNT)),
    ("System", (_K.FEED_LOSS, _K.FEED_DELAY, _K.ACK_DELAY, _K.LINE_CUT)),
    ("Calendar", (_K.DIVIDEND,)),
    ("Words", (_K.MESSAGE,)),
)
EVENTS: dict[ClassEventKind, str] = {
    _K.GAP: "Gap",
    _K.DRIFT: "Price path",
    _K.VOLATILITY: "Volatility",
    _K.THIN: "Liquidity gone",
    _K.SUSPEND: "Suspension",
    _K.RESUME: "Resumption",
    _K.BREAKER: "Breaker",
    _K.INQUIRY: "Inquiries",
    _K.RESTRICT: "Open restriction",
    _K.LIFT: "Lift restriction",
    _K.FEED_LOSS: "Feed lost",
    _K.FEED_DELAY: "Feed late",
    _K.ACK_DELAY: "Reports held",
    _K.LINE_CUT: "Line cut",
    _K.CASH: "Money moved",
    _K.MARGIN_CALL: "Margin call",
    _K.FORCED_CLOSE: "Forced close",
    _K.DIVIDEND: "Dividend",
    _K.ACCOUNT: "Restrict account",
    _K.MESSAGE: "Push a message",
}
STATES: dict[str, str] = {
    "ahead": "ahead",
    "open": "open",
    "done": "done",
    "partly": "partly",
    "missed": "missed",
}
RESTRICTIONS: tuple[tuple[str, Restriction], ...] = (
    ("Nothing forbidden", Restriction.NONE),
    ("No buy-open", Restriction.BUY_OPEN),
    ("No sell-open", Restriction.SELL_OPEN),
    ("No opening", Restriction.BUY_OPEN | Restriction.SELL_OPEN | Restriction.COVERED_OPEN),
    ("No exercise", Restriction.EXERCISE),
)


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


def language() -> str:
    """The language in force, as a scenario names it; asked of a text that is there in every language."""
    return "zh" if word("Gap") != "Gap" else "en"
