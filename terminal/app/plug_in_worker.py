"""The worker of one plug-in: the program of its process, run by `python -m terminal.app.plug_in_worker`.

It has a pipe to the desk and nothing else of it: no line to the venue, no journal, no settings. It is not a sandbox:
the plug-in has the user's rights on this computer. It ends when the pipe closes, also while a call does not end, and
also when that is a call in C which holds the interpreter.
"""

import faulthandler
import os
import queue
import sys
import threading
import time
import traceback
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from terminal.domain.errors import BadInput, LinkError, shown
from terminal.strategies.parameters import parameters_from
from terminal.strategies.plug_ins import frames
from terminal.strategies.plug_ins.loading import LoadedPlugIn, load_plug_in
from terminal.strategies.plug_ins.worker_ask import WorkerAsk
from terminal.strategies.plug_ins.worker_view import WorkerView
from terminal.strategies.protocol import API_VERSION, Strategy

#: Lines that are kept for the next frame, and how long one may be
_NOTES, _NOTE_LENGTH = 200, 500
_NOTICED = 50
_POLITENESS = 5
#: A process whose threads have not run for so long is ended from outside the interpreter
_STUCK_SECONDS, _SIGN_OF_LIFE_SECONDS = 5.0, 1.0
_STARTS = frozenset(
    {
        *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"),
        *("os.startfile", "os.startfile/2", "pty.spawn", "_winapi.CreateProcess"),
    }
)
_CONNECTS = frozenset({"socket.connect", "socket.bind", "socket.sendto"})


class DeskPipe:
    """The pipe to the desk: events and answers in, everything else out."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._lock = threading.Lock()
        self._asking = threading.Lock()
        self._answers: queue.SimpleQueue[frames.Answer] = queue.SimpleQueue()
        self.events: queue.SimpleQueue[frames.Open | frames.Day | frames.Event] = queue.SimpleQueue()
        self._notes: deque[str] = deque(maxlen=_NOTES)
        self._noticed: deque[str] = deque(maxlen=_NOTICED)
        self._seen: set[str] = set()

    def read(self) -> NoReturn:
        """Sort what comes in, to the end of the process."""
        with suppress(LinkError, OSError, ValueError):
            while (body := frames.read_body(self._incoming.read, frames.MAX_DESK_FRAME_BYTES)) is not None:
                frame = frames.decode_of_desk(body)
                if isinstance(frame, frames.Answer):
                    self._answers.put(frame)
                else:
                    self.events.put(frame)
        os._exit(0)

    def send(self, frame: frames.OfWorker) -> None:
        """Write a frame, and ahead of it the lines that wait."""
        with self._lock:
            notes, noticed = _emptied(self._notes), _emptied(self._noticed)
            data = frames.framed(frames.Said(notes=notes, noticed=noticed)) if notes or noticed else b""
            try:
                self._outgoing.write(data + frames.framed(frame))
                self._outgoing.flush()
            except OSError:
                os._exit(0)

    def ask(self, asked: frames.Ask) -> frames.Answer:
        """Ask the desk and wait for what it says."""
        with self._asking:
            self.send(asked)
            return self._answers.get()

    def say(self, text: str) -> None:
        """Keep a line for the strategy's log; of many the newest."""
        self._notes.append(text[:_NOTE_LENGTH])

    def notice(self, what: str) -> None:
        """Keep what it does that somebody may want to know, once each."""
        if what not in self._seen and len(self._seen) < _NOTICED:
            self._seen.add(what)
            self._noticed.append(what[:_NOTE_LENGTH])


class Caller:
    """Makes the calls of a strategy."""

    def __init__(self, pipe: DeskPipe, loaded: LoadedPlugIn, strategy: Strategy) -> None:
        self._pipe = pipe
        self._loaded = loaded
        self._strategy = strategy
        self._ask = WorkerAsk(self._ask_desk, pipe.say)
        self._view = WorkerView(time.perf_counter, self._ask.width)

    def run(self) -> NoReturn:
        """Make the calls that come in, to the end of the process."""
        while True:
            frame = self._pipe.events.get()
            if isinstance(frame, frames.Day):
                self._view.open_day(frame)
            elif isinstance(frame, frames.Event):
                self._call(frame)

    def _call(self, event: frames.Event) -> None:
        self._view.take(event.snapshot)
        try:
            if event.values is not None:
                self._strategy.on_parameters(parameters_from(self._loaded.parameters, event.values))
            else:
                getattr(self._strategy, event.method)(*_arguments(event), self._view, self._ask)
        except (Exception, SystemExit) as error:
            trace = traceback.format_exc()
            self._pipe.send(frames.Failed(call=event.call, error=type(error).__name__, trace=trace[-4_000:]))
        else:
            self._pipe.send(frames.Done(call=event.call))

    def _ask_desk(self, asked: frames.Ask) -> frames.Answer:
        answer = self._pipe.ask(asked)
        self._view.take_arrays(answer.own)
        return answer


def main() -> NoReturn:
    """Load what the desk names, then make calls until the pipe closes."""
    incoming, outgoing = _take_pipe()
    if hasattr(os, "nice"):
        # Where processor time is short, the desk's loop goes first
        os.nice(_POLITENESS)
    pipe = DeskPipe(incoming, outgoing)
    threading.Thread(target=_give_signs_of_life, name="signs of life", daemon=True).start()
    threading.Thread(target=pipe.read, name="pipe", daemon=True).start()
    opening = pipe.events.get()
    assert isinstance(opening, frames.Open)
    _limit_memory(opening.memory_bytes)
    sys.addaudithook(_Auditor(pipe))
    try:
        loaded = load_plug_in(Path(opening.folder), opening.plug_in)
        strategy = loaded.make(opening.strategy, opening.values)
        # A copy as plain strings: whatever the class gives is not trusted to be a tuple of them
        underlyings = tuple(str(code) for code in strategy.underlyings)
    except BadInput as error:
        pipe.send(frames.Refused(field=error.field, value=shown(error.value), rule=error.rule))
    except (Exception, SystemExit) as error:
        rule = f"one whose underlyings can be read: {type(error).__name__}: {shown(error)}"
        pipe.send(frames.Refused(field="plug-in", value=shown(opening.plug_in), rule=rule))
    else:
        pipe.send(frames.Ready(version=API_VERSION, fields=loaded.form, underlyings=underlyings))
        Caller(pipe, loaded, strategy).run()
    while True:
        pipe.events.get()


class _Auditor:
    """Sees what the plug-in does to the computer: no process is started, lines and written files are noticed (F73)."""

    def __init__(self, pipe: DeskPipe) -> None:
        self._pipe = pipe
        self._is_busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Called by the interpreter before each of these acts."""
        if event in _STARTS:
            self._pipe.notice(f"wanted to start a process ({event})")
            raise PermissionError("a plug-in starts no processes")
        if event in _CONNECTS:
            self._pipe.notice(f"uses the network: {event} {shown(arguments[1:])}")
        elif event == "open" and not self._is_busy and _is_written(arguments):
            self._is_busy = True
            self._pipe.notice(f"writes {shown(arguments[0])}")
            self._is_busy = False


def _is_written(arguments: tuple[Any, ...]) -> bool:
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def _take_pipe() -> tuple[BinaryIO, BinaryIO]:
    """The two ends to the desk; a plug-in that prints or reads gets the log and nothing instead."""
    incoming, outgoing = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for end in (incoming, outgoing):
            msvcrt.setmode(end, os.O_BINARY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return os.fdopen(incoming, "rb", buffering=0), os.fdopen(outgoing, "wb", buffering=0)


def _give_signs_of_life() -> NoReturn:
    # The timer that this winds up runs outside the interpreter: it ends a process that a call in C holds, which could
    # not see its pipe close
    while True:
        faulthandler.dump_traceback_later(_STUCK_SECONDS, exit=True)
        time.sleep(_SIGN_OF_LIFE_SECONDS)


def _limit_memory(limit_bytes: int) -> None:
    """Where the system holds a process to it, end what grows faster than the desk looks: at twice the limit."""
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + 2 * limit_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _arguments(event: frames.Event) -> tuple[Any, ...]:
    if event.method == "on_tick":
        return (event.underlying,)
    found = event.fill or event.order or event.inquiry
    return () if found is None else (found,)


def _emptied(lines: "deque[str]") -> tuple[str, ...]:
    found = []
    with suppress(IndexError):
        while True:
            found.append(lines.popleft())
    return tuple(found)


if __name__ == "__main__":
    main()
