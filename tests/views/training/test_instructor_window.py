"""The instructor's window over a line that records."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

import pytest
from msgspec import structs
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit

from terminal.domain.messages import (
    PROTOCOL,
    CheckpointSeen,
    ClassEvent,
    ClassEventKind,
    ClassOpened,
    ClockChanged,
    DayOpened,
    DeskSeen,
    EventInjected,
    Hello,
    Inject,
    JumpTo,
    Recovered,
    Refused,
    ReportScreen,
    SetClock,
    Welcome,
)
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.scenarios import list_scenarios, read_training_settings
from terminal.training.event_forms import FIELDS
from terminal.training.session import InstructorSession
from terminal.views.appearance import Appearance
from terminal.views.training.trainees import Need, seat_of, verdict
from terminal.views.training.window import InstructorWindow
from terminal.views.translation import Languages
from tests.views.desk_rig import RecordingGateway, instrument_list
from tests.views.training.class_rig import AT, CALENDAR, TEXT

pytestmark = pytest.mark.requirement("X8")
DAY = date(2026, 11, 12)


def titles(language: str) -> list[tuple[str, str]]:
    """The shipped scenarios."""
    return [(s.scenario.name, s.scenario.title.of(language)) for s in list_scenarios() if s.scenario is not None]


def screen(*states: str, hints: int = 0) -> ReportScreen:
    """A screen with the checkpoints of the scenario in these states."""
    names = ("breaker", "pull", "again", "clean")
    points = (15, 40, 30, 15)
    seen = tuple(
        CheckpointSeen(name=n, state=s, points=p if s == "done" else 0, of=p, seconds=4.2 if s == "done" else None)
        for n, p, s in zip(names, points, states, strict=False)
    )
    return ReportScreen(
        panel="trading", reminders=2, working=1, profit=Decimal("-1234.56"), hints=hints, checkpoints=seen
    )


class Class:
    """A window and the line it hears."""

    def __init__(self, appearance: Appearance) -> None:
        self.gateway = RecordingGateway()
        self.session = InstructorSession(self.gateway, "TEACHER", lambda: 0.0)
        self.exported: list[tuple[str, list[str], list[list[str]]]] = []
        self.window = InstructorWindow(
            self.session,
            titles,
            appearance,
            read_training_settings(),
            CALENDAR,
            lambda title, headers, rows: self.exported.append((title, headers, rows)),
            lambda: "127.0.0.1:7400",
        )

    def begin(self) -> None:
        """The venue has told of the class."""
        underlyings, contracts = instrument_list()
        session = self.session
        session.on_link(LinkState.RECOVERING, "")
        session.on_event(
            Welcome(
                protocol=PROTOCOL,
                venue="SIM",
                account_id="",
                capabilities=(),
                trading_day=DAY,
                book_id="b",
                simulated=True,
            )
        )
        session.on_event(DayOpened(trading_day=DAY, underlyings=underlyings, contracts=contracts))
        session.on_event(ClockChanged(at=AT, speed=0.0))
        session.on_event(ClassOpened(scenario=TEXT, file="breaker_obligations.toml", watched=True))
        session.on_event(Recovered(last_sequence=0))
        self.window.flush()

    def words(self) -> list[str]:
        """The class log, oldest first."""
        entries = self.window.log.entries
        return [e.words() for n in reversed(range(entries.rowCount())) if (e := entries.record(n)) is not None]


@pytest.fixture
def room(appearance: Appearance, languages: Languages) -> Iterator[Class]:
    languages.use("en")
    found = Class(appearance)
    yield found
    found.window.deleteLater()


def test_the_line_of_an_instructor_has_no_account(room: Class) -> None:
    room.begin()
    hello = room.gateway.sent[0]
    assert isinstance(hello, Hello)
    assert (hello.watches, hello.account_id) == (True, "")


def test_start_pause_speed_and_jumps_are_commands(room: Class) -> None:
    room.begin()
    controls = room.window.controls
    controls.pause.click()
    controls.speeds[20.0].click()
    room.session.on_event(ClockChanged(at=AT, speed=20.0))
    room.window.flush()
    controls.pause.click()
    controls.next_event.click()
    controls.days.setCurrentIndex(1)
    controls.jump.click()
    controls.settled.click()
    following = date(2026, 11, 13)
    assert room.gateway.sent[1:] == [
        SetClock(speed=5.0),
        SetClock(speed=20.0),
        SetClock(speed=0.0),
        JumpTo(next_event=True),
        JumpTo(day=following, at=time(9, 30)),
        JumpTo(day=following),
    ]
    room.session.on_event(ClassOpened(scenario=TEXT, file="x", jumping=True))
    room.window.flush()
    assert not controls.jump.isEnabled()
    assert controls.pause.text() == "Stop the jump"
    controls.pause.click()
    assert room.gateway.sent[-1] == SetClock(speed=0.0)


def test_events_of_one_moment_share_their_words_on_the_timeline(room: Class) -> None:
    room.begin()
    for number in range(5):
        event = ClassEvent(kind=ClassEventKind.GAP, underlying="510050", move=-0.01 * (number + 1))
        room.session.on_event(EventInjected(number=number + 1, at=AT, event=event, by="instructor"))
    room.window.flush()
    timeline = room.window.timeline
    assert [(mark.words, mark.newest) for mark in timeline._told()] == [("Gap -5.0% +4", True), ("Breaker", False)]
    assert not timeline.grab().isNull()


def test_the_timeline_has_what_happened_and_what_is_still_to_come(room: Class) -> None:
    room.begin()
    assert [(m.words, m.done) for m in room.window.timeline._marks] == [("Breaker", False)]
    event = ClassEvent(kind=ClassEventKind.GAP, underlying="510050", move=-0.02)
    room.session.on_event(EventInjected(number=1, at=AT, event=event, by="instructor"))
    room.window.flush()
    assert [(m.words, m.done, m.newest) for m in room.window.timeline._marks] == [
        ("Gap -2.0%", True, True),
        ("Breaker", False, False),
    ]
    assert room.words() == ["Gap 510050 -2.0%"]


@pytest.mark.parametrize("kind", list(ClassEventKind))
def test_every_kind_of_event_has_a_form_that_makes_one(room: Class, kind: ClassEventKind) -> None:
    room.begin()
    form = room.window.form
    room.window.library.buttons[kind].click()
    assert form.kind is kind
    assert tuple(form.fields) == FIELDS[kind]
    for name, value in (("price", "2.450"), ("day", "2026-11-20"), ("zh", "说明"), ("en", "words"), ("amount", "500")):
        field = form.fields.get(name)
        if isinstance(field, QLineEdit):
            field.setText(value)
    form.inject.click()
    assert form.wrong.text() == ""
    sent = room.gateway.sent[-1]
    assert isinstance(sent, Inject)
    assert sent.event.kind is kind


def test_a_mistake_in_the_form_is_named_and_nothing_is_sent(room: Class) -> None:
    room.begin()
    room.window.library.buttons[ClassEventKind.GAP].click()
    field = room.window.form.fields["move"]
    assert isinstance(field, QLineEdit)
    before = len(room.gateway.sent)
    for typed, said in (("much", "a number"), ("-80", "between -0.5 and 0.5"), ("0", "needs it")):
        field.setText(typed)
        room.window.form.inject.click()
        assert said in room.window.form.wrong.text()
    assert len(room.gateway.sent) == before


def test_trainees_are_ordered_by_need_with_their_scores_and_the_log_tells_what_they_did(room: Class) -> None:
    room.begin()
    for desk, account, states in (
        ("D1", "MM1", ("done", "open", "ahead", "open")),
        ("D2", "MM2", ("missed", "missed", "ahead", "open")),
        ("D3", "MM3", ("done", "done", "done", "done")),
    ):
        room.session.on_event(
            DeskSeen(desk_id=desk, account_id=account, connected=True, at=AT, screen=screen(*states, hints=1))
        )
    room.window.flush()
    table = room.window.trainees
    shown = [table.seats.key(row) for row in range(3)]
    assert shown == ["D2", "D1", "D3"]
    assert [seat.score for seat in room.window.seats()] == [10, 0, 95]
    assert "MM3 · Breaker acknowledged · done 4.2 s" in room.words()
    room.window.by_seat.click()
    room.window.flush()
    assert [table.seats.key(row) for row in range(3)] == ["D1", "D2", "D3"]
    room.window.export.click()
    title, headers, rows = room.exported[0]
    assert (title, headers[3], len(rows)) == ("Scores", "Checkpoint", 15)
    assert rows[-1][1:] == ["D3", "MM3", "Total", "Excellent", "", "95", "100"]


def test_a_hint_goes_to_the_trainee_that_is_chosen(room: Class) -> None:
    room.begin()
    room.session.on_event(DeskSeen(desk_id="D1", account_id="MM7", connected=True, at=AT, screen=screen("open")))
    room.window.flush()
    room.window.trainees.choose("D1")
    room.window.hint.click()
    box = room.window.form.fields["account_id"]
    assert isinstance(box, QComboBox)
    assert box.currentData() == "MM7"


def test_refusals_and_lines_that_come_and_go_are_in_the_log(room: Class) -> None:
    room.begin()
    room.session.on_event(DeskSeen(desk_id="D1", account_id="MM1", connected=True, at=AT))
    room.session.on_event(DeskSeen(desk_id="D1", account_id="MM1", connected=False, at=AT))
    room.session.on_event(Refused(reason=Reason.MALFORMED, detail="jump: backwards"))
    room.window.flush()
    assert room.words() == ["MM1 is here", "MM1 is gone", "The venue could not read the instruction · jump: backwards"]
    assert room.window.seats()[0].need is Need.GONE


def test_it_speaks_chinese_at_once(room: Class, languages: Languages) -> None:
    room.begin()
    event = ClassEvent(kind=ClassEventKind.DRIFT, underlying="510050", price=Decimal("3.108"), seconds=5000)
    room.session.on_event(EventInjected(number=1, at=AT, event=event))
    room.session.on_event(DeskSeen(desk_id="D1", account_id="MM1", connected=True, at=AT, screen=screen("done")))
    room.session.on_event(Refused(reason=Reason.MALFORMED, detail="jump: backwards"))
    room.window.flush()
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    room.window.flush()
    # What was said before the change as well
    assert [row[1:] for row in reversed(room.window.log.entries.plain_rows())] == [
        ["标的走势 510050 3.108 5000 s", "剧本"],
        ["MM1 已上线", "D1"],
        ["MM1 · 确认熔断提醒 · 完成 4.2 s", "+15 分"],
        ["柜台无法识别该指令 · jump: backwards", "被拒绝"],
    ]
    assert room.window.library.buttons[ClassEventKind.BREAKER].text() == "熔断"
    assert room.window.controls.next_event.text() == "跳到下一事件"
    assert "熔断与义务" in room.window.windowTitle()


def test_a_verdict_follows_from_the_share_and_the_pass_mark() -> None:
    seen = DeskSeen(
        desk_id="D", account_id="A", connected=True, at=AT, screen=screen("done", "done", "missed", "missed")
    )
    seat = seat_of(seen, 5, 60)
    assert (seat.score, seat.of, seat.reaction, seat.need) == (55, 100, 4.2, Need.HELP)
    assert verdict(seat) == "Not passed"
    # Nobody has failed before the class is decided
    begun = structs.replace(seen, screen=screen("done", "open", "missed", "ahead"))
    assert verdict(seat_of(begun, 5, 60)) == "–"
    assert verdict(seat_of(begun, 5, 10)) == "Passed"


def test_the_panel_in_front_of_a_trainee_is_named_in_the_language_of_the_instructor(
    room: Class, languages: Languages
) -> None:
    room.begin()
    seen = structs.replace(screen("open"), panel="ticket", contract_code="10000045", reminders=0, working=0)
    room.session.on_event(DeskSeen(desk_id="D1", account_id="MM1", connected=True, at=AT, screen=seen))
    room.window.flush()
    seats = room.window.trainees.seats
    index = seats.index(0, seats.column_of("screen"))
    assert index.data() == "Order ticket · 10000045"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert index.data() == "下单 · 10000045"
    languages.use("en")
