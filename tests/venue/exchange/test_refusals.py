"""Every refusal with its reason code, and what a refused order leaves behind: nothing (rulebook 2.2-2.4, 5.3, 5.6)."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from terminal.domain.orders import OrderType
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import Accepted, CancelRefused, NewOrder, Refused
from tests.venue.exchange.floor import BUY, SELL, Floor, at

GOOD = NewOrder(1, 1, 2, BUY, OrderType.LIMIT, 1, 1000)


def refusal(floor: Floor, **changes: Any) -> Refused:
    """What a good order gets with these fields changed."""
    (event,) = floor.send(msgspec.structs.replace(GOOD, **changes))
    assert isinstance(event, Refused)
    assert floor.exchange.resting_orders() == []
    return event


@pytest.mark.parametrize(
    ("changes", "reason", "field", "allowed"),
    [
        ({"instrument": 0}, Reason.UNKNOWN_CONTRACT, "contract", ""),
        ({"instrument": 6}, Reason.UNKNOWN_CONTRACT, "contract", ""),
        ({"instrument": -1}, Reason.UNKNOWN_CONTRACT, "contract", ""),
        ({"price": 3701}, Reason.PRICE_LIMIT, "price", "0.0001-0.3700"),
        ({"price": 0}, Reason.PRICE_LIMIT, "price", "0.0001-0.3700"),
        ({"quantity": 0}, Reason.QUANTITY_RANGE, "quantity", "1-50"),
        ({"quantity": 51}, Reason.QUANTITY_RANGE, "quantity", "1-50"),
        ({"quantity": 51, "order_type": OrderType.LIMIT_FOK}, Reason.QUANTITY_RANGE, "quantity", "1-50"),
        ({"quantity": 11, "price": 0, "order_type": OrderType.MARKET_IOC}, Reason.QUANTITY_RANGE, "quantity", "1-10"),
        ({"price": 1000, "order_type": OrderType.MARKET_IOC}, Reason.MALFORMED, "price", "0 on a market order"),
    ],
)
def test_order_against_the_terms_is_refused(changes: dict[str, Any], reason: Reason, field: str, allowed: str) -> None:
    event = refusal(Floor(), **changes)
    assert (event.reason, event.field, event.allowed) == (reason, field, allowed)


@pytest.mark.fault("F39")
@pytest.mark.parametrize(
    "changes",
    [
        {"quantity": -1},
        {"quantity": 2**63},
        {"quantity": 10**5000},
        {"quantity": 1.0},
        {"quantity": True},
        {"price": -1},
        {"price": 2**64},
        {"price": float("nan")},
        {"price": "1000"},
        {"order_id": -5},
        {"order_id": 2**63},
        {"participant": None},
        {"instrument": "2"},
        {"side": "B"},
        {"order_type": "LMT"},
    ],
)
def test_malformed_order_is_refused_with_short_figures(changes: dict[str, Any]) -> None:
    event = refusal(Floor(), **changes)
    assert event.reason is Reason.MALFORMED
    assert len(event.given) <= 40


@pytest.mark.fault("F39")
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"quantity": 10**12}, Reason.QUANTITY_RANGE),
        ({"price": 10**18}, Reason.PRICE_LIMIT),
        ({"quantity": 2**63 - 1}, Reason.QUANTITY_RANGE),
    ],
)
def test_huge_numbers_within_64_bits_meet_the_limits_of_the_contract(changes: dict[str, Any], reason: Reason) -> None:
    assert refusal(Floor(), **changes).reason is reason


def test_tick_and_lot_are_those_of_the_contract() -> None:
    floor = Floor(tick_size=Decimal("0.0010"), lot=5)
    assert refusal(floor, price=1005, quantity=5).reason is Reason.PRICE_TICK
    assert refusal(floor, quantity=4).reason is Reason.QUANTITY_LOT
    assert floor.send(msgspec.structs.replace(GOOD, quantity=5)) == [Accepted(1, 1)]


def test_order_id_is_taken_once_a_day_even_after_the_order_is_gone() -> None:
    floor = Floor()
    floor.send(GOOD)
    floor.cancel(1)
    assert refusal(floor).reason is Reason.DUPLICATE_ORDER_ID
    assert refusal(floor, participant=2, side=SELL).reason is Reason.DUPLICATE_ORDER_ID


def test_refused_order_does_not_use_up_its_id() -> None:
    floor = Floor()
    refusal(floor, quantity=51)
    refusal(floor, price=0, order_type=OrderType.MARKET_FOK)
    assert floor.send(GOOD) == [Accepted(1, 1)]


@pytest.mark.parametrize("now", [at(9, 14, 59), at(9, 25), at(9, 29, 59), at(11, 30), at(12, 59, 59), at(15)])
def test_no_order_is_taken_outside_the_phases_for_it(now: Any) -> None:
    assert refusal(Floor(now)).reason is Reason.PHASE_CLOSED


@pytest.mark.requirement("O3")
@pytest.mark.parametrize("now", [at(9, 15), at(9, 24, 59), at(14, 57), at(14, 59, 59)])
@pytest.mark.parametrize("order_type", [t for t in OrderType if t is not OrderType.LIMIT])
def test_auctions_take_limit_orders_only(now: Any, order_type: OrderType) -> None:
    price = 1000 if order_type is OrderType.LIMIT_FOK else 0
    assert refusal(Floor(now), order_type=order_type, price=price).reason is Reason.ORDER_TYPE_NOT_NOW
    assert Floor(now).send(GOOD) == [Accepted(1, 1)]


def test_suspended_contract_of_the_contract_file_takes_no_order_all_day() -> None:
    assert refusal(Floor(suspended=True)).reason is Reason.SUSPENDED


def test_open_restriction_leaves_closing_and_covered_opening() -> None:
    floor = Floor(opening_restricted=True)
    assert refusal(floor).reason is Reason.OPENING_RESTRICTED
    assert refusal(floor, side=SELL).reason is Reason.OPENING_RESTRICTED
    # Covered means sold against locked shares; nothing is bought covered to open
    assert refusal(floor, covered=True).reason is Reason.OPENING_RESTRICTED
    assert floor.send(msgspec.structs.replace(GOOD, side=SELL, covered=True)) == [Accepted(1, 1)]
    assert floor.send(msgspec.structs.replace(GOOD, order_id=2, price=900, closes=True)) == [Accepted(2, 1)]


def test_cancel_refusals_tell_unknown_from_gone_and_from_not_yours() -> None:
    floor = Floor()
    floor.order(BUY, 1, 1000)
    assert floor.cancel(9) == [CancelRefused(9, 1, Reason.UNKNOWN_ORDER)]
    assert floor.cancel(1, participant=2) == [CancelRefused(1, 2, Reason.UNKNOWN_ORDER)]
    floor.order(SELL, 1, 1000)
    assert floor.cancel(1) == [CancelRefused(1, 1, Reason.NOT_CANCELLABLE)]
