"""A broker that wants its statements confirmed (结算单确认) lets nothing be opened before; closing stays possible."""

import msgspec
import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Query, QueryKind
from terminal.domain.orders import Instruction, Side
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from tests.venue.counter.market import CHEAP_CALL, Hall, profile
from tests.venue.counter.settlement.floor import CALL, LONG, Floor, held


def strict() -> Profile:
    """The shipped rules with the broker's switch on."""
    rules = profile()
    clearing = msgspec.structs.replace(rules.clearing, confirm_statement=True)
    return msgspec.structs.replace(rules, clearing=clearing)


def unconfirmed(rules: Profile) -> Hall:
    """A day whose account has a statement of the day before, and two contracts to close."""
    hall = Hall(rules).open()
    hall.crowd(Side.SELL, CHEAP_CALL, 2, "0.0100")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 2, "0.0100")
    hall.counter._books.accounts["A"].statement_unconfirmed = True
    return hall


@pytest.mark.requirement("O5", "O13")
def test_nothing_is_opened_before_the_statement_is_confirmed() -> None:
    # Rulebook 5.6: settlement statement unconfirmed
    hall = unconfirmed(strict())
    refused = hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100")
    assert (refused.reason, refused.reason_detail) == (Reason.STATEMENT_UNCONFIRMED, "account  | ")
    hall.crowd(Side.BUY, CHEAP_CALL, 1, "0.0100")
    assert hall.submit(Instruction.SELL_CLOSE, CHEAP_CALL, 1, "0.0100").reason is None
    assert hall.position(CHEAP_CALL, PositionSide.LONG).quantity == 1
    assert hall.instruct(InstructionKind.CONFIRM_STATEMENT).reason is None
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100").reason is None
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("O13")
def test_a_broker_that_does_not_ask_lets_positions_be_opened() -> None:
    hall = unconfirmed(profile())
    assert hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0100").reason is None


@pytest.mark.requirement("O13", "T12")
def test_a_settled_day_has_a_statement_that_waits_for_its_confirmation() -> None:
    floor = Floor()
    floor.open("A", "2000000.00", held(CALL, LONG, 7), shares=25_000)
    asked = Query(query_id="1", kind=QueryKind.STATEMENT)
    assert floor.counter.answer("A", asked, floor.now).reason is Reason.NOT_SETTLED
    floor.settle()
    answer = floor.counter.answer("A", asked, floor.now)
    assert answer.reason is None
    assert answer.statement is not None
    assert answer.statement.account_id == "A"
    after = floor.next_day().counter._books.accounts["A"]
    assert after.statement_unconfirmed


@pytest.mark.requirement("O6", "AC12")
def test_a_settled_day_counts_towards_higher_limits() -> None:
    # Rulebook 5.1: trading days, contracts traded and own assets lift an individual's limits
    floor = Floor()
    floor.open("A", "2000000.00", shares=25_000)
    assets = floor.inputs().closes["510050"] * 25_000 + 2_000_000
    floor.settle()
    record = floor.next_day().counter.standing("A").record
    assert (record.trading_days, record.contracts_traded) == (1, 0)
    # A day's interest on the balance is part of it
    assert assets < record.own_assets < assets + 10
