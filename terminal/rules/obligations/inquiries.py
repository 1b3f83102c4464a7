"""Answers to inquiries (回应报价): in time or not, how soon, how long they stood, and why they ended.

Any valid quote in the contract answers, also one that stands when the inquiry comes (D): what counts is that a valid
quote is there. It stands as long as valid quotes follow each other without a gap, and whoever trades with it ends it
without fault. An inquiry lapses that follows the one before it in its contract too soon, or whose time to answer is cut
short by the end of the phase or by an exemption.
Times are microseconds since midnight.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

import msgspec

from terminal.domain.errors import BadInput
from terminal.rules.obligations.clock import Windows
from terminal.rules.obligations.terms import InquiryTerms

_SECOND = 1_000_000


class InquiryStatus(StrEnum):
    """Where an inquiry stands."""

    OPEN = "open"
    ANSWERED = "answered"
    LATE = "late"
    MISSED = "missed"
    LAPSED = "lapsed"
    """Not owed: too soon after another one, or the phase ended or an exemption began before the time was up"""


class AnswerEnd(StrEnum):
    """What ended an answer."""

    FILLED = "filled"
    CANCELLED = "cancelled"
    INVALID = "invalid"
    """Another quote stood in its place that does not count"""
    PROTECTION = "protection"
    DISCONNECTED = "disconnected"
    VENUE = "venue"
    """Taken out by the venue for another reason"""
    EXEMPT = "exempt"
    PHASE = "phase"


#: Ends that nobody is blamed for
_BLAMELESS = frozenset({AnswerEnd.FILLED, AnswerEnd.EXEMPT, AnswerEnd.PHASE})


@dataclass(frozen=True, slots=True)
class InquiryResult:
    """One inquiry at a moment. Moments in microseconds since midnight, durations in seconds."""

    inquiry: int
    contract_code: str
    quantity: int
    opened: int
    deadline: int
    status: InquiryStatus
    answered: int | None
    quote_id: str
    """The quote that answered"""
    response_seconds: float | None
    held_seconds: float | None
    end: AnswerEnd | None
    """None while it stands"""
    pulled_early: bool
    """Ended before the shortest hold, other than by a fill"""
    counted: bool
    """Whether the contract is in the scope"""


@dataclass(frozen=True, slots=True)
class InquirySummary:
    """All inquiries that count. The rate is None while none is decided."""

    counted: int
    answered: int
    """In time"""
    late: int
    missed: int
    open: int
    lapsed: int
    answer_rate: float | None
    median_seconds: float | None
    pulled_early: int
    required_rate: float

    @property
    def fails(self) -> bool:
        """Whether the answer rate is below what is asked."""
        return self.answer_rate is not None and self.answer_rate < self.required_rate


@dataclass(slots=True)
class Inquiry:
    """One inquiry with what became of it so far."""

    inquiry: int
    contract_code: str
    quantity: int
    opened: int
    deadline: int
    window_end: int
    """When the phase ends in which it came; the moment itself where nothing is owed then"""
    counted: bool
    answered: int | None = None
    quote_id: str = ""
    held_until: int | None = None
    end: AnswerEnd | None = None
    lapsed: bool = False


class InquiryPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A whole book of inquiries."""

    all: list[Inquiry]
    """Oldest first"""
    concerned: dict[str, list[int]]
    """Numbers of those of a contract that wait for an answer, or whose answer stands"""
    last_owed: dict[str, int]


class InquiryBook:
    """The inquiries of a day."""

    def __init__(self, terms: InquiryTerms, windows: Windows) -> None:
        self._terms = terms
        self._windows = windows
        self._all: dict[int, Inquiry] = {}
        self._concerned: dict[str, list[Inquiry]] = defaultdict(list)
        """Those of a contract that wait for an answer, or whose answer stands"""
        self._last_owed: dict[str, int] = {}

    def on_opened(
        self, inquiry: int, code: str, quantity: int, at: int, *, counted: bool, exempt: bool, quote_id: str | None
    ) -> None:
        """Somebody asks; `quote_id` is that of a valid quote which stands, None where there is none."""
        if inquiry in self._all:
            return
        window_end = next((last for first, last in self._windows if first <= at < last), at)
        opened = Inquiry(
            inquiry, code, quantity, at, at + self._terms.max_response_seconds * _SECOND, window_end, counted
        )
        self._all[inquiry] = opened
        last = self._last_owed.get(code)
        too_soon = last is not None and at - last < self._terms.min_interval_seconds * _SECOND
        if exempt or too_soon or window_end == at:
            opened.lapsed = True
            return
        self._last_owed[code] = at
        if quote_id is not None:
            opened.answered, opened.quote_id = at, quote_id
        self._concerned[code].append(opened)

    def on_valid(self, code: str, at: int, quote_id: str) -> None:
        """A quote in the contract counts from now on."""
        for inquiry in self._concerned.get(code, ()):
            if inquiry.answered is None:
                if at < inquiry.window_end:
                    inquiry.answered, inquiry.quote_id = at, quote_id
            elif inquiry.held_until == at and inquiry.end is not AnswerEnd.FILLED:
                # Replaced in one step: the answer goes on
                inquiry.held_until = inquiry.end = None

    def on_invalid(self, code: str, at: int, end: AnswerEnd) -> None:
        """No quote in the contract counts any longer."""
        waiting = self._concerned.get(code)
        if not waiting:
            return
        for inquiry in waiting:
            if inquiry.answered is not None and inquiry.held_until is None:
                inquiry.held_until, inquiry.end = at, end
        # Kept for the moment: a replacement may follow at once
        self._concerned[code] = [i for i in waiting if i.answered is None or (i.held_until or at) >= at]

    def on_exempt(self, code: str, at: int) -> None:
        """The obligation is lifted: what is not answered lapses, what stands has stood long enough."""
        for inquiry in self._concerned.pop(code, ()):
            if inquiry.answered is None:
                inquiry.lapsed = at <= inquiry.deadline
            elif inquiry.held_until is None:
                inquiry.held_until, inquiry.end = at, AnswerEnd.EXEMPT

    def picture(self) -> InquiryPicture:
        """All of them as they are; the book's own."""
        concerned = {code: [i.inquiry for i in waiting] for code, waiting in self._concerned.items() if waiting}
        return InquiryPicture(all=list(self._all.values()), concerned=concerned, last_owed=self._last_owed)

    def go_on_from(self, picture: InquiryPicture) -> None:
        """Take over another book of the same day. Raises BadInput for one that does not agree with itself."""
        found = {inquiry.inquiry: inquiry for inquiry in picture.all}
        unknown = {number for waiting in picture.concerned.values() for number in waiting} - found.keys()
        if unknown:
            raise BadInput("inquiry", min(unknown), "one of the day's")
        self._all, self._last_owed = found, dict(picture.last_owed)
        self._concerned.clear()
        for code, waiting in picture.concerned.items():
            self._concerned[code] = [found[number] for number in waiting]

    def standing(self, code: str) -> int | None:
        """When the newest answer that stands in a contract began; None where none stands."""
        begun = [i.answered for i in self._concerned.get(code, ()) if i.answered is not None and i.held_until is None]
        return max(begun) if begun else None

    def results(self, now: int) -> tuple[InquiryResult, ...]:
        """All inquiries as they stand, oldest first."""
        return tuple([self._result(inquiry, now) for inquiry in self._all.values()])

    def summary(self, now: int) -> InquirySummary:
        """The figures of those that count."""
        results = [result for result in self.results(now) if result.counted]
        of = {status: sum(1 for r in results if r.status is status) for status in InquiryStatus}
        seconds = [r.response_seconds for r in results if r.response_seconds is not None]
        decided = of[InquiryStatus.ANSWERED] + of[InquiryStatus.LATE] + of[InquiryStatus.MISSED]
        return InquirySummary(
            counted=len(results),
            answered=of[InquiryStatus.ANSWERED],
            late=of[InquiryStatus.LATE],
            missed=of[InquiryStatus.MISSED],
            open=of[InquiryStatus.OPEN],
            lapsed=of[InquiryStatus.LAPSED],
            answer_rate=of[InquiryStatus.ANSWERED] / decided if decided else None,
            median_seconds=median(seconds) if seconds else None,
            pulled_early=sum(1 for r in results if r.pulled_early),
            required_rate=float(self._terms.min_answer_rate),
        )

    def _result(self, inquiry: Inquiry, now: int) -> InquiryResult:
        answered, end = inquiry.answered, inquiry.end
        held: float | None = None
        early = False
        if answered is not None:
            until = inquiry.window_end if inquiry.held_until is None else min(inquiry.held_until, inquiry.window_end)
            if until >= inquiry.window_end <= now:
                end = AnswerEnd.PHASE
            held = (min(until, max(now, answered)) - answered) / _SECOND
            early = end is not None and end not in _BLAMELESS and held < self._terms.min_hold_seconds
        return InquiryResult(
            inquiry=inquiry.inquiry,
            contract_code=inquiry.contract_code,
            quantity=inquiry.quantity,
            opened=inquiry.opened,
            deadline=inquiry.deadline,
            status=self._status(inquiry, now),
            answered=answered,
            quote_id=inquiry.quote_id,
            response_seconds=None if answered is None else (answered - inquiry.opened) / _SECOND,
            held_seconds=held,
            end=end,
            pulled_early=early,
            counted=inquiry.counted,
        )

    @staticmethod
    def _status(inquiry: Inquiry, now: int) -> InquiryStatus:
        if inquiry.lapsed:
            return InquiryStatus.LAPSED
        if inquiry.answered is not None:
            return InquiryStatus.ANSWERED if inquiry.answered <= inquiry.deadline else InquiryStatus.LATE
        if now < min(inquiry.deadline, inquiry.window_end):
            return InquiryStatus.OPEN
        return InquiryStatus.LAPSED if inquiry.window_end <= inquiry.deadline else InquiryStatus.MISSED
