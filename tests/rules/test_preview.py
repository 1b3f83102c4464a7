"""What an order would cost or free, by hand: strike 2.5, unit 10,000, margin 8,185.60, limits 0.0001 to 0.7593."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, OrderRequest, OrderType, Side
from terminal.rules.preview import OrderCost, preview
from terminal.rules.profile import Profile

D = Decimal


def request(instruction: Instruction, price: str | None = "0.4600", quantity: int = 2) -> OrderRequest:
    order_type = OrderType.MARKET_IOC if price is None else OrderType.LIMIT
    return OrderRequest("10001771", instruction, order_type, quantity, None if price is None else D(price))


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(
    ("instruction", "fee", "margin", "frozen", "released", "shares", "max_loss", "break_even"),
    [
        # premium 0.46 x 10000 x 2 = 9200; broker margin 8185.60 x 1.2 x 2; fee per share 6 / 20000
        (Instruction.BUY_OPEN, "6.00", "0", "9206.00", "0", 0, "9206.00", "2.9603"),
        (Instruction.SELL_OPEN, "2.80", "19645.44", "19648.24", "0", 0, None, "2.9599"),
        (Instruction.SELL_CLOSE, "6.00", "0", "0", "0", 0, None, None),
        (Instruction.BUY_CLOSE, "6.00", "0", "9206.00", "19645.44", 0, None, None),
        (Instruction.COVERED_OPEN, "2.80", "0", "2.80", "0", 20000, None, None),
        (Instruction.COVERED_CLOSE, "6.00", "0", "9206.00", "0", 0, None, None),
    ],
)
def test_each_instruction_costs_and_frees_its_own(
    contract: Contract,
    profile: Profile,
    instruction: Instruction,
    fee: str,
    margin: str,
    frozen: str,
    released: str,
    shares: int,
    max_loss: str | None,
    break_even: str | None,
) -> None:
    assert preview(request(instruction), contract, profile) == OrderCost(
        price=D("0.4600"),
        premium=D("9200.00"),
        fee=D(fee),
        margin=D(margin),
        frozen=D(frozen),
        released_margin=D(released),
        covered_shares=shares,
        max_loss=None if max_loss is None else D(max_loss),
        break_even=None if break_even is None else D(break_even),
    )


@pytest.mark.requirement("O5")
@pytest.mark.fault("F58")
@pytest.mark.parametrize("instruction", Instruction)
def test_a_market_order_is_reckoned_at_the_price_limit(
    contract: Contract, profile: Profile, instruction: Instruction
) -> None:
    limit = "0.7593" if instruction.side is Side.BUY else "0.0001"
    at_limit = preview(request(instruction, limit), contract, profile)
    assert preview(request(instruction, None), contract, profile) == at_limit


@pytest.mark.requirement("O5")
def test_a_put_loses_at_most_its_strike(contract: Contract, profile: Profile) -> None:
    put = replace(contract, right=Right.PUT)
    sold = preview(request(Instruction.SELL_OPEN), put, profile)
    # 2.5 x 20000 - 9200 + 2.80, and 2.5 - (9200 - 2.80) / 20000
    assert (sold.max_loss, sold.break_even) == (D("40802.80"), D("2.0401"))
    bought = preview(request(Instruction.BUY_OPEN), put, profile)
    assert (bought.max_loss, bought.break_even) == (D("9206.00"), D("2.0397"))


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(("quantity", "released"), [(2, "10000.00"), (3, "15000.00"), (9, "15000.00")])
def test_a_buy_close_frees_its_share_of_the_margin_held(
    contract: Contract, profile: Profile, quantity: int, released: str
) -> None:
    short = Position(contract_code=contract.code, side=PositionSide.SHORT, quantity=3, margin=D(15000))
    cost = preview(request(Instruction.BUY_CLOSE, quantity=quantity), contract, profile, short)
    assert cost.released_margin == D(released)


def test_nothing_is_freed_where_nothing_is_held(contract: Contract, profile: Profile) -> None:
    flat = Position(contract_code=contract.code, side=PositionSide.SHORT, quantity=0)
    assert preview(request(Instruction.BUY_CLOSE), contract, profile, flat).released_margin == 0


@pytest.mark.fault("F39")
@pytest.mark.parametrize("instruction", Instruction)
@pytest.mark.parametrize(("price", "quantity"), [("1E+999999", 10**4000), ("1E-999999", 2**63), ("1E+18", 10**12)])
def test_absurd_figures_stay_figures(
    contract: Contract, profile: Profile, instruction: Instruction, price: str, quantity: int
) -> None:
    cost = preview(request(instruction, price, quantity), contract, profile)
    assert cost.price <= contract.limit_up
    assert len(f"{cost.frozen:,.2f}") < 40


@given(
    instruction=st.sampled_from(Instruction),
    ticks=st.integers(1, 7593),
    quantity=st.integers(1, 49),
)
def test_one_contract_more_never_costs_less(
    contract: Contract, profile: Profile, instruction: Instruction, ticks: int, quantity: int
) -> None:
    price = D(ticks) / 10000
    few = preview(OrderRequest("10001771", instruction, OrderType.LIMIT, quantity, price), contract, profile)
    more = preview(OrderRequest("10001771", instruction, OrderType.LIMIT, quantity + 1, price), contract, profile)
    assert more.premium > few.premium
    assert more.fee > few.fee
    assert (more.frozen > few.frozen) is (instruction is not Instruction.SELL_CLOSE)
    assert more.margin >= few.margin


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(
    ("group", "days", "each"),
    [(None, None, "9822.72"), ("exchange", None, "8185.60"), (None, 0, "11459.84"), ("exchange", 0, "8185.60")],
)
def test_the_margin_is_that_of_the_accounts_group_and_of_the_day(
    contract: Contract, profile: Profile, group: str | None, days: int | None, each: str
) -> None:
    # rulebook 4.3 #1 and 4.2: 8,185.60 x 1.20, x 1.40 in the money on the last day
    cost = preview(request(Instruction.SELL_OPEN), contract, profile, group=group, days_to_expiry=days)
    assert cost.margin == 2 * D(each)
