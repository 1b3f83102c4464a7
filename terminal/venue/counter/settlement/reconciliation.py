"""Reconciliation of a settled day (对账, A10): ledger, positions, money, shares; each check by a way of its own."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import InstructionReport
from terminal.venue.counter.funds import balance_of
from terminal.venue.counter.ledger import CASH_SETTLEMENT, client_cash, margin_held
from terminal.venue.counter.settlement.context import SettlementStopped, StepContext
from terminal.venue.counter.settlement.money import CLEARING
from terminal.venue.counter.settlement.positions import legs_of, standing
from terminal.venue.counter.state import AccountState


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what it is about, what must be and what is."""

    name: str
    expected: Decimal | int
    found: Decimal | int

    @property
    def is_break(self) -> bool:
        """Whether the two differ."""
        return self.expected != self.found


def checks(step: StepContext) -> list[Check]:
    """Every comparison of the day, in order."""
    ledger, state = step.books.ledger, step.state
    trial = ledger.trial_balance()
    found = [Check("trial balance", ZERO, sum(trial.values(), ZERO))]
    found += [Check(f"balance of {name}", ZERO, trial.get(name, ZERO)) for name in (*CLEARING, CASH_SETTLEMENT)]
    found += [Check(f"shares in delivery of {u}", 0, shares) for u, shares in state.shares.items()]
    assigned: dict[str, int] = defaultdict(int)
    exercised: dict[str, int] = defaultdict(int)
    for by_contract in state.assigned.values():
        for code, (short, covered) in by_contract.items():
            assigned[code] += short + covered
    for valid in state.exercised.values():
        for code, quantity in valid.items():
            exercised[code] += quantity
    for code, by_market in state.market_exercised.items():
        whole = exercised[code] + by_market
        found.append(Check(f"assigned of {code}", whole, assigned[code] + state.market_assigned[code]))
    for account in step.accounts():
        found += _account_checks(step, account, trial)
    return found


def reconcile(step: StepContext) -> None:
    """Compare; raises SettlementStopped that names the first break and says how many there are."""
    breaks = [check for check in checks(step) if check.is_break]
    if breaks:
        first = breaks[0]
        raise SettlementStopped(
            f"reconciliation of {step.inputs.trading_day}: {first.name} is {first.found}, must be {first.expected}"
            f" ({len(breaks)} breaks)"
        )


def _account_checks(step: StepContext, account: AccountState, trial: dict[str, Decimal]) -> list[Check]:
    account_id, ledger = account.account_id, step.books.ledger
    held = sum((p.margin for _, _, p in standing(account, (PositionSide.SHORT,))), ZERO)
    held += sum((c.margin for c in account.combinations.values()), ZERO)
    money = -(trial[client_cash(account_id)] + trial[margin_held(account_id)])
    found = [
        Check(f"margin of {account_id}", held, -trial[margin_held(account_id)]),
        Check(f"money of {account_id}", money, balance_of(account, ledger)),
    ]
    covering: dict[str, int] = defaultdict(int)
    for _, code, position in standing(account, (PositionSide.COVERED,)):
        contract = step.contract(code)
        covering[contract.underlying] += position.quantity * contract.multiplier
    for underlying, holding in account.holdings.items():
        found.append(Check(f"cover of {account_id} in {underlying}", covering[underlying], holding.covering))
        negative = min(holding.total, holding.locked, holding.exercising, holding.disposal, holding.free, 0)
        found.append(Check(f"shares of {account_id} in {underlying}", 0, negative))
        told = _shares_told(account, underlying)
        found.append(Check(f"shares bought by {account_id} in {underlying}", told[0], holding.bought_today))
        found.append(Check(f"shares sold by {account_id} in {underlying}", told[1], holding.sold_today))
    combined = legs_of(account.combinations.values())
    for side, code, position in standing(account):
        found.append(Check(f"legs of {account_id} in {code}", combined[side, code], position.combined))
    return found


def _shares_told(account: AccountState, underlying: str) -> tuple[int, int]:
    """Shares that the day's reports say were bought and sold."""
    bought = sold = 0
    for sequence in account.instructions.values():
        report = account.reports[sequence - 1]
        if isinstance(report, InstructionReport) and report.reason is None and report.underlying == underlying:
            bought += report.quantity if report.kind is InstructionKind.BUY_SHARES else 0
            sold += report.quantity if report.kind is InstructionKind.SELL_SHARES else 0
    return bought, sold
