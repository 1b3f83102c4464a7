"""The statement of each account (结算单): what the day left, told and kept."""

from terminal.domain.settlement import Statement
from terminal.venue.counter.cash_flow import movements
from terminal.venue.counter.settlement.context import StepContext
from terminal.venue.counter.settlement.entries import StatementMade
from terminal.venue.counter.statement import account_report
from terminal.venue.counter.valuation import Valuation


def make_statements(step: StepContext) -> None:
    """One statement an account."""
    books, inputs = step.books, step.inputs
    valuation = Valuation(step.day, step.day.listed_underlyings)
    valuation.mark({**inputs.closes, **inputs.prices})
    for account in step.accounts():
        report = account_report(account, books.ledger, valuation, step.now)
        statement = Statement(
            account_id=account.account_id,
            trading_day=inputs.trading_day,
            funds=report.funds,
            positions=tuple(p for p in report.positions if p.quantity),
            holdings=report.holdings,
            deliveries=report.deliveries,
            movements=tuple(movements(account, books.ledger, inputs.trading_day, step.now)),
            option_value=report.funds.option_value,
            margin_call=report.funds.margin_call,
        )
        step.write(StatementMade(statement=statement))
