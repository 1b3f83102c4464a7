"""What holds for every test: nothing is left running, nothing unexpected is logged, nothing of the user is touched.

The rule: a test that leaves a thread, task, event loop, timer or window behind fails and names it, and so does one
that logs a warning it did not announce with `expected_warnings`.
"""

import asyncio
import gc
import logging
import os
import re
import sys
import threading
import time
import weakref
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator
from pathlib import Path

# Before Qt decides on a platform: a test that opens windows on a developer's screen takes the focus from him
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

# One run is like another, on a slow machine too; `--hypothesis-profile=search` looks for new examples
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.register_profile("search", deadline=None, max_examples=2000, database=None)
settings.load_profile("ci")

THREAD_GRACE = 1.0


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, journals and caches go below tmp_path, on each system by its own variables."""
    home = tmp_path / "home"
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for kind in ("APPDATA", "LOCAL_APPDATA"):
        # Windows answers from the registry; these are the overrides that platformdirs reads first
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{kind}", str(home / kind.lower()))


@pytest.fixture(autouse=True)
def _collects_where_qt_lives(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep the collector out of the threads of a test with a screen: it would take Qt's objects apart there."""
    limits = gc.get_threshold()
    if "qapp" in request.fixturenames:
        # Not switched off: a desk would take that for its own collector, which has rested while it was built
        gc.set_threshold(0, *limits[1:])
    yield
    gc.set_threshold(*limits)


class _WarningWatch(logging.Handler):
    """Keeps each record from WARNING upwards, and the patterns a test announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.patterns: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def complaints(self) -> list[str]:
        """Return the records nobody announced and the announcements that did not come true."""
        unexpected = [line for line in self.lines if not any(re.search(pattern, line) for pattern in self.patterns)]
        missing = [pattern for pattern in self.patterns if not any(re.search(pattern, line) for line in self.lines)]
        return [f"logged unexpectedly: {line}" for line in unexpected] + [
            f"announced but never logged: {pattern}" for pattern in missing
        ]


@pytest.fixture(autouse=True)
def _warning_watch() -> Iterator[_WarningWatch]:
    watch = _WarningWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expected_warnings(_warning_watch: _WarningWatch) -> Callable[[str], None]:
    """Announce a warning or error that the test provokes, by a pattern searched in "LEVEL logger: message"."""
    return _warning_watch.patterns.append


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + THREAD_GRACE
    left = []
    for thread in set(threading.enumerate()) - before:
        # A dummy stands for a thread of Qt's that once called Python; it says nothing about that thread's life
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                left.append(thread)
    if left:
        pytest.fail(f"left running: {', '.join(map(repr, left))}", pytrace=False)


@pytest.fixture(autouse=True)
def _no_event_loop_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    loops: weakref.WeakSet[AbstractEventLoop] = weakref.WeakSet()
    original = asyncio.BaseEventLoop.__init__

    def remember(self: asyncio.BaseEventLoop) -> None:
        original(self)
        loops.add(self)

    monkeypatch.setattr(asyncio.BaseEventLoop, "__init__", remember)
    yield
    left = [f"task {task!r}" for loop in loops for task in asyncio.all_tasks(loop)]
    left += [f"open event loop {loop!r}" for loop in loops if not loop.is_closed()]
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def _no_timer_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    started: weakref.WeakKeyDictionary[QTimer, str] = weakref.WeakKeyDictionary()
    original = QTimer.start

    def remember(self: QTimer, *interval: int, **named: int) -> None:
        caller = sys._getframe(1)
        started[self] = f"{caller.f_code.co_filename}:{caller.f_lineno}"
        original(self, *interval, **named)

    monkeypatch.setattr(QTimer, "start", remember)
    yield
    left = [
        f"timer of {timer.interval()} ms started at {where}"
        for timer, where in started.items()
        if shiboken6.isValid(timer) and timer.isActive()
    ]
    if left:
        pytest.fail("left running: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def _no_key_held() -> Iterator[None]:
    """Let go of Ctrl and Shift: Qt takes those of the last event for held down, whichever test it was sent in."""
    yield
    if isinstance(QApplication.instance(), QApplication) and QApplication.keyboardModifiers():
        nobody = QWidget()
        QTest.keyRelease(nobody, Qt.Key.Key_Control)
        nobody.deleteLater()


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    before = {_address(widget) for widget in _top_level_widgets()}
    yield
    if not any(_address(widget) not in before for widget in _top_level_widgets()):
        return
    # Only now, as it is slow: what merely waits to be deleted, by Qt or by Python, is not left behind
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [widget for widget in _top_level_widgets() if _address(widget) not in before]
    names = [f"{type(widget).__name__} {widget.objectName()!r} titled {widget.windowTitle()!r}" for widget in left]
    for widget in left:
        # So that the next test is not blamed for it
        widget.close()
        widget.deleteLater()
    if names:
        pytest.fail("left on screen: " + "; ".join(names), pytrace=False)


def _top_level_widgets() -> list[QWidget]:
    return QApplication.topLevelWidgets() if isinstance(QApplication.instance(), QApplication) else []


def _address(widget: QWidget) -> int:
    address: int = shiboken6.getCppPointer(widget)[0]
    return address


@pytest.fixture
def qt_loop(qapp: QApplication) -> Iterator[AbstractEventLoop]:
    """Give the event loop of the real desk, asyncio on top of Qt's; tests without Qt use `asyncio.run`."""
    from qasync import QEventLoop

    loop: AbstractEventLoop = QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    yield loop
    loop.close()
    asyncio.set_event_loop(None)
    # WORKAROUND: a closed loop of qasync keeps its timers until they are due, and it is a cycle: whichever thread the
    # collector runs in would take it apart, and only Qt's own can stop its timers
    shiboken6.delete(loop._timer)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of reference data beside the checkout; the test is skipped where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the reference data (../shared/data beside the checkout) is not here; it may not be shipped")
    return folder
