"""Orders: what may be asked for, and the whole transition table, pair by pair."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput, IllegalTransition
from terminal.domain.orders import (
    ExecType,
    Instruction,
    Order,
    OrderRequest,
    OrderStatus,
    OrderType,
    PositionEffect,
    Side,
    apply_report,
)
from terminal.domain.reasons import Reason

D = Decimal
S, E = OrderStatus, ExecType
AT = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)

#: The table as drawn on paper: one line per status, one column per report; a dot is refused.
TABLE = """
                 ack     rejected trade  cancelled cancel_rejected restated cancel_requested not_received
denied           .       .        .      .         .               .        .                .
submitted        working rejected part   cancelled submitted       working  pending          rejected
working          working .        part   cancelled working         working  pending          .
partially_filled part    .        part   cancelled part            part     pending          .
cancel_pending   pending rejected pending cancelled working        pending  pending          rejected
filled           filled  .        .      .         filled          filled   .                .
cancelled        cancelled .     cancelled .       cancelled       cancelled .               .
rejected         .       rejected .      .         rejected        .        .                .
"""
SHORT = {"part": S.PARTIALLY_FILLED, "pending": S.CANCEL_PENDING}


def _pairs() -> list[tuple[OrderStatus, ExecType, OrderStatus | None]]:
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (S(status), E(report), None if cell == "." else SHORT.get(cell) or S(cell))
        for status, *cells in lines
        for report, cell in zip(head, cells, strict=True)
    ]


def order(status: OrderStatus, filled: int = 0, quantity: int = 10) -> Order:
    return Order(
        client_order_id="A-1",
        account_id="8001",
        contract_code="10001771",
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=quantity,
        price=D("0.46"),
        status=status,
        submitted_at=AT,
        updated_at=AT,
        filled_quantity=filled,
        average_fill_price=D("0.4600") if filled else None,
    )


def report(before: Order, exec_type: ExecType, quantity: int = 1, price: str = "0.4600") -> Order:
    later = before.updated_at + timedelta(seconds=1)
    if exec_type is E.TRADE:
        return apply_report(before, exec_type, at=later, last_price=D(price), last_quantity=quantity)
    return apply_report(before, exec_type, at=later)


@pytest.mark.requirement("O2", "O10")
@pytest.mark.fault("F11")
@pytest.mark.parametrize(("status", "exec_type", "expected"), _pairs())
def test_each_pair_moves_as_the_table_says_or_is_refused(
    status: OrderStatus, exec_type: ExecType, expected: OrderStatus | None
) -> None:
    before = order(status, filled=2 if status is S.PARTIALLY_FILLED else 0)
    if expected is None:
        with pytest.raises(IllegalTransition, match="A-1"):
            report(before, exec_type)
    else:
        assert report(before, exec_type).status is expected


def test_the_paper_table_covers_every_pair() -> None:
    assert {(status, exec_type) for status, exec_type, _ in _pairs()} == {(s, e) for s in S for e in E}


@pytest.mark.requirement("O10")
@pytest.mark.fault("F11")
@pytest.mark.parametrize("status", [S.SUBMITTED, S.WORKING, S.PARTIALLY_FILLED, S.CANCEL_PENDING, S.CANCELLED])
def test_a_trade_of_the_rest_fills_the_order_even_after_a_cancel(status: OrderStatus) -> None:
    before = order(status, filled=4)
    after = report(before, E.TRADE, quantity=6, price="0.4700")
    assert (after.status, after.filled_quantity, after.leaves_quantity) == (S.FILLED, 10, 0)
    # (4 x 0.46 + 6 x 0.47) / 10
    assert after.average_fill_price == D("0.466")


@pytest.mark.fault("F11")
def test_a_cancel_refused_returns_a_partly_filled_order_to_its_state() -> None:
    pending = order(S.CANCEL_PENDING, filled=3)
    assert report(pending, E.CANCEL_REJECTED).status is S.PARTIALLY_FILLED
    assert report(order(S.CANCEL_PENDING), E.CANCEL_REJECTED).status is S.WORKING


@pytest.mark.fault("F11")
@pytest.mark.parametrize(
    ("reports", "status", "filled"),
    [
        # A fill before its acknowledgement
        ([E.TRADE, E.ACKNOWLEDGED], S.PARTIALLY_FILLED, 1),
        # A fill after the cancel was confirmed
        ([E.ACKNOWLEDGED, E.CANCEL_REQUESTED, E.CANCELLED, E.TRADE], S.CANCELLED, 1),
        # A cancel that came too late, its refusal after the fill
        ([E.ACKNOWLEDGED, E.CANCEL_REQUESTED, *[E.TRADE] * 10, E.CANCEL_REJECTED], S.FILLED, 10),
        # A cancel overtook its order
        ([E.CANCEL_REQUESTED, E.CANCEL_REJECTED, E.ACKNOWLEDGED], S.WORKING, 0),
    ],
)
def test_reports_that_overtake_each_other_end_in_the_right_state(
    reports: list[ExecType], status: OrderStatus, filled: int
) -> None:
    current = order(S.SUBMITTED)
    for exec_type in reports:
        current = report(current, exec_type)
    assert (current.status, current.filled_quantity) == (status, filled)


@pytest.mark.requirement("O10")
@pytest.mark.fault("F10", "F12")
@pytest.mark.parametrize(("filled", "quantity"), [(0, 11), (9, 2), (0, 10**12)])
def test_more_than_was_ordered_is_never_filled(filled: int, quantity: int) -> None:
    with pytest.raises(IllegalTransition, match=f"{filled + quantity} filled of 10"):
        report(order(S.WORKING, filled=filled), E.TRADE, quantity=quantity)


@pytest.mark.fault("F12")
@pytest.mark.parametrize(("price", "quantity"), [(None, 1), (D("0.46"), 0), (D("0.46"), -1)])
def test_a_trade_without_price_or_quantity_is_refused(price: Decimal | None, quantity: int) -> None:
    with pytest.raises(IllegalTransition, match="without price or quantity"):
        apply_report(order(S.WORKING), E.TRADE, at=AT, last_price=price, last_quantity=quantity)


@pytest.mark.fault("F14")
@pytest.mark.parametrize("exec_type", [E.ACKNOWLEDGED, E.TRADE, E.CANCELLED, E.REJECTED, E.NOT_RECEIVED])
def test_an_answer_of_the_venue_ends_the_doubt(exec_type: ExecType) -> None:
    doubtful = replace(order(S.SUBMITTED), in_doubt=True)
    assert report(doubtful, exec_type).in_doubt is False


@pytest.mark.fault("F14")
def test_our_own_cancel_does_not_end_the_doubt() -> None:
    doubtful = replace(order(S.SUBMITTED), in_doubt=True)
    assert report(doubtful, E.CANCEL_REQUESTED).in_doubt is True


def test_a_report_adds_what_it_knows_and_keeps_the_rest() -> None:
    known = apply_report(order(S.SUBMITTED), E.ACKNOWLEDGED, at=AT, exchange_order_id="77")
    assert (known.exchange_order_id, known.price, known.reason) == ("77", D("0.46"), None)
    later = AT + timedelta(seconds=3)
    ended = apply_report(known, E.CANCELLED, at=later, reason=Reason.DAY_ENDED, reason_detail="15:00")
    assert (ended.exchange_order_id, ended.reason, ended.reason_detail) == ("77", Reason.DAY_ENDED, "15:00")
    assert (ended.submitted_at, ended.updated_at) == (AT, later)


@pytest.mark.requirement("O3")
def test_a_market_to_limit_order_takes_the_price_its_rest_rests_at() -> None:
    before = replace(order(S.SUBMITTED), order_type=OrderType.MARKET_TO_LIMIT, price=None)
    traded = report(before, E.TRADE, quantity=4)
    rests = apply_report(traded, E.RESTATED, at=AT, price=D("0.4600"))
    assert (rests.status, rests.price, rests.leaves_quantity) == (S.PARTIALLY_FILLED, D("0.4600"), 6)


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(E), st.integers(-1, 12), st.decimals("0.0001", "2", places=4)), max_size=30
    )
)
@pytest.mark.requirement("O10")
@pytest.mark.fault("F11", "F12")
def test_whatever_comes_the_sums_hold(steps: list[tuple[ExecType, int, Decimal]]) -> None:
    current = order(S.SUBMITTED)
    quantity, paid = 0, D(0)
    for exec_type, last_quantity, last_price in steps:
        try:
            after = apply_report(current, exec_type, at=AT, last_price=last_price, last_quantity=last_quantity)
        except IllegalTransition:
            continue
        if exec_type is E.TRADE:
            quantity, paid = quantity + last_quantity, paid + last_quantity * last_price
        current = after
        assert current.filled_quantity == quantity <= current.quantity
        assert (current.status is S.FILLED) is (quantity == current.quantity)
        assert current.leaves_quantity == (0 if current.status.is_final else 10 - quantity)
    if quantity:
        assert current.average_fill_price is not None
        assert abs(current.average_fill_price * quantity - paid) < D("1E-20")
    else:
        assert current.average_fill_price is None


@pytest.mark.requirement("O2")
@pytest.mark.parametrize(
    ("instruction", "side", "effect", "covered"),
    [
        (Instruction.BUY_OPEN, Side.BUY, PositionEffect.OPEN, False),
        (Instruction.SELL_CLOSE, Side.SELL, PositionEffect.CLOSE, False),
        (Instruction.SELL_OPEN, Side.SELL, PositionEffect.OPEN, False),
        (Instruction.BUY_CLOSE, Side.BUY, PositionEffect.CLOSE, False),
        (Instruction.COVERED_OPEN, Side.SELL, PositionEffect.OPEN, True),
        (Instruction.COVERED_CLOSE, Side.BUY, PositionEffect.CLOSE, True),
    ],
)
def test_the_six_instructions(instruction: Instruction, side: Side, effect: PositionEffect, covered: bool) -> None:
    assert (instruction.side, instruction.position_effect, instruction.covered) == (side, effect, covered)
    assert side.opposite is not side
    assert side.opposite.opposite is side
    assert replace(order(S.WORKING), instruction=instruction).side is side


@pytest.mark.requirement("O3")
@pytest.mark.parametrize(
    ("order_type", "has_price", "may_rest"),
    [
        (OrderType.LIMIT, True, True),
        (OrderType.LIMIT_FOK, True, False),
        (OrderType.MARKET_TO_LIMIT, False, True),
        (OrderType.MARKET_IOC, False, False),
        (OrderType.MARKET_FOK, False, False),
    ],
)
def test_the_five_order_types(order_type: OrderType, has_price: bool, may_rest: bool) -> None:
    assert (order_type.has_price, order_type.is_market) == (has_price, not has_price)
    assert order_type.may_rest is may_rest


@pytest.mark.requirement("O3")
@pytest.mark.fault("F39")
@pytest.mark.parametrize("order_type", OrderType)
@pytest.mark.parametrize("price", [None, "0.4600", "0", "-0.1", "NaN", "sNaN", "Infinity"])
def test_a_request_has_a_price_exactly_when_its_type_has_one(order_type: OrderType, price: str | None) -> None:
    figure = None if price is None else D(price)
    fits = price == "0.4600" if order_type.has_price else price is None
    if fits:
        assert OrderRequest("10001771", Instruction.BUY_OPEN, order_type, 1, figure).price == figure
    else:
        with pytest.raises(BadInput, match="price"):
            OrderRequest("10001771", Instruction.BUY_OPEN, order_type, 1, figure)


@pytest.mark.fault("F39")
@pytest.mark.parametrize("quantity", [0, -1, True, 1.0, "1", D(1)])
def test_a_request_counts_whole_contracts(quantity: int) -> None:
    with pytest.raises(BadInput, match="quantity"):
        OrderRequest("10001771", Instruction.BUY_OPEN, OrderType.MARKET_IOC, quantity)
