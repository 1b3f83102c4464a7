"""The dock of instructions, the tables of combinations and deliveries, and the account's badge."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights, AccountState, Restriction, Tier
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import InstructionReport
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.views.account.badge import AccountBadge
from terminal.views.account.instructions_panel import InstructionsPanel
from terminal.views.account.words import (
    ACCOUNT_KINDS,
    ACCOUNT_STATES,
    CASH_KINDS,
    KINDS,
    LIMITS,
    MEANINGS,
    QUERIES,
    RESTRICTIONS,
    STATES,
    STRATEGIES,
    TIERS,
    word,
)
from terminal.views.appearance import Appearance
from terminal.views.trading.positions_table import PositionsPanel
from terminal.views.translation import Languages
from tests.views.account.conftest import CALL_240, CALL_255, CALL_260, EXERCISE_TIME, PUT_245, code
from tests.views.desk_rig import TODAY, account_report
from tests.views.trading.ticket_rig import Started

Export = Callable[[str, list[str], list[list[str]]], None]
Exported = list[tuple[str, list[str], list[list[str]]]]


@pytest.fixture
def panel(qtbot: QtBot, rich: Desk, appearance: Appearance, started: Started, export: Export) -> InstructionsPanel:
    panel = InstructionsPanel(rich, appearance, started, export, confirm=lambda: False)
    qtbot.addWidget(panel)
    panel.resize(740, 560)
    panel.show()
    return panel


def tell(desk: Desk, kind: Kind, **more: Any) -> None:
    number = desk.last_sequence + 1
    desk.on_event(
        InstructionReport(
            sequence=number, instruction_id=f"X-{number}", kind=kind, at=EXERCISE_TIME, trading_day=TODAY, **more
        )
    )


@pytest.mark.requirement("T12", "O4")
def test_the_days_instructions_stand_with_their_results_in_both_languages(
    panel: InstructionsPanel, rich: Desk, languages: Languages, qtmodeltester: ModelTester, exported: Exported
) -> None:
    tell(rich, Kind.EXERCISE, contract_code=code(rich, CALL_240), quantity=5)
    tell(
        rich, Kind.COMBINE, contract_code=code(rich, CALL_255), second_code=code(rich, PUT_245),
        strategy=CombinationStrategy.KKS, combination_id="C-7", quantity=3,
    )  # fmt: skip
    tell(
        rich, Kind.CASH_OUT, amount=Decimal("400000.00"), reason=Reason.FUNDS,
        reason_detail="amount 400,000.00 | 30,000.00",
    )  # fmt: skip
    tell(rich, Kind.RELEASE, combination_id="C-6", quantity=1, asked=False)
    panel.flush()
    qtmodeltester.check(panel.model)
    rows = [row[1:7] for row in panel.model.plain_rows()]
    assert rows == [
        ["Release combination", "C-6", "1", "✓ Accepted", "–", "Counter"],
        ["Cash out", "–", "–", "✕ Refused: Not enough funds (needed 400,000.00, available 30,000.00)", "400,000.00",
         "Desk"],
        ["Build combination", "Short strangle: 50ETF Nov 2.55 Call + 50ETF Nov 2.45 Put", "3", "✓ Accepted", "–",
         "Desk"],
        ["Exercise", "50ETF Nov 2.40 Call", "5", "✓ Accepted", "–", "Desk"],
    ]  # fmt: skip
    assert panel.bar.note.text() == "4 today, 1 refused"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.model.plain_rows()[1][4] == "✕ 已拒绝: 可用资金不足（需要 400,000.00，可用 30,000.00）"
    assert panel.model.plain_rows()[2][2] == "宽跨式空头: 50ETF购11月2550 + 50ETF沽11月2450"
    panel.export_button.click()
    assert exported[0][0] == "非交易指令"


@pytest.mark.fault("F14")
def test_one_without_an_answer_is_shown_as_such(panel: InstructionsPanel, rich: Desk, started: Started) -> None:
    panel.show_kind(Kind.LOCK, underlying="510050")
    panel.form.quantity.setText("100")
    panel.form.press()
    started.finish()
    panel.flush()
    assert panel.model.plain_rows()[0][4] == "○ Sent"
    rich.on_link(LinkState.DOWN, "cable pulled")
    panel.flush()
    assert panel.model.plain_rows()[0][4] == "? No answer"
    assert "1 without an answer" in panel.bar.note.text()


def test_the_table_stands_where_the_panels_shape_leaves_room(panel: InstructionsPanel) -> None:
    assert panel._splitter.orientation() is Qt.Orientation.Vertical
    panel.resize(956, 260)
    QCoreApplication.processEvents()
    assert panel._splitter.orientation() is Qt.Orientation.Horizontal
    assert panel.form.width() >= 330
    assert not panel.grab().isNull()


@pytest.fixture
def positions(qtbot: QtBot, rich: Desk, appearance: Appearance, export: Export) -> PositionsPanel:
    panel = PositionsPanel(rich, appearance, export)
    qtbot.addWidget(panel)
    panel.resize(1100, 260)
    panel.show()
    return panel


@pytest.mark.requirement("T12", "O4")
def test_combinations_have_a_table_and_a_button_that_begins_their_release(
    positions: PositionsPanel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(positions.combinations)
    assert positions.combinations.plain_rows() == [
        ["C-7", "Short strangle", "Short 50ETF Nov 2.55 Call", "Short 50ETF Nov 2.45 Put", "3", "14,300.00", ""]
    ]
    assert [button.text() for button in positions.page_buttons] == ["Single", "Combinations 1", "Deliveries 2"]
    positions.page_buttons[1].click()
    asked: list[tuple[Kind, str]] = []
    positions.instruction_wanted.connect(lambda kind, number: asked.append((kind, number)))
    table = positions.combinations_table
    place = table.visualRect(positions.combinations.index(0, positions.combinations.column_of("action"))).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert asked == [(Kind.RELEASE, "C-7")]


@pytest.mark.requirement("T12")
def test_deliveries_say_what_is_missing(
    positions: PositionsPanel, rich: Desk, exported: Exported, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(positions.deliveries)
    # 20 calls exercised at 2.40: 480,000 yuan due, 350,000 available. 20 assigned: 200,000 shares due, 160,000 held
    assert positions.deliveries.plain_rows() == [
        ["2026-11-26", "50ETF Nov 2.40 Call", "Exercised", "20", "get 200,000", "give 480,000.00", "✕ 130,000.00",
         "2026-11-25"],
        ["2026-11-26", "50ETF Nov 2.40 Call", "Assigned", "20", "give 200,000", "get 480,000.00", "✕ 40,000 shares",
         "2026-11-25"],
    ]  # fmt: skip
    positions.page_buttons[2].click()
    positions.export_button.click()
    assert exported[0][0] == "Deliveries"
    rich.on_event(account_report())
    positions.flush()
    assert positions.deliveries.rowCount() == positions.combinations.rowCount() == 0


@pytest.mark.requirement("T12")
def test_legs_and_exercises_stand_beside_what_is_available(positions: PositionsPanel, rich: Desk) -> None:
    model = positions.model
    shown = {
        model.index(row, 0).data(): [
            model.index(row, model.column_of(key)).data() for key in ("quantity", "combined", "exercising", "available")
        ]
        for row in range(model.rowCount())
    }
    assert shown["50ETF Nov 2.40 Call"] == ["20", "–", "5", "15"]
    assert shown["50ETF Nov 2.55 Call"] == ["8", "3", "–", "5"]


@pytest.mark.requirement("O4")
def test_the_menu_of_a_position_begins_what_fits_its_side(positions: PositionsPanel, rich: Desk) -> None:
    asked: list[tuple[Kind, str]] = []
    positions.instruction_wanted.connect(lambda kind, number: asked.append((kind, number)))
    model, offered = positions.model, {}
    for row in range(model.rowCount()):
        positions.table.setCurrentIndex(model.index(row, 0))
        entries = [action for action in positions.table.menu().actions() if action.text().endswith("…")]
        # The last one is the table's own export
        offered[model.index(row, 0).data()] = [action.text()[:-1] for action in entries[:-1]]
        if row == 0:
            entries[0].trigger()
    assert offered["50ETF Nov 2.40 Call"] == ["Exercise", "Withdraw exercise", "Merged exercise", "Build combination"]
    assert offered["50ETF Nov 2.55 Call"] == ["Build combination", "Short to covered"]
    assert offered["50ETF Nov 2.45 Put"] == ["Build combination"]
    assert offered["50ETF Nov 2.60 Call"] == ["Covered to short"]
    assert asked == [(Kind.EXERCISE, code(rich, CALL_240))]
    assert code(rich, CALL_260)


@pytest.mark.requirement("M1")
def test_the_badge_names_kind_level_state_and_prohibitions(qtbot: QtBot, desk: Desk, languages: Languages) -> None:
    badge = AccountBadge(desk)
    qtbot.addWidget(badge)
    rights = AccountRights(
        kind=AccountKind.INDIVIDUAL, tier=Tier.TWO, state=AccountState.CLOSE_ONLY,
        restrictions=Restriction.SELL_OPEN | Restriction.LOCK,
    )  # fmt: skip
    profile = AccountProfile(
        rights=rights, funds_account="8001", securities_account="A123", contract_account="A123888", filed=True
    )
    desk.on_event(account_report(profile=profile))
    badge.flush()
    assert badge.text() == "Account A-1 · Individual · Level 2 · Close only · 2 restrictions"
    assert badge.property("role") == "warn"
    tip = badge.toolTip().splitlines()
    assert "Restrictions: no sell open, no locking" in tip
    assert {"Funds account: 8001", "Securities account: A123", "Contract account: A123888"} <= set(tip)
    assert "Filed with the exchange: yes" in tip
    languages.use("zh_CN")
    badge.flush()
    assert badge.text() == "账户 A-1 · 个人 · 二级 · 只能平仓 · 限交易 2 项"
    frozen = AccountRights(kind=AccountKind.MARKET_MAKER_PRIMARY, state=AccountState.FROZEN)
    desk.on_event(account_report(profile=AccountProfile(rights=frozen)))
    badge.flush()
    assert badge.text() == "账户 A-1 · 主做市商 · 未报备 · 冻结"
    assert badge.property("role") == "critical"
    assert "普通证券账户: 未关联" in badge.toolTip().splitlines()


def test_every_word_kept_in_a_table_is_translated(languages: Languages) -> None:
    languages.use("zh_CN")
    tables: tuple[dict[Any, str], ...] = (
        KINDS, MEANINGS, STATES, STRATEGIES, ACCOUNT_KINDS, TIERS, ACCOUNT_STATES, RESTRICTIONS, CASH_KINDS, QUERIES,
        LIMITS,
    )  # fmt: skip
    assert [text for table in tables for text in table.values() if word(text) == text] == []
