"""Two-sided quotes: who may, what is refused, how one replaces another, and mass quotes taken leg by leg."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import (
    CancelQuote,
    CancelRefused,
    ExchangeEvent,
    MassQuote,
    NewQuote,
    PhaseBegan,
    QuoteAccepted,
    QuoteCancelled,
    QuoteCancelRefused,
    QuoteRefused,
    Refused,
    RegisterMaker,
    Suspend,
    Traded,
)
from tests.venue.exchange.floor import BUY, SELL, Floor, at, profile

MAKER = 50


def quote(number: int = 1, **terms: Any) -> NewQuote:
    """Quote `number` of the maker in contract 2, 0.0990 x 10 to 0.1010 x 12, with these terms changed."""
    fields: dict[str, Any] = {
        "quote_id": number,
        "participant": MAKER,
        "instrument": 2,
        "bid_order_id": 1000 + 2 * number,
        "ask_order_id": 1001 + 2 * number,
        "bid_price": 990,
        "bid_quantity": 10,
        "ask_price": 1010,
        "ask_quantity": 12,
    }
    return NewQuote(**(fields | terms))


def floor_with_maker(*args: Any, **terms: Any) -> Floor:
    floor = Floor(*args, **terms)
    assert floor.send(RegisterMaker(MAKER, ("510050",))) == []
    return floor


def accepted(number: int = 1, instrument: int = 2) -> QuoteAccepted:
    return QuoteAccepted(number, MAKER, instrument, 1000 + 2 * number, 1001 + 2 * number)


def refusal(events: list[ExchangeEvent]) -> QuoteRefused:
    (event,) = events
    assert isinstance(event, QuoteRefused)
    return event


@pytest.mark.requirement("M3")
def test_sides_rest_in_the_book_and_trade_like_orders() -> None:
    floor = floor_with_maker()
    floor.order(BUY, 5, 990)
    assert floor.send(quote()) == [accepted()]
    assert floor.book() == [(BUY, 990, 5), (BUY, 990, 10), (SELL, 1010, 12)]
    # Behind the order that was there first
    events = floor.order(SELL, 8, 990)
    assert [e for e in events if isinstance(e, Traded)] == [
        Traded(1, 2, 990, 5, 1, 1, 2, 1, SELL),
        Traded(2, 2, 990, 3, 1002, MAKER, 2, 1, SELL),
    ]
    assert floor.send(CancelQuote(MAKER)) == [
        QuoteCancelled(1, MAKER, 2, 1002, 1003, 7, 12, Reason.CANCELLED_BY_USER),
    ]
    assert floor.book() == []


@pytest.mark.requirement("M3")
def test_a_new_quote_takes_the_place_of_the_old_one_in_one_step() -> None:
    floor = floor_with_maker()
    floor.send(quote())
    # The new bid lies at the old ask: were the old one still there, the maker would trade with itself
    assert floor.send(quote(2, bid_price=1010, ask_price=1020)) == [
        QuoteCancelled(1, MAKER, 2, 1002, 1003, 10, 12, Reason.QUOTE_REPLACED),
        accepted(2),
    ]
    assert floor.book() == [(BUY, 1010, 10), (SELL, 1020, 12)]
    # Another contract's quote stays, and so does another maker's in the same one
    floor.send(quote(3, instrument=3))
    floor.send(RegisterMaker(51, ("510050",)))
    floor.send(quote(4, participant=51))
    floor.send(quote(5, bid_price=1000))
    assert [(q.quote_id, q.instrument) for q in floor.exchange.quoting_state().quotes] == [(3, 3), (5, 2), (4, 2)]


def test_a_refused_quote_leaves_the_live_one() -> None:
    floor = floor_with_maker()
    floor.send(quote())
    assert refusal(floor.send(quote(2, bid_price=1020))).reason is Reason.QUOTE_CROSSED
    assert floor.book() == [(BUY, 990, 10), (SELL, 1010, 12)]
    # And its ids are still free
    assert floor.send(quote(2))[-1] == accepted(2)


def test_a_quote_that_has_traded_away_is_over_without_a_word() -> None:
    floor = floor_with_maker()
    floor.send(quote())
    floor.order(SELL, 10, 990)
    floor.order(BUY, 12, 1010)
    assert floor.exchange.quoting_state().quotes == ()
    assert floor.send(CancelQuote(MAKER)) == [QuoteCancelRefused(MAKER, None, None, Reason.UNKNOWN_QUOTE)]
    assert floor.send(quote(2)) == [accepted(2)]


def test_crossing_sides_trade_at_once_the_bid_before_the_ask() -> None:
    floor = floor_with_maker()
    floor.order(SELL, 4, 980)
    floor.order(BUY, 4, 970)
    events = floor.send(quote(bid_price=980, ask_price=985))
    assert events == [accepted(), Traded(1, 2, 980, 4, 1002, MAKER, 1, 1, BUY)]
    assert floor.book() == [(BUY, 980, 6), (BUY, 970, 4), (SELL, 985, 12)]


@pytest.mark.fault("F34")
def test_a_bid_that_trips_the_breaker_leaves_the_ask_to_the_auction() -> None:
    floor = floor_with_maker()
    floor.order(SELL, 4, 1500)
    events = floor.send(quote(bid_price=1500, ask_price=1510))
    assert events == [accepted(), PhaseBegan(Phase.BREAKER, at(10, 3), 2)]
    assert floor.book() == [(BUY, 1500, 10), (SELL, 1500, 4), (SELL, 1510, 12)]


@pytest.mark.requirement("M5")
@pytest.mark.parametrize(
    ("terms", "reason", "field"),
    [
        ({"quote_id": 0}, Reason.MALFORMED, "quote_id"),
        ({"quote_id": True}, Reason.MALFORMED, "quote_id"),
        ({"bid_price": -1}, Reason.MALFORMED, "bid_price"),
        ({"ask_quantity": 2**63}, Reason.MALFORMED, "ask_quantity"),
        ({"ask_price": float("nan")}, Reason.MALFORMED, "ask_price"),
        ({"inquiry_id": -1}, Reason.MALFORMED, "inquiry_id"),
        ({"ask_order_id": 1002}, Reason.DUPLICATE_ORDER_ID, "ask_order_id"),
        ({"bid_order_id": 1}, Reason.DUPLICATE_ORDER_ID, "bid_order_id"),
        ({"instrument": 0}, Reason.UNKNOWN_CONTRACT, "contract"),
        ({"instrument": 6}, Reason.UNKNOWN_CONTRACT, "contract"),
        ({"participant": 51}, Reason.NOT_A_MAKER, "contract"),
        # Registered for the first underlying only
        pytest.param({"instrument": 4}, Reason.NOT_A_MAKER, "contract", marks=pytest.mark.requirement("R10")),
        ({"bid_price": 0, "bid_quantity": 0}, Reason.QUOTE_TWO_SIDED, "bid_price"),
        ({"ask_quantity": 0}, Reason.QUOTE_TWO_SIDED, "ask_quantity"),
        ({"ask_price": 0}, Reason.QUOTE_TWO_SIDED, "ask_price"),
        ({"ask_price": 3701}, Reason.PRICE_LIMIT, "ask_price"),
        ({"bid_price": 1010}, Reason.QUOTE_CROSSED, "bid_price"),
        ({"bid_price": 1011}, Reason.QUOTE_CROSSED, "bid_price"),
        ({"bid_quantity": 51}, Reason.QUOTE_SIZE, "bid_quantity"),
        ({"inquiry_id": 9}, Reason.UNKNOWN_INQUIRY, "inquiry_id"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_name(terms: dict[str, Any], reason: Reason, field: str) -> None:
    floor = floor_with_maker()
    floor.order(BUY, 1, 900)
    refused = refusal(floor.send(quote(**terms)))
    assert (refused.reason, refused.field) == (reason, field)
    assert floor.book() == [(BUY, 900, 1)]


def test_tick_lot_and_the_profile_s_sizes() -> None:
    rules = profile()
    rules = msgspec.structs.replace(rules, quotes=msgspec.structs.replace(rules.quotes, min_quantity=10))
    floor = floor_with_maker(rules=rules, tick_size=Decimal("0.0010"), lot=3)
    assert refusal(floor.send(quote(bid_price=991))).reason is Reason.PRICE_TICK
    small = refusal(floor.send(quote(bid_quantity=9)))
    assert (small.reason, small.given, small.allowed) == (Reason.QUOTE_SIZE, "9", "10-50")
    assert refusal(floor.send(quote(bid_quantity=10))).reason is Reason.QUANTITY_LOT
    assert floor.send(quote(bid_quantity=12)) == [accepted()]


def test_a_profile_that_takes_one_sided_quotes() -> None:
    rules = profile()
    rules = msgspec.structs.replace(rules, quotes=msgspec.structs.replace(rules.quotes, two_sided=False))
    floor = floor_with_maker(rules=rules)
    assert floor.send(quote(bid_price=0, bid_quantity=0)) == [QuoteAccepted(1, MAKER, 2, 0, 1003)]
    assert floor.book() == [(SELL, 1010, 12)]
    none = quote(2, bid_price=0, bid_quantity=0, ask_price=0, ask_quantity=0)
    assert refusal(floor.send(none)).reason is Reason.QUOTE_TWO_SIDED


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (at(9), Reason.PHASE_CLOSED),
        (at(9, 16), None),
        (at(9, 21), None),
        (at(9, 26), Reason.PHASE_CLOSED),
        (at(10), None),
        (at(12), Reason.PHASE_CLOSED),
        (at(14, 58), None),
        (at(14, 59), None),
        (at(15), Reason.PHASE_CLOSED),
        (at(15, 10), Reason.PHASE_CLOSED),
    ],
)
def test_quotes_are_taken_in_auctions_and_continuous_trading(now: Any, reason: Reason | None) -> None:
    events = floor_with_maker(now).send(quote())
    assert events == [accepted()] if reason is None else refusal(events).reason is reason


def test_a_halt_takes_no_quote_and_lets_the_live_one_go() -> None:
    floor = floor_with_maker()
    floor.send(quote())
    floor.send(Suspend("510050"))
    assert refusal(floor.send(quote(2))).reason is Reason.PHASE_CLOSED
    assert type(floor.send(CancelQuote(MAKER))[0]) is QuoteCancelled


def test_where_nothing_is_cancelled_a_live_quote_is_not_replaced_either() -> None:
    floor = floor_with_maker(at(9, 16))
    floor.send(quote())
    floor.wait(at(9, 21))
    assert refusal(floor.send(quote(2))).reason is Reason.CANCEL_WINDOW
    assert floor.send(CancelQuote(MAKER, instrument=2)) == [QuoteCancelRefused(MAKER, 2, None, Reason.CANCEL_WINDOW)]
    assert floor.send(quote(3, instrument=3)) == [accepted(3, 3)]


def test_open_restriction_leaves_quotes_that_close_on_both_sides() -> None:
    floor = floor_with_maker(opening_restricted=True)
    for terms in ({}, {"bid_closes": True}, {"ask_closes": True}):
        assert refusal(floor.send(quote(**terms))).reason is Reason.OPENING_RESTRICTED
    assert floor.send(quote(bid_closes=True, ask_closes=True)) == [accepted()]


def test_a_side_is_not_cancelled_alone_nor_its_id_used_again() -> None:
    floor = floor_with_maker()
    floor.send(quote())
    assert floor.cancel(1002, MAKER) == [CancelRefused(1002, MAKER, Reason.QUOTE_SIDE)]
    floor.next_id = 1003
    (event,) = floor.order(BUY, 1, 1000)
    assert isinstance(event, Refused)
    assert event.reason is Reason.DUPLICATE_ORDER_ID
    assert refusal(floor.send(quote())).reason is Reason.DUPLICATE_QUOTE_ID


def test_quotes_are_cancelled_by_contract_by_underlying_and_all_at_once() -> None:
    floor = floor_with_maker()
    floor.send(RegisterMaker(MAKER, ("510050", "510300")))

    def cancelled(command: CancelQuote) -> list[int]:
        return [e.instrument for e in floor.send(command) if isinstance(e, QuoteCancelled)]

    for number, instrument in enumerate((2, 3, 4, 5), 1):
        floor.send(quote(number, instrument=instrument))
    assert cancelled(CancelQuote(51)) == []
    assert cancelled(CancelQuote(MAKER, instrument=3)) == [3]
    assert cancelled(CancelQuote(MAKER, underlying="510300")) == [4, 5]
    assert cancelled(CancelQuote(MAKER, underlying="588000")) == []
    assert cancelled(CancelQuote(MAKER)) == [2]


def test_day_end_cancels_quotes_as_a_whole() -> None:
    floor = floor_with_maker(at(14, 50))
    floor.send(quote())
    assert floor.wait(at(15))[1] == QuoteCancelled(1, MAKER, 2, 1002, 1003, 10, 12, Reason.DAY_ENDED)


def test_who_is_no_maker_any_more_has_no_quote_left() -> None:
    floor = floor_with_maker()
    floor.send(quote())
    assert floor.exchange.makers_of(2) == [MAKER]
    assert floor.send(RegisterMaker(MAKER, ("510300",))) == [
        QuoteCancelled(1, MAKER, 2, 1002, 1003, 10, 12, Reason.NOT_A_MAKER)
    ]
    floor.send(RegisterMaker(MAKER, ()))
    assert floor.exchange.makers_of(4) == []
    with pytest.raises(BadInput, match="underlying"):
        floor.send(RegisterMaker(MAKER, ("000001",)))


@pytest.mark.fault("F25")
def test_three_bad_quotes_of_forty_leave_the_others_standing() -> None:
    floor = floor_with_maker()
    quotes = [quote(n, instrument=2 + n % 2, bid_price=980 + n % 20) for n in range(1, 41)]
    quotes[4] = quote(5, bid_price=1010)
    quotes[20] = quote(21, ask_quantity=51)
    quotes[39] = quote(40, instrument=4)
    events = floor.send(MassQuote(MAKER, 40, tuple(quotes)))
    assert [(e.quote_id, e.reason) for e in events if isinstance(e, QuoteRefused)] == [
        (5, Reason.QUOTE_CROSSED),
        (21, Reason.QUOTE_SIZE),
        (40, Reason.NOT_A_MAKER),
    ]
    assert len([e for e in events if isinstance(e, QuoteAccepted)]) == 37
    # The newest of each contract stands
    assert [q.quote_id for q in floor.exchange.quoting_state().quotes] == [38, 39]


@pytest.mark.fault("F25")
@pytest.mark.parametrize(
    ("total", "count"),
    [
        # What two FIX engines test of a mass quote (35=i): the number of entries must be said (304, 295) and must be
        # the number that follows; otherwise it is refused as a whole, since nobody knows what is missing
        (0, 1),
        (50, 1),
        (1, 2),
        (-1, 1),
        (True, 1),
        (0, 0),
    ],
)
def test_a_mass_quote_of_another_length_than_it_says_is_refused_as_a_whole(total: int, count: int) -> None:
    floor = floor_with_maker()
    floor.send(quote())
    quotes = tuple(quote(n) for n in range(2, 2 + count))
    events = floor.send(MassQuote(MAKER, total, quotes))
    assert [(e.quote_id, e.reason, e.field) for e in events if isinstance(e, QuoteRefused)] == (
        [(n, Reason.QUOTE_COUNT, "total") for n in range(2, 2 + count)] or [(0, Reason.QUOTE_COUNT, "total")]
    )
    assert [q.quote_id for q in floor.exchange.quoting_state().quotes] == [1]
    # The valid one of the three samples: one set, one entry
    assert floor.send(MassQuote(MAKER, 1, (quote(9),)))[-1] == accepted(9)


def test_a_mass_quote_carries_no_quote_of_somebody_else() -> None:
    floor = floor_with_maker()
    floor.send(RegisterMaker(51, ("510050",)))
    events = floor.send(MassQuote(MAKER, 2, (quote(1, participant=51), quote(2))))
    assert events == [QuoteRefused(1, MAKER, 2, Reason.MALFORMED, "participant"), accepted(2)]
