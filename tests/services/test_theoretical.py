"""Theoretical prices at a tick are those of the engine at that spot with the volatilities settled on."""

from pathlib import Path

import numpy as np
import pytest

from terminal.pricing.black_scholes import greeks
from tests.harness import CHEAP_CALL, CONTRACTS, FUND, PUT, World, play
from tests.strategies.desk_room import open_room


@pytest.mark.parametrize("spot", [29_630, 29_000, 31_000])
def test_a_tick_prices_as_the_formula_does(tmp_path: Path, spot: int) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        theoretical = room.rig.theoretical
        book = theoretical._books[FUND]
        room.tick(spot)
        theoretical.reprice(FUND)
        assert theoretical.spot(FUND) == spot / 1e4
        for code in (PUT, CHEAP_CALL):
            number = theoretical.universe.number_of[code]
            contract = theoretical.universe.contracts[number]
            wanted = greeks(
                is_call=bool(theoretical.universe.is_call[number]),
                spot=spot / 1e4,
                strike=float(contract.strike),
                years=float(theoretical.years[number]),
                rate=float(book.columns.rate[number]),
                volatility=float(theoretical.volatility[number]),
                dividend_yield=float(book.dividend_yield[number]),
            )
            assert theoretical.price[number] == pytest.approx(float(wanted.price) * 1e4, abs=1e-8)
            assert theoretical.delta[number] == pytest.approx(float(wanted.delta) * 10_000, rel=1e-10)
            assert theoretical.price_at(number, float(theoretical.volatility[number])) == pytest.approx(
                float(theoretical.price[number]), abs=1e-8
            )
            found = theoretical.volatilities_at(number, np.array([theoretical.price[number], 0.0]))
            assert found[0] == pytest.approx(float(theoretical.volatility[number]), abs=1e-9)
            assert np.isnan(found[1])
            theoretical.settle(FUND)

    play(tmp_path, story)


@pytest.mark.fault("F28", "F29")
def test_without_a_sound_volatility_or_a_spot_nothing_is_usable(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        room = await open_room(world)
        theoretical = room.rig.theoretical
        deep = theoretical.universe.number_of[CONTRACTS[0].code]
        # Below its parity: no volatility is implied, and none is beside it
        assert not theoretical.usable[deep] or np.isfinite(theoretical.price[deep])
        assert theoretical.usable[theoretical.universe.number_of[PUT]]
        room.tick(0, BID_PRICE=0, ASK_PRICE=0)
        theoretical.reprice(FUND)
        assert not theoretical.usable[theoretical.numbers(FUND)].any()
        assert np.isnan(theoretical.price[theoretical.numbers(FUND)]).all()
        assert np.isnan(theoretical.price_at(0, 0.2))
        assert theoretical.age("nobody") == np.inf
        assert theoretical.is_crossed("nobody")

    play(tmp_path, story)
