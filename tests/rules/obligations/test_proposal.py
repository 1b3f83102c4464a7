"""Quotes proposed around a price: as wide as the terms allow, or a part of that, and never wider."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.rules.obligations.proposal import allowed_around
from terminal.rules.obligations.spread import CapRow, allowed_units, cap_rows
from tests.rules.obligations.day import terms_of

GENERIC = terms_of("sse_generic")
NEAR, FAR = cap_rows(GENERIC, near=True), cap_rows(GENERIC, near=False)


@pytest.mark.requirement("M5")
@pytest.mark.parametrize(
    ("centre", "rows", "part", "pair"),
    [
        # rulebook 8.4: 10 % of the bid near, 20 % far; 0.025 where the bid is below 0.05
        (2100.0, NEAR, Fraction(1), (2000, 2200)),
        (2100.0, NEAR, Fraction(1, 2), (2050, 2150)),
        (2200.0, FAR, Fraction(1), (2000, 2400)),
        (400.0, NEAR, Fraction(1), (275, 525)),
        # a bid below 0.05 may be further away than one above it
        (505.0, NEAR, Fraction(1), (380, 630)),
        # the lowest price there is
        (3.0, NEAR, Fraction(1), (1, 251)),
    ],
)
def test_the_widest_pair_turns_on_its_own_bid(
    centre: float, rows: tuple[CapRow, ...], part: Fraction, pair: tuple[int, int]
) -> None:
    assert allowed_around(rows, centre, 1, None, part) == pair


@pytest.mark.requirement("M5")
def test_without_a_price_nothing_is_proposed() -> None:
    for centre in (0.0, -1.0, float("nan")):
        assert allowed_around(NEAR, centre, 1, None) is None


@pytest.mark.requirement("M5")
@settings(max_examples=150, deadline=None)
@given(
    centre=st.floats(1.0, 20_000.0),
    near=st.booleans(),
    tick=st.sampled_from([1, 10]),
    part=st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(1)]),
)
def test_whatever_is_proposed_counts(centre: float, near: bool, tick: int, part: Fraction) -> None:
    rows = NEAR if near else FAR
    pair = allowed_around(rows, centre, tick, None, part)
    if pair is None:
        return
    bid, ask = pair
    assert 0 < bid < ask
    assert bid % tick == ask % tick == 0
    assert ask - bid <= allowed_units(rows, bid, tick, None)
