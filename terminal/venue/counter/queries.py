"""Answers to queries (查询) about one day, from the books of that day: today's, or those rebuilt from the journal."""

from datetime import datetime

from msgspec.structs import replace

from terminal.domain.messages import Answer, InstructionReport, OrderReport, Query, QueryKind
from terminal.domain.orders import ExecType
from terminal.domain.reasons import Reason
from terminal.venue.counter.books import Books
from terminal.venue.counter.cash_flow import movements
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.limit_use import limit_uses
from terminal.venue.counter.state import AccountState
from terminal.venue.counter.statement import account_report
from terminal.venue.counter.valuation import Valuation


def answer(
    account: AccountState, query: Query, books: Books, day: DayList, valuation: Valuation, now: datetime
) -> Answer:
    """Everything the books of the day say to one query; which other days there are the host knows."""
    found = Answer(query_id=query.query_id, kind=query.kind, day=books.trading_day)
    match query.kind:
        case QueryKind.ACCOUNT:
            return replace(found, account=account_report(account, books.ledger, valuation, now))
        case QueryKind.LIMITS:
            return replace(found, limits=limit_uses(account, books, day))
        case QueryKind.ORDERS:
            return replace(found, orders=_newest_reports(account))
        case QueryKind.FILLS:
            fills = tuple(r for r in _order_reports(account) if r.exec_type is ExecType.TRADE)
            return replace(found, orders=fills)
        case QueryKind.INSTRUCTIONS:
            return replace(found, instructions=tuple(r for r in account.reports if isinstance(r, InstructionReport)))
        case QueryKind.CASH_FLOW:
            return replace(
                found,
                movements=tuple(movements(account, books.ledger, books.trading_day, books.settlement.state.began_at)),
            )
        case QueryKind.STATEMENT:
            statement = books.settlement.state.statements.get(account.account_id)
            return replace(found, statement=statement, reason=None if statement else Reason.NOT_SETTLED)
        case QueryKind.DAYS:
            return replace(found, days=(books.trading_day,))


def _order_reports(account: AccountState) -> list[OrderReport]:
    return [report for report in account.reports if isinstance(report, OrderReport)]


def _newest_reports(account: AccountState) -> tuple[OrderReport, ...]:
    """One for each order that was answered, in the order they were entered."""
    newest = (account.reports[order.last_sequence - 1] for order in account.orders.values() if order.last_sequence)
    return tuple(report for report in newest if isinstance(report, OrderReport))
