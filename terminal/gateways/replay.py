"""A recorded day played again through the gateway port (回放): same events, same order, at any speed, with pause.

The rule: nothing can be sent. The welcome offers clock control alone, so screens grey out the rest; the book is named
as a replay, so that a desk never takes its orders for those of the venue it was recorded from. Reports are renumbered
from 1 a day, because a recording may begin in the middle of one.
"""

import asyncio
import contextlib
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from terminal.domain.errors import OptionDeskError
from terminal.domain.messages import (
    PROTOCOL,
    REPLAY_BOOK,
    AccountReport,
    Capability,
    ClockChanged,
    Command,
    Event,
    Hello,
    InstructionReport,
    OrderReport,
    OrderUnknown,
    Ping,
    Pong,
    Recovered,
    Refused,
    Resend,
    SetClock,
    Welcome,
)
from terminal.domain.ports import LinkState, VenueListener
from terminal.domain.reasons import Reason

Recording = Callable[[], Iterator[tuple[datetime, Event]]]
"""Gives the events from the beginning with the time each was received; raises OptionDeskError where it is damaged"""

#: Answers to the recorded desk's own questions: nobody asks them now
_LEFT_OUT = (ClockChanged, Pong, Recovered, Refused, OrderUnknown)
_CLOCK_SECONDS = 1.0
#: Faster, or a longer step, would leave the years a datetime has
_MOST = 1e6
#: Events handed over without giving the loop a turn
_BURST = 200


class ReplayGateway:
    """A `domain.ports.Gateway` that plays a recording. `speed` is market seconds a second; 0 begins paused."""

    def __init__(self, recording: Recording, *, speed: float = 1.0) -> None:
        self._recording = recording
        self._speed = speed
        self._listener: VenueListener | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._open = False
        # Market time is `_market` at loop time `_wall` and moves on with the speed
        self._market: datetime | None = None
        self._wall = 0.0
        self._told_at = -math.inf
        self._before_first: dict[date, int] = {}

    async def start(self, listener: VenueListener) -> None:
        """Begin to play; returns at once."""
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._play(listener), name="replay")

    def send(self, command: Command) -> bool:
        """Answer what a replay can answer; everything that would trade is refused. False while nothing plays."""
        if not self._open or self._loop is None or self._market is None:
            return False
        match command:
            case Hello() | Resend():
                # Everything comes by itself
                return True
            case Ping(number=number):
                answer: Event = Pong(number=number, at=self._position(self._market))
            case SetClock(speed=speed, step_seconds=step):
                if not all(value is None or 0 <= value <= _MOST for value in (speed, step)):
                    answer = Refused(reason=Reason.MALFORMED, detail=f"speed and step are 0 to {_MOST:.0f}")
                else:
                    self._set_clock(self._market, speed, step)
                    return True
            case _:
                answer = Refused(reason=Reason.NOT_SUPPORTED, detail=f"{type(command).__name__} in a replay")
        # Not from inside the caller's own call
        self._loop.call_soon(self._emit, answer)
        return True

    async def stop(self) -> None:
        """End the replay."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        self._open = False

    async def _play(self, listener: VenueListener) -> None:
        listener.on_link(LinkState.CONNECTING, "")
        try:
            events = self._recording()
            first = next(events, None)
            if first is None:
                listener.on_link(LinkState.DOWN, "the recording is empty")
                return
            self._market, self._wall = first[0], self._now()
            self._open = True
            listener.on_link(LinkState.RECOVERING, "recording")
            self._emit(_welcome(*first))
            self._emit(Recovered(last_sequence=0))
            self._tell_clock(first[0])
            if not isinstance(first[1], Welcome):
                self._hand_over(*first)
            last = first[0]
            for count, (at, event) in enumerate(events):
                # A clock set back by the recorded market does not send us back
                last = max(last, at)
                await self._until(last)
                self._hand_over(at, event)
                if count % _BURST == 0:
                    await asyncio.sleep(0)
        except OptionDeskError as error:
            self._open = False
            listener.on_link(LinkState.DOWN, str(error))
            return
        self._market, self._speed = last, 0.0
        self._tell_clock(last)

    async def _until(self, at: datetime) -> None:
        """Wait until market time has come to `at`, however often speed and time are set meanwhile."""
        while self._market is not None and (position := self._position(self._market)) < at:
            wait = (at - position).total_seconds() / self._speed if self._speed else None
            self._changed.clear()
            with contextlib.suppress(TimeoutError):
                # Not wait_for: before Python 3.12 it loses a cancel that comes together with the change
                async with asyncio.timeout(_CLOCK_SECONDS if wait is None else min(wait, _CLOCK_SECONDS)):
                    await self._changed.wait()
            if self._now() - self._told_at >= _CLOCK_SECONDS:
                self._tell_clock(at)

    def _hand_over(self, at: datetime, event: Event) -> None:
        if isinstance(event, Welcome):
            self._emit(_welcome(at, event))
        elif isinstance(event, OrderReport | InstructionReport):
            self._emit(replace(event, sequence=self._renumbered(event.trading_day, event.sequence, event.sequence - 1)))
        elif isinstance(event, AccountReport):
            # It tells what the account is after that report
            self._emit(replace(event, sequence=self._renumbered(event.at.date(), event.sequence, event.sequence)))
        elif not isinstance(event, _LEFT_OUT):
            self._emit(event)

    def _renumbered(self, day: date, sequence: int, before_first: int) -> int:
        return max(sequence - self._before_first.setdefault(day, before_first), 0)

    def _set_clock(self, market: datetime, speed: float | None, step: float | None) -> None:
        self._market, self._wall = self._position(market) + timedelta(seconds=step or 0.0), self._now()
        if speed is not None:
            self._speed = speed
        self._changed.set()
        if self._loop is not None:
            self._loop.call_soon(self._tell_clock, None)

    def _position(self, market: datetime) -> datetime:
        return market + timedelta(seconds=(self._now() - self._wall) * self._speed)

    def _tell_clock(self, next_at: datetime | None) -> None:
        if self._market is None:
            return
        position = self._position(self._market)
        # A listener slower than the speed must not be told a time whose events it has not seen
        at = position if next_at is None else min(position, next_at)
        behind = (position - at).total_seconds()
        self._told_at = self._now()
        self._emit(ClockChanged(at=at, speed=self._speed, behind_seconds=behind))

    def _now(self) -> float:
        return self._loop.time() if self._loop is not None else 0.0

    def _emit(self, event: Event) -> None:
        if self._open and self._listener is not None:
            self._listener.on_event(event)


def _welcome(at: datetime, event: Event) -> Welcome:
    """The recorded welcome, or one made up, as a replay's."""
    recorded = event if isinstance(event, Welcome) else None
    return Welcome(
        protocol=PROTOCOL,
        venue=f"replay of {recorded.venue}" if recorded else "replay",
        account_id=recorded.account_id if recorded else "",
        capabilities=(Capability.CLOCK_CONTROL,),
        trading_day=recorded.trading_day if recorded else at.date(),
        book_id=f"{REPLAY_BOOK}-{recorded.book_id}" if recorded else REPLAY_BOOK,
        simulated=True,
        seed=recorded.seed if recorded else None,
    )
