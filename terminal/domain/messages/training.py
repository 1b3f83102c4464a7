"""What is said in a class (教学): the instructor's commands, what the venue tells, what desks show of themselves.

Only a venue that was started with a scenario takes these; every other one refuses them.
"""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

import msgspec

from terminal.domain.messages.base import Message


class ClassEventKind(StrEnum):
    """What an instructor may let happen (注入事件)."""

    GAP = "gap"
    """An underlying jumps by a fraction at once (标的跳空)"""
    DRIFT = "drift"
    """An underlying goes to a price in some seconds (标的走势)"""
    VOLATILITY = "volatility"
    """Volatility of an underlying moves by a factor (波动率冲击)"""
    THIN = "thin"
    """The crowd takes its orders out for some seconds (流动性枯竭)"""
    SUSPEND = "suspend"
    """An underlying, or one contract, is halted (停牌)"""
    RESUME = "resume"
    """It goes on (复牌)"""
    BREAKER = "breaker"
    """A trade far away trips the volatility interruption of a contract (熔断)"""
    INQUIRY = "inquiry"
    """Quotes are asked for, in one contract or in many (询价, 询价潮)"""
    RESTRICT = "restrict"
    """Opening is restricted from the next trading day on (限开仓)"""
    LIFT = "lift"
    """The restriction ends with this trading day (解除限开仓)"""
    FEED_LOSS = "feed_loss"
    """No market data for some seconds; reports go on (行情中断)"""
    FEED_DELAY = "feed_delay"
    """Market data come late by `lag` seconds, for some seconds (行情延迟)"""
    ACK_DELAY = "ack_delay"
    """Reports of orders are held for some seconds (回报延迟)"""
    LINE_CUT = "line_cut"
    """A desk's line ends and is refused for some seconds (断线)"""
    CASH = "cash"
    """Money comes in or, below zero, goes out over the bank (出入金)"""
    MARGIN_CALL = "margin_call"
    """The broker calls for money during the day (追保通知)"""
    FORCED_CLOSE = "forced_close"
    """The broker closes a position now (强行平仓)"""
    DIVIDEND = "dividend"
    """A cash dividend is announced, with its ex-day (分红公告)"""
    ACCOUNT = "account"
    """The broker restricts an account, or lifts it (限制交易)"""
    MESSAGE = "message"
    """The instructor says something (教员推送)"""


class ClassEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One event; which fields count follows from its kind (`domain.class_events.NEEDS`)."""

    kind: ClassEventKind
    underlying: str = ""
    code: str = ""
    """Contract code; empty where the whole underlying is meant"""
    account_id: str = ""
    """Empty: every desk"""
    move: float = 0.0
    """Fraction of a gap; logarithm of the factor of volatility; below zero a breaker goes down"""
    seconds: float = 0.0
    lag: float = 0.0
    count: int = 0
    """Contracts of an inquiry or a forced close; restriction bits of an account"""
    price: Decimal | None = None
    amount: Decimal = Decimal(0)
    day: date | None = None
    """Ex-day of a dividend, expiry of a restricted month"""
    text: dict[str, str] = msgspec.field(default_factory=dict)
    """Words by language, zh_CN and en"""


class Inject(Message, frozen=True, kw_only=True):
    """Let something happen now (注入)."""

    event: ClassEvent
    by: str = ""


class JumpTo(Message, frozen=True, kw_only=True):
    """Play on to a time in coarse steps, every day's end on the way; desks take part in each step (跳转)."""

    day: date | None = None
    """None: today"""
    at: time | None = None
    """None: after that day is settled"""
    next_event: bool = False
    """To the next event of the scenario instead"""


class StepTaken(Message, frozen=True, kw_only=True):
    """A desk has dealt with a step of a jump."""

    number: int


class CheckpointSeen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one checkpoint stands on a desk."""

    name: str
    state: str
    points: int = 0
    of: int = 0
    at: datetime | None = None
    seconds: float | None = None
    """From its beginning to what settled it"""


class ReportScreen(Message, frozen=True, kw_only=True):
    """What is on a desk's screen, for the instructor (看屏)."""

    panel: str = ""
    contract_code: str = ""
    reminders: int = 0
    """Open ones"""
    working: int = 0
    quotes: int = 0
    profit: Decimal | None = None
    deltas: dict[str, float] = msgspec.field(default_factory=dict)
    """Shares, by underlying"""
    hints: int = 0
    checkpoints: tuple[CheckpointSeen, ...] = ()


class ClassOpened(Message, frozen=True, kw_only=True):
    """This venue plays a scenario: its file, and whether somebody watches (教学模式)."""

    scenario: str
    """The file's text"""
    file: str = ""
    watched: bool = False
    jumping: bool = False
    contracts: dict[str, str] = msgspec.field(default_factory=dict)
    """Contract codes of the names in the file"""


class StepReached(Message, frozen=True, kw_only=True):
    """A step of a jump: the venue waits for StepTaken with this number."""

    number: int
    at: datetime


class EventInjected(Message, frozen=True, kw_only=True):
    """Something was let happen. Also the record of it in the venue's journal."""

    number: int
    """Counted from 1 on each trading day"""
    at: datetime
    event: ClassEvent
    by: str = ""
    planned: int = -1
    """Place in the scenario's plan; -1 for one that was not planned"""
    done: bool = True
    detail: str = ""
    """Why it could not be done"""


class DeskSeen(Message, frozen=True, kw_only=True):
    """A desk in the class, for the instructor."""

    desk_id: str
    account_id: str
    connected: bool
    at: datetime
    screen: ReportScreen | None = None
