"""A gateway that also writes down what the venue says, for `optiondesk replay`."""

from terminal.domain.messages import Command, Event
from terminal.domain.ports import Gateway, LinkState, VenueListener
from terminal.services.market_clock import MarketClock
from terminal.storage.recording import RecordingWriter


class RecordedGateway:
    """Passes everything through; a recording that fails ends itself, never the desk."""

    def __init__(self, gateway: Gateway, writer: RecordingWriter, clock: MarketClock) -> None:
        self._gateway = gateway
        self._writer = writer
        self._clock = clock
        self._listener: VenueListener | None = None
        self._early: list[Event] = []

    async def start(self, listener: VenueListener) -> None:
        """Begin connecting, with us in between."""
        self._listener = listener
        await self._gateway.start(self)

    def send(self, command: Command) -> bool:
        """Hand a command to the line."""
        return self._gateway.send(command)

    async def stop(self) -> None:
        """Close line and recording."""
        await self._gateway.stop()
        self._writer.close()

    def on_event(self, event: Event) -> None:
        """Let the desk have it first: the disk must not hold up a fill."""
        if self._listener is not None:
            self._listener.on_event(event)
        if not self._clock.is_set:
            # What comes before the venue has told its time is written with the first time it tells
            self._early.append(event)
            return
        for waiting in (*self._early, event):
            self._writer.write(self._clock.now(), waiting)
        self._early.clear()

    def on_link(self, state: LinkState, detail: str) -> None:
        """The line changed."""
        if self._listener is not None:
            self._listener.on_link(state, detail)
