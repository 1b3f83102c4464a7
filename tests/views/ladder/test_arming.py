"""Not armed nothing leaves; armed it shows, until nobody has used it for a minute, the contract or the line goes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.domain.messages import DayOpened
from terminal.domain.orders import Side
from terminal.domain.ports import LinkState
from terminal.rules.protection.stops import Stops
from terminal.services.events import ProtectionChanged
from terminal.views.ladder.arming import IDLE_SECONDS
from terminal.views.ladder.model import Column
from terminal.views.translation import Languages
from tests.harness import CALL, PUT, limit
from tests.views.ladder.ladder_rig import LEFT, MIDDLE, RIGHT, Stage, Tell

Key = Qt.Key


def stop(stage: Stage) -> None:
    """As the protection says it."""
    stage.rig.gate.stops = Stops(everything=True)
    stage.desk.bus.publish(ProtectionChanged())


def another_day(stage: Stage) -> None:
    day = stage.desk.market.day
    assert isinstance(day, DayOpened)
    stage.desk.market.open_day(day)


def idle(stage: Stage) -> None:
    stage.world.clock.seconds += IDLE_SECONDS


@pytest.mark.requirement("O2")
def test_not_armed_a_click_prepares_the_ticket_and_nothing_leaves(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        stage.press(Column.BID, 685)
        stage.press(Column.MY_BUYS, 684)
        stage.press(Column.ASK, 690)
        stage.press(Column.MY_SELLS, 730)
        assert stage.seeded == [
            (PUT, Side.BUY, 685),
            (PUT, Side.BUY, 684),
            (PUT, Side.SELL, 690),
            (PUT, Side.SELL, 730),
        ]
        # Neither the price itself nor the other buttons mean anything
        stage.press(Column.PRICE, 685)
        stage.press(Column.BID, 685, RIGHT)
        stage.press(Column.BID, 685, MIDDLE)
        stage.key(Key.Key_Return)
        assert len(stage.seeded) == 4
        stage.key(Key.Key_B)
        assert stage.seeded[4:] == [(PUT, Side.BUY, 685)]
        # The second half of a double click is no click
        viewport, plain = stage.panel.view.viewport(), Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(viewport, LEFT, plain, stage.point(Column.BID, 684))
        QTest.mouseDClick(viewport, LEFT, plain, stage.point(Column.BID, 684))
        QTest.mouseRelease(viewport, LEFT, plain, stage.point(Column.BID, 684))
        assert stage.seeded[5:] == [(PUT, Side.BUY, 684)]
        await stage.settle()
        assert stage.sent == []
        assert stage.cancels == 0
        assert not stage.panel.is_red

    tell(story)


@pytest.mark.requirement("O2", "X4")
def test_what_is_mine_does_not_move_while_not_armed_and_can_be_cancelled(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.desk.orders.submit(limit(PUT, "0.0690", 2))
        await stage.settle()
        stage.pull(Column.MY_BUYS, 690, 685)
        assert stage.line == "Only an armed ladder moves orders"
        await stage.settle()
        assert stage.working == [("0.0690", 2)]
        assert stage.cancels == 0
        # The way out is never closed
        stage.cross(Column.MY_BUYS, 690)
        await stage.settle()
        assert stage.working == []
        assert stage.seeded == []

    tell(story)


@pytest.mark.requirement("O2", "X12")
def test_armed_it_has_a_red_frame_and_says_so(tell: Tell, languages: Languages) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        theme = panel._appearance.theme
        assert panel.grab().toImage().pixelColor(1, 100) == theme.panel
        QTest.mouseClick(panel.controls.arm, LEFT)
        assert panel.arming.is_armed
        assert panel.is_red
        assert panel.grab().toImage().pixelColor(1, 100) == theme.critical
        assert panel.controls.arm.text() == "Armed 60 s"
        assert stage.line == "Armed: a click is an order"
        stage.world.clock.seconds += 20
        panel.flush()
        assert panel.controls.arm.text() == "Armed 40 s"
        languages.use("zh_CN")
        QApplication.processEvents()
        assert panel.controls.arm.text() == "点单已开 40 秒"
        languages.use("en")
        QTest.mouseClick(panel.controls.arm, LEFT)
        assert not panel.arming.is_armed
        assert not panel.is_red
        assert stage.line == "Not armed: a click prepares the ticket"
        # By keys too
        stage.key(Key.Key_A)
        assert panel.arming.is_armed
        stage.key(Key.Key_Escape)
        assert not panel.arming.is_armed

    tell(story)


@pytest.mark.requirement("O2")
@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (idle, "Disarmed: not used for 60 s"),
        (lambda stage: stage.panel.show_contract(CALL), "Disarmed: another contract"),
        (lambda stage: stage.desk.on_link(LinkState.DOWN, "cut"), "Disarmed: the line is not up"),
        (stop, "Disarmed: everything is stopped"),
        (another_day, "Disarmed: another day"),
    ],
    ids=["idle", "contract", "line", "stop", "day"],
)
def test_what_disarms(tell: Tell, happens: Callable[[Stage], None], says: str) -> None:
    async def story(stage: Stage) -> None:
        stage.panel.toggle_armed()
        assert stage.panel.arming.is_armed
        happens(stage)
        assert stage.panel.is_red == (happens is idle)
        # A click that comes before the next frame finds it so
        assert not stage.panel.arming.is_armed
        stage.panel.flush()
        assert not stage.panel.is_red
        assert stage.line == says
        stage.press(Column.BID, stage.panel.view.cursor_price)
        assert stage.sent == []
        assert len(stage.seeded) == 1

    tell(story)


def test_use_keeps_it_armed(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        stage.panel.toggle_armed()
        for price in (650, 649, 648):
            stage.world.clock.seconds += IDLE_SECONDS - 5
            stage.press(Column.BID, price)
        await stage.settle()
        assert len(stage.sent) == 3
        assert stage.panel.arming.is_armed
        stage.world.clock.seconds += IDLE_SECONDS
        stage.press(Column.BID, 647)
        await stage.settle()
        assert len(stage.sent) == 3

    tell(story)


@pytest.mark.requirement("O2")
def test_it_is_not_armed_while_nothing_may_leave(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        stop(stage)
        stage.panel.toggle_armed()
        assert not stage.panel.arming.is_armed
        assert not stage.panel.controls.arm.isChecked()
        assert stage.line.startswith("✕ ")
        stage.rig.gate.stops = Stops()
        stage.desk.on_link(LinkState.DOWN, "cut")
        stage.panel.toggle_armed()
        assert not stage.panel.arming.is_armed

    tell(story)
