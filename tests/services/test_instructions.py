"""Instructions with the real counter: written before they leave, never doubled, settled after every kind of loss."""

from decimal import Decimal
from pathlib import Path

import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.errors import JournalError
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import Instruct, Query, QueryKind
from terminal.domain.orders import Instruction
from terminal.domain.ports import RecordKind
from terminal.domain.reasons import Reason
from terminal.services.events import AlarmKind
from terminal.services.instructions import InstructionEntry, InstructionRequest, InstructionState
from tests.harness import CALL, CHEAP_CALL, FUND, PUT, DeskRig, World, limit, play

LOCK = InstructionRequest(kind=Kind.LOCK, underlying=FUND, quantity=10_000)


def sent(rig: DeskRig) -> list[Instruct]:
    return [command for command in rig.gateway.sent if isinstance(command, Instruct)]


def now(rig: DeskRig, entry: InstructionEntry) -> InstructionEntry:
    found = rig.desk.instructions.entry(entry.command.instruction_id)
    assert found is not None
    return found


@pytest.mark.requirement("O4")
def test_an_instruction_is_written_then_sent_then_answered(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        entry = await rig.desk.instructions.instruct(LOCK)
        assert entry.state is InstructionState.SENT
        kinds = [record.kind for record in rig.journal.read()]
        assert RecordKind.INSTRUCTED in kinds
        await world.settle()
        assert now(rig, entry).state is InstructionState.DONE
        assert rig.portfolio.holdings[FUND].locked == 10_000
        refused = await rig.desk.instructions.instruct(
            InstructionRequest(kind=Kind.LOCK, underlying=FUND, quantity=90_001)
        )
        assert (refused.state, refused.reason) == (InstructionState.DENIED, Reason.SHARES)
        assert len(sent(rig)) == 1

    play(tmp_path, story)


@pytest.mark.fault("F80")
def test_one_press_is_one_instruction(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        first = await rig.desk.instructions.instruct(LOCK, "press 1")
        again = await rig.desk.instructions.instruct(LOCK, "press 1")
        assert again.command.instruction_id == first.command.instruction_id
        assert len(sent(rig)) == 1

    play(tmp_path, story)


@pytest.mark.fault("F16")
def test_what_cannot_be_written_is_not_sent(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.journal.failure = JournalError("disk full")
        entry = await rig.desk.instructions.instruct(LOCK)
        assert (entry.state, entry.reason) == (InstructionState.DENIED, Reason.JOURNAL_FAILED)
        assert sent(rig) == []
        assert rig.alarm_kinds() == [AlarmKind.JOURNAL]
        rig.journal.failure = None
        assert (await rig.desk.instructions.instruct(LOCK)).reason is Reason.JOURNAL_FAILED

    play(tmp_path, story)


@pytest.mark.requirement("O4")
@pytest.mark.fault("F14")
def test_a_desk_that_dies_before_it_left_asks_and_never_sends_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.hold_to_venue = True
        entry = await rig.desk.instructions.instruct(LOCK)
        await world.kill_desk("D1")
        again = await world.open_desk()
        assert (now(again, entry).state, now(again, entry).in_doubt) == (InstructionState.SENT, True)
        await world.settle()
        assert now(again, entry).state is InstructionState.NOT_RECEIVED
        assert sent(again) == []
        asked = [c.kind for c in again.gateway.sent if isinstance(c, Query)]
        assert asked == [QueryKind.INSTRUCTIONS, QueryKind.LIMITS]
        assert again.portfolio.holdings[FUND].locked == 0

    play(tmp_path, story)


@pytest.mark.requirement("O4")
@pytest.mark.fault("F14")
def test_a_desk_that_dies_before_the_answer_finds_it_done_once(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.hold_to_desk = True
        entry = await rig.desk.instructions.instruct(LOCK)
        await world.settle()
        assert now(rig, entry).state is InstructionState.SENT
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        assert now(again, entry).state is InstructionState.DONE
        assert again.portfolio.holdings[FUND].locked == 10_000
        # And once more from the disk alone
        await world.kill_desk("D1")
        third = await world.open_desk()
        assert now(third, entry).state is InstructionState.DONE
        assert [r.instruction_id for r in third.desk.instructions.reports] == [entry.command.instruction_id]

    play(tmp_path, story)


@pytest.mark.fault("F14")
def test_a_line_that_drops_leaves_it_in_doubt_until_it_is_back(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        rig.gateway.hold_to_venue = True
        entry = await rig.desk.instructions.instruct(LOCK)
        await world.kill_venue()
        await world.settle()
        assert now(rig, entry).in_doubt
        assert AlarmKind.INSTRUCTION_IN_DOUBT in rig.alarm_kinds()
        assert (await rig.desk.instructions.instruct(LOCK)).reason is Reason.NOT_CONNECTED
        assert len(sent(rig)) == 1

    play(tmp_path, story)


@pytest.mark.requirement("O4")
@pytest.mark.fault("F12")
def test_a_conversion_moves_a_position_without_a_fill_and_without_an_alarm(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4620", 3, Instruction.SELL_OPEN))
        await world.settle()
        asked = InstructionRequest(kind=Kind.TO_COVERED, contract_code=CALL, quantity=2)
        entry = await rig.desk.instructions.instruct(asked)
        await world.settle()
        assert now(rig, entry).state is InstructionState.DONE
        assert rig.held() == {(CALL, PositionSide.SHORT): 1, (CALL, PositionSide.COVERED): 2}
        assert rig.alarms == []
        back = await rig.desk.instructions.instruct(
            InstructionRequest(kind=Kind.TO_NAKED, contract_code=CALL, quantity=1)
        )
        await world.settle()
        assert now(rig, back).state is InstructionState.DONE
        assert rig.held() == {(CALL, PositionSide.SHORT): 2, (CALL, PositionSide.COVERED): 1}
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        assert again.alarms == []
        assert again.held() == {(CALL, PositionSide.SHORT): 2, (CALL, PositionSide.COVERED): 1}

    play(tmp_path, story)


@pytest.mark.requirement("O4")
def test_the_margin_of_a_combination_is_the_one_shown_before(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CHEAP_CALL, "0.0080", 2, Instruction.SELL_OPEN))
        await rig.orders.submit(limit(PUT, "0.0690", 2, Instruction.SELL_OPEN))
        await world.settle()
        service = rig.desk.instructions
        strategy = CombinationStrategy.KKS
        request = InstructionRequest(
            kind=Kind.COMBINE, contract_code=CHEAP_CALL, second_code=PUT, strategy=strategy, quantity=2
        )
        asked = {name: getattr(request, name) for name in request.__dataclass_fields__}
        change = service.checks.terms.margin_change(Instruct(instruction_id="", **asked))
        assert change is not None
        assert rig.portfolio.funds is not None
        assert change.before == rig.portfolio.funds.margin
        entry = await service.instruct(request)
        await world.settle()
        assert now(rig, entry).state is InstructionState.DONE
        (combination,) = rig.portfolio.combinations
        assert (combination.quantity, combination.margin) == (2, change.after)
        assert rig.portfolio.funds.margin == change.after
        release = Instruct(instruction_id="", kind=Kind.RELEASE, combination_id=combination.number, quantity=1)
        again = service.checks.terms.margin_change(release)
        assert again is not None
        assert again.before == change.after / 2
        released = await service.instruct(
            InstructionRequest(kind=Kind.RELEASE, combination_id=combination.number, quantity=1)
        )
        await world.settle()
        assert now(rig, released).state is InstructionState.DONE
        assert rig.portfolio.funds.margin == change.after / 2 + again.after
        assert rig.alarms == []

    play(tmp_path, story)


@pytest.mark.requirement("O4")
def test_cash_goes_in_and_out_as_far_as_it_may(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        funds = rig.portfolio.funds
        assert funds is not None
        over = InstructionRequest(kind=Kind.CASH_OUT, amount=funds.withdrawable + Decimal("0.01"))
        assert (await rig.desk.instructions.instruct(over)).reason is Reason.FUNDS
        await rig.desk.instructions.instruct(InstructionRequest(kind=Kind.CASH_IN, amount=Decimal("500.25")))
        await rig.desk.instructions.instruct(InstructionRequest(kind=Kind.CASH_OUT, amount=Decimal("100.00")))
        await world.settle()
        after = rig.portfolio.funds
        assert after is not None
        assert after.balance == funds.balance + Decimal("400.25")
        assert (after.cash_in, after.cash_out) == (Decimal("500.25"), Decimal("100.00"))

    play(tmp_path, story)


@pytest.mark.requirement("T12", "O7")
def test_limits_are_asked_for_at_every_start(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await rig.orders.submit(limit(CALL, "0.4630", 3))
        await world.settle()
        await world.kill_desk("D1")
        again = await world.open_desk()
        await world.settle()
        told = again.portfolio.limits_told[Reason.LIMIT_RIGHT_SIDE, FUND]
        assert (str(told.used), str(told.allowed)) == ("3", str(world.rules.limits.institution.right_side))

    play(tmp_path, story)
