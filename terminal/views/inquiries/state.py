"""Which inquiries wait, which answers must be kept, and which one stands on the large card.

The card takes the newest that waits, owed ones before those outside the terms, and keeps it until it is answered,
declined or over: it never changes under the user's hands. A declined one waits among the small ones and may be taken up
again while its time lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from terminal.rules.obligations.control import may_cancel_answer
from terminal.rules.obligations.inquiries import InquiryResult, InquiryStatus
from terminal.services.obligations import Obligations


class SmallKind(StrEnum):
    """What a small card is about."""

    WAITING = "waiting"
    DECLINED = "declined"
    KEPT = "kept"
    """Answered; the answer must stay for a while"""
    FREE = "free"
    """Answered and held long enough: it may be withdrawn"""


@dataclass(frozen=True, slots=True)
class Small:
    """One small card. `left` seconds of `whole`."""

    inquiry: int
    code: str
    kind: SmallKind
    left: float
    whole: float
    response_seconds: float | None = None
    is_late: bool = False
    """Answered after its time: it counts as not answered"""


class Cockpit:
    """The state behind the panel; looks at the services when told to."""

    #: Answers that may be withdrawn stay on a small card for so long after their hold, seconds
    LINGER_SECONDS = 20.0

    def __init__(self, obligations: Obligations) -> None:
        self._obligations = obligations
        self.declined: set[int] = set()
        self.current: int | None = None
        self.results: tuple[InquiryResult, ...] = ()

    def look(self) -> None:
        """Take the newest results and settle what stands on the card."""
        self.results = self._obligations.inquiry_results()
        waiting = {r.inquiry: r.counted for r in self._open()}
        if self.current not in waiting or self.current in self.declined:
            free = [inquiry for inquiry in waiting if inquiry not in self.declined]
            # Later ones stand behind: the last of the most owed is the newest of them
            self.current = max(free, key=lambda i: (waiting[i], free.index(i)), default=None)
        known = {r.inquiry for r in self.results}
        self.declined &= known

    @property
    def shown(self) -> InquiryResult | None:
        """The inquiry on the large card."""
        return next((r for r in self.results if r.inquiry == self.current), None)

    @property
    def waiting(self) -> int:
        """How many wait for an answer, declined ones left out."""
        return sum(1 for r in self._open() if r.inquiry not in self.declined)

    def seconds_left(self, result: InquiryResult, now: datetime) -> float:
        """Until the deadline."""
        measure = self._obligations.measure
        return 0.0 if measure is None else max((measure.moment(result.deadline) - now).total_seconds(), 0.0)

    def take(self, inquiry: int) -> None:
        """Put one that waits on the card."""
        self.declined.discard(inquiry)
        self.current = inquiry

    def decline(self) -> InquiryResult | None:
        """Put the one on the card aside; it counts as not answered once its time is up."""
        shown = self.shown
        if shown is not None:
            self.declined.add(shown.inquiry)
            self.look()
        return shown

    def small(self, now: datetime) -> list[Small]:
        """The small cards: what waits, newest first, then the answers that stand."""
        terms = self._obligations.terms.inquiries
        cards = [
            Small(
                r.inquiry,
                r.contract_code,
                SmallKind.DECLINED if r.inquiry in self.declined else SmallKind.WAITING,
                self.seconds_left(r, now),
                terms.max_response_seconds,
            )
            for r in reversed(self._open())
            if r.inquiry != self.current
        ]
        seen: set[str] = set()
        for r in reversed(self.results):
            if r.status not in (InquiryStatus.ANSWERED, InquiryStatus.LATE) or r.end is not None:
                continue
            if r.contract_code in seen or r.held_seconds is None:
                continue
            seen.add(r.contract_code)
            verdict = may_cancel_answer(self._obligations.answered_at(r.contract_code), terms, now)
            if verdict.allowed and r.held_seconds > terms.min_hold_seconds + self.LINGER_SECONDS:
                continue
            kind = SmallKind.FREE if verdict.allowed else SmallKind.KEPT
            left = verdict.seconds_left
            whole, late = max(terms.min_hold_seconds, 1), r.status is InquiryStatus.LATE
            cards.append(Small(r.inquiry, r.contract_code, kind, left, whole, r.response_seconds, late))
        return cards

    def _open(self) -> Sequence[InquiryResult]:
        return [r for r in self.results if r.status is InquiryStatus.OPEN]
