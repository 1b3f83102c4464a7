"""A ladder over a real desk and the real venue, and hands that click, pull and press keys on it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from terminal.domain.messages import CancelOrder, SubmitOrder
from terminal.domain.orders import Instruction, Side
from terminal.views.appearance import Appearance
from terminal.views.ladder.model import Column
from terminal.views.ladder.panel import LadderPanel
from tests.harness import PUT, DeskRig, World, limit, play
from tests.views.desk_rig import MemorySettings

OTHER = "880000009999"
LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
#: Longer than the second half of a double click may take
MOMENT = 1.1


class Stage:
    """One desk's ladder on the put, whose book is 0.0680 and 0.0690 against 0.0710 and 0.0720, worth 0.0700."""

    def __init__(self, world: World, rig: DeskRig, appearance: Appearance) -> None:
        self.world, self.rig, self.desk = world, rig, rig.desk
        self.settings = MemorySettings()
        self.tasks: list[asyncio.Task[Any]] = []
        self.seeded: list[tuple[str, Side, int]] = []
        self.pulled: list[str] = []
        self.panel = panel = LadderPanel(
            rig.desk, rig.judge, rig.theoretical._valuation, appearance, self.spawn, self.settings, person=lambda: "Li"
        )
        panel.price_chosen.connect(lambda code, side, price: self.seeded.append((code, side, price)))
        panel.quote_pull_wanted.connect(self.pulled.append)
        panel.resize(900, 400)
        panel.show()
        panel.show_contract(PUT)
        panel.flush()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> object:
        self.tasks.append(asyncio.ensure_future(work))
        return self.tasks[-1]

    # ---- time

    async def settle(self, seconds: float = MOMENT) -> None:
        """Let everything arrive, look, and let a moment pass: what comes now is no double click."""
        await self.arrive()
        # The venue tells of its book when it turns
        self.world.pass_time(seconds, ticks=2)
        await self.arrive()

    async def arrive(self) -> None:
        """Let everything arrive, and look."""
        await self.world.settle()
        while self.tasks:
            await self.tasks.pop()
        await self.world.settle()
        self.panel.flush()
        while self.tasks:
            await self.tasks.pop()
        await self.world.settle()
        self.panel.flush()

    async def rival(self) -> DeskRig:
        """Somebody else's desk at the same venue."""
        return self.world.rigs.get("D2") or await self.world.open_desk("D2", OTHER)

    async def hit(self, price: str, quantity: int, instruction: Instruction = Instruction.SELL_OPEN) -> None:
        """Somebody else trades."""
        other = await self.rival()
        await self.world.settle()
        await other.orders.submit(limit(PUT, price, quantity, instruction))
        await self.settle()

    # ---- hands

    def point(self, column: Column, price: int) -> QPoint:
        """The middle of a cell, scrolled to where it is seen."""
        panel = self.panel
        index = panel.model.index(panel.model.picture.scale.row(price), column)
        panel.view.scrollTo(index)
        return panel.view.visualRect(index).center()

    def press(self, column: Column, price: int, button: Qt.MouseButton = LEFT) -> None:
        """A click on a cell."""
        QTest.mouseClick(self.panel.view.viewport(), button, Qt.KeyboardModifier.NoModifier, self.point(column, price))

    def cross(self, column: Column, price: int) -> None:
        """A click on the ✕ of a cell."""
        at = self.point(column, price)
        rect = self.panel.view.visualRect(self.panel.view.indexAt(at))
        at.setX(rect.left() + 6 if column is Column.MY_BUYS else rect.right() - 6)
        QTest.mouseClick(self.panel.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)

    def pull(self, column: Column, price: int, target: int) -> None:
        """Press on a cell, let go on another price of the column."""
        viewport, plain = self.panel.view.viewport(), Qt.KeyboardModifier.NoModifier
        self.point(column, target)
        start, end = self.point(column, price), self.panel.view.visualRect(
            self.panel.model.index(self.panel.model.picture.scale.row(target), column)
        ).center()  # fmt: skip
        QTest.mousePress(viewport, LEFT, plain, start)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, LEFT, plain, end)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key on the ladder."""
        QTest.keyClick(self.panel.view, key, modifier)
        QApplication.processEvents()

    # ---- what is

    @property
    def sent(self) -> list[tuple[Instruction, str, int]]:
        """Orders handed to the line."""
        orders = [command for command in self.rig.gateway.sent if isinstance(command, SubmitOrder)]
        return [(order.instruction, f"{order.price}", order.quantity) for order in orders]

    @property
    def cancels(self) -> int:
        """Cancels handed to the line."""
        return sum(isinstance(command, CancelOrder) for command in self.rig.gateway.sent)

    @property
    def working(self) -> list[tuple[str, int]]:
        """Price and what is left of the desk's working orders."""
        return [(f"{order.price}", order.leaves_quantity) for order in self.desk.orders.working()]

    @property
    def line(self) -> str:
        """What the ladder says."""
        return self.panel.controls.line.text()


Story = Callable[[Stage], Awaitable[None]]
Tell = Callable[[Story], None]


def ladder_story(folder: Path, appearance: Appearance, qtbot: QtBot, story: Story) -> None:
    """Tell a story of one ladder."""

    async def told(world: World) -> None:
        rig = await world.open_desk()
        await world.settle()
        stage = Stage(world, rig, appearance)
        qtbot.addWidget(stage.panel)
        await story(stage)

    play(folder, told)
