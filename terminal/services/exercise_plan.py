"""What a person has chosen for the holdings that expire, and what follows: exercises, pairs, needs, instructions."""

from dataclasses import dataclass
from datetime import date

from terminal.domain.instructions import InstructionKind
from terminal.domain.phases import Phase
from terminal.rules.expiry.exercises import Exercise, ExerciseNeeds, MergedPair, find_pairs, left_alone
from terminal.rules.expiry.worth import Disposition
from terminal.rules.sessions import takes_orders
from terminal.services.expiry_desk import ExpiryDesk, HoldingRow
from terminal.services.instructions import InstructionRequest, InstructionService


@dataclass(frozen=True, slots=True)
class Chosen:
    """One holding and what is to become of so many of it."""

    row: HoldingRow
    choice: Disposition
    quantity: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it."""

    chosen: tuple[Chosen, ...]
    singles: tuple[Exercise, ...]
    """Exercised by themselves, what pairs leave over of merged ones included"""
    pairs: tuple[MergedPair, ...]
    needs: ExerciseNeeds

    @property
    def exercised(self) -> int:
        """Contracts exercised by themselves."""
        return sum(single.quantity for single in self.singles)

    @property
    def merged(self) -> int:
        """Pairs."""
        return sum(pair.quantity for pair in self.pairs)

    def requests(self) -> list[InstructionRequest]:
        """The instructions, pairs first: they free what the others need."""
        found = [
            InstructionRequest(
                kind=InstructionKind.MERGED_EXERCISE,
                contract_code=pair.call.code,
                second_code=pair.put.code,
                quantity=pair.quantity,
            )
            for pair in self.pairs
        ]
        found += [
            InstructionRequest(
                kind=InstructionKind.EXERCISE, contract_code=single.contract.code, quantity=single.quantity
            )
            for single in self.singles
        ]
        return found


class ExercisePlan:
    """Keeps the choices of one day; what nobody has chosen is what brings most."""

    def __init__(self, desk: ExpiryDesk) -> None:
        self._desk = desk
        self._choices: dict[str, Disposition] = {}
        self._quantities: dict[str, int] = {}

    def choose(self, code: str, choice: Disposition) -> None:
        """What is to become of a holding."""
        self._choices[code] = choice

    def set_quantity(self, code: str, quantity: int) -> None:
        """How many of it; what is more than can be exercised counts as all, less than one as one."""
        self._quantities[code] = quantity

    def forget(self, code: str = "") -> None:
        """Back to what brings most: one holding, or all."""
        for kept in (self._choices, self._quantities):
            kept.pop(code, None) if code else kept.clear()

    def take_pairs(self, pairs: tuple[MergedPair, ...]) -> None:
        """Merge what is proposed; the rest of each holding is exercised by itself."""
        for pair in pairs:
            self._choices[pair.call.code] = self._choices[pair.put.code] = Disposition.MERGED

    def chosen(self, row: HoldingRow) -> Chosen:
        """What stands for one holding now."""
        choice = self._choices.get(row.contract.code)
        if row.abandoned is not None:
            choice = Disposition.ABANDON
        elif choice is None:
            choice = self._suggested(row)
        wanted = self._quantities.get(row.contract.code, row.exercisable)
        return Chosen(row, choice, min(max(wanted, min(row.exercisable, 1)), row.exercisable))

    def plan(self, expiry: date, underlying: str = "") -> Plan:
        """Everything as it stands."""
        chosen = tuple([self.chosen(row) for row in self._desk.holdings(expiry, underlying)])
        wanted = [
            Exercise(c.row.contract, c.quantity)
            for c in chosen
            if c.choice in (Disposition.EXERCISE, Disposition.MERGED) and c.quantity > 0
        ]
        merging = [
            Exercise(c.row.contract, c.quantity) for c in chosen if c.choice is Disposition.MERGED and c.quantity > 0
        ]
        pairs = find_pairs(merging, self._desk.prices())
        singles = left_alone(wanted, pairs)
        return Plan(chosen, tuple(singles), tuple(pairs), self._desk.needs(singles, pairs))

    def proposed(self, plan: Plan) -> tuple[MergedPair, ...]:
        """Pairs that could be made of what is to be exercised by itself; none where the venue takes no pairs."""
        if not self._desk.profile.capabilities.merged_exercise:
            return ()
        return tuple(find_pairs(plan.singles, self._desk.prices()))

    def can_sell(self, row: HoldingRow) -> bool:
        """Whether the contract still trades."""
        phase = self._desk.market.phase_of(row.contract.code)
        return takes_orders(phase) or phase in (Phase.PRE_OPEN, Phase.LUNCH)

    def _suggested(self, row: HoldingRow) -> Disposition:
        best = row.worth.best
        if best is Disposition.SELL and not self.can_sell(row):
            return Disposition.EXERCISE if row.worth.exercise > 0 else Disposition.ABANDON
        return best


def withdrawals(instructions: InstructionService) -> list[InstructionRequest]:
    """What could be taken back now: each exercise and each pair in force, whole."""
    asked = {(r.kind, r.contract_code, r.second_code) for r in instructions.reports if r.reason is None}
    found = []
    for kind, code, second in sorted(asked):
        if kind is InstructionKind.EXERCISE and (quantity := instructions.exercises_in_force(code)):
            back = InstructionKind.WITHDRAW_EXERCISE
            found.append(InstructionRequest(kind=back, contract_code=code, quantity=quantity))
        elif kind is InstructionKind.MERGED_EXERCISE and (quantity := instructions.merged_in_force(code, second)):
            back = InstructionKind.WITHDRAW_MERGED
            found.append(InstructionRequest(kind=back, contract_code=code, second_code=second, quantity=quantity))
    return found
