"""Messages a second and a day, with a part that only cancels may use; the same order again; executions in a row."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.reasons import Reason
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.rules.protection.rates import ExecutionGuard, MessageBudget, RepeatGuard, SecondCounter

#: Rulebook 11: 300 orders and cancels a second, 20,000 a day
SHEET = LimitSheet(
    messages_per_second=300,
    messages_per_day=20_000,
    cancel_reserve=0.2,
    quotes_per_second=1_000,
    executions=3,
    execution_seconds=1,
    repeats=1,
    repeat_seconds=0.5,
)


@pytest.mark.fault("F94", "F16", "F71")
def test_orders_stop_before_the_reserve_of_the_cancels() -> None:
    budget = MessageBudget()
    sent = 0
    while budget.denial(SHEET, 10.0) is None:
        budget.record(10.0)
        sent += 1
    assert sent == 240
    denial = budget.denial(SHEET, 10.5)
    assert denial is not None
    assert (denial.reason, denial.given, denial.allowed) == (Reason.MESSAGES_SECOND, "241/s", "240/s")
    # Cancels need not ask; a second later all is free again
    for _ in range(60):
        budget.record(10.5)
    assert budget.used(SHEET, 10.5) == (1.0, 300 / 20_000)
    assert budget.denial(SHEET, 11.6) is None


@pytest.mark.fault("F94")
def test_warnings_at_60_80_and_100_percent_of_second_or_day() -> None:
    budget = MessageBudget()
    seen = []
    for _ in range(300):
        budget.record(5.0)
        seen.append(budget.warning(SHEET, 5.0))
    assert [seen.index(step) + 1 for step in (0.6, 0.8, 1.0)] == [180, 240, 300]
    assert budget.warning(SHEET, 50.0) is None
    budget.today = 16_000
    assert budget.warning(SHEET, 50.0) == 0.8
    denial = budget.denial(SHEET, 50.0)
    assert denial is not None
    assert denial.reason is Reason.MESSAGES_DAY
    budget.start_day()
    assert budget.denial(SHEET, 50.0) is None


@pytest.mark.fault("F45")
def test_a_blank_sheet_lets_no_message_out() -> None:
    assert MessageBudget().denial(LimitSheet(), 1.0) is not None
    assert MessageBudget().warning(LimitSheet(), 1.0) == 1.0


def test_quoted_contracts_have_a_limit_of_their_own() -> None:
    budget = MessageBudget()
    assert budget.denial(SHEET, 1.0, 1, 1_000) is None
    budget.record(1.0, 1, 1_000)
    denial = budget.denial(SHEET, 1.0, 1, 1)
    assert denial is not None
    assert denial.reason is Reason.QUOTES_SECOND


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_a_second_never_forgets_too_early(gaps: list[float]) -> None:
    counter, times, now = SecondCounter(), [], 0.0
    for gap in gaps:
        now += gap
        counter.add(now)
        times.append(now)
        least = sum(1 for at in times if now - at < 1.0)
        most = sum(1 for at in times if now - at <= 1.0 + 0.041)
        assert least <= counter.forget(now) <= most


@pytest.mark.fault("F80", "F71")
def test_the_same_order_again_is_refused_for_a_while() -> None:
    guard = RepeatGuard()
    key = ("desk", "order")
    assert guard.denial(SHEET, key, 1.0) is None
    guard.record(SHEET, key, 1.0)
    denial = guard.denial(SHEET, key, 1.2)
    assert denial is not None
    assert denial.reason is Reason.REPEATED_ORDER
    assert guard.denial(SHEET, ("desk", "another"), 1.2) is None
    assert guard.denial(SHEET, key, 1.6) is None


def test_orders_older_than_the_window_of_their_sheet_are_forgotten() -> None:
    """Ten thousand different orders of a day leave no more behind than the last half second of them."""
    guard, whole_day = RepeatGuard(), replace(SHEET, repeat_seconds=math.nan)
    guard.record(whole_day, ("strategy", "order"), 0.0)
    for number in range(10_000):
        guard.record(SHEET, ("desk", number), number * 0.1)
    assert len(guard) <= 1 + 6
    assert guard.denial(SHEET, ("desk", 9_999), 999.9) is not None
    assert guard.denial(whole_day, ("strategy", "order"), 999.9) is not None


@pytest.mark.fault("F95")
def test_executions_in_a_row_stop_the_sender_until_a_person_resets() -> None:
    guard = ExecutionGuard()
    assert [guard.record(SHEET, at) for at in (1.0, 1.1, 1.2)] == [False] * 3
    assert guard.record(SHEET, 1.3)
    assert not guard.record(SHEET, 9.0)
    assert guard.tripped
    guard.reset()
    assert not guard.tripped
    slow = ExecutionGuard()
    assert not any(slow.record(SHEET, at) for at in range(100))
    free = LimitSheet(executions=math.inf)
    assert not any(slow.record(free, 1.0) for _ in range(100))
