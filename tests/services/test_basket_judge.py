"""Baskets judged over the real services and the simulated venue: figures, what speaks against them, which leg first."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.accounts import ZERO
from terminal.domain.calendar import SHANGHAI
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.reasons import Reason
from terminal.services.basket import Basket, LegEffect, LegOrder, PriceBasis
from terminal.services.basket_judge import BasketJudge
from terminal.services.basket_plan import Fault
from tests.harness import CALL, CHEAP_CALL, PUT
from tests.services.basket_desk import SPREAD, BasketDesk, basket_story, buy, sell


@pytest.mark.requirement("O4")
def test_a_basket_is_priced_margined_and_known(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        verdict = desk.look(replace(SPREAD, units_text="2"))
        assert not verdict.faults
        assert verdict.nets.now == verdict.nets.limits == Decimal("4550")
        assert verdict.nets.mid == Decimal("4625") - Decimal("81")
        assert verdict.unit == 10_000
        assert verdict.premium == Decimal("9100")
        (pair,) = verdict.pairs
        assert (pair.strategy, pair.first, pair.second) == (CombinationStrategy.CNSJC, CALL, CHEAP_CALL)
        assert (
            verdict.margin
            == pair.separate
            == 2
            * desk.desk.instructions.checks.terms.opening(
                desk.desk.market.contract(CHEAP_CALL) or pytest.fail("not listed")
            )
        )
        assert pair.combined == ZERO
        assert verdict.freed == verdict.margin
        assert verdict.payoff is not None
        assert verdict.greeks.delta is not None
        assert verdict.edge is not None

    basket_story(tmp_path, story)


def test_nothing_is_planned_while_one_leg_fails_and_its_reason_stands_at_the_leg(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        verdict = desk.look(Basket((buy(CALL), sell(PUT, effect=LegEffect.CLOSE))))
        assert verdict.plan is None
        assert not verdict.faults
        assert [f.reason for f in verdict.legs[1].verdict.failures] == [Reason.POSITION]
        assert desk.look(Basket((buy("10009999"), sell(PUT)))).plan is None
        unpriced = desk.look(Basket((buy(CALL, basis=PriceBasis.TYPED, price_text="x"), sell(PUT))))
        assert unpriced.plan is None
        assert unpriced.nets.limits is None
        assert unpriced.nets.now is not None

    basket_story(tmp_path, story)


@pytest.mark.requirement("O4")
def test_a_spread_of_the_last_days_is_no_combination_any_more_and_a_short_pair_still_is(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        checks = desk.desk.instructions.checks
        short = Basket((sell(CHEAP_CALL), sell(PUT)))
        assert len(desk.look(SPREAD).pairs) == len(desk.look(short).pairs) == 1
        # E-1: spreads are released at the end of E-2 (rulebook 4.4)
        checks._now = lambda: datetime(2026, 3, 24, 13, 0, tzinfo=SHANGHAI)
        desk.judge = BasketJudge(
            desk.rig.judge, desk.desk.market, desk.rig.portfolio, desk.rig.theoretical._valuation, checks
        )
        assert desk.look(SPREAD).pairs == ()
        assert desk.look(SPREAD).freed == ZERO
        assert [pair.strategy for pair in desk.look(short).pairs] == [CombinationStrategy.KKS]

    basket_story(tmp_path, story)


def test_what_speaks_against_all_of_it_together(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        def faults(basket: Basket) -> list[Fault]:
            verdict = desk.look(basket)
            assert (verdict.plan is None) == bool(verdict.faults)
            return [fault.fault for fault in verdict.faults]

        assert faults(Basket()) == [Fault.NO_LEGS]
        assert faults(replace(SPREAD, units_text="x")) == [Fault.UNITS]
        assert faults(replace(SPREAD, limit_text="x")) == [Fault.NET_TEXT]
        assert faults(replace(SPREAD, limit_text="0.4549")) == [Fault.NET_WORSE]
        assert faults(replace(SPREAD, limit_text="0.4550")) == []
        # Received: 0.0690 + 0.0080 for a sold strangle
        sold = Basket((sell(PUT), sell(CHEAP_CALL)))
        assert faults(replace(sold, limit_text="-0.0770")) == []
        assert faults(replace(sold, limit_text="-0.0771")) == [Fault.NET_WORSE]

    basket_story(tmp_path, story)


def test_funds_must_do_for_all_legs_not_for_each(tmp_path: Path) -> None:
    async def story(desk: BasketDesk) -> None:
        funds = desk.rig.portfolio.funds
        assert funds is not None
        both = replace(SPREAD, units_text="10")
        needed = sum((one.verdict.cost.frozen for one in desk.look(both).legs if one.verdict.cost), ZERO)
        desk.rig.portfolio.funds = replace(funds, balance=needed - 1)
        verdict = desk.look(both)
        assert all(one.verdict.may_be_sent for one in verdict.legs)
        assert [(f.fault, f.given) for f in verdict.faults] == [(Fault.FUNDS, needed)]
        desk.rig.portfolio.funds = replace(funds, balance=needed)
        assert desk.look(both).plan is not None

    basket_story(tmp_path, story)


@pytest.mark.parametrize(
    ("order", "codes"),
    [(LegOrder.BUYS_FIRST, [CALL, PUT, CHEAP_CALL]), (LegOrder.THIN_FIRST, [CALL, PUT, CHEAP_CALL])],
)
def test_what_opens_a_short_position_goes_last_or_what_is_hard_to_get_goes_first(
    tmp_path: Path, order: LegOrder, codes: list[str]
) -> None:
    async def story(desk: BasketDesk) -> None:
        # Against them 10, 10 and 30 contracts; the put's book is wider for its price than the call's
        basket = Basket((sell(CHEAP_CALL), buy(CALL, 4), buy(PUT, 2)), order=order)
        plan = desk.look(basket).plan
        assert plan is not None
        assert [planned.leg.code for planned in plan.legs] == codes
        assert [planned.place for planned in plan.legs] == [1, 2, 0]
        thin = replace(basket, legs=(buy(CALL), sell(CHEAP_CALL, 6)), order=LegOrder.THIN_FIRST)
        found = desk.look(thin).plan
        assert found is not None
        assert [planned.leg.code for planned in found.legs] == [CHEAP_CALL, CALL]

    basket_story(tmp_path, story)
