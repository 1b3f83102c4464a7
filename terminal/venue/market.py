"""Exchange, counter and crowd put together: commands of desks and the passing of time in, reports and news out. Pure.

The exchange sees every order; the counter those of desks; the crowd is told what happened to its own. What must be on
disk before anyone is told stands in `Outcome.entries`, in the same order as `Outcome.reports`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import BadInput, shown
from terminal.domain.instructions import SHARE_TRADES
from terminal.domain.messages import (
    CancelAll,
    CancelQuotes,
    InquiryOpened,
    Instruct,
    PhaseChanged,
    Refused,
    TradePrint,
)
from terminal.domain.orders import Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.rules.sessions import takes_orders
from terminal.rules.shares import NO_SHARES
from terminal.venue.counter.counter import FIRST_PARTICIPANT, Counter
from terminal.venue.counter.desk_side import DeskCommand
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.result import CounterResult, DeskEvent
from terminal.venue.counter.settlement.entries import trade_key
from terminal.venue.crowd.adoption import BookLevels
from terminal.venue.crowd.crowd import Crowd
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import (
    AdvanceTime,
    CancelQuote,
    DayClosed,
    ExchangeCommand,
    ExchangeEvent,
    InquiryPublished,
    PhaseBegan,
    Suspend,
    Traded,
)
from terminal.venue.exchange.messages import CancelOrder as ExchangeCancel
from terminal.venue.settlement_prices import ContractClose

AccountCommand = DeskCommand
Report = DeskEvent


@dataclass(slots=True)
class Outcome:
    """What one command or one stretch of time led to."""

    entries: list[JournalEntry] = field(default_factory=list)
    reports: list[tuple[str, Report]] = field(default_factory=list)
    """Account and report, in order"""
    trades: list[TradePrint] = field(default_factory=list)
    phases: list[PhaseChanged] = field(default_factory=list)
    inquiries: list[tuple[InquiryOpened, tuple[str, ...]]] = field(default_factory=list)
    """Each inquiry that was published, and the accounts that may quote it"""
    commands: list[bytes] = field(default_factory=list)
    """What was let happen in a class, for the journal, in front of the entries it led to"""
    closed: bool = False
    """The trading day ended, its windows after the closing auction included"""

    def clear(self) -> None:
        """Make ready for the next stretch."""
        self.entries.clear()
        self.commands.clear()
        self.reports.clear()
        self.trades.clear()
        self.phases.clear()
        self.inquiries.clear()
        self.closed = False


class Market:
    """One trading day of the embedded venue."""

    def __init__(
        self,
        *,
        trading_day: date,
        underlyings: Sequence[Underlying],
        contracts: Sequence[Contract],
        exchange: Exchange,
        counter: Counter,
        crowd: Crowd,
        now: datetime,
    ) -> None:
        self.trading_day = trading_day
        self.underlyings = tuple(underlyings)
        self.contracts = tuple(contracts)
        self.exchange = exchange
        self.counter = counter
        self.crowd = crowd
        self.now = now
        self.outcome = Outcome()
        """Filled by every call below; the caller takes it and clears it"""
        self.client_trades: dict[str, int] = {}
        """Contracts traded by participants of the counter, by `trade_key`"""
        self.self_trades = 0
        """Trades with the same participant of the counter on both sides"""
        self.saw_whole_day = True
        """False after a restart in the middle of the day"""
        self._share_codes = {u.code for u in underlyings}
        self._codes = [u.code for u in underlyings] + [c.code for c in contracts]

    def advance(self, until: datetime, step_seconds: float, max_steps: int) -> int:
        """Let the crowd act and time pass up to `until`, in steps; gives the number of steps made."""
        step = timedelta(seconds=step_seconds)
        steps = 0
        while steps < max_steps and self.now + step <= until:
            self.now += step
            self._spread(self.crowd.step(self.now, self.exchange, step_seconds), from_crowd=True)
            self.take(self.counter.on_time(self.now), self.now)
            steps += 1
        return steps

    @property
    def phase(self) -> Phase:
        """The whole market's phase now."""
        return self.exchange.phase(self.now)[0]

    @property
    def is_over(self) -> bool:
        """Whether the last window of the trading day has ended; orders ended before it, with the closing auction."""
        return self.phase is Phase.CLOSED

    def fill_books(self) -> None:
        """Let the crowd quote at once, for a market that is taken up in the middle of a day."""
        self._spread(self.crowd.open_market(self.now, self.exchange), from_crowd=True)

    def adopt(self, levels: Mapping[str, BookLevels], spots: Mapping[str, Decimal]) -> None:
        """Put a snapshot into the books, exactly, as the crowd's own orders."""
        self._spread(self.crowd.seed_books(levels, spots, self.now, self.exchange), from_crowd=True)

    def resume(self) -> None:
        """Finish what a restart cut in two, once all orders are back in the books."""
        result = self.counter.resume(self.now)
        self.outcome.entries.extend(result.entries)
        self.outcome.reports.extend(result.letters)
        for order in result.forward:
            self._spread(self.exchange.handle(order, self.now), from_crowd=False)

    def touch_clock(self, now: datetime) -> None:
        """Let phases begin and end without the crowd."""
        self.now = max(self.now, now)
        self._spread(self.exchange.handle(AdvanceTime(), self.now), from_crowd=False)
        self.take(self.counter.on_time(self.now), self.now)

    def command(self, account_id: str, command: AccountCommand, now: datetime) -> None:
        """Take a command of an account."""
        # The exchange refuses to go back in time; the crowd's steps may be ahead by a part of a step
        now = max(now, self.now)
        if not isinstance(command, Instruct):
            self.take(self.counter.handle(account_id, command, now), now)
        elif self.counter.settlement.state.inputs is not None:
            refused = Refused(reason=Reason.PHASE_CLOSED, detail=shown(command.instruction_id))
            self.outcome.reports.append((account_id, refused))
        else:
            trades = command.kind in SHARE_TRADES and command.underlying in self._share_codes
            book = self.exchange.share_book(command.underlying) if trades else NO_SHARES
            self.take(self.counter.handle(account_id, command, now, book), now)

    def instruct(self, command: ExchangeCommand) -> None:
        """Carry out what the venue itself orders: a halt, a market maker, a guard against self-trades."""
        self._spread(self.exchange.handle(command, self.now), from_crowd=False)

    def cancel_for_absent(self, account_id: str) -> int:
        """Take every working order and quote of an account whose desk is gone out of the market; gives their number.

        In phases without order entry nothing is asked, only counted: each refusal would be a report.
        """
        working = self.counter.working_count(account_id)
        if not working or not takes_orders(self.phase):
            return working
        result = self.counter.handle(account_id, CancelAll(), self.now)
        if self.counter.has_quotes(account_id):
            result.forward += self.counter.handle(account_id, CancelQuotes(), self.now).forward
        result.forward = [
            msgspec.structs.replace(order, reason=Reason.CANCELLED_ON_DISCONNECT)
            for order in result.forward
            if isinstance(order, ExchangeCancel | CancelQuote)
        ]
        self.take(result, self.now)
        return working

    def suspend(self, underlying: str, *, resume: bool = False, code: str = "") -> None:
        """Halt an underlying and all its contracts (停牌), or one contract of it, or let them go on."""
        instrument = self._codes.index(code) if code in self._codes else -1
        if code and instrument < 0:
            raise BadInput("contract", code, "one of the day's list")
        self._spread(self.exchange.handle(Suspend(underlying, resume, instrument), self.now), from_crowd=False)

    def take_crowd(self, events: Iterable[ExchangeEvent]) -> None:
        """Tell counter and public what the crowd has just done outside its steps."""
        self._spread(events, from_crowd=True)

    def marks(self) -> dict[str, Decimal]:
        """Newest price of every contract and underlying that has one, for the counter's valuation."""
        lasts = self.exchange.last_prices()
        return {code: Decimal(last).scaleb(-4) for code, last in zip(self._codes, lasts, strict=True) if last > 0}

    def contract_closes(self) -> list[ContractClose]:
        """What the end of orders left of every contract, for its settlement price."""

        def price(units: int) -> Decimal | None:
            return Decimal(units).scaleb(-4) if units else None

        states = self.exchange.opening_state()[len(self.underlyings) :]
        return [
            ContractClose(
                contract=contract,
                auction_price=price(state.closing_price),
                last_bid=price(state.closing_bid),
                last_ask=price(state.closing_ask),
                last_price=price(state.last),
            )
            for contract, state in zip(self.contracts, states, strict=True)
        ]

    def carry_into(self, after: "Market") -> CounterResult:
        """Open the next day's accounts out of this one's, and its market makers at its exchange; gives the entries."""
        openings = self.counter.carry_into(after.counter)
        for maker in openings.forward:
            after.instruct(maker)
        return openings

    def phase_messages(self) -> list[PhaseChanged]:
        """The phase of the market as a message for a desk that has just come."""
        phase, ends_at = self.exchange.phase(self.now)
        return [PhaseChanged(phase=phase, at=self.now, ends_at=ends_at)]

    def interruptions(self) -> list[PhaseChanged]:
        """Halts and breakers in force now, underlyings before their contracts; not what is suspended all day."""
        found = []
        for code, state in zip(self._codes, self.exchange.opening_state(), strict=True):
            if state.halted:
                found.append(PhaseChanged(phase=Phase.HALTED, at=self.now, code=code))
            elif state.breaker_ends_at is not None:
                found.append(PhaseChanged(phase=Phase.BREAKER, at=self.now, ends_at=state.breaker_ends_at, code=code))
        return found

    # ---- inside

    def take(self, result: CounterResult, now: datetime) -> None:
        """Carry out what the counter decided: book it, and forward its orders to the exchange."""
        self.outcome.entries.extend(result.entries)
        self.outcome.reports.extend(result.letters)
        for forwarded in result.forward:
            self._spread(self.exchange.handle(forwarded, now), from_crowd=False)

    def _note_trade(self, event: Traded) -> None:
        self.self_trades += event.buy_participant == event.sell_participant >= FIRST_PARTICIPANT
        for participant, side in ((event.buy_participant, Side.BUY), (event.sell_participant, Side.SELL)):
            if participant >= FIRST_PARTICIPANT:
                key = trade_key(participant, self._codes[event.instrument], side)
                self.client_trades[key] = self.client_trades.get(key, 0) + event.quantity

    def _spread(self, events: Iterable[ExchangeEvent], *, from_crowd: bool) -> None:
        """Tell counter, crowd and the public what the exchange did."""
        for event in events:
            if not from_crowd:
                self.crowd.on_event(event)
            if isinstance(event, Traded):
                self._note_trade(event)
                aggressor = None if event.aggressor is None else event.aggressor.value
                self.outcome.trades.append(
                    TradePrint(
                        instrument=event.instrument,
                        price=event.price,
                        quantity=event.quantity,
                        at=self.now,
                        aggressor=aggressor,
                    )
                )
            elif isinstance(event, PhaseBegan):
                code = "" if event.instrument is None else self._codes[event.instrument]
                self.outcome.phases.append(
                    PhaseChanged(phase=event.phase, at=self.now, ends_at=event.ends_at, code=code)
                )
                self.outcome.closed = self.outcome.closed or (event.phase is Phase.CLOSED and not code)
                continue
            elif isinstance(event, DayClosed):
                continue
            elif isinstance(event, InquiryPublished):
                makers = map(self.counter.account_of, self.exchange.makers_of(event.instrument))
                opened = InquiryOpened(
                    inquiry=event.inquiry_id,
                    contract_code=self._codes[event.instrument],
                    quantity=event.quantity,
                    at=self.now,
                )
                self.outcome.inquiries.append((opened, tuple(a for a in makers if a is not None)))
            booked = self.counter.on_exchange(event, self.now)
            self.outcome.entries.extend(booked.entries)
            self.outcome.reports.extend(booked.letters)
