"""Toasts, cards and the sheet: what comes up where, what goes by itself, and that nothing takes the keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from terminal.alerts.alert import AlertAction, AlertKind, Level, Standing
from terminal.views.alerts.sounds import Tone
from terminal.views.alerts.toast import LIFE_SECONDS
from terminal.views.alerts.words import Severity
from terminal.views.theme import Appearance
from terminal.views.translation import Languages
from tests.views.alerts.screen_rig import Screen, at
from tests.views.desk_rig import account_report, long_position

Make = Callable[..., Screen]


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def all_at_once(screen: Screen) -> None:
    """A toast, a card and a sheet come up in one breath."""
    screen.find(
        screen.sample(AlertKind.LISTING, Level.TOAST),
        screen.sample(AlertKind.NEAR_EXPIRY, Level.CARD),
        screen.sample(AlertKind.EXERCISE, Level.SHEET),
    )


# ---- where they come up


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


# ---- what they take


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


# ---- toasts


def test_a_toast_goes_after_eight_seconds_and_is_in_the_history(screen: Screen) -> None:
    finding = screen.sample(AlertKind.LISTING, Level.TOAST)
    screen.find(finding)
    for _ in range(int(LIFE_SECONDS) - 1):
        screen.look(1.0)
    assert len(screen.toasts.toasts) == 1
    assert screen.toasts.toasts[0].left_words() == "1 s"
    screen.look(1.0)
    assert not screen.toasts.toasts
    alert = screen.book.get(finding.key)
    assert alert is not None
    assert (alert.standing, alert.acknowledged_by) == (Standing.ACKNOWLEDGED, "")


def test_the_mouse_holds_a_toast(screen: Screen) -> None:
    screen.find(screen.sample(AlertKind.LISTING, Level.TOAST))
    toast = screen.toasts.toasts[0]
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    for _ in range(30):
        screen.look(1.0)
    assert screen.toasts.toasts == [toast]
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    for _ in range(9):
        screen.look(1.0)
    assert not screen.toasts.toasts


def test_three_toasts_at_once_and_the_others_wait(screen: Screen) -> None:
    kinds = (AlertKind.LISTING, AlertKind.BREAKER, AlertKind.SUSPENSION, AlertKind.STALE_DATA, AlertKind.CUSTOM)
    screen.find(*(screen.sample(kind, Level.TOAST) for kind in kinds))
    assert (len(screen.toasts.toasts), screen.toasts.waiting) == (3, 2)
    click(screen.toasts.toasts[0].close_button)
    assert (len(screen.toasts.toasts), screen.toasts.waiting) == (3, 1)
    # A cause that is gone takes its toast along
    screen.find()
    screen.look(1.1)
    assert not screen.toasts.toasts
    assert not screen.toasts.waiting


# ---- cards


def test_a_card_is_acknowledged_by_name_and_the_next_has_the_keyboard(screen: Screen) -> None:
    screen.find(screen.sample(AlertKind.MARGIN, Level.CARD), screen.sample(AlertKind.STALE_DATA, Level.CARD))
    screen.drawer.setFocus()
    first = QApplication.focusWidget()
    assert first is not None
    assert first in screen.drawer.cards.values()
    QTest.keyClick(first, Qt.Key.Key_O)
    screen.look()
    assert len(screen.drawer.cards) == 1
    assert QApplication.focusWidget() is next(iter(screen.drawer.cards.values()))
    over = [a for a in screen.book.history() if a.standing is Standing.ACKNOWLEDGED]
    assert [a.acknowledged_by for a in over] == ["chen"]
    assert screen.drawer.newest.rows[0][3] == "acknowledged"


def test_enter_does_what_a_card_offers_and_arrows_go_from_card_to_card(screen: Screen) -> None:
    screen.find(screen.sample(AlertKind.FORCED_CLOSE, Level.CARD), screen.sample(AlertKind.EXERCISE, Level.CARD))
    screen.drawer.setFocus()
    before = QApplication.focusWidget()
    assert before is not None
    QTest.keyClick(before, Qt.Key.Key_Down)
    after = QApplication.focusWidget()
    assert after is not None
    assert after is not before
    QTest.keyClick(after, Qt.Key.Key_Return)
    QTest.keyClick(before, Qt.Key.Key_Return)
    assert {action for action, _ in screen.done} == {AlertAction.EXERCISE, AlertAction.SHOW_FUNDS}


def test_remind_me_later_by_key_by_choice_and_at_a_time(screen: Screen) -> None:
    findings = [screen.sample(kind, Level.CARD) for kind in (AlertKind.MARGIN, AlertKind.STALE_DATA, AlertKind.WRITER)]
    screen.find(*findings)
    now = screen.desk.clock.now()
    cards = {card.group.kind: card for card in screen.drawer.cards.values() if card.group}
    cards[AlertKind.MARGIN].put_off()
    cards[AlertKind.STALE_DATA].menu.fill()
    choices = [action.text() for action in cards[AlertKind.STALE_DATA].menu.actions() if action.text()]
    assert choices == [
        "Remind me in 5 minutes",
        "Remind me in 10 minutes",
        "Remind me in 30 minutes",
        "Remind me before the open of 11-10 09:10",
    ]
    cards[AlertKind.STALE_DATA].menu.actions()[3].trigger()
    menu = cards[AlertKind.WRITER].menu
    menu.fill()
    menu.take_time("9:00")
    assert menu.complaint is not None
    assert menu.complaint.text() == "time: 9:00 is not accepted: a time of day such as 14:30"
    menu.take_time("09:00")
    assert menu.complaint.text() == "time: 09:00 is not accepted: after 10:30, which is now"
    menu.take_time("14:30")
    until = {a.finding.kind: a.snoozed_until for a in screen.book.alerts()}
    assert until[AlertKind.WRITER] == at("14:30")
    assert until[AlertKind.STALE_DATA] == at("09:10") + timedelta(days=1)
    margin = until[AlertKind.MARGIN]
    assert margin is not None
    assert abs(margin - now - timedelta(minutes=10)) < timedelta(seconds=5)
    screen.look()
    assert not screen.drawer.cards


def test_an_action_is_grey_with_its_reason_and_live_as_soon_as_it_can_be_had(screen: Screen) -> None:
    screen.grey[AlertAction.SHOW_FUNDS] = "Its panel is not in this window"
    screen.find(screen.sample(AlertKind.MARGIN, Level.CARD))
    card = next(iter(screen.drawer.cards.values()))
    assert not card.main.isEnabled()
    assert card.main.toolTip() == "Its panel is not in this window"
    card.act()
    assert not screen.done
    screen.grey.clear()
    screen.look(1.1)
    assert card.main.isEnabled()
    click(card.main)
    assert screen.done[0][0] is AlertAction.SHOW_FUNDS


def test_a_card_counts_down_and_turns_urgent_in_the_last_hour(screen: Screen) -> None:
    finding = replace(screen.sample(AlertKind.WRITER, Level.CARD), deadline=at("11:45"))
    screen.find(finding)
    card = next(iter(screen.drawer.cards.values()))
    text = card.face.text
    assert text is not None
    assert text.severity is Severity.IMPORTANT
    first = card.face.countdown
    screen.move_clock(timedelta(minutes=16))
    screen.look(1.1)
    assert (first, card.face.countdown) == ("1:15:00", "58:59")
    assert card.face.text is not None
    assert card.face.text.severity is Severity.URGENT
    assert card.face.text.head.startswith("Urgent")
    assert card.main.property("role") == "act-urgent"


# ---- the sheet


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


# ---- outside the window


def test_the_gravest_of_what_is_said_is_heard_once(screen: Screen) -> None:
    screen.look(2.0)
    all_at_once(screen)
    assert screen.heard == [Tone.ALARM]
    screen.find(*screen.found)
    assert screen.heard == [Tone.ALARM]
    screen.look(2.0)
    click(screen.drawer.sound)
    assert "muted" in screen.drawer.sound.text()
    screen.find(screen.sample(AlertKind.MARGIN, Level.CARD))
    assert screen.heard == [Tone.ALARM]


def test_who_is_elsewhere_is_told_by_tray_and_task_bar_but_not_of_toasts(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    flashed: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", flashed.append)
    tray = screen.presenter.tray
    screen.find(screen.sample(AlertKind.MARGIN, Level.CARD))
    assert (flashed, tray.told) == ([], [])
    monkeypatch.setattr(screen.window, "isActiveWindow", lambda: False)
    screen.find(*screen.found, screen.sample(AlertKind.LISTING, Level.TOAST))
    assert (flashed, tray.told) == ([], [])
    screen.find(*screen.found, *screen.many(3))
    assert flashed == [screen.window]
    assert [head for head, _ in tray.told] == ["Important · Obligation"]


def test_an_enter_event_is_not_needed_to_read_a_toast_whole(screen: Screen) -> None:
    screen.find(screen.sample(AlertKind.BREAKER))
    toast = screen.toasts.toasts[0]
    QApplication.sendEvent(toast, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert toast.toolTip() == toast.accessibleName()
    assert "Auction until: 10:33:" in toast.toolTip()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))


def test_what_is_gravest_blinks_until_it_is_answered_and_stands_still_where_that_is_wanted(
    screen: Screen, appearance: Appearance
) -> None:
    urgent = replace(screen.sample(AlertKind.FORCED_CLOSE, Level.CARD), deadline=None)
    mild = screen.sample(AlertKind.LISTING, Level.CARD)
    sheet = screen.sample(AlertKind.EXERCISE, Level.SHEET)
    screen.find(urgent, mild, sheet)
    cards = {group.alerts[0].finding.kind: screen.drawer.cards[group.key] for group in screen.book.groups()}
    edge = cards[AlertKind.FORCED_CLOSE]

    def seen() -> list[tuple[bool, bool, bool]]:
        found = []
        for _ in range(8):
            screen.look(0.25)
            found.append((edge.is_dark, screen.sheet.is_dark, cards[AlertKind.LISTING].is_dark))
        return found

    turns = seen()
    # Once a second, both halves alike; what is only told stands still
    assert [dark for dark, _, _ in turns].count(True) == [dark for _, dark, _ in turns].count(True) == 4
    assert not any(told for _, _, told in turns)
    while not edge.is_dark:
        screen.look(0.25)
    dark = edge.grab().toImage().pixelColor(1, 40)
    screen.look(0.5)
    assert edge.grab().toImage().pixelColor(1, 40) == appearance.theme.critical != dark
    appearance.set_still(True)
    assert not any(any(turn) for turn in seen())
    appearance.set_still(False)
    screen.sheet.checked.setChecked(True)
    screen.sheet.acknowledge()
    edge.acknowledge()
    assert not any(dark or sheet_dark for dark, sheet_dark, _ in seen()[1:])


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
