"""Which fields the form of an event shows, in order."""

from terminal.domain.messages import ClassEventKind

K = ClassEventKind
FIELDS: dict[ClassEventKind, tuple[str, ...]] = {
    K.GAP: ("underlying", "move"),
    K.DRIFT: ("underlying", "price", "seconds"),
    K.VOLATILITY: ("underlying", "move"),
    K.THIN: ("underlying", "code", "seconds"),
    K.SUSPEND: ("underlying", "code"),
    K.RESUME: ("underlying", "code"),
    K.BREAKER: ("code", "price", "move"),
    K.INQUIRY: ("underlying", "code", "count"),
    K.RESTRICT: ("underlying", "day"),
    K.LIFT: ("underlying", "day"),
    K.FEED_LOSS: ("seconds",),
    K.FEED_DELAY: ("seconds", "lag"),
    K.ACK_DELAY: ("seconds",),
    K.LINE_CUT: ("account_id", "seconds"),
    K.CASH: ("account_id", "amount"),
    K.MARGIN_CALL: ("account_id", "amount"),
    K.FORCED_CLOSE: ("account_id", "code", "count"),
    K.DIVIDEND: ("underlying", "amount", "day"),
    K.ACCOUNT: ("account_id", "restrictions"),
    K.MESSAGE: ("account_id", "zh", "en"),
}
