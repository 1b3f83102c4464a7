"""Covered calls (备兑): shares are locked first, cover one position at a time and come back in the same steps."""

import pytest

from terminal.domain.accounts import ZERO, Position, PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import CancelOrder, Instruct, InstructionReport, Refused
from terminal.domain.orders import ExecType, Instruction, Side
from terminal.domain.reasons import Reason
from tests.venue.counter.market import ADJUSTED_CALL, CHEAP_CALL, FUND, PUT, Hall, yuan

COVERED = PositionSide.COVERED


def _shares(hall: Hall) -> tuple[int, int, int]:
    holding = hall.holding()
    return holding.total, holding.locked, holding.covering


@pytest.mark.requirement("O2", "O4", "M2")
def test_lock_covered_open_covered_close_unlock() -> None:
    hall = Hall().open(shares=50_000)
    assert hall.lock(30_000).reason is None
    assert _shares(hall) == (50_000, 30_000, 0)

    hall.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 2, "0.0100")
    assert _shares(hall) == (50_000, 30_000, 20_000)
    # No margin; the broker's 1.40 a contract is held (rulebook 2.1, 9)
    assert (hall.funds().frozen_margin, hall.funds().frozen) == (ZERO, yuan("2.80"))
    hall.crowd(Side.BUY, CHEAP_CALL, 2, "0.0100")
    assert _shares(hall) == (50_000, 30_000, 20_000)
    assert hall.funds().balance == yuan("1000197.20")
    assert hall.position(CHEAP_CALL, COVERED).quantity == 2
    assert hall.funds().margin == 0

    hall.submit(Instruction.COVERED_CLOSE, CHEAP_CALL, 1, "0.0110")
    assert hall.funds().frozen == yuan("113.00")
    assert hall.position(CHEAP_CALL, COVERED).available_quantity == 1
    hall.crowd(Side.SELL, CHEAP_CALL, 1, "0.0110")
    # The shares of the closed contract stay locked until they are unlocked (rulebook 2.1)
    assert _shares(hall) == (50_000, 30_000, 10_000)
    assert hall.position(CHEAP_CALL, COVERED).realised == yuan("-10.00")

    report = hall.lock(20_001, unlock=True)
    assert (report.reason, report.reason_detail) == (Reason.SHARES, "quantity 20001 | 20000")
    assert hall.lock(20_000, unlock=True).kind == "unlock"
    assert _shares(hall) == (50_000, 10_000, 10_000)


@pytest.mark.requirement("O4", "O5")
def test_covered_open_needs_locked_shares_that_cover_nothing_yet() -> None:
    hall = Hall().open(shares=50_000)
    report = hall.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 1, "0.0100")
    assert (report.reason, report.reason_detail) == (Reason.COVERED_SHARES, "quantity 10000 shares | 0 shares")
    hall.lock(25_000)
    hall.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 2, "0.0100", client_order_id="first")
    report = hall.submit(Instruction.COVERED_OPEN, CHEAP_CALL, 1, "0.0100")
    assert (report.reason, report.reason_detail) == (Reason.COVERED_SHARES, "quantity 10000 shares | 5000 shares")
    hall.command("A", CancelOrder(client_order_id="first"))
    assert _shares(hall) == (50_000, 25_000, 0)
    # An adjusted contract needs its own unit: 2 x 10220 (rulebook 7)
    hall.submit(Instruction.COVERED_OPEN, ADJUSTED_CALL, 2, "0.3900")
    assert _shares(hall) == (50_000, 25_000, 20_440)


def test_covered_open_is_for_calls() -> None:
    hall = Hall().open(shares=50_000)
    hall.lock(50_000)
    report = hall.submit(Instruction.COVERED_OPEN, PUT, 1, "0.0700")
    assert (report.exec_type, report.reason) == (ExecType.REJECTED, Reason.COVERED_CALLS_ONLY)


@pytest.mark.parametrize(
    ("quantity", "reason", "detail"),
    [
        (50_001, Reason.SHARES, "quantity 50001 | 50000"),
        (0, Reason.MALFORMED, "quantity '0' | a whole number of shares, at least 1"),
        (-5, Reason.MALFORMED, "quantity '-5' | a whole number of shares, at least 1"),
    ],
)
def test_a_lock_beyond_the_free_shares_is_refused_with_its_figures(quantity: int, reason: Reason, detail: str) -> None:
    hall = Hall().open(shares=50_000)
    report = hall.lock(quantity)
    assert (report.reason, report.reason_detail, report.sequence) == (reason, detail, 1)
    assert _shares(hall) == (50_000, 0, 0)


def test_shares_of_an_unknown_fund_cannot_be_locked() -> None:
    hall = Hall().open(shares=50_000)
    (report,) = hall.command(
        "A", Instruct(instruction_id="1", kind=InstructionKind.LOCK, underlying="999999", quantity=1)
    )
    assert isinstance(report, InstructionReport)
    assert report.reason is Reason.UNKNOWN_CONTRACT


def test_shares_are_locked_in_the_hours_for_it_only() -> None:
    # Rulebook 2.4: 09:15-09:25, 09:30-11:30, 13:00-15:15
    hall = Hall().open(shares=50_000)
    hall.at(12, 0)
    report = hall.lock(10_000)
    assert report.reason is Reason.PHASE_CLOSED
    assert report.reason_detail == "instruction 12:00:00 | 09:15-09:25 09:30-11:30 13:00-15:15"
    hall.at(15, 14)
    assert hall.lock(10_000).reason is None
    hall.at(15, 15)
    assert hall.lock(10_000).reason is Reason.PHASE_CLOSED


@pytest.mark.fault("F14")
def test_a_lock_sent_twice_locks_once_and_is_answered_by_its_first_report() -> None:
    hall = Hall().open(shares=50_000)
    command = Instruct(instruction_id="again", kind=InstructionKind.LOCK, underlying=FUND, quantity=10_000)
    (first,) = hall.command("A", command)
    refused, told_again = hall.command("A", command)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.DUPLICATE_ORDER_ID
    assert told_again == first
    assert _shares(hall) == (50_000, 10_000, 0)


def test_carried_covered_positions_lock_the_shares_they_need() -> None:
    carried = Position(contract_code=CHEAP_CALL, side=COVERED, quantity=3, average_price=yuan("0.02"))
    hall = Hall().open(shares=40_000, positions=(carried,))
    assert _shares(hall) == (40_000, 30_000, 30_000)
    hall.crowd(Side.SELL, CHEAP_CALL, 3, "0.0100")
    hall.submit(Instruction.COVERED_CLOSE, CHEAP_CALL, 3, "0.0100")
    assert _shares(hall) == (40_000, 30_000, 0)
    assert hall.position(CHEAP_CALL, COVERED).realised == yuan("300.00")
