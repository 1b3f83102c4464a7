"""Plug-ins in real processes: what they see and get."""

import asyncio
import json
from asyncio import AbstractEventLoop
from pathlib import Path
from typing import Any

import pytest

from terminal.app.plug_ins import PlugIns
from terminal.domain.messages import InquiryOpened
from terminal.domain.orders import Instruction
from terminal.strategies.entry import StrategyState
from terminal.strategies.parameters import FieldKind, ParameterField
from terminal.strategies.protocol import API_VERSION
from tests.app.plug_in_room import MEMORY_BYTES, PlugInRoom, plug_in, plug_in_story
from tests.harness import FUND, PUT, START, limit
from tests.quoting_rig import quote_messages

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
        await desk.until(lambda: not desk.plug_ins.process_ids and rig.quoting.live(PUT) is None)
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
    # A second trade waits until the positions show the first
    ask.note(f"{sent} {ask.trade_shares('510050', 100, 2)} {ask.trade_shares('510050', 100)}")

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
        assert desk.notes() == ["True True False", "submitted 2", "working 2", "cancel_pending 2", "cancelled 0"]
        await desk.until(lambda: desk.room.view.shares(FUND) == (3_000_100, 3_000_000))
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


GOOD = plug_in("pass")


def test_it_is_read_under_the_loop_of_the_window_too(tmp_path: Path, qt_loop: AbstractEventLoop) -> None:
    (tmp_path / "mine.py").write_text(GOOD)
    engine: Any = None
    plug_ins = PlugIns(tmp_path, engine, memory_bytes=MEMORY_BYTES)
    form = qt_loop.run_until_complete(plug_ins.describe("mine", {"underlying": "510300"}))
    assert (form.version, form.underlyings) == (API_VERSION, ("510300",))
    plug_ins.close()
    # What its threads have called the loop for arrives before the loop is closed
    qt_loop.run_until_complete(asyncio.sleep(0))
    assert plug_ins.process_ids == ()
