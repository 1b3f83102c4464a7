"""What desk and worker of a plug-in say to each other: msgpack in frames led by their length, arrays as raw bytes.

The desk sends Open, then a Day with the list and one Event at a time, each with what changed of the view. The worker
answers Ready or Refused, and every Event with Done or Failed; in between it may ask, and waits for the Answer. Nothing
the worker says is trusted: what is no frame of these, is too large or does not fit raises LinkError.
"""

import struct
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec

from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import LinkError, OptionDeskError, shown
from terminal.domain.messages import InquiryOpened
from terminal.domain.orders import Fill, Order, OrderRequest
from terminal.domain.phases import Phase
from terminal.strategies.parameters import FieldKind

#: A batch of a thousand contracts is 42 kB
MAX_WORKER_FRAME_BYTES = 1_000_000
#: A day's list of a thousand contracts is 0.4 MB
MAX_DESK_FRAME_BYTES = 16_000_000
_LENGTH = struct.Struct(">I")
#: Reads so many bytes, or fewer at the end
Read = Callable[[int], bytes]
F = TypeVar("F")


class Frame(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """Base of all of them."""


# ---- of the desk


class Open(Frame, frozen=True, kw_only=True):
    """Load this plug-in and make a strategy of it."""

    folder: str
    plug_in: str
    strategy: str
    """What the strategy is called"""
    values: dict[str, str]
    """Text by field of its parameters; what is not named keeps its default"""
    memory_bytes: int


class Day(Frame, frozen=True, kw_only=True):
    """The day's list; every array is laid out anew."""

    underlyings: tuple[Underlying, ...]
    contracts: tuple[Contract, ...]


class Snapshot(Frame, frozen=True, kw_only=True):
    """The view at one moment: small figures whole, of arrays those that changed since the snapshot before."""

    now: datetime
    monotonic: float
    market_phase: Phase
    has_widths: bool
    spots: tuple[float, ...]
    """By underlying in the order of the day's list, as the next two"""
    ages: tuple[float, ...]
    shares: tuple[tuple[int, int], ...]
    arrays: dict[str, bytes]
    rows: bytes = b""
    """Market rows that changed, int64"""
    quotes: bytes = b""
    """These rows"""


class Event(Frame, frozen=True, kw_only=True):
    """One call of the strategy."""

    call: int
    method: str
    snapshot: Snapshot
    underlying: str = ""
    fill: Fill | None = None
    order: Order | None = None
    inquiry: InquiryOpened | None = None
    values: dict[str, str] | None = None


class Answer(Frame, frozen=True, kw_only=True):
    """What became of what was asked."""

    yes: bool = False
    figures: bytes = b""
    """Codes of a quote's entries, int8; widths, int64"""
    quote_ids: tuple[str, ...] = ()
    messages: int = 0
    own: dict[str, bytes] = {}
    """Arrays of own quotes that it changed"""


# ---- of the worker


class FieldShown(Frame, frozen=True, kw_only=True):
    """A field of the plug-in's parameters; the default as text, None where there is none or it is no single value."""

    name: str
    kind: FieldKind
    default: str | None = None
    choices: tuple[str, ...] = ()
    about: str = ""
    """What stands under it in the file"""


class Ready(Frame, frozen=True, kw_only=True):
    """It is loaded, and made with the values that were given."""

    version: int
    fields: tuple[FieldShown, ...]
    underlyings: tuple[str, ...]


class Refused(Frame, frozen=True, kw_only=True):
    """It cannot be loaded or made: what BadInput says."""

    field: str
    value: str
    rule: str


class Done(Frame, frozen=True, kw_only=True):
    """The call has ended."""

    call: int


class Failed(Frame, frozen=True, kw_only=True):
    """The call raised."""

    call: int
    error: str
    trace: str


class Said(Frame, frozen=True, kw_only=True):
    """Lines for the strategy's own log, and what else it does that somebody may want to know (F73)."""

    notes: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()


class AskQuote(Frame, frozen=True, kw_only=True):
    """A batch, int64 arrays and a byte for each flag."""

    index: bytes
    bid: bytes
    bid_quantity: bytes
    ask: bytes
    ask_quantity: bytes
    bid_closes: bytes
    ask_closes: bytes
    inquiry: int = 0
    first: int = 0


class AskCancelQuotes(Frame, frozen=True, kw_only=True):
    """Own quotes of these contracts, or all of the strategy's."""

    numbers: tuple[int, ...] | None = None


class AskOrder(Frame, frozen=True, kw_only=True):
    """An order."""

    request: OrderRequest


class AskCancelOrder(Frame, frozen=True, kw_only=True):
    """A cancel."""

    client_order_id: str


class AskShares(Frame, frozen=True, kw_only=True):
    """Shares of an underlying."""

    underlying: str
    shares: int
    ticks: int = 0


class AskWidth(Frame, frozen=True, kw_only=True):
    """The widths that the obligation allows: contract numbers and bids, int64."""

    numbers: bytes
    bids: bytes


OfDesk = Open | Day | Event | Answer
Ask = AskQuote | AskCancelQuotes | AskOrder | AskCancelOrder | AskShares | AskWidth
OfWorker = Ready | Refused | Done | Failed | Said | Ask
_encoder = msgspec.msgpack.Encoder()
_of_desk: msgspec.msgpack.Decoder[OfDesk] = msgspec.msgpack.Decoder(OfDesk)
_of_worker: msgspec.msgpack.Decoder[OfWorker] = msgspec.msgpack.Decoder(OfWorker)


def framed(frame: OfDesk | OfWorker) -> bytes:
    """As it is written into the pipe."""
    body = _encoder.encode(frame)
    return _LENGTH.pack(len(body)) + body


def read_body(read: Read, most_bytes: int) -> bytes | None:
    """The next frame's body, without what led it; None when the pipe has closed.

    Raises LinkError for one that is too large; what follows cannot be trusted.
    """
    head = _exactly(read, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > most_bytes:
        raise LinkError(f"a frame of {length} bytes, more than {most_bytes}")
    return _exactly(read, length)


def decode_of_desk(body: bytes) -> OfDesk:
    """Read a frame of the desk."""
    return _decoded(_of_desk, body)


def decode_of_worker(body: bytes) -> OfWorker:
    """Read a frame of the worker. Raises LinkError for anything that is not one."""
    return _decoded(_of_worker, body)


def _decoded(decoder: "msgspec.msgpack.Decoder[F]", body: bytes) -> F:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, OptionDeskError, ValueError, ArithmeticError, RecursionError) as error:
        raise LinkError(f"no frame: {shown(error)}") from error


def _exactly(read: Read, count: int) -> bytes | None:
    parts = []
    while count:
        part = read(count)
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
