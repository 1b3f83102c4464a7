"""Checkpoints (考核点): what the trainee did, judged from the evidence of the journal alone. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import ExecType, Instruction, PositionEffect
from terminal.domain.quotes import QuoteStatus
from terminal.domain.reasons import Reason
from terminal.training.checkpoint_kinds import KEPT, CheckpointKind
from terminal.training.evidence import Evidence


class State(StrEnum):
    """How a checkpoint stands."""

    AHEAD = "ahead"
    """Its time has not begun"""
    OPEN = "open"
    DONE = "done"
    PARTLY = "partly"
    """Over, and some of it was done"""
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """One checkpoint in codes and times of the class."""

    name: str
    kind: CheckpointKind
    points: int
    begin: datetime
    deadline: datetime
    reminder: str = ""
    code: str = ""
    underlying: str = ""
    codes_of_underlying: frozenset[str] = frozenset()
    quantity: int = 0
    amount: Decimal = Decimal(0)
    within: float = 0.0
    band: float = 0.0
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of it; `seconds` from its beginning, or from what asked for it, to what settled it."""

    checkpoint: Checkpoint
    state: State
    points: int = 0
    at: datetime | None = None
    seconds: float | None = None
    done: Decimal = Decimal(0)
    """How much of what was asked, in its unit"""


@dataclass(frozen=True, slots=True)
class _Found:
    """How far it is done, 0 to 1, by when, and how long it took."""

    share: float
    at: datetime | None = None
    seconds: float | None = None
    done: Decimal = Decimal(0)


_NOTHING = _Found(0.0)


def judge(checkpoints: Iterable[Checkpoint], evidence: Evidence, now: datetime) -> list[Result]:
    """How each stands at a market time."""
    return [_judge_one(checkpoint, evidence, now) for checkpoint in checkpoints]


def total(results: Sequence[Result], hints: int = 0, hint_cost: int = 0) -> int:
    """Points that count: what was earned, less the hints; never below zero."""
    return max(sum(result.points for result in results) - hints * hint_cost, 0)


def _judge_one(checkpoint: Checkpoint, evidence: Evidence, now: datetime) -> Result:
    if now < checkpoint.begin:
        return Result(checkpoint=checkpoint, state=State.AHEAD)
    found = _JUDGES[checkpoint.kind](checkpoint, evidence)
    over = now >= checkpoint.deadline
    is_kept = checkpoint.kind in KEPT
    if found.share >= 1.0 and (over or not is_kept):
        state, points = State.DONE, checkpoint.points
    elif is_kept and found.share < 1.0:
        # What had to be left alone was not
        state, points = State.MISSED, 0
    elif over:
        points = int(checkpoint.points * found.share)
        state = State.PARTLY if points else State.MISSED
    else:
        state, points = State.OPEN, 0
    return Result(
        checkpoint=checkpoint, state=state, points=points, at=found.at, seconds=found.seconds, done=found.done
    )


def _in_time(checkpoint: Checkpoint, at: datetime) -> bool:
    until = checkpoint.deadline
    if checkpoint.within:
        until = min(until, checkpoint.begin + timedelta(seconds=checkpoint.within))
    return checkpoint.begin <= at <= until


def _sum(checkpoint: Checkpoint, steps: Iterable[tuple[datetime, Decimal]], wanted: Decimal) -> _Found:
    """Amounts that add up to what is wanted; the time is that of the step that reached it."""
    done, reached = Decimal(0), None
    for at, amount in steps:
        if not _in_time(checkpoint, at):
            continue
        done += amount
        if done >= wanted and reached is None:
            reached = at
        elif done < wanted:
            reached = None
    share = float(min(max(done / wanted, Decimal(0)), Decimal(1))) if wanted > 0 else 1.0
    seconds = (reached - checkpoint.begin).total_seconds() if reached else None
    return _Found(share, reached, seconds, done)


def _acknowledged(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    for reminder in evidence.reminders:
        at = reminder.acknowledged_at
        if reminder.kind != checkpoint.reminder or at is None or not reminder.by:
            continue
        if checkpoint.code and checkpoint.code not in (*reminder.codes, reminder.subject):
            continue
        seconds = (at - reminder.said_at).total_seconds()
        if checkpoint.begin <= at <= checkpoint.deadline and (not checkpoint.within or seconds <= checkpoint.within):
            return _Found(1.0, at, seconds, Decimal(1))
    return _NOTHING


def _instructed(kinds: dict[InstructionKind, int]) -> Callable[[Checkpoint, Evidence], _Found]:
    """Instructions that count, with their signs: asked for by the trainee and not refused."""

    def found(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
        steps = []
        for report in evidence.instructions:
            sign = kinds.get(report.kind)
            if sign is None or not report.asked or report.reason is not None:
                continue
            if report.instruction_id.startswith(("START-", "CLASS-")):
                continue
            if checkpoint.code and checkpoint.code not in (report.contract_code, report.second_code):
                continue
            if checkpoint.underlying and report.underlying and report.underlying != checkpoint.underlying:
                continue
            amount = report.amount if checkpoint.amount else Decimal(report.quantity)
            steps.append((report.at, sign * amount))
        return _sum(checkpoint, steps, checkpoint.amount or Decimal(checkpoint.quantity))

    return found


_EXERCISES = {
    InstructionKind.EXERCISE: 1,
    InstructionKind.WITHDRAW_EXERCISE: -1,
    InstructionKind.MERGED_EXERCISE: 1,
    InstructionKind.WITHDRAW_MERGED: -1,
}


def _not_exercised(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    asked = 0
    for report in evidence.instructions:
        if report.asked and report.reason is None and checkpoint.code in (report.contract_code, report.second_code):
            asked += _EXERCISES.get(report.kind, 0) * report.quantity
    return _Found(0.0 if asked > 0 else 1.0, done=Decimal(asked))


def _closed(instructions: frozenset[Instruction]) -> Callable[[Checkpoint, Evidence], _Found]:
    def found(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
        steps = [
            (report.at, Decimal(report.last_quantity))
            for report in evidence.orders
            if report.exec_type is ExecType.TRADE
            and report.ordered
            and report.instruction in instructions
            and checkpoint.code in ("", report.contract_code)
            and (not checkpoint.underlying or report.contract_code in checkpoint.codes_of_underlying)
        ]
        return _sum(checkpoint, steps, Decimal(checkpoint.quantity))

    return found


def _live_quotes(checkpoint: Checkpoint, evidence: Evidence, until: datetime) -> set[str]:
    """Contracts with a quote of ours at a time, among those asked for."""
    live: dict[str, str] = {}
    for report in evidence.quotes:
        if report.at > until:
            break
        if checkpoint.code not in ("", report.contract_code):
            continue
        if checkpoint.underlying and report.contract_code not in checkpoint.codes_of_underlying:
            continue
        if report.status is QuoteStatus.LIVE:
            live[report.contract_code] = report.quote_id
        elif live.get(report.contract_code) == report.quote_id:
            del live[report.contract_code]
    return set(live)


def _quote_moments(checkpoint: Checkpoint, evidence: Evidence) -> list[datetime]:
    """The beginning and every later step of a quote that is in time."""
    steps = [report.at for report in evidence.quotes if _in_time(checkpoint, report.at)]
    return [checkpoint.begin, *steps]


def _quoted(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    for at in _quote_moments(checkpoint, evidence):
        if _live_quotes(checkpoint, evidence, at):
            return _Found(1.0, at, (at - checkpoint.begin).total_seconds(), Decimal(1))
    return _NOTHING


def _pulled(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    """Counted only of who quoted before: a desk that had nothing in the market pulled nothing."""
    if not evidence.quotes or evidence.quotes[0].at > checkpoint.begin:
        return _NOTHING
    for at in _quote_moments(checkpoint, evidence):
        if not _live_quotes(checkpoint, evidence, at):
            return _Found(1.0, at, (at - checkpoint.begin).total_seconds(), Decimal(1))
    return _NOTHING


def _answered(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    opened = {i.inquiry: i.at for i in evidence.inquiries if checkpoint.begin <= i.at <= checkpoint.deadline}
    times: dict[int, float] = {}
    newest = None
    for report in evidence.quotes:
        if report.inquiry in opened and report.status is QuoteStatus.LIVE and report.inquiry not in times:
            seconds = (report.at - opened[report.inquiry]).total_seconds()
            if report.at <= checkpoint.deadline and (not checkpoint.within or seconds <= checkpoint.within):
                times[report.inquiry] = seconds
                newest = report.at
    worst = max(times.values(), default=None)
    return _Found(min(len(times) / checkpoint.quantity, 1.0), newest, worst, Decimal(len(times)))


def _cancelled(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    working: set[str] = set()
    had_any = False
    ended = None
    for report in evidence.orders:
        if not _in_time(checkpoint, report.at) and report.at > checkpoint.begin:
            break
        leaves = report.quantity - report.filled_quantity
        over = report.exec_type in (ExecType.CANCELLED, ExecType.REJECTED) or leaves <= 0
        if over:
            working.discard(report.client_order_id)
            if not working and report.at >= checkpoint.begin:
                ended = report.at
        else:
            working.add(report.client_order_id)
            had_any = True
    if working or not had_any:
        return _NOTHING
    at = ended or checkpoint.begin
    return _Found(1.0, at, (at - checkpoint.begin).total_seconds(), Decimal(1))


def _delta_within(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    for at, screen in evidence.screens:
        if _in_time(checkpoint, at) and abs(screen.deltas.get(checkpoint.underlying, 0.0)) <= checkpoint.band:
            return _Found(1.0, at, (at - checkpoint.begin).total_seconds())
    return _NOTHING


def _no_refusal(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    refused = [
        report.at
        for report in evidence.orders
        if report.exec_type is ExecType.REJECTED and checkpoint.reason in (None, report.reason)
    ]
    refused += [
        report.at
        for report in evidence.quotes
        if report.status is QuoteStatus.REFUSED and checkpoint.reason in (None, report.reason)
    ]
    refused += [denied.at for denied in evidence.denied if checkpoint.reason in (None, denied.reason)]
    return _kept(checkpoint, refused)


def _no_opening(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    opened = [
        report.at
        for report in evidence.orders
        if report.ordered
        and report.exec_type in (ExecType.ACKNOWLEDGED, ExecType.TRADE)
        and report.instruction.position_effect is PositionEffect.OPEN
        and (not checkpoint.underlying or report.contract_code in checkpoint.codes_of_underlying)
        and checkpoint.code in ("", report.contract_code)
    ]
    return _kept(checkpoint, opened)


def _no_forced_close(checkpoint: Checkpoint, evidence: Evidence) -> _Found:
    return _kept(checkpoint, [r.at for r in evidence.orders if not r.ordered and r.exec_type is ExecType.TRADE])


def _kept(checkpoint: Checkpoint, broken: Iterable[datetime]) -> _Found:
    first = min((at for at in broken if checkpoint.begin <= at <= checkpoint.deadline), default=None)
    return _Found(1.0) if first is None else _Found(0.0, first, (first - checkpoint.begin).total_seconds())


_K = CheckpointKind
_CLOSING = frozenset({Instruction.BUY_CLOSE, Instruction.SELL_CLOSE, Instruction.COVERED_CLOSE})
_JUDGES: dict[CheckpointKind, Callable[[Checkpoint, Evidence], _Found]] = {
    _K.ACKNOWLEDGED: _acknowledged,
    _K.EXERCISED: _instructed(_EXERCISES),
    _K.NOT_EXERCISED: _not_exercised,
    _K.LOCKED: _instructed({InstructionKind.LOCK: 1, InstructionKind.UNLOCK: -1}),
    _K.CASH_IN: _instructed({InstructionKind.CASH_IN: 1, InstructionKind.CASH_OUT: -1}),
    _K.SHARES_IN: _instructed({InstructionKind.SHARES_IN: 1, InstructionKind.SHARES_OUT: -1}),
    _K.CLOSED: _closed(_CLOSING),
    _K.REDUCED: _closed(frozenset({Instruction.BUY_CLOSE})),
    _K.COMBINED: _instructed({InstructionKind.COMBINE: 1}),
    _K.RELEASED: _instructed({InstructionKind.RELEASE: 1}),
    _K.QUOTED: _quoted,
    _K.QUOTES_PULLED: _pulled,
    _K.ANSWERED: _answered,
    _K.CANCELLED: _cancelled,
    _K.DELTA_WITHIN: _delta_within,
    _K.NO_REFUSAL: _no_refusal,
    _K.NO_OPENING: _no_opening,
    _K.NO_FORCED_CLOSE: _no_forced_close,
}
