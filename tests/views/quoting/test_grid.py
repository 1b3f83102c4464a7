"""The grid over the real desk: what it shows, what it stages, what it refuses, and that what is applied is quoted."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.orders import Side
from terminal.strategies.contract_terms import ContractTerms
from terminal.strategies.entry import StrategyState
from terminal.views.appearance import Appearance
from terminal.views.quoting.columns import COLUMNS, Column
from terminal.views.quoting.model import STAGED_ROLE, SWITCH_ROLE
from terminal.views.theme import ThemeName
from terminal.views.translation import Languages
from tests.harness import ACCOUNT, CHEAP_CALL, FUND, PUT
from tests.views.quoting.console_rig import Console, Tell, console_story

pytestmark = pytest.mark.requirement("M4")


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    """Tell a story on a console."""
    return partial(console_story, tmp_path, appearance)


@pytest.mark.requirement("M3")
def test_every_contract_stands_under_its_expiry_with_what_runs(tell: Tell, qtmodeltester: ModelTester) -> None:
    async def story(console: Console) -> None:
        model = console.panel.model
        qtmodeltester.check(model)
        heads = [line for line in model.lines if line.place < 0]
        assert {line.expiry for line in heads} == set(console.maker.expiries(FUND))
        assert "Live" in console.text(PUT, Column.STATE)
        number = console.rig.theoretical.universe.number_of[PUT]
        assert float(console.text(PUT, Column.THEO)) == pytest.approx(
            console.rig.theoretical.price[number] / 10_000, abs=6e-5
        )
        live = console.rig.quoting.live(PUT)
        assert live is not None
        allowed = int(console.maker.allowed(np.array([number]), np.array([live.bid]))[0])
        assert console.text(PUT, Column.SPREAD) == f"{live.ask - live.bid} / {allowed}"
        assert console.text(PUT, Column.SIZE) == "5"
        assert console.panel.count == 2
        # Folded away and out again
        rows = model.rowCount()
        model.fold(heads[0].expiry)
        assert model.rowCount() < rows
        model.fold(heads[0].expiry)
        assert model.rowCount() == rows

    tell(story)


@pytest.mark.requirement("M3")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_fills_and_edge_are_seen_in_the_quoting_layout_at_1920(tell: Tell, languages: Languages, language: str) -> None:
    async def story(console: Console) -> None:
        languages.use(language)
        QCoreApplication.sendPostedEvents()
        grid = console.panel.grid
        # What the layout leaves the panel beside the rail and the boxes at the right
        console.panel.resize(1256, 300)
        QCoreApplication.sendPostedEvents()
        right = grid.columnViewportPosition(Column.EDGE) + grid.columnWidth(Column.EDGE)
        assert right <= grid.viewport().width()

    tell(story)


def test_cells_are_staged_and_applied_while_the_quoter_runs(tell: Tell) -> None:
    async def story(console: Console) -> None:
        model, bar = console.panel.model, console.panel.bar
        assert not bar.apply.isEnabled()
        assert console.put(PUT, Column.SIZE, "9")
        cell = model.index(console.row(PUT), Column.SIZE)
        assert (cell.data(), cell.data(STAGED_ROLE)) == ("9", True)
        assert "1" in bar.staged.text()
        # Staged is not in force
        await console.beat()
        live = console.rig.quoting.live(PUT)
        assert live is not None
        assert live.bid_quantity == 5
        console.panel.apply()
        await console.beat()
        live = console.rig.quoting.live(PUT)
        assert live is not None
        assert live.bid_quantity == 9
        assert not model.index(console.row(PUT), Column.SIZE).data(STAGED_ROLE)
        assert console.control.parameters.contracts == {PUT: ContractTerms(size=9)}
        assert not bar.apply.isEnabled()
        # Blank gives a cell back; back to what runs is nothing staged
        assert console.put(PUT, Column.SIZE, "")
        assert console.put(PUT, Column.SIZE, "9")
        assert len(model.edits) == 0

    tell(story)


def test_revert_drops_and_undo_takes_one_step_back(tell: Tell) -> None:
    async def story(console: Console) -> None:
        model = console.panel.model
        console.put(PUT, Column.SIZE, "9")
        console.put(PUT, Column.SIZE, "11")
        console.put(CHEAP_CALL, Column.TOLERANCE, "3")
        console.panel.grid.undo()
        console.panel.grid.undo()
        assert (len(model.edits), console.text(PUT, Column.SIZE)) == (1, "9")
        console.panel.revert()
        assert (len(model.edits), console.text(PUT, Column.SIZE)) == (0, "5")

    tell(story)


def test_a_paste_is_taken_whole_or_refused_with_field_value_and_rule(tell: Tell) -> None:
    async def story(console: Console) -> None:
        panel, grid = console.panel, console.panel.grid
        first = min(console.row(PUT), console.row(CHEAP_CALL))
        console.put(PUT, Column.TOLERANCE, "4")
        grid.choose(first, Column.SIZE)
        assert not grid.paste_text("9\t+1.5\n8\tmany")
        assert "Δ skew" in panel.message.text()
        assert "many" in panel.message.text()
        assert len(panel.model.edits) == 1
        assert grid.paste_text("9\t+1.5\r\n8\t−2\r\n")
        assert len(panel.model.edits) == 5
        assert not panel.message.text()
        below = panel.model.index(first + 1, Column.DELTA_SKEW)
        assert below.data() == "−2.0"
        for hostile in ("1\t" * 400, "1\n" * 5000, "x" * 300_000, "\x00", "=cmd()"):
            assert not grid.paste_text(hostile)
        assert len(panel.model.edits) == 5
        grid.choose(first, Column.THEO)
        assert not grid.paste_text("0.1")

    tell(story)


def test_fill_down_copy_and_keys(tell: Tell) -> None:
    async def story(console: Console) -> None:
        model, grid = console.panel.model, console.panel.grid
        rows = [n for n, line in enumerate(model.lines) if line.place >= 0]
        stretch = [rows[0]]
        while stretch[-1] + 1 in rows:
            stretch.append(stretch[-1] + 1)
        model.setData(model.index(stretch[0], Column.SIZE), "7")
        grid.choose(stretch[0], Column.SIZE, stretch[-1])
        QTest.keyClick(grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        assert [model.index(row, Column.SIZE).data() for row in stretch] == ["7"] * len(stretch)
        QTest.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == "\n".join(["7"] * len(stretch))
        QTest.keyClick(grid, Qt.Key.Key_Delete)
        assert len(model.edits) == 0
        grid.choose(stretch[0], Column.BID)
        QTest.keyClick(grid, Qt.Key.Key_Space)
        assert model.index(stretch[0], Column.BID).data(SWITCH_ROLE) is False
        QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert model.index(stretch[0], Column.BID).data(SWITCH_ROLE) is True

    tell(story)


@pytest.mark.requirement("M3")
def test_sides_expiries_shadow_and_the_pull_that_nothing_holds_up(tell: Tell) -> None:
    async def story(console: Console) -> None:
        panel, control = console.panel, console.control
        panel.pause(Side.BUY)
        await console.beat()
        assert console.rig.quoting.live(PUT) is None
        assert "paused" in console.text(PUT, Column.CAUSE)
        assert panel.bar.pause_bid.isChecked()
        panel.pause(Side.BUY)
        put = console.rig.desk.market.contract(PUT)
        assert put is not None
        panel.toggle_expiry(put.expiry)
        await console.beat()
        assert console.rig.quoting.live(PUT) is None
        panel.toggle_expiry(put.expiry)
        panel.set_shadow(True)
        await console.beat()
        assert control.is_shadow
        assert "Shadow" in console.text(PUT, Column.STATE)
        panel.set_shadow(False)
        await console.beat()
        assert console.rig.quoting.live(PUT) is not None
        # No journal, and still out
        console.rig.orders.journal_failed(OSError("full"))
        panel.pull_all()
        await console.beat()
        assert not console.rig.quoting.board.live_numbers
        assert control.entry.state is StrategyState.STOPPED

    tell(story)


@pytest.mark.requirement("M3")
def test_one_key_takes_a_row_an_expiry_and_the_underlying_out_and_back(tell: Tell) -> None:
    async def story(console: Console) -> None:
        grid, live = console.panel.grid, console.rig.quoting.live
        shift, both = (
            Qt.KeyboardModifier.ShiftModifier,
            (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier),
        )
        grid.choose(console.row(PUT), Column.THEO)
        for modifiers in (Qt.KeyboardModifier.NoModifier, shift, both):
            QTest.keyClick(grid, Qt.Key.Key_Q, modifiers)
            await console.beat()
            assert live(PUT) is None
            # The row alone: what stands beside it goes on
            assert (live(CHEAP_CALL) is not None) == (modifiers == Qt.KeyboardModifier.NoModifier)
            QTest.keyClick(grid, Qt.Key.Key_Q, modifiers)
            await console.beat()
            await console.beat()
            assert live(PUT) is not None
            assert live(CHEAP_CALL) is not None
        # What is staged stays staged, and a key that hangs does nothing more
        console.put(PUT, Column.SIZE, "9")
        QTest.keyClick(grid, Qt.Key.Key_Q)
        hanging = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier, "q", True)
        grid.keyPressEvent(hanging)
        await console.beat()
        assert live(PUT) is None
        assert len(console.panel.model.edits) == 1

    tell(story)


def test_what_the_gate_says_stands_beside_the_contract(tell: Tell) -> None:
    async def story(console: Console) -> None:
        console.put(PUT, Column.SIZE, "60")
        console.panel.apply()
        await console.beat()
        assert "quantity" in console.text(PUT, Column.CAUSE)

    tell(story)


def test_fills_and_edge_of_a_quote_are_counted(tell: Tell) -> None:
    async def story(console: Console) -> None:
        live = console.rig.quoting.live(PUT)
        assert live is not None
        await console.trade(PUT, f"{live.bid / 10_000:.4f}", 2)
        await console.beat()
        assert console.text(PUT, Column.FILLS) == "1"
        assert console.text(PUT, Column.EDGE).startswith("+")
        assert console.text(PUT, Column.POSITION).startswith("+2")

    tell(story)


def test_of_an_account_that_is_no_makers_a_plain_line_says_so(tell: Tell) -> None:
    async def story(console: Console) -> None:
        assert console.panel.no_maker.isVisible()
        assert console.protection.no_maker.isVisible()
        assert not console.panel.grid.isVisible()
        assert not list(console.quoting.engine.entries)
        assert console.maker.protection.rules is None

    tell(story, account=ACCOUNT, quotes=False)


@pytest.mark.requirement("X12")
def test_both_languages_and_themes(tell: Tell, languages: Languages, appearance: Appearance) -> None:
    async def story(console: Console) -> None:
        console.put(PUT, Column.VEGA_SKEW, "0.5")
        for language, theme in (("zh_CN", ThemeName.LIGHT), ("en", ThemeName.DARK)):
            languages.use(language)
            appearance.set_theme(theme)
            console.panel.flush()
            assert not console.panel.grab().isNull()
            assert not console.protection.grab().isNull()
            titles = [console.panel.model.headerData(c, Qt.Orientation.Horizontal) for c in COLUMNS]
            assert all(titles)
            assert ("状态" in titles) == (language == "zh_CN")
        assert len(console.panel.model.edits) == 1

    tell(story)


def test_a_look_tells_of_the_columns_that_moved_however_many_contracts_there_are(tell: Tell) -> None:
    async def story(console: Console) -> None:
        model = console.panel.model
        told: list[tuple[int, int, int]] = []

        def hear(first: QModelIndex, last: QModelIndex) -> None:
            assert first.column() == last.column()
            told.append((first.column(), first.row(), last.row()))

        console.panel.flush()
        model.dataChanged.connect(hear)
        for _ in range(20):
            console.panel.flush()
        assert told == []
        # Every contract has another price, and room for another width: one word a column, whatever the lines
        console.rig.theoretical.price[:] += 10
        console.panel.flush()
        last = len(model.lines) - 1
        assert last > 1
        assert told == [(Column.THEO, 0, last), (Column.SPREAD, 0, last)]

    tell(story)


@pytest.mark.requirement("X1")
def test_the_grid_goes_to_csv_with_one_figure_to_a_cell(tell: Tell, languages: Languages) -> None:
    async def story(console: Console) -> None:
        exported: list[tuple[str, list[str], list[list[str]]]] = []
        console.panel._export = lambda *table: exported.append(table)
        (action,) = [a for a in console.panel.grid.menu().actions() if a.text() == "Export to CSV…"]
        action.trigger()
        languages.use("zh_CN")
        console.panel.export_csv()
        shown = [line for line in console.panel.model.lines if line.place >= 0]
        for title, headers, rows in exported:
            assert title.endswith(FUND)
            assert not any(" / " in name for name in headers)
            assert len(rows) == len(shown)
            assert {len(row) for row in rows} == {len(headers)} == {len(COLUMNS) + 3}
        _, headers, rows = exported[0]
        row = dict(zip(headers, rows[[line.code for line in shown].index(PUT)], strict=True))
        assert (row["Bid"], row["State"], row["limit"]) == ("on", "Live", "∞")
        contract = console.maker.desk.market.contract(PUT)
        assert contract is not None
        assert row["Expiry"] == contract.expiry.isoformat()

    tell(story)


@pytest.mark.requirement("M4", "X1")
def test_a_narrow_grid_has_what_is_watched_before_the_terms(tell: Tell, qtbot: QtBot) -> None:
    async def story(console: Console) -> None:
        grid, header = console.panel.grid, console.panel.grid.horizontalHeader()
        wide = [header.logicalIndex(place) for place in range(len(COLUMNS))]
        assert wide == list(COLUMNS)
        # As wide as the layout for quoting leaves it at 1366 pixels
        console.panel.resize(950, 300)
        console.panel.show()
        qtbot.waitUntil(lambda: header.visualIndex(Column.SPREAD) == Column.THEO + 1)
        watched = [Column.SPREAD, Column.SIZE, Column.STATE, Column.CAUSE, Column.EDGE]
        order = [header.logicalIndex(place) for place in range(len(COLUMNS))]
        first = [Column.BID, Column.ASK, Column.CONTRACT, Column.THEO]
        assert order == [*first, *watched, *(n for n in wide if n not in (*first, *watched))]
        row = console.row(PUT)
        for column in (*watched, Column.WIDTH, Column.HALF):
            assert grid.visualRect(console.panel.model.index(row, column)).right() < grid.viewport().width()
        # The line of an expiry reaches from one edge to the other all the same
        head = next(n for n, line in enumerate(console.panel.model.lines) if line.place < 0)
        assert grid.visualRect(console.panel.model.index(head, 0)).width() >= header.length() - 1
        console.panel.resize(1700, 300)
        qtbot.waitUntil(lambda: [header.logicalIndex(place) for place in range(len(COLUMNS))] == wide)

    tell(story)


def test_what_the_bar_says_ends_in_an_ellipsis_where_it_has_no_room(tell: Tell, qtbot: QtBot) -> None:
    async def story(console: Console) -> None:
        bar = console.panel.bar
        console.panel.resize(900, 300)
        console.panel.show()
        said = "Stopped at 09:30:00 by somebody with quite a long name who sits at the desk of a night"
        bar.show_state(active=False, shadow=False, bid_paused=False, ask_paused=False, note=said, critical=False)
        qtbot.waitUntil(lambda: bar.note.shown.endswith("…"))
        assert (bar.note.text(), bar.note.toolTip()) == (said, said)

    tell(story)
