"""The day by the minute: figures of a morning worked by hand, lunch folded, and what is not known left out."""

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import COLUMN_COUNT, Column, pack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch
from terminal.domain.ports import LinkState
from terminal.rule_files import read_profile
from terminal.services.bus import Bus
from terminal.services.day_minutes import DayMinutes
from terminal.services.events import DayBegan, LinkChanged
from terminal.services.market_data import MarketData
from tests.views.desk_rig import make_underlying

TODAY = date(2026, 11, 9)
CODE = "510050"


class Room:
    """Minutes of two underlyings and the quotes they are made from."""

    def __init__(self) -> None:
        self.bus = Bus()
        self.market = MarketData(self.bus, lambda: 1.0)
        self.minutes = DayMinutes(self.market, self.bus, read_profile("sse_2025").sessions)
        self.open(TODAY)

    def open(self, day: date) -> None:
        """A list of two underlyings."""
        both = tuple(make_underlying(code) for code in (CODE, "510300"))
        self.market.open_day(DayOpened(trading_day=day, underlyings=both, contracts=()))

    def quote(self, at: time, last: int, volume: int, turnover_yuan: int = 0, *, code: str = CODE) -> None:
        """One quote; the price in 0.0001 yuan."""
        row = np.zeros((1, COLUMN_COUNT), np.int64)
        moment = datetime.combine(TODAY, at, SHANGHAI)
        row[0, Column.INSTRUMENT] = self.market.row_of[code]
        row[0, Column.TIME_US] = round(moment.timestamp() * 1_000_000)
        row[0, Column.LAST], row[0, Column.VOLUME] = last, volume
        row[0, Column.TURNOVER_CENTS] = turnover_yuan * 100
        self.market.apply(MarketDataBatch(at=moment, rows=pack_rows(row)))

    def known(self, what: str, code: str = CODE) -> dict[int, float]:
        """What is known of a figure by the number of the minute."""
        minutes = self.minutes.of(code)
        assert minutes is not None
        return {n: round(v, 6) for n, v in enumerate(getattr(minutes, what).tolist()) if v == v}


@pytest.fixture
def room() -> Room:
    return Room()


def test_quotes_are_folded_into_the_minutes_of_their_own_time(room: Room) -> None:
    room.quote(time(9, 25), 24_700, 100, 247)
    room.quote(time(9, 30, 1), 24_800, 300, 743)
    room.quote(time(9, 30, 59), 24_900, 1_000, 2_479)
    room.quote(time(9, 32), 25_000, 1_500, 3_729)
    assert room.known("last") == {0: 2.49, 2: 2.5}
    # The auction's 100 and what was traded since, 500 two minutes later
    assert room.known("volume") == {0: 1000.0, 2: 500.0}
    assert room.known("average") == {0: 2.479, 2: 2.486}
    assert room.known("last", "510300") == {}


def test_lunch_is_folded_and_the_end_of_a_session_is_its_last_minute(room: Room) -> None:
    places = {
        time(9, 15): 0, time(9, 30): 0, time(9, 31): 1, time(11, 29, 59): 119, time(11, 30): 119, time(12, 15): 119,
        time(13, 0): 120, time(14, 57): 237, time(14, 59): 239, time(15, 0): 239, time(15, 30): 239,
    }  # fmt: skip
    assert room.minutes.length == 240
    assert {at: room.minutes.place_of(at.hour * 60 + at.minute) for at in places} == places


def test_who_comes_in_the_middle_of_the_day_does_not_know_what_was_traded_before(room: Room) -> None:
    room.quote(time(10, 30, 10), 24_800, 9_000_000)
    room.quote(time(10, 30, 40), 24_800, 9_000_400)
    room.quote(time(10, 31), 24_800, 9_000_900)
    assert room.known("volume") == {60: 400.0, 61: 500.0}


def test_what_was_traded_while_the_line_was_down_is_of_no_minute(room: Room) -> None:
    room.quote(time(9, 31), 24_800, 1_000)
    room.bus.publish(LinkChanged(LinkState.DOWN, ""))
    # The list comes again with the line: the day is kept
    room.open(TODAY)
    room.quote(time(9, 45), 24_900, 8_000)
    room.quote(time(9, 46), 24_900, 8_300)
    assert room.known("last") == {1: 2.48, 15: 2.49, 16: 2.49}
    assert room.known("volume") == {1: 0.0, 15: 0.0, 16: 300.0}


def test_a_line_lost_and_back_within_a_minute_loses_nothing_of_it(room: Room) -> None:
    room.quote(time(9, 31), 24_800, 1_000)
    room.quote(time(9, 31, 10), 24_800, 1_200)
    room.bus.publish(LinkChanged(LinkState.DOWN, ""))
    room.quote(time(9, 31, 50), 24_800, 1_700)
    assert room.known("volume") == {1: 700.0}


def test_another_day_or_another_book_begins_anew(room: Room) -> None:
    room.quote(time(9, 31), 24_800, 1_000)
    room.bus.publish(DayBegan(TODAY))
    assert room.known("last") == {}
    room.quote(time(9, 31), 24_800, 1_000)
    room.open(TODAY + timedelta(days=1))
    assert room.known("last") == {}
    # A quote that is late by a day is of no minute
    room.quote(time(9, 31), 24_800, 1_000)
    assert room.known("last") == {}
    assert room.minutes.of("no such code") is None


@given(
    steps=st.lists(
        st.tuples(st.integers(0, 400), st.integers(-300, 300), st.integers(0, 5_000)), min_size=1, max_size=60
    )
)
@settings(max_examples=30, deadline=None)
def test_from_the_opening_on_the_minutes_add_up_to_the_volume_of_the_day(steps: list[tuple[int, int, int]]) -> None:
    room, at, last, volume = Room(), datetime.combine(TODAY, time(9, 30)), 24_800, 0
    room.quote(at.time(), last, volume)
    for seconds, move, traded in steps:
        at = min(at + timedelta(seconds=seconds), datetime.combine(TODAY, time(15, 0)))
        last, volume = max(last + move, 1), volume + traded
        room.quote(at.time(), last, volume)
    assert sum(room.known("volume").values()) == volume
    assert list(room.known("last").values())[-1] == last / 10_000
