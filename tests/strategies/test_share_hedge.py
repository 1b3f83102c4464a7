"""The hedger in shares, through the gate and the real venue: back in the band, T+1, refusals that are seen."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import Capability, Instruct
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.resources import resource_folder
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.rules.protection.stops import Stops
from terminal.services.instructions import InstructionRequest
from terminal.storage.calendar_file import load_calendar
from terminal.strategies.delta_hedger import DeltaHedger, HedgerParameters, HedgeWith
from terminal.venue.counter.entries import encode_entry
from terminal.venue.day_books import counter_of_day
from terminal.venue.days import day_end_of
from tests.harness import FUND, World, play
from tests.held_journal import HeldJournal
from tests.quoting_rig import limits
from tests.strategies.desk_room import Room, open_room

MORNING = 3_000_000


def terms(target: float, share_ticks: int = 2) -> HedgerParameters:
    return HedgerParameters(
        underlying=FUND,
        target=target,
        band=5_000,
        rest_seconds=0,
        hedge_with=HedgeWith.SHARES,
        share_ticks=share_ticks,
    )


async def hedging(
    world: World, target: float, sheet: LimitSheet | None = None, share_ticks: int = 2
) -> tuple[Room, DeltaHedger]:
    room = await open_room(world)
    hedger = DeltaHedger("hedge", terms(target, share_ticks))
    room.engine.add(hedger, sheet or limits())
    assert room.engine.start("hedge", "ann") is None
    return room, hedger


async def look(room: Room) -> None:
    """The hedger looks, and everything that comes of it arrives."""
    room.engine.on_timer()
    await room.settle()


def sent(room: Room) -> list[Instruct]:
    return [command for command in room.rig.gateway.sent if isinstance(command, Instruct)]


def noted(room: Room) -> str:
    entry = room.engine.entry("hedge")
    assert entry is not None
    assert entry.ask is not None
    return entry.ask.notes[-1] if entry.ask.notes else ""


def refused(room: Room) -> dict[Reason, int]:
    entry = room.engine.entry("hedge")
    assert entry is not None
    assert entry.ask is not None
    return dict(entry.ask.refused)


async def trade(room: Room, kind: Kind, quantity: int, price: str = "0") -> Reason | None:
    """What a person asks for; its reason when it is not done."""
    request = InstructionRequest(kind=kind, underlying=FUND, quantity=quantity, price=Decimal(price))
    entry = await room.rig.desk.instructions.instruct(request)
    await room.settle()
    found = room.rig.desk.instructions.entry(entry.command.instruction_id)
    assert found is not None
    return found.reason


async def next_day(world: World) -> None:
    """Settle the day and open the venue on the next trading day, at the same hour."""
    calendar = load_calendar(resource_folder() / "calendar" / "sse.toml", None)
    market, header = world.market, world.header
    market.touch_clock(market.now.replace(hour=15, minute=30, second=1))
    day_end = day_end_of(market, header, world.settings, calendar)
    while not day_end.is_settled:
        day_end.advance()
    day = header.day.trading_day + timedelta(days=1)
    world.header = msgspec.structs.replace(
        header,
        book_id="book2",
        day=msgspec.structs.replace(header.day, trading_day=day),
        start=header.start + timedelta(days=1),
    )
    after = counter_of_day(world.header, [], world.rules, calendar)
    opening = market.counter.carry_into(after).entries
    await world.kill_venue()
    journal = HeldJournal(world.folder / "venue-book2.sqlite")
    await journal.append([(RecordKind.EVENT, world.header.start, encode_entry(entry)) for entry in opening])
    await journal.close()
    world.options = replace(world.options, book_id="book2")
    world.open_venue()
    for rig in world.rigs.values():
        rig.gateway.connect()
    await world.settle()


@pytest.mark.requirement("O19", "O4", "X4")
@pytest.mark.fault("F89", "F95")
def test_a_delta_out_of_band_is_brought_back_in_shares_one_trade_at_a_time(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, hedger = await hedging(world, MORNING + 49_950)
        room.engine.on_timer()
        # Until the picture shows it nobody knows the delta: the next looks wait
        room.engine.on_timer()
        assert hedger.hedges == 1
        await look(room)
        assert room.view.shares(FUND) == (MORNING + 49_900, MORNING)
        assert room.view.held_delta(FUND) - hedger.parameters.target == -50
        await look(room)
        world.pass_time(0.1, ticks=5)
        await room.settle()
        (command,) = sent(room)
        assert (command.kind, command.quantity, command.by_program) == (Kind.BUY_SHARES, 49_900, True)
        # The best ask is 2.964, and two ticks more are allowed; what is paid is what the levels ask
        assert command.price == Decimal("2.966")
        (report,) = room.rig.desk.instructions.reports
        assert report.amount == 19_100 * Decimal("2.964") + 30_800 * Decimal("2.965")
        entry = room.engine.entry("hedge")
        assert entry is not None
        assert entry.fills == 1
        # And down again, with shares of the morning
        room.engine.set_parameters("hedge", terms(MORNING))
        await look(room)
        assert room.view.shares(FUND) == (MORNING, MORNING - 49_900)
        assert hedger.hedges == 2

    play(tmp_path, story)


@pytest.mark.requirement("O19", "O4")
@pytest.mark.fault("F95")
def test_what_was_bought_today_is_sold_tomorrow(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, hedger = await hedging(world, 0)
        assert await trade(room, Kind.SHARES_OUT, MORNING) is None
        room.engine.set_parameters("hedge", terms(30_000))
        await look(room)
        assert room.view.shares(FUND) == (30_000, 0)
        room.engine.set_parameters("hedge", terms(0))
        await look(room)
        assert "30000 shares cannot be sold today" in noted(room)
        assert await trade(room, Kind.SELL_SHARES, 30_000, "2.961") is Reason.BOUGHT_TODAY
        assert (hedger.hedges, len(room.rig.desk.instructions.reports)) == (1, 2)
        await next_day(world)
        assert room.view.shares(FUND) == (30_000, 30_000)
        await look(room)
        assert room.view.shares(FUND) == (0, 0)
        assert hedger.hedges == 2

    play(tmp_path, story)


@pytest.mark.requirement("X4", "O19")
@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({"share_quantity": 0.0}, Reason.ORDER_SIZE),
        ({"share_quantity": float("nan")}, Reason.ORDER_SIZE),
        ({"share_quantity": 49_899.0}, Reason.ORDER_SIZE),
        ({"delta": MORNING + 49_000.0}, Reason.DELTA_LIMIT),
        ({"messages_per_second": 0.0}, Reason.MESSAGES_SECOND),
        ({"messages_per_day": 0.0}, Reason.MESSAGES_DAY),
        ({"repeats": 0.0}, Reason.REPEATED_ORDER),
        ({"input_age_seconds": 0.0}, Reason.STALE_INPUT),
    ],
)
def test_no_shares_leave_around_the_limit_sheet_and_blank_allows_none(
    tmp_path: Path, figures: dict[str, float], reason: Reason
) -> None:
    async def story(world: World) -> None:
        room, hedger = await hedging(world, MORNING + 49_950, limits(**figures))
        world.clock.seconds += 0.5
        room.engine.on_timer()
        await room.settle()
        assert refused(room) == {reason: 1}
        assert reason.value in noted(room)
        assert (sent(room), hedger.hedges) == ([], 0)

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_a_stop_a_lost_line_and_a_venue_without_shares_stop_the_hedge_and_say_so(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await hedging(world, MORNING + 49_950)
        gate = room.rig.gate
        for stops, reason in ((Stops(everything=True), Reason.STOPPED), (Stops(reduce_only=True), Reason.REDUCE_ONLY)):
            gate.stops = stops
            await look(room)
            assert reason.value in noted(room)
        # What reduces still goes
        room.engine.set_parameters("hedge", terms(MORNING - 10_000))
        await look(room)
        assert room.view.shares(FUND)[0] == MORNING - 10_000
        gate.stops = Stops()
        room.engine.set_parameters("hedge", terms(MORNING))
        room.rig.gateway.cut()
        await look(room)
        assert Reason.NOT_CONNECTED.value in noted(room)
        room.rig.gateway.connect()
        await world.settle()
        room.rig.desk.instructions.set_capabilities(set(Capability) - {Capability.TRADE_SHARES})
        await look(room)
        assert Reason.NOT_SUPPORTED.value in noted(room)
        assert len(sent(room)) == 1

    play(tmp_path, story)


def test_a_refusal_of_the_counter_is_noted_and_the_next_look_tries_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, hedger = await hedging(world, MORNING + 10_000)
        # The price runs away at the venue while the desk still sees the old one
        room.rig.gateway.hold_to_desk = True
        world.market.crowd.paths.shock(0, 0.01)
        world.pass_time(0.0)
        world.market.advance(world.market.now + timedelta(seconds=3), 0.5, 10)
        room.engine.on_timer()
        await room.settle()
        room.rig.gateway.hold_to_desk = False
        await room.settle()
        assert refused(room) == {Reason.NOT_AT_TOUCH: 1}
        assert "not_at_touch" in noted(room)
        assert room.view.shares(FUND)[0] == MORNING
        world.pass_time(0.1, ticks=5)
        await room.settle()
        await look(room)
        assert room.view.shares(FUND)[0] == MORNING + 10_000
        assert hedger.hedges == 2

    play(tmp_path, story)


def test_more_than_the_book_shows_is_hedged_look_by_look(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await hedging(world, MORNING + 100_000, share_ticks=0)
        await look(room)
        # 19,100 at the best price, and none of them twice
        assert room.view.shares(FUND)[0] == MORNING + 19_100
        world.pass_time(0.1, ticks=5)
        await room.settle()
        await look(room)
        assert [c.quantity for c in sent(room)] == [19_100, 44_300]

    play(tmp_path, story)
