"""Three boxes of what is needed against what is there (备款备券): painted, one key figure each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from terminal.views.appearance import Appearance
from terminal.views.expiry.words import large, large_words, word
from terminal.views.theme import SIZE_BODY, SIZE_NOTE, SIZE_TABLE

_HEIGHT = 96
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class NeedBox:
    """Needed and there, yuan or shares."""

    title: str
    needed: Decimal
    there: Decimal
    unit: str
    note: str

    @property
    def missing(self) -> Decimal:
        """What is not there."""
        return max(self.needed - self.there, Decimal(0))


class NeedBoxes(QWidget):
    """`show_boxes` repaints what has changed."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.boxes: tuple[NeedBox, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def show_boxes(self, boxes: Sequence[NeedBox]) -> None:
        """Show these."""
        shown = tuple(boxes)
        if shown != self.boxes:
            self.boxes = shown
            self.setAccessibleName("; ".join(f"{b.title} {b.needed} {self.state(b)}" for b in shown))
            # The notes may be longer than a box is wide
            self.setToolTip("\n".join(f"{b.title}: {b.note}" for b in shown))
            self.update()

    def state(self, box: NeedBox, *, in_unit: bool = True) -> str:
        """Enough, or what is missing; without its unit where there is little room."""
        if not box.missing:
            return word("enough") if box.needed else word("none needed")
        return (
            word("short of {missing} {unit}").format(missing=large_words(box.missing), unit=box.unit)
            if in_unit
            else word("short of {missing}").format(missing=large_words(box.missing))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title and state, figure, bar, note."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setPen(theme.grid)
        painter.drawLine(0, 0, self.width(), 0)
        width = self.width() / max(len(self.boxes), 1)
        for number, box in enumerate(self.boxes):
            area = QRectF(number * width + 10, 6, width - 20, self.height() - 10)
            painter.setPen(theme.grid)
            if number:
                painter.drawLine(int(number * width), 0, int(number * width), self.height())
            good = not box.missing
            ink = theme.ok if good else theme.warn
            painter.setFont(look.words_at(SIZE_TABLE, bold=True))
            state = self.state(box)
            room = painter.fontMetrics().horizontalAdvance(state)
            if room + painter.fontMetrics().horizontalAdvance(box.title) + 8 > area.width():
                state = self.state(box, in_unit=False)
                room = painter.fontMetrics().horizontalAdvance(state)
            painter.setPen(ink if box.needed else theme.dim)
            painter.drawText(QRectF(area.left(), area.top(), area.width(), 18), _RIGHT, state)
            painter.setFont(look.words_at(SIZE_TABLE))
            painter.setPen(theme.text_2)
            title = painter.fontMetrics().elidedText(
                box.title, Qt.TextElideMode.ElideRight, int(area.width() - room - 8)
            )
            painter.drawText(QRectF(area.left(), area.top(), area.width(), 18), _LEFT, title)
            figure, unit = large(box.needed)
            painter.setFont(look.figures_at(18, bold=True))
            painter.setPen(theme.text if box.needed else theme.dim)
            line = QRectF(area.left(), area.top() + 20, area.width(), 24)
            painter.drawText(line, _LEFT, figure)
            x = painter.fontMetrics().horizontalAdvance(figure) + 5
            painter.setFont(look.words_at(SIZE_BODY))
            painter.setPen(theme.dim)
            there = word("{unit}, {there} there").format(
                unit=f"{unit}{box.unit}" if unit in ("万", "亿") else f"{unit} {box.unit}".strip(),
                there=large_words(box.there),
            )
            text = painter.fontMetrics().elidedText(there, Qt.TextElideMode.ElideRight, int(area.width() - x))
            painter.drawText(line.adjusted(x, 3, 0, 0), _LEFT, text)
            bar = QRectF(area.left(), area.top() + 50, area.width(), 5)
            painter.fillRect(bar, theme.grid)
            part = float(min(box.there / box.needed, Decimal(1))) if box.needed > 0 else 0.0
            painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * part, bar.height()), ink)
            painter.setFont(look.words_at(SIZE_NOTE))
            painter.setPen(theme.dim)
            note = painter.fontMetrics().elidedText(box.note, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(QRectF(area.left(), area.top() + 61, area.width(), 16), _LEFT, note)
        painter.end()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(500, _HEIGHT)
