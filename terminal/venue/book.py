"""One venue book: the day it trades, and how a market is built from it, fresh or after a crash. Pure.

A book is what a journal holds: a header (the instrument list, the seed), the counter's entries, and beside them the
newest picture of the market. The accounts come back exactly, by their entries; the market comes back as it was at the
newest picture, with the desks' resting orders as the counter knows them.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.errors import JournalError, LinkError, shown
from terminal.domain.messages import DayOpened, EventInjected
from terminal.domain.phases import Phase
from terminal.rules.listing import Dividend
from terminal.rules.profile import Profile
from terminal.rules.sessions import DaySchedule
from terminal.venue.class_events import catch_up
from terminal.venue.class_plan import ClassPlan, dividends_announced, restricted_after
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.entries import JournalEntry, OrderTraded
from terminal.venue.crowd.adoption import BookLevels
from terminal.venue.crowd.crowd import Crowd
from terminal.venue.crowd.order_entry import FIRST_OUTSIDER
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.dividends import ComingDividend
from terminal.venue.exchange.exchange import Exchange, QuotingState
from terminal.venue.exchange.messages import OpeningState, RestingOrder
from terminal.venue.market import Market

#: From the first boundary of the day to the first continuous trade
_OPENING = timedelta(minutes=16)
_RUN_UP = timedelta(minutes=5)
_COARSE_SECONDS = 30.0
_NO_LIMIT = 1 << 30


class BookHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What one day of a book was opened with."""

    book_id: str
    day: DayOpened
    profile: str
    seed: int
    start: datetime
    levels: dict[str, BookLevels] = {}
    """Books of a chain file by contract code, taken over as the crowd's own"""
    spots: dict[str, Decimal] = {}
    """Prices of the underlyings that belong to `levels`"""
    statistics: tuple[OpeningState, ...] = ()
    closes: tuple[tuple[date, dict[str, Decimal]], ...] = ()
    """Closes of the underlyings on the days before, oldest first: what was listed then stays listed"""
    dividends: tuple[Dividend, ...] = ()
    """Ex-days that lie behind: the terms they adjusted stay"""
    coming_dividends: tuple[ComingDividend, ...] = ()
    """Announced, ex-day still ahead"""
    plan: ClassPlan | None = None
    """The scenario it plays"""


class MarketPicture(msgspec.Struct, frozen=True, kw_only=True):
    """The market at one moment; the newest counts."""

    at: datetime
    next_trade_id: int
    instruments: tuple[OpeningState, ...]
    crowd: bytes
    crowd_orders: tuple[RestingOrder, ...]
    """Sides of its quotes included"""
    quoting: QuotingState
    """Everybody's: an account's quote comes back when the counter knows its sides"""
    injected: int = 0
    """Events of a class that it shows"""


_headers = msgspec.msgpack.Decoder(BookHeader)
_pictures = msgspec.msgpack.Decoder(MarketPicture)


def decode_header(body: bytes) -> BookHeader:
    """Read a header. Raises JournalError for anything else."""
    try:
        return _headers.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise JournalError(f"not the header of a venue book: {shown(error)}") from error


def decode_picture(body: bytes) -> MarketPicture:
    """Read a picture. Raises JournalError for anything else."""
    try:
        return _pictures.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError) as error:
        raise JournalError(f"not a picture of the market: {shown(error)}") from error


def open_market(
    header: BookHeader, profile: Profile, settings: MarketSettings, calendar: TradingCalendar | None = None
) -> Market:
    """A market at the beginning of its day, or in the middle of it when the header's start lies there.

    Without a calendar the counter takes every weekday for a trading day.
    """
    if header.levels:
        market = _build(header, profile, settings, header.statistics, header.start, calendar)
        market.touch_clock(header.start)
        market.adopt(header.levels, header.spots)
    else:
        schedule = DaySchedule.of(profile.sessions, header.day.trading_day)
        begin = schedule.boundaries[0]
        market = _build(header, profile, settings, header.statistics, min(begin, header.start), calendar)
        _play_up_to(market, header.start)
    # Nobody was there yet: what happened before the start is no news
    market.outcome.clear()
    return market


def _play_up_to(market: Market, start: datetime) -> None:
    """Play the opening auction and the last minutes before `start` in coarse steps."""
    auction_end = min(start, market.now + _OPENING)
    market.advance(auction_end, _COARSE_SECONDS, _NO_LIMIT)
    market.touch_clock(max(auction_end, start - _RUN_UP))
    if market.phase in (Phase.CONTINUOUS, Phase.CLOSING_AUCTION):
        market.fill_books()
    market.advance(start, _COARSE_SECONDS, _NO_LIMIT)
    market.touch_clock(start)


def resume_market(
    header: BookHeader,
    profile: Profile,
    settings: MarketSettings,
    entries: Sequence[JournalEntry],
    picture: MarketPicture | None,
    calendar: TradingCalendar | None = None,
    injected: Sequence[EventInjected] = (),
) -> Market:
    """The market of a book whose process was killed: accounts by their entries, the rest by the newest picture.

    What the restart cut in two is finished at once; the caller finds it in the outcome. A picture of another day, as
    a new day finds it before its own first one, is passed over.
    """
    if picture is not None and picture.at.astimezone(SHANGHAI).date() != header.day.trading_day:
        picture = None
    if picture is None:
        market = open_market(header, profile, settings, calendar)
    else:
        market = _build(header, profile, settings, picture.instruments, picture.at, calendar)
    market.saw_whole_day = False
    counter = market.counter
    counter.restore(entries)
    newest = max((at for e in entries if (at := getattr(e, "at", None)) is not None), default=market.now)
    market.touch_clock(max(market.now, newest))
    if market.phase is Phase.CLOSED:
        return market
    # The crowd's orders first: they were there when the picture was taken, and the desks' own follow in their order
    resting = [*(picture.crowd_orders if picture else ()), *counter.working_orders()]
    trades = max((e.trade_id for e in entries if isinstance(e, OrderTraded)), default=0)
    quoting = _quoting(picture, counter.quoting_state())
    market.exchange.restore(resting, max(picture.next_trade_id if picture else 1, trades + 1), quoting)
    if picture is not None:
        market.crowd.restore(picture.crowd)
    market.resume()
    catch_up(market, injected, picture.injected if picture is not None else 0)
    return market


def _quoting(picture: MarketPicture | None, own: QuotingState) -> QuotingState:
    """Makers, quotes and inquiries: the counter's as it knows them now, everybody else's as they were pictured."""
    if picture is None:
        return own
    before = picture.quoting
    asked = {inquiry.inquiry_id for inquiry in before.inquiries}
    return QuotingState(
        makers=(*(m for m in before.makers if m.participant < FIRST_OUTSIDER), *own.makers),
        quotes=(*(q for q in before.quotes if q.participant < FIRST_OUTSIDER), *own.quotes),
        inquiries=(*before.inquiries, *(i for i in own.inquiries if i.inquiry_id not in asked)),
    )


def with_injected(header: BookHeader, injected: Sequence[EventInjected]) -> BookHeader:
    """The header as the next day's is made from it: with what was announced in class today."""
    if header.plan is None or not injected:
        return header
    return msgspec.structs.replace(
        header,
        coming_dividends=(*header.coming_dividends, *dividends_announced(injected)),
        plan=restricted_after(header.plan, injected),
    )


def decode_injected(body: bytes) -> EventInjected:
    """Read the record of an event. Raises JournalError for anything else."""
    try:
        event = wire.decode_event(body)
    except LinkError as error:
        raise JournalError(f"not an event of a class: {error}") from error
    if not isinstance(event, EventInjected):
        raise JournalError(f"not an event of a class: {type(event).__name__}")
    return event


def picture_of(market: Market, injected: int = 0) -> bytes:
    """The market now, for the disk."""
    picture = MarketPicture(
        at=market.now,
        next_trade_id=market.exchange.next_trade_id,
        instruments=tuple(market.exchange.opening_state()),
        crowd=market.crowd.state(),
        crowd_orders=tuple(o for o in market.exchange.resting_orders() if o.participant < FIRST_OUTSIDER),
        quoting=market.exchange.quoting_state(),
        injected=injected,
    )
    return msgspec.msgpack.encode(picture)


def _build(
    header: BookHeader,
    profile: Profile,
    settings: MarketSettings,
    statistics: Sequence[OpeningState],
    now: datetime,
    calendar: TradingCalendar | None,
) -> Market:
    day = header.day
    exchange = Exchange(profile, day.trading_day, day.underlyings, day.contracts, statistics)
    return Market(
        trading_day=day.trading_day,
        underlyings=day.underlyings,
        contracts=day.contracts,
        exchange=exchange,
        counter=Counter(profile, day.trading_day, day.underlyings, day.contracts, calendar=calendar),
        crowd=Crowd(settings, header.seed, day.underlyings, day.contracts, day.trading_day),
        now=now,
    )
