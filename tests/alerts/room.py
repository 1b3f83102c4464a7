"""A day of 2016 laid down by hand: contracts of 510050 before its first ex-day, and a book of reminders over the rules.

Real dates: the November contracts expire on the 23rd, the December ones on 28 December; 29 November is the ex-day of
0.053 yuan after a close of 2.460 (rulebook 7).
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from terminal.alerts.alert import Alert, AlertKind, Finding, Standing
from terminal.alerts.conditions import Condition
from terminal.alerts.engine import AlertBook, AlertsChanged
from terminal.alerts.outlook import Held, Outlook
from terminal.alerts.rules import RULES
from terminal.alerts.rules.custom import custom
from terminal.alerts.thresholds import Thresholds, changed, read_thresholds
from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI, TradingCalendar, TradingYear
from terminal.domain.contracts import Contract, Right
from terminal.domain.ports import RecordKind
from terminal.resources import resource_folder
from terminal.services.bus import Bus
from tests.venue.counter.market import profile

FUND = "510050"
NOVEMBER, DECEMBER = date(2016, 11, 23), date(2016, 12, 28)
EX_DAY, EVE = date(2016, 11, 29), date(2016, 11, 28)
CALENDAR = TradingCalendar([TradingYear(2016, frozenset()), TradingYear(2017, frozenset({date(2017, 1, 2)}))])
LONG, SHORT, COVERED = PositionSide.LONG, PositionSide.SHORT, PositionSide.COVERED
SPOT = Decimal("2.460")


def thresholds(**changes: Any) -> Thresholds:
    """The shipped figures."""
    source = resource_folder() / "alerts" / "defaults.toml"
    found = read_thresholds(profile(), source.read_text("utf-8"), source.name)
    for name, value in changes.items():
        found = changed(found, name, value)
    return found


def contract(number: int, right: Right, strike: str, expiry: date = DECEMBER, **more: Any) -> Contract:
    """One contract of the fund, not adjusted."""
    price = Decimal(strike)
    plain = Contract(
        code=f"{10_000_000 + number}",
        trading_code=f"{FUND}{right.value}{expiry:%y%m}M{int(price * 1000):05d}",
        name=f"50ETF{right.mark}{expiry.month}月{int(price * 1000)}",
        underlying=FUND,
        right=right,
        strike=price,
        multiplier=10_000,
        first_day=date(2016, 4, 28),
        last_day=expiry,
        exercise_day=expiry,
        delivery_day=CALENDAR.shift(expiry, 1),
        expiry=expiry,
        previous_settlement=Decimal("0.0500"),
        underlying_close=SPOT,
        limit_up=Decimal("0.3"),
        limit_down=Decimal("0.0001"),
        margin=Decimal(3000),
    )
    return replace(plain, **more)


CALL_IN = contract(601, Right.CALL, "2.350", NOVEMBER)
PUT_IN = contract(602, Right.PUT, "2.550", NOVEMBER)
CALL_OUT = contract(603, Right.CALL, "2.600", NOVEMBER)
CALL_DECEMBER = contract(615, Right.CALL, "2.050")
CONTRACTS = (CALL_IN, PUT_IN, CALL_OUT, CALL_DECEMBER)


def held(of: Contract, side: PositionSide, quantity: int, price: str = "0.0600", **more: Any) -> Held:
    """A position; a long one may be exercised as a whole unless told otherwise."""
    exercisable = more.pop("exercisable", quantity if side is LONG else 0)
    flags = {name: more.pop(name) for name in ("is_given_up", "chance") if name in more}
    position = Position(contract_code=of.code, side=side, quantity=quantity, **more)
    return Held(of, position, Decimal(price), exercisable, **flags)


def holding(total: int, locked: int = 0, **more: int) -> dict[str, Holding]:
    """Shares of the fund."""
    return {FUND: Holding(underlying=FUND, total=total, locked=locked, **more)}


def funds(balance: str = "1000000", **more: str) -> Funds:
    """Money, yuan."""
    return Funds(balance=Decimal(balance), **{name: Decimal(value) for name, value in more.items()})


def at(day: date, clock: str = "10:00:00") -> datetime:
    """A moment in Shanghai."""
    return datetime.fromisoformat(f"{day.isoformat()} {clock}").replace(tzinfo=SHANGHAI)


def outlook(now: datetime, **more: Any) -> Outlook:
    """An outlook of that moment, the fund at 2.460 and nothing held unless told."""
    listed = more.pop("contracts", CONTRACTS)
    plain: dict[str, Any] = {"spots": {FUND: SPOT}, "funds": funds()}
    return Outlook(
        now=now,
        trading_day=now.date(),
        calendar=CALENDAR,
        profile=profile(),
        contracts={one.code: one for one in listed},
        **plain | more,
    )


@dataclass
class Room:
    """The rules under the engine: `see` looks once and gives what was said of the kinds asked for."""

    limits: Thresholds = field(default_factory=thresholds)
    kinds: tuple[AlertKind, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        self._outlook: Outlook | None = None
        self._said: list[Alert] = []
        bus = Bus()
        bus.subscribe(AlertsChanged, lambda event: self._said.extend(event.said))
        self.records: list[tuple[RecordKind, datetime, bytes]] = []
        self.book = AlertBook(
            bus=bus,
            write=lambda *record: self.records.append(record),
            find=self._find,
            repetitions=self.limits.repetitions(),
        )

    def _find(self, now: datetime) -> list[Finding]:
        assert self._outlook is not None
        found = [finding for rule in RULES for finding in rule(self._outlook, self.limits)]
        found += custom(self._outlook, tuple((one, self._holds(one)) for one in self.conditions))
        return [finding for finding in found if not self.kinds or finding.kind in self.kinds]

    def _holds(self, condition: Condition) -> bool:
        assert self._outlook is not None
        known = self.book.get(f"custom:{condition.subject(self._outlook.trading_day)}")
        return known is not None and known.standing is not Standing.RESOLVED

    def see(self, seen: Outlook) -> list[Alert]:
        """What is said of it now."""
        self._outlook = seen
        self._said.clear()
        self.book.evaluate(seen.now)
        return list(self._said)

    def read(self) -> None:
        """Acknowledge everything."""
        assert self._outlook is not None
        keys = [alert.finding.key for alert in self.book.alerts()]
        self.book.acknowledge_all(keys, "Li", self._outlook.now)

    @property
    def open(self) -> list[Finding]:
        """What lasts, answered or not: what waits for an answer first."""
        known = [*self.book.alerts(), *self.book.history()]
        live = {alert.finding.key: alert.finding for alert in known if alert.standing is not Standing.RESOLVED}
        return list(live.values())


def day_before(day: date, count: int) -> date:
    """The trading day so many before."""
    return CALENDAR.shift(day, -count)


MINUTE = timedelta(minutes=1)
