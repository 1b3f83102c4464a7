"""Combinations: margins of rulebook 4.3 (12 to 15) and 4.4, what legs fit, until when they are built, when they end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import TradingCalendar
from terminal.domain.combinations import CombinationStrategy, LegRule
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.reasons import Reason
from terminal.rules.combinations import (
    ContractLeg,
    check_build,
    identify,
    only_short_pairs,
    release_day,
    validate,
)
from terminal.rules.margin import CombinationLeg, combination_margin
from terminal.rules.profile import Profile

D = Decimal
CALL, PUT = Right.CALL, Right.PUT
LONG, SHORT, COVERED = PositionSide.LONG, PositionSide.SHORT, PositionSide.COVERED
CNSJC, CXSJC, PNSJC, PXSJC, KS, KKS = CombinationStrategy
CLOSE = D("2.963")


def leg(right: Right, side: PositionSide, strike: str, settlement: str | None = None) -> CombinationLeg:
    return CombinationLeg(
        right=right,
        side=side,
        strike=D(strike),
        settlement=None if settlement is None else D(settlement),
        underlying_close=CLOSE,
    )


@pytest.mark.requirement("O4", "O10")
@pytest.mark.parametrize(
    ("strategy", "legs", "expected"),
    [
        pytest.param(KS, (leg(CALL, SHORT, "3.00", "0.0456"), leg(PUT, SHORT, "3.00", "0.0700")), "4711.60", id="12"),
        pytest.param(KKS, (leg(CALL, SHORT, "3.20", "0.0080"), leg(PUT, SHORT, "2.70", "0.0030")), "2184.10", id="13"),
        pytest.param(CXSJC, (leg(CALL, LONG, "3.20"), leg(CALL, SHORT, "3.00")), "2000.00", id="14"),
        pytest.param(PNSJC, (leg(PUT, LONG, "2.70"), leg(PUT, SHORT, "3.00")), "3000.00", id="15"),
        pytest.param(CNSJC, (leg(CALL, LONG, "3.00"), leg(CALL, SHORT, "3.20")), "0.00", id="bull-call-spread"),
        pytest.param(PXSJC, (leg(PUT, LONG, "3.00"), leg(PUT, SHORT, "2.70")), "0.00", id="bear-put-spread"),
    ],
)
def test_margins_follow_the_worked_examples_in_any_order_of_legs(
    strategy: CombinationStrategy, legs: tuple[CombinationLeg, CombinationLeg], expected: str
) -> None:
    assert str(combination_margin(strategy, legs)) == expected
    assert str(combination_margin(strategy.value, legs[::-1])) == expected


def test_example_12_and_13_apart_cost_what_the_rulebook_says() -> None:
    straddle = (leg(CALL, SHORT, "3.00", "0.0456"), leg(PUT, SHORT, "3.00", "0.0700"))
    strangle = (leg(CALL, SHORT, "3.20", "0.0080"), leg(PUT, SHORT, "2.70", "0.0030"))
    assert sum(part.naked_margin() for part in straddle) == D("7897.20")
    assert sum(part.naked_margin() for part in strangle) == D("4074.10")


def test_given_leg_margins_are_taken_and_of_equal_ones_the_larger_settlement_is_added() -> None:
    call = CombinationLeg(right=CALL, side=SHORT, strike=D(3), settlement=D("0.05"), margin=D(4000))
    put = CombinationLeg(right=PUT, side=SHORT, strike=D(3), settlement=D("0.07"), margin=D(4000))
    assert combination_margin(KS, (call, put)) == D("4700.00")
    assert combination_margin(KS, (put, call)) == D("4700.00")


def test_rights_and_sides_may_be_plain_codes() -> None:
    legs = (
        CombinationLeg(right="C", side="long", strike=D("3.20")),  # type: ignore[arg-type] # as plain codes
        CombinationLeg(right="C", side="short", strike=D("3.00")),  # type: ignore[arg-type] # as plain codes
    )
    assert combination_margin("CXSJC", legs) == D(2000)


@pytest.mark.parametrize(
    ("strategy", "legs", "rule"),
    [
        (KS, (leg(CALL, SHORT, "3.00", "0.1"),), "two legs"),
        (KS, (leg(CALL, COVERED, "3.00", "0.1"), leg(PUT, SHORT, "3.00", "0.1")), "no covered leg"),
        (KS, (leg(CALL, LONG, "3.00", "0.1"), leg(PUT, SHORT, "3.00", "0.1")), "two short legs"),
        (KS, (leg(CALL, SHORT, "3.00", "0.1"), leg(CALL, SHORT, "3.00", "0.1")), "one call and one put"),
        (KS, (leg(CALL, SHORT, "3.10", "0.1"), leg(PUT, SHORT, "3.00", "0.1")), "one strike"),
        (KKS, (leg(CALL, SHORT, "3.00", "0.1"), leg(PUT, SHORT, "3.00", "0.1")), "the call's strike above"),
        (KKS, (leg(CALL, SHORT, "2.90", "0.1"), leg(PUT, SHORT, "3.00", "0.1")), "the call's strike above"),
        (CNSJC, (leg(CALL, LONG, "3.20"), leg(CALL, SHORT, "3.00")), "the short strike above"),
        (CXSJC, (leg(CALL, LONG, "3.00"), leg(CALL, SHORT, "3.20")), "the short strike below"),
        (CXSJC, (leg(CALL, LONG, "3.00"), leg(CALL, SHORT, "3.00")), "the short strike below"),
        (PNSJC, (leg(PUT, LONG, "3.00"), leg(PUT, SHORT, "2.70")), "the short strike above"),
        (PXSJC, (leg(PUT, LONG, "2.70"), leg(PUT, SHORT, "3.00")), "the short strike below"),
        (PXSJC, (leg(CALL, LONG, "3.00"), leg(PUT, SHORT, "2.70")), "two puts"),
        (CNSJC, (leg(CALL, SHORT, "3.00"), leg(CALL, SHORT, "3.20")), "one long and one short"),
        (KS, (leg(CALL, SHORT, "3.00"), leg(PUT, SHORT, "3.00", "0.1")), "a settlement price"),
        ("ABC", (leg(CALL, LONG, "3.00"), leg(CALL, SHORT, "3.20")), "CNSJC"),
    ],
)
def test_legs_that_do_not_fit_are_refused_by_the_rule(
    strategy: CombinationStrategy | str, legs: tuple[CombinationLeg, ...], rule: str
) -> None:
    with pytest.raises(BadInput, match=rule):
        combination_margin(strategy, legs)


def test_units_must_agree() -> None:
    legs = (leg(CALL, LONG, "3.20"), CombinationLeg(right=CALL, side=SHORT, strike=D("3.0"), multiplier=10220))
    with pytest.raises(BadInput, match="one contract unit"):
        combination_margin(CXSJC, legs)


def test_a_leg_without_figures_has_no_margin() -> None:
    legs = [CombinationLeg(right=right, side=SHORT, strike=D(3), settlement=D("0.1")) for right in (CALL, PUT)]
    with pytest.raises(BadInput, match="underlying's close"):
        combination_margin(KS, legs)


_prices = st.decimals(D("0.0001"), D("1.5"), places=4)
_strikes = st.decimals(D("1.5"), D("4.5"), places=2)


@given(call_strike=_strikes, put_strike=_strikes, call_price=_prices, put_price=_prices)
def test_a_short_pair_never_costs_more_than_its_legs_nor_less_than_either(
    call_strike: Decimal, put_strike: Decimal, call_price: Decimal, put_price: Decimal
) -> None:
    assume(call_strike >= put_strike)
    legs = (
        CombinationLeg(right=CALL, side=SHORT, strike=call_strike, settlement=call_price, underlying_close=CLOSE),
        CombinationLeg(right=PUT, side=SHORT, strike=put_strike, settlement=put_price, underlying_close=CLOSE),
    )
    # A put's margin is capped at the strike, so one dearer than its strike is no price of this market
    assume(put_price <= put_strike)
    margin = combination_margin(KS if call_strike == put_strike else KKS, legs)
    apart = [part.naked_margin() for part in legs]
    assert max(apart) <= margin <= sum(apart)


@given(long_strike=_strikes, short_strike=_strikes, right=st.sampled_from(Right))
def test_a_spread_costs_what_it_can_lose(long_strike: Decimal, short_strike: Decimal, right: Right) -> None:
    assume(long_strike != short_strike)
    legs = (
        CombinationLeg(right=right, side=LONG, strike=long_strike),
        CombinationLeg(right=right, side=SHORT, strike=short_strike),
    )
    if right is CALL:
        strategy, loss = (CNSJC if short_strike > long_strike else CXSJC), long_strike - short_strike
    else:
        strategy, loss = (PNSJC if short_strike > long_strike else PXSJC), short_strike - long_strike
    assert combination_margin(strategy, legs) == max(loss, D(0)) * 10000


# --- contracts


@pytest.mark.requirement("O4")
def test_two_contracts_are_told_what_they_form(contract: Contract) -> None:
    low, high = contract, replace(contract, strike=D("2.6"))
    low_put, high_put = replace(contract, right=PUT), replace(contract, right=PUT, strike=D("2.6"))
    for first, second, found in (
        (ContractLeg(low, LONG), ContractLeg(high, SHORT), [CNSJC]),
        (ContractLeg(high, LONG), ContractLeg(low, SHORT), [CXSJC]),
        (ContractLeg(low_put, LONG), ContractLeg(high_put, SHORT), [PNSJC]),
        (ContractLeg(high_put, LONG), ContractLeg(low_put, SHORT), [PXSJC]),
        (ContractLeg(low, SHORT), ContractLeg(low_put, SHORT), [KS]),
        (ContractLeg(high, SHORT), ContractLeg(low_put, SHORT), [KKS]),
        (ContractLeg(low, SHORT), ContractLeg(high_put, SHORT), []),
        (ContractLeg(low, LONG), ContractLeg(high, LONG), []),
        (ContractLeg(low, LONG), ContractLeg(high, COVERED), []),
    ):
        assert identify(first, second) == identify(second, first) == found


@pytest.mark.requirement("O4")
@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"underlying": "510300"}, LegRule.ONE_UNDERLYING),
        ({"expiry": date(2026, 1, 28)}, LegRule.ONE_EXPIRY),
        ({"multiplier": 10220}, LegRule.ONE_UNIT),
        ({"strike": D("2.5")}, LegRule.SHORT_ABOVE_LONG),
    ],
)
def test_a_combination_that_does_not_fit_says_why(contract: Contract, changes: dict[str, Any], rule: LegRule) -> None:
    other = replace(contract, **({"strike": D("2.6")} | changes))
    denial = validate(CNSJC, (ContractLeg(contract, LONG), ContractLeg(other, SHORT)))
    assert denial is not None
    assert (denial.reason, denial.allowed) == (Reason.COMBINATION_LEGS, rule.name)


@pytest.mark.requirement("O4")
def test_spreads_end_two_trading_days_before_expiry_and_short_pairs_on_it(
    contract: Contract, calendar: TradingCalendar, profile: Profile
) -> None:
    # rulebook 4.4: released at the end of E-2 and of E; the expiry is Wednesday, 24 December 2025
    rules = profile.combinations
    spread_end, pair_end = date(2025, 12, 22), date(2025, 12, 24)
    for strategy in CombinationStrategy:
        expected = pair_end if strategy.is_short_pair else spread_end
        assert release_day(strategy, contract.expiry, calendar, rules) == expected
    assert not only_short_pairs(spread_end, contract.expiry, calendar, rules)
    assert only_short_pairs(date(2025, 12, 23), contract.expiry, calendar, rules)
    assert only_short_pairs(pair_end, contract.expiry, calendar, rules)


@pytest.mark.requirement("O4")
def test_a_spread_is_not_built_once_it_would_have_been_released(
    contract: Contract, calendar: TradingCalendar, profile: Profile
) -> None:
    spread = (ContractLeg(contract, LONG), ContractLeg(replace(contract, strike=D("2.6")), SHORT))
    pair = (ContractLeg(contract, SHORT), ContractLeg(replace(contract, right=PUT), SHORT))
    rules = profile.combinations
    for day, refused in ((date(2025, 12, 22), False), (date(2025, 12, 23), True), (date(2025, 12, 24), True)):
        denial = check_build(CNSJC, spread, day, calendar, rules)
        assert (denial is not None) == refused
        assert denial is None or denial.reason is Reason.COMBINATION_NEAR_EXPIRY
        assert check_build(KS, pair, day, calendar, rules) is None
    late = check_build(KS, pair, date(2025, 12, 25), calendar, rules)
    assert late is not None
    wrong = check_build(KKS, pair, date(2025, 12, 22), calendar, rules)
    assert wrong is not None
    assert wrong.reason is Reason.COMBINATION_LEGS


@pytest.mark.requirement("O10")
def test_legs_may_be_mappings_with_the_words_of_the_other_margin_functions() -> None:
    # Rulebook 4.3 #12, as a script without our types would ask
    short = {"side": "short", "strike": Decimal("3.00"), "multiplier": 10000, "underlying_close": Decimal("2.963")}
    legs = [
        {"right": "C", "previous_settlement": Decimal("0.0456")} | short,
        {"right": "P", "settlement": Decimal("0.0700")} | short,
    ]
    assert combination_margin("KS", legs) == Decimal("4711.60")
    with pytest.raises(BadInput, match="combination leg"):
        combination_margin("KS", [{**legs[0], "volatility": 1}, legs[1]])
