"""The notices of a day survive the venue's process: a desk that comes new after a restart is told all of them."""

from pathlib import Path

import pytest

from terminal.domain import wire
from terminal.domain.errors import JournalError
from terminal.domain.messages import PROTOCOL, Hello, Notice, NoticeKind, Ping, Recovered
from terminal.domain.ports import RecordKind
from terminal.venue.book import decode_picture
from terminal.venue.notices import decode_notice
from tests.harness import FUND, World, play
from tests.venue.visitor import HELLO, Visitor

pytestmark = [pytest.mark.requirement("T2"), pytest.mark.fault("F20", "F52")]
HALT, RESUME = (NoticeKind.SUSPENSION, (FUND,)), (NoticeKind.RESUMPTION, (FUND,))


def told(visitor: Visitor) -> list[Notice]:
    return [event for event in visitor.heard if isinstance(event, Notice)]


def kinds(visitor: Visitor) -> list[tuple[NoticeKind, tuple[str, ...]]]:
    return [(notice.kind, notice.codes) for notice in told(visitor)]


async def come(world: World, desk_id: str) -> Visitor:
    visitor = Visitor(world)
    visitor.say(Hello(protocol=PROTOCOL, desk_id=desk_id, account_id="A9"))
    await world.settle()
    return visitor


async def restart(world: World) -> None:
    await world.kill_venue()
    world.open_venue()


async def save_picture(world: World) -> None:
    world.venue._publisher.save_picture()
    await world.settle()


def test_a_desk_that_comes_after_a_restart_is_told_what_was_posted_before(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        first = await come(world, "D1")
        for resume in (False, True):
            world.market.suspend(FUND, resume=resume)
            world.pass_time(0.02)
            await world.settle()
        assert kinds(first) == [HALT, RESUME]
        await save_picture(world)
        await restart(world)
        late = await come(world, "D2")
        assert told(late) == told(first)
        # What comes now goes on counting, and stands on the board of the start after this one too
        world.market.suspend(FUND)
        world.pass_time(0.02)
        await world.settle()
        assert [(n.kind, n.number) for n in told(late)][2:] == [(NoticeKind.SUSPENSION, 3)]
        await save_picture(world)
        await restart(world)
        assert told(await come(world, "D3")) == told(late)

    play(tmp_path, story)


def test_an_interruption_under_way_is_known_again_and_its_end_is_told(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await come(world, "D1")
        world.market.suspend(FUND)
        world.pass_time(0.02)
        await save_picture(world)
        await restart(world)
        late = await come(world, "D2")
        assert kinds(late) == [HALT]
        world.market.suspend(FUND, resume=True)
        world.pass_time(0.02)
        await world.settle()
        assert kinds(late) == [HALT, RESUME]

    play(tmp_path, story)


def test_a_market_that_came_back_from_before_an_interruption_says_that_trading_goes_on(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await come(world, "D1")
        # The first tick takes a picture, the second does not
        world.pass_time(0.02)
        world.market.suspend(FUND)
        world.pass_time(0.02)
        await world.settle()
        assert world.venue_journal is not None
        picture = decode_picture(world.venue_journal.states()["market"])
        assert not any(state.halted for state in picture.instruments)
        await restart(world)
        late = await come(world, "D2")
        assert kinds(late) == [HALT, RESUME]
        world.market.suspend(FUND)
        world.pass_time(0.02)
        await world.settle()
        assert kinds(late) == [HALT, RESUME, HALT]
        assert [n.number for n in told(late)] == [1, 2, 3]

    play(tmp_path, story)


def test_an_interruption_in_a_picture_that_no_notice_told_gets_its_notice(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await come(world, "D1")
        world.market.suspend(FUND)
        world.market.outcome.clear()
        await save_picture(world)
        await restart(world)
        assert kinds(await come(world, "D2")) == [HALT]

    play(tmp_path, story)


@pytest.mark.fault("F56")
def test_a_notice_is_told_when_it_is_on_disk_and_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        first = await come(world, "D1")
        assert world.venue_journal is not None
        world.venue_journal.hold = True
        world.market.suspend(FUND)
        world.pass_time(0.02)
        late = Visitor(world)
        late.say(HELLO)
        await world.settle()
        assert kinds(first) == []
        await world.venue_journal.release()
        await world.settle()
        assert kinds(first) == [HALT]
        assert kinds(late) == [HALT]
        on_disk = [decode_notice(r.body) for r in world.venue_journal.read() if r.kind is RecordKind.NOTICE]
        assert on_disk == told(first)

    play(tmp_path, story)


@pytest.mark.parametrize("body", [b"", b"\xff", wire.encode(Ping(number=1)), wire.encode(Recovered(last_sequence=1))])
def test_what_is_no_notice_is_refused(body: bytes) -> None:
    with pytest.raises(JournalError, match="not a notice"):
        decode_notice(body)
