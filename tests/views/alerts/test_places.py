"""Where reminders come up, and that none of them takes the keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.alerts.alert import AlertAction, AlertKind, Level
from terminal.views.alerts.words import Severity
from terminal.views.translation import Languages
from tests.views.alerts.screen_rig import Make, Screen, all_at_once, click


@pytest.mark.requirement("X6")
def test_each_level_has_its_place(screen: Screen) -> None:
    all_at_once(screen)
    assert [toast.group.kind for toast in screen.toasts.toasts] == [AlertKind.LISTING]
    assert screen.drawer.isAncestorOf(screen.toasts)
    cards = list(screen.drawer.cards.values())
    assert [card.group.kind for card in cards if card.group] == [AlertKind.EXERCISE, AlertKind.NEAR_EXPIRY]
    assert screen.sheet.isVisible()
    assert screen.sheet.parentWidget() is screen.ticket
    assert screen.sheet.geometry() == screen.ticket.rect()
    assert screen.corner.isHidden()
    assert screen.badge.counts == {Severity.CONFIRM: 1, Severity.NOTE: 2}


def test_without_the_drawer_they_come_up_in_the_corner_beside_the_ticket(make: Make) -> None:
    screen = make(with_drawer=False)
    all_at_once(screen)
    corner = screen.corner
    assert corner.isVisible()
    assert corner.isAncestorOf(screen.toasts)
    # What orders wait for stands on the sheet and not here
    assert [card.group.kind for card in corner.cards if card.group] == [AlertKind.NEAR_EXPIRY]
    assert screen.sheet.isVisible()
    # A click that was meant for the send button never meets a reminder
    assert not corner.geometry().intersects(screen.ticket.geometry())
    assert corner.geometry().bottom() > screen.window.height() - 60
    assert not screen.drawer.cards


def test_they_move_to_the_drawer_when_it_is_opened(make: Make) -> None:
    screen = make(with_drawer=False)
    all_at_once(screen)
    screen.drawer.show()
    screen.look()
    assert screen.corner.isHidden()
    assert screen.drawer.isAncestorOf(screen.toasts)
    assert len(screen.drawer.cards) == 2


def test_a_card_put_away_stays_open_and_comes_back_when_it_is_said_again(make: Make) -> None:
    screen = make(with_drawer=False)
    finding = screen.sample(AlertKind.MARGIN, Level.CARD)
    screen.find(finding)
    click(screen.corner.cards[0].tuck)
    assert not screen.corner.cards
    assert screen.corner.isHidden()
    assert screen.badge.total == 1
    screen.answers.put_off_minutes([finding.key], 5)
    screen.look()
    assert screen.badge.isHidden()
    screen.move_clock(timedelta(minutes=6))
    screen.find(finding)
    assert len(screen.corner.cards) == 1


def test_a_hidden_drawer_does_nothing(make: Make) -> None:
    screen = make(with_drawer=False)
    screen.find(*screen.many(50))
    screen.look(1.1)
    assert not screen.drawer.cards
    assert not screen.drawer.newest.rows


@pytest.mark.requirement("X6")
@pytest.mark.parametrize("with_drawer", [True, False])
def test_nothing_takes_the_cursor_from_a_price_that_is_being_typed(make: Make, with_drawer: bool) -> None:
    screen = make(with_drawer=with_drawer)
    line = screen.ticket.price.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "0.05")
    all_at_once(screen)
    assert QApplication.focusWidget() is line
    # The sheet is a strip at the foot of the ticket, so that the price stays in sight
    assert screen.sheet.is_folded
    assert screen.sheet.geometry().top() > line.mapTo(screen.ticket, line.rect().bottomLeft()).y()
    QTest.keyClicks(line, "12")
    for _ in range(20):
        screen.look(0.5)
    assert QApplication.focusWidget() is line
    assert line.text() == "0.0512"
    screen.find()
    assert QApplication.focusWidget() is line
    assert line.text() == "0.0512"


def test_the_sheet_unfolds_when_the_field_is_left(screen: Screen) -> None:
    line = screen.ticket.price.line
    line.setFocus()
    all_at_once(screen)
    assert screen.sheet.is_folded
    screen.drawer.sound.setFocus()
    screen.look()
    assert not screen.sheet.is_folded
    assert screen.sheet.geometry() == screen.ticket.rect()


def test_a_click_on_a_card_leaves_the_cursor_where_it_was(screen: Screen) -> None:
    line = screen.ticket.price.line
    line.setFocus()
    screen.find(screen.sample(AlertKind.MARGIN, Level.CARD))
    card = next(iter(screen.drawer.cards.values()))
    click(card.main)
    assert screen.done[-1][0] is AlertAction.SHOW_FUNDS
    assert QApplication.focusWidget() is line


@pytest.mark.parametrize("with_drawer", [True, False])
def test_what_stands_on_the_screen_follows_the_language(make: Make, languages: Languages, with_drawer: bool) -> None:
    screen = make(with_drawer=with_drawer)
    all_at_once(screen)
    languages.use("zh_CN")
    QApplication.processEvents()
    cards = list(screen.drawer.cards.values()) if with_drawer else screen.corner.cards
    told = [card for card in cards if card.group is not None and not card.group.holds_orders]
    assert [card.seen.text() for card in told] == ["知道了"]
    assert "临近到期" in "".join(told[0].face.painted())
    (toast,) = screen.toasts.toasts
    assert "加挂" in "".join(toast.lines())
    assert "行权" in "".join(screen.sheet.face.painted())
    assert "恢复" in screen.sheet.confirm.text()
