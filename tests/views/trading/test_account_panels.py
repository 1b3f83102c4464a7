"""Positions, funds and covering shares: the counter's figures, and what is worked out from them."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, Qt
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
    Instruct,
    InstructionReport,
    MarketDataBatch,
    Recovered,
)
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.views.theme import Appearance
from terminal.views.trading.funds_panel import FundsPanel
from terminal.views.trading.positions_table import PositionsPanel
from terminal.views.trading.shares_panel import SharesPanel, parse_quantity
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
    qtmodeltester.check(positions.model)  # type: ignore[no-untyped-call]
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
        "available": "42,266.34",  # 82,019.22 - 37,892.88 - 1,860.00
        "margin": "37,892.88",
        "frozen": "1,860.00",
        "option_value": "−1,234.50",
        "floating": "–",
        "fees": "127.30",
    }
    assert panel.figures["frozen"].toolTip().splitlines()[1:] == ["margin 1,600.00", "premium 220.00", "fees 40.00"]
    assert panel.figures["fees"].note.text() == "premium +3,892.50"
    assert panel.risk.text() == "Risk ratio 46.2%"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert panel.figures["equity"].label.text() == "客户权益"
    assert panel.risk.text() == "风险度 46.2%"
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


def test_without_an_account_every_figure_is_a_dash(qtbot: QtBot, empty_desk: Desk, appearance: Appearance) -> None:
    panel = FundsPanel(empty_desk, appearance)
    qtbot.addWidget(panel)
    assert {figure.figure.text() for figure in panel.figures.values()} == {"–"}
    assert panel.risk.text() == "Risk ratio –"
    panel.resize(500, 400)
    assert not panel.grab().isNull()


@pytest.fixture
def shares(qtbot: QtBot, desk: Desk, appearance: Appearance) -> SharesPanel:
    tell(desk, holdings=(Holding(underlying="510050", total=60_000, locked=50_000, covering=30_000),))
    panel = SharesPanel(desk, appearance)
    qtbot.addWidget(panel)
    panel.resize(800, 200)
    return panel


def locks(sent: list[Any]) -> list[tuple[str, int, bool]]:
    return [(c.underlying, c.quantity, c.kind is InstructionKind.UNLOCK) for c in sent if isinstance(c, Instruct)]


def answer(desk: Desk, gateway: Any, kind: str, quantity: int, **more: Any) -> None:
    asked = [c for c in gateway.sent if isinstance(c, Instruct)][-1]
    desk.on_event(
        InstructionReport(
            sequence=desk.last_sequence + 1,
            instruction_id=asked.instruction_id,
            kind=InstructionKind(kind),
            underlying=asked.underlying,
            quantity=quantity,
            at=NOW,
            trading_day=NOW.date(),
            **more,
        )
    )


@pytest.mark.requirement("T12")
def test_shares_held_locked_and_covering_are_told_by_underlying(
    shares: SharesPanel, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(shares.model)  # type: ignore[no-untyped-call]
    assert shares.model.plain_rows() == [
        ["50ETF 510050", "60,000", "50,000", "30,000", "10,000", "20,000"],
        ["300ETF 510300", "0", "0", "0", "0", "0"],
    ]


@pytest.mark.fault("F80")
def test_a_lock_goes_out_once_and_its_answer_is_shown(
    qtbot: QtBot, shares: SharesPanel, desk: Desk, gateway: Any, languages: Languages
) -> None:
    shares.quantity.setText("10,000")
    QTest.mouseDClick(shares.lock_button, Qt.MouseButton.LeftButton)
    shares.lock_button.click()
    shares.unlock_button.click()
    assert locks(gateway.sent) == [("510050", 10_000, False)]
    assert not shares.unlock_button.isEnabled()
    assert shares.result.text() == "The counter is being asked…"
    answer(desk, gateway, "lock", 10_000)
    shares.flush()
    assert shares.result.text() == "✓ 50ETF: 10,000 shares locked"
    assert shares.lock_button.isEnabled()
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert shares.result.text() == "✓ 50ETF 已锁定 10,000 份"


def test_a_refused_unlock_says_why(shares: SharesPanel, desk: Desk, gateway: Any) -> None:
    shares.quantity.setText("90000")
    shares.unlock_button.click()
    assert locks(gateway.sent) == [("510050", 90_000, True)]
    answer(desk, gateway, "unlock", 90_000, reason=Reason.SHARES, reason_detail="quantity 90000 | 20000")
    shares.flush()
    assert shares.result.text() == "✕ 50ETF: Not enough shares (needed 90000, available 20000)"


@pytest.mark.parametrize("text", ["", "0", "-5", "1.5", "abc", "１０", "9" * 13, "2000000000"])
def test_what_is_no_number_of_shares_is_refused_in_words(shares: SharesPanel, gateway: Any, text: str) -> None:
    assert parse_quantity(text) is None
    shares.quantity.setText(text)
    shares.lock_button.click()
    assert locks(gateway.sent) == []
    assert shares.result.text() == "✕ Give a whole number of shares above zero"


def test_a_line_lost_while_waiting_opens_the_form_again_when_it_is_back(shares: SharesPanel, desk: Desk) -> None:
    shares.quantity.setText("10000")
    shares.lock_button.click()
    desk.on_link(LinkState.DOWN, "cable pulled")
    shares.flush()
    assert not shares.lock_button.isEnabled()
    desk.on_event(Recovered(last_sequence=0))
    shares.flush()
    assert shares.lock_button.isEnabled()


def test_a_venue_that_cannot_lock_greys_the_form(qtbot: QtBot, desk: Desk, appearance: Appearance) -> None:
    assert desk.venue is not None
    desk.venue = msgspec.structs.replace(desk.venue, capabilities=(Capability.ORDERS,))
    panel = SharesPanel(desk, appearance)
    qtbot.addWidget(panel)
    assert not panel.lock_button.isEnabled()
    assert panel.lock_button.toolTip() == "This venue does not lock shares"
