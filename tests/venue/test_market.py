"""Exchange, counter and crowd together: entries and reports in step, and the same seed is the same day."""

from datetime import timedelta
from decimal import Decimal

import pytest

from terminal.domain.messages import CancelOrder, OrderReport, OrderUnknown, QueryOrder, SubmitOrder
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.book import BookHeader, open_market, picture_of
from terminal.venue.counter.counter import FIRST_PARTICIPANT
from terminal.venue.counter.entries import OrderAccepted, OrderTaken, OrderTraded
from terminal.venue.exchange.messages import RegisterMaker, RequestQuote
from terminal.venue.market import Market, Outcome
from tests.harness import CALL, DAY, FUND, START, market_settings
from tests.venue.counter.market import profile
from tests.venue.test_book import HEADER, opened


def buy(client_order_id: str, price: str, quantity: int = 3) -> SubmitOrder:
    return SubmitOrder(
        client_order_id=client_order_id,
        contract_code=CALL,
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=quantity,
        price=Decimal(price),
    )


def test_an_order_leaves_entries_reports_and_a_print_in_step() -> None:
    market, _ = opened()
    market.command("A1", buy("a", "0.4630"), market.now)
    assert [type(e) for e in market.outcome.entries] == [OrderTaken, OrderAccepted, OrderTraded]
    told = [(account, r.exec_type) for account, r in market.outcome.reports if isinstance(r, OrderReport)]
    assert told == [("A1", ExecType.ACKNOWLEDGED), ("A1", ExecType.TRADE)]
    assert [(t.price, t.quantity, t.aggressor) for t in market.outcome.trades] == [(4630, 3, "B")]
    assert market.marks()[CALL] == Decimal("0.4630")
    # The crowd knows that its order is smaller now
    resting = {o.order_id: o.leaves for o in market.exchange.resting_orders() if o.participant < 1000}
    assert dict(market.crowd.working_orders()) == resting
    market.outcome.clear()
    assert market.outcome == Outcome()


def test_a_query_answers_with_the_newest_report_or_that_the_order_is_unknown() -> None:
    market, _ = opened()
    market.command("A1", buy("a", "0.4000"), market.now)
    market.outcome.clear()
    market.command("A1", QueryOrder(client_order_id="a"), market.now)
    market.command("A1", QueryOrder(client_order_id="b"), market.now)
    (_, known), (_, unknown) = market.outcome.reports
    assert isinstance(known, OrderReport)
    assert known.exec_type is ExecType.ACKNOWLEDGED
    assert isinstance(unknown, OrderUnknown)
    assert market.outcome.entries == []


@pytest.mark.fault("F01")
def test_orders_of_an_absent_desk_are_cancelled_with_that_reason_and_counted() -> None:
    market, _ = opened()
    market.command("A1", buy("a", "0.4000"), market.now)
    market.command("A1", buy("b", "0.4000"), market.now)
    market.outcome.clear()
    assert market.cancel_for_absent("A1") == 2
    reasons = [r.reason for _, r in market.outcome.reports if isinstance(r, OrderReport)]
    assert reasons == [Reason.CANCELLED_ON_DISCONNECT] * 2
    assert market.cancel_for_absent("A1") == 0


def test_outside_order_entry_absent_orders_are_counted_and_left() -> None:
    market, _ = opened()
    market.command("A1", buy("a", "0.4000"), market.now)
    market.outcome.clear()
    market.now = market.now.replace(hour=12)
    assert market.phase is Phase.LUNCH
    assert market.cancel_for_absent("A1") == 1
    assert market.outcome.reports == []


def test_a_command_never_goes_back_in_time() -> None:
    market, _ = opened()
    market.advance(START + timedelta(seconds=5), 0.5, 100)
    market.outcome.clear()
    market.command("A1", buy("a", "0.1700"), START)
    report = market.outcome.reports[0][1]
    assert isinstance(report, OrderReport)
    assert report.at == START + timedelta(seconds=5)


def test_the_day_closes_with_every_order_ended() -> None:
    market, _ = opened()
    market.command("A1", buy("a", "0.1700"), market.now)
    market.outcome.clear()
    assert not market.is_over
    market.touch_clock(START.replace(hour=15, minute=0, second=0))
    assert market.phase is Phase.AFTER_CLOSE
    assert not market.is_over
    assert not market.outcome.closed
    market.touch_clock(START.replace(hour=15, minute=30, second=0))
    assert market.is_over
    assert market.outcome.closed
    reasons = [r.reason for _, r in market.outcome.reports if isinstance(r, OrderReport)]
    assert reasons == [Reason.DAY_ENDED]
    assert market.exchange.resting_orders() == []


def _played(header: BookHeader, seconds: int) -> Market:
    market = open_market(header, profile(), market_settings())
    market.counter.open_account("A1", Decimal("1000000.00"), {FUND: 100_000})
    for second in range(seconds):
        if second % 5 == 0:
            market.command("A1", buy(f"o{second}", "0.4630"), market.now)
        if second % 7 == 0:
            market.command("A1", CancelOrder(client_order_id=f"o{second}"), market.now)
        market.advance(START + timedelta(seconds=second + 1), 0.1, 20)
    return market


def test_one_seed_is_one_day() -> None:
    first, second = _played(HEADER, 40), _played(HEADER, 40)
    assert picture_of(first) == picture_of(second)
    assert first.counter.picture() == second.counter.picture()
    assert first.outcome.trades == second.outcome.trades
    assert first.outcome.trades
    assert first.trading_day == DAY


@pytest.mark.requirement("M3")
def test_an_inquiry_goes_to_the_accounts_that_may_quote_and_to_nobody_else() -> None:
    market, _ = opened()
    market.counter.open_account("A2", Decimal("1000000.00"), {})
    market.instruct(RegisterMaker(FIRST_PARTICIPANT + 1, (FUND,)))
    quiet = next(n for n in range(2, 2 + len(market.contracts)) if not market.exchange.resting_orders(n))
    market.instruct(RequestQuote(1, FIRST_PARTICIPANT, quiet))
    ((inquiry, accounts),) = market.outcome.inquiries
    assert (inquiry.inquiry, accounts) == (1, ("A2",))
    # Who asks is no account of its own, and a number that is nobody's is passed over
    assert market.counter.account_of(FIRST_PARTICIPANT + 2) is None
    assert market.counter.account_of(1) is None


def test_settlement_finds_what_the_end_of_orders_left() -> None:
    market, _ = opened()
    market.touch_clock(START.replace(hour=15, minute=0, second=0))
    (close, *_) = market.contract_closes()
    assert (close.contract.code, close.auction_price) == (CALL, None)
    assert (close.last_bid, close.last_ask) == (Decimal("0.4620"), Decimal("0.4630"))
