"""A line between a desk and a venue of one process: whole frames, encoded and decoded both ways, moved by hand.

The test is the network: it cuts the line, holds frames back, drops, doubles or reorders them.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from terminal.domain import wire
from terminal.domain.messages import Command, Event
from terminal.domain.ports import LinkState, VenueListener
from terminal.venue.host import VenueHost
from terminal.venue.session import Session


class MemoryTransport(asyncio.Transport):
    """The venue's end of a line."""

    def __init__(self, line: "DirectGateway") -> None:
        super().__init__()
        self._line = line
        self.closed = False
        self.backlog = 0
        """Bytes that the socket is said to hold"""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Put frames on the line."""
        if not self.closed:
            self._line.from_venue(bytes(data))

    def get_write_buffer_size(self) -> int:
        """As a socket would say."""
        return self.backlog

    def is_closing(self) -> bool:
        """Whether the end was asked for."""
        return self.closed

    def close(self) -> None:
        """End the line; what was written still arrives."""
        if not self.closed:
            self.closed = True
            self._line.venue_closed()

    def abort(self) -> None:
        """End the line."""
        self.close()


EventFilter = Callable[[Event], list[Event]]


class DirectGateway:
    """A gateway to a venue of this process; the test is the network."""

    def __init__(self, venue: Callable[[], VenueHost | None]) -> None:
        self._venue = venue
        self._listener: VenueListener | None = None
        self._frames = wire.FrameReader()
        self._session: Session | None = None
        self.transport: MemoryTransport | None = None
        self.to_desk: deque[bytes] = deque()
        self.to_venue: deque[bytes] = deque()
        self.hold_to_desk = False
        self.hold_to_venue = False
        self.meddle: EventFilter | None = None
        """What becomes of each event on its way to the desk"""
        self.sent: list[Command] = []
        """Every command handed to the line"""
        self.received: list[Event] = []

    async def start(self, listener: VenueListener) -> None:
        """Connect at once if the venue is there."""
        self._listener = listener
        self.connect()

    def send(self, command: Command) -> bool:
        """Put a command on the line."""
        if self._session is None:
            return False
        self.sent.append(command)
        self.to_venue.append(wire.frame(command))
        return True

    async def stop(self) -> None:
        """Close the line."""
        self.cut()
        self._listener = None

    @property
    def connected(self) -> bool:
        """Whether there is a line."""
        return self._session is not None

    def connect(self) -> None:
        """A new line, when the venue runs."""
        host = self._venue()
        if host is None or self._session is not None or self._listener is None:
            return
        self._listener.on_link(LinkState.CONNECTING, "")
        self._frames = wire.FrameReader()
        self._session = host.accept()
        self.transport = MemoryTransport(self)
        self._session.connection_made(self.transport)
        self._listener.on_link(LinkState.RECOVERING, "memory")

    def cut(self) -> None:
        """The line is lost with everything on it."""
        session, self._session = self._session, None
        if session is None:
            return
        self.to_desk.clear()
        self.to_venue.clear()
        assert self.transport is not None
        self.transport.closed = True
        session.connection_lost(None)
        if self._listener is not None:
            self._listener.on_link(LinkState.DOWN, "cut")

    def from_venue(self, data: bytes) -> None:
        """Bytes of the venue, cut into frames and put on the line."""
        for body in self._frames.feed(data):
            event = wire.decode_event(body)
            for changed in [event] if self.meddle is None else self.meddle(event):
                self.to_desk.append(wire.encode(changed))

    def venue_closed(self) -> None:
        """The venue ended the line: what it sent before still arrives, then the desk sees the end."""
        session, self._session = self._session, None
        if session is None:
            return
        self.deliver_to_desk()
        session.connection_lost(None)
        if self._listener is not None:
            self._listener.on_link(LinkState.DOWN, "closed by the venue")

    def deliver_to_desk(self) -> int:
        """Let the desk have what is on the line; gives how many frames."""
        count = 0
        while self.to_desk and self._listener is not None:
            event = wire.decode_event(self.to_desk.popleft())
            self.received.append(event)
            self._listener.on_event(event)
            count += 1
        return count

    def deliver_to_venue(self) -> int:
        """Let the venue have what is on the line; gives how many frames."""
        count = 0
        while self.to_venue and self._session is not None:
            self._session.data_received(self.to_venue.popleft())
            count += 1
        return count

    def pump(self) -> int:
        """Move what is not held, both ways."""
        moved = 0 if self.hold_to_venue else self.deliver_to_venue()
        return moved + (0 if self.hold_to_desk else self.deliver_to_desk())
