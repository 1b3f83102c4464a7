"""Where the ladder's figures come from: book, own orders and quotes, position, trades, what the contract is worth."""

import numpy as np
from numpy.typing import NDArray

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.orders import Side
from terminal.pricing.implied_volatility import implied_volatility
from terminal.pricing.quality import Quality
from terminal.services.desk import Desk
from terminal.services.events import (
    AccountChanged,
    DayChanged,
    OrderChanged,
    OwnQuotesChanged,
    RecoveryFinished,
    TradesPrinted,
)
from terminal.services.valuation import Figure, Valuation
from terminal.views.ladder.picture import LadderPicture, scale_of
from terminal.views.trading.own_levels import Own, own_levels

FloatArray = NDArray[np.float64]


class LadderFigures:
    """The figures of one contract; `picture` makes one, what events have not touched is taken from the one before."""

    def __init__(self, desk: Desk, valuation: Valuation) -> None:
        self._desk = desk
        self._valuation = valuation
        self.code = ""
        self._own_stale = True
        self._buys: dict[int, Own] = {}
        self._sells: dict[int, Own] = {}
        self._averages: dict[PositionSide, int] = {}
        self._traded: dict[int, int] = {}
        self._before = LadderPicture()
        for event in (AccountChanged, OrderChanged, OwnQuotesChanged, RecoveryFinished):
            desk.bus.subscribe(event, self._on_own)
        desk.bus.subscribe(DayChanged, self._on_day)
        desk.bus.subscribe(TradesPrinted, self._on_trades)

    def turn_to(self, code: str) -> None:
        """Another contract; of its trades the newest are known."""
        self.code, self._own_stale = code, True
        traded: dict[int, int] = {}
        for trade in self._desk.market.tape(code):
            traded[trade.price] = traded.get(trade.price, 0) + trade.quantity
        self._traded = traded

    def picture(self) -> LadderPicture:
        """What is so now; an empty one for a contract that is not listed."""
        market = self._desk.market
        contract = market.contract(self.code)
        if contract is None:
            return LadderPicture()
        before = self._before
        scale = before.scale if before.contract is contract else scale_of(contract)
        if self._own_stale:
            self._own_stale = False
            self._take_own(contract)
        self._before = LadderPicture(
            contract=contract,
            scale=scale,
            bids={level.price: level.quantity for level in market.bids(self.code)},
            asks={level.price: level.quantity for level in market.asks(self.code)},
            buys=self._buys,
            sells=self._sells,
            traded=self._traded,
            theoretical=self.theoretical(contract),
            last=int(market.quotes[market.row_of[self.code], Column.LAST]),
            averages=self._averages,
        )
        return self._before

    def theoretical(self, contract: Contract) -> float:
        """What a contract is worth as the chain shows it, 0.0001 yuan; 0 where nothing sound is known."""
        valuation, row = self._valuation, self._desk.market.row_of.get(contract.code)
        valuation.refresh(contract.underlying)
        if row is None or row >= len(valuation.greek_marks) or valuation.greek_marks[row] > Quality.INTERPOLATED:
            return 0.0
        value = float(valuation.values[Figure.THEORETICAL, row]) * PRICE_SCALE
        return value if value > 0 else 0.0

    def volatilities(self, contract: Contract, prices: FloatArray) -> FloatArray:
        """The volatilities a year that prices in 0.0001 yuan imply, as of the last look; nan where one implies none."""
        book = self._valuation.book(contract.underlying)
        row = self._desk.market.row_of.get(contract.code)
        place = np.flatnonzero(book.rows == row) if book is not None else np.zeros(0, np.int64)
        if book is None or not len(place):
            return np.full(len(prices), np.nan)
        columns = book.columns
        expiry = int(columns.terms.expiry_of[place[0]])
        years, rate = float(columns.years[expiry]), float(columns.rate[expiry])
        if not columns.spot > 0.0 or not years > 0.0:
            return np.full(len(prices), np.nan)
        return implied_volatility(
            is_call=contract.right is Right.CALL,
            price=prices / PRICE_SCALE,
            spot=columns.spot,
            strike=float(contract.strike),
            years=years,
            rate=rate,
            dividend_yield=rate - float(columns.carry[expiry]),
        )

    # ---- inside

    def _take_own(self, contract: Contract) -> None:
        mine = own_levels(self._desk, self.code)
        self._buys, self._sells = mine[Side.BUY], mine[Side.SELL]
        tick = int(contract.tick_size * PRICE_SCALE)
        found = {side: self._desk.portfolio.position(self.code, side) for side in PositionSide}
        self._averages = {
            side: round(position.average_price * PRICE_SCALE / tick) * tick
            for side, position in found.items()
            if position is not None and position.quantity and position.average_price > 0
        }

    def _on_own(self, _event: object) -> None:
        self._own_stale = True

    def _on_day(self, _event: DayChanged) -> None:
        self._before = LadderPicture()
        self.turn_to(self.code)

    def _on_trades(self, event: TradesPrinted) -> None:
        row = self._desk.market.row_of.get(self.code, -1)
        mine = [trade for trade in event.trades if trade.instrument == row]
        if mine:
            # Another object, so that what was shown can be compared with it
            traded = dict(self._traded)
            for trade in mine:
                traded[trade.price] = traded.get(trade.price, 0) + trade.quantity
            self._traded = traded
