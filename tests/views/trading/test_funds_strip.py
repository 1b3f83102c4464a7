"""The strip of funds: what is needed most, the purchase limit, and the covering shares of one underlying in a line."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Funds, Holding
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import LimitUse
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.trading.funds_panel import FundsArea, FundsPanel
from terminal.views.translation import Languages
from tests.views.desk_rig import account_report, long_position

STRIP = ["equity", "available", "margin", "frozen", "floating", "purchase"]
HELD = Holding(underlying="510050", total=60_000, locked=50_000, covering=50_000)


def tell(desk: Desk, *holdings: Holding) -> None:
    funds = Funds(balance=Decimal("82019.22"), margin=Decimal("37892.88"))
    desk.on_event(account_report(long_position(desk.market.contracts[4].code, 10), funds=funds, holdings=holdings))


@pytest.fixture
def area(qtbot: QtBot, desk: Desk, appearance: Appearance) -> FundsArea:
    tell(desk, HELD)
    area = FundsArea(FundsPanel(desk, appearance))
    qtbot.addWidget(area)
    area.resize(1200, 184)
    area.show()
    return area


def panel_of(area: FundsArea) -> FundsPanel:
    panel = area.widget()
    assert isinstance(panel, FundsPanel)
    return panel


def seen(figures: Sequence[str], panel: FundsPanel) -> list[str]:
    return [name for name in figures if panel.figures[name].isVisible()]


@pytest.mark.requirement("T12")
def test_a_low_panel_is_a_strip_that_needs_no_scrolling_and_a_high_one_has_everything(area: FundsArea) -> None:
    panel = panel_of(area)
    assert panel.is_strip
    assert seen(list(panel.figures), panel) == STRIP
    assert len({panel.figures[name].y() for name in STRIP}) == 1
    assert panel.covered.isVisible()
    assert not panel.shares.isVisible()
    assert not panel.causes.isVisible()
    assert not area.verticalScrollBar().isVisible()
    assert not area.horizontalScrollBar().isVisible()
    area.resize(1400, 500)
    assert not panel.is_strip
    assert len(seen(list(panel.figures), panel)) == len(panel.figures) == 9
    assert panel.shares.isVisible()
    assert not panel.covered.isVisible()
    # Without a figure cut where it is narrow
    area.resize(600, 500)
    QCoreApplication.processEvents()
    assert len({figure.y() for figure in panel.figures.values()}) == 3
    assert not area.horizontalScrollBar().isVisible()


@pytest.mark.requirement("T12")
def test_the_purchase_limit_is_shown_with_what_is_used_of_it(area: FundsArea, desk: Desk, languages: Languages) -> None:
    panel, figure = panel_of(area), panel_of(area).figures["purchase"]
    assert (figure.figure.text(), figure.note.text()) == ("–", "–")
    limit = LimitUse(limit=Reason.LIMIT_PURCHASE, used=Decimal(0), allowed=Decimal(48_000))
    desk.portfolio.take_limits([limit])
    panel.flush()
    position = next(iter(desk.portfolio.positions.values()))
    used = position.average_price * 10 * 10_000
    assert Decimal(figure.figure.text().replace(",", "")) == used
    assert figure.note.text() == f"of 48,000.00 · {used / 480:.1f}%"
    # No individual: the counter names other limits, and none of this kind
    desk.portfolio.take_limits([LimitUse(limit=Reason.LIMIT_ALL_PRODUCTS, used=Decimal(1), allowed=None)])
    panel.flush()
    assert (figure.figure.text(), figure.note.text()) == ("–", "no limit")
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert (figure.label.text(), figure.note.text()) == ("买入额度已用", "无限额")


@pytest.mark.requirement("O4")
def test_a_line_tells_what_the_shares_of_the_chosen_underlying_cover(
    area: FundsArea, desk: Desk, languages: Languages
) -> None:
    panel = panel_of(area)
    line = panel.covered
    assert line.name.text() == "Covering shares 50ETF 510050"
    # (60,000 held - 50,000 that secure) / 10,000 a lot
    assert line.figures.text().split("   ") == ["held 60,000", "locked 50,000", "needed 50,000", "covers 1 lot more"]
    assert (line.state.text(), line.state.property("role")) == ("● fully covered", "ok")
    tell(desk, Holding(underlying="510050", total=60_000, locked=50_000, covering=50_000, short=1_000))
    panel.flush()
    assert (line.state.text(), line.state.property("role")) == ("✕ 1,000 short", "critical")
    line.show_underlying("510300")
    assert line.name.text() == "Covering shares 300ETF 510300"
    assert line.figures.text().startswith("held 0 ")
    assert line.state.text() == ""
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert line.name.text() == "备兑证券 300ETF 510300"


def test_the_line_costs_nothing_where_it_is_not_seen_and_is_new_where_it_comes_up(area: FundsArea, desk: Desk) -> None:
    panel = panel_of(area)
    before = panel.covered.figures.text()
    area.resize(1200, 500)
    tell(desk, Holding(underlying="510050", total=90_000, locked=50_000, covering=50_000))
    panel.flush()
    assert panel.covered.figures.text() == before
    area.resize(1200, 184)
    assert panel.covered.figures.text().startswith("held 90,000 ")


@pytest.mark.requirement("O4")
def test_locking_begins_from_the_line(area: FundsArea) -> None:
    line, asked = panel_of(area).covered, list[tuple[InstructionKind, str]]()
    line.instruction_wanted.connect(lambda kind, code: asked.append((kind, code)))
    for kind in (InstructionKind.LOCK, InstructionKind.UNLOCK):
        QTest.mouseClick(line.buttons[kind], Qt.MouseButton.LeftButton)
    assert asked == [(InstructionKind.LOCK, "510050"), (InstructionKind.UNLOCK, "510050")]
