"""Rates and the clock of volatility as the user sets them: in force at once, kept, refused where senseless."""

from dataclasses import replace
from datetime import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import TradingCalendar, TradingYear
from terminal.domain.errors import BadInput
from terminal.services.pricing_terms import TENORS, PricingTerms, PricingTermsService, VolatilityClock
from terminal.services.valuation import Figure
from tests.services.analysis_rig import CODE, RATE, Rig

HOURS = ((time(9, 30), time(11, 30)), (time(13, 0), time(15, 0)))
KEPT: list[dict[str, Any]] = []


EVERY_WEEKDAY = TradingCalendar([TradingYear(2026, frozenset())])


@pytest.fixture
def rig() -> Rig:
    KEPT.clear()
    return Rig()


def service(rig: Rig, calendar: TradingCalendar = EVERY_WEEKDAY) -> PricingTermsService:
    return PricingTermsService(rig.valuation, rig.market, calendar, HOURS, rig.bus, lambda: rig.now, KEPT.append)


def volatility(rig: Rig) -> float:
    rig.valuation.refresh(CODE)
    row = rig.market.row_of[rig.contracts[12].code]
    return float(rig.valuation.values[Figure.MID_VOLATILITY, row])


@pytest.mark.requirement("T5")
def test_a_term_structure_reaches_every_expiry_and_is_kept(rig: Rig) -> None:
    terms = service(rig)
    assert terms.terms.flat == pytest.approx(RATE * 100)
    rig.valuation.refresh(CODE)
    terms.set_tenors({1: 1.0, 14: 1.4, 30: 2.0, 91: 3.0}, "typed")
    rig.valuation.refresh(CODE)
    book = rig.valuation.book(CODE)
    assert book is not None
    near, far = book.columns.rate.tolist()
    assert 0.014 < near < 0.0205 < far < 0.031
    assert KEPT[-1]["tenors"] == [[1, 1.0], [14, 1.4], [30, 2.0], [91, 3.0]]

    again = service(rig)
    assert again.restore(KEPT[-1]) == ""
    assert again.terms == terms.terms
    assert again.tenors_now() == {1: 1.0, 14: 1.4, 30: 2.0, 91: 3.0}


def test_the_table_begins_with_the_rate_in_force(rig: Rig) -> None:
    terms = service(rig)
    now = terms.tenors_now()
    assert tuple(now) == TENORS
    terms.set_tenors(now, "")
    book = rig.valuation.book(CODE)
    rig.valuation.refresh(CODE)
    assert book is not None
    assert book.columns.rate == pytest.approx(RATE, abs=1e-5)


@pytest.mark.requirement("T5")
def test_trading_time_counts_only_the_hours_that_trade_and_money_grows_as_before(rig: Rig) -> None:
    """Monday 9 November 10:30 to Wednesday 25 November 15:00."""
    terms = service(rig)
    before = volatility(rig)
    book = rig.valuation.book(CODE)
    assert book is not None
    discount = book.columns.discount.copy()
    terms.change(replace(terms.terms, clock=VolatilityClock.TRADING))
    after = volatility(rig)
    # 12 trading days and 3 hours of 4, a year having 244; 16 days and 4.5 hours of 365
    assert after / before == pytest.approx(np.sqrt((16.1875 / 365) / (12.75 / 244)), rel=1e-6)
    assert book.columns.discount == pytest.approx(discount)
    terms.change(replace(terms.terms, clock=VolatilityClock.CALENDAR))
    assert volatility(rig) == pytest.approx(before)


@pytest.mark.fault("F86")
def test_trading_time_needs_a_calendar_that_reaches_every_expiry(rig: Rig) -> None:
    """No working day is invented: refused by hand, and calendar days again when a new list reaches further."""
    terms = service(rig, TradingCalendar([TradingYear(2025, frozenset())]))
    with pytest.raises(BadInput, match="calendar that reaches 2026-11-25"):
        terms.change(replace(terms.terms, clock=VolatilityClock.TRADING))
    assert terms.terms.clock is VolatilityClock.CALENDAR
    assert not KEPT
    assert terms.restore(replace(terms.terms, clock=VolatilityClock.TRADING).as_plain()) == ""
    assert terms.fell_back
    assert volatility(rig) > 0.0
    assert rig.market.day is not None
    rig.market.open_day(rig.market.day)
    assert terms.fell_back


@pytest.mark.fault("F37")
@pytest.mark.parametrize("rate", [25.1, -30.0, float("nan"), float("inf")])
def test_a_rate_that_is_none_is_refused_and_nothing_changes(rig: Rig, rate: float) -> None:
    terms = service(rig)
    before = terms.terms
    with pytest.raises(BadInput, match="per cent"):
        terms.change(replace(before, flat=rate))
    with pytest.raises(BadInput, match="30 d"):
        terms.set_tenors({30: rate}, "")
    assert terms.terms == before
    assert rig.valuation.rate == pytest.approx(RATE)
    assert not KEPT


@pytest.mark.parametrize(
    "kept", ["text", {}, {"flat": 1.5}, {**PricingTerms(1.5).as_plain(), "clock": "sundial"}, [1, 2]]
)
def test_kept_terms_that_cannot_be_read_are_told_and_left(rig: Rig, kept: object) -> None:
    terms = service(rig)
    assert "pricing" in terms.restore(kept)
    assert terms.terms.flat == pytest.approx(RATE * 100)
    assert service(rig).restore(None) == ""


@given(
    flat=st.floats(-25, 25),
    tenors=st.dictionaries(st.sampled_from(TENORS), st.floats(-5, 25), max_size=8),
    clock=st.sampled_from(VolatilityClock),
    days=st.integers(200, 366),
)
def test_what_is_kept_is_read_again(flat: float, tenors: dict[int, float], clock: VolatilityClock, days: int) -> None:
    terms = PricingTerms(flat, tuple(sorted(tenors.items())), "a file", clock, days)
    assert PricingTerms.of_plain(terms.as_plain()) == terms
