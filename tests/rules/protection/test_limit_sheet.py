"""A limit that says nothing allows nothing."""

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.rules.protection.limit_sheet import NOTHING, LimitSheet, bound
from terminal.rules.protection.order_checks import (
    Exposure,
    outside_collar,
    over_greek,
    over_notional,
    over_position,
    over_size,
)

NAMES = [field.name for field in fields(LimitSheet)]
#: 0.0692 in whole 0.0001 yuan
PRICE = np.array([692])
ONE = np.array([1])


@pytest.mark.fault("F45")
@pytest.mark.parametrize("value", [None, 0.0, -1.0, math.nan, -math.inf])
def test_blank_zero_negative_and_no_number_allow_nothing(value: float | None) -> None:
    assert bound(value) == 0.0
    sheet = LimitSheet.of(dict.fromkeys(NAMES, value))
    assert over_size(ONE, sheet)[0]
    assert over_notional(PRICE, ONE, np.array([10_000.0]), sheet)[0]
    assert over_position(np.zeros(1), np.ones(1), np.zeros(1), sheet)[0]
    assert over_greek(np.ones(1), np.zeros(1), Exposure(0.0, 0.0, 0.0), sheet.delta)[0]
    assert outside_collar(True, PRICE, np.array([691.0]), ONE, value or 0.0, value or 0.0)[0]


@pytest.mark.fault("F45")
def test_a_sheet_from_text_names_what_is_no_limit() -> None:
    assert LimitSheet.of({"delta": "inf", "vega": "", "gamma": "12.5"}).gamma == 12.5
    assert LimitSheet.of({"vega": ""}) == NOTHING
    with pytest.raises(BadInput, match="detla"):
        LimitSheet.of({"detla": 1})
    nonsense: tuple[object, ...] = ("plenty", True, [])
    for wrong in nonsense:
        with pytest.raises(BadInput, match="delta"):
            LimitSheet.of({"delta": wrong})


figures = st.fixed_dictionaries({name: st.one_of(st.none(), st.floats(allow_nan=True), st.just("")) for name in NAMES})


@given(figures, figures)
def test_of_two_sheets_the_strictest_allows_no_more_than_either(
    one: dict[str, object], other: dict[str, object]
) -> None:
    first, second = LimitSheet.of(one), LimitSheet.of(other)
    both = first.strictest(second)
    for name in NAMES:
        if name == "cancel_reserve":
            assert both.cancel_reserve == max(first.cancel_reserve, second.cancel_reserve)
        elif name.endswith("_seconds") and name != "input_age_seconds":
            assert both.window(name) == max(first.window(name), second.window(name))
        else:
            assert getattr(both, name) == min(bound(getattr(first, name)), bound(getattr(second, name)))


def test_the_collar_is_the_wider_of_ticks_and_fraction_and_looks_at_the_bad_side_only() -> None:
    reference, tick = np.array([692.0]), np.array([1])
    # 5 ticks or 2 % of 692 = 13.84
    for price, is_buy, outside in ((705, True, False), (706, True, True), (678, False, True), (679, False, False)):
        assert outside_collar(is_buy, np.array([price]), reference, tick, 5, 0.02)[0] == outside
    assert not outside_collar(True, np.array([1]), reference, tick, 5, 0.02)[0]
    assert not outside_collar(True, np.array([1]), np.array([np.nan]), tick, 5, 0.02)[0]
    assert not outside_collar(True, PRICE, np.zeros(1), tick, math.inf, math.inf)[0]


def test_the_notional_itself_is_allowed_and_a_fraction_more_is_not() -> None:
    sheet = LimitSheet(order_notional=3460.0)  # 0.0692 x 5 x 10,000
    assert not over_notional(PRICE, np.array([5]), np.array([10_000.0]), sheet)[0]
    assert over_notional(np.array([693]), np.array([5]), np.array([10_000.0]), sheet)[0]


@given(
    st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), max_size=20),
    st.floats(-1e5, 1e5),
    st.floats(0, 1e5),
    st.floats(0, 1e5),
    st.floats(1, 1e5),
)
@pytest.mark.fault("F89")
def test_what_passes_together_stays_within_the_greek_limit(
    moves: list[tuple[float, float]], held: float, up_now: float, down_now: float, limit: float
) -> None:
    up, down = np.array([m[0] for m in moves]), np.array([m[1] for m in moves])
    exposure = Exposure(held, up_now, down_now)
    refused = over_greek(up, down, exposure, limit)
    passed = ~refused
    # Only entries that move nothing pass beyond the limit
    if (up[passed] > 0).any():
        assert exposure.highest + up[passed].sum() <= limit * (1 + 1e-9)
    if (down[passed] > 0).any():
        assert exposure.lowest - down[passed].sum() >= -limit * (1 + 1e-9)
    assert not refused[(up == 0) & (down == 0)].any()


def test_a_greek_that_is_no_number_refuses() -> None:
    nothing = Exposure(0.0, 0.0, 0.0)
    assert over_greek(np.array([np.nan]), np.zeros(1), nothing, 100.0)[0]
    assert over_greek(np.ones(1), np.zeros(1), Exposure(np.nan, 0.0, 0.0), 100.0)[0]
    assert not over_greek(np.array([np.nan]), np.zeros(1), nothing, math.inf)[0]
