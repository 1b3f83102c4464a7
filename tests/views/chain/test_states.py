"""What a cell and a lamp tell of a book: one side, locked, halted, limits, auctions, stale."""

from dataclasses import replace

import pytest

from terminal.domain.contracts import Right
from terminal.domain.phases import Phase
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.chain.style import (
    PUT_LAMP_SHIFT,
    Ink,
    Lamp,
    Mark,
)
from tests.views.chain.stage import Seen, call_lamp, ink, reopen
from tests.views.desk_rig import HandClock

SPOT = "510050"


@pytest.mark.fault("F28")
def test_one_sided_book_shows_a_dash_and_a_half_lamp(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, bid_price=0, bid_quantity=0)
    seen.panel.flush()
    assert seen.text(call, "bid") == "–"
    assert ink(seen.style(call, "bid")) is Ink.DIM
    assert call_lamp(seen, "2.60") is Lamp.ONE_SIDED
    seen.quote(call, ask_price=0, ask_quantity=0)
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.EMPTY


@pytest.mark.fault("F27")
@pytest.mark.parametrize("ask", [500, 490])
def test_locked_and_crossed_books_are_hatched(seen: Seen, appearance: Appearance, ask: int) -> None:
    call = seen.contract(Right.CALL, "2.60")
    plain = seen.colours(call, "bid")
    seen.quote(call, bid_price=500, ask_price=ask)
    seen.panel.flush()
    assert seen.style(call, "bid") & Mark.HATCH
    assert seen.text(call, "ask_iv") == "–"
    assert call_lamp(seen, "2.60") is Lamp.INVERTED
    assert seen.colours(call, "bid") != plain


@pytest.mark.fault("F34")
def test_breaker_halt_and_resumption(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, phase=ord(Phase.BREAKER))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.BREAKER
    assert seen.style(call, "bid") & Mark.HATCH
    seen.quote(call, phase=ord(Phase.HALTED))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.HALTED
    assert ink(seen.style(call, "bid")) is Ink.DIM
    seen.quote(call, phase=ord(Phase.CONTINUOUS))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.LIVE


@pytest.mark.fault("F34")
def test_a_halted_underlying_halts_its_whole_chain(seen: Seen) -> None:
    seen.quote(SPOT, phase=ord(Phase.HALTED))
    seen.panel.flush()
    lamps = {Lamp((seen.lamps(strike) >> shift) & 0xF) for strike in ("2.40", "2.60") for shift in (24, 28)}
    assert lamps == {Lamp.HALTED}


@pytest.mark.fault("F34")
def test_limits_are_marked_by_place_not_only_by_colour(seen: Seen) -> None:
    call, put = seen.contract(Right.CALL, "2.60"), seen.contract(Right.PUT, "2.40")
    seen.quote(call, bid_price=int(call.limit_up * 10_000), ask_price=0, ask_quantity=0)
    seen.quote(put, ask_price=int(put.limit_down * 10_000), bid_price=0, bid_quantity=0)
    seen.panel.flush()
    assert seen.style(call, "bid") & Mark.LIMIT_UP
    assert call_lamp(seen, "2.60") is Lamp.LIMIT_UP
    assert seen.style(put, "ask") & Mark.LIMIT_DOWN
    assert Lamp((seen.lamps("2.40") >> PUT_LAMP_SHIFT) & 0xF) is Lamp.LIMIT_DOWN


@pytest.mark.fault("F34")
def test_in_an_auction_the_indicative_price_stands_on_both_sides(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(
        call, phase=ord(Phase.OPENING_AUCTION), bid_price=0, bid_quantity=0, ask_price=0, ask_quantity=0,
        auction_price=480, auction_quantity=12,
    )  # fmt: skip
    seen.panel.flush()
    assert seen.text(call, "bid") == seen.text(call, "ask") == "0.0480"
    assert seen.text(call, "ask_quantity") == "12"
    assert ink(seen.style(call, "bid")) is Ink.WARN
    assert seen.text(call, "ask_iv") == "–"


@pytest.mark.fault("F34")
def test_a_suspended_contract_is_halted(seen: Seen, desk: Desk) -> None:
    call = seen.contract(Right.CALL, "2.60")
    reopen(desk, tuple(replace(c, suspended=True) if c == call else c for c in desk.market.contracts))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.HALTED


@pytest.mark.fault("F26")
def test_a_quote_that_stands_still_while_the_underlying_moves_is_stale(seen: Seen, monotonic: HandClock) -> None:
    frozen, live = seen.contract(Right.CALL, "2.50"), seen.contract(Right.CALL, "2.55")
    monotonic.seconds += 2.9
    seen.quote(SPOT, bid_price=24_801)
    seen.panel.flush()
    assert not seen.style(frozen, "bid") & Mark.STALE
    seen.quote(live, bid_quantity=33)
    monotonic.seconds += 0.6
    seen.panel.flush()
    assert seen.style(frozen, "bid") & Mark.STALE
    assert not seen.style(live, "bid") & Mark.STALE
    seen.quote(frozen, bid_quantity=34)
    seen.panel.flush()
    assert not seen.style(frozen, "bid") & Mark.STALE


@pytest.mark.fault("F26")
def test_without_a_move_of_the_underlying_nothing_is_stale(seen: Seen, monotonic: HandClock) -> None:
    monotonic.seconds += 60
    seen.panel.flush()
    assert not seen.style(seen.contract(Right.CALL, "2.50"), "bid") & Mark.STALE
