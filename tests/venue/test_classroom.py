"""A host that plays a scenario: who may inject, events at their times, jumps that wait for desks, lines that fail."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import (
    PROTOCOL,
    ClassEvent,
    ClassEventKind,
    ClassOpened,
    ClockChanged,
    DeskSeen,
    EventInjected,
    Hello,
    Inject,
    JumpTo,
    MarketDataBatch,
    Notice,
    NoticeKind,
    OrderReport,
    Ping,
    Pong,
    Recovered,
    Refused,
    ReportScreen,
    SetClock,
    StepReached,
    StepTaken,
    SubmitOrder,
)
from terminal.domain.orders import Instruction, OrderType
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.venue.book import decode_injected
from terminal.venue.class_plan import ClassPlan, PlannedEvent
from terminal.venue.classroom import Classroom
from tests.harness import CALL, DAY, FUND, World, play
from tests.venue.visitor import HELLO, Visitor

pytestmark = pytest.mark.requirement("X8")
K = ClassEventKind
TEACHER = Hello(protocol=PROTOCOL, desk_id="T1", account_id="", watches=True)
MESSAGE = ClassEvent(kind=K.MESSAGE, text={"en": "look", "zh_CN": "看"})


def at(hour: int, minute: int, second: int = 0) -> datetime:
    """A time of the world's day."""
    return datetime.combine(DAY, time(hour, minute, second), SHANGHAI)


def begin_class(world: World, *events: PlannedEvent) -> Classroom:
    """Let the world's venue play a scenario with these events."""
    plan = ClassPlan(
        name="test", text="a scenario", day_start=time(9, 10), events=events, moments=(time(13, 30), time(14, 0))
    )
    venue = world.venue
    venue.classroom = Classroom(
        plan,
        world.market,
        venue._board,
        venue._publisher,
        injected=(),
        grace_seconds=2.0,
        publish=venue._publish,
        tell_clock=venue._clock.tell,
    )
    return venue.classroom


def of(visitor: Visitor, kind: type[Any]) -> list[Any]:
    """What was heard of one kind."""
    return [event for event in visitor.heard if isinstance(event, kind)]


def order(name: str) -> SubmitOrder:
    """A limit order that rests."""
    return SubmitOrder(
        client_order_id=name,
        contract_code=CALL,
        instruction=Instruction.BUY_OPEN,
        order_type=OrderType.LIMIT,
        quantity=1,
        price=Decimal("0.4000"),
    )


async def turns(world: World, count: int = 1, seconds: float = 0.02) -> None:
    """Let the host take turns and everything arrive."""
    for _ in range(count):
        world.pass_time(seconds)
        await world.settle()


def test_a_venue_without_a_scenario_takes_no_instructor_and_nothing_of_a_class(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        teacher, desk = Visitor(world), Visitor(world)
        refused = teacher.say(TEACHER)[0]
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.NOT_SUPPORTED
        desk.say(HELLO)
        await world.settle()
        for command in (Inject(event=MESSAGE), JumpTo(), StepTaken(number=1), ReportScreen()):
            (refused,) = desk.say(command)
            assert isinstance(refused, Refused)
            assert refused.reason is Reason.NOT_SUPPORTED

    play(tmp_path, story)


def test_only_an_instructor_injects_and_what_he_does_is_on_disk_and_told(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("a command of desk 'T1' is refused: .*needs it")
    expected_warnings("an event of the class could not be done: .*999999")

    async def story(world: World) -> None:
        begin_class(world)
        teacher, desk = Visitor(world), Visitor(world)
        desk.say(HELLO)
        await world.settle()
        teacher.say(TEACHER)
        await world.settle()
        assert of(teacher, Recovered) == [Recovered(last_sequence=0)]
        assert [opened.watched for opened in of(desk, ClassOpened)] == [False, True]
        (refused,) = desk.say(Inject(event=MESSAGE))
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.NOT_SUPPORTED
        teacher.say(Inject(event=MESSAGE, by="me"), Ping(number=4))
        await world.settle()
        assert of(teacher, Pong)[0].number == 4
        (record,) = of(teacher, EventInjected)
        assert (record.number, record.by, record.planned, record.done) == (1, "me", -1, True)
        assert of(desk, EventInjected) == []
        told = [n for n in of(desk, Notice) if n.kind is NoticeKind.INSTRUCTOR]
        assert [n.figures for n in told] == [{"en": "look", "zh_CN": "看"}]
        assert world.venue_journal is not None
        on_disk = [decode_injected(r.body) for r in world.venue_journal.read() if r.kind is RecordKind.COMMAND]
        assert on_disk == [record]
        (bad,) = teacher.say(Inject(event=ClassEvent(kind=K.GAP, underlying=FUND)))
        assert isinstance(bad, Refused)
        assert "needs it" in bad.detail
        unknown = teacher.say(Inject(event=ClassEvent(kind=K.GAP, underlying="999999", move=0.1)))[-1]
        assert isinstance(unknown, Refused)
        assert unknown.detail != ""
        await world.settle()
        assert of(teacher, EventInjected)[-1].done is False

    play(tmp_path, story)


def test_events_happen_at_their_times_while_the_market_runs_and_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        begin_class(world, PlannedEvent(at=at(13, 0, 10), event=MESSAGE))
        teacher = Visitor(world)
        teacher.say(TEACHER)
        await world.settle()
        teacher.say(SetClock(speed=10.0))
        await turns(world, 20, 0.04)
        assert of(teacher, EventInjected) == []
        await turns(world, 8, 0.04)
        (record,) = of(teacher, EventInjected)
        assert record.at == at(13, 0, 10)
        assert record.planned == 0
        await turns(world, 10, 0.04)
        assert len(of(teacher, EventInjected)) == 1

    play(tmp_path, story)


def test_a_jump_stops_where_it_should_and_waits_for_every_desk(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("a command of desk 'T1' is refused: .*jump")

    async def story(world: World) -> None:
        begin_class(world, PlannedEvent(at=at(13, 20), event=MESSAGE))
        teacher, first, second = Visitor(world), Visitor(world), Visitor(world)
        first.say(HELLO)
        second.say(Hello(protocol=PROTOCOL, desk_id="D2", account_id="A2"))
        await world.settle()
        teacher.say(TEACHER)
        await world.settle()
        (backwards,) = teacher.say(JumpTo(at=time(9, 0)))
        assert isinstance(backwards, Refused)
        teacher.say(JumpTo(at=time(13, 45)))
        wanted = [at(13, 0), at(13, 20), at(13, 30), at(13, 45)]
        for number, moment in enumerate(wanted, start=1):
            await turns(world, 4)
            for desk in (first, second):
                step = of(desk, StepReached)[-1]
                assert (step.number, step.at) == (number, moment)
                clock = of(desk, ClockChanged)[-1]
                assert (clock.at, clock.speed, clock.stepping) == (moment, 0.0, True)
            first.say(StepTaken(number=number))
            await turns(world, 4)
            assert world.market.now == moment
            second.say(StepTaken(number=number))
        await turns(world, 4)
        assert world.market.now == at(13, 45)
        assert of(teacher, ClassOpened)[-1].jumping is False
        assert not of(first, ClockChanged)[-1].stepping
        assert [record.at for record in of(teacher, EventInjected)] == [at(13, 20)]

    play(tmp_path, story)


def test_a_jump_is_stopped_by_the_instructor_where_it_is_and_by_nobody_else(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        begin_class(world)
        teacher, desk = Visitor(world), Visitor(world)
        desk.say(HELLO)
        await world.settle()
        teacher.say(TEACHER)
        await world.settle()
        teacher.say(JumpTo(at=time(14, 30)))
        await turns(world, 4)
        desk.say(SetClock(speed=0.0))
        desk.say(StepTaken(number=1))
        await turns(world, 4)
        assert world.market.now == at(13, 30)
        teacher.say(SetClock(speed=0.0))
        desk.say(StepTaken(number=2))
        await turns(world, 4)
        assert world.market.now == at(13, 30)
        assert of(teacher, ClassOpened)[-1].jumping is False
        assert of(desk, ClockChanged)[-1].speed == 0.0

    play(tmp_path, story)


def test_an_instructor_that_deals_with_stops_is_waited_for_as_desks_are(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        begin_class(world)
        teacher = Visitor(world)
        teacher.say(TEACHER)
        await world.settle()
        teacher.say(JumpTo(at=time(14, 30)))
        await turns(world, 1)
        teacher.say(StepTaken(number=1))
        await turns(world, 4)
        waited = of(teacher, StepReached)[-1].number
        assert world.market.now < at(14, 30)
        await turns(world, 4)
        assert of(teacher, StepReached)[-1].number == waited
        for number in range(waited, waited + 3):
            teacher.say(StepTaken(number=number))
            await turns(world, 4)
        assert world.market.now == at(14, 30)

    play(tmp_path, story)


def test_a_desk_that_does_not_answer_holds_a_jump_up_for_ten_seconds_alone(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    expected_warnings("the jump goes on without D9")

    async def story(world: World) -> None:
        begin_class(world)
        teacher, desk = Visitor(world), Visitor(world)
        desk.say(HELLO)
        await world.settle()
        teacher.say(TEACHER)
        await world.settle()
        teacher.say(JumpTo(at=time(13, 10)))
        await turns(world, 3, 3.0)
        assert world.market.now == at(13, 0)
        await turns(world, 4, 4.0)
        assert world.market.now > at(13, 0)

    play(tmp_path, story)


def test_a_feed_that_is_lost_sends_no_quotes_and_what_changed_comes_afterwards(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = begin_class(world)
        desk = Visitor(world)
        desk.say(HELLO)
        await world.settle()
        room.inject(ClassEvent(kind=K.FEED_LOSS, seconds=10.0), "me")
        before = len(of(desk, MarketDataBatch))
        world.market.advance(world.market.now + timedelta(seconds=5), 1.0, 10)
        await turns(world, 4)
        desk.say(order("A"))
        await world.settle()
        assert len(of(desk, MarketDataBatch)) == before
        assert len(of(desk, OrderReport)) == 1
        world.market.advance(world.market.now + timedelta(seconds=6), 1.0, 10)
        await turns(world, 4)
        assert len(of(desk, MarketDataBatch)) > before

    play(tmp_path, story)


def test_reports_that_are_held_come_in_order_afterwards_and_are_not_given_away_before(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = begin_class(world)
        desk = Visitor(world)
        desk.say(HELLO)
        await world.settle()
        room.inject(ClassEvent(kind=K.ACK_DELAY, seconds=10.0), "me")
        desk.say(order("A"), order("B"))
        await turns(world, 60, 0.1)
        assert of(desk, OrderReport) == []
        world.market.advance(world.market.now + timedelta(seconds=11), 1.0, 20)
        await turns(world, 4)
        assert [(r.sequence, r.client_order_id) for r in of(desk, OrderReport)] == [(1, "A"), (2, "B")]

    play(tmp_path, story)


def test_a_line_that_is_cut_is_refused_and_after_the_grace_its_orders_are_cancelled(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = begin_class(world)
        desk, teacher = Visitor(world), Visitor(world)
        desk.say(HELLO, order("A"))
        await world.settle()
        desk.say(order("A"))
        await world.settle()
        teacher.say(TEACHER)
        await world.settle()
        room.inject(ClassEvent(kind=K.LINE_CUT, account_id=HELLO.account_id, seconds=10.0), "me")
        assert desk.closed
        again = Visitor(world)
        again.say(HELLO)
        assert again.closed
        assert world.market.counter.working_count(HELLO.account_id) == 1
        room.play(world.market.now + timedelta(seconds=3), 0.1, 100)
        await turns(world, 2)
        assert world.market.counter.working_count(HELLO.account_id) == 0
        room.play(world.market.now + timedelta(seconds=9), 0.1, 100)
        back = Visitor(world)
        back.say(HELLO)
        await world.settle()
        assert of(back, Recovered)
        assert [seen.connected for seen in of(teacher, DeskSeen)] == [True, False, True]

    play(tmp_path, story)


def test_screens_go_to_instructors_alone_and_to_one_who_comes_later(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        begin_class(world)
        desk, other = Visitor(world), Visitor(world)
        desk.say(HELLO)
        other.say(Hello(protocol=PROTOCOL, desk_id="D2", account_id="A2"))
        await world.settle()
        shown = ReportScreen(panel="orders", working=2)
        desk.say(shown)
        assert of(other, DeskSeen) == []
        teacher = Visitor(world)
        teacher.say(TEACHER)
        await world.settle()
        seen = {s.desk_id: s.screen for s in of(teacher, DeskSeen)}
        assert seen == {HELLO.desk_id: shown, "D2": None}

    play(tmp_path, story)
