"""Faults of market data and pricing put into a desk that quotes (reliability, section B)."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import ClockChanged, MarketDataBatch, OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderStatus
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.rules.obligations.validity import ExemptCause
from terminal.rules.protection.pull_rules import PullCause
from terminal.strategies.entry import StrategyState
from terminal.strategies.quote_columns import Absence
from tests.harness import CHEAP_CALL, FUND, START, limit
from tests.quoting_rig import limits
from tests.stories.maker import OTHER, PUT, QUOTED, Maker, quoting_story


def absence(maker: Maker, code: str) -> Absence:
    """Why the quoter does not want a contract."""
    number = maker.engine.view.universe.number_of[code]
    place = maker.quoter.numbers.tolist().index(number)
    return Absence(int(maker.quoter.absence[place]))


@pytest.mark.fault("F26")
def test_a_feed_that_freezes_is_old_after_three_seconds_and_quotes_are_gone_half_a_second_later(
    tmp_path: Path,
) -> None:
    async def story(maker: Maker) -> None:
        maker.tick()
        began, cancels = maker.world.clock.seconds, maker.cancels
        while maker.cancels == cancels:
            assert maker.world.clock.seconds - began <= 3.5
            await maker.beat(moving=False)
        assert PullCause.STALE in maker.guard.pulled[FUND]
        assert maker.world.clock.seconds - began >= 3.0
        assert (maker.live, maker.at_venue) == ([], 0)
        sent = maker.sent
        await maker.beat(20, moving=False)
        assert maker.sent == sent
        # It comes back by itself, after some calm
        await maker.beat(60)
        assert maker.live == list(QUOTED)

    # One that somebody has paused would be silent, not frozen: it goes on, so slowly that nothing comes of it
    quoting_story(tmp_path, story, speed=0.001)


@pytest.mark.fault("F27")
@pytest.mark.parametrize("by", [5, 0], ids=["crossed", "locked"])
def test_no_quote_stands_on_a_crossed_book_or_a_crossed_underlying(tmp_path: Path, by: int) -> None:
    async def story(maker: Maker) -> None:
        bid = int(maker.rig.desk.market.quotes[maker.rig.desk.market.row_of[PUT], Column.BID_PRICE])
        maker.book(PUT, BID_PRICE=bid, ASK_PRICE=bid - by)
        maker.world.clock.seconds += 0.3
        await maker.beat(2)
        assert PUT not in maker.live
        maker.book(PUT, BID_PRICE=bid, ASK_PRICE=bid + 30)
        maker.world.clock.seconds += 0.3
        await maker.beat(3)
        assert PUT in maker.live
        maker.tick(BID_PRICE=29_700, ASK_PRICE=29_700 - by)
        await maker.settle()
        assert maker.guard.pulled == {FUND: (PullCause.CROSSED,)}
        assert maker.live == []

    quoting_story(tmp_path, story)


@pytest.mark.fault("F29")
@pytest.mark.parametrize(
    "columns",
    [{"LAST": -1}, {"BID_PRICE": -29_000}, {"ASK_QUANTITY": -5}, {"LAST": 1 << 62}, {"PHASE": 9}],
    ids=["negative price", "negative bid", "negative size", "absurd price", "no phase"],
)
def test_a_row_that_cannot_be_true_moves_no_quote(tmp_path: Path, columns: dict[str, int]) -> None:
    async def story(maker: Maker) -> None:
        dropped, sent = maker.rig.desk.market.dropped, maker.sent
        before = maker.rig.desk.market.quotes.copy()
        maker.tick(500, **columns)
        await maker.settle()
        assert maker.rig.desk.market.dropped == dropped + 1
        assert (maker.rig.desk.market.quotes == before).all()
        assert (maker.sent, maker.live) == (sent, list(QUOTED))

    quoting_story(tmp_path, story)


@pytest.mark.fault("F31")
def test_a_burst_of_ten_times_the_ticks_loses_no_fill_and_leaves_the_newest_price(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        other = await maker.world.open_desk("D2", OTHER)
        await maker.settle()
        traded = 0
        # A minute of 250 ticks a second, ten times the venue's own pace, a tenth of it with a trade in our bid
        for second in range(60):
            for number in range(250):
                maker.world.clock.seconds += 0.004
                maker.tick(1 if (number + second) % 2 else -1)
                if number % 50 == 49:
                    # The loop gets its turn: reports come in between two bursts, not after all of them
                    await maker.settle()
            if second % 10 == 0:
                await maker.settle()
                standing = maker.rig.quoting.live(PUT)
                assert standing is not None
                price = f"{standing.bid / 1e4:.4f}"
                await other.orders.submit(limit(PUT, price, 1, Instruction.SELL_OPEN))
                await maker.settle()
                traded += 1
            assert len(maker.rig.gateway.to_venue) + len(maker.rig.gateway.to_desk) < 600
        executions = [
            e
            for e in maker.rig.gateway.received
            if isinstance(e, OrderReport) and e.exec_type is ExecType.TRADE and e.account_id == "MM1"
        ]
        assert sum(e.last_quantity for e in executions) == maker.rig.portfolio.net_quantity(PUT) == traded
        assert maker.engine.view.spot(FUND) == maker.spot / 10_000
        used, _ = maker.rig.gate.messages_used()
        assert used <= 1.0
        await maker.beat(3)
        assert maker.live == list(QUOTED)
        assert maker.quoter.held_back == 0

    quoting_story(tmp_path, story, messages_per_minute=60.0, messages_saved=20)


@pytest.mark.fault("F34")
@pytest.mark.requirement("X1")
def test_a_halt_takes_the_quotes_out_and_lifts_the_obligation_until_the_venue_says_it_is_over(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        maker.world.market.suspend(FUND)
        await maker.beat(6)
        assert maker.rig.desk.market.phase_of(PUT) is Phase.HALTED
        assert absence(maker, PUT) is Absence.PHASE
        assert maker.live == []
        sent, figures = maker.sent, maker.obligations.figures()
        assert figures is not None
        place = figures.place(PUT)
        assert place is not None
        # No timer ends it
        await maker.beat(100)
        assert maker.sent == sent
        after = maker.obligations.figures()
        assert after is not None
        assert after.missed[place] == figures.missed[place]
        assert after.exempt_by(ExemptCause.HALT)[place] > figures.exempt_by(ExemptCause.HALT)[place]
        maker.world.market.suspend(FUND, resume=True)
        await maker.beat(60)
        assert maker.live == list(QUOTED)

    quoting_story(tmp_path, story, speed=1.0)


@pytest.mark.fault("F34")
def test_a_contract_in_the_breaker_s_auction_is_not_quoted_and_the_others_are(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        maker.book(PUT, PHASE=ord(Phase.BREAKER.value))
        await maker.beat(2)
        assert (absence(maker, PUT), maker.live) == (Absence.PHASE, [CHEAP_CALL])
        maker.book(PUT, PHASE=ord(Phase.CONTINUOUS.value))
        await maker.beat(2)
        assert maker.live == list(QUOTED)

    quoting_story(tmp_path, story)


@pytest.mark.fault("F36")
def test_past_its_end_an_option_is_worth_its_intrinsic_value_and_not_quoted(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        # The clock says that it is the second after the last one of these contracts
        late = datetime(2026, 3, 25, 15, 0, 1, tzinfo=SHANGHAI)
        maker.rig.desk.on_event(ClockChanged(at=late, speed=0.0))
        maker.world.clock.seconds += 0.3
        maker.tick()
        maker.engine.on_timer()
        await maker.settle()
        view = maker.engine.view
        number = view.universe.number_of[PUT]
        assert view.years[number] == 0.0
        strike = float(view.universe.contracts[number].strike)
        assert view.price[number] == pytest.approx(max(strike - maker.spot / 1e4, 0.0) * 1e4, abs=1e-6)
        assert np.isfinite([view.delta[number], view.gamma[number], view.vega[number]]).all()
        assert (absence(maker, PUT), maker.live) == (Absence.NO_PRICE, [])

    quoting_story(tmp_path, story)


@pytest.mark.fault("F39")
def test_absurd_figures_of_a_person_or_the_feed_neither_leave_nor_stop_the_quoter(tmp_path: Path) -> None:
    async def story(maker: Maker) -> None:
        maker.rig.gate.set_sheet("desk", limits(order_quantity=50, order_notional=2_000_000))
        for quantity in (10**12, 2**63 - 1):
            order = await maker.rig.orders.submit(limit(PUT, "0.0600", quantity))
            assert (order.status, order.reason) == (OrderStatus.DENIED, Reason.QUANTITY_RANGE)
        rows = np.zeros((1, maker.rig.desk.market.quotes.shape[1]), np.int64)
        rows[0, Column.LAST] = 10**18
        maker.rig.desk.market.apply(MarketDataBatch(at=START, rows=pack_rows(rows)))
        rows[0] = np.iinfo(np.int64).max
        maker.rig.desk.market.apply(MarketDataBatch(at=START, rows=pack_rows(rows)))
        await maker.beat(3)
        assert (maker.state, maker.live) == (StrategyState.RUNNING, list(QUOTED))

    quoting_story(tmp_path, story)
