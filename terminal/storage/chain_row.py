"""One row of a chain snapshot: its columns, numbers, levels and statistics, each refused by the name of its column."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.market_data import DEPTH, PRICE_SCALE
from terminal.storage.text_fields import parse_number

_SIDES = ("b", "a")
COLUMNS: Final = (
    *("code", "ExecCode", "name", "CallPut", "strike", "Unit", "MatureDate", "pre_settle", "prev_close", "up", "down"),
    *("open", "high", "low", "last", "vol", "amt", "oi", "settle"),
    *(f"{side}{what}{level}" for side in _SIDES for level in range(1, DEPTH + 1) for what in "pv"),
    *("qtime", "status", "underlying_prev_close", "underlying_close"),
)
_STATUS = re.compile(r"[SCTBEPVUMN][ 01][0-7 ][01 ]", re.ASCII)
_PRICE_DECIMALS = 4

Level = tuple[int, int]
"""Price in 0.0001 yuan and quantity"""


@dataclass(frozen=True, slots=True)
class BookLevels:
    """The visible book of one contract from the touch outwards; fewer than five levels where the book is thin."""

    bids: tuple[Level, ...]
    asks: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStatistics:
    """What a contract did so far that day. Prices in 0.0001 yuan, 0 where it has not traded."""

    open: int
    high: int
    low: int
    last: int
    volume: int
    turnover_cents: int
    open_interest: int
    settlement: int
    """The settlement price of the day itself, 0 before it is known"""


class ChainRow:
    """One line by column name; every accessor raises BadInput that names its column."""

    def __init__(self, fields: dict[str, str]) -> None:
        self._fields = fields

    def text(self, column: str) -> str:
        """The field as it is."""
        value = self._fields[column]
        if not value or not value.isprintable() or len(value) > 40:
            raise BadInput(column, value, "1 to 40 printable characters")
        return value

    def number(self, column: str, *, decimals: int = _PRICE_DECIMALS, above_zero: bool = False) -> Decimal:
        """A number that is not negative."""
        return parse_number(column, self._fields[column], decimals=decimals, above_zero=above_zero)

    def whole(self, column: str, *, above_zero: bool = False) -> int:
        """A whole number that is not negative."""
        return int(self.number(column, decimals=0, above_zero=above_zero))

    def units(self, column: str) -> int:
        """A price in 0.0001 yuan, 0 for none."""
        return int(self.number(column) * PRICE_SCALE)

    def time(self, column: str) -> datetime:
        """A time of the market's clock."""
        value = self.text(column)
        try:
            return datetime.strptime(value, "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
        except ValueError:
            raise BadInput(column, value, "a time YYYY-MM-DD HH:MM:SS") from None

    def status(self) -> str:
        """The trading phase code (rulebook 10.2): phase, blank, restricted openings, whether orders are taken."""
        value = self.text("status")
        if _STATUS.fullmatch(value) is None:
            raise BadInput("status", value, "a phase code such as 'T 01'")
        return value

    def book(self) -> BookLevels:
        """Both sides of the visible book, which must not cross."""
        book = BookLevels(self._side("b"), self._side("a"))
        if book.bids and book.asks and book.asks[0][0] <= book.bids[0][0]:
            raise BadInput("ap1", self._fields["ap1"], f"above bp1 {self._fields['bp1']}")
        return book

    def statistics(self) -> DayStatistics:
        """What the contract did that day."""
        figures = DayStatistics(
            open=self.units("open"),
            high=self.units("high"),
            low=self.units("low"),
            last=self.units("last"),
            volume=self.whole("vol"),
            turnover_cents=int(self.number("amt", decimals=2) * 100),
            open_interest=self.whole("oi"),
            settlement=self.units("settle"),
        )
        if figures.volume and not figures.low <= min(figures.open, figures.last):
            raise BadInput("low", self._fields["low"], "not above open and last")
        if figures.volume and not figures.high >= max(figures.open, figures.last):
            raise BadInput("high", self._fields["high"], "not below open and last")
        return figures

    def _side(self, side: str) -> tuple[Level, ...]:
        # After an empty level all are empty
        levels: list[Level] = []
        empty = False
        for level in range(1, DEPTH + 1):
            column = f"{side}p{level}"
            price, quantity = self.units(column), self.whole(f"{side}v{level}")
            if (price == 0) != (quantity == 0):
                raise BadInput(f"{side}v{level}", quantity, f"a price and a quantity, or neither: {column} is {price}")
            if price == 0:
                empty = True
                continue
            worse = not levels or (price < levels[-1][0] if side == "b" else price > levels[-1][0])
            if empty or not worse:
                raise BadInput(column, self._fields[column], "levels are given from the touch outwards")
            levels.append((price, quantity))
        return tuple(levels)
