"""Who does not look at the window is told by sound, tray and task bar."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from terminal.alerts.alert import AlertKind, Level
from terminal.views.alerts.sounds import Tone
from tests.views.alerts.screen_rig import Screen, all_at_once, click


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
