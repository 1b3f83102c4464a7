"""The contract that a day begins with."""

from collections.abc import Callable

from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.views.trading.ticket import Ticket


def begin_at_the_money(desk: Desk, ticket: Ticket, turn_to: Callable[[str], None]) -> None:
    """Turn to the money of the first expiry whenever a new list has not what the ticket stands on.

    A ticket without a contract is of no use.
    """

    def on_day(_event: DayChanged) -> None:
        if desk.market.contract(ticket.draft.contract_code) is None:
            middle = at_the_money(desk)
            if middle:
                turn_to(middle)

    desk.bus.subscribe(DayChanged, on_day)


def at_the_money(desk: Desk) -> str:
    """Code of the contract of the first expiry with its strike next to the underlying's close; empty without a list."""
    contracts = desk.market.contracts
    if not contracts:
        return ""
    first = contracts[0]
    mine = [c for c in contracts if c.underlying == first.underlying and c.expiry == first.expiry]
    return min(mine, key=lambda c: abs(c.strike - c.underlying_close)).code
