"""An expiry day with the real counter: holdings, exercises in pairs and alone, giving up, the agreement, assignment."""

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.orders import Instruction
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.rules.expiry.worth import Disposition
from terminal.services.auto_exercise import Agreement
from terminal.services.event_calendar import EventKind, TodoKind
from terminal.services.exercise_plan import ExercisePlan
from terminal.services.instructions import InstructionRequest, InstructionState
from terminal.venue.counter.settlement.steps import STEPS
from tests.harness import CALL, CHEAP_CALL, FUND, PUT, World, limit, play
from tests.services.expiry_world import EXPIRY, ExpiryRig, Memory, expire, play_expiry
from tests.venue.test_host_day_end import close_with, day_end

D = Decimal
pytestmark = pytest.mark.requirement("X6")


async def opened(world: World, calls: int = 3, puts: int = 2) -> ExpiryRig:
    """A desk that has bought calls in the money, puts in the money, and one call out of it."""
    rig = await world.open_desk()
    await world.settle()
    for code, price, quantity in ((CALL, "0.4630", calls), (PUT, "0.0710", puts), (CHEAP_CALL, "0.0082", 1)):
        if quantity:
            await rig.orders.submit(limit(code, price, quantity))
    await world.settle()
    return expire(rig)


@pytest.mark.requirement("T6", "O9")
def test_what_expires_is_told_with_its_worth_and_its_needs(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world)
        desk = expiry.services.desk
        assert (desk.today, desk.next_expiry()) == (EXPIRY, EXPIRY)
        calls, puts, out = desk.holdings(EXPIRY)
        assert [row.contract.code for row in (calls, puts, out)] == [CALL, PUT, CHEAP_CALL]
        # 2.963 - 2.5, three contracts of 10,000, 0.60 each: rulebook 6 and 9
        assert str(calls.worth.exercise) == "13888.20"
        assert (calls.exercisable, calls.waits, calls.cash) == (3, True, D("75001.80"))
        assert (puts.shares, puts.cash) == (20_000, D("1.20"))
        assert out.worth.best is Disposition.SELL  # 0.0080 is bid for what would lapse
        assert not out.waits
        todo = expiry.services.events.next_up()[0]
        assert (todo.kind, todo.count, todo.urgent) == (TodoKind.EXERCISE, 2, True)
        assert todo.money == calls.worth.exercise + puts.worth.exercise
        assert todo.due == datetime(2026, 3, 25, 15, 30, tzinfo=SHANGHAI)

    play_expiry(tmp_path, story)


@pytest.mark.requirement("O4", "O10")
def test_pairs_go_first_and_the_counter_takes_what_is_chosen(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world)
        desk, instructions = expiry.services.desk, expiry.rig.desk.instructions
        plan = ExercisePlan(desk)
        # Both are worth no less exercised than sold; the far call is sold
        proposed = plan.proposed(plan.plan(EXPIRY))
        if not proposed:
            for code in (CALL, PUT):
                plan.choose(code, Disposition.EXERCISE)
            proposed = plan.proposed(plan.plan(EXPIRY))
        assert [(p.call.code, p.put.code, p.quantity) for p in proposed] == [(CALL, PUT, 2)]
        plan.take_pairs(proposed)
        planned = plan.plan(EXPIRY)
        assert (planned.merged, planned.exercised) == (2, 1)
        assert planned.needs.cash == D("25000.00") + D("0.60") * 5
        assert planned.needs.shares == {}
        requests = planned.requests()
        assert [r.kind for r in requests] == [Kind.MERGED_EXERCISE, Kind.EXERCISE]
        for request in requests:
            assert (await instructions.instruct(request)).state is InstructionState.SENT
        await world.settle()
        calls, puts, _ = desk.holdings(EXPIRY)
        assert (calls.merged, calls.exercised, calls.exercisable, calls.waits) == (2, 1, 0, False)
        assert (puts.merged, puts.exercised, puts.exercisable) == (2, 0, 0)
        assert plan.plan(EXPIRY).requests() == []
        back = InstructionRequest(kind=Kind.WITHDRAW_EXERCISE, contract_code=CALL, quantity=1)
        await instructions.instruct(back)
        await world.settle()
        assert desk.holdings(EXPIRY)[0].exercisable == 1
        plan.set_quantity(CALL, 99)
        assert plan.plan(EXPIRY).exercised == 1

    play_expiry(tmp_path, story)


def test_no_other_day_takes_exercises(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world)
        assert expiry.services.desk.days_left(EXPIRY) == 17
        assert expiry.services.desk.next_expiry() == EXPIRY
        asked = InstructionRequest(kind=Kind.EXERCISE, contract_code=CALL, quantity=1)
        entry = await expiry.rig.desk.instructions.instruct(asked)
        assert (entry.state, entry.reason) == (InstructionState.DENIED, Reason.EXERCISE_DAY)
        assert not [todo for todo in expiry.services.events.next_up() if todo.kind is TodoKind.EXERCISE]

    play(tmp_path, story)


@pytest.mark.requirement("T6")
def test_giving_up_is_written_with_name_and_reason_and_lasts_over_a_restart(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world)
        abandonments = expiry.services.abandonments
        with pytest.raises(BadInput, match="reason"):
            abandonments.abandon(CALL, "  ", "D1")
        with pytest.raises(BadInput, match="by"):
            abandonments.abandon(CALL, "no money", "")
        abandonments.abandon(CALL, "no money", "D1")
        abandonments.abandon(PUT, "no shares", "D1")
        abandonments.take_back(PUT, "D1")
        assert [row.contract.code for row in expiry.services.desk.undecided(EXPIRY)] == [PUT]
        await expiry.rig.journal.flush()
        again = expire(expiry.rig)
        made = again.services.abandonments.of(CALL)
        assert made is not None
        assert (made.by, made.why, made.at) == ("D1", "no money", expiry.services.desk.now())
        assert again.services.abandonments.of(PUT) is None
        assert ExercisePlan(again.services.desk).chosen(again.services.desk.holdings(EXPIRY)[0]).choice is (
            Disposition.ABANDON
        )
        # Nothing of it was sent: it is the exchange that lets it lapse
        assert not list(expiry.rig.desk.instructions.entries)

    play_expiry(tmp_path, story)


def test_nothing_is_exercised_by_itself_before_somebody_agrees(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world)
        assert expiry.services.auto.agreement == Agreement()
        expiry.services.auto.on_time()
        assert expiry.started == []
        for wrong in (Agreement(True, D(-1)), Agreement(True, D("NaN")), Agreement(True, D(1), time(15, 30))):
            with pytest.raises(BadInput):
                expiry.services.auto.agree(wrong, "D1")
        with pytest.raises(BadInput):
            expiry.services.auto.agree(Agreement(True), " ")
        expiry.services.auto.agree(Agreement(True, D("10.00"), time(15, 5)), "D1")
        expiry.services.auto.on_time()
        assert expiry.started == []  # it is 13:00

    play_expiry(tmp_path, story)


def test_the_agreement_exercises_once_what_nobody_has_decided_on(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world)
        services, memory = expiry.services, Memory(expiry.memory)
        services.abandonments.abandon(PUT, "no shares", "D1")
        services.auto.agree(Agreement(True, D("10.00"), time(13, 0)), "D1")
        assert services.auto.due(EXPIRY) == datetime(2026, 3, 25, 13, 0, tzinfo=SHANGHAI)
        services.auto.on_time()
        services.auto.on_time()
        assert await expiry.finish() == 1
        await world.settle()
        in_force = expiry.rig.desk.instructions.exercises_in_force
        assert (in_force(CALL), in_force(PUT), in_force(CHEAP_CALL)) == (3, 0, 0)
        # What a person takes back stays taken back, after a restart too
        back = InstructionRequest(kind=Kind.WITHDRAW_EXERCISE, contract_code=CALL, quantity=3)
        await expiry.rig.desk.instructions.instruct(back)
        await world.settle()
        memory.update(expiry.memory)
        for again in (expiry, expire(expiry.rig, memory)):
            assert again.services.auto.agreement.enabled
            again.services.auto.on_time()
            assert again.started == []
        notes = [r.body.decode() for r in expiry.rig.journal.read() if r.kind is RecordKind.NOTE]
        assert sum("auto_exercise_agreed" in note for note in notes) == 1
        assert sum("auto_exercise_done" in note and CALL in note for note in notes) == 1

    play_expiry(tmp_path, story)


def test_the_agreement_goes_as_far_as_the_money_reaches(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.options = replace(world.options, opening_cash=D("60000.00"), opening_shares={})
        await world.kill_venue()
        world.open_venue()
        expiry = await opened(world, calls=4, puts=0)
        services = expiry.services
        services.auto.agree(Agreement(True, D("10.00"), time(13, 0)), "D1")
        (request,) = services.auto.requests(EXPIRY)
        # 60,000 less what the calls cost leaves the strike of one
        assert (request.kind, request.quantity) == (Kind.EXERCISE, 1)
        services.auto.agree(Agreement(True, D("5000.00"), time(13, 0)), "D1")
        assert services.auto.requests(EXPIRY) == []

    play_expiry(tmp_path, story)


@pytest.mark.requirement("T7", "R1", "O12")
def test_a_writer_is_told_the_range_before_and_the_delivery_after(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4620", 10, Instruction.SELL_OPEN))
        await rig.orders.submit(limit(CALL, "0.4610", 2, Instruction.SELL_OPEN))
        await rig.orders.submit(limit(CHEAP_CALL, "0.0080", 5, Instruction.SELL_OPEN))
        await world.settle()
        services = expire(rig).services
        inside, outside = services.assignments.writers(EXPIRY)
        assert (inside.expected.least, inside.expected.most) == (12, 12)
        assert (inside.need.shares, inside.need.shares_free, inside.need.shares_short) == (120_000, 100_000, 20_000)
        # (2.963 x 1.1 - 2.5) x 10,000 x 2
        assert str(inside.need.cash_cost) == "15186.00"
        assert (outside.need.shares, outside.expected.most, outside.chance) == (0, 0, 0.0)
        assert services.assignments.assigned() == []
        close_with(world, day_end(world))
        for _ in range(len(STEPS) + 1):
            world.pass_time(0.02)
            await world.settle()
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        services = expire(again).services
        (need,) = services.assignments.assigned()
        assert (need.written.quantity, need.shares_short) == (12, 20_000)
        assert need.written.side is PositionSide.SHORT
        (coming,) = services.assignments.shares_coming()
        assert (coming.underlying, coming.incoming, coming.outgoing) == (FUND, 0, 120_000)
        todo = next(t for t in services.events.next_up() if t.kind is TodoKind.DELIVER)
        assert (todo.shares, todo.urgent, todo.due) == (120_000, True, datetime(2026, 3, 26, 10, 30, tzinfo=SHANGHAI))

    play_expiry(tmp_path, story)


@pytest.mark.requirement("R1")
def test_what_the_days_end_nets_is_neither_exercised_nor_assigned(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world, calls=3, puts=0)
        await expiry.rig.orders.submit(limit(CALL, "0.4620", 5, Instruction.SELL_OPEN))
        await world.settle()
        services = expiry.services
        # Long 3 against short 5 of the same contract: rulebook 6, netting comes before the check of exercises
        assert services.desk.holdings(EXPIRY)[0].exercisable == 0
        (row,) = services.assignments.writers(EXPIRY)
        assert (row.quantity, row.need.shares, row.expected.most) == (2, 20_000, 2)

    play_expiry(tmp_path, story)


def test_the_days_around_an_expiry_stand_in_the_calendar(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        expiry = await opened(world)
        events = expiry.services.events.events(date(2026, 3, 1), date(2026, 3, 31))
        mine = {e.kind: e for e in events if e.expiry == EXPIRY}
        assert {kind: e.day.day for kind, e in mine.items()} == {
            EventKind.SPREADS_RELEASED: 23,
            EventKind.UPLIFT: 24,
            EventKind.EXPIRY: 25,
            EventKind.DELIVERY: 26,
            EventKind.SHARES_USABLE: 27,
        }
        assert (mine[EventKind.EXPIRY].held, mine[EventKind.EXPIRY].contracts) == (3, 5)
        assert [e.day.day for e in events if e.kind is EventKind.LISTING] == [26]

    play_expiry(tmp_path, story)
