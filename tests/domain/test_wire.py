"""The codec: frames cut anywhere give the same stream, garbage is a LinkError, every message survives the way."""

import struct
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain import messages, wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import LinkError
from terminal.domain.messages import (
    PROTOCOL,
    CancelOrder,
    Command,
    Event,
    Hello,
    MarketDataBatch,
    OrderReport,
    Ping,
    Pong,
    SubmitOrder,
)
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.wire import FrameReader, decode_command, decode_event, encode, frame

COMMANDS = typing.get_args(Command)
EVENTS = typing.get_args(Event)

#: Values of the plain types a message may hold, as wide as the wire carries them
PLAIN: dict[object, st.SearchStrategy[object]] = {
    int: st.integers(-(2**63), 2**63 - 1),
    str: st.text(max_size=20),
    bool: st.booleans(),
    bytes: st.binary(max_size=40),
    float: st.floats(allow_nan=False),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    datetime: st.datetimes(
        min_value=datetime.fromisoformat("2000-01-01"),
        max_value=datetime.fromisoformat("2100-01-01"),
        timezones=st.sampled_from([UTC, SHANGHAI]),
    ),
    type(None): st.none(),
}


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Values of a field by its type, the fields of objects within it too."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple:
        return st.lists(values_of(parts[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(values_of(parts[0]), values_of(parts[1]), max_size=3)
    if origin in (types.UnionType, typing.Union):
        return st.one_of([values_of(part) for part in parts])
    if issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    hints = typing.get_type_hints(annotation)
    return st.builds(annotation, **{name: values_of(hint) for name, hint in hints.items()})


def test_every_message_of_the_module_can_travel() -> None:
    defined = {
        kind
        for kind in vars(messages).values()
        if isinstance(kind, type) and issubclass(kind, messages.Message) and kind is not messages.Message
    }
    # A TradePrint travels only within its batch
    assert defined - {messages.TradePrint} == {*COMMANDS, *EVENTS}
    assert len({kind.__name__ for kind in defined}) == len(defined)


@pytest.mark.parametrize("kind", [*COMMANDS, *EVENTS])
@settings(max_examples=25)
@given(data=st.data())
def test_every_message_survives_the_way_there_and_back(kind: type[Command | Event], data: st.DataObject) -> None:
    message = data.draw(values_of(kind))
    decode: Callable[[bytes], Command | Event] = decode_command if kind in COMMANDS else decode_event
    assert decode(encode(message)) == message
    (body,) = FrameReader().feed(frame(message))
    assert body == encode(message)


def test_prices_and_times_arrive_as_they_were_sent() -> None:
    order = SubmitOrder(
        client_order_id="A-1",
        contract_code="10001771",
        instruction=Instruction.SELL_OPEN,
        order_type=OrderType.LIMIT,
        quantity=10,
        price=Decimal("0.4600"),
    )
    back = decode_command(encode(order))
    assert isinstance(back, SubmitOrder)
    assert str(back.price) == "0.4600"
    assert back.instruction is Instruction.SELL_OPEN
    report = OrderReport(
        sequence=7,
        report_id="r",
        account_id="8001",
        client_order_id="A-1",
        exchange_order_id="9",
        exec_type=ExecType.TRADE,
        contract_code="10001771",
        instruction=Instruction.SELL_OPEN,
        order_type=OrderType.LIMIT,
        quantity=10,
        at=datetime(2025, 11, 20, 9, 30, 0, 1, tzinfo=SHANGHAI),
        trading_day=date(2025, 11, 20),
    )
    came = decode_event(encode(report))
    assert isinstance(came, OrderReport)
    # The same instant to the microsecond; the wire carries no zone, so it comes back in UTC
    assert came.at.isoformat() == "2025-11-20T01:30:00.000001+00:00"
    assert came.at == report.at


STREAM: list[Command] = [
    Hello(protocol=PROTOCOL, desk_id="d", account_id="8001"),
    Ping(number=1),
    CancelOrder(client_order_id="x" * 300),
    Ping(number=2),
]


@pytest.mark.fault("F18")
@given(cuts=st.lists(st.integers(0, 420), max_size=12))
def test_frames_chopped_and_joined_anywhere_give_the_same_stream(cuts: list[int]) -> None:
    data = b"".join(map(frame, STREAM))
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    reader = FrameReader()
    bodies = [body for start, end in pairwise(edges) for body in reader.feed(data[start:end])]
    assert [decode_command(body) for body in bodies] == STREAM


@pytest.mark.fault("F18")
def test_single_bytes_give_the_same_stream() -> None:
    reader = FrameReader()
    data = b"".join(map(frame, STREAM))
    bodies = [body for n in range(len(data)) for body in reader.feed(data[n : n + 1])]
    assert [decode_command(body) for body in bodies] == STREAM


@pytest.mark.fault("F17")
def test_an_impossible_length_ends_the_line_and_not_the_memory() -> None:
    reader = FrameReader()
    data = frame(Ping(number=1)) + struct.pack(">I", wire.MAX_FRAME_BYTES + 1) + b"rest"
    bodies: list[bytes] = []
    with pytest.raises(LinkError, match=str(wire.MAX_FRAME_BYTES)):
        bodies.extend(reader.feed(data))
    assert [decode_command(body) for body in bodies] == [Ping(number=1)]


def test_a_frame_of_the_largest_size_is_still_taken() -> None:
    head = struct.pack(">I", wire.MAX_FRAME_BYTES)
    reader = FrameReader()
    assert list(reader.feed(head)) == []
    (body,) = reader.feed(bytes(wire.MAX_FRAME_BYTES))
    assert len(body) == wire.MAX_FRAME_BYTES


def _decode_or_refuse(decode: Callable[[bytes], object], body: bytes) -> None:
    """Decode; only a message or a LinkError in one short line may come of it."""
    refusal = ""
    try:
        decode(body)
    except LinkError as error:
        refusal = str(error)
    assert refusal == "" or refusal.isprintable()
    assert len(refusal) < 300


@pytest.mark.fault("F17", "F29")
@given(body=st.binary(max_size=200))
def test_random_bytes_are_a_message_or_a_link_error(body: bytes) -> None:
    _decode_or_refuse(decode_command, body)
    _decode_or_refuse(decode_event, body)


@pytest.mark.fault("F17")
@pytest.mark.parametrize("kind", [*COMMANDS, *EVENTS])
@settings(max_examples=25)
@given(data=st.data())
def test_garbled_messages_are_a_message_or_a_link_error(kind: type[Command | Event], data: st.DataObject) -> None:
    body = bytearray(encode(data.draw(values_of(kind))))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(body)))
    for decode in (decode_command, decode_event):
        _decode_or_refuse(decode, bytes(body))
        _decode_or_refuse(decode, bytes(body[:cut]))


def _submit(**changed: object) -> bytes:
    fields: dict[str, object] = {
        "type": "SubmitOrder",
        "client_order_id": "A-1",
        "contract_code": "10001771",
        "instruction": "BO",
        "order_type": "LMT",
        "quantity": 1,
        "price": "0.46",
    }
    return msgspec.msgpack.encode(fields | changed)


@pytest.mark.fault("F17", "F46")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xc1",
        b"{}",
        msgspec.msgpack.encode({}),
        msgspec.msgpack.encode([1, 2]),
        _submit(type="Nothing"),
        _submit(type="Pong"),
        _submit(quantity="1"),
        _submit(quantity=1.5),
        _submit(quantity=True),
        _submit(instruction="XX"),
        _submit(price="half"),
        _submit(price="1E+99999999999999999999"),
        _submit(client_order_id=7),
        _submit(client_order_id="\ud800".encode("utf-8", "surrogatepass")),
        _submit()[:-1],
        _submit() + b"\x00",
        b"\x91" * 100_000,  # arrays in arrays in arrays
        b"\x81\xa1x" + b"\x91" * 100_000,
        b"\xdd\xff\xff\xff\xff",  # an array of four billion
        b"\xc6\xff\xff\xff\xff",  # four billion bytes
    ],
)
def test_what_is_no_command_is_a_link_error(body: bytes) -> None:
    with pytest.raises(LinkError, match="not a command") as raised:
        decode_command(body)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 300


@pytest.mark.fault("F17")
@pytest.mark.parametrize(
    "body",
    [
        encode(Ping(number=1)),  # a command
        msgspec.msgpack.encode({"type": "Pong", "number": 1, "at": "yesterday"}),
        msgspec.msgpack.encode({"type": "MarketDataBatch", "at": "2025-11-20T09:30:00+08:00", "rows": 7}),
        msgspec.msgpack.encode({"type": "Recovered"}),
    ],
)
def test_what_is_no_event_is_a_link_error(body: bytes) -> None:
    with pytest.raises(LinkError, match="not an event"):
        decode_event(body)


@pytest.mark.fault("F113")
def test_fields_of_a_newer_version_are_passed_over() -> None:
    assert decode_command(msgspec.msgpack.encode({"type": "Ping", "number": 3, "colour": "red"})) == Ping(number=3)


def test_market_data_travels_as_it_is() -> None:
    batch = MarketDataBatch(at=datetime(2025, 11, 20, 1, 30, tzinfo=UTC), rows=bytes(range(256)))
    assert decode_event(encode(batch)) == batch
    assert decode_event(encode(Pong(number=1, at=batch.at))) == Pong(number=1, at=batch.at)


def test_what_is_written_down_is_what_is_sent_and_no_message_can_change_between_the_two() -> None:
    assert all(kind.__struct_config__.frozen for kind in (*COMMANDS, *EVENTS))
    first, second = Ping(number=1), Ping(number=2)
    for message in (first, second, first):
        assert frame(message)[4:] == encode(message) == encode(Ping(number=message.number))
