"""STOP: takes every order and quote out, stops every strategy and lets nothing new leave, until it is lifted here.

Held down it acts as the tiers do; else the first press arms it, and a second within four seconds acts. While a stop is
in force the button lifts it in the same two presses, by the name of who decides, but not in the seconds after it acted:
a hand that hammers on it stops, and stays stopped. Holding it never lifts anything.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.keys import Keys
from terminal.views.quoting.hold_button import HoldButton
from terminal.views.style_sheet import set_role

ARMED_SECONDS = 4.0


class StopButton(HoldButton):
    """Never blocked and never greyed out: the way out stays open (F56). `monotonic` gives seconds.

    `on_lift` says whether it has lifted: it does not while nobody is named.
    """

    name_wanted = Signal()
    """The stop was to be lifted and nobody is named"""

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        keys: Keys,
        on_stop: Callable[[], None],
        on_lift: Callable[[], bool] | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lambda: self._act_now(), appearance, monotonic, parent)
        self._desk = desk
        self._keys = keys
        self._on_stop = on_stop
        self._on_lift = on_lift
        self._acted_at: float | None = None
        self._armed_at: float | None = None
        self._shown: tuple[float | None, bool] = (None, False)
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _=False: self._on_click())
        keys.changed.connect(self._show)
        self._show()

    @property
    def armed(self) -> bool:
        """Whether the next press acts."""
        return self._armed_at is not None

    @property
    def is_stopped(self) -> bool:
        """Whether a stop of everything is in force that this button can lift."""
        return self._on_lift is not None and self._desk.quoting.gate.stops.everything

    def press(self) -> None:
        """Arm, or act when armed."""
        now = self._monotonic()
        if self.is_stopped and self._acted_at is not None and now - self._acted_at < ARMED_SECONDS:
            # Pressed once more to be sure: it is
            self._act_now()
        elif self._armed_at is None:
            self._armed_at = now
        elif self.is_stopped and self._on_lift is not None:
            self._armed_at = None
            if not self._on_lift():
                self.name_wanted.emit()
        else:
            self._act_now()
        self._show()

    def flush(self) -> None:
        """Act when it was held long enough; disarm after a while; show how many orders it would cancel."""
        super().flush()
        if self._armed_at is not None and self._monotonic() - self._armed_at >= ARMED_SECONDS:
            self._armed_at = None
        if self._armed_at is not None or self._shown != (self._armed_at, self.is_stopped):
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _on_click(self) -> None:
        # Letting go of a press that has acted is none of its own
        if not self.has_fired:
            self.press()

    def _act_now(self) -> None:
        self._armed_at, self._acted_at = None, self._monotonic()
        self._on_stop()
        self._show()

    def _show(self) -> None:
        stopped = self.is_stopped
        self._shown = self._armed_at, stopped
        armed = self.tr("Cancel {count}? Again")
        # As wide as it is armed, so that nothing beside it moves at the first press
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(armed.format(count=999)) + 24)
        if self._armed_at is None:
            self.setText("■ " + (self.tr("STOPPED") if stopped else self.tr("STOP")))
        elif stopped:
            self.setText(self.tr("Lift? Again"))
        else:
            quotes = len(self._desk.quoting.board.live_numbers)
            self.setText(armed.format(count=len(self._desk.orders.working()) + quotes))
        set_role(self, "stop" if self._armed_at is None and not stopped else "stop-armed")
        how = self.tr("Hold it, or press twice; while stopped, two presses lift it by the name of who decides")
        self.setToolTip(f"{self._keys.tip('stop')}\n{how}")
