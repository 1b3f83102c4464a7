"""Inquiries (询价): when they go to the makers, and how quotes answer them."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from terminal.domain.market_data import Column
from terminal.domain.reasons import Reason
from terminal.venue.exchange.messages import (
    InquiryAnswered,
    InquiryPublished,
    InquiryRefused,
    QuoteAccepted,
    QuoteRefused,
    RegisterMaker,
    RequestQuote,
    Suspend,
)
from tests.venue.exchange.floor import BUY, SELL, Floor, at, profile
from tests.venue.exchange.test_quoting import MAKER, floor_with_maker, quote


def refused(floor: Floor, *terms: Any) -> InquiryRefused:
    (event,) = floor.send(RequestQuote(*terms))
    assert isinstance(event, InquiryRefused)
    return event


@pytest.mark.requirement("M3")
def test_an_inquiry_is_published_and_its_time_stands_in_the_row() -> None:
    floor = Floor()
    assert floor.column(Column.INQUIRY_US) == 0
    assert floor.send(RequestQuote(7, 1, 2, 10)) == [InquiryPublished(7, 1, 2, 10)]
    assert floor.column(Column.INQUIRY_US) == at(10).timestamp() * 1_000_000
    assert floor.column(Column.INQUIRY_US, 3) == 0


@pytest.mark.requirement("M3", "M8")
def test_each_maker_s_first_quote_answers_with_its_latency() -> None:
    floor = floor_with_maker()
    floor.send(RegisterMaker(51, ("510050",)))
    floor.send(RequestQuote(7, 1, 2))
    floor.now += timedelta(seconds=3, microseconds=5)
    assert floor.send(quote(1, inquiry_id=7))[-1] == InquiryAnswered(7, 1, MAKER, 2, 3_000_005)
    # The same maker's next one is no second answer; another maker's is one of its own
    assert type(floor.send(quote(2, inquiry_id=7))[-1]) is QuoteAccepted
    floor.now += timedelta(seconds=1)
    assert floor.send(quote(3, participant=51, inquiry_id=7))[-1] == InquiryAnswered(7, 3, 51, 2, 4_000_005)
    (inquiry,) = floor.exchange.quoting_state().inquiries
    assert inquiry.answered_by == (MAKER, 51)


@pytest.mark.parametrize(
    ("terms", "reason", "field"),
    [
        ((0, 1, 2), Reason.MALFORMED, "inquiry_id"),
        ((2**63, 1, 2), Reason.MALFORMED, "inquiry_id"),
        ((7, -1, 2), Reason.MALFORMED, "participant"),
        ((7, 1, 2.0), Reason.MALFORMED, "instrument"),
        ((7, 1, 2, -1), Reason.MALFORMED, "quantity"),
        ((7, 1, 0), Reason.UNKNOWN_CONTRACT, "contract"),
        ((7, 1, 2, 51), Reason.QUANTITY_RANGE, "quantity"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_name(terms: tuple[Any, ...], reason: Reason, field: str) -> None:
    event = refused(Floor(), *terms)
    assert (event.reason, event.field) == (reason, field)


@pytest.mark.parametrize("now", [at(9), at(9, 16), at(12), at(14, 58), at(15, 10)])
def test_only_continuous_trading_takes_inquiries(now: Any) -> None:
    assert refused(Floor(now), 7, 1, 2).reason is Reason.PHASE_CLOSED


def test_a_halted_or_suspended_contract_takes_none() -> None:
    floor = Floor(suspended=True)
    assert refused(floor, 7, 1, 2).reason is Reason.SUSPENDED
    floor.send(Suspend("510050"))
    assert refused(floor, 7, 1, 3).reason is Reason.PHASE_CLOSED


@pytest.mark.parametrize(("seconds", "taken"), [(59.999, False), (60, True)])
def test_between_two_inquiries_for_a_contract_lies_a_minute_whoever_asks(seconds: float, taken: bool) -> None:
    # Rulebook 8.4: at least 60 s per contract
    floor = Floor()
    floor.send(RequestQuote(7, 1, 2))
    floor.send(RequestQuote(8, 1, 3))
    floor.now += timedelta(seconds=seconds)
    if taken:
        assert floor.send(RequestQuote(9, 2, 2)) == [InquiryPublished(9, 2, 2, 0)]
    else:
        event = refused(floor, 9, 2, 2)
        assert (event.reason, event.given, event.allowed) == (Reason.INQUIRY_INTERVAL, "59 s", "60 s")
        # Refused, it does not push the next one further away
        floor.now += timedelta(seconds=1)
        assert floor.send(RequestQuote(9, 2, 2)) == [InquiryPublished(9, 2, 2, 0)]


def test_a_profile_may_count_the_interval_by_account() -> None:
    rules = profile()
    rules = msgspec.structs.replace(
        rules, inquiries=msgspec.structs.replace(rules.inquiries, interval_scope="account_and_contract")
    )
    floor = Floor(rules=rules)
    floor.send(RequestQuote(7, 1, 2))
    assert refused(floor, 8, 1, 2).reason is Reason.INQUIRY_INTERVAL
    assert floor.send(RequestQuote(8, 2, 2)) == [InquiryPublished(8, 2, 2, 0)]


@pytest.mark.parametrize(
    ("bid", "ask", "needed"),
    [
        # 5 percent of the bid, and never below a tick
        (1000, 1050, False),
        (1000, 1051, True),
        (5, 6, False),
        (5, 7, True),
        (1000, 0, True),
        (0, 1000, True),
    ],
)
def test_a_narrow_book_needs_no_inquiry(bid: int, ask: int, needed: bool) -> None:
    floor = Floor()
    for side, price in ((BUY, bid), (SELL, ask)):
        if price:
            floor.order(side, 1, price)
    (event,) = floor.send(RequestQuote(7, 1, 2))
    assert (
        isinstance(event, InquiryPublished)
        if needed
        else event
        == InquiryRefused(
            7, 1, 2, Reason.INQUIRY_NOT_NEEDED, "contract", f"0.{ask - bid:04d}", "0.0050" if bid == 1000 else "0.0001"
        )
    )


def test_an_inquiry_number_is_used_once_and_a_quote_names_its_own_contract_s() -> None:
    floor = floor_with_maker()
    floor.send(RequestQuote(7, 1, 2))
    floor.wait(at(10, 5))
    assert refused(floor, 7, 1, 2).reason is Reason.DUPLICATE_INQUIRY_ID
    (event,) = floor.send(quote(1, instrument=3, inquiry_id=7))
    assert isinstance(event, QuoteRefused)
    assert event.reason is Reason.UNKNOWN_INQUIRY


def test_an_era_without_inquiries_says_so() -> None:
    rules = profile()
    rules = msgspec.structs.replace(rules, capabilities=msgspec.structs.replace(rules.capabilities, inquiries=False))
    assert refused(Floor(rules=rules), 7, 1, 2).reason is Reason.NOT_SUPPORTED
