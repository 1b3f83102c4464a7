"""Rounding to ticks and to cents, half-up as this market does it. Figures in, figures out."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from terminal.rules.sections.trading import Rounding

CENT = Decimal("0.01")
#: Wide enough that rounding a sum of yuan never fails for want of digits
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
_MODES: dict[Rounding, str] = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


def to_tick(price: Decimal, tick_size: Decimal, rounding: Rounding = "half_up") -> Decimal:
    """The nearest multiple of the tick, half-up unless told otherwise, written with the tick's decimals."""
    ticks = (price / tick_size).quantize(Decimal(1), rounding=_MODES[rounding], context=_WIDE)
    return ticks * tick_size


def to_cents(amount: Decimal) -> Decimal:
    """An amount of yuan with two decimals, half-up."""
    return amount.quantize(CENT, None, _WIDE)
