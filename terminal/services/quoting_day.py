"""A maker's day under some terms: own quotes, what else was told, and the measure, fed live or from a journal alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from terminal.domain.errors import BadInput
from terminal.domain.messages import NumberedReport
from terminal.domain.ports import Record
from terminal.rules.obligations.clock import Stretch
from terminal.rules.obligations.figures import Figures
from terminal.rules.obligations.inquiries import InquiryResult, InquirySummary
from terminal.rules.obligations.measure import Measure, MeasurePicture
from terminal.rules.obligations.scope import QuotedContract, in_scope
from terminal.rules.obligations.score import Score, score
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.validity import ExemptCause, two_sided
from terminal.rules.profile import Sessions
from terminal.rules.sessions import DaySchedule
from terminal.services.events import OwnQuoteChanged
from terminal.services.hand_exemptions import HandExemption, HandExemptions
from terminal.services.obligation_records import (
    AnyTold,
    DaySteps,
    DayTold,
    DeltasTold,
    ExemptionTold,
    HandExemptionTold,
    HandLiftedTold,
    InquiryTold,
    PullTold,
    Step,
    days_of,
)
from terminal.services.own_quotes import OwnQuotes, OwnQuotesPicture
from terminal.services.pauses import DayPauses, Pause


@dataclass(frozen=True)
class DayResult:
    """One day, or what of it has passed, with the evidence. Moments in microseconds since midnight."""

    trading_day: date
    terms: Terms
    contracts: tuple[QuotedContract, ...]
    figures: Figures
    inquiries: tuple[InquiryResult, ...]
    summary: InquirySummary
    score: Score
    stretches: dict[str, list[Stretch]]
    by_hand: tuple[HandExemption, ...] = ()
    pauses: tuple[Pause, ...] = ()


class QuotingPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A day counted so far."""

    told: DayTold
    own: OwnQuotesPicture
    measure: MeasurePicture
    by_hand: tuple[HandExemption, ...]
    pauses: tuple[Pause, ...]
    venue_failed: ExemptionTold | None


class QuotingDay:
    """Puts what happens into the measure."""

    def __init__(self, told: DayTold, own: OwnQuotes, terms: Terms, sessions: Sessions) -> None:
        self.told = told
        self.own = own
        self.schedule = DaySchedule.of(sessions, told.trading_day)
        contracts = in_scope(told.contracts, terms.scope, told.trading_day, told.underlyings)
        self.measure = Measure(terms, contracts, self.schedule, told.kind, told.begins_at)
        self.by_hand = HandExemptions()
        self.pauses = DayPauses()
        self.venue_failed: ExemptionTold | None = None
        """The failure of the exchange's system that lasts"""

    def picture(self) -> QuotingPicture:
        """Everything so far. It shares what is counted: write it out before the next step."""
        return QuotingPicture(
            told=self.told,
            own=self.own.picture(),
            measure=self.measure.picture(),
            by_hand=self.by_hand.all,
            pauses=self.pauses.all,
            venue_failed=self.venue_failed,
        )

    @classmethod
    def going_on_from(cls, picture: QuotingPicture, own: OwnQuotes, terms: Terms, sessions: Sessions) -> "QuotingDay":
        """The day of a picture under the terms it was counted by; `own` takes over its quotes. Raises BadInput."""
        day = cls(picture.told, own, terms, sessions)
        day.measure.go_on_from(picture.measure)
        own.go_on_from(picture.own)
        day.by_hand.go_on_from(picture.by_hand)
        day.pauses.go_on_from(picture.pauses)
        day.venue_failed = picture.venue_failed
        return day

    def on_step(self, step: OwnQuoteChanged) -> None:
        """Our quote of a contract went a step; what is left lies in `own` already."""
        if not step.in_book:
            return
        code, measure, own = step.contract_code, self.measure, self.own
        if step.filled:
            measure.on_fill(code, step.at)
        quoted = own.quoted(code)
        if quoted is None:
            least = measure.least_quantity(code)
            if least is None:
                return
            quoted = *two_sided(*own.levels(code), least), own.quote_id(code)
        measure.on_quote(code, *quoted, step.at, step.end)

    def on_told(self, told: AnyTold) -> None:
        """Something beside the numbered reports happened."""
        measure = self.measure
        match told:
            case ExemptionTold():
                for code in told.codes or ("",):
                    measure.on_exemption(code, told.cause, told.holds, told.at)
                if told.cause is ExemptCause.VENUE_FAILURE:
                    self.venue_failed = told if told.holds else None
            case InquiryTold():
                measure.on_inquiry(told.inquiry, told.contract_code, told.quantity, told.at)
            case DeltasTold():
                for code, hundredths in told.deltas.items():
                    measure.on_delta(code, hundredths / 100, told.at)
            case PullTold():
                measure.on_pull(told.codes, told.at)
            case HandExemptionTold():
                measure.on_hand_exemption(told.number, told.codes, told.until, told.at)
            case HandLiftedTold():
                measure.on_hand_lifted(told.number, told.at)
        self.by_hand.on_told(told)
        self.pauses.on_told(told)

    def feed(self, steps: Iterable[Step]) -> None:
        """Play steps of this day in their order."""
        for step in steps:
            self.play(step)

    def play(self, step: Step) -> None:
        """Play the next step of this day."""
        if isinstance(step, NumberedReport):
            changed = self.own.apply(step)
            if changed is not None:
                self.on_step(changed)
            self.measure.advance(step.at)
        elif not isinstance(step, DayTold):
            self.on_told(step)
            self.measure.advance(step.at)

    def result(self) -> DayResult:
        """Everything up to the newest moment."""
        measure = self.measure
        figures, summary = measure.figures(), measure.inquiries.summary(measure.now_us)
        return DayResult(
            trading_day=measure.trading_day,
            terms=measure.terms,
            contracts=measure.contracts,
            figures=figures,
            inquiries=measure.inquiries.results(measure.now_us),
            summary=summary,
            score=score(figures, summary),
            stretches={code: measure.stretches(code) for code in figures.codes},
            by_hand=self.by_hand.all,
            pauses=self.pauses.all,
        )


def score_day(day: DaySteps, terms: Terms, sessions: Sessions, until: datetime | None = None) -> DayResult:
    """A day of the journal counted under some terms, to its close where `until` is not given.

    Raises BadInput for a day on which the desk was no market maker's.
    """
    told = day.told
    if told is None:
        raise BadInput("trading day", day.trading_day, "one on which this desk measured obligations")
    quoting = QuotingDay(told, OwnQuotes(), terms, sessions)
    quoting.feed(step for step in day.steps if until is None or step.at <= until)
    quoting.measure.advance(quoting.schedule.phases[-1][0] if until is None else until)
    return quoting.result()


def score_days(records: Iterable[Record], terms: Terms, sessions: Sessions, first: date, last: date) -> list[DayResult]:
    """Every day of a journal from first to last on which obligations were measured, each to its close."""
    return [
        score_day(day, terms, sessions)
        for day in days_of(records)
        if first <= day.trading_day <= last and day.told is not None
    ]
