"""Which side of a quote opens and which closes: by rule, with covered shorts and legs of combinations understood."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.messages import AccountReport
from terminal.domain.orders import Instruction, PositionEffect
from terminal.domain.quotes import EffectRule
from terminal.strategies.contract_terms import ContractTerms, read_term
from terminal.strategies.position_effects import EffectColumns, order_instruction
from terminal.strategies.quote_columns import Absence
from terminal.strategies.quoter import ContinuousQuoter
from terminal.strategies.quoter_parameters import QuoterParameters
from tests.harness import CHEAP_CALL, FUND, PUT, START, World, limit, play
from tests.quoting_rig import limits, quote_messages
from tests.strategies.desk_room import Room, open_room

pytestmark = pytest.mark.requirement("M3")
OPEN, CLOSE = PositionEffect.OPEN, PositionEffect.CLOSE


def position(side: PositionSide, quantity: int, *, combined: int = 0, exercising: int = 0, frozen: int = 0) -> Position:
    return Position(
        contract_code=PUT,
        side=side,
        quantity=quantity,
        combined_quantity=combined,
        exercising_quantity=exercising,
        frozen_quantity=frozen,
    )


def holding(room: Room, held: Position) -> None:
    """The counter's picture says so."""
    portfolio = room.rig.portfolio
    assert portfolio.funds is not None
    portfolio.on_account(
        AccountReport(
            sequence=room.rig.desk.last_sequence,
            account_id=room.rig.desk.account_id,
            at=START,
            funds=portfolio.funds,
            positions=(held,),
            holdings=tuple(portfolio.holdings.values()),
            profile=portfolio.profile,
        )
    )


def rules(*chosen: EffectRule) -> EffectColumns:
    return EffectColumns.of(list(chosen))


def test_close_first_closes_where_the_whole_size_can_be_and_open_first_never_does() -> None:
    columns = rules(EffectRule.CLOSE_FIRST, EffectRule.CLOSE_FIRST, EffectRule.OPEN_FIRST)
    sizes, closable = np.full((2, 3), 5), np.array([[5, 4, 9], [0, 8, 9]])
    bid, ask = columns.closing(sizes, closable)
    assert (bid.tolist(), ask.tolist()) == ([True, False, False], [False, True, False])
    assert not columns.any_set


def test_what_is_set_to_close_is_no_larger_than_what_is_held() -> None:
    columns = rules(EffectRule.BID_CLOSES, EffectRule.ASK_CLOSES, EffectRule.BOTH_CLOSE)
    closable = np.array([[2, 2, 0], [3, 3, 3]])
    sizes = columns.limited(np.full((2, 3), 5), closable)
    assert sizes.tolist() == [[2, 5, 0], [5, 3, 3]]
    assert columns.closing(sizes, closable).tolist() == [[True, False, True], [False, True, True]]


@pytest.mark.parametrize(
    ("held", "instruction"),
    [
        (position(PositionSide.SHORT, 5), Instruction.BUY_CLOSE),
        (position(PositionSide.SHORT, 4), Instruction.BUY_OPEN),
        # Legs are released first and closed after; a covered short has an instruction of its own
        (position(PositionSide.SHORT, 9, combined=5), Instruction.BUY_OPEN),
        (position(PositionSide.COVERED, 9), Instruction.BUY_OPEN),
        # A quote's own closing side holds it, and lets go when the next one comes
        (position(PositionSide.SHORT, 5, frozen=5), Instruction.BUY_CLOSE),
    ],
)
def test_a_purchase_closes_what_the_counter_would_let_it_close(
    tmp_path: Path, held: Position, instruction: Instruction
) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        holding(room, held)
        number = room.view.universe.number_of[PUT]
        assert order_instruction(room.view, number, 5, buys=True) is instruction
        assert order_instruction(room.view, number, 5, buys=False) is Instruction.SELL_OPEN

    play(tmp_path, story)


def test_a_sale_closes_a_long_that_is_neither_a_leg_nor_exercised_nor_being_sold(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        number = room.view.universe.number_of[PUT]

        def closable(combined: int = 0, exercising: int = 0) -> int:
            holding(room, position(PositionSide.LONG, 10, combined=combined, exercising=exercising))
            return int(room.view.closable[1, number])

        assert closable() == 10
        assert closable(combined=3) == 7
        assert closable(exercising=4) == 6
        await room.rig.orders.submit(limit(PUT, "0.0710", 10, Instruction.BUY_OPEN))
        await room.settle()
        await room.rig.orders.submit(limit(PUT, "0.0900", 6, Instruction.SELL_CLOSE))
        await room.settle()
        assert closable() == 4

    play(tmp_path, story)


async def quoting(world: World, **settings: Any) -> tuple[Room, ContinuousQuoter]:
    room = await open_room(world)
    parameters = replace(QuoterParameters(underlying=FUND, size=5, half_ticks=20, improve_ticks=1000), **settings)
    quoter = ContinuousQuoter("quoter", parameters)
    room.engine.add(quoter, limits())
    assert room.engine.start("quoter", "ann") is None
    await room.settle()
    return room, quoter


def effects(room: Room, code: str) -> tuple[PositionEffect, PositionEffect]:
    """Of the newest quote of a contract."""
    entries = [entry for message in quote_messages(room.rig) for entry in message.entries]
    newest = next(entry for entry in reversed(entries) if entry.contract_code == code)
    return newest.bid_effect, newest.ask_effect


def test_a_quoter_quotes_by_its_rule_and_a_contract_by_its_own(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, quoter = await quoting(world)
        await room.rig.orders.submit(limit(PUT, "0.0690", 5, Instruction.SELL_OPEN))
        await room.settle()
        room.tick(29_700)
        await room.settle()
        assert (effects(room, PUT), effects(room, CHEAP_CALL)) == ((CLOSE, OPEN), (OPEN, OPEN))
        own = {PUT: ContractTerms(effect=EffectRule.OPEN_FIRST)}
        room.engine.set_parameters("quoter", replace(quoter.parameters, contracts=own), "ann")
        room.tick(29_760)
        await room.settle()
        assert effects(room, PUT) == (OPEN, OPEN)
        # Set to close, both sides: of a call that is not held nothing is quoted, and it says why
        room.engine.set_parameters("quoter", replace(quoter.parameters, effect=EffectRule.BOTH_CLOSE), "ann")
        room.tick(29_700)
        await room.settle()
        place = quoter.numbers.tolist().index(room.view.universe.number_of[CHEAP_CALL])
        assert quoter.absence[place] == Absence.NOTHING_TO_CLOSE

    play(tmp_path, story)


def test_the_rule_is_typed_into_a_cell() -> None:
    assert read_term("effect", "bid_closes") is EffectRule.BID_CLOSES
