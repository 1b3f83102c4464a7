"""The course of a trading day: phases begin and end, auctions match, breakers and halts come and go.

A contract's own phase (halt, breaker) lasts until a PhaseBegan names that contract again or orders end for the day.
"""

from collections.abc import Sequence
from datetime import datetime

from terminal.domain.calendar import SHANGHAI
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.exchange.breaker import BreakerRule
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.messages import DayClosed, ExchangeEvent, OpeningState, PhaseBegan, Suspend
from terminal.venue.exchange.quote_book import QuoteBook
from terminal.venue.exchange.timetable import Moment
from terminal.venue.exchange.trading import Trading
from terminal.venue.exchange.underlyings import UnderlyingBoard

_AUCTIONS = (Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION)
_ORDERS_OVER = (Phase.AFTER_CLOSE, Phase.CLOSED)
#: Later than anything that is due
_NEVER = datetime(9000, 1, 1, tzinfo=SHANGHAI)


class DayCourse:
    """Moves the contracts through the day; `due_at` is when something happens next."""

    __slots__ = (
        "_board",
        "_breaking",
        "_leftovers",
        "_next_moment",
        "_quotes",
        "_rule",
        "_timetable",
        "_trading",
        "due_at",
    )

    def __init__(
        self,
        trading: Trading,
        timetable: Sequence[Moment],
        rule: BreakerRule,
        board: UnderlyingBoard,
        quotes: QuoteBook,
    ) -> None:
        self._trading = trading
        self._timetable = timetable
        self._next_moment = 1
        self._rule = rule
        self._board = board
        self._quotes = quotes
        self._breaking: dict[int, datetime] = {}
        """Contracts in a breaker's call auction and when it ends"""
        self._leftovers: list[TradedContract] = []
        """Contracts put back with a crossed book into continuous trading, or with orders after their end"""
        self.due_at = self._next_due()

    # ---- taking a day up in its middle

    def take_up(self, contract: TradedContract, state: OpeningState) -> None:
        """Continue with a contract as it stood at an earlier moment."""
        contract.take_up(state)
        if contract.stands_still:
            contract.begin(Phase.HALTED)
        if state.breaker_ends_at is not None:
            # It may come from a file, in another zone
            contract.breaker_ends_at = state.breaker_ends_at.astimezone(SHANGHAI)
            self._breaking[contract.number] = contract.breaker_ends_at
            self.due_at = self._next_due()

    def check_books(self) -> None:
        """After orders were put back: what cannot stay as it is becomes due at once."""
        over = self._trading.moment.phase in _ORDERS_OVER
        self._leftovers = [
            contract
            for contract in self._trading.contracts
            if (contract.book.is_crossed and contract.phase is Phase.CONTINUOUS)
            or (over and (contract.book.bids.keys or contract.book.asks.keys))
        ]
        if self._leftovers:
            self.due_at = self._trading.now

    # ---- time

    def run(self, now: datetime, events: list[ExchangeEvent]) -> None:
        """Let everything happen that is due up to `now`, each at its own time."""
        trading, timetable = self._trading, self._timetable
        while self.due_at <= now:
            trading.now = self.due_at
            leftovers, self._leftovers = self._leftovers, []
            if trading.moment.phase in _ORDERS_OVER:
                self._end_orders(leftovers, events)
            else:
                for contract in leftovers:
                    self._match_auction(contract, events)
            self._end_breakers(events)
            if self._next_moment < len(timetable) and timetable[self._next_moment].at <= trading.now:
                previous, trading.moment = trading.moment, timetable[self._next_moment]
                self._next_moment += 1
                if trading.moment.phase is not previous.phase:
                    self._begin_phase(previous.phase, events)
            self.due_at = self._next_due()

    def _next_due(self) -> datetime:
        """The next moment of the day or end of a breaker."""
        due = self._timetable[self._next_moment].at if self._next_moment < len(self._timetable) else _NEVER
        return min([due, *self._breaking.values()])

    def _begin_phase(self, previous: Phase, events: list[ExchangeEvent]) -> None:
        """End one phase of the market and begin the next."""
        trading = self._trading
        phase, ends_at = trading.moment.phase, trading.moment.ends_at
        if previous in _AUCTIONS or phase is Phase.CONTINUOUS:
            # Before continuous trading too: a halt may have ended, or orders come in, while nothing was matched
            for contract in trading.contracts:
                if contract.phase is not Phase.HALTED and contract.breaker_ends_at is None:
                    price = self._match_auction(contract, events)
                    if previous is Phase.CLOSING_AUCTION:
                        contract.closing_price = price
        orders_end = phase in _ORDERS_OVER and previous not in _ORDERS_OVER
        if orders_end:
            for contract in trading.contracts:
                contract.note_close()
            self._end_orders(trading.contracts, events)
        events.append(PhaseBegan(phase, ends_at))
        for contract in trading.contracts:
            self._follow_market(contract, events)
            trading.mark(contract)
        if orders_end:
            events.append(DayClosed())

    def _end_orders(self, contracts: Sequence[TradedContract], events: list[ExchangeEvent]) -> None:
        """Take every quote and order out: the trading day has no more use for them."""
        matcher = self._trading.matcher
        numbers = {contract.number for contract in contracts}
        events += [
            self._quotes.take_out(quote, Reason.DAY_ENDED)
            for quote in list(self._quotes)
            if quote.instrument in numbers
        ]
        for contract in contracts:
            for order in [*contract.book.bids.orders(), *contract.book.asks.orders()]:
                events.append(matcher.cancel(order, contract, Reason.DAY_ENDED))
            self._trading.mark(contract)

    def _follow_market(self, contract: TradedContract, events: list[ExchangeEvent]) -> None:
        """Bring one contract into the market's phase, as far as its halt or breaker lets it."""
        phase, ends_at = self._trading.moment.phase, self._trading.moment.ends_at
        breaking = contract.breaker_ends_at
        if phase is Phase.CLOSING_AUCTION or phase in _ORDERS_OVER:
            # The closing auction takes over the book of a breaker that would pass its start (rulebook 2.6)
            self._breaking.pop(contract.number, None)
            contract.breaker_ends_at = None
        if contract.stands_still and phase not in _ORDERS_OVER:
            contract.begin(Phase.HALTED)
        elif breaking is not None and phase is Phase.CONTINUOUS:
            contract.begin(Phase.BREAKER)
            events.append(PhaseBegan(Phase.BREAKER, breaking, contract.number))
        else:
            contract.begin(phase)
            if breaking is not None:
                events.append(PhaseBegan(phase, ends_at, contract.number))

    def _match_auction(self, contract: TradedContract, events: list[ExchangeEvent]) -> int:
        """Execute the auction of one contract and move the reference price to its price, if it has one."""
        price = self._trading.matcher.auction(contract, events)
        if price:
            contract.set_reference(price, self._rule)
            self._trading.mark(contract)
        return price

    # ---- breaker and halt

    def trip(self, contract: TradedContract, events: list[ExchangeEvent]) -> None:
        """Begin the breaker's call auction (熔断) of one contract."""
        ends_at = self._rule.auction_end(self._trading.now)
        contract.breaker_ends_at = self._breaking[contract.number] = ends_at
        contract.begin(Phase.BREAKER)
        events.append(PhaseBegan(Phase.BREAKER, ends_at, contract.number))
        self.due_at = min(self.due_at, ends_at)

    def _end_breakers(self, events: list[ExchangeEvent]) -> None:
        """Match the contracts whose breaker ends now; those that reach the closing auction go on into it."""
        trading = self._trading
        if trading.now >= self._rule.closing_start:
            return
        for number in [n for n in sorted(self._breaking) if self._breaking[n] <= trading.now]:
            contract = trading.contract(number)
            del self._breaking[number]
            contract.breaker_ends_at = None
            if not self._match_auction(contract, events) and contract.last:
                contract.set_reference(contract.last, self._rule)
            contract.begin(trading.moment.phase)
            events.append(PhaseBegan(contract.phase, trading.moment.ends_at, number))
            trading.mark(contract)

    def suspend(self, command: Suspend, events: list[ExchangeEvent]) -> None:
        """Halt or resume an underlying with its contracts (rulebook 2.8); a resume matches the book as an auction."""
        trading = self._trading
        number = self._board.number_of(command.underlying)
        if command.instrument >= 0:
            self._suspend_one(trading.contract(command.instrument), command, events)
            return
        if trading.moment.phase in _ORDERS_OVER or not self._board.suspend(number, halted=not command.resume):
            return
        phase, ends_at = (trading.moment.phase, trading.moment.ends_at) if command.resume else (Phase.HALTED, None)
        trading.changed[number] = None
        events.append(PhaseBegan(phase, ends_at, number))
        for place in self._board.contracts_of(number):
            contract = trading.contracts[place]
            contract.halted = not command.resume
            if not contract.suspended:
                self._halt_or_resume(contract, phase, ends_at, events)

    def _suspend_one(self, contract: TradedContract, command: Suspend, events: list[ExchangeEvent]) -> None:
        """Halt or resume one contract; one whose underlying is halted, or that is out all day, stays so."""
        trading = self._trading
        along = self._board.is_halted(self._board.number_of(command.underlying))
        if trading.moment.phase in _ORDERS_OVER or contract.suspended or along:
            return
        if contract.halted is not command.resume:
            return
        contract.halted = not command.resume
        phase, ends_at = (trading.moment.phase, trading.moment.ends_at) if command.resume else (Phase.HALTED, None)
        self._halt_or_resume(contract, phase, ends_at, events)

    def _halt_or_resume(
        self, contract: TradedContract, phase: Phase, ends_at: datetime | None, events: list[ExchangeEvent]
    ) -> None:
        self._breaking.pop(contract.number, None)
        contract.breaker_ends_at = None
        if phase is Phase.CONTINUOUS:
            self._match_auction(contract, events)
        contract.begin(phase)
        events.append(PhaseBegan(phase, ends_at, contract.number))
        self._trading.mark(contract)
