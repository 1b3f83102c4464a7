"""An expiry and a dividend as a person lives through them: the real desk and venue, read from the pop-ups."""

from asyncio import AbstractEventLoop
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from terminal.alerts.alert import AlertKind, Standing
from terminal.app.assembly import Terminal
from terminal.app.instructor import Classroom
from terminal.domain.instructions import InstructionKind
from terminal.services.instructions import InstructionRequest
from terminal.training.session import InstructorSession
from terminal.views.alerts.card import AlertCard
from terminal.views.alerts.toast import Toast
from tests.app.class_rig import play, until

pytestmark = [pytest.mark.requirement("X6", "X8"), pytest.mark.story, pytest.mark.slow]
EXPIRY_DAY = date(2026, 11, 25)


def on_screen(terminal: Terminal, kind: AlertKind) -> str:
    """Everything that toasts, cards and the sheet say of a kind now; empty for nothing."""
    alerts = terminal.workspace.alerts
    told: list[str] = []
    for card in alerts.drawer.cards.values():
        if card.isVisible() and card.group is not None and card.group.kind is kind:
            told += card.face.painted()
    for toast in terminal.window.findChildren(Toast):
        if toast.isVisible() and toast.group.kind is kind:
            told += toast.lines()
    sheet = alerts.sheet
    if sheet is not None and sheet.isVisible() and sheet.group is not None and sheet.group.kind is kind:
        told += sheet.face.painted()
    return "\n".join(told)


def card_of(terminal: Terminal, kind: AlertKind) -> AlertCard:
    cards = terminal.workspace.alerts.drawer.cards.values()
    return next(card for card in cards if card.group is not None and card.group.kind is kind)


async def go(session: InstructorSession, day: date, at: time | None) -> None:
    """Let the market play on to a moment, with everything between."""
    session.jump(day, at)
    await until(lambda: session.now().date() == day and (at is None or session.now().time() >= at))
    await until(lambda: not session.is_jumping)


async def open_drawer(terminal: Terminal) -> None:
    terminal.window.use_preset("expiry")
    terminal.window.bring_up("alerts")
    await until(lambda: terminal.workspace.alerts.drawer.isVisible())


@pytest.mark.requirement("T6", "R2")
def test_a_week_before_an_expiry_to_the_day_after(
    qt_loop: AbstractEventLoop, qapp: QApplication, tmp_path: Path
) -> None:
    async def story(terminal: Terminal, classroom: Classroom) -> None:
        session, desk = classroom.session, terminal.desk
        assert session is not None
        await open_drawer(terminal)
        await until(lambda: on_screen(terminal, AlertKind.NEAR_EXPIRY))
        assert "50ETF Nov 3.00 Call ×20" in on_screen(terminal, AlertKind.NEAR_EXPIRY)
        assert not on_screen(terminal, AlertKind.EXERCISE)

        await go(session, date(2026, 11, 24), time(9, 40))
        await until(lambda: on_screen(terminal, AlertKind.EXERCISE))
        assert "50ETF" in on_screen(terminal, AlertKind.EXERCISE)

        await go(session, EXPIRY_DAY, time(15, 11))
        sheet = terminal.workspace.alerts.sheet
        assert sheet is not None
        await until(sheet.isVisible)
        told = on_screen(terminal, AlertKind.EXERCISE)
        assert "15:30" in told
        assert "×20" in told
        # New opening orders of this account wait for the answer
        assert terminal.reminders.book.holding() is not None
        sheet.act()
        cockpit = terminal.workspace.expiry.cockpit
        await until(cockpit.isVisible)
        call = next(c for c in desk.market.contracts if c.name.startswith("50ETF购11月3000"))
        exercise = InstructionRequest(kind=InstructionKind.EXERCISE, contract_code=call.code, quantity=20)
        await desk.instructions.instruct(exercise)
        await until(lambda: desk.instructions.exercises_in_force(call.code) == 20)
        await until(lambda: "×20" not in on_screen(terminal, AlertKind.EXERCISE))

        await go(session, date(2026, 11, 26), time(9, 35))
        await until(lambda: not on_screen(terminal, AlertKind.EXERCISE))
        over = [a for a in terminal.reminders.book.history() if a.finding.kind is AlertKind.EXERCISE]
        assert over
        assert all(alert.standing is Standing.RESOLVED for alert in over)
        assert not on_screen(terminal, AlertKind.NEAR_EXPIRY)

    play(qt_loop, qapp, tmp_path, "expiry_near_money", story)


@pytest.mark.requirement("T4", "T5")
def test_a_dividend_from_its_notice_to_the_shares_locked_from_the_reminder(
    qt_loop: AbstractEventLoop, qapp: QApplication, tmp_path: Path
) -> None:
    async def story(terminal: Terminal, classroom: Classroom) -> None:
        session, desk = classroom.session, terminal.desk
        assert session is not None
        terminal.preferences.change(confirm_orders=False)
        await open_drawer(terminal)
        assert not on_screen(terminal, AlertKind.ADJUSTMENT_COMING)

        await go(session, date(2026, 12, 10), time(10, 6))
        await until(lambda: on_screen(terminal, AlertKind.ADJUSTMENT_COMING))
        told = on_screen(terminal, AlertKind.ADJUSTMENT_COMING)
        assert "0.055" in told
        assert "2026-12-14" in told

        # The eve, after the close: exact terms
        await go(session, date(2026, 12, 11), time(15, 25))
        await until(lambda: "10,000 → 10,1" in on_screen(terminal, AlertKind.ADJUSTMENT_COMING))
        before = on_screen(terminal, AlertKind.ADJUSTMENT_COMING)

        await go(session, date(2026, 12, 14), time(9, 35))
        await until(lambda: on_screen(terminal, AlertKind.COVERED_SHORTFALL))
        call = next(c for c in desk.market.contracts if c.is_adjusted and c.strike < 3 and c.code)
        assert f"10,000 → {call.multiplier:,}" in before
        missing = 10 * (call.multiplier - 10_000)
        assert f"{missing:,}" in on_screen(terminal, AlertKind.COVERED_SHORTFALL)
        locked = desk.portfolio.holdings["510050"].locked
        card_of(terminal, AlertKind.COVERED_SHORTFALL).main.click()
        await until(lambda: desk.portfolio.holdings["510050"].locked >= locked + missing)
        await until(lambda: not on_screen(terminal, AlertKind.COVERED_SHORTFALL))
        ended = [a for a in terminal.reminders.book.history() if a.finding.kind is AlertKind.COVERED_SHORTFALL]
        assert ended[0].standing is Standing.RESOLVED

    play(qt_loop, qapp, tmp_path, "dividend_covered", story)
