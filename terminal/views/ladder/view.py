"""The table of the ladder and the hands on it: what a click, a drag, the wheel and the keys mean, as signals.

It does not jump: only the wheel, the keys and recentring scroll it. Prices in signals are whole 0.0001 yuan.
"""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from terminal.domain.orders import Side
from terminal.views.appearance import Appearance
from terminal.views.ladder.model import Column, LadderModel
from terminal.views.ladder.painter import LadderPainter, Pointed
from terminal.views.ladder.spots import Spot, spot_at
from terminal.views.theme import ROW_DEPTH, ROW_HEADER

_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
_SCROLL_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
#: Columns that give way where the ladder is narrower than so many pixels
_GIVE_WAY = {Column.TRADED: 400, Column.VOLATILITY: 340}


class LadderView(QTableView):
    """Tells what is wanted; the panel knows whether it is armed."""

    clicked_at = Signal(object, int, bool)
    """Side, price, whether by the right button"""
    cancel_wanted = Signal(object, int)
    move_wanted = Signal(object, int, int)
    """Side, from a price, to a price"""
    key_pressed = Signal(object)
    """A QKeyEvent that is not the table's; accept what is taken"""

    def __init__(self, model: LadderModel, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ladder = model
        self._appearance = appearance
        self._pressed: tuple[Qt.MouseButton, Spot] | None = None
        self._target = (-1, -1)
        self._pointed_now = Pointed()
        self._middle = -1
        """The row that stays in the middle whatever the height; -1 once the user has scrolled"""
        self.setModel(model)
        self.setItemDelegate(LadderPainter(model, appearance, self.pointed, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # A click on a row half in sight would bring all of it in: the price under the next click would be another
        self.setAutoScroll(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_DEPTH)
        rows.setDefaultSectionSize(ROW_DEPTH)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setFixedHeight(ROW_HEADER)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self._forget_press)
        model.modelReset.connect(self._let_go)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)
        appearance.changed.connect(self._dress)
        self._dress()

    # ---- where it stands

    @property
    def rows_in_sight(self) -> range:
        """The rows that are seen."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self._ladder.rowCount() - 1) + 1)

    @property
    def cursor_price(self) -> int:
        """The price of the keyboard's row, 0 for none."""
        row = self.currentIndex().row()
        return self._ladder.picture.scale.price(row) if row >= 0 else 0

    def pointed(self) -> Pointed:
        """What the painter has to mark."""
        return self._pointed_now

    def centre_on(self, price: float) -> None:
        """Scroll so that a price stands in the middle, and put the cursor there."""
        row = self._ladder.picture.scale.nearest(price)
        if row >= 0:
            self._put_cursor(self._ladder.index(row, Column.PRICE))
            self._hold(row)

    # ---- Qt's side

    def dataChanged(
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        roles: object = (),
    ) -> None:
        """Repaint the rows that changed and nothing else."""
        top, left = self.rowViewportPosition(first.row()), self.columnViewportPosition(first.column())
        bottom = self.rowViewportPosition(last.row()) + ROW_DEPTH
        right = self.columnViewportPosition(last.column()) + self.columnWidth(last.column())
        self.viewport().update(QRect(left, top, right - left, bottom - top))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is pointed at is the same for all cells."""
        self._pointed_now = Pointed(self.currentIndex().row(), self.hasFocus(), self._target)
        super().paintEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What was pressed stands under the mouse no longer."""
        self._forget_press()
        super().scrollContentsBy(dx, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle stays the middle, and the least needed columns give way."""
        middle = self._middle if self._middle >= 0 else self.rowAt(event.oldSize().height() // 2)
        super().resizeEvent(event)
        if middle >= 0:
            self._hold(middle)
        for column, width in _GIVE_WAY.items():
            self.setColumnHidden(column, event.size().width() < width)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor there, and remember what a release would mean."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._put_cursor(index)
        spot = spot_at(self, self._ladder.picture, event.position().toPoint())
        self._pressed = None
        if spot is None:
            return
        if event.button() is Qt.MouseButton.MiddleButton:
            self.cancel_wanted.emit(spot.side, spot.price)
        elif event.button() in _BUTTONS:
            self._pressed = event.button(), spot

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click where it was pressed; what is mine pulled to another price of its side is a move."""
        pressed, self._pressed = self._pressed, None
        spot = spot_at(self, self._ladder.picture, event.position().toPoint())
        if pressed is None or event.button() is not pressed[0]:
            return
        self._point_at(spot)
        button, before = pressed
        if spot is None or spot.side is not before.side:
            return
        if spot.price != before.price:
            if before.has_own and button is Qt.MouseButton.LeftButton:
                self.move_wanted.emit(before.side, before.price, spot.price)
        elif before.on_cross and spot.on_cross:
            self.cancel_wanted.emit(before.side, before.price)
        elif not before.on_cross:
            self.clicked_at.emit(spot.side, spot.price, button is Qt.MouseButton.RightButton)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double click is no click (F80)."""
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the cell under the mouse."""
        self._point_at(spot_at(self, self._ladder.picture, event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages move the cursor; all else is offered to the panel, and goes on where it is not taken."""
        event.ignore()
        self.key_pressed.emit(event)
        if event.isAccepted():
            return
        if event.key() in _SCROLL_KEYS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            self._let_go()
            self.scrollTo(self.currentIndex())
            self.viewport().update()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The cursor's row is lit."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Lit no longer."""
        super().focusOutEvent(event)
        self.viewport().update()

    # ---- inside

    def _hold(self, row: int) -> None:
        """Put a row in the middle, and back there whatever the height, until the user scrolls."""
        # Of rows that are new Qt does not know yet how far it may scroll
        self.updateGeometries()
        self.scrollTo(self._ladder.index(row, Column.PRICE), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._middle = row

    def _let_go(self) -> None:
        self._middle = -1

    def _forget_press(self) -> None:
        self._pressed = None

    def _point_at(self, spot: Spot | None) -> None:
        target = (-1, -1)
        if spot is not None:
            column = Column.MY_BUYS if spot.side is Side.BUY else Column.MY_SELLS
            target = self._ladder.picture.scale.row(spot.price), int(column)
        if target != self._target:
            before, self._target = self._target, target
            for row, column_at in (before, target):
                if row >= 0:
                    self.viewport().update(self.visualRect(self._ladder.index(row, column_at)))

    def _put_cursor(self, index: QModelIndex) -> None:
        before = self.currentIndex()
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        for row in {before.row(), index.row()}:
            if row >= 0:
                self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), ROW_DEPTH)

    def _dress(self) -> None:
        self.horizontalHeader().setFont(self._appearance.words)
        self.viewport().update()
