"""Toasts go by themselves, wait for each other and can be read whole."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication

from terminal.alerts.alert import AlertKind, Level, Standing
from terminal.views.alerts.toast import LIFE_SECONDS
from tests.views.alerts.screen_rig import Screen, click


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


def test_an_enter_event_is_not_needed_to_read_a_toast_whole(screen: Screen) -> None:
    screen.find(screen.sample(AlertKind.BREAKER))
    toast = screen.toasts.toasts[0]
    QApplication.sendEvent(toast, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert toast.toolTip() == toast.accessibleName()
    assert "Auction until: 10:33:" in toast.toolTip()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
