"""The measure of a maker's day (做市义务统计), driven by events: quotes as acknowledged, fills, exemptions, inquiries.

Phases come from the day's timetable, so that nothing is lost while nobody looks; what a single contract is in beside
it, a halt or a breaker auction, comes as an exemption. Prices are whole 0.0001 yuan.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import msgspec
import numpy as np

from terminal.domain.account_rights import AccountKind
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.rules.obligations.clock import TOTAL_COUNT, USE_SCALE, QuotingState, Stretch, Windows, in_windows
from terminal.rules.obligations.figures import Figures
from terminal.rules.obligations.inquiries import AnswerEnd, InquiryBook, InquiryPicture
from terminal.rules.obligations.scope import QuotedContract
from terminal.rules.obligations.spread import allowed_units, percent
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.validity import (
    CAUSE_BIT,
    CAUSES,
    ExemptCause,
    QuoteFault,
    accepts,
    delta_exempt,
    fault_of,
)
from terminal.rules.obligations.watched import ClockPicture, WatchedContract
from terminal.rules.sessions import DaySchedule

_MICROSECOND = timedelta(microseconds=1)
_SECOND_US = 1_000_000
_HAND = CAUSE_BIT[ExemptCause.BY_HAND]


class MeasurePicture(msgspec.Struct, frozen=True, kw_only=True):
    """All that a measure has counted; whose contracts and which terms it does not say."""

    now_us: int
    clocks: dict[str, ClockPicture]
    inquiries: InquiryPicture


class Measure:
    """Counts one trading day of one maker under one set of terms.

    A general maker (一般做市商) owes answers to inquiries and nothing else: its contracts have no obligated time.
    """

    def __init__(
        self,
        terms: Terms,
        contracts: Iterable[QuotedContract],
        schedule: DaySchedule,
        kind: AccountKind,
        begins_at: datetime | None = None,
    ) -> None:
        """`contracts` are those in scope; nothing is owed before `begins_at`, where the market began within the day.

        Raises BadInput for an account that is no market maker's.
        """
        if not kind.is_market_maker:
            raise BadInput("account kind", kind, "a primary or general market maker")
        self.terms = terms
        self.trading_day = schedule.trading_day
        self.kind = kind
        self.contracts = tuple(contracts)
        self.now_us = 0
        # In the zone of the wire: moments of one zone are told apart without a table of zones
        self._midnight = datetime.combine(schedule.trading_day, time.min, SHANGHAI).astimezone(UTC)
        self._told_at, self._told_us = self._midnight, 0
        """The moment that was asked for last"""
        self.windows = _windows(schedule, terms, self._midnight)
        if begins_at is not None:
            began = (begins_at - self._midnight) // _MICROSECOND
            self.windows = tuple((max(first, began), last) for first, last in self.windows if last > began)
        owed = self.windows if kind is AccountKind.MARKET_MAKER_PRIMARY else ()
        self.inquiries = InquiryBook(terms.inquiries, self.windows)
        self._owed = owed
        self._grace = terms.fills.grace_seconds * _SECOND_US
        self._accepted = sum(CAUSE_BIT[cause] for cause in CAUSES if accepts(terms.exemptions, cause))
        self._clocks = {
            c.code: WatchedContract(c, terms, terms.is_near(c.expiry, self.trading_day), owed) for c in self.contracts
        }
        for clock in self._clocks.values():
            clock.raw = clock.listed_causes
            clock.mask = clock.raw & self._accepted

    # ---- what happens

    def on_quote(
        self,
        code: str,
        bid: int,
        bid_quantity: int,
        ask: int,
        ask_quantity: int,
        quote_id: str,
        at: datetime,
        end: AnswerEnd = AnswerEnd.INVALID,
    ) -> None:
        """What the venue acknowledged of the maker's two sides from now on, zeros for none; `end` says why it ended.

        Prices in 0.0001 yuan. `quote_id` is the evidence. A contract out of scope is passed over.
        """
        clock = self._clocks.get(code)
        if clock is None:
            return
        moment = clock.settle(self._us(at))
        clock.bid, clock.bid_quantity, clock.ask, clock.ask_quantity = bid, bid_quantity, ask, ask_quantity
        clock.quote_id = quote_id
        self._judge(clock, moment, end)

    def on_fill(self, code: str, at: datetime) -> None:
        """A side of a valid quote traded: the time of grace begins. Told before the quote that is left."""
        clock = self._clocks.get(code)
        if clock is not None:
            moment = clock.settle(self._us(at))
            if clock.fault is None:
                clock.grace_until = moment + self._grace

    def on_exemption(self, code: str, cause: ExemptCause, holds: bool, at: datetime) -> None:
        """A cause begins or ends for one contract, for all of them where `code` is empty."""
        clocks = self._clocks.values() if not code else filter(None, (self._clocks.get(code),))
        for clock in clocks:
            self._set_cause(clock, cause, holds, self._us(at))

    def on_hand_exemption(self, number: int, codes: Iterable[str], until: datetime, at: datetime) -> None:
        """A person exempts contracts from now to a moment (手工豁免), under a number of the day.

        Nothing is settled by it: what the venue tells later of the time before still counts from its own moment.
        """
        first, last = self._us(at), self._us(until)
        for code in codes:
            clock = self._clocks.get(code)
            if clock is not None and number not in clock.by_hand and first < last:
                first_left = max(first, clock.last)
                before = clock.mask_at(first_left)
                clock.by_hand[number] = first, last
                clock.hand = self._hand_of(clock)
                if not before and clock.mask_at(first_left):
                    self.inquiries.on_exempt(code, first_left)

    def on_hand_lifted(self, number: int, at: datetime) -> None:
        """A person takes an exemption back: it ends now."""
        moment = self._us(at)
        for clock in self._clocks.values():
            span = clock.by_hand.get(number)
            if span is not None and moment < span[1]:
                clock.by_hand[number] = span[0], max(moment, span[0])
                clock.hand = self._hand_of(clock)

    def on_phase(self, code: str, phase: Phase, at: datetime) -> None:
        """A contract is in a phase: its halt and its breaker auction are causes, the rest the timetable knows."""
        self.on_exemption(code, ExemptCause.HALT, phase is Phase.HALTED, at)
        self.on_exemption(code, ExemptCause.BREAKER, phase is Phase.BREAKER, at)

    def on_delta(self, code: str, delta: float | None, at: datetime) -> None:
        """The delta per share of a contract, where the terms turn on it; counted in hundredths."""
        clock = self._clocks.get(code)
        hundredths = percent(delta)
        if clock is None or hundredths == clock.delta:
            return
        moment = clock.settle(self._us(at))
        clock.delta = hundredths
        self._set_cause(clock, ExemptCause.DELTA, delta_exempt(self.terms.exemptions, hundredths), moment)
        self._judge(clock, moment, AnswerEnd.INVALID)

    def on_inquiry(self, inquiry: int, code: str, quantity: int, at: datetime) -> None:
        """Somebody asks the makers for a quote."""
        clock, moment = self._clocks.get(code), self._us(at)
        exempt = clock is not None and bool(clock.mask_at(moment))
        quote_id = clock.quote_id if clock is not None and clock.fault is None else None
        self.inquiries.on_opened(
            inquiry, code, quantity, moment, counted=clock is not None, exempt=exempt, quote_id=quote_id
        )

    def on_pull(self, codes: Iterable[str], at: datetime) -> None:
        """Protection asks for quotes to be taken out: when they go, it is the cause."""
        for code in codes:
            clock = self._clocks.get(code)
            if clock is not None and clock.fault is None:
                clock.settle(self._us(at))
                clock.pulled = True

    def advance(self, now: datetime) -> None:
        """Move the moment that figures are asked for; it never goes back."""
        self.now_us = max(self.now_us, self._us(now))

    # ---- what it has counted, to go on from

    def picture(self) -> MeasurePicture:
        """Everything counted so far. What it holds is shared with the measure: write it out before the next event."""
        clocks = {code: clock.picture() for code, clock in self._clocks.items()}
        return MeasurePicture(now_us=self.now_us, clocks=clocks, inquiries=self.inquiries.picture())

    def go_on_from(self, picture: MeasurePicture) -> None:
        """Take over what another measure of the same day, terms and contracts had counted.

        Raises BadInput for a picture of other contracts.
        """
        if picture.clocks.keys() != self._clocks.keys():
            raise BadInput("contracts", len(picture.clocks), "those that are obliged under these terms")
        self.now_us = picture.now_us
        self.inquiries.go_on_from(picture.inquiries)
        for code, clock in self._clocks.items():
            clock.go_on_from(picture.clocks[code])
            clock.hand = self._hand_of(clock)

    # ---- what others ask

    def figures(self) -> Figures:
        """The figures at the newest moment."""
        now, clocks = self.now_us, self._clocks.values()
        remaining, is_owed = self._owed_from(now), in_windows(self._owed, now)
        totals = np.array([clock.totals_at(now) for clock in clocks], np.int64).reshape(len(clocks), TOTAL_COUNT)
        return Figures(
            terms=self.terms,
            now_us=now,
            codes=tuple(self._clocks),
            underlyings=tuple([c.underlying for c in self.contracts]),
            totals_us=totals,
            remaining_us=np.array(
                [
                    # Most have no exemption at all, which is soon asked
                    remaining if not (clock.mask or clock.hand) else self._remaining_of(clock, remaining)
                    for clock in clocks
                ],
                np.int64,
            ),
            states=tuple([clock.state_owed(now) if is_owed else QuotingState.OFF for clock in clocks]),
            faults=tuple([clock.fault for clock in clocks]),
            least_quantities=tuple([clock.least for clock in clocks]),
        )

    def stretches(self, code: str) -> list[Stretch]:
        """A contract's day so far as stretches of one state each: the line of the day, and the evidence."""
        clock = self._clocks.get(code)
        return [] if clock is None else clock.stretches_at(self.now_us)

    def state(self, code: str) -> QuotingState:
        """What now counts as for a contract; OFF out of scope."""
        clock = self._clocks.get(code)
        return QuotingState.OFF if clock is None else clock.state_at(self.now_us)

    def causes(self, code: str) -> tuple[ExemptCause, ...]:
        """The causes that hold now and count."""
        clock = self._clocks.get(code)
        mask = 0 if clock is None else clock.mask_at(self.now_us)
        return tuple([c for c in CAUSES if mask & CAUSE_BIT[c]])

    def allowed(self, code: str, bid: int) -> int | None:
        """The widest spread for a bid in a contract, 0.0001 yuan; None out of scope."""
        clock = self._clocks.get(code)
        return None if clock is None else allowed_units(clock.rows, bid, clock.tick, clock.delta)

    def least_quantity(self, code: str) -> int | None:
        """The smallest size in a contract; None out of scope."""
        clock = self._clocks.get(code)
        return None if clock is None else clock.least

    def moment(self, microseconds: int) -> datetime:
        """A moment of this day as a time of the market."""
        return (self._midnight + microseconds * _MICROSECOND).astimezone(SHANGHAI)

    # ---- inside

    def _us(self, at: datetime) -> int:
        # A venue tells of a whole message of quotes at one moment
        if at != self._told_at:
            self._told_at, self._told_us = at, (at - self._midnight) // _MICROSECOND
        return self._told_us

    def _owed_from(self, now: int) -> int:
        return sum(last - max(first, now) for first, last in self._owed if last > now)

    def _remaining_of(self, clock: WatchedContract, remaining: int) -> int:
        return 0 if clock.is_lifted_all_day else remaining - self._exempt_ahead(clock)

    def _exempt_ahead(self, clock: WatchedContract) -> int:
        """Of the obliged time to come, what is exempted by hand already."""
        now = self.now_us
        return sum(
            max(min(last, until) - max(first, begin, now), 0)
            for first, last in self._owed
            for begin, until in clock.hand
        )

    def _hand_of(self, clock: WatchedContract) -> Windows:
        """The stretches that a hand exempts, those that touch joined; none where the terms do not know the cause."""
        joined: list[tuple[int, int]] = []
        for first, last in sorted(clock.by_hand.values()) if self._accepted & _HAND else ():
            if joined and first <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(joined[-1][1], last)
            elif first < last:
                joined.append((first, last))
        return tuple(joined)

    def _judge(self, clock: WatchedContract, moment: int, end: AnswerEnd) -> None:
        """Whether the quote counts from now on, and what it is worth."""
        was, code, bid, ask = clock.fault, clock.code, clock.bid, clock.ask
        bid_quantity, ask_quantity = clock.bid_quantity, clock.ask_quantity
        fault: QuoteFault | None = QuoteFault.NO_QUOTE
        if bid_quantity or ask_quantity:
            widest = allowed_units(clock.rows, bid, clock.tick, clock.delta) if bid > 0 else 0
            fault = fault_of(clock.least, widest, bid, bid_quantity, ask, ask_quantity)
        clock.fault = fault
        if fault is None:
            clock.spread = ask - bid
            clock.size = bid_quantity if bid_quantity < ask_quantity else ask_quantity
            clock.use = (ask - bid) * USE_SCALE // widest
            if was is not None:
                clock.pulled = False
                self.inquiries.on_valid(code, moment, clock.quote_id)
        elif was is None:
            self.inquiries.on_invalid(code, moment, AnswerEnd.PROTECTION if clock.pulled else end)

    def _set_cause(self, clock: WatchedContract, cause: ExemptCause, holds: bool, at: int) -> None:
        bit = CAUSE_BIT[cause]
        if bool(clock.raw & bit) == holds:
            return
        moment = clock.settle(at)
        clock.raw ^= bit
        before = clock.mask_at(moment)
        clock.mask = clock.raw & self._accepted
        if clock.mask and not before:
            self.inquiries.on_exempt(clock.code, moment)


def _windows(schedule: DaySchedule, terms: Terms, midnight: datetime) -> Windows:
    """The obliged stretches of a day, those that touch joined."""
    wanted = {Phase[name.upper()] for name in terms.phases}
    ends = [at for at, _ in schedule.phases[1:]]
    found: list[tuple[int, int]] = []
    for (begin, phase), end in zip(schedule.phases, ends, strict=False):
        if phase in wanted:
            first, last = (begin - midnight) // _MICROSECOND, (end - midnight) // _MICROSECOND
            if found and found[-1][1] == first:
                first = found.pop()[0]
            found.append((first, last))
    return tuple(found)
