"""What is typed into the grid is what was meant, Ctrl+Return applies it, and the head of an expiry follows at once."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.quoter_parameters import half_width_of
from terminal.views.appearance import Appearance
from terminal.views.quoting.columns import Column
from terminal.views.quoting.model import EXPIRY_ROLE, SWITCH_ROLE
from tests.harness import CHEAP_CALL, PUT
from tests.views.quoting.console_rig import Console, Tell, console_story

pytestmark = pytest.mark.requirement("M4")
_CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tell(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> Tell:
    """Tell a story on a console."""
    return partial(console_story, tmp_path, appearance)


def _editor(console: Console) -> QLineEdit:
    """The field of the cell that is edited."""
    editor = console.panel.grid.viewport().focusWidget()
    assert isinstance(editor, QLineEdit)
    return editor


@pytest.mark.parametrize(
    ("said", "share"), [("30", 0.3), ("30%", 0.3), ("30％", 0.3), ("0.3", 0.3), ("1", 1.0), ("150 %", 1.5), ("7", 0.07)]
)
def test_a_share_of_the_allowed_width_is_typed_as_it_is_shown(tell: Tell, said: str, share: float) -> None:
    async def story(console: Console) -> None:
        model = console.panel.model
        assert console.put(PUT, Column.WIDTH, "allowed")
        assert console.put(PUT, Column.HALF, said)
        assert model.terms(PUT).half_width == pytest.approx(share)
        assert console.text(PUT, Column.HALF) == f"{share:.0%}"
        # An editor begins with what the cell shows, and taking it unchanged changes nothing
        begins = model.index(console.row(PUT), Column.HALF).data(Qt.ItemDataRole.EditRole)
        assert begins == f"{share:.0%}"
        assert console.put(PUT, Column.HALF, begins)
        assert model.terms(PUT).half_width == pytest.approx(share)

    tell(story)


def test_a_half_width_of_another_rule_is_not_kept(tell: Tell) -> None:
    async def story(console: Console) -> None:
        model, own = console.panel.model, console.control.parameters
        assert console.put(PUT, Column.WIDTH, "allowed")
        assert console.put(PUT, Column.HALF, "30")
        assert console.put(PUT, Column.WIDTH, "ticks")
        # Not 0.3 ticks: as wide as the quoter's own in ticks
        assert model.terms(PUT).half_width == own.half_ticks
        console.panel.grid.undo()
        assert (model.terms(PUT).width, model.terms(PUT).half_width) == (WidthRule.ALLOWED, 0.3)
        # The same rule again changes nothing, and blank takes both back to the quoter's own
        assert console.put(PUT, Column.WIDTH, "allowed")
        assert model.terms(PUT).half_width == 0.3
        assert console.put(PUT, Column.WIDTH, "volatility")
        assert console.put(PUT, Column.HALF, "2")
        assert console.put(PUT, Column.WIDTH, "")
        assert (model.terms(PUT).width, model.terms(PUT).half_width) == (own.width, half_width_of(own, own.width))

    tell(story)


def test_ticks_are_ticks_and_a_rule_pasted_beside_its_figure_decides_its_unit(tell: Tell) -> None:
    async def story(console: Console) -> None:
        model, grid = console.panel.model, console.panel.grid
        assert console.put(PUT, Column.WIDTH, "ticks")
        assert console.put(PUT, Column.HALF, "30")
        assert (console.text(PUT, Column.HALF), model.terms(PUT).half_width) == ("30", 30.0)
        grid.choose(console.row(PUT), Column.WIDTH)
        assert grid.paste_text("allowed\t40")
        assert (model.terms(PUT).width, model.terms(PUT).half_width) == (WidthRule.ALLOWED, 0.4)
        assert grid.paste_text("ticks\t40")
        assert (model.terms(PUT).width, model.terms(PUT).half_width) == (WidthRule.TICKS, 40.0)

    tell(story)


def test_control_return_applies_from_the_grid_and_from_the_cell_that_is_typed_into(tell: Tell) -> None:
    async def story(console: Console) -> None:
        grid = console.panel.grid
        grid.setFocus()
        console.put(CHEAP_CALL, Column.SIZE, "8")
        grid.choose(console.row(CHEAP_CALL), Column.SIZE)
        QTest.keyClick(grid, Qt.Key.Key_Return, _CONTROL)
        assert console.control.parameters.contracts[CHEAP_CALL].size == 8
        grid.choose(console.row(PUT), Column.SIZE)
        QTest.keyClicks(grid, "9")
        QTest.keyClick(_editor(console), Qt.Key.Key_Return, _CONTROL)
        QCoreApplication.sendPostedEvents()
        assert console.control.parameters.contracts[PUT].size == 9
        assert len(console.panel.model.edits) == 0

    tell(story)


def test_return_takes_what_was_typed_and_control_return_applies_nothing_beside_what_is_refused(tell: Tell) -> None:
    async def story(console: Console) -> None:
        grid = console.panel.grid
        grid.setFocus()
        grid.choose(console.row(CHEAP_CALL), Column.SIZE)
        QTest.keyClicks(grid, "8")
        # Warnings of Qt are errors here: none is given for a cell that is edited already
        QTest.keyClick(_editor(console), Qt.Key.Key_Return)
        QCoreApplication.sendPostedEvents()
        assert len(console.panel.model.edits) == 1
        grid.choose(console.row(PUT), Column.SIZE)
        QTest.keyClicks(grid, "9")
        _editor(console).setText("many")
        QTest.keyClick(_editor(console), Qt.Key.Key_Return, _CONTROL)
        assert not console.control.parameters.contracts
        assert len(console.panel.model.edits) == 1
        assert "many" in console.panel.message.text()
        QCoreApplication.sendPostedEvents()

    tell(story)


def test_the_head_of_an_expiry_is_painted_anew_when_its_quotes_come_and_go(tell: Tell) -> None:
    async def story(console: Console) -> None:
        model = console.panel.model
        put = console.rig.desk.market.contract(PUT)
        assert put is not None
        head = next(
            model.index(row, 0)
            for row, line in enumerate(model.lines)
            if model.index(row, 0).data(EXPIRY_ROLE) == put.expiry and line.place < 0
        )
        assert " live · quoting" in head.data()
        told: list[QModelIndex] = []
        model.dataChanged.connect(lambda first, last: told.append(first) if first == last else None)
        console.panel.toggle()
        await console.beat()
        assert head in told
        assert "0 of" in head.data()
        assert "stopped" in head.data()
        assert head.data(SWITCH_ROLE) is False

    tell(story)
