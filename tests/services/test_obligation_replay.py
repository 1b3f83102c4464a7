"""A journal counts like the day it was written on, whatever happened; own quotes step by step."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings

from terminal.domain.account_rights import AccountKind
from terminal.domain.errors import BadInput, JournalError
from terminal.domain.messages import InquiryOpened, SubmitQuotes
from terminal.domain.orders import Instruction
from terminal.domain.phases import Phase
from terminal.domain.ports import RecordKind
from terminal.domain.quotes import QuoteEntry, QuoteStatus
from terminal.domain.reasons import Reason
from terminal.rules.obligations.inquiries import AnswerEnd
from terminal.rules.obligations.validity import ExemptCause
from terminal.services.bus import Bus
from terminal.services.events import AccountChanged, DayBegan
from terminal.services.inquiries import INQUIRY_LIMIT
from terminal.services.obligation_records import DaySteps, ExemptionTold, days_of, decode_told, encode_told
from terminal.services.own_quotes import OwnQuotes, OwnQuoteState
from terminal.services.quoting_day import score_day, score_days
from tests.harness import CALL, DAY, PUT
from tests.services.obligation_desk import MOVES, START, Hand, Ledger, at, played, sessions, terms_of, traded

CANCELLED, FILLED = QuoteStatus.CANCELLED, QuoteStatus.FILLED


@pytest.mark.requirement("X1", "X10")
@pytest.mark.fault("F51")
@settings(max_examples=60)
@given(MOVES)
def test_fed_again_from_the_journal_it_counts_the_same(moves: list[tuple[str, int]]) -> None:
    hand, end = played(moves)
    ledger = hand.ledger
    hand.now = end + timedelta(minutes=3)
    again = Hand(Ledger())
    again.obligations.restore(ledger.records)
    again.open()
    again.now = hand.now
    assert again.picture() == hand.picture()
    assert again.obligations.by_hand.all == hand.obligations.by_hand.all
    assert again.own.live(CALL) == hand.own.live(CALL)
    # ... and goes on alike, writing what is new only
    assert again.ledger.records == []
    report = ledger.quoted(hand.now, quote_id="after")
    for one in (hand, again):
        one.bus.publish(report)
        one.now += timedelta(seconds=30)
    assert again.picture() == hand.picture()


@pytest.mark.requirement("X1")
def test_reports_before_the_account_is_known_are_counted_when_it_is() -> None:
    ledger = Ledger()
    hand = Hand(ledger)
    hand.kind = AccountKind.INSTITUTION
    hand.open()
    hand.bus.publish(ledger.quoted("09:30:10"))
    hand.bus.publish(InquiryOpened(inquiry=1, contract_code=CALL, at=at("09:30:20")))
    assert hand.obligations.measure is None
    hand.kind = AccountKind.MARKET_MAKER_PRIMARY
    hand.bus.publish(AccountChanged())
    hand.now = at("09:31:00")
    figures = hand.obligations.figures()
    assert figures is not None
    place = figures.place(CALL)
    assert place is not None
    assert (figures.compliant[place], figures.missed[place]) == (50.0, 10.0)
    assert len(hand.obligations.inquiry_results()) == 1
    again = Hand(Ledger())
    again.obligations.restore(ledger.records)
    again.open()
    again.now = hand.now
    assert again.picture() == hand.picture()


def test_a_desk_that_restored_reports_alone_counts_them_too() -> None:
    ledger = Ledger()
    ledger.quoted("09:30:10")
    hand = Hand(ledger)
    hand.obligations.restore(ledger.records)
    hand.open()
    hand.now = at("09:31:00")
    figures = hand.obligations.figures()
    assert figures is not None
    assert figures.compliant.sum() == 50.0


@pytest.mark.requirement("X1")
@pytest.mark.fault("F34")
def test_a_breaker_that_lasts_over_a_restart_ends_by_the_market() -> None:
    ledger = Ledger()
    hand = Hand(ledger).open()
    hand.phase(Phase.BREAKER, at("09:30:10"))
    again = Hand(Ledger())
    again.obligations.restore(ledger.records)
    again.open()
    assert again.obligations.measure is not None
    assert again.obligations.measure.causes(CALL) == (ExemptCause.BREAKER,)
    for one in (hand, again):
        one.phase(Phase.CONTINUOUS, at("09:30:40"))
        one.now = at("09:31:00")
    assert again.picture() == hand.picture()
    figures = again.obligations.figures()
    assert figures is not None
    assert figures.exempt_by(ExemptCause.BREAKER)[figures.place(CALL)] == 30.0


@pytest.mark.requirement("X10")
def test_days_and_books_are_kept_apart() -> None:
    ledger = Ledger()
    ledger.write(RecordKind.BOOK, at("00:00:00"), b"old")
    ledger.quoted("09:31:00")
    ledger.write(RecordKind.BOOK, at("00:00:00"), b"new")
    ledger.sequence = 0
    Hand(ledger).open()
    ledger.quoted("09:40:00", quote_id="second")
    tomorrow = date(2026, 3, 3)
    ledger.sequence = 0
    ledger.quoted("09:30:00", day=tomorrow)
    first, last = days_of(ledger.records)
    assert (first.trading_day, last.trading_day, len(first.steps), last.told) == (DAY, tomorrow, 2, None)
    result = score_day(first, terms_of("sse_generic"), sessions())
    assert result.figures.compliant.sum() == 14_220 - 600
    assert [day.trading_day for day in score_days(ledger.records, terms_of("hkex"), sessions(), DAY, tomorrow)] == [DAY]
    with pytest.raises(BadInput, match="trading day"):
        score_day(last, terms_of("sse_generic"), sessions())
    with pytest.raises(JournalError, match="obligation"):
        decode_told(b"\xc1")


def test_deltas_are_written_down_where_the_terms_turn_on_them() -> None:
    ledger = Ledger()
    hand = Hand(ledger, "deribit").open()
    written = len(ledger.records)
    hand.obligations.set_deltas({CALL: 0.954, PUT: -0.4, "10009999": 0.5})
    hand.obligations.set_deltas({CALL: 0.951, PUT: float("nan")})
    assert len(ledger.records) == written + 1
    hand.now = at("09:31:00")
    figures = hand.obligations.figures()
    assert figures is not None
    assert figures.exempt_by(ExemptCause.DELTA)[figures.place(CALL)] == 60.0
    generic = Hand(Ledger()).open()
    generic.obligations.set_deltas({CALL: 0.95})
    assert len(generic.ledger.records) == 1
    again = Hand(Ledger(), "deribit")
    again.obligations.restore(ledger.records)
    again.open().now = hand.now
    assert again.picture() == hand.picture()


@pytest.mark.requirement("M3")
def test_a_quote_enters_is_accepted_trades_and_ends() -> None:
    ledger, own = Ledger(), OwnQuotes(Bus())
    entry = QuoteEntry(
        contract_code=CALL,
        bid_price=Decimal("0.46"),
        bid_quantity=10,
        ask_price=Decimal("0.47"),
        ask_quantity=10,
    )
    assert own.newest(CALL) is None
    own.note_entering(SubmitQuotes(quote_id="a", entries=(entry,)), START)
    entering = own.newest(CALL)
    assert entering is not None
    assert (entering.state, entering.status) == (OwnQuoteState.ENTERING, None)
    refused = ledger.quoted("09:30:00", quote_id="a", status=QuoteStatus.REFUSED, reason=Reason.FUNDS)
    step = own.apply(refused)
    assert step is not None
    assert not step.in_book
    told = own.newest(CALL)
    assert told is not None
    assert (told.state, told.status, told.reason) == (OwnQuoteState.ENDED, QuoteStatus.REFUSED, Reason.FUNDS)
    step = own.apply(ledger.quoted("09:30:01", quote_id="b"))
    assert step is not None
    own.apply(ledger.quoted("09:30:01", quote_id="c", status=QuoteStatus.REFUSED))
    assert own.live(CALL) is not None
    assert own.quoted(CALL) == (4600, 10, 4700, 10, "b")
    trade = traded(ledger, f"b-{CALL}-S", 0, 10, timedelta(seconds=2), Instruction.SELL_OPEN)
    step = own.apply(trade)
    assert step is not None
    assert (step.filled, step.end, own.levels(CALL)) == (True, AnswerEnd.FILLED, ([(4600, 10)], []))
    assert own.quoted(CALL) == (4600, 10, 0, 0, "b")
    assert own.apply(trade) is None
    assert own.apply(ledger.quoted("09:30:03", quote_id="a", status=CANCELLED)) is None
    step = own.apply(ledger.quoted("09:30:03", quote_id="b", status=FILLED))
    assert step is not None
    assert (step.end, own.live(CALL), own.codes()) == (AnswerEnd.FILLED, None, [])
    assert own.quoted(CALL) == own.quoted(PUT) == (0, 0, 0, 0, "")


@pytest.mark.parametrize(
    ("reason", "end"),
    [
        (Reason.CANCELLED_BY_USER, AnswerEnd.CANCELLED),
        (Reason.CANCELLED_ON_DISCONNECT, AnswerEnd.DISCONNECTED),
        (Reason.SELF_TRADE, AnswerEnd.VENUE),
    ],
)
def test_what_ended_a_quote_is_told_by_the_venues_reason(reason: Reason, end: AnswerEnd) -> None:
    ledger, own = Ledger(), OwnQuotes()
    own.apply(ledger.quoted("09:30:01", quote_id="b"))
    step = own.apply(ledger.quoted("09:30:02", quote_id="b", status=CANCELLED, reason=reason))
    assert step is not None
    assert step.end is end


def test_another_day_forgets_quotes_inquiries_and_figures() -> None:
    ledger = Ledger()
    hand = Hand(ledger).open()
    hand.bus.publish(ledger.quoted("09:30:00"))
    for number in range(INQUIRY_LIMIT + 1):
        hand.bus.publish(InquiryOpened(inquiry=number, contract_code=CALL, at=START))
    assert len(hand.inquiries.all) == INQUIRY_LIMIT
    assert hand.inquiries.waiting(at("09:30:20")) == ()
    hand.bus.publish(DayBegan(date(2026, 3, 3)))
    assert (hand.own.codes(), hand.inquiries.all, hand.obligations.measure) == ([], (), None)


def test_an_unknown_step_of_a_day_changes_nothing() -> None:
    told = ExemptionTold(at=START, codes=("10009999",), cause=ExemptCause.HALT, holds=True)
    assert decode_told(encode_told(told)) == told
    ledger = Ledger()
    Hand(ledger).open()
    (day,) = days_of(ledger.records)
    day = DaySteps(day.trading_day, [*day.steps, told])
    assert score_day(day, terms_of("sse_generic"), sessions()).figures.exempt.sum() == 0.0
