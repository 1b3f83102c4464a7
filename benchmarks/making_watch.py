"""What is written down of a maker's day while it is played, and what is demanded of it at its end."""

import math
from collections import Counter, deque
from dataclasses import dataclass, field

import numpy as np

from benchmarks.making_desk import WholeDesk
from benchmarks.making_market import DayClock
from benchmarks.making_recount import Recount
from terminal.domain.messages import (
    CancelAll,
    CancelOrder,
    CancelQuotes,
    Command,
    QuoteReport,
    SubmitOrder,
    SubmitQuotes,
)
from terminal.domain.quotes import QuoteStatus
from terminal.rules.obligations.figures import Figures
from terminal.rules.obligations.inquiries import InquirySummary
from terminal.rules.protection.limit_sheet import LimitSheet, bound
from terminal.services.events import AlarmKind, AlarmRaised, FillBooked
from terminal.services.gate import DESK

_COUNTED = (SubmitQuotes, SubmitOrder, CancelQuotes, CancelOrder, CancelAll)
#: What is demanded: participation of every obliged contract, and contracts that reach what the terms ask for
LEAST_PARTICIPATION = 0.90
LEAST_RATE = 1.0
_REARM_AFTER_SECONDS = 60.0


@dataclass
class Peaks:
    """The most of the day against its limit, the limit beside it."""

    figures: dict[str, tuple[float, float]] = field(default_factory=dict)

    def see(self, name: str, figure: float, limit: float) -> None:
        """Take a look."""
        known = self.figures.get(name, (0.0, limit))[0]
        self.figures[name] = (max(known, abs(figure)), limit)

    @property
    def passed(self) -> list[str]:
        """Those beyond their limits."""
        return [f"{name} {most:g} of {limit:g}" for name, (most, limit) in self.figures.items() if most > limit]

    def __str__(self) -> str:
        return ", ".join(
            f"{name} {most:,.0f}" + ("" if math.isinf(limit) else f" of {limit:,.0f}")
            for name, (most, limit) in self.figures.items()
        )


class DayWatch:
    """Listens to a desk all day. A person sits beside it who re-arms by name what tripped, a minute later."""

    def __init__(self, whole: WholeDesk, clock: DayClock) -> None:
        self._whole = whole
        self._clock = clock
        self.sheet: LimitSheet = whole.desk.quoting.gate.effective(DESK)
        self.peaks = Peaks()
        self.messages = 0
        self.entries = 0
        self.fills = 0
        self.venue_refused: Counter[str] = Counter()
        self.trips: list[str] = []
        self.stopped: list[str] = []
        self._second: deque[float] = deque()
        self._rearm: list[tuple[float, str]] = []
        bus = whole.desk.bus
        whole.line.on_sent = self._on_sent
        bus.subscribe(QuoteReport, self._on_report)
        bus.subscribe(FillBooked, self._on_fill)
        bus.subscribe(AlarmRaised, self._on_alarm)

    def look(self) -> None:
        """Hold what is held against the limits; called at every step."""
        quoting, gate = self._whole.quoting, self._whole.desk.quoting.gate
        view, maker = quoting.view, self._whole.maker
        own = maker.sheet
        self.peaks.see("contracts", float(np.abs(view.net).max(initial=0.0)), bound(own.contract_position))
        for underlying in maker.underlyings:
            for name, exposure, limit in (
                ("delta", view.delta_of(underlying), bound(own.delta)),
                ("vega", view.vega_of(underlying), bound(own.vega)),
            ):
                worst = max(abs(exposure.highest), abs(exposure.lowest))
                if worst == worst:
                    self.peaks.see(f"{name} {underlying}", worst, limit)
        if (risk := self._whole.risk.newest) is not None:
            self.peaks.see("risk value", risk.loss, risk.limit)
        second, day = gate.messages_used()
        self.peaks.see("share of messages a second, %", second * 100, 100)
        self.peaks.see("share of messages a day, %", day * 100, 100)
        now = self._clock()
        due = [name for at, name in self._rearm if at <= now]
        self._rearm = [(at, name) for at, name in self._rearm if at > now]
        for name in due:
            quoting.protection.rearm(name, "scripted person")
        for underlying, causes in quoting.protection.pulled.items():
            if any(cause.needs_a_person for cause in causes):
                quoting.protection.lift_jump(underlying, "scripted person")

    @property
    def gate_refused(self) -> Counter[str]:
        """Entries that the desk's own gate kept back, by reason."""
        refused: Counter[str] = Counter()
        for entry in self._whole.quoting.engine.entries:
            if entry.ask is not None:
                refused.update({str(reason): count for reason, count in entry.ask.refused.items()})
        return refused

    def _on_sent(self, command: Command) -> None:
        if not isinstance(command, _COUNTED):
            return
        now = self._clock()
        self.messages += 1
        self._second.append(now)
        while now - self._second[0] >= 1.0:
            self._second.popleft()
        self.peaks.see("messages a second", len(self._second), bound(self.sheet.messages_per_second))
        self.peaks.see("messages a day", self.messages, bound(self.sheet.messages_per_day))
        if isinstance(command, SubmitQuotes):
            self.entries += len(command.entries)

    def _on_report(self, report: QuoteReport) -> None:
        if report.status is QuoteStatus.REFUSED:
            self.venue_refused[str(report.reason)] += 1

    def _on_fill(self, event: FillBooked) -> None:
        self.fills += 1

    def _on_alarm(self, event: AlarmRaised) -> None:
        if event.kind is AlarmKind.STRATEGY_STOPPED:
            self.stopped.append(" ".join(event.figures))
        trip = self._whole.quoting.protection.maker.last_trip
        if event.kind is AlarmKind.PROTECTION and trip is not None and event.figures[0] == trip.name:
            self.trips.append(f"{trip.name} {trip.measure} {trip.figure:g} of {trip.limit:g}")
            self._rearm.append((self._clock() + _REARM_AFTER_SECONDS, trip.name))


@dataclass(frozen=True)
class DayVerdict:
    """One seed's day."""

    seed: int
    seconds: float
    figures: Figures
    again: Figures
    """The same from the journal by the product's own program"""
    recount: Recount
    inquiries: InquirySummary
    watch: dict[str, object]
    self_trades: int
    profit: float
    fees: float
    edge: float
    passed: tuple[str, ...]

    @property
    def differences(self) -> float:
        """Most seconds by which the report and the recount differ in any contract, of any of the three kinds."""
        most = 0.0
        for figures in (self.figures, self.again):
            for place, code in enumerate(figures.codes):
                for kind in ("compliant", "missed", "exempt"):
                    told, counted = float(getattr(figures, kind)[place]), getattr(self.recount, kind)[code]
                    most = max(most, abs(told - counted))
        return most

    @property
    def least(self) -> tuple[float, str]:
        """The lowest participation of any contract that owes something, and whose."""
        rates = [(float(rate), code) for rate, code in zip(self.figures.participation, self.figures.codes, strict=True)]
        return min([r for r in rates if r[0] == r[0]], default=(float("nan"), ""))

    @property
    def failures(self) -> list[str]:
        """Demands that were not met."""
        threshold = float(self.figures.terms.participation.rate)
        found = [*self.passed]
        if not self.least[0] >= LEAST_PARTICIPATION:
            found.append(f"participation of {self.least[1]} {self.least[0]:.3f}")
        if not self.figures.contract_rate >= LEAST_RATE:
            found.append(f"contract rate {self.figures.contract_rate:.3f}")
        if self.recount.contract_rate(threshold) != self.figures.contract_rate:
            found.append(f"contract rate again {self.recount.contract_rate(threshold):.3f}")
        for name in ("refused by the venue", "refused by the gate", "strategies stopped"):
            if self.watch[name]:
                found.append(f"{name}: {self.watch[name]}")
        if self.self_trades:
            found.append(f"{self.self_trades} self-trades")
        if self.differences >= 1.0:
            found.append(f"report and recount differ by {self.differences:.1f} s")
        if (self.inquiries.answered, self.inquiries.answered + self.inquiries.late + self.inquiries.missed) != (
            self.recount.answered_in_time,
            self.recount.inquiries,
        ):
            found.append(f"answers again {self.recount.answered_in_time} of {self.recount.inquiries}")
        if self.inquiries.fails:
            found.append(f"answer rate {self.inquiries.answer_rate}")
        return found

    def __str__(self) -> str:
        asked = self.inquiries
        lines = [
            f"seed {self.seed}: {len(self.figures.codes)} obliged contracts, lowest participation "
            f"{self.least[0]:.2%} ({self.least[1]}), contract rate {self.figures.contract_rate:.1%}, "
            f"{self.seconds:.0f} s",
            *(f"    {name}: {what}" for name, what in self.watch.items()),
            f"    self-trades {self.self_trades}; profit {self.profit:,.0f} yuan, fees {self.fees:,.0f}, "
            f"edge at the moment of execution {self.edge:,.0f}",
            f"    inquiries {asked.counted}: answered {asked.answered}, late {asked.late}, missed {asked.missed}, "
            f"lapsed {asked.lapsed}; median {asked.median_seconds} s, pulled early {asked.pulled_early}",
            f"    report against recount: {self.differences:.3f} s at most",
        ]
        if self.failures:
            lines.append("    FAILED: " + "; ".join(self.failures))
        return "\n".join(lines)
