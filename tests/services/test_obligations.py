"""The obligations of a real desk at a real venue: counted from acknowledgements, over restarts and lost lines."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from terminal.domain.account_rights import AccountKind
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import CancelQuotes, InquiryOpened, MarketDataBatch, RequestQuote
from terminal.domain.orders import Instruction
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.rules.obligations.clock import QuotingState
from terminal.rules.obligations.inquiries import AnswerEnd, InquiryStatus
from terminal.rules.obligations.validity import ExemptCause
from terminal.services.events import AccountChanged, InquiriesChanged
from terminal.services.inquiries import Inquiries
from terminal.services.obligation_records import DeltasTold, days_of, decode_told
from terminal.services.obligations import Obligations
from terminal.services.own_quotes import OwnQuoteState
from terminal.services.quoting_day import score_day
from terminal.services.valuation import Valuation
from tests.harness import CALL, OTHER_CALL, PUT, World, limit
from tests.services.obligation_desk import Ledger, MakerRig, maker_story, open_maker, sessions, terms_of


async def wait(world: World, seconds: float) -> None:
    """Let market time pass half a second at a time, and everything arrive."""
    for _ in range(int(seconds * 2)):
        world.pass_time(0.5, ticks=5)
        await world.settle()
    await world.settle()


@pytest.mark.requirement("M3", "M6", "X1")
def test_what_the_venue_acknowledged_is_counted_by_its_times(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        maker.quote("0.4500", "0.4800")
        newest = maker.own.newest(CALL)
        assert newest is not None
        assert (newest.state, maker.own.live(CALL)) == (OwnQuoteState.ENTERING, None)
        await world.settle()
        live = maker.own.live(CALL)
        assert live is not None
        assert (live.state, live.bid_quantity, live.ask_quantity) == (OwnQuoteState.LIVE, 10, 10)
        await wait(world, 10.0)
        quoted, missed = maker.seconds()
        assert 9.5 <= quoted <= 10.0
        assert missed <= 0.5
        maker.quote("0.4500", "0.4801")
        await wait(world, 10.0)
        again, missed_since = maker.seconds()
        assert (round(again - quoted, 3), missed_since) == (10.0, missed)
        maker.rig.gateway.send(CancelQuotes(contract_code=CALL))
        await wait(world, 5.0)
        ended = maker.own.newest(CALL)
        assert ended is not None
        assert ended.state is OwnQuoteState.ENDED
        assert 4.5 <= maker.seconds()[1] - missed <= 5.5
        assert maker.obligations.measure is not None
        states = [s.state for s in maker.obligations.measure.stretches(CALL)]
        assert states[-2:] == [QuotingState.LIVE, QuotingState.MISSED]

    maker_story(tmp_path, story)


@pytest.mark.requirement("M6")
def test_a_fill_excuses_and_single_orders_on_both_sides_count(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        other = await world.open_desk("D2", "OTHER1")
        await world.settle()
        maker.quote("0.4622", "0.4800")
        await wait(world, 1.0)
        await other.orders.submit(limit(CALL, "0.4622", 3, Instruction.SELL_OPEN))
        await wait(world, 5.0)
        live = maker.own.live(CALL)
        assert live is not None
        # the crowd may have sold some too
        left = live.bid_quantity
        assert (0 < left <= 7, live.ask_quantity) == (True, 10)
        assert maker.obligations.measure is not None
        assert maker.obligations.measure.state(CALL) is QuotingState.GRACE
        # two orders beside it make the size of the bid up to ten
        for instruction, price in ((Instruction.BUY_OPEN, "0.4600"), (Instruction.SELL_OPEN, "0.4810")):
            await maker.rig.orders.submit(limit(CALL, price, 10 - left, instruction))
        await world.settle()
        assert maker.own.levels(CALL) == ([(4622, left), (4600, 10 - left)], [(4800, 10), (4810, 10 - left)])
        assert maker.own.quoted(CALL) is None
        assert maker.obligations.measure.state(CALL) is QuotingState.LIVE
        for instruction, price in ((Instruction.BUY_OPEN, "0.0680"), (Instruction.SELL_OPEN, "0.0720")):
            await maker.rig.orders.submit(limit(PUT, price, 10, instruction))
        await world.settle()
        assert maker.obligations.measure.state(PUT) is QuotingState.LIVE
        await maker.rig.orders.cancel_all()
        await world.settle()
        assert maker.obligations.measure.state(PUT) is QuotingState.MISSED
        assert maker.own.codes() == [CALL]

    maker_story(tmp_path, story)


@pytest.mark.requirement("X1")
@pytest.mark.fault("F01", "F51")
def test_a_killed_desk_counts_the_same_and_a_gap_is_charged(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        maker.quote("0.4500", "0.4800")
        await wait(world, 20.0)
        await maker.rig.journal.flush()
        before = maker.seconds()
        figures = maker.obligations.figures()
        assert figures is not None
        await world.kill_desk("D1")
        again = await open_maker(world)
        assert again.obligations.is_current
        after = again.obligations.figures()
        assert after is not None
        assert again.seconds() == before
        assert after.codes == figures.codes
        assert after.totals_us.tolist() == figures.totals_us.tolist()
        # Nobody minds what an earlier run left, so it was taken out (F04): this one quotes anew
        again.quote("0.4500", "0.4800")
        await wait(world, 5.0)
        standing = again.seconds()
        # The line is cut: after the grace time the venue takes the quote out, and tells so later
        again.rig.gateway.cut()
        assert again.own.in_doubt
        await wait(world, 12.0)
        assert again.seconds() == standing
        again.rig.gateway.connect()
        await wait(world, 0.0)
        assert again.rig.desk.link is LinkState.UP
        assert again.own.live(CALL) is None
        quoted, missed = again.seconds()
        assert 1.5 <= quoted - standing[0] <= 3.0
        assert quoted + missed == pytest.approx(sum(standing) + 12.0)
        stretches = again.obligations.result()
        assert stretches is not None
        assert stretches.stretches[CALL][-1].state is QuotingState.MISSED

    maker_story(tmp_path, story)


@pytest.mark.requirement("M8")
def test_inquiries_have_a_deadline_and_what_became_of_them(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        told: list[InquiriesChanged] = []
        maker.rig.desk.bus.subscribe(InquiriesChanged, told.append)
        other = await world.open_desk("D2", "OTHER1")
        await world.settle()
        other.gateway.send(RequestQuote(request_id="r1", contract_code=OTHER_CALL, quantity=5))
        await wait(world, 0.5)
        (asked,) = maker.inquiries.waiting(maker.rig.desk.clock.now())
        assert asked.deadline - asked.opened_at == timedelta(seconds=20)
        assert 19.0 <= asked.seconds_left(maker.rig.desk.clock.now()) <= 20.0
        assert told
        # The crowd asks one tick for it, which is its limit-down: nobody must answer (rulebook 8.2)
        assert maker.obligations.inquiry_results()[0].status is InquiryStatus.LAPSED
        maker.rig.desk.on_event(InquiryOpened(inquiry=99, contract_code=PUT, at=maker.rig.desk.clock.now()))
        await wait(world, 4.5)
        maker.quote("0.0670", "0.0730", code=PUT)
        await wait(world, 3.0)
        answered = maker.obligations.answered_at(PUT)
        assert answered is not None
        # Protection pulls it before the shortest hold
        maker.obligations.note_pull([PUT])
        maker.rig.gateway.send(CancelQuotes(contract_code=PUT))
        await wait(world, 1.0)
        await maker.rig.journal.flush()
        lapsed, result = maker.obligations.inquiry_results()
        assert (result.status, result.end, result.pulled_early) == (
            InquiryStatus.ANSWERED,
            AnswerEnd.PROTECTION,
            True,
        )
        assert result.response_seconds == pytest.approx(4.5, abs=0.6)
        summary = maker.obligations.inquiry_summary()
        assert summary is not None
        assert (summary.answered, summary.pulled_early) == (1, 1)
        await world.kill_desk("D1")
        again = await open_maker(world)
        assert again.obligations.inquiry_results() == (lapsed, result)
        assert again.inquiries.of(asked.inquiry) == asked

    maker_story(tmp_path, story, "GM1")


@pytest.mark.requirement("X1")
@pytest.mark.fault("F34")
def test_halts_and_limits_exempt_by_the_rows_of_the_market(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        market = maker.rig.desk.market
        row = market.row_of[CALL]

        def change(at_seconds: int, **columns: int) -> None:
            rows = market.quotes[[row]].copy()
            for name, value in columns.items():
                rows[0, Column[name]] = value
            rows[0, Column.TIME_US] = (int(world.header.start.timestamp()) + at_seconds) * 1_000_000
            maker.rig.desk.on_event(MarketDataBatch(at=world.header.start, rows=pack_rows(rows)))

        world.pass_time(30.0)
        change(10, PHASE=ord(Phase.BREAKER.value))
        change(15, PHASE=ord(Phase.CONTINUOUS.value))
        change(20, BID_PRICE=7593)
        change(23, BID_PRICE=4620)
        maker.obligations.set_venue_failure(True)
        figures = maker.obligations.figures()
        assert figures is not None
        place = figures.place(CALL)
        assert figures.exempt_by(ExemptCause.BREAKER)[place] == 5.0
        assert figures.exempt_by(ExemptCause.LIMIT_UP)[place] == 3.0
        assert maker.obligations.measure is not None
        assert maker.obligations.measure.causes(CALL) == (ExemptCause.VENUE_FAILURE,)

    maker_story(tmp_path, story)


@pytest.mark.requirement("X10")
def test_the_day_is_scored_again_under_other_terms(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        maker.quote("0.4500", "0.4800", size=5)  # too small for ten, enough for five
        await wait(world, 30.0)
        await maker.rig.journal.flush()
        figures = maker.obligations.figures()
        assert figures is not None
        assert figures.compliant.sum() == 0.0
        (day,) = days_of(maker.rig.journal.read())
        until = maker.rig.desk.clock.now()
        same = score_day(day, terms_of("sse_generic"), sessions(), until)
        assert same.figures.totals_us.tolist() == figures.totals_us.tolist()
        other = score_day(day, terms_of("sse_simulation_2014"), sessions(), until)
        place = other.figures.place(CALL)
        assert place is not None
        assert 29.0 <= other.figures.compliant[place] <= 30.0
        assert other.stretches[CALL][-1].first_quote.startswith("q1")
        whole = score_day(day, terms_of("sse_simulation_2014"), sessions())
        assert whole.figures.obligated[place] + whole.figures.exempt[place] == 15_000.0
        assert np.isnan(whole.score.inquiries)

    maker_story(tmp_path, story)


def test_an_account_that_is_no_maker_is_not_measured(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        assert maker.obligations.measure is None
        assert maker.obligations.figures() is None
        assert maker.obligations.inquiry_results() == ()
        assert maker.obligations.result() is None
        assert maker.obligations.answered_at(CALL) is None

    maker_story(tmp_path, story, "OTHER7")


@pytest.mark.requirement("M6")
def test_deltas_come_from_the_valuation_where_the_terms_turn_on_them(tmp_path: Path) -> None:
    async def story(world: World, maker: MakerRig) -> None:
        desk, ledger = maker.rig.desk, Ledger()
        valuation = Valuation(desk.market, desk.bus, desk.clock.now, rate=0.015)
        terms = terms_of("deribit")
        obligations = Obligations(
            bus=desk.bus,
            market=desk.market,
            own=maker.own,
            inquiries=Inquiries(desk.bus, terms.inquiries),
            terms=terms,
            sessions=world.rules.sessions,
            kind=lambda: AccountKind.MARKET_MAKER_PRIMARY,
            now=desk.clock.now,
            write=ledger.write,
        )
        obligations.refresh_deltas(valuation)
        desk.bus.publish(AccountChanged())
        await wait(world, 1.0)
        obligations.refresh_deltas(valuation)
        told = [decode_told(record.body) for record in ledger.records]
        (deltas,) = [one for one in told if isinstance(one, DeltasTold)]
        # 2.963 against 3.0 is about even; the call at 2.5 moves like the shares and is exempt
        assert 40 <= deltas.deltas[PUT] <= 65
        assert deltas.deltas[CALL] == 100
        assert obligations.measure is not None
        assert obligations.measure.causes(PUT) == ()
        assert obligations.measure.causes(CALL) == (ExemptCause.DELTA,)
        obligations.refresh_deltas(valuation)
        assert len(ledger.records) == len(told)

    maker_story(tmp_path, story)
