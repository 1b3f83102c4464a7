"""Answers the queries of desks (查询): today's from the live books, those about earlier days from the journal.

The journal is read in a thread, one query after the other, so that a long day does not hold up the market.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from msgspec.structs import replace

from terminal.domain.errors import ConfigurationError, IllegalTransition, JournalError
from terminal.domain.messages import Answer, Query, QueryKind
from terminal.domain.reasons import Reason
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.openings import is_id

logger = logging.getLogger(__name__)
#: Rows of one answer, so that it fits into one message: 16 MB at some 300 bytes a row
MAX_ROWS = 30_000
_ROWS = ("orders", "instructions", "movements")


class History(Protocol):
    """The days that are over; called in another thread."""

    def days(self) -> tuple[date, ...]:
        """Every trading day there is, oldest first. Raises JournalError."""

    def counter_of(self, day: date) -> Counter | None:
        """The counter as that day left it; None for a day there is not. Raises JournalError."""


class QueryDesk:
    """Takes queries; `tell` gets each answer on the event loop's thread."""

    def __init__(self, history: History | None) -> None:
        self._history = history
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def ask(
        self, account_id: str, query: Query, counter: Counter, now: datetime, tell: Callable[[Answer], None]
    ) -> None:
        """Answer one query of an account: at once when today's books say it."""
        today = counter.trading_day
        if not is_id(query.query_id):
            tell(Answer(query_id=query.query_id[:64], kind=query.kind, day=today, reason=Reason.MALFORMED))
        elif query.kind is QueryKind.DAYS or (query.day or today) != today:
            task = asyncio.ensure_future(self._look_up(account_id, query, today, now, tell))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            tell(fitting(counter.answer(account_id, query, now)))

    def close(self) -> None:
        """Drop what was not answered."""
        for task in list(self._tasks):
            task.cancel()

    async def _look_up(
        self, account_id: str, query: Query, today: date, now: datetime, tell: Callable[[Answer], None]
    ) -> None:
        found = Answer(query_id=query.query_id, kind=query.kind, day=query.day or today, reason=Reason.UNKNOWN_DAY)
        async with self._turn:
            try:
                tell(await asyncio.to_thread(self._past, account_id, query, found, today, now))
            except (JournalError, IllegalTransition, ConfigurationError) as error:
                logger.warning("a query about %s finds no readable journal: %s", query.day, error)
                tell(found)

    def _past(self, account_id: str, query: Query, unknown: Answer, today: date, now: datetime) -> Answer:
        """In the thread: nothing of the live market is touched."""
        if query.kind is QueryKind.DAYS:
            days = self._history.days() if self._history is not None else ()
            return replace(unknown, day=today, days=tuple(dict.fromkeys((*days, today))), reason=None)
        counter = None
        if self._history is not None and query.day is not None:
            counter = self._history.counter_of(query.day)
        if counter is None:
            return unknown
        if account_id not in counter.account_ids():
            return replace(unknown, reason=Reason.UNKNOWN_ACCOUNT)
        return fitting(counter.answer(account_id, query, now))


def fitting(answer: Answer) -> Answer:
    """The answer with its newest rows, when there are more than one message takes."""
    for name in _ROWS:
        rows = getattr(answer, name)
        if len(rows) > MAX_ROWS:
            return replace(answer, **{name: rows[-MAX_ROWS:]}, left_out=len(rows) - MAX_ROWS)
    return answer
