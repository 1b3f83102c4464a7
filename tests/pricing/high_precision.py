"""A Black-Scholes price in fifty digits, from its definition alone, as the yardstick of the array formulas."""

from decimal import Decimal, localcontext
from functools import lru_cache

DIGITS = 50


@lru_cache(maxsize=1)
def pi() -> Decimal:
    """Machin's formula."""

    def inverse_tangent(divisor: int) -> Decimal:
        term = total = Decimal(1) / divisor
        for n in range(3, 400, 2):
            term /= -divisor * divisor
            total += term / n
        return total

    return 4 * (4 * inverse_tangent(5) - inverse_tangent(239))


def normal(z: Decimal) -> Decimal:
    """Standard normal probability, by the series of its integral from the middle."""
    term = total = z
    n = 1
    while abs(term) > Decimal(10) ** -(DIGITS + 5):
        n += 2
        term *= z * z / n
        total += term
    return Decimal("0.5") + total * (-z * z / 2).exp() / (2 * pi()).sqrt()


def price(
    is_call: bool,
    spot: Decimal,
    strike: Decimal,
    years: Decimal,
    rate: Decimal,
    volatility: Decimal,
    dividend_yield: Decimal,
) -> Decimal:
    """Price of one European option."""
    with localcontext() as context:
        context.prec = DIGITS + 15
        deviation = volatility * years.sqrt()
        forward = spot * ((rate - dividend_yield) * years).exp()
        d1 = (forward / strike).ln() / deviation + deviation / 2
        sign = 1 if is_call else -1
        value = forward * normal(sign * d1) - strike * normal(sign * (d1 - deviation))
        return sign * value * (-rate * years).exp()
