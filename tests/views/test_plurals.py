"""English nouns after a figure of one."""

import pytest

from terminal.views.plurals import in_number


@pytest.mark.requirement("X12")
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 orders, 0 working", "1 order, 0 working"),
        ("in 1 trading days", "in 1 trading day"),
        ("1 inquiries", "1 inquiry"),
        ("11 orders", "11 orders"),
        ("0.1 contracts", "0.1 contracts"),
        ("1,001 shares", "1,001 shares"),
        ("0–1 contracts", "0–1 contracts"),
        ("委托 1 笔", "委托 1 笔"),
    ],
)
def test_one_of_them_has_the_form_of_one(text: str, wanted: str) -> None:
    assert in_number(text) == wanted
