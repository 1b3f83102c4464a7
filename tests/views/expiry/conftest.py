"""The expiry day of `expiry_rig`, with services and hands for the panels."""

from asyncio import AbstractEventLoop

import pytest

from terminal.services.desk import Desk
from terminal.services.expiry_services import ExpiryServices
from tests.views.expiry.expiry_rig import MemoryKeeper, open_expiry_day, services_of
from tests.views.trading.ticket_rig import Started


@pytest.fixture
def started(qt_loop: AbstractEventLoop) -> Started:
    """What a panel has started; it goes on when the test says so."""
    return Started(qt_loop)


@pytest.fixture
def memory() -> MemoryKeeper:
    """What the program remembers."""
    return MemoryKeeper()


@pytest.fixture
def day(empty_desk: Desk) -> Desk:
    """A desk on the afternoon of the expiry day."""
    open_expiry_day(empty_desk)
    return empty_desk


@pytest.fixture
def services(day: Desk, memory: MemoryKeeper, started: Started) -> ExpiryServices:
    """The services over it."""
    return services_of(day, memory, started)
