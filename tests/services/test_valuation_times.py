"""When a valuation is made anew, and what time and money count for: expiry, trading time, rates."""

from datetime import datetime, time, timedelta

import numpy as np
import pytest

from terminal.domain.calendar import SHANGHAI, TradingCalendar, TradingYear
from terminal.domain.errors import BadInput
from terminal.pricing.rate_curve import RateCurve
from terminal.pricing.time_to_expiry import TradingTime, years_to_expiry
from terminal.services.valuation import Figure
from tests.services.quoted_chain import ATM_CALL, DEEP_CALL, EXPIRY, FORWARD, NOW, RATE, Chain, quoted_chain


@pytest.fixture
def chain() -> Chain:
    """All contracts quoted two ticks wide at 32 %."""
    return quoted_chain()


@pytest.mark.fault("F36")
def test_past_expiry_there_is_no_volatility_and_delta_is_finite(chain: Chain) -> None:
    chain.now = datetime(2018, 11, 28, 15, 0, 30, tzinfo=SHANGHAI)
    assert np.isnan(chain.figure(Figure.MID_VOLATILITY, ATM_CALL))
    assert chain.figure(Figure.DELTA, DEEP_CALL) == pytest.approx(10_000)
    assert chain.figure(Figure.DELTA, "10000006") == 0.0
    assert chain.figure(Figure.GAMMA, ATM_CALL) == 0.0


def test_nothing_is_computed_until_asked_and_only_once(chain: Chain) -> None:
    assert chain.valuation.is_stale("510050")
    assert chain.valuation.refresh("510050")
    revision = chain.valuation.revision
    assert not chain.valuation.refresh("510050")
    assert chain.valuation.revision == revision
    chain.quote(ATM_CALL, 700, 702)
    assert chain.valuation.is_stale("510050")
    assert chain.valuation.refresh("510050")
    chain.now += timedelta(minutes=1)
    assert chain.valuation.is_stale("510050")
    assert not chain.valuation.refresh("510300")


def test_times_are_put_in_once_a_minute_and_when_rates_or_the_clock_change(chain: Chain) -> None:
    chain.valuation.refresh("510050")
    columns = chain.valuation.columns("510050")
    assert columns is not None
    put_in = columns.years
    chain.now += timedelta(seconds=20)
    chain.quote(ATM_CALL, 700, 702)
    assert chain.valuation.refresh("510050")
    assert columns.years is put_in
    chain.valuation.touch("510050")
    assert chain.valuation.refresh("510050")
    assert columns.years is put_in
    chain.now += timedelta(seconds=40)
    assert chain.valuation.refresh("510050")
    assert columns.years[0] == pytest.approx(years_to_expiry(chain.now, EXPIRY), rel=1e-12)
    assert columns.years is not put_in
    chain.valuation.set_rates(RateCurve.flat(0.01))
    assert chain.valuation.refresh("510050")
    assert float(columns.discount[0]) == pytest.approx(np.exp(-0.01 * columns.years[0]))


@pytest.mark.fault("F37")
@pytest.mark.parametrize("rate", [float("nan"), float("inf"), 2.9, -0.5])
def test_an_absurd_rate_is_refused_and_the_last_good_one_stays(chain: Chain, rate: float) -> None:
    with pytest.raises(BadInput, match="rate"):
        chain.valuation.set_rates(RateCurve.flat(rate))
    assert chain.valuation.rate == RATE


def test_a_term_structure_of_rates_discounts_each_expiry_by_its_own(chain: Chain) -> None:
    chain.valuation.set_rates(RateCurve((0.05, 1.0), (0.05, 0.02)))
    assert chain.valuation.rate == pytest.approx(0.02)
    chain.valuation.refresh("510050")
    columns = chain.valuation.columns("510050")
    assert columns is not None
    years = years_to_expiry(NOW, EXPIRY)
    assert float(columns.discount[0]) == pytest.approx(float(RateCurve((0.05, 1.0), (0.05, 0.02)).discount(years)))
    chain.valuation.set_rates(RateCurve.flat(RATE))
    chain.valuation.refresh("510050")
    assert float(columns.discount[0]) == pytest.approx(np.exp(-RATE * years))


def test_volatility_may_count_trading_time(chain: Chain) -> None:
    """Worked: 13 trading days and 19 minutes at 244 a year against 19 days at 365; money keeps the calendar."""
    calendar = TradingCalendar([TradingYear(2018, frozenset())])
    trading = TradingTime(calendar, ((time(9, 30), time(11, 30)), (time(13, 0), time(15, 0))), 244)
    calm = chain.figure(Figure.MID_VOLATILITY, ATM_CALL)
    theta = chain.figure(Figure.THETA, ATM_CALL)
    chain.valuation.set_trading_time(trading)
    ratio = np.sqrt(years_to_expiry(NOW, EXPIRY) / trading.years_to_expiry(NOW, EXPIRY))
    assert trading.years_to_expiry(NOW, EXPIRY) == pytest.approx((13 + 19 / 240) / 244)
    assert chain.figure(Figure.MID_VOLATILITY, ATM_CALL) == pytest.approx(calm * ratio, rel=1e-6)
    assert chain.valuation.forward("510050", EXPIRY).price == pytest.approx(FORWARD, abs=1e-4)
    # A trading day takes as much as 19 / 13.08 calendar days
    assert chain.figure(Figure.THETA, ATM_CALL) == pytest.approx(theta * 19 / 13.08, rel=0.01)
    chain.valuation.set_trading_time(None)
    assert chain.figure(Figure.MID_VOLATILITY, ATM_CALL) == pytest.approx(calm, rel=1e-9)
