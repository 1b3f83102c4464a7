"""The newest day of a journal, counted record by record: at a start, and beside the desk for a picture of the day.

What counts is what the records say and nothing else, so wherever a picture is taken, it and the records behind it count
as all of them do from the first.
"""

import msgspec

from terminal.domain.messages import NumberedReport
from terminal.domain.ports import Record
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.validity import ExemptCause
from terminal.rules.profile import Sessions
from terminal.services.obligation_records import DayTold, DeltasTold, ExemptionTold, InquiryTold, Step, StepReader
from terminal.services.own_quotes import OwnQuotes
from terminal.services.quoting_day import QuotingDay, QuotingPicture


class CountedPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A maker's day counted so far, with what stands beside the measure."""

    sequence: int
    quoting: QuotingPicture
    causes: tuple[tuple[str, ExemptCause, bool], ...]
    """Contract, cause and whether it holds, as told last"""
    deltas: dict[str, int]
    inquiries: tuple[InquiryTold, ...]


class CountedDay:
    """Counts; `own` gets the quotes of the newest day."""

    def __init__(self, own: OwnQuotes, terms: Terms, sessions: Sessions) -> None:
        self._own = own
        self._terms = terms
        self._sessions = sessions
        self._reader = StepReader()
        self._begun = 0
        self._forget()

    def _forget(self) -> None:
        self._own.clear()
        self.quoting: QuotingDay | None = None
        """None while the records tell of no measure"""
        self.early: list[Step] = []
        """Steps from before the measure began"""
        self._causes: dict[tuple[str, ExemptCause], bool] = {}
        self.deltas: dict[str, int] = {}
        self.inquiries: list[InquiryTold] = []

    @property
    def causes(self) -> tuple[tuple[str, ExemptCause, bool], ...]:
        """What was told last of each contract and cause."""
        return tuple([(code, cause, holds) for (code, cause), holds in self._causes.items()])

    def take(self, record: Record) -> None:
        """Count the next record. Raises JournalError for one that does not read."""
        step = self._reader.take(record)
        if self._reader.begun != self._begun:
            self._begun = self._reader.begun
            self._forget()
        if step is None:
            return
        if self.quoting is not None:
            self._play(self.quoting, step)
        elif isinstance(step, DayTold):
            self.quoting = QuotingDay(step, self._own, self._terms, self._sessions)
            early, self.early = self.early, []
            for one in early:
                self._play(self.quoting, one)
        else:
            self.early.append(step)

    def reports_without_measure(self) -> list[NumberedReport]:
        """The reports of a day of which no measure is known yet; our own quotes take them in."""
        reports = [step for step in self.early if isinstance(step, NumberedReport)]
        for report in reports:
            self._own.apply(report)
        return reports

    def picture(self) -> CountedPicture | None:
        """Everything counted so far, to be written out before the next record; None before a measure has begun."""
        if self.quoting is None:
            return None
        return CountedPicture(
            sequence=self._reader.sequence,
            quoting=self.quoting.picture(),
            causes=self.causes,
            deltas=self.deltas,
            inquiries=tuple(self.inquiries),
        )

    def go_on_from(self, picture: CountedPicture) -> None:
        """Begin behind a picture of the same terms; it is used up by it. Raises BadInput for one that cannot be."""
        self._reader.trading_day = picture.quoting.told.trading_day
        self._reader.sequence = picture.sequence
        self.quoting = QuotingDay.going_on_from(picture.quoting, self._own, self._terms, self._sessions)
        self._causes = {(code, cause): holds for code, cause, holds in picture.causes}
        self.deltas = dict(picture.deltas)
        self.inquiries = list(picture.inquiries)

    # ---- inside

    def _play(self, quoting: QuotingDay, step: Step) -> None:
        quoting.play(step)
        match step:
            case ExemptionTold():
                self._causes.update(((code, step.cause), step.holds) for code in step.codes)
            case DeltasTold():
                self.deltas |= step.deltas
            case InquiryTold():
                self.inquiries.append(step)
