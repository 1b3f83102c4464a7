"""Quotes that the terms allow, proposed around a price: as wide as they may be, or a part of that."""

from fractions import Fraction
from math import floor

from terminal.rules.obligations.spread import CapRow, allowed_units

WHOLE = Fraction(1)


def allowed_around(
    rows: tuple[CapRow, ...], centre: float, tick: int, delta_percent: int | None, part: Fraction = WHOLE
) -> tuple[int, int] | None:
    """Bid and ask in 0.0001 yuan around `centre`, `part` of the widest spread apart; None where no tick fits.

    The widest spread turns on the bid, and the bid on the spread, so the widest pair that keeps the terms is searched
    downwards. Bands may allow a low bid more than a high one (rulebook 8.4), hence the search begins at the widest band
    below the centre.
    """
    if not centre > 0:
        return None
    ends = [floor(centre), *[r.bid_below - 1 for r in rows if r.bid_below is not None and r.bid_below <= centre]]
    width = max(allowed_units(rows, max(end, tick), tick, delta_percent) for end in ends) // tick
    while width > 0:
        bid, ask = _pair(centre, width, tick)
        if ask - bid <= allowed_units(rows, bid, tick, delta_percent):
            narrow = max(int(width * part), 1)
            found = _pair(centre, narrow, tick)
            # A higher bid may fall into a band that allows less
            if found[1] - found[0] <= allowed_units(rows, found[0], tick, delta_percent):
                return found
        width -= 1
    return None


def _pair(centre: float, width: int, tick: int) -> tuple[int, int]:
    """So many ticks around a price, never below the lowest price there is."""
    bid = max(floor((centre - width * tick / 2) / tick + 0.5), 1) * tick
    return bid, bid + width * tick
