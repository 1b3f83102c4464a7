"""A contract paused until a time of the venue's clock: its quotes are gone, and back at the time unless something else
keeps it out; what was missed is counted; a desk that is killed meanwhile keeps to it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.domain.messages import CancelQuotes, InquiryOpened
from terminal.domain.reasons import Reason
from terminal.rules.protection.stops import StopTier
from terminal.services.desk_parts import build_obligations
from terminal.services.gate import DESK
from terminal.services.pauses import KeptOut
from terminal.services.quote_codes import CODE_OF
from terminal.services.quote_pauses import QuotePauses
from tests.quoting_rig import MAKER, limits, quote
from tests.services.obligation_desk import terms_of
from tests.stories.maker import CHEAP_CALL, FUND, PUT, Maker, quoting_story

pytestmark = [pytest.mark.requirement("M6", "X1")]


def pauses_of(maker: Maker) -> QuotePauses:
    """The pauses as the desk builds them; the quoter is the one strategy there is."""
    desk = maker.rig.desk
    pauses = QuotePauses(desk, maker.rig.theoretical, maker.obligations, desk.bus)
    pauses.by_strategy = lambda code: None if maker.state == "running" else KeptOut.STOPPED
    before = maker.guard.on_timer

    def beat() -> None:
        before()
        pauses.on_timer()

    maker.guard.on_timer = beat  # type: ignore[method-assign]
    return pauses


def missed(maker: Maker, code: str = PUT) -> float:
    figures = maker.obligations.figures()
    assert figures is not None
    place = figures.place(code)
    assert place is not None
    return float(figures.missed[place])


async def wait(maker: Maker, seconds: float) -> None:
    """Beat until so much market time has passed; the venue's clock comes in steps."""
    now = maker.rig.desk.clock.now
    until, beats = now() + timedelta(seconds=seconds), 0
    while now() < until:
        await maker.beat()
        beats += 1
        assert beats < 20 * seconds


def test_quotes_go_at_once_and_come_back_at_the_time_and_what_was_missed_is_counted(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        pauses, now = pauses_of(maker), maker.rig.desk.clock.now
        before, begun = missed(maker), now()
        cancels = maker.cancels
        pause = pauses.pause(PUT, begun + timedelta(seconds=60), "ann")
        await maker.settle()
        assert maker.rig.gateway.sent[-1] == CancelQuotes(contract_code=PUT)
        assert maker.live == [CHEAP_CALL]
        await wait(maker, 58)
        assert maker.live == [CHEAP_CALL]
        assert maker.cancels == cancels + 1
        assert pauses.of(PUT) == pause
        assert pauses.over(PUT) is None
        # The quoter finds the gate shut and asks nothing of it: it is not refused, so it is not stopped for it
        place = maker.quoter.numbers.tolist().index(maker.rig.quoting.number_of(PUT))
        assert maker.quoter.refusals[place] == CODE_OF[Reason.QUOTES_PAUSED]
        await wait(maker, 3)
        assert sorted(maker.live) == sorted([PUT, CHEAP_CALL])
        assert pauses.of(PUT) is None
        assert pauses.over(PUT) is None
        assert 59.0 <= missed(maker) - before <= 62.0
        back = maker.obligations.own.live(PUT)
        assert back is not None
        assert timedelta(0) <= back.at - pause.until <= timedelta(seconds=1.5)

    quoting_story(tmp_path, story, speed=10.0, half_ticks=20)


def test_ended_early_or_prolonged_it_is_back_then(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        pauses, now = pauses_of(maker), maker.rig.desk.clock.now
        pauses.pause(PUT, now() + timedelta(seconds=10), "ann")
        await wait(maker, 5)
        pauses.pause(PUT, now() + timedelta(seconds=20), "bob")
        await wait(maker, 15)
        assert PUT not in maker.live
        assert pauses.end(PUT, "cid")
        await maker.beat(2)
        assert PUT in maker.live
        assert not pauses.end(PUT, "cid")
        with pytest.raises(BadInput):
            pauses.pause(PUT, now(), "ann")
        assert PUT in maker.live

    quoting_story(tmp_path, story, speed=10.0, half_ticks=20)


@pytest.mark.fault("F17", "F20")
def test_in_a_market_that_somebody_has_paused_its_time_does_not_come(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        pauses, now = pauses_of(maker), maker.rig.desk.clock.now
        pauses.pause(PUT, now() + timedelta(seconds=1), "ann")
        await maker.beat(40)
        assert PUT not in maker.live
        assert pauses.of(PUT) is not None

    quoting_story(tmp_path, story, speed=0.0)


def stop_tier(maker: Maker) -> None:
    maker.guard.stop(StopTier.REDUCE_ONLY, "ann")


def strategy_stopped(maker: Maker) -> None:
    maker.engine.stop("quoter", "stopped by hand", "ann")


def pulled_by_a_person(maker: Maker) -> None:
    maker.engine.stop_all("pulled by hand", "ann")
    maker.rig.quoting.cancel()


def line_lost(maker: Maker) -> None:
    maker.rig.gateway.cut()


@pytest.mark.parametrize(
    ("keep", "cause"),
    [
        (stop_tier, KeptOut.STOP),
        (strategy_stopped, KeptOut.STOPPED),
        (pulled_by_a_person, KeptOut.STOPPED),
        (line_lost, KeptOut.LINE),
    ],
)
def test_it_stays_out_where_something_else_keeps_it_out_and_says_what(
    tmp_path: Path, keep: Callable[[Maker], None], cause: KeptOut
) -> None:
    async def story(maker: Maker) -> None:
        pauses, now = pauses_of(maker), maker.rig.desk.clock.now
        pause = pauses.pause(PUT, now() + timedelta(seconds=10), "ann")
        await wait(maker, 5)
        keep(maker)
        await wait(maker, 10)
        assert PUT not in maker.live
        assert pauses.over(PUT) == pause
        assert pauses.kept_out(PUT) is cause

    quoting_story(tmp_path, story, speed=10.0, half_ticks=20)


def test_a_person_may_quote_what_is_paused_and_a_programme_may_not(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        pauses, now, quoting = pauses_of(maker), maker.rig.desk.clock.now, maker.rig.quoting
        pauses.pause(PUT, now() + timedelta(seconds=30), "ann")
        await maker.beat(2)
        entry = quote(PUT, "0.0660", "0.0730", 10)
        denial = quoting.quote(entry, "quoter")
        assert denial is not None
        assert denial.reason is Reason.QUOTES_PAUSED
        assert quoting.failures(entry, DESK) == []
        assert quoting.quote(entry, DESK) is None
        await maker.beat(4)
        # It is the person's: nothing takes it out before the time, and the quoter replaces it then
        assert PUT in maker.live
        assert quoting.owner(PUT) == DESK
        await wait(maker, 30)
        assert quoting.owner(PUT) == "quoter"

    quoting_story(tmp_path, story, speed=10.0, half_ticks=20)


@pytest.mark.requirement("M8")
def test_an_answer_to_an_inquiry_stands_for_its_time_first(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        pauses, desk = pauses_of(maker), maker.rig.desk
        desk.bus.publish(InquiryOpened(inquiry=1, contract_code=PUT, at=desk.clock.now()))
        await maker.beat(1)
        hold = maker.obligations.terms.inquiries.min_hold_seconds
        pauses.pause(PUT, desk.clock.now() + timedelta(seconds=hold + 60), "ann")
        await wait(maker, hold / 2)
        assert PUT in maker.live
        assert not pauses.is_shut(PUT)
        await wait(maker, hold / 2 + 2)
        assert PUT not in maker.live
        assert pauses.is_shut(PUT)
        (result,) = maker.obligations.inquiry_results()
        # At ten times the speed the desk's clock is some beats ahead of the venue's
        assert result.held_seconds is not None
        assert hold - 1 <= result.held_seconds <= hold + 2

    quoting_story(tmp_path, story, speed=10.0, half_ticks=20)


@pytest.mark.fault("F04")
def test_a_desk_that_is_killed_keeps_to_the_pause_and_lets_go_at_its_time(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        world, begun = maker.world, maker.rig.desk.clock.now()
        pause = pauses_of(maker).pause(PUT, begun + timedelta(seconds=30), "ann")
        await maker.beat(4)
        await world.kill_desk("D1")
        rig = world.build_desk("D1", MAKER, None)
        world.rigs["D1"] = rig
        obligations = build_obligations(rig.desk, terms_of("sse_generic"), world.rules.sessions)
        obligations.restore(rig.journal.read())
        pauses = QuotePauses(rig.desk, rig.theoretical, obligations, rig.desk.bus)
        pauses.by_strategy = lambda code: KeptOut.STOPPED
        await rig.desk.start()
        await world.settle()
        rig.theoretical.settle(FUND)
        rig.gate.set_sheet("quoter", limits())
        pauses.on_timer()
        assert pauses.of(PUT) == pause
        entry = quote(PUT, "0.0660", "0.0730", 10)
        denials = rig.quoting.denials(rig.quoting.submit(rig.quoting.batch_of([entry]), "quoter"), "quoter")
        assert [denial.reason for _, denial in denials] == [Reason.QUOTES_PAUSED]
        while rig.desk.clock.now() < pause.until:
            world.pass_time(0.5)
            await world.settle()
            pauses.on_timer()
        # Nobody has started the quoter again: it stays out, and that is why
        assert rig.quoting.live(PUT) is None
        assert pauses.over(PUT) == pause
        assert pauses.kept_out(PUT) is KeptOut.STOPPED
        maker.tick(0)
        outcome = rig.quoting.submit(rig.quoting.batch_of([entry]), "quoter")
        assert Reason.QUOTES_PAUSED not in [denial.reason for _, denial in rig.quoting.denials(outcome, "quoter")]

    quoting_story(tmp_path, story, speed=10.0, half_ticks=20)
