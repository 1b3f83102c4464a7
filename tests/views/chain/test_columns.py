"""Which columns a half has, in which order, and what survives being stored."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.views.chain.columns import (
    COLUMNS,
    SETS,
    STRIKE,
    ColumnSet,
    default_layout,
    fitting,
    moved,
    put_half,
    shown_columns,
    sound_layout,
    with_visible,
    with_width,
)


def keys(column_set: ColumnSet) -> list[str]:
    """The call half of a set as shipped."""
    return [c.key for c in shown_columns(default_layout(column_set))]


@pytest.mark.requirement("T1")
def test_puts_mirror_calls_but_the_bid_stays_left_of_the_ask() -> None:
    calls = shown_columns(default_layout(ColumnSet.TRADER))
    assert [c.key for c in calls] == [
        *("position", "delta", "vega", "theo", "sell_edge", "bid_iv", "my_bid", "bid_quantity", "bid"),
        *("ask", "ask_quantity", "my_ask", "ask_iv", "buy_edge", "last"),
    ]
    assert [c.key for c in put_half(calls)] == [
        *("last", "sell_edge", "bid_iv", "my_bid", "bid_quantity", "bid", "ask", "ask_quantity", "my_ask"),
        *("ask_iv", "buy_edge", "theo", "vega", "delta", "position"),
    ]


@pytest.mark.requirement("T1")
@pytest.mark.parametrize("column_set", list(ColumnSet))
def test_every_set_shows_bid_and_ask_and_only_known_columns(column_set: ColumnSet) -> None:
    assert {"bid", "ask"} <= set(SETS[column_set]) <= set(COLUMNS)


@given(order=st.permutations(list(COLUMNS)), shown=st.sets(st.sampled_from(sorted(COLUMNS)), min_size=1))
def test_no_choice_of_columns_puts_the_ask_left_of_the_bid(order: list[str], shown: set[str]) -> None:
    calls = shown_columns([(key, key in shown, 40) for key in order])
    assert {c.key for c in calls} == {c.key for c in put_half(calls)} == shown
    places = [c.book_place for c in calls if c.in_book]
    assert places == sorted(places)
    # On the put half each unbroken run of book columns keeps its order
    half = put_half(calls)
    for left, right in pairwise(half):
        if left.in_book and right.in_book:
            assert left.book_place < right.book_place


def test_narrow_view_drops_the_least_wanted_in_pairs_of_the_book() -> None:
    calls = shown_columns(default_layout(ColumnSet.TRADER))
    full = 2 * sum(c.width for c in calls) + STRIKE.width
    assert fitting(calls, full) == calls
    assert [c.key for c in calls if c not in fitting(calls, full - 1)] == ["vega"]
    narrow = {c.key for c in fitting(calls, 700)}
    assert {"bid", "ask", "bid_quantity", "ask_quantity"} <= narrow
    assert ("bid_iv" in narrow) == ("ask_iv" in narrow)
    assert ("my_bid" in narrow) == ("my_ask" in narrow)
    assert {c.key for c in fitting(calls, 0)} == {"bid", "ask"}


@given(width=st.integers(0, 1600))
def test_what_is_kept_fits(width: int) -> None:
    for column_set in ColumnSet:
        kept = fitting(shown_columns(default_layout(column_set)), width)
        if width >= 300:
            assert 2 * sum(c.width for c in kept) + STRIKE.width <= width + 1


def test_layout_survives_the_round_trip() -> None:
    layout = with_width(with_visible(default_layout(ColumnSet.QUOTES), "theta", True), "bid", 77)
    assert sound_layout([list(state) for state in layout], ColumnSet.QUOTES) == layout


@pytest.mark.parametrize(
    "damaged",
    [
        [],
        [["bid"]],
        [["bid", "yes", 40]],
        [["no such column", True, 40]],
        [[3, True, 40], {"bid": 1}],
        [["bid", False, 40]],
    ],
)
def test_damaged_layout_gives_the_shipped_one(damaged: list[list[object]]) -> None:
    assert sound_layout(damaged, ColumnSet.RETAIL) == default_layout(ColumnSet.RETAIL)


def test_stored_layout_is_made_whole() -> None:
    layout = sound_layout([["ask", True, 9999], ["ask", True, 50], ["bid", True, -3]], ColumnSet.QUOTES)
    assert layout[:2] == [("ask", True, 200), ("bid", True, 24)]
    assert {key for key, _, _ in layout} == set(COLUMNS)
    # Whatever was stored, the bid is shown first
    assert [c.key for c in shown_columns(layout)] == ["bid", "ask"]


def test_moving_visible_columns_leaves_hidden_ones_in_place() -> None:
    layout = default_layout(ColumnSet.QUOTES)
    order = keys(ColumnSet.QUOTES)
    order.insert(0, order.pop(2))
    assert [key for key, visible, _ in moved(layout, order) if visible] == order
    assert [s for s in moved(layout, order) if not s[1]] == [s for s in layout if not s[1]]


def test_the_last_visible_column_cannot_be_hidden() -> None:
    layout = [(key, key == "bid", 40) for key in COLUMNS]
    assert with_visible(layout, "bid", False) == layout
