"""Choosing step by step, and the rail."""

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QTreeWidgetItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.domain.contracts import Right
from terminal.domain.market_data import Column
from terminal.domain.messages import DayOpened
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.picker import Picker
from terminal.views.series_rail import NARROW_WIDTH, SeriesRail
from terminal.views.translation import Languages


def days_left(expiry: date) -> int:
    return (expiry - date(2026, 11, 9)).days


@pytest.fixture
def picker(qtbot: QtBot, desk: Desk, appearance: Appearance) -> Picker:
    picker = Picker(desk, appearance, days_left=days_left)
    qtbot.addWidget(picker)
    picker.flush()
    return picker


@pytest.fixture
def rail(qtbot: QtBot, desk: Desk, appearance: Appearance) -> SeriesRail:
    rail = SeriesRail(desk, appearance, days_left=days_left)
    qtbot.addWidget(rail)
    rail.flush()
    return rail


def texts(buttons: list[QAbstractButton]) -> list[str]:
    return [button.text() for button in buttons]


def branch(rail: SeriesRail, place: int) -> QTreeWidgetItem:
    item = rail.tree.topLevelItem(place)
    assert item is not None
    return item


def leaf(rail: SeriesRail, place: int, child: int) -> QTreeWidgetItem:
    item = branch(rail, place).child(child)
    assert item is not None
    return item


@pytest.mark.requirement("T3")
def test_four_steps_lead_to_one_contract(qtbot: QtBot, picker: Picker) -> None:
    assert texts(picker.underlyings.buttons()) == ["50ETF", "300ETF"]
    picker.underlyings.buttons()[1].click()
    picker.rights.buttons()[1].click()
    assert texts(picker.months.buttons()) == ["Nov\n16 d", "Dec\n44 d"]
    picker.months.buttons()[1].click()
    assert [row[0] for row in picker.model.plain_rows()] == ["3.100", "3.200", "3.300", "3.400", "3.500"]
    with qtbot.waitSignal(picker.contract_chosen) as chosen:
        picker.strikes.clicked.emit(picker.model.index(2, 0))
    contract = picker._desk.market.contract(chosen.args[0])
    assert contract is not None
    assert contract.trading_code == "510300P2612M03300"
    assert "510300P2612M03300" in picker._terms.text()


def test_moneyness_is_said_in_words(picker: Picker) -> None:
    picker.set_right(Right.CALL)
    rows = picker.model.plain_rows()
    assert rows[0][1] == "ITM 3.2%"
    assert rows[-1][1] == "OTM 4.8%"


def test_an_adjusted_series_is_a_month_of_its_own(picker: Picker, desk: Desk) -> None:
    day = desk.market.day
    assert day is not None
    base = day.contracts[0]
    adjusted = dataclasses.replace(
        base, code="10009999", trading_code=base.trading_code.replace("M", "A"), multiplier=10_132
    )
    desk.on_event(
        DayOpened(trading_day=day.trading_day, underlyings=day.underlyings, contracts=(*day.contracts, adjusted))
    )
    picker.flush()
    assert texts(picker.months.buttons()) == ["Nov A\n16 d", "Nov\n16 d", "Dec\n44 d"]
    picker.months.buttons()[0].click()
    assert [c.code for c in picker.offered()] == ["10009999"]


def test_prices_move_at_the_flush(picker: Picker, desk: Desk) -> None:
    code = picker.offered()[0].code
    desk.market.quotes[desk.market.row_of[code], Column.LAST] = 1234
    picker.flush()
    assert picker.model.plain_rows()[0][2] == "0.1234"


def test_following_a_contract_tells_nobody(qtbot: QtBot, picker: Picker) -> None:
    with qtbot.assertNotEmitted(picker.contract_chosen):
        picker.show_contract("10000015")
    assert "10000015" in picker._terms.text()
    picker.show_contract("99999999")


def test_the_model_of_the_strikes_keeps_the_rules_of_qt(picker: Picker, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(picker.model)
    picker.set_underlying("510300")


def test_words_change_with_the_language(picker: Picker, languages: Languages) -> None:
    languages.use("zh_CN")
    picker.changeEvent(QEvent(QEvent.Type.LanguageChange))
    picker.flush()
    assert texts(picker.rights.buttons()) == ["认购", "认沽"]
    assert texts(picker.months.buttons())[0].startswith("11月")


def test_the_rail_shows_series_with_days_left_and_the_underlying_moving(rail: SeriesRail, desk: Desk) -> None:
    top = branch(rail, 0)
    assert [top.text(column) for column in range(3)] == ["50ETF", "2.480", "\u22120.40%"]
    assert [(leaf(rail, 0, n).text(0), leaf(rail, 0, n).text(1)) for n in range(2)] == [("Nov", "16"), ("Dec", "44")]
    desk.market.quotes[0, Column.LAST] = 25_000
    rail.flush()
    assert top.text(1) == "2.500"


def test_the_rail_tells_what_was_clicked(qtbot: QtBot, rail: SeriesRail) -> None:
    top = branch(rail, 1)
    with qtbot.waitSignal(rail.series_chosen) as chosen:
        rail.tree.itemClicked.emit(leaf(rail, 1, 1), 0)
    assert chosen.args == [("510300", date(2026, 12, 23), "M")]
    with qtbot.waitSignal(rail.underlying_chosen) as chosen:
        rail.tree.itemClicked.emit(top, 0)
    assert chosen.args == ["510300"]


def test_the_narrow_rail_offers_the_same_series(qtbot: QtBot, rail: SeriesRail) -> None:
    rail.set_narrow(True)
    assert rail.maximumWidth() == NARROW_WIDTH
    assert rail.strip.count() == 4
    assert rail.strip.item(3).text() == "300\nDec"
    with qtbot.waitSignal(rail.series_chosen) as chosen:
        rail.strip.itemClicked.emit(rail.strip.item(3))
    assert chosen.args == [("510300", date(2026, 12, 23), "M")]
    rail.show_series(("510050", date(2026, 11, 25), "M"))
    assert rail.strip.currentRow() == 0
    current = rail.tree.currentItem()
    assert current is not None
    assert current.text(0) == "Nov"


def test_keys_work_in_the_tree(qtbot: QtBot, rail: SeriesRail) -> None:
    rail.tree.setCurrentItem(leaf(rail, 0, 0))
    with qtbot.waitSignal(rail.series_chosen):
        QTest.keyClick(rail.tree, Qt.Key.Key_Return)
