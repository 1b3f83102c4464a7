"""Combinations (组合持仓) and deliveries (待交收) of the account as tables."""

from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import Combination
from terminal.domain.settlement import Delivery
from terminal.services.desk import Desk
from terminal.services.market_data import MarketData
from terminal.views.account.words import strategy_words, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, day, money, quantity
from terminal.views.table_model import RIGHT, TableColumn
from terminal.views.texts import bounded, delivery_name, name_of, words


def combination_columns(market: MarketData) -> list[TableColumn[Combination]]:
    """Number, strategy, legs, quantity, margin, and a column for the button that releases."""

    def leg(code: str, *, long: bool) -> str:
        return f"{words(PositionSide.LONG if long else PositionSide.SHORT)} {name_of(code, market)}"

    return [
        TableColumn("number", lambda: word("Number"), lambda c: bounded(c.number), width_chars=18),
        TableColumn("strategy", lambda: word("Strategy"), lambda c: strategy_words(c.strategy), width_chars=16),
        TableColumn(
            "first",
            lambda: word("First leg"),
            lambda c: leg(c.first_code, long=not c.strategy.is_short_pair),
            width_chars=26,
        ),
        TableColumn("second", lambda: word("Second leg"), lambda c: leg(c.second_code, long=False), width_chars=26),
        TableColumn(
            "quantity",
            lambda: word("Quantity"),
            lambda c: quantity(c.quantity),
            RIGHT,
            sort=lambda c: c.quantity,
            width_chars=7,
        ),
        TableColumn(
            "margin",
            lambda: word("Margin"),
            lambda c: money(c.margin),
            RIGHT,
            sort=lambda c: c.margin,
            width_chars=12,
        ),
        TableColumn("action", lambda: word("Action"), lambda c: "", width_chars=8),
    ]


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery, and what of it the account does not have yet."""

    delivery: Delivery
    shares_short: int
    cash_short: Decimal


def delivery_lines(desk: Desk) -> list[DeliveryLine]:
    """Every delivery to come, the earliest first; what the account has goes to them in this order."""
    portfolio = desk.portfolio
    shares = {code: holding.total for code, holding in portfolio.holdings.items()}
    # What the counter froze for deliveries is there already; the rest comes out of what is free
    cash = portfolio.funds.available + portfolio.funds.frozen_delivery if portfolio.funds is not None else ZERO
    lines: list[DeliveryLine] = []
    for delivery in sorted(portfolio.deliveries, key=lambda d: (d.delivery_day, d.underlying, d.strike, d.side)):
        missing_shares, missing_cash = 0, ZERO
        if delivery.receives_shares:
            missing_cash = max(delivery.amount - max(cash, ZERO), ZERO)
            cash -= delivery.amount
        else:
            has = shares.get(delivery.underlying, 0)
            missing_shares = max(delivery.shares - max(has, 0), 0)
            shares[delivery.underlying] = has - delivery.shares
        lines.append(DeliveryLine(delivery, missing_shares, missing_cash))
    return lines


def delivery_columns(market: MarketData, appearance: Appearance) -> list[TableColumn[DeliveryLine]]:
    """Day, contract, side, quantity, shares and money to give and to get, shortfall."""

    def due(amount: str, *, gives: bool) -> str:
        return f"{word('give') if gives else word('get')} {amount}"

    def short(line: DeliveryLine) -> str:
        if line.shares_short:
            return "✕ " + word("{shares} shares").format(shares=quantity(line.shares_short))
        return f"✕ {money(line.cash_short)}" if line.cash_short else "✓ " + word("enough")

    return [
        TableColumn(
            "day",
            lambda: word("Delivery"),
            lambda d: day(d.delivery.delivery_day),
            width_chars=11,
            sort=lambda d: d.delivery.delivery_day,
        ),
        TableColumn(
            "contract",
            lambda: word("Contract"),
            lambda d: delivery_name(d.delivery, market),
            width_chars=20,
            tip=lambda d: bounded(d.delivery.contract_code),
            code=lambda d: bounded(d.delivery.contract_code),
        ),
        TableColumn(
            "side",
            lambda: word("Side"),
            lambda d: word("Exercised") if d.delivery.side is PositionSide.LONG else word("Assigned"),
            width_chars=10,
            tip=lambda d: words(d.delivery.side),
        ),
        TableColumn(
            "quantity",
            lambda: word("Quantity"),
            lambda d: quantity(d.delivery.quantity),
            RIGHT,
            sort=lambda d: d.delivery.quantity,
            width_chars=7,
        ),
        TableColumn(
            "shares",
            lambda: word("Shares"),
            lambda d: due(quantity(d.delivery.shares), gives=not d.delivery.receives_shares),
            RIGHT,
            sort=lambda d: d.delivery.shares,
            width_chars=16,
        ),
        TableColumn(
            "cash",
            lambda: word("Yuan"),
            lambda d: due(money(d.delivery.amount), gives=d.delivery.receives_shares),
            RIGHT,
            sort=lambda d: d.delivery.amount,
            width_chars=18,
        ),
        TableColumn(
            "short",
            lambda: word("Missing"),
            short,
            RIGHT,
            lambda d: appearance.theme.critical if d.shares_short or d.cash_short else appearance.theme.ok,
            lambda d: (d.shares_short, d.cash_short),
            16,
        ),
        TableColumn(
            "exercised", lambda: word("Exercise day"), lambda d: day(d.delivery.exercise_day) or DASH, width_chars=12
        ),
    ]
