"""The picture of an account that desks see: funds with what is frozen and why, positions by side, shares."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from terminal.domain.accounts import ZERO, Funds, Holding, Position, PositionSide
from terminal.domain.contracts import Contract
from terminal.domain.messages import AccountReport
from terminal.rules.rounding import to_cents
from terminal.venue.counter.booking import balance_of
from terminal.venue.counter.ledger import Ledger, margin_held
from terminal.venue.counter.state import AccountState


def account_report(
    account: AccountState,
    ledger: Ledger,
    contracts: Mapping[str, Contract],
    marks: Mapping[str, Decimal],
    now: datetime,
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
            option_value=_option_value(account, contracts, marks),
            frozen_exercise=account.frozen_exercise,
            frozen_delivery=account.frozen_delivery,
            cash_in=account.cash_in,
            cash_out=account.cash_out,
            margin_call=account.margin_call,
        ),
        positions=positions_of(account),
        holdings=holdings_of(account),
        profile=account.profile,
        combinations=tuple(c.shown(number) for number, c in account.combinations.items()),
        deliveries=tuple(account.deliveries),
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


def _option_value(account: AccountState, contracts: Mapping[str, Contract], marks: Mapping[str, Decimal]) -> Decimal:
    value = ZERO
    for side, positions in account.positions.items():
        sign = 1 if side is PositionSide.LONG else -1
        for contract_code, position in positions.items():
            contract = contracts[contract_code]
            price = marks.get(contract_code, contract.previous_settlement)
            value += sign * price * contract.multiplier * position.quantity
    return to_cents(value)
