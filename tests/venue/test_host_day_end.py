"""The host at the day's end: one step a turn, journalled before it is told, and the next day only when all are done."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.messages import Notice, NoticeKind, SetClock
from terminal.domain.ports import RecordKind
from terminal.resources import resource_folder
from terminal.storage.calendar_file import load_calendar
from terminal.venue.book import decode_picture, picture_of, resume_market
from terminal.venue.counter.entries import decode_entry
from terminal.venue.counter.settlement.context import SettlementStopped
from terminal.venue.counter.settlement.entries import Inputs, StepDone
from terminal.venue.counter.settlement.steps import STEPS
from terminal.venue.day_end import DayEnd
from terminal.venue.days import day_end_of
from terminal.venue.dividends import ComingDividend
from terminal.venue.notices import NoticeBoard
from tests.harness import CALL, DAY, FUND, World, limit, play
from tests.venue.visitor import HELLO, Visitor

CALENDAR = load_calendar(resource_folder() / "calendar" / "sse.toml", None)
pytestmark = [pytest.mark.requirement("AC15", "O13"), pytest.mark.fault("F53")]


def close_with(world: World, day_end: DayEnd) -> None:
    """Give the venue its day's end, and the market the end of its day."""
    world.venue._closing.day_end = day_end
    world.market.touch_clock(world.market.now.replace(hour=15, minute=30, second=1))


def day_end(world: World) -> DayEnd:
    """The day's end of the world's market."""
    return day_end_of(world.market, world.header, world.settings, CALENDAR)


def steps_on_disk(world: World) -> list[str]:
    """The steps the journal knows to be done."""
    assert world.venue_journal is not None
    entries = [decode_entry(r.body) for r in world.venue_journal.read() if r.kind is RecordKind.EVENT]
    return [entry.step.value for entry in entries if isinstance(entry, StepDone)]


def test_desks_are_told_step_by_step_and_the_next_day_waits_for_the_last(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        close_with(world, day_end(world))
        world.pass_time(0.02)
        visitor.say(SetClock(speed=1.0))
        assert not world.venue.wants_next_day
        for _ in range(len(STEPS) + 1):
            world.pass_time(0.02)
            await world.settle()
        assert world.venue.wants_next_day
        notices = [e for e in visitor.heard if isinstance(e, Notice) and e.kind is NoticeKind.SESSION]
        told = [n.figures["step"] for n in notices if "step" in n.figures]
        assert told == [*(step.value for step in STEPS[:-1]), "settled"]
        assert steps_on_disk(world) == [step.value for step in STEPS]

    play(tmp_path, story)


@pytest.mark.requirement("T4")
def test_on_the_eve_of_an_ex_day_desks_are_told_the_close_as_soon_as_the_figures_are_taken(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        coming = ComingDividend(underlying=FUND, ex_day=CALENDAR.shift(DAY, 1), cash=Decimal("0.053"))
        world.venue._closing.board = NoticeBoard(world.market.contracts, DAY, [coming])
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        close_with(world, day_end(world))
        for _ in range(3):
            world.pass_time(0.02)
        await world.settle()
        told = [e.figures for e in visitor.heard if isinstance(e, Notice) and "close" in e.figures]
        close = world.market.counter.settlement.state.inputs
        assert close is not None
        assert told == [{"day": coming.ex_day.isoformat(), "cash": "0.053", "close": f"{close.closes[FUND]:f}"}]

    play(tmp_path, story)


def test_what_stops_the_day_is_told_and_tried_again_when_somebody_plays_on(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("the close of 510050 is missing")

    async def story(world: World) -> None:
        visitor = Visitor(world)
        visitor.say(HELLO)
        await world.settle()
        real = day_end(world)
        missing = [True]

        def inputs() -> Inputs:
            if missing[0]:
                raise SettlementStopped("the close of 510050 is missing")
            return real._inputs()

        close_with(world, DayEnd(world.market, inputs))
        for _ in range(3):
            world.pass_time(0.02)
        await world.settle()
        notices = [e for e in visitor.heard if isinstance(e, Notice) and "stopped" in e.figures]
        assert len(notices) == 1
        assert "510050" in notices[0].figures["stopped"]
        assert steps_on_disk(world) == []
        missing[0] = False
        visitor.say(SetClock(speed=1.0))
        for _ in range(len(STEPS) + 1):
            world.pass_time(0.02)
        await world.settle()
        assert world.venue.wants_next_day

    play(tmp_path, story)


def test_a_venue_killed_in_its_day_end_settles_the_rest_to_the_same_books(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        close_with(world, day_end(world))
        for _ in range(6):
            world.pass_time(0.02)
        await world.settle()
        assert world.venue_journal is not None
        done = steps_on_disk(world)
        assert 0 < len(done) < len(STEPS)
        entries = [decode_entry(r.body) for r in world.venue_journal.read() if r.kind is RecordKind.EVENT]
        picture = decode_picture(picture_of(world.market))
        again = resume_market(world.header, world.rules, world.settings, entries, picture)
        for market in (world.market, again):
            rest = day_end_of(market, world.header, world.settings, CALENDAR)
            while not rest.is_settled:
                rest.advance()
            market.outcome.clear()
        assert again.counter.picture() == world.market.counter.picture()
        statement = again.counter.settlement.state.statements["880000001888"]
        assert statement.positions[0].quantity == 3
        assert sum(again.counter.trial_balance().values()) == Decimal(0)

    play(tmp_path, story)
