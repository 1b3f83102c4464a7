"""Two-sided quotes through the counter: who may, what both sides hold, fills, replacement, inquiries, restart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountState
from terminal.domain.accounts import Position, PositionSide
from terminal.domain.messages import (
    CancelOrder,
    CancelQuotes,
    InquiryReport,
    OrderReport,
    QuoteReport,
    Refused,
    RequestQuote,
    SubmitQuotes,
)
from terminal.domain.orders import Instruction, OrderType, PositionEffect, Side
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.domain.reasons import Reason
from terminal.venue.counter.standing import Standing
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import AdvanceTime, InquiryPublished
from tests.venue.counter.accounts import institution, maker
from tests.venue.counter.market import CHEAP_CALL, CONTRACTS, INSTRUMENTS, PUT, UNDERLYINGS, Hall, yuan

LONG, SHORT = PositionSide.LONG, PositionSide.SHORT


def quotes(told: Sequence[object]) -> list[QuoteReport]:
    """The reports of quotes among what a desk was told."""
    return [event for event in told if isinstance(event, QuoteReport)]


def floor(cash: str = "1000000.00", standing: Standing | None = None) -> Hall:
    """A maker's account and a market."""
    return Hall().open("MM", cash=cash, standing=standing or maker())


@pytest.mark.requirement("M3")
@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (institution(), Reason.NOT_A_MAKER),
        (maker(filed=False), Reason.NOT_A_MAKER),
        (maker(), None),
        (maker(kind=AccountKind.MARKET_MAKER_GENERAL), None),
    ],
)
def test_makers_that_were_filed_quote_and_nobody_else(standing: Standing, reason: Reason | None) -> None:
    (report,) = quotes(floor(standing=standing).quote(PUT, "0.0690", "0.0710"))
    assert report.reason is reason
    assert report.status is (QuoteStatus.LIVE if reason is None else QuoteStatus.REFUSED)


@pytest.mark.requirement("M3", "O10")
def test_both_sides_are_held_at_once_and_given_back() -> None:
    # bid 0.0690 x 10000 + 3.00, ask margin 4255.60 + 1.40, five of each
    hall = floor()
    hall.quote(PUT, "0.0690", "0.0710")
    funds = hall.funds("MM")
    assert (funds.frozen_premium, funds.frozen_margin, funds.frozen_fee) == (
        yuan("3450.00"),
        yuan("21278.00"),
        yuan("22.00"),
    )
    (gone,) = quotes(hall.command("MM", CancelQuotes(contract_code=PUT)))
    assert (gone.status, gone.reason, gone.bid_quantity) == (QuoteStatus.CANCELLED, Reason.CANCELLED_BY_USER, 5)
    assert hall.funds("MM").frozen == 0
    (refused,) = hall.command("MM", CancelQuotes())
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.UNKNOWN_QUOTE
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("M5")
def test_money_for_one_side_is_not_enough_and_a_refused_quote_holds_nothing() -> None:
    hall = floor(cash="24749.99")
    before = hall.counter.picture()
    (refused,) = quotes(hall.quote(PUT, "0.0690", "0.0710"))
    assert (refused.reason, refused.reason_detail) == (Reason.FUNDS, "account 24750.00 | 24749.99")
    assert hall.funds("MM").frozen == 0
    assert len(before) < len(hall.counter.picture())
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("M3")
def test_a_quote_replaces_the_live_one_with_the_money_that_one_holds() -> None:
    hall = floor(cash="24750.00")
    hall.quote(PUT, "0.0690", "0.0710", quote_id="one")
    told = quotes(hall.quote(PUT, "0.0689", "0.0711", quote_id="two"))
    assert [(r.quote_id, r.status) for r in told] == [("one", QuoteStatus.REPLACED), ("two", QuoteStatus.LIVE)]
    assert hall.funds("MM").frozen_premium == yuan("3445.00")
    assert len(hall.exchange.resting_orders()) == 2
    # What the exchange refuses leaves the live one and its money
    (refused,) = quotes(hall.quote(PUT, "0.0689", "0.0689", quote_id="three"))
    assert refused.reason is Reason.QUOTE_CROSSED
    assert hall.funds("MM").frozen_premium == yuan("3445.00")
    (again,) = hall.quote(PUT, "0.0689", "0.0711", quote_id="two")
    assert isinstance(again, Refused)
    assert again.reason is Reason.DUPLICATE_QUOTE_ID
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("M3", "O10")
def test_sides_trade_under_their_own_ids_until_nothing_is_left() -> None:
    hall = floor()
    (live,) = quotes(hall.quote(PUT, "0.0690", "0.0710", quote_id="q"))
    hall.crowd(Side.SELL, PUT, 2, "0.0690")
    hall.crowd(Side.SELL, PUT, 3, "0.0690")
    hall.crowd(Side.BUY, PUT, 5, "0.0710")
    fills = [r for r in hall.reports("MM") if r.last_quantity]
    assert [(f.client_order_id, f.last_quantity) for f in fills] == [
        (live.bid_order, 2),
        (live.bid_order, 3),
        (live.ask_order, 5),
    ]
    assert [f.instruction for f in fills[1:]] == [Instruction.BUY_OPEN, Instruction.SELL_OPEN]
    last = hall.counter.reports_after("MM", 0)[-1]
    assert isinstance(last, QuoteReport)
    assert (last.status, last.bid_quantity, last.ask_quantity) == (QuoteStatus.FILLED, 0, 0)
    assert (hall.position(PUT, LONG, "MM").quantity, hall.position(PUT, SHORT, "MM").quantity) == (5, 5)
    assert hall.funds("MM").frozen == 0
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("M5")
def test_sides_that_close_need_the_position() -> None:
    carried = (Position(contract_code=PUT, side=LONG, quantity=5),)
    hall = Hall().open("MM", positions=carried, standing=maker())
    close: dict[str, Any] = {"ask_effect": PositionEffect.CLOSE}
    assert quotes(hall.quote(PUT, "0.0690", "0.0710", 6, **close))[0].reason is Reason.POSITION
    assert quotes(hall.quote(PUT, "0.0690", "0.0710", 5, **close))[0].reason is None
    assert quotes(hall.quote(PUT, "0.0691", "0.0711", 5, **close))[-1].reason is None
    assert hall.position(PUT, LONG, "MM").frozen_quantity == 5
    side = hall.counter.reports_after("MM", 0)[-1]
    assert isinstance(side, QuoteReport)
    (denied,) = hall.command("MM", CancelOrder(client_order_id=side.ask_order))
    assert isinstance(denied, OrderReport)
    assert denied.reason is Reason.QUOTE_SIDE


@pytest.mark.requirement("M3")
def test_many_contracts_in_one_message_are_taken_or_refused_each_on_its_own() -> None:
    hall = floor()

    def entry(code: str, bid: str, ask: str) -> QuoteEntry:
        return QuoteEntry(contract_code=code, bid_price=yuan(bid), bid_quantity=1, ask_price=yuan(ask), ask_quantity=1)

    entries = (
        entry(PUT, "0.0690", "0.0710"),
        entry("99999999", "0.0690", "0.0710"),
        entry(CHEAP_CALL, "0.00805", "0.0090"),
        entry(PUT, "0.0690", "0.0710"),
        entry(CHEAP_CALL, "NaN", "0.0090"),
    )
    told = quotes(hall.command("MM", SubmitQuotes(quote_id="m", entries=entries)))
    assert [r.reason for r in told] == [
        Reason.UNKNOWN_CONTRACT,
        Reason.PRICE_TICK,
        Reason.DUPLICATE_QUOTE_ID,
        Reason.DUPLICATE_QUOTE_ID,
        None,
    ]
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("M3")
def test_a_maker_that_is_frozen_has_no_quotes_left() -> None:
    hall = floor()
    hall.quote(PUT, "0.0690", "0.0710")
    standing = maker()
    rights = msgspec.structs.replace(standing, profile=_frozen(standing))
    (gone,) = quotes(hall.change("MM", rights))
    assert (gone.status, gone.reason) == (QuoteStatus.CANCELLED, Reason.NOT_A_MAKER)
    assert hall.exchange.resting_orders() == []


def _frozen(standing: Standing) -> AccountProfile:
    profile = standing.profile
    return replace(profile, rights=replace(profile.rights, state=AccountState.FROZEN))


@pytest.mark.requirement("M3")
def test_anybody_inquires_and_the_answer_names_the_inquiry() -> None:
    hall = floor().open("A")
    (report,) = hall.command("A", RequestQuote(request_id="r", contract_code=PUT, quantity=3))
    assert isinstance(report, InquiryReport)
    assert (report.reason, report.inquiry > 0) == (None, True)
    entry = QuoteEntry(
        contract_code=PUT, bid_price=yuan("0.0690"), bid_quantity=3, ask_price=yuan("0.0710"), ask_quantity=3
    )
    (live,) = hall.command("MM", SubmitQuotes(quote_id="q", entries=(entry,), inquiry=report.inquiry))
    assert isinstance(live, QuoteReport)
    assert (live.status, live.inquiry) == (QuoteStatus.LIVE, report.inquiry)
    (soon,) = hall.command("A", RequestQuote(request_id="s", contract_code=PUT))
    assert isinstance(soon, InquiryReport)
    assert soon.reason is Reason.INQUIRY_INTERVAL
    twice, first = hall.command("A", RequestQuote(request_id="r", contract_code=PUT))
    assert isinstance(twice, Refused)
    assert first == report
    (unknown,) = hall.command("A", RequestQuote(request_id="u", contract_code="1"))
    assert isinstance(unknown, InquiryReport)
    assert unknown.reason is Reason.UNKNOWN_CONTRACT
    assert hall.restarted().picture() == hall.counter.picture()


@pytest.mark.requirement("M3")
@pytest.mark.fault("F52")
def test_quotes_makers_and_inquiries_are_there_after_a_restart() -> None:
    hall = floor()
    hall.quote(PUT, "0.0690", "0.0710", quote_id="q")
    hall.command("MM", RequestQuote(request_id="r", contract_code=CHEAP_CALL))
    # This one never reached the exchange
    result = hall.counter.handle("MM", SubmitQuotes(quote_id="late", entries=(_cheap(),)), hall.now)
    hall.journal += result.entries
    hall.counter = hall.restarted()
    hall.exchange = Exchange(hall.rules, hall.day, UNDERLYINGS, CONTRACTS)
    hall.exchange.handle(AdvanceTime(), hall.now)
    hall.exchange.restore(hall.counter.working_orders(), 1, hall.counter.quoting_state())
    assert [q.quote_id for q in hall.exchange.quoting_state().quotes] == [1]
    assert len(hall.exchange.quoting_state().inquiries) == 1
    told = quotes(hall.take(hall.counter.resume(hall.now)))
    assert [(r.quote_id, r.status) for r in told] == [("late", QuoteStatus.LIVE)]
    assert quotes(hall.quote(PUT, "0.0689", "0.0711"))[0].status is QuoteStatus.REPLACED
    assert hall.restarted().picture() == hall.counter.picture()


def _cheap() -> QuoteEntry:
    return QuoteEntry(
        contract_code=CHEAP_CALL, bid_price=yuan("0.0070"), bid_quantity=1, ask_price=yuan("0.0090"), ask_quantity=1
    )


def test_what_is_said_of_the_crowds_inquiries_is_passed_over() -> None:
    hall = floor()
    event = InquiryPublished(7, 3, INSTRUMENTS[PUT], 1)
    assert hall.counter.on_exchange(event, hall.now).entries == []


def test_all_quotes_are_gone_when_orders_end() -> None:
    hall = floor().open("A")
    hall.quote(PUT, "0.0690", "0.0710")
    hall.submit(Instruction.BUY_OPEN, CHEAP_CALL, 1, "0.0010", order_type=OrderType.LIMIT)
    hall.at(15, 0)
    last = hall.counter.reports_after("MM", 0)[-1]
    assert isinstance(last, QuoteReport)
    assert (last.status, last.reason) == (QuoteStatus.CANCELLED, Reason.DAY_ENDED)
    assert hall.funds("MM").frozen == hall.funds("A").frozen == 0
