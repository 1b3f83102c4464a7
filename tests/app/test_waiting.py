"""Waiting on the bus: at once, when it comes, and not for ever."""

import asyncio
from asyncio import AbstractEventLoop
from dataclasses import dataclass

import pytest

from terminal.app.waiting import until, why_no_market
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Reason
from terminal.services.bus import Bus
from terminal.services.events import AlarmKind, AlarmRaised, LinkChanged
from tests.app.conftest import Build


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


ENDED = LinkChanged(LinkState.DOWN, "the venue ended: optiondesk: saved market: move the data folder away")
CLOSED = LinkChanged(LinkState.DOWN, "closed by the venue")


@pytest.mark.fault("F44", "F50")
@pytest.mark.parametrize(
    ("refuses", "line", "reason"),
    [
        (False, ENDED, "the venue ended: saved market: move the data folder away"),
        (False, CLOSED, "closed by the venue"),
        (True, CLOSED, "the venue refused: protocol 4, this venue speaks 3"),
        (False, LinkChanged(LinkState.CONNECTING, ""), "no venue answered"),
    ],
)
def test_where_no_market_comes_its_own_words_say_why(
    build: Build, qt_loop: AbstractEventLoop, refuses: bool, line: LinkChanged, reason: str
) -> None:
    desk = build().desk
    refused = AlarmRaised(
        AlarmKind.VENUE_REFUSED, desk.clock.now(), (Reason.NOT_SUPPORTED, "protocol 4, this venue speaks 3")
    )

    async def story() -> str:
        waiting = asyncio.ensure_future(why_no_market(desk, 0.05))
        await asyncio.sleep(0)
        if refuses:
            desk.bus.publish(refused)
        desk.bus.publish(line)
        return await waiting

    assert qt_loop.run_until_complete(story()) == reason
