"""A market maker's desk in the world of `tests.harness`, and quotes in short."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from terminal.domain.messages import CancelQuotes, QuoteReport, SubmitQuotes
from terminal.domain.quotes import QuoteEntry
from terminal.rules.protection.limit_sheet import LimitSheet
from terminal.services.gate import DESK
from tests.harness import FUND, OPEN_SHEET, DeskRig, World

MAKER = "MM1"
STRATEGY = "quoter"


async def open_maker(world: World, desk_id: str = "D1", account_id: str = MAKER) -> DeskRig:
    """A maker's desk, recovered and with theoretical prices."""
    rig = await world.open_desk(desk_id, account_id)
    await world.settle()
    rig.theoretical.settle(FUND)
    return rig


async def closed_maker(folder: Path) -> DeskRig:
    """A maker's desk that has seen its market; its line and journal are closed again."""
    world = World(folder)
    world.open_venue()
    rig = await open_maker(world)
    await world.close()
    return rig


def quote(code: str, bid: str, ask: str, size: int = 5, ask_size: int | None = None) -> QuoteEntry:
    """Both sides of a contract."""
    asked = size if ask_size is None else ask_size
    return QuoteEntry(
        contract_code=code, bid_price=Decimal(bid), bid_quantity=size, ask_price=Decimal(ask), ask_quantity=asked
    )


def limits(**figures: float) -> LimitSheet:
    """The open sheet with some limits."""
    return replace(OPEN_SHEET, **figures)


def with_limits(rig: DeskRig, **figures: float) -> None:
    """Put a sheet in force for the desk."""
    rig.gate.set_sheet(DESK, limits(**figures))


def quote_messages(rig: DeskRig) -> list[SubmitQuotes]:
    """Quote messages the desk handed to the line."""
    return [command for command in rig.gateway.sent if isinstance(command, SubmitQuotes)]


def quote_cancels(rig: DeskRig) -> list[CancelQuotes]:
    """Cancels of quotes it handed to the line."""
    return [command for command in rig.gateway.sent if isinstance(command, CancelQuotes)]


def reports(rig: DeskRig) -> list[QuoteReport]:
    """What the venue told of quotes."""
    return [event for event in rig.gateway.received if isinstance(event, QuoteReport)]
