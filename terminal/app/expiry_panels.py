"""Expiry put together: the services over a desk, the five panels, and what joins them to ticket and instructions."""

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
from PySide6.QtWidgets import QWidget

from terminal.app.export import Exporter
from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction
from terminal.services.auto_exercise import Memory
from terminal.services.desk import Desk
from terminal.services.event_calendar import Todo, TodoKind
from terminal.services.expiry_services import ExpiryServices, build_expiry
from terminal.services.valuation import Figure, Valuation
from terminal.views.appearance import Appearance
from terminal.views.expiry.adjustment_panel import AdjustmentPanel
from terminal.views.expiry.assignment_panel import AssignmentPanel
from terminal.views.expiry.calendar_panel import CalendarPanel
from terminal.views.expiry.cockpit_panel import CockpitPanel
from terminal.views.expiry.covered_panel import CoveredPanel
from terminal.views.expiry.sender import Spawn
from terminal.views.frame_timer import BEAT, FRAMES_PER_SECOND, FrameTimer

#: Four times a second
_COCKPIT_FRAMES = BEAT
#: Every five seconds: with every price of the underlying all terms of a sheet are others
_SHEET_FRAMES = 5 * FRAMES_PER_SECOND
#: Instruction, contract and quantity for the ticket
SeedTicket = Callable[[str, Instruction, int], object]


def build_services(
    desk: Desk, valuation: Valuation, calendar: TradingCalendar, memory: Memory, spawn: Spawn
) -> ExpiryServices:
    """Make the services; the chance of exercise is the delta's size, which near expiry is close to it."""

    def chance(contract: Contract) -> float | None:
        row = desk.market.row_of.get(contract.code)
        if row is None or row >= valuation.values.shape[1]:
            return None
        delta = float(valuation.values[Figure.DELTA, row])
        return min(abs(delta) / contract.multiplier, 1.0) if np.isfinite(delta) else None

    return build_expiry(desk, calendar, chance, memory, spawn)


class ExpiryPanels:
    """The five panels. Served by the frame timer."""

    def __init__(
        self,
        desk: Desk,
        services: ExpiryServices,
        appearance: Appearance,
        spawn: Spawn,
        exporter: Exporter,
        *,
        confirm: Callable[[], bool],
    ) -> None:
        self.services = services
        self.calendar = CalendarPanel(services, appearance, exporter.export, partial(exporter.save_text, suffix="ics"))
        self.cockpit = CockpitPanel(desk, services, appearance, spawn, exporter.export, confirm=confirm)
        self.assignment = AssignmentPanel(desk, services, appearance, spawn, confirm=confirm)
        self.covered = CoveredPanel(desk, services, appearance, spawn, confirm=confirm)
        self.adjustment = AdjustmentPanel(desk, services, appearance, exporter.export)

    @property
    def by_name(self) -> dict[str, QWidget]:
        """The panels by the names of their docks."""
        return {
            "calendar": self.calendar,
            "cockpit": self.cockpit,
            "assignment": self.assignment,
            "covered": self.covered,
            "adjustment": self.adjustment,
        }

    @property
    def counts(self) -> dict[str, Callable[[], int]]:
        """Figures beside the names of docks: what has yet to be decided or locked."""
        services = self.services
        return {
            "cockpit": lambda: len(services.desk.undecided(services.desk.today)),
            "assignment": lambda: len(services.assignments.assigned()),
            "covered": lambda: sum(1 for row in services.pool.rows() if row.to_lock),
        }

    def join(
        self,
        *,
        turn_to: Callable[[str], object],
        bring_up: Callable[[str], object],
        seed: SeedTicket,
        close: Callable[[str, PositionSide], object],
        begin_instruction: Callable[..., object],
    ) -> None:
        """Let presses lead to ticket, instruction form and each other."""

        def sell(code: str, quantity: int) -> None:
            seed(code, Instruction.SELL_CLOSE, quantity)
            bring_up("ticket")

        def hedge(code: str, quantity: int) -> None:
            seed(code, Instruction.BUY_OPEN, quantity)
            bring_up("ticket")

        def close_in_ticket(code: str, side: PositionSide) -> None:
            close(code, side)
            bring_up("ticket")

        def lock(underlying: str) -> None:
            bring_up("covered")
            self.covered.lock_missing(underlying)

        def act(todo: Todo) -> None:
            underlying = todo.underlyings[0] if todo.underlyings else ""
            if todo.kind in (TodoKind.EXERCISE, TodoKind.EXPIRY):
                self.cockpit.show_expiry(todo.due.date())
                bring_up("cockpit")
            elif todo.kind is TodoKind.DELIVER:
                bring_up("assignment")
            elif todo.kind is TodoKind.TOP_UP:
                lock(underlying)
            else:
                self.adjustment.show_underlying(underlying)
                bring_up("adjustment")

        def show_expiry(expiry: date) -> None:
            self.cockpit.show_expiry(expiry)
            bring_up("cockpit")

        self.cockpit.contract_chosen.connect(turn_to)
        self.adjustment.contract_chosen.connect(turn_to)
        self.cockpit.sale_wanted.connect(sell)
        self.assignment.hedge_wanted.connect(hedge)
        for panel in (self.assignment, self.covered):
            panel.close_wanted.connect(close_in_ticket)
        for asks in (self.cockpit, self.assignment, self.covered):
            asks.instruction_wanted.connect(begin_instruction)
        self.adjustment.lock_wanted.connect(lock)
        self.calendar.expiry_chosen.connect(show_expiry)
        self.calendar.todo_wanted.connect(act)

    def register(self, frame_timer: FrameTimer) -> None:
        """Have the panels served: the countdowns four times a second, the rest as often as a person looks."""
        frame_timer.register(self.cockpit, _COCKPIT_FRAMES)
        frame_timer.register(self.calendar, 2 * BEAT)
        for panel in (self.assignment, self.covered):
            frame_timer.register(panel, 2 * BEAT)
        frame_timer.register(self.adjustment, _SHEET_FRAMES)
