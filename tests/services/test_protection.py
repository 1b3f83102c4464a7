"""Protections on a real desk: what trips takes quotes out and holds them off until a person decides."""

import math
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.messages import ClockChanged
from terminal.domain.orders import Instruction
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.protection.market_maker import Measure, ProtectionLimits, Scope
from terminal.rules.protection.pull_rules import PullCause, PullRules
from terminal.services.events import AlarmKind, LatencyMeasured
from tests.harness import CHEAP_CALL, FUND, PUT, START, World, limit, play
from tests.quoting_rig import open_maker, quote, quote_cancels, with_limits
from tests.services.guarded_desk import guarded, live, quote_both, rest, underlying

FREE = {"volume": math.inf, "delta": math.inf, "vega": math.inf, "percent": math.inf, "loss": math.inf}


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
