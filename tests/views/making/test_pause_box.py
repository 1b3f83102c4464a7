"""The box that asks until when: keys, a first choice, what it costs, refusals, an early end, the row's words."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTime
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.obligations.cells import button_areas
from terminal.views.obligations.model import column_of
from terminal.views.obligations.pause_times import FIRST_PAUSE, PAUSE_TIMES
from terminal.views.obligations.rows import Action
from terminal.views.theme import SIZE_TABLE
from terminal.views.translation import Languages
from tests.making_rig import PUT
from tests.views.making.test_dashboard import Stage, Tell, tell

__all__ = ["tell"]
pytestmark = pytest.mark.requirement("M6", "X1")


def until(stage: Stage) -> str:
    pause = stage.pauses.of(PUT)
    assert pause is not None
    return f"{pause.until:%H:%M:%S}"


def test_keys_choose_the_time_and_the_row_counts_it_down(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        await stage.act(PUT, Action.PAUSE)
        box, now = stage.box, stage.making.rig.desk.clock.now()
        assert box.choices[FIRST_PAUSE].isChecked()
        assert f"{now + timedelta(minutes=5):%H:%M}" in box.until.text()
        for choice in PAUSE_TIMES:
            QTest.keyClick(box, choice.key)
            assert box.choices[choice].isChecked()
        QTest.keyClick(box, Qt.Key.Key_C)
        assert "15:00:00" in box.until.text()
        # Two times side by side would leave open which is meant
        box.flush()
        assert box.time.time() == QTime(15, 0, 0)
        assert box.choices[PAUSE_TIMES[5]].isChecked()
        QTest.keyClick(box, Qt.Key.Key_Escape)
        assert not box.isVisible()
        assert not stage.pauses.of(PUT)
        await stage.act(PUT, Action.PAUSE)
        QTest.keyClick(box, Qt.Key.Key_2)
        QTest.keyClick(box, Qt.Key.Key_Return)
        stage.flush()
        assert stage.text(PUT, "live").startswith(f"paused until {until(stage)} · 0")
        assert "paused until" in stage.panel.said.text()
        line = stage.panel.model.line(stage.row(PUT))
        assert line is not None
        assert line.actions == (Action.RESUME, Action.PAUSE, Action.TICKET)
        before = stage.text(PUT, "live")
        await stage.making.wait(3.0)
        stage.flush()
        assert stage.text(PUT, "live") != before
        tip = stage.panel.model.index(stage.row(PUT), 6).data(Qt.ItemDataRole.ToolTipRole)
        assert "by wang" in tip

    tell(story)


def test_a_clock_time_is_the_venues_and_one_that_is_over_is_refused_where_it_was_typed(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        await stage.act(PUT, Action.PAUSE)
        box = stage.box
        for wrong in (QTime(9, 0, 0), QTime(15, 0, 1)):
            box.time.setTime(wrong)
            assert box.choices[PAUSE_TIMES[-1]].isChecked()
            QTest.keyClick(box.time, Qt.Key.Key_Return)
            assert box.isVisible()
            assert "15:00:00" in box.costs.text()
            box.flush()
            assert "15:00:00" in box.costs.text()
            assert stage.pauses.of(PUT) is None
        box.time.setTime(QTime(14, 30, 15))
        QTest.keyClick(box.time, Qt.Key.Key_Return)
        assert until(stage) == "14:30:15"

    tell(story)


def test_a_pause_is_changed_and_ended_from_row_and_box(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        await stage.act(PUT, Action.PAUSE)
        stage.box.pause_button.click()
        first = until(stage)
        await stage.act(PUT, Action.PAUSE)
        assert f"paused until {first}" in stage.box.asked.text()
        assert stage.box.end_button.isVisible()
        QTest.keyClick(stage.box, Qt.Key.Key_3)
        stage.box.pause_button.click()
        assert until(stage) > first
        await stage.act(PUT, Action.RESUME)
        assert stage.pauses.of(PUT) is None
        # Quoted by hand, it comes back by hand
        stage.panel.model.lines.kept_out = lambda code: "no strategy quotes it"
        stage.flush()
        assert stage.text(PUT, "live") == "pause over: no strategy quotes it"
        await stage.act(PUT, Action.JOIN)
        assert stage.text(PUT, "live") == "Both sides"
        titles = [table for table, _, _ in stage.exported]
        stage.panel.evidence.fill_export()
        entries = {a.text(): a for a in stage.panel.evidence.export_button.menu().actions()}
        entries["Pauses (CSV)"].trigger()
        assert len(stage.exported) == len(titles) + 1
        assert [row[4] for row in stage.exported[-1][2]] == ["wang", "wang"]

    tell(story)


@pytest.mark.requirement("X12")
def test_the_box_speaks_the_language_in_force(tell: Tell, languages: Languages) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        await stage.act(PUT, Action.PAUSE)
        languages.use("zh_CN")
        QCoreApplication.sendPostedEvents()
        stage.box.flush()
        assert stage.box.asked.text().startswith("暂停 ")
        assert stage.box.choices[FIRST_PAUSE].text() == "5 分钟"
        stage.box.pause_button.click()
        stage.flush()
        assert stage.text(PUT, "live").startswith("暂停至 ")
        languages.use("en")

    tell(story)


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_paused_row_keeps_every_button_on_the_smallest_screen(
    tell: Tell, languages: Languages, appearance: Appearance, language: str
) -> None:
    async def story(stage: Stage) -> None:
        languages.use(language)
        # What the layout for making leaves it at 1366 pixels, less a scroll bar
        stage.panel.resize(850, 334)
        await stage.act(PUT, Action.JOIN)
        await stage.act(PUT, Action.PAUSE)
        stage.box.pause_button.click()
        stage.flush()
        stage.panel.grab()
        table, row = stage.panel.table, stage.row(PUT)
        line = stage.panel.model.line(row)
        assert line is not None
        cell = table.visualRect(stage.panel.model.index(row, column_of("actions")))
        assert cell.right() <= table.viewport().width()
        areas = button_areas(line, cell, QFontMetrics(appearance.words_at(SIZE_TABLE)))
        assert [action for action, _ in areas] == [Action.RESUME, Action.PAUSE, Action.TICKET]
        languages.use("en")

    tell(story)


@pytest.mark.parametrize(("top", "bottom"), [(550, 549), (20, 90)])
def test_the_box_stands_over_the_head_of_its_table_below_the_bars_of_the_window(
    tell: Tell, top: int, bottom: int
) -> None:
    async def story(stage: Stage) -> None:
        window = QWidget()
        window.resize(1366, 768)
        table = QWidget(window)
        table.setGeometry(0, top, 850, 150)
        box = stage.box
        box.open_for(PUT, table, lambda text, role: None)
        place = box.geometry()
        assert place.bottom() == bottom if top > 90 else place.top() == bottom
        assert (place.left(), place.right()) == (115, 734)
        box.setParent(stage.panel)
        window.deleteLater()

    tell(story)
