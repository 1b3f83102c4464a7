"""The dashboard over a real desk at a real venue: rows, filters, buttons that quote, questions, evidence."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.messages import CancelQuotes
from terminal.rules.obligations.clock import QuotingState
from terminal.services.quote_pauses import QuotePauses
from terminal.views.appearance import Appearance
from terminal.views.obligations.cells import button_areas
from terminal.views.obligations.gauge import ObligationGauge
from terminal.views.obligations.model import HEADINGS, column_of
from terminal.views.obligations.panel import ObligationPanel
from terminal.views.obligations.pause_box import PauseBox
from terminal.views.obligations.pull_ask import PullAsk
from terminal.views.obligations.rows import Action
from terminal.views.obligations.standing import Level, StandingSource
from terminal.views.theme import SIZE_TABLE
from terminal.views.translation import Languages
from tests.making_rig import CALL, PUT, MakingRig, making_story
from tests.quoting_rig import quote_cancels

Exported = list[tuple[str, list[str], list[list[str]]]]


class Stage:
    """A dashboard on a desk. What it starts on the loop is in `tasks`."""

    def __init__(self, making: MakingRig, appearance: Appearance, qtbot: QtBot) -> None:
        desk = making.rig.desk
        self.making = making
        self.exported: Exported = []
        self.pages: list[tuple[str, str]] = []
        self.tasks: list[asyncio.Task[Any]] = []
        self.source = StandingSource(making.obligations, lambda: desk.portfolio.profile.rights.kind, desk.monotonic)
        self.pauses = QuotePauses(desk, making.rig.theoretical, making.obligations, desk.bus)
        self.asks = PullAsk(self.source, desk.market)
        qtbot.addWidget(self.asks)
        self.box = PauseBox(desk, self.source, self.pauses, self.asks.ask, lambda: "wang")
        self.panel = ObligationPanel(
            desk,
            self.source,
            making.drafts,
            making.scores,
            appearance,
            self.spawn,
            lambda title, headers, rows: self.exported.append((title, headers, rows)),
            lambda title, page: self.pages.append((title, page)),
            lambda: "wang",
            self.box,
        )
        qtbot.addWidget(self.panel)
        self.panel.resize(1440, 560)
        self.panel.show()
        self.flush()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> object:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.append(task)
        return task

    async def done(self) -> None:
        """Everything started has ended."""
        while self.tasks:
            await self.tasks.pop()

    def flush(self) -> None:
        """Show the newest."""
        self.source.now(fresh=True)
        self.panel.flush()

    async def act(self, code: str, action: Action) -> None:
        """Press a button of a row, and let the venue answer."""
        self.making.world.clock.seconds += 1.1
        self.panel.act(code, action)
        await self.making.world.settle()
        self.flush()

    def row(self, code: str) -> int:
        """The row of a contract."""
        row = self.panel.model.row_of(code)
        assert row is not None
        return row

    def text(self, code: str, key: str) -> str:
        """A cell as shown."""
        return str(self.panel.model.index(self.row(code), column_of(key)).data())


Tell = Callable[[Callable[[Stage], Awaitable[None]]], None]


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    def told(story: Callable[[Stage], Awaitable[None]], account: str = "MM1") -> None:
        async def played(making: MakingRig) -> None:
            stage = Stage(making, appearance, qtbot)
            await stage.done()
            await story(stage)
            await stage.done()

        making_story(tmp_path, played, account)

    return told


@pytest.mark.requirement("M5", "M6", "X1")
def test_a_gap_is_closed_widened_and_paused_from_its_row(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        measure = stage.making.obligations.measure
        assert measure is not None
        assert stage.text(PUT, "live").startswith("Gap ")
        assert stage.text(PUT, "bid") == "–"
        await stage.act(PUT, Action.JOIN)
        assert measure.state(PUT) is QuotingState.LIVE
        assert stage.text(PUT, "live") == "Both sides"
        assert stage.text(PUT, "size") == "10 / 10"
        width, _, allowed = stage.text(PUT, "spread").partition(" / ")
        assert 0 < int(width) <= int(allowed)
        assert "sent" in stage.panel.said.text()
        # A second press at once is none (F80)
        sent = len(stage.making.rig.gateway.sent)
        stage.panel.act(PUT, Action.WIDEN)
        stage.panel.act(PUT, Action.WIDEN)
        assert len(stage.making.rig.gateway.sent) <= sent + 1
        await stage.making.world.settle()
        await stage.act(PUT, Action.PAUSE)
        assert stage.box.isVisible()
        assert stage.box.asked.text().startswith("Pause ")
        assert not quote_cancels(stage.making.rig)
        stage.box.pause_button.click()
        await stage.making.world.settle()
        assert quote_cancels(stage.making.rig) == [CancelQuotes(contract_code=PUT)]
        stage.flush()
        assert measure.state(PUT) is not QuotingState.LIVE

    tell(story)


@pytest.mark.requirement("X1")
def test_what_was_asked_and_said_does_not_stay_for_ever(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        assert stage.panel.strip.isVisible()
        stage.making.world.clock.seconds += 61.0
        stage.flush()
        assert not stage.panel.strip.isVisible()

    tell(story)


@pytest.mark.requirement("M6")
def test_rows_follow_the_model_and_filters_count(tell: Tell, qtmodeltester: ModelTester) -> None:
    async def story(stage: Stage) -> None:
        model = stage.panel.model
        qtmodeltester.check(model)
        assert model.rowCount() == 4
        await stage.act(PUT, Action.JOIN)
        stage.panel.table.setCurrentIndex(model.index(stage.row(PUT), 1))
        missed = next(b for b in stage.panel.filters if "Missed" in b.text())
        assert missed.text().strip() == "Missed 3"
        missed.click()
        assert model.rowCount() == 3
        assert model.row_of(PUT) is None
        stage.panel.filters[0].click()
        assert model.rowCount() == 4
        for column in range(len(HEADINGS)):
            for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
                model.sort(column, order)
                assert sorted(model._places) == [0, 1, 2, 3]
        stage.panel.table.setCurrentIndex(model.index(stage.row(CALL), 1))
        model.sort(column_of("now"), Qt.SortOrder.DescendingOrder)
        assert stage.panel.table.current_code == CALL
        assert stage.row(PUT) == 0

    tell(story)


@pytest.mark.requirement("X1")
def test_keys_and_painted_buttons_press_the_same(tell: Tell, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(stage: Stage) -> None:
        table, wanted = stage.panel.table, []
        table.action_wanted.connect(lambda code, action: wanted.append((code, action)))
        chosen: list[str] = []
        table.contract_chosen.connect(chosen.append)
        index = stage.panel.model.index(stage.row(CALL), column_of("actions"))
        table.setCurrentIndex(index)
        assert chosen[-1] == CALL
        table.grab()
        line = stage.panel.model.line(index.row())
        assert line is not None
        metrics = QFontMetrics(appearance.words_at(SIZE_TABLE))
        areas = dict(button_areas(line, table.visualRect(index), metrics))
        assert set(areas) == {Action.JOIN, Action.TICKET}
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=areas[Action.TICKET].center())
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=areas[Action.TICKET].center() + QPoint(60, 0))
        assert wanted == [(CALL, Action.TICKET)]
        # W and P do not fit a contract that is not quoted, and say so
        for key, told in ((Qt.Key.Key_W, "widened"), (Qt.Key.Key_P, "paused"), (Qt.Key.Key_R, "is not paused")):
            QTest.keyClick(table, key)
            assert told in stage.panel.said.text()
            assert stage.panel.strip.isVisibleTo(stage.panel)
        QTest.keyClick(table, Qt.Key.Key_J)
        assert wanted[1:] == [(CALL, Action.JOIN)]
        entries = [entry for entry in table.menu().actions() if not entry.isSeparator()]
        assert [entry.isEnabled() for entry in entries] == [True, False, False, False, True, True, True]

    tell(story)


@pytest.mark.requirement("M6", "X1")
def test_evidence_leaves_as_tables_and_as_a_page(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        await stage.making.wait(2.0)
        for number in range(4):
            stage.panel.evidence.export_table(number)
        titles = [title for title, _, _ in stage.exported]
        assert [title.split(" ", 1)[1] for title in titles] == ["Summary", "Contracts", "Inquiries", "Evidence"]
        evidence = stage.exported[3]
        assert any(row[0] == PUT and "Quoted" in row for row in evidence[2])
        assert all(len(row) == len(evidence[1]) for row in evidence[2])
        stage.panel.evidence.export_page()
        assert "<table>" in stage.pages[0][1]
        stage.panel.evidence.fill_export()
        actions = stage.panel.evidence.export_button.menu().actions()
        assert len([action for action in actions if not action.isSeparator()]) == 7
        actions[-1].trigger()
        await stage.done()
        today = stage.making.rig.desk.clock.now().date().isoformat()
        assert stage.panel.recorded_box.period.findText(today) > 0
        stage.panel.recorded_box.close()

    tell(story)


@pytest.mark.requirement("X10")
def test_today_under_other_terms_is_said_beside_the_terms_in_force(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        await stage.making.rig.journal.flush()
        stage.panel.evidence.fill_scores()
        entries = stage.panel.evidence.score_button.menu().actions()
        assert [entry.isEnabled() for entry in entries if not entry.isSeparator()] == [False, True, True]
        entries[1].trigger()
        await stage.done()
        assert "in force" in stage.panel.said.text()

    tell(story)


@pytest.mark.requirement("M6")
def test_an_account_that_owes_nothing_reads_so(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> None:
    async def played(making: MakingRig) -> None:
        stage = Stage(making, appearance, qtbot)
        assert "no market maker" in stage.panel.nothing.text()
        assert stage.panel.nothing.isVisible()
        gauge = ObligationGauge(stage.source, appearance)
        gauge.flush()
        assert gauge.isHidden()
        await stage.done()

    making_story(tmp_path, played, "880000001888")


@pytest.mark.requirement("X12")
def test_every_word_changes_with_the_language_and_narrow_tables_drop_columns(
    tell: Tell, languages: Languages, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(stage: Stage) -> None:
        gauge = ObligationGauge(stage.source, appearance)
        qtbot.addWidget(gauge)
        gauge.flush()
        assert gauge.counts == (0, 0, 4)
        languages.use("zh_CN")
        stage.flush()
        gauge.flush()
        gauge.grab()
        assert stage.panel.filters[0].text().strip() == "全部 4"
        assert stage.text(PUT, "live").startswith("缺 ")
        assert stage.panel.model.headerData(column_of("slack"), Qt.Orientation.Horizontal) == "余量"
        header = stage.panel.table.horizontalHeader()
        assert not header.isSectionHidden(column_of("exempt"))
        stage.panel.resize(820, 500)
        stage.panel.grab()
        hidden = {h.key for n, h in enumerate(HEADINGS) if header.isSectionHidden(n)}
        assert {"exempt", "compliant", "size"} <= hidden
        assert not hidden & {"lamp", "name", "bid", "ask", "live", "now", "slack", "actions"}
        assert header.length() <= stage.panel.table.viewport().width()
        first = stage.panel.model.line(0)
        assert first is not None
        assert stage.panel.cards.cards[-1].notes[0] == (first.name, "")
        assert first.name in stage.panel.cards.accessibleName()
        # What the layout for making leaves it on the smallest screen, less a scroll bar
        stage.panel.resize(850, 334)
        stage.panel.grab()
        assert not any(header.isSectionHidden(column_of(key)) for key in ("bid", "ask", "day"))
        languages.use("en")

    tell(story)


@pytest.mark.requirement("X1")
def test_only_rows_in_sight_are_made_and_the_level_of_each_is_painted(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        stage.panel.model.lines.forget()
        stage.panel.resize(1440, 330)
        stage.panel.grab()
        made = len(stage.panel.model.lines._made)
        assert 0 < made <= 4
        lines = [stage.panel.model.line(row) for row in range(4)]
        assert {line.level for line in lines if line is not None} <= {Level.MISSED, Level.CRITICAL, Level.GOOD}

    tell(story)


@pytest.mark.requirement("M6", "X1")
def test_the_table_goes_to_csv_with_one_figure_to_a_cell(tell: Tell, languages: Languages) -> None:
    async def story(stage: Stage) -> None:
        await stage.act(PUT, Action.JOIN)
        (action,) = [a for a in stage.panel.table.menu().actions() if a.text() == "Export to CSV…"]
        action.trigger()
        languages.use("zh_CN")
        stage.panel.evidence.fill_export()
        stage.panel.evidence.export_button.menu().actions()[0].trigger()
        for _, headers, rows in stage.exported:
            assert len(rows) == stage.panel.model.rowCount()
            assert {len(row) for row in rows} == {len(headers)}
            assert not any(" / " in text for line in (headers, *rows) for text in line)
        (title, headers, rows), (chinese, *_) = stage.exported
        assert (title, chinese) == ("Obliged contracts", "义务合约")
        assert headers[:7] == ["Contract", "My bid", "My ask", "Size", "min", "Spread", "allowed"]
        languages.use("en")
        size, least = stage.text(PUT, "size").split(" / ")
        assert rows[stage.row(PUT)][3:5] == [size, least]

    tell(story)
