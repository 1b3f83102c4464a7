"""Positions, funds and covering shares: the counter's figures, and what is worked out from them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Funds, Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.instructions import InstructionKind
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import (
    AccountReport,
    Capability,
    MarketDataBatch,
)
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.trading.funds_panel import FundsPanel
from terminal.views.trading.positions_table import PositionsPanel
from terminal.views.trading.shares_panel import SharesPanel
from terminal.views.translation import Languages

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
Exported = list[tuple[str, list[str], list[list[str]]]]
Export = Callable[[str, list[str], list[list[str]]], None]
FUNDS = Funds(
    balance=Decimal("82019.22"),
    margin=Decimal("37892.88"),
    frozen_margin=Decimal("1600.00"),
    frozen_premium=Decimal("220.00"),
    frozen_fee=Decimal("40.00"),
    premium_paid=Decimal("5210.00"),
    premium_received=Decimal("9102.50"),
    fees=Decimal("127.30"),
    opening_balance=Decimal("80000.00"),
    option_value=Decimal("-1234.50"),
    frozen_exercise=Decimal("1000.00"),
    frozen_delivery=Decimal("160.00"),
    cash_in=Decimal("5000.00"),
    cash_out=Decimal("2000.00"),
    withdrawable=Decimal("30000.00"),
    maintenance=Decimal("39000.00"),
)


def tell(desk: Desk, *positions: Position, funds: Funds = FUNDS, holdings: tuple[Holding, ...] = ()) -> None:
    desk.on_event(
        AccountReport(sequence=0, account_id="A-1", at=NOW, funds=funds, positions=positions, holdings=holdings)
    )


def trade_at(desk: Desk, code: str, last: int) -> None:
    row = desk.market.quotes[desk.market.row_of[code]].copy()
    row[Column.LAST] = last
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(row.reshape(1, -1))))


def three_sides(desk: Desk) -> str:
    """Long, short and covered of one contract, last price 0.0550."""
    code = desk.market.contracts[4].code
    tell(
        desk,
        Position(contract_code=code, side=PositionSide.LONG, quantity=10, frozen_quantity=4, today_quantity=2,
                 average_price=Decimal("0.0500")),
        Position(contract_code=code, side=PositionSide.SHORT, quantity=3, average_price=Decimal("0.0600"),
                 margin=Decimal("9600.00")),
        Position(contract_code=code, side=PositionSide.COVERED, quantity=2, average_price=Decimal("0.0400"),
                 realised=Decimal("150.00")),
    )  # fmt: skip
    trade_at(desk, code, 550)
    return code


@pytest.fixture
def positions(qtbot: QtBot, desk: Desk, appearance: Appearance, export: Export) -> PositionsPanel:
    panel = PositionsPanel(desk, appearance, export)
    qtbot.addWidget(panel)
    panel.resize(1100, 240)
    return panel


def cells(panel: PositionsPanel, *keys: str) -> list[list[str]]:
    model = panel.model
    return [[model.index(row, model.column_of(key)).data() for key in keys] for row in range(model.rowCount())]


@pytest.mark.requirement("T12", "O2")
def test_long_short_and_covered_of_one_contract_stand_apart_with_their_own_profit(
    positions: PositionsPanel, desk: Desk, appearance: Appearance, qtmodeltester: ModelTester
) -> None:
    three_sides(desk)
    positions.flush()
    qtmodeltester.check(positions.model)
    # long (0.0550 - 0.0500) x 10 x 10,000; short (0.0600 - 0.0550) x 3; covered (0.0400 - 0.0550) x 2
    assert cells(positions, "side", "quantity", "available", "today", "floating", "value", "margin", "days") == [
        ["Long", "10", "6", "2", "+500.00", "5,500.00", "–", "16"],
        ["Short", "3", "3", "–", "+150.00", "−1,650.00", "9,600.00", "16"],
        ["Covered", "2", "2", "–", "−300.00", "−1,100.00", "–", "16"],
    ]
    ink = [
        positions.model.index(row, positions.model.column_of("floating")).data(Qt.ItemDataRole.ForegroundRole)
        for row in range(3)
    ]
    assert ink == [appearance.up, appearance.up, appearance.down]
    totals = {key: text for key, (text, _) in positions.totals.figures.items()}
    assert totals == {
        "contract": "Total",
        "floating": "+350.00",
        "realised": "+150.00",
        "value": "2,750.00",
        "margin": "9,600.00",
    }
    assert positions.bar.note.text() == "Long 10 · Short 3 · Covered 2"


def test_a_position_without_a_last_price_has_no_profit_and_the_total_says_so(
    positions: PositionsPanel, desk: Desk
) -> None:
    code = three_sides(desk)
    trade_at(desk, code, 0)
    positions.flush()
    assert cells(positions, "last", "floating", "value") == [["–", "–", "–"]] * 3
    assert positions.totals.figures["floating"][0] == "– (0/3)"


def test_profit_follows_the_price_and_a_closed_position_leaves(positions: PositionsPanel, desk: Desk) -> None:
    code = three_sides(desk)
    positions.flush()
    trade_at(desk, code, 600)
    assert cells(positions, "floating")[0] == ["+500.00"]
    positions.flush()
    assert cells(positions, "floating") == [["+1,000.00"], ["0.00"], ["−400.00"]]
    tell(desk)
    positions.flush()
    assert positions.model.rowCount() == 0
    assert positions.totals.figures["floating"][0] == "–"


def test_an_unlisted_contract_shows_its_code_and_dashes(positions: PositionsPanel, desk: Desk) -> None:
    tell(desk, Position(contract_code="99999999", side=PositionSide.LONG, quantity=1, average_price=Decimal("0.1")))
    positions.flush()
    assert cells(positions, "contract", "last", "floating", "days") == [["99999999", "–", "–", "–"]]


@pytest.mark.fault("F80")
def test_close_asks_once_for_the_side_of_its_row(qtbot: QtBot, positions: PositionsPanel, desk: Desk) -> None:
    code = three_sides(desk)
    positions.flush()
    asked: list[tuple[str, PositionSide]] = []
    positions.close_requested.connect(lambda *what: asked.append(what))
    place = positions.table.visualRect(positions.model.index(1, positions.model.column_of("action"))).center()
    viewport = positions.table.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert asked == [(code, PositionSide.SHORT)]


def test_nothing_available_cannot_be_closed(qtbot: QtBot, positions: PositionsPanel, desk: Desk) -> None:
    code = desk.market.contracts[4].code
    tell(desk, Position(contract_code=code, side=PositionSide.LONG, quantity=4, frozen_quantity=4))
    positions.flush()
    place = positions.table.visualRect(positions.model.index(0, positions.model.column_of("action"))).center()
    with qtbot.assertNotEmitted(positions.close_requested):
        QTest.mouseClick(positions.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


@pytest.mark.requirement("T12")
def test_positions_are_exported_without_buttons_in_the_language_shown(
    qtbot: QtBot, positions: PositionsPanel, desk: Desk, exported: Exported, languages: Languages
) -> None:
    three_sides(desk)
    positions.flush()
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    positions.show()
    qtbot.waitExposed(positions)
    positions.export_button.click()
    positions.close()
    title, headers, rows = exported[0]
    assert (title, headers[:4], "操作" in headers) == ("持仓", ["合约", "类型", "持仓", "可用"], False)
    assert [row[1] for row in rows] == ["权利仓", "义务仓", "备兑仓"]
    assert positions.totals.figures["contract"][0] == "合计"


@pytest.mark.requirement("T12")
def test_funds_show_the_counters_figures_and_why_money_is_frozen(
    qtbot: QtBot, desk: Desk, appearance: Appearance, languages: Languages
) -> None:
    panel = FundsPanel(desk, appearance)
    qtbot.addWidget(panel)
    tell(desk, funds=FUNDS)
    panel.flush()
    figures = {name: figure.figure.text() for name, figure in panel.figures.items()}
    assert figures == {
        "equity": "80,784.72",  # 82,019.22 - 1,234.50
        "available": "41,106.34",  # 82,019.22 - 37,892.88 - 3,020.00
        "withdrawable": "30,000.00",
        "margin": "37,892.88",
        "frozen": "3,020.00",  # orders 1,860.00, exercise 1,000.00, delivery 160.00
        "option_value": "−1,234.50",
        "floating": "–",
        "purchase": "–",
        "fees": "127.30",
    }
    assert panel.figures["frozen"].note.text() == "orders 1,860.00"
    assert panel.figures["margin"].note.text() == "maintenance 39,000.00"
    causes = panel.causes.figures()
    frozen = [causes[f"Frozen {what}"] for what in ("premium", "margin", "fees", "for exercise", "for delivery")]
    assert frozen == ["220.00", "1,600.00", "40.00", "1,000.00", "160.00"]
    assert (causes["Cash in today"], causes["Cash out today"], causes["Margin call"]) == ("5,000.00", "2,000.00", "–")
    assert panel.margin_call.isHidden()
    assert panel.figures["fees"].note.text() == "premium +3,892.50"
    assert panel.risk.text() == "Risk ratio 47.5%"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.figures["equity"].label.text() == "客户权益"
    assert panel.risk.text() == "风险度 47.5%"
    code = three_sides(desk)
    trade_at(desk, code, 600)
    panel.flush()
    # 1,000 + 0 - 400 as worked in the positions' test
    assert panel.figures["floating"].figure.text() == "+600.00"
    assert panel.figures["floating"].note.text() == "今日平仓 +150.00"


@pytest.mark.parametrize(
    ("margin", "colour"), [("79.9", "ok"), ("80", "warn"), ("99.9", "warn"), ("100", "critical"), ("150", "critical")]
)
def test_the_risk_bar_changes_colour_at_the_brokers_marks(
    qtbot: QtBot, desk: Desk, appearance: Appearance, margin: str, colour: str
) -> None:
    panel = FundsPanel(desk, appearance)
    qtbot.addWidget(panel)
    tell(desk, funds=Funds(balance=Decimal(100), margin=Decimal(margin)))
    panel.flush()
    assert panel.risk.ink == getattr(appearance.theme, colour)
    assert not panel.risk.grab().isNull()


@pytest.mark.requirement("O16")
def test_a_margin_call_stands_in_red_with_its_deadline(
    qtbot: QtBot, desk: Desk, appearance: Appearance, languages: Languages
) -> None:
    panel = FundsPanel(desk, appearance)
    qtbot.addWidget(panel)
    # Closing met the call as money would: nothing is asked for any more
    tell(desk, funds=replace(FUNDS, margin_call=Decimal("12345.60")))
    panel.flush()
    assert panel.margin_call.isHidden()
    owed = replace(FUNDS, margin_call=Decimal("99999.00"), margin=FUNDS.margin + FUNDS.available + Decimal("12345.60"))
    tell(desk, funds=owed)
    panel.flush()
    sentence = "Margin call: bring in 12,345.60 yuan by 11:30, or positions are closed by force from 13:00 on"
    assert panel.margin_call.text() == f"✕ {sentence}"
    assert not panel.margin_call.isHidden()
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.margin_call.text() == "✕ 追加保证金：须在 11:30 前转入 12,345.60 元，否则自 13:00 起强行平仓"
    assert panel.margin_call.property("role") == "critical"


def test_without_an_account_every_figure_is_a_dash(qtbot: QtBot, empty_desk: Desk, appearance: Appearance) -> None:
    panel = FundsPanel(empty_desk, appearance)
    qtbot.addWidget(panel)
    assert {figure.figure.text() for figure in panel.figures.values()} == {"–"}
    assert panel.risk.text() == "Risk ratio –"
    panel.resize(500, 400)
    assert not panel.grab().isNull()


@pytest.fixture
def shares(qtbot: QtBot, desk: Desk, appearance: Appearance, export: Export) -> SharesPanel:
    held = Holding(
        underlying="510050", total=60_000, locked=50_000, covering=30_000, exercising=4_000, disposal=7_000, short=200
    )
    tell(desk, holdings=(held,))
    # As the window has it: inside the panel of funds
    funds = FundsPanel(desk, appearance, export=export)
    qtbot.addWidget(funds)
    funds.resize(800, 500)
    return funds.shares


@pytest.mark.requirement("T12")
def test_shares_held_locked_covering_exercising_and_missing_are_told_by_underlying(
    shares: SharesPanel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(shares.model)
    assert shares.model.titles() == [
        "Underlying", "Held", "Locked", "Covering", "Exercising", "May be locked", "May be unlocked",
        "May be sold", "Bought today", "Missing", "Disposal",
    ]  # fmt: skip
    assert shares.model.plain_rows() == [
        ["50ETF 510050", "60,000", "50,000", "30,000", "4,000", "6,000", "20,000", "6,000", "–", "✕ 200", "7,000"],
        ["300ETF 510300", "0", "0", "0", "–", "0", "0", "0", "–", "–", "–"],
    ]


@pytest.mark.requirement("T12")
def test_the_shares_are_exported_from_their_menu(shares: SharesPanel, exported: Exported) -> None:
    [entry] = [action for action in shares.table.menu().actions() if action.text() == "Export to CSV…"]
    entry.trigger()
    assert [(title, len(headers), len(rows)) for title, headers, rows in exported] == [("Covering shares", 11, 2)]


@pytest.mark.requirement("O4")
def test_the_menu_of_a_holding_begins_its_instructions(shares: SharesPanel) -> None:
    asked: list[tuple[InstructionKind, str]] = []
    shares.table.instruction_wanted.connect(lambda kind, code: asked.append((kind, code)))
    shares.table.setCurrentIndex(shares.model.index(0, 0))
    entries = [action for action in shares.table.menu().actions() if action.text().endswith("…")]
    assert [action.text() for action in entries[:2]] == ["Lock shares…", "Unlock shares…"]
    entries[1].trigger()
    assert asked == [(InstructionKind.UNLOCK, "510050")]


@pytest.mark.requirement("O4")
def test_the_menu_buys_and_sells_where_the_venue_does_and_else_says_why(shares: SharesPanel, desk: Desk) -> None:
    def trades() -> list[QAction]:
        shares.table.setCurrentIndex(shares.model.index(0, 0))
        return [a for a in shares.table.menu().actions() if a.text() in ("Buy shares…", "Sell shares…")]

    assert [(entry.isEnabled(), entry.toolTip()) for entry in trades()] == [
        (True, "Buy shares"),
        (True, "Sell shares"),
    ]
    assert desk.venue is not None
    desk.on_event(msgspec.structs.replace(desk.venue, capabilities=(Capability.ORDERS,)))
    assert [(entry.isEnabled(), entry.toolTip()) for entry in trades()] == [
        (False, "The venue does not offer this")
    ] * 2


@pytest.mark.requirement("T12")
def test_what_was_bought_today_may_not_be_sold(shares: SharesPanel, desk: Desk) -> None:
    tell(desk, holdings=(Holding(underlying="510050", total=60_000, locked=20_000, bought_today=50_000),))
    shares.flush()
    row = dict(zip(shares.model.titles(), shares.model.plain_rows()[0], strict=True))
    assert (row["May be locked"], row["May be sold"], row["Bought today"]) == ("40,000", "10,000", "50,000")


@pytest.mark.requirement("T12")
@pytest.mark.parametrize(("width", "language"), [(668, "en"), (617, "en"), (668, "zh_CN")])
def test_positions_in_a_narrow_panel_end_with_their_button_and_do_not_scroll(
    qtbot: QtBot, positions: PositionsPanel, desk: Desk, languages: Languages, width: int, language: str
) -> None:
    """As wide as the retail layout leaves them at 1366 pixels and the trading layout at 1920."""
    languages.use(language)
    three_sides(desk)
    positions.resize(width, 240)
    positions.show()
    positions.flush()
    header, model = positions.table.horizontalHeader(), positions.model
    shown = [column.key for n, column in enumerate(model.columns) if not header.isSectionHidden(n)]
    assert shown[:7] == ["contract", "side", "quantity", "available", "average", "last", "floating"]
    assert shown[7:] == ["action"]
    assert header.length() == positions.table.viewport().width()
    assert not positions.table.horizontalScrollBar().isVisible()
    # The figures below stand under their columns
    assert positions.totals.figures["floating"][0] == "+350.00"
    languages.use("en")
