"""Movements of clients' money (资金流水), read from the ledger's postings: one pass for all accounts."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.domain.calendar import SHANGHAI
from terminal.domain.settlement import CashKind, CashMovement
from terminal.venue.counter.ledger import (
    BANK,
    CASH_SETTLEMENT,
    DIVIDENDS,
    EXERCISE_CLEARING,
    EXERCISE_FEES,
    FEES,
    INTEREST,
    PENALTIES,
    PREMIUM_CLEARING,
    Ledger,
)
from terminal.venue.counter.state import AccountState

_KINDS = {
    PREMIUM_CLEARING: CashKind.PREMIUM,
    FEES: CashKind.FEE,
    EXERCISE_CLEARING: CashKind.EXERCISE,
    CASH_SETTLEMENT: CashKind.CASH_SETTLEMENT,
    EXERCISE_FEES: CashKind.EXERCISE_FEE,
    INTEREST: CashKind.INTEREST,
    PENALTIES: CashKind.PENALTY,
    DIVIDENDS: CashKind.DIVIDEND,
}
_CASH = "client_cash/"
_MARGIN = "margin_held/"


def cash_movements(
    accounts: Mapping[str, AccountState], ledger: Ledger, trading_day: date, settled_at: datetime
) -> dict[str, list[CashMovement]]:
    """Every posting on the cash of each account, in order; the balance is what is outside margin.

    A movement that a report tells of has the report's time, the day's opening has midnight, all else `settled_at`.
    """
    found: dict[str, list[CashMovement]] = {account_id: [] for account_id in accounts}
    balances = dict.fromkeys(accounts, ZERO)
    midnight = datetime.combine(trading_day, time(), SHANGHAI)
    for posting in ledger.postings:
        for name, contra, amount in (
            (posting.debit, posting.credit, -posting.amount),
            (posting.credit, posting.debit, posting.amount),
        ):
            if not name.startswith(_CASH):
                continue
            account_id = name[len(_CASH) :]
            account = accounts[account_id]
            balances[account_id] += amount
            at, code = _told(account, posting.cause, midnight, settled_at)
            movements = found[account_id]
            movements.append(
                CashMovement(
                    number=len(movements) + 1,
                    at=at,
                    trading_day=trading_day,
                    kind=_kind(contra, posting.cause, amount),
                    amount=amount,
                    balance=balances[account_id],
                    cause=posting.cause,
                    contract_code=code,
                )
            )
    return found


def _kind(contra: str, cause: str, amount: Decimal) -> CashKind:
    if contra.startswith(_MARGIN):
        return CashKind.MARGIN
    if contra == BANK:
        if cause == "opening":
            return CashKind.OPENING
        return CashKind.TRANSFER_IN if amount > 0 else CashKind.TRANSFER_OUT
    return _KINDS.get(contra, CashKind.FEE)


def _told(account: AccountState, cause: str, midnight: datetime, settled_at: datetime) -> tuple[datetime, str]:
    """When a posting was told, and the contract it is about."""
    if cause == "opening":
        return midnight, ""
    step, _, code = cause.partition("/")
    if code:
        return settled_at, code if not step.startswith("release") else ""
    number = cause.rpartition("-")[2]
    if number.isdecimal() and 0 < int(number) <= len(account.reports):
        report = account.reports[int(number) - 1]
        return report.at, report.contract_code
    return settled_at, ""
