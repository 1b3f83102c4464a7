"""What each event of a class needs (注入事件), and the check of one from a file, a form or a line. Pure."""

from terminal.domain.account_rights import Restriction
from terminal.domain.errors import BadInput
from terminal.domain.messages import ClassEvent, ClassEventKind

K = ClassEventKind
#: Which fields each kind needs; all others are left alone
NEEDS: dict[ClassEventKind, frozenset[str]] = {
    K.GAP: frozenset({"underlying", "move"}),
    K.DRIFT: frozenset({"underlying", "price", "seconds"}),
    K.VOLATILITY: frozenset({"underlying", "move"}),
    K.THIN: frozenset({"underlying", "seconds"}),
    K.SUSPEND: frozenset({"underlying"}),
    K.RESUME: frozenset({"underlying"}),
    K.BREAKER: frozenset({"code"}),
    K.INQUIRY: frozenset({"underlying"}),
    K.RESTRICT: frozenset({"underlying", "day"}),
    K.LIFT: frozenset({"underlying", "day"}),
    K.FEED_LOSS: frozenset({"seconds"}),
    K.FEED_DELAY: frozenset({"seconds", "lag"}),
    K.ACK_DELAY: frozenset({"seconds"}),
    K.LINE_CUT: frozenset({"account_id", "seconds"}),
    K.CASH: frozenset({"account_id", "amount"}),
    K.MARGIN_CALL: frozenset({"account_id", "amount"}),
    K.FORCED_CLOSE: frozenset({"account_id", "code"}),
    K.DIVIDEND: frozenset({"underlying", "amount", "day"}),
    K.ACCOUNT: frozenset({"account_id"}),
    K.MESSAGE: frozenset({"text"}),
}
_LONGEST_SECONDS = 4 * 3600.0
_MOST = 1000


def check_event(event: ClassEvent) -> None:
    """Raise BadInput for an event that lacks what its kind needs, or says what cannot be."""
    for name in sorted(NEEDS[event.kind]):
        if not getattr(event, name):
            raise BadInput(name, getattr(event, name) or "nothing", f"an event {event.kind.value} needs it")
    for name in ("seconds", "lag"):
        value = getattr(event, name)
        if not 0.0 <= value <= _LONGEST_SECONDS:
            raise BadInput(name, value, f"0 to {_LONGEST_SECONDS:g} seconds")
    if event.kind is K.GAP and not -0.5 <= event.move <= 0.5:
        raise BadInput("move", event.move, "a fraction between -0.5 and 0.5")
    if event.kind is K.VOLATILITY and not -2.0 <= event.move <= 2.0:
        raise BadInput("move", event.move, "the logarithm of a factor, between -2 and 2")
    if event.price is not None and not (event.price.is_finite() and event.price > 0):
        raise BadInput("price", event.price, "a price above 0")
    if not event.amount.is_finite():
        raise BadInput("amount", event.amount, "yuan")
    if event.kind in (K.DIVIDEND, K.MARGIN_CALL) and event.amount <= 0:
        raise BadInput("amount", event.amount, "yuan above 0")
    if not 0 <= event.count <= max(sum(Restriction), _MOST):
        raise BadInput("count", event.count, "0 to 1000")
