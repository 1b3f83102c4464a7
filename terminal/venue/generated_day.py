"""The instrument list of a simulated day (合约清单): what the exchange would list from yesterday's closes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from terminal.domain.calendar import TradingCalendar
from terminal.domain.messages import DayOpened
from terminal.rules.listing import Dividend, PriceRangeOf, UnderlyingClose, list_contracts
from terminal.rules.profile import Profile
from terminal.rules.underlyings import build_underlying
from terminal.venue.crowd.open_interest import open_interest
from terminal.venue.crowd.opening import settlement_prices
from terminal.venue.crowd.settings import MarketSettings


def recent_dividends(calendar: TradingCalendar, settings: MarketSettings, trading_day: date) -> tuple[Dividend, ...]:
    """The ex-days behind a simulation that begins on `trading_day`; they stay where they are as its days go by."""
    closes = {u.code: u.previous_close for u in settings.underlyings}
    return tuple(
        # The eve's close is not known to a simulation that begins today: yesterday's stands for it
        Dividend(d.underlying, calendar.shift(trading_day, -d.trading_days_ago), d.cash, closes[d.underlying] + d.cash)
        for d in settings.dividends
        if d.underlying in closes
    )


def generated_day(
    profile: Profile,
    calendar: TradingCalendar,
    settings: MarketSettings,
    trading_day: date,
    *,
    closes: Mapping[str, Decimal] | None = None,
    known_codes: Mapping[str, str] | None = None,
    price_range: PriceRangeOf | None = None,
    dividends: Sequence[Dividend] | None = None,
) -> DayOpened:
    """Every underlying the profile and the settings know, with all its contracts.

    `closes` are yesterday's closes where the simulation has played yesterday, else those of the settings; `known_codes`
    keeps the codes of contracts listed before, `price_range` the contracts themselves wherever the price went since,
    and `dividends` (those of the first day) the terms that were adjusted. Raises CalendarError and BadInput as the
    listing does.
    """
    previous = {u.code: u.previous_close for u in settings.underlyings} | dict(closes or {})
    codes = [u.code for u in profile.underlyings if u.code in previous and u.listed_on <= trading_day]
    if dividends is None:
        dividends = recent_dividends(calendar, settings, trading_day)
    contracts = list_contracts(
        profile=profile,
        calendar=calendar,
        trading_day=trading_day,
        market=[UnderlyingClose(code, previous[code]) for code in codes],
        settlement_of=settlement_prices(settings, previous),
        dividends=[d for d in dividends if d.underlying in codes],
        known_codes=known_codes,
        price_range=price_range,
    )
    underlyings = tuple(build_underlying(profile, code, previous[code]) for code in codes)
    opened = open_interest(settings, trading_day, underlyings, contracts)
    return DayOpened(
        trading_day=trading_day,
        underlyings=underlyings,
        contracts=tuple(replace(c, open_interest=count) for c, count in zip(contracts, opened, strict=True)),
        source="generated",
    )
