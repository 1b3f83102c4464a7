"""The continuous quoter (持续双边报价): all contracts of an underlying at once, whenever it moves.

A pass is array arithmetic over the contracts; what moved by more than the tolerance is quoted anew, the quote that is
most wrong against us first, at most so many contracts and messages at a time. A contract without a sound theoretical
price is not quoted and what is out there of it is taken out.
"""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from terminal.rules.protection.order_checks import QuoteBatch
from terminal.strategies import quote_math
from terminal.strategies.protocol import Ask, BoolArray, FloatArray, IntArray, Strategy, View


class WidthRule(StrEnum):
    """What the half-spread is made of."""

    TICKS = "ticks"
    VOLATILITY = "volatility"
    """Volatility points times the contract's vega"""
    ALLOWED = "allowed"
    """A share of the obligation's largest width"""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoterParameters:
    """What a person sets; ticks are those of the contract."""

    underlying: str = "510050"
    width: WidthRule = WidthRule.TICKS
    half_ticks: float = 5.0
    half_volatility_points: float = 0.5
    allowed_share: float = 0.5
    """Of the allowed width, 0.2 to 0.7 in the maker software of 2014 (rulebook 8.2)"""
    size: int = 5
    least_delta: float = 0.03
    """Quote contracts whose delta per share lies between these, signs aside"""
    most_delta: float = 0.97
    risk_aversion: float = 0.0
    """Per yuan; 0 quotes without regard to inventory"""
    volatility: float = 0.20
    volatility_of_volatility: float = 10.0
    """Volatility points a root of a year"""
    horizon_hours: float = 4.0
    """Until inventory can be undone, trading hours"""
    most_skew_ticks: float = 10.0
    join_ticks: int = 0
    least_edge_ticks: int = 1
    improve_ticks: int = 20
    tolerance_ticks: int = 1
    """What a quote may be off before it is replaced"""
    contracts_per_pass: int = 250
    first_contracts: int = 8
    """So many of the most urgent go ahead in a message of their own; 0 sends one message"""
    messages_per_second: int = 100


_HOURS_A_YEAR = 252 * 4.0
_TERMS = quote_math.SkewTerms


class ContinuousQuoter(Strategy):
    """Quotes both sides of every contract of an underlying that it has a price for."""

    parameters: QuoterParameters

    def __init__(self, name: str, parameters: QuoterParameters) -> None:
        super().__init__(name, parameters)
        self._messages: deque[float] = deque()
        self.held_back = 0
        """Contracts of the last pass that had to wait for their turn"""

    def on_start(self, view: View, ask: Ask) -> None:
        """Quote at once."""
        self._messages.clear()
        self._pass(view, ask)

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """The underlying moved."""
        self._pass(view, ask)

    def on_timer(self, view: View, ask: Ask) -> None:
        """What waits, what traded, what volatility moved."""
        self._pass(view, ask)

    def wanted(self, view: View) -> tuple[QuoteBatch, BoolArray]:
        """Every quote it would like to have now, and where it has a price at all."""
        settings = self.parameters
        numbers = view.numbers(settings.underlying)
        universe = view.universe
        price, delta = view.price[numbers], view.delta[numbers]
        tick, multiplier = universe.tick[numbers], universe.multiplier[numbers]
        with np.errstate(invalid="ignore"):
            moneyness = np.abs(delta) / multiplier
            there = view.usable[numbers] & (moneyness >= settings.least_delta) & (moneyness <= settings.most_delta)
        centre = np.where(there, price, universe.limit_up[numbers] / 2.0)
        if settings.risk_aversion > 0:
            centre = centre - np.where(there, self._skew(view, numbers, tick), 0.0)
        half, there = self._half(view, numbers, centre, tick, there)
        bid, ask = quote_math.round_quotes(centre, half, tick, universe.limit_down[numbers], universe.limit_up[numbers])
        quotes, own = view.quotes[numbers], view.own
        best_bid, best_ask = quote_math.others_touch(
            quotes, own.bid[numbers], own.bid_quantity[numbers], own.ask[numbers], own.ask_quantity[numbers]
        )
        bid, ask = quote_math.join(
            bid,
            ask,
            best_bid,
            best_ask,
            centre,
            tick,
            join_ticks=settings.join_ticks,
            least_edge_ticks=settings.least_edge_ticks,
            improve_ticks=settings.improve_ticks,
        )
        bid, ask = quote_math.passive(bid, ask, best_bid, best_ask, tick)
        there &= (bid >= np.maximum(universe.limit_down[numbers], tick)) & (ask <= universe.limit_up[numbers])
        size = np.full(len(numbers), settings.size)
        # A position on the other side is closed before one is opened: no margin is held for both
        closes = view.net[numbers]
        return QuoteBatch(numbers, bid, size, ask, size, closes <= -settings.size, closes >= settings.size), there

    # ---- inside

    def _pass(self, view: View, ask: Ask) -> None:
        settings = self.parameters
        batch, there = self.wanted(view)
        own, numbers = view.own, batch.index
        sent_bid, sent_ask = own.sent_bid[numbers], own.sent_ask[numbers]
        out = (sent_bid > 0) | (sent_ask > 0)
        if (out & ~there).any():
            ask.cancel_quotes(numbers[out & ~there].tolist())
        slack = settings.tolerance_ticks * view.universe.tick[numbers]
        off = (np.abs(batch.bid - sent_bid) > slack) | (np.abs(batch.ask - sent_ask) > slack)
        off |= (own.sent_bid_quantity[numbers] != batch.bid_quantity) | (
            own.sent_ask_quantity[numbers] != batch.ask_quantity
        )
        places = np.flatnonzero(off & there)
        self.held_back = 0
        if not len(places) or not self._may_send(view.monotonic()):
            self.held_back = len(places)
            return
        order = np.argsort(
            -quote_math.urgency(batch.bid[places], batch.ask[places], sent_bid[places], sent_ask[places]), kind="stable"
        )
        chosen = places[order[: settings.contracts_per_pass]]
        self.held_back = len(places) - len(chosen)
        outcome = ask.quote(batch.take(chosen), first=settings.first_contracts)
        self._messages.extend([view.monotonic()] * len(outcome.quote_ids))

    def _may_send(self, now: float) -> bool:
        while self._messages and now - self._messages[0] >= 1.0:
            self._messages.popleft()
        return len(self._messages) + 2 <= self.parameters.messages_per_second

    def _skew(self, view: View, numbers: IntArray, tick: IntArray) -> FloatArray:
        settings = self.parameters
        terms = _TERMS(
            risk_aversion=settings.risk_aversion,
            volatility=settings.volatility,
            volatility_of_volatility=settings.volatility_of_volatility,
            horizon_years=settings.horizon_hours / _HOURS_A_YEAR,
        )
        skew = quote_math.inventory_skew(
            view.delta[numbers],
            view.vega[numbers],
            view.universe.multiplier[numbers],
            view.spot(settings.underlying),
            view.delta_of(settings.underlying).held,
            view.vega_of(settings.underlying).held,
            terms,
        )
        most = settings.most_skew_ticks * tick
        return np.clip(skew, -most, most)

    def _half(
        self, view: View, numbers: IntArray, centre: FloatArray, tick: IntArray, there: BoolArray
    ) -> tuple[FloatArray, BoolArray]:
        settings = self.parameters
        if settings.width is WidthRule.TICKS:
            return np.asarray(settings.half_ticks * tick, dtype=np.float64), there
        if settings.width is WidthRule.VOLATILITY:
            per_point = view.vega[numbers] / view.universe.multiplier[numbers] * 10_000.0
            half = np.maximum(np.where(there, per_point, 0.0) * settings.half_volatility_points, tick / 2.0)
            return half, there
        allowed = view.allowed_width
        if allowed is None:
            return np.zeros(len(there)), np.zeros(len(there), np.bool_)
        # The width that is allowed hangs on the bid: asked for the theoretical price first, then for the bid it gives
        width = allowed(numbers, np.maximum(centre, 1).astype(np.int64))
        guess = np.maximum(centre - settings.allowed_share * width / 2.0, 1).astype(np.int64)
        width = allowed(numbers, guess)
        half = np.asarray(np.maximum(settings.allowed_share * width / 2.0, tick / 2.0), dtype=np.float64)
        return half, np.asarray(there & (width > 0))
