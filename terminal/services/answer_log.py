"""Who answered an inquiry and with what: kept at the moment our quote in its contract comes to count.

The venue's reports do not tell whether a person or a strategy quoted; the quote service knows the newest sender of a
contract. What was answered before this desk started is not here.
"""

from dataclasses import dataclass

from terminal.services.bus import Bus
from terminal.services.events import DayBegan, InquiriesChanged, OwnQuoteChanged
from terminal.services.gate import DESK
from terminal.services.obligations import Obligations
from terminal.services.quote_board import LiveQuote
from terminal.services.quoting import QuoteService


@dataclass(frozen=True, slots=True)
class Answer:
    """The quote that lay in the book when an inquiry was answered."""

    sender: str
    quote: LiveQuote

    @property
    def by_hand(self) -> bool:
        """Whether a person sent it."""
        return self.sender == DESK


class AnswerLog:
    """The answers of the day by the number of their inquiry."""

    def __init__(self, bus: Bus, obligations: Obligations, quoting: QuoteService) -> None:
        self._obligations = obligations
        self._quoting = quoting
        self._answers: dict[int, Answer] = {}
        self._waiting: dict[str, list[int]] = {}
        self._seen = 0
        bus.subscribe(InquiriesChanged, lambda event: self._on_inquiry())
        bus.subscribe(OwnQuoteChanged, self._on_step)
        bus.subscribe(DayBegan, lambda event: self._clear())

    def answer(self, inquiry: int) -> Answer | None:
        """What answered an inquiry, as far as this desk saw it."""
        return self._answers.get(inquiry)

    # ---- inside

    def _on_inquiry(self) -> None:
        for opened in self._obligations.inquiries.all:
            if opened.inquiry > self._seen:
                self._seen = opened.inquiry
                self._waiting.setdefault(opened.contract_code, []).append(opened.inquiry)
                self._look(opened.contract_code)

    def _on_step(self, step: OwnQuoteChanged) -> None:
        if step.in_book and step.contract_code in self._waiting:
            self._look(step.contract_code)

    def _look(self, code: str) -> None:
        """Quotes that count and were not there before answer everything that waits in a contract."""
        measure = self._obligations.measure
        live = self._quoting.live(code)
        if measure is None or live is None or measure.inquiries.standing(code) is None:
            return
        for inquiry in self._waiting.pop(code, ()):
            self._answers[inquiry] = Answer(self._quoting.owner(code), live)

    def _clear(self) -> None:
        self._answers.clear()
        self._waiting.clear()
        self._seen = 0
