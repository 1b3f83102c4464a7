"""A ticket on the desk of the views' tests; what it starts goes on when the test says so."""

from asyncio import AbstractEventLoop
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from terminal.rules.profile import Profile
from terminal.services.checks import DeskLimits, OrderChecks
from terminal.services.desk import Desk
from terminal.services.order_draft import DraftJudge
from terminal.views.appearance import Appearance
from terminal.views.trading.ticket import Ticket
from tests.views.trading.ticket_rig import (
    MakeTicket,
    Started,
    code_of,
)


@pytest.fixture
def started(qt_loop: AbstractEventLoop) -> Started:
    return Started(qt_loop)


@pytest.fixture
def confirm() -> list[bool]:
    """What the settings say of confirmation; a test may change it."""
    return [False]


@pytest.fixture
def make_ticket(
    qtbot: QtBot, desk: Desk, profile: Profile, appearance: Appearance, started: Started, confirm: list[bool]
) -> MakeTicket:
    def make(order_value: Decimal | None = Decimal(1_000_000)) -> Ticket:
        checks = OrderChecks(
            profile, desk.market, desk.portfolio, DeskLimits(order_value), desk.instructions.checks.terms
        )
        ticket = Ticket(
            desk,
            DraftJudge(checks, desk.market, desk.portfolio),
            appearance,
            started,
            confirm=lambda: confirm[0],
            presets=lambda: (1, 5, 10),
        )
        qtbot.addWidget(ticket)
        ticket.resize(400, 700)
        ticket.show()
        return ticket

    return make


@pytest.fixture
def ticket(make_ticket: MakeTicket, desk: Desk) -> Ticket:
    """Ready to buy one 2.50 call at the ask."""
    ticket = make_ticket()
    ticket.show_contract(code_of(desk))
    return ticket
