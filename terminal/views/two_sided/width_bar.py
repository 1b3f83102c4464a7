"""Width against what is allowed, and the smallest size, in one painted line."""

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.rules.obligations.spread import units
from terminal.services.quote_drafts import Verdict
from terminal.views.appearance import Appearance
from terminal.views.formatting import percent
from terminal.views.theme import SIZE_TABLE
from terminal.views.two_sided.words import word

#: A width of many times its bid is told in ticks alone
_TELLING_SHARE = 10.0
_PART = " · "
#: What the bar asks for between the words, pixels
_LEAST_BAR = 50
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class WidthBar(QWidget):
    """`show_width(verdict, bid, tick)`; None for nothing to show."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.left_words = self.right_words = ""
        self.part = 0.0
        self.setFixedHeight(18)
        appearance.changed.connect(self.update)

    def show_width(self, verdict: Verdict | None, bid: Decimal | None, tick: Decimal) -> None:
        """Take a verdict of the moment."""
        left = right = ""
        part = 0.0
        if verdict is not None:
            step = units(tick)
            share = verdict.width / units(bid) if bid is not None and units(bid) > 0 else None
            left = word("Width {ticks} ticks").format(ticks=verdict.width // step)
            if share is not None and share <= _TELLING_SHARE:
                left += f" · {percent(share, 1)}"
            right = word("allowed {ticks}").format(ticks=verdict.allowed // step)
            right += _PART + word("size ≥ {least}").format(least=verdict.least_quantity)
            # A bid above its ask has no width: nothing is used of what is allowed, and no bar grows to the left
            part = max(verdict.width / verdict.allowed, 0.0) if verdict.allowed > 0 else 2.0
        if (left, right, part) != (self.left_words, self.right_words, self.part):
            self.left_words, self.right_words, self.part = left, right, part
            self.setAccessibleName(f"{left} {right}")
            self.update()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the docks allow."""
        return QSize(0, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words at both ends, the bar between."""
        appearance, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.setFont(appearance.figures_at(SIZE_TABLE))
        metrics = painter.fontMetrics()
        painter.setPen(theme.critical if self.part > 1 else theme.text)
        painter.drawText(area, _LEFT, self.left_words)
        painter.setPen(theme.text_2)
        right = self.right_words
        room = area.width() - metrics.horizontalAdvance(self.left_words) - metrics.horizontalAdvance(right)
        if room < _LEAST_BAR:
            # The bar tells more than the smallest size, which stands elsewhere too
            right = right.partition(_PART)[0]
        painter.drawText(area, _RIGHT, right)
        if self.left_words:
            begin = metrics.horizontalAdvance(self.left_words) + 10
            end = area.width() - metrics.horizontalAdvance(right) - 10
            if end - begin > 20:
                track = QRectF(begin, area.center().y() - 2.5, end - begin, 5)
                painter.fillRect(track, theme.border)
                ink = theme.critical if self.part > 1 else theme.focus
                painter.fillRect(QRectF(track.left(), track.top(), track.width() * min(self.part, 1), 5), ink)
        painter.end()
