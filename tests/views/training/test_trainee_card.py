"""The trainee's part in a class: the card over a real desk, what it reports, the time that is left."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from terminal.domain.messages import (
    ClassOpened,
    ReportScreen,
    StepReached,
    StepTaken,
)
from terminal.domain.ports import Record
from terminal.scenarios import read_training_settings
from terminal.services.desk import Desk
from terminal.training.class_desk import ClassDesk
from terminal.views.appearance import Appearance
from terminal.views.training.task_card import TaskCard, WatchBadge, remaining
from terminal.views.translation import Languages
from tests.views.desk_rig import RecordingGateway
from tests.views.training.class_rig import AT, CALENDAR, TEXT

pytestmark = pytest.mark.requirement("X8")


class OpenReminders:
    """Counts how often the rules were asked."""

    def __init__(self) -> None:
        self.asked: list[datetime] = []

    def evaluate(self, now: datetime) -> None:
        """Asked."""
        self.asked.append(now)

    def open_count(self) -> int:
        """Three."""
        return 3


def class_desk(desk: Desk, reminders: OpenReminders, records: list[Record]) -> ClassDesk:
    """A desk's part in a class whose tasks are run at once."""

    def run(work: object) -> None:
        with pytest.raises(StopIteration):
            work.send(None)  # type: ignore[attr-defined]

    return ClassDesk(
        desk,
        calendar=CALENDAR,
        settings=read_training_settings(),
        read=lambda after: records,
        reminders=reminders,
        spawn=run,
        look=lambda: ("orders", "10000001"),
    )


def test_a_step_of_a_jump_is_dealt_with_and_answered(desk: Desk, gateway: RecordingGateway) -> None:
    reminders = OpenReminders()
    mine = class_desk(desk, reminders, [])
    desk.on_event(ClassOpened(scenario=TEXT, file="breaker_obligations.toml", watched=True))
    desk.on_event(StepReached(number=7, at=AT))
    assert reminders.asked == [AT]
    shown, taken = gateway.sent[-2:]
    assert isinstance(shown, ReportScreen)
    assert (shown.panel, shown.reminders) == ("orders", 3)
    assert taken == StepTaken(number=7)
    assert mine.is_watched


def test_the_card_shows_task_time_and_hints_and_hides_outside_a_class(
    desk: Desk, appearance: Appearance, languages: Languages
) -> None:
    languages.use("en")
    mine = class_desk(desk, OpenReminders(), [])
    card, badge = TaskCard(desk, mine, appearance), WatchBadge(desk, mine)
    assert card.isHidden()
    assert badge.isHidden()
    desk.on_event(ClassOpened(scenario=TEXT, file="breaker_obligations.toml", watched=True))
    assert not card.isHidden()
    assert not badge.isHidden()
    assert card.title.text() == "A breaker and the obligations"
    assert card.hint.text() == "Hint −5"
    QTest.mouseClick(card.hint, Qt.MouseButton.LeftButton)
    assert card.hint_text.text() == "Quotes may be pulled in the auction."
    assert card.hint.isHidden()
    assert mine.hints_taken == 1
    QTest.mouseClick(card.more, Qt.MouseButton.LeftButton)
    assert "1. Acknowledge the breaker." in card.page.text()
    desk.on_event(ClassOpened(scenario=TEXT, file="breaker_obligations.toml"))
    assert badge.isHidden()
    for widget in (card, badge):
        widget.deleteLater()


def test_a_scenario_that_is_not_understood_begins_no_class(desk: Desk, expected_warnings: object) -> None:
    expected_warnings("the venue's scenario is not understood")  # type: ignore[operator]
    mine = class_desk(desk, OpenReminders(), [])
    desk.on_event(ClassOpened(scenario="name = 1", file="broken.toml"))
    assert mine.scenario is None


def test_the_time_left_is_told_in_days_hours_and_minutes() -> None:
    assert remaining(AT, AT.replace(hour=14, minute=0)) == "15:00"
    assert remaining(AT, AT.replace(hour=15, minute=0)) == "1:15:00"
    assert remaining(AT, AT.replace(day=14)) == "2d 0:00:00"
    assert remaining(AT.replace(day=14), AT) == "00:00"
