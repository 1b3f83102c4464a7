"""Which order ids were used today, one byte each where they are dense.

Senders count upwards, so whole pages fill up: a set of the same ids would take some seventy bytes for each.
"""

_PAGE = 256


class OrderIds:
    """Every order id taken so far."""

    __slots__ = ("_pages",)

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def __contains__(self, order_id: int) -> bool:
        page = self._pages.get(order_id // _PAGE)
        return page is not None and page[order_id % _PAGE] == 1

    def add(self, order_id: int) -> None:
        """Remember an id, not negative."""
        page = self._pages.get(order_id // _PAGE)
        if page is None:
            page = self._pages[order_id // _PAGE] = bytearray(_PAGE)
        page[order_id % _PAGE] = 1
