"""How an account begins a day, and how it is carried into the next one."""

from decimal import Decimal
from typing import Any

import pytest

from terminal.domain.accounts import ZERO, Holding, Position, PositionSide
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction, Side
from terminal.venue.counter.counter import Counter
from tests.venue.counter.market import (
    CHEAP_CALL,
    CONTRACTS,
    FUND,
    PUT,
    UNDERLYINGS,
    Hall,
    next_trading_day,
    profile,
    yuan,
)


def _position(side: PositionSide = PositionSide.LONG, contract_code: str = PUT, **changes: Any) -> Position:
    fields: dict[str, Any] = {"quantity": 2, "average_price": Decimal("0.07")} | changes
    return Position(contract_code=contract_code, side=side, **fields)


def test_a_carried_short_position_without_margin_gets_todays_opening_margin() -> None:
    hall = Hall().open(positions=(_position(PositionSide.SHORT), _position()))
    funds = hall.funds()
    assert (funds.margin, funds.balance) == (yuan("10213.44"), yuan("1000000.00"))  # 2 x 4255.60 x 1.20
    assert (funds.available, funds.opening_balance) == (yuan("989786.56"), yuan("1000000.00"))
    # Carried contracts are closed at what they cost
    hall.crowd(Side.BUY, PUT, 1, "0.0800")
    hall.submit(Instruction.SELL_CLOSE, PUT, 1, "0.0800")
    position = hall.position(PUT, PositionSide.LONG)
    assert (position.quantity, position.today_quantity, position.realised) == (1, 0, yuan("100.00"))


def test_contracts_of_earlier_days_are_closed_before_those_of_today() -> None:
    hall = Hall().open(positions=(_position(),))
    hall.crowd(Side.SELL, PUT, 2, "0.0700")
    hall.submit(Instruction.BUY_OPEN, PUT, 2, "0.0700")
    hall.crowd(Side.BUY, PUT, 3, "0.0700")
    for closed, today in ((1, 2), (2, 1)):
        hall.submit(Instruction.SELL_CLOSE, PUT, closed, "0.0700")
        assert hall.position(PUT, PositionSide.LONG).today_quantity == today


@pytest.mark.parametrize(
    ("account_id", "cash", "shares", "positions", "message"),
    [
        ("A", "1.00", {}, (), "an id that is not in use"),
        ("", "1.00", {}, (), "account"),
        ("B\n", "1.00", {}, (), "account"),
        ("B", "1.001", {}, (), "yuan to the cent"),
        ("B", "NaN", {}, (), "yuan to the cent"),
        ("B", "1.00", {"999999": 1}, (), "an underlying of the day's list"),
        ("B", "1.00", {FUND: -1}, (), "none below zero"),
        ("B", "1.00", {}, (_position(contract_code="1"),), "one of the day's list"),
        ("B", "1.00", {}, (_position(quantity=-1),), "at least 1 contract"),
        ("B", "1.00", {}, (_position(), _position()), "each side once"),
        ("B", "1.00", {}, (_position(average_price=Decimal("NaN")),), "average price"),
        ("B", "1.00", {}, (_position(average_price=Decimal(-1)),), "average price"),
        ("B", "1.00", {}, (_position(margin=Decimal(1)),), "of a short position"),
        ("B", "1.00", {}, (_position(PositionSide.SHORT, margin=Decimal(-1)),), "of a short position"),
        ("B", "1.00", {FUND: 19_999}, (_position(PositionSide.COVERED, CHEAP_CALL),), "need 20000 shares"),
    ],
)
def test_what_cannot_be_opened_is_refused_by_name(
    account_id: str, cash: str, shares: dict[str, int], positions: tuple[Position, ...], message: str
) -> None:
    counter = Hall().open("A").counter
    before = counter.picture()
    with pytest.raises(BadInput, match=message):
        counter.open_account(account_id, Decimal(cash), shares, positions)
    assert counter.picture() == before


def test_an_unknown_account_has_no_report() -> None:
    hall = Hall()
    with pytest.raises(BadInput, match="one that was opened"):
        hall.report("A")
    with pytest.raises(BadInput, match="one that was opened"):
        hall.counter.reports_after("A", 0)


@pytest.mark.fault("F85")
def test_the_next_day_carries_positions_and_money_and_starts_the_numbers_anew() -> None:
    hall = Hall().open("A", shares=50_000).open("B")
    hall.lock(30_000)
    hall.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 2, "0.0100")
    hall.submit(Instruction.SELL_OPEN, PUT, 2, "0.0700")
    hall.submit(Instruction.BUY_OPEN, PUT, 2, "0.0700", account_id="B")
    hall.submit(Instruction.SELL_CLOSE, PUT, 1, "0.0650", account_id="B")
    hall.submit(Instruction.BUY_CLOSE, PUT, 1, "0.0650")
    day, now = next_trading_day()
    with pytest.raises(BadInput, match="none when a day ends"):
        hall.counter.next_day(profile(), day, UNDERLYINGS, CONTRACTS)
    hall.at(15, 0)

    counter, openings = hall.counter.next_day(profile(), day, UNDERLYINGS, CONTRACTS, exchange_ids=500)
    report = counter.account_report("A", now)
    assert (report.sequence, counter.next_order_id) == (0, 500)
    assert report.funds.balance == report.funds.opening_balance == hall.funds().balance
    assert (report.funds.margin, report.funds.fees, report.funds.premium_paid) == (yuan("5106.72"), ZERO, ZERO)
    assert report.holdings == (Holding(underlying=FUND, total=50_000, locked=30_000, covering=0),)
    (position,) = report.positions
    assert (position.quantity, position.today_quantity, position.realised) == (1, 0, ZERO)
    assert position.average_price == yuan("0.0700")
    assert counter.account_ids() == ["A", "B"]
    assert sum(counter.trial_balance().values()) == 0
    again = Counter(profile(), day, UNDERLYINGS, CONTRACTS, exchange_ids=500)
    again.restore(openings.entries)
    assert again.picture() == counter.picture()


def test_a_position_whose_contract_is_gone_is_paid_at_its_settlement_price() -> None:
    hall = Hall().open(positions=(_position(),))
    day, now = next_trading_day()
    left = [c for c in CONTRACTS if c.code != PUT]
    counter, _ = hall.counter.next_day(profile(), day, UNDERLYINGS, left)
    report = counter.account_report("A", now)
    # 2 x 0.0700 x 10,000
    assert (report.positions, report.funds.balance) == ((), yuan("1001400.00"))
