"""Dividends that lie ahead (分红预告): announced, shown on the board, paid and taken off the price."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from terminal.rules.listing import Dividend


class ComingDividend(msgspec.Struct, frozen=True, kw_only=True):
    """A cash dividend (分红) that was announced: yuan per share, off the price from `ex_day` on (除息日)."""

    underlying: str
    ex_day: date
    cash: Decimal

    def gone(self, eve_close: Decimal) -> Dividend:
        """The ex-day as it happened, with the close of its eve."""
        return Dividend(self.underlying, self.ex_day, self.cash, eve_close)


def due(coming: Iterable[ComingDividend], day: date) -> dict[str, Decimal]:
    """Cash per share of those whose ex-day it is, by underlying."""
    found: dict[str, Decimal] = {}
    for dividend in coming:
        if dividend.ex_day == day:
            found[dividend.underlying] = found.get(dividend.underlying, Decimal(0)) + dividend.cash
    return found
