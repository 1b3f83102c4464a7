"""Reminders in the real window: from the cause to the screen, over the ticket, and where their buttons lead."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.app.assembly import Terminal
from terminal.app.waiting import until
from terminal.domain.accounts import PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction
from terminal.rules.order_warnings import OrderWarning
from terminal.services.events import AccountChanged
from terminal.services.order_warnings import Acknowledgement
from terminal.views.alerts.samples import LEVELS
from terminal.views.docks import Dock
from terminal.views.frame_timer import FRAMES_PER_SECOND
from tests.app.conftest import PATIENCE_SECONDS, Tell
from tests.harness import CALL, FUND, World, limit

SHEET = Finding(AlertKind.INSTRUCTOR, "1", Level.SHEET, FUND, (CALL,), figures={"title": "Task", "text": "Read this"})


class _Seen:
    """Told at every frame; sets its event once what is waited for is on screen."""

    def __init__(self, is_there: Callable[[], bool]) -> None:
        self._is_there = is_there
        self.event = asyncio.Event()

    def isVisible(self) -> bool:
        """Always."""
        return True

    def flush(self) -> None:
        """Look."""
        if self._is_there():
            self.event.set()


async def on_screen(terminal: Terminal, is_there: Callable[[], bool]) -> int:
    """Frames until one shows it; fails when it never comes.

    A second has `FRAMES_PER_SECOND` at most: a machine that is slow shows fewer, not later ones.
    """
    began, seen = terminal.frame_timer.frames, _Seen(is_there)
    terminal.frame_timer.register(seen)
    await asyncio.wait_for(seen.event.wait(), PATIENCE_SECONDS)
    terminal.frame_timer.unregister(seen)
    return terminal.frame_timer.frames - began


async def buy(terminal: Terminal) -> None:
    desk = terminal.desk
    read = [Acknowledgement(OrderWarning.NEAR_EXPIRY, "Li", desk.clock.now())]
    await desk.orders.submit(limit(CALL, "0.4630", 2), acknowledged=read)

    def booked() -> bool:
        position = desk.portfolio.position(CALL, PositionSide.LONG)
        return position is not None and position.quantity >= 2

    assert await until(desk.bus, AccountChanged, booked, PATIENCE_SECONDS)


@pytest.mark.requirement("X6")
def test_from_the_cause_to_the_screen_it_takes_less_than_a_second(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        alerts = terminal.workspace.alerts
        terminal.reminders.set_threshold("near_expiry_days", 20)
        await buy(terminal)
        # What was bought expires soon: the rules find it after the fill was booked
        frames = await on_screen(
            terminal, lambda: any(t.group.kind is AlertKind.NEAR_EXPIRY for t in alerts.toasts.toasts)
        )
        assert frames < FRAMES_PER_SECOND
        assert alerts.badge.isVisible()
        terminal.end_at_once()

    assert tell(story) == 0


@pytest.mark.requirement("X6")
def test_a_sheet_comes_over_the_ticket_and_leaves_what_is_typed(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space, alerts = terminal.workspace, terminal.workspace.alerts
        sheet = alerts.sheet
        assert sheet is not None
        await buy(terminal)
        line = space.ticket.price.line
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, "0.46")
        terminal.reminders.tell(SHEET)
        assert await on_screen(terminal, sheet.isVisible) < FRAMES_PER_SECOND
        QTest.keyClicks(line, "21")
        assert QApplication.focusWidget() is line
        assert line.text() == "0.4621"
        assert sheet.is_folded
        space.window._window_keys.actions["alerts.first"].trigger()
        assert not sheet.is_folded
        assert sheet.geometry() == space.ticket.rect()
        assert line.text() == "0.4621"
        sheet.checked.click()
        sheet.acknowledge()
        await on_screen(terminal, sheet.isHidden)
        assert terminal.reminders.book.holding() is None
        terminal.end_at_once()

    assert tell(story) == 0


class _Shown(QWidget):
    """A panel of another folder that turns to findings."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[object] = []

    def show_underlying(self, underlying: str) -> None:
        """Remember it."""
        self.shown.append(underlying)

    def show_expiry(self, expiry: date) -> None:
        """Remember it."""
        self.shown.append(expiry)

    def lock_missing(self, underlying: str) -> None:
        """Remember it."""
        self.shown.append(("lock", underlying))


def test_buttons_lead_to_ticket_forms_and_panels_and_are_grey_without_one(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space = terminal.workspace
        actions, window = space.alerts.actions, space.window
        about = Finding(AlertKind.EXERCISE, "1", Level.CARD, FUND, (CALL,))
        kept = {name: window.docks.pop(name) for name in ("cockpit", "assignment", "covered", "adjustment")}
        assert actions.reason(AlertAction.CLOSE, about) == "Nothing of it is held that could be closed now"
        assert not actions.act(AlertAction.CLOSE, about)
        assert actions.reason(AlertAction.SHOW_DELIVERY, about) == "Its panel is not in this window"
        nameless = replace(about, codes=(), underlying="")
        assert actions.reason(AlertAction.TICKET, nameless) == "It names nothing that is listed today"
        assert actions.reason(AlertAction.RELEASE, about) == "It names nothing that is listed today"
        await buy(terminal)
        assert actions.act(AlertAction.CLOSE, about)
        draft = space.ticket.draft
        assert (draft.contract_code, draft.instruction, draft.quantity_text) == (CALL, Instruction.SELL_CLOSE, "2")
        assert actions.act(AlertAction.TICKET, about)
        assert window.docks["ticket"].isVisible()
        form = space.instructions.form
        assert actions.act(AlertAction.EXERCISE, about)
        assert (form.kind, form.contract.currentData()) == (InstructionKind.EXERCISE, CALL)
        assert actions.act(AlertAction.TOP_UP, about)
        assert (form.kind, form.underlying.currentData()) == (InstructionKind.LOCK, FUND)
        for action, name in (
            (AlertAction.SHOW_FUNDS, "funds"),
            (AlertAction.SHOW_OBLIGATIONS, "obligations"),
            (AlertAction.ANSWER_INQUIRY, "inquiries"),
        ):
            assert actions.act(action, about)
            assert window.docks[name].isVisible()
        # A panel that is registered later makes its buttons live, and is told what it is about
        panel = _Shown()
        dock = Dock("assignment", "Reminders", panel, window)
        window.docks["assignment"] = dock
        assert actions.reason(AlertAction.SHOW_DELIVERY, about) == ""
        assert actions.act(AlertAction.SHOW_DELIVERY, about)
        contract = terminal.desk.market.contract(CALL)
        assert contract is not None
        assert panel.shown == [contract.expiry, FUND]
        window.docks["covered"] = dock
        assert actions.act(AlertAction.TOP_UP, about)
        assert panel.shown[2:] == [contract.expiry, FUND, ("lock", FUND)]
        window.docks.update(kept)
        # With the panels of the window itself
        for action, name in (
            (AlertAction.EXERCISE, "cockpit"),
            (AlertAction.SHOW_DELIVERY, "assignment"),
            (AlertAction.SHOW_COVER, "covered"),
            (AlertAction.SHOW_ADJUSTMENT, "adjustment"),
        ):
            assert actions.act(action, about)
            assert window.docks[name].isVisible()
        assert space.expiry.cockpit.bar.chosen == contract.expiry
        terminal.end_at_once()

    assert tell(story) == 0


def test_every_kind_can_be_shown_as_an_example_that_holds_nothing(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        window, alerts = terminal.window, terminal.workspace.alerts
        corner, sheet = alerts.corner, alerts.sheet
        assert corner is not None
        assert sheet is not None
        window.bring_up("alert_settings")
        page = alerts.settings.kinds
        assert page is not None
        for kind in AlertKind:
            page.show_kind(kind)
            page.show_me.click()
            if LEVELS[kind] is Level.TOAST:
                assert alerts.toasts.toasts[-1].lines()[0].startswith("Example: ")
            elif LEVELS[kind] is Level.SHEET:
                assert sheet.isVisible()
                assert sheet.state.text() == "Example: nothing is held"
                sheet.checked.setChecked(True)
                sheet.acknowledge()
                assert sheet.isHidden()
            else:
                assert corner.sample is not None
                assert corner.sample.sample.text() == "Example"
                corner.sample.acknowledge()
                assert corner.sample is None
        assert terminal.reminders.book.holding() is None
        assert not [a for a in terminal.reminders.book.history() if a.finding.subject.startswith("sample")]
        terminal.end_at_once()

    assert tell(story) == 0
