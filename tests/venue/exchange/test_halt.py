"""An underlying halted and resumed with its contracts: orders gather and join the resume auction (rulebook 2.8)."""

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.market_data import Column
from terminal.domain.orders import OrderType
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import Cancelled, ExchangeEvent, PhaseBegan, Refused, Suspend, Traded
from tests.venue.exchange.floor import BUY, SELL, Floor, at

pytestmark = pytest.mark.fault("F34")


def halt(floor: Floor) -> list[ExchangeEvent]:
    return floor.send(Suspend("510050"))


def resume(floor: Floor) -> list[ExchangeEvent]:
    return floor.send(Suspend("510050", resume=True))


def test_halt_reaches_the_underlying_and_its_contracts_only() -> None:
    floor = Floor()
    assert halt(floor) == [PhaseBegan(Phase.HALTED, None, number) for number in (0, 2, 3)]
    assert [floor.column(Column.PHASE, number) for number in (0, 2, 3, 4)] == [ord(c) for c in "PPPT"]
    assert halt(floor) == []


def test_halted_contract_takes_orders_and_cancels_but_matches_nothing() -> None:
    floor = Floor()
    floor.order(BUY, 5, 1000)
    halt(floor)
    floor.order(SELL, 3, 990)
    assert floor.trades() == []
    (event,) = floor.order(SELL, 3, 0, OrderType.MARKET_IOC)
    assert isinstance(event, Refused)
    assert event.reason is Reason.ORDER_TYPE_NOT_NOW
    assert floor.cancel(1) == [Cancelled(1, 1, 5, Reason.CANCELLED_BY_USER)]


def test_resume_matches_the_gathered_orders_as_an_auction_at_once() -> None:
    floor = Floor()
    floor.order(BUY, 5, 1000)
    halt(floor)
    floor.order(SELL, 3, 990)
    floor.order(SELL, 4, 1000)
    events = resume(floor)
    assert events[0] == PhaseBegan(Phase.CONTINUOUS, at(11, 30), 0)
    assert [(e.price, e.quantity, e.aggressor) for e in events if isinstance(e, Traded)] == [
        (1000, 3, None),
        (1000, 2, None),
    ]
    assert floor.book() == [(SELL, 1000, 2)]
    assert floor.exchange.phase_of(2) is Phase.CONTINUOUS
    assert resume(floor) == []


def test_contract_halted_through_the_opening_auction_is_matched_when_it_resumes() -> None:
    floor = Floor(at(9, 16))
    floor.order(BUY, 1, 1000)
    floor.order(SELL, 1, 1000)
    halt(floor)
    floor.wait(at(9, 31))
    assert floor.trades() == []
    assert floor.exchange.phase_of(2) is Phase.HALTED
    resume(floor)
    assert floor.trades() == [(1000, 1)]


def test_contract_resumed_over_lunch_is_matched_when_the_afternoon_begins() -> None:
    floor = Floor(at(11, 20))
    halt(floor)
    floor.order(BUY, 1, 1000)
    floor.order(SELL, 1, 1000)
    floor.wait(at(12))
    resume(floor)
    assert floor.trades() == []
    floor.wait(at(13))
    assert floor.trades() == [(1000, 1)]
    assert floor.exchange.phase_of(2) is Phase.CONTINUOUS


def test_contract_resumed_in_the_closing_auction_joins_it() -> None:
    floor = Floor(at(14, 50))
    halt(floor)
    floor.order(BUY, 1, 1000)
    floor.wait(at(14, 58))
    resume(floor)
    assert floor.exchange.phase_of(2) is Phase.CLOSING_AUCTION
    floor.order(SELL, 1, 1000)
    floor.wait(at(15))
    assert floor.trades() == [(1000, 1)]


def test_halt_ends_a_breaker_and_the_resume_auction_replaces_its_match() -> None:
    floor = Floor()
    floor.order(SELL, 1, 1600)
    floor.order(BUY, 1, 1600)
    halt(floor)
    assert floor.wait(at(10, 5)) == []
    resume(floor)
    assert floor.trades() == [(1600, 1)]


def test_contract_still_halted_at_the_close_loses_its_orders_unmatched() -> None:
    floor = Floor(at(14, 50))
    halt(floor)
    floor.order(BUY, 1, 1000)
    floor.order(SELL, 1, 1000)
    events = floor.wait(at(15))
    assert [e.reason for e in events if isinstance(e, Cancelled)] == [Reason.DAY_ENDED] * 2
    assert floor.trades() == []
    assert floor.exchange.phase_of(2) is Phase.AFTER_CLOSE


def test_contract_suspended_by_the_contract_file_does_not_resume_with_its_underlying() -> None:
    floor = Floor(suspended=True)
    halt(floor)
    resume(floor)
    assert [floor.exchange.phase_of(number) for number in (2, 3)] == [Phase.HALTED, Phase.CONTINUOUS]


def test_halt_of_an_unknown_underlying_is_refused() -> None:
    with pytest.raises(BadInput, match="999999"):
        Floor().send(Suspend("999999"))
