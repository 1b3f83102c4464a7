"""Every refusal of the counter: code, figures, nothing frozen, nothing sent to the exchange."""

from decimal import Decimal

import pytest

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.messages import CancelOrder, OrderReport, OrderUnknown, QueryOrder, Refused, SubmitOrder
from terminal.domain.orders import ExecType, Instruction, OrderType, SelfTrade
from terminal.domain.reasons import Reason
from terminal.domain.wire import decode_event, encode
from tests.venue.counter.market import (
    CALL,
    CHEAP_CALL,
    NOON_OF_THE_MORNING,
    OTHER_CALL,
    PUT,
    Hall,
    account_limits,
    profile,
    yuan,
)

LIMITS = account_limits(right_side=5, total=8, daily_buy_open=6)


def _order(
    contract_code: str = CHEAP_CALL,
    quantity: int = 1,
    price: Decimal | None = Decimal("0.0100"),
    order_type: OrderType = OrderType.LIMIT,
    instruction: Instruction = Instruction.BUY_OPEN,
    client_order_id: str = "x",
) -> SubmitOrder:
    return SubmitOrder(
        client_order_id=client_order_id,
        contract_code=contract_code,
        instruction=instruction,
        order_type=order_type,
        quantity=quantity,
        price=price,
    )


@pytest.mark.requirement("O5")
@pytest.mark.parametrize(
    ("order", "reason", "detail"),
    [
        (_order("12345678"), Reason.UNKNOWN_CONTRACT, "contract '12345678' | "),
        (_order("\u202e" * 99), Reason.UNKNOWN_CONTRACT, None),
        (_order(quantity=0), Reason.MALFORMED, "quantity '0' | a whole number of contracts, at least 1"),
        (_order(quantity=-3), Reason.MALFORMED, "quantity '-3' | a whole number of contracts, at least 1"),
        (_order(price=None), Reason.MALFORMED, "price 'None' | a limit order needs a price above zero"),
        (_order(price=Decimal("NaN")), Reason.MALFORMED, None),
        (_order(price=Decimal("-0.01")), Reason.MALFORMED, None),
        (_order(price=Decimal("1E+9999")), Reason.PRICE_LIMIT, "price 1.0000E+9999 | 0.0001-0.2806"),
        (_order(order_type=OrderType.MARKET_IOC), Reason.MALFORMED, "price '0.0100' | a market order carries no price"),
        (_order(price=Decimal("0.2807")), Reason.PRICE_LIMIT, "price 0.2807 | 0.0001-0.2806"),
        (_order(price=Decimal("0.01005")), Reason.PRICE_TICK, "price 0.01005 | 0.0001"),
        (_order(quantity=51), Reason.QUANTITY_RANGE, "quantity 51 | 1-50"),
        (
            _order(quantity=11, price=None, order_type=OrderType.MARKET_IOC),
            Reason.QUANTITY_RANGE,
            "quantity 11 | 1-10",
        ),
        (_order(instruction=Instruction.SELL_CLOSE), Reason.POSITION, "quantity 1 | 0"),
        (_order(instruction=Instruction.BUY_CLOSE), Reason.POSITION, "quantity 1 | 0"),
        (_order(instruction=Instruction.COVERED_CLOSE), Reason.POSITION, "quantity 1 | 0"),
        (_order(quantity=3, price=Decimal("0.1000")), Reason.FUNDS, "account 3009.00 | 3000.00"),
        # 2154.10 x 1.20 x 2 + 2.80
        (_order(quantity=2, instruction=Instruction.SELL_OPEN), Reason.FUNDS, "account 5172.64 | 3000.00"),
    ],
)
def test_refused_with_code_and_figures(order: SubmitOrder, reason: Reason, detail: str | None) -> None:
    hall = Hall().open(cash="3000.00")
    result = hall.counter.handle("A", order, NOON_OF_THE_MORNING)
    (report,) = result.events
    assert isinstance(report, OrderReport)
    assert (report.exec_type, report.reason, report.exchange_order_id) == (ExecType.REJECTED, reason, "")
    assert detail is None or report.reason_detail == detail
    assert len(report.reason_detail) < 200
    assert result.forward == []
    assert len(result.entries) == 1
    assert hall.funds().available == yuan("3000.00")
    assert decode_event(encode(report)) == report


@pytest.mark.parametrize(
    "order", [_order(client_order_id=""), _order(client_order_id="i" * 65), _order(quantity=1 << 63)]
)
def test_a_command_that_cannot_be_an_order_is_refused_without_a_report(order: SubmitOrder) -> None:
    hall = Hall().open()
    result = hall.counter.handle("A", order, NOON_OF_THE_MORNING)
    (answer,) = result.events
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.MALFORMED
    assert result.entries == []


def test_an_unknown_account_is_refused() -> None:
    (answer,) = Hall().command("nobody", _order())
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.UNKNOWN_ACCOUNT


def test_closing_orders_hold_the_position_they_close() -> None:
    carried = Position(contract_code=PUT, side=PositionSide.LONG, quantity=5, average_price=yuan("0.07"))
    hall = Hall().open(positions=(carried,))
    hall.submit(Instruction.SELL_CLOSE, PUT, 3, "0.0900")
    report = hall.submit(Instruction.SELL_CLOSE, PUT, 3, "0.0900")
    assert (report.reason, report.reason_detail) == (Reason.POSITION, "quantity 3 | 2")
    assert hall.submit(Instruction.SELL_CLOSE, PUT, 2, "0.0900").exec_type is ExecType.ACKNOWLEDGED
    # A long position is nothing a buy-close could close
    assert hall.submit(Instruction.BUY_CLOSE, PUT, 1, "0.0900").reason is Reason.POSITION


@pytest.mark.requirement("O6")
def test_limits_count_positions_and_working_orders_of_one_underlying() -> None:
    hall = Hall(profile(LIMITS)).open(shares=100_000)
    hall.lock(100_000)
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 3, "0.0100")
    report = hall.submit(Instruction.BUY_OPEN, PUT, 3, "0.0700")
    assert (report.reason, report.reason_detail) == (Reason.LIMIT_RIGHT_SIDE, "quantity 3 | 2 of 5")
    hall.submit(Instruction.SELL_OPEN, CALL, 2, "0.5000")
    hall.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 2, "0.0200")
    report = hall.submit(Instruction.BUY_OPEN, PUT, 2, "0.0700")
    assert (report.reason, report.reason_detail) == (Reason.LIMIT_TOTAL, "quantity 2 | 1 of 8")
    report = hall.submit(Instruction.SELL_OPEN, CALL, 2, "0.5000")
    assert report.reason is Reason.LIMIT_TOTAL
    assert hall.submit(Instruction.BUY_OPEN, OTHER_CALL, 5, "0.0700").exec_type is ExecType.ACKNOWLEDGED


@pytest.mark.requirement("O6")
def test_contracts_bought_today_count_after_they_are_sold_again() -> None:
    hall = Hall(profile(LIMITS, self_trade=SelfTrade.ALLOW)).open()
    for _ in range(2):
        hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, "0.0100")
        hall.submit(Instruction.SELL_OPEN, CHEAP_CALL, 2, "0.0100")
        hall.submit(Instruction.SELL_CLOSE, CHEAP_CALL, 2, "0.0100")
        hall.submit(Instruction.BUY_CLOSE, CHEAP_CALL, 2, "0.0100")
    assert hall.position(CHEAP_CALL, PositionSide.LONG).quantity == 0
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 3, "0.0100")
    assert (report.reason, report.reason_detail) == (Reason.LIMIT_BUY_OPEN, "quantity 3 | 2 of 6")
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, "0.0100").exec_type is ExecType.ACKNOWLEDGED


@pytest.mark.requirement("O6")
def test_working_buy_opens_count_in_the_daily_limit() -> None:
    hall = Hall(profile(account_limits(right_side=9, total=9, daily_buy_open=4))).open()
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 3, "0.0100")
    report = hall.submit(Instruction.BUY_OPEN, PUT, 2, "0.0700")
    assert (report.reason, report.reason_detail) == (Reason.LIMIT_BUY_OPEN, "quantity 2 | 1 of 4")
    assert hall.submit(Instruction.BUY_OPEN, PUT, 1, "0.0700").exec_type is ExecType.ACKNOWLEDGED


def test_the_phase_is_the_exchanges_business_and_its_refusal_leaves_nothing_behind() -> None:
    hall = Hall().open()
    hall.at(12, 0)
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100")
    assert (report.exec_type, report.reason, report.exchange_order_id) == (ExecType.REJECTED, Reason.PHASE_CLOSED, "1")
    assert hall.counter.working_orders() == []
    assert hall.funds().frozen == 0


@pytest.mark.fault("F45")
@pytest.mark.parametrize("nothing", [0, -1, -10_000])
@pytest.mark.parametrize("name", ["right_side", "total", "daily_buy_open"])
def test_a_limit_of_zero_or_less_allows_nothing(name: str, nothing: int) -> None:
    limits = {"right_side": 5000, "total": 10_000, "daily_buy_open": 10_000} | {name: nothing}
    hall = Hall(profile(account_limits(**limits))).open()
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100")
    assert report.exec_type is ExecType.REJECTED
    assert report.reason_detail == "quantity 1 | 0 of 0"


@pytest.mark.fault("F89")
def test_of_fifty_orders_exactly_those_that_fit_the_funds_pass() -> None:
    # One contract at 0.0100 holds 100.00 + 3.00; 1000.00 are enough for nine
    hall = Hall().open(cash="1000.00")
    results = [hall.counter.handle("A", _order(client_order_id=f"c{n}"), NOON_OF_THE_MORNING) for n in range(50)]
    assert [n for n, result in enumerate(results) if result.forward] == list(range(9))
    assert hall.funds().available == yuan("73.00")
    assert {r.reason for r in hall.reports()} == {Reason.FUNDS}


def test_a_query_or_cancel_of_an_order_never_seen_is_answered_so() -> None:
    hall = Hall().open()
    for command in (QueryOrder(client_order_id="none"), CancelOrder(client_order_id="none")):
        assert hall.command("A", command) == [OrderUnknown(client_order_id="none", at=hall.now)]
        (answer,) = hall.command("A", type(command)(client_order_id="n" * 5000))
        assert isinstance(answer, Refused)
        assert len(answer.detail) < 200
