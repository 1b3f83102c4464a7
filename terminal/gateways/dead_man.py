"""The dead-man watch (失效保护): takes the quotes out when the desk's event loop stands still.

A thread of its own looks at the time of the loop's last beat. It shares nothing with the loop but that one number: the
loop's socket belongs to asyncio, whose transports must not be touched from another thread, and a loop that hangs would
not write anyway. So it opens a second, short connection of its own to the same venue, says Hello for the same account
under another desk's name (under the same name the venue would cut the first line, and with it what it still has to
say), sends CancelQuotes, and CancelAll if asked, waits until the venue has answered, and closes. The venue sees two
desks of one account for a moment, which it allows; the first keeps its line and hears of the cancels when it wakes.

A loop busy in Python leaves this thread its turns. A call in C that never gives the interpreter's lock back stops this
thread too; then only the venue can help, which cancels for a desk whose line ends.
"""

import logging
import socket
import sys
import time
from collections.abc import Callable
from threading import Event, Lock, Thread, get_ident
from traceback import StackSummary, walk_stack

from terminal.domain import wire
from terminal.domain.errors import LinkError, OptionDeskError, shown
from terminal.domain.messages import PROTOCOL, CancelAll, CancelQuotes, Command, Hello, Recovered

logger = logging.getLogger(__name__)
_ANSWER_SECONDS = 2.0
_SUFFIX = "DM"
_NAME_LENGTH = 32


class DeadMan:
    """Watches one loop. `address` is asked for at the moment of need; `monotonic` gives seconds."""

    def __init__(
        self,
        address: Callable[[], tuple[str, int]],
        *,
        desk_id: str,
        account_id: Callable[[], str],
        stands_still_seconds: float,
        cancel_orders: bool = True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = address
        self._desk_id = desk_id[: _NAME_LENGTH - len(_SUFFIX)] + _SUFFIX
        self._account_id = account_id
        self._limit = stands_still_seconds
        self._cancel_orders = cancel_orders
        self._monotonic = monotonic
        self._lock = Lock()
        self._beat_at = monotonic()
        self._loop_thread = get_ident()
        self._armed = False
        self._fired = False
        self._told = True
        self._ended = Event()
        self._thread: Thread | None = None
        self.failure = ""
        """Why the last attempt did not reach the venue; empty when it did"""

    @property
    def has_fired(self) -> bool:
        """Whether it has pulled since it was armed."""
        return self._fired

    @property
    def is_armed(self) -> bool:
        """Whether a loop that stands still would cost the quotes."""
        return self._armed and not self._fired

    def start(self) -> None:
        """Begin to watch; nothing is pulled before `arm`."""
        self._thread = Thread(target=self._run, name="dead man", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watch; quotes stay as they are."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def arm(self) -> None:
        """From now on a loop that stands still costs the quotes. After it has fired a person arms it anew."""
        with self._lock:
            self._armed, self._fired, self._told = True, False, True
            self._beat_at = self._monotonic()
            self._loop_thread = get_ident()

    def disarm(self) -> None:
        """Nothing is quoted: leave a slow loop alone."""
        with self._lock:
            self._armed = False

    def beat(self) -> bool:
        """The loop lives. True once after the watch has pulled: the desk must stop quoting and tell a person."""
        with self._lock:
            self._beat_at = self._monotonic()
            news, self._told = not self._told, True
        return news

    def look(self) -> bool:
        """Pull if the loop has stood still for too long; True when it did so now. Called by the thread."""
        with self._lock:
            still = self._monotonic() - self._beat_at
            if not self._armed or (self._fired and not self.failure) or still < self._limit:
                return False
            is_first = not self._fired
            self._fired, self._told = True, False
        logger.error("the event loop has stood still for %.1f s: quotes are taken out", still)
        # Where it stands is noted now, because it may go on; the files of source are read once the quotes are out
        frame = sys._current_frames().get(self._loop_thread)
        stands = StackSummary.extract(walk_stack(frame), lookup_lines=False) if frame is not None else StackSummary()
        stands.reverse()
        try:
            self._pull()
        except (OSError, OverflowError, OptionDeskError) as error:
            self.failure = shown(error)
            logger.error("the dead-man watch does not reach the venue: %s", self.failure)
        else:
            self.failure = ""
        if is_first:
            logger.error("where the event loop stood still:\n%s", "".join(stands.format()))
        return True

    def _run(self) -> None:
        # Half a limit late at most, and never busy
        while not self._ended.wait(max(self._limit / 4.0, 0.01)):
            self.look()

    def _pull(self) -> None:
        commands: list[Command] = [
            Hello(protocol=PROTOCOL, desk_id=self._desk_id, account_id=self._account_id()),
            CancelQuotes(),
        ]
        if self._cancel_orders:
            commands.append(CancelAll())
        with socket.create_connection(self._address(), timeout=_ANSWER_SECONDS) as line:
            line.sendall(b"".join(map(wire.frame, commands)))
            frames = wire.FrameReader()
            while True:
                data = line.recv(1 << 16)
                if not data:
                    raise LinkError("closed by the venue before it answered")
                for body in frames.feed(data):
                    if isinstance(wire.decode_event(body), Recovered):
                        # It takes commands in their order: those behind Hello came in the same breath
                        return
