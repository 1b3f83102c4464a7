"""Marks of books: which side is believed, what is no price, and that nothing is frozen."""

import numpy as np
import pytest

from terminal.pricing.quality import Quality, book_quality, spot_of_book, usable_sides

NAN = float("nan")


@pytest.mark.fault("F27", "F28", "F29", "F34")
@pytest.mark.parametrize(
    ("bid", "ask", "mark"),
    [
        (0.0700, 0.0710, Quality.LIVE),
        (0.0700, 0.0, Quality.ONE_SIDED),
        (NAN, 0.0710, Quality.ONE_SIDED),
        (0.3533, 0.0, Quality.ONE_SIDED),  # limit-up
        (0.0, 0.0001, Quality.ONE_SIDED),  # limit-down
        (0.0700, 0.0700, Quality.CROSSED),  # locked
        (0.0710, 0.0700, Quality.CROSSED),
        (0.0, 0.0, Quality.NONE),
        (NAN, NAN, Quality.NONE),
        (-0.01, 0.0, Quality.NONE),
    ],
)
def test_each_book_has_its_mark_and_its_usable_sides(bid: float, ask: float, mark: Quality) -> None:
    bids, asks = np.array([bid]), np.array([ask])
    marks = book_quality(bids, asks)
    assert marks.tolist() == [mark]
    sides = usable_sides(bids, asks, marks)[:, 0]
    believed = mark in (Quality.LIVE, Quality.ONE_SIDED)
    assert np.isfinite(sides[0]) == (believed and bid > 0)
    assert np.isfinite(sides[1]) == (believed and ask > 0)
    # Half of a limit-up book is no price
    assert np.isfinite(sides[2]) == (mark is Quality.LIVE)


@pytest.mark.fault("F26")
def test_a_book_not_heard_of_is_stale_and_an_unknown_age_is_no_young_one() -> None:
    bid, ask = np.full(4, 0.07), np.array([0.071, 0.071, 0.071, 0.0])
    marks = book_quality(bid, ask, np.array([1.0, 3.1, NAN, 9.0]), stale_after=3.0)
    assert marks.tolist() == [Quality.LIVE, Quality.STALE, Quality.STALE, Quality.ONE_SIDED]
    assert np.isfinite(usable_sides(bid, ask, marks)[2]).tolist() == [True, True, True, False]


@pytest.mark.fault("F28", "F34")
@pytest.mark.parametrize(
    ("last", "bid", "ask", "spot", "mark"),
    [
        (2.48, 2.479, 2.481, 2.48, Quality.LIVE),
        (0.0, 2.479, 2.481, 2.48, Quality.LIVE),
        (3.3, 3.3, 0.0, 3.3, Quality.ONE_SIDED),
        (0.0, 3.3, 0.0, NAN, Quality.NONE),  # nearest peer: 1.65
        (2.48, 2.481, 2.481, 2.48, Quality.CROSSED),
        (0.0, 2.481, 2.481, NAN, Quality.NONE),
        (2.48, 0.0, 0.0, 2.48, Quality.STALE),
        (0.0, 0.0, 0.0, NAN, Quality.NONE),
    ],
)
def test_the_spot_is_a_price_or_nothing(last: float, bid: float, ask: float, spot: float, mark: Quality) -> None:
    found, found_mark = spot_of_book(last, bid, ask)
    assert found == pytest.approx(spot, nan_ok=True)
    assert found_mark is mark
