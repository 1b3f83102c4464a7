"""The view of a `RecordTableModel`: fixed widths, 24-pixel rows, columns the user may move, hide and take away as CSV.

Widths come from font metrics once, never from the contents: a live table that measures itself stalls the desk.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from terminal.views.appearance import Appearance
from terminal.views.record_cells import RecordCells
from terminal.views.table_model import RecordTableModel
from terminal.views.texts import contract_code_title
from terminal.views.theme import CELL_PADDING, PANEL_PADDING, ROW_HEADER, ROW_TABLE, SIZE_BODY

#: Called with a title for the file's name, the headers and the rows
Export = Callable[[str, list[str], list[list[str]]], None]
#: Key, visible, width in pixels; in the order shown
ColumnLayout = list[tuple[str, bool, int]]
_MIN_WIDTH, _MAX_WIDTH = 24, 1200


class RecordTable(QTableView):
    """One table. `export` writes CSV somewhere; the view knows no files. Call `flush()` through the FrameTimer."""

    layout_changed = Signal()
    """The user has moved, hidden, shown or widened a column"""

    def __init__(
        self,
        model: RecordTableModel[Any],
        appearance: Appearance,
        *,
        title: Callable[[], str],
        export: Export | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_widths: dict[int, int] = {}
        self._laying_out = False
        self._model = model
        self._appearance = appearance
        self._title = title
        self._export = export
        self._cells = RecordCells(model, appearance, self)
        self.setItemDelegate(self._cells)
        self._dress()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(16)
        rows.setDefaultSectionSize(ROW_TABLE)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(_MIN_WIDTH)
        header.setFixedHeight(ROW_HEADER)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        # Now that it has its fonts and sizes: each of them would have every column measured anew
        self.setModel(model)
        self.setSortingEnabled(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_header_menu)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        header.sectionMoved.connect(self._tell_layout)
        header.sectionResized.connect(self._tell_layout)
        appearance.changed.connect(self._dress)
        self._laying_out = True
        self.reset_columns()
        self._laying_out = False

    def flush(self) -> None:
        """Show what has changed."""
        self._model.flush()

    def selectRow(self, row: int) -> None:
        """Choose one row and no other. Qt's own asks which keys are held: with Ctrl a chosen row would be let go."""
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._model.index(row, 0), how)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or words that there are none."""
        super().paintEvent(event)
        if self._model.rowCount() or not (title := self._title()):
            return
        painter = QPainter(self.viewport())
        painter.setFont(self._appearance.words_at(SIZE_BODY))
        painter.setPen(self._appearance.theme.dim)
        room = self.viewport().rect().adjusted(PANEL_PADDING, 0, -PANEL_PADDING, 0)
        room.setHeight(min(room.height(), 2 * ROW_TABLE))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.tr("{title}: none yet").format(title=title))
        painter.end()

    # ---- columns

    def reset_columns(self) -> None:
        """Widths from font metrics, all columns visible, in the model's order."""
        header = self.horizontalHeader()
        for number in range(header.count()):
            header.moveSection(header.visualIndex(number), number)
            header.setSectionHidden(number, False)
        self._own_widths = self._shipped_widths()
        for number, width in self._own_widths.items():
            header.resizeSection(number, width)

    def column_layout(self) -> ColumnLayout:
        """Order, visibility and widths, to be saved."""
        header = self.horizontalHeader()
        numbers = [header.logicalIndex(place) for place in range(header.count())]
        widths = dict(enumerate(header.sectionSize(n) for n in range(header.count())))
        return [(self._model.columns[n].key, not header.isSectionHidden(n), widths[n]) for n in numbers]

    def set_column_layout(self, layout: Sequence[Sequence[Any]]) -> None:
        """Restore what `column_layout` gave; unknown keys and senseless widths are skipped."""
        header = self.horizontalHeader()
        numbers = {column.key: n for n, column in enumerate(self._model.columns)}
        place = 0
        for entry in layout:
            if len(entry) != 3 or entry[0] not in numbers:
                continue
            key, visible, width = entry
            number = numbers.pop(key)
            header.moveSection(header.visualIndex(number), place)
            header.setSectionHidden(number, not visible)
            if isinstance(width, int) and _MIN_WIDTH <= width <= _MAX_WIDTH:
                header.resizeSection(number, width)
            place += 1

    # ---- menus

    def add_menu_actions(self, menu: QMenu) -> None:
        """A subclass puts its own entries before copy and export."""

    def copy(self) -> None:
        """Put the selected rows on the clipboard, parted by tabs, with headers."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if rows:
            headers, lines = self._visible_text()
            QGuiApplication.clipboard().setText(
                "\n".join("\t".join(line) for line in [headers, *(lines[n] for n in rows)])
            )

    def export_csv(self) -> None:
        """Hand every row to the writer given."""
        if self._export is not None:
            headers, lines = self._visible_text()
            headers += [contract_code_title() for column in self._model.columns if column.code is not None]
            codes = self._model.codes()
            self._export(self._title(), headers, [line + code for line, code in zip(lines, codes, strict=True)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies whole rows; letters and digits go on to the window, where they open the smart box."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Texts are made again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()
            self._fit_titles()
        elif event.type() == QEvent.Type.FontChange:
            self._cells.forget()
        super().changeEvent(event)

    def _shipped_widths(self) -> dict[int, int]:
        metrics = QFontMetrics(self._appearance.figures)
        zero = metrics.horizontalAdvance("0")
        return {
            number: max(
                zero * column.width_chars + 2 * CELL_PADDING + 4,
                metrics.horizontalAdvance(column.title()) + 2 * CELL_PADDING + 12,
            )
            for number, column in enumerate(self._model.columns)
        }

    def _fit_titles(self) -> None:
        """Columns that still have their shipped width get the one that fits the titles of the language in force."""
        before, self._own_widths = self._own_widths, self._shipped_widths()
        header = self.horizontalHeader()
        self._laying_out = True
        for number, width in self._own_widths.items():
            if header.sectionSize(number) == before.get(number):
                header.resizeSection(number, width)
        self._laying_out = False

    def _tell_layout(self, *_: int) -> None:
        # The last section is stretched by every change of the window's size: that is no choice of the user's
        if not self._laying_out and QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._tell_choice()

    def _tell_choice(self) -> None:
        """Tell of a column that the user moved, widened, hid or brought back."""
        self.layout_changed.emit()

    def _visible_text(self) -> tuple[list[str], list[list[str]]]:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        shown = [number for number in order if not header.isSectionHidden(number)]
        titles = self._model.titles()
        rows = self._model.plain_rows()
        return [titles[n] for n in shown], [[row[n] for n in shown] for row in rows]

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """The context menu of the cells."""
        menu = QMenu(self)
        self.add_menu_actions(menu)
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(self.tr("Copy rows"), self.copy).setEnabled(self.selectionModel().hasSelection())
        # A list to choose from holds nothing to take away
        if self._export is not None:
            menu.addAction(self.tr("Export to CSV…"), self.export_csv)
        menu.addSeparator()
        columns = self.columns_menu(menu)
        columns.setTitle(self.tr("Columns"))
        menu.addMenu(columns)
        return menu

    def columns_menu(self, parent: QWidget | None = None) -> QMenu:
        """Which columns are shown; the header's own context menu."""
        menu = QMenu(parent or self)
        header = self.horizontalHeader()
        visible = sum(not header.isSectionHidden(n) for n in range(header.count()))
        for number, column in enumerate(self._model.columns):
            action = QAction(column.title(), menu, checkable=True)
            action.setChecked(not header.isSectionHidden(number))
            # The last visible column stays: a table without columns has no header to bring them back
            action.setEnabled(visible > 1 or header.isSectionHidden(number))
            action.toggled.connect(lambda shown, n=number: self._show_column(n, shown=shown))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Reset columns"), self._reset_by_user)
        return menu

    def _show_column(self, number: int, *, shown: bool) -> None:
        self.horizontalHeader().setSectionHidden(number, not shown)
        self._tell_choice()

    def _reset_by_user(self) -> None:
        self.reset_columns()
        self.layout_changed.emit()

    def _show_header_menu(self, at: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _dress(self) -> None:
        self.setFont(self._appearance.figures)
        self._cells.forget()
        # Words, and a sign that their font lacks comes out of one for words
        self.horizontalHeader().setFont(self._appearance.words)
        self.viewport().update()
