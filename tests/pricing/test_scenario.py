"""What-if of a book: agrees with repricing one by one, starts from zero, and counts what it cannot price."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.pricing import scenario
from terminal.pricing.black_scholes import price
from terminal.pricing.compiled.kernels import Kernels
from terminal.pricing.scenario import ScenarioBook, Slide
from tests.pricing.kernels_here import kernels_here

KERNELS: list[Kernels | None] = [None]
SPOTS, VOLATILITIES, TIMES = np.array([-0.1, 0.0, 0.04]), np.array([-0.05, 0.0, 0.02]), np.array([0.0, 5.0, 40.0]) / 365


@pytest.fixture(autouse=True, params=["numpy", "compiled"], scope="module")
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    """Everything here holds whoever computes."""
    KERNELS[0] = kernels_here() if request.param == "compiled" else None
    yield request.param
    KERNELS[0] = None


def slide(book: ScenarioBook, *shocks: Any) -> Slide:
    spots, volatilities, times = (*shocks, (0.0,))[:3]
    return scenario.slide(book, spots, volatilities, times, KERNELS[0])


def book(seed: int = 1, count: int = 12, **changes: Any) -> ScenarioBook:
    random = np.random.default_rng(seed)
    made = {
        "sign": np.where(random.random(count) < 0.5, 1.0, -1.0),
        "spot": np.where(random.random(count) < 0.5, 2.5, 4.0),
        "strike": random.uniform(2.2, 4.4, count),
        "years": random.choice([24.0, 49.0, 154.0], count) / 365,
        "rate": np.full(count, 0.02),
        "dividend_yield": np.full(count, 0.01),
        "volatility": random.uniform(0.12, 0.4, count),
        "multiplier": np.where(random.random(count) < 0.8, 10_000.0, 10_220.0),
        "quantity": random.integers(-20, 21, count).astype(float),
        "bid_quantity": random.integers(0, 5, count).astype(float),
        "bid_price": np.full(count, 0.05),
        "ask_quantity": random.integers(0, 5, count).astype(float),
        "ask_price": np.full(count, 0.07),
    }
    return ScenarioBook(**{**made, **changes})


def value(
    book: ScenarioBook, spot: float, volatility: float, time: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return price(
        is_call=book.sign > 0,
        spot=book.spot * (1.0 + spot),
        strike=book.strike,
        years=book.years - time,
        rate=book.rate,
        volatility=np.maximum(book.volatility + volatility, 1e-4),
        dividend_yield=book.dividend_yield,
    )


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_every_cell_is_the_book_repriced_one_by_one(seed: int) -> None:
    held = book(seed, shares_value=50_000.0)
    found = slide(held, SPOTS, VOLATILITIES, TIMES)
    now = value(held, 0.0, 0.0, 0.0)
    unit = held.multiplier
    for i, spot in enumerate(SPOTS):
        for j, volatility in enumerate(VOLATILITIES):
            for k, time in enumerate(TIMES):
                then = value(held, spot, volatility, time)
                profit = ((then - now) * held.quantity * unit).sum() + 50_000.0 * spot
                bids = ((then - held.bid_price) * held.bid_quantity * unit).sum()
                asks = ((held.ask_price - then) * held.ask_quantity * unit).sum()
                cell = (i, j, k)
                assert found.profit[cell] == pytest.approx(profit, abs=1e-6)
                assert found.bids_filled[cell] == pytest.approx(profit + bids, abs=1e-6)
                assert found.asks_filled[cell] == pytest.approx(profit + asks, abs=1e-6)
                assert found.all_filled[cell] == pytest.approx(profit + bids + asks, abs=1e-6)
                assert found.worst[cell] == pytest.approx(profit + min(0.0, bids, asks, bids + asks), abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_zero_shock_is_exactly_zero(seed: int, count: int) -> None:
    """Nearest peer: the base was the last price, so that no shock already made a profit."""
    found = slide(book(seed, count), [-0.05, 0.0, 0.05], [0.0, 0.01], [0.0, 0.1])
    assert found.profit[1, 0, 0] == 0.0
    assert (found.profit[:, :, 1] != 0.0).any() or count < 3


@pytest.mark.fault("F36")
def test_time_past_expiry_leaves_intrinsic_value() -> None:
    """Worked: one call of 2.5 bought, spot 2.5 up 4 %: at expiry it is worth 0.1 per share, 1,000 yuan."""
    held = book(
        count=1, sign=np.ones(1), spot=np.full(1, 2.5), strike=np.full(1, 2.5), quantity=np.ones(1),
        multiplier=np.full(1, 10_000.0), bid_quantity=np.zeros(1), ask_quantity=np.zeros(1),
    )  # fmt: skip
    found = slide(held, [0.04, -0.04, -1.0], [0.0], [9.0])
    paid = float(value(held, 0.0, 0.0, 0.0)[0]) * 10_000
    assert found.profit[:, 0, 0] == pytest.approx([1_000.0 - paid, -paid, -paid])


def test_what_cannot_be_priced_is_counted_and_the_rest_stays_right() -> None:
    held = book()
    volatility = held.volatility.copy()
    volatility[3] = np.nan
    quantity, bids = held.quantity.copy(), held.bid_quantity.copy()
    quantity[3], bids[3] = 5.0, 0.0
    found = slide(book(volatility=volatility, quantity=quantity, bid_quantity=bids), SPOTS, VOLATILITIES)
    assert found.unpriced == 1
    quantity[3] = 0.0
    without = slide(
        book(quantity=quantity, bid_quantity=bids, ask_quantity=np.where(np.arange(12) == 3, 0.0, held.ask_quantity)),
        SPOTS,
        VOLATILITIES,
    )
    assert found.profit == pytest.approx(without.profit, abs=1e-6)
    assert np.isfinite(found.all_filled).all()


def test_an_empty_book_makes_and_loses_nothing() -> None:
    found = slide(book(count=0), SPOTS, VOLATILITIES, TIMES)
    assert found.profit.shape == (3, 3, 3)
    assert not found.worst.any()
    assert found.unpriced == 0
