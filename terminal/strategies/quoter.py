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
from terminal.services.universe import Universe
from terminal.strategies import quote_math
from terminal.strategies.protocol import Ask, BoolArray, FloatArray, IntArray, Strategy, View
from terminal.strategies.quote_math import SkewTerms


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


@dataclass(frozen=True, slots=True)
class _Terms:
    """What stays the same all day of the contracts that are quoted."""

    universe: Universe
    where: IntArray | slice
    numbers: IntArray
    tick: IntArray
    multiplier: FloatArray
    limit_down: IntArray
    limit_up: IntArray
    least_bid: IntArray
    half_way: FloatArray
    """Some price, for contracts without one"""


class ContinuousQuoter(Strategy):
    """Quotes both sides of every contract of an underlying that it has a price for."""

    parameters: QuoterParameters

    def __init__(self, name: str, parameters: QuoterParameters) -> None:
        super().__init__(name, parameters)
        self._messages: deque[float] = deque()
        self._terms: _Terms | None = None
        self._terms_underlying = ""
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
        settings, terms = self.parameters, self._terms_of(view)
        where, tick = terms.where, terms.tick
        price, delta = view.price[where], view.delta[where]
        with np.errstate(invalid="ignore"):
            moneyness = np.abs(delta) / terms.multiplier
            there = view.usable[where] & (moneyness >= settings.least_delta) & (moneyness <= settings.most_delta)
        centre = np.where(there, price, terms.half_way)
        if settings.risk_aversion > 0:
            centre -= np.where(there, self._skew(view, terms), 0.0)
        half, there = self._half(view, terms, centre, there)
        bid, ask = quote_math.round_quotes(centre, half, tick, terms.least_bid, terms.limit_up)
        own = view.own
        best_bid, best_ask = quote_math.others_touch(
            view.quotes[where], own.bid[where], own.bid_quantity[where], own.ask[where], own.ask_quantity[where]
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
        there &= (bid >= terms.least_bid) & (ask <= terms.limit_up)
        size = np.full(len(tick), settings.size)
        # A position on the other side is closed before one is opened: no margin is held for both
        net = view.net[where]
        return QuoteBatch(terms.numbers, bid, size, ask, size, net <= -settings.size, net >= settings.size), there

    # ---- inside

    def _pass(self, view: View, ask: Ask) -> None:
        settings = self.parameters
        batch, there = self.wanted(view)
        own, terms = view.own, self._terms_of(view)
        where = terms.where
        sent_bid, sent_ask = own.sent_bid[where], own.sent_ask[where]
        out = ((sent_bid > 0) | (sent_ask > 0)) & ~there
        if out.any():
            ask.cancel_quotes(terms.numbers[out].tolist())
        slack = settings.tolerance_ticks * terms.tick
        off = (np.abs(batch.bid - sent_bid) > slack) | (np.abs(batch.ask - sent_ask) > slack)
        off |= own.sent_bid_quantity[where] != settings.size
        off |= own.sent_ask_quantity[where] != settings.size
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

    def _terms_of(self, view: View) -> _Terms:
        universe, terms = view.universe, self._terms
        underlying = self.parameters.underlying
        if terms is None or terms.universe is not universe or self._terms_underlying != underlying:
            numbers = view.numbers(underlying)
            tick, limit_up = universe.tick[numbers], universe.limit_up[numbers]
            terms = self._terms = _Terms(
                universe,
                view.where(underlying),
                numbers,
                tick,
                universe.multiplier[numbers],
                universe.limit_down[numbers],
                limit_up,
                np.maximum(universe.limit_down[numbers], tick),
                limit_up / 2.0,
            )
            self._terms_underlying = underlying
        return terms

    def _may_send(self, now: float) -> bool:
        while self._messages and now - self._messages[0] >= 1.0:
            self._messages.popleft()
        return len(self._messages) + 2 <= self.parameters.messages_per_second

    def _skew(self, view: View, terms: _Terms) -> FloatArray:
        settings, where = self.parameters, terms.where
        skew = quote_math.inventory_skew(
            view.delta[where],
            view.vega[where],
            terms.multiplier,
            view.spot(settings.underlying),
            view.held_delta(settings.underlying),
            view.held_vega(settings.underlying),
            SkewTerms(
                risk_aversion=settings.risk_aversion,
                volatility=settings.volatility,
                volatility_of_volatility=settings.volatility_of_volatility,
                horizon_years=settings.horizon_hours / _HOURS_A_YEAR,
            ),
        )
        most = settings.most_skew_ticks * terms.tick
        return np.asarray(np.minimum(np.maximum(skew, -most), most))

    def _half(self, view: View, terms: _Terms, centre: FloatArray, there: BoolArray) -> tuple[FloatArray, BoolArray]:
        settings, tick, numbers = self.parameters, terms.tick, terms.numbers
        if settings.width is WidthRule.TICKS:
            return np.asarray(settings.half_ticks * tick, dtype=np.float64), there
        if settings.width is WidthRule.VOLATILITY:
            per_point = view.vega[terms.where] / terms.multiplier * 10_000.0
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
