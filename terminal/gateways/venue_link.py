"""The line to a venue over TCP (交易网关): frames of `domain.wire`, reconnecting by itself.

Everything runs on the loop that `start` was called on; events reach the listener inside the socket's own callback, so a
batch costs one hop. Silence longer than `silence_limit` closes a half-open line (F02). While the desk's own loop stands
still it hears nobody, so that time is not silence of the venue, unless it was a machine's sleep (F87).
"""

import asyncio
import logging
from collections.abc import Callable

from terminal.domain import wire
from terminal.domain.errors import LinkError, OptionDeskError, VenueStarting, ascii_safe, shown
from terminal.domain.messages import Command
from terminal.domain.ports import LinkState, VenueListener

logger = logging.getLogger(__name__)
#: Seconds between attempts: doubled each time up to the last
RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.6, 3.0)
#: Seconds between looks for a venue that is starting beside the desk
STARTING_SECONDS = 0.05
#: A venue tells its clock every second; five without a byte is a dead line
SILENCE_LIMIT_SECONDS = 5.0
#: A loop that stood still for longer slept with its machine: all that was believed is asked for anew
SLEPT_SECONDS = 60.0
#: Looks within a silence limit: how finely the desk's own standstill is told from silence
_LOOKS = 5
#: So much of a cause is passed on
_DETAIL_LENGTH = 300


class VenueLink:
    """A `domain.ports.Gateway` over one TCP address; `address` is asked anew before every attempt."""

    def __init__(
        self,
        address: Callable[[], tuple[str, int]],
        *,
        silence_limit: float = SILENCE_LIMIT_SECONDS,
        retry_seconds: tuple[float, ...] = RETRY_SECONDS,
    ) -> None:
        self._address = address
        self._silence_limit = silence_limit
        self._retry_seconds = retry_seconds
        self._listener: VenueListener | None = None
        self._line: _Line | None = None
        self.peer: tuple[str, int] | None = None
        """Where the newest line led to; read by the dead-man watch from its own thread"""
        self._task: asyncio.Task[None] | None = None

    async def start(self, listener: VenueListener) -> None:
        """Begin connecting; returns at once."""
        self._listener = listener
        self._task = asyncio.get_running_loop().create_task(self._keep_connected(listener), name="venue link")

    def send(self, command: Command) -> bool:
        """Hand a command to the socket; False when the line is down."""
        line = self._line
        if line is None or line.transport is None or line.transport.is_closing():
            return False
        line.transport.write(wire.frame(command))
        return True

    async def stop(self) -> None:
        """Close the line and end the task."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _keep_connected(self, listener: VenueListener) -> None:
        attempt, told, loop = 0, "", asyncio.get_running_loop()
        while True:
            listener.on_link(LinkState.CONNECTING, "")
            try:
                host, port = await self._where()
                line = await self._connect(host, port, listener)
            except (OSError, OverflowError, OptionDeskError) as error:
                # Long enough for the last words of a venue that says what to do
                detail = ascii_safe(str(error))[:_DETAIL_LENGTH]
            else:
                up_since = loop.time()
                detail = await self._watch(line)
                if loop.time() - up_since > self._retry_seconds[-1]:
                    # A venue that takes the line only to drop it is not to be asked ten times a second (F20)
                    attempt = 0
            listener.on_link(LinkState.DOWN, detail)
            if detail != told:
                # Once for each cause: a venue that takes a second to start is asked several times
                logger.info("no line to the venue: %s", detail)
                told = detail
            await asyncio.sleep(self._retry_seconds[min(attempt, len(self._retry_seconds) - 1)])
            attempt += 1

    async def _where(self) -> tuple[str, int]:
        """The address, as soon as a venue that is starting tells it."""
        while True:
            try:
                return self._address()
            except VenueStarting:
                await asyncio.sleep(STARTING_SECONDS)

    async def _connect(self, host: str, port: int, listener: VenueListener) -> "_Line":
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(lambda: _Line(listener, loop), host, port)
        self._line, self.peer = line, (host, port)
        # The listener answers with Hello, so the line must already take commands
        listener.on_link(LinkState.RECOVERING, f"{host}:{port}")
        return line

    async def _watch(self, line: "_Line") -> str:
        """Wait for the line's end; gives the cause."""
        loop, step = asyncio.get_running_loop(), self._silence_limit / _LOOKS
        try:
            while not line.ended.done():
                quiet = loop.time() - line.heard_at
                if quiet > self._silence_limit:
                    return f"silent for {quiet:.1f} s"
                due = loop.time() + step
                await asyncio.wait([line.ended], timeout=step)
                late = loop.time() - due
                if late > SLEPT_SECONDS:
                    return f"the desk stood still for {late:.0f} s"
                if late > 0:
                    line.heard_at = min(line.heard_at + late, loop.time())
            return line.ended.result()
        finally:
            self._line = None
            if line.transport is not None:
                line.transport.abort()


class _Line(asyncio.Protocol):
    """One connection; `ended` gives why it ended."""

    def __init__(self, listener: VenueListener, loop: asyncio.AbstractEventLoop) -> None:
        self._listener = listener
        self._loop = loop
        self._frames = wire.FrameReader()
        self.transport: asyncio.Transport | None = None
        self.ended: asyncio.Future[str] = loop.create_future()
        self.heard_at = loop.time()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard_at = self._loop.time()
        try:
            for body in self._frames.feed(data):
                if self.ended.done():
                    return
                self._listener.on_event(wire.decode_event(body))
        except LinkError as error:
            self._end(str(error))
            if self.transport is not None:
                self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(shown(exc) if exc else "closed by the venue")

    def _end(self, cause: str) -> None:
        if not self.ended.done():
            self.ended.set_result(cause)
