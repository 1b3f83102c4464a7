"""Drives the clock of a simulated market: pause, speed, a minute at a time. Grey where the venue keeps its own time."""

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from terminal.domain.messages import Capability
from terminal.domain.ports import LinkState
from terminal.services.desk import Desk
from terminal.views.keys import Keys
from terminal.views.still_text import put_tip
from terminal.views.style_sheet import set_role

SPEEDS = (1.0, 2.0, 10.0, 60.0)
STEP_SECONDS = 60.0


class SpeedControl(QWidget):
    """Three buttons; served by the bar it stands in."""

    def __init__(self, desk: Desk, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keys = keys
        self.pause, self.speed, self.step = QToolButton(), QToolButton(), QToolButton()
        self.menu = QMenu(self.speed)
        self._speeds = QActionGroup(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self.pause.setText("❚❚")
        self.step.setText("▶❘")
        self.speed.setText("×1")
        self.speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.speed.setMenu(self.menu)
        for speed in SPEEDS:
            action = self.menu.addAction(f"×{speed:g}")
            action.setCheckable(True)
            action.setData(speed)
            action.triggered.connect(partial(self._choose, speed))
            self._speeds.addAction(action)
        for button in (self.pause, self.speed, self.step):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFixedSize(38 if button is self.speed else 30, 26)
            set_role(button, "small")
            box.addWidget(button)
        self.pause.clicked.connect(self.toggle_pause)
        self.step.clicked.connect(self.play_step)
        keys.changed.connect(self._retranslate)
        self._retranslate()

    def toggle_pause(self) -> None:
        """Pause the simulated market, or go on at the speed before."""
        if self._desk.can(Capability.CLOCK_CONTROL):
            before = float(self.speed.text().removeprefix("×"))
            self._desk.set_clock(speed=before if self._desk.clock.speed == 0 else 0.0)

    def play_step(self) -> None:
        """Play one minute of the simulated market."""
        if self._desk.can(Capability.CLOCK_CONTROL):
            self._desk.set_clock(step_seconds=STEP_SECONDS)

    def flush(self) -> None:
        """Show what the market's clock does."""
        clock = self._desk.clock
        allowed = self._desk.can(Capability.CLOCK_CONTROL) and self._desk.link is LinkState.UP
        for button in (self.pause, self.speed, self.step):
            button.setEnabled(allowed)
        paused = allowed and clock.speed == 0
        self.pause.setText("▶" if paused else "❚❚")
        set_role(self.pause, "armed" if paused else "small")
        for action in self._speeds.actions():
            action.setChecked(action.data() == clock.speed)
        if clock.speed > 0:
            self.speed.setText(f"×{clock.speed:g}")
        tip = self.tr("Speed of the simulated market")
        if clock.behind_seconds >= 1:
            tip += "\n" + self.tr("{seconds} s behind").format(seconds=f"{clock.behind_seconds:.1f}")
        put_tip(self.speed, tip)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self, speed: float, _checked: bool = False) -> None:
        self._desk.set_clock(speed=speed)

    def _retranslate(self) -> None:
        self.pause.setToolTip(self._keys.tip("pause"))
        self.pause.setAccessibleName(self.tr("Pause"))
        self.step.setToolTip(self._keys.tip("step"))
        self.step.setAccessibleName(self.tr("Step"))
