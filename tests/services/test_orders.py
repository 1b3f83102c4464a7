"""The money path on the desk: on disk before it leaves, every order type, and a disk that fails."""

import asyncio
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.errors import JournalError
from terminal.domain.messages import OrderReport, SubmitOrder
from terminal.domain.orders import ExecType, Instruction, Order, OrderRequest, OrderStatus, OrderType
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.services.events import AlarmKind
from tests.harness import CALL, FUND, PUT, DeskRig, World, limit, play

RESTING = limit(CALL, "0.4000", 3)


def submits(rig: DeskRig) -> list[SubmitOrder]:
    return [command for command in rig.gateway.sent if isinstance(command, SubmitOrder)]


def copies_at_venue(world: World, account_id: str = "880000001888") -> list[str]:
    """Client ids in the counter, one for each order it has."""
    reports = world.market.counter.reports_after(account_id, 0)
    return [r.client_order_id for r in reports if isinstance(r, OrderReport) and r.exec_type is ExecType.ACKNOWLEDGED]


@pytest.mark.requirement("O2", "O3")
@pytest.mark.parametrize(
    ("request_", "status", "filled", "average"),
    [
        (limit(CALL, "0.4630", 3), OrderStatus.FILLED, 3, "0.4630"),
        # 10 at 0.4630, 20 at 0.4640: (10 x 0.4630 + 5 x 0.4640) / 15
        (limit(CALL, "0.4640", 15), OrderStatus.FILLED, 15, "0.4633333333333333333333333333"),
        (limit(CALL, "0.4625", 3), OrderStatus.WORKING, 0, None),
        (limit(CALL, "0.4630", 12), OrderStatus.PARTIALLY_FILLED, 10, "0.4630"),
        (limit(CALL, "0.4630", 12, order_type=OrderType.LIMIT_FOK), OrderStatus.CANCELLED, 0, None),
        (OrderRequest(CALL, Instruction.BUY_OPEN, OrderType.MARKET_IOC, 4), OrderStatus.FILLED, 4, "0.4630"),
        (OrderRequest(CALL, Instruction.BUY_OPEN, OrderType.MARKET_FOK, 4), OrderStatus.FILLED, 4, "0.4630"),
        (OrderRequest(PUT, Instruction.SELL_OPEN, OrderType.MARKET_TO_LIMIT, 4), OrderStatus.FILLED, 4, "0.0690"),
    ],
    ids=["filled", "two levels", "rests", "partly", "limit FOK", "IOC", "FOK", "market to limit"],
)
def test_each_order_type_ends_as_its_rule_says(
    tmp_path: Path, request_: OrderRequest, status: OrderStatus, filled: int, average: str | None
) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(request_)
        assert order.status is OrderStatus.SUBMITTED
        await world.settle()
        now = rig.order(order)
        assert (now.status, now.filled_quantity) == (status, filled)
        assert now.average_fill_price == (None if average is None else Decimal(average))
        assert now.exchange_order_id == "1"
        assert not rig.alarms

    play(tmp_path, story)


@pytest.mark.requirement("O2")
def test_the_six_instructions_open_and_close_the_three_sides(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.desk.instructions.lock_shares(FUND, 20_000)
        await world.settle()
        assert [r.reason for r in rig.desk.instructions.reports] == [None]
        for instruction, price, side, held in [
            (Instruction.BUY_OPEN, "0.4630", PositionSide.LONG, 2),
            (Instruction.SELL_OPEN, "0.4620", PositionSide.SHORT, 2),
            (Instruction.COVERED_OPEN, "0.4620", PositionSide.COVERED, 2),
            (Instruction.SELL_CLOSE, "0.4620", PositionSide.LONG, 0),
            (Instruction.BUY_CLOSE, "0.4630", PositionSide.SHORT, 0),
            (Instruction.COVERED_CLOSE, "0.4630", PositionSide.COVERED, 0),
        ]:
            order = await rig.orders.submit(limit(CALL, price, 2, instruction))
            await world.settle()
            assert rig.order(order).status is OrderStatus.FILLED, rig.order(order)
            assert rig.held().get((CALL, side), 0) == held
        assert len(rig.portfolio.fills) == 6
        assert not rig.alarms

    play(tmp_path, story)


@pytest.mark.fault("F51")
def test_a_byte_leaves_only_when_the_order_is_on_disk(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.journal.hold = True
        sending = asyncio.ensure_future(rig.orders.submit(RESTING))
        await asyncio.sleep(0)
        assert rig.journal.held_count == 1
        assert submits(rig) == []
        assert list(rig.orders.orders) == []
        await rig.journal.release()
        order = await sending
        assert [s.client_order_id for s in submits(rig)] == [order.client_order_id]
        written = [r for r in rig.journal.read() if r.kind is RecordKind.SUBMITTED]
        assert [msgspec.msgpack.decode(r.body, type=Order).client_order_id for r in written] == [order.client_order_id]

    play(tmp_path, story)


@pytest.mark.fault("F78")
def test_an_order_between_disk_and_line_is_told(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        sending = asyncio.ensure_future(rig.orders.submit(RESTING))
        await asyncio.sleep(0)
        assert rig.orders.is_writing
        await sending
        assert not rig.orders.is_writing

    play(tmp_path, story)


@pytest.mark.fault("F80")
def test_two_presses_with_one_nonce_are_one_order(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        first, second = await asyncio.gather(
            rig.orders.submit(RESTING, nonce="press 1"), rig.orders.submit(RESTING, nonce="press 1")
        )
        assert first.client_order_id == second.client_order_id
        third = await rig.orders.submit(RESTING, nonce="press 2")
        assert (await rig.orders.submit(RESTING, nonce="press 1")).client_order_id == first.client_order_id
        await world.settle()
        assert copies_at_venue(world) == [first.client_order_id, third.client_order_id]

    play(tmp_path, story)


@pytest.mark.fault("F56")
def test_when_the_disk_is_full_no_order_leaves_and_cancels_do(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        rig.journal.failure = JournalError("disk full")
        refused = await rig.orders.submit(RESTING, nonce="press 1")
        assert (refused.status, refused.reason) == (OrderStatus.DENIED, Reason.JOURNAL_FAILED)
        again = await rig.orders.submit(RESTING, nonce="press 1")
        assert (again.status, again.reason) == (OrderStatus.DENIED, Reason.JOURNAL_FAILED)
        assert len(submits(rig)) == 1
        assert await rig.orders.cancel(order.client_order_id)
        await world.settle()
        assert rig.order(order).status is OrderStatus.CANCELLED
        assert rig.alarm_kinds() == [AlarmKind.JOURNAL]
        assert not rig.orders.accepting

    play(tmp_path, story)


@pytest.mark.fault("F56")
def test_a_report_that_cannot_be_written_is_shown_and_ends_new_orders(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        rig.journal.failure = JournalError("disk full")
        await world.settle()
        assert rig.order(order).status is OrderStatus.WORKING
        assert rig.alarm_kinds() == [AlarmKind.JOURNAL]
        assert not rig.orders.accepting

    play(tmp_path, story)
