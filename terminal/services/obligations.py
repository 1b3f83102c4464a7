"""The quoting obligations of this desk's account (做市义务), live: fed from the bus, kept in the journal.

Counted is what the venue acknowledged, with the venue's times. While the line is down nothing is known, so the figures
stand still; once everything missed has arrived they go on, and a gap that the venue tells of is charged (F01).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, time

import numpy as np
from numpy.typing import NDArray

from terminal.domain.account_rights import AccountKind
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.market_data import Column
from terminal.domain.messages import NumberedReport, OrderReport, QuoteReport
from terminal.domain.ports import LinkState, Record, RecordKind
from terminal.rules.obligations.figures import Figures
from terminal.rules.obligations.inquiries import InquiryResult, InquirySummary
from terminal.rules.obligations.measure import Measure
from terminal.rules.obligations.scope import QuotedContract
from terminal.rules.obligations.spread import percent
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.validity import ExemptCause
from terminal.rules.profile import Sessions
from terminal.rules.sessions import Entry, takes
from terminal.services.bus import Bus
from terminal.services.counted_day import CountedDay, CountedPicture
from terminal.services.events import (
    AccountChanged,
    DayBegan,
    DayChanged,
    LinkChanged,
    OwnQuoteChanged,
    QuotesChanged,
    RecoveryFinished,
)
from terminal.services.hand_exemptions import HandExemption, HandExemptions, checked_exemption
from terminal.services.inquiries import Inquiries, OpenInquiry
from terminal.services.market_causes import MarketCauses
from terminal.services.market_data import MarketData
from terminal.services.obligation_records import (
    AnyTold,
    DayTold,
    DeltasTold,
    ExemptionTold,
    HandLiftedTold,
    InquiryTold,
    PauseEndedTold,
    PauseTold,
    PullTold,
    encode_told,
)
from terminal.services.own_quotes import OwnQuotes
from terminal.services.pauses import DayPauses, Pause, checked_pause
from terminal.services.quoting_day import DayResult, QuotingDay
from terminal.services.valuation import Figure, Valuation

Write = Callable[[RecordKind, datetime, bytes], None]
_NO_PAUSES = DayPauses()


class Obligations:
    """Measures the account's day as soon as it is known to be a market maker's."""

    def __init__(
        self,
        *,
        bus: Bus,
        market: MarketData,
        own: OwnQuotes,
        inquiries: Inquiries,
        terms: Terms,
        sessions: Sessions,
        kind: Callable[[], AccountKind],
        now: Callable[[], datetime],
        write: Write,
        underlyings: Collection[str] | None = None,
    ) -> None:
        """`write` hands a record to the desk's journal; `kind` is the account's as the counter tells it."""
        self.terms = terms
        self.own = own
        self.inquiries = inquiries
        self._market = market
        self._sessions = sessions
        self._kind = kind
        self._now = now
        self._write = write
        self._underlyings = None if underlyings is None else tuple(sorted(underlyings))
        self._day: QuotingDay | None = None
        self._early: list[NumberedReport] = []
        """Reports that came before the account was known"""
        self._line_up = False
        self._contracts: dict[str, QuotedContract] = {}
        self._market_causes = MarketCauses(())
        self._deltas: dict[str, int] = {}
        inquiries.on_opened = self._on_inquiry
        self._bus = bus
        self._stop_early: list[Callable[[], None]] = []
        self._forget()
        bus.subscribe(OwnQuoteChanged, self._on_step)
        bus.subscribe(DayChanged, lambda event: self._on_day())
        bus.subscribe(AccountChanged, lambda event: self._begin())
        bus.subscribe(DayBegan, lambda event: self._forget())
        bus.subscribe(LinkChanged, self._on_link)
        bus.subscribe(RecoveryFinished, lambda event: self._on_recovered())
        bus.subscribe(QuotesChanged, self._on_market)

    # ---- what others ask

    @property
    def measure(self) -> Measure | None:
        """The day's measure, moved to now; None where the account is no maker's, or nothing is known of it yet."""
        if self._day is None:
            return None
        if self._line_up:
            self._day.measure.advance(self._now())
        return self._day.measure

    @property
    def is_current(self) -> bool:
        """Whether the figures move: the line is up."""
        return self._line_up

    def figures(self) -> Figures | None:
        """The figures now."""
        measure = self.measure
        return None if measure is None else measure.figures()

    def inquiry_results(self) -> tuple[InquiryResult, ...]:
        """Inquiries of the day with what became of them."""
        measure = self.measure
        return () if measure is None else measure.inquiries.results(measure.now_us)

    def inquiry_summary(self) -> InquirySummary | None:
        """The figures of the answers."""
        measure = self.measure
        return None if measure is None else measure.inquiries.summary(measure.now_us)

    def answered_at(self, code: str) -> datetime | None:
        """When the answer that stands in a contract began, for `rules.obligations.control.may_cancel_answer`."""
        measure = self.measure
        standing = None if measure is None else measure.inquiries.standing(code)
        return None if measure is None or standing is None else measure.moment(standing)

    def result(self) -> DayResult | None:
        """The day so far with its evidence."""
        return None if self.measure is None or self._day is None else self._day.result()

    @property
    def by_hand(self) -> HandExemptions:
        """Exemptions that people wrote down today; none before the measure begins."""
        return HandExemptions() if self._day is None else self._day.by_hand

    @property
    def listed(self) -> tuple[QuotedContract, ...]:
        """Every contract of the day that could be obliged under some terms."""
        return () if self._day is None else self._day.told.contracts

    @property
    def day_end(self) -> datetime | None:
        """When the trading day ends; None before the measure begins."""
        return None if self._day is None else self._day.schedule.phases[-1][0]

    @property
    def quotes_end(self) -> datetime | None:
        """When the day's last phase that takes quotes is over; None before the measure begins."""
        if self._day is None:
            return None
        phases = self._day.schedule.phases
        ends = [at for at, _ in phases[1:]]
        return max(end for (_, phase), end in zip(phases, ends, strict=False) if takes(Entry.QUOTES, phase))

    @property
    def pauses(self) -> DayPauses:
        """Pauses of contracts that people asked for today; none before the measure begins."""
        return _NO_PAUSES if self._day is None else self._day.pauses

    # ---- what people and strategies tell

    def note_pull(self, codes: Iterable[str]) -> None:
        """Protection is about to take quotes out: an answer that ends early ends by it."""
        self._tell(PullTold(at=self._now(), codes=tuple(codes)))

    @property
    def venue_failed(self) -> ExemptionTold | None:
        """Who wrote down when that the exchange's system has failed (系统故障); None while it has not."""
        return None if self._day is None else self._day.venue_failed

    def set_venue_failure(self, holds: bool, by: str = "") -> None:
        """The exchange declared a failure of its system, or its end: all obligations are lifted meanwhile."""
        self._tell(ExemptionTold(at=self._now(), cause=ExemptCause.VENUE_FAILURE, holds=holds, by=by))

    def exempt_by_hand(self, codes: Iterable[str], until: datetime | None, by: str, reason: str) -> HandExemption:
        """Write down what the exchange agreed to by telephone: contracts are exempt from now to a moment (手工豁免).

        To the end of the day where `until` is None. Raises BadInput before anything is written.
        """
        day = self._day
        if day is None:
            raise BadInput("account", self._kind().value, "a market maker's, on a day that has begun")
        end = day.schedule.phases[-1][0]
        if until is not None and until > end:
            raise BadInput("until", until.strftime("%H:%M:%S"), f"not after the day's end, {end.strftime('%H:%M:%S')}")
        listed = (contract.code for contract in day.told.contracts)
        number = day.by_hand.next_number
        self._tell(checked_exemption(number, codes, listed, self._now(), until or end, by, reason))
        return day.by_hand.all[-1]

    def lift_by_hand(self, number: int, by: str) -> bool:
        """Take an exemption back; False where none of that number is in force."""
        day, now = self._day, self._now()
        if day is None or all(one.number != number for one in day.by_hand.holding(now)):
            return False
        self._tell(HandLiftedTold(at=now, number=number, by=by))
        return True

    def pause(self, code: str, until: datetime | None, by: str) -> Pause:
        """Write down that a person takes a contract out from now to a moment; to the close where `until` is None.

        `services.quote_pauses` does it. Raises BadInput before anything is written.
        """
        told = self.check_pause(code, until, by)
        self._tell(told)
        return Pause(told.code, told.at, told.until, told.by)

    def check_pause(self, code: str, until: datetime | None, by: str) -> PauseTold:
        """What `pause` would write down. Raises BadInput as it does."""
        day, close = self._day, self.quotes_end
        if day is None or close is None:
            raise BadInput("account", self._kind().value, "a market maker's, on a day that has begun")
        listed = (contract.code for contract in day.told.contracts)
        return checked_pause(code, listed, self._now(), until or close, close, by)

    def end_pause(self, code: str, by: str) -> bool:
        """End a pause before its time; False where none of that contract is in force."""
        now = self._now()
        if self.pauses.of(code, now) is None:
            return False
        self._tell(PauseEndedTold(at=now, code=code, by=by))
        return True

    def set_deltas(self, deltas: Mapping[str, float]) -> None:
        """Deltas per share, where the terms turn on them; only what moved by a hundredth is written down."""
        if self._day is None or not self.terms.uses_delta:
            return
        hundredths = {code: percent(delta) for code, delta in deltas.items() if code in self._contracts}
        moved = {c: d for c, d in hundredths.items() if d is not None and d != self._deltas.get(c)}
        if moved:
            self._deltas |= moved
            self._tell(DeltasTold(at=self._now(), deltas=moved))

    def refresh_deltas(self, valuation: Valuation) -> None:
        """Take the deltas of the valuation, where the terms turn on them; called about once a second."""
        if self._day is None or not self.terms.uses_delta:
            return
        market = self._market
        for underlying in market.underlyings:
            valuation.refresh(underlying.code)
        deltas = valuation.values[Figure.DELTA]
        listed = [c for c in market.contracts if c.code in self._contracts]
        self.set_deltas({c.code: float(deltas[market.row_of[c.code]]) / c.multiplier for c in listed})

    def restore(self, records: Iterable[Record], picture: CountedPicture | None = None) -> None:
        """Bring back the newest day of the desk's journal, before the desk starts and its line opens.

        `picture` is what the records before these had counted. Raises BadInput, before anything is brought back, for
        one that is not of these terms.
        """
        counted = CountedDay(self.own, self.terms, self._sessions)
        if picture is not None:
            counted.go_on_from(picture)
        for record in records:
            counted.take(record)
        if counted.quoting is None:
            for report in counted.reports_without_measure():
                self._on_early(report)
            return
        self._ignore_early()
        self._adopt(counted.quoting)
        for code, cause, holds in counted.causes:
            self._market_causes.set(code, cause, holds)
        self._deltas |= counted.deltas
        for inquiry in counted.inquiries:
            self.inquiries.restore(inquiry.inquiry, inquiry.contract_code, inquiry.quantity, inquiry.at)

    # ---- what the bus brings

    def _on_step(self, step: OwnQuoteChanged) -> None:
        if self._day is not None:
            self._day.on_step(step)

    def _on_early(self, report: NumberedReport) -> None:
        self._early.append(report)

    def _on_inquiry(self, opened: OpenInquiry) -> None:
        self._tell(
            InquiryTold(
                at=opened.opened_at,
                inquiry=opened.inquiry,
                contract_code=opened.contract_code,
                quantity=opened.quantity,
            )
        )

    def _on_day(self) -> None:
        self._begin()
        self._market_causes.find_rows(self._market)

    def _on_link(self, event: LinkChanged) -> None:
        self._line_up = event.state is LinkState.UP

    def _on_recovered(self) -> None:
        if self._day is None and not self._kind().is_market_maker:
            self._ignore_early()

    def _on_market(self, event: QuotesChanged) -> None:
        self._look_at(event.rows)

    # ---- inside

    def _look_at(self, rows: NDArray[np.int64]) -> None:
        if self._day is None:
            return
        midnight = datetime.combine(self._day.told.trading_day, time.min, SHANGHAI)
        for code, cause, holds, moment_us in self._market_causes.changes(self._market.quotes, rows):
            at = max(datetime.fromtimestamp(moment_us / 1_000_000, SHANGHAI), midnight)
            self._tell(ExemptionTold(at=at, codes=(code,), cause=cause, holds=holds))

    def _begin(self) -> None:
        """Begin the measure once both the day's list and the account are known."""
        day, kind = self._market.day, self._kind()
        if self._day is not None or day is None or not kind.is_market_maker:
            return
        told = DayTold(
            at=self._now(),
            trading_day=day.trading_day,
            terms=self.terms.name,
            kind=kind,
            underlyings=self._underlyings,
            contracts=tuple([QuotedContract.of(contract) for contract in day.contracts]),
            begins_at=day.begins_at,
        )
        self._write(RecordKind.OBLIGATION, told.at, encode_told(told))
        self._open(told)
        early = self._early
        self._ignore_early()
        if early and self._day is not None:
            # The shared book is ahead of these already: they are played on a book of their own
            self._day.own = OwnQuotes()
            self._day.feed(early)
            self._day.own = self.own
        for opened in self.inquiries.all:
            self._on_inquiry(opened)
        self._look_at(np.flatnonzero(self._market.quotes[:, Column.TIME_US]))

    def _open(self, told: DayTold) -> None:
        self._adopt(QuotingDay(told, self.own, self.terms, self._sessions))

    def _adopt(self, day: QuotingDay) -> None:
        self._day, told = day, day.told
        self._contracts = {contract.code: contract for contract in day.measure.contracts}
        self._market_causes = MarketCauses(told.contracts)
        if self._market.day is not None and self._market.day.trading_day == told.trading_day:
            self._market_causes.find_rows(self._market)

    def _forget(self) -> None:
        self._day = None
        self._ignore_early()
        self._stop_early = [
            self._bus.subscribe(QuoteReport, self._on_early),
            self._bus.subscribe(OrderReport, self._on_early),
        ]
        self._contracts, self._market_causes, self._deltas = {}, MarketCauses(()), {}

    def _ignore_early(self) -> None:
        for stop in self._stop_early:
            stop()
        self._stop_early, self._early = [], []

    def _tell(self, told: AnyTold) -> None:
        """Write down and count."""
        if self._day is not None:
            self._write(RecordKind.OBLIGATION, told.at, encode_told(told))
            self._day.on_told(told)
