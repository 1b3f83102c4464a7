"""Eurex's four statistics and the loss, over a rolling window."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.rules.protection.market_maker import (
    Measure,
    ProtectionLimits,
    ProtectionWindow,
    QuoteExecution,
    percent_of,
    tripped,
)

FREE = ProtectionLimits(
    window_seconds=10, volume=math.inf, delta=math.inf, vega=math.inf, percent=math.inf, loss=math.inf
)


def execution(at: float, kind: str, quantity: int, size: int = 50, price: float = 0.07) -> QuoteExecution:
    """`kind` as BC, BP, SC, SP."""
    return QuoteExecution(at, 0, kind[1] == "C", kind[0] == "B", quantity, size, price, 10_000.0)


@pytest.mark.requirement("X3")
def test_the_four_statistics_by_their_formulas() -> None:
    window = ProtectionWindow()
    for kind, quantity in (("BC", 7), ("BP", 2), ("SC", 4), ("SP", 10)):
        window.record(execution(1.0, kind, quantity))
    figures = window.figures(1.0, 10.0)
    # Volume 7+2+4+10; Delta (7-4)-(2-10); Vega (7+2)-(4+10); Percent 14+4+8+20
    assert figures == {
        Measure.VOLUME: 23,
        Measure.DELTA: 11,
        Measure.VEGA: 5,
        Measure.PERCENT: 46,
        Measure.LOSS: 0,
    }


@pytest.mark.requirement("X3")
def test_percent_rounds_each_execution_as_the_reference_says() -> None:
    # 2.4 % counts 2 and 2.5 % counts 3
    assert percent_of(execution(1.0, "BC", 24, 1000)) == 2
    assert percent_of(execution(1.0, "BC", 25, 1000)) == 3
    assert percent_of(execution(1.0, "BC", 5, 0)) == 100


@given(st.lists(st.tuples(st.floats(0, 5), st.sampled_from(["BC", "BP", "SC", "SP"]), st.integers(1, 50)), max_size=40))
def test_only_the_window_counts_and_the_bounds_hold(rows: list[tuple[float, str, int]]) -> None:
    window, now, kept = ProtectionWindow(), 0.0, []
    for gap, kind, quantity in rows:
        now += gap
        window.record(execution(now, kind, quantity))
        kept.append((now, quantity))
        figures = window.figures(now, 10.0)
        assert figures[Measure.VOLUME] == sum(q for at, q in kept if now - at < 10.0)
        assert 0 <= figures[Measure.DELTA] <= figures[Measure.VOLUME]
        assert 0 <= figures[Measure.VEGA] <= figures[Measure.VOLUME]


@pytest.mark.requirement("X3")
def test_the_loss_is_against_the_prices_of_now() -> None:
    window = ProtectionWindow()
    window.record(execution(1.0, "BP", 5, price=0.0700))
    assert window.figures(1.0, 10.0, lambda n: 0.0690)[Measure.LOSS] == pytest.approx(50.0)
    assert window.figures(1.0, 10.0, lambda n: 0.0710)[Measure.LOSS] == 0
    assert window.figures(1.0, 10.0, lambda n: math.nan)[Measure.LOSS] == 0
    window.record(execution(1.0, "SP", 5, price=0.0650))
    assert window.figures(1.0, 10.0, lambda n: 0.0690)[Measure.LOSS] == pytest.approx(250.0)


@pytest.mark.fault("F45")
def test_a_limit_trips_when_it_is_reached_and_a_blank_one_at_the_first_execution() -> None:
    window = ProtectionWindow()
    assert tripped(window.figures(0.0, 10.0), ProtectionLimits()) is None
    window.record(execution(1.0, "BP", 5))
    figures = window.figures(1.0, 10.0)
    assert tripped(figures, FREE) is None
    assert tripped(figures, ProtectionLimits()) == (Measure.VOLUME, 5, 0)
    limits = ProtectionLimits(volume=6, delta=5, vega=math.inf, percent=math.inf, loss=math.inf)
    assert tripped(figures, limits) == (Measure.DELTA, 5, 5)
    assert tripped(figures, ProtectionLimits(volume=math.nan)) is not None
