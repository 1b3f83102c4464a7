"""What is available follows from what is held and frozen."""

from decimal import Decimal

import pytest

from terminal.domain.accounts import Funds, Holding, Position, PositionSide

D = Decimal


@pytest.mark.requirement("O5")
def test_available_funds_are_cash_less_margin_and_everything_frozen() -> None:
    funds = Funds(
        balance=D(100_000),
        margin=D(40_000),
        frozen_margin=D(9_822),
        frozen_premium=D(4_600),
        frozen_fee=D(3),
        premium_paid=D(1),
        fees=D(2),
        option_value=D(7_777),
    )
    assert funds.frozen == D(14_425)
    assert funds.available == D(45_575)
    assert funds.risk_ratio == D("0.4")


@pytest.mark.parametrize("balance", ["0", "-5"])
def test_without_cash_there_is_no_risk_ratio(balance: str) -> None:
    assert Funds(balance=D(balance), margin=D(1)).risk_ratio is None


def test_a_position_may_close_what_no_order_holds() -> None:
    position = Position(contract_code="10001771", side=PositionSide.SHORT, quantity=10, frozen_quantity=4)
    assert position.available_quantity == 6


@pytest.mark.requirement("O4")
def test_shares_are_free_or_locked_and_locked_ones_cover_or_not() -> None:
    holding = Holding(underlying="510050", total=50_000, locked=30_000, covering=20_000)
    assert (holding.free, holding.unlockable) == (20_000, 10_000)
