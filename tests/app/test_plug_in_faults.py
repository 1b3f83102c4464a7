"""Plug-ins in real processes: every way in which one may go wrong, and what it has of the desk."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal.domain.errors import BadInput
from terminal.services.events import AlarmKind
from terminal.strategies.entry import StrategyState
from tests.app.plug_in_room import PATIENCE_SECONDS, PlugInRoom, is_running, plug_in, plug_in_story
from tests.harness import PUT
from tests.quoting_rig import limits

SLOW = "def on_tick(self, underlying, view, ask):\n    ask.quote(put_quote(view, 692, 708))\n    "
WRITES = """import os
    for end in range(3, 20):
        try: os.write(end, {what})
        except OSError: pass
    time.sleep(9)"""
#: What a plug-in does once it has quoted, and what the engine says of it
HARM = {
    "raises": ("1 / 0", r"ZeroDivisionError in on_tick"),
    "loops": ("while True: pass", r"on_tick did not end within 1000 ms"),
    "sleeps": ("time.sleep(1000)", r"on_tick did not end within 1000 ms"),
    # Holds the interpreter, so that no thread of the worker runs
    "stays in C": ("sum(range(10 ** 15))", r"on_tick did not end within 1000 ms"),
    "takes memory": (
        "self.kept = [*getattr(self, 'kept', ()), np.ones(5_000_000)]",
        r"MB, more than its 400|MemoryError in on_tick",
    ),
    "ends its process": ("import os; os._exit(3)", r"its process has ended, exit code 3"),
    "prints without end": ("while True: print('x' * 10_000)", r"prints more than 4 MB in 10 s"),
    "writes nonsense to the desk": (
        WRITES.format(what=b"\0\0\0\2no"),
        r"its process sends no frame",
    ),
    "writes too large a frame": (
        WRITES.format(what=b"\xff" * 8),
        r"its process sends a frame of 4294967295 bytes",
    ),
    "orders without end": (
        "order = OrderRequest(PUT, Instruction.BUY_OPEN, OrderType.LIMIT, 1, Decimal('0.0600'))\n"
        "    for _ in range(5_000): ask.order(order)",
        r"more than 100 orders at once|refused 10 times: order_rate",
    ),
    "asks without end": ("while True: ask.cancel_order('none')", r"more than 1500 things a second"),
    "quotes nan": ("for _ in range(3): ask.quote(put_quote(view, float('nan'), 708))", r"a quote that no market takes"),
    "quotes crossed": ("for _ in range(3): ask.quote(put_quote(view, 710, 708))", r"a quote that no market takes"),
    "quotes what is not listed": (
        "for _ in range(3): ask.quote(put_quote(view, 692, 708, number=999))",
        r"a quote that no market takes",
    ),
}

#: What ends by the time that it takes; for the others time stands still, however slow the machine
TIMED = ("loops", "sleeps", "stays in C")


@pytest.mark.fault("F68", "F69", "F70", "F71", "F72", "F75")
@pytest.mark.parametrize("harm", HARM)
def test_whatever_it_does_it_is_killed_and_its_quotes_are_out(
    tmp_path: Path, harm: str, expected_warnings: Callable[[str], None]
) -> None:
    act, cause = HARM[harm]
    if harm == "raises":
        expected_warnings(r"strategy one raised in on_tick\n(.*\n)*.*1 / 0")

    async def story(desk: PlugInRoom) -> None:
        desk.write(plug_in(SLOW + act))
        await desk.started()
        if harm not in ("raises", "ends its process", "writes nonsense to the desk", "writes too large a frame"):
            await desk.until(lambda: desk.room.rig.quoting.live(PUT) is not None or not desk.entry().is_active)
        assert re.search(cause, await desk.until_faulted())
        assert desk.room.rig.quoting.live(PUT) is None
        assert desk.room.rig.alarm_kinds().count(AlarmKind.STRATEGY_STOPPED) == 1
        await desk.room.settle()
        assert desk.room.world.market.counter.working_count("MM1") == 0

    plug_in_story(tmp_path, story, seconds=time.monotonic if harm in TIMED else None)


ENDLESS_IMPORT = "while True: pass"
LIBRARY = """
import os, socket, subprocess
from dataclasses import dataclass
from terminal.strategies.protocol import Strategy

API_VERSION = 2

@dataclass(frozen=True)
class Terms:
    underlying: str = "510050"

class Mine(Strategy):
    def on_start(self, view, ask):
        ask.note(" ".join(sorted(os.environ)))
        ask.note(str(sorted({type(o).__module__ for o in __import__("gc").get_objects()} & FOREIGN)))
        with open(os.devnull, "w"):
            pass
        line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        line.connect(("127.0.0.1", 9))
        line.close()
        try:
            subprocess.run(["true"])
        except PermissionError as error:
            ask.note(str(error))
        print("said to nobody")

FOREIGN = {"terminal.gateways.venue_link", "terminal.storage.journal", "terminal.services.gate"}
STRATEGY, PARAMETERS = Mine, Terms
"""


@pytest.mark.fault("F73")
def test_it_has_nothing_of_the_desk_starts_no_process_and_what_it_opens_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPTIONDESK_MAIL_PASSWORD", "secret")

    async def story(desk: PlugInRoom) -> None:
        desk.write(LIBRARY)
        await desk.started()
        await desk.until(lambda: len(desk.notes()) >= 6)
        *noticed, names, foreign, refused = desk.notes()
        assert "PATH" in names
        assert "OPTIONDESK" not in names
        assert foreign == "[]"
        assert refused == "a plug-in starts no processes"
        assert [text.split(" ")[0] for text in noticed] == ["writes", "uses", "wanted"]
        assert desk.entry().state is StrategyState.RUNNING

    plug_in_story(tmp_path, story)


GOOD = plug_in("pass")


@pytest.mark.fault("F74", "F105")
def test_one_that_does_not_fit_is_not_loaded_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What files say and how each is refused: tests/strategies/plug_ins/test_loading.py
    async def refused(desk: PlugInRoom, text: str, rule: str) -> None:
        desk.write(text)
        with pytest.raises(BadInput, match=rule):
            await desk.plug_ins.add("one", "mine", {}, limits())
        assert desk.room.engine.entry("one") is None

    async def story(desk: PlugInRoom) -> None:
        for text, rule in (
            (GOOD.replace("API_VERSION = 2", "API_VERSION = 99"), "API_VERSION = 2; it says '99'"),
            ("import nothing_like_this", "ModuleNotFoundError"),
            (GOOD + "import os; os._exit(5)", "exit code 5"),
        ):
            await refused(desk, text, rule)
        with monkeypatch.context() as sooner:
            sooner.setattr("terminal.strategies.plug_ins.session.LOAD_SECONDS", 2.0)
            await refused(desk, GOOD + ENDLESS_IMPORT, "loading did not end within 2000 ms")
        desk.write(GOOD)
        with pytest.raises(BadInput, match="size: 'many' is not accepted: a whole number"):
            await desk.plug_ins.add("one", "mine", {"size": "many"}, limits())
        # Changed for the worse after it was taken in
        await desk.plug_ins.add("one", "mine", {}, limits())
        desk.write(GOOD.replace("API_VERSION = 2", "API_VERSION = 3"))
        assert desk.room.engine.start("one", "ann") is None
        assert "API_VERSION = 2; it says '3'" in await desk.until_faulted()

    plug_in_story(tmp_path, story, seconds=time.monotonic)


DESK = """
import asyncio, sys
from pathlib import Path
from terminal.app.plug_in_process import WorkerProcess
from terminal.strategies.plug_ins.frames import Open, framed

async def main():
    ready = asyncio.Event()
    workers = []
    for name in ("loops", "stays"):
        worker = WorkerProcess(asyncio.get_running_loop(), lambda body: None, print, name=name)
        worker.send(framed(Open(folder=sys.argv[1], plug_in=name, strategy=name, values={}, memory_bytes=10**9)))
        workers.append(worker)
    while not all((Path(sys.argv[1]) / name).exists() for name in ("loops.on", "stays.on")):
        await asyncio.sleep(0.02)
    print(*(worker.process_id for worker in workers), flush=True)
    await asyncio.sleep(100)

asyncio.run(main())
"""


@pytest.mark.fault("F69", "F78")
def test_a_desk_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    for name, act in (("loops", "while True: pass"), ("stays", "sum(range(10 ** 15))")):
        on = tmp_path / f"{name}.on"
        (tmp_path / f"{name}.py").write_text(f"open({str(on)!r}, 'w').close()\n{act}\n")
    desk = subprocess.Popen([sys.executable, "-c", DESK, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    with desk, desk.stdout:
        left = [int(word) for word in desk.stdout.readline().split()]
        assert len(left) == 2
        assert all(map(is_running, left))
        desk.kill()
    until = time.monotonic() + PATIENCE_SECONDS
    while any(map(is_running, left)):
        assert time.monotonic() < until, left
        time.sleep(0.05)
