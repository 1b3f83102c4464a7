"""The worker's end of the view: implements `strategies.protocol.View` over what the desk has told.

Nothing moves while a call is under way, but for own quotes after something was asked for. Arrays are the same objects
from call to call until the next day's list, as those of the desk's own view are.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import COLUMN_COUNT, PRICE_SCALE, Column
from terminal.domain.phases import Phase
from terminal.rules.protection.order_checks import Exposure, QuoteBatch, worst_case
from terminal.services.quote_outcome import Codes
from terminal.services.universe import EMPTY, Universe
from terminal.strategies.plug_ins.frames import Day, Snapshot
from terminal.strategies.protocol import AllowedWidth, BoolArray, FloatArray, IntArray
from terminal.strategies.read_only import ReadOnlyQuotes, locked

_FLOATS = ("price", "delta", "gamma", "vega", "volatility", "years", "rate", "dividend_yield", "net", "buys", "sells")


class WorkerView:
    """What a plug-in sees; `elapsed` gives seconds, `width` asks the desk for the widths of an obligation."""

    def __init__(self, elapsed: Callable[[], float], width: AllowedWidth) -> None:
        self._elapsed = elapsed
        self._width = width
        self._told: Snapshot | None = None
        self._told_at = 0.0
        self.book_revision = 0
        """Counts what was told"""
        self._row_of: dict[str, int] = {}
        self._place_of: dict[str, int] = {}
        self.open_day(Day(underlyings=(), contracts=()))

    # ---- what the desk tells

    def open_day(self, day: Day) -> None:
        """Lay everything out anew."""
        self.universe = universe = Universe.of(day.underlyings, day.contracts) if day.contracts else EMPTY
        count = len(universe)
        self._place_of = {underlying.code: n for n, underlying in enumerate(day.underlyings)}
        self._row_of = self._place_of | {code: universe.first + n for code, n in universe.number_of.items()}
        self._numbers = {code: universe.of_underlying(row) for code, row in self._place_of.items()}
        arrays: dict[str, NDArray[Any]] = {name: np.full(count, np.nan) for name in _FLOATS}
        own = {name: np.zeros((2, count), np.int64) for name in ReadOnlyQuotes.ROWS}
        arrays |= {f"own.{name}": rows for name, rows in own.items()}
        arrays["closable"] = np.zeros((2, count), np.int64)
        arrays["usable"], arrays["withheld"] = np.zeros(count, np.bool_), np.zeros(count, np.int8)
        self._arrays = arrays
        self._rows = np.zeros((universe.first + count, COLUMN_COUNT), np.int64)
        self.price: FloatArray = locked(arrays["price"])
        self.delta: FloatArray = locked(arrays["delta"])
        self.gamma: FloatArray = locked(arrays["gamma"])
        self.vega: FloatArray = locked(arrays["vega"])
        self.volatility: FloatArray = locked(arrays["volatility"])
        self.years: FloatArray = locked(arrays["years"])
        self.net: FloatArray = locked(arrays["net"])
        self.closable: IntArray = locked(arrays["closable"])
        self.usable: BoolArray = locked(arrays["usable"])
        self.quotes: IntArray = locked(self._rows[universe.first :])
        self.own = ReadOnlyQuotes(**own)

    def take(self, snapshot: Snapshot) -> None:
        """Take up what changed."""
        self._told, self._told_at = snapshot, self._elapsed()
        self.take_arrays(snapshot.arrays)
        if snapshot.rows:
            rows = np.frombuffer(snapshot.rows, np.int64)
            self._rows[rows] = np.frombuffer(snapshot.quotes, np.int64).reshape(len(rows), COLUMN_COUNT)

    def take_arrays(self, arrays: dict[str, bytes]) -> None:
        """Take up arrays that changed."""
        self.book_revision += 1
        for name, data in arrays.items():
            array = self._arrays[name]
            array[...] = np.frombuffer(data, array.dtype).reshape(array.shape)

    # ---- what the plug-in sees

    @property
    def allowed_width(self) -> AllowedWidth | None:
        """The obligation's width, asked of the desk at each call; None where no obligation is known."""
        return self._width if self._told is not None and self._told.has_widths else None

    def controlled(self, batch: QuoteBatch, keeps: BoolArray | None = None) -> None:
        """None here: the desk controls what it is asked for."""

    def numbers(self, underlying: str) -> IntArray:
        """The contracts of an underlying."""
        return self._numbers.get(underlying, np.zeros(0, np.int64))

    def where(self, underlying: str) -> IntArray | slice:
        """The same to address arrays with."""
        numbers = self.numbers(underlying)
        if not len(numbers):
            return slice(0, 0)
        first, last = int(numbers[0]), int(numbers[-1])
        return slice(first, last + 1) if last - first == len(numbers) - 1 else numbers

    def contract(self, code: str) -> Contract | None:
        """A contract by its code."""
        number = self.universe.number_of.get(code)
        return None if number is None else self.universe.contracts[number]

    def spot(self, underlying: str) -> float:
        """Price of an underlying, yuan; nan for none."""
        place = self._place_of.get(underlying)
        return float("nan") if self._told is None or place is None else self._told.spots[place]

    def price_at(self, number: int, volatility: float) -> float:
        """What a contract is worth at another volatility, whole 0.0001 yuan and parts; nan for none."""
        contract = self.universe.contracts[number]
        spot, rate = self.spot(contract.underlying), float(self._arrays["rate"][number])
        if rate != rate or not spot > 0.0 or not volatility > 0.0:
            return float("nan")
        # Here and not above: it takes as long to load as all the rest of a worker
        from terminal.pricing.black_scholes import price

        value = price(
            is_call=contract.right is Right.CALL,
            spot=spot,
            strike=float(contract.strike),
            years=float(self.years[number]),
            rate=rate,
            volatility=volatility,
            dividend_yield=float(self._arrays["dividend_yield"][number]),
        )
        return float(value) * PRICE_SCALE

    def age(self, underlying: str) -> float:
        """Seconds since an underlying was heard of."""
        place = self._place_of.get(underlying)
        if self._told is None or place is None:
            return float("inf")
        return self._told.ages[place] + self._since()

    def phase(self, code: str) -> Phase:
        """The phase a contract is in: its own when it has one, else the market's."""
        row = self._row_of.get(code)
        own = int(self._rows[row, Column.PHASE]) if row is not None else 0
        return Phase(chr(own)) if own else self.market_phase

    @property
    def market_phase(self) -> Phase:
        """The phase the market is in."""
        return Phase.CLOSED if self._told is None else self._told.market_phase

    def phase_codes(self, underlying: str) -> IntArray:
        """The code letters of the phases that contracts of an underlying are in by themselves, 0 for none."""
        return np.asarray(self.quotes[self.where(underlying), Column.PHASE])

    def withheld(self, underlying: str) -> Codes:
        """Why protections let no quote of its contracts leave."""
        withheld: Codes = self._arrays["withheld"]
        return withheld[self.where(underlying)]

    def delta_of(self, underlying: str) -> Exposure:
        """Net delta in shares, and what works counted as filled."""
        return self._exposure(underlying, self.delta, self.shares(underlying)[0])

    def vega_of(self, underlying: str) -> Exposure:
        """Net vega in yuan for one volatility point."""
        return self._exposure(underlying, self.vega, 0)

    def held_delta(self, underlying: str) -> float:
        """Net delta in shares of what is held alone."""
        return self.delta_of(underlying).held

    def held_vega(self, underlying: str) -> float:
        """Net vega of what is held alone."""
        return self.vega_of(underlying).held

    def shares(self, underlying: str) -> tuple[int, int]:
        """Shares held, and those of them that may be sold today."""
        place = self._place_of.get(underlying)
        return (0, 0) if self._told is None or place is None else self._told.shares[place]

    def now(self) -> datetime:
        """Market time when the call was sent."""
        assert self._told is not None
        return self._told.now

    def monotonic(self) -> float:
        """Seconds for measuring durations; they go on within a call."""
        return 0.0 if self._told is None else self._told.monotonic + self._since()

    def _since(self) -> float:
        return self._elapsed() - self._told_at

    def _exposure(self, underlying: str, greek: FloatArray, shares: int) -> Exposure:
        where, arrays = self.where(underlying), self._arrays
        return worst_case(greek[where], self.net[where], arrays["buys"][where], arrays["sells"][where], shares)
