"""A host that plays a scenario (课堂): events at their times, what an instructor injects, and jumps in step with desks.

An event is journalled with the entries it led to in one transaction, and a picture of the market follows at once, so a
venue that is killed comes back behind it and goes on with the rest. In a jump nothing leaves between two stops; at a
stop everything leaves, time first, and the venue waits until every desk has said that it has dealt with it.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import ceil

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.class_events import check_event
from terminal.domain.errors import BadInput, shown
from terminal.domain.messages import (
    ClassEvent,
    ClassEventKind,
    ClassOpened,
    DeskSeen,
    Event,
    EventInjected,
    Inject,
    JumpTo,
    Notice,
    NoticeKind,
    Refused,
    ReportScreen,
    StepReached,
    StepTaken,
)
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.venue.class_events import carry_out
from terminal.venue.class_plan import ClassPlan, PlannedEvent
from terminal.venue.disturbances import Disturbances
from terminal.venue.jump import Jump, settled_of
from terminal.venue.market import Market
from terminal.venue.notices import NoticeBoard
from terminal.venue.publisher import Publisher
from terminal.venue.session import Session

logger = logging.getLogger(__name__)
#: Market seconds the crowd acts in at once while a jump plays on
_STEP_SECONDS = 300.0
#: Steps of a jump in one turn of the host, so that lines are served in between
_STEPS_A_TURN = 8
#: How long a desk may take for one stop, or to come back on a new day; after that the jump goes on without it
_PATIENCE_SECONDS = 10.0
K = ClassEventKind


@dataclass(frozen=True, slots=True)
class ClassDay:
    """One day of a class: its plan, what was injected before a restart, a jump that goes on from the day before."""

    plan: ClassPlan
    injected: Sequence[EventInjected] = ()
    jump: Jump | None = None


class Classroom:
    """What the host asks while it plays a scenario; `publish` tells what the market's outcome holds."""

    def __init__(
        self,
        plan: ClassPlan,
        market: Market,
        board: NoticeBoard,
        publisher: Publisher,
        *,
        injected: Sequence[EventInjected],
        grace_seconds: float,
        publish: Callable[[], None],
        tell_clock: Callable[[], None],
        jump: Jump | None = None,
    ) -> None:
        self.plan = plan
        self.injected = list(injected)
        self.disturbances = publisher.disturbances = Disturbances(injected)
        self.desks: dict[str, DeskSeen] = {}
        self.jump = jump
        self.wants_next_day = False
        self._market = market
        self._board = board
        self._publisher = publisher
        self._grace = timedelta(seconds=grace_seconds)
        self._publish = publish
        self._tell_clock = tell_clock
        self._today = plan.on(market.trading_day)
        self._done = {record.planned for record in injected}
        self._absent: dict[str, datetime] = {}
        self._untold: list[Callable[[], None]] = []
        """What is said of events once they are on disk"""
        self._gone: dict[str, set[str]] = {}
        """Desks that were cut off, by account"""
        self._stepping: set[str] = set()
        """Instructors' lines that deal with stops as desks do"""

    def take(self, session: Session, command: Inject | JumpTo | StepTaken | ReportScreen) -> None:
        """Take a command of a class. Raises BadInput for an event or a goal that cannot be."""
        if isinstance(command, StepTaken):
            self.on_step_taken(session, command.number)
        elif isinstance(command, ReportScreen):
            if session.account_id:
                self._seen(session, True, command)
        elif not session.watches:
            session.send(Refused(reason=Reason.NOT_SUPPORTED, detail="only an instructor's line may do that"))
        elif isinstance(command, Inject):
            check_event(command.event)
            record = self.inject(command.event, command.by)
            if not record.done:
                session.send(Refused(reason=Reason.MALFORMED, detail=shown(record.detail, 200)))
        else:
            self.begin_jump(command)

    # ---- what is planned

    def play(self, target: datetime, step_seconds: float, most_steps: int) -> None:
        """Let time pass up to `target`, every event at its own time."""
        market = self._market
        while (due := self._next_due()) is not None and due <= target:
            if market.now < due:
                made = market.advance(due, step_seconds, most_steps)
                if made >= most_steps and market.now + timedelta(seconds=step_seconds) <= due:
                    return
                market.touch_clock(due)
            self._fire()
        market.advance(target, step_seconds, most_steps)

    def left_today(self) -> list[tuple[int, PlannedEvent]]:
        """What of the plan is still to come today."""
        return [(place, planned) for place, planned in self._today if place not in self._done]

    def _next_due(self) -> datetime | None:
        moments = [planned.at for _, planned in self.left_today()[:1]]
        return min([*moments, *self._absent.values()], default=None)

    def _fire(self) -> None:
        now = self._market.now
        for place, planned in self.left_today():
            if planned.at <= now:
                self.inject(planned.event, "", place)
        for account_id in [a for a, at in self._absent.items() if at <= now]:
            del self._absent[account_id]
            self._market.cancel_for_absent(account_id)

    # ---- what is injected

    def inject(self, event: ClassEvent, by: str, planned: int = -1) -> EventInjected:
        """Let it happen now; the record says what became of it."""
        market = self._market
        number = len(self.injected) + 1
        done, detail = True, ""
        try:
            carry_out(market, event, number)
        except BadInput as error:
            done, detail = False, str(error)
            logger.warning("an event of the class could not be done: %s", shown(error, 200))
        record = EventInjected(
            number=number, at=market.now, event=event, by=by, planned=planned, done=done, detail=detail
        )
        self.injected.append(record)
        self._done.add(planned)
        market.outcome.commands.append(wire.encode(record))
        self.disturbances.take(record)
        if done:
            self._follow(event)
        self._untold.append(lambda: self._publisher.to_watchers(record))
        if self.jump is None:
            self._publish()
            self._tell_rest()
        self._publisher.save_picture()
        return record

    def _tell_rest(self) -> None:
        """Tell of events once their records are on disk: call it when they have been handed to the journal."""
        untold, self._untold = self._untold, []
        for tell in untold:
            self._publisher.when_on_disk(tell)

    def _follow(self, event: ClassEvent) -> None:
        """What beyond market and books belongs to an event: words on the board, lines that end."""
        now = self._market.now
        if event.kind is K.LINE_CUT:
            self._absent[event.account_id] = now + self._grace
            for session in self._publisher.sessions_of(event.account_id):
                self._gone.setdefault(event.account_id, set()).add(session.desk_id)
                session.close()
        elif event.kind is K.MESSAGE:
            notice = self._message(event, now)
            if not event.account_id:
                self._publisher.post(notice)
                return
            for session in self._publisher.sessions_of(event.account_id):
                self._untold.append(partial(session.send, notice))
        elif event.kind in (K.RESTRICT, K.LIFT):
            assert event.day is not None
            self._publisher.post(self._board.restriction(event.underlying, event.day, now, lifted=event.kind is K.LIFT))
        elif event.kind is K.DIVIDEND:
            assert event.day is not None
            self._publisher.post(self._board.dividend(event.underlying, event.day, event.amount, now))

    def _message(self, event: ClassEvent, at: datetime) -> Notice:
        figures = dict(event.text)
        if event.account_id:
            return Notice(kind=NoticeKind.INSTRUCTOR, at=at, number=0, figures=figures)
        return self._board.instructor(figures, at)

    # ---- who is there

    def greeting(self, account_id: str) -> list[Event]:
        """What a line hears of the class when it comes; an empty account is an instructor's."""
        opened = self.opened()
        if account_id:
            mine = [r for r in self.injected if r.event.kind is K.MESSAGE and r.event.account_id == account_id]
            return [opened, *(self._message(record.event, record.at) for record in mine)]
        return [opened, *self.injected, *self.desks.values()]

    def opened(self) -> ClassOpened:
        """The class as it is."""
        watched = any(session.watches for session in self._publisher.live_sessions)
        return ClassOpened(
            scenario=self.plan.text,
            file=self.plan.file,
            watched=watched,
            jumping=self.jump is not None,
            contracts=self.plan.contracts,
        )

    def on_line(self, session: Session, *, connected: bool) -> None:
        """A line came or went."""
        if not connected and self.jump is not None:
            self.jump.waiting.discard(session.desk_id)
        if session.watches:
            for other in self._publisher.live_sessions:
                if not other.watches:
                    other.send(self.opened())
            return
        before = self.desks.get(session.desk_id)
        self._seen(session, connected, before.screen if before else None)

    def _seen(self, session: Session, connected: bool, screen: ReportScreen | None) -> None:
        seen = DeskSeen(
            desk_id=session.desk_id,
            account_id=session.account_id,
            connected=connected,
            at=self._market.now,
            screen=screen,
        )
        self.desks[session.desk_id] = seen
        self._publisher.to_watchers(seen)

    def is_cut(self, account_id: str) -> bool:
        """Whether the account's desks are refused now."""
        return self.disturbances.is_cut(account_id, self._market.now)

    # ---- jumps

    def begin_jump(self, command: JumpTo) -> None:
        """Set out. Raises BadInput for a goal that is not ahead."""
        market = self._market
        if command.next_event:
            left = self.left_today()
            if not left:
                raise BadInput("jump", "next event", "the scenario has no more events today")
            goal = left[0][1].at
        else:
            day = command.day or market.trading_day
            at = command.at
            goal = datetime.combine(day, at, SHANGHAI) if at else settled_of(day)
        if goal < market.now:
            raise BadInput("jump", goal.isoformat(), f"after {market.now.isoformat()}")
        self.jump = Jump(goal)
        self._publisher.broadcast(self.opened())

    def stop_jump(self) -> None:
        """Let a jump end where it is, at the next stop."""
        if self.jump is not None:
            self.jump.goal = self._market.now

    @property
    def is_waiting(self) -> bool:
        """Whether a jump stands still for a desk."""
        return self.jump is not None and bool(self.jump.until)

    def on_step_taken(self, session: Session, number: int) -> None:
        """A desk has dealt with a stop; an instructor's line that does so is waited for from then on."""
        if session.watches:
            self._stepping.add(session.desk_id)
        if self.jump is not None and number == self.jump.number:
            self.jump.waiting.discard(session.desk_id)

    def turn(self, wall: float, *, is_settled: bool) -> None:
        """One turn of a jump."""
        jump, market = self.jump, self._market
        assert jump is not None
        if not self._is_complete(jump, wall):
            return
        if market.is_over:
            if not is_settled:
                return
            if not jump.told_settled:
                jump.told_settled = True
                self._stop(jump, wall)
            elif jump.goal.astimezone(SHANGHAI).date() > market.trading_day:
                jump.expected = {s.desk_id for s in self._publisher.live_sessions if not s.watches}
                self.wants_next_day = True
            else:
                self._finish()
            return
        if market.now >= jump.goal:
            self._finish()
            return
        stop = self._next_stop(jump.goal)
        for _ in range(_STEPS_A_TURN):
            left = (stop - market.now).total_seconds()
            if left <= 0 or market.is_over:
                break
            step = left / ceil(left / _STEP_SECONDS)
            if market.advance(stop, step, 1) == 0:
                market.touch_clock(stop)
            if self._is_interrupted():
                # It would be over by the next stop, and nobody would have heard of it
                stop = market.now
        if market.now >= stop or market.is_over:
            # What was quoted up to now leaves before an event that may hold market data back
            self._tell_clock()
            self._publisher.send_quotes()
            self._fire()
            self._stop(jump, wall)

    def _is_interrupted(self) -> bool:
        """Whether a breaker has begun in something that a desk of the class holds, has ordered or quotes."""
        counter, accounts = self._market.counter, {s.account_id for s in self._publisher.live_sessions} - {""}
        begun = [p.code for p in self._market.outcome.phases if p.code and p.phase is Phase.BREAKER]
        return any(counter.concerns(account, code) for code in begun for account in sorted(accounts))

    def _is_complete(self, jump: Jump, wall: float) -> bool:
        """Whether nobody is waited for: desks that come back on a new day or after a cut, desks at a stop."""
        live = {session.desk_id for session in self._publisher.live_sessions}
        back = {desk for account_id, desks in self._gone.items() if not self.is_cut(account_id) for desk in desks}
        missing = (set() if jump.arrived else jump.expected - live) | (back - live) | jump.waiting
        if missing:
            if not jump.until:
                jump.until = wall + _PATIENCE_SECONDS
            if wall < jump.until:
                return False
            logger.warning("the jump goes on without %s", ", ".join(sorted(missing)))
        first = not jump.arrived
        jump.until, jump.arrived = 0.0, True
        jump.waiting.clear()
        self._gone = {a: desks for a, desks in self._gone.items() if self.is_cut(a)}
        if first:
            # The first stop of a day: its notices must be dealt with before time passes
            self._stop(jump, wall)
            return False
        return True

    def _next_stop(self, goal: datetime) -> datetime:
        market = self._market
        now, day = market.now, market.trading_day
        moments: Iterable[datetime] = (
            *(datetime.combine(day, at, SHANGHAI) for at in self.plan.moments),
            *(at for at in self.plan.stops if at.date() == day),
            *(planned.at for _, planned in self.left_today()),
            *self._absent.values(),
            *self.disturbances.ends(now),
            *self.disturbances.begun(self.plan.disturbed_seconds),
            goal,
        )
        return min(at for at in moments if at > now)

    def _stop(self, jump: Jump, wall: float) -> None:
        """Tell everything, time first, then ask the desks to deal with it."""
        publisher = self._publisher
        self._tell_clock()
        self._publish()
        self._tell_rest()
        publisher.release_held()
        publisher.send_quotes()
        publisher.send_accounts()
        jump.number += 1
        jump.until = wall + _PATIENCE_SECONDS
        jump.waiting = {s.desk_id for s in publisher.live_sessions if not s.watches or s.desk_id in self._stepping}
        step = StepReached(number=jump.number, at=self._market.now)
        publisher.when_on_disk(lambda: publisher.broadcast(step))

    def _finish(self) -> None:
        self.jump = None
        self._tell_clock()
        self._publisher.when_on_disk(lambda: self._publisher.broadcast(self.opened()))
