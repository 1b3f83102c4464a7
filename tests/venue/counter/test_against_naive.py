"""Random days with every instruction, quotes and external executions, against a keeper written from the rulebook."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import FIELDS, InstructionKind
from terminal.domain.messages import CancelAll, CancelQuotes, RequestQuote
from terminal.domain.orders import Instruction, OrderType, PositionEffect
from tests.venue.counter.accounts import maker
from tests.venue.counter.market import ADJUSTED_CALL, CALL, CHEAP_CALL, CONTRACTS, FUND, PUT, Hall
from tests.venue.counter.naive_keeper import NaiveKeeper

LISTED = {c.code: c for c in CONTRACTS}
#: Near the money the uplift of the expiry day charges puts in full; makers pay the exchange's own margin
MARGIN = {c.code: c.margin for c in CONTRACTS}
TRADED = (CHEAP_CALL, PUT, ADJUSTED_CALL, CALL)
PRICES = {CHEAP_CALL: 80, PUT: 700, ADJUSTED_CALL: 3914, CALL: 4630}
CARRIED = tuple(
    Position(contract_code=code, side=side, quantity=quantity, average_price=Decimal("0.0100"))
    for code, side, quantity in (
        (CALL, PositionSide.LONG, 4),
        (PUT, PositionSide.LONG, 6),
        (CHEAP_CALL, PositionSide.LONG, 2),
        (CALL, PositionSide.SHORT, 2),
        (PUT, PositionSide.SHORT, 3),
        (CHEAP_CALL, PositionSide.SHORT, 4),
        (ADJUSTED_CALL, PositionSide.COVERED, 1),
    )
)
_S = CombinationStrategy
#: Contracts and strategies that an instruction can do something with
FITTING: dict[InstructionKind, list[tuple[str, str, CombinationStrategy]]] = defaultdict(
    lambda: [(CALL, PUT, _S.KKS), (CHEAP_CALL, CALL, _S.KS)]
)
FITTING[InstructionKind.COMBINE] = [
    (CALL, CHEAP_CALL, _S.CNSJC),
    (CHEAP_CALL, CALL, _S.CXSJC),
    (CHEAP_CALL, PUT, _S.KKS),
]
#: What needs something to be there first
HARD = [
    InstructionKind.COMBINE,
    InstructionKind.RELEASE,
    InstructionKind.TO_COVERED,
    InstructionKind.TO_NAKED,
    InstructionKind.EXERCISE,
    InstructionKind.WITHDRAW_EXERCISE,
    InstructionKind.MERGED_EXERCISE,
    InstructionKind.WITHDRAW_MERGED,
    InstructionKind.BUY_SHARES,
    InstructionKind.SELL_SHARES,
]
CASH, SHARES = Decimal("200000.00"), 60_000
EXPIRY = date(2026, 3, 25)


@dataclass(frozen=True)
class Step:
    """One thing somebody does; the crowd does what `by_crowd` says."""

    what: str
    kind: InstructionKind
    instruction: Instruction
    code: str
    second: str
    strategy: CombinationStrategy
    quantity: int
    ticks: int
    by_crowd: bool


STEPS = st.builds(
    Step,
    what=st.sampled_from(["order"] * 6 + ["instruct"] * 6 + ["quote", "quote", "cancel", "external", "inquire"]),
    kind=st.sampled_from([*InstructionKind, *HARD * 4]),
    instruction=st.sampled_from(Instruction),
    code=st.sampled_from(TRADED),
    second=st.sampled_from(TRADED),
    strategy=st.sampled_from(CombinationStrategy),
    quantity=st.integers(1, 4),
    ticks=st.integers(-2, 2),
    by_crowd=st.booleans(),
)


def _do(hall: Hall, step: Step, number: int) -> None:
    price = str(Decimal(PRICES[step.code] + step.ticks) / 10_000)
    if step.what == "order" and step.by_crowd:
        hall.crowd(step.instruction.side, step.code, step.quantity, price)
    elif step.what == "order":
        hall.submit(step.instruction, step.code, step.quantity, price)
    elif step.what == "instruct":
        first, second, strategy = step.code, step.second, step.strategy
        if step.by_crowd:
            first, second, strategy = FITTING[step.kind][step.quantity % len(FITTING[step.kind])]
        numbers = [c.number for c in hall.report().combinations]
        fields: dict[str, Any] = {
            "underlying": FUND,
            "contract_code": first,
            "second_code": second,
            "strategy": strategy,
            "combination_id": numbers[step.ticks % len(numbers)] if numbers else "1",
            "quantity": step.quantity * (5_000 if "underlying" in FIELDS[step.kind] else 1),
            "amount": Decimal(step.quantity * 234567) / 100,
            "price": Decimal(2963 + step.ticks * 10).scaleb(-3) if step.by_crowd else Decimal("2.967"),
        }
        hall.instruct(step.kind, **{name: fields[name] for name in FIELDS[step.kind]})
    elif step.what == "quote":
        ask = str(Decimal(PRICES[step.code] + step.ticks + step.quantity) / 10_000)
        effect = PositionEffect.CLOSE if step.by_crowd else PositionEffect.OPEN
        hall.quote(step.code, price, ask, step.quantity, account_id="A", ask_effect=effect)
    elif step.what == "cancel":
        hall.command("A", CancelQuotes() if step.by_crowd else CancelAll())
    elif step.what == "inquire":
        hall.command("A", RequestQuote(request_id=f"r{number}", contract_code=step.code))
    elif step.instruction in (Instruction.BUY_OPEN, Instruction.SELL_OPEN):
        told = hall.counter.book_external(
            "A", f"CV1-{number}", step.code, step.instruction, Decimal(price), step.quantity, hall.now
        )
        hall.take(told)


def _compare(hall: Hall, keeper: NaiveKeeper) -> None:
    report = hall.report()
    funds = report.funds
    assert funds.balance == keeper.balance
    assert funds.margin == keeper.held
    assert funds.frozen_exercise == keeper.exercise_cash
    shown = {(p.contract_code, p.side.value): p for p in report.positions}
    for key in shown.keys() | keeper.quantity.keys() | keeper.combined.keys():
        position = shown.get(key)
        assert (position.quantity if position else 0) == keeper.quantity[key]
        assert (position.combined_quantity if position else 0) == keeper.combined[key]
    for code, quantity in keeper.exercising.items():
        assert (shown[code, "long"].exercising_quantity if (code, "long") in shown else 0) == quantity
    for (code, side), position in shown.items():
        assert position.available_quantity >= 0
        assert position.margin == (keeper.margin[code] if side == "short" else 0)
    assert {c.number: (c.quantity, c.margin) for c in report.combinations} == {
        number: (c[3], c[4]) for number, c in keeper.combinations.items()
    }
    holding = hall.holding()
    assert holding.bought_today == keeper.shares["bought"]
    assert holding.sellable <= holding.total - min(holding.bought_today, holding.total)
    assert (holding.total, holding.disposal) == (keeper.shares["total"], keeper.shares["disposal"])
    assert holding.locked == keeper.shares["locked"]
    working = sum(
        o.leaves * LISTED[o.contract_code].multiplier
        for o in hall.counter._working()
        if o.instruction is Instruction.COVERED_OPEN
    )
    keeper.working_cover = working
    assert holding.covering == keeper.covered_shares() + working <= holding.locked
    assert holding.free >= 0
    # I4: every posting on both sides; cash flow and balance agree
    balances = hall.counter.trial_balance()
    assert sum(balances.values()) == 0
    assert -balances["margin_held/A"] == funds.margin
    counts = hall.counter._books.member
    assert counts.proprietary == sum(p.quantity for p in report.positions) + sum(
        o.leaves for o in hall.counter._working() if o.instruction.position_effect is PositionEffect.OPEN
    )


def _run(steps: list[Step], day: date) -> Hall:
    hall = Hall(day=day).open("A", str(CASH), SHARES, CARRIED, standing=maker())
    keeper, seen = NaiveKeeper(CASH, SHARES, LISTED, MARGIN), 0
    for position in CARRIED:
        keeper.carry(position.contract_code, position.side.value, position.quantity)
    hall.quote_shares()
    for number, step in enumerate(steps):
        _do(hall, step, number)
        reports = hall.counter.reports_after("A", seen)
        for report in reports:
            keeper.book(report)
        seen += len(reports)
        _compare(hall, keeper)
    return hall


@pytest.mark.requirement("O2", "O4", "O10", "O11", "O12", "M2")
@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, min_size=25, max_size=50), st.sampled_from([Hall().day, EXPIRY]))
def test_the_counter_agrees_with_the_naive_keeper_after_every_step(steps: list[Step], day: date) -> None:
    _run(steps, day)


@pytest.mark.fault("F52")
@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, min_size=15, max_size=40), st.sampled_from([Hall().day, EXPIRY]), st.data())
def test_a_day_with_everything_is_rebuilt_byte_for_byte_from_any_cut(
    steps: list[Step], day: date, data: st.DataObject
) -> None:
    hall = _run(steps, day)
    cut = data.draw(st.integers(0, len(hall.journal)))
    again = hall.restarted(cut)
    again.restore(hall.journal[cut:])
    assert again.picture() == hall.counter.picture()


@pytest.mark.requirement("O10")
def test_what_is_held_goes_back_when_the_day_ends() -> None:
    hall = Hall().open("A", str(CASH), SHARES, standing=maker())
    hall.quote(PUT, "0.0690", "0.0710", account_id="A")
    hall.submit(Instruction.SELL_OPEN, CHEAP_CALL, 2, "0.0100", order_type=OrderType.LIMIT)
    hall.at(15, 0)
    assert hall.funds().frozen == 0
