"""What the counter is asked for (柜台查询): one question, one answer; the limits are asked for by themselves.

Limits that the counter tells are kept in the portfolio: an individual's depend on a record that only the broker has.
"""

import uuid
from collections.abc import Callable
from datetime import date

from terminal.domain.messages import Answer, Command, Query, QueryKind
from terminal.services.portfolio import Portfolio


class QueryService:
    """Questions on the way and the answers to them; `send` is False while the line is down."""

    def __init__(self, desk_id: str, send: Callable[[Command], bool], portfolio: Portfolio) -> None:
        self._desk_id = desk_id
        self._send = send
        self._portfolio = portfolio
        self._waiting: dict[str, QueryKind] = {}

    def ask(self, kind: QueryKind, day: date | None = None) -> str:
        """Ask for one thing; gives the id the Answer will carry, empty when the line is down."""
        query_id = f"{self._desk_id}-Q{uuid.uuid4().hex[:12]}"
        if not self._send(Query(query_id=query_id, kind=kind, day=day)):
            return ""
        self._waiting[query_id] = kind
        return query_id

    def is_waiting(self, query_id: str) -> bool:
        """Whether the answer is still to come."""
        return query_id in self._waiting

    def on_answer(self, answer: Answer) -> None:
        """Take an answer off the list; limits are kept."""
        asked = self._waiting.pop(answer.query_id, None)
        if asked is QueryKind.LIMITS and answer.reason is None:
            self._portfolio.take_limits(answer.limits)

    def on_line_lost(self) -> None:
        """No answer comes over this line any more."""
        self._waiting.clear()
