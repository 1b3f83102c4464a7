"""One run of a scenario as an instructor drives it (教员会话): over a line of its own to the venue, with or without a
screen. The window and the run without one use the same.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from terminal.domain.messages import (
    PROTOCOL,
    ClassEvent,
    ClassOpened,
    ClockChanged,
    DayOpened,
    DeskSeen,
    Event,
    EventInjected,
    Hello,
    Inject,
    JumpTo,
    MarketDataBatch,
    Notice,
    PhaseChanged,
    Recovered,
    Refused,
    SetClock,
    StepReached,
    StepTaken,
    Welcome,
)
from terminal.domain.ports import Gateway, LinkState
from terminal.services.market_clock import MarketClock


class InstructorSession:
    """Implements `domain.ports.VenueListener`. `changed` is called after every event that changes what is below."""

    def __init__(self, gateway: Gateway, desk_id: str, monotonic: Callable[[], float]) -> None:
        self._gateway = gateway
        self._desk_id = desk_id
        self.clock = MarketClock(monotonic)
        self.link = LinkState.DOWN
        self.day: date | None = None
        self.opened: ClassOpened | None = None
        """The class, once the venue has told of it"""
        self.list: DayOpened | None = None
        """The day's contracts"""
        self.events: list[EventInjected] = []
        """Everything that was let happen, oldest first, over all days"""
        self.desks: dict[str, DeskSeen] = {}
        self.phases: dict[str, PhaseChanged] = {}
        """The market's by the empty code, and of what stands still by its own"""
        self.notices: list[Notice] = []
        self.refusals: list[Refused] = []
        self.changed: list[Callable[[Event | LinkState], None]] = []
        self.on_step: Callable[[datetime], None] | None = None
        """Deals with each stop of a jump; the venue waits for it then"""

    async def start(self) -> None:
        """Open the line."""
        await self._gateway.start(self)

    async def stop(self) -> None:
        """Close it."""
        await self._gateway.stop()

    def forget(self) -> None:
        """Another class begins: what was heard of the one before is no part of it."""
        self.opened = self.list = self.day = None
        for kept in (self.events, self.desks, self.phases, self.notices, self.refusals):
            kept.clear()

    # ---- what an instructor may do

    def play(self, speed: float) -> None:
        """Let time pass at a speed; 0 pauses. After a day's end it begins the next."""
        self._gateway.send(SetClock(speed=speed))

    def jump(self, day: date | None = None, at: time | None = None) -> None:
        """Play on to a day and time, or to the end of the settled day, in step with the desks."""
        self._gateway.send(JumpTo(day=day, at=at))

    def jump_to_next_event(self) -> None:
        """Play on to what the scenario has next today."""
        self._gateway.send(JumpTo(next_event=True))

    def inject(self, event: ClassEvent, by: str = "instructor") -> None:
        """Let something happen now."""
        self._gateway.send(Inject(event=event, by=by))

    # ---- the venue's side

    @property
    def is_jumping(self) -> bool:
        """Whether a jump is under way."""
        return self.opened is not None and self.opened.jumping

    def now(self) -> datetime:
        """The market's time."""
        return self.clock.now()

    def on_event(self, event: Event) -> None:
        """Keep what the venue tells."""
        if isinstance(event, MarketDataBatch):
            return
        if isinstance(event, StepReached):
            if self.on_step is not None:
                self.on_step(event.at)
                self._gateway.send(StepTaken(number=event.number))
            return
        if isinstance(event, ClockChanged):
            self.clock.set(event)
        elif isinstance(event, Welcome):
            if self.day != event.trading_day:
                self.day = event.trading_day
                self.phases.clear()
        elif isinstance(event, DayOpened):
            self.list = event
        elif isinstance(event, ClassOpened):
            self.opened = event
        elif isinstance(event, EventInjected):
            if event not in self.events:
                self.events.append(event)
        elif isinstance(event, DeskSeen):
            self.desks[event.desk_id] = event
        elif isinstance(event, PhaseChanged):
            self.phases[event.code] = event
        elif isinstance(event, Notice):
            if event not in self.notices:
                self.notices.append(event)
        elif isinstance(event, Recovered):
            self.link = LinkState.UP
        elif isinstance(event, Refused):
            self.refusals.append(event)
        for tell in self.changed:
            tell(event)

    def on_link(self, state: LinkState, detail: str) -> None:
        """Say hello on a new line."""
        self.link = state
        if state is LinkState.RECOVERING:
            self._gateway.send(Hello(protocol=PROTOCOL, desk_id=self._desk_id, account_id="", watches=True))
        for tell in self.changed:
            tell(state)
