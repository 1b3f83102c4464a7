"""The dead-man watch against a real venue on a real socket: a loop that stands still costs the quotes."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from terminal.gateways.dead_man import DeadMan
from terminal.venue.host import LOOPBACK
from tests.harness import PUT, HandClock, World, limit, play
from tests.quoting_rig import MAKER, open_maker, quote

Story = Callable[[World, DeadMan, HandClock], Awaitable[None]]


def watch(folder: Path, story: Story, seconds: float = 2.0) -> None:
    """A world whose venue also listens on a port, and a watch with a clock moved by hand."""

    async def told(world: World) -> None:
        port = await world.venue.start()
        clock = HandClock()
        dead_man = DeadMan(
            lambda: (LOOPBACK, port),
            desk_id="D1",
            account_id=lambda: MAKER,
            stands_still_seconds=seconds,
            monotonic=clock,
        )
        try:
            await story(world, dead_man, clock)
        finally:
            dead_man.stop()
            await world.venue.close()

    play(folder, told)


async def look(world: World, dead_man: DeadMan) -> bool:
    """Let the watch look in a thread, as it does, while the venue answers."""
    looking = asyncio.ensure_future(asyncio.to_thread(dead_man.look))
    while not looking.done():
        await world.settle()
        await asyncio.sleep(0)
    return looking.result()


@pytest.mark.fault("F76")
@pytest.mark.requirement("X4")
def test_quotes_and_orders_are_gone_when_the_loop_has_stood_still(
    tmp_path: Path, expected_warnings: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    expected_warnings("stood still")

    async def story(world: World, dead_man: DeadMan, clock: HandClock) -> None:
        rig = await open_maker(world)
        rig.quoting.quote(quote(PUT, "0.0692", "0.0708"))
        await rig.orders.submit(limit(PUT, "0.0600"))
        await world.settle()
        dead_man.arm()
        clock.seconds += 1.9
        assert not await look(world, dead_man)
        dead_man.beat()
        clock.seconds += 1.9
        assert not await look(world, dead_man)
        assert rig.quoting.live(PUT) is not None
        clock.seconds += 0.1
        assert await look(world, dead_man)
        await world.settle()
        assert dead_man.failure == ""
        # Where the loop's own thread stood is in the log: below this test
        (told,) = [r.getMessage() for r in caplog.records if "where the event loop stood still" in r.getMessage()]
        assert __file__ in told
        assert list(world.market.counter.working_orders()) == []
        # The desk's own line has lived on and was told
        assert rig.gateway.connected
        assert rig.quoting.live(PUT) is None
        # It pulls once, says so once when the loop is back, and waits for a person
        assert dead_man.beat()
        assert not dead_man.beat()
        clock.seconds += 100
        assert not await look(world, dead_man)
        dead_man.arm()
        assert not dead_man.has_fired

    watch(tmp_path, story)


@pytest.mark.fault("F76")
def test_disarmed_it_leaves_a_slow_loop_alone(tmp_path: Path) -> None:
    async def story(world: World, dead_man: DeadMan, clock: HandClock) -> None:
        clock.seconds += 100
        assert not await look(world, dead_man)
        dead_man.arm()
        dead_man.disarm()
        clock.seconds += 100
        assert not await look(world, dead_man)

    watch(tmp_path, story)


@pytest.mark.fault("F76")
def test_a_venue_that_is_not_there_is_tried_again(tmp_path: Path, expected_warnings: Callable[[str], None]) -> None:
    expected_warnings("does not reach the venue")
    expected_warnings("stood still")

    async def story(world: World, dead_man: DeadMan, clock: HandClock) -> None:
        address = dead_man._address
        dead_man._address = lambda: (LOOPBACK, 1)
        dead_man.arm()
        clock.seconds += 3
        assert await look(world, dead_man)
        assert dead_man.failure
        dead_man._address = address
        assert await look(world, dead_man)
        assert dead_man.failure == ""

    watch(tmp_path, story)


def test_the_thread_looks_by_itself_and_ends(tmp_path: Path, expected_warnings: Callable[[str], None]) -> None:
    expected_warnings("stood still")

    async def story(world: World, dead_man: DeadMan, clock: HandClock) -> None:
        dead_man.start()
        dead_man.arm()
        clock.seconds += 1
        while not (dead_man.has_fired and dead_man.beat()):
            await world.settle()
            await asyncio.sleep(0.005)
        # Its line ends when the venue has answered, and the venue is on this loop
        stopping = asyncio.ensure_future(asyncio.to_thread(dead_man.stop))
        while not stopping.done():
            await world.settle()
            await asyncio.sleep(0)
        assert dead_man.failure == ""

    watch(tmp_path, story, seconds=0.05)
