"""Paints the cells of the ladder: sizes with their bars, mine in cyan, the marks on the price.

Violet is what the contract is worth, yellow what I paid or got on average; the first and last row are the day's limits.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPolygon
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import Side
from terminal.views.appearance import Appearance
from terminal.views.ladder.model import Column, LadderModel
from terminal.views.ladder.picture import LadderPicture
from terminal.views.style_sheet import mixed
from terminal.views.theme import CELL_PADDING, SIZE_BODY, SIZE_TABLE, ColourMode

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
#: Room of the ✕ at the outer edge of what is mine
CROSS = 18
_ALIGNED = {
    Column.MY_BUYS: _RIGHT,
    Column.BID: _RIGHT,
    Column.PRICE: _CENTRE,
    Column.ASK: _LEFT,
    Column.MY_SELLS: _LEFT,
}


@dataclass(frozen=True, slots=True)
class Pointed:
    """What of the ladder is pointed at."""

    row: int = -1
    """Of the keyboard"""
    has_focus: bool = False
    target: tuple[int, int] = (-1, -1)
    """The cell (row, column) where a click or a drop would act, if any"""


class LadderPainter(QStyledItemDelegate):
    """Reads the model's picture; `pointed` says where keyboard and mouse are."""

    def __init__(
        self, model: LadderModel, appearance: Appearance, pointed: Callable[[], Pointed], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._appearance = appearance
        self._pointed = pointed

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        rect: QRect = option.rect
        row, column = index.row(), Column(index.column())
        picture = self._model.picture
        price = picture.scale.price(row)
        painter.fillRect(rect, self._ground(picture, price, column))
        if column in (Column.BID, Column.ASK):
            self._bar(painter, rect, picture, price, column)
        if text := self._model.text(row, column):
            self._write(painter, rect, picture, price, column, text)
        if column is Column.PRICE:
            self._marks(painter, rect, picture, row, price)
        self._lines(painter, rect, picture, row, column)

    # ---- inside

    def _write(
        self, painter: QPainter, rect: QRect, picture: LadderPicture, price: int, column: Column, text: str
    ) -> None:
        look = self._appearance
        is_touch = price in (max(picture.bids, default=0), min(picture.asks, default=0))
        is_bold = is_touch and column in (Column.BID, Column.PRICE, Column.ASK)
        painter.setFont(look.figures_at(SIZE_BODY if column is Column.PRICE else SIZE_TABLE, bold=is_bold))
        painter.setPen(self._ink(picture, price, column))
        inner = rect.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        painter.drawText(inner, _ALIGNED.get(column, _RIGHT), text)
        if column in (Column.MY_BUYS, Column.MY_SELLS):
            painter.setPen(look.theme.dim)
            painter.drawText(inner, _LEFT if column is Column.MY_BUYS else _RIGHT, "✕")

    def _ground(self, picture: LadderPicture, price: int, column: Column) -> QColor:
        look, theme = self._appearance, self._appearance.theme
        if column is Column.PRICE:
            return theme.selected if price == picture.last else theme.raised
        own = (picture.buys if column is Column.MY_BUYS else picture.sells if column is Column.MY_SELLS else {}).get(
            price
        )
        if own is not None and own.left:
            return theme.own_fill
        if column in (Column.MY_BUYS, Column.BID) and price <= max(picture.bids, default=0):
            return look.bid_cell
        if column in (Column.ASK, Column.MY_SELLS) and picture.asks and price >= min(picture.asks):
            return look.ask_cell
        return theme.panel

    def _ink(self, picture: LadderPicture, price: int, column: Column) -> QColor:
        look, theme = self._appearance, self._appearance.theme
        match column:
            case Column.MY_BUYS | Column.MY_SELLS:
                return theme.own
            case Column.TRADED:
                return theme.text_2
            case Column.VOLATILITY:
                return theme.dim
            case Column.PRICE if look.mode is ColourMode.BY_SIDE:
                if price <= max(picture.bids, default=0):
                    return look.bid
                return look.ask if picture.asks and price >= min(picture.asks) else theme.text
            case Column.PRICE:
                contract = picture.contract
                base = 0.0 if contract is None else float(contract.previous_settlement) * PRICE_SCALE
                return look.colour_of(round(price - base, 2)) if base else look.flat
            case _:
                return theme.text

    def _bar(self, painter: QPainter, rect: QRect, picture: LadderPicture, price: int, column: Column) -> None:
        look, theme = self._appearance, self._appearance.theme
        bids = column is Column.BID
        size = (picture.bids if bids else picture.asks).get(price, 0)
        if not size:
            return
        length = round((rect.width() - 2) * math.log1p(size) / math.log1p(picture.most))
        left = rect.right() - length if bids else rect.left()
        ink = look.bid if bids else look.ask
        painter.fillRect(QRect(left, rect.top() + 1, length, rect.height() - 2), mixed(ink, theme.panel, 0.3))

    def _marks(self, painter: QPainter, rect: QRect, picture: LadderPicture, row: int, price: int) -> None:
        theme = self._appearance.theme
        if row == picture.theoretical_row:
            y = rect.center().y() + round(picture.theoretical_shift * rect.height())
            y = min(max(y, rect.top()), rect.bottom() - 1)
            # At both ends: the price stays readable between them
            room = painter.fontMetrics().horizontalAdvance(self._model.text(row, Column.PRICE)) + 2 * CELL_PADDING
            end = max((rect.width() - room) // 2, 6)
            for left in (rect.left(), rect.right() - end + 1):
                painter.fillRect(QRect(left, y, end, 2), theme.theo)
            tip = QPolygon([QPoint(rect.right(), y - 4), QPoint(rect.right(), y + 5), QPoint(rect.right() - 5, y)])
            painter.setBrush(theme.theo)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(tip)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if price in picture.averages.values():
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.position)
            painter.setPen(theme.position)
            painter.drawText(rect.adjusted(CELL_PADDING + 1, 0, 0, 0), _LEFT, "▸")

    def _lines(self, painter: QPainter, rect: QRect, picture: LadderPicture, row: int, column: Column) -> None:
        """The grid, the day's limits, the row of the keyboard and the cell of the mouse."""
        look, theme, pointed = self._appearance, self._appearance.theme, self._pointed()
        painter.setPen(theme.grid)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if row == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 3), look.up)
        if row == picture.scale.count - 1:
            painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), look.down)
        if row == pointed.row:
            painter.setPen(theme.focus if pointed.has_focus else theme.border)
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if (row, column) == pointed.target:
            painter.setPen(look.bid if _half(column) is Side.BUY else look.ask)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _half(column: Column) -> Side:
    return Side.BUY if column < Column.PRICE else Side.SELL
