"""The counter's books (总账) in double entry: every amount leaves one account and enters another, to the cent.

Seen from the broker: the bank is an asset, what clients own is a debt. So a client's money is the credit balance of
`client_cash` plus `margin_held`, and the sum of all debits equals the sum of all credits after every posting (I4).
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import msgspec

from terminal.domain.accounts import ZERO
from terminal.domain.errors import BadInput
from terminal.rules.rounding import CENT

#: Money the clients brought in
BANK = "client_bank"
#: Premium on its way to and from the clearing house; zero as long as our clients only trade with each other
PREMIUM_CLEARING = "premium_clearing"
FEES = "fees_income"
#: Money for shares on its way to and from the clearing house (证券交收)
SHARE_CLEARING = "share_clearing"
#: Strike money of exercises on its way to and from the clearing house (行权交收)
EXERCISE_CLEARING = "exercise_clearing"
#: Money paid and received in place of shares (现金结算)
CASH_SETTLEMENT = "cash_settlement"
EXERCISE_FEES = "exercise_fees_income"
INTEREST = "interest"
PENALTIES = "penalties_income"
#: Dividends of the underlyings on their way to who holds them
DIVIDENDS = "dividends"


_CLIENT_CASH = "client_cash/"


# Kept, because every posting of an account names them: thousands of equal texts would be made and stay
@cache
def client_cash(account_id: str) -> str:
    """Name of the account that holds a client's money outside margin."""
    return _CLIENT_CASH + account_id


@cache
def margin_held(account_id: str) -> str:
    """Name of the account that holds a client's margin (占用保证金)."""
    return "margin_held/" + account_id


class Posting(msgspec.Struct, frozen=True, gc=False):
    """One amount in yuan, moved from the account it is debited to, to the account it is credited to."""

    debit: str
    credit: str
    amount: Decimal
    cause: str
    """The report that tells of it, or `opening`"""


class LedgerAccount(msgspec.Struct, gc=False):
    """Totals of one account, yuan."""

    debits: Decimal = ZERO
    credits: Decimal = ZERO

    @property
    def credit_balance(self) -> Decimal:
        """What is owed to the owner; negative for an asset."""
        return self.credits - self.debits


class Ledger(msgspec.Struct):
    """All postings of the day and the totals they make."""

    accounts: dict[str, LedgerAccount] = msgspec.field(default_factory=dict)
    journals: dict[str, list[Posting]] = msgspec.field(default_factory=dict)
    """Postings by the client cash they move, oldest first; those that move no client's stand under an empty name"""

    def account(self, name: str) -> LedgerAccount:
        """The account of that name, opened empty when it is new."""
        found = self.accounts.get(name)
        if found is None:
            found = self.accounts[name] = LedgerAccount()
        return found

    def balance(self, name: str) -> Decimal:
        """The credit balance of an account; zero for one that was never booked on. Nothing is opened by asking."""
        found = self.accounts.get(name)
        return ZERO if found is None else found.credit_balance

    def post(self, debit: str, credit: str, amount: Decimal, cause: str) -> None:
        """Book one amount on both sides; zero is nothing. Raises BadInput for a negative amount or part of a cent."""
        if not amount:
            return
        if amount < 0 or amount % CENT:
            raise BadInput("amount", amount, "a posting is a positive number of whole cents")
        self.account(debit).debits += amount
        self.account(credit).credits += amount
        owner = debit if debit.startswith(_CLIENT_CASH) else credit if credit.startswith(_CLIENT_CASH) else ""
        journal = self.journals.get(owner)
        if journal is None:
            journal = self.journals[owner] = []
        journal.append(Posting(debit, credit, amount, cause))

    @property
    def postings(self) -> Iterator[Posting]:
        """Every posting, client after client."""
        return (posting for journal in self.journals.values() for posting in journal)

    def trial_balance(self) -> dict[str, Decimal]:
        """Debits less credits of every account (试算平衡), summed from the postings; all of them add up to zero."""
        balances = dict.fromkeys(self.accounts, ZERO)
        for posting in self.postings:
            balances[posting.debit] += posting.amount
            balances[posting.credit] -= posting.amount
        return balances
