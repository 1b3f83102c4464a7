"""The 2008 simulation: figures published for it, and those of a replication, within Monte Carlo error."""

import csv
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from terminal.strategies.avellaneda_stoikov import reservation_price
from tests.strategies.dealer_simulation import Outcome, optimal_spread, simulate

_PATHS = 4_000
_ERRORS = 4.0
_symmetric = {"symmetric_full": True, "inventory_full": False}


@cache
def played(risk_aversion: float, symmetric: bool) -> Outcome:
    return simulate(risk_aversion, paths=_PATHS, seed=2008, symmetric=symmetric)


def agrees(ours: Outcome, mean: float, deviation: float, inventory: float, spread: float, paths: int) -> None:
    """Means and deviations of both, `_ERRORS` standard errors apart at most."""
    for values, their_mean, their_deviation in ((ours.profit, mean, deviation), (ours.inventory, inventory, spread)):
        error = their_deviation * math.sqrt(1 / len(values) + 1 / paths)
        assert abs(values.mean() - their_mean) < _ERRORS * error
        error = their_deviation * math.sqrt(1 / (2 * len(values)) + 1 / (2 * paths))
        assert abs(values.std() - their_deviation) < _ERRORS * error


@pytest.mark.requirement("M4")
def test_the_replication_s_figures(shared_data: Path) -> None:
    with (shared_data / "avellaneda_stoikov_monte_carlo.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6
    for row in rows:
        agrees(
            played(float(row["gamma"]), _symmetric[row["strategy"]]),
            float(row["mean_profit"]),
            float(row["std_profit"]),
            float(row["mean_final_q"]),
            float(row["std_final_q"]),
            int(float(row["n_paths"])),
        )
        spread = optimal_spread(float(row["gamma"]), 4.0, 1.5)
        assert float(spread) == pytest.approx(float(row["initial_full_spread"]), abs=1e-12)


@pytest.mark.requirement("M4")
def test_the_figures_published_for_the_paper_s_gamma() -> None:
    """Gamma 0.1, 1,000 paths, as replications of the paper print them beside their own, to two or three digits."""
    agrees(played(0.1, False), 65.0, 6.6, 0.08, 2.9, 1_000)
    agrees(played(0.1, True), 68.4, 12.7, 0.26, 8.4, 1_000)


def test_the_inventory_strategy_earns_a_little_less_with_half_the_risk() -> None:
    inventory, symmetric = played(0.1, False), played(0.1, True)
    assert inventory.profit.mean() < symmetric.profit.mean()
    assert inventory.profit.std() < 0.6 * symmetric.profit.std()
    assert inventory.inventory.std() < 0.5 * symmetric.inventory.std()


def test_one_seed_gives_one_outcome() -> None:
    one, other = (simulate(0.1, paths=10, seed=3) for _ in range(2))
    assert np.array_equal(one.profit, other.profit)
    assert not np.array_equal(one.profit, simulate(0.1, paths=10, seed=4).profit)


def test_equations_29_and_30() -> None:
    # r = 100 - 3 x 0.1 x 4 x 0.5; spread = 0.1 x 4 x 0.5 + 20 ln(1 + 0.1 / 1.5)
    assert float(reservation_price(100.0, 3.0, 0.1, 2.0)) == pytest.approx(99.4)
    assert float(optimal_spread(0.1, 2.0, 1.5)) == pytest.approx(0.2 + 20 * math.log(1 + 0.1 / 1.5))
    for risk_aversion, decay in ((0.0, 1.5), (-1.0, 1.5), (0.1, 0.0), (math.nan, 1.5)):
        assert math.isnan(float(optimal_spread(risk_aversion, 1.0, decay)))
