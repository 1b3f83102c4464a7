"""The counter of one day rebuilt from what its journal holds, for queries about days that are over. Pure."""

from collections.abc import Iterable

from terminal.domain.calendar import TradingCalendar
from terminal.rules.profile import Profile
from terminal.venue.book import BookHeader
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.entries import JournalEntry


def counter_of_day(
    header: BookHeader, entries: Iterable[JournalEntry], profile: Profile, calendar: TradingCalendar | None = None
) -> Counter:
    """The counter as it was after the last of `entries`, which follow the header in the journal.

    Raises JournalError for entries of another day or instrument list, IllegalTransition for a gap in them.
    """
    day = header.day
    counter = Counter(profile, day.trading_day, day.underlyings, day.contracts, calendar=calendar)
    counter.restore(entries)
    return counter
