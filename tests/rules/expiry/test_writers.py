"""What writers owe and have: the cash fallback and the pro-rata example of rulebook 6, cover of rulebook 7."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.settlement import Delivery
from terminal.rules.exercise import assign
from terminal.rules.expiry.cover import cover_need
from terminal.rules.expiry.writers import (
    SharePool,
    WriterNeed,
    Written,
    assigned_of,
    assignment_range,
    writer_needs,
    written_of,
)
from terminal.rules.profile import Profile
from terminal.rules.top_up import CoveredPosition

D = Decimal
Maker = Callable[..., Contract]
PRICES = {"510050": D("2.466"), "510300": D("5.01")}


def _needs(profile: Profile, rows: list[Written], cash: str = "0", **pools: SharePool) -> list[WriterNeed]:
    named = {code.removeprefix("u"): pool for code, pool in pools.items()}
    return writer_needs(rows, pools=named, cash=D(cash), prices=PRICES, rules=profile.delivery)


@pytest.mark.requirement("X6", "T7", "R1")
def test_the_worked_example_of_the_cash_fallback(option: Maker, profile: Profile) -> None:
    # rulebook 6: 10 short 300ETF 5.000 calls, 30,000 shares: [5.01 x 1.1 - 5] x 10000 x 7 = 35,770
    row = written_of(option(Right.CALL, "5.000", underlying="510300"), PositionSide.SHORT, 10)
    (need,) = _needs(profile, [row], u510300=SharePool(free=30_000))
    assert (need.shares, need.shares_short, need.contracts_short) == (100_000, 70_000, 7)
    assert str(need.cash_cost) == "35770.00"
    assert need.cash_received == D(150_000)
    assert not need.enough


@pytest.mark.requirement("X6", "R1")
def test_puts_need_the_strike_and_calls_the_shares(option: Maker, profile: Profile) -> None:
    # The mock-up: puts 2.500 x 8 need 200,000; covered calls 2.400 x 12 are covered; calls 2.450 x 6 have 42,000 shares
    rows = [
        written_of(option(Right.PUT, "2.500"), PositionSide.SHORT, 8),
        written_of(option(Right.CALL, "2.450"), PositionSide.SHORT, 6),
        written_of(option(Right.CALL, "2.400"), PositionSide.COVERED, 12),
    ]
    puts, calls, covered = _needs(profile, rows, "1284000", u510050=SharePool(covering=120_000, free=42_000))
    assert (puts.cash, puts.cash_short, puts.enough) == (D(200_000), D(0), True)
    assert (covered.shares_covering, covered.shares_short, covered.cash_received) == (120_000, 0, D(288_000))
    assert (calls.shares_free, calls.shares_short, calls.contracts_short) == (42_000, 18_000, 2)
    # (2.466 x 1.1 - 2.45) x 10,000 x 2
    assert calls.cash_cost == D("5252.00")


def test_other_months_cover_before_cash_where_the_profile_says_so(option: Maker, profile: Profile) -> None:
    row = written_of(option(Right.CALL, "2.400"), PositionSide.SHORT, 2)
    (need,) = _needs(profile, [row], u510050=SharePool(other_covering=15_000))
    assert (need.shares_other_covering, need.shares_short, need.contracts_short) == (15_000, 5_000, 1)


def test_money_is_counted_once(option: Maker, profile: Profile) -> None:
    rows = [written_of(option(Right.PUT, k), PositionSide.SHORT, 2) for k in ("2.500", "2.550")]
    first, second = _needs(profile, rows, "80000")
    assert (first.cash_short, second.cash_short, second.contracts_short) == (D(0), D(21_000), 1)
    (broke,) = _needs(profile, rows[:1], "-5")
    assert (broke.cash_short, broke.contracts_short) == (D(50_000), 2)


def test_a_delivery_is_what_was_written(option: Maker) -> None:
    contract = option(Right.PUT, "2.500")
    figures: dict[str, Any] = {
        "contract_code": contract.code,
        "underlying": "510050",
        "right": Right.PUT,
        "strike": contract.strike,
        "multiplier": 10_000,
        "quantity": 8,
        "exercise_day": date(2025, 12, 24),
        "delivery_day": date(2025, 12, 25),
    }
    assigned = Delivery(side=PositionSide.SHORT, **figures)
    assert assigned_of(assigned) == written_of(contract, PositionSide.SHORT, 8)
    with pytest.raises(BadInput, match="assigned"):
        assigned_of(Delivery(side=PositionSide.LONG, **figures))


@given(
    quantities=st.lists(st.tuples(st.sampled_from(["2.400", "2.450"]), st.booleans(), st.integers(1, 20)), max_size=5),
    covering=st.integers(0, 300_000),
    other=st.integers(0, 100_000),
    free=st.integers(0, 300_000),
)
def test_shares_are_counted_once(
    option: Maker,
    profile: Profile,
    quantities: list[tuple[str, bool, int]],
    covering: int,
    other: int,
    free: int,
) -> None:
    sides = {True: PositionSide.COVERED, False: PositionSide.SHORT}
    rows = [written_of(option(Right.CALL, k), sides[covered], n) for k, covered, n in quantities]
    needs = _needs(profile, rows, u510050=SharePool(covering, other, free))
    assert [need.written for need in needs] == rows
    assert sum(n.shares_covering for n in needs) <= covering
    assert sum(n.shares_free for n in needs) <= free
    assert sum(n.shares_other_covering for n in needs) <= other
    for need in needs:
        assert need.contracts_short == -(-need.shares_short // 10_000)
        assert need.enough == (need.cash_cost == 0)


@pytest.mark.requirement("X6", "T7")
def test_the_range_of_the_pro_rata_example() -> None:
    # rulebook 6: shorts 10, 7, 3; 11 of 20 exercised: 5.5, 3.85, 1.65
    for short, expected in ((10, "5.5"), (7, "3.85"), (3, "1.65")):
        found = assignment_range(short, 20, exercised_least=11, exercised_expected=11, exercised_most=11)
        assert found.expected == D(expected)
        assert (found.least, found.most) == (int(D(expected)), int(D(expected)) + 1)
    whole = assignment_range(8, 12_000, exercised_least=0, exercised_expected=10_320, exercised_most=12_000)
    assert (whole.least, whole.expected, whole.most) == (0, D("6.88"), 8)
    assert assignment_range(0, 0, exercised_least=0, exercised_expected=0, exercised_most=0).most == 0
    with pytest.raises(BadInput):
        assignment_range(1, 10, exercised_least=5, exercised_expected=4, exercised_most=6)


@given(short=st.integers(1, 500), others=st.integers(0, 5000), exercised=st.fractions(0, 1), seed=st.integers(0, 5))
def test_what_is_assigned_lies_in_the_range(short: int, others: int, exercised: float, seed: int) -> None:
    total = short + others
    count = int(total * exercised)
    found = assignment_range(short, total, exercised_least=count, exercised_expected=count, exercised_most=count)
    assigned = assign({"me": short, "others": others}, count, Random(seed))["me"]
    assert found.least <= assigned <= found.most <= found.least + 1


@pytest.mark.requirement("X6", "T5")
def test_cover_after_an_adjustment() -> None:
    # rulebook 7: 5 covered calls, 10,000 -> 10,220: 1,100 more; the mock-up: -> 10,202: 1,010 more
    need = cover_need([CoveredPosition(5, 10_000, 10_220)], locked=50_000, free=600)
    assert (need.needed_now, need.needed_after, need.to_lock, need.lockable) == (50_000, 51_100, 1_100, 600)
    assert (need.missing_shares, need.contracts_to_close) == (500, 1)
    assert cover_need([CoveredPosition(5, 10_000, 10_202)], locked=50_000, free=8_200).to_lock == 1_010
    spare = cover_need([CoveredPosition(5, 10_000, 10_220)], locked=52_000, free=0)
    assert (spare.to_lock, spare.missing_shares, spare.contracts_to_close) == (0, 0, 0)


@given(
    rows=st.lists(st.tuples(st.integers(0, 50), st.integers(9_000, 11_000), st.integers(9_000, 11_000)), max_size=5),
    locked=st.integers(0, 10**6),
    free=st.integers(0, 10**5),
)
def test_cover_never_needs_less_afterwards(rows: list[tuple[int, int, int]], locked: int, free: int) -> None:
    need = cover_need([CoveredPosition(*row) for row in rows], locked=locked, free=free)
    assert need.needed_after >= need.needed_now
    assert need.missing_shares == max(need.to_lock - free, 0)
    assert need.lockable + need.missing_shares == need.to_lock
