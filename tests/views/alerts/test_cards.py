"""Cards stay until they are answered: by key, by button, later, and how they press."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.alerts.alert import AlertAction, AlertKind, Level, Standing
from terminal.views.alerts.words import Severity
from terminal.views.appearance import Appearance
from tests.views.alerts.screen_rig import Screen, at, click


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


def test_a_card_of_contracts_of_which_none_is_held_speaks_of_no_total(screen: Screen) -> None:
    coming = screen.sample(AlertKind.ADJUSTMENT_COMING, Level.CARD)
    screen.find(replace(coming, codes=(), quantity=0, money=None))
    (card,) = screen.drawer.cards.values()
    assert not any("Total" in text for text in card.face.painted())


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
