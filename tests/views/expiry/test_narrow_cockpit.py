"""On a small screen no figure of an expiry day that somebody acts on is cut: it is told shorter instead."""

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices
from terminal.views.appearance import Appearance
from terminal.views.expiry.calendar_panel import CalendarPanel
from terminal.views.expiry.cockpit_panel import CockpitPanel
from terminal.views.expiry.todo_list import TodoList
from terminal.views.record_table import Export
from terminal.views.theme import SIZE_TABLE
from terminal.views.translation import Languages
from tests.views.expiry.expiry_rig import put_prices
from tests.views.trading.ticket_rig import Started

pytestmark = pytest.mark.requirement("X1", "X6", "X12")
#: Of the cockpit and of the calendar in a window of 1366 by 768
_ROOM, _CALENDAR = (646, 700), (330, 700)


@pytest.fixture(params=["en", "zh_CN"])
def panel(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    day: Desk,
    services: ExpiryServices,
    appearance: Appearance,
    started: Started,
    export: Export,
    languages: Languages,
) -> CockpitPanel:
    languages.use(request.param)
    panel = CockpitPanel(day, services, appearance, started, export, confirm=lambda: False)
    qtbot.addWidget(panel)
    panel.resize(*_ROOM)
    panel.show()
    panel.flush()
    return panel


def cut_cells(panel: CockpitPanel) -> list[str]:
    table, metrics = panel.writers_table, QFontMetrics(panel._appearance.figures)
    shown = [n for n in range(len(panel.writers.columns)) if not table.isColumnHidden(n)]
    assert table.viewport().width() >= sum(table.columnWidth(n) for n in shown)
    return [
        row[n]
        for row in panel.writers.plain_rows()
        for n in shown
        if metrics.horizontalAdvance(row[n]) > table.columnWidth(n) - 8
    ]


def test_what_the_writers_owe_and_the_verdict_are_whole(panel: CockpitPanel, day: Desk) -> None:
    assert cut_cells(panel) == []
    verdict = panel.writers.column_of("verdict")
    assert not panel.writers_table.isColumnHidden(verdict)
    # Far up every call written is assigned, and 200,000 shares are missing for one: the longest verdict there is
    put_prices(day, 29_900)
    panel.flush()
    assert any("," in row[verdict] for row in panel.writers.plain_rows())
    assert cut_cells(panel) == []


def test_the_change_of_the_underlying_is_whole(panel: CockpitPanel) -> None:
    note = panel.bar.note
    assert note.text().endswith("50ETF 2.466 ▼0.96%")
    assert note.shown.endswith("50ETF 2.466 ▼0.96%")
    note.setFixedWidth(note.fontMetrics().horizontalAdvance("50ETF 2.466 ▼0.96%") + 2)
    assert note.shown == "50ETF 2.466 ▼0.96%"
    assert note.toolTip() == note.text()
    note.setMinimumWidth(0)
    note.setMaximumWidth(1000)
    panel.resize(1200, 700)
    panel.layout().activate()  # type: ignore[union-attr]
    assert note.shown == note.text()


def test_what_is_to_be_done_keeps_its_money(
    qtbot: QtBot, services: ExpiryServices, appearance: Appearance, export: Export
) -> None:
    calendar = CalendarPanel(services, appearance, export, lambda name, text: None)
    qtbot.addWidget(calendar)
    calendar.resize(*_CALENDAR)
    calendar.show()
    calendar.flush()
    todos: TodoList = calendar.todos
    first = todos.todos[0]
    room = todos._button(0).left() - todos.words_left() - 6
    metrics = QFontMetrics(appearance.words_at(SIZE_TABLE))
    assert metrics.horizontalAdvance(todos._detail(first)) > room
    brief = todos.brief(first)
    assert metrics.horizontalAdvance(brief) <= room
    assert brief == f"{first.count} not entered, {int(first.money):,}"
