"""Which sets of strikes one expiry month holds (合约序列): the standard one, and what each ex-day left behind.

Rule: an adjusted set is never extended. It holds the strikes that stood on the eve of its first ex-day, and the letter
counts the ex-days it has seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import UnderlyingKind
from terminal.rules.adjustment import adjust, price_after
from terminal.rules.naming import adjustment_letter
from terminal.rules.profile import Listing, StrikeStep
from terminal.rules.strikes import strikes_between

PriceRangeOf = Callable[[str, date, date], tuple[Decimal, Decimal] | None]
"""(underlying, first, last) -> lowest and highest close of those trading days, both included; None when not known"""


@dataclass(frozen=True, slots=True)
class UnderlyingClose:
    """Yesterday's close of an underlying; on an ex-day the adjusted one (合约标的前收盘价)."""

    code: str
    previous_close: Decimal


@dataclass(frozen=True, slots=True)
class Dividend:
    """What leaves the price on `ex_day` (除权除息): `cash` per share, bonus and rights shares per old share.

    `eve_close` is the close before it; `rights_price` is paid for each rights share.
    """

    underlying: str
    ex_day: date
    cash: Decimal
    eve_close: Decimal
    bonus_ratio: Decimal = Decimal(0)
    rights_price: Decimal = Decimal(0)
    rights_ratio: Decimal = Decimal(0)

    @property
    def adjusted_close(self) -> Decimal:
        """What the ex-day starts from (除权除息参考价), not rounded: the eve's close less the dividend, by shares."""
        return price_after(
            underlying_close=self.eve_close,
            cash_dividend=self.cash,
            bonus_ratio=self.bonus_ratio,
            rights_price=self.rights_price,
            rights_ratio=self.rights_ratio,
        )


@dataclass(frozen=True, slots=True)
class Series:
    """One set of a month: listed from `first_day` on and adjusted by each of `adjusted_by` since."""

    first_day: date
    adjusted_by: tuple[Dividend, ...]
    listed_by: Dividend | None
    """The ex-day the set was freshly listed on, if that is why it exists (调整加挂)"""

    @property
    def letter(self) -> str:
        """``M`` for the standard set, ``A`` and on for adjusted ones."""
        return adjustment_letter(len(self.adjusted_by))

    def terms(
        self, listed_strike: Decimal, multiplier: int, kind: UnderlyingKind, venue: str = "SSE"
    ) -> tuple[Decimal, int]:
        """Strike and unit of today, out of those of the listing day."""
        strike = listed_strike
        for dividend in self.adjusted_by:
            changed = adjust(
                strike=strike,
                multiplier=multiplier,
                underlying_close=dividend.eve_close,
                cash_dividend=dividend.cash,
                bonus_ratio=dividend.bonus_ratio,
                rights_price=dividend.rights_price,
                rights_ratio=dividend.rights_ratio,
                venue=venue,
                underlying_kind=kind,
            )
            strike, multiplier = changed.strike, changed.multiplier
        return strike, multiplier


def series_of_month(month_began: date, dividends: Sequence[Dividend]) -> list[Series]:
    """The sets of a month that began that day, oldest first, after the ex-days given in order of their days."""
    found = []
    for seen in range(len(dividends) + 1):
        adjusted_by = tuple(dividends[seen:])
        listed_by = dividends[seen - 1] if seen else None
        if listed_by is not None and listed_by.ex_day < month_began:
            listed_by = None
        first_day = listed_by.ex_day if listed_by else month_began
        if not adjusted_by or first_day < adjusted_by[0].ex_day:
            found.append(Series(first_day, adjusted_by, listed_by))
    return found


def listed_strikes(
    series: Series,
    close: UnderlyingClose,
    trading_day: date,
    *,
    calendar: TradingCalendar,
    steps: Sequence[StrikeStep],
    rules: Listing,
    price_range: PriceRangeOf | None = None,
) -> list[Decimal]:
    """The strikes of a set as listed, ascending: around one close, or as far as the price went while it was extended.

    Each close adds strikes for the next day, so the eve's close adds nothing to a set adjusted that day. The model
    gives every strike of 108 real series of 510050 from 2015 to 2022, and no other.
    """
    prices = []
    if price_range is not None:
        if series.listed_by:
            prices.append(series.listed_by.adjusted_close)
        first = series.first_day if series.listed_by else calendar.shift(series.first_day, -1)
        end = calendar.shift(series.adjusted_by[0].ex_day, -1) if series.adjusted_by else trading_day
        last = calendar.shift(end, -1)
        if first <= last:
            prices += price_range(close.code, first, last) or ()
    if not series.adjusted_by:
        prices.append(close.previous_close)
    elif not prices:
        prices.append(series.adjusted_by[0].eve_close)
    return strikes_between(min(prices), max(prices), steps, rules.strikes_each_side, rules.strike_tie)
