"""The exercise cockpit by hand: choosing, merging, submitting, withdrawing, giving up, and what is grey and why."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import Capability, ClockChanged, Instruct, InstructionReport, PhaseChanged
from terminal.domain.phases import Phase
from terminal.rules.expiry.worth import Disposition
from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices
from terminal.views.appearance import Appearance
from terminal.views.expiry.cockpit_panel import CockpitPanel
from terminal.views.expiry.holding_lines import HoldingLine
from terminal.views.record_table import Export
from terminal.views.translation import Languages
from tests.views.desk_rig import RecordingGateway
from tests.views.expiry.expiry_rig import NOW, TODAY, code_of, open_expiry_day, put_prices, report, services_of
from tests.views.trading.ticket_rig import Started

pytestmark = pytest.mark.requirement("X6", "T6")


def line_of(panel: CockpitPanel, code: str) -> HoldingLine:
    line = panel._line(code)
    assert line is not None
    return line


@pytest.fixture
def panel(
    qtbot: QtBot, day: Desk, services: ExpiryServices, appearance: Appearance, started: Started, export: Export
) -> CockpitPanel:
    panel = CockpitPanel(day, services, appearance, started, export, confirm=lambda: False)
    qtbot.addWidget(panel)
    panel.resize(1200, 980)
    panel.show()
    panel.flush()
    return panel


def sent(gateway: RecordingGateway) -> list[Instruct]:
    return [c for c in gateway.sent if isinstance(c, Instruct)]


def tell(desk: Desk, kind: Kind, code: str, quantity: int, second: str = "") -> None:
    number = desk.last_sequence + 1
    desk.on_event(
        InstructionReport(
            sequence=number, instruction_id=f"E-{number}", kind=kind, contract_code=code, second_code=second,
            quantity=quantity, at=NOW, trading_day=TODAY,
        )
    )  # fmt: skip


def state(panel: CockpitPanel, code: str) -> str:
    row = panel.model.row_of(code)
    assert row is not None
    return panel.model.plain_rows()[row][panel.model.column_of("status")]


@pytest.mark.requirement("X12")
def test_holdings_stand_by_moneyness_with_both_ways_out(
    panel: CockpitPanel, languages: Languages, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(panel.model)
    rows = [row[:8] for row in panel.model.plain_rows()]
    assert rows[0] == ["50ETF Nov 2.35 Call", "20", "+4.7%", "0.116", "22,940", "23,188", "ex", "470.0k yuan"]
    assert rows[1] == ["50ETF Nov 2.55 Put", "10", "+3.4%", "0.084", "8,270", "8,394", "ex", "100.0k shares"]
    assert [row[2] for row in rows] == ["+4.7%", "+3.4%", "+2.7%", "+1.4%", "+0.6%", "−1.4%", "−2.7%"]
    assert rows[4][6] == "sell"
    assert rows[6][5:8] == ["–", "–", "–"]
    assert panel.deadline.countdown == "48:42"
    panel.inside_button.click()
    assert panel.model.rowCount() == 5
    panel.all_button.click()
    languages.use("zh_CN")
    qtbot.waitUntil(lambda: panel.foot.submit_button.text().startswith("提交"))
    assert panel.model.plain_rows()[0][:8] == [
        "50ETF购11月2350", "20", "+4.7%", "0.116", "22,940", "23,188", "行", "47.00 万元",
    ]  # fmt: skip
    assert panel.foot.note.text() == "当日可多次申报、累计计算，15:30 前可撤销 · 手续费 0.60 元/张"


@pytest.mark.requirement("O4")
def test_what_is_found_to_merge_is_taken_and_submitted_pairs_first(
    panel: CockpitPanel, day: Desk, gateway: RecordingGateway, started: Started
) -> None:
    assert panel.proposal.title.text() == "Merge 35 pairs"
    assert "spares 837.5k yuan · 350.0k shares" in panel.proposal.spares.text()
    boxes = panel.boxes.boxes
    # Puts 2.55 x 10 and 2.50 x 25 against 122,000 free shares
    assert (boxes[1].needed, boxes[1].missing) == (Decimal(350_000), Decimal(228_000))
    assert panel.foot.shares == 228_000
    panel.proposal.use_button.click()
    assert panel.proposal.isHidden()
    assert panel.foot.submit_button.text() == "Submit: exercise 15 · merge 35 pairs"
    assert panel.boxes.boxes[1].needed == 0
    panel.foot.submit_button.click()
    panel.foot.submit_button.click()
    started.finish()
    asked = [(c.kind, c.contract_code, c.second_code, c.quantity) for c in sent(gateway)]
    call = {k: code_of(day, Right.CALL, k) for k in ("2.35", "2.40")}
    put = {k: code_of(day, Right.PUT, k) for k in ("2.50", "2.55")}
    assert asked == [
        (Kind.MERGED_EXERCISE, call["2.40"], put["2.55"], 10),
        (Kind.MERGED_EXERCISE, call["2.40"], put["2.50"], 20),
        (Kind.MERGED_EXERCISE, call["2.35"], put["2.50"], 5),
        (Kind.EXERCISE, call["2.35"], "", 15),
    ]
    assert "4 sent" in panel.strip.said.text()


def test_quantities_are_stepped_and_typed_and_never_leave_what_is_held(panel: CockpitPanel, day: Desk) -> None:
    code = code_of(day, Right.CALL, "2.35")
    table = panel.table
    table.selectRow(0)
    for key, wanted in ((Qt.Key.Key_Minus, 19), (Qt.Key.Key_Plus, 20), (Qt.Key.Key_Plus, 20)):
        QTest.keyClick(table, key)
        assert line_of(panel, code).quantity == wanted
    QTest.keyClicks(table, "07")
    assert line_of(panel, code).quantity == 7
    QTest.keyClicks(table, "999")
    assert line_of(panel, code).quantity == 20


def test_the_painted_buttons_are_pressed_where_they_stand(panel: CockpitPanel, day: Desk, qtbot: QtBot) -> None:
    table, code = panel.table, code_of(day, Right.CALL, "2.35")
    row = panel.model.row_of(code)
    assert row is not None
    cell = table.visualRect(panel.model.index(row, panel.model.column_of("choice")))
    found = [
        table.choice_at(cell.topLeft().__class__(x, cell.center().y())) for x in range(cell.left(), cell.right(), 4)
    ]
    assert set(found) - {None} == set(Disposition)
    place = found.index(Disposition.SELL)
    at = cell.topLeft().__class__(cell.left() + 4 * place + 4, cell.center().y())
    with qtbot.waitSignal(panel.sale_wanted) as wanted:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wanted.args == [code, 20]
    assert line_of(panel, code).choice is Disposition.SELL
    step = table.visualRect(panel.model.index(row, panel.model.column_of("quantity")))
    less = next(x for x in range(step.left(), step.right()) if table.step_at(at.__class__(x, step.center().y())) == -1)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at.__class__(less + 2, step.center().y()))
    assert line_of(panel, code).quantity == 19


def test_giving_up_asks_for_a_reason_and_can_be_taken_back(
    panel: CockpitPanel, day: Desk, services: ExpiryServices, gateway: RecordingGateway
) -> None:
    code = code_of(day, Right.PUT, "2.55")
    panel.choose(code, Disposition.ABANDON)
    assert panel.strip.is_asking
    assert services.abandonments.of(code) is None
    panel.strip.field.setText("no shares to be had")
    panel.strip.agree()
    made = services.abandonments.of(code)
    assert made is not None
    assert (made.why, made.by) == ("no shares to be had", "D1")
    assert state(panel, code) == "Given up"
    assert code not in {row.contract.code for row in services.desk.undecided(TODAY)}
    panel.choose(code, Disposition.EXERCISE)
    assert services.abandonments.of(code) is None
    assert state(panel, code) == "To enter"
    panel.choose(code, Disposition.ABANDON)
    panel.strip.leave()
    assert services.abandonments.of(code) is None
    assert sent(gateway) == []


@pytest.mark.requirement("O4")
def test_each_exercise_in_force_can_be_taken_back(
    panel: CockpitPanel, day: Desk, gateway: RecordingGateway, started: Started
) -> None:
    assert not panel.foot.withdraw_button.isEnabled()
    call, put = code_of(day, Right.CALL, "2.40"), code_of(day, Right.PUT, "2.55")
    tell(day, Kind.EXERCISE, call, 12)
    tell(day, Kind.MERGED_EXERCISE, call, 4, put)
    positions = [
        replace(p, exercising_quantity={call: 16, put: 4}.get(p.contract_code, 0)) for p in report(day).positions
    ]
    day.on_event(report(day, sequence=day.last_sequence, positions=tuple(positions)))
    panel.flush()
    assert (state(panel, call), state(panel, put)) == ("Part 16/30", "Part 4/10")
    assert panel.foot.withdraw_button.isEnabled()
    assert sorted(action.text() for action in panel.withdraw_menu().actions()) == [
        "Withdraw exercise 50ETF Nov 2.40 Call ×12",
        "Withdraw merged 50ETF Nov 2.40 Call + 50ETF Nov 2.55 Put ×4",
    ]
    single = next(r for r in panel.withdrawals() if r.kind is Kind.WITHDRAW_EXERCISE)
    panel.withdraw(single)
    assert "Take back" in panel.strip.said.text()
    assert sent(gateway) == []
    panel.strip.agree()
    started.finish()
    assert [(c.kind, c.quantity) for c in sent(gateway)] == [(Kind.WITHDRAW_EXERCISE, 12)]
    assert panel.entries.rowCount() >= 2


def test_the_hour_and_the_venue_close_the_cockpit_with_a_reason(
    panel: CockpitPanel, day: Desk, services: ExpiryServices
) -> None:
    day.on_event(ClockChanged(at=NOW.replace(hour=15, minute=31), speed=1.0))
    panel.flush()
    assert panel.foot.note.text() == "Exercises are taken at 09:15–09:25 09:30–11:30 13:00–15:30"
    assert not panel.foot.submit_button.isEnabled()
    assert panel.deadline.countdown == "closed"
    line = panel._line(code_of(day, Right.CALL, "2.35"))
    assert line is not None
    assert not line.offers(Disposition.EXERCISE)
    panel.show_expiry(services.desk.expiries()[1])
    assert panel.foot.note.text() == "Exercises are taken on 2026-12-23 only"
    assert panel.deadline.countdown == "in 20 trading days"


def test_a_venue_without_exercise_says_so(
    qtbot: QtBot, empty_desk: Desk, appearance: Appearance, started: Started, export: Export
) -> None:
    open_expiry_day(empty_desk, capabilities=(Capability.ORDERS, Capability.QUERIES))
    panel = CockpitPanel(empty_desk, services_of(empty_desk), appearance, started, export, confirm=lambda: False)
    qtbot.addWidget(panel)
    panel.flush()
    assert panel.foot.note.text() == "The venue does not offer this"
    assert not panel.foot.submit_button.isEnabled()


def test_after_the_close_nothing_is_sold_any_more(panel: CockpitPanel, day: Desk) -> None:
    code = code_of(day, Right.CALL, "2.45")
    line = panel._line(code)
    assert line is not None
    assert (line.choice, line.can_sell) == (Disposition.SELL, True)
    after = NOW.replace(hour=15, minute=10, second=0)
    day.on_event(ClockChanged(at=after, speed=1.0))
    day.on_event(PhaseChanged(phase=Phase.AFTER_CLOSE, at=after, ends_at=after + timedelta(minutes=20)))
    panel.flush()
    line = panel._line(code)
    assert line is not None
    assert (line.choice, line.can_sell) == (Disposition.EXERCISE, False)


def test_prices_move_rows_and_not_the_choice(panel: CockpitPanel, day: Desk) -> None:
    code = code_of(day, Right.CALL, "2.35")
    panel.choose(code, Disposition.SELL)
    panel.table.selectRow(0)
    put_prices(day, 24_700)
    panel.flush()
    assert line_of(panel, code).choice is Disposition.SELL
    assert panel.model.plain_rows()[0][3] == "0.120"


def test_the_agreement_is_made_on_the_strip(panel: CockpitPanel, services: ExpiryServices) -> None:
    assert panel.auto_button.text() == "Auto-exercise: off"
    panel.auto_button.click()
    panel.auto.switch.setChecked(True)
    panel.auto.at.setText("16:00")
    panel.auto.agree_button.click()
    assert not services.auto.agreement.enabled
    assert "time at which" in panel.auto.note.text()
    panel.auto.at.setText("15:10")
    panel.auto.least.setText("25")
    panel.auto.agree_button.click()
    assert services.auto.agreement.at == time(15, 10)
    assert services.auto.agreement.least_value == Decimal(25)
    panel.flush()
    assert panel.auto_button.text() == "Auto-exercise: on 15:10"
