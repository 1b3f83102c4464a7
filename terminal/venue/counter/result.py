"""What one call on the counter brought about, and the only way to bring it about: write an entry, apply it, tell it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from terminal.domain.messages import Answer, NumberedReport, OrderUnknown, Refused
from terminal.venue.counter.books import Books
from terminal.venue.counter.entries import JournalEntry
from terminal.venue.exchange.messages import (
    CancelOrder,
    CancelQuote,
    NewOrder,
    NewQuote,
    RegisterMaker,
    RequestQuote,
    TakeShares,
)

DeskEvent = NumberedReport | OrderUnknown | Refused | Answer
Forwarded = NewOrder | CancelOrder | NewQuote | CancelQuote | RequestQuote | RegisterMaker | TakeShares


@dataclass(slots=True)
class CounterResult:
    """`entries` go to the journal first; then `events` to the desks and `forward` to the exchange."""

    events: list[DeskEvent] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    """The account each event is for"""
    forward: list[Forwarded] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)

    def write(self, books: Books, entry: JournalEntry, account_id: str = "") -> None:
        """Apply an entry to the books and keep it with the report it makes, told to the account it names or is of."""
        report = books.apply(entry)
        self.entries.append(entry)
        if report is not None:
            self.tell(account_id or entry.account_id, report)

    def tell(self, account_id: str, *events: DeskEvent) -> None:
        """Tell an account something."""
        self.events += events
        self.owners += [account_id] * len(events)

    @property
    def letters(self) -> Iterator[tuple[str, DeskEvent]]:
        """Account and event, in order."""
        return zip(self.owners, self.events, strict=True)
