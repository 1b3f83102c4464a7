"""The contracts the exchange lists on a day (挂牌), out of the calendar, the profile and yesterday's closes.

Nothing here is priced: previous settlements come from the caller. An ex-day splits a chain in two: what was listed on
the eve lives on with adjusted terms, and a fresh standard set stands beside it (rulebook 7).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import (
    Contract,
    ListingState,
    Right,
    UnderlyingKind,
    is_contract_code,
    kind_of,
    parse_trading_code,
)
from terminal.domain.errors import BadInput
from terminal.rules.combinations import only_short_pairs
from terminal.rules.margin import opening_margin, rates_of
from terminal.rules.months import Month, listed_months, month_listed_on
from terminal.rules.naming import short_name, trading_code
from terminal.rules.price_limits import price_limits
from terminal.rules.profile import Profile, UnderlyingRules
from terminal.rules.rounding import to_tick
from terminal.rules.series import Dividend, PriceRangeOf, Series, UnderlyingClose, listed_strikes, series_of_month
from terminal.rules.underlyings import underlying_rules

__all__ = ["FIRST_CODE", "Dividend", "PriceRangeOf", "SettlementOf", "UnderlyingClose", "list_contracts"]

SettlementOf = Callable[[str, Right, Decimal, int], Decimal]
"""(underlying, right, strike, days to expiry) -> previous settlement in yuan against the day's previous close. Days are
calendar days from the day that was settled, the trading day before, so that they never reach zero. An adjusted strike
needs no other treatment: an option's price scales with price and strike together."""

#: Shanghai numbers its contracts from here (rulebook 1.4)
FIRST_CODE = 10_000_001
_STRIKE_TICK = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class _MonthDates:
    """What the contracts of a month have in common that day."""

    month: Month
    began: date
    expiry: date
    delivery_day: date
    days_to_expiry: int
    near_expiry: bool
    only_short_straddles: bool


@dataclass(frozen=True, slots=True)
class _Draft:
    """A contract without its code and its figures of the day."""

    rules: UnderlyingRules
    close: UnderlyingClose
    dates: _MonthDates
    series: Series
    right: Right
    listed_strike: Decimal

    def trading_code(self, letter: str) -> str:
        return trading_code(self.rules.code, self.right, self.dates.month, letter, self.listed_strike)


def list_contracts(
    *,
    profile: Profile,
    calendar: TradingCalendar,
    trading_day: date,
    market: Sequence[UnderlyingClose],
    settlement_of: SettlementOf,
    first_code: int = FIRST_CODE,
    dividends: Sequence[Dividend] = (),
    price_range: PriceRangeOf | None = None,
    known_codes: Mapping[str, str] | None = None,
) -> list[Contract]:
    """Every contract of the day: by underlying (in the order of `market`), expiry, letter, strike, call before put.

    Without `price_range` each month has the strikes around one close; with it, months listed earlier reach as far as
    the price did since. `known_codes` (trading code -> contract code) are those of the trading day before: they are
    kept, through an adjustment too and wherever the price was when they were listed, and new contracts are numbered
    above them. An adjusted contract that is not among
    them was delisted (摘牌) and does not come back, as an adjusted set is never extended. Without, numbers run from
    `first_code`, oldest listing first.

    Raises BadInput for a day without trading or before options on an underlying began, for an underlying the profile
    does not list, a settlement that is no number and codes beyond eight digits; CalendarError when a date lies outside
    the calendar.
    """
    if not calendar.is_trading_day(trading_day):
        raise BadInput("trading day", trading_day.isoformat(), "a day on which the exchange trades")
    months = [
        _month_dates(m, profile, calendar, trading_day) for m in listed_months(calendar, trading_day, profile.listing)
    ]
    drafts: list[_Draft] = []
    for close in market:
        drafts += _drafts(close, months, profile, calendar, trading_day, dividends, price_range, known_codes or {})
    if known_codes is not None:
        drafts = [d for d in drafts if not d.series.adjusted_by or _code_of_the_eve(d, trading_day) in known_codes]
    codes = _number(drafts, trading_day, first_code, known_codes or {})
    return [
        _contract(draft, code, profile, calendar, trading_day, settlement_of)
        for draft, code in zip(drafts, codes, strict=True)
    ]


def _month_dates(month: Month, profile: Profile, calendar: TradingCalendar, trading_day: date) -> _MonthDates:
    expiry = calendar.expiry_of(*month)
    return _MonthDates(
        month=month,
        began=month_listed_on(calendar, month, profile.listing),
        expiry=expiry,
        delivery_day=calendar.shift(expiry, 1),
        days_to_expiry=(expiry - calendar.shift(trading_day, -1)).days,
        near_expiry=calendar.days_left(trading_day, expiry) < profile.listing.near_expiry_days,
        only_short_straddles=profile.capabilities.combinations
        and only_short_pairs(trading_day, expiry, calendar, profile.combinations),
    )


def _drafts(
    close: UnderlyingClose,
    months: Sequence[_MonthDates],
    profile: Profile,
    calendar: TradingCalendar,
    trading_day: date,
    dividends: Sequence[Dividend],
    price_range: PriceRangeOf | None,
    known_codes: Mapping[str, str],
) -> Iterator[_Draft]:
    """The contracts of one underlying, in the order of the list."""
    rules = underlying_rules(profile, close.code)
    if trading_day < rules.listed_on:
        raise BadInput("trading day", trading_day.isoformat(), f"options on {rules.code} began on {rules.listed_on}")
    steps = profile.listing.etf_steps if kind_of(close.code) is UnderlyingKind.ETF else profile.listing.stock_steps
    past = [d for d in dividends if d.underlying == close.code and d.ex_day <= trading_day]
    past.sort(key=lambda d: d.ex_day)
    known = [parse_trading_code(code) for code in known_codes]
    for dates in months:
        for series in sorted(series_of_month(max(dates.began, rules.listed_on), past), key=lambda s: s.letter):
            strikes = listed_strikes(
                series,
                close,
                trading_day,
                calendar=calendar,
                steps=steps,
                rules=profile.listing,
                price_range=price_range,
            )
            by_rule = {to_tick(strike, _STRIKE_TICK) for strike in strikes}
            # What a file listed lives on to its expiry, though no close that we know of explains it
            letter = _letter_of_the_eve(series, trading_day)
            of_the_eve = {
                (k.listed_strike, k.right)
                for k in known
                if (k.underlying, (k.expiry_year, k.expiry_month), k.adjustment) == (rules.code, dates.month, letter)
            }
            for strike in sorted(by_rule | {strike for strike, _ in of_the_eve}):
                for right in (Right.CALL, Right.PUT):
                    if strike in by_rule or (strike, right) in of_the_eve:
                        yield _Draft(rules, close, dates, series, right, strike)


def _number(drafts: Sequence[_Draft], trading_day: date, first_code: int, known_codes: Mapping[str, str]) -> list[str]:
    """A contract code for each draft, in the same order."""
    found: list[str | None] = [
        known_codes.get(code) if (code := _code_of_the_eve(d, trading_day)) else None for d in drafts
    ]
    number = max([first_code, *(int(code) + 1 for code in known_codes.values())])
    for position in sorted(
        (n for n, code in enumerate(found) if code is None), key=lambda n: drafts[n].series.first_day
    ):
        if not is_contract_code(str(number)):
            raise BadInput("contract code", number, "eight digits")
        found[position] = str(number)
        number += 1
    return [code for code in found if code is not None]


def _code_of_the_eve(draft: _Draft, trading_day: date) -> str | None:
    """The trading code a contract had the trading day before; None for one listed today."""
    letter = _letter_of_the_eve(draft.series, trading_day)
    return None if letter is None else draft.trading_code(letter)


def _letter_of_the_eve(series: Series, trading_day: date) -> str | None:
    """The letter a set had the trading day before; None for one listed today."""
    if series.first_day == trading_day:
        return None
    changed_today = bool(series.adjusted_by) and series.adjusted_by[-1].ex_day == trading_day
    return Series(series.first_day, series.adjusted_by[:-1], None).letter if changed_today else series.letter


def _contract(
    draft: _Draft,
    code: str,
    profile: Profile,
    calendar: TradingCalendar,
    trading_day: date,
    settlement_of: SettlementOf,
) -> Contract:
    rules, dates, series, right, close = draft.rules, draft.dates, draft.series, draft.right, draft.close.previous_close
    kind, orders = kind_of(rules.code), profile.orders
    strike, multiplier = series.terms(draft.listed_strike, rules.multiplier, kind, profile.adjustment.venue)
    settled = settlement_of(rules.code, right, strike, dates.days_to_expiry)
    if not settled.is_finite():
        raise BadInput("previous settlement", settled, f"a finite price for {rules.code} {right} {strike}")
    tick_size = orders.tick_of(kind)
    settlement = max(to_tick(settled, tick_size), tick_size)
    limits = price_limits(
        right=right,
        strike=strike,
        underlying_close=close,
        previous_settlement=settlement,
        rate=rules.limit_rate,
        tick_size=tick_size,
        is_last_trading_day=trading_day == dates.expiry,
        rules=profile.price_limits,
    )
    rates = rates_of(profile.margin, kind, right)
    margin = opening_margin(
        right=right,
        strike=strike,
        multiplier=multiplier,
        underlying_close=close,
        previous_settlement=settlement,
        underlying_kind=kind,
        rates=rates,
    )
    return Contract(
        code=code,
        trading_code=draft.trading_code(series.letter),
        name=short_name(rules.name, right, dates.month[1], strike, series.letter),
        underlying=rules.code,
        right=right,
        strike=strike,
        multiplier=multiplier,
        first_day=series.first_day,
        last_day=dates.expiry,
        exercise_day=dates.expiry,
        delivery_day=dates.delivery_day,
        expiry=dates.expiry,
        version=str(len(series.adjusted_by)),
        previous_settlement=settlement,
        underlying_close=close,
        limit_up=limits.limit_up,
        limit_down=limits.limit_down,
        margin=margin,
        margin_ratio_1=rates.ratio_1,
        margin_ratio_2=rates.ratio_2,
        lot=orders.lot,
        limit_order_min=orders.limit_order_min,
        limit_order_max=orders.limit_order_max,
        market_order_min=orders.market_order_min,
        market_order_max=orders.market_order_max,
        tick_size=tick_size,
        near_expiry=dates.near_expiry,
        only_short_straddles=dates.only_short_straddles,
        recently_adjusted=_adjusted_within(series, calendar, trading_day, profile.listing.adjusted_flag_days),
        listing=_listing_state(series, dates, trading_day),
        dates_estimated=any(map(calendar.is_estimated, (series.first_day, dates.expiry, dates.delivery_day))),
    )


def _adjusted_within(series: Series, calendar: TradingCalendar, trading_day: date, days: int) -> bool:
    if not series.adjusted_by:
        return False
    return calendar.days_left(series.adjusted_by[-1].ex_day, trading_day) < days


def _listing_state(series: Series, dates: _MonthDates, trading_day: date) -> ListingState:
    if series.first_day == trading_day:
        return ListingState.NEW
    return ListingState.DELISTED if trading_day == dates.expiry else ListingState.EXISTING
