"""Quotes by hand over a real maker's desk and the real venue: ticket, chain and banner as the workspace joins them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from terminal.app.limits import maker_limits
from terminal.app.preferences import Preferences
from terminal.app.quoting_desk import build_quoting_desk
from terminal.app.quoting_panels import QuotingPanels, build_maker
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.domain.quotes import Handling
from terminal.services.answer_guard import AnswerGuard
from terminal.services.quote_drafts import QuoteDrafts
from terminal.services.resting import resting_of
from terminal.services.risk import RiskService
from terminal.services.valuation import Valuation
from terminal.storage.settings import SettingsFile
from terminal.views.appearance import Appearance
from terminal.views.banner import Banner
from terminal.views.chain.columns import ColumnSet
from terminal.views.chain.panel import ChainPanel
from terminal.views.quoting.hand_quotes import HandQuotes
from tests.harness import START, HandClock
from tests.making_rig import MAKER, PUT, MakingRig, making_story
from tests.quoting_rig import limits, quote_messages


class HandStage:
    """The screens of one desk, looked at by hand."""

    def __init__(
        self, making: MakingRig, appearance: Appearance, qtbot: QtBot, folder: Path, handling: Handling
    ) -> None:
        rig, desk = making.rig, making.rig.desk
        self.making, self.desk = making, desk
        self.tasks: list[asyncio.Task[Any]] = []
        AnswerGuard(desk.bus, making.obligations, desk.quoting, desk.clock.now)
        self.quoting = build_quoting_desk(
            desk, rig.theoretical, rig.journal, rig.gateway, self.spawn, clock=HandClock()
        )
        guards = maker_limits({})
        self.maker = build_maker(self.quoting, rig.theoretical, making.obligations.terms, guards, lambda expiry: 12)
        self.maker.sheet = limits(order_quantity=200)
        valuation: Valuation = rig.theoretical._valuation
        risk = RiskService(
            desk.market, desk.portfolio, valuation, lambda: resting_of(desk.orders.working(), desk.market)
        )
        self.chain = ChainPanel(desk, valuation, appearance, monotonic=desk.monotonic, days_left=lambda expiry: 12)
        self.banner = Banner()
        drafts = QuoteDrafts(desk.market, rig.theoretical, making.obligations, desk.quoting, handling=handling)
        self.hand = HandQuotes(self.maker, drafts, making.obligations)
        preferences = Preferences(SettingsFile(folder / "settings.json"))
        self.panels = QuotingPanels(self.maker, self.hand, risk, appearance, preferences, self.chain)
        self.panels.join(self.chain, self.banner)
        self.ticket, self.form = self.panels.ticket, self.panels.ticket.form
        for widget in (
            self.chain,
            self.banner,
            self.panels.grid,
            self.panels.protection,
            self.panels.stop_menu,
            self.ticket,
        ):
            qtbot.addWidget(widget)
        self.chain.resize(1500, 330)
        self.chain.set_column_set(ColumnSet.TRADER)
        self.ticket.resize(356, 480)
        self.chain.show()
        self.ticket.show()
        self.ticket.show_contract(PUT)
        self.look()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> object:
        self.tasks.append(asyncio.ensure_future(work))
        return self.tasks[-1]

    # ---- time

    def look(self) -> None:
        """One turn of the frame timer."""
        self.hand.flush()
        self.panels.grid.flush()
        self.ticket.flush()
        self.chain.flush()

    async def settle(self, seconds: float = 0.0) -> None:
        """Let time pass and everything arrive, and look."""
        if seconds:
            await self.making.wait(seconds)
        await self.making.world.settle()
        while self.tasks:
            await self.tasks.pop()
        await self.making.world.settle()
        self.look()

    # ---- hands

    def type(self, line: QLineEdit, text: str) -> None:
        """Type over what stands in a field."""
        line.selectAll()
        QTest.keyClicks(line, text)

    def key(self, key: Qt.Key) -> None:
        """A key in the ticket, not at once after another."""
        self.making.world.clock.seconds += 1.1
        QTest.keyClick(self.form.bid.price_field.line, key)

    def chain_key(self, key: Qt.Key) -> None:
        """A key in the chain at the put, not at once after another."""
        self.making.world.clock.seconds += 1.1
        assert self.chain.show_contract(PUT)
        QTest.keyClick(self.chain.view, key)

    def cell(self, key: str, code: str = PUT) -> QPoint:
        """The middle of a cell of the chain."""
        contract = self.desk.market.contract(code)
        assert contract is not None
        assert self.chain.show_contract(code)
        view = self.chain.view
        row, column = view.chain.row_of_contract(contract), view.chain.column_of(contract.right, key)
        assert row is not None
        assert column is not None
        return view.visualRect(view.chain.index(row, column)).center()

    def turn(self, key: str, notches: int) -> bool:
        """Turn the wheel over a cell; whether the chain kept it."""
        at = QPointF(self.cell(key))
        viewport = self.chain.view.viewport()
        event = QWheelEvent(
            at,
            QPointF(viewport.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        event.ignore()
        QApplication.sendEvent(viewport, event)
        return event.isAccepted()

    # ---- what is

    @property
    def prices(self) -> tuple[str, str]:
        """Both prices as they stand in the fields."""
        return self.form.bid.price_field.text, self.form.ask.price_field.text

    @property
    def live(self) -> tuple[int, int, int, int] | None:
        """Our quote of the put as the desk knows it: bid, size, ask, size."""
        live = self.desk.quoting.live(PUT)
        return None if live is None else (live.bid, live.bid_quantity, live.ask, live.ask_quantity)

    @property
    def best(self) -> tuple[int, int]:
        """The best prices of the put's book, as the venue tells everybody."""
        quote = self.desk.market.quotes[self.desk.market.row_of[PUT]]
        return int(quote[Column.BID_PRICE]), int(quote[Column.ASK_PRICE])

    @property
    def sent(self) -> int:
        """Quote messages handed to the line."""
        return len(quote_messages(self.making.rig))

    def move_book(self, by: int) -> None:
        """The put is dearer, seen by this desk alone, and its theoretical price with it."""
        market = self.desk.market
        row = market.quotes[market.row_of[PUT]].copy()
        for first in (Column.BID_PRICE, Column.ASK_PRICE):
            levels = row[first : first + 5]
            levels[levels > 0] += by
        market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))


Tell = Callable[..., None]


def hand_story(
    folder: Path,
    appearance: Appearance,
    qtbot: QtBot,
    story: Callable[[HandStage], Awaitable[None]],
    *,
    account: str = MAKER,
    handling: Handling = Handling.REFUSE,
    participation: str = "",
) -> None:
    """Tell a story of quotes by hand."""

    async def told(making: MakingRig) -> None:
        await story(HandStage(making, appearance, qtbot, folder, handling))

    making_story(folder, told, account, participation)


__all__ = ["MAKER", "PUT", "HandStage", "Tell", "hand_story"]
