"""The exchange (交易所) of one trading day: commands in, events out, the time an argument of every command.

Every command first brings the clock to its time, so phases that ended meanwhile end first and their events come
first; time never goes back. The same commands at the same times always give the same events.
"""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec
import numpy as np

from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import BadInput
from terminal.domain.market_data import COLUMN_COUNT, Column, QuoteRows
from terminal.domain.phases import Phase
from terminal.rules.profile import Profile
from terminal.rules.sessions import DaySchedule
from terminal.rules.shares import ShareBook
from terminal.venue.exchange.book import BookOrder
from terminal.venue.exchange.breaker import BreakerRule
from terminal.venue.exchange.day_course import DayCourse
from terminal.venue.exchange.inquiries import Inquiry
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.matching import Matcher
from terminal.venue.exchange.messages import (
    CancelOrder,
    CancelQuote,
    ExchangeCommand,
    ExchangeEvent,
    GuardSelfTrades,
    MassQuote,
    NewOrder,
    NewQuote,
    OpeningState,
    RegisterMaker,
    RequestQuote,
    RestingOrder,
    Suspend,
    TakeShares,
    UnderlyingQuotes,
)
from terminal.venue.exchange.order_desk import OrderDesk
from terminal.venue.exchange.quote_book import LiveQuote, QuoteBook
from terminal.venue.exchange.quotes import MarketClock, append_row
from terminal.venue.exchange.quoting import QuoteDesk
from terminal.venue.exchange.self_trade import SelfTradeGuards
from terminal.venue.exchange.timetable import timetable
from terminal.venue.exchange.trading import Trading
from terminal.venue.exchange.underlyings import UnderlyingBoard


class QuotingState(msgspec.Struct, frozen=True):
    """Makers, live quotes and inquiries at one moment, to continue with; the quotes' sides are resting orders."""

    makers: tuple[RegisterMaker, ...] = ()
    quotes: tuple[LiveQuote, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()


_NO_QUOTING = QuotingState()


class Exchange:
    """One trading day of all contracts; instrument numbers count underlyings first, then contracts, as given."""

    def __init__(
        self,
        profile: Profile,
        trading_day: date,
        underlyings: Sequence[Underlying],
        contracts: Sequence[Contract],
        opening: Sequence[OpeningState] = (),
    ) -> None:
        self._schedule = DaySchedule.of(profile.sessions, trading_day)
        moments = timetable(self._schedule)
        self._guards = SelfTradeGuards(profile.orders.self_trade)
        self._board = UnderlyingBoard(underlyings, contracts)
        first = len(underlyings)
        traded = [
            TradedContract(
                first + place,
                contract,
                close_first_at_limit=profile.orders.close_first_at_limit,
                phase=moments[0].phase,
                changed_at=moments[0].at,
            )
            for place, contract in enumerate(contracts)
        ]
        matcher = Matcher(profile.orders.market_ioc_levels, self._guards)
        self._trading = trading = Trading(first, traded, matcher, moments[0])
        self._clock = MarketClock(moments[0].at)
        rule = BreakerRule.of(profile.breaker, profile.sessions, trading_day)
        self._quote_book = QuoteBook(trading)
        self._course = DayCourse(trading, moments, rule, self._board, self._quote_book)
        self._orders = OrderDesk(trading, self._course, self._quote_book)
        self._quotes = QuoteDesk(trading, self._course, self._quote_book, profile, [c.underlying for c in contracts])
        for state in opening:
            if 0 <= state.instrument < first:
                self._board.take_up(state)
            else:
                self._course.take_up(trading.contract(state.instrument), state)
        for contract in traded:
            contract.set_reference(contract.reference, rule)

    # ---- what may be asked

    @property
    def now(self) -> datetime:
        """The newest time any command carried."""
        return self._trading.now

    @property
    def next_trade_id(self) -> int:
        """The number the next trade gets, to go on with after a restart."""
        return self._trading.matcher.next_trade_id

    def phase(self, now: datetime) -> tuple[Phase, datetime | None]:
        """The whole market's phase at a time of the day, and when it ends; the clock does not move."""
        return self._schedule.phase_at(now), self._schedule.phase_end(now)

    def phase_of(self, instrument: int) -> Phase:
        """The phase one contract is in. Raises BadInput for any other number."""
        return self._trading.contract(instrument).phase

    def breaker_prices(self, instrument: int) -> tuple[int, int]:
        """The nearest prices below and above that trip the interruption of a contract (熔断), 0.0001 yuan."""
        contract = self._trading.contract(instrument)
        tick = contract.tick
        return (contract.band_low - 1) // tick * tick, -(-(contract.band_high + 1) // tick) * tick

    def quote_rows(self, instruments: Iterable[int] | None = None) -> QuoteRows:
        """The rows of these instruments in the order given, or of all: int64, shape (n, COLUMN_COUNT), a copy.

        Raises BadInput for a number that is no instrument.
        """
        flat: list[int] = []
        first, contracts, count = self._trading.first_contract, self._trading.contracts, self._trading.count
        for number in range(count) if instruments is None else instruments:
            if not 0 <= number < count:
                raise BadInput("instrument", number, f"0 to {count - 1}")
            if number < first:
                flat += self._board.row(number)
            else:
                append_row(flat, contracts[number - first], self._clock)
        return np.frombuffer(array("q", flat), dtype=np.int64).reshape(-1, COLUMN_COUNT)

    def last_prices(self) -> list[int]:
        """The last price of every instrument in whole 0.0001 yuan, 0 for none: without the rows around it."""
        underlyings = [self._board.row(number)[Column.LAST] for number in range(self._trading.first_contract)]
        return underlyings + [contract.last for contract in self._trading.contracts]

    def take_changed(self) -> list[int]:
        """The instruments whose rows changed since the last call, ascending."""
        changed = sorted(self._trading.changed)
        self._trading.changed.clear()
        return changed

    def resting_orders(self, instrument: int | None = None) -> list[RestingOrder]:
        """The book of one contract, or of all in turn: bids then asks, each price then time."""
        contracts = self._trading.contracts if instrument is None else [self._trading.contract(instrument)]
        return [
            RestingOrder(
                order.order_id,
                order.participant,
                order.instrument,
                side.side,
                level.price,
                order.leaves,
                order.closes,
            )
            for contract in contracts
            for side in (contract.book.bids, contract.book.asks)
            for level in side
            for order in level
        ]

    def makers_of(self, instrument: int) -> list[int]:
        """The participants who may quote a contract. Raises BadInput for any other number."""
        return self._quotes.makers_of(self._trading.contract(instrument).number)

    def quoting_state(self) -> QuotingState:
        """Makers, live quotes and inquiries, for the exchange that takes the day up from here."""
        return QuotingState(tuple(self._quotes.registered()), tuple(self._quote_book), tuple(self._quotes.inquiries))

    def share_book(self, underlying: str) -> ShareBook:
        """What the cash market shows of an underlying now. Raises BadInput for a code that is none."""
        return self._board.book(self._board.number_of(underlying))

    def opening_state(self) -> list[OpeningState]:
        """The statistics of every instrument, for the exchange that takes the day up from here."""
        return [*self._board.pictures(), *(contract.picture() for contract in self._trading.contracts)]

    # ---- what may be done

    def restore(
        self, resting: Sequence[RestingOrder], next_trade_id: int = 1, quoting: QuotingState = _NO_QUOTING
    ) -> None:
        """Put orders back without matching, each at the end of its price; call it once the clock is at the moment.

        Quotes come back by their sides among `resting`; those without a side there are over. A book that comes back
        crossed into continuous trading is matched as a call auction by the next command, and what comes back after
        the end of orders is cancelled by it. Raises BadInput for an order or quote id used before and for a number
        that is no contract.
        """
        trading = self._trading
        for entry in resting:
            contract = trading.contract(entry.instrument)
            if entry.order_id in trading.order_ids:
                raise BadInput("order_id", entry.order_id, "an order is put back once")
            trading.order_ids.add(entry.order_id)
            is_buy = entry.side is contract.book.bids.side
            order = BookOrder(entry.order_id, entry.participant, entry.instrument, is_buy, entry.leaves, entry.closes)
            trading.matcher.restore(order, contract, entry.price)
            trading.mark(contract)
        trading.matcher.next_trade_id = max(trading.matcher.next_trade_id, next_trade_id)
        self._quotes.restore(quoting.quotes)
        for maker in quoting.makers:
            self._quotes.register(maker, [])
        for inquiry in quoting.inquiries:
            self._quotes.inquiries.put(inquiry)
        self._course.check_books()

    def handle(self, command: ExchangeCommand, now: datetime) -> list[ExchangeEvent]:
        """Bring the clock to `now`, then carry out the command; what happened, in order.

        Raises BadInput for underlying quotes of the wrong form, and for an unknown underlying of a halt or a maker.
        """
        events: list[ExchangeEvent] = []
        if now >= self._course.due_at:
            self._course.run(now, events)
        trading = self._trading
        if now > trading.now:
            trading.now = now
        if type(command) is NewOrder:
            self._orders.enter(command, events)
        elif type(command) is CancelOrder:
            self._orders.cancel(command, events)
        elif type(command) is NewQuote:
            self._quotes.enter(command, events)
        else:
            self._take_rarer(command, events)
        return events

    def _take_rarer(self, command: ExchangeCommand, events: list[ExchangeEvent]) -> None:
        """What comes less often than orders and quotes; the passing of time needs nothing more."""
        if isinstance(command, MassQuote):
            self._quotes.enter_all(command, events)
        elif isinstance(command, CancelQuote):
            self._quotes.cancel(command, events)
        elif isinstance(command, RequestQuote):
            self._quotes.request(command, events)
        elif isinstance(command, UnderlyingQuotes):
            self._trading.changed.update(dict.fromkeys(self._board.take(command.rows)))
        elif isinstance(command, TakeShares):
            self._board.take_shares(command.instrument, command.quantity, buys=command.buys)
            self._trading.changed[command.instrument] = None
        elif isinstance(command, Suspend):
            self._course.suspend(command, events)
        elif isinstance(command, RegisterMaker):
            self._quotes.register(command, events)
        elif isinstance(command, GuardSelfTrades):
            self._guards.name(command)
