"""What joins the expiry panels to the rest of the desk, and the layout they stand in."""

import asyncio
from asyncio import AbstractEventLoop
from datetime import date, datetime

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from terminal.app.assembly import Terminal
from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction
from terminal.services.event_calendar import Todo, TodoKind
from tests.app.conftest import Build, Tell
from tests.harness import CALL, CHEAP_CALL, FUND, PUT, World
from tests.views.expiry.expiry_rig import EXPIRIES, open_expiry_day

pytestmark = pytest.mark.requirement("X6")


def test_presses_lead_to_ticket_form_and_panels(tell: Tell) -> None:
    async def story(terminal: Terminal, world: World) -> None:
        space, window = terminal.workspace, terminal.window
        panels = space.expiry
        window.use_preset("expiry")
        panels.cockpit.sale_wanted.emit(CALL, 3)
        draft = space.ticket.draft
        assert (draft.contract_code, draft.instruction, draft.quantity_text) == (CALL, Instruction.SELL_CLOSE, "3")
        assert draft.price_text == "0.4620"
        panels.assignment.hedge_wanted.emit(PUT, 4)
        draft = space.ticket.draft
        assert (draft.contract_code, draft.instruction, draft.quantity_text) == (PUT, Instruction.BUY_OPEN, "4")
        panels.covered.close_wanted.emit(CHEAP_CALL, PositionSide.COVERED)
        assert space.ticket.draft.instruction is Instruction.COVERED_CLOSE
        panels.cockpit.instruction_wanted.emit(InstructionKind.SHARES_IN, FUND, 18_000)
        form = space.instructions.form
        assert (form.kind, form.underlying.currentData()) == (InstructionKind.SHARES_IN, FUND)
        assert form.quantity.text() == "18000"
        due = datetime(2026, 3, 25, 15, 30, tzinfo=SHANGHAI)
        for kind, dock in (
            (TodoKind.EXPIRY, "cockpit"),
            (TodoKind.DELIVER, "assignment"),
            (TodoKind.ADJUSTMENT, "adjustment"),
            (TodoKind.TOP_UP, "covered"),
        ):
            panels.calendar.todo_wanted.emit(Todo(kind=kind, due=due, underlyings=(FUND,)))
            assert window.docks[dock].isVisible()
        panels.calendar.expiry_chosen.emit(date(2026, 3, 25))
        assert window.docks["cockpit"].isVisible()
        terminal.end_at_once()

    assert tell(story) == 0


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_the_layout_of_an_expiry_day_has_no_chain_and_gives_it_back(build: Build, width: int, height: int) -> None:
    terminal = build()
    open_expiry_day(terminal.desk)
    window = terminal.window
    window.show()
    window.resize(QSize(width, height))
    window.use_preset("expiry")
    for _ in range(3):
        terminal.frame_timer.serve_all()
    space = terminal.workspace
    assert space.chain.isHidden()
    assert window.docks["calendar"].isVisible()
    assert (window.width(), window.height()) == (width, height)
    assert space.expiry.cockpit.width() >= (780 if width == 1920 else 560)
    assert space.expiry.cockpit.deadline.countdown
    assert terminal.expiry.desk.expiries() == list(EXPIRIES)
    window.use_preset("trading")
    assert not space.chain.isHidden()
    window.hide()


def test_a_window_stays_as_large_as_it_is_whatever_was_docked_in_a_layout(
    build: Build, qt_loop: AbstractEventLoop
) -> None:
    terminal = build()
    open_expiry_day(terminal.desk)
    window, small = terminal.window, QSize(1366, 768)
    window.show()
    window.resize(small)

    async def go_round() -> None:
        for preset in ("expiry", "making", "expiry", "trading", "making", "expiry"):
            window.use_preset(preset)
            await asyncio.sleep(0)
            QApplication.processEvents()
            assert window.size() == small, preset
            window.bring_up("alert_settings")
            QApplication.processEvents()
            window.save_layout()

    qt_loop.run_until_complete(go_round())
    window.hide()
