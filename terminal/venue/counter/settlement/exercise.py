"""Exercise on the expiry day: which instructions stand, who is assigned, and what leaves (rulebook 6)."""

from collections import defaultdict
from decimal import Decimal
from random import Random

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.reasons import Denial, Reason
from terminal.domain.settlement import Delivery
from terminal.rules.delivery import deliver_assigned_calls
from terminal.rules.exercise import assign, check_exercise, check_merged, exercise_cash, exercise_shares
from terminal.venue.counter.settlement.context import StepContext
from terminal.venue.counter.settlement.entries import AccountTold, ContractAssigned, ExercisesJudged, Expired
from terminal.venue.counter.settlement.positions import SHORTS, cash_of, standing
from terminal.venue.counter.state import AccountState

#: Name of those who are no clients among the shorts of a contract; no account id has a slash
_MARKET = "/market"


def judge_exercises(step: StepContext) -> None:
    """Check each exercise against what is still long, and against money and shares; pairs first (行权有效性检查)."""
    for account in step.accounts():
        if account.exercises or account.merged_exercises:
            _judge(step, account)


def _judge(step: StepContext, account: AccountState) -> None:
    longs = {
        contract_code: position.quantity - position.combined
        for _, contract_code, position in standing(account, (PositionSide.LONG,))
    }
    valid: dict[str, int] = defaultdict(int)
    shares_held: dict[str, int] = defaultdict(int)
    refused: list[AccountTold] = []

    def refuse(kind: InstructionKind, denial: Denial, quantity: int, code: str, second: str = "") -> None:
        told = AccountTold(
            account_id=account.account_id,
            kind=kind,
            contract_code=code,
            second_code=second,
            quantity=quantity,
            reason=denial.reason,
            detail=denial.detail,
            at=step.now,
        )
        refused.append(told)

    def not_today(code: str) -> Denial | None:
        contract = step.day.contracts.get(code)
        if contract is not None and step.inputs.trading_day >= contract.exercise_day:
            return None
        given = step.inputs.trading_day.isoformat()
        return Denial(Reason.EXERCISE_DAY, "contract", given, contract.exercise_day.isoformat() if contract else "")

    for pair, quantity in sorted(account.merged_exercises.items()):
        call_code, put_code = pair.split(",")
        if denial := not_today(call_code) or not_today(put_code):
            refuse(InstructionKind.MERGED_EXERCISE, denial, quantity, call_code, put_code)
            continue
        free_calls = longs.get(call_code, 0) - valid[call_code]
        free_puts = longs.get(put_code, 0) - valid[put_code]
        stands = min(quantity, max(free_calls, 0), max(free_puts, 0))
        call, put = step.contract(call_code), step.contract(put_code)
        broken = check_merged(call, put, quantity, net_long_calls=free_calls, net_long_puts=free_puts)
        if broken is not None and broken.reason is not Reason.POSITION:
            stands = 0
        if broken is not None and stands < quantity:
            refuse(InstructionKind.MERGED_EXERCISE, broken, quantity - stands, call_code, put_code)
        valid[call_code] += stands
        valid[put_code] += stands
    cash = cash_of(account, step.books.ledger)
    for contract_code, quantity in sorted(account.exercises.items()):
        if denial := not_today(contract_code):
            refuse(InstructionKind.EXERCISE, denial, quantity, contract_code)
            continue
        contract = step.contract(contract_code)
        holding = account.holdings.get(contract.underlying)
        shares = (holding.total - holding.locked if holding else 0) - shares_held[contract.underlying]
        stands, denial = _greatest(
            step, contract, quantity, longs.get(contract_code, 0), valid[contract_code], cash, shares
        )
        if denial is not None:
            refuse(InstructionKind.EXERCISE, denial, quantity - stands, contract_code)
        if stands:
            valid[contract_code] += stands
            cash -= exercise_cash(contract, stands, step.rules.fees)
            shares_held[contract.underlying] += exercise_shares(contract, stands)
    step.write(
        ExercisesJudged(
            account_id=account.account_id,
            valid={code: n for code, n in valid.items() if n},
            frozen_shares={code: n for code, n in shares_held.items() if n},
        )
    )
    for told in refused:
        step.tell(told)


def _greatest(
    step: StepContext, contract: Contract, quantity: int, net_long: int, entered: int, cash: Decimal, shares: int
) -> tuple[int, Denial | None]:
    """As many of an exercise as stand, and why not all of it."""

    def denial(wanted: int) -> Denial | None:
        return check_exercise(
            contract,
            wanted,
            net_long=net_long,
            already_entered=entered,
            available_cash=cash,
            available_shares=shares,
            fees=step.rules.fees,
        )

    first = denial(quantity)
    if first is None:
        return quantity, None
    low, high = 0, quantity
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if denial(middle) is None else (low, middle)
    return low, first


def assign_exercises(step: StepContext) -> None:
    """Share the exercises of each expiring contract out to all shorts of the market (行权指派).

    Those who are no clients exercise what is in the money, and carry their part of the assignments.
    """
    longs: dict[str, int] = defaultdict(int)
    shorts: dict[str, dict[tuple[str, PositionSide], int]] = defaultdict(dict)
    exercised: dict[str, int] = defaultdict(int)
    for account in step.accounts():
        for side, contract_code, position in standing(account):
            if side is PositionSide.LONG:
                longs[contract_code] += position.quantity
            else:
                shorts[contract_code][account.account_id, side] = position.quantity
        for contract_code, quantity in step.state.exercised.get(account.account_id, {}).items():
            exercised[contract_code] += quantity
    for contract_code, contract in step.day.contracts.items():
        if step.expires(contract):
            _assign(step, contract, longs[contract_code], shorts[contract_code], exercised[contract_code])


def open_interest_left(step: StepContext, contract_code: str, longs: int, shorts: int) -> int:
    """Open contracts after netting, never fewer than clients hold on either side."""
    counted = step.inputs.open_interest.get(contract_code, 0) - step.state.netted.get(contract_code, 0)
    return max(counted, longs, shorts)


def _assign(
    step: StepContext,
    contract: Contract,
    longs: int,
    shorts: dict[tuple[str, PositionSide], int],
    exercised: int,
) -> None:
    short_total = sum(shorts.values())
    total = open_interest_left(step, contract.code, longs, short_total)
    close = step.close(contract.underlying)
    inside = close - contract.strike if contract.right is Right.CALL else contract.strike - close
    by_market = total - longs if inside > 0 else 0
    names = {f"{account_id}/{side}": quantity for (account_id, side), quantity in shorts.items()}
    names[_MARKET] = total - short_total
    draws = Random(f"{step.inputs.seed}/{step.inputs.trading_day.isoformat()}/{contract.code}")
    assigned = assign(names, exercised + by_market, draws)
    rows: dict[str, list[int]] = {}
    for account_id, side in shorts:
        quantity = assigned[f"{account_id}/{side}"]
        if quantity:
            rows.setdefault(account_id, [0, 0])[SHORTS.index(side)] = quantity
    if not (exercised or by_market):
        return
    step.write(
        ContractAssigned(
            contract_code=contract.code,
            exercised=exercised,
            market_exercised=by_market,
            market_assigned=assigned[_MARKET],
            rows=tuple((account_id, short, covered) for account_id, (short, covered) in rows.items()),
        )
    )
    for account_id, (short, covered) in rows.items():
        step.tell(
            AccountTold(
                account_id=account_id,
                kind=InstructionKind.EXERCISE,
                underlying=contract.underlying,
                contract_code=contract.code,
                quantity=short + covered,
                amount=contract.strike * contract.multiplier * (short + covered),
                at=step.now,
            )
        )


def expire(step: StepContext) -> None:
    """Take positions of expired contracts out; what is exercised or assigned becomes a delivery (合约到期)."""
    for account in step.accounts():
        codes = tuple(dict.fromkeys(code for _, code, _ in standing(account) if step.expires(step.contract(code))))
        if codes:
            _expire(step, account, codes)


def _expire(step: StepContext, account: AccountState, codes: tuple[str, ...]) -> None:
    exercised = step.state.exercised.get(account.account_id, {})
    assigned = step.state.assigned.get(account.account_id, {})
    deliveries: list[Delivery] = []
    for code in codes:
        contract, (short, covered) = step.contract(code), assigned.get(code, (0, 0))
        for side, quantity in (
            (PositionSide.LONG, exercised.get(code, 0)),
            (PositionSide.SHORT, short),
            (PositionSide.COVERED, covered),
        ):
            if quantity:
                deliveries.append(delivery_of(step, contract, side, quantity))
    unlocked: dict[str, int] = defaultdict(int)
    frozen = {underlying: holding.exercising for underlying, holding in account.holdings.items()}
    for delivery in deliveries:
        if delivery.side is PositionSide.COVERED:
            holding = account.holding(delivery.underlying)
            moved = min(delivery.shares, holding.locked - unlocked[delivery.underlying])
            unlocked[delivery.underlying] += moved
            frozen[delivery.underlying] = frozen.get(delivery.underlying, 0) + moved
    step.write(
        Expired(
            account_id=account.account_id,
            codes=codes,
            deliveries=tuple(deliveries),
            frozen_delivery=_money_to_hold(step, account, [*account.deliveries, *deliveries], frozen),
            frozen_shares={u: n for u, n in frozen.items() if n},
            unlocked={u: n for u, n in unlocked.items() if n},
        )
    )


def delivery_of(step: StepContext, contract: Contract, side: PositionSide, quantity: int) -> Delivery:
    """What an exercise or an assignment leaves to be settled."""
    return Delivery(
        contract_code=contract.code,
        underlying=contract.underlying,
        right=contract.right,
        side=side,
        strike=contract.strike,
        multiplier=contract.multiplier,
        quantity=quantity,
        exercise_day=step.inputs.trading_day,
        delivery_day=step.inputs.next_day,
    )


def _money_to_hold(
    step: StepContext, account: AccountState, deliveries: list[Delivery], frozen: dict[str, int]
) -> Decimal:
    """Money for what is bought, less what exercised puts bring, and for calls there are no shares to deliver for (D).

    The last is an estimate at today's close; what is short tomorrow is reckoned at tomorrow's.
    """
    hold = ZERO
    free = {
        underlying: holding.total - holding.locked - frozen.get(underlying, 0)
        for underlying, holding in account.holdings.items()
    }
    for delivery in deliveries:
        if delivery.side is PositionSide.LONG:
            hold += delivery.amount if delivery.right is Right.CALL else -delivery.amount
        elif delivery.right is Right.PUT:
            hold += delivery.amount
        elif delivery.side is PositionSide.SHORT:
            there = max(free.get(delivery.underlying, 0), 0)
            outcome = deliver_assigned_calls(
                delivery.quantity,
                strike=delivery.strike,
                multiplier=delivery.multiplier,
                covered_shares=0,
                other_covered_shares=0,
                free_shares=there,
                close=step.close(delivery.underlying),
                rules=step.rules.delivery,
            )
            free[delivery.underlying] = there - outcome.shares_free
            hold += outcome.cash_paid
    return max(hold, ZERO)
