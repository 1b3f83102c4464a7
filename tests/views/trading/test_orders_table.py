"""Orders and fills of the day: every row as it stands, every way to cancel, one press one cancel."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable, Coroutine
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import CancelAll, CancelOrder, Command, OrderReport
from terminal.domain.orders import ExecType, Instruction, OrderStatus, OrderType
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.trading.fills_table import FillsPanel
from terminal.views.trading.orders_table import STATUS_GLYPHS, OrdersPanel
from terminal.views.translation import Languages

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
Exported = list[tuple[str, list[str], list[list[str]]]]
Export = Callable[[str, list[str], list[list[str]]], None]
Report = Callable[..., None]


@pytest.fixture
def report(desk: Desk) -> Report:
    """Feed one report of order number `number`; prices in yuan as text."""
    sequences = iter(range(1, 1000))

    def feed(number: int, exec_type: ExecType, *, contract: int = 4, quantity: int = 10, **more: Any) -> None:
        sequence = next(sequences)
        given: dict[str, Any] = {
            "client_order_id": f"D1-261109-{number:06d}",
            "instruction": Instruction.BUY_OPEN,
            "order_type": OrderType.LIMIT,
            "price": Decimal("0.0500"),
            "filled_quantity": more.get("last_quantity", 0),
            **more,
        }
        desk.on_event(
            OrderReport(
                sequence=sequence,
                report_id=f"R{sequence}",
                account_id="A-1",
                exchange_order_id=f"X{number}",
                exec_type=exec_type,
                contract_code=desk.market.contracts[contract].code,
                quantity=quantity,
                at=NOW.replace(second=number),
                trading_day=NOW.date(),
                **given,
            )
        )

    return feed


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, appearance: Appearance, qt_loop: AbstractEventLoop, export: Export) -> OrdersPanel:
    def spawn(coroutine: Coroutine[Any, Any, Any]) -> None:
        qt_loop.run_until_complete(coroutine)

    panel = OrdersPanel(desk, appearance, spawn, export)
    qtbot.addWidget(panel)
    panel.resize(1000, 300)
    return panel


def commands(sent: list[Command]) -> list[Command]:
    return [command for command in sent if isinstance(command, CancelOrder | CancelAll)]


def cell(panel: OrdersPanel, row: int, column: str) -> str:
    return str(panel.model.index(row, panel.model.column_of(column)).data())


def press_cancel(qtbot: QtBot, panel: OrdersPanel, row: int, *, double: bool = False) -> None:
    at: QPoint = panel.table.visualRect(panel.model.index(row, 0)).center()
    viewport = panel.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    if double:
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def fill_with_all_kinds(report: Report) -> None:
    report(1, ExecType.ACKNOWLEDGED)
    report(2, ExecType.ACKNOWLEDGED)
    report(2, ExecType.TRADE, last_price=Decimal("0.0500"), last_quantity=4, fee=Decimal("12.00"))
    report(3, ExecType.REJECTED, reason=Reason.FUNDS, reason_detail="account 5000.00 | 100.00", contract=5)
    report(4, ExecType.ACKNOWLEDGED, contract=25)


@pytest.mark.requirement("T12", "O2")
def test_orders_stand_newest_first_with_status_in_words_and_glyph(
    panel: OrdersPanel, report: Report, qtmodeltester: ModelTester
) -> None:
    fill_with_all_kinds(report)
    panel.flush()
    qtmodeltester.check(panel.model)
    rows = [[cell(panel, row, key) for key in ("time", "contract", "status", "filled")] for row in range(4)]
    assert rows == [
        ["10:30:04", "300ETF Nov 3.30 Put", "● Working", "–"],
        ["10:30:03", "50ETF Nov 2.50 Put", "✕ Rejected", "–"],
        ["10:30:02", "50ETF Nov 2.50 Call", "◐ Part filled", "4"],
        ["10:30:01", "50ETF Nov 2.50 Call", "● Working", "–"],
    ]
    assert cell(panel, 1, "reason") == "Not enough funds (needed 5000.00, available 100.00)"
    assert cell(panel, 2, "average") == "0.0500"
    assert panel.bar.note.text() == "4 orders, 3 working"


@pytest.mark.requirement("O2")
@pytest.mark.fault("F80")
def test_a_double_click_on_the_cross_cancels_that_order_once(
    qtbot: QtBot, panel: OrdersPanel, report: Report, gateway: Any
) -> None:
    fill_with_all_kinds(report)
    panel.flush()
    press_cancel(qtbot, panel, 3, double=True)
    assert commands(gateway.sent) == [CancelOrder(client_order_id="D1-261109-000001")]
    panel.flush()
    assert cell(panel, 3, "status") == "◌ Cancelling"


@pytest.mark.fault("F80")
def test_a_cancel_that_stays_unanswered_may_be_tried_again(
    qtbot: QtBot, panel: OrdersPanel, report: Report, gateway: Any, monotonic: Any
) -> None:
    report(1, ExecType.ACKNOWLEDGED)
    panel.flush()
    press_cancel(qtbot, panel, 0)
    monotonic.seconds += 1.0
    press_cancel(qtbot, panel, 0)
    assert len(commands(gateway.sent)) == 2


def test_a_final_order_has_no_cross(qtbot: QtBot, panel: OrdersPanel, report: Report, gateway: Any) -> None:
    report(1, ExecType.REJECTED, reason=Reason.FUNDS)
    panel.flush()
    press_cancel(qtbot, panel, 0)
    assert commands(gateway.sent) == []


def test_delete_and_the_button_cancel_the_selection_only(
    qtbot: QtBot, panel: OrdersPanel, report: Report, gateway: Any
) -> None:
    fill_with_all_kinds(report)
    panel.flush()
    assert not panel.cancel_selected_button.isEnabled()
    panel.table.selectRow(2)
    assert panel.cancel_selected_button.isEnabled()
    QTest.keyClick(panel.table, Qt.Key.Key_Delete)
    panel.table.selectAll()
    panel.cancel_selected_button.click()
    assert [c.client_order_id[-1] for c in commands(gateway.sent) if isinstance(c, CancelOrder)] == ["2", "4", "1"]


@pytest.mark.fault("F80")
def test_cancel_all_and_of_one_underlying_go_out_once(
    panel: OrdersPanel, report: Report, gateway: Any, desk: Desk
) -> None:
    fill_with_all_kinds(report)
    panel.flush()
    assert not panel.cancel_underlying_button.isEnabled()
    panel.show_contract(desk.market.contracts[25].code)
    assert panel.cancel_underlying_button.text() == "Cancel 300ETF"
    for _ in range(2):
        panel.cancel_underlying_button.click()
        panel.cancel_all_button.click()
    assert commands(gateway.sent) == [CancelAll(underlying="510300"), CancelAll()]


def test_the_filter_keeps_what_may_still_trade(panel: OrdersPanel, report: Report) -> None:
    fill_with_all_kinds(report)
    panel.flush()
    panel.working_only.click()
    assert [cell(panel, row, "id")[-1] for row in range(panel.model.rowCount())] == ["4", "2", "1"]
    report(4, ExecType.CANCELLED, reason=Reason.CANCELLED_BY_USER)
    panel.flush()
    assert [cell(panel, row, "id")[-1] for row in range(panel.model.rowCount())] == ["2", "1"]
    panel.working_only.click()
    assert panel.model.rowCount() == 4


def test_an_order_without_an_answer_says_that_it_is_being_asked_for(
    panel: OrdersPanel, report: Report, desk: Desk, qt_loop: AbstractEventLoop, appearance: Appearance
) -> None:
    report(1, ExecType.ACKNOWLEDGED)
    qt_loop.run_until_complete(desk.orders.cancel("D1-261109-000001"))
    desk.on_link(LinkState.DOWN, "cable pulled")
    panel.flush()
    assert cell(panel, 0, "status") == "? Being asked"
    index = panel.model.index(0, panel.model.column_of("status"))
    assert index.data(Qt.ItemDataRole.ForegroundRole) == appearance.theme.warn
    assert "never sent again" in index.data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.requirement("T12")
def test_export_gives_the_rows_without_the_buttons(panel: OrdersPanel, report: Report, exported: Exported) -> None:
    report(1, ExecType.ACKNOWLEDGED)
    panel.flush()
    panel.export_button.click()
    title, headers, rows = exported[0]
    assert (title, headers[0], len(headers), len(rows)) == ("Orders", "Time", 13, 1)
    assert rows[0][:4] == ["10:30:01", "50ETF Nov 2.50 Call", "Buy open", "0.0500"]
    # A name comes again every year, a code never
    assert (headers[-1], rows[0][-1], len(rows[0])) == ("Contract code", "10000005", 13)


def test_another_language_reaches_rows_headers_and_buttons(
    panel: OrdersPanel, report: Report, languages: Languages
) -> None:
    report(1, ExecType.ACKNOWLEDGED)
    panel.flush()
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert cell(panel, 0, "status") == "● 已报"
    assert cell(panel, 0, "contract") == "50ETF购11月2500"
    assert panel.model.titles()[1:4] == ["委托时间", "合约", "买卖"]
    assert panel.cancel_all_button.text() == "全撤"


def test_an_order_of_a_contract_not_listed_shows_its_code_escaped(qtbot: QtBot, panel: OrdersPanel, desk: Desk) -> None:
    desk.on_event(
        OrderReport(
            sequence=1,
            report_id="R1",
            account_id="A-1",
            client_order_id="other\u202edesk",
            exchange_order_id="X1",
            exec_type=ExecType.ACKNOWLEDGED,
            contract_code="99999999",
            instruction=Instruction.BUY_OPEN,
            order_type=OrderType.MARKET_IOC,
            quantity=1,
            at=NOW,
            trading_day=NOW.date(),
        )
    )
    panel.flush()
    assert (cell(panel, 0, "contract"), cell(panel, 0, "price")) == ("99999999", "–")
    assert cell(panel, 0, "id") == "other\\u202edesk"
    panel.show()
    qtbot.waitExposed(panel)
    panel.close()


@pytest.mark.fault("F19")
@pytest.mark.requirement("T12")
def test_what_nobody_ordered_is_told_in_words_in_both_tables_and_in_the_export(
    qtbot: QtBot,
    panel: OrdersPanel,
    desk: Desk,
    appearance: Appearance,
    export: Export,
    exported: Exported,
    report: Report,
    languages: Languages,
) -> None:
    fills = FillsPanel(desk, appearance, export)
    qtbot.addWidget(fills)
    report(1, ExecType.ACKNOWLEDGED)
    # A client's own id may look like a mark: what counts is that the venue says nobody ordered it
    own = {"client_order_id": "QP12611090001"}
    report(2, ExecType.TRADE, last_price=Decimal("0.0500"), last_quantity=10, **own)
    for number, order_id in enumerate(("QP12611090002", "CV12611090001", "EXTERNAL-1"), 3):
        report(
            number,
            ExecType.TRADE,
            last_price=Decimal("0.0600"),
            last_quantity=10,
            ordered=False,
            client_order_id=order_id,
        )
    panel.flush()
    fills.flush()
    kinds = ["! Not ordered", "! Forced: cover", "! Forced: margin", "Ordered", "Ordered"]
    assert [cell(panel, row, "kind") for row in range(5)] == kinds
    panel.export_button.click()
    fills.export_button.click()
    for (_, headers, rows), expected in zip(exported, (kinds, kinds[:4]), strict=True):
        assert [row[headers.index("Kind")] for row in rows] == expected
    tips = [panel.model.index(row, panel.model.column_of("kind")).data(Qt.ItemDataRole.ToolTipRole) for row in range(4)]
    assert "no cause" in tips[0]
    assert "short of shares" in tips[1]
    assert "called for" in tips[2]
    assert not tips[3]
    # Seen too where the panel is too narrow for the kind
    given = [cell(panel, row, "instruction") for row in range(4)]
    assert given == ["! Buy open", "! Buy open", "! Buy open", "Buy open"]
    index = panel.model.index(2, panel.model.column_of("instruction"))
    assert index.data(Qt.ItemDataRole.ForegroundRole) == appearance.theme.critical
    assert index.data(Qt.ItemDataRole.ToolTipRole) == tips[2]
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert [cell(panel, row, "kind") for row in range(4)] == ["! 无委托", "! 强平：备兑", "! 强平：保证金", "委托"]


@pytest.mark.requirement("T12")
def test_fills_show_amount_fee_and_mark_a_forced_one(
    qtbot: QtBot,
    desk: Desk,
    appearance: Appearance,
    export: Export,
    exported: Exported,
    report: Report,
    languages: Languages,
    qtmodeltester: ModelTester,
) -> None:
    panel = FillsPanel(desk, appearance, export)
    qtbot.addWidget(panel)
    assert panel.bar.note.text() == "Fills 0, lots 0, fees 0.00 yuan"
    report(1, ExecType.ACKNOWLEDGED)
    report(1, ExecType.TRADE, last_price=Decimal("0.0498"), last_quantity=4, fee=Decimal("12.00"))
    report(2, ExecType.TRADE, last_price=Decimal("0.0600"), last_quantity=10, fee=Decimal("0.50"), ordered=False)
    panel.flush()
    qtmodeltester.check(panel.model)
    panel.export_button.click()
    title, headers, rows = exported[0]
    assert title == "Fills"
    assert headers[3:8] == ["Price", "Size", "Amount", "Fee", "Kind"]
    # 10 x 0.0600 x 10,000 and 4 x 0.0498 x 10,000
    assert [row[3:8] for row in rows] == [
        ["0.0600", "10", "6,000.00", "0.50", "! Not ordered"],
        ["0.0498", "4", "1,992.00", "12.00", "Ordered"],
    ]
    assert panel.bar.note.text() == "Fills 2, lots 14, fees 12.50 yuan"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.bar.note.text() == "成交 2 笔，14 张，费用 12.50 元"


def test_every_status_has_a_glyph_of_its_own_family() -> None:
    assert STATUS_GLYPHS.keys() == set(OrderStatus)
    assert len(set(STATUS_GLYPHS.values())) == len(OrderStatus) - 1  # refused by us or by the venue look alike


def test_spawn_gets_one_coroutine_per_order(
    qtbot: QtBot, desk: Desk, appearance: Appearance, export: Export, report: Report
) -> None:
    kept: list[Coroutine[Any, Any, Any]] = []
    panel = OrdersPanel(desk, appearance, kept.append, export)
    qtbot.addWidget(panel)
    report(1, ExecType.ACKNOWLEDGED)
    report(2, ExecType.ACKNOWLEDGED)
    panel.flush()
    panel.table.selectAll()
    panel.cancel_selected()
    assert len(kept) == 2
    assert all(asyncio.iscoroutine(one) for one in kept)
    for one in kept:
        one.close()
