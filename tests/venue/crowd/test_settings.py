"""The simulated market's settings: the shipped file is sound, and every mistake in it is named."""

from datetime import date
from decimal import Decimal

import pytest

from benchmarks.crowd_floor import load
from terminal.domain.contracts import Right
from terminal.domain.errors import ConfigurationError
from terminal.resources import resource_folder
from terminal.rules.profile import parse_profile
from terminal.rules.underlyings import build_underlying
from terminal.venue.crowd.crowd import Crowd
from terminal.venue.crowd.opening import settlement_prices
from terminal.venue.crowd.settings import parse_market

TEXT = (resource_folder() / "market.toml").read_text(encoding="utf-8")


def test_the_shipped_market_has_every_underlying_of_the_profiles_and_a_desks_first_account() -> None:
    profile, market = load()
    simulation = parse_profile(
        (resource_folder() / "rules" / "sse_simulation_2014.toml").read_text(encoding="utf-8"), "simulation"
    )
    wanted = {u.code for u in (*profile.underlyings, *simulation.underlyings)}
    assert {u.code for u in market.underlyings} == wanted
    assert (market.account.cash, market.account.shares) == (Decimal(5_000_000), 300_000)
    assert [d.underlying for d in market.dividends] == ["510300"]


@pytest.mark.fault("F37")
@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("makers = 8", "makers = 8\nbakers = 1", "bakers"),
        ("makers = 8", "", "makers"),
        ("makers = 8", "makers = 1", "makers"),
        ("short_volatility = 0.172", "short_volatility = 0.0", "short_volatility"),
        ("short_volatility = 0.172", "short_volatility = 1000.0", "short_volatility"),
        ("short_volatility = 0.172", "short_volatility = nan", "short_volatility"),
        ("rate = 0.015", "rate = nan", "rate"),
        ('previous_close = "3.052"', 'previous_close = "-3"', "510050"),
        ('previous_close = "3.052"', 'previous_close = "NaN"', "previous_close"),
        ('previous_close = "3.052"', 'previous_close = "three"', "previous_close"),
        ('cash = "0.123"', 'cash = "0"', "cash"),
        ('cash = "5000000"', 'cash = "-1"', "account"),
        ('underlying = "510300"', 'underlying = "510301"', "510301"),
        ('code = "510300"', 'code = "510050"', "twice"),
        ("levels = 7 ", "levels = 12 ", "levels_max"),
        ("moneyness = [-2.0, -1.0,", "moneyness = [-2.0, -2.0,", "rising"),
        ("moneyness = [-2.0, -1.0,", "moneyness = [-2.0,", "nodes"),
        ("spread = [24.0, 6.0,", "spread = [0.5, 6.0,", "near.spread"),
        ("[account]", "[account", "market.toml"),
    ],
)
def test_a_mistake_is_refused_and_named(old: str, new: str, complaint: str) -> None:
    assert old in TEXT
    with pytest.raises(ConfigurationError, match=complaint) as refused:
        parse_market(TEXT.replace(old, new, 1), "market.toml")
    assert "market.toml" in str(refused.value)


def test_an_underlying_without_settings_is_named() -> None:
    profile, market = load()
    stranger = build_underlying(profile, "510050", Decimal(3))
    thinner = parse_market(TEXT.replace('code = "510050"', 'code = "510051"', 1), "market.toml")
    with pytest.raises(ConfigurationError, match="510050"):
        Crowd(thinner, 1, [stranger], [], date(2026, 11, 23))
    with pytest.raises(ConfigurationError, match="600000"):
        settlement_prices(market)("600000", Right.CALL, Decimal(3), 10)


def test_yesterdays_settlement_prices_keep_parity_and_the_tick() -> None:
    market = load()[1]
    settlement_of = settlement_prices(market)
    # Forward of 30 days: 3.052 exp(-0.005 x 30/365) = 3.050746, discount exp(-0.015 x 30/365) = 0.998768
    strike = Decimal("3.05")
    call, put = (settlement_of("510050", right, strike, 30) for right in Right)
    assert float(call - put) == pytest.approx((3.050746 - 3.05) * 0.998768, abs=1.1e-4)
    # At the money about 0.4 x price x volatility x root of time: 0.4 x 3.05 x 0.1744 x 0.2867 = 0.0610
    assert float(call) == pytest.approx(0.0614, abs=0.001)
    assert call.as_tuple().exponent == -4


def test_a_settlement_price_is_never_below_a_tick_and_follows_another_close() -> None:
    market = load()[1]
    assert settlement_prices(market)("510050", Right.CALL, Decimal(6), 3) == Decimal("0.0001")
    other = settlement_prices(market, {"510050": Decimal("3.200")})
    assert other("510050", Right.CALL, Decimal(3), 0) == Decimal("0.2000")
    with pytest.raises(ConfigurationError, match="510050"):
        settlement_prices(market, {"510050": Decimal(0)})("510050", Right.CALL, Decimal(3), 5)
