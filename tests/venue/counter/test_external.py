"""Executions nobody ordered (无委托成交): a forced close is booked, told as unordered, and counted in the limits."""

from decimal import Decimal
from typing import Any

import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.errors import BadInput
from terminal.domain.messages import OrderReport, Refused, SubmitOrder
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.reasons import Reason
from tests.venue.counter.market import CHEAP_CALL, PUT, Hall, yuan

SHORT = PositionSide.SHORT


def _hall() -> Hall:
    carried = Position(contract_code=PUT, side=SHORT, quantity=3, average_price=yuan("0.0700"), margin=yuan("15320.16"))
    return Hall().open(positions=(carried,))


def _force(hall: Hall, **changes: Any) -> list[object]:
    call: dict[str, Any] = {
        "account_id": "A",
        "execution_id": "QP1000001",
        "contract_code": PUT,
        "instruction": Instruction.BUY_CLOSE,
        "price": Decimal("0.0900"),
        "quantity": 2,
        "now": hall.now,
    } | changes
    return list(hall.take(hall.counter.book_external(**call)))


@pytest.mark.requirement("O11")
@pytest.mark.fault("F19")
def test_a_forced_close_is_booked_and_told_as_unordered() -> None:
    hall = _hall()
    (report,) = _force(hall)
    assert isinstance(report, OrderReport)
    assert (report.exec_type, report.ordered, report.client_order_id) == (ExecType.TRADE, False, "QP1000001")
    assert (report.last_price, report.last_quantity, report.fee) == (yuan("0.0900"), 2, yuan("6.00"))
    position = hall.position(PUT, SHORT)
    assert (position.quantity, position.realised, position.margin) == (1, yuan("-400.00"), yuan("5106.72"))
    # - 1800.00 - 6.00
    assert hall.funds().balance == yuan("998194.00")
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.fault("F09", "F19")
def test_the_same_execution_again_changes_nothing_and_its_id_is_taken() -> None:
    hall = _hall()
    _force(hall)
    before = hall.counter.picture()
    assert _force(hall) == []
    assert hall.counter.picture() == before
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100", client_order_id="mine")
    stolen = SubmitOrder(
        client_order_id="QP1000001",
        contract_code=PUT,
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.MARKET_IOC,
        quantity=1,
    )
    with pytest.raises(BadInput, match="no order of the account has"):
        _force(hall, execution_id="mine")
    answer = hall.command("A", stolen)[0]
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.DUPLICATE_ORDER_ID


@pytest.mark.fault("F19")
def test_an_execution_that_opens_counts_in_the_limits_and_holds_margin() -> None:
    hall = Hall().open()
    _force(hall, instruction=Instruction.SELL_OPEN, quantity=4)
    assert hall.funds().margin == yuan("20426.88")  # 4 x 4255.60 x 1.20
    assert hall.position(PUT, SHORT).quantity == 4


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"account_id": "B"}, "one that was opened"),
        ({"contract_code": "1"}, "the day's list"),
        ({"execution_id": ""}, "execution id"),
        ({"quantity": 0}, "at least 1"),
        ({"quantity": 4}, "3 are there to close"),
        ({"price": Decimal("NaN")}, "a multiple of 0.0001"),
        ({"price": Decimal("0.00005")}, "a multiple of 0.0001"),
        ({"price": Decimal("-0.1")}, "a multiple of 0.0001"),
        ({"instruction": Instruction.COVERED_OPEN}, "locked shares"),
        ({"instruction": Instruction.SELL_CLOSE}, "0 are there to close"),
    ],
)
def test_what_cannot_be_booked_is_refused_by_name(changes: dict[str, Any], message: str) -> None:
    hall = _hall()
    before = hall.counter.picture()
    with pytest.raises(BadInput, match=message):
        _force(hall, **changes)
    assert hall.counter.picture() == before
