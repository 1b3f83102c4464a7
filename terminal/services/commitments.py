"""What is held and what works, as arrays by contract, for the checks before an order or quote leaves.

Positions are the counter's; orders count from the moment they are on their way to the disk (F89); quotes stand on the
board. Everything that opens and works is taken for filled. What closes is not counted: it would use up what an opening
may need, and it only brings a position nearer to nothing.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from terminal.domain.accounts import PositionSide
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.orders import Instruction, Order, PositionEffect, Side
from terminal.domain.reasons import Reason
from terminal.rules.protection.order_checks import Exposure, worst_case
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.quote_board import NO_ASK, QuoteBoard
from terminal.services.theoretical import Theoretical
from terminal.services.universe import EMPTY, Universe

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
#: The greeks that have limits, by the refusal they cause
GREEK_LIMITS = (Reason.DELTA_LIMIT, Reason.GAMMA_LIMIT, Reason.VEGA_LIMIT)
#: What a market order may pay, whole 0.0001 yuan
_ANY_PRICE = 1 << 40


class Commitments:
    """Arrays by contract number; call `refresh` before reading them."""

    def __init__(
        self,
        market: MarketData,
        portfolio: Portfolio,
        theoretical: Theoretical,
        board: Callable[[], QuoteBoard],
    ) -> None:
        self._market = market
        self._portfolio = portfolio
        self._theoretical = theoretical
        self.board = board
        self.orders: Callable[[], Iterable[Order]] = tuple
        """Orders that work or are on their way; the order service knows them"""
        self.order_revision: Callable[[], int] = lambda: 0
        self.shares_under_way: Callable[[str], tuple[int, int]] = lambda underlying: (0, 0)
        """Shares of an underlying being bought and sold that are not in the counter's picture; the instruction service
        knows them"""
        self.net: FloatArray = np.zeros(0)
        """Long less short contracts"""
        self.closable: IntArray = np.zeros((2, 0), np.int64)
        """What a purchase (first row) and a sale may close (可平): in no combination, not being exercised, not held by
        single closing orders; covered shorts are closed by an instruction of their own"""
        self.closable_short, self.closable_long = self.closable
        self.buys: FloatArray = np.zeros(0)
        """Left of working orders that open a long position"""
        self.sells: FloatArray = np.zeros(0)
        self.own_bid: IntArray = np.zeros(0, np.int64)
        """Our best working order to buy, 0 for none; `own_ask` is `NO_ASK` without one"""
        self.own_ask: IntArray = np.zeros(0, np.int64)
        self.any_orders = False
        """Whether any order works or is on its way: without one there is nothing to meet"""
        self.revision = 0
        """Raised when any of this is made anew"""
        self._universe: Universe = EMPTY
        self._seen: tuple[object, int] = (None, -1)

    def refresh(self) -> Universe:
        """Positions and working orders as arrays, made anew when either has changed."""
        universe = self._theoretical.universe
        seen = self._portfolio.positions, self.order_revision()
        if universe is self._universe and seen[0] is self._seen[0] and seen[1] == self._seen[1]:
            return universe
        count = len(universe)
        self._universe, self._seen = universe, seen
        self.revision += 1
        self.net, self.buys, self.sells = np.zeros((3, count))
        self.closable = np.zeros((2, count), np.int64)
        self.closable_short, self.closable_long = self.closable
        self.own_bid = np.zeros(count, np.int64)
        self.own_ask = np.full(count, NO_ASK, np.int64)
        for (code, side), position in self._portfolio.positions.items():
            number = universe.number_of.get(code)
            if number is not None:
                self.net[number] += position.quantity if side is PositionSide.LONG else -position.quantity
                # What a quote of ours holds is free again when the next one replaces it
                free = position.quantity - position.combined_quantity - position.exercising_quantity
                if side is PositionSide.LONG:
                    self.closable_long[number] = max(free, 0)
                elif side is PositionSide.SHORT:
                    self.closable_short[number] = max(free, 0)
        self.any_orders = False
        for order in self.orders():
            self.any_orders = True
            number = universe.number_of.get(order.contract_code)
            if number is not None:
                self._count_order(number, order)
        return universe

    def exposure(self, underlying: str, greek: Reason = Reason.DELTA_LIMIT) -> Exposure:
        """Delta, gamma or vega of an underlying, named by the refusal it causes; shares held are delta too."""
        self.refresh()
        return self.sum(self._theoretical.numbers(underlying), underlying, greek)

    def held(self, underlying: str, greek: Reason = Reason.DELTA_LIMIT) -> float:
        """What is held alone, without what works: the quick way."""
        self.refresh()
        where, theoretical = self._theoretical.where(underlying), self._theoretical
        each = (theoretical.delta, theoretical.gamma, theoretical.vega)[GREEK_LIMITS.index(greek)][where]
        net = self.net[where]
        held = float(net @ each)
        if held != held:
            # A contract without a greek spoils the sum; it matters only where something of it is held
            held = float(np.where(net != 0, net * each, 0.0).sum())
        if greek is Reason.DELTA_LIMIT and (holding := self._portfolio.holdings.get(underlying)) is not None:
            held += holding.total
        return held

    def sum(self, numbers: IntArray, underlying: str, reason: Reason) -> Exposure:
        """The same over the contracts `numbers`, without looking for what changed."""
        theoretical, board = self._theoretical, self.board()
        greek = (theoretical.delta, theoretical.gamma, theoretical.vega)[GREEK_LIMITS.index(reason)][numbers]
        net = self.net[numbers]
        buys = self.buys[numbers] + board.worst_bid_quantity[numbers]
        sells = self.sells[numbers] + board.worst_ask_quantity[numbers]

        if reason is not Reason.DELTA_LIMIT:
            return worst_case(greek, net, buys, sells, 0)
        holding = self._portfolio.holdings.get(underlying)
        found = worst_case(greek, net, buys, sells, 0 if holding is None else holding.total)
        bought, sold = self.shares_under_way(underlying)
        return Exposure(found.held, found.up + bought, found.down + sold) if bought or sold else found

    def last(self, index: IntArray) -> FloatArray:
        """Last price, else the previous settlement, of contracts."""
        universe = self._theoretical.universe
        last = self._market.quotes[index + universe.first, Column.LAST]
        return np.where(last > 0, last, universe.previous_settlement[index]).astype(np.float64)

    def _count_order(self, number: int, order: Order) -> None:
        left = order.quantity - order.filled_quantity
        price = 0 if order.price is None else int(order.price * PRICE_SCALE)
        opens = order.instruction.position_effect is PositionEffect.OPEN
        if order.instruction is Instruction.SELL_CLOSE:
            self.closable_long[number] = max(self.closable_long[number] - left, 0)
        elif order.instruction is Instruction.BUY_CLOSE:
            self.closable_short[number] = max(self.closable_short[number] - left, 0)
        if order.instruction.side is Side.BUY:
            self.buys[number] += left * opens
            self.own_bid[number] = max(self.own_bid[number], price or _ANY_PRICE)
        else:
            self.sells[number] += left * opens
            self.own_ask[number] = min(self.own_ask[number], price or 1)
