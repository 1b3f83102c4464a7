"""The picture of an account that desks see: funds with what is frozen and why, positions by side, shares."""

from datetime import datetime

from terminal.domain.accounts import Funds, Holding, Position
from terminal.domain.messages import AccountReport
from terminal.venue.counter.funds import balance_of, withdrawable_funds
from terminal.venue.counter.ledger import Ledger, margin_held
from terminal.venue.counter.state import AccountState
from terminal.venue.counter.valuation import Valuation


def account_report(
    account: AccountState, ledger: Ledger, valuation: Valuation, now: datetime, *, is_clearing: bool = False
) -> AccountReport:
    """Everything the account has and owes, as of its newest report."""
    return AccountReport(
        sequence=len(account.reports),
        account_id=account.account_id,
        at=now,
        funds=Funds(
            balance=balance_of(account, ledger),
            margin=ledger.account(margin_held(account.account_id)).credit_balance,
            frozen_margin=account.frozen_margin,
            frozen_premium=account.frozen_premium,
            frozen_fee=account.frozen_fee,
            premium_paid=account.premium_paid,
            premium_received=account.premium_received,
            fees=account.fees,
            opening_balance=account.opening_balance,
            option_value=valuation.option_value(account),
            frozen_exercise=account.frozen_exercise,
            frozen_delivery=account.frozen_delivery,
            cash_in=account.cash_in,
            cash_out=account.cash_out,
            withdrawable=withdrawable_funds(account, ledger),
            maintenance=valuation.maintenance(account),
            margin_call=account.margin_call,
        ),
        positions=positions_of(account),
        holdings=holdings_of(account),
        profile=account.profile,
        combinations=tuple(c.shown(number) for number, c in account.combinations.items()),
        deliveries=tuple(account.deliveries),
        is_clearing=is_clearing,
    )


def positions_of(account: AccountState) -> tuple[Position, ...]:
    """Long, short and covered apart; one that was closed today stays as long as it shows a profit or loss."""
    return tuple(
        position.shown(contract_code, side)
        for side, positions in account.positions.items()
        for contract_code, position in positions.items()
        if position.quantity or position.realised
    )


def holdings_of(account: AccountState) -> tuple[Holding, ...]:
    """The shares by underlying."""
    return tuple(holding.shown(underlying) for underlying, holding in account.holdings.items())
