"""What the rules may see (提醒所见): one frozen picture of the desk's day, put together by `alerts/watch.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from terminal.domain.account_rights import AccountKind
from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.combinations import Combination
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import CalendarError
from terminal.domain.forced import ForcedCause
from terminal.domain.messages import LimitUse
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.domain.settlement import Delivery
from terminal.rules.profile import Profile


@dataclass(frozen=True, slots=True)
class Held:
    """One side of one contract that is held; `price` is what it last traded at, or yesterday's settlement."""

    contract: Contract
    position: Position
    price: Decimal
    exercisable: int = 0
    """Of a long that expires soon: what may still be exercised (可行权)"""
    is_given_up: bool = False
    """A person lets it lapse (放弃行权)"""
    chance: float | None = None
    """Of a short that expires soon: that it is exercised, 0 to 1; None where only the money tells"""

    @property
    def side(self) -> PositionSide:
        """Long, short or covered."""
        return self.position.side

    @property
    def quantity(self) -> int:
        """Contracts."""
        return self.position.quantity

    @property
    def value(self) -> Decimal:
        """At the price, yuan, never negative."""
        return self.price * self.contract.multiplier * self.quantity


@dataclass(frozen=True, slots=True)
class ComingExDay:
    """An ex-day that was announced (除息预告)."""

    underlying: str
    ex_day: date
    cash: Decimal
    """Dividend a share, yuan"""
    close: Decimal | None = None
    """Of the eve, once the exchange has published it: the new terms are exact then"""


@dataclass(frozen=True, slots=True)
class Forced:
    """An order or execution that nobody of the account gave (强行平仓)."""

    contract_code: str
    cause: ForcedCause
    quantity: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """How one contract stands against its quoting obligation; seconds."""

    contract_code: str
    slack: float
    """How long may still be missed; below zero the contract has failed"""
    allowance: float
    """How long may be missed in the whole day"""
    is_missed: bool
    """Owed and not quoted now"""
    is_safe: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An inquiry that waits for this maker's answer."""

    inquiry: int
    contract_code: str
    quantity: int
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What one of the user's own conditions measures now; None without a sound value."""

    value: float | None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The desk's day at one moment."""

    now: datetime
    trading_day: date
    calendar: TradingCalendar
    profile: Profile
    phase: Phase = Phase.CONTINUOUS
    contracts: Mapping[str, Contract] = field(default_factory=dict)
    spots: Mapping[str, Decimal] = field(default_factory=dict)
    """Newest price of each underlying"""
    held: tuple[Held, ...] = ()
    ordered: tuple[str, ...] = ()
    """Contracts with working orders or quotes"""
    holdings: Mapping[str, Holding] = field(default_factory=dict)
    funds: Funds | None = None
    kind: AccountKind = AccountKind.INSTITUTION
    combinations: tuple[Combination, ...] = ()
    release_margin: Mapping[str, Decimal] = field(default_factory=dict)
    """By combination, what its release adds to the margin, yuan"""
    deliveries: tuple[Delivery, ...] = ()
    coming: tuple[ComingExDay, ...] = ()
    halted: tuple[str, ...] = ()
    """Contracts and underlyings that are halted now"""
    breakers: Mapping[str, datetime | None] = field(default_factory=dict)
    """Contracts in a volatility interruption, and until when"""
    resumed: Mapping[str, datetime] = field(default_factory=dict)
    """Contracts and underlyings that went on today, and when"""
    forced: tuple[Forced, ...] = ()
    link: LinkState = LinkState.UP
    link_down_seconds: float = 0.0
    feed_ages: Mapping[str, float] = field(default_factory=dict)
    """Seconds since anything of an underlying was quoted; only while the market trades and its clock runs"""
    duties: tuple[Duty, ...] = ()
    inquiries: tuple[Asked, ...] = ()
    limits: tuple[LimitUse, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """By the name of a condition of the user's"""

    def days_left(self, day: date) -> int:
        """Trading days until then; 0 on the day, below zero after it. Weekdays where the calendar ends."""
        try:
            if day < self.trading_day:
                return -self.calendar.days_left(day, self.trading_day)
            return self.calendar.days_left(self.trading_day, day)
        except CalendarError:
            return (day - self.trading_day).days

    def at(self, clock: time, day: date | None = None) -> datetime:
        """A moment of a day, today if none is named."""
        return datetime.combine(day or self.trading_day, clock, SHANGHAI)

    def spot(self, contract: Contract) -> Decimal:
        """Newest price of the contract's underlying, else its close of the day before."""
        return self.spots.get(contract.underlying, contract.underlying_close)

    def intrinsic(self, contract: Contract) -> Decimal:
        """What exercising is worth a share, yuan; zero out of the money."""
        distance = self.spot(contract) - contract.strike
        return max(distance if contract.right is Right.CALL else -distance, Decimal(0))

    @cached_property
    def by_expiry(self) -> dict[tuple[str, date], tuple[Held, ...]]:
        """What is held of each underlying and expiry, the earliest first."""
        found: dict[tuple[str, date], list[Held]] = {}
        for held in self.held:
            found.setdefault((held.contract.underlying, held.contract.expiry), []).append(held)
        return {key: tuple(found[key]) for key in sorted(found, key=lambda k: (k[1], k[0]))}

    @cached_property
    def concerned(self) -> frozenset[str]:
        """Contracts held or ordered, and their underlyings."""
        codes = {held.contract.code for held in self.held} | set(self.ordered)
        underlyings = {c.underlying for code in codes if (c := self.contracts.get(code)) is not None}
        return frozenset(codes | underlyings)

    def uncombined(self, code: str, side: PositionSide) -> int:
        """Contracts of one side that no combination holds."""
        return self._uncombined.get((code, side), 0)

    @cached_property
    def _uncombined(self) -> dict[tuple[str, PositionSide], int]:
        return {(h.contract.code, h.side): h.quantity - h.position.combined_quantity for h in self.held}
