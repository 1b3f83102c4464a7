"""Why an order or instruction was refused: one code per cause, the same on every floor (rulebook 5.6)."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """A refusal's code. The words for it, in Chinese and English, live in the translation files."""

    # the order's own form, checked by exchange and counter
    UNKNOWN_CONTRACT = "unknown_contract"
    PHASE_CLOSED = "phase_closed"
    ORDER_TYPE_NOT_NOW = "order_type_not_now"
    PRICE_LIMIT = "price_limit"
    PRICE_TICK = "price_tick"
    QUANTITY_RANGE = "quantity_range"
    QUANTITY_LOT = "quantity_lot"
    NO_OPPOSITE_SIDE = "no_opposite_side"
    FILL_OR_KILL = "fill_or_kill"
    REMAINDER_CANCELLED = "remainder_cancelled"
    DUPLICATE_ORDER_ID = "duplicate_order_id"
    SUSPENDED = "suspended"
    OPENING_RESTRICTED = "opening_restricted"
    MALFORMED = "malformed"
    # cancels
    UNKNOWN_ORDER = "unknown_order"
    NOT_CANCELLABLE = "not_cancellable"
    DUPLICATE_CANCEL = "duplicate_cancel"
    CANCEL_WINDOW = "cancel_window"
    CANCELLED_BY_USER = "cancelled_by_user"
    CANCELLED_ON_DISCONNECT = "cancelled_on_disconnect"
    DAY_ENDED = "day_ended"
    SELF_TRADE = "self_trade"
    # quotes and inquiries
    NOT_A_MAKER = "not_a_maker"
    QUOTE_CROSSED = "quote_crossed"
    QUOTE_SIZE = "quote_size"
    QUOTE_SPREAD = "quote_spread"
    QUOTE_TWO_SIDED = "quote_two_sided"
    QUOTE_COUNT = "quote_count"
    QUOTE_REPLACED = "quote_replaced"
    QUOTE_SIDE = "quote_side"
    DUPLICATE_QUOTE_ID = "duplicate_quote_id"
    UNKNOWN_QUOTE = "unknown_quote"
    INQUIRY_INTERVAL = "inquiry_interval"
    INQUIRY_NOT_NEEDED = "inquiry_not_needed"
    DUPLICATE_INQUIRY_ID = "duplicate_inquiry_id"
    UNKNOWN_INQUIRY = "unknown_inquiry"
    # the counter's checks on the account
    UNKNOWN_ACCOUNT = "unknown_account"
    FUNDS = "funds"
    POSITION = "position"
    COVERED_SHARES = "covered_shares"
    COVERED_CALLS_ONLY = "covered_calls_only"
    SHARES = "shares"
    BOUGHT_TODAY = "bought_today"
    NOT_AT_TOUCH = "not_at_touch"
    TIER = "tier"
    RESTRICTED = "restricted"
    FORBIDDEN = "forbidden"
    LIMIT_RIGHT_SIDE = "limit_right_side"
    LIMIT_TOTAL = "limit_total"
    LIMIT_BUY_OPEN = "limit_buy_open"
    LIMIT_PURCHASE = "limit_purchase"
    LIMIT_AMOUNT = "limit_amount"
    LIMIT_OPEN = "limit_open"
    LIMIT_DIRECTION = "limit_direction"
    LIMIT_ALL_PRODUCTS = "limit_all_products"
    LIMIT_MEMBER = "limit_member"
    LIMIT_MARGIN_QUOTA = "limit_margin_quota"
    CONCENTRATION = "concentration"
    ORDER_RATE = "order_rate"
    CANCEL_RATIO = "cancel_ratio"
    ACCOUNT_STATE = "account_state"
    NOT_DESIGNATED = "not_designated"
    NOT_FILED = "not_filed"
    STATEMENT_UNCONFIRMED = "statement_unconfirmed"
    NOT_SETTLED = "not_settled"
    UNKNOWN_DAY = "unknown_day"
    # combinations and exercise
    UNKNOWN_COMBINATION = "unknown_combination"
    COMBINATION_LEGS = "combination_legs"
    COMBINATION_NEAR_EXPIRY = "combination_near_expiry"
    EXERCISE_DAY = "exercise_day"
    MERGED_LEGS = "merged_legs"
    # the desk's own
    NOT_CONNECTED = "not_connected"
    JOURNAL_FAILED = "journal_failed"
    NOT_RECEIVED = "not_received"
    NOT_SUPPORTED = "not_supported"
    ORDER_VALUE = "order_value"
    STOPPED = "stopped"
    # the gate before every order and quote, and the protections behind it
    NO_LIMIT_SHEET = "no_limit_sheet"
    ORDER_SIZE = "order_size"
    NOTIONAL = "notional"
    COLLAR_THEORETICAL = "collar_theoretical"
    COLLAR_LAST = "collar_last"
    NO_REFERENCE_PRICE = "no_reference_price"
    REPEATED_ORDER = "repeated_order"
    OWN_ORDER = "own_order"
    CONTRACT_POSITION = "contract_position"
    DELTA_LIMIT = "delta_limit"
    GAMMA_LIMIT = "gamma_limit"
    VEGA_LIMIT = "vega_limit"
    MESSAGES_SECOND = "messages_second"
    MESSAGES_DAY = "messages_day"
    QUOTES_SECOND = "quotes_second"
    REPEATED_EXECUTION = "repeated_execution"
    STALE_INPUT = "stale_input"
    CROSSED_INPUT = "crossed_input"
    PROTECTION_TRIPPED = "protection_tripped"
    QUOTES_PULLED = "quotes_pulled"
    QUOTES_PAUSED = "quotes_paused"
    SIDE_STOPPED = "side_stopped"
    EXPIRY_STOPPED = "expiry_stopped"
    REDUCE_ONLY = "reduce_only"
    STRATEGY_STOPPED = "strategy_stopped"
    # reminders
    REMINDER_WAITS = "reminder_waits"
    NOT_ACKNOWLEDGED = "not_acknowledged"


@dataclass(frozen=True, slots=True)
class Denial:
    """A refusal as a value: the rule, the field it concerns, what was given and what is allowed.

    `field` is one of ``price``, ``quantity``, ``amount``, ``instruction``, ``contract``, ``underlying``,
    ``order_type``, ``account``; `given` and `allowed` are short plain figures for the message, e.g. ``0.7594`` and
    ``0.0001-0.7593``.
    """

    reason: Reason
    field: str = ""
    given: str = ""
    allowed: str = ""

    @property
    def detail(self) -> str:
        """The figures as one short text, for journal and wire."""
        return f"{self.field} {self.given} | {self.allowed}" if self.field or self.given or self.allowed else ""
