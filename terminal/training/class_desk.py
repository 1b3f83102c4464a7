"""A desk's part in a class (学员席位): it deals with the steps of a jump, keeps the score and shows itself.

The score follows from the desk's journal alone, so what is seen here is what anybody finds who reads it again.
"""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from terminal.domain import wire
from terminal.domain.calendar import TradingCalendar
from terminal.domain.errors import BadInput, shown
from terminal.domain.messages import CheckpointSeen, ClassOpened, InquiryOpened, ReportScreen, StepReached, StepTaken
from terminal.domain.ports import LinkState, Record, RecordKind
from terminal.services.day_profit import day_profit
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, LinkChanged
from terminal.training.checkpoints import Checkpoint, Result, judge, total
from terminal.training.evidence import Evidence
from terminal.training.scenario import HintSpec, Scenario, parse_scenario
from terminal.training.settings import TrainingSettings

logger = logging.getLogger(__name__)


class Reminders(Protocol):
    """What a class needs of the desk's reminders."""

    def evaluate(self, now: datetime) -> None:
        """Ask the rules now, whatever was asked just before."""

    def open_count(self) -> int:
        """How many wait for a person."""


@dataclass(frozen=True, slots=True)
class ClassChanged:
    """The class began, its score moved, or somebody began or ceased to watch: `ClassDesk` has it."""


class ClassDesk:
    """One desk in a class. `look` gives the panel in front and the contract in hand, `deltas` shares by underlying."""

    def __init__(
        self,
        desk: Desk,
        *,
        calendar: TradingCalendar,
        settings: TrainingSettings,
        read: Callable[[int], Sequence[Record]],
        reminders: Reminders | None,
        spawn: Callable[[Coroutine[Any, Any, Any]], object],
        look: Callable[[], tuple[str, str]] = lambda: ("", ""),
        deltas: Callable[[], dict[str, float]] = dict,
    ) -> None:
        self._desk = desk
        self._calendar = calendar
        self._read = read
        self._reminders = reminders
        self._spawn = spawn
        self._look = look
        self._deltas = deltas
        self.settings = settings
        self.scenario: Scenario | None = None
        """None outside a class"""
        self.is_watched = False
        self.is_jumping = False
        self.hints_taken = 0
        self.evidence = Evidence()
        self.results: list[Result] = []
        self.act: Callable[[datetime], Awaitable[None]] | None = None
        """What a scripted trainee does at a stop; None where a person sits here"""
        self.codes: dict[str, str] = {}
        """Contract codes of the names in the file"""
        self._checkpoints: list[Checkpoint] = []
        self._of_underlying: dict[str, set[str]] = {}
        self._opened = ClassOpened(scenario="")
        self._begun_after = 0
        self._read_up_to = 0
        self._shown: ReportScreen | None = None
        desk.bus.subscribe(ClassOpened, self._on_class)
        desk.bus.subscribe(StepReached, self._on_step)
        desk.bus.subscribe(DayChanged, self._on_day)
        desk.bus.subscribe(InquiryOpened, self._on_inquiry)
        desk.bus.subscribe(LinkChanged, self._on_link)

    # ---- what a screen asks

    @property
    def points(self) -> int:
        """What counts so far."""
        cost = self.hint_cost(self.hints_taken)
        return max(total(self.results) - cost, 0)

    def hint_cost(self, count: int) -> int:
        """What so many hints take off."""
        hints = self.scenario.hint[:count] if self.scenario is not None else ()
        return sum(self.settings.hint_cost if h.cost is None else h.cost for h in hints)

    def hints(self) -> tuple[HintSpec, ...]:
        """Those that were asked for."""
        return self.scenario.hint[: self.hints_taken] if self.scenario is not None else ()

    def take_hint(self) -> HintSpec | None:
        """The next hint, if there is one."""
        if self.scenario is None or self.hints_taken >= len(self.scenario.hint):
            return None
        self.hints_taken += 1
        self.show()
        self._desk.bus.publish(ClassChanged())
        return self.scenario.hint[self.hints_taken - 1]

    def end(self) -> datetime | None:
        """When the scenario is over."""
        return self.scenario.moment(self.scenario.start.end, self._calendar) if self.scenario is not None else None

    # ---- what has to be done again and again

    def score(self) -> list[Result]:
        """Read what is new on disk and judge; tells when something moved."""
        if self.scenario is None:
            return []
        records = self._read(self._read_up_to)
        if records:
            self._read_up_to = records[-1].number
            self.evidence.take(records)
        results = judge(self._checkpoints, self.evidence, self._desk.clock.now())
        if results != self.results:
            self.results = results
            self._desk.bus.publish(ClassChanged())
        return results

    def show(self) -> None:
        """Send the instructor what is on the screen, and keep it, when it has changed."""
        if self.scenario is None:
            return
        self.score()
        screen = self.screen()
        if screen == self._shown:
            return
        self._shown = screen
        now = self._desk.clock.now()
        self._desk.orders.write(RecordKind.CLASS, now, wire.encode(screen))
        if self._desk.link is LinkState.UP:
            self._desk.gateway.send(screen)

    def screen(self) -> ReportScreen:
        """The screen as it is."""
        desk = self._desk
        panel, contract = self._look()
        profit = day_profit(desk.portfolio, desk.market)
        return ReportScreen(
            panel=panel,
            contract_code=contract,
            reminders=self._reminders.open_count() if self._reminders is not None else 0,
            working=len(desk.orders.working()),
            quotes=len(desk.quoting.board.live_numbers),
            profit=profit.quantize(Decimal("0.01")) if profit is not None else None,
            deltas={code: round(shares, 1) for code, shares in self._deltas().items()},
            hints=self.hints_taken,
            checkpoints=tuple(
                CheckpointSeen(
                    name=r.checkpoint.name,
                    state=r.state.value,
                    points=r.points,
                    of=r.checkpoint.points,
                    at=r.at,
                    seconds=r.seconds,
                )
                for r in self.results
            ),
        )

    # ---- inside

    def _on_class(self, message: ClassOpened) -> None:
        self.is_watched, self.is_jumping = message.watched, message.jumping
        if message.scenario != self._opened.scenario:
            try:
                self.scenario = parse_scenario(message.scenario, message.file, self._calendar)
            except BadInput as error:
                logger.warning("the venue's scenario is not understood: %s", shown(error, 200))
                return
            self._opened = message
            # Another class: what was done in the one before is no part of it
            self.results, self.hints_taken = [], 0
            self.codes = dict(message.contracts)
            self._shown = None
            self._compile()
        self._desk.bus.publish(ClassChanged())

    def _on_day(self, event: DayChanged) -> None:
        for contract in self._desk.market.contracts:
            self._of_underlying.setdefault(contract.underlying, set()).add(contract.code)
        if self.scenario is not None:
            self._compile()

    def _compile(self) -> None:
        scenario = self.scenario
        assert scenario is not None
        self._checkpoints = [
            Checkpoint(
                name=c.name,
                kind=c.kind,
                points=c.points,
                begin=scenario.moment(c.begin, self._calendar),
                deadline=scenario.moment(c.deadline, self._calendar),
                reminder=c.reminder,
                code=self.codes.get(c.contract, c.contract),
                underlying=c.underlying,
                codes_of_underlying=frozenset(self._of_underlying.get(c.underlying, ())),
                quantity=c.quantity,
                amount=c.amount,
                within=c.within,
                band=c.band,
                reason=c.reason,
            )
            for c in scenario.checkpoint
        ]

    def _on_inquiry(self, event: InquiryOpened) -> None:
        if self.scenario is not None:
            self._desk.orders.write(RecordKind.CLASS, event.at, wire.encode(event))

    def _on_link(self, event: LinkChanged) -> None:
        # What was shown before may have been shown to nobody
        self._shown = None

    def look_at_reminders(self, now: datetime) -> None:
        """Ask the rules now."""
        if self._reminders is not None:
            self._reminders.evaluate(now)

    def _on_step(self, step: StepReached) -> None:
        self.look_at_reminders(step.at)
        self._spawn(self._deal_with(step))

    async def _deal_with(self, step: StepReached) -> None:
        """Let a scripted trainee act, show the screen, and say that time may go on."""
        try:
            if self.act is not None:
                await self.act(step.at)
                self.look_at_reminders(step.at)
            self.show()
        finally:
            self._desk.gateway.send(StepTaken(number=step.number))
