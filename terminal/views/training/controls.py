"""What drives a class (控制条): choose, start, pause, speed, jump to a day and time or to the next event."""

from collections.abc import Sequence
from datetime import date, time

from PySide6.QtCore import QEvent, QTime, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QPushButton, QTimeEdit, QVBoxLayout, QWidget

from terminal.views.style_sheet import set_role
from terminal.views.training.words import word

SPEEDS = (1.0, 5.0, 20.0, 60.0)


class ClassControls(QWidget):
    """Two rows of the window's head."""

    scenario_chosen = Signal(str)
    speed_wanted = Signal(float)
    jump_wanted = Signal(object, object)
    """date, and time or None for the settled day"""
    next_event_wanted = Signal()

    def __init__(self, scenarios: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.scenarios = QComboBox()
        for name in scenarios:
            self.scenarios.addItem(name, name)
        self.scenarios.setMinimumWidth(220)
        self.scenarios.activated.connect(lambda n: self.scenario_chosen.emit(self.scenarios.itemData(n)))
        self.origin, self.clock, self._clock_title = QLabel(), QLabel(), QLabel()
        set_role(self.origin, "dim")
        set_role(self.clock, "key-figure")
        set_role(self._clock_title, "note")
        self.pause, self.next_event, self.jump = QPushButton(), QPushButton(), QPushButton()
        set_role(self.pause, "primary")
        self.pause.setMinimumWidth(96)
        self.speeds: dict[float, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.days, self.at = QComboBox(), QTimeEdit(QTime(9, 30))
        self.days.setMinimumWidth(128)
        self.at.setDisplayFormat("HH:mm")
        self.settled = QPushButton()
        self._speed = SPEEDS[0]
        self._running = self._jumping = False
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.scenarios)
        first.addWidget(self.origin, 1)
        first.addWidget(self._clock_title)
        first.addWidget(self.clock)
        second.addWidget(self.pause)
        for speed in SPEEDS:
            button = QPushButton(f"×{speed:g}")
            button.setCheckable(True)
            set_role(button, "dense")
            button.clicked.connect(lambda _=False, speed=speed: self._take_speed(speed))
            self._group.addButton(button)
            self.speeds[speed] = button
            second.addWidget(button)
        second.addSpacing(10)
        second.addWidget(self.next_event)
        second.addSpacing(10)
        second.addWidget(self.days)
        second.addWidget(self.at)
        second.addWidget(self.jump)
        second.addWidget(self.settled)
        second.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 6)
        box.setSpacing(6)
        box.addLayout(first)
        box.addLayout(second)
        self.speeds[self._speed].setChecked(True)
        self.pause.clicked.connect(lambda: self.speed_wanted.emit(self._toggled()))
        self.next_event.clicked.connect(self.next_event_wanted)
        self.jump.clicked.connect(lambda: self._jump(settled=False))
        self.settled.clicked.connect(lambda: self._jump(settled=True))
        self._retranslate()

    def show_days(self, days: Sequence[tuple[str, date]]) -> None:
        """The days that can be jumped to, by name."""
        if [self.days.itemData(n) for n in range(self.days.count())] == [day for _, day in days]:
            return
        self.days.clear()
        for name, day in days:
            self.days.addItem(name, day)

    def show_state(self, *, running: bool, jumping: bool, up: bool, speed: float, clock: str) -> None:
        """Where the class is."""
        self._running, self._jumping = running, jumping
        if speed in self.speeds:
            self._speed = speed
            self.speeds[speed].setChecked(True)
        for button in (self.next_event, self.jump, self.settled):
            button.setEnabled(up and not jumping)
        self.pause.setEnabled(up)
        words = word("Stop the jump") if jumping else word("Pause") if running else word("Start")
        if self.pause.text() != words:
            self.pause.setText(words)
        if self.clock.text() != clock:
            self.clock.setText(clock)

    def show_scenario(self, name: str, origin: str) -> None:
        """Which scenario is played, and what it is made of."""
        place = self.scenarios.findData(name)
        if place >= 0 and place != self.scenarios.currentIndex():
            self.scenarios.setCurrentIndex(place)
        if self.origin.text() != origin:
            self.origin.setText(origin)

    def prefer_speed(self, speed: float) -> None:
        """What Start plays at unless the instructor says otherwise: the nearest there is."""
        self._speed = min(SPEEDS, key=lambda known: abs(known - speed))
        self.speeds[self._speed].setChecked(True)

    def turn_to_day(self, day: date) -> None:
        """Offer the day that is played, unless the instructor has the box open."""
        place = self.days.findData(day)
        if place >= 0 and not self.days.view().isVisible():
            self.days.setCurrentIndex(place)

    def name_scenario(self, name: str, title: str) -> None:
        """The title of a scenario in the language in force."""
        place = self.scenarios.findData(name)
        if place >= 0 and self.scenarios.itemText(place) != title:
            self.scenarios.setItemText(place, title)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _toggled(self) -> float:
        """What the first button asks for: a stop of what runs, or the speed that is chosen."""
        return 0.0 if self._running or self._jumping else self._speed

    def _take_speed(self, speed: float) -> None:
        self._speed = speed
        self.speed_wanted.emit(speed)

    def _jump(self, *, settled: bool) -> None:
        day = self.days.currentData()
        if day is None:
            return
        at = self.at.time()
        self.jump_wanted.emit(day, None if settled else time(at.hour(), at.minute()))

    def _retranslate(self) -> None:
        self._clock_title.setText(word("Market time"))
        self.next_event.setText(word("To the next event"))
        self.jump.setText(word("Jump"))
        self.settled.setText(word("To its settlement"))
        self.pause.setText(word("Start"))
        self.jump.setToolTip(word("Plays on in coarse steps, every settlement between; desks take part in each step"))
