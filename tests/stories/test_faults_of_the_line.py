"""Faults of gateway and order path put into a desk that quotes (reliability, section A)."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from terminal.domain.accounts import PositionSide
from terminal.domain.messages import (
    AccountReport,
    Event,
    OrderReport,
    QuoteReport,
    Resend,
    SubmitOrder,
    SubmitQuotes,
)
from terminal.domain.orders import ExecType, Instruction, OrderStatus, OrderType
from terminal.domain.ports import LinkState
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.rules.protection.stops import StopTier
from terminal.services.events import AlarmKind
from terminal.services.sign_off import sign_off
from terminal.strategies.entry import StrategyState
from tests.harness import CHEAP_CALL, DeskRig, limit
from tests.quoting_rig import quote_messages
from tests.stories.maker import OTHER, PUT, QUOTED, Maker, quoting_story


async def hit(maker: Maker, quantity: int = 2) -> DeskRig:
    """Somebody sells into our bid of the put."""
    other = maker.world.rigs.get("D2") or await maker.world.open_desk("D2", OTHER)
    await maker.settle()
    standing = maker.rig.quoting.live(PUT)
    assert standing is not None
    await other.orders.submit(limit(PUT, f"{standing.bid / 1e4:.4f}", quantity, Instruction.SELL_OPEN))
    await maker.settle()
    return other


def held(maker: Maker) -> int:
    return maker.rig.portfolio.net_quantity(PUT)


def held_by_the_counter(maker: Maker) -> int:
    report = maker.world.market.counter.account_report("MM1", maker.world.market.now)
    return sum(
        p.quantity if p.side is PositionSide.LONG else -p.quantity for p in report.positions if p.contract_code == PUT
    )


@pytest.mark.fault("F01")
@pytest.mark.requirement("M6")
def test_a_cut_line_costs_the_quotes_and_the_gap_is_charged(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        maker.rig.alarms.clear()
        maker.rig.gateway.cut()
        assert maker.rig.desk.link is LinkState.DOWN
        sent, before = maker.sent, maker.obligations.figures()
        assert before is not None
        # What the desk believed to lie there is in doubt, not gone, until the venue has told
        assert maker.live == list(QUOTED)
        await maker.beat(60)
        assert maker.at_venue == 0
        assert (maker.sent, maker.live) == (sent, list(QUOTED))
        maker.rig.gateway.connect()
        # Nothing new may leave before the recovery is through
        maker.tick()
        assert maker.sent == sent
        await maker.settle()
        assert maker.live == []
        await maker.beat(3)
        assert maker.live == list(QUOTED)
        after = maker.obligations.figures()
        assert after is not None
        place = after.place(CHEAP_CALL)
        assert place is not None
        # The venue took the quotes out when the grace time of 2 s was over: about a second without
        assert 0.5 < after.missed[place] - before.missed[place] < 2.0
        assert maker.state is StrategyState.RUNNING

    quoting_story(tmp_path, story, speed=1.0)


@pytest.mark.fault("F02")
def test_a_line_that_falls_silent_costs_the_quotes_before_anybody_knows_it_is_dead(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        maker.rig.gateway.hold_to_desk = True
        cancels, began = maker.cancels, maker.world.clock.seconds
        while maker.cancels == cancels and maker.world.clock.seconds - began < 10:
            maker.world.clock.seconds += 0.05
            maker.guard.on_timer()
            maker.engine.on_timer()
        assert maker.world.clock.seconds - began <= 3.5
        sent = maker.sent
        # The link itself ends it after its own time (tests/gateways/test_venue_link.py); from there on as any cut
        maker.rig.gateway.cut()
        maker.rig.gateway.hold_to_desk = False
        await maker.beat(50)
        assert maker.at_venue == 0
        assert maker.sent == sent
        maker.rig.gateway.connect()
        await maker.settle()
        assert maker.live == []

    quoting_story(tmp_path, story, speed=1.0)


@pytest.mark.fault("F03")
def test_before_signing_off_everything_is_taken_out_and_what_stays_is_told(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        await maker.rig.orders.submit(limit(PUT, "0.0600"))
        await maker.settle()
        assert maker.at_venue > 0

        async def wait() -> None:
            await maker.settle()

        maker.engine.stop_all("leaving", "ann")
        await maker.settle()
        assert maker.engine.start("quoter", "ann") is None
        await maker.beat(2)
        # A venue that does not answer: the desk says what may still lie there, and keeps the line
        maker.rig.gateway.hold_to_desk = True
        left = await sign_off(maker.rig.desk, wait, looks=3)
        assert (left.orders, left.quotes) == (1, len(QUOTED))
        assert maker.rig.gateway.connected
        maker.rig.gateway.hold_to_desk = False
        assert (await sign_off(maker.rig.desk, wait)).is_clear
        assert maker.at_venue == 0

    quoting_story(tmp_path, story)


@pytest.mark.fault("F05")
def test_fills_made_while_the_desk_was_away_are_there_once_and_quoting_goes_on(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        standing = maker.rig.quoting.live(PUT)
        assert standing is not None
        other = await maker.world.open_desk("D2", OTHER)
        await maker.settle()
        maker.rig.gateway.cut()
        await other.orders.submit(limit(PUT, f"{standing.bid / 1e4:.4f}", 3, Instruction.SELL_OPEN))
        await maker.settle()
        assert (held(maker), held_by_the_counter(maker)) == (0, 3)
        sent = maker.sent
        maker.rig.gateway.connect()
        maker.tick()
        assert maker.sent == sent
        await maker.settle()
        await maker.beat(2)
        assert (held(maker), held_by_the_counter(maker), len(maker.rig.portfolio.fills)) == (3, 3, 1)
        assert maker.live == list(QUOTED)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F06")
def test_of_three_lost_reports_none_is_passed_over(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        lost: list[Event] = []

        def lose(event: Event) -> list[Event]:
            if isinstance(event, QuoteReport | OrderReport) and len(lost) < 3:
                lost.append(event)
                return []
            return [event]

        maker.rig.gateway.meddle = lose
        await hit(maker)
        maker.tick(30)
        await maker.beat(40)
        assert len(lost) == 3
        assert any(isinstance(command, Resend) for command in maker.rig.gateway.sent)
        assert held(maker) == held_by_the_counter(maker) == 2
        assert maker.live == list(QUOTED)
        assert maker.at_venue == len(QUOTED)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F09", "F10")
def test_an_execution_told_again_by_this_id_or_another_is_booked_once(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        await hit(maker)
        trade = next(
            e for e in maker.rig.gateway.received if isinstance(e, OrderReport) and e.exec_type is ExecType.TRADE
        )
        maker.rig.desk.on_event(trade)
        assert (held(maker), maker.rig.orders.reports.duplicates) == (2, 1)
        again = msgspec.structs.replace(trade, report_id="drop copy", sequence=maker.rig.desk.last_sequence + 1)
        maker.rig.desk.on_event(again)
        assert held(maker) == 2
        assert AlarmKind.REPORT_DOES_NOT_FIT in maker.rig.alarm_kinds()
        assert maker.state is StrategyState.RUNNING

    quoting_story(tmp_path, story)


@pytest.mark.fault("F11")
def test_reports_that_overtake_each_other_leave_the_same_quotes_and_position(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        kept: list[Event] = []

        def turn(event: Event) -> list[Event]:
            if not isinstance(event, QuoteReport | OrderReport):
                return [event]
            kept.append(event)
            if len(kept) < 2:
                return []
            pair = [kept[1], kept[0]]
            kept.clear()
            return pair

        maker.rig.gateway.meddle = turn
        await hit(maker, 3)
        for by in (20, -25, 30):
            maker.tick(by)
            await maker.settle()
        maker.rig.gateway.meddle = None
        await maker.beat(25)
        assert held(maker) == held_by_the_counter(maker) == 3
        assert not [kind for kind in maker.rig.alarm_kinds() if kind is AlarmKind.REPORT_DOES_NOT_FIT]
        for code in QUOTED:
            standing = maker.rig.quoting.live(code)
            assert standing is not None
            reports = [e for e in maker.rig.gateway.received if isinstance(e, QuoteReport) and e.contract_code == code]
            last = max((r for r in reports if r.status is QuoteStatus.LIVE), key=lambda r: r.sequence)
            assert standing.quote_id == last.quote_id

    quoting_story(tmp_path, story)


@pytest.mark.fault("F14")
def test_a_quote_without_an_answer_is_never_doubled(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        maker.rig.gateway.hold_to_venue = True
        cancels = maker.cancels
        maker.tick(40)
        unanswered = quote_messages(maker.rig)[-1].quote_id
        maker.world.clock.seconds += 6
        maker.tick(0)
        maker.rig.desk.ping()
        assert AlarmKind.QUOTE_IN_DOUBT in maker.rig.alarm_kinds()
        assert maker.cancels > cancels
        maker.rig.gateway.hold_to_venue = False
        await maker.beat(80)
        ids = [message.quote_id for message in quote_messages(maker.rig)]
        assert ids.count(unanswered) == 1
        assert maker.at_venue == len(maker.live)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F15")
def test_a_quoter_that_the_venue_refuses_again_and_again_is_stopped_with_one_alarm(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        parameters = maker.quoter.parameters
        maker.engine.set_parameters("quoter", replace(parameters, size=60))
        maker.rig.alarms.clear()
        await maker.beat(30)
        assert maker.state is StrategyState.FAULTED
        assert maker.rig.alarm_kinds().count(AlarmKind.STRATEGY_STOPPED) == 1
        refused = [
            e
            for e in maker.rig.gateway.received
            if isinstance(e, QuoteReport) and e.status is QuoteStatus.REFUSED and e.reason is Reason.QUOTE_SIZE
        ]
        assert 10 <= len(refused) <= 10 + len(QUOTED)
        sent = maker.sent
        await maker.beat(20)
        assert (maker.sent, maker.at_venue) == (sent, 0)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F19")
def test_a_forced_close_while_quoting_is_booked_alarmed_and_counts_for_the_limits(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        await hit(maker, 4)
        market = maker.world.market
        forced = market.counter.book_external(
            "MM1", "FORCED-1", PUT, Instruction.SELL_CLOSE, Decimal("0.0690"), 3, market.now
        )
        market.take(forced, market.now)
        await maker.beat(3)
        number = maker.engine.view.universe.number_of[PUT]
        assert held(maker) == 1
        assert maker.engine.view.net[number] == 1
        assert AlarmKind.UNORDERED_EXECUTION in maker.rig.alarm_kinds()
        assert maker.live == list(QUOTED)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F22")
@pytest.mark.requirement("X4")
def test_after_the_stop_nothing_but_cancels_leaves_and_nothing_is_left(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        order = await maker.rig.orders.submit(limit(PUT, "0.0600"))
        await maker.settle()
        # The line is slow and the screen does not turn: what the stop says is at the line in the same breath
        maker.rig.gateway.hold_to_venue = True
        at = len(maker.rig.gateway.sent)
        maker.guard.stop(StopTier.CANCEL_ALL, "ann")
        for by in (5, 10, -20):
            maker.tick(by)
            maker.engine.on_timer()
        assert not [c for c in maker.rig.gateway.sent[at:] if isinstance(c, SubmitQuotes | SubmitOrder)]
        maker.rig.gateway.hold_to_venue = False
        await maker.beat(20)
        assert maker.at_venue == 0
        assert maker.rig.order(order).status is OrderStatus.CANCELLED
        refused = await maker.rig.orders.submit(limit(PUT, "0.0600"))
        assert refused.reason is Reason.STOPPED
        assert not [c for c in maker.rig.gateway.sent[at:] if isinstance(c, SubmitQuotes | SubmitOrder)]

    quoting_story(tmp_path, story)


@pytest.mark.fault("F23")
def test_own_orders_and_own_quotes_never_trade_with_each_other(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        standing = maker.rig.quoting.live(PUT)
        assert standing is not None
        for price, instruction in ((standing.ask, Instruction.BUY_OPEN), (standing.bid, Instruction.SELL_OPEN)):
            order = await maker.rig.orders.submit(limit(PUT, f"{price / 1e4:.4f}", 2, instruction))
            assert (order.status, order.reason) == (OrderStatus.DENIED, Reason.OWN_ORDER)
        # A second desk of the same account, whose gate does not know of these quotes: the exchange holds them apart
        second = await maker.world.open_desk("D9", "MM1")
        await maker.settle()
        crossing = limit(PUT, f"{standing.ask / 1e4:.4f}", 2, Instruction.BUY_OPEN, order_type=OrderType.LIMIT_FOK)
        await second.orders.submit(crossing)
        await maker.settle()
        assert maker.world.market.self_trades == 0
        assert held(maker) == 0

    quoting_story(tmp_path, story)


@pytest.mark.fault("F24")
def test_a_fill_that_the_picture_has_and_no_report_is_named(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        await hit(maker, 2)
        known = next(e for e in reversed(maker.rig.gateway.received) if isinstance(e, AccountReport))
        more = tuple(replace(p, quantity=p.quantity + 1) for p in known.positions)
        began = maker.world.clock.seconds
        for _ in range(10):
            maker.world.pass_time(1.0)
            maker.rig.desk.on_event(msgspec.structs.replace(known, positions=more))
        assert maker.world.clock.seconds - began <= 10
        breaks = [alarm for alarm in maker.rig.alarms if alarm.kind is AlarmKind.RECONCILIATION]
        assert [alarm.figures for alarm in breaks] == [(PUT, "long", "2", "3")]

    quoting_story(tmp_path, story)
