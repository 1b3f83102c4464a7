"""Reports that are late, double, out of order or untrue: booked once, or kept out and alarmed."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.messages import OrderReport, OrderUnknown
from terminal.domain.orders import ExecType, Instruction, Order, OrderStatus
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.services.events import AlarmKind
from tests.harness import CALL, DeskRig, World, limit, play

RESTING = limit(CALL, "0.4000", 3)


async def _filled_in_part(world: World) -> tuple[DeskRig, Order, OrderReport]:
    rig = await world.open_desk()
    await world.settle()
    order = await rig.orders.submit(limit(CALL, "0.4630", 12))
    await world.settle()
    trade = next(e for e in rig.gateway.received if isinstance(e, OrderReport) and e.exec_type is ExecType.TRADE)
    return rig, rig.order(order), trade


@pytest.mark.fault("F09")
def test_a_report_seen_before_is_counted_and_changes_nothing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig, order, trade = await _filled_in_part(world)
        rig.desk.on_event(trade)
        rig.desk.on_event(trade)
        assert rig.order(order) == order
        assert rig.orders.reports.duplicates == 2
        assert len(rig.portfolio.fills) == 1
        assert not rig.alarms

    play(tmp_path, story)


@pytest.mark.fault("F10", "F12")
@pytest.mark.parametrize(
    "changes",
    [
        {"report_id": "other", "sequence": 3},
        {"report_id": "other", "sequence": 2},
        {"report_id": "other", "sequence": 3, "last_quantity": 1},
        {"report_id": "other", "sequence": 3, "last_quantity": 1, "filled_quantity": 12},
        {"report_id": "other", "sequence": 3, "last_quantity": 3, "filled_quantity": 13},
        {"report_id": "other", "sequence": 3, "last_quantity": 1, "filled_quantity": 11, "last_price": Decimal("NaN")},
        {"report_id": "other", "sequence": 3, "last_quantity": 1, "filled_quantity": 11, "last_price": Decimal(-1)},
        {"report_id": "other", "sequence": 3, "last_quantity": 1, "filled_quantity": 11, "last_price": None},
        {"report_id": "other", "sequence": 3, "exec_type": ExecType.NOT_RECEIVED},
    ],
    ids=[
        "second id",
        "second id, old number",
        "total stands",
        "total leaps",
        "overfill",
        "no number",
        "negative",
        "no price",
        "not received",
    ],
)
def test_a_report_that_cannot_be_true_is_kept_out_alarmed_and_on_disk(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    async def story(world: World) -> None:
        rig, order, trade = await _filled_in_part(world)
        rig.desk.on_event(msgspec.structs.replace(trade, **changes))
        assert rig.order(order) == order
        assert len(rig.portfolio.fills) == 1
        assert rig.alarm_kinds() == [AlarmKind.REPORT_DOES_NOT_FIT]
        await world.settle()
        assert sum(r.kind is RecordKind.EVENT for r in rig.journal.read()) == 3
        # A start on this journal neither fails nor books it
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        assert again.order(order).filled_quantity == 10
        assert len(again.portfolio.fills) == 1

    play(tmp_path, story)


@pytest.mark.fault("F11")
def test_a_fill_before_the_acknowledgement_and_after_the_cancel_is_booked(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig, _, trade = await _filled_in_part(world)
        at = trade.at + timedelta(seconds=1)

        def tell(sequence: int, exec_type: ExecType, filled: int, **more: object) -> None:
            given = {"last_price": None, "last_quantity": 0, "client_order_id": "D1-260302-000099", **more}
            rig.desk.on_event(
                msgspec.structs.replace(
                    trade,
                    sequence=sequence,
                    report_id=f"r{sequence}",
                    exec_type=exec_type,
                    filled_quantity=filled,
                    at=at,
                    **given,
                )
            )

        price = {"last_price": Decimal("0.4630")}
        tell(3, ExecType.TRADE, 2, last_quantity=2, **price)
        tell(4, ExecType.ACKNOWLEDGED, 2)
        tell(5, ExecType.CANCELLED, 2)
        tell(6, ExecType.TRADE, 5, last_quantity=3, **price)
        tell(7, ExecType.CANCEL_REJECTED, 5)
        now = rig.orders.order("D1-260302-000099")
        assert now is not None
        assert (now.status, now.filled_quantity, now.leaves_quantity) == (OrderStatus.CANCELLED, 5, 0)
        assert [fill.quantity for fill in rig.portfolio.fills] == [10, 2, 3]
        assert not rig.alarms
        # An order of ours that we no longer knew: its number is not given again
        following = await rig.orders.submit(RESTING)
        assert following.client_order_id == "D1-260302-000100"

    play(tmp_path, story)


@pytest.mark.fault("F19")
@pytest.mark.requirement("T12")
def test_an_execution_nobody_ordered_is_booked_and_alarmed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 5))
        await world.settle()
        account = "880000001888"
        forced = world.market.counter.book_external(
            account, "FORCED-1", CALL, Instruction.SELL_CLOSE, Decimal("0.4600"), 2, world.market.now
        )
        world.market.take(forced, world.market.now)
        world.pass_time(0.02)
        await world.settle()
        assert rig.held() == {(CALL, PositionSide.LONG): 3}
        fill = rig.portfolio.fills[-1]
        assert (fill.client_order_id, fill.quantity, fill.ordered) == ("FORCED-1", 2, False)
        assert fill.price == Decimal("0.4600")
        assert [(a.kind, a.figures) for a in rig.alarms] == [(AlarmKind.UNORDERED_EXECUTION, (CALL, "2", ""))]
        # Told once: a start brings it back without a new alarm
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        assert again.held() == {(CALL, PositionSide.LONG): 3}
        assert not again.alarms
        order = again.orders.order("FORCED-1")
        assert order is not None
        assert not order.ordered

    play(tmp_path, story)


@pytest.mark.fault("F19")
def test_a_forced_order_alarms_with_each_trade_and_not_when_it_is_taken(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig, _, trade = await _filled_in_part(world)
        forced = msgspec.structs.replace(
            trade, client_order_id="QP12603020001", quantity=4, filled_quantity=0, last_quantity=0, last_price=None,
            exec_type=ExecType.ACKNOWLEDGED, ordered=False, sequence=trade.sequence + 1, report_id="forced-1",
        )  # fmt: skip
        rig.desk.on_event(forced)
        assert not rig.alarms
        filled = msgspec.structs.replace(
            forced, exec_type=ExecType.TRADE, last_quantity=4, last_price=trade.last_price, filled_quantity=4,
            sequence=trade.sequence + 2, report_id="forced-2",
        )  # fmt: skip
        rig.desk.on_event(filled)
        assert [(a.kind, a.figures) for a in rig.alarms] == [
            (AlarmKind.UNORDERED_EXECUTION, (trade.contract_code, "4", "QP1"))
        ]

    play(tmp_path, story)


def test_a_venue_that_forgets_an_order_it_had_answered_is_alarmed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig, order, trade = await _filled_in_part(world)
        rig.desk.on_event(OrderUnknown(client_order_id=order.client_order_id, at=trade.at))
        assert rig.order(order) == order
        assert rig.alarm_kinds() == [AlarmKind.REPORT_DOES_NOT_FIT]

    play(tmp_path, story)


@pytest.mark.requirement("O5")
def test_the_counter_has_the_last_word(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        # Two orders at once, each within the funds, both together not: 1,000,000 of cash, 50 x 0.75 x 10,000 each
        first = await rig.orders.submit(limit(CALL, "0.4600", 50))
        for _ in range(5):
            last = await rig.orders.submit(limit(CALL, "0.4600", 50))
        await world.settle()
        assert rig.order(first).status is OrderStatus.WORKING
        now = rig.order(last)
        assert (now.status, now.reason) == (OrderStatus.REJECTED, Reason.FUNDS)
        assert now.reason_detail

    play(tmp_path, story)
