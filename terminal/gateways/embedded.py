"""The venue beside the desk: started as a process of its own, found again after a crash of either.

A venue writes its address into `venue.json` of its data folder once it listens. The desk starts one only when no
process answers there; the journal's lock keeps two from sharing a folder.
"""

import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from terminal.domain.errors import LinkError, VenueStarting

logger = logging.getLogger(__name__)
ADDRESS_FILE = "venue.json"
_LOG_FILE = "venue.log"
#: Not more often than this, so that a venue that cannot start does not become a crash loop (F20)
_RESTART_PAUSE_SECONDS = 3.0
_MAX_STARTS = 20


class EmbeddedVenue:
    """Knows where the venue of a data folder listens, and starts it when it does not run."""

    def __init__(self, data_dir: Path, arguments: Sequence[str]) -> None:
        self._data_dir = data_dir
        self._arguments = tuple(arguments)
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = -_RESTART_PAUSE_SECONDS
        self._starts = 0
        self._failure = ""
        """The last words of a start that came to nothing, until one succeeds"""

    def address(self) -> tuple[str, int]:
        """Host and port now; starts the venue when its process is gone.

        Raises VenueStarting while it is starting, LinkError with its last words when it cannot start: also while it is
        tried again, so that what a person must know does not come and go.
        """
        known = read_address(self._data_dir)
        if known is not None and _answers(known[0]):
            self._failure = ""
            return "127.0.0.1", known[0]
        if self._process is not None and self._process.poll() is None:
            raise self._not_yet("the venue is starting")
        if self._process is not None and self._process.returncode > 0:
            self._failure = self._last_words()
        self._start()
        raise self._not_yet("the venue was started")

    def begin(self) -> None:
        """Start it unless it runs; what keeps it from that is told by `address`, which tries again."""
        with suppress(LinkError, OSError):
            self.address()

    def _not_yet(self, said: str) -> LinkError:
        return LinkError(f"the venue ended: {self._failure}") if self._failure else VenueStarting(said)

    def told_address(self) -> str:
        """Where it says it listens, HOST:PORT; empty before it does."""
        known = read_address(self._data_dir)
        return f"127.0.0.1:{known[0]}" if known else ""

    def end(self, patience_seconds: float = 5.0) -> None:
        """End the process that was started here, as its own stop does; one that was found running is left alone."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            logger.warning("the venue did not end within %g s and is killed", patience_seconds)
            process.kill()
            process.wait()

    @property
    def process_id(self) -> int | None:
        """The venue's process, ours or one found running."""
        known = read_address(self._data_dir)
        return known[1] if known else None

    def _start(self) -> None:
        now = time.monotonic()
        if self._starts and now - self._started_at < _RESTART_PAUSE_SECONDS:
            raise LinkError(f"the venue ended: {self._last_words()}")
        if self._starts >= _MAX_STARTS:
            raise LinkError(f"the venue ended {self._starts} times and is not started again: {self._last_words()}")
        self._starts += 1
        self._started_at = now
        self._data_dir.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "terminal", "serve", "--data-dir", str(self._data_dir), *self._arguments]
        logger.info("starting the embedded venue")
        with (self._data_dir / _LOG_FILE).open("ab") as log:
            # A session of its own: a Ctrl-C for the desk must not take the venue with it, it has orders to cancel
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=os.name == "posix"
            )

    def _last_words(self) -> str:
        try:
            lines = (self._data_dir / _LOG_FILE).read_text("utf-8", "replace").strip().splitlines()
        except OSError:
            return "no log"
        return lines[-1][:300] if lines else "no output"


def write_address(data_dir: Path, port: int) -> None:
    """Tell desks where this process listens; replaced in one step so that nobody reads half of it."""
    draft = data_dir / f"{ADDRESS_FILE}.new"
    draft.write_text(json.dumps({"port": port, "process": os.getpid()}))
    os.replace(draft, data_dir / ADDRESS_FILE)


def clear_address(data_dir: Path) -> None:
    """Take the address away before the venue ends."""
    (data_dir / ADDRESS_FILE).unlink(missing_ok=True)


def read_address(data_dir: Path) -> tuple[int, int] | None:
    """Port and process of the venue of a folder; None when none has been told."""
    try:
        told = json.loads((data_dir / ADDRESS_FILE).read_text())
        port, process = int(told["port"]), int(told["process"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    return (port, process) if 0 < port < 65536 else None


def _answers(port: int) -> bool:
    """Whether something listens there; asked by connecting, which is the same on every system."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True
