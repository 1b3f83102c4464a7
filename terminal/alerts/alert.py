"""What a reminder (提醒) is: what a rule found, and what has become of it since it was first said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How loudly a reminder is said."""

    TOAST = 1
    """Goes by itself (轻提示)"""
    CARD = 2
    """Stays until somebody acknowledges it (置顶卡片)"""
    SHEET = 3
    """Holds back new orders of this account until it is answered (需确认): cancels and exercise go on"""


class AlertKind(StrEnum):
    """What a reminder is about; its value is the name it has in settings and in the journal."""

    NEAR_EXPIRY = "near_expiry"
    """A contract held expires soon (临近到期), T6, R2"""
    EXERCISE = "exercise"
    """In the money, held, not yet asked to be exercised (行权提醒), T6"""
    NOT_CLOSED = "not_closed"
    """Should be closed before it expires and is not (应平未平), R3"""
    WRITER = "writer"
    """A short side that may lack the cash or the shares (义务仓备付), R1"""
    ASSIGNED = "assigned"
    """You were assigned (被指派), T7"""
    ADJUSTMENT_COMING = "adjustment_coming"
    """An ex-day lies ahead of contracts held or listed (合约调整预告), T4"""
    ADJUSTED = "adjusted"
    """Adjusted today or lately (合约已调整), T4"""
    COVERED_SHORTFALL = "covered_shortfall"
    """Covered positions need more shares (备兑补足), T5"""
    COMBINATION_RELEASE = "combination_release"
    """A combination is about to be released by the exchange (组合自动解除)"""
    MARGIN = "margin"
    """Risk ratio over its lines: warn, call, force (风险度), O16, R6"""
    FORCED_CLOSE = "forced_close"
    """A forced close is announced or was done (强行平仓), O18"""
    POSITION_LIMIT = "position_limit"
    """Near or over a position limit (限仓), O17"""
    PURCHASE_LIMIT = "purchase_limit"
    """Near or over the purchase limit (限购), O17"""
    LARGE_HOLDER = "large_holder"
    """Large enough to be asked for a report (大户持仓报告), O17"""
    SUSPENSION = "suspension"
    """Trading is halted or goes on again (停牌与复牌)"""
    BREAKER = "breaker"
    """A volatility interruption of a contract held or ordered (熔断)"""
    OPEN_RESTRICTION = "open_restriction"
    """Opening is restricted (限开仓)"""
    CONNECTION = "connection"
    """The line to the venue is down (连接中断)"""
    STALE_DATA = "stale_data"
    """Market data are old (行情中断)"""
    OBLIGATION = "obligation"
    """A quoting obligation is at risk (报价义务)"""
    INQUIRY = "inquiry"
    """An inquiry waits for an answer (询价待回应)"""
    LISTING = "listing"
    """New contracts are listed (加挂)"""
    INSTRUCTOR = "instructor"
    """A trainer's message (教员提示)"""
    CUSTOM = "custom"
    """A condition the user has set (自定义提醒)"""
    DEEP_OUT_OF_MONEY = "deep_out_of_money"
    """Opening an option far out of the money (严重价外), in the ticket, T8"""
    OPENS_NEAR_EXPIRY = "opens_near_expiry"
    """Opening an option that expires soon, in the ticket, T9"""
    OPENS_ADJUSTED = "opens_adjusted"
    """Opening an adjusted option, in the ticket, T10"""


class AlertAction(StrEnum):
    """What a reminder offers to do at once."""

    EXERCISE = "exercise"
    """Open the exercise cockpit on these contracts"""
    TOP_UP = "top_up"
    """Lock the missing shares"""
    CLOSE = "close"
    """Open the ticket filled in to close"""
    TICKET = "ticket"
    """Open the ticket on the contract"""
    SHOW_DELIVERY = "show_delivery"
    """Open the assignment desk"""
    SHOW_ADJUSTMENT = "show_adjustment"
    """Open the adjustment sheet"""
    SHOW_COVER = "show_cover"
    """Open the covered pool"""
    SHOW_OBLIGATIONS = "show_obligations"
    ANSWER_INQUIRY = "answer_inquiry"
    RELEASE = "release"
    """Release the combination now"""
    SHOW_FUNDS = "show_funds"
    SHOW_CONTRACT = "show_contract"
    """Show it in the chain"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule finds to be so now. The same cause has the same key whenever it is found."""

    kind: AlertKind
    subject: str
    """What tells it from others of its kind: a contract, an underlying, an expiry, with the day where it matters"""
    level: Level
    underlying: str = ""
    codes: tuple[str, ...] = ()
    """Contracts concerned, the most pressing first"""
    quantity: int | None = None
    """Contracts, or shares where `figures` say so"""
    money: Decimal | None = None
    """At stake, yuan"""
    deadline: datetime | None = None
    """Until when something can be done about it"""
    figures: Mapping[str, str] = field(default_factory=dict)
    """For the sentence on screen, as plain text; made into words by the views alone"""
    actions: tuple[AlertAction, ...] = ()
    step: int = 0
    """How far the matter has come: a higher step is said anew whatever was answered (升级)"""

    @property
    def key(self) -> str:
        """Names the cause."""
        return f"{self.kind.value}:{self.subject}"


class Standing(StrEnum):
    """What has become of a reminder."""

    OPEN = "open"
    SNOOZED = "snoozed"
    """Comes back at its time, or when it gets worse (稍后提醒)"""
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    """The cause is gone"""


@dataclass(frozen=True, slots=True)
class Alert:
    """A reminder as it stands."""

    finding: Finding
    standing: Standing
    raised_at: datetime
    said_at: datetime
    """Newest time it was put before the person"""
    times_said: int = 1
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    """Empty for a toast that went by itself"""
    heard_level: Level | None = None
    """The highest level it was said at since its last answer, or that was answered: only what is worse is said anew"""
    heard_step: int = 0
    """The highest step it was said at"""
    snoozed_by: str = ""
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None

    @property
    def holds_orders(self) -> bool:
        """Whether new orders of the account wait for its answer."""
        return self.finding.level is Level.SHEET and self.standing is Standing.OPEN
