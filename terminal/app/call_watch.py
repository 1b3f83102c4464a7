"""Breaks off a strategy's call that does not end: implements `strategies.calls.CallWatch` for the loop's thread.

A thread of its own raises CallOverran inside the call when its time is over. Python does so at the next step of Python
code, so a loop in a strategy ends; a call in C that does not return is beyond it, and the dead-man watch's.
"""

import ctypes
import threading
import time
from threading import Condition, Thread

from terminal.strategies.calls import CallOverran

#: Far beyond the engine's own limit, which is measured after the call: this is for what never comes back
_FACTOR = 20.0


class CallWatch:
    """Watches calls of the thread that makes it, one at a time."""

    def __init__(self, factor: float = _FACTOR) -> None:
        self._factor = factor
        self._watched = ctypes.c_ulong(threading.get_ident())
        self._wake = Condition()
        self._until: float | None = None
        self._raised = False
        self._started = False
        self._closing = False
        self._thread: Thread | None = None

    def start(self) -> None:
        """Watch from now on; until then calls are only measured."""
        self._started = True

    def arm(self, seconds: float) -> None:
        """A call begins; the first one brings up the thread, which a desk without strategies does without."""
        if self._thread is None and self._started:
            self._thread = Thread(target=self._run, name="call watch", daemon=True)
            self._thread.start()
        # Without the lock: the thread looks often enough by itself, and a call must not pay for a wake-up
        self._raised = False
        self._until = time.monotonic() + seconds * self._factor

    def disarm(self) -> None:
        """It has ended. What was raised too late for it is raised here or taken back, never after this."""
        self._until = None
        with self._wake:
            raised, self._raised = self._raised, False
            if raised:
                # Not delivered yet, or it would have ended the call: taken back
                ctypes.pythonapi.PyThreadState_SetAsyncExc(self._watched, None)

    def close(self) -> None:
        """End the watching thread."""
        self._started = False
        with self._wake:
            self._closing = True
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        with self._wake:
            while not self._closing:
                self._wake.wait(0.05)
                until = self._until
                if until is not None and time.monotonic() > until and not self._raised:
                    self._raised = True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(self._watched, ctypes.py_object(CallOverran))
