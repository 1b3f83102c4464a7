"""What an instructor may let happen, on the embedded market: prices, books, halts, breakers, accounts; never twice."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from terminal.domain.account_rights import Restriction
from terminal.domain.class_events import check_event
from terminal.domain.errors import BadInput
from terminal.domain.market_data import Column
from terminal.domain.messages import ClassEvent, ClassEventKind, DayOpened, EventInjected, InstructionReport
from terminal.domain.phases import Phase
from terminal.resources import resource_folder
from terminal.venue.book import BookHeader, decode_picture, open_market, picture_of, resume_market, with_injected
from terminal.venue.class_events import carry_out, open_class
from terminal.venue.class_plan import RestrictedMonth, with_restrictions
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.standing import STANDARD
from terminal.venue.disturbances import Disturbances
from terminal.venue.market import Market
from terminal.venue_source import VenueFiles, VenueRequest, first_header, read_files, scenario_files

pytestmark = pytest.mark.requirement("X8")
SCENARIO = resource_folder() / "scenarios" / "forced_close.toml"
EXPIRY = date(2026, 11, 25)
FUND = "510050"
K = ClassEventKind


def files_and_header() -> tuple[VenueFiles, BookHeader]:
    """The day of a scenario with short puts, at 09:35."""
    request = VenueRequest(profile="sse_2025", seed=1, speed=0.0, scenario=SCENARIO)
    files = read_files(request, None)
    header = first_header(request, files, EXPIRY)
    return scenario_files(files, SCENARIO.read_text("utf-8"), SCENARIO.name), header


class Class:
    """A market at its first moment, and what was done to it."""

    def __init__(self) -> None:
        self.files, self.header = files_and_header()
        self.market: Market = open_market(self.header, self.files.profile, self.files.settings)
        assert self.header.plan is not None
        open_class(self.market, self.header.plan, lambda name: STANDARD)
        self.entries: list[JournalEntry] = []
        self.injected: list[EventInjected] = []
        self.take()

    def take(self) -> None:
        """Keep the entries as a journal does."""
        self.entries += self.market.outcome.entries
        self.market.outcome.clear()

    def do(self, kind: ClassEventKind, **figures: Any) -> None:
        """Let something happen."""
        event = ClassEvent(kind=kind, **figures)
        carry_out(self.market, event, len(self.injected) + 1)
        self.injected.append(EventInjected(number=len(self.injected) + 1, at=self.market.now, event=event))

    def play(self, seconds: float) -> None:
        """Let time pass."""
        self.market.advance(self.market.now + timedelta(seconds=seconds), 1.0, 10_000)

    def row(self, code: str) -> list[int]:
        """Quotes of an instrument."""
        codes = [u.code for u in self.market.underlyings] + [c.code for c in self.market.contracts]
        found: list[int] = self.market.exchange.quote_rows([codes.index(code)])[0].tolist()
        return found

    def price(self) -> float:
        """The fund's price."""
        return float(self.market.crowd.paths.prices[0])

    def contract(self, trading_code: str) -> str:
        """A contract code."""
        return next(c.code for c in self.market.contracts if c.trading_code == trading_code)


def test_prices_jump_and_are_led_to_where_they_should_be() -> None:
    world = Class()
    before = world.price()
    world.do(K.GAP, underlying=FUND, move=-0.02)
    assert world.price() == pytest.approx(before * 0.98)
    world.do(K.DRIFT, underlying=FUND, price=Decimal("3.050"), seconds=600.0)
    world.play(600)
    assert world.price() == pytest.approx(3.05, rel=0.004)
    level = world.market.crowd.surface.level.copy()
    world.do(K.VOLATILITY, underlying=FUND, move=0.5)
    assert (world.market.crowd.surface.level - level).tolist() == pytest.approx([0.5] * len(level))


def test_the_crowd_leaves_and_comes_back() -> None:
    world = Class()
    code = world.contract("510050P2611M03000")
    assert world.row(code)[Column.BID_PRICE] > 0
    world.do(K.THIN, underlying=FUND, seconds=30.0)
    assert world.row(code)[Column.BID_PRICE] == 0
    world.play(20)
    assert world.row(code)[Column.ASK_PRICE] == 0
    world.play(20)
    assert world.row(code)[Column.BID_PRICE] > 0
    assert world.row(code)[Column.ASK_PRICE] > 0


def test_a_breaker_is_tripped_by_the_exchanges_own_rule_and_ends_after_three_minutes() -> None:
    """Rulebook 2.6: 50 % and 10 ticks from the reference price, a call auction of 3 minutes."""
    world = Class()
    code = world.contract("510050C2611M03100")
    number = len(world.market.underlyings) + [c.code for c in world.market.contracts].index(code)
    below, above = world.market.exchange.breaker_prices(number)
    assert below < world.row(code)[Column.LAST] < above or world.row(code)[Column.LAST] == 0
    world.do(K.BREAKER, code=code, move=1.0)
    assert world.market.exchange.phase_of(number) is Phase.BREAKER
    world.play(179)
    assert world.market.exchange.phase_of(number) is Phase.BREAKER
    world.play(5)
    assert world.market.exchange.phase_of(number) is Phase.CONTINUOUS


def test_one_contract_is_halted_alone_and_with_its_underlying() -> None:
    world = Class()
    one, other = world.contract("510050C2611M03100"), world.contract("510050P2611M03100")
    first = len(world.market.underlyings)
    numbers = [first + [c.code for c in world.market.contracts].index(code) for code in (one, other)]

    def phases() -> list[Phase]:
        return [world.market.exchange.phase_of(number) for number in numbers]

    world.do(K.SUSPEND, underlying=FUND, code=one)
    assert phases() == [Phase.HALTED, Phase.CONTINUOUS]
    world.do(K.RESUME, underlying=FUND, code=one)
    assert phases() == [Phase.CONTINUOUS, Phase.CONTINUOUS]
    world.do(K.SUSPEND, underlying=FUND)
    assert phases() == [Phase.HALTED, Phase.HALTED]
    world.do(K.RESUME, underlying=FUND, code=one)
    assert phases() == [Phase.HALTED, Phase.HALTED]
    world.do(K.RESUME, underlying=FUND)
    assert phases() == [Phase.CONTINUOUS, Phase.CONTINUOUS]


def test_the_broker_calls_restricts_and_closes() -> None:
    world = Class()
    code = world.contract("510050P2611M03000")
    world.do(K.MARGIN_CALL, account_id="L3", amount=Decimal("30000"))
    told = [report for _, report in world.market.outcome.reports if isinstance(report, InstructionReport)]
    assert [(report.amount, report.asked) for report in told] == [(Decimal(30000), False)]
    assert world.market.counter.account_report("L3", world.market.now).funds.margin_call == Decimal(30000)
    world.do(K.ACCOUNT, account_id="L3", count=int(Restriction.SELL_OPEN))
    assert world.market.counter.standing("L3").profile.rights.restrictions is Restriction.SELL_OPEN
    world.do(K.CASH, account_id="L3", amount=Decimal("1000"))
    world.do(K.FORCED_CLOSE, account_id="L3", code=code, count=5)
    held = {p.contract_code: p.quantity for p in world.market.counter.account_report("L3", world.market.now).positions}
    assert held[code] == 25
    with pytest.raises(BadInput, match="one that is in the class"):
        world.do(K.MARGIN_CALL, account_id="NOBODY", amount=Decimal(1))


def test_inquiries_go_to_the_makers_where_a_quote_is_needed() -> None:
    world = Class()
    world.do(K.INQUIRY, underlying=FUND, count=12)
    published = world.market.outcome.inquiries
    assert 1 <= len(published) <= 12


def test_restrictions_hold_from_the_next_day_for_calls_of_the_month_alone() -> None:
    """Rulebook 5.3: published at the day's end, no buy-open and no sell-open of those calls on the next day."""
    world = Class()
    event = ClassEvent(kind=K.RESTRICT, underlying=FUND, day=EXPIRY)
    record = EventInjected(number=1, at=world.market.now, event=event)
    header = with_injected(world.header, [record])
    assert header.plan is not None
    assert header.plan.restricted == (RestrictedMonth(underlying=FUND, expiry=EXPIRY),)
    listed: DayOpened = with_restrictions(header.day, header.plan.restricted)
    closed = {c.trading_code[:11] for c in listed.contracts if c.opening_restricted}
    assert closed == {"510050C2611"}
    lifted = EventInjected(number=2, at=world.market.now, event=ClassEvent(kind=K.LIFT, underlying=FUND, day=EXPIRY))
    again = with_injected(header, [lifted])
    assert again.plan is not None
    assert again.plan.restricted == ()


def test_a_venue_that_comes_back_has_the_same_books_and_a_market_behind_every_event() -> None:
    world = Class()
    picture = decode_picture(picture_of(world.market, 0))
    world.do(K.GAP, underlying=FUND, move=-0.03)
    world.do(K.SUSPEND, underlying=FUND)
    world.do(K.MARGIN_CALL, account_id="L3", amount=Decimal("30000"))
    world.take()
    again = resume_market(
        world.header, world.files.profile, world.files.settings, world.entries, picture, injected=world.injected
    )
    assert again.counter.picture() == world.market.counter.picture()
    assert again.crowd.paths.prices.tolist() == world.market.crowd.paths.prices.tolist()
    assert next(message.code for message in again.interruptions()) == FUND
    newer = decode_picture(picture_of(world.market, 3))
    twice = resume_market(
        world.header, world.files.profile, world.files.settings, world.entries, newer, injected=world.injected
    )
    assert twice.crowd.paths.prices.tolist() == world.market.crowd.paths.prices.tolist()


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (ClassEvent(kind=K.GAP, underlying=FUND), "move"),
        (ClassEvent(kind=K.GAP, underlying=FUND, move=0.9), "move"),
        (ClassEvent(kind=K.GAP, underlying=FUND, move=float("nan")), "move"),
        (ClassEvent(kind=K.DRIFT, underlying=FUND, price=Decimal(-1), seconds=1.0), "price"),
        (ClassEvent(kind=K.FEED_LOSS, seconds=float("inf")), "seconds"),
        (ClassEvent(kind=K.DIVIDEND, underlying=FUND, amount=Decimal(-1), day=EXPIRY), "amount"),
        (ClassEvent(kind=K.MARGIN_CALL, account_id="L3", amount=Decimal("NaN")), "amount"),
        (ClassEvent(kind=K.MESSAGE), "text"),
    ],
)
def test_an_event_that_lacks_something_or_cannot_be_is_refused(event: ClassEvent, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_event(event)
    assert caught.value.field == field


def test_disturbances_follow_from_what_was_injected_and_end_by_themselves() -> None:
    world = Class()
    at = world.market.now

    def record(kind: ClassEventKind, seconds: float, **more: Any) -> EventInjected:
        return EventInjected(number=1, at=at, event=ClassEvent(kind=kind, seconds=seconds, **more))

    lines = Disturbances(
        [record(K.FEED_LOSS, 10.0), record(K.ACK_DELAY, 20.0), record(K.LINE_CUT, 30.0, account_id="L3")]
    )
    late = at + timedelta(seconds=15)
    assert lines.has_no_feed(at)
    assert not lines.has_no_feed(late)
    assert lines.holds_reports(late)
    assert lines.is_cut("L3", late)
    assert not lines.is_cut("L2", late)
    assert lines.ends(at) == [at + timedelta(seconds=s) for s in (10, 20, 30)]
    slow = Disturbances([record(K.FEED_DELAY, 10.0, lag=3.0)])
    assert slow.lag(at) == timedelta(seconds=3)
    assert slow.lag(late) == timedelta(0)
