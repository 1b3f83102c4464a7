"""What the watch sees of a real desk at a real venue: positions, halts, notices, forced orders, age of data, limits."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from terminal.alerts.alert import AlertKind
from terminal.alerts.notice_facts import breakers_until, resumed_at
from terminal.app.alerts import Reminders
from terminal.domain.accounts import Funds, PositionSide
from terminal.domain.combinations import Combination, CombinationStrategy
from terminal.domain.messages import AccountReport, ClockChanged, DayOpened, InquiryOpened, LimitUse, Notice, NoticeKind
from terminal.domain.orders import Instruction
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.rules.order_warnings import OrderWarning
from terminal.services.order_warnings import Acknowledgement
from tests.app.reminder_rig import Kept, hold_one, remind
from tests.harness import CALL, CHEAP_CALL, CONTRACTS, DAY, FUND, PUT, START, UNDERLYINGS, DeskRig, World, limit, play
from tests.services.obligation_desk import MakerRig, maker_story


def kinds(reminders: Reminders) -> set[AlertKind]:
    return {alert.finding.kind for alert in reminders.book.alerts()}


def last_day(rig: DeskRig, day_left: int = 0) -> None:
    """Play as if the contracts expired today, or so soon."""
    end = DAY + timedelta(days=day_left)
    listed = tuple(replace(one, expiry=end, exercise_day=end, last_day=end) for one in CONTRACTS)
    rig.desk.on_event(DayOpened(trading_day=DAY, underlyings=UNDERLYINGS, contracts=listed))


@pytest.mark.requirement("T6", "R2")
def test_on_the_last_day_a_long_in_the_money_is_told_until_it_is_given_up(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await hold_one(world, rig)
        last_day(rig)
        reminders = remind(world, rig)
        reminders.evaluate()
        assert {AlertKind.EXERCISE, AlertKind.NEAR_EXPIRY} <= kinds(reminders)
        outlook = reminders.watch.outlook(rig.desk.clock.now())
        (mine,) = outlook.held
        assert (mine.exercisable, mine.contract.code, outlook.spot(mine.contract)) == (1, CALL, outlook.spots[FUND])
        reminders.watch.is_given_up = lambda code: code == CALL
        reminders.evaluate()
        assert AlertKind.EXERCISE not in kinds(reminders)

    play(tmp_path, story)


@pytest.mark.requirement("R1")
def test_a_short_on_its_last_day_is_looked_at_with_the_chance_of_the_assignment_desk(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig)
        read = [Acknowledgement(warning, "Li", rig.desk.clock.now()) for warning in OrderWarning]
        sold = limit(CHEAP_CALL, "0.0080", 20, Instruction.SELL_OPEN)
        await rig.orders.submit(sold, acknowledged=read)
        await world.settle()
        assert rig.held() == {(CHEAP_CALL, PositionSide.SHORT): 20}
        last_day(rig)
        reminders.evaluate()
        assert AlertKind.WRITER not in kinds(reminders)
        # 100,000 shares are there, 200,000 would be owed
        reminders.watch.chance_of = lambda contract: 0.5
        reminders.evaluate()
        assert AlertKind.WRITER in kinds(reminders)

    play(tmp_path, story)


@pytest.mark.requirement("T2")
def test_a_halt_of_the_underlying_is_seen_and_its_end(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await hold_one(world, rig)
        reminders = remind(world, rig)
        for resume, state in ((False, "halted"), (True, "resumed")):
            world.market.suspend(FUND, resume=resume)
            world.pass_time(0.08, 4)
            await world.settle()
            reminders.evaluate()
            told = [a.finding for a in reminders.book.alerts() if a.finding.kind is AlertKind.SUSPENSION]
            assert [(one.underlying, one.codes, one.figures["state"]) for one in told] == [(FUND, (CALL,), state)]

    play(tmp_path, story)


@pytest.mark.fault("F01", "F26")
def test_a_lost_line_is_seen_by_the_seconds_and_old_data_only_while_the_clock_runs(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig)
        now = rig.desk.clock.now()
        assert reminders.watch.outlook(now).feed_ages == {}
        world.venue.pacer.set_speed(1.0, world.clock())
        world.pass_time(1.2, 2)
        await world.settle()
        ages = reminders.watch.outlook(now).feed_ages
        world.clock.seconds += 30.0
        later = reminders.watch.outlook(now).feed_ages
        assert later[FUND] == pytest.approx(ages[FUND] + 30.0)
        # A market that stood still for a while is not blind when it goes on
        world.venue.pacer.set_speed(0.0, world.clock())
        world.venue._clock.tell()
        await world.settle()
        assert reminders.watch.outlook(now).feed_ages == {}
        world.clock.seconds += 600.0
        rig.desk.on_event(ClockChanged(at=now, speed=1.0))
        assert reminders.watch.outlook(now).feed_ages[FUND] == 0.0
        world.clock.seconds += 10.0
        assert reminders.watch.outlook(now).feed_ages[FUND] == pytest.approx(10.0)
        rig.desk.on_link(LinkState.DOWN, "")
        assert reminders.watch.outlook(now).link_down_seconds == 0.0
        world.clock.seconds += 6.0
        reminders.evaluate()
        assert reminders.watch.outlook(now).link_down_seconds == pytest.approx(6.0)
        assert kinds(reminders) & {AlertKind.CONNECTION, AlertKind.STALE_DATA} == {AlertKind.CONNECTION}

    play(tmp_path, story)


@pytest.mark.requirement("O17")
def test_every_limit_the_counter_told_is_counted_with_what_is_held_and_works_now(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        watch = remind(world, rig).watch
        rig.portfolio.take_limits(
            [
                LimitUse(limit=reason, underlying=underlying, used=Decimal(0), allowed=Decimal(10))
                for reason, underlying in (
                    (Reason.LIMIT_RIGHT_SIDE, FUND),
                    (Reason.LIMIT_TOTAL, FUND),
                    (Reason.LIMIT_BUY_OPEN, FUND),
                    (Reason.LIMIT_OPEN, FUND),
                    (Reason.LIMIT_DIRECTION, FUND),
                    (Reason.LIMIT_ALL_PRODUCTS, ""),
                )
            ]
        )
        assert {use.used for use in watch.outlook(rig.desk.clock.now()).limits} == {Decimal(0)}
        await hold_one(world, rig)
        await rig.orders.submit(limit(CALL, "0.4000", 2))
        await world.settle()
        # What was counted 0.4 seconds ago is counted again: with the half second between two looks within a second
        assert {use.used for use in watch.outlook(rig.desk.clock.now()).limits} == {Decimal(0)}
        world.clock.seconds += 0.41
        assert {use.limit: use.used for use in watch.outlook(rig.desk.clock.now()).limits} == {
            Reason.LIMIT_RIGHT_SIDE: 3,
            Reason.LIMIT_TOTAL: 3,
            Reason.LIMIT_BUY_OPEN: 3,
            Reason.LIMIT_OPEN: 3,
            Reason.LIMIT_DIRECTION: 3,
            Reason.LIMIT_ALL_PRODUCTS: 3,
        }

    play(tmp_path, story)


@pytest.mark.requirement("T6")
def test_days_the_user_sets_are_looked_at_from_the_next_look_on(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        await hold_one(world, rig)
        reminders = remind(world, rig)
        reminders.evaluate()
        assert AlertKind.EXERCISE not in kinds(reminders)
        reminders.set_threshold("exercise_days", [20, 1, 0])
        reminders.evaluate()
        assert AlertKind.EXERCISE in kinds(reminders)

    play(tmp_path, story)


@pytest.mark.requirement("O16", "O17", "O18")
def test_limits_margin_and_releases_are_reckoned_by_what_is_held_now(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig)
        await hold_one(world, rig)
        full = LimitUse(limit=Reason.LIMIT_RIGHT_SIDE, underlying=FUND, used=Decimal(0), allowed=Decimal(1))
        rig.portfolio.take_limits([full])
        world.clock.seconds += 0.41
        reminders.evaluate()
        told = {a.finding.kind: a.finding for a in reminders.book.alerts()}
        assert told[AlertKind.POSITION_LIMIT].figures["used"] == "1"
        assert AlertKind.LARGE_HOLDER in told
        # A picture of the counter with margin, a call, and a combination
        spread = Combination(
            number="C1",
            strategy=CombinationStrategy.KKS,
            first_code=CALL,
            second_code=PUT,
            quantity=2,
            margin=Decimal(100),
        )
        rig.portfolio.on_account(
            AccountReport(
                sequence=rig.desk.last_sequence,
                account_id="A",
                at=START,
                funds=Funds(balance=Decimal(1_000), margin=Decimal(2_000), margin_call=Decimal(1_000)),
                positions=(),
                holdings=(),
                combinations=(spread,),
            )
        )
        outlook = reminders.watch.outlook(rig.desk.clock.now())
        margins = [rig.checks.terms.opening(one) for one in CONTRACTS if one.code in (CALL, PUT)]
        assert outlook.release_margin == {"C1": sum(margins) * 2 - 100}
        reminders.evaluate()
        # Past the cut-off at half past eleven the call is due and not met
        assert {AlertKind.MARGIN, AlertKind.NOT_CLOSED} <= kinds(reminders)

    play(tmp_path, story)


#: No contract of the obligation
NOT_OWED = "10009999"


def test_a_makers_duties_and_inquiries_are_seen(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        watch = remind(world, maker.rig).watch
        watch._obligations = maker.obligations
        desk = maker.rig.desk
        world.pass_time(2.0, 4)
        await world.settle()
        assert watch.outlook(desk.clock.now()).inquiries == ()
        desk.on_event(InquiryOpened(inquiry=99, contract_code=PUT, quantity=5, at=desk.clock.now()))
        # Outside the obligation nothing is missed: no reminder says that it would be
        desk.on_event(InquiryOpened(inquiry=100, contract_code=NOT_OWED, quantity=5, at=desk.clock.now()))
        # At the very next look, which its event asks for: its seconds count
        assert [asked.inquiry for asked in watch.outlook(desk.clock.now()).inquiries] == [99]
        world.pass_time(0.4, 2)
        await world.settle()
        outlook = watch.outlook(maker.rig.desk.clock.now())
        assert PUT not in outlook.ordered
        owed = {duty.contract_code: duty for duty in outlook.duties}
        assert owed[CALL].is_missed
        # 70 % of four hours are owed and the morning was missed (rulebook 8.4)
        assert owed[CALL].allowance == pytest.approx(0.3 * 4 * 3600, rel=0.05)
        assert owed[CALL].slack < 0
        assert [(asked.contract_code, asked.quantity) for asked in outlook.inquiries] == [(PUT, 5)]
        maker.quote("0.0670", "0.0730", code=PUT)
        await world.settle()
        world.pass_time(1.2, 2)
        await world.settle()
        answered = watch.outlook(maker.rig.desk.clock.now())
        assert answered.inquiries == ()
        # A quote is something of ours in the market as an order is
        assert PUT in answered.ordered

    maker_story(tmp_path, story)


@pytest.mark.requirement("T4")
def test_a_dividend_on_the_board_is_seen_and_junk_is_passed_over(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        reminders = remind(world, rig, Kept())
        for number, figures in enumerate(
            (
                {"day": "2026-03-09", "cash": "0.053"},
                {"day": "2026-03-09", "cash": "0.053", "close": "2.963"},
                {"day": "soon", "cash": "0.053"},
                {"day": "2026-03-10", "cash": "much"},
                {"day": "2026-03-11", "cash": "-1"},
                {"count": "3", "unit": "10220"},
            ),
            100,
        ):
            rig.desk.on_event(
                Notice(kind=NoticeKind.EX_RIGHT, at=START, number=number, underlying=FUND, figures=figures)
            )
        (coming,) = reminders.watch.outlook(rig.desk.clock.now()).coming
        assert (str(coming.cash), str(coming.close), coming.ex_day.isoformat()) == ("0.053", "2.963", "2026-03-09")
        reminders.evaluate()
        assert AlertKind.ADJUSTMENT_COMING in kinds(reminders)

    play(tmp_path, story)


def test_notices_tell_when_a_breaker_ends_and_when_trading_went_on() -> None:
    def notice(kind: NoticeKind, minute: int, **figures: str) -> Notice:
        return Notice(kind=kind, at=START + timedelta(minutes=minute), number=minute, codes=(CALL,), figures=figures)

    board = [
        notice(NoticeKind.BREAKER, 1, until="13:04:00"),
        notice(NoticeKind.RESUMPTION, 4),
        notice(NoticeKind.BREAKER, 5, until="later"),
    ]
    assert breakers_until([CALL, PUT], board) == {CALL: START + timedelta(minutes=4), PUT: None}
    assert breakers_until([], board) == {}
    # What the venue says with the phase comes first
    told = {CALL: START + timedelta(minutes=8, microseconds=7)}
    assert breakers_until([CALL, PUT], board, told) == {CALL: START + timedelta(minutes=8), PUT: None}
    assert resumed_at(board) == {CALL: START + timedelta(minutes=4)}
