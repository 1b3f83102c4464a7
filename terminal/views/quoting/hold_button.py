"""A button that acts once it was held down for a while (按住触发): a slip of the hand stops nothing."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from terminal.views.appearance import Appearance

HOLD_SECONDS = 0.4
#: From one look at a held button to the next
_LOOK_MS = 20


class HoldButton(QPushButton):
    """Calls `fire` once a press lasts; by mouse or Space, whoever serves the panel. `monotonic` gives seconds."""

    def __init__(
        self,
        fire: Callable[[], object],
        appearance: Appearance,
        monotonic: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fire = fire
        self._appearance = appearance
        self._monotonic = monotonic
        self._since: float | None = None
        self._fired = False
        # No frame serves a panel behind another tab, and a key holds it there too
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.flush)
        self.pressed.connect(self._begin)
        self.released.connect(self._end)

    @property
    def is_held(self) -> bool:
        """Whether it is held down and has not acted yet."""
        return self._since is not None and not self._fired

    @property
    def has_fired(self) -> bool:
        """Whether the press that lasts, or the last one, has acted."""
        return self._fired

    @property
    def progress(self) -> float:
        """How much of the time is over, 0 to 1."""
        return 0.0 if self._since is None else min((self._monotonic() - self._since) / HOLD_SECONDS, 1.0)

    def flush(self) -> None:
        """Act when the time is over."""
        if not self.is_held:
            return
        self.update()
        if self.progress >= 1.0:
            self._act()

    def hold(self) -> None:
        """Hold it down by a key of the program."""
        self.setDown(True)
        self._begin()

    def let_go(self) -> None:
        """Let go of that key."""
        self.setDown(False)
        self._end()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and how far it is held below."""
        super().paintEvent(event)
        if self._since is not None:
            painter = QPainter(self)
            area = QRect(1, self.height() - 4, round((self.width() - 2) * self.progress), 3)
            painter.fillRect(area, self._appearance.theme.critical)
            painter.end()

    def _act(self) -> None:
        self._fired = True
        self._timer.stop()
        self._fire()

    def _begin(self) -> None:
        # Space that repeats while it is held is one press
        if self._since is None:
            self._since, self._fired = self._monotonic(), False
            self._timer.start()

    def _end(self) -> None:
        if not self.isDown():
            if self.is_held and self.progress >= 1.0:
                self._act()
            self._since = None
            self._timer.stop()
            self.update()
