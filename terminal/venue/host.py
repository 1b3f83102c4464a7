"""Gives the market a clock, a journal and desks to serve, on loopback.

Nobody is told what is not on disk: the entries of an outcome go to the journal first, and the reports made from them
leave when the journal has settled, in the same order; so do the notices, which have numbers. Quotes, trades and
phases need no disk and go at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Protocol

import numpy as np

from terminal.domain import wire
from terminal.domain.errors import BadInput, shown
from terminal.domain.market_data import pack_rows
from terminal.domain.messages import (
    PROTOCOL,
    AccountReport,
    Answer,
    Capability,
    ClockChanged,
    Command,
    DayOpened,
    Event,
    Hello,
    MarketDataBatch,
    Notice,
    Ping,
    Pong,
    Query,
    Recovered,
    Refused,
    Resend,
    SetClock,
    TradeBatch,
    Welcome,
)
from terminal.domain.ports import Journal, RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.profile import Profile
from terminal.venue.account_templates import first_opening
from terminal.venue.counter.entries import encode_entry
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.settlement.context import SettlementStopped
from terminal.venue.counter.state import Report
from terminal.venue.crowd.settings import AccountTemplate
from terminal.venue.day_end import DayEnd
from terminal.venue.dividends import ComingDividend
from terminal.venue.market import Market
from terminal.venue.notices import NoticeBoard
from terminal.venue.outbox import Outbox
from terminal.venue.pacer import Pacer
from terminal.venue.query_desk import History, QueryDesk
from terminal.venue.session import Session

logger = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1"
CAPABILITIES = (
    Capability.ORDERS,
    Capability.LOCK_SHARES,
    Capability.CLOCK_CONTROL,
    Capability.QUOTES,
    Capability.EXERCISE,
    Capability.QUERIES,
)
_TICK_SECONDS = 0.02
_QUOTES_EVERY = 2
"""Ticks between two batches of quotes"""
_HEARTBEAT_EVERY = 50
"""Ticks between two messages of the clock"""
_PICTURE_EVERY = 250
"""Ticks between two pictures of the market on disk: how much of the crowd's doing a killed venue forgets"""
_MAX_STEPS_A_TICK = 4
_NOTICE_SECONDS = 5.0
_GOAL_STEP_SECONDS = 5.0
_CANCEL_AGAIN_SECONDS = 5.0
_MAX_TRADES_A_BATCH = 500
MAX_SPEED = 600.0
_ID_LENGTH = 32


class StateJournal(Journal, Protocol):
    """A journal that also keeps the newest of some pictures."""

    def replace_state(self, key: str, at: datetime, body: bytes) -> Awaitable[int]:
        """Keep `body` under `key`, in the place of what was there."""


@dataclass(frozen=True, slots=True)
class HostOptions:
    """How the venue behaves towards its desks. Seconds are wall seconds."""

    book_id: str
    seed: int
    source: str
    opening_cash: Decimal
    opening_shares: dict[str, int] = field(default_factory=dict)
    wait_for_desk: bool = False
    """Market time stands still until the first desk has come"""
    linger_seconds: float | None = None
    """End this long after the last desk has gone; None: never"""
    grace_seconds: float = 2.0
    """How long a lost desk may take to come back before its working orders are cancelled"""
    accounts: tuple[AccountTemplate, ...] = ()
    """What accounts of certain names are"""
    capabilities: tuple[Capability, ...] = CAPABILITIES


def capabilities_of(profile: Profile) -> tuple[Capability, ...]:
    """What this venue offers under the rules of an era."""
    there = list(CAPABILITIES)
    if profile.capabilities.inquiries:
        there.append(Capability.INQUIRIES)
    if profile.capabilities.combinations:
        there.append(Capability.COMBINATIONS)
    return tuple(there)


class VenueHost:
    """The venue as a server. `picture` gives the market's own state for the disk, `day_end` settles its day.

    `posted` are the notices that the journal has of this day from before a restart.
    """

    def __init__(
        self,
        market: Market,
        pacer: Pacer,
        journal: StateJournal,
        options: HostOptions,
        picture: Callable[[], bytes],
        monotonic: Callable[[], float],
        history: History | None = None,
        day_end: DayEnd | None = None,
        coming_dividends: Sequence[ComingDividend] = (),
        posted: Sequence[Notice] = (),
    ) -> None:
        self.market = market
        self.pacer = pacer
        self._journal = journal
        self._options = options
        self._picture = picture
        self._monotonic = monotonic
        self._sessions: list[Session] = []
        self._queries = QueryDesk(history)
        self._board = NoticeBoard(market.contracts, market.trading_day, coming_dividends)
        self._day_end = day_end
        self._day_end_stopped = False
        self._next_day_asked = False
        self._outbox = Outbox(self._fail)
        self._deadlines: dict[str, float] = {}
        """Accounts whose desk is gone, and when their orders are cancelled"""
        self._waiting = options.wait_for_desk
        self._alone_since = monotonic()
        self._tick_number = 0
        self._server: asyncio.Server | None = None
        self._ended: asyncio.Future[None] | None = None
        self._failed = False
        self.commands = 0
        self.wants_next_day = False
        """The day is over and somebody asked to play on"""
        self._goal: datetime | None = None
        """Where a step of the clock leads; reached over several ticks, so that desks are never left without a word"""

        known = len(self._board.notices) + len(posted)
        self._board.take_up(posted, market.phase_messages()[0], market.interruptions())
        for notice in self._board.notices[known:]:
            self._notice(notice)

    # ---- life

    async def start(self, port: int = 0) -> int:
        """Listen on loopback; gives the port."""
        loop = asyncio.get_running_loop()
        self._ended = loop.create_future()
        self._server = await loop.create_server(self.accept, LOOPBACK, port)
        # A desk that was there before a crash of the venue gets as long as a lost one, and the time to notice
        until = self._monotonic() + self._options.grace_seconds + _NOTICE_SECONDS
        self._deadlines = dict.fromkeys(self.market.counter.account_ids(), until)
        return int(self._server.sockets[0].getsockname()[1])

    async def run(self) -> None:
        """Play the market until `stop`, the linger time is over, or the journal fails (that error is raised)."""
        assert self._ended is not None
        loop = asyncio.get_running_loop()
        next_tick = loop.time()
        while not self._ended.done():
            self.tick()
            next_tick = max(next_tick + _TICK_SECONDS, loop.time())
            await asyncio.wait([self._ended], timeout=next_tick - loop.time())
        self._ended.result()

    async def close(self) -> None:
        """Let every desk go and stop listening."""
        if self._server is not None:
            self._server.close()
        for session in list(self._sessions):
            session.close()
        self._sessions.clear()
        self._queries.close()
        if self._server is not None:
            await self._server.wait_closed()

    def stop(self) -> None:
        """End `run` soon."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def tick(self) -> None:
        """One turn: time passes, news goes out. Called every 20 ms by `run`, by hand in tests."""
        wall = self._monotonic()
        self._tick_number += 1
        if self._goal is not None:
            self._step_towards(self._goal, wall)
        elif self.pacer.speed and not self._waiting:
            self.market.advance(self.pacer.target(wall), self.pacer.step_seconds, _MAX_STEPS_A_TICK)
            self.pacer.reached(self.market.now, wall)
        self._cancel_for_lost_desks(wall)
        self._publish()
        if self.market.is_over:
            self._settle()
        if self._tick_number % _QUOTES_EVERY == 0:
            self._send_quotes()
        if self._tick_number % _HEARTBEAT_EVERY == 0:
            self._heartbeat()
        if self._tick_number % _PICTURE_EVERY == 1 and not self._waiting:
            self._save_picture()
        self._end_when_alone(wall)

    # ---- desks

    def accept(self) -> Session:
        """A new line of a desk, not greeted yet."""
        session = Session(self)
        self._sessions.append(session)
        return session

    def on_command(self, session: Session, command: Command) -> None:
        """Take one command of a desk, at the market time it came."""
        self.commands += 1
        try:
            self._take(session, command)
        except BadInput as error:
            # Raised before anything is changed
            logger.warning("a command of desk %s is refused: %s", shown(session.desk_id), shown(error))
            session.send(Refused(reason=Reason.MALFORMED, detail=shown(error)))
        except Exception as error:
            # A mistake of ours in the middle of a command: what is in memory may no longer be what the entries on
            # disk say, so nobody is told anything more, and a new start takes the day up from the disk
            logger.exception("a %s of desk %s broke the venue", type(command).__name__, shown(session.desk_id))
            session.send(Refused(reason=Reason.MALFORMED, detail=type(command).__name__))
            self._fail(error)

    def _take(self, session: Session, command: Command) -> None:
        if self._failed:
            return
        if isinstance(command, Hello):
            self._greet(session, command)
            return
        if not session.account_id:
            session.refuse(Refused(reason=Reason.MALFORMED, detail="the first message must be Hello"))
            return
        if isinstance(command, Ping):
            session.send(Pong(number=command.number, at=self.market.now))
        elif isinstance(command, SetClock):
            self._set_clock(session, command)
        elif isinstance(command, Resend):
            self._resend(session, command.last_sequence)
        elif isinstance(command, Query):
            self._query(session, command)
        else:
            now = self.market.now if self._waiting else self.pacer.exact_now(self._monotonic())
            self.market.command(session.account_id, command, now)
            self._publish()

    def on_closed(self, session: Session) -> None:
        """A desk's line ended: its orders stay for the grace time."""
        if session in self._sessions:
            self._sessions.remove(session)
        if session.account_id and not any(s.account_id == session.account_id for s in self._sessions):
            self._deadlines[session.account_id] = self._monotonic() + self._options.grace_seconds
            self._alone_since = self._monotonic()

    def _greet(self, session: Session, hello: Hello) -> None:
        if session.account_id:
            session.send(Refused(reason=Reason.MALFORMED, detail="Hello was said before"))
            return
        if hello.protocol != PROTOCOL:
            session.refuse(
                Refused(reason=Reason.NOT_SUPPORTED, detail=f"protocol {hello.protocol}, this venue speaks {PROTOCOL}")
            )
            return
        if not _is_name(hello.account_id) or not _is_name(hello.desk_id):
            detail = f"account and desk: letters and digits, at most {_ID_LENGTH}"
            session.refuse(Refused(reason=Reason.UNKNOWN_ACCOUNT, detail=detail))
            return
        for other in [s for s in self._sessions if s is not session and s.desk_id == hello.desk_id]:
            # The same desk again: what its dead line still holds must not be taken after this
            self._sessions.remove(other)
            other.close()
        session.desk_id, session.account_id = hello.desk_id, hello.account_id
        self._deadlines.pop(hello.account_id, None)
        if hello.account_id not in self.market.counter.account_ids():
            result = self._open_account(hello.account_id)
            self.market.take(result, self.market.now)
            self._publish()
        known = hello.book_id == self._options.book_id and hello.last_day == self.market.trading_day
        # Taken now: when it is sent there may be reports that are not on disk yet, and those follow by themselves
        counter = self.market.counter
        reports = counter.reports_after(session.account_id, hello.last_sequence if known else 0)
        account = counter.account_report(session.account_id, self.market.now)
        notices = tuple(self._board.notices)
        self._outbox.put(lambda: self._recover(session, notices, reports, account))

    def _open_account(self, account_id: str) -> CounterResult:
        """Open an account as its name says."""
        opening, options = first_opening(account_id, self._options.accounts), self._options
        shares = options.opening_shares
        if opening.shares is not None:
            shares = dict.fromkeys(shares, opening.shares)
        cash = options.opening_cash if opening.cash is None else opening.cash
        return self.market.counter.open_account(account_id, cash, shares, standing=opening.standing)

    def _query(self, session: Session, query: Query) -> None:
        """Answer from the live books at once, from the journal when that was read; never before what it rests on."""

        def tell(answer: Answer) -> None:
            self._outbox.put(lambda: session.send(answer))

        self._queries.ask(session.account_id, query, self.market.counter, self.market.now, tell)

    def _recover(
        self, session: Session, notices: Sequence[Notice], reports: list[Report], account: AccountReport
    ) -> None:
        """Everything a desk needs to be where the venue is; sent after what is owed to it is on disk."""
        market = self.market
        events: list[Event] = [
            Welcome(
                protocol=PROTOCOL,
                venue="OptionDesk SIM",
                account_id=session.account_id,
                capabilities=self._options.capabilities,
                trading_day=market.trading_day,
                book_id=self._options.book_id,
                simulated=True,
                seed=self._options.seed,
            ),
            DayOpened(
                trading_day=market.trading_day,
                underlyings=market.underlyings,
                contracts=market.contracts,
                source=self._options.source,
            ),
            self._clock_message(),
            *market.phase_messages(),
            MarketDataBatch(at=market.now, rows=pack_rows(market.exchange.quote_rows())),
            *notices,
            *reports,
            account,
            Recovered(last_sequence=account.sequence),
        ]
        session.send_bytes(b"".join(wire.frame(event) for event in events))
        session.unsent = np.zeros(len(market.underlyings) + len(market.contracts), np.bool_)
        session.is_live = True
        if self._waiting:
            self._waiting = False
            self.pacer.set_speed(self.pacer.speed, self._monotonic())
            self._broadcast(self._clock_message())

    def _resend(self, session: Session, last_sequence: int) -> None:
        reports = self.market.counter.reports_after(session.account_id, last_sequence)
        account = self.market.counter.account_report(session.account_id, self.market.now)
        data = b"".join(wire.frame(event) for event in (*reports, account))
        self._outbox.put(lambda: session.send_bytes(data))

    def _step_towards(self, goal: datetime, wall: float) -> None:
        left = (goal - self.market.now).total_seconds()
        if left > 0 and not self.market.is_over:
            step = min(left, _GOAL_STEP_SECONDS)
            self.market.advance(self.market.now + timedelta(seconds=step), step, 1)
        if left <= _GOAL_STEP_SECONDS or self.market.is_over:
            self._goal = None
        self.pacer.now = self.market.now
        self.pacer.set_speed(self.pacer.speed, wall)
        if self._goal is None:
            self._broadcast(self._clock_message())

    def _set_clock(self, session: Session, command: SetClock) -> None:
        wall = self._monotonic()
        if command.speed is not None:
            if not 0 <= command.speed <= MAX_SPEED:
                session.send(Refused(reason=Reason.MALFORMED, detail=f"speed 0 to {MAX_SPEED:g}"))
                return
            self.pacer.set_speed(command.speed, wall)
        if self.market.is_over and (command.speed or command.step_seconds):
            # Playing on after the close is asking for the next trading day; what stopped its end is tried again
            self._next_day_asked, self._day_end_stopped = True, False
            self._settle()
            return
        if command.step_seconds is not None:
            if not 0 < command.step_seconds <= 3600:
                session.send(Refused(reason=Reason.MALFORMED, detail="step 0 to 3600 seconds"))
                return
            self._goal = self.market.now + timedelta(seconds=command.step_seconds)
        self._broadcast(self._clock_message())

    def _settle(self) -> None:
        """One step of the day's end; the next day comes when all are done and somebody has asked for it."""
        day_end = self._day_end
        if day_end is not None and not day_end.is_settled and not self._day_end_stopped and not self._failed:
            try:
                step = day_end.advance()
            except SettlementStopped as error:
                logger.error("the day's end has stopped: %s", error)
                self._day_end_stopped = True
                self._notice(self._board.day_end_stopped(shown(error, 200), self.market.now))
                return
            self._publish()
            if step is not None:
                self._notice(self._board.step_done(step, self.market.now))
                self._broadcast(self._clock_message())
        if self._next_day_asked and (day_end is None or day_end.is_settled):
            self.wants_next_day = True
            self.stop()

    # ---- what goes out

    def _publish(self) -> None:
        """Write what happened, and tell it once it is on disk; phases and trades at once."""
        outcome = self.market.outcome
        if outcome.entries or outcome.reports:
            self._tell_accounts()
        for phase in outcome.phases:
            self._broadcast(phase)
            self._notice(self._board.on_phase(phase))
        if outcome.inquiries:
            self._tell_makers()
        if outcome.trades:
            newest = tuple(outcome.trades[-_MAX_TRADES_A_BATCH:])
            self._broadcast(TradeBatch(trades=newest, skipped=len(outcome.trades) - len(newest)))
        if outcome.closed:
            self.pacer.set_speed(0.0, self._monotonic())
            self._broadcast(self._clock_message())
            # The day's figures come from the market: what is left of it must not be five seconds old
            self._save_picture()
        outcome.clear()

    def _tell_makers(self) -> None:
        """Tell the desks of market makers what was inquired: one notice for all of it, and none to anybody else."""
        wanted: dict[str, list[str]] = {}
        for opened, accounts in self.market.outcome.inquiries:
            for account_id in accounts:
                wanted.setdefault(account_id, []).append(opened.contract_code)
                for session in self._sessions_of(account_id):
                    session.send(opened)
        for account_id, codes in wanted.items():
            notice = self._board.inquiry(codes, self.market.now)
            for session in self._sessions_of(account_id):
                session.send(notice)

    def _sessions_of(self, account_id: str) -> list[Session]:
        """The desks of an account that are up to date."""
        return [s for s in self._sessions if s.account_id == account_id and s.is_live]

    def _tell_accounts(self) -> None:
        outcome, market = self.market.outcome, self.market
        accounts: dict[str, list[bytes]] = {}
        for account_id, report in outcome.reports:
            accounts.setdefault(account_id, []).append(wire.frame(report))
        for account_id, frames in accounts.items():
            frames.append(wire.frame(market.counter.account_report(account_id, market.now)))
        letters = [
            (session, b"".join(frames))
            for account_id, frames in accounts.items()
            for session in self._sessions
            if session.account_id == account_id
        ]
        records = [(RecordKind.EVENT, market.now, encode_entry(entry)) for entry in outcome.entries]
        written = asyncio.ensure_future(self._journal.append(records)) if records else None

        def tell() -> None:
            for session, data in letters:
                if session.is_live:
                    session.send_bytes(data)

        self._outbox.put(tell, written)

    def _fail(self, error: BaseException) -> None:
        """Disk or memory cannot be trusted: end at once and tell nobody anything that is not on disk (F56, F59)."""
        if self._failed:
            return
        self._failed = True
        logger.error("the venue ends: %s", error)
        self._outbox.close()
        if self._ended is not None and not self._ended.done():
            self._ended.set_exception(error)

    def _send_quotes(self) -> None:
        changed = self.market.exchange.take_changed()
        live = [s for s in self._sessions if s.is_live]
        for session in live:
            session.unsent[changed] = True
        wanted = [s for s in live if s.has_room and s.unsent.any()]
        cache: dict[bytes, bytes] = {}
        for session in wanted:
            key = session.unsent.tobytes()
            if key not in cache:
                rows = self.market.exchange.quote_rows(np.flatnonzero(session.unsent).tolist())
                cache[key] = wire.frame(MarketDataBatch(at=self.market.now, rows=pack_rows(rows)))
            session.send_bytes(cache[key])
            session.unsent[:] = False

    def _heartbeat(self) -> None:
        self._broadcast(self._clock_message())
        self.market.counter.mark(self.market.marks())
        for session in [s for s in self._sessions if s.is_live]:
            data = wire.frame(self.market.counter.account_report(session.account_id, self.market.now))
            # In turn with the reports: a picture must not show what is not on disk yet
            self._outbox.put(partial(session.send_bytes, data))

    def _save_picture(self) -> None:
        written = asyncio.ensure_future(self._journal.replace_state("market", self.market.now, self._picture()))
        self._outbox.put(lambda: None, written)

    def _broadcast(self, event: Event) -> None:
        data = wire.frame(event)
        for session in self._sessions:
            if session.is_live:
                session.send_bytes(data)

    def _notice(self, notice: Notice | None) -> None:
        """Tell everybody what was posted, once it is on disk: its number must not be given to another."""
        if notice is None:
            return
        record = (RecordKind.NOTICE, notice.at, wire.encode(notice))
        written = asyncio.ensure_future(self._journal.append([record]))
        self._outbox.put(partial(self._broadcast, notice), written)

    def _clock_message(self) -> ClockChanged:
        speed = 0.0 if self._waiting else self.pacer.speed
        return ClockChanged(at=self.market.now, speed=speed, behind_seconds=self.pacer.behind_seconds)

    # ---- desks that are gone

    def _cancel_for_lost_desks(self, wall: float) -> None:
        for account_id in [a for a, deadline in self._deadlines.items() if wall >= deadline]:
            del self._deadlines[account_id]
            cancelled = self.market.cancel_for_absent(account_id)
            if cancelled:
                # Once more later: some phases let nothing be cancelled
                self._deadlines[account_id] = wall + _CANCEL_AGAIN_SECONDS
                logger.info("%d working orders of an absent desk are cancelled", cancelled)

    def _end_when_alone(self, wall: float) -> None:
        linger = self._options.linger_seconds
        if self._sessions:
            self._alone_since = wall
        elif linger is not None and not self._deadlines and wall - self._alone_since > linger:
            self.stop()


def _is_name(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= _ID_LENGTH
