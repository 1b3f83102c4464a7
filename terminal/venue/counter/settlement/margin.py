"""Combinations that end by themselves, and maintenance margin by settlement price and close (rulebook 4.2, 4.4)."""

from collections.abc import Callable
from decimal import Decimal

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Contract, kind_of
from terminal.domain.instructions import InstructionKind
from terminal.rules.client_margin import MarginKind, SettledLeg, client_combination_margin, client_margin
from terminal.rules.margin import maintenance_margin, rates_of
from terminal.venue.counter.settlement.context import StepContext
from terminal.venue.counter.settlement.entries import AccountTold, CombinationReleased, MarginMarked
from terminal.venue.counter.settlement.positions import standing
from terminal.venue.counter.state import AccountState, CombinationState


def release_combinations(step: StepContext) -> None:
    """Release spreads at the end of E-2, short pairs at that of E, and all with a leg that is adjusted tomorrow."""
    adjusted = set(step.inputs.adjusted)
    for account in step.accounts():
        for number, combination in list(account.combinations.items()):
            if not _ends(step, combination, adjusted):
                continue
            step.write(CombinationReleased(account_id=account.account_id, number=number))
            step.tell(
                AccountTold(
                    account_id=account.account_id,
                    kind=InstructionKind.RELEASE,
                    contract_code=combination.first_code,
                    second_code=combination.second_code,
                    strategy=combination.strategy,
                    combination_id=number,
                    quantity=combination.quantity,
                    at=step.now,
                )
            )


def _ends(step: StepContext, combination: CombinationState, adjusted: set[str]) -> bool:
    if combination.first_code in adjusted or combination.second_code in adjusted:
        return True
    rules = step.rules.combinations
    days = rules.pair_release_days if combination.strategy.is_short_pair else rules.spread_release_days
    return step.days_left(step.contract(combination.first_code)) <= days


def mark_margin(step: StepContext) -> None:
    """Hold what the positions need from now on, naked ones and combinations (维持保证金)."""
    margin_of = _margins(step)
    of_combination: dict[tuple[str, str, str, str], Decimal] = {}
    for account in step.accounts():
        group = account.profile.margin_group or step.rules.margin.default_group
        positions = {}
        for _, contract_code, position in standing(account, (PositionSide.SHORT,)):
            margin = margin_of(step.contract(contract_code), group) * (position.quantity - position.combined)
            if margin != position.margin:
                positions[contract_code] = margin
        combinations = {}
        for number, combination in account.combinations.items():
            key = (combination.strategy, combination.first_code, combination.second_code, group)
            if key not in of_combination:
                of_combination[key] = _combination_margin(step, combination, group)
            margin = of_combination[key] * combination.quantity
            if margin != combination.margin:
                combinations[number] = margin
        if positions or combinations:
            entry = MarginMarked(account_id=account.account_id, positions=positions, combinations=combinations)
            step.write(entry)


def _margins(step: StepContext) -> Callable[[Contract, str], Decimal]:
    """Margin of one short contract by client group; each is reckoned once."""
    known: dict[tuple[str, str], Decimal] = {}

    def margin_of(contract: Contract, group: str) -> Decimal:
        found = known.get((contract.code, group))
        if found is None:
            found = known[contract.code, group] = client_margin(
                contract,
                kind=MarginKind.MAINTENANCE,
                underlying_price=step.close(contract.underlying),
                settlement=step.price(contract.code),
                group=group,
                days_to_expiry=step.days_left(contract),
                rules=step.rules.margin,
            )
        return found

    return margin_of


def _combination_margin(step: StepContext, combination: CombinationState, group: str) -> Decimal:
    first, second = step.contract(combination.first_code), step.contract(combination.second_code)
    first_side = PositionSide.SHORT if combination.strategy.is_short_pair else PositionSide.LONG
    return client_combination_margin(
        combination.strategy,
        (
            SettledLeg(first, first_side, step.price(first.code)),
            SettledLeg(second, PositionSide.SHORT, step.price(second.code)),
        ),
        kind=MarginKind.MAINTENANCE,
        underlying_price=step.close(first.underlying),
        group=group,
        days_to_expiry=step.days_left(first),
        rules=step.rules.margin,
    )


def exchange_margins(step: StepContext) -> Callable[[AccountState], Decimal]:
    """What the clearing house asks the member for an account's naked shorts and combinations, yuan.

    Combinations are asked for with what the client holds: the clearing house's own figure is never above it.
    """
    known: dict[str, Decimal] = {}

    def of_contract(contract: Contract) -> Decimal:
        found = known.get(contract.code)
        if found is None:
            kind = kind_of(contract.underlying)
            found = known[contract.code] = maintenance_margin(
                right=contract.right,
                strike=contract.strike,
                multiplier=contract.multiplier,
                underlying_close=step.close(contract.underlying),
                settlement=step.price(contract.code),
                underlying_kind=kind,
                rates=rates_of(step.rules.margin, kind, contract.right),
            )
        return found

    def of_account(account: AccountState) -> Decimal:
        naked = sum(
            (
                of_contract(step.contract(code)) * (position.quantity - position.combined)
                for _, code, position in standing(account, (PositionSide.SHORT,))
            ),
            Decimal(0),
        )
        return naked + sum((c.margin for c in account.combinations.values()), Decimal(0))

    return of_account
