"""The movements of an account's money (资金流水), read off the ledger."""

from collections.abc import Iterator
from datetime import date, datetime, time

from terminal.domain.accounts import ZERO
from terminal.domain.calendar import SHANGHAI
from terminal.domain.instructions import SHARE_TRADES
from terminal.domain.messages import InstructionReport
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
    SHARE_CLEARING,
    Ledger,
    Posting,
    client_cash,
    margin_held,
)
from terminal.venue.counter.state import AccountState

_KINDS = {
    PREMIUM_CLEARING: CashKind.PREMIUM,
    FEES: CashKind.FEE,
    SHARE_CLEARING: CashKind.SHARES,
    EXERCISE_CLEARING: CashKind.EXERCISE,
    CASH_SETTLEMENT: CashKind.CASH_SETTLEMENT,
    EXERCISE_FEES: CashKind.EXERCISE_FEE,
    INTEREST: CashKind.INTEREST,
    PENALTIES: CashKind.PENALTY,
    DIVIDENDS: CashKind.DIVIDEND,
}


def movements(
    account: AccountState, ledger: Ledger, trading_day: date, settled_at: datetime | None = None
) -> Iterator[CashMovement]:
    """Every movement of the account's cash of the day, in order, each with the cash after it.

    Margin is told as leaving the cash and coming back to it: cash and margin together are the account's balance. What
    a report tells of has the report's time, what the day's end moved `settled_at`, all else the day's midnight.
    """
    midnight = datetime.combine(trading_day, time(), SHANGHAI)
    cash, balance = client_cash(account.account_id), ZERO
    for number, posting in enumerate(ledger.journals.get(cash, ()), start=1):
        comes_in = posting.credit == cash
        amount = posting.amount if comes_in else -posting.amount
        balance += amount
        at, contract_code = _told(account, posting.cause, midnight, settled_at or midnight)
        yield CashMovement(
            number=number,
            at=at,
            trading_day=trading_day,
            kind=_kind(account, posting, comes_in=comes_in),
            amount=amount,
            balance=balance,
            cause=posting.cause,
            contract_code=contract_code,
        )


def _kind(account: AccountState, posting: Posting, *, comes_in: bool) -> CashKind:
    """Why it moved: the other side of the posting says it."""
    other = posting.debit if comes_in else posting.credit
    if other == margin_held(account.account_id):
        return CashKind.MARGIN
    if other != BANK:
        return _KINDS[other]
    if posting.cause == "opening":
        return CashKind.OPENING
    return CashKind.TRANSFER_IN if comes_in else CashKind.TRANSFER_OUT


def _told(account: AccountState, cause: str, midnight: datetime, settled_at: datetime) -> tuple[datetime, str]:
    """When a posting was told, and the contract it is about."""
    step, _, code = cause.partition("/")
    if code:
        # A step of the day's end and what it was about: a combination has a number, no code
        return settled_at, "" if step == "release" else code
    number = cause.rpartition("-")[2]
    if not number.isdecimal():
        return midnight, ""
    report = account.reports[int(number) - 1]
    about = report.underlying if isinstance(report, InstructionReport) and report.kind in SHARE_TRADES else ""
    return report.at, about or report.contract_code
