"""The venue's notice board (公告): what a trader must know of the day, in figures; the words are made on screen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from terminal.domain import wire
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, ListingState, Right
from terminal.domain.errors import JournalError, LinkError
from terminal.domain.messages import Notice, NoticeKind, PhaseChanged
from terminal.domain.phases import Phase
from terminal.rules.listing_causes import ListingCause
from terminal.venue.counter.settlement.steps import STEPS, Step
from terminal.venue.dividends import ComingDividend

#: The board is posted before the opening auction
_POSTED_AT = time(9, 0)
_CODES_NAMED = 40
_PAUSES = (Phase.PRE_OPEN, Phase.LUNCH, Phase.AFTER_CLOSE, Phase.CLOSED)
_INTERRUPTED = (Phase.HALTED, Phase.BREAKER)
_PHASE_TOLD = {
    NoticeKind.BREAKER: Phase.BREAKER,
    NoticeKind.SUSPENSION: Phase.HALTED,
    NoticeKind.RESUMPTION: Phase.CONTINUOUS,
}


def decode_notice(body: bytes) -> Notice:
    """Read a notice out of the venue's journal. Raises JournalError for anything else."""
    try:
        event = wire.decode_event(body)
    except LinkError as error:
        raise JournalError(f"not a notice: {error}") from error
    if not isinstance(event, Notice):
        raise JournalError(f"not a notice: {type(event).__name__}")
    return event


class NoticeBoard:
    """Today's notices in order; numbers count from 1."""

    def __init__(
        self, contracts: Sequence[Contract], trading_day: date, coming_dividends: Sequence[ComingDividend] = ()
    ) -> None:
        self.notices: list[Notice] = []
        self._phases: dict[str, Phase] = {}
        self._contracts = tuple(contracts)
        self._underlying_of = {c.code: c.underlying for c in contracts}
        self._halted_along: set[str] = set()
        """Contracts halted with their underlying"""
        posted = datetime.combine(trading_day, _POSTED_AT, SHANGHAI)
        for underlying in dict.fromkeys(c.underlying for c in contracts):
            mine = [c for c in contracts if c.underlying == underlying]
            self._post_listing(underlying, mine, posted)
            self._post_expiry(underlying, [c for c in mine if c.near_expiry], posted, trading_day)
            self._post_ex_right(underlying, [c for c in mine if c.recently_adjusted], posted)
            self._post_restriction(underlying, [c for c in mine if c.opening_restricted], posted)
            self._post_suspension(underlying, [c for c in mine if c.suspended], posted)
        self._coming = tuple(coming_dividends)
        for dividend in coming_dividends:
            figures = {"day": dividend.ex_day.isoformat(), "cash": f"{dividend.cash:f}"}
            self._add(NoticeKind.EX_RIGHT, posted, underlying=dividend.underlying, figures=figures)

    def on_phase(self, message: PhaseChanged) -> Notice | None:
        """The notice that a phase of the market or of one instrument calls for, if any.

        A halt of an underlying halts all its contracts: that is one notice, of the underlying.
        """
        if not message.code:
            return self._add(NoticeKind.SESSION, message.at, figures={"phase": message.phase.value})
        if message.phase in _PAUSES:
            # A breaker over lunch neither begins nor ends there, and a closed market resumes nothing
            return None
        before = self._phases.get(message.code)
        self._phases[message.code] = message.phase
        if message.phase is before:
            return None
        codes = (message.code,)
        if message.phase is Phase.BREAKER:
            ends = message.ends_at.astimezone(SHANGHAI).strftime("%H:%M:%S") if message.ends_at else ""
            return self._add(NoticeKind.BREAKER, message.at, codes=codes, figures={"until": ends})
        if message.phase is Phase.HALTED:
            if self._phases.get(self._underlying_of.get(message.code, "")) is Phase.HALTED:
                self._halted_along.add(message.code)
                return None
            return self._add(NoticeKind.SUSPENSION, message.at, codes=codes)
        if message.code in self._halted_along:
            self._halted_along.discard(message.code)
            return None
        if before in _INTERRUPTED:
            return self._add(NoticeKind.RESUMPTION, message.at, codes=codes)
        return None

    def take_up(self, posted: Sequence[Notice], phase: PhaseChanged, interruptions: Sequence[PhaseChanged]) -> None:
        """Go on with a board that was posted to before, in a market that stands as it does now.

        The market may have come back as it was a little before its newest notice: what was interrupted by a notice and
        is not, goes on, and what is interrupted without one gets its own.
        """
        for notice in posted:
            self.notices.append(notice)
            if notice.kind is NoticeKind.EX_RIGHT and {"day", "cash"} <= notice.figures.keys():
                # Announced during the day: the list of the morning does not have it
                self._announce(
                    ComingDividend(
                        underlying=notice.underlying,
                        ex_day=date.fromisoformat(notice.figures["day"]),
                        cash=Decimal(notice.figures["cash"]),
                    )
                )
            if not notice.underlying and len(notice.codes) == 1 and notice.kind in _PHASE_TOLD:
                self._phases[notice.codes[0]] = _PHASE_TOLD[notice.kind]
        in_force = {message.code for message in interruptions}
        for code in [c for c, told in self._phases.items() if told in _INTERRUPTED and c not in in_force]:
            self.on_phase(PhaseChanged(phase=phase.phase, at=phase.at, code=code))
        for message in interruptions:
            self.on_phase(message)

    def restriction(self, underlying: str, expiry: date, at: datetime, *, lifted: bool) -> Notice:
        """Opening calls of a month is restricted from the next trading day on, or free again (rulebook 5.3)."""
        mine = [c for c in self._contracts if c.underlying == underlying and c.expiry == expiry]
        codes = tuple(c.code for c in mine if c.right is Right.CALL)[:_CODES_NAMED]
        figures = {
            "count": str(len(codes)),
            "day": expiry.isoformat(),
            "from": "next",
            "lifted": "yes" if lifted else "",
        }
        return self._add(NoticeKind.OPEN_RESTRICTION, at, underlying=underlying, codes=codes, figures=figures)

    def dividend(self, underlying: str, ex_day: date, cash: Decimal, at: datetime) -> Notice:
        """A dividend is announced (分红公告); its eve's close is posted too, be the eve this very day."""
        self._announce(ComingDividend(underlying=underlying, ex_day=ex_day, cash=cash))
        figures = {"day": ex_day.isoformat(), "cash": f"{cash:f}"}
        return self._add(NoticeKind.EX_RIGHT, at, underlying=underlying, figures=figures)

    def _announce(self, dividend: ComingDividend) -> None:
        others = [d for d in self._coming if (d.underlying, d.ex_day) != (dividend.underlying, dividend.ex_day)]
        self._coming = (*others, dividend)

    def instructor(self, words: dict[str, str], at: datetime) -> Notice:
        """An instructor says something to everybody (教员推送)."""
        return self._add(NoticeKind.INSTRUCTOR, at, figures=words)

    def inquiry(self, codes: Sequence[str], at: datetime) -> Notice:
        """The notice to a market maker of contracts that quotes are asked for in; it is not posted to others."""
        named = tuple(dict.fromkeys(codes))
        figures = {"count": str(len(named))}
        return Notice(kind=NoticeKind.INQUIRY, at=at, number=0, codes=named[:_CODES_NAMED], figures=figures)

    def _post_listing(self, underlying: str, mine: list[Contract], at: datetime) -> None:
        """One notice for each of the three reasons to list (到期加挂, 波动加挂, 调整加挂)."""
        new = [c for c in mine if c.listing is ListingState.NEW]
        before = [c for c in mine if c.listing is not ListingState.NEW]
        old_months = {c.month for c in before}
        # After an ex-day everything that was listed is adjusted, and only what is fresh is standard
        standard = {c.month for c in before if not c.is_adjusted}
        causes: dict[ListingCause, list[Contract]] = {}
        for contract in new:
            if contract.month not in old_months:
                cause = ListingCause.MONTH
            else:
                cause = ListingCause.PRICE if contract.month in standard else ListingCause.ADJUSTMENT
            causes.setdefault(cause, []).append(contract)
        for cause, contracts in causes.items():
            figures = {"count": str(len(contracts)), "cause": cause.value}
            self._add_for(NoticeKind.LISTING, underlying, contracts, at, figures)

    def _post_expiry(self, underlying: str, near: list[Contract], at: datetime, today: date) -> None:
        for last_day in sorted({c.last_day for c in near}):
            ending = [c for c in near if c.last_day == last_day]
            figures = {
                "day": last_day.isoformat(),
                "count": str(len(ending)),
                "today": "yes" if last_day == today else "no",
            }
            self._add_for(NoticeKind.EXPIRY, underlying, ending, at, figures)

    def _post_ex_right(self, underlying: str, adjusted: list[Contract], at: datetime) -> None:
        if adjusted:
            figures = {"count": str(len(adjusted)), "unit": str(adjusted[0].multiplier)}
            self._add_for(NoticeKind.EX_RIGHT, underlying, adjusted, at, figures)

    def _post_restriction(self, underlying: str, restricted: list[Contract], at: datetime) -> None:
        if restricted:
            self._add_for(NoticeKind.OPEN_RESTRICTION, underlying, restricted, at, {"count": str(len(restricted))})

    def _post_suspension(self, underlying: str, suspended: list[Contract], at: datetime) -> None:
        if suspended:
            self._add_for(NoticeKind.SUSPENSION, underlying, suspended, at, {"count": str(len(suspended))})

    def exact_terms(self, closes: Mapping[str, Decimal], next_day: date, at: datetime) -> list[Notice]:
        """On the eve of an ex-day, once: the close that the new units and strikes follow from (合约调整公告)."""
        told = {n.underlying for n in self.notices if n.kind is NoticeKind.EX_RIGHT and "close" in n.figures}
        return [
            self._add(
                NoticeKind.EX_RIGHT,
                at,
                underlying=dividend.underlying,
                figures={
                    "day": dividend.ex_day.isoformat(),
                    "cash": f"{dividend.cash:f}",
                    "close": f"{closes[dividend.underlying]:f}",
                },
            )
            for dividend in self._coming
            if dividend.ex_day == next_day and dividend.underlying not in told and dividend.underlying in closes
        ]

    def step_done(self, step: Step, at: datetime) -> Notice:
        """A step of the day's end is done (日终结算)."""
        last = step is STEPS[-1]
        figures = {
            "phase": Phase.CLOSED.value,
            "step": "settled" if last else step.value,
            "number": str(STEPS.index(step) + 1),
            "of": str(len(STEPS)),
        }
        return self._add(NoticeKind.SESSION, at, figures=figures)

    def day_end_stopped(self, why: str, at: datetime) -> Notice:
        """The day's end cannot go on."""
        return self._add(NoticeKind.SESSION, at, figures={"phase": Phase.CLOSED.value, "stopped": why})

    def _add_for(
        self, kind: NoticeKind, underlying: str, contracts: list[Contract], at: datetime, figures: dict[str, str]
    ) -> None:
        codes = tuple(c.code for c in contracts[:_CODES_NAMED])
        self._add(kind, at, underlying=underlying, codes=codes, figures=figures)

    def _add(
        self,
        kind: NoticeKind,
        at: datetime,
        *,
        underlying: str = "",
        codes: tuple[str, ...] = (),
        figures: dict[str, str] | None = None,
    ) -> Notice:
        notice = Notice(
            kind=kind,
            at=at,
            number=self.notices[-1].number + 1 if self.notices else 1,
            underlying=underlying,
            codes=codes,
            figures=figures or {},
        )
        self.notices.append(notice)
        return notice
