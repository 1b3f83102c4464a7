"""The bus keeps going when an observer does not."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from terminal.services.bus import Bus


@dataclass(frozen=True)
class Happened:
    number: int


def test_observers_are_called_in_the_order_they_came() -> None:
    bus = Bus()
    seen: list[str] = []
    bus.subscribe(Happened, lambda e: seen.append(f"first {e.number}"))
    bus.subscribe(Happened, lambda e: seen.append(f"second {e.number}"))
    bus.publish(Happened(1))
    assert seen == ["first 1", "second 1"]


@pytest.mark.fault("F68")
def test_an_observer_that_raises_is_stopped_and_named_and_the_others_go_on(
    expected_warnings: Callable[[str], None],
) -> None:
    expected_warnings("raised and was stopped")
    bus = Bus()
    seen: list[int] = []
    faults: list[str] = []
    bus.on_fault = lambda name, error: faults.append(f"{name}: {error}")

    def breaks(event: Happened) -> None:
        raise ValueError("no")

    bus.subscribe(Happened, breaks)
    bus.subscribe(Happened, lambda e: seen.append(e.number))
    bus.publish(Happened(1))
    bus.publish(Happened(2))
    assert seen == [1, 2]
    assert len(faults) == 1
    assert "breaks: no" in faults[0]


def test_an_observer_may_leave_while_it_is_called() -> None:
    bus = Bus()
    seen: list[int] = []

    def once(event: Happened) -> None:
        seen.append(event.number)
        leave()

    leave = bus.subscribe(Happened, once)
    bus.publish(Happened(1))
    bus.publish(Happened(2))
    assert seen == [1]


def test_only_observers_of_exactly_that_class_hear_it() -> None:
    bus = Bus()
    bus.subscribe(Happened, lambda e: pytest.fail("not for this one"))
    bus.publish("something else")
