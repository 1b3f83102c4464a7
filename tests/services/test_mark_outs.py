"""What trades were worth afterwards: at the moment, at each horizon, and nothing that is not known."""

from datetime import timedelta

import pytest

from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction
from terminal.pricing.quality import Quality
from terminal.services.events import FillBooked
from terminal.services.mark_outs import HORIZONS
from terminal.services.valuation import Figure
from tests.services.analysis_rig import CODE, FAR, Rig


def worth(rig: Rig, row: int) -> float:
    rig.valuation.refresh(CODE)
    return float(rig.valuation.values[Figure.THEORETICAL, row]) * 10_000


@pytest.fixture
def rig() -> Rig:
    return Rig()


@pytest.mark.requirement("M5")
def test_a_trade_is_counted_at_its_moment_and_at_every_horizon(rig: Rig) -> None:
    call = rig.find(Right.CALL, "2.50")
    row = rig.market.row_of[call.code]
    first = worth(rig, row)
    paid = round(first) - 10
    rig.fill(call, Instruction.BUY_OPEN, f"{paid / 10_000:.4f}", 3, 1)
    entry = rig.mark_outs.by_contract[call.code]
    assert (entry.trades, entry.contracts) == (1, 3)
    assert entry.edge_ticks() == pytest.approx(first - paid)
    # Ticks of 0.0001 yuan, 10,000 shares a contract: a tick is a yuan
    assert entry.value == pytest.approx((first - paid) * 3)

    rig.now += timedelta(seconds=4)
    rig.mark_outs.look()
    assert entry.counted == [0, 0, 0, 0]
    rig.quote_all(spot=2.49)
    # As whoever shows the chain does
    rig.valuation.refresh(CODE)
    rig.now += timedelta(seconds=1)
    rig.mark_outs.look()
    lower = worth(rig, row)
    assert lower < first
    assert entry.counted == [3, 0, 0, 0]
    assert entry.later_ticks(0) == pytest.approx(lower - paid)
    rig.now += timedelta(seconds=26)
    rig.mark_outs.look()
    assert entry.counted == [3, 3, 0, 0]


def test_a_sale_earns_when_the_price_falls(rig: Rig) -> None:
    put = rig.find(Right.PUT, "2.45", FAR)
    row = rig.market.row_of[put.code]
    got = round(worth(rig, row))
    rig.fill(put, Instruction.SELL_OPEN, f"{got / 10_000:.4f}", 2, 1)
    rig.quote_all(spot=2.55)
    rig.valuation.refresh(CODE)
    rig.now += HORIZONS[0]
    rig.mark_outs.look()
    entry = rig.mark_outs.by_contract[put.code]
    assert entry.later_ticks(0) == pytest.approx(got - worth(rig, row))
    assert entry.later_ticks(0) > 0.0


def test_what_is_not_known_is_not_counted(rig: Rig) -> None:
    """Forced trades, trades of an earlier start, and horizons that the desk was not there for."""
    call = rig.find(Right.CALL, "2.50")
    rig.now += timedelta(seconds=10)
    rig.fill(call, Instruction.BUY_OPEN, "0.0400", 1, 1)
    late = rig.portfolio.fills[-1]
    rig.now += timedelta(seconds=10)
    rig.bus.publish(FillBooked(late))
    entry = rig.mark_outs.by_contract[call.code]
    assert entry.trades == 1
    rig.now += timedelta(hours=1)
    rig.mark_outs.look()
    assert entry.counted == [0, 0, 0, 0]
    assert entry.later_ticks(0) != entry.later_ticks(0)
    rig.fill(call, Instruction.BUY_OPEN, "0.0400", 4, 2)
    total = rig.mark_outs.total([call.code, "unknown"])
    assert (total.trades, total.contracts) == (2, 5)
    assert rig.valuation.book_marks[rig.market.row_of[call.code]] == Quality.LIVE


def test_a_new_list_begins_anew(rig: Rig) -> None:
    call = rig.find(Right.CALL, "2.50")
    rig.fill(call, Instruction.BUY_OPEN, "0.0400", 1, 1)
    day = rig.market.day
    assert day is not None
    rig.market.open_day(day)
    assert not rig.mark_outs.by_contract
    rig.now += HORIZONS[0]
    rig.mark_outs.look()
    assert not rig.mark_outs.by_contract
