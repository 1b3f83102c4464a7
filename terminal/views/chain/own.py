"""What is mine in each contract, by market row: net position, and the best of my orders and quotes on each side."""

from collections.abc import Callable, Iterable
from typing import Protocol

import numpy as np

from terminal.domain.accounts import PositionSide
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Order, Side
from terminal.services.bus import Bus
from terminal.services.events import AccountChanged, DayChanged, OrderChanged, OwnQuotesChanged
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.quote_board import IntArray, QuoteBoard


class WorkingOrders(Protocol):
    """Who knows the orders that may still trade: the order service."""

    def working(self) -> Iterable[Order]:
        """Orders that may still trade."""


class OwnBook:
    """Arrays over the market's rows, rebuilt by `refresh` only after an order, a quote or the account has changed."""

    def __init__(
        self,
        market: MarketData,
        portfolio: Portfolio,
        orders: WorkingOrders,
        bus: Bus,
        quotes: Callable[[], QuoteBoard] | None = None,
    ) -> None:
        """`quotes` gives what lies in the market as two-sided quotes, None for a desk that quotes nothing."""
        self._market = market
        self._quotes = quotes
        self._portfolio = portfolio
        self._orders = orders
        self._stale = True
        self.revision = 0
        self._clear()
        self._unsubscribe = [
            bus.subscribe(OrderChanged, self._mark),
            bus.subscribe(AccountChanged, self._mark),
            bus.subscribe(DayChanged, self._mark),
            bus.subscribe(OwnQuotesChanged, self._mark),
        ]

    def close(self) -> None:
        """Stop listening."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    def refresh(self) -> None:
        """Bring the arrays up to date."""
        if not self._stale and len(self.position) == len(self._market.quotes):
            return
        self._stale = False
        self.revision += 1
        self._clear()
        rows = self._market.row_of
        for (code, held_as), position in self._portfolio.positions.items():
            row = rows.get(code)
            if row is not None and position.quantity:
                self.position[row] += position.quantity if held_as is PositionSide.LONG else -position.quantity
                self.covered[row] |= held_as is PositionSide.COVERED
                self.held[row] = True
        for order in self._orders.working():
            row = rows.get(order.contract_code)
            if row is None or order.price is None:
                continue
            units = int(order.price * PRICE_SCALE)
            side = order.side
            price, quantity = (
                (self.bid_price, self.bid_quantity) if side is Side.BUY else (self.ask_price, self.ask_quantity)
            )
            best = price[row]
            better = not best or (units > best if side is Side.BUY else units < best)
            if better:
                price[row], quantity[row] = units, order.leaves_quantity
            elif units == best:
                quantity[row] += order.leaves_quantity

        if self._quotes is not None:
            self._take_quotes(self._quotes())

    def _take_quotes(self, board: QuoteBoard) -> None:
        """Quotes stand beside orders: the better price is shown, equal ones add up."""
        first = len(self._market.underlyings)
        if len(board.bid) != len(self.bid_price) - first:
            # The list of the day is being exchanged
            return
        mine: tuple[tuple[IntArray, IntArray, IntArray, IntArray, int], ...] = (
            (self.bid_price[first:], self.bid_quantity[first:], board.bid, board.bid_quantity, 1),
            (self.ask_price[first:], self.ask_quantity[first:], board.ask, board.ask_quantity, -1),
        )
        for price, quantity, quoted, size, sign in mine:
            there = size > 0
            better = there & ((price == 0) | (sign * quoted > sign * price))
            quantity[there & (quoted == price) & (price > 0)] += size[there & (quoted == price) & (price > 0)]
            price[better], quantity[better] = quoted[better], size[better]
        for side, (price, _, quoted, size, _) in enumerate(mine):
            self.quoted[side, first:] = (size > 0) & (price == quoted)

    def _mark(self, event: object) -> None:
        self._stale = True

    def _clear(self) -> None:
        count = len(self._market.quotes)
        self.position = np.zeros(count, np.int64)
        """Long less short and covered, contracts"""
        self.covered = np.zeros(count, np.bool_)
        self.held = np.zeros(count, np.bool_)
        """Whether any side is held, also where they cancel out"""
        self.quoted = np.zeros((2, count), np.bool_)
        """Whether the bid and the ask below are those of a quote"""
        self.bid_price = np.zeros(count, np.int64)
        """Best working buy or bid of a quote, 0.0001 yuan; 0 for none"""
        self.bid_quantity = np.zeros(count, np.int64)
        self.ask_price = np.zeros(count, np.int64)
        self.ask_quantity = np.zeros(count, np.int64)
