"""What an opened position ends with, by hand: two contracts of 10,000 at strike 2.5, fee of the trade included."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.rules.expiry_profit import profit_at_expiry
from terminal.rules.preview import preview
from terminal.rules.profile import Profile

AT = np.array([2.0, 2.5, 2.6, 3.0])


def order(instruction: Instruction, price: str = "0.0500", quantity: int = 2) -> OrderRequest:
    return OrderRequest("10001771", instruction, OrderType.LIMIT, quantity, Decimal(price))


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(
    ("instruction", "profits"),
    [
        # premium 0.05 x 20,000 = 1,000; fee 6.00 to buy, 2.80 to sell open; at 2.6 the call is worth 2,000
        (Instruction.BUY_OPEN, (-1006.0, -1006.0, 994.0, 8994.0)),
        (Instruction.SELL_OPEN, (997.2, 997.2, -1002.8, -9002.8)),
        # with 20,000 shares from 2.48: -9,600 at 2.0, +400 at 2.5, and no more above the strike
        (Instruction.COVERED_OPEN, (-8602.8, 1397.2, 1397.2, 1397.2)),
    ],
)
def test_an_opened_call_at_expiry(
    contract: Contract, profile: Profile, instruction: Instruction, profits: tuple[float, ...]
) -> None:
    request = order(instruction)
    found = profit_at_expiry(request, contract, preview(request, contract, profile), AT, 2.48)
    assert found == pytest.approx(profits)


@pytest.mark.parametrize("instruction", [Instruction.SELL_CLOSE, Instruction.BUY_CLOSE, Instruction.COVERED_CLOSE])
def test_what_closes_has_none(contract: Contract, profile: Profile, instruction: Instruction) -> None:
    request = order(instruction)
    assert profit_at_expiry(request, contract, preview(request, contract, profile), AT, 2.48) is None


@given(
    ticks=st.integers(1, 4000),
    quantity=st.integers(1, 50),
    instruction=st.sampled_from([Instruction.BUY_OPEN, Instruction.SELL_OPEN]),
)
def test_it_agrees_with_largest_loss_and_break_even_of_the_preview(
    contract: Contract, profile: Profile, ticks: int, quantity: int, instruction: Instruction
) -> None:
    request = order(instruction, str(Decimal(ticks).scaleb(-4)), quantity)
    cost = preview(request, contract, profile)
    assert cost.break_even is not None
    found = profit_at_expiry(request, contract, cost, np.array([0.0, float(cost.break_even)]), 2.48)
    assert found is not None
    # The break-even is rounded to a tick, which a share each has cents of
    assert abs(found[1]) <= 0.0001 * float(contract.multiplier) * quantity
    if cost.max_loss is not None:
        assert found[0] == pytest.approx(-float(cost.max_loss))
