"""Reminders that go by themselves (轻提示): eight seconds each, longer under the mouse, a few at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from terminal.alerts.groups import AlertGroup
from terminal.services.market_data import MarketData
from terminal.views.alerts.card_text import CardText, card_text
from terminal.views.alerts.inks import EDGE, ink_of, paint_ground
from terminal.views.alerts.words import GLYPHS, word
from terminal.views.appearance import Appearance
from terminal.views.style_sheet import set_role
from terminal.views.theme import SIZE_BODY, SIZE_TABLE

LIFE_SECONDS = 8.0
#: Shown at once; the others wait for their eight seconds
MOST = 3
_LINES = 2
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Toast(QFrame):
    """One of them: title, the two lines that matter most, what is left of its time."""

    closed = Signal(object)
    """The AlertGroup, closed by hand or by its time"""

    def __init__(
        self, group: AlertGroup, market: MarketData, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.group = group
        self._market = market
        self._appearance = appearance
        self.text: CardText | None = None
        self.left = LIFE_SECONDS
        self.is_sample = False
        self._shown_left = ""
        self.close_button = QToolButton(self)
        self.close_button.setText("✕")
        self.close_button.setFixedSize(20, 20)
        # Nothing of what comes by itself ever takes the keyboard
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self.close_button, "title-button")
        self.close_button.clicked.connect(lambda: self.closed.emit(self.group))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 6, 0)
        row.addStretch()
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.update)

    def lines(self) -> list[str]:
        """What it says, whole; the width may cut it, the tip and the history do not."""
        text = self.text
        if text is None:
            return []
        told = [f"{line.label} {line.value}" for line in text.lines if line.label != word("If not done")]
        title = word("Example: {title}").format(title=text.title) if self.is_sample else text.title
        return [title, *told[: _LINES + 1]]

    def show_text(self, now: datetime) -> None:
        """Make its words, e.g. in another language."""
        self.text = card_text(self.group, self._market, now)
        self.setAccessibleName(self.text.plain())
        self.setToolTip(self.text.plain())
        self.close_button.setToolTip(word("Close"))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def pass_time(self, seconds: float) -> None:
        """Let time go, held while the mouse is on it."""
        if self.underMouse() and self.isVisible():
            return
        self.left -= seconds
        if self.left <= 0:
            self.closed.emit(self.group)
            return
        shown = self.left_words()
        if shown != self._shown_left:
            self._shown_left = shown
            self.update()

    def left_words(self) -> str:
        """5 s."""
        return word("{seconds} s").format(seconds=max(1, round(self.left + 0.49)))

    def sizeHint(self) -> QSize:
        """Head, title and lines."""
        heights = QFontMetrics(self._appearance.words_at(SIZE_BODY, bold=True)).height()
        small = QFontMetrics(self._appearance.words_at(SIZE_TABLE)).height() + 1
        return QSize(320, 8 + heights + 3 + small * max(len(self.lines()) - 1, 1) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, mark, words, and the bar of its time below."""
        text = self.text
        if text is None:
            return
        look, theme = self._appearance, self._appearance.theme
        ink = ink_of(text.severity, theme)
        painter = QPainter(self)
        paint_ground(painter, QRectF(self.rect()), text.severity, look, lit=False)
        title, *lines = self.lines()
        bold, small = look.words_at(SIZE_BODY, bold=True), look.words_at(SIZE_TABLE)
        left, right = EDGE + 28, self.width() - 62
        painter.setFont(bold)
        painter.setPen(ink)
        height = painter.fontMetrics().height()
        painter.drawText(QRectF(EDGE + 10, 7, 16, height), _LEFT, GLYPHS[text.severity])
        painter.setPen(theme.text)
        cut = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRectF(left, 7, right - left, height), _LEFT, cut)
        painter.setFont(look.figures_at(SIZE_TABLE))
        painter.setPen(theme.dim)
        painter.drawText(QRectF(right, 7, 34, height), int(Qt.AlignmentFlag.AlignRight), self.left_words())
        painter.setFont(small)
        painter.setPen(theme.text_2)
        y, step = 7 + height + 3, painter.fontMetrics().height() + 1
        for line in lines:
            cut = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width() - left - 8)
            painter.drawText(QRectF(left, y, self.width() - left - 8, step), _LEFT, cut)
            y += step
        part = max(self.left, 0.0) / LIFE_SECONDS
        painter.fillRect(QRectF(EDGE, self.height() - 3, (self.width() - EDGE) * part, 2), ink)
        painter.end()


@dataclass(slots=True)
class _Waiting:
    group: AlertGroup
    is_sample: bool = False


class ToastStack(QWidget):
    """The toasts of now, newest below. `gone` is told when one has gone; time is given by `pass_time`."""

    changed = Signal()
    """Another height is needed"""

    def __init__(
        self,
        market: MarketData,
        now: Callable[[], datetime],
        appearance: Appearance,
        gone: Callable[[AlertGroup], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._now = now
        self._appearance = appearance
        self._gone = gone
        self.toasts: list[Toast] = []
        self._queue: list[_Waiting] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)

    @property
    def waiting(self) -> int:
        """How many have not been shown yet."""
        return len(self._queue)

    def say(self, group: AlertGroup, *, is_sample: bool = False) -> None:
        """Show it, or what is newest of it where it is shown or waits already."""
        for toast in self.toasts:
            if toast.group.key == group.key:
                toast.group = group
                toast.left = LIFE_SECONDS
                toast.show_text(self._now())
                return
        self._queue = [one for one in self._queue if one.group.key != group.key]
        self._queue.append(_Waiting(group, is_sample))
        self._fill()

    def keep_only(self, keys: set[str]) -> None:
        """Take away what was answered or is over; samples stay their time."""
        self._queue = [one for one in self._queue if one.is_sample or keys.issuperset(one.group.keys[:1])]
        for toast in [t for t in self.toasts if not t.is_sample and not keys.intersection(t.group.keys)]:
            self._remove(toast)
        self._fill()

    def pass_time(self, seconds: float) -> None:
        """Let so much wall time go."""
        for toast in list(self.toasts):
            toast.pass_time(seconds)

    def retranslate(self) -> None:
        """Words in another language."""
        for toast in self.toasts:
            toast.show_text(self._now())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _fill(self) -> None:
        came = False
        while self._queue and len(self.toasts) < MOST:
            waiting = self._queue.pop(0)
            toast = Toast(waiting.group, self._market, self._appearance, self)
            toast.is_sample = waiting.is_sample
            toast.show_text(self._now())
            toast.closed.connect(lambda _group, gone=toast: self._on_closed(gone))
            self.toasts.append(toast)
            self._box.addWidget(toast)
            toast.show()
            came = True
        if came:
            self.changed.emit()

    def _on_closed(self, toast: Toast) -> None:
        if toast not in self.toasts:
            return
        self._remove(toast)
        if not toast.is_sample:
            self._gone(toast.group)
        self._fill()

    def _remove(self, toast: Toast) -> None:
        self.toasts.remove(toast)
        self._box.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.changed.emit()
