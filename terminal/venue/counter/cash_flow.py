"""The movements of an account's money (资金流水), read off the ledger."""

from collections.abc import Iterator
from datetime import date, datetime, time

from terminal.domain.accounts import ZERO
from terminal.domain.calendar import SHANGHAI
from terminal.domain.settlement import CashKind, CashMovement
from terminal.venue.counter.ledger import BANK, FEES, PREMIUM_CLEARING, Ledger, Posting, client_cash, margin_held
from terminal.venue.counter.state import AccountState

_KINDS = {PREMIUM_CLEARING: CashKind.PREMIUM, FEES: CashKind.FEE}


def movements(account: AccountState, ledger: Ledger, trading_day: date) -> Iterator[CashMovement]:
    """Every movement of the account's cash of the day, in order, each with the cash after it.

    Margin is told as leaving the cash and coming back to it: cash and margin together are the account's balance.
    """
    cash, balance = client_cash(account.account_id), ZERO
    for number, posting in enumerate(ledger.journals.get(cash, ()), start=1):
        comes_in = posting.credit == cash
        amount = posting.amount if comes_in else -posting.amount
        balance += amount
        at, contract_code = _told(account, posting, trading_day)
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


def _told(account: AccountState, posting: Posting, trading_day: date) -> tuple[datetime, str]:
    """Time and contract of the report that told of it; midnight for what the account began with."""
    number = posting.cause.rpartition("-")[2]
    if not number.isdecimal():
        return datetime.combine(trading_day, time(), SHANGHAI), ""
    report = account.reports[int(number) - 1]
    return report.at, report.contract_code
