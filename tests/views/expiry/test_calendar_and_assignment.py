"""The event calendar, its list of what comes next and its file; the assignment desk before and after the day's end."""

from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Holding, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import ClockChanged
from terminal.services.desk import Desk
from terminal.services.event_calendar import EventKind, Mark, TodoKind
from terminal.services.expiry_services import ExpiryServices
from terminal.views.appearance import Appearance
from terminal.views.expiry.assignment_panel import AssignmentPanel
from terminal.views.expiry.calendar_panel import CalendarPanel
from terminal.views.record_table import Export
from terminal.views.theme import SIZE_BODY
from terminal.views.translation import Languages
from tests.services.test_icalendar import check_strictly
from tests.views.expiry.expiry_rig import EXPIRIES, TODAY, code_of, delivery, report
from tests.views.trading.ticket_rig import Started

pytestmark = pytest.mark.requirement("X6", "T7")


@pytest.fixture
def saved() -> list[tuple[str, str]]:
    """Files the calendar has written."""
    return []


@pytest.fixture
def panel(
    qtbot: QtBot, services: ExpiryServices, appearance: Appearance, export: Export, saved: list[tuple[str, str]]
) -> CalendarPanel:
    panel = CalendarPanel(services, appearance, export, lambda title, text: saved.append((title, text)))
    qtbot.addWidget(panel)
    panel.resize(360, 960)
    panel.show()
    panel.flush()
    return panel


def test_the_month_shows_the_days_around_an_expiry(panel: CalendarPanel) -> None:
    kinds = {day: [e.kind for e in panel.grid.events_on(day)] for day in (TODAY, TODAY + timedelta(days=1))}
    assert kinds[TODAY] == [EventKind.EXPIRY]
    assert kinds[TODAY + timedelta(days=1)] == [EventKind.DELIVERY, EventKind.LISTING]
    assert panel.grid.events_on(date(2026, 11, 30))[0].mark is Mark.ADJUSTMENT
    assert panel.grid.first == date(2026, 11, 2)
    assert panel.bar.note.text() == "2026-11 / 12"
    panel.ahead.click()
    assert panel.grid.first == date(2026, 11, 30)
    QTest.keyClick(panel.grid, Qt.Key.Key_PageUp)
    assert panel.grid.first == date(2026, 11, 2)
    assert not panel.grab().isNull()


def test_a_day_leads_to_its_expiry(panel: CalendarPanel, qtbot: QtBot) -> None:
    grid = panel.grid
    grid.selected = TODAY - timedelta(days=1)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.expiry_chosen) as chosen:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert chosen.args == [TODAY]
    area = grid._area(3, 2)
    with qtbot.waitSignal(panel.expiry_chosen):
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=area.center().toPoint())


@pytest.mark.requirement("T5", "T4")
def test_what_comes_next_has_a_button_each(panel: CalendarPanel, qtbot: QtBot) -> None:
    assert [line[:2] for line in panel.todos.lines] == [
        ("48:42", "Last exercise"),
        ("2 d", "Eve of the ex-day, 50ETF"),
        ("5 d", "Contract adjustment, 50ETF"),
        ("6 d", "Cover to be topped up, 50ETF"),
        ("28 d", "Dec contracts expire"),
    ]
    assert panel.urgent.text() == "● 2"
    with qtbot.waitSignal(panel.todo_wanted) as wanted:
        at = panel.todos._button(3).center().toPoint()
        QTest.mouseClick(panel.todos, Qt.MouseButton.LeftButton, pos=QPoint(at.x(), at.y()))
    assert wanted.args is not None
    assert wanted.args[0].kind is TodoKind.TOP_UP
    QTest.keyClick(panel.todos, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.todo_wanted) as wanted:
        QTest.keyClick(panel.todos, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0].kind is TodoKind.EXERCISE


def test_the_longest_time_that_is_left_has_room_beside_the_words(panel: CalendarPanel, appearance: Appearance) -> None:
    todos, metrics = panel.todos, QFontMetrics(appearance.figures_at(SIZE_BODY, bold=True))
    todos.show_todos(todos.todos, TODAY + timedelta(days=1))
    assert "tomorrow" in [line[0] for line in todos.lines]
    assert todos.words_left() >= 22 + metrics.horizontalAdvance("tomorrow") + 4


def test_what_has_yet_to_come_in_the_evening_is_said_to_come_today(panel: CalendarPanel, day: Desk) -> None:
    # The eve of the ex-day after its close: the exact terms are published with the day's end
    eve = date(2026, 11, 27)
    day.on_event(ClockChanged(at=datetime.combine(eve, time(15, 20), SHANGHAI), speed=0.0))
    panel.todos.show_todos(panel.todos.todos, eve)
    assert ("today", "Eve of the ex-day, 50ETF") in [line[:2] for line in panel.todos.lines]


@pytest.mark.requirement("X12")
def test_the_events_go_into_a_calendar_file_in_the_language_of_the_screen(
    panel: CalendarPanel, languages: Languages, saved: list[tuple[str, str]], qtbot: QtBot
) -> None:
    panel.file_button.click()
    title, text = saved[0]
    assert title == "Option events"
    assert "DTSTART:20261125T073000Z" in text
    assert "UID:ex_day-20261130-510050@optiondesk" in text
    entries = check_strictly(text)
    assert len(entries) == panel.model.rowCount()
    # An expiry that is over keeps its hour: October's was on the 28th
    (october,) = [e for e in entries if e["UID"].startswith("expiry-20261028")]
    assert (october["DTSTART"], october["DESCRIPTION"]) == ("20261028T073000Z", "E: exercise until 15:30 · Oct")
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: panel.month_button.text() == "月份")
    panel.flush()
    panel.file_button.click()
    assert "SUMMARY:E 12月 50ETF 300ETF" in saved[1][1]
    # The same entries in another language: a calendar that has them is brought up to date, not doubled
    assert [e["UID"] for e in check_strictly(saved[1][1])] == [e["UID"] for e in entries]
    panel.list_button.click()
    assert any(row[1] == "E+1 交收" for row in panel.model.plain_rows())


@pytest.fixture
def desk_of_assignments(
    qtbot: QtBot, day: Desk, services: ExpiryServices, appearance: Appearance, started: Started
) -> AssignmentPanel:
    panel = AssignmentPanel(day, services, appearance, started, confirm=lambda: False)
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.mark.requirement("R1")
def test_before_the_days_end_the_range_stands_on_every_card(desk_of_assignments: AssignmentPanel, day: Desk) -> None:
    cards = desk_of_assignments.cards.texts()
    assert [c.title for c in cards] == [
        "50ETF Nov 2.30 Call Covered −12",
        "50ETF Nov 2.30 Call −6",
        "50ETF Nov 2.60 Put −8",
        "50ETF Nov 2.55 Call −20",
    ]
    assert ("Expected to be assigned", "12", "") in cards[0].figures
    assert (cards[0].tone, cards[2].tone, cards[3].tone) == ("ok", "ok", "dim")
    assert cards[3].note == "⊖ out of the money"


@pytest.mark.requirement("O12")
def test_after_it_the_delivery_with_its_shortfall_its_cost_and_the_hedge(
    desk_of_assignments: AssignmentPanel, day: Desk, qtbot: QtBot
) -> None:
    panel = desk_of_assignments
    holding = Holding(underlying="510050", total=92_000, locked=50_000, covering=50_000)
    due = (
        delivery(day, Right.PUT, "2.60", PositionSide.SHORT, 8),
        delivery(day, Right.CALL, "2.45", PositionSide.SHORT, 12),
    )
    day.on_event(report(day, deliveries=due, holdings=(holding,), positions=()))
    panel.flush()
    cards = {c.key.split(" ")[0] + c.title[:20]: c for c in panel.cards.texts()}
    call = next(c for c in cards.values() if "Call" in c.title)
    # 42,000 free and 50,000 that cover other months: 92,000 of 120,000, three contracts are paid in money
    assert ("Missing", "28,000 shares", "warn") in call.figures
    # (2.466 x 1.1 - 2.45) x 10,000 x 3
    assert ("Money instead, 110 %", "7,878.00", "warn") in call.figures
    assert call.part == pytest.approx(92 / 120)
    plan = next(c for c in cards.values() if c.key.startswith("plan"))
    assert ("Net", "−40,000", "") in plan.figures
    hedge = plan.buttons[0]
    # Forty thousand shares go: four calls of the next month nearest the money
    assert hedge.key == f"hedge {code_of(day, Right.CALL, '2.45', EXPIRIES[1])} 4"
    with qtbot.waitSignal(panel.hedge_wanted) as wanted:
        panel.cards.pressed.emit(plan.key, hedge.key)
    assert wanted.args == [code_of(day, Right.CALL, "2.45", EXPIRIES[1]), 4]
    with qtbot.waitSignal(panel.instruction_wanted) as asked:
        panel.cards.pressed.emit(call.key, call.buttons[0].key)
    assert asked.args == [Kind.SHARES_IN, "510050", 28_000]
    assert panel.bar.note.text() == "2 deliveries of assignments"


@pytest.mark.requirement("X12")
def test_on_the_morning_of_delivery_a_contract_that_has_left_the_list_keeps_its_name(
    desk_of_assignments: AssignmentPanel, day: Desk, languages: Languages
) -> None:
    gone = delivery(day, Right.CALL, "2.45", PositionSide.SHORT, 12, "10009999")
    own = delivery(day, Right.PUT, "2.55", PositionSide.LONG, 3, "10009998")
    day.on_event(report(day, deliveries=(gone, own), positions=()))
    for language, names in (
        ("en", ["50ETF Nov 2.45 Call: 12 assigned", "50ETF Nov 2.55 Put: 3 exercised"]),
        ("zh_CN", ["50ETF购11月2450 被指派 12 张", "50ETF沽11月2550 行权 3 张"]),
    ):
        languages.use(language)
        desk_of_assignments.flush()
        assert [c.title for c in desk_of_assignments.cards.texts()][:2] == names


def test_a_day_too_narrow_for_the_word_today_has_its_ground_alone(panel: CalendarPanel) -> None:
    def written() -> bool:
        """Whether the line of today's number differs from that of the same picture without the word."""
        grid = panel.grid
        area = grid._area(*divmod((TODAY - grid.first).days, 7)).toRect()
        picture = grid.grab(area).toImage()
        right = picture.width() - 3
        ground = picture.pixel(right, picture.height() - 3)
        beside = range(28, right)
        return any(picture.pixel(x, y) != ground for x in beside for y in range(6, 16))

    assert written()
    # As a class with its task above leaves it at 1366 pixels
    panel.grid.setFixedWidth(235)
    assert not written()
