"""The table of expiring holdings: four painted buttons and a painted step field in every row, by mouse or by key."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from terminal.rules.expiry.worth import Disposition
from terminal.views.appearance import Appearance
from terminal.views.expiry.holding_lines import RANKS, HoldingLine, choice_words
from terminal.views.expiry.words import DISPOSITION_TIPS, word
from terminal.views.fitted_table import FittedTable
from terminal.views.formatting import DASH, quantity
from terminal.views.record_table import Export
from terminal.views.table_model import RECORD_ROLE, RecordTableModel
from terminal.views.theme import CELL_PADDING, RADIUS_FIELD, SIZE_TABLE

ROW_EXERCISE = 28
_STEP = 18
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_KEYS = {
    Qt.Key.Key_X: Disposition.EXERCISE,
    Qt.Key.Key_M: Disposition.MERGED,
    Qt.Key.Key_S: Disposition.SELL,
    Qt.Key.Key_A: Disposition.ABANDON,
}
_STEPS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
#: What is left over goes to the columns of figures alike, so that they do not crowd at one side
_GROWS = frozenset({"contract", "long", "percent", "intrinsic", "sale", "exercise", "best", "needs", "status"})
Index = QModelIndex | QPersistentModelIndex


def segment_areas(area: QRect, metrics: QFontMetrics) -> list[tuple[Disposition, QRect]]:
    """Where the four buttons stand in a cell."""
    found, x = [], area.left() + CELL_PADDING
    for choice in Disposition:
        width = metrics.horizontalAdvance(choice_words(choice)) + 14
        found.append((choice, QRect(x, area.top() + 4, width, area.height() - 9)))
        x += width
    return found


def step_areas(area: QRect) -> tuple[QRect, QRect, QRect]:
    """Less, the figure, more."""
    inner = area.adjusted(CELL_PADDING, 4, -CELL_PADDING, -5)
    width = min(inner.width(), 84)
    left = inner.left() + (inner.width() - width) // 2
    less = QRect(left, inner.top(), _STEP, inner.height())
    more = QRect(left + width - _STEP, inner.top(), _STEP, inner.height())
    return less, QRect(less.right(), inner.top(), width - 2 * _STEP + 1, inner.height()), more


class _Painted(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = appearance

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows do not grow for a button."""
        return QSize(0, 0)


class ChoiceDelegate(_Painted):
    """Exercise, merge, sell, let lapse: the chosen one is filled."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell's ground, then four buttons."""
        super().paint(painter, option, index)
        line, theme = index.data(RECORD_ROLE), self._look.theme
        if not isinstance(line, HoldingLine):
            return
        area: QRect = option.rect
        painter.save()
        metrics = QFontMetrics(self._look.words_at(SIZE_TABLE, bold=True))
        for choice, box in segment_areas(area, metrics):
            chosen, offered = choice is line.choice and line.row.exercisable > 0, line.offers(choice)
            painter.setPen(theme.focus if chosen else theme.border)
            painter.setBrush(theme.selected if chosen else Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            painter.setFont(self._look.words_at(SIZE_TABLE, bold=chosen))
            painter.setPen(theme.text if chosen and offered else theme.text_2 if offered else theme.faint)
            painter.drawText(box, _CENTRE, choice_words(choice))
        painter.restore()


class QuantityDelegate(_Painted):
    """− figure +; a dash where nothing is to be entered."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell's ground, then the field."""
        super().paint(painter, option, index)
        line, look = index.data(RECORD_ROLE), self._look
        if not isinstance(line, HoldingLine):
            return
        theme, area = look.theme, option.rect
        enters = line.choice is not Disposition.ABANDON and line.row.exercisable > 0
        painter.save()
        less, figure, more = step_areas(area)
        whole = less.united(more)
        if enters:
            painter.setPen(theme.border)
            painter.setBrush(theme.well)
            painter.drawRoundedRect(whole, RADIUS_FIELD, RADIUS_FIELD)
        painter.setFont(look.figures_at(SIZE_TABLE, bold=enters))
        painter.setPen(theme.text if enters else theme.dim)
        painter.drawText(figure, _CENTRE, quantity(line.quantity) if enters else DASH)
        if enters:
            for box, sign, ends in (
                (less, "−", line.quantity <= 1),
                (more, "+", line.quantity >= line.row.exercisable),
            ):
                painter.setPen(theme.faint if ends else theme.text_2)
                painter.drawText(box, _CENTRE, sign)
        painter.restore()


class HoldingTable(FittedTable):
    """`chosen(code, Disposition)` and `stepped(code, quantity)` tell what the user wants of a row."""

    chosen = Signal(str, object)
    stepped = Signal(str, int)
    contract_chosen = Signal(str)

    def __init__(
        self,
        model: RecordTableModel[HoldingLine],
        appearance: Appearance,
        export: Export,
        submit: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        self._lines = model
        self._look = appearance
        super().__init__(
            model,
            appearance,
            title=lambda: word("Expiring holdings"),
            export=export,
            ranks=RANKS,
            grows=_GROWS,
            parent=parent,
        )
        self._submit = submit
        self._typed = ""
        self.verticalHeader().setDefaultSectionSize(ROW_EXERCISE)
        self.setItemDelegateForColumn(model.column_of("choice"), ChoiceDelegate(appearance, self))
        self.setItemDelegateForColumn(model.column_of("quantity"), QuantityDelegate(appearance, self))
        self.selectionModel().currentRowChanged.connect(self._on_current)

    @property
    def current(self) -> HoldingLine | None:
        """The line of the current row."""
        return self._lines.record(self.currentIndex().row())

    def column_widths(self) -> dict[int, int]:
        """The buttons are as wide as their words."""
        widths, model = super().column_widths(), self._lines
        words = QFontMetrics(self._look.words_at(SIZE_TABLE, bold=True))
        last = segment_areas(QRect(0, 0, 1000, ROW_EXERCISE), words)[-1][1]
        widths[model.column_of("choice")] = last.right() + 2 * CELL_PADDING
        return widths

    # ---- Qt's side

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press of a painted button."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at = event.position().toPoint()
        line = self._lines.record(self.indexAt(at).row())
        if line is None:
            return
        choice, step = self.choice_at(at), self.step_at(at)
        if choice is not None and line.offers(choice):
            self.chosen.emit(line.row.contract.code, choice)
        elif step and line.choice is not Disposition.ABANDON:
            tens = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._step(line, line.quantity + step * tens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """X, M, S and A choose, + and − step, figures are typed, Enter submits."""
        line, key = self.current, Qt.Key(event.key())
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if line is not None and plain and key in _KEYS:
            if line.offers(_KEYS[key]) and not event.isAutoRepeat():
                self.chosen.emit(line.row.contract.code, _KEYS[key])
        elif line is not None and plain and key in _STEPS:
            self._step(line, line.quantity + _STEPS[key])
        elif line is not None and plain and event.text().isdigit() and event.text().isascii():
            self._typed = (self._typed + event.text())[-6:]
            self._step(line, int(self._typed))
        elif line is not None and key == Qt.Key.Key_Backspace:
            self._typed = self._typed[:-1]
            self._step(line, int(self._typed or 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._submit()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """What a button does, or why it cannot."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            choice = self.choice_at(event.pos())
            line = self._lines.record(self.indexAt(event.pos()).row())
            if choice is not None and line is not None:
                text = word(DISPOSITION_TIPS[choice])
                if not line.offers(choice):
                    text = line.closed or word("Not for this holding now")
                QToolTip.showText(event.globalPos(), text, self)
                return True
        return bool(super().viewportEvent(event))

    def choice_at(self, at: QPoint) -> Disposition | None:
        """The button at a point of the viewport."""
        index = self.indexAt(at)
        if not index.isValid() or index.column() != self._lines.column_of("choice"):
            return None
        metrics = QFontMetrics(self._look.words_at(SIZE_TABLE, bold=True))
        areas = segment_areas(self.visualRect(index), metrics)
        return next((choice for choice, box in areas if box.contains(at)), None)

    def step_at(self, at: QPoint) -> int:
        """−1 or 1 on the signs of the step field, else 0."""
        index = self.indexAt(at)
        if not index.isValid() or index.column() != self._lines.column_of("quantity"):
            return 0
        less, _, more = step_areas(self.visualRect(index))
        return -1 if less.contains(at) else 1 if more.contains(at) else 0

    # ---- inside

    def _step(self, line: HoldingLine, wanted: int) -> None:
        if line.row.exercisable > 0:
            self.stepped.emit(line.row.contract.code, wanted)

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._typed = ""
        line = self._lines.record(index.row())
        if line is not None:
            self.contract_chosen.emit(line.row.contract.code)
