"""Risk on screen: sections that fit, sums that hold, cells that choose, switches that reach every section."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Right
from terminal.domain.orders import Instruction
from terminal.rules.protection.risk_value import RiskValueLimits
from terminal.services.mark_outs import HORIZONS
from terminal.services.risk import Metric
from terminal.services.risk_value import RiskWatch
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH
from terminal.views.heat_table import HeatModel
from terminal.views.risk.greeks_section import Level
from terminal.views.risk.panel import RiskPanel
from terminal.views.translation import Languages
from tests.services.analysis_rig import CODE, FAR, NEAR, Rig


def number(model: HeatModel, row: int, column: int) -> float:
    return float(str(model.data(model.index(row, column))).replace("−", "-").replace(",", "").replace("·", "nan"))


def texts(panel: RiskPanel, key: str) -> list[str]:
    model = panel.greeks.model
    return [row[model.column_of(key)] for row in model.plain_rows()]


@pytest.mark.requirement("T6")
def test_the_heat_map_adds_up_at_its_edges(rig: Rig, risk: RiskPanel) -> None:
    model = risk.heat.model
    rows, columns = model.rowCount(), model.columnCount()
    table = rig.risk.table()
    assert number(model, rows - 1, columns - 1) == pytest.approx(table.total(Metric.VEGA), abs=1)
    assert number(model, 0, columns - 1) == pytest.approx(table.total(Metric.VEGA, lambda c: c.expiry == NEAR), abs=1)
    for metric in risk.heat.buttons:
        risk.heat.buttons[metric].click()
        assert risk.heat.unit.text()
    # The last one is the day's profit
    day = rig.profit.today()
    assert day is not None
    assert number(model, rows - 1, columns - 1) == pytest.approx(day.parts.total.sum(), abs=1)


@pytest.mark.requirement("T6")
def test_a_cell_chooses_the_positions_it_stands_for(rig: Rig, risk: RiskPanel) -> None:
    model = risk.heat.model
    column = list(model.matrix.columns).index("2.50")
    risk.resize(780, 600)
    risk.heat.table.clicked.emit(model.index(0, column))
    assert risk.greeks.isVisible()
    assert texts(risk, "quantity") == ["+10", "+10"], "the contract and the sum"
    assert model.matrix.boxed == ((0, column),)
    risk.heat.table.clicked.emit(model.index(0, column))
    assert texts(risk, "quantity") == ["+10", "−7", "+3"]
    risk.heat.table.clicked.emit(model.index(1, model.columnCount() - 1))
    assert texts(risk, "quantity") == ["−7", "−7"]


@pytest.mark.requirement("T6")
def test_greeks_are_summed_by_level(rig: Rig, risk: RiskPanel, qtmodeltester: ModelTester) -> None:
    risk.show_section("greeks")
    qtmodeltester.check(risk.greeks.model)
    table = rig.risk.table()
    total = f"{abs(table.total(Metric.VEGA)):,.0f}"
    for level, rows in ((Level.CONTRACT, 3), (Level.EXPIRY, 3), (Level.UNDERLYING, 2), (Level.TOTAL, 1)):
        risk.greeks.buttons[level].click()
        assert len(texts(risk, "name")) == rows
        assert texts(risk, "vega")[-1].lstrip("+−") == total
    assert texts(risk, "mark") == [""]
    rig.market.quotes[1:] = 0
    rig.seconds += 1.0
    rig.valuation.touch(CODE)
    risk.flush()
    assert texts(risk, "mark") == ["○2"]
    assert "2" in risk.greeks.unit.text()


@pytest.mark.requirement("T6")
def test_the_scenario_grid_is_nothing_at_no_shock_and_moves_with_its_switches(rig: Rig, risk: RiskPanel) -> None:
    scenario = risk.scenario
    row, column = scenario.model.matrix.emphasis
    assert number(scenario.model, row, column) == 0.0
    scenario.time.setValue(10)
    assert scenario.time_text.text() == "T+10"
    later = float(scenario.model.matrix.values[row, column])
    assert later == pytest.approx(float(rig.risk.slide(None, [0.0], [0.0], [10 / 365]).profit[0, 0, 0]))
    assert later < 0.0
    scenario.time.setValue(0)
    rig.order(rig.find(Right.CALL, "2.55"), Instruction.SELL_OPEN, "0.0200", 50)
    before = number(scenario.model, row, 12)
    scenario.filled.setChecked(True)
    assert number(scenario.model, row, 12) < before
    assert "Worst" in scenario.worst.text()


def test_the_book_or_one_underlying_and_orders_reach_every_section(rig: Rig, risk: RiskPanel) -> None:
    risk.one.click()
    assert risk.scenario.scope == risk.explain.scope == risk.greeks.scope == CODE
    risk.book.click()
    assert risk.scenario.scope is None
    rig.order(rig.find(Right.CALL, "2.55"), Instruction.BUY_OPEN, "0.0200", 4)
    risk.show_section("greeks")
    risk.filled.setChecked(True)
    assert risk.heat.filled
    assert risk.scenario.filled.isChecked()
    assert texts(risk, "quantity")[-1] == "+7"


@pytest.mark.requirement("T6")
def test_explained_profit_is_the_days_profit(rig: Rig, risk: RiskPanel) -> None:
    rig.fill(rig.find(Right.CALL, "2.50"), Instruction.BUY_OPEN, "0.0500", 2, sequence=1)
    rig.hold((rig.find(Right.CALL, "2.50"), 12), (rig.find(Right.PUT, "2.40", FAR), -7), sequence=1)
    risk.flush()
    day = rig.profit.today()
    assert day is not None
    waterfall = risk.explain.waterfall
    assert sum(amount for _, amount in waterfall.parts) == pytest.approx(waterfall.total[1])
    assert waterfall.total[1] == pytest.approx(day.parts.total.sum())
    assert dict(waterfall.parts)["Fees"] == pytest.approx(-3.2)
    risk.explain.as_table.setChecked(True)
    risk.grab()
    model = risk.explain.model
    assert number(model, model.rowCount() - 1, model.columnCount() - 1) == pytest.approx(day.parts.total.sum(), abs=1)


@pytest.mark.parametrize(
    ("height", "shown"), [(760, {"heat", "scenario", "explain"}), (420, {"heat", "scenario"}), (220, {"heat"})]
)
def test_as_many_sections_as_there_is_room_for(risk: RiskPanel, height: int, shown: set[str]) -> None:
    risk.resize(780, height)
    assert {name for name, section in risk.sections.items() if section.isVisible()} == shown
    risk.show_section("greeks")
    assert risk.greeks.isVisible()
    risk.section_buttons["greeks"].click()
    assert not risk.greeks.isVisible()


def test_hidden_sections_do_no_work(rig: Rig, risk: RiskPanel) -> None:
    risk.resize(780, 220)
    assert not risk.scenario.isVisible()
    before = risk.scenario.model.matrix
    rig.quote_all(spot=2.55)
    risk.flush()
    assert risk.scenario.model.matrix is before
    assert np.isfinite(number(risk.heat.model, 2, risk.heat.model.columnCount() - 1))


@pytest.mark.requirement("X12")
def test_the_language_changes_while_it_runs(risk: RiskPanel, languages: Languages, qtbot: QtBot) -> None:
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    risk.grab()
    assert risk.heat.title.text() == "风险热图"
    assert risk.section_buttons["explain"].text() == "盈亏归因"
    assert risk.heat.model.matrix.columns[-1] == "合计"
    assert dict(risk.explain.waterfall.parts).keys() >= {"成交", "费用", "未解释"}


@pytest.mark.requirement("X12")
def test_words_that_changed_while_it_was_hidden_are_there_when_it_comes_up(
    risk: RiskPanel, languages: Languages
) -> None:
    risk.hide()
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    risk.show()
    model = risk.heat.model
    assert model.matrix.rows[-1] == "合计"


def test_the_heat_map_alone_takes_all_the_room_at_once(risk: RiskPanel) -> None:
    """Bound to its rows it would leave the bar in the middle until the next figures come."""
    risk.resize(780, 300)
    assert risk.heat.isVisible()
    assert not risk.scenario.isVisible()
    assert risk.heat.maximumHeight() > 10_000
    risk.resize(780, 760)
    assert risk.heat.maximumHeight() < 300


def test_what_trades_were_worth_is_summed_by_level(rig: Rig, risk: RiskPanel, qtmodeltester: ModelTester) -> None:
    call, later = rig.find(Right.CALL, "2.50"), rig.find(Right.PUT, "2.45", FAR)
    rig.fill(call, Instruction.BUY_OPEN, "0.0400", 3, 1)
    rig.fill(later, Instruction.SELL_OPEN, "0.0500", 2, 2)
    risk.show_section("mark_out")
    section, model = risk.mark_out, risk.mark_out.model
    qtmodeltester.check(model)
    rows = model.plain_rows()
    assert [row[1:3] for row in rows] == [["1", "3"], ["1", "2"], ["2", "5"]]
    assert float(rows[0][3].replace("−", "-")) == pytest.approx(
        rig.mark_outs.by_contract[call.code].edge_ticks(), abs=0.05
    )
    assert rows[0][4:8] == [DASH] * 4
    rig.now += HORIZONS[0]
    rig.mark_outs.look()
    risk.flush()
    # Nothing moved in between
    assert model.plain_rows()[0][4] == rows[0][3]
    chosen: list[str] = []
    section.contract_chosen.connect(chosen.append)
    section.table.doubleClicked.emit(model.index(0, 0))
    assert chosen == [call.code]
    for level, count in ((Level.EXPIRY, 3), (Level.UNDERLYING, 2), (Level.TOTAL, 1)):
        section.buttons[level].click()
        assert len(model.plain_rows()) == count


@pytest.mark.requirement("M9")
def test_the_live_risk_value_stands_beside_its_limit_and_warns(
    rig: Rig, appearance: Appearance, qtbot: QtBot, languages: Languages
) -> None:
    limits = RiskValueLimits(spot=0.05, volatility=0.03, worst_loss=1_000_000)
    watch = RiskWatch(rig.risk, limits, rig.bus, lambda: rig.now, lambda: True)
    panel = RiskPanel(rig.market, rig.valuation, rig.risk, rig.profit, rig.mark_outs, appearance, watch=watch)
    qtbot.addWidget(panel)
    panel.show_underlying(CODE)
    panel.resize(900, 400)
    panel.show()
    panel.flush()
    assert not panel.value.isVisible()
    value = watch.look()
    assert value is not None
    panel.flush()
    assert panel.value.text() == f"Worst −{value.loss:,.0f} of 1,000,000 · {value.used:.0%}"
    assert panel.value.property("role") == "dim"
    watch.set_limits(RiskValueLimits(spot=0.05, volatility=0.03, worst_loss=value.loss * 1.1))
    panel.flush()
    assert panel.value.property("role") == "warn"
    watch.set_limits(RiskValueLimits(spot=0.05, volatility=0.03, worst_loss=value.loss * 0.9))
    panel.flush()
    assert panel.value.property("role") == "critical"
    languages.use("zh_CN")
    panel.flush()
    assert "风险值" in panel.value.text()
    languages.use("en")
