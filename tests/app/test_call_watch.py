"""A strategy that never comes back is broken off, and nothing else is."""

import threading
import time
from collections.abc import Iterator

import pytest

from terminal.app.call_watch import CallWatch
from terminal.strategies.calls import CallOverran

PATIENCE_SECONDS = 60.0


@pytest.fixture
def watch() -> Iterator[CallWatch]:
    made = CallWatch(factor=1.0)
    made.start()
    yield made
    made.close()


def loop_for_ever() -> None:
    """Never comes back, but where nobody breaks it off a test may not hang."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        pass


@pytest.mark.fault("F69")
@pytest.mark.parametrize("again", range(3))
def test_an_endless_loop_ends(watch: CallWatch, again: int) -> None:
    for _ in range(again + 1):
        watch.arm(0.05)
        with pytest.raises(CallOverran):
            loop_for_ever()
        watch.disarm()


@pytest.mark.fault("F69")
def test_a_call_that_ends_in_time_is_left_alone(watch: CallWatch) -> None:
    for _ in range(2_000):
        watch.arm(PATIENCE_SECONDS)
        watch.disarm()
    until = time.monotonic() + 0.12
    while time.monotonic() < until:
        pass


@pytest.mark.fault("F69")
def test_what_was_raised_too_late_never_comes_later(watch: CallWatch) -> None:
    for _ in range(3):
        try:
            watch.arm(0.0)
            time.sleep(0.12)
            watch.disarm()
        except CallOverran:
            watch.disarm()
        for _ in range(10_000):
            pass


def test_a_desk_without_strategies_has_no_thread_that_watches_them() -> None:
    def names() -> list[str]:
        return [thread.name for thread in threading.enumerate()]

    made = CallWatch()
    made.start()
    assert "call watch" not in names()
    made.arm(5.0)
    made.disarm()
    assert names().count("call watch") == 1
    made.close()
    made.arm(5.0)
    made.disarm()
    assert "call watch" not in names()
