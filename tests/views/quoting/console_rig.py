"""The console over a real maker's desk and the real venue, all in one process."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from terminal.app.limits import maker_limits
from terminal.app.quoting_desk import QuotingDesk, build_quoting_desk
from terminal.app.quoting_panels import build_maker
from terminal.domain.orders import Instruction
from terminal.rule_files import read_obligations
from terminal.rules.obligations.terms import MinQuantity
from terminal.strategies.entry import StrategyState
from terminal.strategies.quoter_control import QuoterControl
from terminal.strategies.quoter_parameters import QuoterParameters
from terminal.views.appearance import Appearance
from terminal.views.quoting.columns import Column
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.panel import QuotingPanel
from terminal.views.quoting.protection_panel import ProtectionPanel
from tests.harness import FUND, DeskRig, HandClock, World, limit, play
from tests.quoting_rig import MAKER, limits
from tests.views.desk_rig import MemorySettings

OTHER = "880000009999"


@dataclass
class Console:
    """Both panels, their desk, and names asked for."""

    world: World
    rig: DeskRig
    quoting: QuotingDesk
    maker: MakerDesk
    panel: QuotingPanel
    protection: ProtectionPanel
    settings: MemorySettings
    answers: list[str]
    tasks: list["asyncio.Task[Any]"] = field(default_factory=list)

    @property
    def control(self) -> QuoterControl:
        """The quoter of the fund."""
        return self.maker.control(FUND)

    async def beat(self) -> None:
        """Time passes for strategies and protections; everything under way arrives; the panels look."""
        self.quoting.beat()
        await self.world.settle()
        await asyncio.gather(*self.tasks)
        self.tasks.clear()
        await self.world.settle()
        self.panel.flush()
        self.protection.flush()

    def row(self, code: str) -> int:
        """The line of a contract."""
        return next(n for n, line in enumerate(self.panel.model.lines) if line.code == code)

    def text(self, code: str, column: Column) -> str:
        """What a cell shows."""
        model = self.panel.model
        return str(model.index(self.row(code), column).data())

    def put(self, code: str, column: Column, text: str) -> bool:
        """Type into a cell."""
        model = self.panel.model
        return model.setData(model.index(self.row(code), column), text)

    async def trade(self, code: str, price: str, quantity: int) -> None:
        """Somebody else sells into our bid."""
        other = self.world.rigs.get("D2") or await self.world.open_desk("D2", OTHER)
        await self.world.settle()
        await other.orders.submit(limit(code, price, quantity, Instruction.SELL_OPEN))
        await self.world.settle()


async def open_console(world: World, appearance: Appearance, account: str = MAKER) -> Console:
    """The console of an account, looked at once. Quotes are wanted for every contract with a price."""
    rig = await world.open_desk("D1", account)
    await world.settle()
    tasks: list[asyncio.Task[Any]] = []

    def spawn(work: Coroutine[Any, Any, Any]) -> object:
        tasks.append(asyncio.ensure_future(work))
        return tasks[-1]

    # However slow the machine, no call of a strategy takes longer than it may
    quoting = build_quoting_desk(rig.desk, rig.theoretical, rig.journal, rig.gateway, spawn, clock=HandClock())
    # Nor are they of ten contracts at least
    small = msgspec.structs.replace(read_obligations("sse_generic"), min_quantity=MinQuantity(near=1, far=1))
    guards = maker_limits({"quoter": {name: "inf" for name in ("contract_position", "delta", "vega", "executions")}})
    maker = build_maker(quoting, rig.theoretical, small, guards, lambda expiry: 12)
    maker.sheet = limits(order_quantity=50)
    # Figures of these tests are those of a quoter that hangs on no obligation
    if maker.is_maker:
        plain = QuoterParameters(underlying=FUND, two_sided=maker.is_two_sided())
        quoting.engine.set_parameters(maker.control(FUND).name, plain)
    settings, answers = MemorySettings(), ["first"]
    panel = QuotingPanel(maker, appearance, settings, ask=lambda parent, question: answers.pop(0))
    protection = ProtectionPanel(maker, appearance, settings, world.clock, lambda: None)
    for widget in (panel, protection):
        widget.resize(1340, 480)
        widget.show()
        widget.flush()
    return Console(world, rig, quoting, maker, panel, protection, settings, answers, tasks)


def close(console: Console) -> None:
    """Take the widgets away."""
    for widget in (console.panel, console.protection):
        widget.close()
        widget.deleteLater()


def start_quoting(console: Console) -> None:
    """Quote the fund's two contracts that have a price, wide enough that nobody trades by himself."""
    wide = replace(console.control.parameters, least_delta=0.0, half_ticks=6.0, improve_ticks=100)
    console.quoting.engine.set_parameters(console.control.name, wide)
    console.panel.toggle()
    assert console.control.entry.state is StrategyState.RUNNING


Story = Callable[[Console], Awaitable[None]]
Tell = Callable[..., None]


def console_story(
    folder: Path, appearance: Appearance, story: Story, *, account: str = MAKER, quotes: bool = True
) -> None:
    """Tell a story on a console; `quotes` has the fund quoted first."""

    async def told(world: World) -> None:
        console = await open_console(world, appearance, account)
        try:
            if quotes:
                start_quoting(console)
                await console.beat()
            await story(console)
        finally:
            close(console)

    play(folder, told)
