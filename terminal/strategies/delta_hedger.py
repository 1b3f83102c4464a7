"""The delta hedger (Delta 对冲): keeps the net delta of one underlying within a band, in shares or by a synthetic.

Shares go in lots of 100, never none and never a part of one, and no more are sold than were there this morning: shares
bought today cannot be sold today (T+1). They trade at once or not at all; what the book does not show is the next
look's. The synthetic is the call and the put of one strike, bought and sold together.
It trades with nobody's book if that is our own: a strike whose touch is ours is passed over. What a hedge costs is the
spread of both legs: strikes of more than is allowed are passed over, and of the nearest expiry the cheapest is taken.
Both legs are fill-or-kill; where one trades and the other does not, the delta that is left is the next look's.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import numpy as np

from terminal.domain.market_data import Column
from terminal.domain.orders import Order, OrderRequest, OrderType
from terminal.strategies.position_effects import order_instruction
from terminal.strategies.protocol import Ask, Strategy, View

#: Shares of a fund or stock in one lot (手)
LOT = 100


class HedgeWith(StrEnum):
    """What is traded."""

    SHARES = "shares"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgerParameters:
    """What a person sets; deltas in shares."""

    underlying: str = "510050"
    target: float = 0.0
    band: float = 20_000.0
    """Nothing is done while the delta is no farther from the target"""
    every_seconds: float = 0.0
    """Above zero: also at this pace, whatever the band says, when at least one unit is off"""
    most_shares: float = 100_000.0
    """Of one hedge"""
    rest_seconds: float = 2.0
    """After a hedge, so that its own fill is seen before the next"""
    hedge_with: HedgeWith = HedgeWith.SYNTHETIC
    most_spread_ticks: float = 40.0
    """Of a synthetic, the spreads of call and put together; wider ones are left alone"""
    share_ticks: int = 2
    """How much worse than the best price shares may trade, ticks of the underlying"""


def shares_to_trade(excess: float, most: float, sellable: int) -> int:
    """Shares that bring a delta `excess` too high back, in whole lots: below zero for a sale; 0 for nothing to do.

    A sale is cut to what may be sold today.
    """
    if not np.isfinite(excess):
        return 0
    lots = int(min(abs(excess), max(most, 0.0)) // LOT)
    if excess > 0:
        return -min(lots, max(sellable, 0) // LOT) * LOT
    return lots * LOT


def pairs_to_trade(excess: float, most: float, delta_of_pair: float) -> int:
    """Synthetics that bring a delta back, rounded to the nearest, below zero to sell them; 0 for nothing to do."""
    if not np.isfinite(excess) or not delta_of_pair > 0:
        return 0
    pairs = round(min(abs(excess), max(most, 0.0)) / delta_of_pair)
    return -pairs if excess > 0 else pairs


class DeltaHedger(Strategy):
    """Brings the delta back when it has left the band, or when it is time."""

    parameters: HedgerParameters

    def __init__(self, name: str, parameters: HedgerParameters) -> None:
        super().__init__(name, parameters)
        self._under_way: set[str] = set()
        self._hedged_at = -np.inf
        self.hedges = 0

    def on_start(self, view: View, ask: Ask) -> None:
        """Begin the pace anew."""
        self._under_way.clear()
        self._hedged_at = view.monotonic() if self.parameters.every_seconds > 0 else -np.inf

    def on_tick(self, underlying: str, view: View, ask: Ask) -> None:
        """The delta moved with the underlying."""
        self._look(view, ask)

    def on_timer(self, view: View, ask: Ask) -> None:
        """The delta may have moved by a fill."""
        self._look(view, ask)

    def on_order(self, order: Order, view: View, ask: Ask) -> None:
        """A leg that is over, whichever way, makes room for the next hedge."""
        if order.status.is_final:
            self._under_way.discard(order.contract_code)

    def _look(self, view: View, ask: Ask) -> None:
        settings, now = self.parameters, view.monotonic()
        if self._under_way or now - self._hedged_at < settings.rest_seconds:
            return
        excess = view.held_delta(settings.underlying) - settings.target
        is_time = settings.every_seconds > 0 and now - self._hedged_at >= settings.every_seconds
        if not np.isfinite(excess) or not (abs(excess) > settings.band or is_time):
            return
        done = (
            self._trade_shares(excess, view, ask)
            if settings.hedge_with is HedgeWith.SHARES
            else self._trade_synthetic(excess, view, ask)
        )
        if done:
            self.hedges += 1
            self._hedged_at = now

    def _trade_shares(self, excess: float, view: View, ask: Ask) -> bool:
        settings = self.parameters
        held, sellable = view.shares(settings.underlying)
        shares = shares_to_trade(excess, settings.most_shares, sellable)
        if shares == 0:
            if excess > LOT and held > sellable:
                ask.note(f"{held - sellable} shares cannot be sold today")
            return False
        return ask.trade_shares(settings.underlying, shares, settings.share_ticks)

    def _trade_synthetic(self, excess: float, view: View, ask: Ask) -> bool:
        pair = self._pair(excess < 0, view)
        if pair is None:
            ask.note("no strike with both books, close enough together, and none of our own at the touch")
            return False
        call, put = pair
        delta = float(view.delta[call] - view.delta[put])
        pairs = pairs_to_trade(excess, self.parameters.most_shares, delta)
        if pairs == 0:
            return False
        sides = ((call, pairs > 0), (put, pairs < 0))
        quotes = view.quotes
        shown = [int(quotes[n, Column.ASK_QUANTITY if buys else Column.BID_QUANTITY]) for n, buys in sides]
        quantity = min(abs(pairs), *shown)
        if quantity < 1:
            return False
        sent = [self._leg(number, buys, quantity, view, ask) for number, buys in sides]
        return any(sent)

    def _leg(self, number: int, buys: bool, quantity: int, view: View, ask: Ask) -> bool:
        contract = view.universe.contracts[number]
        units = int(view.quotes[number, Column.ASK_PRICE if buys else Column.BID_PRICE])
        instruction = order_instruction(view, number, quantity, buys=buys)
        quantity = min(quantity, contract.limit_order_max)
        request = OrderRequest(contract.code, instruction, OrderType.LIMIT_FOK, quantity, Decimal(units).scaleb(-4))
        if not ask.order(request):
            return False
        self._under_way.add(contract.code)
        return True

    def _pair(self, buys_call: bool, view: View) -> tuple[int, int] | None:
        """Call and put that may be traded now: nearest expiry, least spread, then nearest to the money."""
        universe, quotes, own = view.universe, view.quotes, view.own
        spot = view.spot(self.parameters.underlying)
        puts = {
            (universe.contracts[n].series, universe.contracts[n].strike): n
            for n in view.numbers(self.parameters.underlying).tolist()
            if not universe.is_call[n]
        }
        found: list[tuple[int, float, float, int, int]] = []
        for call in view.numbers(self.parameters.underlying).tolist():
            contract = universe.contracts[call]
            put = puts.get((contract.series, contract.strike)) if universe.is_call[call] else None
            if put is None or not (view.usable[call] and view.usable[put]):
                continue
            bought, sold = (call, put) if buys_call else (put, call)
            ask_price, bid_price = quotes[bought, Column.ASK_PRICE], quotes[sold, Column.BID_PRICE]
            ours = (0 < own.ask[bought] <= ask_price) or (own.bid[sold] >= bid_price > 0)
            spread = self._spread(call, put, view)
            if ask_price > 0 and bid_price > 0 and not ours and spread <= self.parameters.most_spread_ticks:
                distance = abs(float(contract.strike) - spot)
                found.append((int(universe.expiry[call]), spread, distance, call, put))
        return min(found)[3:] if found else None

    @staticmethod
    def _spread(call: int, put: int, view: View) -> float:
        """What both books are apart, ticks; beyond all bounds where a side is missing."""
        legs, quotes, tick = [call, put], view.quotes, view.universe.tick
        bids, asks = quotes[legs, Column.BID_PRICE], quotes[legs, Column.ASK_PRICE]
        if not (bids > 0).all() or not (asks > 0).all():
            return np.inf
        return float(((asks - bids) / tick[legs]).sum())
