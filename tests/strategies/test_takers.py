"""Responder, eye, hedger and volatility orders against the real venue."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import InquiryOpened, MarketDataBatch, SubmitOrder
from terminal.domain.orders import Instruction, OrderType
from terminal.strategies.delta_hedger import (
    LOT,
    DeltaHedger,
    HedgerParameters,
    pairs_to_trade,
    shares_to_trade,
)
from terminal.strategies.electronic_eye import ElectronicEye, EyeParameters
from terminal.strategies.inquiry_rules import InquiryRule, ResponderParameters
from terminal.strategies.protocol import Strategy
from terminal.strategies.responder import InquiryResponder
from terminal.strategies.volatility_orders import VolatilityOrder, VolatilityOrders, VolatilityParameters
from tests.harness import FUND, PUT, START, World, limit, play
from tests.quoting_rig import limits, quote_messages
from tests.strategies.desk_room import Room, open_room


async def running(world: World, strategy: Strategy, **more: Any) -> Room:
    room = await open_room(world, **more)
    room.engine.add(strategy, limits())
    assert room.engine.start(strategy.name, "ann") is None
    await room.settle()
    return room


def orders_sent(room: Room) -> list[SubmitOrder]:
    return [command for command in room.rig.gateway.sent if isinstance(command, SubmitOrder)]


def book(room: Room, code: str, bid: int, ask: int, quantity: int = 10) -> None:
    """Show another book of a contract; the venue's own stays what it is."""
    market = room.rig.desk.market
    row = market.quotes[market.row_of[code]].copy()
    row[[Column.BID_PRICE, Column.ASK_PRICE]] = bid, ask
    row[[Column.BID_QUANTITY, Column.ASK_QUANTITY]] = quantity
    market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))


def inquiry(code: str = PUT, number: int = 7, quantity: int = 0) -> InquiryOpened:
    return InquiryOpened(inquiry=number, contract_code=code, quantity=quantity, at=START)


# ---- inquiries


@pytest.mark.requirement("M3", "M8", "X2")
def test_an_inquiry_is_answered_after_the_delay_held_and_taken_out(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        responder = InquiryResponder("rfq", ResponderParameters(underlying=FUND, delay_seconds=1, hold_seconds=20))
        room = await running(world, responder)
        client = await world.open_desk("D2", "880000009999")
        await world.settle()
        room.rig.desk.on_event(inquiry())
        room.engine.on_timer()
        assert quote_messages(room.rig) == []
        world.clock.seconds += 1.0
        room.engine.on_timer()
        (message,) = quote_messages(room.rig)
        assert message.inquiry == 7
        (entry,) = message.entries
        # 0.0690 and 0.0710 are the others' best: joined, never in front of them
        assert entry.bid_price <= client.desk.market.bids(PUT)[0].price / 10_000
        assert responder.answered == 1
        # The venue knows no inquiry of this number and refuses; what is held is given up after its time all the same
        world.clock.seconds += 20.0
        room.engine.on_timer()
        await room.settle()
        assert room.rig.quoting.live(PUT) is None

    play(tmp_path, story)


@pytest.mark.requirement("X2")
def test_rules_decide_what_is_answered_and_how(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rules = (InquiryRule(most_delta=0.1, size=2), InquiryRule(most_quantity=50, half_width=9, size=3))
        responder = InquiryResponder("rfq", ResponderParameters(underlying=FUND, rules=rules, delay_seconds=0))
        room = await running(world, responder)
        batch = responder.proposal(inquiry(), room.view)
        assert batch is not None
        assert batch.bid_quantity.tolist() == [3]
        assert responder.proposal(inquiry(quantity=51), room.view) is None
        assert responder.proposal(inquiry("99999999"), room.view) is None
        book(room, PUT, 0, 0)
        room.rig.theoretical.settle(FUND)
        responder.on_parameters(replace(responder.parameters, never_alone=True))
        assert responder.proposal(inquiry(), room.view) is None

    play(tmp_path, story)


# ---- the eye


@pytest.mark.requirement("O19")
def test_the_eye_takes_what_is_offered_too_low_and_no_more_than_there_is(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        eye = ElectronicEye(
            "eye", EyeParameters(underlying=FUND, edge_ticks=15, edge_fraction=0.0, size=7, sells=False)
        )
        room = await running(world, eye)
        room.tick(29_630)
        assert orders_sent(room) == []
        # The underlying falls by two cents: the put at 0.0710 is cheap now
        room.tick(29_430)
        await room.settle()
        (order,) = orders_sent(room)
        assert (order.contract_code, order.instruction, order.order_type, order.quantity, order.by_program) == (
            PUT,
            Instruction.BUY_OPEN,
            OrderType.LIMIT_FOK,
            7,
            True,
        )
        assert eye.traded == 7
        # The book is looked at again before the next: it rests, then takes what is left
        room.tick(29_420)
        assert len(orders_sent(room)) == 1

    play(tmp_path, story)


@pytest.mark.fault("F71")
def test_the_eye_s_limits_hold_and_a_refusal_does_not_block_a_contract(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        eye = ElectronicEye(
            "eye",
            EyeParameters(
                underlying=FUND,
                edge_ticks=15,
                edge_fraction=0.0,
                contract_position=9,
                rest_seconds=0.5,
                sells=False,
            ),
        )
        room = await running(world, eye)
        room.engine.set_sheet("eye", limits(order_quantity=4))
        room.tick(29_430)
        assert orders_sent(room) == []
        room.engine.set_sheet("eye", limits())
        for number in range(6):
            world.clock.seconds += 0.6
            room.tick(29_429 - number)
            await room.settle()
        # 10 are offered at 0.0710; 5 and then the 4 that the position limit leaves
        assert [order.quantity for order in orders_sent(room)] == [5, 4]
        assert room.view.net[room.view.universe.number_of[PUT]] == 9

    play(tmp_path, story)


@pytest.mark.requirement("O19")
def test_the_eye_takes_no_more_in_a_day_than_it_may_in_all_contracts_together(tmp_path: Path) -> None:
    """Ten are offered and the contract would have room for more: 5, then the 2 that the day leaves."""

    async def story(world: World) -> None:
        eye = ElectronicEye(
            "eye",
            EyeParameters(
                underlying=FUND, edge_ticks=15, edge_fraction=0.0, contracts_today=7, rest_seconds=0.5, sells=False
            ),
        )
        room = await running(world, eye)
        for number in range(6):
            world.clock.seconds += 0.6
            room.tick(29_429 - number)
            await room.settle()
        assert [order.quantity for order in orders_sent(room)] == [5, 2]
        assert eye.traded == 7

    play(tmp_path, story)


# ---- the hedger


@given(st.floats(-1e7, 1e7), st.floats(0, 1e6), st.integers(-1000, 10_000_000))
@pytest.mark.requirement("O19")
def test_shares_go_in_whole_lots_towards_the_target_and_never_short(excess: float, most: float, sellable: int) -> None:
    shares = shares_to_trade(excess, most, sellable)
    assert shares % LOT == 0
    assert abs(shares) <= most
    assert abs(shares) <= abs(excess)
    assert shares == 0 or (shares > 0) == (excess < 0)
    assert -shares <= max(sellable, 0)


@given(st.floats(-1e7, 1e7), st.floats(0, 1e6), st.floats(1, 20_000))
def test_pairs_are_whole_and_bring_the_delta_back(excess: float, most: float, each: float) -> None:
    pairs = pairs_to_trade(excess, most, each)
    assert pairs == 0 or (pairs > 0) == (excess < 0)
    assert abs(pairs) * each <= min(abs(excess), most) + each / 2 * (1 + 1e-9)


def test_what_is_no_number_is_not_hedged() -> None:
    nan = float("nan")
    assert shares_to_trade(nan, 1e6, 100) == pairs_to_trade(nan, 1e6, 1e4) == pairs_to_trade(1e5, 1e6, nan) == 0


def test_without_a_strike_of_both_rights_nothing_is_sent_and_it_says_so(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        hedger = DeltaHedger("hedge", HedgerParameters(underlying=FUND, band=1_000))
        room = await running(world, hedger)
        room.tick(29_640)
        # No strike of this list has both rights
        entry = room.engine.entry("hedge")
        assert entry is not None
        assert entry.ask is not None
        assert "no strike" in entry.ask.notes[-1]
        assert orders_sent(room) == []

    play(tmp_path, story)


# ---- volatility orders


@pytest.mark.requirement("O19")
def test_a_volatility_order_follows_the_underlying_one_at_a_time(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        wish = VolatilityOrder(contract_code=PUT, instruction=Instruction.BUY_OPEN, quantity=4, volatility=0.10)
        orders = VolatilityOrders("vol", VolatilityParameters(underlying=FUND, orders=(wish,), tolerance_ticks=2))
        room = await running(world, orders)
        (first,) = orders_sent(room)
        price = orders.price_of(wish, room.view)
        assert price is not None
        assert first.price is not None
        assert int(first.price * 10_000) == price
        # Within the tolerance it stays
        room.tick(29_631)
        await room.settle()
        assert len(orders_sent(room)) == 1
        room.tick(29_500)
        assert len(room.rig.orders.working()) == 1
        await room.settle()
        room.engine.on_timer()
        await room.settle()
        (working,) = room.rig.orders.working()
        assert working.price is not None
        assert working.price > first.price
        assert len(orders_sent(room)) == 2
        # Part of it trades: only the rest goes on
        client = await world.open_desk("D2", "880000009999")
        await client.orders.submit(limit(PUT, str(working.price), 3, Instruction.SELL_OPEN))
        await room.settle()
        left = orders.left(PUT, Instruction.BUY_OPEN)
        assert left == 4 - sum(fill.quantity for fill in room.rig.portfolio.fills)

    play(tmp_path, story)


def test_a_wish_outside_the_day_s_limits_or_without_a_price_waits(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        high = VolatilityOrder(contract_code=PUT, instruction=Instruction.SELL_OPEN, quantity=4, volatility=4.0)
        orders = VolatilityOrders("vol", VolatilityParameters(underlying=FUND, orders=(high,)))
        room = await running(world, orders)
        assert orders.price_of(high, room.view) is None
        assert orders_sent(room) == []

    play(tmp_path, story)
