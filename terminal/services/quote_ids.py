"""Ids of this desk's quote messages (报价编号): desk, day, a number that is never given twice."""

from datetime import date


class QuoteIds:
    """Gives ids as `D1-260302-Q0000001`, and heeds those that somebody else remembers."""

    def __init__(self, desk_id: str) -> None:
        self._desk_id = desk_id
        self._count = 0
        self._day = date.min
        self._start = ""

    @property
    def newest_number(self) -> int:
        """The newest number given."""
        return self._count

    def heed_number(self, number: int) -> None:
        """A number that was given is not given again."""
        self._count = max(self._count, number)

    def next(self, day: date) -> str:
        """The id of a new message."""
        if day != self._day:
            self._day, self._start = day, f"{self._desk_id}-{day:%y%m%d}-Q"
        self._count += 1
        return f"{self._start}{self._count:07d}"

    def heed(self, quote_id: str) -> None:
        """A number that was used is not given again, whoever remembers it: our disk or the venue."""
        if quote_id.startswith(f"{self._desk_id}-"):
            tail = quote_id.rpartition("-Q")[2]
            if tail.isascii() and tail.isdigit():
                self.heed_number(int(tail))
