"""The collector of cycles: it rests while the desk is built, and then looks on the screen's thread alone."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from terminal.app import collector
from terminal.app.collector import ScreenCollector


@pytest.fixture
def resting() -> Iterator[None]:
    """A desk's collector, put back as it was."""
    limits = gc.get_threshold()
    collector.rest()
    yield
    gc.set_threshold(*limits)
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def looks(resting: None) -> Iterator[list[int]]:
    """The generations that were looked through from here on."""
    gc.collect()
    seen: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            seen.append(about["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def _litter(count: int = 20_000) -> None:
    for _ in range(count):
        cycle: list[object] = []
        cycle.append(cycle)


def test_it_rests_until_the_desk_is_warm_and_then_leaves_out_what_stands(resting: None) -> None:
    gc.enable()
    assert not collector.resume()
    assert not gc.get_freeze_count()
    collector.rest()
    assert collector.resume()
    assert not gc.isenabled()
    warm = gc.get_freeze_count()
    assert warm > 10_000
    since = [[number] for number in range(5_000)]
    collector.end()
    assert gc.get_freeze_count() >= warm + len(since)


@pytest.mark.fault("F82")
def test_what_qt_owns_is_taken_apart_by_the_screens_thread_whoever_makes_garbage(
    resting: None, qapp: QApplication
) -> None:
    """A cycle with a Qt object in it waits for the frame timer, however much another thread leaves behind."""
    gc.set_threshold(700, 10, 10)
    gone: list[int] = []

    def note() -> None:
        gone.append(threading.get_ident())

    def leave_one_behind() -> None:
        lost = QObject()
        lost.destroyed.connect(note, Qt.ConnectionType.DirectConnection)
        lost.me = lost  # type: ignore[attr-defined]

    screen = ScreenCollector()
    for _ in range(3):
        leave_one_behind()
    thread = threading.Thread(target=_litter)
    thread.start()
    thread.join()
    assert not gone
    screen.flush()
    assert gone == [threading.get_ident()] * 3


def test_it_looks_when_python_would(looks: list[int]) -> None:
    """More than 700 objects a look, after ten of them one deeper, and nothing where nothing is due."""
    gc.set_threshold(700, 10, 10)
    screen = ScreenCollector()
    screen.flush()
    assert looks == []
    for _ in range(12):
        _litter(1_000)
        screen.flush()
    assert looks == [0] * 11 + [1]


def test_the_oldest_are_looked_through_once_they_have_grown_by_a_quarter(looks: list[int]) -> None:
    gc.set_threshold(700, 0, 0)
    gc.freeze()
    screen = ScreenCollector()

    def keep(count: int) -> list[list[int]]:
        return [[number] for number in range(count)]

    def look(times: int = 3) -> list[int]:
        looks.clear()
        for _ in range(times):
            _litter(1_000)
            screen.flush()
        return looks

    assert look()[-1] == 2
    first = keep(20_000)
    # What has just been looked through counts as grown only by what comes on top
    assert 2 in look()
    more = keep(3_000)
    assert 2 not in look()
    most = keep(3_000)
    assert 2 in look()
    assert len(first) + len(more) + len(most) == 26_000


@pytest.mark.parametrize("limits", [(0, 10, 10), (1_000_000, 0, 0)])
def test_it_stays_out_where_it_is_told_to(looks: list[int], limits: tuple[int, int, int]) -> None:
    gc.set_threshold(*limits)
    _litter(5_000)
    ScreenCollector().flush()
    assert looks == []
