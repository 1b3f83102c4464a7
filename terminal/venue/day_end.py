"""The venue's day end: figures out of the market into the counter's settlement, step by step. Pure.

What the market gives is taken once, in the first step; from then on everything follows from the counter's books.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from terminal.domain.calendar import TradingCalendar
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.venue.counter.settlement.entries import Inputs
from terminal.venue.counter.settlement.steps import STEPS, Step
from terminal.venue.market import Market
from terminal.venue.settlement_prices import settlement_prices

_DAYS_PER_YEAR = 365.0


class DayEnd:
    """Settles one market's day; `inputs` is asked when the day is over."""

    def __init__(self, market: Market, inputs: Callable[[], Inputs]) -> None:
        self._market = market
        self._inputs = inputs

    @property
    def is_settled(self) -> bool:
        """Whether every step is done."""
        return self._market.counter.settlement.is_settled

    @property
    def next_step(self) -> Step | None:
        """The step `advance` runs next; None before the first call and after the last."""
        return self._market.counter.settlement.next_step

    @property
    def inputs(self) -> Inputs | None:
        """The day's figures, once they are taken."""
        return self._market.counter.settlement.state.inputs

    def advance(self) -> Step | None:
        """Take the day's figures, or run one step; its entries and reports are in the market's outcome.

        Gives the step that was done, None for the figures. Raises SettlementStopped, nothing booked of it, when
        something is missing or does not agree; it may be called again.
        """
        settlement = self._market.counter.settlement
        step = settlement.next_step
        if step is None:
            self._market.take(settlement.begin(self._inputs(), self._market.now), self._market.now)
            return None
        self._market.take(settlement.run_step(), self._market.now)
        return step


def number_of(step: Step) -> int:
    """Place of a step, from 1."""
    return STEPS.index(step) + 1


def closing_prices(market: Market) -> dict[str, Decimal]:
    """The newest price of every underlying, yuan; its previous close where it never traded."""
    rows = market.exchange.quote_rows(range(len(market.underlyings)))
    return {
        u.code: Decimal(int(last)) / PRICE_SCALE if last else u.previous_close
        for u, last in zip(market.underlyings, rows[:, Column.LAST], strict=True)
    }


def settlement_inputs(
    market: Market,
    calendar: TradingCalendar,
    *,
    rate: float,
    seed: int,
    dividends: Mapping[str, Decimal] | None = None,
) -> Inputs:
    """The figures of a day that is over; `dividends` are those whose ex-day is the next trading day.

    Raises CalendarError when the next trading day or an expiry lies outside the calendar.
    """
    today = market.trading_day
    closes = closing_prices(market)
    prices: dict[str, Decimal] = {}
    of_contract = market.contract_closes()

    def years_of(expiry: date) -> float:
        return (expiry - today).days / _DAYS_PER_YEAR

    for underlying in market.underlyings:
        mine = [close for close in of_contract if close.contract.underlying == underlying.code]
        prices |= settlement_prices(
            mine, underlying_close=closes[underlying.code], trading_day=today, years_of=years_of, rate=rate
        )
    first = len(market.underlyings)
    rows = market.exchange.quote_rows(range(first, first + len(market.contracts)))
    open_interest = rows[:, Column.OPEN_INTEREST].tolist()
    paid = dict(dividends or {})
    return Inputs(
        trading_day=today,
        next_day=calendar.shift(today, 1),
        closes=closes,
        prices=prices,
        open_interest={c.code: n for c, n in zip(market.contracts, open_interest, strict=True)},
        days_left={
            expiry.isoformat(): calendar.days_left(today, expiry)
            for expiry in sorted({c.expiry for c in market.contracts})
            if expiry >= today
        },
        seed=seed,
        adjusted=tuple(c.code for c in market.contracts if c.underlying in paid and c.last_day > today),
        dividends=paid,
        traded=dict(market.client_trades) if market.saw_whole_day else None,
    )
