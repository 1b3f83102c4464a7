"""The read-only view of the desk that strategies get: arrays without the right to write, nothing that sends."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Underlying
from terminal.domain.market_data import Column
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.rules.protection.order_checks import Exposure, QuoteBatch
from terminal.services.gate import Gate
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.quote_board import QuoteBoard
from terminal.services.quote_control import Controlled
from terminal.services.quote_outcome import Codes
from terminal.services.theoretical import Theoretical
from terminal.services.universe import Universe
from terminal.strategies.protocol import AllowedWidth, BoolArray, FloatArray, IntArray
from terminal.strategies.read_only import ReadOnlyQuotes, locked


class DeskView:
    """Implements `strategies.protocol.View`; attributes are laid anew when the day's list or the board is."""

    def __init__(
        self,
        market: MarketData,
        portfolio: Portfolio,
        theoretical: Theoretical,
        gate: Gate,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._market = market
        self._portfolio = portfolio
        self._theoretical = theoretical
        self._gate = gate
        self.now = now
        self.monotonic = monotonic
        self.allowed_width: AllowedWidth | None = None
        """Set by whoever knows the obligations"""
        self._board: QuoteBoard | None = None
        self._of: tuple[object, object] = (None, None)
        self._net: FloatArray | None = None
        self._closable: IntArray | None = None
        self.universe: Universe = theoretical.universe
        self.price: FloatArray = theoretical.price
        self.refresh()

    def refresh(self) -> None:
        """Take up what was laid out anew; the engine calls it before every call of a strategy."""
        theoretical, board = self._theoretical, self._gate.commitments.board()
        if self._of[0] is not theoretical.price or self._of[1] is not self._market.quotes:
            self._of = theoretical.price, self._market.quotes
            self.universe = theoretical.universe
            self.price = locked(theoretical.price)
            self.delta: FloatArray = locked(theoretical.delta)
            self.gamma: FloatArray = locked(theoretical.gamma)
            self.vega: FloatArray = locked(theoretical.vega)
            self.volatility: FloatArray = locked(theoretical.volatility)
            self.years: FloatArray = locked(theoretical.years)
            self.usable: BoolArray = locked(theoretical.usable)
            self.quotes: IntArray = locked(self._market.quotes[self.universe.first :])
        if board is not self._board:
            self._board = board
            self.own = ReadOnlyQuotes(board.prices, board.quantities, board.sent_prices, board.sent_quantities)

    @property
    def book_revision(self) -> object:
        """Changes with every update of a contract's market data and of what we have in a book."""
        board = self._gate.commitments.board()
        return self._market.book_revision, board.revision, board

    @property
    def net(self) -> FloatArray:
        """Long less short contracts."""
        self._gate.commitments.refresh()
        net = self._gate.commitments.net
        if self._net is None or self._net.base is not net:
            self._net = locked(net)
        return self._net

    @property
    def closable(self) -> IntArray:
        """Contracts that a purchase may close, and a sale."""
        self._gate.commitments.refresh()
        closable = self._gate.commitments.closable
        if self._closable is None or self._closable.base is not closable:
            self._closable = locked(closable)
        return self._closable

    def controlled(self, batch: QuoteBatch, keeps: BoolArray | None = None) -> Controlled | None:
        """Quotes as they would be sent."""
        control = self._gate.quote_control
        return None if control is None else control.adjusted(batch, keeps)

    def numbers(self, underlying: str) -> IntArray:
        """The contracts of an underlying."""
        return self._theoretical.numbers(underlying)

    def where(self, underlying: str) -> IntArray | slice:
        """The same to address arrays with."""
        return self._theoretical.where(underlying)

    def contract(self, code: str) -> Contract | None:
        """A contract by its code."""
        return self._market.contract(code)

    def spot(self, underlying: str) -> float:
        """Price of an underlying, yuan."""
        return self._theoretical.spot(underlying)

    def price_at(self, number: int, volatility: float) -> float:
        """What a contract is worth at another volatility."""
        return self._theoretical.price_at(number, volatility)

    def age(self, underlying: str) -> float:
        """Seconds since an underlying was heard of."""
        return self._theoretical.age(underlying)

    def phase(self, code: str) -> Phase:
        """The phase a contract is in."""
        return self._market.phase_of(code)

    @property
    def market_phase(self) -> Phase:
        """The phase the market is in."""
        return self._market.phase

    def phase_codes(self, underlying: str) -> IntArray:
        """The code letters of the phases that contracts of an underlying are in by themselves."""
        return np.asarray(self.quotes[self._theoretical.where(underlying), Column.PHASE])

    def withheld(self, underlying: str) -> Codes:
        """Why protections let no quote of its contracts leave."""
        return self._gate.withheld(self._theoretical.where(underlying))

    def delta_of(self, underlying: str) -> Exposure:
        """Net delta in shares."""
        return self._gate.commitments.exposure(underlying, Reason.DELTA_LIMIT)

    def vega_of(self, underlying: str) -> Exposure:
        """Net vega in yuan for one volatility point."""
        return self._gate.commitments.exposure(underlying, Reason.VEGA_LIMIT)

    def held_delta(self, underlying: str) -> float:
        """Net delta in shares of what is held."""
        return self._gate.commitments.held(underlying, Reason.DELTA_LIMIT)

    def held_vega(self, underlying: str) -> float:
        """Net vega of what is held."""
        return self._gate.commitments.held(underlying, Reason.VEGA_LIMIT)

    def shares(self, underlying: str) -> tuple[int, int]:
        """Shares held, and those that may be sold today: neither locked nor bought today (T+1)."""
        holding = self._portfolio.holdings.get(underlying)
        return (0, 0) if holding is None else (holding.total, holding.sellable)

    # ---- what a snapshot for another process takes besides (`strategies.plug_ins.snapshot`)

    @property
    def underlyings(self) -> tuple[Underlying, ...]:
        """The day's underlyings, in the order of their market rows."""
        return tuple(self._market.underlyings)

    def figures(self) -> dict[str, NDArray[Any]]:
        """What is kept by contract beside own quotes, by name; not to be written."""
        net, theoretical = self.net, self._theoretical
        commitments, board = self._gate.commitments, self._gate.commitments.board()
        return {
            "price": theoretical.price,
            "delta": theoretical.delta,
            "gamma": theoretical.gamma,
            "vega": theoretical.vega,
            "volatility": theoretical.volatility,
            "years": theoretical.years,
            "rate": theoretical.rate,
            "dividend_yield": theoretical.dividend_yield,
            "usable": theoretical.usable,
            "withheld": self._gate.withheld(slice(None)),
            "net": net,
            "closable": commitments.closable,
            "buys": commitments.buys + board.worst_bid_quantity,
            "sells": commitments.sells + board.worst_ask_quantity,
        }

    @property
    def market_rows(self) -> IntArray:
        """Newest market data of underlyings and contracts; not to be written."""
        return self._market.quotes
