"""The event library lays its buttons out as wide as it is."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from terminal.domain.messages import ClassEventKind
from terminal.views.training.library import EventLibrary
from terminal.views.training.words import LIBRARY


@pytest.mark.requirement("X8")
@pytest.mark.parametrize(("width", "columns"), [(280, 2), (650, 5), (420, 3)])
def test_the_wider_it_is_the_more_stand_beside_each_other(qtbot: QtBot, width: int, columns: int) -> None:
    library = EventLibrary()
    qtbot.addWidget(library)
    library.show()
    for each in (700, width):
        library.resize(each, 600)
        QApplication.processEvents()
    market = [library.buttons[kind].geometry() for kind in LIBRARY[0][1]]
    assert sum(area.top() == market[0].top() for area in market) == columns
    every: list[QRect] = [button.geometry() for button in library.buttons.values()]
    assert all(not a.intersects(b) for n, a in enumerate(every) for b in every[:n])
    assert max(area.right() for area in every) < width
    assert len(library.buttons) == len(ClassEventKind)


@pytest.mark.requirement("X8")
def test_every_group_is_seen_on_a_small_screen(qtbot: QtBot) -> None:
    library = EventLibrary()
    qtbot.addWidget(library)
    library.show()
    # What a window of 1366 by 768 gives it, less a scroll bar
    library.resize(638, 262)
    QApplication.processEvents()
    assert library.minimumSizeHint().height() <= 262
    for label, _ in library._titles:
        assert label.width() >= label.sizeHint().width()
        assert label.geometry().bottom() < 262
