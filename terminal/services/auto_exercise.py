"""The agreement on automatic exercise (自动行权协议): what nobody has decided on is exercised at a set time.

The exchange exercises nothing by itself and neither does the counter; this is done by the desk, while it runs. Off
until a person agrees. Pairs go together where the venue takes pairs, then the rest, what is worth most first, as far as
money and shares reach. Once a day: what a person takes back afterwards stays taken back.
"""

import json
import logging
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Right
from terminal.domain.errors import BadInput
from terminal.domain.instructions import InstructionKind
from terminal.domain.ports import Record, RecordKind
from terminal.rules.expiry.exercises import Exercise, affordable, left_alone
from terminal.services.bus import Bus
from terminal.services.events import ExpiryChanged
from terminal.services.expiry_desk import ExpiryDesk
from terminal.services.instructions import InstructionEntry, InstructionRequest, InstructionState

logger = logging.getLogger(__name__)
SETTING = "expiry.auto_exercise"
_AGREED, _DONE = "auto_exercise_agreed", "auto_exercise_done"
_MOST_YUAN = Decimal(1_000_000)


class Memory(Protocol):
    """What the program remembers between runs."""

    def read(self, key: str) -> Any:
        """The value of a key; None for none."""

    def write(self, key: str, value: Any) -> None:
        """Keep a plain value."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed."""

    enabled: bool = False
    least_value: Decimal = Decimal("10.00")
    """Exercise what is worth at least this after the fee, yuan a contract"""
    at: time = time(15, 5)
    """On the expiry day, before the last exercise is taken"""


class AutoExercise:
    """Keeps the agreement of this desk and carries it out. `on_time` is called about once a second."""

    def __init__(
        self,
        desk: ExpiryDesk,
        bus: Bus,
        memory: Memory,
        spawn: Callable[[Coroutine[Any, Any, Any]], object],
        write: Callable[[RecordKind, datetime, bytes], None],
        account_id: Callable[[], str],
    ) -> None:
        self._desk = desk
        self._bus = bus
        self._memory = memory
        self._spawn = spawn
        self._write = write
        self._account_id = account_id
        self._done: set[tuple[date, str]] = set()
        self._running = False

    @property
    def agreement(self) -> Agreement:
        """What is agreed now; what cannot be read was not agreed."""
        return _agreement_of(self._memory.read(f"{SETTING}.{self._account_id()}"))

    def agree(self, agreement: Agreement, by: str) -> None:
        """Put an agreement in force. Raises BadInput without a name, for a threshold below zero or a time too late."""
        if not by.strip():
            raise BadInput("by", by, "the name of who decides")
        if not agreement.least_value.is_finite() or not 0 <= agreement.least_value <= _MOST_YUAN:
            raise BadInput("least value", agreement.least_value, "yuan a contract, zero or more")
        windows = self._desk.profile.sessions.exercise
        if not any(first <= agreement.at < last for first, last in windows):
            allowed = " ".join(f"{first:%H:%M}-{last:%H:%M}" for first, last in windows)
            raise BadInput("time", f"{agreement.at:%H:%M}", f"within the windows of exercise, {allowed}")
        kept = {"enabled": agreement.enabled, "least_value": str(agreement.least_value), "at": f"{agreement.at:%H:%M}"}
        self._memory.write(f"{SETTING}.{self._account_id()}", kept)
        self._note(_AGREED, {**asdict(agreement), "by": by.strip()})
        self._bus.publish(ExpiryChanged())

    def due(self, expiry: date) -> datetime | None:
        """When it will act on a day; None while nothing is agreed or it has acted."""
        agreement = self.agreement
        if not agreement.enabled or (expiry, self._account_id()) in self._done:
            return None
        return datetime.combine(expiry, agreement.at, SHANGHAI)

    def on_time(self) -> None:
        """Act if it is time: on an expiry day, from the agreed time to the deadline, once."""
        today = self._desk.today
        due = None if self._running else self.due(today)
        if due is None or not due <= self._desk.now() < self._desk.deadline(today):
            return
        if self._desk.instructions.closed_because(InstructionKind.EXERCISE) is not None:
            # The line may come back before the deadline
            return
        if any(row.exercisable for row in self._desk.holdings(today)):
            self._running = True
            self._spawn(self._act(today))

    def restore(self, records: Iterable[Record]) -> None:
        """Learn from the journal on which days it has acted."""
        for record in records:
            if record.kind is not RecordKind.NOTE:
                continue
            try:
                note = json.loads(record.body)
                if note["expiry"] == _DONE:
                    self._done.add((record.at.astimezone(SHANGHAI).date(), str(note["account"])))
            except (ValueError, KeyError, TypeError):
                continue

    # ---- inside

    async def _act(self, today: date) -> None:
        try:
            sent = [entry for entry in [await self._ask(r, today) for r in self.requests(today)] if entry is not None]
        finally:
            self._running = False
        self._done.add((today, self._account_id()))
        done = [f"{e.command.contract_code} {e.command.second_code}".strip() + f" {e.command.quantity}" for e in sent]
        self._note(_DONE, {"exercised": done})
        self._bus.publish(ExpiryChanged())

    async def _ask(self, request: InstructionRequest, today: date) -> InstructionEntry | None:
        nonce = f"auto {today} {request.contract_code} {request.second_code}"
        entry = await self._desk.instructions.instruct(request, nonce)
        return None if entry.state is InstructionState.DENIED else entry

    def requests(self, expiry: date) -> list[InstructionRequest]:
        """What it would ask for now: undecided holdings that are worth the threshold, pairs first."""
        least = self.agreement.least_value
        rows = [row for row in self._desk.undecided(expiry) if row.worth.exercise >= least * row.exercisable]
        wanted = {row.contract.code: row for row in rows}
        pairs = [p for p in self._desk.pairs(expiry) if p.call.code in wanted and p.put.code in wanted]
        requests = [
            InstructionRequest(
                kind=InstructionKind.MERGED_EXERCISE,
                contract_code=pair.call.code,
                second_code=pair.put.code,
                quantity=pair.quantity,
            )
            for pair in pairs
        ]
        have = self._desk.have()
        fees = self._desk.profile.fees
        cash, shares = have.cash, dict(have.shares)
        singles = left_alone([Exercise(row.contract, row.exercisable) for row in rows], pairs)
        for single in sorted(singles, key=lambda s: (-wanted[s.contract.code].worth.inside, s.contract.code)):
            contract = single.contract
            free = shares.get(contract.underlying, 0)
            quantity = affordable(contract, single.quantity, cash=cash, shares=free, fees=fees)
            if quantity < 1:
                continue
            needs = self._desk.needs([Exercise(contract, quantity)], ())
            cash -= needs.cash
            if contract.right is Right.PUT:
                shares[contract.underlying] = free - needs.shares[contract.underlying]
            requests.append(
                InstructionRequest(kind=InstructionKind.EXERCISE, contract_code=contract.code, quantity=quantity)
            )
        return requests

    def _note(self, step: str, figures: dict[str, Any]) -> None:
        note = {"expiry": step, "account": self._account_id(), **figures}
        body = json.dumps(note, ensure_ascii=False, default=str).encode()
        self._write(RecordKind.NOTE, self._desk.now(), body)
        logger.info("%s: %s", step, figures)


def _agreement_of(kept: object) -> Agreement:
    if not isinstance(kept, dict):
        return Agreement()
    try:
        least, at = Decimal(str(kept["least_value"])), time.fromisoformat(str(kept["at"]))
    except (KeyError, ValueError, InvalidOperation):
        return Agreement()
    if not least.is_finite() or least < 0:
        return Agreement()
    return Agreement(kept.get("enabled") is True, least, at)
