"""Baskets sent over the real services and the simulated venue; time is moved by hand."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.orders import Instruction, OrderStatus, OrderType
from terminal.rules.protection.stops import Stops
from terminal.services.basket import Basket, LegEffect, Pace, PriceBasis
from terminal.services.basket_run import LegState, Stop
from terminal.services.gate import DESK
from tests.harness import CALL, CHEAP_CALL, OPEN_SHEET, PUT, limit
from tests.services.basket_desk import RESTS, SPREAD, BasketDesk, basket_story, buy, sell


def states(desk: BasketDesk) -> list[LegState]:
    assert desk.runner.run is not None
    return [leg.state for leg in desk.runner.run.legs]


@pytest.mark.requirement("O2")
def test_leg_by_leg_the_next_one_waits_until_the_one_before_is_filled(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(replace(RESTS, units_text="2"))
        await desk.settle()
        assert states(desk) == [LegState.RESTING, LegState.WAITING]
        assert desk.sent == [(CALL, "BO", "0.4620", 2)]
        await (await desk.rival()).orders.submit(limit(CALL, "0.4620", 12, Instruction.SELL_OPEN))
        await desk.settle()
        assert states(desk) == [LegState.FILLED, LegState.FILLED]
        assert desk.sent[1] == (CHEAP_CALL, "SO", "0.0080", 2)
        assert run.is_over
        assert run.is_filled
        assert run.whole_units == 2
        assert run.left == []
        assert run.net_filled == 2 * (Decimal("4620") - 80)

    basket_story(tmp_path, story)


def test_at_once_all_legs_leave_whatever_becomes_of_the_first(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        desk.start(replace(RESTS, pace=Pace.AT_ONCE))
        await desk.settle()
        assert states(desk) == [LegState.RESTING, LegState.FILLED]
        assert [code for code, *_ in desk.sent] == [CALL, CHEAP_CALL]
        run = desk.runner.run
        assert run is not None
        assert not run.is_over
        # One side stands alone, and it is said which
        assert run.left == [(CHEAP_CALL, -1)]
        assert run.whole_units == 0

    basket_story(tmp_path, story)


def test_cancelling_the_rest_stops_what_waits_and_cancels_what_rests(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(RESTS)
        await desk.settle()
        desk.runner.cancel_rest()
        await desk.settle()
        assert states(desk) == [LegState.CANCELLED, LegState.STOPPED]
        assert desk.cancels == 1
        assert run.stop is Stop.BY_HAND
        assert run.is_over
        assert run.left == []
        assert len(desk.sent) == 1

    basket_story(tmp_path, story)


def test_an_order_on_its_way_to_the_disk_is_cancelled_too(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        desk.rig.journal.hold = True
        desk.start(RESTS)
        await asyncio.sleep(0)
        assert states(desk) == [LegState.SENDING, LegState.WAITING]
        desk.runner.cancel_rest()
        await asyncio.sleep(0)
        await desk.rig.journal.release()
        await desk.settle()
        assert states(desk) == [LegState.CANCELLED, LegState.STOPPED]
        assert desk.cancels == 1

    basket_story(tmp_path, story)


def test_a_leg_that_does_not_fill_stops_the_rest(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        plan = desk.look(Basket((buy(CALL, 10), sell(CHEAP_CALL, 3)), order_type=OrderType.MARKET_IOC)).plan
        assert plan is not None
        # Somebody else is quicker: of the ten at the best price six are left
        await (await desk.rival()).orders.submit(limit(CALL, "0.4630", 4))
        await desk.settle()
        took = desk.runner.start(plan)
        assert took is not None
        await desk.settle()
        assert states(desk) == [LegState.PARTLY, LegState.STOPPED]
        assert took.stop is Stop.NOT_FILLED
        assert took.left == [(CALL, took.legs[0].filled)]
        assert [code for code, *_ in desk.sent] == [CALL]

    basket_story(tmp_path, story)


def test_a_leg_the_desk_refuses_at_its_moment_stops_the_rest_and_says_why(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(Basket((buy(CALL, basis=PriceBasis.OWN), buy(PUT), sell(CHEAP_CALL))))
        await desk.settle()
        # Stopped after it was planned: the gate has its say again when the leg leaves
        desk.rig.gate.set_sheet(DESK, replace(OPEN_SHEET, order_quantity=0.0))
        await (await desk.rival()).orders.submit(limit(CALL, "0.4620", 11, Instruction.SELL_OPEN))
        await desk.settle()
        assert states(desk)[0] is LegState.FILLED
        assert states(desk)[1] is LegState.WAITING
        # The counter may still free something: so long it waits, and no longer
        desk.world.pass_time(1.5)
        desk.runner.look()
        await desk.settle()
        assert states(desk) == [LegState.FILLED, LegState.REFUSED, LegState.STOPPED]
        assert run.legs[1].reason is not None
        assert run.stop is Stop.REFUSED
        assert run.left == [(CALL, 1)]

    basket_story(tmp_path, story)


def test_a_closing_leg_frees_its_margin_for_the_next_one(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        await desk.rig.orders.submit(limit(CHEAP_CALL, "0.0080", 1, Instruction.SELL_OPEN))
        await desk.settle()
        assert desk.rig.held() == {(CHEAP_CALL, PositionSide.SHORT): 1}
        roll = Basket((sell(PUT), buy(CHEAP_CALL, effect=LegEffect.CLOSE)))
        desk.start(roll)
        await desk.settle()
        assert [(code, what) for code, what, *_ in desk.sent[1:]] == [(CHEAP_CALL, "BC"), (PUT, "SO")]
        assert desk.rig.held() == {(PUT, PositionSide.SHORT): 1}

    basket_story(tmp_path, story)


def test_a_net_limit_is_held_to_at_the_moment_of_each_leg(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(replace(SPREAD, legs=(buy(CALL, basis=PriceBasis.OWN), sell(CHEAP_CALL)), limit_text="0.4540"))
        await desk.settle()
        other = await desk.rival()
        # Meanwhile the bid for the second leg is taken away
        await other.orders.submit(limit(CHEAP_CALL, "0.0080", 30, Instruction.SELL_OPEN))
        await other.orders.submit(limit(CHEAP_CALL, "0.0070", 5))
        await desk.settle()
        await other.orders.submit(limit(CALL, "0.4620", 11, Instruction.SELL_OPEN))
        await desk.settle()
        assert states(desk) == [LegState.FILLED, LegState.STOPPED]
        assert run.stop is Stop.NET_PRICE
        assert run.net_at_stop == Decimal("4620") - 70
        assert run.left == [(CALL, 1)]
        assert [code for code, *_ in desk.sent] == [CALL]

    basket_story(tmp_path, story)


def test_within_the_net_limit_a_leg_follows_its_price_and_without_one_it_stays_as_confirmed(tmp_path: Path) -> None:
    async def told(desk: BasketDesk, limit_text: str, price: str) -> None:
        legs = (buy(CALL, basis=PriceBasis.OWN), sell(CHEAP_CALL))
        desk.start(Basket(legs, limit_text=limit_text))
        await desk.settle()
        other = await desk.rival()
        await other.orders.submit(limit(CHEAP_CALL, "0.0080", 30, Instruction.SELL_OPEN))
        await other.orders.submit(limit(CHEAP_CALL, "0.0070", 5))
        await desk.settle()
        await other.orders.submit(limit(CALL, "0.4620", 11, Instruction.SELL_OPEN))
        await desk.settle()
        assert desk.sent[1] == (CHEAP_CALL, "SO", price, 1)

    async def within(desk: BasketDesk) -> None:
        await told(desk, "0.4560", "0.0070")

    async def without(desk: BasketDesk) -> None:
        await told(desk, "", "0.0080")

    for name, story in (("within", within), ("without", without)):
        folder = tmp_path / name
        folder.mkdir()
        basket_story(folder, story)


def test_a_leg_that_has_lost_its_price_is_not_sent_on_a_guess(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(Basket((buy(CALL, basis=PriceBasis.OWN), sell(CHEAP_CALL)), limit_text="1"))
        await desk.settle()
        other = await desk.rival()
        await other.orders.submit(limit(CHEAP_CALL, "0.0080", 30, Instruction.SELL_OPEN))
        await desk.settle()
        assert desk.desk.market.bids(CHEAP_CALL) == ()
        await other.orders.submit(limit(CALL, "0.4620", 11, Instruction.SELL_OPEN))
        await desk.settle()
        assert states(desk) == [LegState.FILLED, LegState.STOPPED]
        assert run.stop is Stop.NO_PRICE

    basket_story(tmp_path, story)


@pytest.mark.fault("F80")
def test_one_basket_at_a_time(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        desk.start(RESTS)
        plan = desk.look(SPREAD).plan
        assert plan is not None
        assert desk.runner.start(plan) is None
        await desk.settle()
        assert desk.runner.start(plan) is None
        assert len(desk.sent) == 1
        desk.runner.forget()
        assert desk.runner.run is not None
        desk.runner.cancel_rest()
        await desk.settle()
        assert desk.runner.start(plan) is not None
        await desk.settle()
        assert len(desk.sent) == 3

    basket_story(tmp_path, story)


@pytest.mark.fault("F14")
def test_a_lost_line_ends_the_sending_and_what_was_sent_is_told_once_it_is_known(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(RESTS)
        await desk.settle()
        desk.rig.gateway.cut()
        await desk.settle()
        assert run.legs[0].in_doubt
        assert states(desk) == [LegState.RESTING, LegState.STOPPED]
        assert run.stop is Stop.LINE
        assert not run.is_over
        # It fills while nobody here hears of it; nothing goes on by itself when the line is back
        await (await desk.rival()).orders.submit(limit(CALL, "0.4620", 11, Instruction.SELL_OPEN))
        await desk.settle()
        await desk.rig.gateway.start(desk.desk)
        await desk.settle()
        assert states(desk) == [LegState.FILLED, LegState.STOPPED]
        assert not run.legs[0].in_doubt
        assert run.left == [(CALL, 1)]
        assert len(desk.sent) == 1

    basket_story(tmp_path, story)


def test_a_stop_after_the_plan_lets_no_leg_leave(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        plan = desk.look(SPREAD).plan
        assert plan is not None
        desk.rig.gate.stops = Stops(everything=True)
        run = desk.runner.start(plan)
        await desk.settle()
        assert run is not None
        assert states(desk) == [LegState.REFUSED, LegState.STOPPED]
        assert desk.sent == []

    basket_story(tmp_path, story)


@pytest.mark.requirement("O4")
def test_a_filled_pair_that_the_exchange_knows_is_offered_and_built(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(replace(SPREAD, units_text="2"))
        assert not run.is_filled
        await desk.settle()
        (pair,) = run.pairs
        assert (pair.strategy, pair.quantity) == (CombinationStrategy.CNSJC, 2)
        entry = await desk.desk.instructions.instruct(pair.request(), "build")
        assert entry.reason is None, entry
        await desk.settle()
        (built,) = desk.rig.portfolio.combinations
        assert (built.strategy, built.quantity, built.margin) == (CombinationStrategy.CNSJC, 2, ZERO)

    basket_story(tmp_path, story)


def test_a_late_fill_after_a_cancel_still_counts(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        run = desk.start(RESTS)
        await desk.settle()
        order = desk.desk.orders.order(run.legs[0].order_id)
        assert order is not None
        run.on_order(replace(order, status=OrderStatus.CANCELLED))
        assert states(desk) == [LegState.CANCELLED, LegState.STOPPED]
        run.on_order(
            replace(order, status=OrderStatus.CANCELLED, filled_quantity=1, average_fill_price=Decimal("0.4620"))
        )
        assert states(desk)[0] is LegState.FILLED
        assert run.left == [(CALL, 1)]

    basket_story(tmp_path, story)
