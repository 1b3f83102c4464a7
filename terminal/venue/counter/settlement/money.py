"""Money at the day's end: fees of exercise, interest, dividends, clearing accounts, and what is called for."""

from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Right, kind_of
from terminal.domain.instructions import InstructionKind
from terminal.domain.reasons import Reason
from terminal.domain.settlement import CashKind
from terminal.rules.exercise import exercise_fee
from terminal.rules.restriction import float_share, restricted_next_day
from terminal.rules.rounding import to_cents
from terminal.rules.underlyings import underlying_rules
from terminal.venue.counter.funds import available_funds, balance_of
from terminal.venue.counter.ledger import DIVIDENDS, EXERCISE_CLEARING, PREMIUM_CLEARING, SHARE_CLEARING
from terminal.venue.counter.settlement.context import StepContext
from terminal.venue.counter.settlement.entries import (
    AccountTold,
    ClearingSettled,
    MarginCalled,
    MoneyBooked,
    TomorrowSet,
)
from terminal.venue.counter.settlement.exercise import open_interest_left
from terminal.venue.counter.settlement.margin import exchange_margins
from terminal.venue.counter.settlement.positions import SHORTS, standing

#: Clearing accounts that are zero once a day is settled
CLEARING = (PREMIUM_CLEARING, SHARE_CLEARING, EXERCISE_CLEARING, DIVIDENDS)


def charge_exercise(step: StepContext) -> None:
    """The clearing house's fee from who exercised (rulebook 9); the assigned pay none."""
    for account_id, valid in step.state.exercised.items():
        for contract_code, quantity in valid.items():
            fee = exercise_fee(step.rules.fees, quantity)
            if fee:
                step.write(
                    MoneyBooked(
                        account_id=account_id,
                        kind=CashKind.EXERCISE_FEE,
                        amount=-fee,
                        contract_code=contract_code,
                    )
                )


def book_interest(step: StepContext) -> None:
    """Interest on balances, or on overdrafts, for the calendar days until the next trading day; penalty on defaults.

    A default is what could not be paid at today's delivery (rulebook 6); its penalty comes on top of the overdraft's.
    """
    rules = step.rules.interest
    days = (step.inputs.next_day - step.inputs.trading_day).days
    for account in step.accounts():
        balance = balance_of(account, step.books.ledger)
        if balance > 0:
            amount = to_cents(balance * rules.credit_per_year * days / rules.day_count)
        else:
            amount = to_cents(balance * rules.overdraft_per_day * days)
        if amount:
            step.write(MoneyBooked(account_id=account.account_id, kind=CashKind.INTEREST, amount=amount))
        short = step.state.cash_short.get(account.account_id, ZERO)
        penalty = to_cents(short * rules.penalty_per_day * days)
        if penalty:
            step.write(MoneyBooked(account_id=account.account_id, kind=CashKind.PENALTY, amount=-penalty))


def settle_cash(step: StepContext) -> None:
    """Pay dividends, settle the member's net amounts over the bank, and call for the money that is missing."""
    for account in step.accounts():
        for underlying, holding in account.holdings.items():
            dividend = to_cents(step.inputs.dividends.get(underlying, ZERO) * (holding.total + holding.disposal))
            if dividend:
                step.write(
                    MoneyBooked(
                        account_id=account.account_id,
                        kind=CashKind.DIVIDEND,
                        amount=dividend,
                        contract_code=underlying,
                    )
                )
    ledger = step.books.ledger
    for name in CLEARING:
        balance = ledger.balance(name)
        if balance:
            step.write(ClearingSettled(clearing=name, amount=-balance))
    for account in step.accounts():
        called = max(-available_funds(account, ledger), ZERO)
        if called != account.margin_call:
            step.write(MarginCalled(account_id=account.account_id, amount=called))
        if called:
            step.tell(
                AccountTold(
                    account_id=account.account_id,
                    kind=InstructionKind.CASH_IN,
                    amount=called,
                    reason=Reason.FUNDS,
                    detail=f"account {called:f} | {step.inputs.next_day.isoformat()} "
                    f"{step.rules.clearing.forced_close_by:%H:%M}",
                    at=step.now,
                )
            )


def set_tomorrow(step: StepContext) -> None:
    """Open interest that is left, months of calls closed to opening (限开仓), and the member's reserve."""
    longs: dict[str, int] = {}
    shorts: dict[str, int] = {}
    reserve = step.rules.clearing.reserve_minimum
    exchange_margin = exchange_margins(step)
    for account in step.accounts():
        reserve += balance_of(account, step.books.ledger) - exchange_margin(account)
        for side, code, position in standing(account):
            counts = shorts if side in SHORTS else longs
            counts[code] = counts.get(code, 0) + position.quantity
    left: dict[str, int] = {}
    months: dict[tuple[str, str], list[str]] = {}
    for code, contract in step.day.contracts.items():
        if step.expires(contract):
            continue
        left[code] = open_interest_left(step, code, longs.get(code, 0), shorts.get(code, 0))
        if contract.right is Right.CALL:
            months.setdefault((contract.underlying, contract.expiry.isoformat()), []).append(code)
    restricted: list[str] = []
    for (underlying, _), codes in months.items():
        rules = underlying_rules(step.rules, underlying)
        share = float_share([(left[c], step.contract(c).multiplier) for c in codes], rules.float_shares)
        today = any(step.contract(c).opening_restricted for c in codes)
        if restricted_next_day(share, today, step.rules.restriction, kind_of(underlying)):
            restricted += codes
    step.write(TomorrowSet(open_interest=left, restricted=tuple(restricted), reserve=Decimal(reserve)))
