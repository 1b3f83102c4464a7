"""What one call on the counter brought about, and the only way to bring it about: write an entry, apply it, tell it."""

from dataclasses import dataclass, field

from terminal.domain.messages import InstructionReport, OrderReport, OrderUnknown, Refused
from terminal.venue.counter.books import Books
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.exchange.messages import CancelOrder, NewOrder

DeskEvent = OrderReport | InstructionReport | OrderUnknown | Refused


@dataclass(slots=True)
class CounterResult:
    """`entries` go to the journal first; then `events` to the desks and `forward` to the exchange."""

    events: list[DeskEvent] = field(default_factory=list)
    forward: list[NewOrder | CancelOrder] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)

    def write(self, books: Books, entry: JournalEntry) -> None:
        """Apply an entry to the books and keep it with the report it makes."""
        report = books.apply(entry)
        self.entries.append(entry)
        if report is not None:
            self.events.append(report)
