"""The one codec: messages in msgpack, each frame led by its length in four bytes, big-endian. Pure."""

import struct
from collections.abc import Iterator

import msgspec

from terminal.domain.errors import LinkError, shown
from terminal.domain.messages import Command, Event

#: A day's list of a thousand contracts is 0.4 MB; anything near this is not ours
MAX_FRAME_BYTES = 16 * 1024 * 1024
_LENGTH = struct.Struct(">I")
_encoder = msgspec.msgpack.Encoder()
_commands: msgspec.msgpack.Decoder[Command] = msgspec.msgpack.Decoder(Command)
#: The message encoded last, with its bytes: what is sent was written down before, and is the same
_newest: tuple[Command | Event | None, bytes] = (None, b"")
_events: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)


def encode(message: Command | Event) -> bytes:
    """The message as msgpack, without frame."""
    global _newest
    newest, body = _newest
    if newest is not message:
        body = _encoder.encode(message)
        _newest = message, body
    return body


def frame(message: Command | Event) -> bytes:
    """The message as one frame, ready to send."""
    body = encode(message)
    return _LENGTH.pack(len(body)) + body


def decode_command(body: bytes | memoryview) -> Command:
    """Read a command. Raises LinkError for anything that is not one."""
    try:
        return _commands.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
        raise LinkError(f"not a command: {shown(error)}") from error


def decode_event(body: bytes | memoryview) -> Event:
    """Read an event. Raises LinkError for anything that is not one."""
    try:
        return _events.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
        raise LinkError(f"not an event: {shown(error)}") from error


class FrameReader:
    """Cuts a byte stream into frame bodies, however the network chopped or joined it (F18)."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take bytes as they came and give every body now complete.

        Raises LinkError when a length exceeds MAX_FRAME_BYTES; the stream cannot be trusted after that.
        """
        self._buffer += data
        start = 0
        try:
            while len(self._buffer) - start >= _LENGTH.size:
                (length,) = _LENGTH.unpack_from(self._buffer, start)
                if length > MAX_FRAME_BYTES:
                    raise LinkError(f"a frame of {length} bytes exceeds {MAX_FRAME_BYTES}")
                end = start + _LENGTH.size + length
                if len(self._buffer) < end:
                    break
                body = bytes(self._buffer[start + _LENGTH.size : end])
                start = end
                yield body
        finally:
            del self._buffer[:start]
