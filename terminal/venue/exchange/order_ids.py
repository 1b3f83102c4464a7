"""Which order ids were used today, next to nothing each where they are dense.

Senders count upwards, so whole pages fill up and are kept as runs of pages: a set of the same ids would take some
seventy bytes for each, and a venue that goes on for days would grow with every order.
"""

from bisect import bisect_right

_PAGE = 256


class OrderIds:
    """Every order id taken so far."""

    __slots__ = ("_ends", "_free", "_pages", "_starts")

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}
        """Pages that are neither empty nor full"""
        self._free: dict[int, int] = {}
        """How many ids of these are left"""
        self._starts: list[int] = []
        """First pages of the runs of full ones, in order; `_ends` has the pages behind them"""
        self._ends: list[int] = []

    def __contains__(self, order_id: int) -> bool:
        page = self._pages.get(order_id // _PAGE)
        if page is not None:
            return page[order_id % _PAGE] == 1
        return self._is_full(order_id // _PAGE)

    def add(self, order_id: int) -> None:
        """Remember an id, not negative."""
        number, place = divmod(order_id, _PAGE)
        page = self._pages.get(number)
        if page is None:
            if self._is_full(number):
                return
            page = self._pages[number] = bytearray(_PAGE)
            self._free[number] = _PAGE
        if page[place]:
            return
        page[place] = 1
        self._free[number] -= 1
        if not self._free[number]:
            del self._pages[number], self._free[number]
            self._fill(number)

    @property
    def kept(self) -> int:
        """Pages and runs that are kept: what it takes of memory."""
        return len(self._pages) + len(self._starts)

    def _is_full(self, number: int) -> bool:
        place = bisect_right(self._starts, number) - 1
        return place >= 0 and number < self._ends[place]

    def _fill(self, number: int) -> None:
        starts, ends = self._starts, self._ends
        place = bisect_right(starts, number)
        joins_left = place > 0 and ends[place - 1] == number
        joins_right = place < len(starts) and starts[place] == number + 1
        if joins_left and joins_right:
            ends[place - 1] = ends[place]
            del starts[place], ends[place]
        elif joins_left:
            ends[place - 1] = number + 1
        elif joins_right:
            starts[place] = number
        else:
            starts.insert(place, number)
            ends.insert(place, number + 1)
