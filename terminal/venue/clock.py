"""The venue's clock as desks see and set it (仿真时钟): its speed, its steps, and what they are told of it.

How far market time may go at a speed is `pacer.py`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from terminal.domain.messages import ClockChanged, Refused, SetClock
from terminal.domain.reasons import Reason
from terminal.venue.market import Market
from terminal.venue.pacer import Pacer
from terminal.venue.session import Session

_GOAL_STEP_SECONDS = 5.0
MAX_SPEED = 600.0


class VenueClock:
    """Moves a market's time by its pacer; `play_on` is asked when somebody wants to go on after the close."""

    def __init__(
        self,
        market: Market,
        pacer: Pacer,
        monotonic: Callable[[], float],
        *,
        is_waiting: bool,
        is_jumping: Callable[[], bool],
        broadcast: Callable[[ClockChanged], None],
        play_on: Callable[[], None],
    ) -> None:
        self._market = market
        self._pacer = pacer
        self._monotonic = monotonic
        self._is_jumping = is_jumping
        self._broadcast = broadcast
        self._play_on = play_on
        self.is_waiting = is_waiting
        """Market time stands still until somebody to trade has come"""
        self.goal: datetime | None = None
        """Where a step of the clock leads; reached over several ticks, so that desks are never left without a word"""

    def message(self) -> ClockChanged:
        """Where market time is and how it goes on."""
        jumping = self._is_jumping()
        speed = 0.0 if self.is_waiting or jumping else self._pacer.speed
        return ClockChanged(
            at=self._market.now, speed=speed, behind_seconds=self._pacer.behind_seconds, stepping=jumping
        )

    def tell(self) -> None:
        """Tell every desk."""
        self._broadcast(self.message())

    def exact_now(self) -> datetime:
        """Market time of a command that comes now."""
        return self._market.now if self.is_waiting else self._pacer.exact_now(self._monotonic())

    def lay_anew(self, wall: float) -> None:
        """The market was moved without the pacer, which goes on from there."""
        self._pacer.now = self._market.now
        self._pacer.set_speed(self._pacer.speed, wall)

    def first_came(self) -> None:
        """Somebody to trade is here: time begins to pass."""
        if self.is_waiting:
            self.is_waiting = False
            self._pacer.set_speed(self._pacer.speed, self._monotonic())
            self.tell()

    def step_towards(self, goal: datetime, wall: float) -> None:
        """Go a part of a step of the clock."""
        left = (goal - self._market.now).total_seconds()
        if left > 0 and not self._market.is_over:
            step = min(left, _GOAL_STEP_SECONDS)
            self._market.advance(self._market.now + timedelta(seconds=step), step, 1)
        if left <= _GOAL_STEP_SECONDS or self._market.is_over:
            self.goal = None
        self.lay_anew(wall)
        if self.goal is None:
            self.tell()

    def take(self, session: Session, command: SetClock) -> None:
        """Set it as a desk says, or say why not."""
        wall = self._monotonic()
        if command.speed is not None:
            if not 0 <= command.speed <= MAX_SPEED:
                session.send(Refused(reason=Reason.MALFORMED, detail=f"speed 0 to {MAX_SPEED:g}"))
                return
            self._pacer.set_speed(command.speed, wall)
        if self._market.is_over and (command.speed or command.step_seconds):
            # Playing on after the close is asking for the next trading day
            self._play_on()
            return
        if command.step_seconds is not None:
            if not 0 < command.step_seconds <= 3600:
                session.send(Refused(reason=Reason.MALFORMED, detail="step 0 to 3600 seconds"))
                return
            self.goal = self._market.now + timedelta(seconds=command.step_seconds)
        self.tell()
