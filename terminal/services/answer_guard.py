"""Minds answers to inquiries (回应报价): each stands for its shortest time, and one that is owed is not missed unseen.

An answer is kept in the market against everything but a protection: what a strategy or a person takes out contract by
contract waits until it has stood long enough. What protects, a tripped window, a pull rule, a stop, goes through at
once and is written down, so that the measure knows what ended the answer. Before the time to answer is up without a
quote that counts, a person is told.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from terminal.rules.obligations.control import HoldVerdict, may_cancel_answer
from terminal.rules.obligations.inquiries import InquiryStatus
from terminal.services.bus import Bus
from terminal.services.events import AlarmKind, AlarmRaised, ClockUpdated, DayBegan
from terminal.services.obligations import Obligations
from terminal.services.quoting import QuoteService

#: The alarm comes so long before the answer is late (D): time enough to press one key
_WARN_SECONDS = 5.0


class AnswerGuard:
    """Watches the inquiries of one desk; `now` is market time. Looks whenever the venue tells the time."""

    def __init__(self, bus: Bus, obligations: Obligations, quoting: QuoteService, now: Callable[[], datetime]) -> None:
        self._bus = bus
        self._obligations = obligations
        self._now = now
        self._told: set[int] = set()
        quoting.cancels.must_stand = self.must_stand
        quoting.cancels.on_protective_pull = self.note_pull
        bus.subscribe(ClockUpdated, lambda event: self.look())
        bus.subscribe(DayBegan, lambda event: self._told.clear())

    def hold(self, code: str) -> HoldVerdict:
        """Whether the quote of a contract may be taken out by choice, and until when not."""
        obligations = self._obligations
        return may_cancel_answer(obligations.answered_at(code), obligations.terms.inquiries, self._now())

    def must_stand(self, codes: Collection[str]) -> frozenset[str]:
        """Those of these contracts whose answers have not stood long enough."""
        if not self._obligations.inquiries.all:
            return frozenset()
        return frozenset([code for code in codes if not self.hold(code).allowed])

    def note_pull(self, codes: Collection[str]) -> None:
        """Protection takes quotes out: write down those that answer and have not stood long enough."""
        pulled = self.must_stand(codes)
        if pulled:
            self._obligations.note_pull(sorted(pulled))

    def look(self) -> None:
        """Raise an alarm for every inquiry that is about to be missed, once."""
        now, inquiries = self._now(), self._obligations.inquiries
        due = [
            opened
            for opened in inquiries.waiting(now)
            if opened.seconds_left(now) <= _WARN_SECONDS and opened.inquiry not in self._told
        ]
        if not due:
            return
        results = self._obligations.inquiry_results()
        open_ones = {r.inquiry for r in results if r.status is InquiryStatus.OPEN and r.counted}
        for opened in due:
            if opened.inquiry in open_ones:
                self._told.add(opened.inquiry)
                figures = (opened.contract_code, f"{opened.seconds_left(now):.0f}")
                self._bus.publish(AlarmRaised(AlarmKind.INQUIRY_UNANSWERED, now, figures))
