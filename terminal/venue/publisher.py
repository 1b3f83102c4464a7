"""What goes out of the venue, and when: to one account's desks, to the makers, to everybody.

Nobody is told what is not on disk: the entries of an outcome go to the journal first, and the reports made from them
leave when the journal has settled, in the same order; so do the notices, which have numbers. Quotes, trades and
phases need no disk and go at once.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Protocol

import numpy as np

from terminal.domain import wire
from terminal.domain.market_data import pack_rows
from terminal.domain.messages import Event, MarketDataBatch, Notice, TradeBatch
from terminal.domain.ports import Journal, RecordKind
from terminal.venue.counter.entries import encode_entry
from terminal.venue.disturbances import Disturbances
from terminal.venue.market import Market
from terminal.venue.notices import NoticeBoard
from terminal.venue.outbox import Outbox
from terminal.venue.session import Session

_MAX_TRADES_A_BATCH = 500


class StateJournal(Journal, Protocol):
    """A journal that also keeps the newest of some pictures."""

    def replace_state(self, key: str, at: datetime, body: bytes) -> Awaitable[int]:
        """Keep `body` under `key`, in the place of what was there."""


class Publisher:
    """Tells the desks in `sessions`; `fail` is told the first error of the journal, after which nothing leaves."""

    def __init__(
        self,
        market: Market,
        board: NoticeBoard,
        journal: StateJournal,
        picture: Callable[[], bytes],
        fail: Callable[[BaseException], None],
    ) -> None:
        self.sessions: list[Session] = []
        self._market = market
        self._board = board
        self._journal = journal
        self._picture = picture
        self._outbox = Outbox(fail)
        self.disturbances = Disturbances()
        """What is wrong with the lines; nothing outside a class"""
        self._late: deque[tuple[datetime, bytes]] = deque()
        self._held: list[Callable[[], None]] = []

    @property
    def live_sessions(self) -> list[Session]:
        """The desks that are up to date."""
        return [s for s in self.sessions if s.is_live]

    def when_on_disk(self, action: Callable[[], None]) -> None:
        """Do it once everything that was handed to the journal so far is on disk, in turn with what is told."""
        self._outbox.put(action)

    def tell_when_on_disk(self, action: Callable[[], None]) -> None:
        """The same for what tells an account's reports: it waits with them while acknowledgements are late."""
        self._outbox.put(lambda: self._tell_or_hold(action))

    def close(self) -> None:
        """Let nothing leave any more."""
        self._outbox.close()

    # ---- what happened

    def tell_outcome(self) -> None:
        """Write what happened, and tell it once it is on disk; phases and trades at once."""
        outcome = self._market.outcome
        if outcome.entries or outcome.reports or outcome.commands:
            self._tell_accounts()
        for phase in outcome.phases:
            self.broadcast(phase)
            self.post(self._board.on_phase(phase))
        if outcome.inquiries:
            self._tell_makers()
        if outcome.trades and not self._feed_is_disturbed:
            newest = tuple(outcome.trades[-_MAX_TRADES_A_BATCH:])
            self.broadcast(TradeBatch(trades=newest, skipped=len(outcome.trades) - len(newest)))

    def post(self, notice: Notice | None) -> None:
        """Tell everybody what was posted, once it is on disk: its number must not be given to another."""
        if notice is None:
            return
        record = (RecordKind.NOTICE, notice.at, wire.encode(notice))
        written = asyncio.ensure_future(self._journal.append([record]))
        self._outbox.put(partial(self.broadcast, notice), written)

    def broadcast(self, event: Event) -> None:
        """Tell everybody who is up to date, at once."""
        data = wire.frame(event)
        for session in self.sessions:
            if session.is_live:
                session.send_bytes(data)

    def _tell_accounts(self) -> None:
        outcome, market = self._market.outcome, self._market
        accounts: dict[str, list[bytes]] = {}
        for account_id, report in outcome.reports:
            accounts.setdefault(account_id, []).append(wire.frame(report))
        for account_id, frames in accounts.items():
            frames.append(wire.frame(market.counter.account_report(account_id, market.now)))
        letters = [
            (session, b"".join(frames))
            for account_id, frames in accounts.items()
            for session in self.sessions
            if session.account_id == account_id
        ]
        records = [(RecordKind.COMMAND, market.now, command) for command in outcome.commands]
        records += [(RecordKind.EVENT, market.now, encode_entry(entry)) for entry in outcome.entries]
        written = asyncio.ensure_future(self._journal.append(records)) if records else None

        def tell() -> None:
            for session, data in letters:
                if session.is_live:
                    session.send_bytes(data)

        self._outbox.put(lambda: self._tell_or_hold(tell), written)

    def _tell_or_hold(self, tell: Callable[[], None]) -> None:
        """Reports that are on disk leave, or wait while acknowledgements are late; their order stays."""
        if self._held or self.disturbances.holds_reports(self._market.now):
            self._held.append(tell)
        else:
            tell()

    def release_held(self) -> None:
        """Let go what was held, once it may leave."""
        if self._held and not self.disturbances.holds_reports(self._market.now):
            held, self._held = self._held, []
            for tell in held:
                tell()

    def _tell_makers(self) -> None:
        """Tell the desks of market makers what was inquired: one notice for all of it, and none to anybody else."""
        wanted: dict[str, list[str]] = {}
        for opened, accounts in self._market.outcome.inquiries:
            for account_id in accounts:
                wanted.setdefault(account_id, []).append(opened.contract_code)
                for session in self.sessions_of(account_id):
                    session.send(opened)
        for account_id, codes in wanted.items():
            notice = self._board.inquiry(codes, self._market.now)
            for session in self.sessions_of(account_id):
                session.send(notice)

    def to_watchers(self, event: Event) -> None:
        """Tell the instructors."""
        for session in self.live_sessions:
            if session.watches:
                session.send(event)

    def sessions_of(self, account_id: str) -> list[Session]:
        """The desks of an account that are up to date."""
        return [s for s in self.live_sessions if s.account_id == account_id]

    # ---- what stands now

    def send_quotes(self) -> None:
        """The newest quotes of what has changed, to every desk whose line has room."""
        market = self._market
        if self.disturbances.has_no_feed(market.now):
            return
        lag = self.disturbances.lag(market.now)
        changed = market.exchange.take_changed()
        if lag or self._late:
            self._send_late(changed, market.now + lag)
            return
        live = self.live_sessions
        for session in live:
            session.unsent[changed] = True
        wanted = [s for s in live if s.has_room and s.unsent.any()]
        cache: dict[bytes, bytes] = {}
        for session in wanted:
            key = session.unsent.tobytes()
            if key not in cache:
                rows = self._market.exchange.quote_rows(np.flatnonzero(session.unsent).tolist())
                cache[key] = wire.frame(MarketDataBatch(at=self._market.now, rows=pack_rows(rows)))
            session.send_bytes(cache[key])
            session.unsent[:] = False

    @property
    def _feed_is_disturbed(self) -> bool:
        now = self._market.now
        return self.disturbances.has_no_feed(now) or bool(self.disturbances.lag(now))

    def _send_late(self, changed: list[int], due: datetime) -> None:
        """Put the rows as they are now behind those that wait, and send what is due; orders of time are kept."""
        now = self._market.now
        if changed:
            rows = self._market.exchange.quote_rows(changed)
            self._late.append((due, wire.frame(MarketDataBatch(at=now, rows=pack_rows(rows)))))
        while self._late and self._late[0][0] <= now:
            _, data = self._late.popleft()
            for session in self.live_sessions:
                session.send_bytes(data)

    def send_accounts(self) -> None:
        """Every account at the prices of now, to its desks."""
        if self._held or self.disturbances.holds_reports(self._market.now):
            # A picture beyond the last report would make a desk ask for what is held
            return
        counter, market = self._market.counter, self._market
        counter.mark(market.marks())
        for session in self.live_sessions:
            if session.watches:
                continue
            data = wire.frame(counter.account_report(session.account_id, market.now))
            # In turn with the reports: a picture must not show what is not on disk yet
            self._outbox.put(partial(session.send_bytes, data))

    def save_picture(self) -> None:
        """The market's own state, for the disk."""
        written = asyncio.ensure_future(self._journal.replace_state("market", self._market.now, self._picture()))
        self._outbox.put(lambda: None, written)
