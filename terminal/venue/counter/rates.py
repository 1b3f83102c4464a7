"""How fast accounts send and cancel (报撤单频率), counted from what was written down, so that a restart counts on."""

from terminal.rules.order_rate import RateCounter
from terminal.rules.profile import OrderRate
from terminal.venue.counter.books import Books
from terminal.venue.counter.entries import CancelTaken, JournalEntry, OrderTaken


class Rates:
    """One counter for each account."""

    def __init__(self, rules: OrderRate, books: Books) -> None:
        self._rules = rules
        self._books = books
        self._counters: dict[str, RateCounter] = {}

    def of(self, account_id: str) -> RateCounter:
        """The counter of one account."""
        counter = self._counters.get(account_id)
        if counter is None:
            counter = self._counters[account_id] = RateCounter(self._rules)
        return counter

    def note(self, entry: JournalEntry) -> None:
        """Count an order or a cancel that went to the exchange; every other entry is passed over."""
        if type(entry) is OrderTaken:
            self.of(entry.account_id).record(entry.at)
        elif type(entry) is CancelTaken:
            self.of(self._books.orders[entry.order_id].account_id).record(entry.at, cancel=True)
