"""What the books of the others leave to a quote (他人盘口): how near it may go, and where there is no market to join.

None of it hangs on the price of the underlying, so a quoter works it out when books or own quotes have changed, between
two ticks, and not on the way from a tick to a quote.
"""

from dataclasses import dataclass

from terminal.domain.phases import Phase
from terminal.strategies import quote_math
from terminal.strategies.protocol import BoolArray, FloatArray, IntArray, View
from terminal.strategies.quote_columns import QuoteColumns

_CONTINUOUS, _HALTED, _BREAKER = (ord(p.value) for p in (Phase.CONTINUOUS, Phase.HALTED, Phase.BREAKER))


@dataclass(frozen=True, slots=True)
class OthersBooks:
    """By place among a quoter's contracts; signed prices of both sides, as `quote_math` has them."""

    revision: object
    """`View.book_revision` that this was made of"""
    best: FloatArray
    """Signed best prices of everybody else, as `quote_math.others_touch` gives them"""
    room: FloatArray
    """How near signed prices of ours may go"""
    crossed: BoolArray | None
    """Books that cannot be true; None for none of them"""
    apart: BoolArray | None
    """Contracts halted, or in an auction of their own that is not quoted; None for none of them"""

    @classmethod
    def of(
        cls, view: View, underlying: str, tick: FloatArray, columns: QuoteColumns, *, auctions: bool
    ) -> "OthersBooks":
        """Look at the books of an underlying's contracts as they are now."""
        where, own = view.where(underlying), view.own
        rows = view.quotes[where]
        best = quote_math.others_touch(rows, own.prices[:, where], own.quantities[:, where])
        room = quote_math.room(best, tick, columns.improve_units)
        phases = view.phase_codes(underlying)
        return cls(view.book_revision, best, room, quote_math.crossed(rows), _apart(phases, auctions))


def _apart(phases: IntArray, auctions: bool) -> BoolArray | None:
    if (phases == _CONTINUOUS).all():
        return None
    # A row that nothing has changed still bears the letter of the market's phase before
    apart: BoolArray = phases == _HALTED
    if not auctions:
        apart |= phases == _BREAKER
    return apart if apart.any() else None
