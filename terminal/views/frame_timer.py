"""The one timer that repaints: thirty-two times a second it asks every visible view to show what has changed.

Nobody else starts a repaint timer. Handlers of events only mark what is stale; `flush()` of a view does the work.

Who need not be quick is served on the beat, four times a second, and who may be slow on every second or eighth beat: so
they all change on the same frames, and Qt paints the window once for all of them. Served each at its own frames they
took 7 % more of the processor, which finds its caches empty whenever it wakes up.
"""

import time
from bisect import bisect_left
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

FRAMES_PER_SECOND = 32
#: Frames from one beat to the next
BEAT = FRAMES_PER_SECOND // 4
INTERVAL_MS = 1000 // FRAMES_PER_SECOND
#: How long it is remembered which tab is in front where nobody tells that another came up
_REMEMBERED_FRAMES = 2 * FRAMES_PER_SECOND
#: Upper ends of the histogram's classes, milliseconds by which a tick came late; the last class is open
GAP_CLASSES_MS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


#: Frames from one service to the next, at least 1
Pace = Callable[[], int]


class View(Protocol):
    """What a frame timer can serve: a widget that knows how to show its changes."""

    def flush(self) -> None:
        """Show what has changed since the last call."""

    def isVisible(self) -> bool:
        """Whether it is on screen."""


class FrameTimer(QObject):
    """Calls `flush()` of visible views and measures how late the event loop lets it come. `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float] = time.perf_counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._views: list[tuple[View, int | Pace]] = []
        self._serves_all = False
        self._in_window: dict[View, bool] = {}
        """Of views asked lately, whether another's tab covers them not"""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.tick)
        self._expected: float | None = None
        self.frames = 0
        self.worst_gap_ms = 0.0
        """The latest that a tick has come"""
        self.gaps = [0] * (len(GAP_CLASSES_MS) + 1)
        """How many ticks came late by up to each of GAP_CLASSES_MS, the last by more"""

    def register(self, view: View, every: int | Pace = 1) -> None:
        """Serve a view at every n-th frame; one whose pace changes gives it itself, asked while it can be seen."""
        self._views.append((view, every if callable(every) else max(1, every)))

    def unregister(self, view: View) -> None:
        """Serve a view no longer."""
        self._views = [entry for entry in self._views if entry[0] is not view]
        self._in_window.pop(view, None)

    def start(self) -> None:
        """Begin."""
        self._expected = None
        self._timer.start()

    def stop(self) -> None:
        """End; a tick under way still finishes."""
        self._timer.stop()

    def reset_gaps(self) -> None:
        """Count gaps from here on, e.g. once starting is over."""
        self.worst_gap_ms = 0.0
        self.gaps = [0] * len(self.gaps)

    def tick(self) -> None:
        """One frame."""
        now = self._monotonic()
        if self._expected is not None:
            self._measure(max(0.0, now - self._expected) * 1000)
        self._expected = now + INTERVAL_MS / 1000
        self.frames += 1
        if self._serves_all:
            self.serve_all()
            return
        frames = self.frames
        if not frames % _REMEMBERED_FRAMES:
            self._in_window.clear()
        for view, every in self._views:
            if isinstance(every, int):
                due = not frames % every and self._on_screen(view)
            else:
                due = self._on_screen(view) and not frames % every()
            if due:
                view.flush()

    def serve_all(self) -> None:
        """Serve every visible view now, whatever its pace: before a picture is taken."""
        self._serves_all = False
        self._in_window.clear()
        for view, _ in self._views:
            if self._on_screen(view):
                view.flush()

    def serve_all_next(self) -> None:
        """Serve every visible view at the next frame: a panel has come up that was left alone until now."""
        self._serves_all = True

    def _on_screen(self, view: View) -> bool:
        # A view that a closed window took with it is a dead C++ object behind a living Python one
        if isinstance(view, QObject) and not isValid(view):
            return False
        if not view.isVisible():
            return False
        found = self._in_window.get(view)
        if found is None:
            # Which tab is in front seldom changes, and whoever brings up another asks for `serve_all_next`
            found = self._in_window[view] = not isinstance(view, QWidget) or _in_window(view)
        return found

    def _measure(self, late_ms: float) -> None:
        self.worst_gap_ms = max(self.worst_gap_ms, late_ms)
        self.gaps[bisect_left(GAP_CLASSES_MS, late_ms)] += 1


def _in_window(view: QWidget) -> bool:
    """Whether it lies inside its window: Qt calls a dock behind another's tab visible and puts it left of and above."""
    end = view.mapTo(view.window(), QPoint(view.width(), view.height()))
    return end.x() > 0 and end.y() > 0
