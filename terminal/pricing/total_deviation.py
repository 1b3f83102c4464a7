"""The root search under every implied volatility: total deviation (volatility times root of years) from a price.

`x` <= 0 is the log distance of an out-of-the-money option, `value` its undiscounted price over the root of forward by
strike. Prices are handled as ratios to their own slope with scaled complementary errors, so neither a price of 1e-300
nor the difference of two nearly equal probabilities loses its digits.

Source: Jaeckel, Let's Be Rational (2015), sections 3 to 5; Delbourgo and Gregory (1985) for the rational cubic.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfcx, ndtr, ndtri

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_ROOT_HALF = float(np.sqrt(0.5))
_INVERSE_ROOT_TWO_PI = float(1.0 / np.sqrt(2.0 * np.pi))
_HALF_ROOT_TWO_PI = float(0.5 * np.sqrt(2.0 * np.pi))
_LOG_ROOT_TWO_PI = float(0.5 * np.log(2.0 * np.pi))
#: Time value of an in-the-money option below this fraction of its price is rounding, not a price
_ROUNDING = 1e-15
#: Nearer to its bound a price says nothing about volatility
_NEXT_TO_BOUND = 1.0 - 1e-14
#: Smaller normalised prices have lost digits to the range of doubles
_SMALLEST_PRICE = 1e-300
_LEAST_DEVIATION = 1e-12
#: Steps by region converge with the fourth power: after one this small, relative, the error is near 1e-12
_SETTLED = 2e-3
# As arrays, because a number is made one on every call
_A_TWO, _A_HALF_ROOT_PI = np.array(2.0), np.array(0.5 * np.sqrt(np.pi))
#: Halley's step converges with the third power: 1e-4 before the last leave 1e-12; doubled, as what is asked is
TWICE_SETTLED = 2e-4
_A_TWICE_SETTLED = np.array(TWICE_SETTLED)
#: What `WarmSolver` divides a total deviation by
DEVIATION_SCALE = float(np.sqrt(8.0))
#: Of 20,000 tradable options two steps from the guess left a tenth to the steps by region, three none
_COLD_STEPS = 3
#: Of the steps by region
_MOST_STEPS = 10


def solvable_values(x: FloatArray, value: FloatArray, intrinsic: FloatArray) -> BoolArray:
    """Whether a normalised time value, beside a normalised intrinsic value, is a price and below its bound."""
    noise = np.where(intrinsic > 0.0, _ROUNDING * (intrinsic + value), _SMALLEST_PRICE)
    solvable: BoolArray = (value > noise) & (value < np.exp(0.5 * x) * _NEXT_TO_BOUND)
    return solvable


def solve_cold(x: FloatArray, value: FloatArray) -> FloatArray:
    """Total deviation of each option, from nothing; flat arrays of solvable options.

    The guess is near enough for three steps of the warm solver. They need no regions and cost half as much as two of
    the steps by region, which are for what they leave: prices next to a bound.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        bound = np.exp(0.5 * x)
        guess, low, high = _first_guess(x, value, bound)
        solver = WarmSolver(x.shape)
        np.add(np.log(2.0 * value), 0.5 * x, solver.log_twice_value)
        np.divide(guess, DEVIATION_SCALE, solver.scaled_deviation)
        settled = solver.settle(-0.25 * x, _COLD_STEPS)
        s = solver.scaled_deviation * DEVIATION_SCALE
        if np.count_nonzero(settled) == len(x):
            return s
        left = np.flatnonzero(~settled)
        s[left] = guess[left]
        log_value = np.log(value)
        for number in range(_MOST_STEPS):
            step = _step(x[left], s[left], value[left], log_value[left], bound[left], low[left], high[left])
            s[left] += step
            if number:
                left = left[~(np.abs(step) <= _SETTLED * s[left])]
            if not left.size:
                break
    # What has not settled is not known
    s[left] = np.nan
    return s


def solve_warm(x: FloatArray, value: FloatArray, start: FloatArray) -> FloatArray:
    """The same from deviations of a moment ago; where `start` is nan or was no help, from nothing."""
    solver = WarmSolver(x.shape)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        np.add(np.log(2.0 * value), 0.5 * x, solver.log_twice_value)
        np.divide(start, DEVIATION_SCALE, solver.scaled_deviation)
        settled = solver.settle(-0.25 * x)
    deviation = solver.scaled_deviation * DEVIATION_SCALE
    if not settled.all():
        cold = np.flatnonzero(~settled)
        deviation[cold] = solve_cold(x[cold], value[cold])
    return deviation


class WarmSolver:
    """A few steps from a near start for arrays of one shape, in columns allocated once.

    The caller fills `log_twice_value` and `scaled_deviation` (the start), calls `settle` and finds the answer where the
    start was.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.log_twice_value: FloatArray = np.empty(shape)
        """Of twice the undiscounted time value over the larger of forward and strike"""
        # Views are made once: on short lists making them costs as much as using them
        work = np.empty((6, *shape))
        self.scaled_deviation: FloatArray = work[0]
        """Total deviation over `DEVIATION_SCALE`: the t of a step as it is used, which spares a product in each"""
        self._work = tuple(work[1:])
        self._errors: FloatArray = work[2:4]

    def settle(self, quarter_distance: FloatArray, steps: int = 2) -> BoolArray:
        """Take the steps; True where the answer is good. Call with floating-point warnings off.

        `quarter_distance` is -x / 4. The objective is the logarithm of the price: unlike the three of a cold start it
        needs no region, and near its root it converges as fast. Each step is Halley's and leaves at most a quarter of
        the cube of the relative error, so two take 5 % to what rounding leaves. Householder's of third order as the
        first gave the same digits for eleven array operations of 60 more.
        """
        for _ in range(steps - 1):
            self._step(quarter_distance)
        newton = self._step(quarter_distance)
        # The price itself is asked, as a step may be small far from any root
        np.abs(newton, newton)
        settled: BoolArray = np.less_equal(newton, _A_TWICE_SETTLED)
        return settled

    def _step(self, quarter_distance: FloatArray) -> FloatArray:
        """Take Halley's step; twice what Newton's would be, relative to the deviation, in an array to be used up.

        With h = -x / s and t = s / 2, both over the root of 2, the price over the root of forward by strike is
        D / 2 exp(-h^2 - t^2), where D is erfcx(h - t) - erfcx(h + t). Over the larger of the two it is
        D / 2 exp(-(h + t)^2), as 2 h t is half their log distance: that spares two squares. With F = log value - log
        price and B = h^2 - t^2, Newton's step is N = F D / (2 c t), c = 2 / root(pi), and Halley's
        N / (1 + B N - F / 2): everything below is of twice N. At 500 options a line costs 0.35 to 0.6 us and the errors
        5, so the lines were counted: 18.
        """
        t: FloatArray = self.scaled_deviation
        h: FloatArray
        h, minus, plus, bend, gap = self._work
        np.divide(quarter_distance, t, h)
        np.subtract(h, t, minus)
        np.add(h, t, plus)
        np.multiply(minus, plus, bend)
        np.multiply(plus, plus, gap)
        erfcx(self._errors, self._errors)
        difference, log_difference = minus, plus
        np.subtract(minus, plus, difference)
        np.log(difference, log_difference)
        np.subtract(gap, log_difference, gap)
        np.add(gap, self.log_twice_value, gap)
        # Twice Newton's step itself, and relative
        step, newton, below = difference, h, bend
        np.multiply(difference, gap, step)
        np.multiply(step, _A_HALF_ROOT_PI, step)
        np.divide(step, t, newton)
        np.multiply(bend, newton, below)
        np.subtract(below, gap, below)
        np.add(below, _A_TWO, below)
        np.divide(step, below, step)
        np.add(t, step, t)
        return newton


def _price_to_slope(h: FloatArray, t: FloatArray) -> FloatArray:
    """Normalised price over its derivative by the deviation, h = x / deviation, t = deviation / 2."""
    ratio: FloatArray = _HALF_ROOT_TWO_PI * (erfcx(-(h + t) * _ROOT_HALF) - erfcx((t - h) * _ROOT_HALF))
    return ratio


def _slope(h: FloatArray, t: FloatArray) -> FloatArray:
    slope: FloatArray = np.exp(-0.5 * (h * h + t * t)) * _INVERSE_ROOT_TWO_PI
    return slope


def _first_guess(x: FloatArray, value: FloatArray, bound: FloatArray) -> tuple[FloatArray, BoolArray, BoolArray]:
    """A start good to a few digits, and whether an option lies in the low or the high region.

    The regions meet where the tangent at the point of inflection reaches price 0 and the bound (section 4).
    """
    centre = np.maximum(np.sqrt(-2.0 * x), _LEAST_DEVIATION)
    # There h + t is 0 and t - h the deviation itself
    slope_centre = bound * _INVERSE_ROOT_TWO_PI
    ratio = _HALF_ROOT_TWO_PI * (1.0 - erfcx(centre * _ROOT_HALF))
    at_centre = ratio * slope_centre
    left = np.maximum(centre - ratio, _LEAST_DEVIATION)
    right = centre + (bound - at_centre) / slope_centre
    h, t = x / left, 0.5 * left
    slope_left = _slope(h, t)
    at_left = _price_to_slope(h, t) * slope_left
    h, t = x / right, 0.5 * right
    slope_right = _slope(h, t)
    at_right = _price_to_slope(h, t) * slope_right
    low, high, lower_half = value < at_left, value > at_right, value < at_centre
    middle = _cubic(
        value,
        np.where(lower_half, at_left, at_centre),
        np.where(lower_half, at_centre, at_right),
        np.where(lower_half, left, centre),
        np.where(lower_half, centre, right),
        np.where(lower_half, 1.0 / slope_left, 1.0 / slope_centre),
        np.where(lower_half, 1.0 / slope_centre, 1.0 / slope_right),
        lower_half,
    )
    if low.any():
        # The logarithm of the price is almost straight in 1 / s^2 far from the money
        below = 1.0 / np.sqrt(1.0 / (left * left) + 2.0 * np.log(at_left / value) / (x * x))
        np.copyto(middle, below, where=low)
    if high.any():
        # Towards the bound what is missing falls like a normal probability
        above = -2.0 * ndtri(ndtr(-0.5 * right) * (bound - value) / (bound - at_right))
        np.copyto(middle, above, where=high)
    return middle, low, high


def _cubic(
    value: FloatArray,
    x0: FloatArray,
    x1: FloatArray,
    y0: FloatArray,
    y1: FloatArray,
    slope0: FloatArray,
    slope1: FloatArray,
    straight_at_end: BoolArray,
) -> FloatArray:
    """Rational cubic through two points with given slopes, without bend at one of them: the point of inflection."""
    width = x1 - x0
    secant = (y1 - y0) / width
    control = (slope1 - slope0) / np.where(straight_at_end, slope1 - secant, secant - slope0)
    t = (value - x0) / width
    u = 1.0 - t
    up = (y1 * t + (control * y1 - width * slope1) * u) * t * t
    down = (y0 * u + (control * y0 + width * slope0) * t) * u * u
    curve: FloatArray = (up + down) / (1.0 + (control - 3.0) * t * u)
    return curve


def _step(
    x: FloatArray,
    s: FloatArray,
    value: FloatArray,
    log_value: FloatArray,
    bound: FloatArray,
    low: BoolArray,
    high: BoolArray,
) -> FloatArray:
    """Householder's third-order step on the objective of each region (section 5)."""
    h, t = x / s, 0.5 * s
    ratio = _price_to_slope(h, t)
    energy = 0.5 * (h * h + t * t)
    slope = np.exp(-energy) * _INVERSE_ROOT_TWO_PI
    price = ratio * slope
    bend = h * h / s - 0.5 * t
    third = bend * bend - 3.0 * (h / s) ** 2 - 0.25
    newton = (value - price) / slope
    if low.any():
        # 1 / log price
        log_price = np.log(ratio) - energy - _LOG_ROOT_TWO_PI
        r, i = 1.0 / ratio, 1.0 / log_price
        twice = r * (1.0 + 2.0 * i)
        low_third = third - 3.0 * bend * twice + 2.0 * r * r * (1.0 + 3.0 * i * (1.0 + i))
        np.copyto(newton, (log_value - log_price) * (log_price / log_value) * ratio, where=low)
        np.copyto(third, low_third, where=low)
        np.copyto(bend, bend - twice, where=low)
    if high.any():
        # The logarithm of what is missing to the bound
        g = slope / (bound - price)
        np.copyto(newton, np.log((bound - price) / (bound - value)) / g, where=high)
        np.copyto(third, third + 3.0 * bend * g + 2.0 * g * g, where=high)
        np.copyto(bend, bend + g, where=high)
    step: FloatArray = newton * (1.0 + 0.5 * bend * newton) / (1.0 + newton * (bend + third * newton / 6.0))
    return step
