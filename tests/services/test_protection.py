"""Protections on a real desk: what trips takes quotes out and holds them off until a person decides."""

import asyncio
import math
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import CancelAll, ClockChanged, MarketDataBatch
from terminal.domain.orders import Instruction, OrderStatus, Side
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.protection.market_maker import Measure, ProtectionLimits, Scope
from terminal.rules.protection.pull_rules import PullCause, PullRules
from terminal.rules.protection.stops import StopTier
from terminal.services.events import AlarmKind, LatencyMeasured
from terminal.services.protection import Protection
from tests.harness import CHEAP_CALL, CONTRACTS, FUND, PUT, START, DeskRig, World, limit, play
from tests.quoting_rig import open_maker, quote, quote_cancels, with_limits

FREE = {"volume": math.inf, "delta": math.inf, "vega": math.inf, "percent": math.inf, "loss": math.inf}
TASKS: list["asyncio.Task[Any]"] = []


def spawn(work: Coroutine[Any, Any, Any]) -> object:
    task = asyncio.ensure_future(work)
    TASKS.append(task)
    return task


async def guarded(world: World, rig: DeskRig, **more: Any) -> Protection:
    """The rig's protections."""
    return Protection(
        market=rig.desk.market,
        theoretical=rig.theoretical,
        quoting=rig.quoting,
        orders=rig.orders,
        clock=rig.desk.clock,
        journal=rig.journal,
        bus=rig.desk.bus,
        monotonic=world.clock,
        spawn=spawn,
        **more,
    )


async def rest(world: World) -> None:
    await world.settle()
    await asyncio.gather(*TASKS)
    TASKS.clear()
    await world.settle()


def quote_both(rig: DeskRig) -> int:
    batch = rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708"), quote(CHEAP_CALL, "0.0079", "0.0083")])
    return rig.quoting.submit(batch).sent


def live(rig: DeskRig) -> list[str]:
    return [code for code in (PUT, CHEAP_CALL) if rig.quoting.live(code) is not None]


def underlying(rig: DeskRig, spot: int, half: int = 10, bid: int | None = None) -> None:
    row = rig.desk.market.quotes[0].copy()
    row[[Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = spot, spot - half if bid is None else bid, spot + half
    rig.desk.market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))


@pytest.mark.requirement("X3")
@pytest.mark.fault("F92")
@pytest.mark.parametrize(
    ("scope", "name", "left"),
    [
        (Scope.CONTRACT, f"contract {PUT}", [CHEAP_CALL]),
        (Scope.EXPIRY, f"expiry {FUND} 2026-03-25", []),
        (Scope.UNDERLYING, f"underlying {FUND}", []),
        (Scope.BOOK, "book", []),
    ],
)
def test_a_breach_takes_the_group_out_until_a_person_re_arms_it_by_name(
    tmp_path: Path, scope: Scope, name: str, left: list[str]
) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.set_limits(scope, ProtectionLimits(window_seconds=5, **FREE | {"volume": 4}), "ann")
        client = await world.open_desk("D2", "880000009999")
        assert quote_both(rig) == 2
        await world.settle()
        await client.orders.submit(limit(PUT, "0.0692", 3, Instruction.SELL_OPEN))
        await rest(world)
        assert list(guard.maker.trips) == []
        await client.orders.submit(limit(PUT, "0.0692", 1, Instruction.SELL_OPEN))
        await rest(world)
        (trip,) = guard.maker.trips
        assert (trip.name, trip.measure, trip.figure) == (name, Measure.VOLUME, 4)
        assert live(rig) == left
        assert AlarmKind.PROTECTION in rig.alarm_kinds()
        denial = rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        assert denial is not None
        assert denial.reason is Reason.PROTECTION_TRIPPED
        # Time does not heal it, another name does nothing, nobody is nobody
        world.clock.seconds += 100
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) is not None
        assert not guard.rearm("book of somebody", "ann")
        with pytest.raises(BadInput):
            guard.rearm(name, " ")
        assert guard.rearm(name, "ann")
        assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) is None
        assert guard.records[-1].by == "ann"
        await rig.journal.flush()
        notes = [record.body for record in rig.journal.read() if record.kind is RecordKind.NOTE]
        assert any(name.encode() in body and b"re-armed" in body for body in notes)

    play(tmp_path, story)


@pytest.mark.requirement("X3")
def test_a_loss_trips_when_the_market_moves_after_the_fill(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.set_limits(Scope.BOOK, ProtectionLimits(window_seconds=60, **FREE | {"loss": 300}), "ann")
        client = await world.open_desk("D2", "880000009999")
        quote_both(rig)
        await world.settle()
        await client.orders.submit(limit(PUT, "0.0692", 5, Instruction.SELL_OPEN))
        await rest(world)
        assert list(guard.maker.trips) == []
        underlying(rig, 29_900)
        rig.theoretical.reprice(FUND)
        assert guard.maker.figures(Scope.BOOK)[Measure.LOSS] > 300
        guard.on_timer()
        await rest(world)
        assert [trip.measure for trip in guard.maker.trips] == [Measure.LOSS]
        assert live(rig) == []

    play(tmp_path, story)


@pytest.mark.fault("F26", "F27")
def test_quotes_on_input_that_goes_bad_are_pulled_and_come_back_after_some_calm(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.rules = PullRules(wide_fraction=0.01, calm_seconds=2, unusable_fraction=0.9)
        underlying(rig, 29_630)
        assert guard.pulled == {}
        for spot, half, bid, cause in (
            (29_631, 300, None, PullCause.WIDE),
            (29_632, 10, 29_700, PullCause.CROSSED),
        ):
            assert quote_both(rig) == 2
            await world.settle()
            underlying(rig, spot, half, bid)
            assert guard.pulled == {FUND: (cause,)}
            await rest(world)
            assert live(rig) == []
            denial = rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
            assert denial is not None
            assert denial.reason is Reason.QUOTES_PULLED
            underlying(rig, 29_633)
            assert rig.quoting.quote(quote(PUT, "0.0692", "0.0708")) is not None
            world.clock.seconds += 2.1
            underlying(rig, 29_634)
            assert guard.pulled == {}

    play(tmp_path, story)


@pytest.mark.fault("F26")
def test_a_feed_that_stops_is_seen_by_the_timer_alone(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.rules = PullRules(unusable_fraction=0.9, underlying_age_seconds=3, feed_gap_seconds=2)
        rig.desk.on_event(ClockChanged(at=START, speed=1.0))
        underlying(rig, 29_630)
        quote_both(rig)
        await world.settle()
        for _ in range(40):
            world.clock.seconds += 0.05
            guard.on_timer()
        assert FUND not in guard.pulled
        world.clock.seconds += 0.1
        guard.on_timer()
        assert guard.pulled[FUND] == (PullCause.FEED_GAP,)
        assert quote_cancels(rig) != []

    play(tmp_path, story)


@pytest.mark.fault("F30")
def test_a_jump_stays_until_somebody_has_looked(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.rules = PullRules(unusable_fraction=1.0, calm_seconds=0.1)
        underlying(rig, 29_630)
        quote_both(rig)
        await world.settle()
        underlying(rig, 29_630 * 13 // 10)
        assert PullCause.JUMPED in guard.pulled[FUND]
        underlying(rig, 29_630)
        world.clock.seconds += 2
        underlying(rig, 29_631)
        assert guard.pulled == {FUND: (PullCause.JUMPED,)}
        assert guard.lift_jump(FUND, "ann")
        assert not guard.lift_jump(FUND, "ann")
        underlying(rig, 29_632)
        assert guard.pulled == {}
        assert quote_both(rig) == 2

    play(tmp_path, story)


@pytest.mark.fault("F26")
def test_a_market_that_somebody_has_paused_is_not_stale(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.rules = PullRules(unusable_fraction=1.0, calm_seconds=0.1)
        underlying(rig, 29_630)
        rig.desk.on_event(ClockChanged(at=START, speed=0.0))
        world.clock.seconds += 60
        guard.on_timer()
        assert guard.pulled == {}
        rig.desk.on_event(ClockChanged(at=START, speed=1.0))
        guard.on_timer()
        assert guard.pulled == {}
        world.clock.seconds += 60
        guard.on_timer()
        assert PullCause.STALE in guard.pulled[FUND]

    play(tmp_path, story)


@pytest.mark.fault("F84")
def test_answers_that_were_slow_keep_quotes_out_no_longer_than_they_say_anything_of_now(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.rules = PullRules(unusable_fraction=0.9, drift_seconds=1e9)

        def passes(seconds: float) -> None:
            for _ in range(round(seconds / 0.5)):
                world.clock.seconds += 0.5
                rig.desk.on_event(ClockChanged(at=START, speed=1.0))
                underlying(rig, 29_630)
                guard.on_timer()

        underlying(rig, 29_630)
        for _ in range(2):
            for _ in range(20):
                rig.desk.bus.publish(LatencyMeasured(None, 1500.0))
            passes(0.5)
            assert guard.pulled[FUND] == (PullCause.SLOW_ACKNOWLEDGEMENTS,)
            # Nothing is sent any more, so nothing is answered
            passes(9.0)
            assert guard.pulled[FUND] == (PullCause.SLOW_ACKNOWLEDGEMENTS,)
            passes(4.0)
            assert FUND not in guard.pulled
        # What comes then is judged by itself: the slow ones of before are forgotten
        rig.desk.bus.publish(LatencyMeasured(None, 15.0))
        passes(0.5)
        assert FUND not in guard.pulled

    play(tmp_path, story)


@pytest.mark.fault("F84")
def test_slow_answers_and_a_clock_that_drifts_pull_too(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        guard.rules = PullRules(unusable_fraction=0.9)
        underlying(rig, 29_630)
        for _ in range(20):
            rig.desk.bus.publish(LatencyMeasured(None, 1500.0))
        underlying(rig, 29_631)
        assert guard.pulled == {FUND: (PullCause.SLOW_ACKNOWLEDGEMENTS,)}
        for _ in range(20):
            rig.desk.bus.publish(LatencyMeasured(None, 15.0))
        rig.desk.on_event(ClockChanged(at=START, speed=1.0))
        world.clock.seconds += 2.5
        underlying(rig, 29_632)
        assert guard.pulled == {}
        # The venue says that one second has passed while here it was five
        world.clock.seconds += 2.5
        rig.desk.on_event(ClockChanged(at=START.replace(second=1), speed=1.0))
        underlying(rig, 29_633)
        assert guard.pulled == {FUND: (PullCause.CLOCK_DRIFT,)}

    play(tmp_path, story)


@pytest.mark.requirement("X4")
@pytest.mark.fault("F22", "F16")
def test_the_stop_of_everything_takes_all_out_and_a_second_person_lifts_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig, needs_second=True)
        quote_both(rig)
        order = await rig.orders.submit(limit(PUT, "0.0600"))
        await world.settle()
        guard.stop(StopTier.CANCEL_ALL, "ann")
        await rest(world)
        assert live(rig) == []
        assert rig.order(order).status is OrderStatus.CANCELLED
        assert any(isinstance(command, CancelAll) for command in rig.gateway.sent)
        refused = await rig.orders.submit(limit(PUT, "0.0600"))
        assert refused.reason is Reason.STOPPED
        assert quote_both(rig) == 0
        # Cancels go whatever is stopped
        assert rig.quoting.cancel()
        for second in ("", "ann"):
            denial = guard.lift("ann", second)
            assert denial is not None
            assert denial.reason is Reason.FORBIDDEN
        assert guard.lift("ann", "bob") is None
        assert quote_both(rig) == 2
        assert guard.records[-1].what == "stops lifted, agreed by bob"

    play(tmp_path, story)


@pytest.mark.fault("F22")
def test_an_order_on_its_way_to_the_disk_when_the_stop_comes_does_not_leave(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        rig.journal.hold = True
        sending = asyncio.ensure_future(rig.orders.submit(limit(PUT, "0.0600")))
        await asyncio.sleep(0)
        guard.stop(StopTier.CANCEL_ALL, "ann")
        await rig.journal.release()
        order = await sending
        assert (order.status, order.reason) == (OrderStatus.REJECTED, Reason.STOPPED)
        await rest(world)

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_the_milder_tiers_take_out_what_they_concern(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        buy = await rig.orders.submit(limit(PUT, "0.0600"))
        sell = await rig.orders.submit(limit(PUT, "0.0900", 1, Instruction.SELL_OPEN))
        quote_both(rig)
        await world.settle()
        guard.stop(StopTier.SIDE, "ann", side=Side.BUY)
        await rest(world)
        assert rig.order(buy).status is OrderStatus.CANCELLED
        assert rig.order(sell).status is OrderStatus.WORKING
        assert live(rig) == []
        guard.stop(StopTier.EXPIRY, "ann", underlying=FUND, expiry=CONTRACTS[0].expiry)
        await rest(world)
        assert rig.order(sell).status is OrderStatus.CANCELLED
        assert guard.stop_tier is StopTier.EXPIRY
        assert guard.lift("ann") is None
        guard.stop(StopTier.REDUCE_ONLY, "ann")
        refused = await rig.orders.submit(limit(PUT, "0.0600"))
        assert refused.reason is Reason.REDUCE_ONLY
        for missing in (StopTier.SIDE, StopTier.EXPIRY):
            with pytest.raises(BadInput):
                guard.stop(missing, "ann")
        with pytest.raises(BadInput):
            guard.stop(StopTier.REDUCE_ONLY, "")

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_the_farthest_stop_lets_the_line_go(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig, disconnect=rig.gateway.cut)
        quote_both(rig)
        await world.settle()
        guard.stop(StopTier.DISCONNECT, "ann")
        await asyncio.gather(*TASKS)
        TASKS.clear()
        assert not rig.gateway.connected

    play(tmp_path, story)


@pytest.mark.fault("F94")
def test_messages_near_their_limit_raise_an_alarm_once_a_step(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await open_maker(world)
        guard = await guarded(world, rig)
        with_limits(rig, messages_per_day=10)
        for _ in range(10):
            await rig.orders.submit(limit(PUT, "0.0600"))
            guard.on_timer()
        figures = [alarm.figures[0] for alarm in rig.alarms if alarm.kind is AlarmKind.MESSAGE_RATE]
        assert figures == ["60%", "80%", "100%"]

    play(tmp_path, story)
