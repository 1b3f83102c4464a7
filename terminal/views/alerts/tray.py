"""Tells a person who is elsewhere: a notice from the tray where there is one, and the window's mark in the task bar."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from terminal.alerts.alert import Level
from terminal.views.alerts.card_text import CardText
from terminal.views.appearance import Appearance

_SIZE = 64
#: So long a notice of the tray stands, where the system leaves it to us
_STAND_MS = 8000


class Tray(QObject):
    """`raise_window` is called when the user clicks the notice or the icon. Without a tray only the task bar tells."""

    def __init__(self, window: QWidget, appearance: Appearance, raise_window: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._raise = raise_window
        self.icon: QSystemTrayIcon | None = None
        self.told: list[tuple[str, str]] = []
        """What was said outside the window, the newest last; a few are kept"""

    def say(self, text: CardText, level: Level, count: int) -> None:
        """Say it outside the window, if the person is not in it: toasts are left to the window."""
        if level is Level.TOAST or self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        self.told = [*self.told[-9:], (text.head, text.title)]
        icon = self._ready()
        if icon is not None:
            more = f" (+{count - 1})" if count > 1 else ""
            kind = QSystemTrayIcon.MessageIcon.Critical if level is Level.SHEET else QSystemTrayIcon.MessageIcon.Warning
            icon.showMessage(text.head + more, text.title, kind, _STAND_MS)

    def _ready(self) -> QSystemTrayIcon | None:
        """The icon, made when it is first needed and the system has a place for it."""
        if self.icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self.icon = QSystemTrayIcon(self._drawn(), self)
            self.icon.setToolTip("OptionDesk")
            self.icon.activated.connect(lambda _reason: self._raise())
            self.icon.messageClicked.connect(self._raise)
            self.icon.show()
        return self.icon

    def _drawn(self) -> QIcon:
        picture = QPixmap(_SIZE, _SIZE)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._appearance.theme.focus)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(2, 2, _SIZE - 4, _SIZE - 4), 12, 12)
        font = QFont(self._appearance.words_at(13, bold=True))
        font.setPixelSize(34)
        painter.setFont(font)
        painter.setPen(self._appearance.theme.on_button)
        painter.drawText(QRectF(0, 0, _SIZE, _SIZE), int(Qt.AlignmentFlag.AlignCenter), "OD")
        painter.end()
        return QIcon(picture)
