"""What an account's money is worth to it now (资金): available, withdrawable, balance; yuan."""

from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.venue.counter.ledger import Ledger, client_cash, margin_held
from terminal.venue.counter.state import AccountState


def available_funds(account: AccountState, ledger: Ledger) -> Decimal:
    """What a new order may use (可用资金)."""
    frozen = (
        account.frozen_premium
        + account.frozen_margin
        + account.frozen_fee
        + account.frozen_exercise
        + account.frozen_delivery
    )
    return ledger.account(client_cash(account.account_id)).credit_balance - frozen


def withdrawable_funds(account: AccountState, ledger: Ledger) -> Decimal:
    """What may be taken out (可取资金): what premium and shares sold brought today stays, and what was called for."""
    free = available_funds(account, ledger) - account.premium_received - account.shares_received
    return max(free - account.margin_call, ZERO)


def balance_of(account: AccountState, ledger: Ledger) -> Decimal:
    """All the money of an account, margin included (资金余额)."""
    cash, held = client_cash(account.account_id), margin_held(account.account_id)
    return ledger.account(cash).credit_balance + ledger.account(held).credit_balance
