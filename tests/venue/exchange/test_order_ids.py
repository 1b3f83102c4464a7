"""The record of used order ids is a set that takes no room where ids are dense."""

from hypothesis import given
from hypothesis import strategies as st

from terminal.venue.exchange.order_ids import OrderIds


@given(
    stretches=st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 900), st.booleans()), max_size=8),
    asked=st.lists(st.integers(0, 4_200), max_size=50),
)
def test_it_holds_what_was_added_and_nothing_else(stretches: list[tuple[int, int, bool]], asked: list[int]) -> None:
    ids, plain = OrderIds(), set[int]()
    for first, count, backwards in stretches:
        numbers = range(first, first + count)
        for number in reversed(numbers) if backwards else numbers:
            ids.add(number)
            plain.add(number)
    for number in (*asked, *[n + step for n in list(plain)[:200] for step in (-1, 0, 1) if n + step >= 0]):
        assert (number in ids) == (number in plain)


def test_a_day_of_ids_in_a_row_takes_no_more_than_one_page_and_one_run_a_sender() -> None:
    ids = OrderIds()
    for number in range(100_000):
        ids.add(number)
        ids.add((1 << 40) + number)
    assert ids.kept <= 4
    assert 99_999 in ids
    assert 100_000 not in ids
    assert (1 << 40) + 5 in ids
