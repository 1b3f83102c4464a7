"""A line to the venue without a desk behind it, for tests of what the venue says and to whom."""

from decimal import Decimal

from terminal.domain import wire
from terminal.domain.messages import (
    PROTOCOL,
    Command,
    Event,
    Hello,
    SubmitOrder,
)
from terminal.domain.orders import Instruction, OrderType
from terminal.venue.session import Session
from tests.harness import CALL, World
from tests.memory_line import DirectGateway, MemoryTransport

HELLO = Hello(protocol=PROTOCOL, desk_id="D9", account_id="A9")


class Visitor:
    """A line without a desk behind it: says what a test wants and keeps what it hears."""

    def __init__(self, world: World) -> None:
        self.heard: list[Event] = []
        self.frames = wire.FrameReader()
        self.closed = False
        self.session: Session = world.venue.accept()
        self.transport = MemoryTransport(_Listening(self, world))
        self.session.connection_made(self.transport)

    def say(self, *commands: Command) -> list[Event]:
        """Send; gives what came back at once."""
        before = len(self.heard)
        for command in commands:
            self.session.data_received(wire.frame(command))
        return self.heard[before:]


class _Listening(DirectGateway):
    """The visitor's end of the line."""

    def __init__(self, visitor: Visitor, world: World) -> None:
        super().__init__(lambda: world.host)
        self._visitor = visitor

    def from_venue(self, data: bytes) -> None:
        self._visitor.heard += [wire.decode_event(body) for body in self._visitor.frames.feed(data)]

    def venue_closed(self) -> None:
        self._visitor.closed = True
        self._visitor.session.connection_lost(None)


def buy(client_order_id: str, price: str, quantity: int = 3) -> SubmitOrder:
    """A limit order for CALL in short."""
    return SubmitOrder(
        client_order_id=client_order_id,
        contract_code=CALL,
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=quantity,
        price=Decimal(price),
    )
