"""The ladder of strikes (行权价格间距) and which of them are listed around a close, rulebook 1.2 and 1.3.

Nine strikes stand around the at-the-money one; a month that was listed earlier keeps what each close since then added,
so its strikes reach from the nine around the lowest close to the nine around the highest (波动加挂).
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from terminal.domain.errors import BadInput
from terminal.rules.profile import StrikeStep
from terminal.rules.sections.listing import StrikeTie


def strike_above(strike: Decimal, steps: Sequence[StrikeStep]) -> Decimal:
    """The next strike of the ladder above a strike."""
    return strike + next(s.step for s in steps if s.up_to is None or strike < s.up_to)


def strike_below(strike: Decimal, steps: Sequence[StrikeStep]) -> Decimal | None:
    """The next strike of the ladder below a strike; None where the ladder ends above zero."""
    below = strike - _step_at(strike, steps)
    return below if below > 0 else None


def at_the_money(close: Decimal, steps: Sequence[StrikeStep], tie: StrikeTie = "higher") -> Decimal:
    """The strike nearest to the close (平值); between two equally near, the higher one unless told otherwise.

    The published listings of 510050 to 2022 decide the tie: three closes lay in the middle, the higher one was taken.
    Raises BadInput for a close that is not above zero.
    """
    if not close.is_finite() or close <= 0:
        raise BadInput("close", close, "a price above zero")
    step = _step_at(close, steps)
    below = (close / step).to_integral_value(ROUND_FLOOR) * step
    above = below + step
    if below <= 0:
        return above
    nearer_below = close - below <= above - close if tie == "lower" else close - below < above - close
    return below if nearer_below else above


def strikes_around(
    close: Decimal, steps: Sequence[StrikeStep], each_side: int, tie: StrikeTie = "higher"
) -> list[Decimal]:
    """The at-the-money strike and `each_side` neighbours either way, ascending; fewer where the ladder ends."""
    return strikes_between(close, close, steps, each_side, tie)


def strikes_between(
    lowest: Decimal, highest: Decimal, steps: Sequence[StrikeStep], each_side: int, tie: StrikeTie = "higher"
) -> list[Decimal]:
    """Every strike from the lowest of those around the lowest close to the highest around the highest, ascending."""
    first, last = at_the_money(lowest, steps, tie), at_the_money(highest, steps, tie)
    for _ in range(each_side):
        first = strike_below(first, steps) or first
        last = strike_above(last, steps)
    found = [first]
    while found[-1] < last:
        found.append(strike_above(found[-1], steps))
    return found


def _step_at(price: Decimal, steps: Sequence[StrikeStep]) -> Decimal:
    """Interval of the band a price lies in; a band's upper end belongs to it."""
    return next(s.step for s in steps if s.up_to is None or price <= s.up_to)
