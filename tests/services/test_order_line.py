"""Orders on a line that fails: in doubt until the venue has spoken, asked for by id, never sent twice."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.messages import CancelAll, Event, OrderReport, QueryOrder, Refused, SubmitOrder
from terminal.domain.orders import ExecType, Instruction, OrderStatus
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.events import AlarmKind
from terminal.services.gate import DESK
from terminal.services.orders import OVERDUE_SECONDS
from tests.harness import CALL, FUND, GRACE, OPEN_SHEET, PUT, DeskRig, World, limit, play

RESTING = limit(CALL, "0.4000", 3)


def submits(rig: DeskRig) -> list[SubmitOrder]:
    return [command for command in rig.gateway.sent if isinstance(command, SubmitOrder)]


def copies_at_venue(world: World, account_id: str = "880000001888") -> list[str]:
    """Client ids in the counter, one for each order it has."""
    reports = world.market.counter.reports_after(account_id, 0)
    return [r.client_order_id for r in reports if isinstance(r, OrderReport) and r.exec_type is ExecType.ACKNOWLEDGED]


def only(condition: Callable[[Event], bool]) -> Callable[[Event], list[Event]]:
    """A line that lets through what meets the condition."""
    return lambda event: [event] if condition(event) else []


@pytest.mark.fault("F01")
@pytest.mark.requirement("O2")
def test_a_cut_line_puts_orders_in_doubt_and_only_the_venue_says_they_are_cancelled(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        rig.gateway.cut()
        assert rig.desk.link is LinkState.DOWN
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.WORKING, True)
        refused = await rig.orders.submit(RESTING)
        assert (refused.status, refused.reason) == (OrderStatus.DENIED, Reason.NOT_CONNECTED)
        world.pass_time(GRACE - 0.1)
        assert len(world.market.counter.working_orders()) == 1
        world.pass_time(0.2)
        assert world.market.counter.working_orders() == []
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.WORKING, True)
        rig.gateway.connect()
        await world.settle()
        now = rig.order(order)
        assert (now.status, now.reason, now.in_doubt) == (
            OrderStatus.CANCELLED,
            Reason.CANCELLED_ON_DISCONNECT,
            False,
        )
        assert rig.orders.accepting

    play(tmp_path, story)


@pytest.mark.fault("F01")
def test_a_desk_back_within_the_grace_time_keeps_its_orders(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        rig.gateway.cut()
        world.pass_time(GRACE - 0.1)
        rig.gateway.connect()
        await world.settle()
        world.pass_time(GRACE * 3, ticks=100)
        await world.settle()
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.WORKING, False)
        assert not [c for c in rig.gateway.sent if isinstance(c, QueryOrder)]

    play(tmp_path, story)


@pytest.mark.fault("F14", "F51")
@pytest.mark.parametrize("arrived", [True, False], ids=["venue has it", "venue never saw it"])
def test_an_order_without_an_answer_is_asked_for_and_never_sent_again(tmp_path: Path, arrived: bool) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.hold_to_desk = True
        rig.gateway.hold_to_venue = not arrived
        order = await rig.orders.submit(RESTING)
        rig.gateway.pump()
        await world.settle()
        rig.gateway.cut()
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.SUBMITTED, True)
        assert rig.alarm_kinds() == [AlarmKind.ORDER_IN_DOUBT]
        rig.gateway.hold_to_desk = rig.gateway.hold_to_venue = False
        rig.gateway.connect()
        await world.settle()
        now = rig.order(order)
        if arrived:
            assert (now.status, now.in_doubt) == (OrderStatus.WORKING, False)
        else:
            assert (now.status, now.reason, now.in_doubt) == (OrderStatus.REJECTED, Reason.NOT_RECEIVED, False)
        assert copies_at_venue(world) == [order.client_order_id] * arrived
        assert len(submits(rig)) == 1

    play(tmp_path, story)


@pytest.mark.fault("F14")
def test_an_answer_that_never_comes_on_a_good_line_is_asked_for(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.meddle = only(lambda event: False)
        order = await rig.orders.submit(RESTING)
        await world.settle()
        rig.gateway.meddle = None
        world.clock.seconds += OVERDUE_SECONDS - 0.1
        rig.desk.ping()
        assert not rig.order(order).in_doubt
        world.clock.seconds += 0.2
        rig.desk.ping()
        rig.desk.ping()
        assert rig.order(order).in_doubt
        assert [c for c in rig.gateway.sent if isinstance(c, QueryOrder)] == [
            QueryOrder(client_order_id=order.client_order_id)
        ]
        await world.settle()
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.WORKING, False)

    play(tmp_path, story)


@pytest.mark.fault("F14")
def test_the_venue_refuses_a_second_live_copy(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        rig.gateway.send(submits(rig)[0])
        await world.settle()
        assert len(world.market.counter.working_orders()) == 1
        assert rig.alarm_kinds() == [AlarmKind.VENUE_REFUSED]
        assert rig.order(order).status is OrderStatus.WORKING

    play(tmp_path, story)


def test_a_refusal_without_a_name_makes_the_desk_ask(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.hold_to_venue = True
        order = await rig.orders.submit(RESTING)
        rig.gateway.to_venue.clear()
        rig.desk.on_event(Refused(reason=Reason.MALFORMED, detail="what is this"))
        rig.gateway.hold_to_venue = False
        await world.settle()
        assert (rig.order(order).status, rig.order(order).reason) == (OrderStatus.REJECTED, Reason.NOT_RECEIVED)

    play(tmp_path, story)


@pytest.mark.fault("F16")
@pytest.mark.parametrize("every", [False, True], ids=["one", "all"])
def test_a_cancel_pressed_while_the_line_is_down_goes_out_when_it_is_back(tmp_path: Path, every: bool) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        rig.gateway.cut()
        if every:
            assert await rig.orders.cancel_all() == 1
        else:
            assert await rig.orders.cancel(order.client_order_id)
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.CANCEL_PENDING, True)
        rig.gateway.connect()
        await world.settle()
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.CANCELLED, False)
        assert world.market.counter.working_orders() == []

    play(tmp_path, story)


@pytest.mark.fault("F14", "F16")
def test_a_cancel_of_an_unanswered_order_is_not_forgotten_when_recovery_brings_its_answer(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        rig.gateway.deliver_to_venue()
        rig.gateway.cut()
        await rig.orders.cancel(order.client_order_id)
        rig.gateway.connect()
        await world.settle()
        assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.CANCELLED, False)

    play(tmp_path, story)


@pytest.mark.fault("F11")
def test_a_cancel_whose_answer_was_lost_is_settled_after_recovery(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        lost = await rig.orders.submit(RESTING)
        done = await rig.orders.submit(RESTING)
        await world.settle()
        await rig.orders.cancel(done.client_order_id)
        rig.gateway.hold_to_desk = True
        await world.settle()
        rig.gateway.hold_to_venue = True
        await rig.orders.cancel(lost.client_order_id)
        rig.gateway.cut()
        rig.gateway.hold_to_desk = rig.gateway.hold_to_venue = False
        rig.gateway.connect()
        await world.settle()
        for order in (lost, done):
            assert (rig.order(order).status, rig.order(order).in_doubt) == (OrderStatus.CANCELLED, False)

    play(tmp_path, story)


def test_an_order_may_be_cancelled_before_it_is_acknowledged(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        assert await rig.orders.cancel(order.client_order_id)
        assert rig.order(order).status is OrderStatus.CANCEL_PENDING
        await world.settle()
        assert rig.order(order).status is OrderStatus.CANCELLED
        assert not await rig.orders.cancel(order.client_order_id)
        assert not await rig.orders.cancel("nobody")

    play(tmp_path, story)


def test_a_cancel_that_comes_too_late_leaves_the_fill(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(limit(CALL, "0.4630", 3))
        await rig.orders.cancel(order.client_order_id)
        await world.settle()
        now = rig.order(order)
        assert (now.status, now.filled_quantity, now.reason) == (OrderStatus.FILLED, 3, Reason.NOT_CANCELLABLE)
        assert rig.held() == {(CALL, PositionSide.LONG): 3}

    play(tmp_path, story)


def test_cancel_all_takes_one_underlying_or_everything_and_goes_out_even_when_nothing_is_known(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        assert await rig.orders.cancel_all("510300") == 0
        await world.settle()
        assert rig.order(order).status is OrderStatus.WORKING
        assert await rig.orders.cancel_all(FUND) == 1
        await world.settle()
        assert rig.order(order).status is OrderStatus.CANCELLED
        assert await rig.orders.cancel_all() == 0
        sent = [c for c in rig.gateway.sent if isinstance(c, CancelAll)]
        assert sent == [CancelAll(underlying="510300"), CancelAll(underlying=FUND), CancelAll()]

    play(tmp_path, story)


@pytest.mark.fault("F71")
def test_an_order_that_waits_for_the_disk_does_not_leave_once_its_sender_is_stopped(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.theoretical.settle(FUND)
        rig.gate.set_sheet("eye", OPEN_SHEET)
        rig.journal.hold = True
        request = limit(PUT, "0.0600", 1, Instruction.BUY_OPEN)
        sending = [asyncio.ensure_future(rig.orders.submit(request, sender=sender)) for sender in ("eye", DESK)]
        await asyncio.sleep(0)
        rig.gate.stop_sender("eye")
        await rig.journal.release()
        late, mine = [await order for order in sending]
        assert (late.status, late.reason) == (OrderStatus.REJECTED, Reason.STRATEGY_STOPPED)
        assert mine.status is OrderStatus.SUBMITTED
        assert len(submits(rig)) == 1

    play(tmp_path, story)


@pytest.mark.fault("F22")
def test_once_stopped_no_order_leaves_not_even_after_a_new_line_or_from_a_slow_disk(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        working = await rig.orders.submit(RESTING)
        await world.settle()
        rig.journal.hold = True
        sending = asyncio.ensure_future(rig.orders.submit(RESTING))
        await asyncio.sleep(0)
        rig.orders.stop_accepting()
        await rig.journal.release()
        late = await sending
        assert (late.status, late.reason) == (OrderStatus.REJECTED, Reason.STOPPED)
        rig.gateway.cut()
        rig.gateway.connect()
        await world.settle()
        assert not rig.orders.accepting
        refused = await rig.orders.submit(RESTING)
        assert (refused.status, refused.reason) == (OrderStatus.DENIED, Reason.STOPPED)
        await rig.orders.cancel(working.client_order_id)
        await world.settle()
        assert rig.order(working).status is OrderStatus.CANCELLED
        assert len(submits(rig)) == 1
        # The disk knows too that it never left
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        assert again.order(late).status is OrderStatus.REJECTED

    play(tmp_path, story)
