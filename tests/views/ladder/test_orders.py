"""Orders by one click: once each, by the ticket's checks, asked about where they are large, dear or warned of."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.domain.orders import Instruction
from terminal.domain.ports import RecordKind
from terminal.rules.order_warnings import OrderWarning, Warned
from terminal.views.ladder.controls import ASK_SETTING
from terminal.views.ladder.model import Column
from terminal.views.ladder.words import Effect
from tests.harness import PUT, limit
from tests.quoting_rig import with_limits
from tests.views.ladder.ladder_rig import LEFT, MIDDLE, RIGHT, Stage, Tell

Key = Qt.Key
BUY, SELL = Instruction.BUY_OPEN, Instruction.SELL_OPEN


def arm(stage: Stage) -> None:
    if not stage.panel.arming.is_armed:
        stage.panel.toggle_armed()


@pytest.mark.requirement("O2", "O3")
def test_a_click_is_an_order_by_the_half_it_falls_in(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        stage.press(Column.BID, 685)
        await stage.settle()
        stage.press(Column.MY_SELLS, 715)
        await stage.settle()
        assert stage.sent == [(BUY, "0.0685", 1), (SELL, "0.0715", 1)]
        assert stage.line == "Sell open 1 lot @ 0.0715: 510050 Mar 3.00 Put: sent D1-260302-000002"
        # The right button has a size of its own
        stage.press(Column.MY_BUYS, 684, RIGHT)
        await stage.settle()
        assert stage.sent[2:] == [(BUY, "0.0684", 5)]
        assert stage.seeded == []
        assert [stage.panel.model.picture.buys[p].left for p in (685, 684)] == [1, 5]
        assert len(stage.working) == 3

    tell(story)


@pytest.mark.fault("F80")
def test_a_double_click_sends_once(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        at, viewport = stage.point(Column.BID, 685), stage.panel.view.viewport()
        plain = Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(viewport, LEFT, plain, at)
        QTest.mouseDClick(viewport, LEFT, plain, at)
        QTest.mouseRelease(viewport, LEFT, plain, at)
        QTest.mouseClick(viewport, LEFT, plain, at)
        await stage.settle()
        assert len(stage.sent) == 1
        # A click after a moment is a wish of its own, and so is one on another price at once
        QTest.mouseClick(viewport, LEFT, plain, at)
        stage.press(Column.BID, 684)
        await stage.settle()
        assert [price for _, price, _ in stage.sent] == ["0.0685", "0.0685", "0.0684"]

    tell(story)


@pytest.mark.fault("F80")
def test_a_key_held_down_sends_once(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        stage.press(Column.PRICE, 685)
        stage.key(Key.Key_B)
        for _ in range(3):
            stage.world.clock.seconds += 2
            held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_B, Qt.KeyboardModifier.NoModifier, "b", autorep=True)
            QApplication.sendEvent(stage.panel.view, held)
        await stage.settle()
        assert stage.sent == [(BUY, "0.0685", 1)]

    tell(story)


@pytest.mark.requirement("O2")
def test_keys_do_what_the_mouse_does(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        shift, alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
        stage.press(Column.PRICE, 690)
        stage.key(Key.Key_Down)
        stage.key(Key.Key_2)
        stage.key(Key.Key_B)
        stage.key(Key.Key_3, alt)
        stage.press(Column.PRICE, 720)
        stage.key(Key.Key_S, shift)
        await stage.settle()
        assert stage.sent == [(BUY, "0.0689", 5), (SELL, "0.0720", 10)]
        stage.key(Key.Key_Up, shift)
        await stage.settle()
        await stage.settle()
        assert stage.working == [("0.0689", 5), ("0.0721", 10)]
        stage.press(Column.PRICE, 721)
        stage.key(Key.Key_C)
        await stage.settle()
        assert stage.working == [("0.0689", 5)]
        # A letter that is none of the ladder's goes on to the window
        other = QKeyEvent(QEvent.Type.KeyPress, Key.Key_X, Qt.KeyboardModifier.NoModifier, "x")
        other.accept()
        QApplication.sendEvent(stage.panel.view, other)
        assert not other.isAccepted()

    tell(story)


@pytest.mark.requirement("O2")
def test_what_a_click_opens_or_closes(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await stage.desk.orders.submit(limit(PUT, "0.0710", 3))
        await stage.settle()
        arm(stage)
        effect = stage.panel.controls.effect
        stage.press(Column.ASK, 720)
        effect.setCurrentIndex(effect.findData(Effect.OPEN))
        stage.press(Column.ASK, 721)
        effect.setCurrentIndex(effect.findData(Effect.CLOSE))
        stage.press(Column.ASK, 722)
        await stage.settle()
        stage.press(Column.BID, 680)
        await stage.settle()
        assert [instruction for instruction, _, _ in stage.sent[1:]] == [
            Instruction.SELL_CLOSE,
            Instruction.SELL_OPEN,
            Instruction.SELL_CLOSE,
        ]
        # Nothing short is held: said as the ticket says it
        assert stage.line.startswith("✕ ")

    tell(story)


@pytest.mark.requirement("O2", "O5")
def test_limits_refuse_in_the_ladders_own_line(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        with_limits(stage.rig, order_quantity=4)
        stage.panel.choose_size(5)
        stage.press(Column.BID, 685)
        await stage.settle()
        assert stage.line.startswith("✕ ")
        stage.panel.choose_size(100)
        stage.press(Column.BID, 684)
        await stage.settle()
        assert stage.line.startswith("✕ ")
        assert stage.sent == []
        assert stage.panel.orders.question is None
        stage.panel.choose_size(4)
        stage.press(Column.BID, 685)
        await stage.settle()
        assert stage.sent == [(BUY, "0.0685", 4)]

    tell(story)


@pytest.mark.requirement("O2")
def test_a_large_order_is_asked_about(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        controls = stage.panel.controls
        stage.panel.choose_size(20)
        assert controls.send.isHidden()
        stage.press(Column.BID, 685)
        assert stage.line == "Buy open 20 lots @ 0.0685: More than 10 lots?"
        assert not controls.send.isHidden()
        # The second half of a double click is no answer, Esc is none either
        QTest.mouseDClick(
            stage.panel.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, stage.point(Column.BID, 685)
        )
        stage.press(Column.BID, 685)
        assert stage.panel.orders.question is not None
        stage.key(Key.Key_Escape)
        assert stage.panel.orders.question is None
        assert stage.panel.arming.is_armed
        await stage.settle()
        assert stage.sent == []
        # Enter, the button, and another click there are
        stage.press(Column.BID, 685)
        stage.key(Key.Key_Return)
        await stage.settle()
        stage.press(Column.BID, 684)
        QTest.mouseClick(controls.send, LEFT)
        await stage.settle()
        stage.press(Column.BID, 683)
        await stage.settle()
        stage.press(Column.BID, 683)
        await stage.settle()
        assert [price for _, price, _ in stage.sent] == ["0.0685", "0.0684", "0.0683"]
        # A click elsewhere asks about that
        stage.press(Column.BID, 682)
        stage.press(Column.BID, 681)
        assert stage.line == "Buy open 20 lots @ 0.0681: More than 10 lots?"
        QTest.mouseClick(controls.drop, LEFT)
        # What was asked is not sent by a ladder that is armed no longer
        stage.press(Column.BID, 682)
        stage.world.clock.seconds += 60
        stage.key(Key.Key_Return)
        stage.panel.toggle_armed()
        stage.key(Key.Key_Return)
        await stage.settle()
        assert len(stage.sent) == 3
        # As it is set
        menu = controls.menu()
        choices = {action.text(): action for action in menu.actions() if action.isCheckable()}
        assert [text for text, action in choices.items() if action.isChecked()] == ["More than 10 lots"]
        choices["More than 20 lots"].trigger()
        assert stage.settings[ASK_SETTING] == 20
        menu.deleteLater()
        stage.press(Column.BID, 680)
        await stage.settle()
        assert stage.sent[3:] == [(BUY, "0.0680", 20)]

    tell(story)


@pytest.mark.requirement("O2")
def test_an_order_that_gives_money_away_is_asked_about(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        stage.press(Column.BID, 710)
        assert stage.line == "Buy open 1 lot @ 0.0710: Above the theoretical 0.0700?"
        stage.press(Column.ASK, 690)
        assert stage.line == "Sell open 1 lot @ 0.0690: Below the theoretical 0.0700?"
        stage.key(Key.Key_Return)
        await stage.settle()
        assert stage.sent == [(SELL, "0.0690", 1)]
        # One thing at a time
        stage.panel.choose_size(20)
        stage.press(Column.BID, 705)
        assert "More than 10 lots" in stage.line
        stage.key(Key.Key_Return)
        assert "Above the theoretical" in stage.line
        await stage.settle()
        assert len(stage.sent) == 1
        stage.key(Key.Key_Return)
        await stage.settle()
        assert stage.sent[1:] == [(BUY, "0.0705", 20)]

    tell(story)


@pytest.mark.requirement("T8", "T9", "T10")
def test_what_the_ticket_warns_of_is_asked_one_by_one_and_kept_with_the_order(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        warned = OrderWarning.NEAR_EXPIRY, OrderWarning.ADJUSTED
        stage.rig.gate.warnings = lambda request: (
            Warned(warned[0], {"days": "3", "day": "2026-03-25"}),
            Warned(warned[1], {"unit": "10112", "strike": "2.967"}),
        )
        stage.press(Column.BID, 685)
        assert stage.line == "Buy open 1 lot @ 0.0685: Near expiry: 3 trading days left, until 2026-03-25?"
        stage.key(Key.Key_Return)
        assert stage.line == "Buy open 1 lot @ 0.0685: Adjusted contract: unit 10112, strike 2.967?"
        await stage.settle()
        assert stage.sent == []
        stage.key(Key.Key_Return)
        await stage.settle()
        assert stage.sent == [(BUY, "0.0685", 1)]
        notes = [record.body for record in stage.rig.journal.read() if record.kind is RecordKind.NOTE]
        assert len(notes) == 1
        assert all(one.value.encode() in notes[0] for one in warned)
        assert b'"who":"Li"' in notes[0]
        # A warning that comes while the ladder waits is asked too
        stage.rig.gate.warnings = lambda request: ()
        stage.panel.choose_size(20)
        stage.press(Column.BID, 684)
        stage.rig.gate.warnings = lambda request: (Warned(warned[1], {"unit": "1", "strike": "2"}),)
        stage.key(Key.Key_Return)
        await stage.settle()
        assert "Adjusted contract" in stage.line
        assert len(stage.sent) == 1

    tell(story)


@pytest.mark.requirement("O2")
def test_what_is_mine_is_cancelled_by_the_cross_the_middle_button_and_c(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        arm(stage)
        for price in ("0.0685", "0.0685", "0.0684", "0.0683"):
            await stage.desk.orders.submit(limit(PUT, price, 2))
        await stage.settle()
        stage.cross(Column.MY_BUYS, 685)
        stage.cross(Column.MY_BUYS, 685)
        await stage.settle()
        assert stage.cancels == 2
        stage.press(Column.MY_BUYS, 684, MIDDLE)
        await stage.settle()
        assert stage.working == [("0.0683", 2)]
        # Beside the ✕ a click on what is mine adds to it
        stage.press(Column.MY_BUYS, 683)
        await stage.settle()
        assert stage.working == [("0.0683", 2), ("0.0683", 1)]
        assert stage.panel.model.picture.buys[683].left == 3

    tell(story)


@pytest.mark.requirement("O2")
def test_sizes_are_chosen_by_both_buttons_of_the_mouse(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        controls = stage.panel.controls
        QTest.mouseClick(controls.sizes[10], LEFT)
        QTest.mouseClick(controls.sizes[20], RIGHT)
        assert (stage.panel.first_size, stage.panel.second_size) == (10, 20)
        assert controls.chosen.text() == "Left 10 lots · right 20 lots"
        assert [size for size, button in controls.sizes.items() if button.isChecked()] == [10]
        # Nothing is owed by this account
        assert controls.least.isHidden()

    tell(story)
