"""From one trading day to the next: accounts carried over, positions that have expired closed at their intrinsic value.

Exercise and assignment belong to the clearing house, which this venue does not have: what was not closed by the end of
its last day is paid in cash, long and short alike, so that nothing is lost in silence. A contract that lives on but is
not in the new list, as after a day that came from a file, is paid at its newest price.
"""

from decimal import Decimal

from terminal.domain.accounts import Holding, Position, PositionSide
from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.messages import AccountReport, DayOpened
from terminal.venue.counter.result import CounterResult
from terminal.venue.market import Market


def closing_prices(market: Market) -> dict[str, Decimal]:
    """The newest price of every underlying, yuan; its previous close where it never traded."""
    rows = market.exchange.quote_rows(range(len(market.underlyings)))
    return {
        u.code: Decimal(int(last)) / PRICE_SCALE if last else u.previous_close
        for u, last in zip(market.underlyings, rows[:, Column.LAST], strict=True)
    }


def carry_accounts(before: Market, after: Market, day: DayOpened) -> CounterResult:
    """Open every account of `before` in `after`; gives the entries the new day begins with."""
    listed = {c.code for c in day.contracts}
    spots, marks = closing_prices(before), before.marks()
    contracts = {c.code: c for c in before.contracts}
    openings = CounterResult()

    def paid(position: Position) -> Decimal:
        contract = contracts[position.contract_code]
        if contract.last_day < day.trading_day:
            return intrinsic(position, contract, spots[contract.underlying])
        return _value(position, contract, marks.get(contract.code, contract.previous_settlement))

    for account_id in before.counter.account_ids():
        report = before.counter.account_report(account_id, before.now)
        gone = [p for p in report.positions if p.contract_code not in listed]
        cash = report.funds.balance + sum((paid(p) for p in gone), Decimal(0))
        opened = after.counter.open_account(
            account_id,
            cash,
            _holdings(report),
            [p for p in report.positions if p.contract_code in listed],
            before.counter.standing(account_id),
        )
        openings.entries.extend(opened.entries)
        for command in opened.forward:
            after.instruct(command)
    return openings


def intrinsic(position: Position, contract: Contract, spot: Decimal) -> Decimal:
    """Yuan a position receives at expiry (below zero: pays) at the underlying's close."""
    value = spot - contract.strike if contract.right is Right.CALL else contract.strike - spot
    return _value(position, contract, max(value, Decimal(0)))


def _value(position: Position, contract: Contract, price: Decimal) -> Decimal:
    each = (price * contract.multiplier).quantize(Decimal("0.01"))
    return each * position.quantity * (1 if position.side is PositionSide.LONG else -1)


def _holdings(report: AccountReport) -> dict[str, int]:
    holdings: tuple[Holding, ...] = report.holdings
    return {h.underlying: h.total for h in holdings}
