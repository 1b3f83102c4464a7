"""Plug-ins in real processes: what they see and get, and every way in which one may go wrong."""

import json
import re
import subprocess
import sys
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from terminal.app.plug_ins import PlugIns
from terminal.domain.errors import BadInput
from terminal.domain.messages import InquiryOpened
from terminal.domain.orders import Instruction
from terminal.services.events import AlarmKind
from terminal.strategies.engine import StrategyState
from terminal.strategies.parameters import FieldKind, ParameterField
from tests.app.plug_in_room import MEMORY_BYTES, PlugInRoom, is_running, plug_in, plug_in_story
from tests.harness import FUND, PUT, START, limit
from tests.quoting_rig import limits, quote_messages

QUOTES = """
net = 0

def on_start(self, view, ask):
    ask.note("started")

def on_tick(self, underlying, view, ask):
    net = view.net[view.universe.number_of[PUT]]
    if net and not self.net:
        self.net = net
        ask.note(f"net {net:+g}")
    if view.own.sent_bid[view.universe.number_of[PUT]] == 0:
        outcome = ask.quote(put_quote(view, 692, 708, self.parameters.size))
        ask.note(f"{underlying} {outcome.codes.tolist()} {view.own.sent_bid[view.universe.number_of[PUT]]}")

def on_fill(self, fill, view, ask):
    ask.note(f"{fill.quantity} at {fill.price}")

def on_parameters(self, parameters):
    self.parameters = parameters
"""


@pytest.mark.requirement("M4")
def test_a_plug_in_quotes_gets_its_fill_and_quotes_again_after_a_stop(tmp_path: Path) -> None:
    async def story(desk: PlugInRoom) -> None:
        desk.write(plug_in(QUOTES))
        rig = desk.room.rig
        assert desk.plug_ins.names() == ("mine",)
        form = await desk.plug_ins.describe("mine")
        assert form.fields == (
            ParameterField("underlying", FieldKind.TEXT, FUND),
            ParameterField("size", FieldKind.WHOLE, "5"),
        )
        await desk.started(size="7")
        await desk.until(lambda: rig.quoting.live(PUT) is not None)
        live = rig.quoting.live(PUT)
        assert live is not None
        assert (live.bid, live.bid_quantity, live.ask) == (692, 7, 708)
        assert quote_messages(rig)[0].by_program
        # Its own quote is seen within the very call
        await desk.until(lambda: len(desk.notes()) >= 2)
        assert desk.notes()[:2] == ["started", f"{FUND} [0] 692"]
        other = await desk.room.world.open_desk("D2")
        await desk.room.settle()
        await other.orders.submit(limit(PUT, "0.0692", 3, Instruction.SELL_OPEN))
        await desk.until(lambda: "net +3" in desk.notes())
        assert desk.notes()[2:] == ["3 at 0.0692", "net +3"]
        assert desk.entry().fills == 1
        await desk.plug_ins.change("one", {"size": "4"}, "ann")
        desk.room.engine.stop("one", "lunch", "ann")
        await desk.until(lambda: not desk.plug_ins.process_ids)
        assert rig.quoting.live(PUT) is None
        assert desk.room.engine.start("one", "ann") is None
        await desk.until(lambda: rig.quoting.live(PUT) is not None)
        live = rig.quoting.live(PUT)
        assert live is not None
        assert live.bid_quantity == 4

    plug_in_story(tmp_path, story)


SEES = """
def on_tick(self, underlying, view, ask):
    import json
    n = view.universe.number_of[PUT]
    delta, vega = view.delta_of(underlying), view.vega_of(underlying)
    seen = {
        "price": round(float(view.price[n]), 6), "delta": float(view.delta[n]), "gamma": float(view.gamma[n]),
        "vega": float(view.vega[n]), "volatility": float(view.volatility[n]), "years": float(view.years[n]),
        "usable": bool(view.usable[n]), "net": float(view.net[n]), "quotes": view.quotes[n].tolist(),
        "spot": view.spot(underlying), "at": view.price_at(n, 0.3), "phase": str(view.phase(PUT)),
        "market": str(view.market_phase), "codes": view.phase_codes(underlying).tolist(),
        "withheld": view.withheld(underlying).tolist(), "shares": view.shares(underlying),
        "exposure": [delta.held, delta.up, delta.down, vega.held, vega.up, vega.down],
        "held": [view.held_delta(underlying), view.held_vega(underlying)],
        "numbers": view.numbers(underlying).tolist(), "contract": view.contract(PUT).strike == Decimal("3.0"),
        "name": view.contract(PUT).name, "now": view.now().isoformat(),
        "width": view.allowed_width(np.array([n, n]), np.array([690, 50])).tolist(),
        "young": view.age(underlying) < 5.0, "where": str(view.where(underlying)),
        "locked": not view.price.flags.writeable and not view.own.bid.flags.writeable,
    }
    self.told(ask, json.dumps(seen))
"""


@pytest.mark.requirement("M4")
def test_what_it_sees_is_what_a_strategy_in_the_loop_sees(tmp_path: Path) -> None:
    async def story(desk: PlugInRoom) -> None:
        view = desk.room.view
        view.allowed_width = lambda numbers, bids: bids // 10
        desk.write(plug_in(SEES + TOLD))
        await desk.started()
        await desk.until(lambda: bool(desk.notes()))
        desk.room.engine.stop("one", "seen", "ann")
        seen = json.loads("".join(desk.notes()))
        n = view.universe.number_of[PUT]
        view.refresh()
        # The price has moved on since
        desk.room.tick(round(seen["spot"] * 10_000))
        desk.room.rig.theoretical.reprice(FUND)
        assert seen["spot"] == view.spot(FUND)
        assert seen["price"] == pytest.approx(float(view.price[n]), abs=1e-6)
        assert seen["at"] == pytest.approx(view.price_at(n, 0.3))
        delta, vega = view.delta_of(FUND), view.vega_of(FUND)
        assert seen["exposure"] == pytest.approx([delta.held, delta.up, delta.down, vega.held, vega.up, vega.down])
        assert seen["held"] == pytest.approx([view.held_delta(FUND), view.held_vega(FUND)])
        for name in ("delta", "gamma", "vega", "volatility", "years"):
            assert seen[name] == pytest.approx(float(getattr(view, name)[n]), rel=1e-3), name
        assert seen["usable"] == bool(view.usable[n])
        assert seen["quotes"] == view.quotes[n].tolist()
        assert (seen["phase"], seen["market"]) == (str(view.phase(PUT)), str(view.market_phase))
        assert seen["codes"] == view.phase_codes(FUND).tolist()
        assert seen["withheld"] == view.withheld(FUND).tolist()
        assert seen["shares"] == list(view.shares(FUND))
        assert seen["numbers"] == view.numbers(FUND).tolist()
        contract = view.contract(PUT)
        assert contract is not None
        assert seen["name"] == contract.name
        assert seen["where"] == str(view.where(FUND))
        assert seen["now"][:10] == START.isoformat()[:10]
        assert seen["width"] == [69, 5]
        assert seen["young"]
        assert seen["locked"]

    plug_in_story(tmp_path, story)


ORDERS = """
def on_start(self, view, ask):
    sent = ask.order(OrderRequest(PUT, Instruction.BUY_OPEN, OrderType.LIMIT, 2, Decimal("0.0600")))
    ask.note(f"{sent} {ask.trade_shares('510050', 100)}")

def on_order(self, order, view, ask):
    ask.note(f"{order.status} {order.leaves_quantity}")
    if order.status == "working":
        ask.cancel_order(order.client_order_id)

def on_inquiry(self, inquiry, view, ask):
    outcome = ask.quote(put_quote(view, 692, 708), inquiry=inquiry.inquiry)
    ask.note(f"inquiry {inquiry.inquiry} {len(outcome.quote_ids)}")
    ask.cancel_quotes()
"""


@pytest.mark.requirement("M4")
def test_orders_inquiries_and_the_shadow(tmp_path: Path) -> None:
    async def story(desk: PlugInRoom) -> None:
        desk.write(plug_in(ORDERS))
        rig = desk.room.rig
        await desk.started()
        await desk.until(lambda: "cancelled 0" in desk.notes())
        assert desk.notes() == ["True False", "submitted 2", "working 2", "cancel_pending 2", "cancelled 0"]
        rig.desk.bus.publish(InquiryOpened(inquiry=7, contract_code=PUT, at=START))
        await desk.until(lambda: "inquiry 7 1" in desk.notes())
        assert len(quote_messages(rig)) == 1
        await desk.until(lambda: rig.quoting.live(PUT) is None and rig.quoting.unanswered == 0)
        desk.room.engine.stop("one", "", "ann")
        desk.write(plug_in(QUOTES))
        assert desk.room.engine.start("one", "ann", shadow=True) is None
        report = desk.room.engine.shadow_report("one")
        assert report is not None
        await desk.until(lambda: report.quotes > 0)
        assert len(quote_messages(rig)) == 1

    plug_in_story(tmp_path, story)


def test_the_plug_in_of_the_document_quotes(tmp_path: Path) -> None:
    document = Path(__file__).resolve().parents[2] / "docs" / "market-making.md"
    text = document.read_text("utf-8").partition("```python\n")[2].partition("```")[0]

    async def story(desk: PlugInRoom) -> None:
        desk.write(text)
        await desk.started(half_ticks="12")
        await desk.until(lambda: bool(quote_messages(desk.room.rig)))
        assert desk.entry().state is StrategyState.RUNNING

    plug_in_story(tmp_path, story)


#: A line of the log is cut at 500 characters: told in pieces, once
TOLD = """
def told(self, ask, text):
    if not getattr(self, "is_told", False):
        self.is_told = True
        for start in range(0, len(text), 400):
            ask.note(text[start:start + 400])
"""

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
    "asks without end": ("while True: ask.cancel_order('none')", r"more than 1500 things a second|did not end within"),
    "quotes nan": ("for _ in range(3): ask.quote(put_quote(view, float('nan'), 708))", r"a quote that no market takes"),
    "quotes crossed": ("for _ in range(3): ask.quote(put_quote(view, 710, 708))", r"a quote that no market takes"),
    "quotes what is not listed": (
        "for _ in range(3): ask.quote(put_quote(view, 692, 708, number=999))",
        r"a quote that no market takes",
    ),
}


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
        began = time.monotonic()
        assert re.search(cause, await desk.until_faulted())
        assert time.monotonic() - began < 10.0
        assert desk.room.rig.quoting.live(PUT) is None
        assert desk.room.rig.alarm_kinds().count(AlarmKind.STRATEGY_STOPPED) == 1
        await desk.room.settle()
        assert desk.room.world.market.counter.working_count("MM1") == 0

    plug_in_story(tmp_path, story)


ENDLESS_IMPORT = "while True: pass"
LIBRARY = """
import os, socket, subprocess
from dataclasses import dataclass
from terminal.strategies.protocol import Strategy

API_VERSION = 1

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
    monkeypatch.setattr("terminal.strategies.plug_ins.session.LOAD_SECONDS", 4.0)

    async def story(desk: PlugInRoom) -> None:
        for text, rule in (
            (GOOD.replace("API_VERSION = 1", "API_VERSION = 99"), "API_VERSION = 1; it says '99'"),
            ("import nothing_like_this", "ModuleNotFoundError"),
            (GOOD + "import os; os._exit(5)", "exit code 5"),
            (GOOD + ENDLESS_IMPORT, "loading did not end within 4000 ms"),
        ):
            desk.write(text)
            with pytest.raises(BadInput, match=rule):
                await desk.plug_ins.add("one", "mine", {}, limits())
            assert desk.room.engine.entry("one") is None
        desk.write(GOOD)
        with pytest.raises(BadInput, match="size: 'many' is not accepted: a whole number"):
            await desk.plug_ins.add("one", "mine", {"size": "many"}, limits())
        # Changed for the worse after it was taken in
        await desk.plug_ins.add("one", "mine", {}, limits())
        desk.write(GOOD.replace("API_VERSION = 1", "API_VERSION = 2"))
        assert desk.room.engine.start("one", "ann") is None
        assert "API_VERSION = 1; it says '2'" in await desk.until_faulted()

    plug_in_story(tmp_path, story)


def test_it_is_read_under_the_loop_of_the_window_too(tmp_path: Path, qt_loop: AbstractEventLoop) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    engine: Any = None
    plug_ins = PlugIns(tmp_path, engine, memory_bytes=MEMORY_BYTES)
    form = qt_loop.run_until_complete(plug_ins.describe("mine", {"underlying": "510300"}))
    assert (form.version, form.underlyings) == (1, ("510300",))
    plug_ins.close()
    assert plug_ins.process_ids == ()


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
    until = time.monotonic() + 20.0
    while any(map(is_running, left)):
        assert time.monotonic() < until, left
        time.sleep(0.05)
