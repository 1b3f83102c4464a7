"""The day of every underlying by the minute (分时): last price, average price and volume, folded from its quotes.

One block of numbers made once a day. A desk that comes in the middle of the day knows no earlier minutes, and what was
traded before it came, or while the line was down, belongs to none.
"""

from dataclasses import dataclass
from datetime import datetime, time

import numpy as np
from numpy.typing import NDArray

from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.ports import LinkState
from terminal.rules.profile import Sessions
from terminal.services.bus import Bus
from terminal.services.events import DayBegan, DayChanged, LinkChanged, QuotesChanged
from terminal.services.market_data import MarketData

FloatArray = NDArray[np.float64]
_MINUTE_US = 60_000_000
# What is kept of a minute
_LAST, _BEFORE, _VOLUME, _TURNOVER = range(4)


@dataclass(frozen=True, slots=True)
class Minutes:
    """One underlying, an entry for each trading minute of the day; nan for a minute without a quote."""

    last: FloatArray
    """Yuan, at the end of the minute"""
    average: FloatArray
    """Yuan, turnover over volume since the opening (均价)"""
    volume: FloatArray
    """Shares traded in the minute"""


class DayMinutes:
    """Trading minutes are counted from the opening, lunch left out: 240 of a whole day.

    The opening auction counts to the first minute, the moment a session ends to its last.
    """

    def __init__(self, market: MarketData, bus: Bus, sessions: Sessions) -> None:
        self._market = market
        morning = (_minute(sessions.morning[0]), _minute(sessions.morning[1]))
        afternoon = (_minute(sessions.afternoon[0]), _minute(sessions.closing_auction[1]))
        self.sessions = (morning, afternoon)
        """First minute and end of each session, minutes since midnight"""
        self.length = sum(end - begin for begin, end in self.sessions)
        self._midnight_us = 0
        self._codes: tuple[str, ...] = ()
        self._block = np.zeros((0, self.length, 4), np.int64)
        self._newest: list[tuple[int, int] | None] = []
        """Minute and volume of the newest quote of each underlying; None where nothing says what came before"""
        bus.subscribe(DayChanged, self._on_day)
        bus.subscribe(DayBegan, self._on_begin)
        bus.subscribe(LinkChanged, self._on_link)
        bus.subscribe(QuotesChanged, self._on_quotes)

    def of(self, underlying: str) -> Minutes | None:
        """The day so far; None for what is no underlying of the day."""
        if underlying not in self._codes:
            return None
        last, before, volume, turnover = self._block[self._codes.index(underlying)].T.astype(np.float64)
        known = last > 0
        with np.errstate(invalid="ignore", divide="ignore"):
            average = turnover / 100.0 / volume
        return Minutes(
            np.where(known, last / PRICE_SCALE, np.nan),
            np.where(known & (volume > 0) & (turnover > 0), average, np.nan),
            np.where(known, volume - before, np.nan),
        )

    def place_of(self, minute: int) -> int:
        """The number of a minute since midnight among the trading minutes: outside them, of the nearest before it."""
        place = 0
        for begin, end in self.sessions:
            place += min(max(minute - begin, 0), end - begin)
        # The end of a session begins none
        return place if any(begin <= minute < end for begin, end in self.sessions) else max(place - 1, 0)

    # ---- inside

    def _on_day(self, _event: DayChanged) -> None:
        day = self._market.day
        codes = tuple([u.code for u in self._market.underlyings])
        midnight = datetime.combine(day.trading_day, time(), SHANGHAI) if day is not None else None
        midnight_us = int(midnight.timestamp()) * 1_000_000 if midnight is not None else 0
        if (codes, midnight_us) != (self._codes, self._midnight_us):
            self._codes, self._midnight_us = codes, midnight_us
            self._clear()

    def _on_begin(self, _event: DayBegan) -> None:
        # Another venue's book may have the same date and list
        self._clear()

    def _clear(self) -> None:
        self._block = np.zeros((len(self._codes), self.length, 4), np.int64)
        self._newest = [None] * len(self._codes)

    def _on_link(self, event: LinkChanged) -> None:
        if event.state is LinkState.DOWN:
            self._newest = [None] * len(self._codes)

    def _on_quotes(self, event: QuotesChanged) -> None:
        rows = event.rows
        if len(rows) == 1:
            if rows[0] < len(self._codes):
                self._take(int(rows[0]))
            return
        for number in rows[rows < len(self._codes)].tolist():
            self._take(number)

    def _take(self, number: int) -> None:
        quote = self._market.quotes[number]
        at_us, last, volume = int(quote[Column.TIME_US]), int(quote[Column.LAST]), int(quote[Column.VOLUME])
        minute = (at_us - self._midnight_us) // _MINUTE_US
        if last <= 0 or not 0 <= minute < 24 * 60:
            return
        place, newest = self.place_of(minute), self._newest[number]
        # All of a day's volume is of the first minute where the desk was there from the beginning
        known = newest[1] if newest is not None else 0 if place == 0 else volume
        kept = self._block[number, place]
        if newest is None or newest[0] != place:
            # Back after a lost line in the minute it was lost in, what is known of it stays
            kept[_BEFORE] = kept[_BEFORE] if kept[_LAST] else min(known, volume)
        kept[_LAST], kept[_VOLUME], kept[_TURNOVER] = last, volume, quote[Column.TURNOVER_CENTS]
        self._newest[number] = place, volume


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
