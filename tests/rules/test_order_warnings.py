"""Warnings before an opening order: deep out of the money, near expiry, adjusted, margin tight (rulebook 11b)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from terminal.domain.accounts import Funds
from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction
from terminal.rules.naming import adjusted_names
from terminal.rules.order_warnings import OrderWarning, WarningLimits, warnings_of
from tests.venue.counter.market import CONTRACTS

BUY, SELL, COVERED = Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.COVERED_OPEN
LIMITS = WarningLimits(5, Decimal(10), Decimal("0.05"), Decimal("0.80"))
CALL, OUT_CALL, PUT = CONTRACTS[:3]
"""Strikes 2.5, 3.2 and 3.0"""


def warned(
    contract: Contract,
    instruction: Instruction = BUY,
    *,
    spot: str = "2.963",
    delta: float | None = 0.5,
    days_left: int = 17,
    funds: Funds | None = None,
    margin: str = "0",
) -> set[OrderWarning]:
    return {
        one.warning
        for one in warnings_of(
            contract,
            instruction,
            spot=Decimal(spot),
            delta=delta,
            days_left=days_left,
            funds=funds,
            frozen=Decimal(margin),
            held_margin=Decimal(margin),
            limits=LIMITS,
        )
    }


@pytest.mark.requirement("T8")
@pytest.mark.parametrize("instruction", [BUY, SELL, COVERED])
def test_more_than_ten_percent_out_of_the_money_is_deep(instruction: Instruction) -> None:
    # 3.2 at 2.90: 10.3 % out; at 2.91: 9.97 %
    assert warned(OUT_CALL, instruction, spot="2.90") == {OrderWarning.DEEP_OUT_OF_MONEY}
    assert warned(OUT_CALL, instruction, spot="2.91") == set()
    assert warned(PUT, spot="3.34") == {OrderWarning.DEEP_OUT_OF_MONEY}
    assert warned(PUT, spot="3.30") == set()
    # Deep in the money
    assert warned(CALL, spot="3.5") == set()


@pytest.mark.requirement("T8")
def test_a_small_delta_is_deep_too_where_there_is_one() -> None:
    assert warned(OUT_CALL, delta=0.049) == {OrderWarning.DEEP_OUT_OF_MONEY}
    assert warned(PUT, spot="3.01", delta=-0.049) == {OrderWarning.DEEP_OUT_OF_MONEY}
    assert warned(OUT_CALL, delta=0.05) == warned(OUT_CALL, delta=None) == set()
    assert warned(CALL, delta=0.01) == set()


@pytest.mark.requirement("T9")
@pytest.mark.parametrize(("days", "is_near"), [(6, False), (5, True), (0, True)])
def test_opening_within_five_trading_days_of_expiry(days: int, is_near: bool) -> None:
    assert warned(CALL, days_left=days) == ({OrderWarning.NEAR_EXPIRY} if is_near else set())


@pytest.mark.requirement("T10")
def test_opening_an_adjusted_contract() -> None:
    adjusted = next(contract for contract in CONTRACTS if contract.is_adjusted)
    assert warned(adjusted) == {OrderWarning.ADJUSTED}
    assert warned(replace(adjusted, trading_code=CALL.trading_code)) == set()


@pytest.mark.requirement("R6")
def test_an_order_that_would_make_the_margin_tight() -> None:
    funds = Funds(balance=Decimal(100_000), margin=Decimal(70_000))
    assert warned(CALL, SELL, funds=funds, margin="9999") == set()
    assert warned(CALL, SELL, funds=funds, margin="10000") == {OrderWarning.MARGIN_TIGHT}
    # What works counts; a premium is no margin
    working = replace(funds, frozen_margin=Decimal(5_000))
    assert warned(CALL, SELL, funds=working, margin="5000") == {OrderWarning.MARGIN_TIGHT}
    assert warned(CALL, BUY, funds=Funds(balance=Decimal(100_000), margin=Decimal(95_000))) == set()


@pytest.mark.requirement("T8", "T9", "T10")
@pytest.mark.parametrize("instruction", [Instruction.SELL_CLOSE, Instruction.BUY_CLOSE, Instruction.COVERED_CLOSE])
def test_the_way_out_is_never_warned_of(instruction: Instruction) -> None:
    adjusted = next(contract for contract in CONTRACTS if contract.is_adjusted)
    assert warned(adjusted, instruction, spot="1.5", delta=0.001, days_left=0) == set()


def test_the_names_after_another_adjustment() -> None:
    # rulebook 1.4 and 7: 2.050 became 2.006 on 2016-11-29; the letter counts the adjustments
    first = adjusted_names("510050C1612M02050", "50ETF购12月2050", Decimal("2.006"))
    assert first == ("510050C1612A02050", "50ETF购12月2006A")
    assert adjusted_names(*first, Decimal("1.950")) == ("510050C1612B02050", "50ETF购12月1950B")
    with pytest.raises(ValueError, match="no letter"):
        adjusted_names("510050C1612L02050", "50ETF购12月2050L", Decimal(2))
