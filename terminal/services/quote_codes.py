"""The codes in which the gate says of many quotes at once why they may not leave (报价拒绝码)."""

from terminal.domain.reasons import Reason

#: What a code stands for; 0 is no refusal
QUOTE_REASONS: tuple[Reason, ...] = (
    Reason.STOPPED,
    Reason.UNKNOWN_CONTRACT,
    Reason.MALFORMED,
    Reason.QUOTE_CROSSED,
    Reason.QUOTE_SPREAD,
    Reason.QUOTE_SIZE,
    Reason.PRICE_TICK,
    Reason.PRICE_LIMIT,
    Reason.ORDER_SIZE,
    Reason.NOTIONAL,
    Reason.NO_REFERENCE_PRICE,
    Reason.COLLAR_THEORETICAL,
    Reason.COLLAR_LAST,
    Reason.OWN_ORDER,
    Reason.CONTRACT_POSITION,
    Reason.DELTA_LIMIT,
    Reason.GAMMA_LIMIT,
    Reason.VEGA_LIMIT,
    Reason.STALE_INPUT,
    Reason.CROSSED_INPUT,
    Reason.PROTECTION_TRIPPED,
    Reason.QUOTES_PULLED,
    Reason.QUOTES_PAUSED,
    Reason.SIDE_STOPPED,
    Reason.EXPIRY_STOPPED,
    Reason.REDUCE_ONLY,
    Reason.NO_LIMIT_SHEET,
    Reason.MESSAGES_SECOND,
    Reason.MESSAGES_DAY,
    Reason.QUOTES_SECOND,
    Reason.REPEATED_EXECUTION,
    Reason.STRATEGY_STOPPED,
    Reason.NOT_CONNECTED,
    Reason.NOT_SUPPORTED,
    Reason.JOURNAL_FAILED,
)
CODE_OF: dict[Reason, int] = {reason: number for number, reason in enumerate(QUOTE_REASONS, 1)}
