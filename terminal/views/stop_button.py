"""STOP: cancels every working order of the account. The first press arms it, a second within four seconds acts."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from terminal.services.desk import Desk
from terminal.views.keys import Keys
from terminal.views.style_sheet import set_role

ARMED_SECONDS = 4.0


class StopButton(QPushButton):
    """Never blocked and never greyed out: the way out stays open (F56). `monotonic` gives seconds."""

    def __init__(
        self,
        desk: Desk,
        keys: Keys,
        on_stop: Callable[[], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keys = keys
        self._on_stop = on_stop
        self._monotonic = monotonic
        self._armed_at: float | None = None
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.press)
        keys.changed.connect(self._show)
        self._show()

    @property
    def armed(self) -> bool:
        """Whether the next press acts."""
        return self._armed_at is not None

    def press(self) -> None:
        """Arm, or act when armed."""
        if self._armed_at is None:
            self._armed_at = self._monotonic()
        else:
            self._armed_at = None
            self._on_stop()
        self._show()

    def flush(self) -> None:
        """Disarm after a while; show how many orders it would cancel."""
        if self._armed_at is not None:
            if self._monotonic() - self._armed_at >= ARMED_SECONDS:
                self._armed_at = None
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        armed = self.tr("Cancel {count}? Again")
        # As wide as it is armed, so that nothing beside it moves at the first press
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(armed.format(count=999)) + 24)
        if self._armed_at is None:
            self.setText("■ " + self.tr("STOP"))
        else:
            self.setText(armed.format(count=len(self._desk.orders.working())))
        set_role(self, "stop" if self._armed_at is None else "stop-armed")
        self.setToolTip(self._keys.tip("stop"))
