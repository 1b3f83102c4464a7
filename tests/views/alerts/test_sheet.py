"""The sheet holds orders back until it is answered, or put off."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.alerts.alert import AlertAction, AlertKind, Level
from tests.views.alerts.screen_rig import Screen, all_at_once, at
from tests.views.desk_rig import account_report, long_position


@pytest.mark.requirement("X6")
def test_the_sheet_is_answered_in_steps_and_orders_go_on(screen: Screen) -> None:
    desk = screen.desk
    finding = screen.sample(AlertKind.ADJUSTMENT_COMING)
    desk.on_event(account_report(long_position(finding.codes[0], 8)))
    screen.find(finding)
    sheet = screen.sheet
    assert screen.book.holding() is not None
    assert sheet.head.text() == "Orders · account A-1"
    assert sheet.state.text() == "On hold: Contracts of 50ETF will be adjusted"
    assert sheet.held.rows == [("50ETF Nov 2.50 Call", "Long 8")]
    assert sheet.checked.text() == "I have checked the 1 position concerned"
    assert "cancels, closing and exercise go on" in sheet.possible.text()
    sheet.acknowledge()
    assert screen.book.holding() is not None
    assert not sheet.confirm.isEnabled()
    sheet.open_up()
    QTest.keyClick(sheet, Qt.Key.Key_Space)
    assert sheet.confirm.isEnabled()
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    screen.look()
    assert screen.book.holding() is None
    assert sheet.isHidden()
    # The keyboard goes back to the ticket it came from
    focused = QApplication.focusWidget()
    assert focused is screen.ticket or (focused is not None and screen.ticket.isAncestorOf(focused))


@pytest.mark.requirement("X6")
def test_the_time_that_is_left_stands_in_the_head_of_the_sheet(screen: Screen) -> None:
    finding = replace(screen.sample(AlertKind.EXERCISE, Level.SHEET), deadline=at("11:45"))
    screen.find(finding)
    sheet = screen.sheet
    # Above what scrolls: it is seen however small the window
    assert sheet.left.text() == "1:15:00" == sheet.face.countdown
    assert sheet.left.isVisible()
    screen.move_clock(timedelta(minutes=16))
    screen.look(1.1)
    assert sheet.left.text() == "58:59"
    # So is that there is more to read than fits
    assert sheet.state.text() == sheet.state.toolTip()
    assert sheet.state.shown.endswith("…")
    screen.find(screen.sample(AlertKind.MARGIN, Level.SHEET))
    assert sheet.left.text() == ""


def test_a_sheet_put_off_lets_orders_go_until_then(screen: Screen) -> None:
    screen.find(screen.sample(AlertKind.MARGIN))
    screen.sheet.menu.fill()
    screen.sheet.menu.actions()[0].trigger()
    screen.look()
    assert screen.sheet.isHidden()
    assert screen.book.holding() is None
    screen.move_clock(timedelta(minutes=6))
    screen.find(*screen.found)
    assert screen.sheet.isVisible()


def test_the_key_brings_the_sheet_up_first_then_does_what_a_card_offers(screen: Screen) -> None:
    all_at_once(screen)
    screen.presenter.act_on_first()
    assert QApplication.focusWidget() is screen.sheet
    assert not screen.done
    screen.find(screen.sample(AlertKind.MARGIN, Level.CARD))
    screen.presenter.act_on_first()
    assert screen.done[-1][0] is AlertAction.SHOW_FUNDS


def test_without_a_ticket_the_sheet_stands_at_the_side_of_the_window(screen: Screen) -> None:
    screen.ticket.hide()
    screen.find(screen.sample(AlertKind.MARGIN))
    assert screen.sheet.parentWidget() is screen.window
    assert screen.sheet.isVisible()
    assert screen.window.rect().contains(screen.sheet.geometry())
    screen.ticket.show()
    screen.look()
    assert screen.sheet.parentWidget() is screen.ticket
    assert screen.sheet.isVisible()
