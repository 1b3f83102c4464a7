"""The grid as a table: edited like a spreadsheet, by mouse and keys, while the quoter runs.

Ctrl+C and Ctrl+V with tabs, Ctrl+D fills down, Ctrl+Z takes a step back, Del takes cells back to the quoter's own,
Space throws switches. Q takes the row out at once or quotes it again, Shift+Q starts and stops its expiry,
Ctrl+Shift+Q the underlying; P pauses it until a time. What the clipboard brings is taken whole or not at all.
"""

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QMenu, QTableView, QWidget

from terminal.domain.errors import BadInput
from terminal.views.appearance import Appearance
from terminal.views.obligations.words import word as duty_word
from terminal.views.quoting.columns import COLUMNS, Column
from terminal.views.quoting.model import EXPIRY_ROLE, SWITCH_ROLE, GridModel, Line
from terminal.views.quoting.painter import BUTTON_WIDTH, GridPainter
from terminal.views.quoting.staging import Cell, parse_block
from terminal.views.quoting.words import term_refusal, word
from terminal.views.theme import CELL_PADDING, ROW_HEADER, ROW_TABLE, SIZE_TABLE
from terminal.views.translation import translate

#: Digits that the reasons have where the grid is too narrow for its columns
_NARROW_CAUSE = 18
#: What stands before the terms in a narrow grid
_WATCHED = (Column.SPREAD, Column.SIZE, Column.STATE, Column.CAUSE, Column.EDGE)
_Key = QKeySequence.StandardKey
_Modifier = Qt.KeyboardModifier


class QuotingGrid(QTableView):
    """The table. It changes nothing but what is staged."""

    expiry_pressed = Signal(object)
    """The start or stop of an expiry"""
    row_pressed = Signal(str)
    """The contract to be quoted, or to be quoted no longer"""
    underlying_pressed = Signal()
    pause_wanted = Signal(str)
    """The contract to be paused until a time, or its pause to be changed"""
    contract_chosen = Signal(str)
    export_wanted = Signal()

    def __init__(self, model: GridModel, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._appearance = appearance
        self._is_forward = False
        self.setModel(model)
        self.setItemDelegate(GridPainter(model, appearance, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(16)
        rows.setDefaultSectionSize(ROW_TABLE - 2)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setFixedHeight(ROW_HEADER)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setSectionsMovable(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        model.modelReset.connect(self._span_heads)
        appearance.changed.connect(self._dress)
        self._dress()

    # ---- what is done to the cells chosen

    def cells(self) -> list[Cell]:
        """The editable cells of the selection, from the top and the left."""
        chosen = sorted(self.selectionModel().selectedIndexes(), key=lambda i: (i.row(), i.column()))
        return [cell for cell in (self._model.cell(index) for index in chosen) if cell is not None]

    def fill_down(self) -> bool:
        """Take the first cell of every column chosen for all below it."""
        first: dict[int, str] = {}
        texts: dict[Cell, str] = {}
        for index in sorted(self.selectionModel().selectedIndexes(), key=lambda i: i.row()):
            cell = self._model.cell(index)
            if cell is None:
                continue
            text = str(index.data(Qt.ItemDataRole.EditRole) or "")
            texts[cell] = first.setdefault(index.column(), text)
        return bool(texts) and self._model.stage_texts(texts)

    def take_back(self) -> bool:
        """Let the cells chosen be as the quoter has them."""
        return self._model.stage(dict.fromkeys(self.cells()))

    def throw(self) -> bool:
        """Turn the switches chosen the other way of the first."""
        switches = [cell for cell in self.cells() if cell[1] in ("bid", "ask")]
        if not switches:
            return False
        code, field = switches[0]
        turned = not getattr(self._model.terms(code), field)
        return self._model.stage(dict.fromkeys(switches, turned))

    def undo(self) -> None:
        """Take the last staged step back."""
        self._model.edits.undo()
        self._model.repaint_terms()

    def copy(self) -> None:
        """The rectangle of the selection onto the clipboard, parted by tabs; figures as they are typed."""
        chosen = self.selectionModel().selectedIndexes()
        if not chosen:
            return
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        lines = []
        for row in rows:
            if self._model.lines[row].place < 0:
                continue
            cells = [self._model.index(row, column) for column in columns]
            texts = [i.data(Qt.ItemDataRole.EditRole) if self._model.cell(i) else i.data() for i in cells]
            lines.append("\t".join(str("" if text is None else text) for text in texts))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> bool:
        """Stage what the clipboard holds, from the current cell on; one bad cell and nothing is taken."""
        return self.paste_text(QGuiApplication.clipboard().text())

    def paste_text(self, text: str) -> bool:
        """The same for a text. A single value goes into every cell chosen."""
        start = self.currentIndex()
        if not start.isValid() or not text.strip():
            return False
        places = [row for row in range(start.row(), self._model.rowCount()) if self._model.lines[row].place >= 0]
        try:
            block = parse_block(text, len(places), len(COLUMNS) - start.column())
        except BadInput as error:
            self._model.refused.emit(term_refusal(error))
            return False
        if len(block) == 1 and len(block[0]) == 1 and len(self.cells()) > 1:
            return self._model.stage_texts(dict.fromkeys(self.cells(), block[0][0]))
        texts: dict[Cell, str] = {}
        for row, line in zip(places, block, strict=False):
            for column, value in enumerate(line, start.column()):
                cell = self._model.cell(self._model.index(row, column))
                if cell is not None:
                    texts[cell] = value
        if not texts:
            self._model.refused.emit(word("Nothing of this can be edited here"))
            return False
        return self._model.stage_texts(texts)

    # ---- what quotes and stops quoting, at once

    def press_row(self) -> None:
        """Take the row under the cursor out, or quote it again; the head of an expiry stands for the expiry."""
        line = self._line()
        if line is not None and line.place < 0:
            self.expiry_pressed.emit(line.expiry)
        elif line is not None:
            self.row_pressed.emit(line.code)

    def press_expiry(self) -> None:
        """Start or stop the expiry under the cursor."""
        line = self._line()
        if line is not None:
            self.expiry_pressed.emit(line.expiry)

    def press_pause(self) -> None:
        """Ask until when the contract under the cursor is paused."""
        line = self._line()
        if line is not None and line.place >= 0:
            self.pause_wanted.emit(line.code)

    # ---- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Spreadsheet keys; digits begin an edit, letters go on to the window."""
        if event.key() in (Qt.Key.Key_Q, Qt.Key.Key_P) and event.isAutoRepeat():
            # A key that hangs starts and stops once
            return
        doings = (
            (event.matches(_Key.Copy), self.copy),
            (event.matches(_Key.Paste), self.paste),
            (event.matches(_Key.Undo), self.undo),
            (event.matches(_Key.Delete), self.take_back),
            (event.key() == Qt.Key.Key_D and _is_control(event), self.fill_down),
            (event.key() == Qt.Key.Key_Space, self.throw),
            (_is_q(event), self.press_row),
            (event.key() == Qt.Key.Key_P and not event.modifiers(), self.press_pause),
            (_is_q(event, _Modifier.ShiftModifier), self.press_expiry),
            (_is_q(event, _Modifier.ShiftModifier | _Modifier.ControlModifier), self.underlying_pressed.emit),
        )
        for matches, do in doings:
            if matches:
                do()
                return
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._return_pressed(event)
        elif text and text in "0123456789+-." and self._begin(text):
            return
        elif text.isalnum() and not _is_control(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Switches turn, lines of an expiry start, stop and fold."""
        index = self.indexAt(event.position().toPoint())
        expiry = index.data(EXPIRY_ROLE) if index.isValid() else None
        left = event.button() == Qt.MouseButton.LeftButton
        if expiry is not None and left:
            if event.position().x() + self.horizontalScrollBar().value() <= BUTTON_WIDTH:
                self.expiry_pressed.emit(expiry)
            else:
                self._model.fold(expiry)
            return
        super().mousePressEvent(event)
        if not index.isValid() or not left:
            return
        self.contract_chosen.emit(self._model.lines[index.row()].code)
        if index.data(SWITCH_ROLE) is not None and not event.modifiers():
            cell = self._model.cell(index)
            if cell is not None:
                self._model.stage({cell: not index.data(SWITCH_ROLE)})

    def changeEvent(self, event: QEvent) -> None:
        """Words are made again in another language."""
        if event.type() == QEvent.Type.LanguageChange and self._model.underlying:
            self._model.show(self._model.underlying)
            self._fit_columns()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What room is left goes to the causes."""
        super().resizeEvent(event)
        self._give_room()

    def menu(self) -> QMenu:
        """What can be done to the cells chosen, with the keys."""
        menu = QMenu(self)
        for text, key, do in (
            ("Fill down", "Ctrl+D", self.fill_down),
            ("Take back to the quoter's own", "Del", self.take_back),
            ("Turn switches", "Space", self.throw),
            ("Copy", "Ctrl+C", self.copy),
            ("Paste", "Ctrl+V", self.paste),
            ("Undo", "Ctrl+Z", self.undo),
            ("Quote the row or take it out", "Q", self.press_row),
            ("Start or stop the expiry", "Shift+Q", self.press_expiry),
            ("Start or stop the underlying", "Ctrl+Shift+Q", self.underlying_pressed.emit),
        ):
            menu.addAction(f"{word(text)}\t{key}", do)
        menu.addAction(f"{duty_word('Pause…')}\tP", self.press_pause)
        menu.addSeparator()
        menu.addAction(translate("RecordTable", "Export to CSV…"), self.export_wanted.emit)
        return menu

    def choose(self, row: int, column: Column, last_row: int | None = None) -> None:
        """Choose a cell, or a stretch of a column."""
        top = self._model.index(row, column)
        self.setCurrentIndex(top)
        if last_row is not None:
            stretch = QItemSelection(top, self._model.index(last_row, column))
            self.selectionModel().select(stretch, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # ---- inside

    def _line(self) -> Line | None:
        index = self.currentIndex()
        return self._model.lines[index.row()] if index.isValid() else None

    def _begin(self, text: str) -> bool:
        """Begin to edit with what was typed."""
        index = self.currentIndex()
        if not (self._model.flags(index) & Qt.ItemFlag.ItemIsEditable):
            return False
        self.edit(index)
        editor = self.viewport().focusWidget()
        if isinstance(editor, QLineEdit):
            editor.setText(text)
        return True

    def _return_pressed(self, event: QKeyEvent) -> None:
        """Begin to edit; what an editor held goes into its cell, and with Ctrl the panel applies all that is staged."""
        taken = True
        if self.state() == QAbstractItemView.State.EditingState:
            # The editor passes its Return on before it closes by itself
            editor = self.viewport().focusWidget()
            if isinstance(editor, QLineEdit):
                taken = self._model.setData(self.currentIndex(), editor.text())
        elif not _is_control(event):
            self._edit_or_fold()
        if taken and _is_control(event):
            event.ignore()

    def _edit_or_fold(self) -> None:
        index = self.currentIndex()
        expiry = index.data(EXPIRY_ROLE) if index.isValid() else None
        if expiry is not None:
            self._model.fold(expiry)
        elif index.isValid() and index.column() <= Column.ASK:
            self.throw()
        elif index.isValid() and self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _span_heads(self) -> None:
        self.clearSpans()
        for row, line in enumerate(self._model.lines):
            if line.place < 0:
                self.setSpan(row, 0, 1, len(COLUMNS))

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def _dress(self) -> None:
        self.setFont(self._appearance.figures)
        self._fit_columns()
        self.viewport().update()

    def _fit_columns(self) -> None:
        digits = QFontMetrics(self._appearance.figures).horizontalAdvance("0")
        titles = QFontMetrics(self._appearance.words_at(SIZE_TABLE))
        for place, column in COLUMNS.items():
            least = titles.horizontalAdvance(word(column.title)) + 2 * CELL_PADDING + 4
            self.setColumnWidth(place, max(round(digits * column.chars) + 2 * CELL_PADDING, least))
        self._give_room()

    def _give_room(self) -> None:
        digit = QFontMetrics(self._appearance.figures).horizontalAdvance("0")
        least = round(digit * COLUMNS[Column.CAUSE].chars)
        others = sum(self.columnWidth(place) for place in COLUMNS if place is not Column.CAUSE)
        room = self.viewport().width() - others
        self._put_forward(forward=room < least)
        self.setColumnWidth(Column.CAUSE, max(room, least if room >= least else round(digit * _NARROW_CAUSE)))

    def _put_forward(self, *, forward: bool) -> None:
        """What a maker watches beside the theoretical price, where the grid must be scrolled to its place."""
        if forward is self._is_forward:
            return
        self._is_forward = forward
        header = self.horizontalHeader()
        anchor = Column.THEO
        for column in _WATCHED:
            place, before = header.visualIndex(anchor if forward else column - 1) + 1, header.visualIndex(column)
            header.moveSection(before, place if place <= before else place - 1)
            anchor = column


def _is_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _is_q(event: QKeyEvent, modifiers: Qt.KeyboardModifier = _Modifier.NoModifier) -> bool:
    return event.key() == Qt.Key.Key_Q and event.modifiers() & ~_Modifier.KeypadModifier == modifiers


def row_of(model: GridModel, code: str) -> QModelIndex:
    """The line of a contract; an invalid index where it is not shown."""
    row = next((n for n, line in enumerate(model.lines) if line.code == code), -1)
    return model.index(row, 0) if row >= 0 else QModelIndex()
