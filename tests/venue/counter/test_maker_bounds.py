"""What a maker may hold of a contract and quote of all (rulebook 8.5)."""

from collections.abc import Sequence

import msgspec
import pytest

from terminal.domain.messages import QuoteReport
from terminal.domain.orders import Instruction
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from tests.venue.counter.accounts import maker
from tests.venue.counter.market import CHEAP_CALL, PUT, Hall, profile


def rules(**figures: int) -> Profile:
    """The live market's, with other bounds of concentration."""
    shipped = profile()
    return msgspec.structs.replace(shipped, concentration=msgspec.structs.replace(shipped.concentration, **figures))


def outcome(told: Sequence[object]) -> tuple[QuoteStatus, Reason | None]:
    """Of the newest quote report."""
    report = [event for event in told if isinstance(event, QuoteReport)][-1]
    return report.status, report.reason


@pytest.mark.requirement("R9")
def test_a_maker_holds_no_larger_part_of_a_contract_than_its_bound_and_a_client_is_not_asked() -> None:
    # Nothing is open in the list: 20 contracts are the most that is not measured
    hall = Hall(rules(open_interest_percent=30, from_contracts=20)).open("MM", standing=maker()).open("A")
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 15, "0.0080", account_id="MM").reason is None
    # What works counts
    report = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 6, "0.0080", account_id="MM")
    assert (report.reason, report.reason_detail) == (Reason.CONCENTRATION, "quantity 6 | 5 of 20")
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 5, "0.0080", account_id="MM").reason is None
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 21, "0.0080").reason is None


@pytest.mark.requirement("R10")
def test_all_quotes_together_stay_under_their_amount_and_a_replaced_one_counts_once() -> None:
    # (0.0690 + 0.0710) x 10,000 x 5 = 7,000 yuan
    hall = Hall(rules(quoted_amount=7_000)).open("MM", standing=maker())
    live, refused = (QuoteStatus.LIVE, None), (QuoteStatus.REFUSED, Reason.LIMIT_AMOUNT)
    assert outcome(hall.quote(PUT, "0.0690", "0.0710")) == live
    assert outcome(hall.quote(PUT, "0.0690", "0.0711")) == refused
    assert outcome(hall.quote(PUT, "0.0689", "0.0711")) == live
    # Another contract has no room beside it
    assert outcome(hall.quote(CHEAP_CALL, "0.0079", "0.0081")) == refused
