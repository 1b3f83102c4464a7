"""The statement of each account (结算单): what the day left, told and kept."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from terminal.domain.settlement import Statement
from terminal.venue.counter.settlement.context import StepContext
from terminal.venue.counter.settlement.entries import StatementMade
from terminal.venue.counter.settlement.movements import cash_movements
from terminal.venue.counter.statement import account_report


def make_statements(step: StepContext) -> None:
    """One statement an account."""
    books, inputs = step.books, step.inputs
    movements = cash_movements(books.accounts, books.ledger, inputs.trading_day, step.now)
    prices: Mapping[str, Decimal] = inputs.prices
    at: datetime = step.now
    for account in step.accounts():
        report = account_report(account, books.ledger, step.day.contracts, prices, at)
        statement = Statement(
            account_id=account.account_id,
            trading_day=inputs.trading_day,
            funds=report.funds,
            positions=tuple(p for p in report.positions if p.quantity),
            holdings=report.holdings,
            deliveries=report.deliveries,
            movements=tuple(movements[account.account_id]),
            option_value=report.funds.option_value,
            margin_call=report.funds.margin_call,
        )
        step.write(StatementMade(statement=statement))
