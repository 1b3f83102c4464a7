"""A basket panel over a real desk and the real venue, and hands that click and press keys on it."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from terminal.domain.messages import Instruct
from terminal.rules.order_warnings import WarningLimits
from terminal.services.basket_judge import BasketJudge
from terminal.services.basket_runner import BasketRunner
from terminal.services.order_warnings import OrderWarnings
from terminal.views.appearance import Appearance
from terminal.views.basket.panel import BasketPanel
from tests.harness import CALL, DeskRig, World, play
from tests.services.basket_desk import cancels_sent, orders_sent

OTHER = "880000009999"


class Stage:
    """One desk's basket, with the 2.5 call chosen; `confirm` is what the settings say."""

    def __init__(self, world: World, rig: DeskRig, appearance: Appearance) -> None:
        self.world, self.rig, self.desk = world, rig, rig.desk
        self.tasks: list[asyncio.Task[Any]] = []
        self.confirm = False
        valuation = rig.theoretical._valuation
        checks = rig.desk.instructions.checks
        self.judge = BasketJudge(rig.judge, rig.desk.market, rig.portfolio, valuation, checks)
        self.panel = panel = BasketPanel(
            rig.desk,
            self.judge,
            BasketRunner(rig.desk, self.judge, self.spawn),
            appearance,
            self.spawn,
            confirm=lambda: self.confirm,
            person=lambda: "Li",
        )
        panel.resize(340, 900)
        panel.show()
        panel.show_contract(CALL)

    def warn(self) -> None:
        """Let the gate warn of what lies 5 % out of the money."""
        rig, desk = self.rig, self.desk
        limits = WarningLimits(3, Decimal(5), Decimal("0.01"), Decimal("0.8"))
        terms = desk.instructions.checks.terms
        rig.gate.warnings = OrderWarnings(
            desk.market, rig.portfolio, terms, lambda: limits, rig.checks.cost, lambda code: math.nan
        )

    def spawn(self, work: Coroutine[Any, Any, Any]) -> object:
        self.tasks.append(asyncio.ensure_future(work))
        return self.tasks[-1]

    async def settle(self, seconds: float = 1.0) -> None:
        """Let everything arrive, look, and let a moment pass: what comes now is no double click."""
        for _ in range(6):
            await self.world.settle()
            while self.tasks:
                await self.tasks.pop(0)
        self.world.pass_time(seconds, ticks=2)
        await self.world.settle()
        while self.tasks:
            await self.tasks.pop(0)
        await self.world.settle()
        self.panel.flush()

    async def rival(self) -> DeskRig:
        """Somebody else's desk at the same venue."""
        found = self.world.rigs.get("D2") or await self.world.open_desk("D2", OTHER)
        await self.world.settle()
        return found

    def click(self, button: QPushButton) -> None:
        """The left button of the mouse."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key) -> None:
        """A key on the panel."""
        QTest.keyClick(self.panel, key)

    @property
    def sent(self) -> list[tuple[str, str, str | None, int]]:
        """Code, instruction, price and quantity of the orders handed to the line."""
        return orders_sent(self.rig)

    @property
    def instructed(self) -> list[Instruct]:
        """Instructions handed to the line."""
        return [command for command in self.rig.gateway.sent if isinstance(command, Instruct)]

    @property
    def cancels(self) -> int:
        """Cancels handed to the line."""
        return cancels_sent(self.rig)


Story = Callable[[Stage], Awaitable[None]]
Tell = Callable[[Story], None]


def panel_story(folder: Path, appearance: Appearance, qtbot: QtBot, story: Story) -> None:
    """Tell a story of one basket panel."""

    async def told(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        stage = Stage(world, rig, appearance)
        qtbot.addWidget(stage.panel)
        await stage.settle()
        await story(stage)

    play(folder, told)
