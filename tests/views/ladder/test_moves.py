"""An order pulled to another price: never twice in the market, and never again for what has traded meanwhile."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from terminal.domain.messages import AccountReport, CancelOrder, Event, OrderReport
from terminal.domain.orders import ExecType, Instruction
from terminal.domain.ports import LinkState
from terminal.services.events import OrderChanged
from terminal.views.ladder.model import Column
from terminal.views.trading.own_levels import Own
from tests.harness import FUND, PUT, limit
from tests.quoting_rig import with_limits
from tests.views.ladder.ladder_rig import LEFT, Stage, Tell

BUY = Instruction.BUY_OPEN


async def place(stage: Stage, price: str = "0.0691", quantity: int = 6) -> None:
    """An order of mine in the book, and the ladder armed."""
    await stage.desk.orders.submit(limit(PUT, price, quantity))
    await stage.settle()
    if not stage.panel.arming.is_armed:
        stage.panel.toggle_armed()


def most_at_once(stage: Stage) -> list[int]:
    """How many orders of mine have worked at once, as the desk was told, from here on."""
    seen: list[int] = []
    stage.desk.bus.subscribe(OrderChanged, lambda _: seen.append(len(stage.desk.orders.working())))
    return seen


@pytest.mark.requirement("O2")
def test_a_move_is_a_cancel_and_then_a_new_order(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await place(stage)
        seen = most_at_once(stage)
        stage.rig.gateway.hold_to_venue = True
        stage.pull(Column.MY_BUYS, 691, 685)
        await stage.arrive()
        # The cancel is on its way: nothing else is
        assert stage.cancels == 1
        assert len(stage.sent) == 1
        assert stage.panel.model.picture.buys == {691: Own(6, is_leaving=True)}
        stage.rig.gateway.hold_to_venue = False
        await stage.settle()
        assert stage.sent[1:] == [(BUY, "0.0685", 6)]
        assert stage.working == [("0.0685", 6)]
        assert max(seen) == 1
        assert [type(command) is CancelOrder for command in stage.rig.gateway.sent[-2:]] == [True, False]
        # Up again, a tick by the keyboard, and a move to where it stands is none
        stage.panel.move_by(685, 1)
        await stage.settle()
        stage.pull(Column.MY_BUYS, 686, 686)
        await stage.settle()
        assert stage.working[0][0] == "0.0686"

    tell(story)


@pytest.mark.requirement("O2")
def test_an_order_that_fills_before_its_cancel_comes_is_not_sent_again(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await place(stage)
        stage.rig.gateway.hold_to_venue = True
        stage.pull(Column.MY_BUYS, 691, 685)
        await stage.arrive()
        await stage.hit("0.0691", 6)
        assert stage.working == []
        assert stage.line == "It filled before it could be moved: nothing is sent"
        stage.rig.gateway.hold_to_venue = False
        await stage.settle()
        await stage.settle()
        assert len(stage.sent) == 1
        assert stage.rig.held()

    tell(story)


@pytest.mark.requirement("O2")
def test_of_an_order_that_fills_in_part_only_the_rest_is_moved(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await place(stage)
        stage.rig.gateway.hold_to_venue = True
        stage.pull(Column.MY_BUYS, 691, 685)
        await stage.arrive()
        await stage.hit("0.0691", 4)
        stage.rig.gateway.hold_to_venue = False
        await stage.settle()
        assert stage.sent[1:] == [(BUY, "0.0685", 2)]

    tell(story)


@pytest.mark.requirement("O2")
def test_a_cancel_that_the_venue_refuses_leaves_the_order_alone(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await place(stage)

        def refuse(event: Event) -> list[Event]:
            if isinstance(event, OrderReport) and event.exec_type is ExecType.CANCELLED:
                return [msgspec.structs.replace(event, exec_type=ExecType.CANCEL_REJECTED)]
            return [event]

        stage.rig.gateway.meddle = refuse
        stage.pull(Column.MY_BUYS, 691, 685)
        await stage.settle()
        assert stage.line == "Buy 6 lots @ 0.0691: the cancel was refused"
        assert len(stage.sent) == 1
        assert not stage.panel.orders.moves.is_moving(stage.desk.orders.working()[0].client_order_id)

    tell(story)


@pytest.mark.requirement("O2")
@pytest.mark.parametrize("how", ["disarmed", "idle", "line", "cancelled", "all"])
def test_what_is_given_up_meanwhile_is_not_sent_again(tell: Tell, how: str) -> None:
    async def story(stage: Stage) -> None:
        await place(stage)
        stage.rig.gateway.hold_to_venue = True
        stage.pull(Column.MY_BUYS, 691, 685)
        await stage.arrive()
        match how:
            case "disarmed":
                stage.panel.toggle_armed()
                assert stage.panel.controls.line.text().startswith("An order on its way")
            case "idle":
                # Nobody serves the ladder while another tab is in front of it
                stage.world.clock.seconds += 61
            case "line":
                stage.desk.on_link(LinkState.DOWN, "cut")
                stage.desk.on_link(LinkState.UP, "back")
            case "cancelled":
                stage.panel.cancel(stage.desk.orders.working()[0].side, 691)
            case _:
                stage.spawn(stage.desk.orders.cancel_all())
        stage.rig.gateway.hold_to_venue = False
        await stage.world.settle()
        await stage.settle()
        assert stage.working == []
        assert len(stage.sent) == 1

    tell(story)


@pytest.mark.requirement("O2", "O5")
def test_what_may_not_stand_there_is_not_cancelled_first(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await place(stage)
        # A collar refuses the price
        stage.rig.theoretical.settle(FUND)
        with_limits(stage.rig, collar_theoretical_ticks=20, collar_theoretical_fraction=0.01)
        stage.pull(Column.MY_BUYS, 691, 725)
        await stage.settle()
        assert stage.line.startswith("✕ ")
        assert stage.cancels == 0
        # A price that gives money away is asked about before the cancel, not after it
        stage.pull(Column.MY_BUYS, 691, 705)
        assert "Above the theoretical" in stage.line
        await stage.settle()
        assert stage.cancels == 0
        stage.panel.confirm()
        await stage.settle()
        assert stage.sent[1:] == [(BUY, "0.0705", 6)]

    tell(story)


@pytest.mark.requirement("O2", "O5")
@pytest.mark.parametrize("comes", ["the picture", "too late"])
def test_a_closing_order_is_sent_once_the_counter_has_freed_what_it_held(tell: Tell, comes: str) -> None:
    async def story(stage: Stage) -> None:
        await place(stage, "0.0710", 3)
        await stage.desk.orders.submit(limit(PUT, "0.0730", 3, Instruction.SELL_CLOSE))
        await stage.settle()
        pictures: list[Event] = []

        def hold_pictures(event: Event) -> list[Event]:
            if isinstance(event, AccountReport):
                pictures.append(event)
                return []
            return [event]

        stage.rig.gateway.meddle = hold_pictures
        stage.pull(Column.MY_SELLS, 730, 725)
        await stage.arrive()
        assert stage.working == []
        assert len(stage.sent) == 2
        stage.rig.gateway.meddle = None
        if comes == "the picture":
            stage.desk.on_event(pictures[-1])
            await stage.settle()
            assert stage.sent[2:] == [(Instruction.SELL_CLOSE, "0.0725", 3)]
            assert stage.working == [("0.0725", 3)]
        else:
            # Nobody expects an order any more that was pulled so long ago
            stage.world.clock.seconds += 6
            stage.desk.on_event(pictures[-1])
            await stage.settle()
            assert len(stage.sent) == 2
            assert stage.line == "An order on its way to another price was not sent again"

    tell(story)


@pytest.mark.requirement("O2")
def test_all_of_mine_at_a_price_moves_and_the_ask_half_takes_none_of_it(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        await place(stage, quantity=2)
        await place(stage, quantity=3)
        stage.pull(Column.MY_BUYS, 691, 688)
        await stage.settle()
        assert stage.working == [("0.0688", 2), ("0.0688", 3)]
        assert stage.cancels == 2
        # Pulled over to the other half it is let go
        before = len(stage.sent)
        stage.panel.view.move_wanted.connect(lambda *_: pytest.fail("moved"))
        start = stage.point(Column.MY_BUYS, 688)
        end = stage.panel.view.visualRect(stage.panel.model.index(stage.panel.model.picture.scale.row(690), Column.ASK))
        viewport, plain = stage.panel.view.viewport(), Qt.KeyboardModifier.NoModifier
        QTest.mousePress(viewport, LEFT, plain, start)
        QTest.mouseRelease(viewport, LEFT, plain, end.center())
        await stage.settle()
        assert (len(stage.sent), stage.cancels) == (before, 2)

    tell(story)
