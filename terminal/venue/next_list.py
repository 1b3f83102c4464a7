"""The list of the next trading day out of a settled one: its own settlement prices, open interest and restrictions.

The listing knows contracts and terms; what a day before has left behind is put in here, by contract code. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

import msgspec

from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.contracts import Contract, Right, kind_of
from terminal.domain.errors import BadInput
from terminal.domain.messages import DayOpened
from terminal.rules.listing import Dividend
from terminal.rules.listing_causes import delisting_cause
from terminal.rules.margin import opening_margin, rates_of
from terminal.rules.price_limits import price_limits
from terminal.rules.profile import Profile
from terminal.rules.rounding import to_tick
from terminal.rules.underlyings import underlying_rules
from terminal.venue.book import BookHeader
from terminal.venue.class_plan import with_restrictions
from terminal.venue.counter.settlement.state import ClearingState
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.dividends import ComingDividend
from terminal.venue.generated_day import generated_day, recent_dividends

#: When a day begins that nobody said anything about
DEFAULT_START = time(9, 30)
#: No month is listed for longer than this many trading days
_CLOSES_KEPT = 260


def first_generated_header(
    profile: Profile,
    settings: MarketSettings,
    calendar: TradingCalendar,
    day: date,
    *,
    seed: int,
    book_id: str,
    start: time = DEFAULT_START,
) -> BookHeader:
    """The first day of a book whose list is generated. Raises BadInput and CalendarError as the listing does."""
    dividends = recent_dividends(calendar, settings, day)
    opened = generated_day(profile, calendar, settings, day, dividends=dividends)
    coming = tuple(
        ComingDividend(underlying=d.underlying, ex_day=calendar.shift(day, d.trading_days_ahead), cash=d.cash)
        for d in settings.coming_dividends
        if any(u.code == d.underlying for u in opened.underlyings)
    )
    return BookHeader(
        book_id=book_id,
        day=opened,
        profile=profile.name,
        seed=seed,
        start=datetime.combine(day, start, SHANGHAI),
        dividends=dividends,
        coming_dividends=coming,
    )


def next_header(
    before: BookHeader, state: ClearingState, profile: Profile, settings: MarketSettings, calendar: TradingCalendar
) -> BookHeader:
    """The trading day after one that is settled: its closes, prices and open interest, the codes that live on.

    A dividend whose ex-day it is takes its cash off the price and adjusts what is listed. Raises BadInput for a day
    that is not settled.
    """
    if state.inputs is None or not state.is_settled:
        raise BadInput("day", before.day.trading_day.isoformat(), "one that is settled")
    today = before.day.trading_day
    day, eve = calendar.shift(today, 1), calendar.shift(today, -1)
    first = (eve, {u.code: u.previous_close for u in before.day.underlyings})
    last = state.inputs.closes
    closes = tuple((*(before.closes or (first,)), (today, last))[-_CLOSES_KEPT:])
    gone = [c.gone(last[c.underlying]) for c in before.coming_dividends if c.ex_day == day]
    dividends = (*before.dividends, *gone)

    def price_range(code: str, since: date, until: date) -> tuple[Decimal, Decimal] | None:
        known = [prices[code] for at, prices in closes if since <= at <= until and code in prices]
        return (min(known), max(known)) if known else None

    opened = generated_day(
        profile,
        calendar,
        settings,
        day,
        closes=previous_closes(last, gone, profile),
        known_codes=codes_that_live_on(before.day, state),
        price_range=price_range,
        dividends=dividends,
    )
    listed = with_yesterday(opened, before.day, state, profile)
    plan = before.plan
    return msgspec.structs.replace(
        before,
        day=with_restrictions(listed, plan.restricted) if plan is not None else listed,
        start=datetime.combine(day, plan.day_start if plan is not None else DEFAULT_START, SHANGHAI),
        levels={},
        spots={},
        statistics=(),
        closes=closes,
        dividends=dividends,
        coming_dividends=tuple(c for c in before.coming_dividends if c.ex_day > day),
        seed=before.seed + 1,
    )


def previous_closes(closes: Mapping[str, Decimal], gone: Sequence[Dividend], profile: Profile) -> dict[str, Decimal]:
    """What the new day starts from: yesterday's closes, less what left the price over night, to the tick."""
    found = dict(closes)
    for dividend in gone:
        tick = underlying_rules(profile, dividend.underlying).tick_size
        found[dividend.underlying] = to_tick(dividend.adjusted_close, tick)
    return found


def codes_that_live_on(day: DayOpened, state: ClearingState) -> dict[str, str]:
    """Contract codes by trading code, for the listing; adjusted contracts that nobody holds are delisted (摘牌)."""
    return {
        c.trading_code: c.code
        for c in day.contracts
        if delisting_cause(c, day.trading_day, open_interest=state.open_interest.get(c.code, c.open_interest)) is None
    }


def with_yesterday(day: DayOpened, before: DayOpened, state: ClearingState, profile: Profile) -> DayOpened:
    """The new list with settlement prices, open interest and open restrictions that the day before left.

    Price limits and margins follow from the settlement prices; those of an adjusted contract are in its new terms.
    """
    if state.inputs is None:
        return day
    old = {c.code: c for c in before.contracts}
    restricted = {(c.underlying, c.expiry) for c in before.contracts if c.code in state.restricted}
    contracts = tuple(
        replace(
            _with_yesterday(c, old.get(c.code), state, day.trading_day, profile),
            # Of calls alone, and of the whole month: strikes listed today count with the others
            opening_restricted=c.right is Right.CALL and (c.underlying, c.expiry) in restricted,
        )
        for c in day.contracts
    )
    return msgspec.structs.replace(day, contracts=contracts)


def _with_yesterday(
    contract: Contract, old: Contract | None, state: ClearingState, trading_day: date, profile: Profile
) -> Contract:
    if old is None:
        return replace(contract, open_interest=0)
    assert state.inputs is not None
    kind = kind_of(contract.underlying)
    price = state.inputs.prices[old.code]
    if contract.multiplier != old.multiplier:
        price = price * old.multiplier / contract.multiplier
    settlement = max(to_tick(price, contract.tick_size), contract.tick_size)
    limits = price_limits(
        right=contract.right,
        strike=contract.strike,
        underlying_close=contract.underlying_close,
        previous_settlement=settlement,
        rate=underlying_rules(profile, contract.underlying).limit_rate,
        tick_size=contract.tick_size,
        is_last_trading_day=trading_day == contract.last_day,
        rules=profile.price_limits,
    )
    margin = opening_margin(
        right=contract.right,
        strike=contract.strike,
        multiplier=contract.multiplier,
        underlying_close=contract.underlying_close,
        previous_settlement=settlement,
        underlying_kind=kind,
        rates=rates_of(profile.margin, kind, contract.right),
    )
    return replace(
        contract,
        previous_settlement=settlement,
        limit_up=limits.limit_up,
        limit_down=limits.limit_down,
        margin=margin,
        open_interest=state.open_interest.get(contract.code, 0),
    )
