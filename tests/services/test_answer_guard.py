"""Answers stand for their shortest time, protection may pull and it is written down, and none is missed unseen."""

from datetime import timedelta
from pathlib import Path

import pytest

from terminal.domain.ports import RecordKind
from terminal.rules.obligations.inquiries import AnswerEnd, InquiryStatus
from terminal.services.answer_guard import AnswerGuard
from terminal.services.events import AlarmKind
from terminal.services.obligation_records import PullTold, decode_told
from terminal.strategies.asks import LiveAsk
from tests.making_rig import PUT, MakingRig, making_story
from tests.quoting_rig import quote, quote_cancels

pytestmark = pytest.mark.requirement("M8")


def guard_of(making: MakingRig) -> AnswerGuard:
    desk = making.rig.desk
    return AnswerGuard(desk.bus, making.obligations, desk.quoting, desk.clock.now)


async def answer(making: MakingRig) -> int:
    """Somebody asks, a strategy answers, large enough to stand though others trade; gives the contract's number."""
    await making.ask(PUT, 10)
    quoting = making.rig.quoting
    batch = quoting.batch_of([quote(PUT, "0.0665", "0.0731", 50)])
    making.rig.gate.set_sheet("responder", making.rig.gate.sheet("desk"))
    (opened,) = making.obligations.inquiries.all
    assert quoting.submit(batch, "responder", inquiry=opened.inquiry).sent == 1
    await making.wait(0.5)
    number = quoting.number_of(PUT)
    assert number is not None
    return number


def ask_of(making: MakingRig) -> LiveAsk:
    def nothing(what: object) -> None:
        raise AssertionError(what)

    return LiveAsk("responder", making.rig.quoting, making.rig.orders, nothing, nothing, nothing, None)


def test_a_strategy_cannot_take_an_answer_back_before_its_time(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        guard_of(making)
        number = await answer(making)
        ask = ask_of(making)
        for _ in range(3):
            ask.cancel_quotes([number])
            ask.cancel_quotes()
            await making.wait(5.0)
        assert quote_cancels(making.rig) == []
        assert making.rig.quoting.live(PUT) is not None
        assert making.rig.quoting.withdraw([number]) == (PUT,)
        await making.wait(5.5)
        # 20 s is the shortest hold (rulebook 8.4)
        ask.cancel_quotes([number])
        await making.wait(0.5)
        assert making.rig.quoting.live(PUT) is None
        (result,) = making.obligations.inquiry_results()
        assert (result.status, result.end, result.pulled_early) == (InquiryStatus.ANSWERED, AnswerEnd.CANCELLED, False)
        assert result.held_seconds is not None
        assert result.held_seconds >= 20

    making_story(tmp_path, story)


@pytest.mark.requirement("X4")
def test_protection_pulls_at_once_and_is_named_as_the_cause(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        guard_of(making)
        number = await answer(making)
        making.rig.quoting.cancel_numbers([number])
        await making.wait(1.0)
        (result,) = making.obligations.inquiry_results()
        assert (result.end, result.pulled_early) == (AnswerEnd.PROTECTION, True)
        told = [decode_told(r.body) for r in making.rig.journal.read() if r.kind is RecordKind.OBLIGATION]
        assert [step.codes for step in told if isinstance(step, PullTold)] == [(PUT,)]

    making_story(tmp_path, story)


@pytest.mark.requirement("X2")
def test_an_inquiry_that_nobody_answers_is_told_once_in_time(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        guard_of(making)
        await making.ask(PUT, 10)
        (opened,) = making.obligations.inquiries.all
        alarms = making.rig.alarms
        while not (mine := [a for a in alarms if a.kind is AlarmKind.INQUIRY_UNANSWERED]):
            assert making.rig.desk.clock.now() < opened.deadline
            await making.wait(0.5)
        assert mine[0].at >= opened.deadline - timedelta(seconds=5)
        assert mine[0].figures[0] == PUT
        await making.wait(8.0)
        assert len([a for a in alarms if a.kind is AlarmKind.INQUIRY_UNANSWERED]) == 1

    making_story(tmp_path, story)


def test_an_answered_one_raises_nothing(tmp_path: Path) -> None:
    async def story(making: MakingRig) -> None:
        guard_of(making)
        await answer(making)
        await making.wait(25.0)
        assert AlarmKind.INQUIRY_UNANSWERED not in making.rig.alarm_kinds()

    making_story(tmp_path, story)
