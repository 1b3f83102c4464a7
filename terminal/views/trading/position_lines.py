"""Positions as rows (持仓): the counter's figures with value and floating profit at the last price."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtGui import QColor

from terminal.domain.accounts import ZERO, Position, PositionSide
from terminal.domain.contracts import Contract
from terminal.services.desk import Desk
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, decimal_price, money, quantity, signed_money
from terminal.views.table_model import CENTRE, RIGHT, TableColumn
from terminal.views.texts import name_of, words
from terminal.views.translation import translate

_FINEST = Decimal("0.0001")
#: From how many days before expiry on a position is shown as urgent
NEAR_EXPIRY_DAYS = 7
#: Which columns give way where room is short, the highest first: what the ticket or another table says too
RANKS = {"today": 6, "realised": 5, "combined": 4, "exercising": 4, "days": 3, "value": 2, "margin": 1}


@dataclass(frozen=True, slots=True)
class PositionLine:
    """One row: the counter's position, the contract's terms where it is listed, and the last price in yuan."""

    position: Position
    contract: Contract | None
    last: Decimal | None
    today: date

    @property
    def market_value(self) -> Decimal | None:
        """Yuan; negative for short and covered: it is owed."""
        if self.contract is None or self.last is None:
            return None
        value = self.last * self.position.quantity * self.contract.multiplier
        return value if self.position.side is PositionSide.LONG else -value

    @property
    def floating(self) -> Decimal | None:
        """Profit of what stands, at the last price against the average, before fees, yuan."""
        if self.contract is None or self.last is None:
            return None
        gain = (self.last - self.position.average_price) * self.position.quantity * self.contract.multiplier
        return gain if self.position.side is PositionSide.LONG else -gain

    @property
    def days(self) -> int | None:
        """Calendar days to expiry."""
        return (self.contract.expiry - self.today).days if self.contract is not None else None

    @property
    def order(self) -> tuple[object, ...]:
        """Where the row stands among the others."""
        side = list(PositionSide).index(self.position.side)
        if self.contract is None:
            return 1, self.position.contract_code, date.max, ZERO, "", side
        c = self.contract
        return 0, c.underlying, c.expiry, c.strike, c.right.value, side


def lines_of(desk: Desk) -> list[PositionLine]:
    """Every position of the account as a row, in the order of underlying, expiry and strike."""
    market, today = desk.market, desk.clock.now().date()
    lines = [
        PositionLine(p, market.contract(p.contract_code), market.last(p.contract_code), today)
        for p in desk.portfolio.positions.values()
    ]
    return sorted(lines, key=lambda line: line.order)


def floating_total(lines: Iterable[PositionLine]) -> tuple[Decimal | None, int, int]:
    """Floating profit of all rows that have one, how many these are, and how many hold anything at all."""
    held = [line for line in lines if line.position.quantity]
    known = [value for line in held if (value := line.floating) is not None]
    return (sum(known, ZERO) if known else None), len(known), len(held)


def position_columns(
    market: MarketData, look: Appearance, action_title: Callable[[], str]
) -> list[TableColumn[PositionLine]]:
    """The columns of the positions; that of the button has no text of its own."""

    def side_ink(line: PositionLine) -> QColor:
        theme = look.theme
        return {
            PositionSide.LONG: theme.focus,
            PositionSide.SHORT: theme.warn,
            PositionSide.COVERED: theme.ok,
        }[line.position.side]

    def price_of(value: Decimal | None, line: PositionLine) -> str:
        return decimal_price(value, line.contract.tick_size if line.contract is not None else _FINEST)

    def days_ink(line: PositionLine) -> QColor:
        near = line.days is not None and line.days <= NEAR_EXPIRY_DAYS
        return look.theme.warn if near else look.theme.text_2

    def signed_ink(value: Decimal | None) -> QColor:
        return look.theme.dim if value is None else look.colour_of(float(value))

    def held_words(line: PositionLine) -> str:
        p = line.position
        return translate(
            "PositionsPanel",
            "{frozen} in close orders, {combined} in combinations, {exercising} being exercised",
        ).format(
            frozen=quantity(p.frozen_quantity),
            combined=quantity(p.combined_quantity),
            exercising=quantity(p.exercising_quantity),
        )

    def some(count: int) -> str:
        return quantity(count) if count else DASH

    def margin(line: PositionLine) -> Decimal | None:
        return line.position.margin if line.position.side is PositionSide.SHORT else None

    return [
        TableColumn(
            "contract",
            lambda: translate("PositionsPanel", "Contract"),
            lambda line: name_of(line.position.contract_code, market),
            sort=lambda line: line.order,
            width_chars=19,
            tip=lambda line: line.position.contract_code,
            code=lambda line: line.position.contract_code,
        ),
        TableColumn(
            "side",
            lambda: translate("PositionsPanel", "Side"),
            lambda line: words(line.position.side),
            CENTRE,
            side_ink,
            width_chars=9,
        ),
        TableColumn(
            "quantity",
            lambda: translate("PositionsPanel", "Held"),
            lambda line: quantity(line.position.quantity),
            RIGHT,
            lambda line: look.theme.position if line.position.quantity else look.theme.dim,
            lambda line: line.position.quantity,
            5,
        ),
        TableColumn(
            "available",
            lambda: translate("PositionsPanel", "Avail."),
            lambda line: quantity(line.position.available_quantity),
            RIGHT,
            None,
            lambda line: line.position.available_quantity,
            5,
            held_words,
        ),
        TableColumn(
            "average",
            lambda: translate("PositionsPanel", "Average"),
            lambda line: price_of(line.position.average_price, line) if line.position.quantity else DASH,
            RIGHT,
            None,
            lambda line: line.position.average_price,
            7,
        ),
        TableColumn(
            "last",
            lambda: translate("PositionsPanel", "Last"),
            lambda line: price_of(line.last, line),
            RIGHT,
            None,
            lambda line: line.last,
            7,
        ),
        TableColumn(
            "floating",
            lambda: translate("PositionsPanel", "Floating P&L"),
            lambda line: signed_money(line.floating),
            RIGHT,
            lambda line: signed_ink(line.floating),
            lambda line: line.floating,
            12,
            lambda line: translate("PositionsPanel", "Last against average, before fees, yuan"),
        ),
        # Beside the profit that calls for it, where a half of the window's width still shows it
        TableColumn("action", action_title, lambda line: "", width_chars=8),
        TableColumn(
            "combined",
            lambda: translate("PositionsPanel", "Comb."),
            lambda line: some(line.position.combined_quantity),
            RIGHT,
            lambda line: look.theme.text_2,
            lambda line: line.position.combined_quantity,
            5,
            lambda line: translate("PositionsPanel", "Legs of combinations: released first, closed after"),
        ),
        TableColumn(
            "exercising",
            lambda: translate("PositionsPanel", "Exer."),
            lambda line: some(line.position.exercising_quantity),
            RIGHT,
            lambda line: look.theme.warn if line.position.exercising_quantity else look.theme.text_2,
            lambda line: line.position.exercising_quantity,
            5,
            lambda line: translate("PositionsPanel", "Asked to be exercised today"),
        ),
        TableColumn(
            "today",
            lambda: translate("PositionsPanel", "Today"),
            lambda line: quantity(line.position.today_quantity) if line.position.today_quantity else DASH,
            RIGHT,
            lambda line: look.theme.text_2,
            lambda line: line.position.today_quantity,
            5,
        ),
        TableColumn(
            "value",
            lambda: translate("PositionsPanel", "Value"),
            lambda line: money(line.market_value),
            RIGHT,
            None,
            lambda line: line.market_value,
            12,
            lambda line: translate("PositionsPanel", "At the last price, yuan; negative is owed"),
        ),
        TableColumn(
            "margin",
            lambda: translate("PositionsPanel", "Margin"),
            lambda line: money(margin(line)),
            RIGHT,
            None,
            margin,
            11,
        ),
        TableColumn(
            "realised",
            lambda: translate("PositionsPanel", "Realised"),
            lambda line: signed_money(line.position.realised) if line.position.realised else DASH,
            RIGHT,
            lambda line: signed_ink(line.position.realised or None),
            lambda line: line.position.realised,
            11,
            lambda line: translate("PositionsPanel", "Profit of what was closed today, before fees, yuan"),
        ),
        TableColumn(
            "days",
            lambda: translate("PositionsPanel", "Days"),
            lambda line: quantity(line.days),
            RIGHT,
            days_ink,
            lambda line: line.days,
            4,
            lambda line: translate("PositionsPanel", "Calendar days to expiry"),
        ),
    ]
