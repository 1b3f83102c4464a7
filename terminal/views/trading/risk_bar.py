"""The risk ratio against the broker's marks, which stand in the profile of rules."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from terminal.domain.accounts import Funds
from terminal.rules.profile import RiskLights
from terminal.rules.risk_level import RiskLevel, risk_level
from terminal.views.appearance import Appearance
from terminal.views.formatting import percent
from terminal.views.style_sheet import mixed
from terminal.views.theme import PANEL_PADDING, SIZE_BODY, SIZE_NOTE

#: The scale ends this much beyond the last mark
_BEYOND = 1.15


class RiskBar(QWidget):
    """The risk ratio (风险度) as a bar with the broker's marks."""

    def __init__(self, lights: RiskLights, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lights = lights
        self._appearance = appearance
        self._marks = tuple(float(mark) for mark in (lights.warn, lights.call, lights.force))
        self.ratio: Decimal | None = None
        self.level = RiskLevel.NORMAL
        self.setFixedHeight(46)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(600, 46)

    def show_funds(self, funds: Funds | None) -> None:
        """Show the ratio of an account; None before the counter has told of it."""
        level, ratio = risk_level(funds, self._lights), funds.risk_ratio if funds is not None else None
        if (level, ratio) != (self.level, self.ratio):
            self.level, self.ratio = level, ratio
            self.update()

    @property
    def ink(self) -> QColor:
        """The colour of the stretch the ratio stands in."""
        theme = self._appearance.theme
        return {RiskLevel.NORMAL: theme.ok, RiskLevel.WARN: theme.warn}.get(self.level, theme.critical)

    def text(self) -> str:
        """The ratio in words."""
        ratio = None if self.ratio is None else float(self.ratio)
        return self.tr("Risk ratio {percent}").format(percent=percent(ratio, 1))

    def changeEvent(self, event: QEvent) -> None:
        """Words are painted anew in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The scale, the filled part, the marks."""
        painter = QPainter(self)
        look, theme = self._appearance, self._appearance.theme
        warn, call, force = self._marks
        scale_end = force * _BEYOND
        left, width = PANEL_PADDING, max(1, self.width() - 2 * PANEL_PADDING)

        def place(ratio: float) -> float:
            return left + width * min(ratio, scale_end) / scale_end

        bar_top, bar_height = 17, 8
        stretches = ((0.0, warn, theme.ok), (warn, call, theme.warn), (call, force, theme.critical))
        for start, end, ink in (*stretches, (force, scale_end, theme.critical)):
            part = 0.55 if start == force else 0.30
            area = QRectF(place(start), bar_top, place(end) - place(start), bar_height)
            painter.fillRect(area, mixed(ink, theme.panel, part))
        ratio = float(self.ratio) if self.ratio is not None else 0.0
        painter.fillRect(QRectF(left, bar_top, place(ratio) - left, bar_height), self.ink)
        painter.setFont(look.words_at(SIZE_BODY, bold=True))
        painter.setPen(theme.text if self.level is RiskLevel.NORMAL else self.ink)
        text = self.text()
        text_width = painter.fontMetrics().horizontalAdvance(text) + 4
        text_left = min(max(place(ratio) - text_width / 2, left), left + width - text_width)
        painter.drawText(QRectF(text_left, 0, text_width, bar_top - 1), int(Qt.AlignmentFlag.AlignCenter), text)
        if self.ratio is not None:
            painter.fillRect(QRectF(place(ratio) - 1, bar_top - 2, 2, bar_height + 4), theme.text)
        painter.setFont(look.words_at(SIZE_NOTE))
        painter.setPen(theme.dim)
        foot = QRectF(left, bar_top + bar_height + 2, width, 16)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), self.tr("Margin ÷ cash"))
        for mark, words in ((warn, self.tr("Warn")), (call, self.tr("Call")), (force, self.tr("Force"))):
            painter.fillRect(QRectF(place(mark), bar_top - 1, 1, bar_height + 2), theme.text_2)
            area = QRectF(place(mark) - 60, foot.top(), 120, 16)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter), f"{words} {round(mark * 100)}%")
        painter.end()
