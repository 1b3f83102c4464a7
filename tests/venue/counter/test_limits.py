"""Limits over orders that work: reservation, direction, all products, member, quota, purchase, rates, baskets."""

from decimal import Decimal

import msgspec
import pytest

from terminal.domain.account_rights import Tier
from terminal.domain.accounts import Position, PositionSide
from terminal.domain.messages import CancelOrder, LimitUse, Query, QueryKind, SubmitOrder
from terminal.domain.orders import Instruction, OrderType, SelfTrade, Side
from terminal.domain.reasons import Reason
from terminal.rules.profile import UNLIMITED, PositionLimits, Profile
from tests.venue.counter.accounts import individual, institution, maker
from tests.venue.counter.market import CALL, CHEAP_CALL, OTHER_CALL, PUT, Hall, account_limits, profile, yuan

BO, SO, SC = Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.SELL_CLOSE


def uses(hall: Hall, account_id: str = "A") -> dict[tuple[Reason, str], LimitUse]:
    """The limits of an account as a desk is told them."""
    answer = hall.counter.answer(account_id, Query(query_id="q", kind=QueryKind.LIMITS), hall.now)
    return {(row.limit, row.underlying): row for row in answer.limits}


def _order(name: str, quantity: int = 1) -> SubmitOrder:
    return SubmitOrder(
        client_order_id=name,
        contract_code=CHEAP_CALL,
        instruction=BO,
        order_type=OrderType.LIMIT,
        quantity=quantity,
        price=yuan("0.0100"),
    )


def member(**figures: object) -> Profile:
    """The shipped profile with other limits of the member."""
    rules = profile()
    return msgspec.structs.replace(rules, limits=msgspec.structs.replace(rules.limits, **figures))


@pytest.mark.fault("F89")
@pytest.mark.requirement("O6")
def test_of_fifty_orders_that_each_fit_as_many_pass_as_fit_together() -> None:
    hall = Hall(profile(account_limits(20, 100, 100))).open()
    # None is answered by the exchange before the next is decided
    results = [hall.counter.handle("A", _order(f"o{n}"), hall.now) for n in range(50)]
    assert [bool(r.forward) for r in results] == [True] * 20 + [False] * 30
    for result in results:
        hall.take(result)
    assert uses(hall)[Reason.LIMIT_RIGHT_SIDE, "510050"].used == 20


@pytest.mark.fault("F89")
@pytest.mark.requirement("O5")
def test_of_fifty_orders_as_many_pass_as_there_is_money_for() -> None:
    hall = Hall().open(cash="1030.00")
    results = [hall.counter.handle("A", _order(f"o{n}"), hall.now) for n in range(50)]
    assert sum(bool(r.forward) for r in results) == 10
    assert hall.funds().available == 0


@pytest.mark.requirement("O6")
def test_the_simulation_counts_by_direction() -> None:
    # Rulebook 5.1 SIM: bullish = long calls + short puts, bearish = short calls + long puts
    limits = PositionLimits(
        right_side=UNLIMITED,
        total=UNLIMITED,
        daily_buy_open=UNLIMITED,
        daily_open=UNLIMITED,
        direction=5,
        all_products=UNLIMITED,
    )
    hall = Hall().open(standing=institution(own_limits=limits))
    assert hall.submit(BO, CHEAP_CALL, 3, "0.0100").reason is None
    assert hall.submit(SO, PUT, 2, "0.0700").reason is None
    assert hall.submit(BO, CHEAP_CALL, 1, "0.0100").reason is Reason.LIMIT_DIRECTION
    assert hall.submit(BO, PUT, 5, "0.0100").reason is None
    assert hall.submit(SO, CHEAP_CALL, 1, "0.0100").reason is Reason.LIMIT_DIRECTION
    # Another underlying counts for itself
    assert hall.submit(BO, OTHER_CALL, 5, "0.0100").reason is None
    assert uses(hall)[Reason.LIMIT_DIRECTION, "510050"].used == 5


@pytest.mark.requirement("O6")
def test_one_limit_spans_all_products_and_one_the_opens_of_the_day() -> None:
    limits = msgspec.structs.replace(account_limits(100, 100, 100), all_products=6, daily_open=5)
    hall = Hall().open(standing=institution(own_limits=limits))
    hall.submit(BO, CHEAP_CALL, 4, "0.0100")
    assert hall.submit(BO, OTHER_CALL, 3, "0.0100").reason is Reason.LIMIT_ALL_PRODUCTS
    assert hall.submit(SO, PUT, 2, "0.0800").reason is Reason.LIMIT_OPEN
    assert hall.submit(BO, OTHER_CALL, 2, "0.0100").reason is None
    assert uses(hall)[Reason.LIMIT_ALL_PRODUCTS, ""].allowed == 6


@pytest.mark.requirement("O6")
def test_the_member_counts_all_its_clients_together_and_its_own_apart() -> None:
    hall = Hall(member(member_client=5, member_proprietary=3)).open().open("B").open("MM", standing=maker())
    hall.submit(BO, CHEAP_CALL, 3, "0.0100")
    assert hall.submit(BO, CHEAP_CALL, 3, "0.0100", account_id="B").reason is Reason.LIMIT_MEMBER
    hall.submit(BO, CHEAP_CALL, 2, "0.0100", account_id="B", client_order_id="b")
    assert hall.submit(BO, CHEAP_CALL, 3, "0.0100", account_id="MM").reason is None
    assert hall.submit(BO, CHEAP_CALL, 1, "0.0100", account_id="MM").reason is Reason.LIMIT_MEMBER
    hall.command("B", CancelOrder(client_order_id="b"))
    assert hall.submit(BO, CHEAP_CALL, 2, "0.0100").reason is None
    assert uses(hall, "B")[Reason.LIMIT_MEMBER, ""].used == 5


@pytest.mark.requirement("O5")
def test_the_quota_of_opening_margin_is_the_members_for_the_day() -> None:
    rules = profile()
    clearing = msgspec.structs.replace(rules.clearing, opening_margin_quota=6000)
    hall = Hall(msgspec.structs.replace(rules, clearing=clearing)).open().open("B")
    hall.submit(SO, CHEAP_CALL, 2, "0.0100")
    report = hall.submit(SO, CHEAP_CALL, 1, "0.0100", account_id="B")
    assert (report.reason, report.reason_detail) == (
        Reason.LIMIT_MARGIN_QUOTA,
        "account 2584.92 | 830.16 of 6000",
    )
    hall.crowd(Side.BUY, CHEAP_CALL, 2, "0.0100")
    assert uses(hall)[Reason.LIMIT_MARGIN_QUOTA, ""].used == yuan("5169.84")


@pytest.mark.requirement("O7")
def test_an_individual_pays_no_more_for_what_it_holds_than_its_limit() -> None:
    hall = Hall().open(standing=individual(Tier.THREE, "500.00"))
    hall.crowd(Side.SELL, CHEAP_CALL, 3, "0.0100")
    hall.submit(BO, CHEAP_CALL, 3, "0.0100")
    assert hall.submit(BO, CHEAP_CALL, 3, "0.0100").reason is Reason.LIMIT_PURCHASE
    hall.submit(BO, CHEAP_CALL, 2, "0.0100")
    assert uses(hall)[Reason.LIMIT_PURCHASE, ""].used == 500
    hall.crowd(Side.BUY, CHEAP_CALL, 1, "0.0110")
    hall.submit(SC, CHEAP_CALL, 1, "0.0110")
    assert uses(hall)[Reason.LIMIT_PURCHASE, ""].used == 400
    # Without one it is assessed: 10 % of the assets (rulebook 5.2), at least 10,000
    fresh = Hall().open(cash="230000.00", standing=individual(Tier.THREE, None))
    assert uses(fresh)[Reason.LIMIT_PURCHASE, ""].allowed == 23_000


@pytest.mark.requirement("O11")
@pytest.mark.fault("F19")
def test_an_execution_nobody_ordered_counts_like_any_other() -> None:
    hall = Hall(profile(account_limits(3, 100, 100))).open(standing=individual(Tier.THREE, "1000.00"))
    limits = account_limits(3, 100, 100)
    hall.change("A", msgspec.structs.replace(individual(Tier.THREE, "1000.00"), own_limits=limits))
    hall.take(hall.counter.book_external("A", "CV1-1", CHEAP_CALL, BO, yuan("0.0100"), 3, hall.now))
    assert hall.submit(BO, CHEAP_CALL, 1, "0.0100").reason is Reason.LIMIT_RIGHT_SIDE
    told = uses(hall)
    assert told[Reason.LIMIT_RIGHT_SIDE, "510050"].used == told[Reason.LIMIT_BUY_OPEN, "510050"].used == 3
    assert told[Reason.LIMIT_PURCHASE, ""].used == 300
    (fill,) = hall.counter.answer("A", Query(query_id="q", kind=QueryKind.FILLS), hall.now).orders
    assert (fill.ordered, fill.last_quantity) == (False, 3)


@pytest.mark.fault("F93")
def test_in_a_basket_beyond_the_margin_the_rest_is_refused_and_the_hedge_is_not() -> None:
    hall = Hall().open(cash="6000.00", positions=(Position(contract_code=CALL, side=PositionSide.LONG, quantity=1),))
    reasons = [hall.submit(SO, CHEAP_CALL, 1, "0.0100").reason for _ in range(4)]
    assert reasons == [None, None, Reason.FUNDS, Reason.FUNDS]
    assert hall.submit(SC, CALL, 1, "0.4000").reason is None
    assert hall.submit(BO, PUT, 1, "0.0700").reason is None


@pytest.mark.fault("F94")
@pytest.mark.requirement("O5")
def test_too_many_orders_a_second_stop_and_cancels_never_do() -> None:
    rules = profile()
    rules = msgspec.structs.replace(rules, order_rate=msgspec.structs.replace(rules.order_rate, per_second=5))
    hall = Hall(rules).open()
    reasons = [hall.submit(BO, CHEAP_CALL, 1, "0.0100", client_order_id=f"o{n}").reason for n in range(6)]
    assert reasons == [None] * 5 + [Reason.ORDER_RATE]
    hall.command("A", CancelOrder(client_order_id="o0"))
    assert len(hall.counter.working_orders()) == 4
    # A restart counts on
    assert hall.restarted().handle("A", _order("r"), hall.now).forward == []
    hall.at(10, 1)
    assert hall.submit(BO, CHEAP_CALL, 1, "0.0100").reason is None


@pytest.mark.fault("F94")
@pytest.mark.requirement("O5")
def test_whoever_cancels_too_much_opens_no_more() -> None:
    rules = profile()
    rate = msgspec.structs.replace(rules.order_rate, cancel_percent=50, cancel_percent_from=2, per_day=6)
    hall = Hall(msgspec.structs.replace(rules, order_rate=rate)).open()
    for name in ("a", "b"):
        hall.submit(BO, CHEAP_CALL, 1, "0.0100", client_order_id=name)
        hall.command("A", CancelOrder(client_order_id=name))
    assert hall.submit(BO, CHEAP_CALL, 1, "0.0100").reason is Reason.CANCEL_RATIO
    free = msgspec.structs.replace(rate, cancel_percent=UNLIMITED)
    hall = Hall(msgspec.structs.replace(rules, order_rate=free)).open()
    assert [hall.submit(BO, CHEAP_CALL, 1, "0.0100").reason for _ in range(7)] == [None] * 6 + [Reason.ORDER_RATE]


@pytest.mark.requirement("O5")
def test_the_guard_against_own_orders_is_the_profiles() -> None:
    hall = Hall(profile(self_trade=SelfTrade.REJECT_INCOMING)).open()
    hall.submit(SO, CHEAP_CALL, 1, "0.0100")
    report = hall.submit(BO, CHEAP_CALL, 1, "0.0100")
    assert (report.reason, report.exchange_order_id) == (Reason.SELF_TRADE, "")
    assert hall.submit(BO, CHEAP_CALL, 1, "0.0099").reason is None
    assert hall.submit(SO, CHEAP_CALL, 1).reason is Reason.SELF_TRADE


def test_no_limit_is_told_as_none() -> None:
    assert uses(Hall().open())[Reason.LIMIT_MEMBER, ""].allowed is None
    assert Decimal(0) == uses(Hall().open())[Reason.LIMIT_ALL_PRODUCTS, ""].used
