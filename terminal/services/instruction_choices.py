"""What may stand in the fields of an instruction now: the contracts and pairs of the account that fit its kind."""

from dataclasses import dataclass

from terminal.domain.accounts import PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right
from terminal.domain.instructions import InstructionKind
from terminal.rules.combinations import ContractLeg, identify
from terminal.services.instructions import InstructionService
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Choice:
    """One contract that fits, the side it is held on, and how many of it."""

    contract: Contract
    side: PositionSide
    quantity: int


class InstructionChoices:
    """Looks the fitting contracts up in the account as it stands."""

    def __init__(self, market: MarketData, portfolio: Portfolio, instructions: InstructionService) -> None:
        self._market = market
        self._portfolio = portfolio
        self._instructions = instructions

    def first(self, kind: InstructionKind) -> list[Choice]:
        """Contracts for the first field, those that expire soonest first."""
        found: dict[str, Choice] = {}
        for (code, side), position in self._portfolio.positions.items():
            contract = self._market.contract(code)
            if contract is None:
                continue
            quantity = 0
            match kind:
                case InstructionKind.EXERCISE if side is PositionSide.LONG:
                    quantity = self._instructions.checks.exercisable(contract)
                case InstructionKind.WITHDRAW_EXERCISE if side is PositionSide.LONG:
                    quantity = self._instructions.exercises_in_force(code)
                case InstructionKind.MERGED_EXERCISE if side is PositionSide.LONG and contract.right is Right.CALL:
                    quantity = self._instructions.checks.exercisable(contract)
                case InstructionKind.WITHDRAW_MERGED if side is PositionSide.LONG and contract.right is Right.CALL:
                    quantity = position.exercising_quantity
                case InstructionKind.COMBINE if side is not PositionSide.COVERED:
                    quantity = position.available_quantity
                case InstructionKind.TO_COVERED if side is PositionSide.SHORT and contract.right is Right.CALL:
                    quantity = position.available_quantity
                case InstructionKind.TO_NAKED if side is PositionSide.COVERED:
                    quantity = position.available_quantity
            # The long side of a contract held on both is the one a combination takes
            if quantity > 0 and (code not in found or side is PositionSide.LONG):
                found[code] = Choice(contract, side, quantity)
        return sorted(found.values(), key=_place)

    def second(self, kind: InstructionKind, first_code: str) -> list[Choice]:
        """Contracts that go with the first one: puts of higher strike, or legs that form a combination with it."""
        first = self._market.contract(first_code)
        if first is None:
            return []
        if kind is InstructionKind.COMBINE:
            return [c for c in self.first(kind) if c.contract.code != first_code and self.strategy(first_code, c)]
        if kind is InstructionKind.MERGED_EXERCISE:
            puts = [c for c in self.first(InstructionKind.EXERCISE) if c.contract.right is Right.PUT]
            return [c for c in puts if _pairs(first, c.contract)]
        if kind is InstructionKind.WITHDRAW_MERGED:
            codes = {c for c, side in self._portfolio.positions if side is PositionSide.LONG}
            known = [c for c in map(self._market.contract, sorted(codes)) if c is not None]
            pairs = ((c, self._instructions.merged_in_force(first_code, c.code)) for c in known)
            return [Choice(c, PositionSide.LONG, quantity) for c, quantity in pairs if quantity > 0]
        return []

    def strategy(self, first_code: str, second: Choice | str) -> CombinationStrategy | None:
        """Which combination the two form; None for none."""
        checks = self._instructions.checks
        first = checks.leg(first_code)
        other = checks.leg(second) if isinstance(second, str) else ContractLeg(second.contract, second.side)
        if first is None or other is None:
            return None
        return next(iter(identify(first, other)), None)


def _place(choice: Choice) -> tuple[object, ...]:
    c = choice.contract
    return c.expiry, c.underlying, c.strike, c.right.value


def _pairs(call: Contract, put: Contract) -> bool:
    return (
        put.underlying == call.underlying
        and put.exercise_day == call.exercise_day
        and put.multiplier == call.multiplier
        and put.strike > call.strike
    )
