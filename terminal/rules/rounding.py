"""Rounding to ticks and to cents, half-up as this market does it. Figures in, figures out."""

from decimal import ROUND_HALF_UP, Context, Decimal

CENT = Decimal("0.01")
#: Wide enough that rounding a sum of yuan never fails for want of digits
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)


def to_tick(price: Decimal, tick_size: Decimal) -> Decimal:
    """The nearest multiple of the tick, half-up, written with the tick's decimals."""
    ticks = (price / tick_size).quantize(Decimal(1), context=_WIDE)
    return ticks * tick_size


def to_cents(amount: Decimal) -> Decimal:
    """An amount of yuan with two decimals, half-up."""
    return amount.quantize(CENT, context=_WIDE)
