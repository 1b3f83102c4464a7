"""Instructions that are no orders (非交易指令): checked, written, sent once, and what became of each.

An instruction is in the journal before it leaves, as an order is: after a crash the desk knows what it had asked for.
It is never sent again by itself. One without an answer is shown as such; once the line is back the counter is asked for
the day's instructions, and what it does not name there it never saw.
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from terminal.domain import wire
from terminal.domain.accounts import ZERO
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.errors import JournalError, LinkError
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Answer, Capability, Command, Instruct, InstructionReport, Query, QueryKind
from terminal.domain.ports import Journal, RecordKind
from terminal.domain.reasons import Denial, Reason
from terminal.services.bus import Bus
from terminal.services.events import AlarmKind, AlarmRaised, InstructionChanged
from terminal.services.gate import DESK, Gate
from terminal.services.instruction_checks import InstructionChecks
from terminal.services.orders import OrderService
from terminal.services.portfolio import Portfolio
from terminal.services.share_gate import ShareTrade, share_trade_of

logger = logging.getLogger(__name__)
#: What the venue must be able to do for an instruction; cash and shares go to any counter, which answers for itself
CAPABILITY_OF: dict[InstructionKind, Capability] = {
    InstructionKind.LOCK: Capability.LOCK_SHARES,
    InstructionKind.UNLOCK: Capability.LOCK_SHARES,
    InstructionKind.TO_COVERED: Capability.LOCK_SHARES,
    InstructionKind.TO_NAKED: Capability.LOCK_SHARES,
    InstructionKind.EXERCISE: Capability.EXERCISE,
    InstructionKind.WITHDRAW_EXERCISE: Capability.EXERCISE,
    InstructionKind.MERGED_EXERCISE: Capability.EXERCISE,
    InstructionKind.WITHDRAW_MERGED: Capability.EXERCISE,
    InstructionKind.COMBINE: Capability.COMBINATIONS,
    InstructionKind.RELEASE: Capability.COMBINATIONS,
    InstructionKind.BUY_SHARES: Capability.TRADE_SHARES,
    InstructionKind.SELL_SHARES: Capability.TRADE_SHARES,
}


class InstructionState(StrEnum):
    """Where an instruction stands."""

    DENIED = "denied"
    """Our own checks said no: never sent"""
    SENT = "sent"
    DONE = "done"
    """Done, or taken for the end of the day"""
    REFUSED = "refused"
    NOT_RECEIVED = "not_received"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionEntry:
    """One instruction of the day. `in_doubt` while the counter is being asked what became of it."""

    command: Instruct
    state: InstructionState
    at: datetime
    asked: bool = True
    """False for what the counter did by itself"""
    in_doubt: bool = False
    reason: Reason | None = None
    reason_detail: str = ""
    fee: Decimal = ZERO
    """What trading shares cost beside their amount, yuan"""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionRequest:
    """What is asked for, before it has a number; `domain.instructions.FIELDS` says which fields count."""

    kind: InstructionKind
    underlying: str = ""
    contract_code: str = ""
    second_code: str = ""
    strategy: CombinationStrategy | None = None
    combination_id: str = ""
    quantity: int = 0
    amount: Decimal = ZERO
    price: Decimal = ZERO


class InstructionService:
    """The instructions of one account and day."""

    def __init__(
        self,
        *,
        desk_id: str,
        send: Callable[[Command], bool],
        journal: Journal,
        checks: InstructionChecks,
        orders: OrderService,
        gate: Gate,
        portfolio: Portfolio,
        bus: Bus,
        now: Callable[[], datetime],
    ) -> None:
        self._desk_id = desk_id
        self._send = send
        self._journal = journal
        self.checks = checks
        self._orders = orders
        self._gate = gate
        self._portfolio = portfolio
        self._bus = bus
        self._now = now
        self._entries: dict[str, InstructionEntry] = {}
        self._nonces: dict[str, InstructionEntry] = {}
        self._senders: dict[str, str] = {}
        """Who sent an instruction that is no person's"""
        self._trades: dict[str, tuple[ShareTrade, int]] = {}
        """Shares under way, by instruction: told by that report, 0 before, and not in the counter's picture yet"""
        self._capabilities: frozenset[Capability] = frozenset()
        self._query = ""
        """Id of the query that settles what is in doubt"""
        self.reports: list[InstructionReport] = []
        gate.commitments.shares_under_way = self.shares_under_way
        checks.merged_in_force = self.merged_in_force
        checks.exercises_in_force = self.exercises_in_force

    # ---- what the screen asks for

    @property
    def entries(self) -> Iterable[InstructionEntry]:
        """All instructions of the day, oldest first."""
        return self._entries.values()

    def entry(self, instruction_id: str) -> InstructionEntry | None:
        """One instruction by its number."""
        return self._entries.get(instruction_id)

    def closed_because(self, kind: InstructionKind) -> Reason | None:
        """Why nothing of this kind may leave now; None while it may."""
        cut_off = self._orders.cut_off_because
        if cut_off is not None:
            return cut_off
        needed = CAPABILITY_OF.get(kind)
        return Reason.NOT_SUPPORTED if needed is not None and needed not in self._capabilities else None

    def failures(self, request: InstructionRequest) -> list[Denial]:
        """Everything that speaks against a person's request now, the most telling first."""
        command = _command("", request)
        found = self._failures(command)
        trade = share_trade_of(command)
        if trade is not None:
            foreseen = self._gate.shares_foreseen(trade)
            found += [] if foreseen is None else [foreseen]
        return found

    def share_denial(self, request: InstructionRequest, sender: str = DESK) -> Denial | None:
        """Why shares may not be traded now, by the desk's checks and the gate; None while they may."""
        command = _command("", request, by_program=sender != DESK)
        failures = self._failures(command)
        return failures[0] if failures else self._gate_denial(command, sender)

    def shares_under_way(self, underlying: str) -> tuple[int, int]:
        """Shares being bought and sold that the counter's picture does not show yet, whatever comes of them."""
        if not self._trades:
            return 0, 0
        seen = self._portfolio.sequence
        for number in [number for number, (_, told) in self._trades.items() if 0 < told <= seen]:
            del self._trades[number]
        trades = [trade for trade, _ in self._trades.values() if trade.underlying == underlying]
        return sum(t.quantity for t in trades if t.buys), sum(t.quantity for t in trades if not t.buys)

    def sender(self, instruction_id: str) -> str:
        """Who sent an instruction; the desk for a person's."""
        return self._senders.get(instruction_id, DESK)

    async def instruct(self, request: InstructionRequest, nonce: str = "", sender: str = DESK) -> InstructionEntry:
        """Check, journal and send; the entry is DENIED with its reason, or SENT.

        Trading shares must pass the gate, by the limit sheet of its `sender`. The counter's answer comes as
        InstructionChanged. A second call with the same `nonce` sends nothing (F80).
        """
        if nonce and (first := self._nonces.get(nonce)) is not None:
            return self._entries.get(first.command.instruction_id, first)
        # Market time may stand still over a restart, so it cannot make the id one of its kind
        number, by_program = f"{self._desk_id}-I{uuid.uuid4().hex[:12]}", sender != DESK
        command = _command(number, request, by_program=by_program)
        if by_program:
            self._senders[number] = sender
        failures = self._failures(command)
        denial = failures[0] if failures else self._gate_denial(command, sender)
        now = self._now()
        entry = InstructionEntry(command=command, state=InstructionState.SENT, at=now)
        if denial is not None:
            return self._deny(entry, denial)
        trade = share_trade_of(command)
        if trade is not None:
            # Counted now: what is asked before this one is on disk must see it (F89)
            self._gate.record_shares(trade, sender)
            self._trades[number] = trade, 0
        if nonce:
            self._nonces[nonce] = entry
        try:
            await self._journal.append([(RecordKind.INSTRUCTED, now, wire.encode(command))])
        except JournalError as error:
            self._nonces.pop(nonce, None)
            self._orders.journal_failed(error)
            return self._deny(entry, Denial(Reason.JOURNAL_FAILED))
        # The world may have changed while the disk wrote; what the counter never saw is told so when it is asked
        if trade is not None and (stopped := self._gate.shares_stopped_meanwhile(trade, sender)) is not None:
            return self._deny(entry, stopped)
        self._store(entry)
        if not self._send(command):
            entry = self._mark_in_doubt(entry)
        return entry

    async def lock_shares(self, underlying: str, quantity: int, *, unlock: bool = False) -> InstructionEntry:
        """Lock (锁定) free shares for covered calls, or unlock (解锁) them."""
        kind = InstructionKind.UNLOCK if unlock else InstructionKind.LOCK
        return await self.instruct(InstructionRequest(kind=kind, underlying=underlying, quantity=quantity))

    def merged_in_force(self, call_code: str, put_code: str) -> int:
        """Pairs of the two that were exercised together today and not taken back."""
        made, taken_back = InstructionKind.MERGED_EXERCISE, InstructionKind.WITHDRAW_MERGED
        return self._in_force(made, taken_back, (call_code, put_code))

    def exercises_in_force(self, contract_code: str) -> int:
        """Contracts that were exercised by themselves today and not taken back."""
        return self._in_force(InstructionKind.EXERCISE, InstructionKind.WITHDRAW_EXERCISE, (contract_code, ""))

    # ---- what the venue says

    def set_capabilities(self, capabilities: Iterable[Capability]) -> None:
        """What the venue on the line can do."""
        self._capabilities = frozenset(capabilities)

    def on_report(self, report: InstructionReport) -> None:
        """Take one report that is in sequence."""
        self._take(report)
        entry = self._entries[report.instruction_id]
        self._bus.publish(InstructionChanged(entry.command.instruction_id))

    def on_answer(self, answer: Answer) -> None:
        """What the counter does not name of the instructions in doubt, it never saw."""
        if not self._query or answer.query_id != self._query:
            return
        self._query = ""
        if answer.reason is not None:
            return
        known = {report.instruction_id for report in answer.instructions}
        for entry in self._unanswered():
            if entry.in_doubt and entry.command.instruction_id not in known:
                self._trades.pop(entry.command.instruction_id, None)
                self._store(
                    replace(entry, state=InstructionState.NOT_RECEIVED, in_doubt=False, reason=Reason.NOT_RECEIVED)
                )

    def on_line_lost(self) -> None:
        """What has no answer yet may or may not have been done."""
        self._query = ""
        for entry in self._unanswered():
            if not entry.in_doubt:
                self._mark_in_doubt(entry)

    def on_line_recovered(self) -> int:
        """Every report up to now is here: ask about what is still unanswered; gives how many that are."""
        waiting = len(self._unanswered())
        # A venue that answers no queries leaves them as they are: without an answer
        if waiting and Capability.QUERIES in self._capabilities:
            self._query = f"{self._desk_id}-Q{uuid.uuid4().hex[:12]}"
            self._send(Query(query_id=self._query, kind=QueryKind.INSTRUCTIONS))
        return waiting

    # ---- recovery

    def start_day(self) -> None:
        """Forget the instructions of an earlier day; they stay in the journal."""
        self._entries.clear()
        self._nonces.clear()
        self._senders.clear()
        self._trades.clear()
        self.reports.clear()
        self._query = ""

    def restore_command(self, at: datetime, body: bytes) -> None:
        """Take an instruction from the journal as it was sent. Raises JournalError for anything else."""
        try:
            command = wire.decode_command(body)
        except LinkError as error:
            raise JournalError(f"not an instruction: {error}") from error
        if not isinstance(command, Instruct):
            raise JournalError(f"not an instruction: {type(command).__name__}")
        self._entries[command.instruction_id] = InstructionEntry(
            command=command, state=InstructionState.SENT, at=at, in_doubt=True
        )
        if (trade := share_trade_of(command)) is not None:
            self._trades[command.instruction_id] = trade, 0
            self._gate.restore_message()

    def restore_report(self, report: InstructionReport) -> None:
        """Apply a report from the journal, without telling."""
        self._take(report)

    # ---- inside

    def _failures(self, command: Instruct) -> list[Denial]:
        closed = self.closed_because(command.kind)
        found = [Denial(closed, "account")] if closed is not None else []
        return found + self.checks.failures(command)

    def _gate_denial(self, command: Instruct, sender: str) -> Denial | None:
        trade = share_trade_of(command)
        return None if trade is None else self._gate.share_denial(trade, sender)

    def _deny(self, entry: InstructionEntry, denial: Denial) -> InstructionEntry:
        self._trades.pop(entry.command.instruction_id, None)
        denied = replace(entry, state=InstructionState.DENIED, reason=denial.reason, reason_detail=denial.detail)
        self._store(denied)
        return denied

    def _in_force(self, made: InstructionKind, taken_back: InstructionKind, codes: tuple[str, str]) -> int:
        done = [r for r in self.reports if r.reason is None and (r.contract_code, r.second_code) == codes]
        entered = sum(r.quantity for r in done if r.kind is made)
        return max(entered - sum(r.quantity for r in done if r.kind is taken_back), 0)

    def _take(self, report: InstructionReport) -> None:
        self.reports.append(report)
        known = self._entries.get(report.instruction_id)
        entry = entry_of(report)
        self._entries[report.instruction_id] = entry if known is None else replace(entry, at=known.at)
        trade, _ = self._trades.pop(report.instruction_id, (None, 0))
        if trade is not None and report.reason is None:
            self._trades[report.instruction_id] = trade, report.sequence

    def _unanswered(self) -> list[InstructionEntry]:
        return [entry for entry in self._entries.values() if entry.state is InstructionState.SENT]

    def _mark_in_doubt(self, entry: InstructionEntry) -> InstructionEntry:
        doubtful = replace(entry, in_doubt=True)
        self._store(doubtful)
        self._bus.publish(AlarmRaised(AlarmKind.INSTRUCTION_IN_DOUBT, self._now(), (entry.command.instruction_id,)))
        return doubtful

    def _store(self, entry: InstructionEntry) -> None:
        self._entries[entry.command.instruction_id] = entry
        self._bus.publish(InstructionChanged(entry.command.instruction_id))


def entry_of(report: InstructionReport) -> InstructionEntry:
    """The instruction that a report tells of, as it stands after it."""
    return InstructionEntry(
        command=Instruct(
            instruction_id=report.instruction_id,
            kind=report.kind,
            underlying=report.underlying,
            contract_code=report.contract_code,
            second_code=report.second_code,
            strategy=report.strategy,
            combination_id=report.combination_id,
            quantity=report.quantity,
            amount=report.amount,
            price=report.price,
        ),
        state=InstructionState.DONE if report.reason is None else InstructionState.REFUSED,
        at=report.at,
        asked=report.asked,
        reason=report.reason,
        reason_detail=report.reason_detail,
        fee=report.fee,
    )


def _command(instruction_id: str, request: InstructionRequest, *, by_program: bool = False) -> Instruct:
    return Instruct(
        instruction_id=instruction_id,
        kind=request.kind,
        underlying=request.underlying,
        contract_code=request.contract_code,
        second_code=request.second_code,
        strategy=request.strategy,
        combination_id=request.combination_id,
        quantity=request.quantity,
        amount=request.amount,
        price=request.price,
        by_program=by_program,
    )
