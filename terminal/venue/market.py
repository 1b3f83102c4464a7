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
from terminal.domain.errors import shown
from terminal.domain.market_data import Column
from terminal.domain.messages import (
    CancelAll,
    CancelOrder,
    Instruct,
    InstructionReport,
    OrderReport,
    OrderUnknown,
    PhaseChanged,
    QueryOrder,
    Refused,
    SubmitOrder,
    TradePrint,
)
from terminal.domain.orders import Side
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.rules.sessions import takes_orders
from terminal.venue.counter.counter import FIRST_PARTICIPANT, Counter
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.settlement.entries import AccountTold, trade_key
from terminal.venue.crowd.adoption import BookLevels
from terminal.venue.crowd.crowd import Crowd
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import (
    AdvanceTime,
    DayClosed,
    ExchangeEvent,
    PhaseBegan,
    Suspend,
    Traded,
)
from terminal.venue.exchange.messages import CancelOrder as ExchangeCancel

AccountCommand = SubmitOrder | CancelOrder | CancelAll | QueryOrder | Instruct
Report = OrderReport | InstructionReport | OrderUnknown | Refused


@dataclass(slots=True)
class Outcome:
    """What one command or one stretch of time led to."""

    entries: list[JournalEntry] = field(default_factory=list)
    reports: list[tuple[str, Report]] = field(default_factory=list)
    """Account and report, in order"""
    trades: list[TradePrint] = field(default_factory=list)
    phases: list[PhaseChanged] = field(default_factory=list)
    closed: bool = False
    """The trading day ended"""

    def clear(self) -> None:
        """Make ready for the next stretch."""
        self.entries.clear()
        self.reports.clear()
        self.trades.clear()
        self.phases.clear()
        self.closed = False


#: A call auction in one of these is the opening's or a breaker's
_BEFORE_CLOSE = (Phase.PRE_OPEN, Phase.OPENING_AUCTION, Phase.CONTINUOUS, Phase.LUNCH)


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
        self.auction_prices: dict[int, int] = {}
        """What the closing auction traded at, by instrument, in 0.0001 yuan"""
        self.last_touch: dict[int, tuple[int, int]] = {}
        """Best bid and ask before the closing auction, by instrument; 0 for none"""
        self.client_trades: dict[str, int] = {}
        """Contracts traded by participants of the counter, by `trade_key`"""
        self.saw_whole_day = True
        """False after a restart in the middle of the day"""
        self._codes = [u.code for u in underlyings] + [c.code for c in contracts]

    def advance(self, until: datetime, step_seconds: float, max_steps: int) -> int:
        """Let the crowd act and time pass up to `until`, in steps; gives the number of steps made."""
        step = timedelta(seconds=step_seconds)
        steps = 0
        while steps < max_steps and self.now + step <= until:
            before = self.phase
            if before is Phase.CONTINUOUS and self.exchange.phase(self.now + step)[0] not in _BEFORE_CLOSE:
                self._note_touch()
            self.now += step
            self._spread(self.crowd.step(self.now, self.exchange, step_seconds), from_crowd=True)
            self.take_own(self.counter.on_time(self.now))
            steps += 1
        return steps

    @property
    def phase(self) -> Phase:
        """The whole market's phase now."""
        return self.exchange.phase(self.now)[0]

    @property
    def is_over(self) -> bool:
        """Whether the trading day has closed."""
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
        self.outcome.reports.extend((e.account_id, e) for e in result.events if isinstance(e, OrderReport))
        for order in result.forward:
            self._spread(self.exchange.handle(order, self.now), from_crowd=False)

    def touch_clock(self, now: datetime) -> None:
        """Let phases begin and end without the crowd."""
        before, self.now = self.phase, max(self.now, now)
        if before is Phase.CONTINUOUS and self.phase is not Phase.CONTINUOUS:
            self._note_touch()
        self._spread(self.exchange.handle(AdvanceTime(), self.now), from_crowd=False)
        self.take_own(self.counter.on_time(self.now))

    def command(self, account_id: str, command: AccountCommand, now: datetime) -> None:
        """Take a command of an account."""
        # The exchange refuses to go back in time; the crowd's steps may be ahead by a part of a step
        now = max(now, self.now)
        if isinstance(command, Instruct) and self.counter.settlement.state.inputs is not None:
            refused = Refused(reason=Reason.PHASE_CLOSED, detail=shown(command.instruction_id))
            self.outcome.reports.append((account_id, refused))
            return
        self.take(account_id, self.counter.handle(account_id, command, now), now)

    def cancel_for_absent(self, account_id: str) -> int:
        """Take every working order of an account whose desk is gone out of the market; gives how many there were.

        In phases without order entry nothing is asked, only counted: each refusal would be a report.
        """
        result = self.counter.handle(account_id, CancelAll(), self.now)
        if not takes_orders(self.phase):
            return len(result.forward)
        result.forward = [
            msgspec.structs.replace(order, reason=Reason.CANCELLED_ON_DISCONNECT)
            for order in result.forward
            if isinstance(order, ExchangeCancel)
        ]
        self.take(account_id, result, self.now)
        return len(result.forward)

    def suspend(self, underlying: str, *, resume: bool = False) -> None:
        """Halt an underlying and all its contracts (停牌), or let them go on."""
        self._spread(self.exchange.handle(Suspend(underlying, resume), self.now), from_crowd=False)

    def marks(self) -> dict[str, Decimal]:
        """Newest price of every contract that has one, for the counter's valuation."""
        rows = self.exchange.quote_rows()
        first = len(self.underlyings)
        lasts = rows[first:, Column.LAST].tolist()
        return {
            contract.code: Decimal(last).scaleb(-4)
            for contract, last in zip(self.contracts, lasts, strict=True)
            if last > 0
        }

    def phase_messages(self) -> list[PhaseChanged]:
        """The phase of the market as a message for a desk that has just come."""
        phase, ends_at = self.exchange.phase(self.now)
        return [PhaseChanged(phase=phase, at=self.now, ends_at=ends_at)]

    # ---- inside

    def take(self, account_id: str, result: CounterResult, now: datetime) -> None:
        """Carry out what the counter decided for an account: book it, and forward its orders to the exchange."""
        self.outcome.entries.extend(result.entries)
        self.outcome.reports.extend((account_id, event) for event in result.events)
        for forwarded in result.forward:
            self._spread(self.exchange.handle(forwarded, now), from_crowd=False)

    def take_own(self, result: CounterResult) -> None:
        """Carry out what the counter does by itself, for one account or for many."""
        told = (entry.account_id for entry in result.entries if isinstance(entry, AccountTold))
        self.outcome.entries.extend(result.entries)
        self.outcome.reports.extend(
            (event.account_id if isinstance(event, OrderReport) else next(told), event) for event in result.events
        )
        for forwarded in result.forward:
            self._spread(self.exchange.handle(forwarded, self.now), from_crowd=False)

    def _note_touch(self) -> None:
        """Keep the best quotes as they stand: in the closing auction there are none."""
        rows = self.exchange.quote_rows().tolist()
        first = len(self.underlyings)
        self.last_touch = {
            number: (row[Column.BID_PRICE], row[Column.ASK_PRICE]) for number, row in enumerate(rows) if number >= first
        }

    def _note_trade(self, event: Traded) -> None:
        if event.aggressor is None and self.exchange.phase(self.now)[0] not in _BEFORE_CLOSE:
            self.auction_prices[event.instrument] = event.price
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
                continue
            elif isinstance(event, DayClosed):
                self.outcome.closed = True
                continue
            booked = self.counter.on_exchange(event, self.now)
            self.outcome.entries.extend(booked.entries)
            self.outcome.reports.extend((e.account_id, e) for e in booked.events if isinstance(e, OrderReport))
