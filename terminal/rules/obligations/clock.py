"""The clock of one obliged contract: how much of its obligated time was quoted, excused, missed or exempt.

Time is exact, in whole microseconds since the day's midnight, and moves only with events: a stretch between two of them
has one state. What belongs to the time after the last event is reckoned for a question and not kept, so the result does
not depend on how often it is asked for, and an event that comes a little later than a question still counts from its
own moment. An event before the last one of the same contract counts from that one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import pairwise

from terminal.rules.obligations.validity import CAUSE_BIT, CAUSES, ExemptCause, QuoteFault

Windows = tuple[tuple[int, int], ...]
"""Begin and end of each obliged stretch of the day, in order, in microseconds since midnight"""
#: The part of the allowed spread that a quote uses is counted in millionths
USE_SCALE = 1_000_000
_BY_HAND = CAUSE_BIT[ExemptCause.BY_HAND]


def in_windows(windows: Windows, moment: int) -> bool:
    """Whether a moment lies in one of some stretches."""
    return any(first <= moment < last for first, last in windows)


class QuotingState(StrEnum):
    """What a moment counts as."""

    LIVE = "live"
    GRACE = "grace"
    """No valid quote, but a fill took it so short a time ago that it counts as quoted"""
    MISSED = "missed"
    EXEMPT = "exempt"
    OFF = "off"
    """Nothing is owed: another phase"""


class Total(IntEnum):
    """Places in the totals of a clock. Times in microseconds; COMPLIANT includes GRACE."""

    COMPLIANT = 0
    GRACE = 1
    MISSED = 2
    QUOTED = 3
    """Obligated time with a valid quote: what the weighted figures rest on"""
    SPREAD = 4
    """0.0001 yuan x time"""
    SIZE = 5
    """Contracts of the smaller side x time"""
    USE = 6
    """Spread over allowed spread, in millionths, x time"""
    EXEMPT = 7
    """The first of the exempt causes; the others follow in their order"""


TOTAL_COUNT = Total.EXEMPT + len(CAUSES)


@dataclass(slots=True)
class Stretch:
    """Obligated or exempt time of one state without a break, and the quotes it began and ended with."""

    begin: int
    end: int
    state: QuotingState
    detail: str
    """The fault of missed time, the cause of exempt time"""
    first_quote: str
    last_quote: str


class ContractClock:
    """Counts one contract. The measure sets `mask`, `fault` and the quote's figures after `settle` brought it there."""

    __slots__ = (
        "_window",
        "_windows",
        "fault",
        "grace_until",
        "hand",
        "last",
        "mask",
        "quote_id",
        "size",
        "spread",
        "stretches",
        "totals",
        "use",
    )

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._window = 0
        self.last = 0
        self.mask = 0
        """Bits of the exempt causes that hold and count until another event"""
        self.hand: Windows = ()
        """Stretches exempted by hand that count; their ends are known beforehand and are no events"""
        self.fault: QuoteFault | None = QuoteFault.NO_QUOTE
        """None while the quote is valid"""
        self.quote_id = ""
        self.spread = self.size = self.use = 0
        self.grace_until = 0
        self.totals = [0] * TOTAL_COUNT
        self.stretches: list[Stretch] = []

    def settle(self, to: int) -> int:
        """Count everything up to a moment; gives the moment that holds, which is never before the last one."""
        begin = self.last
        if to <= begin:
            return begin
        self.last = to
        windows, number = self._windows, self._window
        while number < len(windows):
            first, last = windows[number]
            if to <= first:
                break
            self._count(self.totals, begin if begin > first else first, to if to < last else last, keep=True)
            if to < last:
                break
            number += 1
        self._window = number
        return to

    def totals_at(self, now: int) -> list[int]:
        """The totals as they would stand at a moment, nothing kept."""
        if now <= self.last:
            return self.totals
        totals = self.totals.copy()
        windows, begin = self._windows, self.last
        for number in range(self._window, len(windows)):
            first, last = windows[number]
            if now <= first:
                break
            self._count(totals, begin if begin > first else first, now if now < last else last, keep=False)
        return totals

    def stretches_at(self, now: int) -> list[Stretch]:
        """The day up to a moment as stretches, the last one still running."""
        shown = [
            Stretch(s.begin, s.end, s.state, s.detail, s.first_quote, s.last_quote)
            for s in self.stretches
            if s.begin < now
        ]
        for first, last in self._windows[self._window :] if now > self.last else ():
            begin, end = max(self.last, first), min(now, last)
            for start, stop, mask in self._parted(begin, end) if begin < end else ():
                for piece in self._pieces(start, stop, mask):
                    self._append(shown, *piece)
        return shown

    def state_at(self, now: int) -> QuotingState:
        """What the moment counts as."""
        return self.state_owed(now) if in_windows(self._windows, now) else QuotingState.OFF

    def state_owed(self, now: int) -> QuotingState:
        """The same of a moment within the obliged stretches."""
        if self.mask_at(now):
            return QuotingState.EXEMPT
        if self.fault is None:
            return QuotingState.LIVE
        return QuotingState.GRACE if now < self.grace_until else QuotingState.MISSED

    def mask_at(self, moment: int) -> int:
        """Bits of the causes that lift the obligation at a moment not before the last event."""
        for first, last in self.hand:
            if first <= moment < last:
                return self.mask | _BY_HAND
        return self.mask

    def _count(self, totals: list[int], begin: int, end: int, *, keep: bool) -> None:
        if begin >= end:
            return
        if self.hand:
            for first, last, mask in self._parted(begin, end):
                self._count_one(totals, first, last, mask, keep=keep)
        else:
            self._count_one(totals, begin, end, self.mask, keep=keep)

    def _parted(self, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """A span cut where an exemption by hand begins or ends, each part with its mask."""
        cuts = sorted({begin, end, *[cut for part in self.hand for cut in part if begin < cut < end]})
        for first, last in pairwise(cuts):
            yield first, last, self.mask_at(first)

    def _count_one(self, totals: list[int], begin: int, end: int, mask: int, *, keep: bool) -> None:
        span = end - begin
        if mask:
            totals[Total.EXEMPT + (mask & -mask).bit_length() - 1] += span
        elif self.fault is None:
            totals[0] += span
            totals[3] += span
            totals[4] += span * self.spread
            totals[5] += span * self.size
            totals[6] += span * self.use
            stretches = self.stretches
            if keep and stretches:
                # A maker quotes anew every second: most of the day is one stretch that grows
                newest = stretches[-1]
                if newest.end == begin and newest.state is QuotingState.LIVE:
                    newest.end, newest.last_quote = end, self.quote_id
                    return
        else:
            graced = min(max(self.grace_until - begin, 0), span)
            totals[0] += graced
            totals[1] += graced
            totals[2] += span - graced
        if not keep:
            return
        for piece in self._pieces(begin, end, mask):
            self._append(self.stretches, *piece)

    def _pieces(self, begin: int, end: int, mask: int) -> Iterator[tuple[int, int, QuotingState, str]]:
        if mask:
            yield begin, end, QuotingState.EXEMPT, CAUSES[(mask & -mask).bit_length() - 1]
        elif self.fault is None:
            yield begin, end, QuotingState.LIVE, ""
        else:
            until = min(max(self.grace_until, begin), end)
            if begin < until:
                yield begin, until, QuotingState.GRACE, self.fault
            if until < end:
                yield until, end, QuotingState.MISSED, self.fault

    def _append(self, stretches: list[Stretch], begin: int, end: int, state: QuotingState, detail: str) -> None:
        newest = stretches[-1] if stretches else None
        if newest is not None and (newest.end, newest.state, newest.detail) == (begin, state, detail):
            newest.end, newest.last_quote = end, self.quote_id
        else:
            stretches.append(Stretch(begin, end, state, detail, self.quote_id, self.quote_id))
