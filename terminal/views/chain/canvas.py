"""The chain's table with its own painting: cells are drawn into a pixmap, and a frame draws only those that differ.

`flush` compares what each visible cell should show with what was painted last. Scrolling, resizing, another series,
theme or language repaint everything. No delegate, no timer, and no dataChanged of a tick is involved.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from terminal.domain.contracts import Right
from terminal.views.appearance import Appearance
from terminal.views.chain.columns import STRIKE, ColumnSet, ColumnState, moved, with_width
from terminal.views.chain.flash import Flashes
from terminal.views.chain.header import ChainHeader
from terminal.views.chain.layouts import ColumnLayouts
from terminal.views.chain.model import ChainModel, Index
from terminal.views.chain.painter import ChainPainter
from terminal.views.chain.spot_row import SpotRow
from terminal.views.chain.words import language
from terminal.views.delays import Delays
from terminal.views.theme import ROW_CHAIN, ROW_SPOT, ColourMode

IntArray = NDArray[np.int64]
#: Columns that flash
_FLASHING = frozenset({"last", "bid", "ask"})
#: Columns may grow to this over their own width to fill the view
_MAX_STRETCH = 1.8
#: How often the age of quotes is looked at when nothing arrives, times a second
_LOOKS = 2


class ChainCanvas(QTableView):
    """Shows a ChainModel and keeps it. `monotonic` is the market's clock of seconds."""

    def __init__(
        self,
        chain: ChainModel,
        appearance: Appearance,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chain = chain
        chain.setParent(self)
        self._appearance = appearance
        self._monotonic = monotonic
        self._painter = ChainPainter(appearance)
        self._spot_row = SpotRow(appearance)
        self._flashes = Flashes()
        self._backing = QPixmap()
        # The pixmap covers it: nothing behind it need be painted first
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._whole = True
        self.delays = Delays()
        """From the arrival of a quote in the series shown to its being painted"""
        self._shown_at = 0.0
        """Quotes that came before are on screen or were overtaken"""
        self._waiting: NDArray[np.float64] = np.zeros(0)
        self._token: tuple[object, ...] = ()
        self._edges: list[tuple[int, int]] = []
        self._tops: list[int] = []
        self._prices: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._painted: tuple[IntArray, IntArray] = (np.zeros((0, 0), np.int64), np.zeros((0, 0), np.int64))
        self._painted_spot: object = None
        self._laying_out = False
        self._dragged = False
        self._stretch = 1.0
        self._layouts = ColumnLayouts()
        self.column_set = ColumnSet.TRADER
        self.left_out = 0
        """Columns of each half for which there is no room"""
        self.painted_cells = 0
        """How many cells the last flush or whole repaint painted"""

        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_SPOT)
        rows.setDefaultSectionSize(ROW_CHAIN)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.head = ChainHeader(appearance, self._settle_drag, self)
        self.setHorizontalHeader(self.head)
        self.setModel(self.chain)
        self.head.sectionResized.connect(self._note_drag)
        self.head.sectionMoved.connect(self._note_drag)
        self.chain.modelReset.connect(self._after_reset)
        self.chain.rowsMoved.connect(self._size_rows)
        appearance.changed.connect(self._take_appearance)
        self.chain.language = language()
        self.chain.by_side = appearance.mode is ColourMode.BY_SIDE
        self.relayout()

    # ---- columns

    def show_set(self, column_set: ColumnSet) -> None:
        """Switch to another set of columns."""
        self.column_set = column_set
        self.relayout()

    def column_layout(self, column_set: ColumnSet | None = None) -> list[ColumnState]:
        """Key, visibility and width of every column of a set in order; the set in force if none is named."""
        return self._layouts.layout(column_set or self.column_set)

    def set_column_layout(self, states: Iterable[Sequence[object]], column_set: ColumnSet | None = None) -> None:
        """Take a stored layout of a set, the one in force if none is named; damaged parts of it are left out."""
        wanted = column_set or self.column_set
        self._layouts.take(wanted, states)
        if wanted is self.column_set:
            self.relayout()

    def relayout(self) -> None:
        """Choose the columns that fit and spread them over the view."""
        room = self.viewport().width()
        fits, self.left_out = self._layouts.columns(self.column_set, room)
        self._laying_out = True
        self.chain.set_calls(fits)
        wanted = 2 * sum(c.width for c in fits)
        self._stretch = min(max((room - STRIKE.width) / wanted, 1.0), _MAX_STRETCH) if wanted else 1.0
        # A drag may have moved sections; the model's order is the one that counts
        for number in range(self.head.count()):
            if self.head.visualIndex(number) != number:
                self.head.moveSection(self.head.visualIndex(number), number)
        spent = 0
        strike = 0
        for number, cell in enumerate(self.chain.columns):
            if cell.right is None:
                strike = number
                continue
            width = int(cell.column.width * self._stretch)
            self.head.resizeSection(number, width)
            spent += width
        self.head.resizeSection(strike, max(STRIKE.width, min(room - spent, STRIKE.width + 2 * len(fits) + 2)))
        self._laying_out = False
        self.repaint_later()

    def _note_drag(self) -> None:
        if not self._laying_out:
            self._dragged = True
            self.repaint_later()

    def _settle_drag(self) -> None:
        """Take over what the mouse has done to the header: the same on both halves."""
        if not self._dragged:
            return
        self._dragged = False
        columns = self.chain.columns
        layout = self.column_layout()
        if any(self.head.visualIndex(n) != n for n in range(len(columns))):
            seen = [columns[self.head.logicalIndex(n)] for n in range(len(columns))]
            call_keys = [c.column.key for c in seen if c.right is Right.CALL]
            put_keys = [c.column.key for c in reversed(seen) if c.right is Right.PUT]
            before = [c.column.key for c in columns if c.right is Right.CALL]
            order = call_keys if call_keys != before else put_keys
            hidden_by_room = [k for k, visible, _ in layout if visible and k not in order]
            layout = moved(layout, [*hidden_by_room, *order])
        else:
            for number, cell in enumerate(columns):
                width = round(self.head.sectionSize(number) / self._stretch)
                if cell.right is not None and abs(width - cell.column.width) > 1:
                    layout = with_width(layout, cell.column.key, width)
        self.set_column_layout(layout)

    # ---- painting

    def flush(self) -> None:
        """Show what has changed since the last call."""
        now = self._monotonic()
        series = self.chain.series
        self.painted_cells = 0
        if series is None:
            return
        token = (*self.chain.look(series, now), int(now * _LOOKS))
        if token == self._token and not self._flashes.active and not self._whole:
            return
        self._token = token
        self.chain.refresh(now)
        # What a series just chosen shows at once did not wait for it
        self._waiting = self.chain.received_after(now if self._whole else self._shown_at)
        self._shown_at = now
        self._flash(now)
        if self._whole:
            self.viewport().update()
        else:
            self._paint_changes()

    def repaint_later(self) -> None:
        """Paint everything anew before it is shown next."""
        self._whole = True
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy what is asked for from the pixmap and draw the cursor over it."""
        if self._whole:
            self._paint_all()
        painter = QPainter(self.viewport())
        # Qt has clipped the painter to the region that is asked for
        painter.drawPixmap(0, 0, self._backing)
        self._paint_cursor(painter)
        painter.end()
        if len(self._waiting):
            self.delays.add(self._monotonic() - self._waiting)
            self._waiting = self._waiting[:0]

    def _flash(self, now: float) -> None:
        bits = self._flashes.step(self.chain.values, self._prices, now)
        if bits is not None and not self._appearance.is_still:
            self.chain.styles = self.chain.styles | bits

    def _paint_all(self) -> None:
        self._whole = False
        self.painted_cells = 0
        viewport = self.viewport()
        ratio = self.devicePixelRatioF()
        size = viewport.size() * ratio
        if self._backing.size() != size or self._backing.devicePixelRatio() != ratio:
            self._backing = QPixmap(size)
            self._backing.setDevicePixelRatio(ratio)
        self._backing.fill(self._appearance.theme.panel)
        model = self.chain
        self._edges = [(self.columnViewportPosition(n), self.columnWidth(n)) for n in range(len(model.columns))]
        self._tops = [self.rowViewportPosition(row) for row in range(len(model.lines) + 1) if row != model.spot_row]
        self._painter.set_columns(model.columns, self._edges, model.language)
        self._painted = (model.values, model.styles)
        painter = QPainter(self._backing)
        if model.series is not None:
            end = self.columnViewportPosition(len(model.columns) - 1) + self._edges[-1][1]
            lines = self._lines_in_view()
            for position in range(lines.start, lines.stop):
                self._painter.ground(painter, self._tops[position], ROW_CHAIN, end)
            self._paint_cells(painter, np.ones(model.values.shape, np.bool_))
            self._paint_spot(painter)
        painter.end()

    def _paint_changes(self) -> None:
        model = self.chain
        values, styles = self._painted
        if values.shape != model.values.shape or len(self._tops) != len(model.values):
            self.repaint_later()
            return
        changed = (values != model.values) | (styles != model.styles)
        self._painted = (model.values, model.styles)
        spot_changed = model.spot != self._painted_spot
        if not spot_changed and not changed.any():
            return
        painter = QPainter(self._backing)
        region = self._paint_cells(painter, changed)
        if spot_changed:
            region += self._paint_spot(painter)
        painter.end()
        self.viewport().update(region)

    def _lines_in_view(self) -> slice:
        """Positions of the strike rows that can be seen."""
        height = self.viewport().height()
        seen = [n for n, top in enumerate(self._tops) if -ROW_CHAIN < top < height]
        return slice(seen[0], seen[-1] + 1) if seen else slice(0, 0)

    def _paint_cells(self, painter: QPainter, changed: NDArray[np.bool_]) -> QRegion:
        """Paint the visible ones of the changed cells; gives where they are."""
        lines = self._lines_in_view()
        width = self.viewport().width()
        seen = [n for n, (x, w) in enumerate(self._edges) if x + w > 0 and x < width]
        if not seen:
            return QRegion()
        first = seen[0]
        part = (lines, slice(first, seen[-1] + 1))
        mask = changed[part]
        columns, rows = np.nonzero(mask.T)
        if not len(columns):
            return QRegion()
        where = rows + lines.start, columns + first
        values, styles = (part[where].tolist() for part in self._painted)
        tops = [self._tops[row] for row in where[0].tolist()]
        # One stretch of these lists per column
        begins = [0, *(np.flatnonzero(np.diff(columns)) + 1).tolist(), len(tops)]
        for begin, end in pairwise(begins):
            self._painter.paint_column(
                painter, int(where[1][begin]), values[begin:end], styles[begin:end], tops[begin:end], ROW_CHAIN
            )
        self.painted_cells += len(tops)
        return self._region(mask, lines.start, first)

    def _region(self, mask: NDArray[np.bool_], first_row: int, first_column: int) -> QRegion:
        """Where the changed cells are: of each row the stretch from the first to the last. Qt pays for every rectangle
        more than for the cells between two of them."""
        rows = np.flatnonzero(mask.any(axis=1))
        begins = mask[rows].argmax(axis=1)
        ends = mask.shape[1] - mask[rows, ::-1].argmax(axis=1)
        region = QRegion()
        for row, begin, end in zip(rows.tolist(), begins.tolist(), ends.tolist(), strict=True):
            x = self._edges[first_column + begin][0]
            last_x, last_width = self._edges[first_column + end - 1]
            region += QRect(x, self._tops[first_row + row], last_x + last_width - x, ROW_CHAIN - 1)
        return region

    def _paint_spot(self, painter: QPainter) -> QRect:
        model = self.chain
        self._painted_spot = model.spot
        top = self.rowViewportPosition(model.spot_row)
        strike = next((n for n, c in enumerate(model.columns) if c.right is None), 0)
        left, width = self._edges[0][0], sum(w for _, w in self._edges)
        row = QRect(left, top, width, ROW_SPOT)
        box = QRect(self._edges[strike][0], top, self._edges[strike][1], ROW_SPOT)
        self._spot_row.paint(painter, model.spot, row, box)
        return row

    def _paint_cursor(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not index.isValid() or self.chain.line_of_row(index.row()) is None:
            return
        area = self.visualRect(index)
        theme = self._appearance.theme
        painter.setPen(theme.text if self.hasFocus() else theme.text_2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(0, 0, -1, -2))
        half = self.chain.columns[index.column()].right
        if half is not None:
            edges = [edge for edge, c in zip(self._edges, self.chain.columns, strict=False) if c.right is half]
            x = edges[0][0] if half is Right.CALL else edges[-1][0] + edges[-1][1] - 5
            middle = area.y() + area.height() // 2 - 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.text)
            tip = 4 if half is Right.CALL else -4
            start = x if half is Right.CALL else x + 5
            painter.drawPolygon([QPoint(start, middle - 3), QPoint(start, middle + 3), QPoint(start + tip, middle)])

    # ---- what makes everything new

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt would shift the pixels on screen; the pixmap is painted anew instead."""
        super().scrollContentsBy(dx, dy)
        self.repaint_later()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for other columns."""
        super().resizeEvent(event)
        self.relayout()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.chain.language = language()
            self.chain.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.chain.columns) - 1)
            self.head.viewport().update()
            self.repaint_later()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """Nothing: `flush` finds changes itself."""

    def _take_appearance(self) -> None:
        self._painter.take_appearance()
        self.chain.by_side = self._appearance.mode is ColourMode.BY_SIDE
        self.chain.refresh(self._monotonic())
        self.head.viewport().update()
        self.repaint_later()

    def _after_reset(self) -> None:
        self._flashes.reset()
        self._token = ()
        self._prices = np.array([c.column.key in _FLASHING for c in self.chain.columns])
        self._size_rows()

    def _size_rows(self) -> None:
        for row in range(len(self.chain.lines) + 1 if self.chain.series is not None else 0):
            self.setRowHeight(row, ROW_SPOT if row == self.chain.spot_row else ROW_CHAIN)
        self.repaint_later()
