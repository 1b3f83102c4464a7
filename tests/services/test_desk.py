"""The desk takes every event in its turn, and a start brings the day back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from terminal.domain import wire
from terminal.domain.accounts import PositionSide
from terminal.domain.messages import (
    Capability,
    Event,
    Hello,
    MarketDataBatch,
    Notice,
    NoticeKind,
    Pong,
    Welcome,
)
from terminal.domain.orders import Instruction, OrderStatus
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.events import AlarmKind, LatencyMeasured, RecoveryFinished
from terminal.services.instructions import InstructionState
from terminal.venue.exchange.messages import Suspend
from tests.harness import CALL, DAY, FUND, World, limit, play

RESTING = limit(CALL, "0.4000", 3)


def test_every_event_of_the_wire_has_a_handler(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = world.build_desk("D1", "A1", Decimal(1))
        assert set(rig.desk._handlers) == set(get_args(Event))
        await rig.journal.close()

    play(tmp_path, story)


def test_a_venue_that_can_nothing_takes_no_orders(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = world.build_desk("D1", "A1", Decimal(1))
        world.rigs["D1"] = rig
        rig.gateway.meddle = lambda event: [
            msgspec.structs.replace(event, capabilities=()) if isinstance(event, Welcome) else event
        ]
        await rig.desk.start()
        await world.settle()
        assert rig.desk.link is LinkState.UP
        assert not rig.desk.can(Capability.ORDERS)
        refused = await rig.orders.submit(RESTING)
        assert (refused.status, refused.reason) == (OrderStatus.DENIED, Reason.NOT_SUPPORTED)

    play(tmp_path, story)


@pytest.mark.fault("F113")
def test_a_venue_of_another_protocol_gets_no_orders(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = world.build_desk("D1", "A1", Decimal(1))
        world.rigs["D1"] = rig
        rig.gateway.meddle = lambda event: [
            msgspec.structs.replace(event, protocol=99) if isinstance(event, Welcome) else event
        ]
        await rig.desk.start()
        await world.settle()
        assert not rig.orders.accepting
        assert rig.alarm_kinds() == [AlarmKind.VENUE_REFUSED]
        assert str(rig.alarms[0].figures[-1]).endswith("start both from the same version")

    play(tmp_path, story)


@pytest.mark.fault("F05", "F52")
def test_fills_made_while_the_desk_was_away_come_back_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        other = await world.open_desk("D2", "OTHER1")
        await world.settle()
        order = await rig.orders.submit(limit(CALL, "0.4625", 5))
        await world.settle()
        rig.gateway.cut()
        await other.orders.submit(limit(CALL, "0.4625", 3, Instruction.SELL_OPEN))
        await world.settle()
        rig.gateway.connect()
        await world.settle()
        assert (rig.order(order).status, rig.order(order).filled_quantity) == (OrderStatus.PARTIALLY_FILLED, 3)
        rig.gateway.cut()
        rig.gateway.connect()
        await world.settle()
        assert [fill.quantity for fill in rig.portfolio.fills] == [3]
        assert rig.held() == {(CALL, PositionSide.LONG): 3}
        assert rig.orders.reports.duplicates == 0
        assert not rig.alarms

    play(tmp_path, story)


@pytest.mark.fault("F51", "F52")
@pytest.mark.parametrize("on_disk", [0, 1, 2, 3, 4], ids=lambda n: f"{n} writes survive")
def test_a_killed_desk_comes_back_with_every_fill_once(tmp_path: Path, on_disk: int) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        first = await rig.orders.submit(limit(CALL, "0.4630", 3))
        rig.journal.hold = True
        await world.settle()  # an acknowledgement and a fill, not on disk
        assert rig.journal.held_count == 2
        for waiting, write in rig.journal._held[:on_disk]:
            waiting.set_result(await write())
        del rig.journal._held[:on_disk]
        await world.kill_desk("D1")
        again = await world.open_desk()
        assert again.portfolio.fills == [] or on_disk >= 2
        await world.settle()
        assert (again.order(first).status, again.order(first).in_doubt) == (OrderStatus.FILLED, False)
        assert [fill.quantity for fill in again.portfolio.fills] == [3]
        assert again.held() == {(CALL, PositionSide.LONG): 3}
        assert not again.alarms
        following = await again.orders.submit(RESTING)
        assert following.client_order_id == "D1-260302-000002"

    play(tmp_path, story)


@pytest.mark.fault("F51")
@pytest.mark.parametrize("left", [True, False], ids=["it had left", "it had not left"])
def test_a_desk_killed_around_the_send_asks_and_never_sends_again(tmp_path: Path, left: bool) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        if left:
            rig.gateway.deliver_to_venue()
        await world.kill_desk("D1")
        again = await world.open_desk()
        assert again.order(order).in_doubt
        finished: list[RecoveryFinished] = []
        again.desk.bus.subscribe(RecoveryFinished, finished.append)
        await world.settle()
        expected = OrderStatus.WORKING if left else OrderStatus.REJECTED
        assert (again.order(order).status, again.order(order).in_doubt) == (expected, False)
        assert [f.in_doubt for f in finished] == [0 if left else 1]
        assert len(world.market.counter.working_orders()) == left
        # And it stays so
        await world.kill_desk("D1")
        third = await world.open_desk()
        await world.settle()
        assert third.order(order).status is expected

    play(tmp_path, story)


@pytest.mark.fault("F52")
def test_a_desk_that_lost_its_disk_gets_its_day_from_the_venue(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 3))
        await rig.orders.submit(RESTING)
        await world.settle()
        before = {o.client_order_id: o.status for o in rig.orders.orders}
        await world.kill_desk("D1")
        for path in world.folder.glob("desk-D1.*"):
            path.unlink()
        again = await world.open_desk()
        await world.settle()
        assert {o.client_order_id: o.status for o in again.orders.orders} == before
        assert again.held() == {(CALL, PositionSide.LONG): 3}
        following = await again.orders.submit(RESTING)
        await world.settle()
        assert following.client_order_id not in before
        assert again.order(following).status is OrderStatus.WORKING

    play(tmp_path, story)


@pytest.mark.fault("F51")
def test_another_book_begins_clean_and_the_old_one_comes_back_whole(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        mine = await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        first_header, first_options = world.header, world.options
        rig.desk.on_event(Notice(kind=NoticeKind.BREAKER, at=world.market.now, number=1))
        await world.kill_venue()
        world.header = msgspec.structs.replace(world.header, book_id="book2")
        world.options = replace(world.options, book_id="book2")
        world.open_venue()
        rig.gateway.connect()
        await world.settle()
        assert list(rig.orders.orders) == []
        assert rig.desk.notices == []
        assert rig.held() == {}
        other = await rig.orders.submit(limit(CALL, "0.4630", 1))
        await world.settle()
        assert other.client_order_id == "D1-260302-000002"
        # The journal keeps them apart over a restart
        await world.kill_desk("D1")
        rig = await world.open_desk()
        assert [o.client_order_id for o in rig.orders.orders] == [other.client_order_id]
        assert rig.desk.last_sequence == 2
        await world.settle()
        await world.kill_venue()
        world.header, world.options = first_header, first_options
        world.open_venue()
        rig.gateway.connect()
        await world.settle()
        assert [o.client_order_id for o in rig.orders.orders] == [mine.client_order_id]
        assert rig.held() == {(CALL, PositionSide.LONG): 3}
        assert not rig.alarms

    play(tmp_path, story)


@pytest.mark.fault("F85")
def test_a_refusal_before_any_venue_told_the_time_opens_no_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        order = await rig.orders.submit(RESTING)
        await world.settle()
        await world.kill_desk("D1")
        host, world.host = world.host, None
        offline = await world.open_desk()
        refused = await offline.orders.submit(RESTING)
        assert (refused.status, refused.reason) == (OrderStatus.DENIED, Reason.NOT_CONNECTED)
        assert refused.submitted_at.date() > DAY
        await world.settle()
        await world.kill_desk("D1")
        world.host = host
        again = await world.open_desk()
        assert [o.client_order_id for o in again.orders.orders] == [order.client_order_id]
        assert again.desk.last_sequence == 1
        await world.settle()
        following = await again.orders.submit(RESTING)
        assert following.client_order_id == "D1-260302-000003"

    play(tmp_path, story)


@pytest.mark.requirement("T2")
def test_notices_come_once_and_a_venue_that_came_back_may_number_anew(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        posted = len(rig.desk.notices)
        world.market._spread(world.market.exchange.handle(Suspend(FUND), world.market.now), from_crowd=False)
        world.pass_time(0.02)
        await world.settle()
        told = rig.desk.notices[posted:]
        assert {n.kind for n in told} == {NoticeKind.SUSPENSION}
        rig.gateway.cut()
        rig.gateway.connect()
        await world.settle()
        assert rig.desk.notices[posted:] == told
        another = Notice(kind=NoticeKind.BREAKER, at=told[0].at + timedelta(minutes=1), number=told[0].number)
        rig.desk.on_event(another)
        assert rig.desk.notices[-1] == another

    play(tmp_path, story)


def test_a_heartbeat_is_measured(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        latencies: list[LatencyMeasured] = []
        rig.desk.bus.subscribe(LatencyMeasured, latencies.append)
        rig.desk.ping()
        world.clock.seconds += 0.004
        await world.settle()
        assert [latency.feed_ms for latency in latencies] == [pytest.approx(4.0)]
        rig.desk.on_event(Pong(number=77, at=world.market.now))
        assert len(latencies) == 1

    play(tmp_path, story)


def test_what_comes_before_the_list_of_the_day_does_no_harm(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = world.build_desk("D1", "A1", Decimal(1))
        rig.desk.on_event(MarketDataBatch(at=world.market.now, rows=b"x" * 256))
        assert rig.desk.market.dropped == 1
        await rig.journal.close()

    play(tmp_path, story)


def test_hello_names_what_is_on_disk(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(RESTING)
        await world.settle()
        await world.kill_desk("D1")
        again = await world.open_desk()
        hello = again.gateway.sent[0]
        assert isinstance(hello, Hello)
        assert (hello.book_id, hello.last_day, hello.last_sequence) == ("book1", DAY, 1)
        assert wire.decode_command(wire.encode(hello)) == hello

    play(tmp_path, story)


@pytest.mark.requirement("O4")
def test_shares_are_not_locked_over_a_dead_line_and_it_is_said(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        first, second = [await rig.desk.instructions.lock_shares(FUND, 10_000) for _ in range(2)]
        assert first.command.instruction_id != second.command.instruction_id
        await world.settle()
        assert rig.portfolio.holdings[FUND].locked == 20_000
        await world.kill_venue()
        await world.settle()
        denied = await rig.desk.instructions.lock_shares(FUND, 10_000)
        assert (denied.state, denied.reason) == (InstructionState.DENIED, Reason.NOT_CONNECTED)
        assert rig.desk.instructions.entry(denied.command.instruction_id) == denied

    play(tmp_path, story)
