"""A basket on its way on screen: states, what it leaves, the way out, and the combination it becomes."""

import pytest
from PySide6.QtCore import Qt

from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, Side
from terminal.services.basket import PriceBasis
from tests.harness import CALL, CHEAP_CALL, limit
from tests.views.basket.basket_rig import Stage, Tell


def send(stage: Stage, basis: PriceBasis = PriceBasis.OPPOSITE) -> None:
    stage.panel.add_leg(CALL, Side.BUY)
    stage.panel.add_leg(CHEAP_CALL, Side.SELL)
    stage.panel._take(stage.panel.basket.change(0, basis=basis))
    stage.key(Qt.Key.Key_Return)


def states(stage: Stage) -> list[str]:
    return [state.text() for _, state in stage.panel.run_box.lines]


def test_a_leg_that_rests_can_be_cancelled_with_the_rest_and_nothing_is_left(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel, box = stage.panel, stage.panel.run_box
        send(stage, PriceBasis.OWN)
        await stage.settle()
        assert box.isVisible()
        assert not panel.send_button.isVisible()
        assert states(stage) == ["◐ resting", "· waiting"]
        assert box.sentence.text() == "Nothing is filled yet."
        # Legs of a basket that is on its way are not changed under it
        panel.add_leg(CALL, Side.BUY)
        assert panel.basket.legs[0].ratio == 1
        stage.click(box.cancel_button)
        await stage.settle()
        assert states(stage) == ["✕ cancelled, not filled", "■ stopped, not sent"]
        assert box.sentence.text() == "Cancelled by hand. Nothing is filled: no position of it."
        assert stage.cancels == 1
        stage.click(box.done_button)
        panel.flush()
        assert not box.isVisible()
        assert panel.send_button.isVisible()

    tell(story)


def test_what_is_filled_alone_is_said_with_its_side_and_contract(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        stage.panel.add_leg(CALL, Side.BUY)
        stage.panel.add_leg(CHEAP_CALL, Side.SELL)
        stage.panel._take(stage.panel.basket.change(1, basis=PriceBasis.OWN))
        stage.key(Qt.Key.Key_Return)
        await stage.settle()
        box = stage.panel.run_box
        assert states(stage) == ["✓ filled 1 @ 0.4630", "◐ resting"]
        assert "So far alone: 1 bought" in box.sentence.text()
        stage.key(Qt.Key.Key_Escape)
        await stage.settle()
        assert "This leaves you alone with: 1 bought" in box.sentence.text()
        assert box.sentence.property("role") == "warn"
        assert box.done_button.isVisible()

    tell(story)


@pytest.mark.requirement("O4")
def test_a_filled_pair_is_built_after_it_is_confirmed(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        send(stage)
        await stage.settle()
        stage.panel.flush()
        box = stage.panel.run_box
        assert box.sentence.text() == "1 basket filled whole: paid 4,550.00 yuan."
        assert "Call bull spread × 1" in box.build_button.text()
        assert "frees 2," in box.built.text()
        stage.confirm = True
        stage.click(box.build_button)
        assert box.build_button.text().startswith("Press again:")
        assert stage.instructed == []
        stage.click(box.build_button)
        await stage.settle()
        assert [(i.kind, i.strategy, i.quantity) for i in stage.instructed] == [
            (InstructionKind.COMBINE, CombinationStrategy.CNSJC, 1)
        ]
        assert [c.strategy for c in stage.rig.portfolio.combinations] == [CombinationStrategy.CNSJC]
        assert not box.build_button.isVisible()
        assert "✓" in box.built.text()

    tell(story)


def test_a_new_basket_puts_the_old_run_away(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        send(stage)
        await stage.settle()
        assert stage.panel.run_box.isVisible()
        stage.panel.add_leg(CALL, Side.BUY)
        assert not stage.panel.run_box.isVisible()
        assert stage.panel.basket.legs[0].ratio == 2

    tell(story)


def test_a_part_that_was_filled_before_the_cancel_is_told(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        stage.panel.add_leg(CALL, Side.BUY)
        stage.panel._take(stage.panel.basket.change(0, ratio=5, basis=PriceBasis.OWN))
        stage.key(Qt.Key.Key_Return)
        await stage.settle()
        await (await stage.rival()).orders.submit(limit(CALL, "0.4620", 12, Instruction.SELL_OPEN))
        await stage.settle()
        assert states(stage) == ["◐ resting 2/5 @ 0.4620"]
        stage.panel.runner.cancel_rest()
        await stage.settle()
        assert states(stage) == ["◐ part filled, rest gone 2/5 @ 0.4620"]
        assert "This leaves you alone with: 2 bought" in stage.panel.run_box.sentence.text()

    tell(story)
