"""What prices stand on beside the market, as the user set it: riskless rates (无风险利率), the clock of volatility.

Kept between starts. A change holds at once for every figure; one that cannot be used is refused and the old one stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import BadInput, CalendarError
from terminal.pricing.rate_curve import RateCurve
from terminal.pricing.time_to_expiry import TradingTime
from terminal.services.bus import Bus
from terminal.services.events import DayChanged
from terminal.services.market_data import MarketData
from terminal.services.valuation import Valuation

#: Days to maturity of the nodes a user can set, as interbank rates have them: overnight to one year
TENORS: Final = (1, 7, 14, 30, 91, 182, 273, 365)
#: Trading days of a year, the usual figure of this market
USUAL_DAYS: Final = 244
_PER_CENT_LIMIT: Final = 25.0
_SOURCE_LENGTH: Final = 120


class VolatilityClock(StrEnum):
    """Which time volatility counts."""

    CALENDAR = "calendar"
    """Day and night (自然日)"""
    TRADING = "trading"
    """Only while the market trades (交易时间)"""


@dataclass(frozen=True, slots=True)
class PricingTerms:
    """As the user set them; per cent a year."""

    flat: float
    """Continuous, for every time; counts while there are no tenors"""
    tenors: tuple[tuple[int, float], ...] = ()
    """Days to maturity and simple rate on 360 days, as interbank rates are quoted"""
    source: str = ""
    """Where the tenors come from, e.g. the name of a file and the day of the rates; empty for typed ones"""
    clock: VolatilityClock = VolatilityClock.CALENDAR
    days_per_year: int = USUAL_DAYS
    """Of trading time"""

    def curve(self) -> RateCurve:
        """The term structure. Raises BadInput for a rate that is none."""
        for name, per_cent in (("rate", self.flat), *((f"{days} d", rate) for days, rate in self.tenors)):
            if not abs(per_cent) <= _PER_CENT_LIMIT:
                raise BadInput(name, per_cent, f"a rate between -{_PER_CENT_LIMIT:g} and {_PER_CENT_LIMIT:g} per cent")
        if not self.tenors:
            return RateCurve.flat(self.flat / 100.0)
        return RateCurve.of_money_market({days: rate / 100.0 for days, rate in self.tenors})

    def as_plain(self) -> dict[str, Any]:
        """For the settings file."""
        return {
            "flat": self.flat,
            "tenors": [[days, rate] for days, rate in self.tenors],
            "source": self.source,
            "clock": self.clock.value,
            "days_per_year": self.days_per_year,
        }

    @classmethod
    def of_plain(cls, plain: object) -> "PricingTerms":
        """What `as_plain` gave. Raises BadInput for anything else."""
        if not isinstance(plain, Mapping):
            raise BadInput("pricing", plain, "an object of rates and clock")
        try:
            tenors = tuple((int(days), float(rate)) for days, rate in plain["tenors"])
            terms = cls(
                float(plain["flat"]),
                tenors,
                str(plain["source"])[:_SOURCE_LENGTH],
                VolatilityClock(plain["clock"]),
                int(plain["days_per_year"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput("pricing", plain, f"flat, tenors, source, clock, days_per_year: {error}") from error
        terms.curve()
        return terms


class PricingTermsService:
    """Puts the terms in force. `keep` writes them to the user's settings, `hours` are those the market trades in."""

    def __init__(
        self,
        valuation: Valuation,
        market: MarketData,
        calendar: TradingCalendar,
        hours: tuple[tuple[time, time], ...],
        bus: Bus,
        now: Callable[[], datetime],
        keep: Callable[[dict[str, Any]], None],
    ) -> None:
        self._valuation = valuation
        self._market = market
        self._calendar = calendar
        self._hours = hours
        self._now = now
        self._keep = keep
        self.terms = PricingTerms(round(valuation.rate * 100.0, 6))
        self.fell_back = False
        """Trading time was asked for, but a listed expiry lies beyond the calendar: calendar time counts"""
        bus.subscribe(DayChanged, self._on_day)

    def restore(self, kept: object) -> str:
        """Take what an earlier start kept; gives what was wrong with it, empty for nothing."""
        if kept is None:
            return ""
        try:
            self._use(PricingTerms.of_plain(kept))
        except BadInput as error:
            return str(error)
        return ""

    def change(self, terms: PricingTerms) -> None:
        """Put others in force and keep them. Raises BadInput, and changes nothing, for what cannot be used."""
        if terms.clock is VolatilityClock.TRADING:
            self._check_reach(self._trading_time(terms))
        self._use(terms)
        self._keep(terms.as_plain())

    def set_tenors(self, tenors: Mapping[int, float], source: str) -> None:
        """Take a term structure of simple rates in per cent. Raises BadInput."""
        self.change(replace(self.terms, tenors=tuple(sorted(tenors.items())), source=source[:_SOURCE_LENGTH]))

    def tenors_now(self) -> dict[int, float]:
        """The rate in force at each tenor, simple per cent: what a table of them begins with."""
        if self.terms.tenors:
            return dict(self.terms.tenors)
        curve = self.terms.curve()
        return {days: round(curve.simple_rate(days) * 100.0, 4) for days in TENORS}

    # ---- inside

    def _use(self, terms: PricingTerms) -> None:
        curve = terms.curve()
        trading = self._trading_time(terms) if terms.clock is VolatilityClock.TRADING else None
        self.terms = terms
        self._valuation.set_rates(curve)
        self._set_clock(trading)

    def _set_clock(self, trading: TradingTime | None) -> None:
        self.fell_back = False
        if trading is not None:
            try:
                self._check_reach(trading)
            except BadInput:
                self.fell_back = True
        self._valuation.set_trading_time(None if self.fell_back else trading)

    def _trading_time(self, terms: PricingTerms) -> TradingTime:
        return TradingTime(self._calendar, self._hours, terms.days_per_year)

    def _check_reach(self, trading: TradingTime) -> None:
        """Raises BadInput where the calendar does not know every day up to a listed expiry: no day is invented."""
        expiries: list[date] = sorted({c.expiry for c in self._market.contracts})
        for expiry in expiries:
            try:
                trading.years_to_expiry(self._now(), expiry)
            except CalendarError as error:
                raise BadInput("clock", "trading time", f"a calendar that reaches {expiry}: {error}") from error

    def _on_day(self, event: DayChanged) -> None:
        if self.terms.clock is VolatilityClock.TRADING:
            self._set_clock(self._trading_time(self.terms))
