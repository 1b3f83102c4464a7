"""The exchange's settlement convention: worked figures, and the lists that were published."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from terminal.pricing.black_scholes import Greeks, greeks, price
from tests.pricing.settlement_convention import settlement_greeks

RATE = 0.02925
#: Agreement asked of published deltas, three decimals
AGREED, SHARE = 0.001 + 1e-9, 0.95


def test_volatility_counts_360_days_and_greeks_365() -> None:
    """Worked: 3.00 against 3.10, 36 days at 25 %: priced over 0.1 years, valued over 36 / 365 = 0.09863."""
    settlement = price(is_call=True, spot=3.0, strike=3.1, years=0.1, rate=RATE, volatility=0.25)
    found = settlement_greeks(is_call=True, settlement=settlement, spot=3.0, strike=3.1, days=36, rate=RATE)
    expected = greeks(is_call=True, spot=3.0, strike=3.1, years=36 / 365, rate=RATE, volatility=0.25)
    assert float(found.delta) == pytest.approx(float(expected.delta), abs=1e-12)
    # d1 = (ln(3 / 3.1) + (0.02925 + 0.03125) 0.098630) / (0.25 * 0.314054) = -0.34164
    assert float(found.delta) == pytest.approx(0.36631, abs=1e-5)
    other = greeks(is_call=True, spot=3.0, strike=3.1, years=0.1, rate=RATE, volatility=0.25)
    assert abs(float(other.delta) - float(found.delta)) > 5e-4


def test_a_price_without_volatility_is_valued_without_one() -> None:
    """A call of 0.21 on 5.00 against 4.80, 28 days: intrinsic 0.20, but discounted 0.2108: no volatility, delta 1."""
    found = settlement_greeks(is_call=True, settlement=0.21, spot=5.0, strike=4.8, days=28, rate=RATE)
    assert float(found.delta) == pytest.approx(1.0, abs=1e-12)
    assert float(found.gamma) == float(found.vega) == 0.0
    assert float(found.rho) == pytest.approx(4.8 * np.exp(-RATE * 28 / 365) * 28 / 365)
    absurd = settlement_greeks(is_call=True, settlement=6.0, spot=5.0, strike=4.8, days=28, rate=RATE)
    assert np.isnan(absurd.delta)


def read(
    path: Path, call_column: str, call_word: str, strike: str
) -> tuple[list[dict[str, str]], Greeks, NDArray[np.bool_]]:
    """The rows of a list, our greeks, and which rows count: three days and more, a price above intrinsic."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    is_call = np.array([row[call_column] == call_word for row in rows])
    strikes, spots, days, prices = (
        np.array([float(row[name]) for row in rows]) for name in (strike, "S", "days", "settle")
    )
    counted = (days >= 3) & (prices > np.maximum(np.where(is_call, spots - strikes, strikes - spots), 0.0))
    found = settlement_greeks(is_call=is_call, settlement=prices, spot=spots, strike=strikes, days=days, rate=RATE)
    return rows, found, counted


def agreement(rows: list[dict[str, str]], name: str, found: NDArray[np.float64], counted: NDArray[np.bool_]) -> float:
    published = np.array([float(row[name] or "nan") for row in rows])
    return float((np.abs(found.round(3) - published) <= AGREED)[counted & np.isfinite(published)].mean())


def test_deltas_of_june_2018_agree(shared_data: Path) -> None:
    rows, found, counted = read(shared_data / "limits_greeks_2018-06.csv", "CallPut", "Call", "strike")
    assert counted.sum() > 2000
    assert agreement(rows, "Delta", found.delta, counted) >= SHARE
    assert agreement(rows, "Rho", found.rho, counted) >= SHARE
    assert agreement(rows, "Vega", found.vega, counted) >= SHARE


def test_deltas_of_march_2021_agree(shared_data: Path) -> None:
    rows, found, counted = read(shared_data / "delta_check_2021-03.csv", "cp", "C", "K")
    assert counted.sum() > 6000
    assert agreement(rows, "Delta", found.delta, counted) >= SHARE
