"""What moves underneath the crowd: underlyings, smiles, and the draws they are made of."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.crowd_floor import load, moment, snapshot_floor, wide_floor
from terminal.domain.contracts import Right
from terminal.domain.errors import BadInput
from terminal.domain.market_data import COLUMN_COUNT, Column
from terminal.domain.phases import Phase
from terminal.rules.underlyings import build_underlying
from terminal.venue.crowd.draws import Draws
from terminal.venue.crowd.underlying_paths import UnderlyingPaths

LISTED = [u for u in load()[1].underlyings if load()[0].underlying(u.code)]
"""Those the live profile has options on"""


def test_underlyings_move_as_much_as_the_settings_say_and_together() -> None:
    profile, market = load()
    paths = UnderlyingPaths(market, [build_underlying(profile, u.code, u.previous_close) for u in LISTED])
    rng = np.random.Generator(np.random.PCG64(5))
    moves = np.array([paths.advance(30.0, Phase.CONTINUOUS, (), rng) for _ in range(4000)])
    # A day has 474 such steps and a year 244 days
    yearly = moves.std(axis=0) * np.sqrt(474 * 244)
    assert yearly.tolist() == pytest.approx([u.volatility for u in LISTED], rel=0.1)
    correlation = np.corrcoef(moves.T)
    assert correlation[0, 1] == pytest.approx(0.95 * 0.97, abs=0.03)
    assert correlation[0, 3] == pytest.approx(0.95 * 0.80, abs=0.05)


def test_the_cash_markets_rows_are_whole_ticks_around_the_price() -> None:
    profile, market = load()
    paths = UnderlyingPaths(market, [build_underlying(profile, u.code, u.previous_close) for u in LISTED])
    rng = np.random.Generator(np.random.PCG64(6))
    volumes = np.zeros(5, dtype=np.int64)
    for second in range(200):
        paths.advance(1.0, Phase.CONTINUOUS, (), rng)
        paths.trade(1.0, (), rng)
        rows = paths.rows(moment(10, 0, second), Phase.CONTINUOUS, rng)
        assert rows.shape == (5, COLUMN_COUNT)
        assert (rows[:, 22] - rows[:, 12] == 10).all()
        assert (rows[:, [*range(12, 17), *range(22, 27), 3, 4, 5, 6]] % 10 == 0).all()
        assert (np.diff(rows[:, 12:17]) == -10).all()
        assert (np.diff(rows[:, 22:27]) == 10).all()
        assert (rows[:, Column.LOW] <= rows[:, Column.LAST]).all()
        assert (rows[:, Column.LAST] <= rows[:, Column.HIGH]).all()
        assert (rows[:, Column.VOLUME] >= volumes).all()
        volumes = rows[:, Column.VOLUME]
    assert (volumes % 100 == 0).all()
    average = rows[:, Column.TURNOVER_CENTS] / 100 / volumes
    assert average.tolist() == pytest.approx([float(u.previous_close) for u in LISTED], rel=0.02)


def test_an_underlying_never_leaves_its_price_limits() -> None:
    floor = snapshot_floor()
    for _ in range(5):
        floor.crowd.staging.shock("510050", -0.5)
    # 2.480 less a tenth is 2.232
    rows = floor.crowd.paths.rows(moment(10, 0), Phase.CONTINUOUS, np.random.Generator(np.random.PCG64(1)))
    assert rows[0, Column.BID_PRICE] == 22320
    assert rows[0, Column.BID_PRICE + 1] == 0


@pytest.mark.parametrize(("code", "move"), [("510300", 0.01), ("510050", 0.6), ("510050", float("nan"))])
def test_a_shock_needs_an_underlying_of_the_day_and_a_move_within_reason(code: str, move: float) -> None:
    with pytest.raises(BadInput):
        snapshot_floor().crowd.staging.shock(code, move)


def test_values_keep_put_call_parity_while_the_smile_wanders() -> None:
    floor = wide_floor(["510050", "588000"], 7)
    surface, paths = floor.crowd.surface, floor.crowd.paths
    rng = np.random.Generator(np.random.PCG64(7))
    surface.set_time(moment(10, 0, day=date(2026, 11, 23)))
    first = surface.at_the_money()
    for _ in range(100):
        surface.advance(120.0, np.zeros(2), rng)
    assert (surface.at_the_money() != first).all()
    assert (np.abs(np.log(surface.at_the_money() / first)) < 0.3).all()
    values = surface.values(paths.prices) / 10000
    puts = {
        (c.underlying, c.expiry, c.strike): values[n] for n, c in enumerate(floor.contracts) if c.right is Right.PUT
    }
    for place, contract in enumerate(floor.contracts):
        if contract.right is Right.CALL:
            slot = surface.slot[place]
            discount = np.exp(-0.015 * surface.years[slot])
            forward = surface.forwards(paths.prices)[slot]
            put = puts[contract.underlying, contract.expiry, contract.strike]
            assert values[place] - put == pytest.approx(discount * (forward - float(contract.strike)), abs=1e-12)


@pytest.mark.fault("F36")
def test_values_stay_finite_through_expiry_and_end_at_intrinsic() -> None:
    floor = snapshot_floor()
    expiry = floor.contracts[0].expiry
    near = [n for n, c in enumerate(floor.contracts) if c.expiry == expiry]
    for late in (timedelta(minutes=-1), timedelta(0), timedelta(hours=1)):
        floor.crowd.surface.set_time(moment(15, 0, day=expiry) + late)
        values = floor.crowd.surface.values(floor.crowd.paths.prices)
        assert np.isfinite(values).all()
        assert np.isfinite(floor.crowd.surface.moneyness(floor.crowd.paths.prices)).all()
    for place in near:
        contract = floor.contracts[place]
        gain = Decimal("2.480") - contract.strike
        intrinsic = max(gain if contract.right is Right.CALL else -gain, Decimal(0))
        assert values[place] == pytest.approx(float(intrinsic) * 10000, abs=1e-6)


@given(st.integers(0, 2**31), st.floats(1.0, 60.0))
def test_draws_are_at_least_one(seed: int, mean: float) -> None:
    draws = Draws(seed)
    draws.ensure()
    for _ in range(20):
        assert draws.steps(mean) >= 1
        assert draws.spread(mean) >= 1
        assert draws.size(mean, 1.3) >= 1


@pytest.mark.parametrize("mean", [1.0, 1.4, 16.0])
def test_draws_have_the_mean_asked_for(mean: float) -> None:
    draws = Draws(8)
    found: dict[str, list[int]] = {"steps": [], "spread": [], "size": []}
    for _ in range(30_000):
        draws.ensure()
        found["steps"].append(draws.steps(mean))
        found["spread"].append(draws.spread(mean))
        found["size"].append(draws.size(mean, 1.3))
    assert [np.mean(values) for values in found.values()] == pytest.approx([mean] * 3, rel=0.06)


def test_restored_draws_go_on_with_the_very_next_number() -> None:
    first, second = Draws(1), Draws(2)
    first.ensure()
    first.generator.integers(10, dtype=np.uint32)
    saved = first.save()
    second.restore(saved)
    for draws in (first, second):
        draws.uniforms = draws.uniforms[:300]
        draws.ensure()
    assert first.uniforms == second.uniforms
    assert first.normals == second.normals
    assert first.generator.random() == second.generator.random()
