"""Whether a click on the ladder is an order: only while armed, and never for longer than nobody uses it."""

from collections.abc import Callable

from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.services.events import DayBegan, DayChanged, LinkChanged, ProtectionChanged
from terminal.views.ladder.words import Disarmed

#: Without a click or a key for so long it is armed no longer
IDLE_SECONDS = 60.0


class Arming:
    """`changed` is told the reason of a disarming, None of an arming."""

    def __init__(self, desk: Desk, changed: Callable[[Disarmed | None], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._used_at: float | None = None
        desk.bus.subscribe(LinkChanged, self._on_link)
        desk.bus.subscribe(ProtectionChanged, self._on_protection)
        for event in (DayBegan, DayChanged):
            desk.bus.subscribe(event, self._on_day)

    @property
    def is_armed(self) -> bool:
        """Whether a click sends. Asked at every click: what nobody serves may not stay armed."""
        self.look()
        return self._used_at is not None

    @property
    def seconds_left(self) -> float:
        """Until it is armed no longer."""
        return 0.0 if self._used_at is None else max(self._used_at + IDLE_SECONDS - self._desk.monotonic(), 0.0)

    @property
    def closed_because(self) -> Reason | None:
        """Why it cannot be armed now; None while it can."""
        closed = self._desk.orders.closed_because
        return Reason.STOPPED if closed is None and self._desk.quoting.gate.stops.everything else closed

    def arm(self) -> bool:
        """Let clicks be orders; False while nothing may leave anyway."""
        if self.closed_because is not None:
            return False
        self._used_at = self._desk.monotonic()
        self._changed(None)
        return True

    def disarm(self, why: Disarmed) -> None:
        """Let clicks be orders no longer."""
        if self._used_at is not None:
            self._used_at = None
            self._changed(why)

    def touch(self) -> None:
        """It is being used."""
        if self.is_armed:
            self._used_at = self._desk.monotonic()

    def look(self) -> None:
        """Disarm what was not used, and what cannot send."""
        if self._used_at is None:
            return
        if self.seconds_left <= 0.0:
            self.disarm(Disarmed.IDLE)
        elif self.closed_because is not None:
            self.disarm(Disarmed.STOPPED if self.closed_because is not Reason.NOT_CONNECTED else Disarmed.LINE)

    # ---- inside

    def _on_link(self, event: LinkChanged) -> None:
        if event.state is not LinkState.UP:
            self.disarm(Disarmed.LINE)

    def _on_protection(self, _event: ProtectionChanged) -> None:
        if self._desk.quoting.gate.stops.everything:
            self.disarm(Disarmed.STOPPED)

    def _on_day(self, _event: object) -> None:
        self.disarm(Disarmed.DAY)
