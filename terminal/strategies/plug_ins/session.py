"""One run of a worker, seen from the desk: what waits for it, how long it takes, and when it has done enough harm.

The desk never waits. One call is under way at a time; what happens meanwhile is kept until it has ended: ticks of an
underlying and the timer as one each, fills, orders and inquiries all of them, up to a bound. The snapshot of a call is
taken when it is sent, so a strategy that is slow sees fewer moments and never an old one.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from terminal.domain.errors import LinkError, ascii_safe
from terminal.strategies.plug_ins.frames import (
    Answer,
    Ask,
    Done,
    Event,
    Failed,
    Open,
    Ready,
    Refused,
    Said,
    decode_of_worker,
    framed,
)
from terminal.strategies.plug_ins.snapshot import Snapshots

#: Longest call from its sending to its end, and longest loading (D)
CALL_SECONDS = 1.0
LOAD_SECONDS = 20.0
#: Frames of a worker in one second, far beyond what any sheet lets through
MOST_FRAMES = 1_500
#: Fills, orders and inquiries that may wait
MOST_KEPT = 1_000
#: Of the time between two looks no more counts: when the loop itself stood still, it is not the worker that is slow
_LONGEST_LOOK_SECONDS = 0.6
_LONGEST_CAUSE = 300


class Worker(Protocol):
    """A worker's process. What it writes and that it ended is told through what it was started with."""

    def send(self, data: bytes) -> bool:
        """Hand it a frame without waiting; False when it has not read what was sent before."""

    def memory_bytes(self) -> int | None:
        """What it has in memory; None where that cannot be told."""

    def kill(self) -> None:
        """End it at once, without waiting; nothing of it is told any more."""


#: Starts a process: told are each frame's body, and once why it ended
StartWorker = Callable[[Callable[[bytes], None], Callable[[str], None]], Worker]


@dataclass(frozen=True, slots=True)
class Hears:
    """Who hears of what comes from the worker."""

    ready: Callable[[Ready], None]
    refused: Callable[[Refused], None]
    failed: Callable[[str], None]
    """The run is over, and why"""
    raised: Callable[[str, Failed], None]
    """A call of this name raised; the run is over"""
    said: Callable[[Said], None]
    serve: Callable[[Ask], Answer]


class WorkerSession:
    """A worker from its start to its end; `seconds` is a clock that goes on, whatever the market's does."""

    def __init__(
        self, opening: Open, start: StartWorker, hears: Hears, seconds: Callable[[], float], snapshots: Snapshots | None
    ) -> None:
        self._hears = hears
        self._seconds = seconds
        self._snapshots = snapshots
        self._memory_bytes = opening.memory_bytes
        self._ticks: dict[str, None] = {}
        self._timer = False
        self._kept: deque[tuple[str, dict[str, Any]]] = deque()
        self._is_ready = False
        self._is_over = False
        self._call = 0
        self._under_way = "loading"
        """The call that runs; empty for none"""
        self._spent, self._looked_at = 0.0, seconds()
        self._sent_at = self._looked_at
        self._frames, self._frames_since = 0, self._looked_at
        self.worst_ms = 0.0
        """The longest call so far"""
        self._worker = start(self._on_frame, self._over)
        self._send(framed(opening))

    # ---- what the strategy's calls become

    def post_tick(self, underlying: str) -> None:
        """A tick; merged with one that waits."""
        self._ticks[underlying] = None
        self._next()

    def post_timer(self) -> None:
        """Some time has passed; merged with one that waits."""
        self._timer = True
        self._next()

    def post(self, method: str, **arguments: Any) -> None:
        """A call that is kept until it is made."""
        if len(self._kept) >= MOST_KEPT:
            self._over(f"more than {MOST_KEPT} fills, orders and inquiries wait for it")
            return
        self._kept.append((method, arguments))
        self._next()

    def look(self) -> None:
        """Hold it to its time and its memory; asked some twenty times a second."""
        if self._is_over:
            return
        now = self._seconds()
        if self._under_way:
            self._spent += min(now - self._looked_at, _LONGEST_LOOK_SECONDS)
            limit = CALL_SECONDS if self._is_ready else LOAD_SECONDS
            if self._spent > limit:
                self._over(f"{self._under_way} did not end within {limit * 1000:.0f} ms")
                return
        self._looked_at = now
        used = self._worker.memory_bytes()
        if used is not None and used > self._memory_bytes:
            self._over(f"uses {used / 1e6:,.0f} MB, more than its {self._memory_bytes / 1e6:,.0f}")

    def close(self) -> None:
        """End it; nothing of it is heard any more."""
        self._is_over = True
        self._worker.kill()

    # ---- inside

    def _next(self) -> None:
        """Send the next call, when none is under way."""
        if self._under_way or self._is_over or self._snapshots is None:
            return
        arguments: dict[str, Any] = {}
        if self._kept:
            method, arguments = self._kept.popleft()
        elif self._ticks:
            method = "on_tick"
            arguments["underlying"] = underlying = next(iter(self._ticks))
            del self._ticks[underlying]
        elif self._timer:
            method, self._timer = "on_timer", False
        else:
            return
        day = self._snapshots.day()
        data = b"" if day is None else framed(day)
        self._call += 1
        event = Event(call=self._call, method=method, snapshot=self._snapshots.take(), **arguments)
        self._under_way, self._spent = method, 0.0
        self._sent_at = self._looked_at = self._seconds()
        self._send(data + framed(event))

    def _on_frame(self, body: bytes) -> None:
        if self._is_over:
            return
        now = self._seconds()
        if now - self._frames_since > 1.0:
            self._frames, self._frames_since = 0, now
        self._frames += 1
        if self._frames > MOST_FRAMES:
            self._over(f"asks or says more than {MOST_FRAMES} things a second")
            return
        try:
            frame = decode_of_worker(body)
        except LinkError as error:
            self._over(f"its process sends {error}")
            return
        if isinstance(frame, Done | Failed):
            self._ended(frame, now)
        elif isinstance(frame, Said):
            self._hears.said(frame)
        elif isinstance(frame, Ready | Refused):
            self._opened(frame)
        elif self._is_ready:
            answer = self._hears.serve(frame)
            # Serving may have stopped the strategy
            if not self._is_over:
                self._send(framed(answer))
        else:
            self._over("its process asks before it is ready")

    def _opened(self, frame: Ready | Refused) -> None:
        if self._is_ready:
            self._over("its process says twice that it is ready")
        elif isinstance(frame, Refused):
            self._is_over = True
            self._worker.kill()
            self._hears.refused(frame)
        else:
            self._is_ready, self._under_way = True, ""
            self._hears.ready(frame)
            self._next()

    def _ended(self, frame: Done | Failed, now: float) -> None:
        method = self._under_way
        if not self._is_ready or not method or frame.call != self._call:
            self._over("its process ends a call that was not made")
            return
        self.worst_ms = max(self.worst_ms, (now - self._sent_at) * 1000)
        if isinstance(frame, Failed):
            self._is_over = True
            self._worker.kill()
            self._hears.raised(method, frame)
            return
        self._under_way = ""
        self._next()

    def _send(self, data: bytes) -> None:
        if not self._is_over and not self._worker.send(data):
            self._over("its process does not read")

    def _over(self, cause: str) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._worker.kill()
        self._hears.failed(ascii_safe(cause)[:_LONGEST_CAUSE])
