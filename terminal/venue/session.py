"""One desk's connection at the venue: frames in, frames out, and what it has not been told yet.

A slow desk never makes the venue queue without bound: while its socket is full, quotes are only marked as changed and
the newest go out when it drains. Reports of its account are never merged or dropped (F111).
"""

import asyncio
import logging
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from terminal.domain import wire
from terminal.domain.errors import LinkError, shown
from terminal.domain.messages import Command, Event

logger = logging.getLogger(__name__)
#: Bytes waiting in a socket above which quotes are held back
_QUOTE_BACKLOG = 512 * 1024
#: Bytes waiting above which a desk that does not read is let go; its account's reports are in the journal
_DEAD_BACKLOG = 64 * 1024 * 1024


class SessionOwner(Protocol):
    """Who takes a session's commands."""

    def on_command(self, session: "Session", command: Command) -> None:
        """A command came in."""

    def on_closed(self, session: "Session") -> None:
        """The line ended."""


class Session(asyncio.Protocol):
    """One connection; `account_id` is empty until its Hello was taken."""

    def __init__(self, owner: SessionOwner) -> None:
        self._owner = owner
        self._frames = wire.FrameReader()
        self._transport: asyncio.Transport | None = None
        self.desk_id = ""
        self.account_id = ""
        self.watches = False
        """An instructor's line, without an account"""
        self.is_live = False
        """Recovery has been sent: quotes and news may follow"""
        self.unsent: NDArray[np.bool_] = np.zeros(0, np.bool_)
        """Instruments whose newest quote this desk has not been sent"""

    # ---- asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            for body in self._frames.feed(data):
                if self._transport is None:
                    return
                self._owner.on_command(self, wire.decode_command(body))
        except LinkError as error:
            logger.info("a desk's line is cut: %s", error)
            self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._owner.on_closed(self)

    # ---- the host's side

    def send(self, event: Event) -> None:
        """Send one event; nothing happens on a closed line."""
        self.send_bytes(wire.frame(event))

    def send_bytes(self, data: bytes) -> None:
        """Send frames that are already encoded."""
        if self._transport is None or self._transport.is_closing():
            return
        self._transport.write(data)
        if self._transport.get_write_buffer_size() > _DEAD_BACKLOG:
            logger.info("desk %s does not read and is let go", shown(self.desk_id))
            self._transport.abort()

    def refuse(self, event: Event) -> None:
        """Say why and end the line once that is sent; what comes in meanwhile is void."""
        self.send(event)
        if self._transport is not None:
            transport, self._transport = self._transport, None
            transport.close()

    @property
    def has_room(self) -> bool:
        """Whether quotes may be sent now."""
        return self._transport is not None and self._transport.get_write_buffer_size() < _QUOTE_BACKLOG

    def close(self) -> None:
        """End the line at once; what was received and not yet taken is void."""
        if self._transport is not None:
            transport, self._transport = self._transport, None
            transport.abort()
