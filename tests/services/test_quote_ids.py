"""Ids of quote messages: one for each message of every day, and none that was used before."""

from datetime import date

import pytest

from terminal.services.quote_ids import QuoteIds

DAY = date(2026, 3, 2)


def test_numbers_go_on_over_the_days() -> None:
    ids = QuoteIds("D1")
    assert [ids.next(DAY), ids.next(DAY), ids.next(date(2026, 3, 3))] == [
        "D1-260302-Q0000001",
        "D1-260302-Q0000002",
        "D1-260303-Q0000003",
    ]


@pytest.mark.parametrize(
    ("used", "following"),
    [
        ("D1-260301-Q0000041", 42),
        ("D1-260302-Q0000000", 1),
        ("D2-260302-Q0000041", 1),
        ("D1-260302-Qx", 1),
        ("D1-260302-Q٣", 1),
        ("D1-", 1),
        ("", 1),
    ],
)
def test_a_number_that_was_used_is_not_given_again(used: str, following: int) -> None:
    ids = QuoteIds("D1")
    ids.heed(used)
    assert ids.next(DAY) == f"D1-260302-Q{following:07d}"
