"""Which quotes wait for the venue's word, by message and contract, and which of them are in doubt."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class _Waiting:
    """One message without all its answers."""

    left: dict[str, None]
    """Contracts not answered yet"""
    at: float
    in_doubt: bool


class QuoteAnswers:
    """Messages in the order they were sent; times are monotonic seconds."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def in_doubt(self) -> int:
        """Entries whose fate is not known."""
        return sum(len(waiting.left) for waiting in self._waiting.values() if waiting.in_doubt)

    @property
    def left(self) -> list[tuple[str, list[str]]]:
        """Every message that waits, oldest first, and its contracts."""
        return [(quote_id, list(waiting.left)) for quote_id, waiting in self._waiting.items()]

    def clear(self) -> None:
        """Forget everything."""
        self._waiting.clear()

    def sent(self, quote_id: str, codes: Iterable[str], at: float, *, in_doubt: bool = False) -> None:
        """A message was handed to the line, or was not taken by it and is in doubt."""
        self._waiting[quote_id] = _Waiting(dict.fromkeys(codes), at, in_doubt)

    def answered(self, quote_id: str, code: str) -> float | None:
        """One entry has its answer; gives when its message was sent once all of it has, and nothing of it was in doubt.

        The answer to a newer quote of a contract settles the older ones in doubt: whatever they were is gone.
        """
        waiting = self._waiting.get(quote_id)
        if waiting is None:
            return None
        waiting.left.pop(code, None)
        complete = not waiting.left
        if complete:
            del self._waiting[quote_id]
        for older in [i for i, other in self._waiting.items() if other.in_doubt and i < quote_id]:
            left = self._waiting[older].left
            left.pop(code, None)
            if not left:
                del self._waiting[older]
        return waiting.at if complete and not waiting.in_doubt else None

    def refused(self, quote_id: str) -> list[str] | None:
        """A message was refused as a whole; gives its contracts, None for one that does not wait."""
        waiting = self._waiting.pop(quote_id, None)
        return None if waiting is None else list(waiting.left)

    def doubt(self) -> int:
        """The line is lost: everything that waits is in doubt; gives how many entries were not before."""
        fresh = [waiting for waiting in self._waiting.values() if not waiting.in_doubt]
        for waiting in fresh:
            waiting.in_doubt = True
        return sum(len(waiting.left) for waiting in fresh)

    def overdue(self, until: float) -> list[str]:
        """Contracts of messages sent at or before `until` that become doubtful by it."""
        codes: dict[str, None] = {}
        for waiting in self._waiting.values():
            if not waiting.in_doubt and waiting.at <= until:
                waiting.in_doubt = True
                codes |= waiting.left
        return list(codes)

    def end(self) -> list[tuple[str, list[str]]]:
        """Every message that waits and its contracts; nothing waits after it."""
        ended = self.left
        self._waiting.clear()
        return ended
