"""Random days of two desks and a crowd on the real exchange: whatever happens, the invariants I1 to I4 hold.

The oracle is a plain sum over the reports the desks were told, so it shares no code with the counter's booking.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.messages import CancelAll, CancelOrder, OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderType, PositionEffect, Side
from terminal.venue.counter.ledger import BANK, FEES, PREMIUM_CLEARING
from tests.venue.counter.market import ADJUSTED_CALL, CHEAP_CALL, CONTRACTS, PUT, Hall, account_limits, profile, yuan

MOST = {"right_side": 12, "total": 20, "daily_buy_open": 15}
LIMITS = account_limits(**MOST)
TRADED = (CHEAP_CALL, PUT, ADJUSTED_CALL)
PRICES = {CHEAP_CALL: 80, PUT: 700, ADJUSTED_CALL: 3914}
MULTIPLIER = {c.code: c.multiplier for c in CONTRACTS}
SIDE = {
    Instruction.BUY_OPEN: PositionSide.LONG,
    Instruction.SELL_CLOSE: PositionSide.LONG,
    Instruction.SELL_OPEN: PositionSide.SHORT,
    Instruction.BUY_CLOSE: PositionSide.SHORT,
    Instruction.COVERED_OPEN: PositionSide.COVERED,
    Instruction.COVERED_CLOSE: PositionSide.COVERED,
}
OPENING_CASH = yuan("60000.00")
CARRIED = Position(contract_code=PUT, side=PositionSide.LONG, quantity=2, average_price=yuan("0.0650"))


@dataclass(frozen=True)
class Step:
    """One thing somebody does; `who` 0 and 1 are the desks, 2 the crowd."""

    what: str
    who: int
    instruction: Instruction
    order_type: OrderType
    contract_code: str
    quantity: int
    ticks: int


STEPS = st.builds(
    Step,
    what=st.sampled_from(["order"] * 8 + ["cancel", "cancel all", "lock", "unlock"]),
    who=st.integers(0, 2),
    instruction=st.sampled_from(Instruction),
    order_type=st.sampled_from([OrderType.LIMIT] * 5 + list(OrderType)),
    contract_code=st.sampled_from(TRADED),
    quantity=st.integers(1, 6),
    ticks=st.integers(-3, 3),
)


def _do(hall: Hall, step: Step, number: int) -> None:
    name = "AB"[step.who % 2]
    price = str(Decimal(PRICES[step.contract_code] + step.ticks) / 10_000)
    if step.what == "lock" or step.what == "unlock":
        hall.lock(step.quantity * 5000, unlock=step.what == "unlock", account_id=name)
    elif step.what == "cancel all":
        hall.command(name, CancelAll())
    elif step.what == "cancel":
        hall.command(name, CancelOrder(client_order_id=f"{name}{number - step.quantity}"))
    elif step.who == 2:
        hall.crowd(step.instruction.side, step.contract_code, step.quantity, price)
    else:
        hall.submit(
            step.instruction,
            step.contract_code,
            step.quantity,
            price if step.order_type.has_price else None,
            account_id=name,
            order_type=step.order_type,
            client_order_id=f"{name}{number}",
        )


def _check(hall: Hall) -> None:
    balances = hall.counter.trial_balance()
    assert sum(balances.values()) == 0
    paid_in = balances[BANK]
    assert paid_in == 2 * OPENING_CASH
    received = fees = Decimal(0)
    for name in ("A", "B"):
        report, reports = hall.report(name), hall.reports(name)
        funds = report.funds
        premium, account_fees = _check_positions(report.positions, reports, name)
        # I4: the money is what came in, plus premiums, less fees
        assert funds.balance == OPENING_CASH + premium - account_fees
        assert funds.premium_received - funds.premium_paid == premium
        assert funds.fees == account_fees
        assert balances[f"client_cash/{name}"] == -(funds.balance - funds.margin)
        assert balances[f"margin_held/{name}"] == -funds.margin
        assert funds.margin == sum(p.margin for p in report.positions)
        received, fees = received + premium, fees + account_fees
        _check_frozen(hall, name)
        shares = hall.holding(name)
        assert 0 <= shares.covering <= shares.locked <= shares.total == 40_000
    assert balances.get(PREMIUM_CLEARING, 0) == received
    assert balances.get(FEES, 0) == -fees


def _check_positions(positions: tuple[Position, ...], reports: list[OrderReport], name: str) -> tuple[Decimal, Decimal]:
    """I1 to I3 out of the reports; the premium received less paid, and the fees."""
    quantity: dict[tuple[str, PositionSide], int] = defaultdict(int)
    cost: dict[tuple[str, PositionSide], Decimal] = defaultdict(Decimal)
    if name == "A":
        quantity[PUT, PositionSide.LONG] = CARRIED.quantity
        cost[PUT, PositionSide.LONG] = yuan("1300.00")
    premium = fees = Decimal(0)
    filled: dict[str, int] = defaultdict(int)
    for report in reports:
        if report.exec_type is not ExecType.TRADE:
            continue
        assert report.last_price is not None
        filled[report.client_order_id] += report.last_quantity
        assert filled[report.client_order_id] == report.filled_quantity <= report.quantity
        worth = report.last_price * MULTIPLIER[report.contract_code] * report.last_quantity
        worth = (worth * 100 + Decimal("0.5")) // 1 / 100
        premium += worth if report.instruction.side is Side.SELL else -worth
        fees += report.fee
        key = report.contract_code, SIDE[report.instruction]
        opens = report.instruction.position_effect is PositionEffect.OPEN
        quantity[key] += report.last_quantity if opens else -report.last_quantity
        cost[key] += worth if opens else -worth
    shown = {(p.contract_code, p.side): p for p in positions}
    for key, expected in quantity.items():
        assert (shown[key].quantity if key in shown else 0) == expected
        if not expected and key in shown:
            # All closed: what it brought less what it cost
            assert shown[key].realised == (-cost[key] if key[1] is PositionSide.LONG else cost[key])
    return premium, fees


def _check_frozen(hall: Hall, name: str) -> None:
    """What is frozen is what the orders in the exchange's books need, and nothing when there are none."""
    participant = 1000 + "AB".index(name)
    resting = [o for o in hall.exchange.resting_orders() if o.participant == participant]
    assert sorted(o.order_id for o in resting) == sorted(
        o.order_id for o in hall.counter.working_orders() if o.participant == participant
    )
    report = hall.report(name)
    closing = sum(o.leaves for o in resting if o.closes)
    assert sum(p.frozen_quantity for p in report.positions) == closing
    assert all(0 <= p.frozen_quantity <= p.quantity for p in report.positions)
    funds = report.funds
    if not resting:
        assert funds.frozen == 0
    held = sum(
        (Decimal(o.price) / 10_000 * MULTIPLIER[CONTRACTS[o.instrument - 2].code]).quantize(
            yuan("0.01"), "ROUND_CEILING"
        )
        * o.leaves
        for o in resting
        if o.side is Side.BUY
    )
    assert funds.frozen_premium == held
    # I8: nothing in work can overdraw the account or a limit; a seller who closes cheaply may owe the fee
    assert funds.available >= -sum(3 * r.last_quantity for r in hall.reports(name))
    opening = sum(o.leaves for o in resting if not o.closes)
    assert sum(p.quantity for p in report.positions) + opening <= MOST["total"]
    long = sum(p.quantity for p in report.positions if p.side is PositionSide.LONG)
    long_working = sum(o.leaves for o in resting if o.side is Side.BUY and not o.closes)
    assert long + long_working <= MOST["right_side"]


def _hall() -> Hall:
    hall = Hall(profile(LIMITS))
    hall.open("A", str(OPENING_CASH), 40_000, (CARRIED,)).open("B", str(OPENING_CASH), 40_000)
    return hall


@pytest.mark.requirement("O10", "O12")
@settings(max_examples=60)
@given(st.lists(STEPS, max_size=60))
def test_the_books_balance_after_every_step(steps: list[Step]) -> None:
    hall = _hall()
    for number, step in enumerate(steps):
        _do(hall, step, number)
        _check(hall)
    hall.at(15, 0)
    _check(hall)
    assert hall.funds("A").frozen == hall.funds("B").frozen == 0


@pytest.mark.fault("F52")
@settings(max_examples=60)
@given(st.lists(STEPS, max_size=40), st.data())
def test_replaying_any_prefix_of_the_journal_gives_the_same_bytes(steps: list[Step], data: st.DataObject) -> None:
    hall = _hall()
    pictures = {len(hall.journal): hall.counter.picture()}
    for number, step in enumerate(steps):
        _do(hall, step, number)
        pictures[len(hall.journal)] = hall.counter.picture()
    length = data.draw(st.sampled_from(sorted(pictures)))
    restarted = hall.restarted(length)
    assert restarted.picture() == pictures[length]
    # Any prefix, also one that cuts a command in two, goes on to the same end
    cut = data.draw(st.integers(0, len(hall.journal)))
    other = hall.restarted(cut)
    other.restore(hall.journal[cut:])
    assert other.picture() == hall.counter.picture()
