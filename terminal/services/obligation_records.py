"""What the measure of obligations is told beside the venue's numbered reports, as it stands in the desk's journal.

Without these a past day could not be counted again: they carry no sequence, so no venue sends them twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec

from terminal.domain import wire
from terminal.domain.account_rights import AccountKind
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError, shown
from terminal.domain.messages import NumberedReport
from terminal.domain.ports import Record, RecordKind
from terminal.rules.obligations.scope import QuotedContract
from terminal.rules.obligations.validity import ExemptCause


class Told(msgspec.Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True):
    """Base of all; the tag is the class name."""

    at: datetime


class DayTold(Told, frozen=True, kw_only=True):
    """The measure begins: whose day it is, and every contract that could be obliged under some terms."""

    trading_day: date
    terms: str
    """Name of the terms in force"""
    kind: AccountKind
    underlyings: tuple[str, ...] | None = None
    """Those the maker was registered for; None for all"""
    begins_at: datetime | None = None
    """The first moment of a market that began within the day: nothing was owed before it"""
    contracts: tuple[QuotedContract, ...]


class ExemptionTold(Told, frozen=True, kw_only=True):
    """A cause begins or ends for contracts; for all of them when none is named."""

    codes: tuple[str, ...] = ()
    cause: ExemptCause
    holds: bool
    by: str = ""
    """Who said so; empty for what the market data told"""


class InquiryTold(Told, frozen=True, kw_only=True):
    """Somebody asked the makers for a quote."""

    inquiry: int
    contract_code: str
    quantity: int = 0


class DeltasTold(Told, frozen=True, kw_only=True):
    """New absolute deltas, hundredths, where the terms in force turned on them."""

    deltas: dict[str, int]


class PullTold(Told, frozen=True, kw_only=True):
    """Protection asked for quotes to be taken out."""

    codes: tuple[str, ...]


class HandExemptionTold(Told, frozen=True, kw_only=True):
    """A person exempts contracts from `at` to `until`, after the exchange agreed (手工豁免)."""

    number: int
    """Of the day, from 1"""
    codes: tuple[str, ...]
    until: datetime
    by: str
    reason: str


class HandLiftedTold(Told, frozen=True, kw_only=True):
    """A person takes an exemption back before its time."""

    number: int
    by: str


class PauseTold(Told, frozen=True, kw_only=True):
    """A person takes a contract out by choice from `at` to `until` (暂停报价); a newer one replaces the older."""

    code: str
    until: datetime
    by: str


class PauseEndedTold(Told, frozen=True, kw_only=True):
    """A person ends a pause before its time."""

    code: str
    by: str


AnyTold = (
    DayTold
    | ExemptionTold
    | InquiryTold
    | DeltasTold
    | PullTold
    | HandExemptionTold
    | HandLiftedTold
    | PauseTold
    | PauseEndedTold
)
Step = NumberedReport | AnyTold
_decoder: msgspec.msgpack.Decoder[AnyTold] = msgspec.msgpack.Decoder(AnyTold)


def encode_told(told: AnyTold) -> bytes:
    """For the journal."""
    return msgspec.msgpack.encode(told)


def decode_told(body: bytes) -> AnyTold:
    """From the journal. Raises JournalError for anything else."""
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
        raise JournalError(f"nothing an obligation was told: {shown(error)}") from error


@dataclass(slots=True)
class DaySteps:
    """One trading day of one venue's book as the journal has it, in order."""

    trading_day: date
    steps: list[Step] = field(default_factory=list)

    @property
    def told(self) -> DayTold | None:
        """The beginning of the measure; None where the desk was no maker's that day."""
        return next((step for step in self.steps if isinstance(step, DayTold)), None)


class StepReader:
    """Tells which records of a journal are steps of its newest day; where a book begins, what went before is void."""

    def __init__(self) -> None:
        self.trading_day: date | None = None
        self.sequence = 0
        """The newest report's of the day"""
        self.begun = 0
        """Days and books that have begun"""

    def take(self, record: Record) -> Step | None:
        """The step that the next record is; None where it is none. `begun` is raised where another day begins."""
        kind = record.kind
        if kind is RecordKind.EVENT:
            event = wire.decode_event(record.body)
            if not isinstance(event, NumberedReport):
                return None
            step: Step = event
            trading_day = event.trading_day
        elif kind is RecordKind.OBLIGATION:
            step = decode_told(record.body)
            trading_day = step.trading_day if isinstance(step, DayTold) else step.at.astimezone(SHANGHAI).date()
        elif kind is RecordKind.BOOK:
            self._begin(record.at.astimezone(SHANGHAI).date())
            return None
        else:
            return None
        day = self.trading_day
        if trading_day != day:
            if day is not None and trading_day < day:
                return None
            self._begin(trading_day)
        if isinstance(step, NumberedReport):
            if step.sequence <= self.sequence:
                return None
            self.sequence = step.sequence
        return step

    def _begin(self, trading_day: date) -> None:
        self.trading_day, self.sequence = trading_day, 0
        self.begun += 1


def days_of(records: Iterable[Record]) -> Iterator[DaySteps]:
    """Every trading day of the journal, oldest first; where a book begins, what went before on its day is void."""
    reader, begun = StepReader(), 0
    day: DaySteps | None = None
    for record in records:
        step = reader.take(record)
        if reader.begun != begun:
            begun = reader.begun
            assert reader.trading_day is not None
            if day is not None and day.trading_day < reader.trading_day:
                yield day
            day = DaySteps(reader.trading_day)
        if step is not None and day is not None:
            day.steps.append(step)
    if day is not None:
        yield day
