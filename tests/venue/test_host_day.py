"""The venue through its day: the clock, desks that are gone, the close, and a venue left alone."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from terminal.domain.messages import (
    ClockChanged,
    MarketDataBatch,
    OrderReport,
    Refused,
    SetClock,
)
from terminal.domain.orders import ExecType
from terminal.domain.phases import Phase
from tests.harness import CALL, GRACE, START, World, limit, play
from tests.venue.visitor import HELLO, Visitor, buy

RESTING = limit(CALL, "0.4000", 3)


@pytest.mark.fault("F01", "F04")
def test_orders_of_a_desk_that_never_comes_back_to_a_restarted_venue_are_cancelled(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(RESTING)
        await world.settle()
        await world.kill_venue()
        host = world.open_venue()
        await host.start()
        assert len(world.market.counter.working_orders()) == 1
        world.pass_time(GRACE + 4.9, ticks=5)
        assert len(world.market.counter.working_orders()) == 1
        world.pass_time(0.2)
        assert world.market.counter.working_orders() == []
        await host.close()

    play(tmp_path, story)


@pytest.mark.fault("F04")
def test_where_nothing_can_be_cancelled_an_absent_desk_s_orders_wait_without_a_flood(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        visitor.say(buy("a", "0.4000"))
        await world.settle()
        world.market.touch_clock(world.market.now.replace(hour=14, minute=59, second=30))
        assert world.market.phase is Phase.CLOSING_AUCTION
        visitor.session.connection_lost(None)
        world.pass_time(GRACE + 30, ticks=300)
        refused = [r for r in world.market.counter.reports_after("A9", 0) if _kind(r) is ExecType.CANCEL_REJECTED]
        # Every five seconds in the minute without cancels
        assert 5 <= len(refused) <= 8
        world.market.touch_clock(world.market.now.replace(hour=15, minute=0, second=1))
        assert world.market.counter.working_orders() == []

    play(tmp_path, story)


def _kind(report: object) -> ExecType | None:
    return report.exec_type if isinstance(report, OrderReport) else None


def test_the_clock_stops_steps_and_refuses_what_is_no_speed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        for wrong in (
            SetClock(speed=-1.0),
            SetClock(speed=601.0),
            SetClock(speed=float("nan")),
            SetClock(step_seconds=0.0),
            SetClock(step_seconds=3601.0),
            SetClock(step_seconds=float("nan")),
        ):
            assert [type(e) for e in visitor.say(wrong)] == [Refused], wrong
        start = world.market.now
        visitor.say(SetClock(step_seconds=32.0))
        before = len(visitor.heard)
        world.pass_time(0.2, ticks=10)
        assert world.market.now == start + timedelta(seconds=32)
        heard = visitor.heard[before:]
        assert [e.at for e in heard if isinstance(e, ClockChanged)] == [world.market.now]
        assert [e for e in heard if isinstance(e, MarketDataBatch)]
        visitor.say(SetClock(speed=10.0))
        for _ in range(50):
            world.pass_time(0.02)
        assert world.market.now == pytest.approx(start + timedelta(seconds=42), abs=timedelta(seconds=0.5))

    play(tmp_path, story)


def test_playing_on_after_the_close_asks_for_the_next_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.venue.start()
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        visitor.say(SetClock(speed=1.0))
        world.market.touch_clock(world.market.now.replace(hour=15, minute=0, second=1))
        world.pass_time(0.02)
        # Exercise and combinations are entered until 15:30
        assert world.venue.pacer.speed > 0.0
        world.market.touch_clock(world.market.now.replace(hour=15, minute=30, second=1))
        world.pass_time(0.02)
        assert world.venue.pacer.speed == 0.0
        assert not world.venue.wants_next_day
        visitor.say(SetClock(speed=1.0))
        assert world.venue.wants_next_day
        await world.venue.run()
        await world.venue.close()

    play(tmp_path, story)


@pytest.mark.fault("F87")
def test_a_command_after_a_standstill_does_not_carry_the_market_through_a_phase(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        visitor.say(SetClock(speed=1.0))
        world.clock.seconds += 3 * 3600  # the machine slept, no tick came
        visitor.say(buy("a", "0.4000"))
        await world.settle()
        assert world.market.phase is Phase.CONTINUOUS
        assert len(world.market.counter.working_orders()) == 1

    play(tmp_path, story)


def test_market_time_stands_until_the_first_desk_when_asked_to(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.kill_venue()
        world.options = replace(world.options, wait_for_desk=True)
        world.speed = 1.0
        world.open_venue()
        start = world.market.now
        world.pass_time(10, ticks=100)
        assert world.market.now == start
        rig = await world.open_desk()
        await world.settle()
        world.pass_time(10, ticks=100)
        assert world.market.now - start == pytest.approx(timedelta(seconds=10), abs=timedelta(seconds=0.2))
        await world.settle()
        assert rig.desk.clock.speed == 1.0

    play(tmp_path, story)


@pytest.mark.parametrize("working", [False, True])
def test_a_venue_left_alone_ends_after_the_linger_time_and_after_it_cancelled(tmp_path: Path, working: bool) -> None:
    async def story(world: World) -> None:
        await world.kill_venue()
        world.options = replace(world.options, linger_seconds=1.0)
        world.open_venue()
        await world.venue.start()
        rig = await world.open_desk()
        await world.settle()
        if working:
            await rig.orders.submit(RESTING)
            await world.settle()
        world.pass_time(5.0, ticks=10)
        assert world.venue._ended is not None
        assert not world.venue._ended.done()
        await world.kill_desk("D1")
        world.pass_time(GRACE - 0.1, ticks=3)
        assert not world.venue._ended.done()
        world.pass_time(10.0, ticks=40)
        assert world.venue._ended.done()
        assert world.market.counter.working_orders() == []
        await world.venue.close()

    play(tmp_path, story)


@pytest.mark.fault("F84")
def test_a_venue_that_cannot_keep_its_speed_says_at_once_what_time_it_is(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        visitor.say(SetClock(speed=600.0))
        before = len(visitor.heard)
        # A tick makes at most four steps of 48 seconds: after 0.9 s of wall time the clock should show 540 more
        world.pass_time(0.9)
        told = [e for e in visitor.heard[before:] if isinstance(e, ClockChanged)]
        assert [(e.at, e.behind_seconds) for e in told] == [(START + timedelta(seconds=192), 348.0)]
        # Ticks that take a second and a half each still tell the time with every one
        before = len(visitor.heard)
        world.pass_time(4.5, ticks=3)
        assert sum(isinstance(e, ClockChanged) for e in visitor.heard[before:]) >= 3

    play(tmp_path, story)
