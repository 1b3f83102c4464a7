"""Exponential, logarithm and the normal distribution on vectors, to two or three units of the last digit.

nan gives nan; infinities and what leaves the range of doubles give what numpy gives.
"""

import math

from terminal.pricing.compiled.vectors import ROUNDER, Vector, polynomial, select

# ln 2 in two parts: the first has 21 zeros at its end, so that its product with an exponent is exact
_LN2_HIGH = float.fromhex("0x1.62e42feep-1")
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
_INVERSE_LN2 = 1.0 / math.log(2.0)
#: From here on the exponential is nothing or too large for a double
_LEAST_EXPONENT, _LARGEST_EXPONENT = -746.0, 710.0
_EXPONENTIAL = tuple(1.0 / math.factorial(n) for n in range(14))
#: Of the inverse hyperbolic tangent over its argument, in powers of the square: 0.0295^11 is the last digit
_TWICE_INVERSE_TANGENT = tuple(2.0 / (2 * n + 1) for n in range(1, 11))
_BIAS = 1023
_MANTISSA = (1 << 52) - 1
_ONE_BITS, _TWO_52_BITS = 0x3FF0000000000000, 0x4330000000000000
_ROOT_TWO = math.sqrt(2.0)
#: Larger arguments of the scaled error are as good as infinite, and their products are not yet
_FAR = 1e100
_CENTRE = 3.75
#: Of (1 + 2x) e^(x^2) erfc(x) in t: interpolated in Chebyshev's points with 45 digits; what follows adds up to 6e-17
SCALED_ERROR = (
    1.2375126308378275, -0.14024059858554697, 0.0035854154854790257, 0.0822767384901452, -0.10880393014244462,
    0.09230432116037748, -0.05869339857664934, 0.028362277418956406, -0.009746579683265262, 0.0017556258528952954,
    0.000293714378044958, -0.0002901540805408417, 5.164652974177416e-05, 2.238423915508223e-05, -1.1438048033346894e-05,
    -9.73559896736775e-07, 1.7419821586224816e-06, -5.7218230603224086e-08, -2.4857126248016745e-07,
    2.3263508708859124e-08, 3.197926671666804e-08, -3.744210080962018e-09, -2.623107347133476e-09,
    3.1114333809799254e-10,
)  # fmt: skip


def exponential(x: Vector, rest: Vector | None = None) -> Vector:
    """e^x: x = k ln 2 + r with |r| <= ln 2 / 2, the series of e^r, and k into the exponent in two halves.

    `rest` is what x lacks, small beside its last digit's worth.
    """
    x = select(x < _LEAST_EXPONENT, _LEAST_EXPONENT, x)
    x = select(x > _LARGEST_EXPONENT, _LARGEST_EXPONENT, x)
    k = x.times_plus(_INVERSE_LN2, ROUNDER) - ROUNDER
    r = k.times_plus(-_LN2_LOW, k.times_plus(-_LN2_HIGH, x))
    if rest is not None:
        r = r + rest
    half = k.times_plus(0.5, ROUNDER) - ROUNDER
    return polynomial(r, _EXPONENTIAL) * _two_to(half) * _two_to(k - half)


def _two_to(k: Vector) -> Vector:
    """2^k for whole numbers within the range of normal doubles."""
    return (k + (ROUNDER + _BIAS)).bits_shifted_left(52)


def logarithm(x: Vector) -> Vector:
    """Natural logarithm: x = 2^k m with m from root 1/2 to root 2, and ln m = 2 artanh((m - 1) / (m + 1))."""
    small = x < 2.0**-1022
    scaled = select(small, x * 2.0**54, x)
    exponent = scaled.bits_shifted_right(52).bits_joined(_MANTISSA, _TWO_52_BITS) - (2.0**52 + _BIAS)
    k = select(small, exponent - 54.0, exponent)
    m = scaled.bits_joined(_MANTISSA, _ONE_BITS)
    high = m > _ROOT_TWO
    m = select(high, m * 0.5, m)
    k = select(high, k + 1.0, k)
    f = m - 1.0
    s = f / (m + 1.0)
    square = s * s
    # 2 s = f - s f: only what is small next to f is rounded
    series = s * (f - square * polynomial(square, _TWICE_INVERSE_TANGENT))
    result = k.times_plus(_LN2_HIGH, f - (series - k * _LN2_LOW))
    result = select(x.equals(0.0), -math.inf, result)
    result = select(x.equals(math.inf), math.inf, result)
    return select(~(x < 0.0) & x.equals(x), result, x.spread(math.nan))


def scaled_error(x: Vector) -> Vector:
    """e^(x^2) erfc(x) for x >= 0.

    (1 + 2x) times it is a polynomial of t = (x - 3.75) / (x + 3.75), which is between -1 and 1. Source: Shepherd and
    Laframboise, Chebyshev Approximation of (1 + 2x) exp(x^2) erfc x, Mathematics of Computation 36 (1981).
    """
    x = select(x > _FAR, _FAR, x)
    above, twice = x + _CENTRE, x.times_plus(2.0, 1.0)
    # Two quotients for the price of one
    inverse = 1.0 / (above * twice)
    t = (x - _CENTRE) * (twice * inverse)
    return polynomial(t, SCALED_ERROR) * (above * inverse)


def falling_square(x: Vector) -> Vector:
    """e^(-x^2 / 2), with the digits of the square that a product loses where the processor has a fused one."""
    return _square_exponential(x, -0.5)


def rising_square(x: Vector) -> Vector:
    """e^(x^2), likewise."""
    return _square_exponential(x, 1.0)


def _square_exponential(x: Vector, factor: float) -> Vector:
    scaled = x * factor
    square = x * scaled
    lost = x.times_plus(scaled, -square)
    # Beyond, the exponential is next to the end of the range, and what an infinite square has lost is not a number
    return exponential(square, select(abs(square) < 700.0, lost, x.spread(0.0)))


def normal_probability(z: Vector, falling: Vector) -> Vector:
    """Probability below z; `falling` is e^(-z^2 / 2), which greeks need as well."""
    tail = 0.5 * (falling * scaled_error(abs(z) * math.sqrt(0.5)))
    return select(z > 0.0, 1.0 - tail, tail)


def any_scaled_error(x: Vector) -> Vector:
    """e^(x^2) erfc(x) for any x."""
    positive = scaled_error(abs(x))
    return select(x < 0.0, 2.0 * rising_square(x) - positive, positive)
