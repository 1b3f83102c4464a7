"""Half-up to ticks and cents."""

from decimal import Decimal

import pytest

from terminal.rules.rounding import to_cents, to_tick


@pytest.mark.parametrize(
    ("price", "tick", "rounded"),
    [
        ("0.01265", "0.0001", "0.0127"),
        ("0.01264999", "0.0001", "0.0126"),
        ("3", "0.0001", "3.0000"),
        ("-0.00005", "0.0001", "-0.0001"),
        ("2.4749", "0.005", "2.475"),
    ],
)
def test_prices_go_to_the_nearest_tick(price: str, tick: str, rounded: str) -> None:
    assert str(to_tick(Decimal(price), Decimal(tick))) == rounded


@pytest.mark.fault("F39")
@pytest.mark.parametrize(
    ("amount", "rounded"), [("6952.045", "6952.05"), ("2154.1", "2154.10"), ("1E+40", "1" + "0" * 40 + ".00")]
)
def test_money_has_two_decimals_however_large(amount: str, rounded: str) -> None:
    assert str(to_cents(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("price", "half_up", "half_even", "down"),
    [("0.00025", "0.0003", "0.0002", "0.0002"), ("0.00035", "0.0004", "0.0004", "0.0003")],
)
def test_an_era_may_round_otherwise(price: str, half_up: str, half_even: str, down: str) -> None:
    tick = Decimal("0.0001")
    assert to_tick(Decimal(price), tick) == to_tick(Decimal(price), tick, "half_up") == Decimal(half_up)
    assert to_tick(Decimal(price), tick, "half_even") == Decimal(half_even)
    assert to_tick(Decimal(price), tick, "down") == Decimal(down)
