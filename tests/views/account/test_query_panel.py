"""Queries to the counter: what is asked, what is shown of the answer, and that no answer is shown as emptiness."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.app.export import Exporter
from terminal.domain.accounts import Funds, Holding
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import (
    Answer,
    Capability,
    InstructionReport,
    LimitUse,
    Notice,
    NoticeKind,
    OrderReport,
    Query,
    QueryKind,
)
from terminal.domain.orders import ExecType, Instruction, OrderType
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind, CashMovement, Statement
from terminal.services.desk import Desk
from terminal.services.events import LinkChanged
from terminal.views.account.query_panel import QueryPanel
from terminal.views.appearance import Appearance
from terminal.views.translation import Languages
from tests.views.account.conftest import CALL_240, code
from tests.views.desk_rig import NOW, TODAY, account_report, long_position

Export = Callable[[str, list[str], list[list[str]]], None]
Exported = list[tuple[str, list[str], list[list[str]]]]
YESTERDAY = TODAY.replace(day=6)


@pytest.fixture
def saved() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, appearance: Appearance, export: Export, saved: list[tuple[str, str]]) -> QueryPanel:
    panel = QueryPanel(desk, appearance, export, lambda title, page: saved.append((title, page)))
    qtbot.addWidget(panel)
    panel.resize(760, 400)
    return panel


def queries(gateway: Any) -> list[Query]:
    return [command for command in gateway.sent if isinstance(command, Query)]


def answer(desk: Desk, gateway: Any, kind: QueryKind, **more: Any) -> None:
    asked = [query for query in queries(gateway) if query.kind is kind][-1]
    desk.on_event(Answer(query_id=asked.query_id, kind=kind, day=asked.day or TODAY, **more))


def report(number: int, exec_type: ExecType, **more: Any) -> OrderReport:
    fields: dict[str, Any] = {
        "sequence": number, "report_id": f"r{number}", "account_id": "A-1", "client_order_id": f"D1-{number}",
        "exchange_order_id": f"E{number}", "exec_type": exec_type, "contract_code": "10000001",
        "instruction": Instruction.BUY_OPEN, "order_type": OrderType.LIMIT, "quantity": 5, "price": Decimal("0.05"),
        "at": NOW, "trading_day": TODAY,
    }  # fmt: skip
    return OrderReport(**{**fields, **more})


@pytest.mark.requirement("T12")
def test_nothing_is_asked_before_the_panel_is_seen(panel: QueryPanel, gateway: Any) -> None:
    before = [query.kind for query in queries(gateway)]
    # The limits are asked for at every recovery: the desk's own checks need them
    assert before == [QueryKind.LIMITS]
    panel.show()
    assert [query.kind for query in queries(gateway)][1:] == [QueryKind.DAYS, QueryKind.ACCOUNT]


@pytest.mark.requirement("T12")
def test_a_panel_in_sight_asks_again_with_the_line_the_tab_the_day_and_its_settlement(
    panel: QueryPanel, desk: Desk, gateway: Any
) -> None:
    desk.on_link(LinkState.DOWN, "cable pulled")
    panel.show()
    gateway.sent.clear()
    desk.bus.publish(LinkChanged(LinkState.UP, "recovered"))
    assert QueryKind.ACCOUNT not in [query.kind for query in queries(gateway)], "the desk itself says when it is up"
    desk.link = LinkState.UP
    desk.bus.publish(LinkChanged(LinkState.UP, "recovered"))
    assert [query.kind for query in queries(gateway)] == [QueryKind.DAYS, QueryKind.ACCOUNT]
    panel.show_query(QueryKind.FILLS)
    panel.show_query(QueryKind.ACCOUNT)
    assert [query.kind for query in queries(gateway)][2:] == [QueryKind.FILLS, QueryKind.ACCOUNT]
    gateway.sent.clear()
    desk.on_event(Notice(kind=NoticeKind.SESSION, at=NOW, number=9, figures={"step": "margin"}))
    assert queries(gateway) == []
    desk.on_event(Notice(kind=NoticeKind.SESSION, at=NOW, number=10, figures={"step": "settled"}))
    assert [query.kind for query in queries(gateway)] == [QueryKind.ACCOUNT]


@pytest.mark.requirement("T12", "O7")
def test_limits_show_used_of_allowed(
    panel: QueryPanel, desk: Desk, gateway: Any, qtmodeltester: ModelTester, languages: Languages
) -> None:
    panel.show()
    panel.show_query(QueryKind.LIMITS)
    assert panel.bar.note.text() == "The counter is being asked…"
    limits = (
        LimitUse(limit=Reason.LIMIT_RIGHT_SIDE, underlying="510050", used=Decimal(32), allowed=Decimal(100)),
        LimitUse(limit=Reason.LIMIT_OPEN, underlying="510050", used=Decimal(22), allowed=None),
        LimitUse(limit=Reason.LIMIT_PURCHASE, used=Decimal("10000.50"), allowed=Decimal("10000.00")),
        LimitUse(limit=Reason.LIMIT_MEMBER, used=Decimal(1), allowed=Decimal(0)),
    )
    answer(desk, gateway, QueryKind.LIMITS, limits=limits)
    qtmodeltester.check(panel.limits)
    assert panel.limits.plain_rows() == [
        ["Long positions", "50ETF 510050", "32", "100", "32.0%"],
        ["Opened today", "50ETF 510050", "22", "unlimited", "–"],
        ["Purchase limit, yuan", "all", "10,000.50", "10,000", "100.0%"],
        ["Member's position", "all", "1", "0", "100.0%"],
    ]
    assert panel.bar.note.text() == "4 lines"
    assert not panel.grab().isNull()
    assert not panel.day_choice.isEnabled()
    # The desk's checks use what was told
    assert desk.portfolio.limits_told[Reason.LIMIT_RIGHT_SIDE, "510050"].allowed == 100
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.limits.plain_rows()[1][:4] == ["当日开仓", "50ETF 510050", "22", "不限"]


@pytest.mark.requirement("T12")
def test_orders_and_fills_of_an_earlier_day_come_from_the_counter(panel: QueryPanel, desk: Desk, gateway: Any) -> None:
    panel.show()
    answer(desk, gateway, QueryKind.DAYS, days=(TODAY, YESTERDAY))
    assert [panel.day_choice.itemText(n) for n in range(panel.day_choice.count())] == ["Today", "2026-11-06"]
    panel.day_choice.setCurrentIndex(1)
    panel.show_query(QueryKind.ORDERS)
    assert queries(gateway)[-1].day == YESTERDAY
    answer(
        desk, gateway, QueryKind.ORDERS,
        orders=(
            report(1, ExecType.TRADE, filled_quantity=5, last_quantity=5, last_price=Decimal("0.05")),
            report(2, ExecType.TRADE, filled_quantity=2, last_quantity=2, last_price=Decimal("0.05")),
            report(3, ExecType.CANCELLED, filled_quantity=1, reason=Reason.CANCELLED_BY_USER),
            report(4, ExecType.REJECTED, reason=Reason.FUNDS),
            report(5, ExecType.ACKNOWLEDGED),
        ),
    )  # fmt: skip
    column = panel.orders.column_of("status")
    assert [panel.orders.index(row, column).data() for row in range(5)] == [
        "● Working", "✕ Rejected", "⊘ Cancelled", "◐ Part filled", "✓ Filled",
    ]  # fmt: skip
    panel.show_query(QueryKind.FILLS)
    fill = report(1, ExecType.TRADE, filled_quantity=5, last_quantity=5, last_price=Decimal("0.05"), fee=Decimal(15))
    answer(desk, gateway, QueryKind.FILLS, orders=(fill,))
    assert panel.fills.rowCount() == 1
    panel.show_query(QueryKind.INSTRUCTIONS)
    lock = InstructionReport(
        sequence=1, instruction_id="I", kind=InstructionKind.LOCK, underlying="510050", quantity=100, at=NOW,
        trading_day=YESTERDAY,
    )  # fmt: skip
    answer(desk, gateway, QueryKind.INSTRUCTIONS, instructions=(lock,))
    assert panel.instructions.plain_rows()[0][1:5] == ["Lock shares", "50ETF", "100", "✓ Accepted"]


@pytest.mark.requirement("T12")
def test_a_statement_is_a_page_to_read_to_save_and_to_export(
    panel: QueryPanel, desk: Desk, gateway: Any, exported: Exported, saved: list[tuple[str, str]], tmp_path: Path
) -> None:
    panel.show()
    panel.show_query(QueryKind.STATEMENT)
    movement = CashMovement(
        number=1, at=NOW, trading_day=TODAY, kind=CashKind.PREMIUM, amount=Decimal("-350.00"),
        balance=Decimal("99650.00"), cause="=cmd|calc", contract_code=code(desk, CALL_240),
    )  # fmt: skip
    statement = Statement(
        account_id="<b>A-1</b>",
        trading_day=TODAY,
        funds=Funds(balance=Decimal("99650.00"), margin=Decimal("9965.00")),
        positions=(long_position(code(desk, CALL_240)),),
        holdings=(),
        deliveries=(),
        movements=(movement,),
        option_value=Decimal("3500.00"),
        margin_call=Decimal("12.00"),
    )
    answer(desk, gateway, QueryKind.STATEMENT, statement=statement)
    text = panel.pages[QueryKind.STATEMENT].toPlainText()
    for expected in ("Statement", "2026-11-09", "<b>A-1</b>", "99,650.00", "10.0%", "50ETF Nov 2.40 Call", "−350.00"):
        assert expected in text
    panel.export_button.click()
    title, headers, rows = exported[0]
    assert title == "Statement"
    assert all(len(row) == len(headers) for row in rows)
    assert ["Statement", "Margin call", "12.00"] in [row[:3] for row in rows]
    panel.page_button.click()
    name, page = saved[0]
    assert name == "Statement"
    assert "&lt;b&gt;A-1" in page
    assert "<b>" not in page
    exporter = Exporter()
    failures: list[str] = []
    exporter.failed = failures.append
    exporter.write_page(tmp_path / "page.html", page)
    assert (tmp_path / "page.html").read_text("utf-8") == page
    exporter.write_page(tmp_path, page)
    assert len(failures) == 1


def shares_in(exported: Exported) -> list[list[str]]:
    """The first six cells of each row of shares exported last."""
    return [row[1:7] for row in exported[-1][2] if row[0] == "Shares"]


@pytest.mark.requirement("T12", "O4")
def test_the_account_tells_what_may_be_sold_from_what_was_bought_today_and_a_statement_the_trades_of_its_day(
    panel: QueryPanel, desk: Desk, gateway: Any, exported: Exported, languages: Languages
) -> None:
    panel.show()
    fund = Holding(underlying="510050", total=50_000, locked=5_000, bought_today=20_000, sold_today=700)
    answer(desk, gateway, QueryKind.ACCOUNT, account=account_report(holdings=(fund,)))
    panel.export_button.click()
    assert shares_in(exported) == [
        ["Underlying", "Held", "May be sold", "Bought on the day", "Sold on the day", "Locked"],
        ["510050", "50,000", "30,000", "20,000", "700", "5,000"],
    ]
    statement = Statement(
        account_id="A-1", trading_day=TODAY, funds=Funds(balance=Decimal(1), margin=Decimal(0)), positions=(),
        holdings=(fund,), deliveries=(), movements=(), option_value=Decimal(0),
    )  # fmt: skip
    panel.show_query(QueryKind.STATEMENT)
    answer(desk, gateway, QueryKind.STATEMENT, statement=statement)
    panel.export_button.click()
    # Of a day that is over nothing may be sold any more, and on the next one all of it
    assert shares_in(exported) == [
        ["Underlying", "Held", "Bought on the day", "Sold on the day", "Locked", "Covering"],
        ["510050", "50,000", "20,000", "700", "5,000", "0"],
    ]
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert "当日买入" in panel.pages[QueryKind.STATEMENT].toPlainText()
    languages.use("en")


@pytest.mark.requirement("T12")
def test_cash_flow_and_account_are_shown(
    panel: QueryPanel, desk: Desk, gateway: Any, qtmodeltester: ModelTester, languages: Languages
) -> None:
    panel.show()
    answer(desk, gateway, QueryKind.ACCOUNT, account=account_report(long_position(code(desk, CALL_240))))
    assert "100,000.00" in panel.pages[QueryKind.ACCOUNT].toPlainText()
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    page = panel.pages[QueryKind.ACCOUNT].toPlainText()
    assert "保证金分组" in page
    assert "Margin group" not in page
    languages.use("en")
    QCoreApplication.processEvents()
    panel.show_query(QueryKind.CASH_FLOW)
    movements = [
        CashMovement(number=n, at=NOW, trading_day=TODAY, kind=kind, amount=Decimal(a), balance=Decimal(b), cause="r")
        for n, (kind, a, b) in enumerate([(CashKind.OPENING, "100", "100"), (CashKind.FEE, "-3", "97")], 1)
    ]
    answer(desk, gateway, QueryKind.CASH_FLOW, movements=tuple(movements))
    qtmodeltester.check(panel.movements)
    assert [row[3:6] for row in panel.movements.plain_rows()] == [
        ["Fee", "−3.00", "97.00"],
        ["Opening balance", "+100.00", "100.00"],
    ]


def test_a_refusal_and_a_lost_line_are_said(panel: QueryPanel, desk: Desk, gateway: Any) -> None:
    panel.show()
    panel.show_query(QueryKind.STATEMENT)
    answer(desk, gateway, QueryKind.STATEMENT, reason=Reason.NOT_SUPPORTED)
    assert panel.bar.note.text() == "✕ The venue does not offer this"
    panel.ask()
    asked = queries(gateway)[-1]
    desk.on_link(LinkState.DOWN, "cable pulled")
    assert panel.bar.note.text() == "✕ The line was lost before the answer"
    gateway.up = False
    panel.ask()
    assert panel.bar.note.text() == "✕ No line to the venue: nothing was asked"
    # An answer to a question that is no longer on screen changes nothing
    desk.on_event(Answer(query_id=asked.query_id, kind=QueryKind.STATEMENT, day=TODAY))
    assert panel.bar.note.text() == "✕ No line to the venue: nothing was asked"


def test_a_venue_without_queries_is_asked_nothing(panel: QueryPanel, desk: Desk, gateway: Any) -> None:
    assert desk.venue is not None
    desk.on_event(msgspec.structs.replace(desk.venue, capabilities=(Capability.ORDERS,)))
    gateway.sent.clear()
    panel.show()
    panel.show_query(QueryKind.FILLS)
    assert queries(gateway) == []
    assert panel.bar.note.text().startswith("This venue answers no queries")
    assert not panel.ask_button.isEnabled()
