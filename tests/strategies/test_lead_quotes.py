"""The quotes that a move of the underlying hurts most go ahead of the pass, at the prices the pass would have given."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from terminal.domain.messages import SubmitQuotes
from terminal.domain.orders import Instruction
from terminal.domain.phases import Phase
from terminal.domain.ports import RecordKind
from terminal.rules.protection.stops import Stops
from terminal.strategies.contract_terms import ContractTerms
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from tests.harness import CHEAP_CALL, FUND, PUT, World, limit, play
from tests.quoting_rig import limits, quote_messages
from tests.strategies.desk_room import Room, open_room

SETTINGS: dict[str, Any] = {"tolerance_ticks": 0, "least_delta": 0.0, "improve_ticks": 1_000, "first_contracts": 1}


async def quoting(world: World, *, shadow: bool = False, **settings: Any) -> tuple[Room, ContinuousQuoter]:
    room = await open_room(world, when_idle=lambda do: do())
    parameters = replace(QuoterParameters(underlying=FUND), **{**SETTINGS, **settings})
    quoter = ContinuousQuoter("quoter", parameters)
    room.engine.add(quoter, limits())
    assert room.engine.start("quoter", "ann", shadow=shadow) is None
    await room.settle()
    return room, quoter


def after(room: Room, spot: int, **columns: int) -> list[SubmitQuotes]:
    """The messages that a tick leads to."""
    known = len(quote_messages(room.rig))
    room.tick(spot, **columns)
    return quote_messages(room.rig)[known:]


def entries(message: SubmitQuotes) -> dict[str, tuple[int, int]]:
    return {e.contract_code: (int(e.bid_price * 10_000), int(e.ask_price * 10_000)) for e in message.entries}


@pytest.mark.requirement("M4")
@pytest.mark.parametrize("settings", [{}, {"most_width_ticks": 9.0}, {"improve_ticks": 2}, {"half_ticks": 0.4}])
def test_what_goes_ahead_is_priced_as_the_pass_prices_it(tmp_path: Path, settings: dict[str, Any]) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, **settings)
        universe, random = room.view.universe, np.random.default_rng(20261127)
        spot, led, known = 29_630, 0, 0
        for _ in range(40):
            # Now and then so far that the day's limits stand in the way
            reach = 40 if random.random() < 0.8 else 9_000
            spot += int(random.integers(1, reach)) * (1 if spot < 29_630 else -1)
            messages = after(room, spot)
            wanted, there = quoter.wanted(room.view)
            sent: dict[str, tuple[int, int]] = {}
            for message in messages:
                assert not sent.keys() & entries(message).keys()
                sent |= entries(message)
            for code, prices in sent.items():
                place = int(np.flatnonzero(wanted.index == universe.number_of[code])[0])
                assert there[place]
                assert prices == (int(wanted.bid[place]), int(wanted.ask[place]))
            assert len(messages) <= 2
            led += room.rig.quoting.ahead - known
            known = room.rig.quoting.ahead
            await room.settle()
        assert led > 20

    play(tmp_path, story)


def test_a_pass_that_had_nothing_left_to_send_costs_the_next_one_nothing(tmp_path: Path) -> None:
    """A move whose only quote went ahead; then wider quotes without a move: the most exposed one still goes first."""

    async def story(world: World) -> None:
        room, quoter = await quoting(world)
        spot, messages = 29_630, list[SubmitQuotes]()
        for _ in range(60):
            spot, known = spot + 1, room.rig.quoting.ahead
            messages = after(room, spot)
            await room.settle()
            if len(messages) == room.rig.quoting.ahead - known == 1:
                break
        assert len(messages) == 1
        sent = len(quote_messages(room.rig))
        room.engine.set_parameters("quoter", replace(quoter.parameters, half_ticks=30.0))
        room.engine.on_timer()
        first, rest = quote_messages(room.rig)[sent:]
        assert (len(first.entries), len(rest.entries)) == (1, 1)

    play(tmp_path, story)


@pytest.mark.requirement("M4")
def test_it_leaves_before_anything_else_is_priced_and_says_what_it_was_made_of(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(world)
        theoretical = room.rig.theoretical
        before = theoretical.price.copy()
        stood: list[bool] = []
        send = room.rig.gateway.send

        def watched(command: Any) -> bool:
            if isinstance(command, SubmitQuotes):
                stood.append(bool(np.array_equal(theoretical.price, before, equal_nan=True)))
            return send(command)

        room.rig.quoting._dispatch._send = watched
        room.tick(29_700)
        assert stood == [True, False]
        await room.settle()
        records = [r for r in room.rig.journal.read() if r.kind is RecordKind.WORTH]
        notes = [msgspec.json.decode(r.body) for r in records]
        number = theoretical.universe.number_of[PUT]
        assert notes[-2]["theoretical"] == [pytest.approx(float(theoretical.price[number]), abs=0.011)]

    play(tmp_path, story)


@pytest.mark.fault("F30")
@pytest.mark.parametrize("what", ["stop", "block", "sheet", "away", "order", "cross", "phase", "rationed"])
def test_nothing_goes_ahead_once_what_the_gate_has_seen_is_no_longer_so(tmp_path: Path, what: str) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(world)
        gate, columns = room.rig.gate, {}
        if what == "stop":
            gate.stops = Stops(reduce_only=True)
        elif what == "block":
            gate.block_quotes(np.full(len(room.view.universe), 1, np.int8))
        elif what == "sheet":
            gate.set_sheet("quoter", limits(order_quantity=4.0))
        elif what == "away":
            gate.set_sheet("quoter", None)
        elif what == "order":
            # What was seen before an order of the desk itself is seen anew once it stands
            await room.rig.orders.submit(limit(PUT, "0.0400", 1, Instruction.BUY_OPEN))
            await room.settle()
            after(room, 29_700)
            assert room.rig.quoting.ahead == 1
            return
        elif what == "cross":
            columns = {"BID_PRICE": 29_710, "ASK_PRICE": 29_700}
        elif what == "phase":
            room.rig.desk.market.phase = Phase.CLOSING_AUCTION
        else:
            room.engine.set_parameters(
                "quoter", replace(QuoterParameters(underlying=FUND), **SETTINGS, messages_per_minute=60.0)
            )
            room.engine.on_timer()
            await room.settle()
        messages = after(room, 29_700, **columns)
        assert room.rig.quoting.ahead == 0
        if what in ("stop", "block", "sheet", "away", "cross", "phase"):
            assert messages == []

    play(tmp_path, story)


def test_what_has_traded_is_left_to_the_pass(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, _ = await quoting(world, size=5)
        client = await world.open_desk("D2", "880000009999")
        await world.settle()
        found = room.rig.quoting.live(PUT)
        assert found is not None
        await client.orders.submit(limit(PUT, f"{found.bid / 1e4:.4f}", 2, Instruction.SELL_OPEN))
        await room.settle()
        messages = after(room, 29_700)
        # Another one, whole as it is, goes ahead instead
        assert room.rig.quoting.ahead == 1
        assert [PUT in entries(message) for message in messages] == [False, True]
        assert {e.bid_quantity for message in messages for e in message.entries} == {5}

    play(tmp_path, story)


def test_a_contract_joined_to_others_and_one_that_only_shadows_go_in_one_message(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, join_ticks=2)
        assert after(room, 29_700) != []
        room.engine.set_parameters("quoter", replace(quoter.parameters, join_ticks=0, first_contracts=0))
        room.engine.on_timer()
        await room.settle()
        assert after(room, 29_600) != []
        assert room.rig.quoting.ahead == 0
        room.engine.stop("quoter", "", "ann")
        await room.settle()
        assert room.engine.start("quoter", "ann", shadow=True) is None
        assert after(room, 29_700) == []
        report = room.engine.shadow_report("quoter")
        assert report is not None
        assert report.quotes > 0

    play(tmp_path, story)


def test_terms_of_single_contracts_hold_for_what_goes_ahead(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world, contracts={PUT: ContractTerms(tolerance=500), CHEAP_CALL: ContractTerms()})
        assert not any(PUT in entries(message) for message in after(room, 29_640))
        assert quoter.held_back == 0

    play(tmp_path, story)
