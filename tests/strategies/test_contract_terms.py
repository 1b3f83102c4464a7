"""Terms of single contracts: read from text, held to their bounds, in force in the quoter while it runs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.domain.orders import Side
from terminal.domain.reasons import Reason
from terminal.services.quote_codes import CODE_OF
from terminal.strategies.contract_terms import (
    BOUNDS,
    FIELDS,
    ContractTerms,
    JoinRule,
    WidthRule,
    read_term,
    terms_from,
    write_term,
)
from terminal.strategies.entry import StrategyState
from terminal.strategies.quote_columns import Absence
from terminal.strategies.quoter_control import QuoterControl
from terminal.strategies.quoter_parameters import QuoterParameters, effective
from tests.harness import CHEAP_CALL, FUND, PUT, World, play
from tests.quoting_rig import limits, quote_messages
from tests.strategies.desk_room import Room, open_room

pytestmark = pytest.mark.requirement("M4")


@pytest.mark.parametrize(
    ("field", "text", "rule"),
    [
        ("size", "0", "from 1 to"),
        ("size", "2.5", "a whole number"),
        ("size", "12x", "a number"),
        ("half_width", "nan", "from"),
        ("half_width", "1e999", "from"),
        ("most_width", "-3", "from"),
        ("vega_skew", "x" * 5000, "at most 40 characters"),
        ("bid", "perhaps", "on or off"),
        ("width", "wide", "ticks or volatility or allowed"),
        ("code", "1", "the name of a field"),
    ],
)
def test_a_bad_field_is_refused_by_name_value_and_rule(field: str, text: str, rule: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_term(field, text)
    assert rule in refused.value.rule
    assert len(str(refused.value)) < 300


def test_what_is_written_is_read_again_and_blank_is_the_quoters_own() -> None:
    terms = ContractTerms(bid=False, width=WidthRule.ALLOWED, half_width=0.35, size=12, join=JoinRule.NOT_ALONE)
    assert terms_from({name: write_term(getattr(terms, name)) for name in FIELDS}) == terms
    assert terms_from(dict.fromkeys(FIELDS, " ")) == ContractTerms()
    assert read_term("delta_skew", "−1,000") == -1000.0
    with pytest.raises(BadInput, match="at most the largest width"):
        terms_from({"least_width": "9", "most_width": "8"})


@given(st.sampled_from(FIELDS), st.text(max_size=60))
def test_no_text_gets_past_the_bounds(field: str, text: str) -> None:
    try:
        value = read_term(field, text)
    except BadInput:
        return
    if value is not None and field in BOUNDS:
        least, most = BOUNDS[field]
        assert least <= value <= most


def test_what_a_contract_leaves_open_is_as_the_quoter_has_it() -> None:
    parameters = QuoterParameters(size=7, half_volatility_points=0.8, contracts={"A": ContractTerms(size=9)})
    assert effective(parameters, "A").size == 9
    assert effective(parameters, "B").size == 7
    vol = replace(parameters, contracts={"A": ContractTerms(width=WidthRule.VOLATILITY)})
    assert effective(vol, "A").half_width == 0.8


async def controlled(world: World, **settings: Any) -> tuple[Room, QuoterControl]:
    room = await open_room(world)
    given = {"least_delta": 0.0, "half_ticks": 6.0, "improve_ticks": 100, **settings}
    control = QuoterControl(room.engine, replace(QuoterParameters(underlying=FUND), **given), limits())
    assert control.start("ann") is None
    await room.settle()
    return room, control


def live(room: Room, code: str) -> tuple[int, int, int] | None:
    found = room.rig.quoting.live(code)
    return None if found is None else (found.bid, found.ask, found.bid_quantity)


@pytest.mark.requirement("M3")
def test_other_terms_of_one_contract_are_quoted_at_the_next_beat_and_leave_the_others(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, control = await controlled(world)
        before, other = live(room, PUT), live(room, CHEAP_CALL)
        assert before is not None
        control.apply({PUT: ContractTerms(size=9, half_width=10.0)}, "ann")
        room.engine.on_timer()
        await room.settle()
        after = live(room, PUT)
        assert after is not None
        assert after[2] == 9
        assert after[1] - after[0] == before[1] - before[0] + 8
        assert live(room, CHEAP_CALL) == other
        assert control.entry.state is StrategyState.RUNNING
        sent = len(quote_messages(room.rig))
        room.engine.on_timer()
        await room.settle()
        assert len(quote_messages(room.rig)) == sent

    play(tmp_path, story)


def test_width_bounds_skews_and_the_limit_of_a_position_shape_the_quote(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, control = await controlled(world, half_ticks=20.0)
        place = control.quoter.numbers.tolist().index(room.view.universe.number_of[PUT])

        def wanted(**terms: Any) -> tuple[int, int, int]:
            control.apply({PUT: ContractTerms(**terms)}, "ann")
            batch, _ = control.quoter.wanted(room.view)
            return int(batch.bid[place]), int(batch.ask[place]), int(batch.bid_quantity[place])

        plain = wanted()
        for most in (7.0, 8.0, 12.5):
            bid, ask, _ = wanted(most_width=most)
            assert ask - bid <= most
        bid, ask, _ = wanted(half_width=1.0, least_width=30.0)
        assert 30 <= ask - bid <= 31
        # A put has a delta below zero: leaning to a higher stock it is worth less
        assert wanted(delta_skew=10.0)[0] < plain[0]
        assert wanted(vega_skew=0.5)[0] > plain[0]
        assert wanted(position_limit=3)[2] == 3
        wanted(position_limit=0)
        assert control.quoter.absence[place] == Absence.POSITION_LIMIT

    play(tmp_path, story)


@pytest.mark.requirement("M3")
def test_a_side_that_is_off_takes_the_quote_out_where_the_market_takes_only_both(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, control = await controlled(world)
        place = control.quoter.numbers.tolist().index(room.view.universe.number_of[PUT])
        control.apply({PUT: ContractTerms(ask=False)}, "ann")
        room.engine.on_timer()
        await room.settle()
        assert live(room, PUT) is None
        assert live(room, CHEAP_CALL) is not None
        assert control.quoter.absence[place] == Absence.SIDE_OFF
        control.pause(Side.BUY, True, "ann")
        room.engine.on_timer()
        await room.settle()
        assert control.is_paused(Side.BUY)
        assert live(room, CHEAP_CALL) is None
        control.pause(Side.BUY, False, "ann")
        control.apply({}, "ann")
        room.engine.on_timer()
        await room.settle()
        assert live(room, PUT) is not None

    play(tmp_path, story)


def test_one_sided_quotes_are_wanted_where_the_market_takes_them(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, control = await controlled(world, two_sided=False)
        place = control.quoter.numbers.tolist().index(room.view.universe.number_of[PUT])
        control.apply({PUT: ContractTerms(bid=False)}, "ann")
        batch, there = control.quoter.wanted(room.view)
        assert there[place]
        assert (batch.bid[place], batch.bid_quantity[place], batch.ask_quantity[place]) == (0, 0, 5)
        control.apply({PUT: ContractTerms(bid=False, ask=False)}, "ann")
        assert not control.quoter.wanted(room.view)[1][place]

    play(tmp_path, story)


def test_expiries_start_and_stop_and_the_last_one_stops_the_quoter(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, control = await controlled(world)
        expiries = tuple(sorted({c.expiry for c in room.view.universe.contracts if c.underlying == FUND}))
        for expiry in expiries:
            control.stop_expiry(expiry, expiries, "ann")
        assert not control.is_active
        await room.settle()
        assert not room.rig.quoting.board.live_numbers
        assert control.start_expiry(expiries[0], expiries, "ann", shadow=False) is None
        assert control.parameters.stopped_expiries == expiries[1:]
        await room.settle()
        assert room.rig.quoting.board.live_numbers
        assert control.set_shadow(True, "ann") is None
        assert control.is_shadow
        await room.settle()
        assert not room.rig.quoting.board.live_numbers

    play(tmp_path, story)


def test_what_the_gate_refuses_is_known_by_contract(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room, control = await controlled(world)
        room.engine.set_sheet(control.name, limits(order_quantity=6))
        control.apply({PUT: ContractTerms(size=8)}, "ann")
        room.engine.on_timer()
        places = control.quoter.numbers.tolist()
        put, call = (places.index(room.view.universe.number_of[code]) for code in (PUT, CHEAP_CALL))
        assert control.quoter.refusals[put] == CODE_OF[Reason.ORDER_SIZE]
        assert control.quoter.refusals[call] == 0

    play(tmp_path, story)
