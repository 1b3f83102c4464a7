"""The venue towards its desks: nothing is told that is not on disk, and no desk can end it or hear of another."""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain import wire
from terminal.domain.accounts import PositionSide
from terminal.domain.errors import JournalError
from terminal.domain.messages import (
    PROTOCOL,
    AccountReport,
    CancelOrder,
    Command,
    Hello,
    OrderReport,
    OrderUnknown,
    Ping,
    Pong,
    QueryOrder,
    Recovered,
    Refused,
    Resend,
    TradeBatch,
    Welcome,
)
from terminal.domain.orders import ExecType, OrderStatus
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from tests.harness import ACCOUNT, CALL, GRACE, World, limit, play
from tests.venue.visitor import HELLO, Visitor, buy

RESTING = limit(CALL, "0.4000", 3)


@pytest.mark.parametrize(
    ("hello", "reason"),
    [
        (Hello(protocol=99, desk_id="D9", account_id="A9"), Reason.NOT_SUPPORTED),
        (Hello(protocol=PROTOCOL, desk_id="D9", account_id="../x"), Reason.UNKNOWN_ACCOUNT),
        (Hello(protocol=PROTOCOL, desk_id="D9", account_id="A" * 33), Reason.UNKNOWN_ACCOUNT),
        (Hello(protocol=PROTOCOL, desk_id="D9", account_id="Ａ９"), Reason.UNKNOWN_ACCOUNT),
        (Hello(protocol=PROTOCOL, desk_id="", account_id="A9"), Reason.UNKNOWN_ACCOUNT),
        (Ping(number=1), Reason.MALFORMED),
        (CancelOrder(client_order_id="x"), Reason.MALFORMED),
    ],
    ids=["protocol", "path", "long", "full width", "no desk", "ping first", "cancel first"],
)
@pytest.mark.fault("F113", "F46")
def test_a_line_that_begins_wrong_is_told_why_and_ended(tmp_path: Path, hello: Command, reason: Reason) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        heard = visitor.say(hello)
        assert [e.reason for e in heard if isinstance(e, Refused)] == [reason]
        assert visitor.closed
        assert world.market.counter.account_ids() == []

    play(tmp_path, story)


@pytest.mark.fault("F113")
def test_a_desk_of_another_version_is_told_what_to_do(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        (refused,) = Visitor(world).say(Hello(protocol=99, desk_id="D9", account_id="A9"))
        assert isinstance(refused, Refused)
        assert refused.detail == f"protocol 99, this venue speaks {PROTOCOL}: start both from the same version"

    play(tmp_path, story)


def test_a_second_hello_is_refused_and_the_line_stays(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        assert isinstance(visitor.heard[0], Welcome)
        assert isinstance(visitor.heard[-1], Recovered)
        (refused,) = visitor.say(Hello(protocol=PROTOCOL, desk_id="D9", account_id="OTHER"))
        assert isinstance(refused, Refused)
        (pong,) = visitor.say(Ping(number=5))
        assert isinstance(pong, Pong)
        assert world.market.counter.account_ids() == ["A9"]

    play(tmp_path, story)


@pytest.mark.fault("F17", "F18")
def test_garbage_from_a_desk_ends_its_line_and_no_other(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        visitor = Visitor(world)
        visitor.say(HELLO)
        visitor.session.data_received(b"\x00\x00\x00\x04abcd")
        assert visitor.closed
        order = await rig.orders.submit(RESTING)
        await world.settle()
        assert rig.order(order).status is OrderStatus.WORKING

    play(tmp_path, story)


@pytest.mark.fault("F18")
def test_single_bytes_and_joined_frames_are_the_same_commands(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        for byte in wire.frame(HELLO):
            visitor.session.data_received(bytes([byte]))
        await world.settle()
        before = len(visitor.heard)
        visitor.session.data_received(b"".join(wire.frame(Ping(number=n)) for n in range(3)))
        assert [e.number for e in visitor.heard[before:] if isinstance(e, Pong)] == [0, 1, 2]

    play(tmp_path, story)


@pytest.mark.fault("F52", "F56")
def test_reports_pictures_and_recovery_leave_only_when_their_entries_are_on_disk(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor, late = Visitor(world), Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        assert world.venue_journal is not None
        world.venue_journal.hold = True
        before = len(visitor.heard)
        visitor.say(buy("a", "0.4630"), Resend(last_sequence=0))
        late.say(Hello(protocol=PROTOCOL, desk_id="D8", account_id="A9"))
        world.pass_time(2.0, ticks=100)  # heartbeats with pictures of the account among them
        await world.settle()
        told = [e for e in visitor.heard[before:] if isinstance(e, OrderReport | AccountReport)]
        assert told == []
        assert late.heard == []
        await world.venue_journal.release()
        await world.settle()
        numbers = [e.sequence for e in visitor.heard[before:] if isinstance(e, OrderReport)]
        assert numbers == [1, 2, 1, 2]
        assert [e.sequence for e in late.heard if isinstance(e, OrderReport)] == [1, 2]
        assert isinstance(late.heard[-1], Recovered)

    play(tmp_path, story)


@pytest.mark.fault("F52")
def test_a_venue_killed_before_its_disk_had_the_fill_told_nobody_and_the_desk_is_not_fooled(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        assert world.venue_journal is not None
        world.venue_journal.hold = True
        lost = await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        assert rig.order(lost).status is OrderStatus.SUBMITTED
        await world.kill_venue()
        world.open_venue()
        rig.gateway.connect()
        await world.settle()
        assert (rig.order(lost).status, rig.order(lost).reason) == (OrderStatus.REJECTED, Reason.NOT_RECEIVED)
        kept = await rig.orders.submit(limit(CALL, "0.4630", 2))
        await world.settle()
        assert rig.order(kept).status is OrderStatus.FILLED
        assert rig.held() == {(CALL, PositionSide.LONG): 2}
        assert AccountReport in {type(e) for e in rig.gateway.received}

    play(tmp_path, story)


@pytest.mark.fault("F51", "F05")
def test_a_venue_that_comes_back_knows_every_order_and_fill(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        working = await rig.orders.submit(RESTING)
        filled = await rig.orders.submit(limit(CALL, "0.4630", 12))
        await world.settle()
        world.pass_time(0.02)  # the first turn writes a picture
        await world.settle()
        before = world.market.counter.picture()
        funds = rig.portfolio.funds
        await world.kill_venue()
        assert rig.desk.link is LinkState.DOWN
        assert rig.order(working).in_doubt
        world.open_venue()
        assert world.market.counter.picture() == before
        rig.gateway.connect()
        await world.settle()
        assert (rig.order(working).status, rig.order(working).in_doubt) == (OrderStatus.WORKING, False)
        assert rig.order(filled).status is OrderStatus.PARTIALLY_FILLED
        assert rig.portfolio.funds == funds
        assert len(rig.portfolio.fills) == 1
        assert await rig.orders.cancel_all() == 2
        await world.settle()
        assert rig.order(working).status is rig.order(filled).status is OrderStatus.CANCELLED

    play(tmp_path, story)


@pytest.mark.fault("F56", "F59")
def test_a_venue_whose_disk_fails_ends_and_tells_nobody(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("the venue ends: disk full")

    async def story(world: World) -> None:
        await world.venue.start()
        running = asyncio.ensure_future(world.venue.run())
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        assert world.venue_journal is not None
        world.venue_journal.failure = JournalError("disk full")
        before = len(visitor.heard)
        visitor.say(buy("a", "0.4630"), buy("b", "0.4630"))
        with pytest.raises(JournalError, match="disk full"):
            await running
        assert not [e for e in visitor.heard[before:] if isinstance(e, OrderReport | AccountReport)]
        await world.venue.close()

    play(tmp_path, story)


@pytest.mark.fault("F20")
def test_a_mistake_of_ours_in_a_command_ends_the_venue_loudly(
    tmp_path: Path, expected_warnings: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_warnings("a CancelOrder of desk 'D9' broke the venue")
    expected_warnings("the venue ends")

    async def story(world: World) -> None:
        await world.venue.start()
        running = asyncio.ensure_future(world.venue.run())
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()

        def broken(*_: object) -> None:
            raise RuntimeError("a mistake")

        monkeypatch.setattr(world.market.counter, "handle", broken)
        heard = visitor.say(CancelOrder(client_order_id="x"))
        assert [e.reason for e in heard if isinstance(e, Refused)] == [Reason.MALFORMED]
        assert visitor.say(Ping(number=1)) == []
        with pytest.raises(RuntimeError, match="a mistake"):
            await running
        await world.venue.close()

    play(tmp_path, story)


@pytest.mark.fault("F20")
def test_a_mistake_of_ours_in_the_tick_ends_the_venue_loudly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(world: World) -> None:
        await world.venue.start()

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("a mistake")

        monkeypatch.setattr(world.market.crowd, "step", broken)
        world.venue.pacer.set_speed(1.0, world.clock())
        world.clock.seconds += 1.0
        with pytest.raises(RuntimeError, match="a mistake"):
            await world.venue.run()
        await world.venue.close()

    play(tmp_path, story)


@pytest.mark.fault("F02", "F14")
def test_the_same_desk_again_ends_its_dead_line_and_what_that_still_holds(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        old, new = Visitor(world), Visitor(world)
        old.say(HELLO)
        new.say(HELLO)
        await world.settle()
        assert old.closed
        old.say(buy("late", "0.4000"))
        unknown, _ = new.say(QueryOrder(client_order_id="late"))
        assert isinstance(unknown, OrderUnknown)
        # The account is not taken for absent
        world.pass_time(GRACE * 2)
        new.say(buy("b", "0.4000"))
        world.pass_time(GRACE * 2)
        assert len(world.market.counter.working_orders()) == 1

    play(tmp_path, story)


@pytest.mark.fault("F112")
def test_no_desk_hears_of_another_account(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        other = await world.open_desk("D2", "OTHER1")
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        world.pass_time(1.0, ticks=60)
        await world.settle()
        accounts = {e.account_id for e in other.gateway.received if isinstance(e, AccountReport | OrderReport)}
        assert accounts == {"OTHER1"}
        assert [e for e in other.gateway.received if isinstance(e, TradeBatch)]

    play(tmp_path, story)


def test_two_desks_of_one_account_both_hear_everything(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        second = await world.open_desk("D2")
        await world.settle()
        order = await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        assert second.order(order).status is OrderStatus.FILLED
        assert second.held() == rig.held() == {(CALL, PositionSide.LONG): 3}
        assert not second.alarms
        # A desk that goes leaves the account attended
        await rig.orders.submit(RESTING)
        await world.settle()
        await world.kill_desk("D1")
        world.pass_time(GRACE * 3, ticks=10)
        assert len(world.market.counter.working_orders()) == 1

    play(tmp_path, story)


@pytest.mark.fault("F39", "F46")
@pytest.mark.parametrize("price", ["NaN", "sNaN", "Infinity", "-1", "1e999999", "0.46301", "0"])
@pytest.mark.parametrize("quantity", [1, 0, -1, 10**12])
def test_absurd_orders_are_answered_and_the_venue_goes_on(tmp_path: Path, price: str, quantity: int) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        heard = visitor.say(buy("a", price, quantity))
        await world.settle()
        reports = [e for e in visitor.heard if isinstance(e, OrderReport)]
        refusals = [e for e in heard if isinstance(e, Refused)]
        assert len(reports) + len(refusals) == 1
        assert all(r.exec_type is ExecType.REJECTED for r in reports)
        assert isinstance(visitor.say(Ping(number=1))[0], Pong)

    play(tmp_path, story)


def test_an_account_is_opened_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.cut()
        rig.gateway.connect()
        await world.settle()
        assert world.market.counter.account_ids() == [ACCOUNT]
        assert rig.portfolio.funds is not None
        assert rig.portfolio.funds.balance == Decimal("1000000.00")

    play(tmp_path, story)
