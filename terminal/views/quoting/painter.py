"""How a cell of the grid is painted: switches, bars, staged ground, the lines that head an expiry; and its editors."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from terminal.views.appearance import Appearance
from terminal.views.quoting.columns import COLUMNS, Column
from terminal.views.quoting.figures import NEAR_ALLOWED
from terminal.views.quoting.model import BAR_ROLE, EXPIRY_ROLE, STAGED_ROLE, SWITCH_ROLE, GridModel
from terminal.views.quoting.words import CHOICES, word
from terminal.views.theme import CELL_PADDING, SIZE_TABLE

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_SWITCH_WIDTH, _SWITCH_HEIGHT = 22, 11
_BAR_WIDTH = 30
#: The start and stop button at the left of an expiry's line
BUTTON_WIDTH = 22


class GridPainter(QStyledItemDelegate):
    """Paints every cell itself: no widget and no style per cell."""

    def __init__(self, model: GridModel, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._appearance = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        given: Any = option
        area: QRect = given.rect
        theme, column = self._appearance.theme, Column(index.column())
        if index.data(EXPIRY_ROLE) is not None:
            self._paint_head(painter, area, index)
            return
        chosen = bool(given.state & QStyle.StateFlag.State_Selected)
        staged = bool(index.data(STAGED_ROLE))
        if staged:
            painter.fillRect(area, theme.staged)
        elif chosen:
            painter.fillRect(area, theme.selected)
        if column <= Column.ASK:
            self._paint_switch(painter, area, bool(index.data(SWITCH_ROLE)))
        else:
            self._paint_text(painter, area, index, column)
        if staged:
            painter.setPen(theme.warn)
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        if given.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.focus)
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field, or a list where the words are given."""
        field = COLUMNS[Column(index.column())].field
        choices = CHOICES.get(field)
        if choices is None:
            editor = QLineEdit(parent)
            editor.setMaxLength(40)
            editor.setFrame(False)
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            return editor
        box = QComboBox(parent)
        for code, text in choices.items():
            box.addItem(word(text), str(code))
        box.activated.connect(lambda _: self._close(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is in force or staged."""
        text = str(index.data(Role.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Stage it; a value that is left as it was stages nothing."""
        text = str(editor.currentData()) if isinstance(editor, QComboBox) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        if text != str(index.data(Role.EditRole) or ""):
            model.setData(index, text)

    # ---- inside

    def _close(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def _paint_text(self, painter: QPainter, area: QRect, index: Index, column: Column) -> None:
        look = self._appearance
        share = float(index.data(BAR_ROLE)) if column in (Column.SPREAD, Column.POSITION) else float("nan")
        inner = area.adjusted(CELL_PADDING, 0, -CELL_PADDING, 0)
        if column in (Column.SPREAD, Column.POSITION):
            self._paint_bar(
                painter, QRect(inner.right() - _BAR_WIDTH, inner.center().y() - 2, _BAR_WIDTH, 5), share, column
            )
            inner.setRight(inner.right() - _BAR_WIDTH - 5)
        words = COLUMNS[column].is_words
        painter.setFont(look.words_at(SIZE_TABLE) if words else look.figures)
        painter.setPen(QColor(index.data(Role.ForegroundRole) or look.theme.text))
        text = str(index.data(Role.DisplayRole) or "")
        if words:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(COLUMNS[column].align), text)

    def _paint_bar(self, painter: QPainter, area: QRect, share: float, column: Column) -> None:
        if share != share:
            return
        theme = self._appearance.theme
        painter.fillRect(area, theme.grid)
        ink = theme.focus if column is Column.SPREAD else theme.position
        if share > 1.0:
            ink = theme.critical
        elif share >= NEAR_ALLOWED:
            ink = theme.warn
        painter.fillRect(
            QRect(area.left(), area.top(), max(1, round(area.width() * min(share, 1.0))), area.height()), ink
        )

    def _paint_switch(self, painter: QPainter, area: QRect, on: bool) -> None:
        theme = self._appearance.theme
        left = area.center().x() - _SWITCH_WIDTH / 2
        track = QRectF(left, area.center().y() - _SWITCH_HEIGHT / 2 + 0.5, _SWITCH_WIDTH, _SWITCH_HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen if on else theme.dim)
        painter.setBrush(theme.own if on else theme.well)
        painter.drawRoundedRect(track, _SWITCH_HEIGHT / 2, _SWITCH_HEIGHT / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.panel if on else theme.dim)
        knob = track.right() - _SWITCH_HEIGHT + 1.5 if on else track.left() + 1.5
        painter.drawEllipse(QRectF(knob, track.top() + 1.5, _SWITCH_HEIGHT - 3, _SWITCH_HEIGHT - 3))
        painter.restore()

    def _paint_head(self, painter: QPainter, area: QRect, index: Index) -> None:
        look, theme = self._appearance, self._appearance.theme
        painter.fillRect(area, theme.raised)
        on = bool(index.data(SWITCH_ROLE))
        painter.setFont(look.words_at(SIZE_TABLE, bold=True))
        painter.setPen(theme.critical if on else theme.ok)
        painter.drawText(area.adjusted(6, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), "■" if on else "▶")
        painter.setPen(theme.text)
        expiry = index.data(EXPIRY_ROLE)
        folded = "▸ " if self._model.is_folded(expiry) else "▾ "
        inner = area.adjusted(BUTTON_WIDTH + 4, 0, -CELL_PADDING, 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), folded + str(index.data(Role.DisplayRole)))
