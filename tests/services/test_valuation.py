"""Forward, volatilities, greeks and value figures of a chain whose prices come from a known volatility."""

import dataclasses
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.contracts import Right
from terminal.services.valuation import Figure, ForwardSource
from tests.pricing.kernels_here import kernels_here
from tests.services.quoted_chain import (
    ATM_CALL,
    ATM_PUT,
    DEEP_CALL,
    EXPIRY,
    FORWARD,
    RATE,
    SPOT,
    VOLATILITY,
    Chain,
    contract,
    quoted_chain,
    standard,
)


@pytest.fixture
def chain() -> Chain:
    """All contracts quoted two ticks wide at 32 %."""
    return quoted_chain()


@pytest.mark.requirement("X5")
def test_forward_comes_from_parity_of_quoted_pairs(chain: Chain) -> None:
    chain.valuation.refresh("510050")
    forward = chain.valuation.forward("510050", EXPIRY)
    assert forward.source is ForwardSource.PARITY
    assert forward.pairs == 5
    assert forward.price == pytest.approx(FORWARD, abs=1e-4)
    assert forward.spread < 4e-4
    assert forward.atm_volatility == pytest.approx(VOLATILITY, abs=5e-4)


def test_kernels_give_what_numpy_gives_and_stay_for_the_next_list(chain: Chain) -> None:
    compiled = kernels_here()
    calls: list[int] = []

    def counted(address: int, length: int, spot: float) -> float:
        calls.append(length)
        return compiled.value(address, length, spot)

    chain.valuation.refresh("510050")
    by_numpy = chain.valuation.values.copy()
    chain.valuation.use(dataclasses.replace(compiled, value=counted))
    chain.valuation.touch("510050")
    chain.valuation.refresh("510050")
    assert chain.valuation.values == pytest.approx(by_numpy, rel=1e-9, nan_ok=True)
    assert calls
    chain.open_day()
    chain.quote_all()
    calls.clear()
    chain.valuation.refresh("510050")
    assert calls
    assert chain.valuation.values == pytest.approx(by_numpy, rel=1e-9, nan_ok=True)
    chain.valuation.use(None)
    calls.clear()
    chain.valuation.touch("510050")
    chain.valuation.refresh("510050")
    assert not calls


def test_call_and_put_of_a_strike_have_the_same_volatility(chain: Chain) -> None:
    """Nearest peer: an undiscounted parity gave 19.1 and 20.7 for one strike of a flat 20 % book."""
    call, put = chain.figure(Figure.MID_VOLATILITY, ATM_CALL), chain.figure(Figure.MID_VOLATILITY, ATM_PUT)
    assert call == pytest.approx(VOLATILITY, abs=5e-4)
    assert put == pytest.approx(call, abs=5e-4)
    assert chain.figure(Figure.BID_VOLATILITY, ATM_CALL) < call < chain.figure(Figure.ASK_VOLATILITY, ATM_CALL)


def test_greeks_have_the_units_of_the_screen(chain: Chain) -> None:
    """Worked: delta by moving spot and forward together 0.1 %, vega by 1 point, theta by one day, all by hand."""
    call = chain.contracts[3]
    bump = chain.fair(call, forward=FORWARD * 1.001) - chain.fair(call, forward=FORWARD * 0.999)
    assert chain.figure(Figure.DELTA, ATM_CALL) == pytest.approx(bump / (0.002 * SPOT) * 10_000, rel=2e-3)
    vega = (chain.fair(call, VOLATILITY + 0.01) - chain.fair(call)) * 10_000
    assert chain.figure(Figure.VEGA, ATM_CALL) == pytest.approx(vega, rel=5e-3)
    up, down = chain.fair(call, forward=FORWARD * 1.01), chain.fair(call, forward=FORWARD * 0.99)
    gamma = (up - 2 * chain.fair(call) + down) / (0.01 * SPOT) * 10_000
    assert chain.figure(Figure.GAMMA, ATM_CALL) == pytest.approx(gamma, rel=2e-2)
    before = chain.figure(Figure.THETA, ATM_CALL)
    assert before == pytest.approx(-21.5, abs=1.5)  # 0.0703 yuan, 19 days: some 0.0021 a day, 10,000 shares
    parity = chain.figure(Figure.DELTA, ATM_CALL) - chain.figure(Figure.DELTA, ATM_PUT)
    assert parity == pytest.approx(FORWARD / SPOT * 10_000 * np.exp(-RATE * 19 / 365), rel=1e-3)


def test_value_figures_of_a_known_quote(chain: Chain) -> None:
    """Worked: call 2.30 at 0.2029/0.2031, spot 2.480: intrinsic 0.18, time value 0.023, premium 0.023 / 2.48."""
    chain.quote(DEEP_CALL, 2_029, 2_031)
    assert chain.figure(Figure.MID, DEEP_CALL) == pytest.approx(0.2030)
    assert chain.figure(Figure.INTRINSIC, DEEP_CALL) == pytest.approx(0.18)
    assert chain.figure(Figure.TIME_VALUE, DEEP_CALL) == pytest.approx(0.023)
    assert chain.figure(Figure.PREMIUM, DEEP_CALL) == pytest.approx(0.023 / 2.48)
    delta = chain.figure(Figure.DELTA, DEEP_CALL) / 10_000
    assert chain.figure(Figure.LEVERAGE, DEEP_CALL) == pytest.approx(delta * 2.48 / 0.203)


@pytest.mark.requirement("T1")
@pytest.mark.fault("F38")
def test_adjusted_twin_is_found_in_its_own_series_and_uses_its_unit() -> None:
    adjusted = [
        contract("30000000", Right.CALL, Decimal("2.50"), letter="A", multiplier=10_265),
        contract("30000001", Right.PUT, Decimal("2.50"), letter="A", multiplier=10_265),
    ]
    chain = Chain([*standard(), *adjusted])
    chain.quote_all()
    ratio = chain.figure(Figure.DELTA, "30000000") / chain.figure(Figure.DELTA, ATM_CALL)
    assert ratio == pytest.approx(1.0265, rel=1e-6)


@given(
    volatility=st.floats(0.08, 1.2),
    shift=st.floats(0.95, 1.05),
)
def test_volatility_of_made_up_books_comes_back(volatility: float, shift: float) -> None:
    chain = Chain(standard())
    chain.quote_all(volatility, FORWARD * shift)
    chain.valuation.refresh("510050")
    forward = chain.valuation.forward("510050", EXPIRY)
    # The mids are rounded to the tick, so a forward of them is good to one
    assert forward.price == pytest.approx(FORWARD * shift, abs=1.5e-4)
    assert forward.atm_volatility == pytest.approx(volatility, abs=2e-3)
