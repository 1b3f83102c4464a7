"""What the picture of a book is made of: where its lines lie, and everything that it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from terminal.domain.contracts import Contract
from terminal.domain.market_data import DEPTH
from terminal.domain.orders import Side
from terminal.domain.phases import Phase
from terminal.services.market_data import Level
from terminal.views.theme import PANEL_TITLE, ROW_DEPTH, ROW_DEPTH_SMALL, ROW_HEADER


@dataclass(frozen=True, slots=True)
class DepthLines:
    """Where the lines of the picture lie, pixels from the top."""

    row: int
    title: int
    terms: int
    """How many lines of terms"""
    strip: int
    """Height of the strip with the last price"""
    foot: int
    """Height of the line with the phase; 0 where it stands in the strip"""

    @property
    def asks(self) -> int:
        """Top of the fifth ask."""
        return self.title + self.terms * self.row

    @property
    def last(self) -> int:
        """Top of the strip with the last price."""
        return self.asks + DEPTH * self.row

    @property
    def bids(self) -> int:
        """Top of the best bid."""
        return self.last + self.strip

    @property
    def phase(self) -> int:
        """Top of the line with the phase."""
        return self.bids + DEPTH * self.row

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return self.phase + self.foot + 2


FULL = DepthLines(row=ROW_DEPTH, title=PANEL_TITLE, terms=2, strip=ROW_HEADER, foot=ROW_DEPTH)
SHORT = DepthLines(row=ROW_DEPTH_SMALL, title=24, terms=1, strip=20, foot=0)

OwnOrders = Mapping[tuple[Side, int], int]
"""Open quantity by side and price, price in 0.0001 yuan"""


@dataclass(frozen=True, slots=True)
class DepthSeen:
    """Everything the picture is made of; equal means there is nothing to repaint."""

    contract: Contract | None
    row: tuple[int, ...]
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    own: OwnOrders
    phase: Phase

    @property
    def most(self) -> int:
        """Quantity of the largest level: the longest bar."""
        return max((level.quantity for level in (*self.asks, *self.bids)), default=0)


NOTHING = DepthSeen(None, (), (), (), {}, Phase.PRE_OPEN)


def side_by_side(widths: Sequence[int], room: int, gap: int) -> tuple[int, ...]:
    """Left edges of the last of some texts, so many as fit into one line with a gap after each; one at least.

    What is left over is shared out between them.
    """
    first = 0
    while first < len(widths) - 1 and sum(widths[first:]) + gap * (len(widths) - first) > room:
        first += 1
    shown = widths[first:]
    spare = max(room - sum(shown), 0) // max(len(shown), 1)
    return tuple(sum(shown[:place]) + place * spare for place in range(len(shown)))
