"""Exemptions by hand (手工豁免): what the exchange agreed to by telephone, who wrote it down, why and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from terminal.domain.errors import BadInput
from terminal.services.obligation_records import AnyTold, HandExemptionTold, HandLiftedTold

#: A reason that says something, and still fits a line of the report
LEAST_REASON, LONGEST_REASON = 2, 200


@dataclass(frozen=True, slots=True)
class HandExemption:
    """One exemption; `lifted_at` is None where it ends by its time."""

    number: int
    codes: tuple[str, ...]
    begin: datetime
    until: datetime
    by: str
    reason: str
    lifted_at: datetime | None = None
    lifted_by: str = ""

    @property
    def end(self) -> datetime:
        """When it ends, or ended."""
        return self.until if self.lifted_at is None else min(self.lifted_at, self.until)

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at a moment."""
        return self.begin <= at < self.end


class HandExemptions:
    """Those of one day, by number from 1, as they were told."""

    def __init__(self) -> None:
        self._all: dict[int, HandExemption] = {}

    @property
    def all(self) -> tuple[HandExemption, ...]:
        """Every one of the day, oldest first."""
        return tuple(self._all.values())

    @property
    def next_number(self) -> int:
        """The number of the next one."""
        return max(self._all, default=0) + 1

    def on_told(self, told: AnyTold) -> None:
        """Take one in, or its end; anything else is passed over."""
        match told:
            case HandExemptionTold() if told.number not in self._all:
                self._all[told.number] = HandExemption(
                    told.number, told.codes, told.at, told.until, told.by, told.reason
                )
            case HandLiftedTold():
                known = self._all.get(told.number)
                if known is not None and known.holds(told.at):
                    self._all[told.number] = replace(known, lifted_at=told.at, lifted_by=told.by)

    def go_on_from(self, known: Iterable[HandExemption]) -> None:
        """Take over those that were told of this day before."""
        self._all = {one.number: one for one in known}

    def holding(self, at: datetime) -> tuple[HandExemption, ...]:
        """Those in force at a moment, oldest first."""
        return tuple([one for one in self._all.values() if one.holds(at)])

    def of(self, code: str, at: datetime) -> tuple[HandExemption, ...]:
        """Those in force for a contract, the one that lasts longest first."""
        return tuple(sorted([one for one in self.holding(at) if code in one.codes], key=lambda o: o.end, reverse=True))


def checked_exemption(
    number: int, codes: Iterable[str], listed: Iterable[str], at: datetime, until: datetime, by: str, reason: str
) -> HandExemptionTold:
    """An exemption that may be written down. Raises BadInput that names what is wrong with it."""
    wanted, known = tuple(dict.fromkeys(codes)), frozenset(listed)
    unknown = next((code for code in wanted if code not in known), None)
    if not wanted or unknown is not None:
        raise BadInput("contract", unknown or "", "a contract of the day's list")
    reason, by = " ".join(reason.split()), by.strip()
    if not LEAST_REASON <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise BadInput("reason", reason[:LONGEST_REASON], f"{LEAST_REASON} to {LONGEST_REASON} characters")
    if not by:
        raise BadInput("name", by, "who writes it down")
    if until <= at:
        raise BadInput("until", until.strftime("%H:%M:%S"), f"after now, {at.strftime('%H:%M:%S')}")
    return HandExemptionTold(at=at, number=number, codes=wanted, until=until, by=by, reason=reason)
