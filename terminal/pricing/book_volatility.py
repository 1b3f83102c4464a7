"""Implied volatilities of bid, ask and mid of a fixed list of options, started from those of the tick before."""

import math

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.compiled.kernels import Block, Kernels, VolatilityRow
from terminal.pricing.total_deviation import DEVIATION_SCALE, TWICE_SETTLED, WarmSolver, solvable_values, solve_warm
from terminal.pricing.value_columns import ValueColumns

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

_SIDES = 3
# As arrays, because a number is made one on every call
_A_ZERO, _A_QUARTER = np.array(0.0), np.array(0.25)


class BookVolatility:
    """`volatility`, shape (sides, n), overwritten by each `solve`; a price that has none is nan.

    Call `set_time` and then `set_carry` when times, rates or carries changed, `set_prices` when books did: everything
    that the spot does not move is worked out then, once for each side, as to spread a column over them in a product
    costs half a microsecond more than the product. With compiled kernels (`use`) a tick is one call instead of 58 array
    operations; what two steps do not settle is solved by numpy either way.
    """

    def __init__(self, count: int, sides: int = _SIDES) -> None:
        # Each side begins where a vector of the kernels does
        length = Block(1, count).length
        self._block = Block(len(VolatilityRow), sides * length)
        self._kernels: Kernels | None = None
        # Views are made once: on short lists making them costs as much as using them
        rows = tuple(self._block.rows)
        of_sides = self._block.rows.reshape(len(VolatilityRow), sides, length)[:, :, :count]
        of_sides[[VolatilityRow.SCALED_PRICE, VolatilityRow.START, VolatilityRow.FOUND]] = np.nan
        self._of_sides: FloatArray = of_sides
        self.volatility: FloatArray = of_sides[VolatilityRow.FOUND]
        self.start: FloatArray = of_sides[VolatilityRow.START]
        """Volatility of each price when it last had one"""
        self._found, self._start = rows[VolatilityRow.FOUND], rows[VolatilityRow.START]
        self._price: FloatArray = np.full((sides, count), np.nan)
        self._columns = rows[: VolatilityRow.SCALED_PRICE]
        self._work = rows[VolatilityRow.DISTANCE : VolatilityRow.DEVIATION]
        self._scaled_price, self._newton = rows[VolatilityRow.SCALED_PRICE], rows[VolatilityRow.NEWTON]
        self._solver = WarmSolver((self._block.length,))
        self._positive: BoolArray = np.zeros(self._block.length, np.bool_)

    def use(self, kernels: Kernels | None) -> None:
        """Solve by compiled kernels from the next tick on, or by numpy again."""
        self._kernels = kernels

    def set_time(self, columns: ValueColumns) -> None:
        """Take times and rates of the options."""
        root = columns.root_years / DEVIATION_SCALE
        with np.errstate(divide="ignore", invalid="ignore"):
            # A price times this is twice the undiscounted one over the strike
            scale = 2.0 / (columns.discount * columns.strike)
            inverse_root = 1.0 / root
        # After its end an option has no volatility
        scale[columns.years == 0.0] = np.nan
        for number, column in enumerate((2.0 * columns.sign, scale, root, inverse_root)):
            self._of_sides[number] = column
        self._scale_prices()

    def set_carry(self, columns: ValueColumns) -> None:
        """Take the carries of the options, after their times and rates."""
        self._of_sides[VolatilityRow.LEVEL] = columns.level
        self._of_sides[VolatilityRow.SHARES] = columns.sign * columns.share_discount
        shares, scale = self._columns[VolatilityRow.SHARES], self._columns[VolatilityRow.SCALE]
        np.multiply(shares, scale, shares)

    def set_prices(self, prices: FloatArray) -> None:
        """Take bid, ask and mid of each option, yuan per share, nan where there is none."""
        self._price = prices
        self._scale_prices()

    def solve(self, spot: float) -> None:
        """Overwrite `volatility` for a price of the underlying, nan if unknown. Call with floating-point warnings off.

        A price that has no solution on this tick keeps its last start for the tick on which it has one again.
        """
        if self._kernels is not None and not spot <= 0.0:
            block = self._block
            if self._kernels.volatility(block.address, block.length, spot, math.log(spot)):
                deviation, value = self._block.rows[VolatilityRow.DEVIATION], self._block.rows[VolatilityRow.VALUE]
                unsettled = (value > 0.0) & ~(np.abs(self._newton) <= TWICE_SETTLED)
                self._solve_rest(np.flatnonzero(unsettled), deviation)
            return
        solver = self._solver
        cash, _, root, inverse_root, level, shares = self._columns
        distance, intrinsic, value, excess = self._work
        multiply, subtract = np.multiply, np.subtract
        # One number becomes an array of one once, not in every product
        spot_now = np.asarray(spot)
        np.add(level, np.asarray(np.log(spot)), distance)
        np.maximum(distance, _A_ZERO, out=excess)
        np.abs(distance, distance)
        multiply(distance, _A_QUARTER, distance)
        multiply(shares, spot_now, intrinsic)
        subtract(intrinsic, cash, intrinsic)
        np.maximum(intrinsic, _A_ZERO, out=intrinsic)
        subtract(self._scaled_price, intrinsic, value)
        np.log(value, solver.log_twice_value)
        # From over the strike to over the larger of forward and strike
        subtract(solver.log_twice_value, excess, solver.log_twice_value)
        multiply(self._start, root, solver.scaled_deviation)
        settled = solver.settle(distance)
        multiply(solver.scaled_deviation, inverse_root, self._found)
        np.copyto(self._start, self._found, where=settled)
        # Sides that are missing or below intrinsic come out as nan by themselves: the rest is what has a time value
        np.greater(value, _A_ZERO, self._positive)
        if np.count_nonzero(self._positive) != np.count_nonzero(settled):
            self._solve_rest(np.flatnonzero(self._positive & ~settled), solver.scaled_deviation)

    # ---- inside

    def _scale_prices(self) -> None:
        np.multiply(self._price, self._of_sides[VolatilityRow.SCALE], self._of_sides[VolatilityRow.SCALED_PRICE])

    def _solve_rest(self, rest: IntArray, scaled_deviation: FloatArray) -> None:
        """Go on with what two steps did not settle, from nothing if need be; what has no solution is nan."""
        distance, intrinsic, value, excess = self._work
        root = self._columns[VolatilityRow.ROOT][rest]
        x = -4.0 * distance[rest]
        # From over the strike to over the root of forward by strike
        scale = 0.5 * np.exp(-0.5 * x - excess[rest])
        normalised = value[rest] * scale
        solvable = solvable_values(x, normalised, intrinsic[rest] * scale)
        found = np.full(len(rest), np.nan)
        if solvable.any():
            start = scaled_deviation[rest]
            # Where the two steps went astray the start they had is the better one
            start = np.where(start > 0.0, start, self._start[rest] * root)
            found[solvable] = solve_warm(x[solvable], normalised[solvable], start[solvable] * DEVIATION_SCALE)
        volatility = found / (root * DEVIATION_SCALE)
        self._found[rest] = volatility
        self._start[rest] = np.where(volatility > 0.0, volatility, self._start[rest])
