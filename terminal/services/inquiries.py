"""Inquiries (询价) that wait for this maker's answer, each with its deadline and, once answered, its shortest hold.

An inquiry is told once and carries no number of a sequence: one that came while the line was down is not here, unless
the journal has it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from terminal.domain.messages import InquiryOpened
from terminal.rules.obligations.terms import InquiryTerms
from terminal.services.bus import Bus
from terminal.services.events import DayBegan, InquiriesChanged

#: Kept for the strip on screen
INQUIRY_LIMIT = 500


@dataclass(frozen=True, slots=True)
class OpenInquiry:
    """Somebody asks for a quote; `deadline` is the last moment for an answer in time (最长时限)."""

    inquiry: int
    contract_code: str
    quantity: int
    opened_at: datetime
    deadline: datetime

    def seconds_left(self, now: datetime) -> float:
        """Until the deadline; 0 once it is past."""
        return max((self.deadline - now).total_seconds(), 0.0)


class Inquiries:
    """The day's inquiries, oldest first."""

    def __init__(self, bus: Bus, terms: InquiryTerms) -> None:
        self._bus = bus
        self._terms = terms
        self._known: dict[int, OpenInquiry] = {}
        self.on_opened: Callable[[OpenInquiry], None] | None = None
        """Told of each new one before the bus is"""
        bus.subscribe(InquiryOpened, self._on_event)
        bus.subscribe(DayBegan, lambda event: self.clear())

    @property
    def all(self) -> tuple[OpenInquiry, ...]:
        """Those of today that are kept, oldest first."""
        return tuple(self._known.values())

    def waiting(self, now: datetime) -> tuple[OpenInquiry, ...]:
        """Those whose deadline is not past, the most urgent first."""
        return tuple(sorted([i for i in self._known.values() if i.deadline > now], key=lambda i: i.deadline))

    def of(self, inquiry: int) -> OpenInquiry | None:
        """One by its number."""
        return self._known.get(inquiry)

    def clear(self) -> None:
        """Forget all: another day, or another venue's book."""
        self._known.clear()
        self._bus.publish(InquiriesChanged())

    def restore(self, inquiry: int, contract_code: str, quantity: int, opened_at: datetime) -> OpenInquiry | None:
        """Take one in without telling; None when it is known."""
        if inquiry in self._known:
            return None
        deadline = opened_at + timedelta(seconds=self._terms.max_response_seconds)
        opened = self._known[inquiry] = OpenInquiry(inquiry, contract_code, quantity, opened_at, deadline)
        if len(self._known) > INQUIRY_LIMIT:
            del self._known[next(iter(self._known))]
        return opened

    def _on_event(self, event: InquiryOpened) -> None:
        opened = self.restore(event.inquiry, event.contract_code, event.quantity, event.at)
        if opened is None:
            return
        if self.on_opened is not None:
            self.on_opened(opened)
        self._bus.publish(InquiriesChanged())
