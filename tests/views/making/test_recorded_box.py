"""The box of recorded days and months: what there is, counted under any terms, and taken away as CSV and as a page."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from terminal.services.obligation_scores import ObligationScores
from terminal.views.obligations.recorded_box import RecordedBox
from terminal.views.translation import Languages
from tests.harness import CALL, DAY
from tests.services.obligation_desk import NEXT_DAY, at, sessions, terms_of, two_days

pytestmark = pytest.mark.requirement("X10", "M6", "X1")
PROFILES = (terms_of("sse_generic"), terms_of("sse_simulation_2014"))


class Stage:
    """The box over two recorded days, after the close of the second."""

    def __init__(self, qtbot: QtBot, *, recorded: bool = True, now: datetime | None = None) -> None:
        records = two_days().records if recorded else []
        self.works: list[Coroutine[Any, Any, Any]] = []
        self.exported: list[tuple[str, list[str], list[list[str]]]] = []
        self.pages: list[tuple[str, str]] = []
        self.parent = parent = QWidget()
        qtbot.addWidget(parent)
        self.box = RecordedBox(
            ObligationScores(lambda: iter(records), sessions(), lambda: PROFILES),
            lambda: PROFILES[0],
            lambda: now or at("15:00:00", NEXT_DAY),
            self.works.append,
            lambda *table: self.exported.append(table),
            lambda *page: self.pages.append(page),
            parent,
        )
        self.box.open_now()
        self.done()

    def done(self) -> None:
        """What was begun ends."""
        while self.works:
            asyncio.run(self.works.pop())

    def count(self, period: str, terms: int) -> None:
        """Choose and press."""
        box = self.box
        box.period.setCurrentIndex(box.period.findText(period))
        box.terms.setCurrentIndex(terms)
        QTest.mouseClick(box.count_button, Qt.MouseButton.LeftButton)
        assert box.said.text()
        self.done()
        assert not box.said.text()

    def line(self, row: int) -> list[str]:
        """What a line says."""
        table = self.box.table
        found = [table.item(row, column) for column in range(table.columnCount())]
        return ["" if item is None else item.text() for item in found]


def test_any_recorded_day_and_the_month_are_counted_under_any_terms(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    box = stage.box
    periods = [box.period.itemText(place) for place in range(box.period.count())]
    assert periods == ["2026-03", NEXT_DAY.isoformat(), DAY.isoformat()]
    assert not box.page_button.isEnabled()
    for row, (period, terms) in enumerate(((DAY.isoformat(), 0), (DAY.isoformat(), 1), ("2026-03", 0))):
        stage.count(period, terms)
        assert stage.line(row)[:2] == [period, "2" if period == "2026-03" else "1"]
    assert stage.line(0)[2] != stage.line(1)[2]
    # What was chosen stays chosen when the journal is read again
    box.open_now()
    stage.done()
    assert box.period.currentText() == "2026-03"


def test_a_line_leaves_as_tables_and_as_a_page_with_the_quotes_behind_it(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    box = stage.box
    stage.count(DAY.isoformat(), 1)
    stage.count("2026-03", 0)
    box.fill_tables()
    actions = box.csv_button.menu().actions()
    assert len(actions) == 4
    for action in actions:
        action.trigger()
    titles = [title for title, _, _ in stage.exported]
    assert all(title.startswith("2026-03 ") and title.endswith(" sse_generic") for title in titles)
    assert {row[5] for row in stage.exported[3][2] if row[0] == CALL} >= {"a", "b", "c"}
    box.page_button.click()
    assert "2026-03-02 - 2026-03-03" in stage.pages[0][1]
    box.table.selectRow(0)
    box.page_button.click()
    assert stage.pages[1][0].startswith(f"{DAY.isoformat()} ")
    assert stage.pages[1][0].endswith(" sse_simulation_2014")


def test_a_journal_without_a_measured_day_says_so(qtbot: QtBot) -> None:
    stage = Stage(qtbot, recorded=False)
    assert "no measured day" in stage.box.said.text()
    assert not stage.box.count_button.isEnabled()


@pytest.mark.requirement("X12")
def test_the_lines_follow_the_language(qtbot: QtBot, languages: Languages) -> None:
    stage = Stage(qtbot)
    stage.count("2026-03", 0)
    english = stage.line(0)[2]
    languages.use("zh_CN")
    stage.box.retranslate()
    assert stage.line(0)[2] != english
    assert stage.box.windowTitle() == "历史日与整月"
