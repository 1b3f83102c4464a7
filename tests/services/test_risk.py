"""Greeks of a book, what-if, and the day's profit explained."""

import numpy as np
import pytest

from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction
from terminal.pricing.quality import Quality
from terminal.services.risk import Metric
from terminal.services.valuation import Figure
from tests.services.analysis_rig import CODE, FAR, NEAR, Rig


@pytest.fixture
def rig() -> Rig:
    """Ten calls of November, seven puts of December short."""
    rig = Rig()
    rig.hold((rig.find(Right.CALL, "2.50"), 10), (rig.find(Right.PUT, "2.40", FAR), -7))
    return rig


def test_greeks_of_positions_have_the_units_of_the_screen(rig: Rig) -> None:
    table = rig.risk.table()
    assert [c.expiry for c in table.contracts] == [NEAR, FAR]
    assert table.quantity.tolist() == [10.0, -7.0]
    row = rig.market.row_of[table.contracts[0].code]
    for metric, figure in (
        (Metric.DELTA, Figure.DELTA),
        (Metric.GAMMA, Figure.GAMMA),
        (Metric.VEGA, Figure.VEGA),
        (Metric.THETA, Figure.THETA),
    ):
        assert table.values[metric, 0] == pytest.approx(10 * rig.valuation.values[figure, row]), metric
    assert table.values[Metric.DELTA_CASH, 0] == pytest.approx(table.values[Metric.DELTA, 0] * 2.5)
    assert table.total(Metric.VEGA) == pytest.approx(table.values[Metric.VEGA].sum())
    assert table.total(Metric.VEGA, lambda c: c.expiry == NEAR) == pytest.approx(table.values[Metric.VEGA, 0])
    assert table.unknown() == 0


def test_resting_orders_count_when_asked(rig: Rig) -> None:
    rig.order(rig.find(Right.CALL, "2.60"), Instruction.BUY_OPEN, "0.01", 3)
    rig.order(rig.find(Right.CALL, "2.50"), Instruction.SELL_CLOSE, "0.09", 4)
    assert rig.risk.table().quantity.tolist() == [10.0, -7.0]
    assert rig.risk.table(filled=True).quantity.tolist() == [6.0, 3.0, -7.0]


@pytest.mark.fault("F28")
def test_a_contract_without_greeks_is_counted_and_never_zero(rig: Rig) -> None:
    rig.market.quotes[1:] = 0
    table = rig.risk.table()
    assert np.isnan(table.values[Metric.DELTA]).all()
    assert (table.marks == Quality.NONE).all()
    assert table.unknown() == 2
    slide = rig.risk.slide(None, [0.0, 0.1], [0.0])
    assert slide.unpriced == 2


def test_the_grid_holds_what_the_table_holds(rig: Rig) -> None:
    grid = rig.risk.grid(CODE, Metric.VEGA)
    table = rig.risk.table()
    assert grid.expiries == (NEAR, FAR)
    assert grid.values[0, grid.strikes.index(2.5)] == pytest.approx(table.values[Metric.VEGA, 0])
    assert np.isfinite(grid.values).sum() == 2


def test_no_shock_is_no_profit_and_filled_orders_change_the_worst(rig: Rig) -> None:
    slide = rig.risk.slide(None, [-0.05, 0.0, 0.05], [0.0, 0.001], [0.0])
    assert slide.profit[1, 0, 0] == 0.0
    assert slide.profit[2, 0, 0] > 0.0
    table = rig.risk.table()
    assert slide.profit[1, 1, 0] == pytest.approx(table.total(Metric.VEGA) * 0.1, rel=0.03)
    rig.order(rig.find(Right.PUT, "2.50"), Instruction.SELL_OPEN, "0.04", 50)
    again = rig.risk.slide(None, [-0.05, 0.0, 0.05], [0.0, 0.01], [0.0])
    assert again.worst[0, 0, 0] < slide.worst[0, 0, 0]


def test_the_day_is_explained_to_the_last_yuan(rig: Rig) -> None:
    """Worked: total is the move of the marks from settlement, plus what a trade gained, less its fee."""
    call, put = rig.find(Right.CALL, "2.50"), rig.find(Right.PUT, "2.40", FAR)
    rig.fill(call, Instruction.BUY_OPEN, "0.0500", 2, sequence=1)
    rig.hold((call, 12), (put, -7), sequence=1)
    day = rig.profit.today()
    assert day is not None
    assert day.expiries == ((CODE, NEAR), (CODE, FAR))
    mids = [rig.valuation.values[Figure.MID, rig.market.row_of[c.code]] for c in (call, put)]
    near = (mids[0] - float(call.previous_settlement)) * 10 * 10_000 + (mids[0] - 0.05) * 2 * 10_000 - 3.20
    far = -(mids[1] - float(put.previous_settlement)) * 7 * 10_000
    assert day.parts.total == pytest.approx([near, far])
    assert day.parts.fees.tolist() == [-3.2, 0.0]
    parts = [getattr(day.parts, n) for n in ("delta", "gamma", "vega", "theta", "vanna", "volga", "trades", "fees")]
    assert sum(parts) + day.parts.residual == pytest.approx(day.parts.total)
    assert abs(day.parts.residual).sum() < 0.05 * abs(day.parts.delta).sum()


def test_steps_add_up_to_the_same_total(rig: Rig) -> None:
    rig.profit.today()
    for minute in range(1, 6):
        rig.now = rig.now.replace(minute=30 + minute)
        rig.quote_all(spot=2.5 + 0.01 * minute, shift=0.002 * minute)
        if minute == 3:
            rig.fill(rig.find(Right.CALL, "2.60"), Instruction.BUY_OPEN, "0.0200", 4, sequence=2)
        stepped = rig.profit.today()
    assert stepped is not None
    fresh = type(rig.profit)(rig.market, rig.portfolio, rig.valuation, rig.settled, rig.bus, lambda: rig.now).today()
    assert fresh is not None
    assert stepped.parts.total == pytest.approx(fresh.parts.total)
    assert abs(stepped.parts.residual).sum() < abs(fresh.parts.residual).sum()


def test_a_price_that_is_gone_ends_no_step(rig: Rig) -> None:
    rig.profit.today()
    before = rig.profit._step
    rig.now = rig.now.replace(minute=40)
    rig.market.quotes[:] = 0
    rig.valuation.touch(CODE)
    day = rig.profit.today()
    assert day is not None
    assert day.parts.unpriced.sum() == 2
    assert rig.profit._step is before
