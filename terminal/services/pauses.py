"""Pauses (暂停报价): a person takes a contract out until a time of the venue's day; then it comes back by itself.

What else keeps it out goes on doing so. Who paused, until when and who ended it early is told to the measure's records,
so that a start brings it back and a past day can be read with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from terminal.domain.errors import BadInput
from terminal.domain.phases import Phase
from terminal.domain.reasons import Reason
from terminal.services.obligation_records import AnyTold, PauseEndedTold, PauseTold


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause of one contract; `ended_at` is None where it ends by its time."""

    code: str
    begin: datetime
    until: datetime
    by: str
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def end(self) -> datetime:
        """When it ends, or ended."""
        return self.until if self.ended_at is None else min(self.ended_at, self.until)

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at a moment."""
        return self.begin <= at < self.end


class DayPauses:
    """Those of one day as they were told; a newer one of a contract takes the place of the one in force."""

    def __init__(self) -> None:
        self._all: list[Pause] = []
        self._newest: dict[str, int] = {}

    @property
    def all(self) -> tuple[Pause, ...]:
        """Every one of the day, oldest first."""
        return tuple(self._all)

    @property
    def codes(self) -> frozenset[str]:
        """The contracts that were paused today."""
        return frozenset(self._newest)

    def on_told(self, told: AnyTold) -> None:
        """Take one in, or its end; anything else is passed over."""
        match told:
            case PauseTold():
                self._end(told.code, told.at, told.by)
                self._newest[told.code] = len(self._all)
                self._all.append(Pause(told.code, told.at, told.until, told.by))
            case PauseEndedTold():
                self._end(told.code, told.at, told.by)

    def go_on_from(self, pauses: Iterable[Pause]) -> None:
        """Begin behind those of a picture, oldest first."""
        self._all = list(pauses)
        self._newest = {pause.code: place for place, pause in enumerate(self._all)}

    def newest(self, code: str) -> Pause | None:
        """The newest pause of a contract, in force or over; None for one that was not paused today."""
        place = self._newest.get(code)
        return None if place is None else self._all[place]

    def of(self, code: str, at: datetime) -> Pause | None:
        """The pause of a contract that is in force at a moment."""
        newest = self.newest(code)
        return newest if newest is not None and newest.holds(at) else None

    def holding(self, at: datetime) -> frozenset[str]:
        """The contracts that are paused at a moment."""
        return frozenset([code for code, place in self._newest.items() if self._all[place].holds(at)])

    def _end(self, code: str, at: datetime, by: str) -> None:
        if self.of(code, at) is not None:
            place = self._newest[code]
            self._all[place] = replace(self._all[place], ended_at=at, ended_by=by)


def checked_pause(
    code: str, listed: Iterable[str], at: datetime, until: datetime, close: datetime, by: str
) -> PauseTold:
    """A pause that may be written down; `close` ends the day's quoting. Raises BadInput that names what is wrong."""
    by = by.strip()
    if code not in frozenset(listed):
        raise BadInput("contract", code, "a contract of the day's list")
    if not by:
        raise BadInput("name", by, "who pauses it")
    if not at < until <= close:
        rule = f"after now, {at.strftime('%H:%M:%S')}, and not after the close, {close.strftime('%H:%M:%S')}"
        raise BadInput("until", until.strftime("%H:%M:%S"), rule)
    return PauseTold(at=at, code=code, until=until, by=by)


class KeptOut(StrEnum):
    """What keeps a contract out of the market after its pause, the first that holds."""

    LINE = "line"
    STOP = "stop"
    """A tier of STOP is in force"""
    TRIPPED = "tripped"
    """A window of the market-maker protection has tripped and nobody has re-armed it"""
    PULLED = "pulled"
    """A pull rule has it"""
    NOBODY = "nobody"
    """No strategy quotes it: what was quoted by hand is quoted by hand again"""
    STOPPED = "stopped"
    """A person stopped its strategy, or pulled everything"""
    FAULTED = "faulted"
    """Its strategy was stopped by the engine"""
    SHADOW = "shadow"
    """Its strategy sends nothing"""
    EXPIRY_OFF = "expiry_off"
    ROW_OFF = "row_off"
    SIDE_PAUSED = "side_paused"
    HALTED = "halted"
    BREAKER = "breaker"
    PHASE = "phase"
    """The market takes no quotes now"""


@dataclass(frozen=True, slots=True)
class OutFacts:
    """What `kept_out` goes by."""

    is_line_up: bool
    is_stopped: bool
    withheld: Reason | None
    """Why the gate lets no quote of the contract leave; None where it does"""
    by_strategy: KeptOut | None
    """Why no strategy wants it; None where one does"""
    phase: Phase
    is_taken: bool
    """Whether that phase takes quotes"""


def kept_out(facts: OutFacts) -> KeptOut | None:
    """What keeps a contract out; None where nothing does that is known here."""
    if not facts.is_line_up:
        return KeptOut.LINE
    if facts.is_stopped:
        return KeptOut.STOP
    if facts.withheld is Reason.PROTECTION_TRIPPED:
        return KeptOut.TRIPPED
    if facts.withheld is Reason.QUOTES_PULLED:
        return KeptOut.PULLED
    if facts.by_strategy is not None:
        return facts.by_strategy
    if facts.phase is Phase.HALTED:
        return KeptOut.HALTED
    if facts.phase is Phase.BREAKER:
        return KeptOut.BREAKER
    return None if facts.is_taken else KeptOut.PHASE
