"""The exchange (交易所) of one trading day: commands in, events out, the time an argument of every command.

Every command first brings the clock to its time, so phases that ended meanwhile end first and their events come
first; time never goes back. The same commands at the same times always give the same events.
"""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import numpy as np

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import BadInput
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, QuoteRows
from terminal.domain.orders import OrderType
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from terminal.rules.sessions import DaySchedule
from terminal.venue.exchange.book import BookOrder
from terminal.venue.exchange.breaker import BreakerRule
from terminal.venue.exchange.instrument import TradedContract
from terminal.venue.exchange.matching import Matcher
from terminal.venue.exchange.messages import (
    CancelOrder,
    CancelRefused,
    DayClosed,
    ExchangeCommand,
    ExchangeEvent,
    NewOrder,
    OpeningState,
    PhaseBegan,
    Refused,
    RestingOrder,
    Suspend,
    UnderlyingQuotes,
)
from terminal.venue.exchange.order_checks import form_refusal, malformed, refused
from terminal.venue.exchange.order_ids import OrderIds
from terminal.venue.exchange.quotes import MarketClock, append_row
from terminal.venue.exchange.timetable import Moment, timetable
from terminal.venue.exchange.underlyings import UnderlyingBoard

_LIMIT = OrderType.LIMIT
_AUCTIONS = (Phase.OPENING_AUCTION, Phase.CLOSING_AUCTION)
#: Later than anything that is due
_NEVER = datetime(9000, 1, 1, tzinfo=SHANGHAI)


class Exchange:
    """One trading day of all contracts; instrument numbers count underlyings first, then contracts, as given.

    A contract's own phase (halt, breaker) lasts until a PhaseBegan names that contract again or the day closes.
    """

    def __init__(
        self,
        profile: Profile,
        trading_day: date,
        underlyings: Sequence[Underlying],
        contracts: Sequence[Contract],
        opening: Sequence[OpeningState] = (),
    ) -> None:
        self._schedule = DaySchedule.of(profile.sessions, trading_day)
        self._timetable = timetable(self._schedule)
        self._moment: Moment = self._timetable[0]
        self._next_moment = 1
        self._now = self._moment.at
        self._clock = MarketClock(self._now)
        self._breaker_rule = BreakerRule.of(profile.breaker, profile.sessions, trading_day)
        self._matcher = Matcher(profile.orders.market_ioc_levels)
        self._order_ids = OrderIds()
        self._board = UnderlyingBoard(underlyings, contracts)
        self._first_contract = len(underlyings)
        self._contracts = [
            TradedContract(
                self._first_contract + place,
                contract,
                close_first_at_limit=profile.orders.close_first_at_limit,
                phase=self._moment.phase,
                changed_at=self._now,
            )
            for place, contract in enumerate(contracts)
        ]
        self._count = self._first_contract + len(contracts)
        self._breaking: dict[int, datetime] = {}
        """Contracts in a breaker's call auction and when it ends"""
        self._crossed: list[TradedContract] = []
        """Contracts put back with a crossed book into continuous trading"""
        for state in opening:
            self._take_up(state)
        for contract in self._contracts:
            contract.set_reference(contract.reference, self._breaker_rule)
        self._changed: dict[int, None] = dict.fromkeys(range(self._count))
        self._due_at = self._next_due()

    # ---- what may be asked

    @property
    def now(self) -> datetime:
        """The newest time any command carried."""
        return self._now

    @property
    def next_trade_id(self) -> int:
        """The number the next trade gets, to go on with after a restart."""
        return self._matcher.next_trade_id

    def phase(self, now: datetime) -> tuple[Phase, datetime | None]:
        """The whole market's phase at a time of the day, and when it ends; the clock does not move."""
        return self._schedule.phase_at(now), self._schedule.phase_end(now)

    def phase_of(self, instrument: int) -> Phase:
        """The phase one contract is in. Raises BadInput for any other number."""
        return self._contract(instrument).phase

    def quote_rows(self, instruments: Iterable[int] | None = None) -> QuoteRows:
        """The rows of these instruments in the order given, or of all: int64, shape (n, COLUMN_COUNT), a copy.

        Raises BadInput for a number that is no instrument.
        """
        flat: list[int] = []
        first, contracts = self._first_contract, self._contracts
        for number in range(self._count) if instruments is None else instruments:
            if not 0 <= number < self._count:
                raise BadInput("instrument", number, f"0 to {self._count - 1}")
            if number < first:
                flat += self._board.row(number)
            else:
                contract = contracts[number - first]
                append_row(flat, contract, self._clock.microseconds(contract.changed_at))
        return np.frombuffer(array("q", flat), dtype=np.int64).reshape(-1, COLUMN_COUNT)

    def take_changed(self) -> list[int]:
        """The instruments whose rows changed since the last call, ascending."""
        changed = sorted(self._changed)
        self._changed.clear()
        return changed

    def resting_orders(self, instrument: int | None = None) -> list[RestingOrder]:
        """The book of one contract, or of all in turn: bids then asks, each price then time."""
        contracts = self._contracts if instrument is None else [self._contract(instrument)]
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

    def opening_state(self) -> list[OpeningState]:
        """The statistics of every instrument, for the exchange that takes the day up from here."""
        return [*self._board.pictures(), *(contract.picture() for contract in self._contracts)]

    # ---- what may be done

    def restore(self, resting: Sequence[RestingOrder], next_trade_id: int = 1) -> None:
        """Put orders back without matching, each at the end of its price; call it once the clock is at the moment.

        A book that comes back crossed into continuous trading is matched as a call auction by the next command.
        Raises BadInput for an order id used before and for a number that is no contract.
        """
        for entry in resting:
            contract = self._contract(entry.instrument)
            if entry.order_id in self._order_ids:
                raise BadInput("order_id", entry.order_id, "an order is put back once")
            self._order_ids.add(entry.order_id)
            is_buy = entry.side is contract.book.bids.side
            order = BookOrder(entry.order_id, entry.participant, entry.instrument, is_buy, entry.leaves, entry.closes)
            self._matcher.restore(order, contract, entry.price)
            self._mark(contract)
        self._matcher.next_trade_id = max(self._matcher.next_trade_id, next_trade_id)
        self._crossed = [c for c in self._contracts if c.phase is Phase.CONTINUOUS and c.book.is_crossed]
        if self._crossed:
            self._due_at = self._now

    def handle(self, command: ExchangeCommand, now: datetime) -> list[ExchangeEvent]:
        """Bring the clock to `now`, then carry out the command; what happened, in order.

        Raises BadInput for underlying quotes of the wrong form and for a halt of an unknown underlying.
        """
        events: list[ExchangeEvent] = []
        if now >= self._due_at:
            self._run_due(now, events)
        if now > self._now:
            self._now = now
        if type(command) is NewOrder:
            self._enter(command, events)
        elif type(command) is CancelOrder:
            self._cancel(command, events)
        elif isinstance(command, UnderlyingQuotes):
            self._changed.update(dict.fromkeys(self._board.take(command.rows)))
        elif isinstance(command, Suspend):
            self._suspend(command, events)
        return events

    # ---- orders

    def _enter(self, order: NewOrder, events: list[ExchangeEvent]) -> None:
        refusal = malformed(order)
        if refusal is not None:
            events.append(refusal)
            return
        place = order.instrument - self._first_contract
        if not 0 <= place < len(self._contracts):
            events.append(refused(order, Reason.UNKNOWN_CONTRACT, "contract", order.instrument))
            return
        contract = self._contracts[place]
        if order.order_id in self._order_ids:
            refusal = refused(order, Reason.DUPLICATE_ORDER_ID, "order_id", order.order_id)
        else:
            refusal = form_refusal(order, contract, accepts_orders=self._moment.accepts_orders)
        if refusal is not None:
            events.append(refusal)
            return
        if contract.gathering:
            self._order_ids.add(order.order_id)
            self._matcher.gather(order, contract, events)
            self._mark(contract)
            return
        volume, orders = contract.volume, len(events)
        tripped = self._matcher.enter(order, contract, events)
        if type(events[orders]) is not Refused:
            self._order_ids.add(order.order_id)
        if contract.volume != volume or tripped:
            self._mark(contract)
        elif order.order_type is _LIMIT:
            side = contract.book.side_of(order.side)
            if len(side.keys) <= DEPTH or order.price * side.sign >= side.keys[-DEPTH]:
                self._mark(contract)
        if tripped:
            self._trip(contract, events)

    def _cancel(self, command: CancelOrder, events: list[ExchangeEvent]) -> None:
        order = self._matcher.live.get(command.order_id)
        if order is None or order.participant != command.participant:
            gone = order is None and command.order_id in self._order_ids
            reason: Reason | None = Reason.NOT_CANCELLABLE if gone else Reason.UNKNOWN_ORDER
        else:
            reason = self._moment.cancel_refusal
        if order is None or reason is not None:
            assert reason is not None
            events.append(CancelRefused(command.order_id, command.participant, reason))
            return
        contract = self._contracts[order.instrument - self._first_contract]
        keys = (contract.book.bids if order.is_buy else contract.book.asks).keys
        deep = len(keys) > DEPTH and order.level is not None and order.level.key < keys[-DEPTH]
        if contract.gathering or not deep:
            self._mark(contract)
        events.append(self._matcher.cancel(order, contract, command.reason))

    def _mark(self, contract: TradedContract) -> None:
        self._changed[contract.number] = None
        contract.changed_at = self._now

    # ---- time

    def _next_due(self) -> datetime:
        """The next moment of the day or end of a breaker."""
        due = self._timetable[self._next_moment].at if self._next_moment < len(self._timetable) else _NEVER
        return min([due, *self._breaking.values()])

    def _run_due(self, now: datetime, events: list[ExchangeEvent]) -> None:
        """Let everything happen that is due up to `now`, each at its own time."""
        while self._due_at <= now:
            self._now = self._due_at
            for contract in self._crossed:
                self._match_auction(contract, events)
            self._crossed = []
            self._end_breakers(events)
            if self._next_moment < len(self._timetable) and self._timetable[self._next_moment].at <= self._now:
                previous, self._moment = self._moment, self._timetable[self._next_moment]
                self._next_moment += 1
                if self._moment.phase is not previous.phase:
                    self._begin_phase(previous.phase, events)
            self._due_at = self._next_due()

    def _begin_phase(self, previous: Phase, events: list[ExchangeEvent]) -> None:
        """End one phase of the market and begin the next."""
        phase, ends_at = self._moment.phase, self._moment.ends_at
        if previous in _AUCTIONS or phase is Phase.CONTINUOUS:
            # Before continuous trading too: a halt may have ended, or orders come in, while nothing was matched
            for contract in self._contracts:
                if contract.phase is not Phase.HALTED and contract.breaker_ends_at is None:
                    self._match_auction(contract, events)
        if phase is Phase.CLOSED:
            for contract in self._contracts:
                for order in [*contract.book.bids.orders(), *contract.book.asks.orders()]:
                    events.append(self._matcher.cancel(order, contract, Reason.DAY_ENDED))
        events.append(PhaseBegan(phase, ends_at))
        for contract in self._contracts:
            self._follow_market(contract, events)
            self._mark(contract)
        if phase is Phase.CLOSED:
            events.append(DayClosed())

    def _follow_market(self, contract: TradedContract, events: list[ExchangeEvent]) -> None:
        """Bring one contract into the market's phase, as far as its halt or breaker lets it."""
        phase, ends_at = self._moment.phase, self._moment.ends_at
        breaking = contract.breaker_ends_at
        if phase in (Phase.CLOSING_AUCTION, Phase.CLOSED):
            # The closing auction takes over the book of a breaker that would pass its start (rulebook 2.6)
            self._breaking.pop(contract.number, None)
            contract.breaker_ends_at = None
        if contract.stands_still and phase is not Phase.CLOSED:
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
        price = self._matcher.auction(contract, events)
        if price:
            contract.set_reference(price, self._breaker_rule)
            self._mark(contract)
        return price

    # ---- breaker and halt

    def _trip(self, contract: TradedContract, events: list[ExchangeEvent]) -> None:
        """Begin the breaker's call auction (熔断) of one contract."""
        ends_at = self._breaker_rule.auction_end(self._now)
        contract.breaker_ends_at = self._breaking[contract.number] = ends_at
        contract.begin(Phase.BREAKER)
        events.append(PhaseBegan(Phase.BREAKER, ends_at, contract.number))
        self._due_at = min(self._due_at, ends_at)

    def _end_breakers(self, events: list[ExchangeEvent]) -> None:
        """Match the contracts whose breaker ends now; those that reach the closing auction go on into it."""
        if self._now >= self._breaker_rule.closing_start:
            return
        for number in [n for n in sorted(self._breaking) if self._breaking[n] <= self._now]:
            contract = self._contract(number)
            del self._breaking[number]
            contract.breaker_ends_at = None
            if not self._match_auction(contract, events) and contract.last:
                contract.set_reference(contract.last, self._breaker_rule)
            contract.begin(self._moment.phase)
            events.append(PhaseBegan(contract.phase, self._moment.ends_at, number))
            self._mark(contract)

    def _suspend(self, command: Suspend, events: list[ExchangeEvent]) -> None:
        """Halt or resume an underlying with its contracts (rulebook 2.8); a resume matches the book as an auction."""
        number = self._board.number_of(command.underlying)
        if self._moment.phase is Phase.CLOSED or not self._board.suspend(number, halted=not command.resume):
            return
        phase, ends_at = (self._moment.phase, self._moment.ends_at) if command.resume else (Phase.HALTED, None)
        self._changed[number] = None
        events.append(PhaseBegan(phase, ends_at, number))
        for place in self._board.contracts_of(number):
            contract = self._contracts[place]
            contract.halted = not command.resume
            if contract.suspended:
                continue
            self._breaking.pop(contract.number, None)
            contract.breaker_ends_at = None
            if phase is Phase.CONTINUOUS:
                self._match_auction(contract, events)
            contract.begin(phase)
            events.append(PhaseBegan(phase, ends_at, contract.number))
            self._mark(contract)

    # ---- inside

    def _contract(self, instrument: int) -> TradedContract:
        if not self._first_contract <= instrument < self._count:
            raise BadInput("instrument", instrument, f"a contract: {self._first_contract} to {self._count - 1}")
        return self._contracts[instrument - self._first_contract]

    def _take_up(self, state: OpeningState) -> None:
        if 0 <= state.instrument < self._first_contract:
            self._board.take_up(state)
            return
        contract = self._contract(state.instrument)
        contract.take_up(state)
        if contract.stands_still:
            contract.begin(Phase.HALTED)
        if state.breaker_ends_at is not None:
            # It may come from a file, in another zone
            contract.breaker_ends_at = state.breaker_ends_at.astimezone(SHANGHAI)
            self._breaking[contract.number] = contract.breaker_ends_at
