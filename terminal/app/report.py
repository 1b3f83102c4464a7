"""What happened in a run without a person: counted off the desk, printed as text and written as JSON."""

import asyncio
import json
import time
from collections import Counter
from decimal import Decimal
from math import isnan
from pathlib import Path
from typing import Any

from terminal.app.assembly import Terminal
from terminal.app.memory import COLUMNS
from terminal.app.screenshots import grab_window
from terminal.domain.accounts import PositionSide
from terminal.domain.ports import LinkState
from terminal.views.presets import PRESETS

REPORT_FILE = "report.json"
#: A layout that was just put on screen shows its figures after this, wall seconds
_SETTLE_SECONDS = 0.5


class RunReport:
    """Taken once the line is still up, by `finish`."""

    def __init__(self, terminal: Terminal, began: float) -> None:
        self._terminal = terminal
        self._began = began
        self.no_market = ""
        """Why there was no market to run on, where that was so"""
        self.facts: dict[str, Any] = {}
        self._pulse: dict[str, Any] = {}

    @property
    def exit_code(self) -> int:
        """0 when a market was there to trade on, else 1."""
        return 0 if self.facts.get("contracts") and self.facts.get("quotes") else 1

    def take_pulse(self) -> None:
        """How well the program has kept pace up to now. Screenshots come later: they are no part of trading."""
        terminal = self._terminal
        self._pulse = {
            "worst_event_loop_gap_ms": round(terminal.frame_timer.worst_gap_ms, 1),
            "event_loop_gap_p99_ms": terminal.gap_percentile(0.99),
            "acknowledgement_ms": terminal.latencies(),
            "tick_to_paint_p95_ms": terminal.workspace.chain.view.delays.percentile(0.95),
            "prices_by": "numpy" if (kernels := terminal.valuation.kernels) is None else kernels.processor,
            "processor_share": round(terminal.vitals.cpu_share(), 4),
        }

    async def take_screenshots(self, folder: Path) -> None:
        """The window in each of its layouts, before anything is taken down; `run.png` is the one in force."""
        window = self._terminal.window
        in_force = window.preset_name
        grab_window(window, folder / "run.png")
        for other in (p.name for p in PRESETS if p.name != in_force):
            window.use_preset(other)
            await asyncio.sleep(_SETTLE_SECONDS)
            grab_window(window, folder / f"run-{other}.png")
        window.use_preset(in_force)

    def finish(self) -> None:
        """Count everything now."""
        if not self._pulse:
            self.take_pulse()
        terminal = self._terminal
        desk = terminal.desk
        market, portfolio = desk.market, desk.portfolio
        orders = list(desk.orders.orders)
        funds = portfolio.funds
        self.facts = {
            "seconds": round(time.time() - self._began, 1),
            "first_chain_at": terminal.first_chain.at,
            "connected": desk.link is LinkState.UP,
            "no_market": self.no_market,
            "trading_day": str(market.day.trading_day) if market.day else None,
            "market_time": desk.clock.now().isoformat() if desk.clock.is_set else None,
            "underlyings": len(market.underlyings),
            "contracts": len(market.contracts),
            "quotes": market.updates,
            "quotes_dropped": market.dropped,
            "orders": {f"{o_type} {status}": n for (o_type, status), n in sorted(_by_type(orders).items())},
            "order_states": {o.client_order_id: [o.status.value, o.filled_quantity] for o in orders},
            "refused_by_ticket": terminal.trader.tally.refused_by_ticket,
            "fills": len(portfolio.fills),
            "fill_ids": [fill.fill_id for fill in portfolio.fills],
            "positions": {
                f"{code} {side}": position.quantity for (code, side), position in sorted(portfolio.positions.items())
            },
            "position_breaks": len(portfolio.breaks),
            "funds": None
            if funds is None
            else {
                "balance": str(funds.balance),
                "available": str(funds.available),
                "margin": str(funds.margin),
                "frozen": str(funds.frozen),
                "fees": str(funds.fees),
            },
            "screen": self._screen(),
            **self._pulse,
            "memory": {
                "columns": COLUMNS,
                "rows": [
                    [None if isnan(value) else round(value, 3) for value in row]
                    for row in terminal.vitals.memory.rows.tolist()
                ],
            },
        }

    def _screen(self) -> dict[str, Any]:
        """What the widgets show, as a person would read it off them."""
        workspace = self._terminal.workspace
        for panel in (workspace.orders, workspace.fills, workspace.positions):
            panel.flush()
        return {
            "orders": workspace.orders.model.plain_rows(),
            "fills": workspace.fills.model.plain_rows(),
            "positions": workspace.positions.model.plain_rows(),
            "notices": workspace.window.notices.count,
            "ticket": workspace.ticket.title.text(),
        }

    def write(self, folder: Path) -> None:
        """Put the facts into `report.json` and the text beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / REPORT_FILE).write_text(json.dumps(self.facts, indent=1, ensure_ascii=False) + "\n", "utf-8")
        (folder / "report.txt").write_text(self.text() + "\n", "utf-8")

    def text(self) -> str:
        """The facts as a person reads them."""
        facts = self.facts
        held = dict.fromkeys(PositionSide, 0)
        for (_, side), position in self._terminal.desk.portfolio.positions.items():
            held[side] += position.quantity
        funds = facts["funds"] or {}
        lines = [
            *([f"no market          {facts['no_market']}"] if facts["no_market"] else []),
            f"trading day        {facts['trading_day']}, market time {facts['market_time']}",
            f"listed             {facts['underlyings']} underlyings, {facts['contracts']} contracts",
            f"quotes received    {facts['quotes']:,} ({facts['quotes_dropped']} dropped)",
            f"orders             {sum(facts['orders'].values())}, {facts['refused_by_ticket']} kept by the ticket",
            *(f"    {name:34} {count}" for name, count in facts["orders"].items()),
            f"fills              {facts['fills']}",
            "positions          " + ", ".join(f"{side} {count}" for side, count in held.items()),
            f"position breaks    {facts['position_breaks']}",
            "funds              "
            + (", ".join(f"{name} {Decimal(amount):,.2f}" for name, amount in funds.items()) or "none told"),
            f"event loop         worst gap {facts['worst_event_loop_gap_ms']} ms, p99 "
            f"{facts['event_loop_gap_p99_ms']} ms",
            "acknowledgement    " + _latency(facts["acknowledgement_ms"]),
            f"prices by          {facts['prices_by']}",
        ]
        return "\n".join(lines)


def _latency(milliseconds: tuple[float, float] | None) -> str:
    """Median and worst, in words where nothing was acknowledged."""
    if milliseconds is None:
        return "none measured"
    return f"median {milliseconds[0]} ms, worst {milliseconds[1]} ms"


def _by_type(orders: list[Any]) -> Counter[tuple[str, str]]:
    return Counter((order.order_type.value, order.status.value) for order in orders)
