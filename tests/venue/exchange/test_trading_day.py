"""A trading day from the first auction to the close: phases, lunch, windows without cancels (rulebook 2.4)."""

from datetime import UTC, datetime

import pytest

from terminal.domain.market_data import Column
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import Cancelled, CancelRefused, DayClosed, PhaseBegan, Refused, Traded
from tests.venue.exchange.floor import BUY, SELL, Floor, at

WHOLE_DAY = [
    PhaseBegan(Phase.OPENING_AUCTION, at(9, 25)),
    PhaseBegan(Phase.PRE_OPEN, at(9, 30)),
    PhaseBegan(Phase.CONTINUOUS, at(11, 30)),
    PhaseBegan(Phase.LUNCH, at(13)),
    PhaseBegan(Phase.CONTINUOUS, at(14, 57)),
    PhaseBegan(Phase.CLOSING_AUCTION, at(15)),
    PhaseBegan(Phase.AFTER_CLOSE, at(15, 30)),
    DayClosed(),
    PhaseBegan(Phase.CLOSED, None),
]


def test_one_late_command_runs_through_the_whole_day_in_order() -> None:
    assert Floor(at(23)).events == WHOLE_DAY


def test_phases_begin_at_their_second_and_not_before() -> None:
    floor = Floor(at(9, 14, 59))
    assert floor.events == []
    assert floor.exchange.phase_of(2) is Phase.PRE_OPEN
    assert floor.wait(at(9, 15)) == WHOLE_DAY[:1]
    assert floor.wait(at(9, 25)) == WHOLE_DAY[1:2]
    assert floor.exchange.phase(at(10)) == (Phase.CONTINUOUS, at(11, 30))
    assert floor.exchange.phase(at(0)) == (Phase.PRE_OPEN, at(9, 15))
    assert floor.exchange.phase(at(16)) == (Phase.CLOSED, None)
    assert floor.exchange.phase_of(2) is Phase.PRE_OPEN


def test_phase_events_come_before_those_of_the_command_that_brought_the_time() -> None:
    floor = Floor(at(11, 29))
    floor.now = at(13)
    events = floor.order(BUY, 1, 1000)
    assert [type(e).__name__ for e in events] == ["PhaseBegan", "PhaseBegan", "Accepted"]


def test_time_never_goes_back() -> None:
    floor = Floor(at(11, 31))
    floor.now = at(10)
    (event,) = floor.order(BUY, 1, 1000)
    assert type(event).__name__ == "Refused"
    assert floor.exchange.now == at(11, 31)


def test_time_of_another_zone_is_the_same_moment() -> None:
    floor = Floor(at(9, 20))
    assert floor.wait(datetime(2025, 6, 10, 1, 30, tzinfo=UTC)) == WHOLE_DAY[1:3]


def test_book_survives_lunch_untouched() -> None:
    floor = Floor(at(11, 29))
    floor.order(BUY, 3, 1000)
    floor.wait(at(12))
    assert floor.exchange.phase_of(2) is Phase.LUNCH
    assert floor.cancel(1) == [CancelRefused(1, 1, Reason.PHASE_CLOSED)]
    floor.wait(at(13))
    floor.order(SELL, 3, 1000)
    assert floor.trades() == [(1000, 3)]


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (at(9, 19, 59), None),
        (at(9, 20), Reason.CANCEL_WINDOW),
        (at(9, 24, 59), Reason.CANCEL_WINDOW),
        (at(9, 25), Reason.PHASE_CLOSED),
        (at(9, 30), None),
        (at(14, 57), None),
        (at(14, 58, 59), None),
        (at(14, 59), Reason.CANCEL_WINDOW),
    ],
)
def test_nothing_is_cancelled_in_the_last_minutes_of_the_auctions(now: datetime, reason: Reason | None) -> None:
    floor = Floor(at(9, 15))
    floor.order(BUY, 3, 1000)
    floor.wait(now)
    expected = Cancelled(1, 1, 3, Reason.CANCELLED_BY_USER) if reason is None else CancelRefused(1, 1, reason)
    assert floor.cancel(1) == [expected]


def test_orders_are_still_taken_while_nothing_can_be_cancelled() -> None:
    floor = Floor(at(9, 21))
    floor.order(BUY, 3, 1000)
    assert floor.book() == [(BUY, 1000, 3)]


def test_day_ends_with_every_resting_order_cancelled_after_the_closing_auction() -> None:
    floor = Floor(at(14, 50))
    floor.order(BUY, 3, 1000)
    floor.order(BUY, 2, 990, instrument=4, participant=2)
    floor.wait(at(14, 58))
    floor.order(SELL, 1, 1000)
    events = floor.wait(at(15))
    assert isinstance(events[0], Traded)
    assert events[1:] == [
        Cancelled(1, 1, 2, Reason.DAY_ENDED),
        Cancelled(2, 2, 2, Reason.DAY_ENDED),
        PhaseBegan(Phase.AFTER_CLOSE, at(15, 30)),
        DayClosed(),
    ]
    assert floor.exchange.resting_orders() == []
    assert floor.column(Column.PHASE) == ord("A")
    assert floor.cancel(1) == [CancelRefused(1, 1, Reason.NOT_CANCELLABLE)]
    (refused,) = floor.order(BUY, 1, 1000)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.PHASE_CLOSED
    assert floor.wait(at(20)) == [PhaseBegan(Phase.CLOSED, None)]
    assert floor.column(Column.PHASE) == ord("E")


def test_what_settlement_needs_is_kept_from_the_end_of_orders() -> None:
    floor = Floor(at(14, 50))
    floor.order(BUY, 3, 1000)
    floor.order(SELL, 3, 1020)
    floor.wait(at(14, 58))
    floor.order(SELL, 1, 1000)
    floor.order(BUY, 1, 1500, instrument=3)
    floor.wait(at(15, 30))
    first, second = floor.exchange.opening_state()[2:4]
    assert (first.last, first.closing_price, first.closing_bid, first.closing_ask) == (1000, 1000, 1000, 1020)
    # Nothing traded: the auction left no price
    assert (second.last, second.closing_price, second.closing_bid, second.closing_ask) == (0, 0, 1500, 0)
