"""Waits for something to become true, looking only when the bus says that it may have."""

import asyncio
from collections.abc import Callable

from terminal.services.bus import Bus


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
