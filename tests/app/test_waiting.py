"""Waiting on the bus: at once, when it comes, and not for ever."""

import asyncio
from dataclasses import dataclass

import pytest

from terminal.app.waiting import until
from terminal.services.bus import Bus


@dataclass(frozen=True, slots=True)
class Happened:
    """Something did."""


def test_what_is_true_already_is_not_waited_for() -> None:
    assert asyncio.run(until(Bus(), Happened, lambda: True, 0.0))


def test_only_an_event_makes_it_look_again() -> None:
    bus, looks = Bus(), [0]

    def ready() -> bool:
        looks[0] += 1
        return looks[0] == 3

    async def story() -> bool:
        waiting = asyncio.ensure_future(until(bus, Happened, ready, 5.0))
        for _ in range(2):
            for _ in range(5):
                await asyncio.sleep(0)
            bus.publish(Happened())
        return await waiting

    assert asyncio.run(story())
    assert looks[0] == 3


@pytest.mark.parametrize("comes", [True, False])
def test_it_stops_listening_in_time_or_when_the_patience_is_over(comes: bool) -> None:
    bus = Bus()
    assert asyncio.run(until(bus, Happened, lambda: comes, 0.01)) is comes
    assert not bus._observers[Happened]
