"""Two warm steps from price to volatility in one pass: `BookVolatility.solve` and `WarmSolver`, which explain them."""

import math

from terminal.pricing.compiled.functions import any_scaled_error, logarithm, scaled_error
from terminal.pricing.compiled.kernels import VolatilityRow
from terminal.pricing.compiled.vectors import Body, Mask, Vector, select
from terminal.pricing.total_deviation import TWICE_SETTLED


def volatility_formulas(row: Body) -> Mask:
    """Overwrite volatilities and starts; true for what has a time value and was not settled."""
    spot, log_spot = row.numbers
    level = row[VolatilityRow.LEVEL] + log_spot
    excess, distance = _at_least_nothing(level), abs(level) * 0.25
    intrinsic = _at_least_nothing(row[VolatilityRow.SHARES] * spot - row[VolatilityRow.CASH])
    value = row[VolatilityRow.SCALED_PRICE] - intrinsic
    log_twice_value = logarithm(value) - excess
    start = row[VolatilityRow.START]
    first, _ = _halley(distance, log_twice_value, start * row[VolatilityRow.ROOT])
    deviation, newton = _halley(distance, log_twice_value, first)
    found = deviation * row[VolatilityRow.INVERSE_ROOT]
    settled = abs(newton) <= TWICE_SETTLED
    row[VolatilityRow.FOUND] = found
    row[VolatilityRow.START] = select(settled, found, start)
    row[VolatilityRow.DISTANCE] = distance
    row[VolatilityRow.INTRINSIC] = intrinsic
    row[VolatilityRow.VALUE] = value
    row[VolatilityRow.EXCESS] = excess
    row[VolatilityRow.DEVIATION] = deviation
    row[VolatilityRow.NEWTON] = newton
    return (value > 0.0) & ~settled


def _halley(distance: Vector, log_twice_value: Vector, t: Vector) -> tuple[Vector, Vector]:
    """The next deviation, and twice Newton's step relative to the last."""
    h = distance / t
    minus, plus = h - t, h + t
    difference = any_scaled_error(minus) - scaled_error(plus)
    gap = plus * plus - logarithm(difference) + log_twice_value
    step = difference * gap * (0.5 * math.sqrt(math.pi))
    newton = step / t
    return t + step / (minus * plus * newton - gap + 2.0), newton


def _at_least_nothing(x: Vector) -> Vector:
    """As `np.maximum(x, 0.0)`: nan stays."""
    return select(x < 0.0, 0.0, x)
