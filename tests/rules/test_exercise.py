"""Exercise and assignment: windows, checks, merged pairs and the pro-rata example of rulebook 6."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.domain.reasons import Denial, Reason
from terminal.rules.exercise import (
    assign,
    check_exercise,
    check_exercise_time,
    check_merged,
    exercise_cash,
    exercise_fee,
    exercise_shares,
    merged_proceeds,
    window_open,
)
from terminal.rules.profile import Profile

D = Decimal
EXPIRY = date(2025, 12, 24)


def _at(clock: str, day: date = EXPIRY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), SHANGHAI)


@pytest.mark.requirement("O4", "T6")
@pytest.mark.parametrize(
    ("clock", "open_then"),
    [
        ("09:14:59", False),
        ("09:15", True),
        ("09:24:59", True),
        ("09:25", False),
        ("09:30", True),
        ("11:30", False),
        ("13:00", True),
        ("15:29:59", True),
        ("15:30", False),
    ],
)
def test_exercises_are_taken_in_their_windows(
    contract: Contract, profile: Profile, clock: str, open_then: bool
) -> None:
    # rulebook 2.4: 09:15-09:25, 09:30-11:30, 13:00-15:30
    denial = check_exercise_time(contract, _at(clock), profile.sessions)
    assert (denial is None) == open_then
    assert denial is None or denial.reason is Reason.PHASE_CLOSED


def test_no_other_day_takes_exercises(contract: Contract, profile: Profile) -> None:
    for day in (date(2025, 12, 23), date(2025, 12, 25)):
        assert check_exercise_time(contract, _at("10:00", day), profile.sessions) == Denial(
            Reason.EXERCISE_DAY, "contract", day.isoformat(), "2025-12-24"
        )


@pytest.mark.requirement("O4")
def test_combinations_have_their_own_windows(profile: Profile, simulation: Profile) -> None:
    # rulebook 2.4: 09:30-11:30, 13:00-15:15; the simulation had none
    taken = {c: window_open(profile.sessions.combination, _at(c)) for c in ("09:20", "09:30", "15:14", "15:15")}
    assert taken == {"09:20": False, "09:30": True, "15:14": True, "15:15": False}
    assert not window_open(simulation.sessions.combination, _at("10:00"))


@pytest.mark.requirement("O5")
def test_calls_need_the_strike_and_puts_the_shares(contract: Contract, profile: Profile) -> None:
    put = replace(contract, right=Right.PUT)
    assert exercise_fee(profile.fees, 3) == D("1.80")  # rulebook 9: 0.60 from the exerciser
    assert exercise_cash(contract, 3, profile.fees) == D("75001.80")
    assert exercise_shares(contract, 3) == 0
    assert exercise_cash(put, 3, profile.fees) == D("1.80")
    assert exercise_shares(put, 3) == 30_000


@pytest.mark.requirement("O5", "O9")
@pytest.mark.parametrize(
    ("right", "changes", "reason"),
    [
        (Right.CALL, {}, None),
        (Right.CALL, {"available_cash": D("75001.79")}, Reason.FUNDS),
        (Right.CALL, {"available_shares": 0}, None),
        (Right.CALL, {"net_long": 4, "already_entered": 2}, Reason.POSITION),
        (Right.CALL, {"net_long": 5, "already_entered": 2}, None),
        (Right.PUT, {}, None),
        (Right.PUT, {"available_shares": 29_999}, Reason.SHARES),
        (Right.PUT, {"available_cash": D("1.79")}, Reason.FUNDS),
    ],
)
def test_an_exercise_is_checked_for_position_money_and_shares(
    contract: Contract, profile: Profile, right: Right, changes: dict[str, Any], reason: Reason | None
) -> None:
    figures: dict[str, Any] = {
        "net_long": 3,
        "already_entered": 0,
        "available_cash": D("75001.80"),
        "available_shares": 30_000,
    }
    denial = check_exercise(replace(contract, right=right), 3, fees=profile.fees, **(figures | changes))
    assert (denial.reason if denial else None) is reason


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_is_not_exercised(contract: Contract, profile: Profile, quantity: int) -> None:
    denial = check_exercise(
        contract,
        quantity,
        net_long=3,
        already_entered=0,
        available_cash=D(10**9),
        available_shares=0,
        fees=profile.fees,
    )
    assert denial is not None
    assert denial.reason is Reason.POSITION


@pytest.mark.requirement("O4")
@pytest.mark.parametrize(
    ("put_changes", "quantity", "reason"),
    [
        ({}, 2, None),
        ({}, 3, Reason.POSITION),
        ({}, 0, Reason.POSITION),
        ({"strike": D("2.5")}, 1, Reason.MERGED_LEGS),  # equal strikes are not enough
        ({"strike": D("2.4")}, 1, Reason.MERGED_LEGS),
        ({"multiplier": 10220}, 1, Reason.MERGED_LEGS),
        ({"underlying": "510300"}, 1, Reason.MERGED_LEGS),
        ({"exercise_day": date(2026, 1, 28)}, 1, Reason.MERGED_LEGS),
        ({"right": Right.CALL}, 1, Reason.MERGED_LEGS),
    ],
)
def test_pairs_are_a_call_and_a_put_with_the_higher_strike(
    contract: Contract, put_changes: dict[str, Any], quantity: int, reason: Reason | None
) -> None:
    changes: dict[str, Any] = {"right": Right.PUT, "strike": D("2.7")} | put_changes
    put = replace(contract, **changes)
    denial = check_merged(contract, put, quantity, net_long_calls=5, net_long_puts=2)
    assert (denial.reason if denial else None) is reason


def test_a_pair_leaves_the_distance_of_the_strikes(contract: Contract, profile: Profile) -> None:
    # rulebook 6: (K put - K call) x U, less 0.60 for each leg
    put = replace(contract, right=Right.PUT, strike=D("2.7"))
    assert merged_proceeds(contract, put, 2, profile.fees) == D("3997.60")


@pytest.mark.requirement("AC12")
def test_the_worked_example_of_assignment() -> None:
    # rulebook 6: 5.5 / 3.85 / 1.65 of 11: floors 5, 3, 1, the two left to B and C
    for seed in range(5):
        assert assign({"A": 10, "B": 7, "C": 3}, 11, Random(seed)) == {"A": 5, "B": 4, "C": 2}


def test_equal_fractions_are_drawn_and_the_order_of_the_accounts_does_not_decide() -> None:
    winners = set()
    for seed in range(20):
        forwards = assign({"A": 1, "B": 1, "C": 1}, 1, Random(seed))
        assert assign({"C": 1, "B": 1, "A": 1}, 1, Random(seed)) == forwards
        winners |= {name for name, count in forwards.items() if count}
    assert winners == {"A", "B", "C"}


def test_nobody_short_is_assigned_nothing() -> None:
    assert assign({"A": 0}, 0, Random(1)) == {"A": 0}
    assert assign({}, 0, Random(1)) == {}


@pytest.mark.parametrize(("shorts", "exercised"), [({"A": 1}, 2), ({"A": 1}, -1), ({"A": -1, "B": 2}, 1)])
def test_figures_that_cannot_be_are_refused(shorts: dict[str, int], exercised: int) -> None:
    with pytest.raises(BadInput):
        assign(shorts, exercised, Random(1))


@given(
    shorts=st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(0, 10**6), max_size=8),
    part=st.fractions(0, 1),
    seed=st.integers(0, 9),
)
def test_assignments_add_up_and_differ_from_the_share_by_less_than_one(
    shorts: dict[str, int], part: Any, seed: int
) -> None:
    total = sum(shorts.values())
    exercised = int(total * part)
    assigned = assign(shorts, exercised, Random(seed))
    assert sum(assigned.values()) == exercised
    for name, short in shorts.items():
        assert 0 <= assigned[name] <= short
        assert abs(assigned[name] * total - short * exercised) < max(total, 1)
