"""Market time on the desk follows the venue's clock and the monotonic one, never the computer's."""

from datetime import UTC, datetime, timedelta

import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import ClockChanged
from terminal.services.market_clock import MarketClock
from tests.harness import HandClock

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=SHANGHAI)


@pytest.mark.fault("F84")
@pytest.mark.parametrize("speed", [0.0, 1.0, 60.0])
def test_time_is_carried_forward_at_the_speed_of_the_market(speed: float) -> None:
    monotonic = HandClock(50.0)
    clock = MarketClock(monotonic)
    clock.set(ClockChanged(at=TEN.astimezone(UTC), speed=speed, behind_seconds=2.0))
    monotonic.seconds += 3.0
    assert clock.now() == TEN + timedelta(seconds=3 * speed)
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert (clock.speed, clock.behind_seconds) == (speed, 2.0)


def test_before_a_venue_told_it_the_time_is_the_computer_s_and_known_as_such() -> None:
    clock = MarketClock(HandClock())
    assert not clock.is_set
    assert clock.now().tzinfo is SHANGHAI
    clock.set(ClockChanged(at=TEN, speed=0.0))
    assert clock.is_set


def test_a_new_message_sets_the_time_anew() -> None:
    monotonic = HandClock()
    clock = MarketClock(monotonic)
    clock.set(ClockChanged(at=TEN, speed=1.0))
    monotonic.seconds += 100.0
    clock.set(ClockChanged(at=TEN + timedelta(seconds=99), speed=0.0))
    monotonic.seconds += 100.0
    assert clock.now() == TEN + timedelta(seconds=99)
