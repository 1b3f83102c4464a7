"""The synthetic hedge at the real venue: two strikes with both rights, one nearer the money, one with less spread."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from terminal.domain.contracts import Right
from terminal.domain.messages import SubmitOrder
from terminal.domain.orders import Instruction, OrderType
from terminal.strategies.delta_hedger import DeltaHedger, HedgerParameters
from terminal.venue.crowd.adoption import BookLevels
from tests.harness import CONTRACTS, FUND, LEVELS, PUT, World
from tests.quoting_rig import limits, quote
from tests.strategies.desk_room import Room, open_room
from tests.venue.counter.market import yuan

pytestmark = pytest.mark.requirement("O19", "M4")
NEAR_CALL, CHEAP_CALL_LEG, CHEAP_PUT_LEG = "10001781", "10001782", "10001783"
_PUT = next(contract for contract in CONTRACTS if contract.code == PUT)
_TWINS = tuple(
    replace(
        _PUT,
        code=code,
        name=code,
        right=right,
        strike=yuan(strike),
        trading_code=f"{FUND}{right}2603M{mills}",
        # So near to what it trades at that no breaker comes between
        previous_settlement=yuan(settled),
    )
    for code, right, strike, mills, settled in (
        (NEAR_CALL, Right.CALL, "3.0", "03000", "0.0340"),
        (CHEAP_CALL_LEG, Right.CALL, "2.9", "02900", "0.0961"),
        (CHEAP_PUT_LEG, Right.PUT, "2.9", "02900", "0.0321"),
    )
)
#: Spreads of 40 ticks together at 3.0, of 4 at 2.9; the underlying is at 2.963
_LEVELS = {
    **LEVELS,
    NEAR_CALL: BookLevels(((330, 10),), ((350, 10),)),
    CHEAP_CALL_LEG: BookLevels(((960, 10),), ((962, 10),)),
    CHEAP_PUT_LEG: BookLevels(((320, 10),), ((322, 10),)),
}


def hedging(folder: Path, story: Callable[[Room], Awaitable[None]], **terms: Any) -> None:
    """Tell a story of a maker with 3,000,000 shares, 30,000 more than the target."""
    parameters = replace(HedgerParameters(underlying=FUND, target=2_970_000.0, band=20_000.0), **terms)

    async def told() -> None:
        world = World(folder, levels=_LEVELS)
        day = msgspec.structs.replace(world.header.day, contracts=(*CONTRACTS, *_TWINS))
        world.header = msgspec.structs.replace(world.header, day=day)
        world.open_venue()
        try:
            room = await open_room(world)
            room.engine.add(DeltaHedger("hedge", parameters), limits())
            await story(room)
        finally:
            await world.close()

    asyncio.run(told())


async def begin(room: Room) -> None:
    """Start, and let what it sends be answered."""
    assert room.engine.start("hedge", "ann") is None
    room.tick(29_640)
    await room.settle()


def legs(room: Room) -> dict[str, tuple[Instruction, int]]:
    """What was sent, by contract."""
    orders = [command for command in room.rig.gateway.sent if isinstance(command, SubmitOrder)]
    assert all(order.order_type is OrderType.LIMIT_FOK for order in orders)
    return {order.contract_code: (order.instruction, order.quantity) for order in orders}


def last_note(room: Room) -> str:
    entry = room.engine.entry("hedge")
    assert entry is not None
    assert entry.ask is not None
    return entry.ask.notes[-1] if entry.ask.notes else ""


def test_both_legs_trade_where_the_spread_is_least_and_the_delta_is_at_its_target(tmp_path: Path) -> None:
    async def story(room: Room) -> None:
        await begin(room)
        sold = {CHEAP_CALL_LEG: (Instruction.SELL_OPEN, 3), CHEAP_PUT_LEG: (Instruction.BUY_OPEN, 3)}
        assert legs(room) == sold
        assert sum(fill.quantity for fill in room.rig.portfolio.fills) == 6
        assert room.view.held_delta(FUND) == pytest.approx(2_970_000, abs=1_000)
        # Within the band nothing more is done
        room.world.clock.seconds += 3.0
        room.tick(29_641)
        await room.settle()
        assert len(room.rig.portfolio.fills) == 2
        assert legs(room) == sold

    hedging(tmp_path, story)


@pytest.mark.fault("F23")
@pytest.mark.parametrize(("most", "hedged"), [(40.0, True), (39.0, False)])
def test_a_strike_whose_touch_is_our_own_is_passed_over_and_one_too_wide_too(
    tmp_path: Path, most: float, hedged: bool
) -> None:
    async def story(room: Room) -> None:
        # We bid for the call that would be sold
        assert room.rig.quoting.quote(quote(CHEAP_CALL_LEG, "0.0961", "0.0970")) is None
        await room.settle()
        assert room.view.own.bid[room.view.universe.number_of[CHEAP_CALL_LEG]] == 961
        await begin(room)
        if hedged:
            assert legs(room) == {NEAR_CALL: (Instruction.SELL_OPEN, 3), PUT: (Instruction.BUY_OPEN, 3)}
        else:
            assert legs(room) == {}
            assert "close enough together" in last_note(room)

    hedging(tmp_path, story, most_spread_ticks=most)
