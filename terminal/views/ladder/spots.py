"""What lies under the mouse on the ladder: which half, which price, whether mine, whether its ✕."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QTableView

from terminal.domain.orders import Side
from terminal.views.ladder.model import SIDES, Column
from terminal.views.ladder.painter import CROSS
from terminal.views.ladder.picture import LadderPicture
from terminal.views.theme import CELL_PADDING


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of one of the halves."""

    side: Side
    price: int
    has_own: bool
    """Whether something of mine stands in it"""
    on_cross: bool


def spot_at(view: QTableView, picture: LadderPicture, at: QPoint) -> Spot | None:
    """The spot at a place of the viewport; None on the price and beside the rows."""
    index = view.indexAt(at)
    side = SIDES.get(Column(index.column())) if index.isValid() else None
    if side is None:
        return None
    price = picture.scale.price(index.row())
    own = (picture.buys if side is Side.BUY else picture.sells).get(price)
    has_own = own is not None and own.left > 0 and index.column() in (Column.MY_BUYS, Column.MY_SELLS)
    rect = view.visualRect(index)
    room = CROSS + CELL_PADDING
    at_edge = at.x() < rect.left() + room if side is Side.BUY else at.x() > rect.right() - room
    return Spot(side, price, has_own, has_own and at_edge)
