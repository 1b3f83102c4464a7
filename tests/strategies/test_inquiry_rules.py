"""Rules of automatic answers: which fits, what is refused, and that text keeps them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.inquiry_rules import (
    BOUNDS,
    RANGES,
    WHOLE,
    InquiryRule,
    read_field,
    rule_of,
    texts_of,
    with_field,
)


@pytest.mark.requirement("X2")
@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"enabled": False}, False),
        ({"least_delta": 0.45}, False),
        ({"most_delta": 0.40}, True),
        ({"least_days": 31}, False),
        ({"most_days": 30, "least_days": 30}, True),
        ({"most_quantity": 49}, False),
        ({"least_quantity": 50, "most_quantity": 50}, True),
    ],
)
def test_a_rule_fits_by_moneyness_expiry_and_size_with_its_ends(changes: dict[str, Any], fits: bool) -> None:
    assert InquiryRule(**changes).fits(0.40, 30, 50) is fits


@pytest.mark.requirement("X2")
def test_a_delta_beyond_one_counts_as_one_and_none_fits_nothing() -> None:
    assert InquiryRule(least_delta=0.9).fits(1.003, 30, 0)
    assert not InquiryRule().fits(float("nan"), 30, 0)


@pytest.mark.requirement("X2")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        *[(name, text) for name in BOUNDS for text in ("", "nan", "inf", "-1", "x", "1e99")],
        *[(name, "0.5") for name in sorted(WHOLE)],
        ("enabled", "maybe"),
        ("width", "wide"),
        ("colour", "1"),
    ],
)
def test_what_is_no_value_of_a_field_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadInput):
        read_field(name, text)


@pytest.mark.requirement("X2")
@pytest.mark.parametrize("pair", RANGES)
def test_a_range_is_not_turned_round(pair: tuple[str, str]) -> None:
    least, most = pair
    narrow = with_field(with_field(InquiryRule(), most, 1), least, 1)
    for name, value in ((least, 2), (most, 0)):
        with pytest.raises(BadInput) as refused:
            with_field(narrow, name, value)
        assert refused.value.field == name
    with pytest.raises(BadInput):
        rule_of({least: "1", most: "0"})


def _values(name: str) -> st.SearchStrategy[float | int]:
    least, most = BOUNDS[name]
    if name in WHOLE:
        return st.integers(int(least), int(most))
    return st.floats(least, most).map(lambda value: float(f"{value:.10g}"))


@pytest.mark.requirement("X2")
@given(st.fixed_dictionaries({name: _values(name) for name in BOUNDS}), st.booleans(), st.sampled_from(list(WidthRule)))
def test_text_keeps_a_rule(figures: dict[str, Any], enabled: bool, width: WidthRule) -> None:
    for least, most in RANGES:
        figures[least], figures[most] = sorted((figures[least], figures[most]))
    rule = InquiryRule(**figures, enabled=enabled, width=width)
    assert rule_of(texts_of(rule)) == rule
