"""The continuous quoter against the real venue."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from terminal.domain.orders import Instruction
from terminal.domain.quotes import Handling
from terminal.rule_files import read_obligations
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.quote_control import QuoteControl
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.protocol import IntArray
from terminal.strategies.quote_columns import Absence
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from tests.harness import CHEAP_CALL, FUND, PUT, World, limit, play
from tests.quoting_rig import limits, quote_cancels, quote_messages
from tests.strategies.desk_room import Room, open_room


async def quoting(world: World, **settings: Any) -> tuple[Room, ContinuousQuoter]:
    room = await open_room(world)
    quoter = ContinuousQuoter("quoter", replace(QuoterParameters(underlying=FUND), **settings))
    room.engine.add(quoter, limits())
    assert room.engine.start("quoter", "ann") is None
    await room.settle()
    return room, quoter


def live(room: Room, code: str) -> tuple[int, int] | None:
    found = room.rig.quoting.live(code)
    return None if found is None else (found.bid, found.ask)


@pytest.mark.requirement("M3", "M4", "C09")
def test_every_contract_with_a_sound_price_is_quoted_around_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(world, half_ticks=6.0, least_delta=0.0, improve_ticks=100)
        view = room.view
        for code in (PUT, CHEAP_CALL):
            number = view.universe.number_of[code]
            price = float(view.price[number])
            assert live(room, code) == (int(np.floor(price - 6)), int(np.ceil(price + 6)))
        # The deep call is below its parity: no volatility, no quote
        assert len(room.rig.quoting.board.live_numbers) == 2

    play(tmp_path, story)


@pytest.mark.requirement("M4")
def test_quotes_follow_the_underlying_and_stay_within_the_tolerance(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, tolerance_ticks=3, most_delta=0.9, least_delta=0.05, half_ticks=20)
        sent = len(quote_messages(room.rig))
        before = live(room, PUT)
        assert before is not None
        room.tick(29_632)
        assert len(quote_messages(room.rig)) == sent
        room.tick(29_700)
        await room.settle()
        after = live(room, PUT)
        assert after is not None
        # A put loses when the underlying rises
        assert after[0] < before[0]
        assert quoter.held_back == 0

    play(tmp_path, story)


@pytest.mark.requirement("M4")
def test_inventory_leans_the_quotes_against_itself(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        # No shares in this account's holding count: the venue gives a maker three million, the target is what is left
        room, _ = await quoting(world, half_ticks=8, improve_ticks=1_000)
        flat = live(room, PUT)
        room.engine.set_parameters(
            "quoter", QuoterParameters(underlying=FUND, half_ticks=8, improve_ticks=1_000, risk_aversion=1e-7)
        )
        room.engine.on_timer()
        await room.settle()
        long = live(room, PUT)
        assert flat is not None
        assert long is not None
        # Long three million shares, a put is worth more to us: it hedges
        assert long[0] > flat[0]

    play(tmp_path, story)


def test_a_fill_is_made_good(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(world, size=5)
        client = await world.open_desk("D2", "880000009999")
        await world.settle()
        quoted = live(room, PUT)
        assert quoted is not None
        await client.orders.submit(limit(PUT, f"{quoted[0] / 1e4:.4f}", 2, Instruction.SELL_OPEN))
        await room.settle()
        found = room.rig.quoting.live(PUT)
        assert found is not None
        assert found.bid_quantity == 3
        room.engine.on_timer()
        await room.settle()
        found = room.rig.quoting.live(PUT)
        assert found is not None
        assert (found.bid_quantity, found.ask_quantity) == (5, 5)

    play(tmp_path, story)


@pytest.mark.fault("F28")
def test_a_contract_that_loses_its_price_is_taken_out(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(world)
        assert live(room, PUT) is not None
        room.tick(0, BID_PRICE=0, ASK_PRICE=0)
        await room.settle()
        assert live(room, PUT) is None
        assert quote_cancels(room.rig) != []

    play(tmp_path, story)


@pytest.mark.requirement("M5")
def test_the_width_follows_its_rule(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, improve_ticks=1_000)
        number = int(np.flatnonzero(room.view.numbers(FUND) == room.view.universe.number_of[PUT])[0])

        def width(**settings: Any) -> int:
            quoter.on_parameters(replace(QuoterParameters(underlying=FUND, improve_ticks=1_000), **settings))
            batch, _ = quoter.wanted(room.view)
            return int(batch.ask[number] - batch.bid[number])

        assert width(half_ticks=7) in (14, 15)
        vega = float(room.view.vega[room.view.universe.number_of[PUT]])
        # Yuan a contract and point over 10,000 shares, in 0.0001 yuan
        assert abs(width(width=WidthRule.VOLATILITY, half_volatility_points=1.0) - 2 * vega) <= 2

        def allowed(numbers: IntArray, bids: IntArray) -> IntArray:
            return np.full(len(numbers), 60)

        room.view.allowed_width = allowed
        assert width(width=WidthRule.ALLOWED, allowed_share=0.5) in (30, 31)
        room.view.allowed_width = None
        quoter.on_parameters(QuoterParameters(underlying=FUND, width=WidthRule.ALLOWED))
        _, there = quoter.wanted(room.view)
        assert not there.any()

    play(tmp_path, story)


def test_a_message_budget_holds_back_and_lets_go(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, messages_per_second=4, first_contracts=0)
        for number in range(6):
            room.tick(29_640 + 60 * number)
        assert quoter.held_back > 0
        world.clock.seconds += 1.1
        room.tick(29_600)
        assert quoter.held_back == 0

    play(tmp_path, story)


def test_what_is_most_wrong_against_us_goes_first(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(world, contracts_per_pass=1, least_delta=0.0, half_ticks=5)
        for _ in range(3):
            room.engine.on_timer()
            await room.settle()
        sent = len(quote_messages(room.rig))
        room.tick(29_900)
        (entry,) = quote_messages(room.rig)[sent].entries
        # The put has the larger delta: its bid is the most too high
        assert entry.contract_code == PUT

    play(tmp_path, story)


@pytest.mark.requirement("M4")
def test_a_contract_that_is_held_in_plenty_leans_all_the_way_and_is_bought_again_late(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(
            world, size=5, half_ticks=4, improve_ticks=1_000, position_lean=0.25, refill_seconds=90.0
        )
        client = await world.open_desk("D2", "880000009999")
        await world.settle()

        async def sell(quantity: int) -> None:
            quoted = live(room, PUT)
            assert quoted is not None
            await client.orders.submit(limit(PUT, f"{quoted[0] / 1e4:.4f}", quantity, Instruction.SELL_OPEN))
            await room.settle()
            room.engine.on_timer()
            await room.settle()

        before = live(room, PUT)
        for bought in (5, 10, 15, 20):
            await sell(5)
            assert room.rig.portfolio.net_quantity(PUT) == bought
        # Four sizes at a quarter each: it leans all the way, and what was bought last is not bid for again at once
        for seconds, bid_left in ((0.0, 0), (80.0, 0), (11.0, 5)):
            world.clock.seconds += seconds
            room.engine.on_timer()
            await room.settle()
            found = room.rig.quoting.live(PUT)
            assert found is not None
            assert (found.bid_quantity, found.ask_quantity) == (bid_left, 5)
        after = live(room, PUT)
        assert before is not None
        assert after is not None
        # Half a spread lower, so that the ask is the theoretical price
        assert (before[0] - after[0], before[1] - after[1]) == (4, 4)

    play(tmp_path, story)


@pytest.mark.requirement("M5", "M7")
@pytest.mark.parametrize("handling", list(Handling))
def test_what_is_wider_or_smaller_than_the_obligation_allows_is_refused_or_adjusted_as_set(
    tmp_path: Path, handling: Handling
) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        allowed = AllowedWidths(read_obligations("sse_generic"), room.rig.desk.market, room.rig.theoretical)
        room.rig.gate.quote_control = QuoteControl(allowed, room.rig.desk.market, room.rig.theoretical, handling)
        settings = QuoterParameters(underlying=FUND, half_ticks=400.0, size=3, improve_ticks=10_000, least_delta=0.0)
        quoter = ContinuousQuoter("quoter", settings)
        room.engine.add(quoter, limits())
        assert room.engine.start("quoter", "ann") is None
        await room.settle()
        place = int(np.flatnonzero(quoter.numbers == room.view.universe.number_of[PUT])[0])
        if handling is Handling.REFUSE:
            assert live(room, PUT) is None
            assert quoter.absence[place] == Absence.TOO_SMALL
            room.engine.set_parameters("quoter", replace(settings, size=10))
            room.engine.on_timer()
            assert quoter.absence[place] == Absence.TOO_WIDE
            room.engine.set_parameters("quoter", replace(settings, size=10, half_ticks=5.0))
            room.engine.on_timer()
            await room.settle()
            assert live(room, PUT) is not None
            # What no longer may stand does not stay
            room.engine.set_parameters("quoter", replace(settings, size=10))
            room.engine.on_timer()
            await room.settle()
            assert live(room, PUT) is None
            return
        found = room.rig.quoting.live(PUT)
        assert found is not None
        width = int(allowed(quoter.numbers[[place]], np.array([found.bid]))[0])
        assert 0 < found.ask - found.bid <= width < 800
        assert min(found.bid_quantity, found.ask_quantity) == 10
        assert quoter.narrowed[place]
        assert quoter.raised[place]
        # What went out is what it wants: nothing is sent again and again
        sent = len(quote_messages(room.rig))
        for _ in range(3):
            room.engine.on_timer()
            await room.settle()
        assert len(quote_messages(room.rig)) == sent

    play(tmp_path, story)
