"""The form checks of an order: each by itself, their order, and absurd figures."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, OrderRequest, OrderType
from terminal.domain.phases import Phase
from terminal.domain.reasons import Denial, Reason
from terminal.rules.order_entry import check_all, check_form

D = Decimal
CONTINUOUS = Phase.CONTINUOUS


def request(
    price: str | None = "0.4600",
    quantity: int = 1,
    instruction: Instruction = Instruction.BUY_OPEN,
    order_type: OrderType = OrderType.LIMIT,
) -> OrderRequest:
    return OrderRequest("10001771", instruction, order_type, quantity, None if price is None else D(price))


@pytest.mark.requirement("O2", "O3")
@pytest.mark.parametrize("instruction", Instruction)
@pytest.mark.parametrize("order_type", OrderType)
def test_every_instruction_and_type_passes_in_continuous_trading(
    contract: Contract, instruction: Instruction, order_type: OrderType
) -> None:
    price = "0.4600" if order_type.has_price else None
    wanted = request(price, 10, instruction, order_type)
    assert check_form(wanted, contract, CONTINUOUS) is None
    assert check_all(wanted, contract, CONTINUOUS) == []


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(
    ("price", "denial"),
    [
        ("0.0001", None),
        ("0.7593", None),
        ("0.46000", None),
        ("0.7594", Denial(Reason.PRICE_LIMIT, "price", "0.7594", "0.0001-0.7593")),
        ("0.46005", Denial(Reason.PRICE_TICK, "price", "0.46005", "0.0001")),
        ("0.00001", Denial(Reason.PRICE_TICK, "price", "0.00001", "0.0001")),
    ],
)
def test_a_price_is_a_tick_within_the_limits(contract: Contract, price: str, denial: Denial | None) -> None:
    assert check_form(request(price), contract, CONTINUOUS) == denial


@pytest.mark.requirement("O3", "O5")
@pytest.mark.parametrize(
    ("order_type", "most"),
    [
        (OrderType.LIMIT, 50),
        (OrderType.LIMIT_FOK, 50),
        (OrderType.MARKET_TO_LIMIT, 10),
        (OrderType.MARKET_IOC, 10),
        (OrderType.MARKET_FOK, 10),
    ],
)
def test_each_type_has_its_largest_size(contract: Contract, order_type: OrderType, most: int) -> None:
    price = "0.4600" if order_type.has_price else None
    assert check_form(request(price, most, order_type=order_type), contract, CONTINUOUS) is None
    assert check_form(request(price, most + 1, order_type=order_type), contract, CONTINUOUS) == Denial(
        Reason.QUANTITY_RANGE, "quantity", str(most + 1), f"1-{most}"
    )


@pytest.mark.fault("F40")
def test_an_odd_lot_is_refused(contract: Contract) -> None:
    lots = replace(contract, lot=5)
    assert check_form(request(quantity=15), lots, CONTINUOUS) is None
    assert check_form(request(quantity=12), lots, CONTINUOUS) == Denial(Reason.QUANTITY_LOT, "quantity", "12", "5")


@pytest.mark.requirement("O3")
@pytest.mark.parametrize("phase", [Phase.PRE_OPEN, Phase.LUNCH, Phase.CLOSED])
def test_nothing_is_taken_outside_the_hours(contract: Contract, phase: Phase) -> None:
    assert check_form(request(), contract, phase) == Denial(Reason.PHASE_CLOSED, "contract", phase.name)


@pytest.mark.requirement("O3")
@pytest.mark.fault("F34")
@pytest.mark.parametrize("phase", [Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION, Phase.BREAKER, Phase.HALTED])
@pytest.mark.parametrize("order_type", [t for t in OrderType if t is not OrderType.LIMIT])
def test_auctions_take_plain_limit_orders_only(contract: Contract, phase: Phase, order_type: OrderType) -> None:
    assert check_form(request(), contract, phase) is None
    price = "0.4600" if order_type.has_price else None
    found = check_form(request(price, order_type=order_type), contract, phase)
    assert found == Denial(Reason.ORDER_TYPE_NOT_NOW, "order_type", order_type.value, phase.name)


def test_a_suspended_contract_takes_nothing(contract: Contract) -> None:
    found = check_form(request(), replace(contract, suspended=True), CONTINUOUS)
    assert found == Denial(Reason.SUSPENDED, "contract", "10001771")


@pytest.mark.requirement("O2")
@pytest.mark.parametrize("instruction", Instruction)
def test_a_restricted_contract_is_opened_covered_or_closed(contract: Contract, instruction: Instruction) -> None:
    found = check_form(request(instruction=instruction), replace(contract, opening_restricted=True), CONTINUOUS)
    if instruction in (Instruction.BUY_OPEN, Instruction.SELL_OPEN):
        assert found == Denial(Reason.OPENING_RESTRICTED, "instruction", instruction.name, "COVERED_OPEN")
    else:
        assert found is None


@pytest.mark.requirement("O2")
@pytest.mark.parametrize("instruction", Instruction)
def test_covered_instructions_are_for_calls(contract: Contract, instruction: Instruction) -> None:
    put = replace(contract, right=Right.PUT, trading_code="510050P2512M02500")
    found = check_form(request(instruction=instruction), put, CONTINUOUS)
    assert (found is not None) is instruction.covered
    if found is not None:
        assert found == Denial(Reason.COVERED_CALLS_ONLY, "instruction", instruction.name, "CALL")


@pytest.mark.requirement("O5")
def test_the_first_failure_is_the_counters_and_all_are_given_for_the_ticket(contract: Contract) -> None:
    hopeless = replace(contract, suspended=True, opening_restricted=True, right=Right.PUT, lot=7, limit_order_max=50)
    wanted = request("0.80005", 51, Instruction.COVERED_OPEN)
    reasons = [d.reason for d in check_all(wanted, hopeless, Phase.LUNCH)]
    assert reasons == [
        Reason.SUSPENDED,
        Reason.PHASE_CLOSED,
        Reason.PRICE_TICK,
        Reason.PRICE_LIMIT,
        Reason.QUANTITY_RANGE,
        Reason.QUANTITY_LOT,
        Reason.COVERED_CALLS_ONLY,
    ]
    restricted = request("0.4600", instruction=Instruction.SELL_OPEN, order_type=OrderType.LIMIT_FOK)
    assert [d.reason for d in check_all(restricted, replace(hopeless, suspended=False, lot=1), Phase.HALTED)] == [
        Reason.ORDER_TYPE_NOT_NOW,
        Reason.OPENING_RESTRICTED,
    ]


@pytest.mark.fault("F39", "F79")
@pytest.mark.parametrize(
    ("price", "quantity"),
    [
        ("1E+18", 10**12),
        ("1E+999999", 10**4000),
        ("1E-999999", 2**63),
        ("0." + "1" * 5000, 1),
        ("9" * 5000, 1),
    ],
)
def test_absurd_figures_are_refused_in_few_words(contract: Contract, price: str, quantity: int) -> None:
    found = check_all(request(price, quantity), contract, CONTINUOUS)
    assert found
    assert all(len(d.given) <= 40 and len(d.allowed) <= 40 for d in found)


@given(
    price=st.decimals(min_value="1E-30", max_value="1E+30", allow_nan=False, allow_infinity=False),
    quantity=st.integers(1, 10**15),
    instruction=st.sampled_from(Instruction),
    phase=st.sampled_from(Phase),
)
def test_one_check_and_all_checks_agree(
    contract: Contract, price: Decimal, quantity: int, instruction: Instruction, phase: Phase
) -> None:
    wanted = OrderRequest("10001771", instruction, OrderType.LIMIT, quantity, price)
    everything = check_all(wanted, contract, phase)
    assert check_form(wanted, contract, phase) == (everything[0] if everything else None)
    accepted = not any(d.field == "price" for d in everything)
    assert accepted is ((Fraction(price) * 10000).denominator == 1 and D("0.0001") <= price <= D("0.7593"))
