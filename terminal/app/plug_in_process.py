"""The process of a plug-in's worker: started, written to, read and killed from threads, so that the loop never waits.

Started with this program's interpreter and nothing of this program's environment but what Python and the system need:
no password, no data folder. It ends when its pipe closes, so none outlives the desk however that ends.
"""

import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import terminal
from terminal.app.process_memory import memory_bytes
from terminal.domain.errors import LinkError, ascii_safe
from terminal.strategies.plug_ins.frames import MAX_WORKER_FRAME_BYTES, read_body

logger = logging.getLogger(__name__)
_MODULE = "terminal.app.plug_in_worker"
#: Frames that may wait for a worker which does not read; one that asks and waits has one or two
_WAITING_FRAMES = 64
#: Frames of a worker that the loop has not seen yet: it is read no further
_UNSEEN_FRAMES = 8
#: What it prints: kept of it, and more than anybody reads in ten seconds
_KEPT_OUTPUT_BYTES = 64_000
_MOST_OUTPUT_BYTES, _OUTPUT_SECONDS = 4_000_000, 10.0
_SHOWN_OUTPUT = 2_000
#: CREATE_NO_WINDOW and BELOW_NORMAL_PRIORITY_CLASS of the Windows API; elsewhere the worker lowers itself
_CREATION = 0x08004000 if sys.platform == "win32" else 0
_PASSED_ON = (
    *("PATH", "HOME", "USERPROFILE", "LANG", "LC_ALL", "LC_CTYPE", "TZ"),
    *("TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
)


class WorkerProcess:
    """Implements `strategies.plug_ins.session.Worker`; what comes of it is told in the loop's thread."""

    def __init__(
        self,
        loop: AbstractEventLoop,
        on_frame: Callable[[bytes], None],
        on_end: Callable[[str], None],
        *,
        name: str = "plug-in",
    ) -> None:
        self._loop = loop
        self._on_frame = on_frame
        self._on_end = on_end
        self._name = name
        self._outgoing: queue.Queue[bytes | None] = queue.Queue(_WAITING_FRAMES)
        self._room = threading.Semaphore(_UNSEEN_FRAMES)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_killed = False
        self._is_awaited = False
        self._cause = ""
        self._output: deque[bytes] = deque()
        self._thread = threading.Thread(target=self._run, name=f"{name} writer", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int | None:
        """Of the process, while it is there."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    @property
    def output(self) -> str:
        """The newest of what it has printed."""
        return b"".join(list(self._output)).decode("utf-8", "replace")

    def send(self, data: bytes) -> bool:
        """Hand it a frame without waiting; False when it has not read what was sent before."""
        try:
            self._outgoing.put_nowait(data)
        except queue.Full:
            return False
        return True

    def memory_bytes(self) -> int | None:
        """What it has in memory; None where that cannot be told."""
        process_id = self.process_id
        return None if process_id is None else memory_bytes(process_id)

    def kill(self) -> None:
        """End it at once, without waiting; nothing of it is told any more."""
        with self._lock:
            self._is_killed = True
            self._kill_group()
        self._room.release()
        with suppress(queue.Full):
            self._outgoing.put_nowait(None)

    def join(self, seconds: float) -> bool:
        """Wait for the end of a process that was killed; False when it takes longer."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    # ---- threads

    def _run(self) -> None:
        """Start the process, write what is handed in, see it to its end."""
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", _MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=environment(os.environ),
                # A group of its own: a Ctrl-C for the desk is not for it, and what it starts ends with it
                start_new_session=os.name == "posix",
                creationflags=_CREATION,
            )
        except OSError as error:
            self._tell(self._on_end, f"its process cannot be started: {error}")
            return
        with self._lock:
            self._process = process
            if self._is_killed:
                self._kill_group()
        readers = [
            threading.Thread(target=work, args=(process,), name=f"{self._name} {word}", daemon=True)
            for word, work in (("reader", self._read), ("output", self._drain))
        ]
        for reader in readers:
            reader.start()
        try:
            self._write(process)
        finally:
            with self._lock:
                self._kill_group()
                self._is_awaited = True
            code = process.wait()
            for reader in readers:
                reader.join()
            for pipe in (process.stdin, process.stdout, process.stderr):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            if not self._is_killed:
                last = self.output.strip()[-_SHOWN_OUTPUT:]
                if last:
                    logger.info("%s printed last: %s", self._name, ascii_safe(last))
                self._tell(self._on_end, self._cause or f"its process has ended, exit code {code}")

    def _write(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        while (data := self._outgoing.get()) is not None:
            view = memoryview(data)
            try:
                while view:
                    view = view[process.stdin.write(view) or 0 :]
            except OSError:
                return

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        try:
            while (body := read_body(process.stdout.read, MAX_WORKER_FRAME_BYTES)) is not None:
                self._room.acquire()
                if self._is_killed or not self._tell(self._take, body):
                    break
        except LinkError as error:
            self._cause = f"its process sends {error}"
        except (OSError, ValueError):
            pass
        self._end()

    def _drain(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stderr is not None
        since, count, kept = time.monotonic(), 0, 0
        with suppress(OSError, ValueError):
            while part := process.stderr.read(8_192):
                self._output.append(part)
                kept += len(part)
                while kept > _KEPT_OUTPUT_BYTES:
                    kept -= len(self._output.popleft())
                now = time.monotonic()
                if now - since > _OUTPUT_SECONDS:
                    since, count = now, 0
                count += len(part)
                if count > _MOST_OUTPUT_BYTES:
                    # Read no further: it waits in its own print until it is killed
                    self._cause = f"prints more than {_MOST_OUTPUT_BYTES // 1_000_000} MB in {_OUTPUT_SECONDS:.0f} s"
                    self._end()
                    return

    def _end(self) -> None:
        """Let the writer go on to the end."""
        with self._lock:
            self._kill_group()
        with suppress(queue.Full):
            self._outgoing.put_nowait(None)

    def _kill_group(self) -> None:
        """Kill it and what it has started; under the lock, and never once its number may be another's."""
        process = self._process
        if process is None or self._is_awaited:
            return
        with suppress(OSError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)

    # ---- in the loop

    def _take(self, body: bytes) -> None:
        try:
            if not self._is_killed:
                self._on_frame(body)
        finally:
            self._room.release()

    def _tell(self, what: Callable[..., None], argument: object) -> bool:
        try:
            self._loop.call_soon_threadsafe(what, argument)
        except RuntimeError:
            # The loop has ended, and with it the desk
            return False
        return True


def environment(of_desk: Mapping[str, str]) -> dict[str, str]:
    """What a worker has of the desk's environment, and where it finds this program."""
    passed = {name: of_desk[name] for name in _PASSED_ON if name in of_desk}
    program = Path(terminal.__file__).resolve().parent.parent
    known = [part for part in of_desk.get("PYTHONPATH", "").split(os.pathsep) if part]
    if program.name not in ("site-packages", "dist-packages"):
        known.insert(0, str(program))
    if known:
        passed["PYTHONPATH"] = os.pathsep.join(known)
    # One core is the desk's; and a plug-in that was just edited must not run from what was compiled before
    return passed | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
