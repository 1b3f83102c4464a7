"""Gives the market desks to serve, on loopback: takes what they say, lets time pass.

What goes out, and when it may, is `publisher.py`; the clock is `clock.py`, the day's end `day_closing.py`.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from terminal.domain.errors import BadInput, shown
from terminal.domain.messages import (
    Answer,
    Command,
    EventInjected,
    Hello,
    Inject,
    JumpTo,
    Notice,
    Ping,
    Pong,
    Query,
    Refused,
    ReportScreen,
    Resend,
    SetClock,
    StepTaken,
)
from terminal.domain.reasons import Reason
from terminal.venue.absences import Absences
from terminal.venue.classroom import ClassDay, Classroom
from terminal.venue.clock import VenueClock
from terminal.venue.day_closing import DayClosing
from terminal.venue.day_end import DayEnd
from terminal.venue.dividends import ComingDividend
from terminal.venue.door import Door
from terminal.venue.host_options import HostOptions
from terminal.venue.market import Market
from terminal.venue.notices import NoticeBoard
from terminal.venue.pacer import Pacer
from terminal.venue.publisher import Publisher, StateJournal
from terminal.venue.query_desk import History, QueryDesk
from terminal.venue.session import Session

logger = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1"
_TICK_SECONDS = 0.02
_JUMP_TICK_SECONDS = 0.001
_QUOTES_EVERY = 2
"""Ticks between two batches of quotes"""
_HEARTBEAT_SECONDS = 1.0
"""Between two messages of the clock, however long a tick takes"""
_PICTURE_EVERY = 250
"""Ticks between two pictures of the market on disk: how much of the crowd's doing a killed venue forgets"""
_MAX_STEPS_A_TICK = 4
_NOTICE_SECONDS = 5.0


class VenueHost:
    """The venue as a server. `picture` gives the market's own state for the disk, `day_end` settles its day.

    `posted` are the notices that the journal has of this day from before a restart.
    """

    def __init__(
        self,
        market: Market,
        pacer: Pacer,
        journal: StateJournal,
        options: HostOptions,
        picture: Callable[[], bytes],
        monotonic: Callable[[], float],
        history: History | None = None,
        day_end: DayEnd | None = None,
        coming_dividends: Sequence[ComingDividend] = (),
        posted: Sequence[Notice] = (),
        class_day: ClassDay | None = None,
    ) -> None:
        self.market = market
        self.pacer = pacer
        self._options = options
        self._monotonic = monotonic
        self._queries = QueryDesk(history)
        self._board = NoticeBoard(market.contracts, market.trading_day, coming_dividends)
        self._publisher = Publisher(market, self._board, journal, picture, self._fail)
        self._clock = VenueClock(
            market,
            pacer,
            monotonic,
            is_waiting=options.wait_for_desk,
            is_jumping=lambda: self.is_jumping,
            broadcast=self._publisher.broadcast,
            play_on=self._play_on,
        )
        self._closing = DayClosing(
            market, day_end, self._board, self._publisher, publish=self._publish, tell_clock=self._clock.tell
        )
        self._absences = Absences(market)
        self._alone_since = monotonic()
        self._tick_number = 0
        self._beat_at = monotonic()
        self._server: asyncio.Server | None = None
        self._ended: asyncio.Future[None] | None = None
        self._failed = False
        self.commands = 0
        self.wants_next_day = False
        """The day is over and somebody asked to play on"""
        self.classroom: Classroom | None = None
        """None where no scenario is played"""
        if class_day is not None:
            self.classroom = Classroom(
                class_day.plan,
                market,
                self._board,
                self._publisher,
                injected=class_day.injected,
                grace_seconds=options.grace_seconds,
                publish=self._publish,
                tell_clock=self._clock.tell,
                jump=class_day.jump,
            )
        self._door = Door(
            market,
            options,
            self._publisher,
            self._board,
            self._absences,
            classroom=lambda: self.classroom,
            clock=self._clock.message,
            publish=self._publish,
            first_came=self._clock.first_came,
        )
        known = len(self._board.notices) + len(posted)
        self._board.take_up(posted, market.phase_messages()[0], market.interruptions())
        for notice in self._board.notices[known:]:
            self._publisher.post(notice)

    # ---- life

    async def start(self, port: int = 0) -> int:
        """Listen on loopback; gives the port."""
        loop = asyncio.get_running_loop()
        self._ended = loop.create_future()
        self._server = await loop.create_server(self.accept, LOOPBACK, port)
        # A desk that was there before a crash of the venue gets as long as a lost one, and the time to notice
        until = self._monotonic() + self._options.grace_seconds + _NOTICE_SECONDS
        self._absences.expect(self.market.counter.account_ids(), until)
        return int(self._server.sockets[0].getsockname()[1])

    async def run(self) -> None:
        """Play the market until `stop`, the linger time is over, or the journal fails (that error is raised)."""
        assert self._ended is not None
        loop = asyncio.get_running_loop()
        next_tick = loop.time()
        while not self._ended.done():
            self.tick()
            # A jump waits for nobody but its desks
            pause = _JUMP_TICK_SECONDS if self.is_jumping else _TICK_SECONDS
            next_tick = max(next_tick + pause, loop.time())
            await asyncio.wait([self._ended], timeout=next_tick - loop.time())
        self._ended.result()

    async def close(self) -> None:
        """Let every desk go and stop listening."""
        if self._server is not None:
            self._server.close()
        for session in list(self._publisher.sessions):
            session.close()
        self._publisher.sessions.clear()
        self._queries.close()
        if self._server is not None:
            await self._server.wait_closed()

    def stop(self) -> None:
        """End `run` soon."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    def tick(self) -> None:
        """One turn: time passes, news goes out. Called every 20 ms by `run`, by hand in tests."""
        wall = self._monotonic()
        self._tick_number += 1
        classroom = self.classroom
        if self.is_jumping:
            self._jump_on(wall)
            if classroom is not None and classroom.is_waiting and wall - self._beat_at >= 1.0:
                self._beat_at = wall
                self._clock.tell()
            return
        if self._clock.goal is not None:
            self._clock.step_towards(self._clock.goal, wall)
        elif self.pacer.speed and not self._clock.is_waiting:
            target, step = self.pacer.target(wall), self.pacer.step_seconds
            if classroom is None:
                self.market.advance(target, step, _MAX_STEPS_A_TICK)
            else:
                classroom.play(target, step, _MAX_STEPS_A_TICK)
            if self.pacer.reached(self.market.now, wall):
                # Desks carry the clock on by its speed, which was not kept
                self._clock.tell()
        self._absences.cancel_due(wall)
        self._publish()
        self._publisher.release_held()
        if self.market.is_over:
            self._settle()
        if self._tick_number % _QUOTES_EVERY == 0:
            self._publisher.send_quotes()
        if wall - self._beat_at >= _HEARTBEAT_SECONDS:
            self._beat_at = wall
            self._heartbeat()
        if self._tick_number % _PICTURE_EVERY == 1 and not self._clock.is_waiting:
            self._publisher.save_picture()
        self._end_when_alone(wall)

    # ---- desks

    def accept(self) -> Session:
        """A new line of a desk, not greeted yet."""
        session = Session(self)
        self._publisher.sessions.append(session)
        return session

    def on_command(self, session: Session, command: Command) -> None:
        """Take one command of a desk, at the market time it came."""
        self.commands += 1
        try:
            self._take(session, command)
        except BadInput as error:
            # Raised before anything is changed
            logger.warning("a command of desk %s is refused: %s", shown(session.desk_id), shown(error))
            session.send(Refused(reason=Reason.MALFORMED, detail=shown(error)))
        except Exception as error:
            # A mistake of ours in the middle of a command: what is in memory may no longer be what the entries on
            # disk say, so nobody is told anything more, and a new start takes the day up from the disk
            logger.exception("a %s of desk %s broke the venue", type(command).__name__, shown(session.desk_id))
            session.send(Refused(reason=Reason.MALFORMED, detail=type(command).__name__))
            self._fail(error)

    def _take(self, session: Session, command: Command) -> None:
        if self._failed:
            return
        if isinstance(command, Hello):
            self._door.greet(session, command)
            return
        if isinstance(command, Inject | JumpTo | StepTaken | ReportScreen):
            if self.classroom is None:
                session.send(Refused(reason=Reason.NOT_SUPPORTED, detail="this venue plays no scenario"))
            else:
                self.classroom.take(session, command)
            return
        if not session.account_id and not (session.watches and isinstance(command, Ping | SetClock)):
            session.refuse(Refused(reason=Reason.MALFORMED, detail="the first message must be Hello"))
            return
        if isinstance(command, Ping):
            session.send(Pong(number=command.number, at=self.market.now))
        elif isinstance(command, SetClock):
            if command.speed == 0 and session.watches and self.classroom is not None:
                self.classroom.stop_jump()
            self._clock.take(session, command)
        elif isinstance(command, Resend):
            self._door.resend(session, command.last_sequence)
        elif isinstance(command, Query):
            self._query(session, command)
        else:
            self.market.command(session.account_id, command, self._clock.exact_now())
            self._publish()

    def on_closed(self, session: Session) -> None:
        """A desk's line ended: its orders stay for the grace time."""
        if session in self._publisher.sessions:
            self._publisher.sessions.remove(session)
        if session.account_id and not any(s.account_id == session.account_id for s in self._publisher.sessions):
            if self.classroom is None or not self.classroom.is_cut(session.account_id):
                self._absences.expect([session.account_id], self._monotonic() + self._options.grace_seconds)
            self._alone_since = self._monotonic()
        if self.classroom is not None and session.desk_id:
            self.classroom.on_line(session, connected=False)

    def _query(self, session: Session, query: Query) -> None:
        """Answer from the live books at once, from the journal when that was read; never before what it rests on."""

        def tell(answer: Answer) -> None:
            self._publisher.when_on_disk(lambda: session.send(answer))

        self._queries.ask(session.account_id, query, self.market.counter, self.market.now, tell)

    # ---- a class

    def injected(self) -> list[EventInjected]:
        """What was let happen today."""
        return self.classroom.injected if self.classroom is not None else []

    @property
    def is_jumping(self) -> bool:
        """Whether a jump is under way."""
        return self.classroom is not None and self.classroom.jump is not None and not self._failed

    def _jump_on(self, wall: float) -> None:
        """One turn of a jump; what it leads to leaves at its stops."""
        classroom, closing = self.classroom, self._closing
        assert classroom is not None
        self._clock.is_waiting = False
        is_settled = closing.is_settled
        if self.market.is_over and not is_settled and not closing.is_stopped:
            self._settle()
        classroom.turn(wall, is_settled=is_settled)
        self._clock.lay_anew(wall)
        if classroom.wants_next_day or (closing.is_stopped and self.market.is_over):
            self.wants_next_day = classroom.wants_next_day
            if not classroom.wants_next_day:
                classroom.jump = None
            else:
                self.stop()

    def _play_on(self) -> None:
        """The next trading day is asked for; what stopped the end of this one is tried again."""
        self._closing.ask_for_next_day()
        self._settle()

    def _settle(self) -> None:
        """One step of the day's end; the next day comes when all are done and somebody has asked for it."""
        if not self._failed:
            self._closing.step()
        if self._closing.is_next_day_due:
            self.wants_next_day = True
            self.stop()

    # ---- what goes out

    def _publish(self) -> None:
        """Tell what happened since the last time."""
        outcome = self.market.outcome
        self._publisher.tell_outcome()
        if outcome.closed:
            self.pacer.set_speed(0.0, self._monotonic())
            self._clock.tell()
            # The day's figures come from the market: what is left of it must not be five seconds old
            self._publisher.save_picture()
        outcome.clear()

    def _fail(self, error: BaseException) -> None:
        """Disk or memory cannot be trusted: end at once and tell nobody anything that is not on disk (F56, F59)."""
        if self._failed:
            return
        self._failed = True
        logger.error("the venue ends: %s", error)
        self._publisher.close()
        if self._ended is not None and not self._ended.done():
            self._ended.set_exception(error)

    def _heartbeat(self) -> None:
        self._clock.tell()
        self._publisher.send_accounts()

    def _end_when_alone(self, wall: float) -> None:
        linger = self._options.linger_seconds
        if self._publisher.sessions:
            self._alone_since = wall
        elif linger is not None and not self._absences.is_waiting and wall - self._alone_since > linger:
            self.stop()
