"""Waits for something to become true, looking only when the bus says that it may have."""

import asyncio
from collections.abc import Callable

from terminal.domain.errors import ascii_safe
from terminal.domain.ports import LinkState
from terminal.services.bus import Bus
from terminal.services.desk import Desk
from terminal.services.events import AlarmKind, AlarmRaised, LinkChanged

#: Of a reason that is passed on; the way on stands at its end
_REASON_LENGTH = 300


async def until(bus: Bus, event_type: type, ready: Callable[[], bool], patience_seconds: float) -> bool:
    """True once `ready`, False when it did not become so in time."""
    changed = asyncio.Event()
    unsubscribe = bus.subscribe(event_type, lambda _event: changed.set())
    try:
        async with asyncio.timeout(patience_seconds):
            while not ready():
                await changed.wait()
                changed.clear()
    except TimeoutError:
        return ready()
    finally:
        unsubscribe()
    return True


async def why_no_market(desk: Desk, patience_seconds: float) -> str:
    """Empty once the line to a market is up; after the patience why it is not, in the venue's own words if it has any.

    A venue that refuses the desk says more than the line that it closes then.
    """
    refused, line = "", ""

    def hear_alarm(alarm: AlarmRaised) -> None:
        nonlocal refused
        if alarm.kind is AlarmKind.VENUE_REFUSED and alarm.figures:
            refused = alarm.figures[-1]

    def hear_line(change: LinkChanged) -> None:
        nonlocal line
        if change.state is LinkState.DOWN and change.detail:
            line = change.detail

    leave = [desk.bus.subscribe(AlarmRaised, hear_alarm), desk.bus.subscribe(LinkChanged, hear_line)]
    try:
        if await until(desk.bus, LinkChanged, lambda: desk.link is LinkState.UP, patience_seconds):
            return ""
    finally:
        for unsubscribe in leave:
            unsubscribe()
    words = f"the venue refused: {refused}" if refused else line.replace("optiondesk: ", "")
    return ascii_safe(words)[:_REASON_LENGTH] or "no venue answered"
