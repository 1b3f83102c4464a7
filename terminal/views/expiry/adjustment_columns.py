"""The columns of an adjustment sheet: old and new terms of each contract, and what the account holds of it."""

from decimal import Decimal

from PySide6.QtGui import QColor

from terminal.domain.accounts import PositionSide
from terminal.services.adjustments import AdjustmentRow
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.expiry.words import word
from terminal.views.formatting import DASH, MINUS, decimal_price, money, quantity
from terminal.views.table_model import LEFT, RIGHT, TableColumn
from terminal.views.texts import month_words, words

_STRIKE = Decimal("0.001")
#: By which columns give way where room is short, the highest first
RANKS = {
    "new_code": 9,
    "old_code": 9,
    "new_name": 8,
    "old_name": 8,
    "old_settlement": 7,
    "new_settlement": 7,
    "old_margin": 6,
    "new_margin": 6,
    "old_unit": 5,
    "new_unit": 5,
    "notional": 4,
    "month": 3,
}


def position_words(row: AdjustmentRow) -> str:
    """What the account holds, by side."""
    parts = []
    for side, count, sign in (
        (PositionSide.LONG, row.long, ""),
        (PositionSide.SHORT, row.short, MINUS),
        (PositionSide.COVERED, row.covered, MINUS),
    ):
        if count:
            parts.append(f"{words(side)} {sign}{quantity(count)}")
    return " ".join(parts) or DASH


def adjustment_columns(market: MarketData, look: Appearance) -> list[TableColumn[AdjustmentRow]]:
    """Strike, unit, notional, code, name, previous settlement, position, margin."""

    def mine(row: AdjustmentRow) -> QColor:
        return look.theme.text if row.is_mine else look.theme.text_2

    def new_ink(row: AdjustmentRow) -> QColor:
        return look.theme.theo

    def price(value: Decimal | None, row: AdjustmentRow) -> str:
        return decimal_price(value, row.contract.tick_size)

    def count(value: int | None) -> str:
        return quantity(value) if value is not None else DASH

    return [
        TableColumn(
            "month",
            lambda: word("Month"),
            lambda r: f"{month_words(r.contract.month[1])} {words(r.contract.right)}",
            LEFT,
            mine,
            lambda r: (r.contract.expiry, r.contract.right.value),
            9,
        ),
        TableColumn(
            "old_strike",
            lambda: word("Old strike"),
            lambda r: decimal_price(r.old_strike, _STRIKE),
            RIGHT,
            mine,
            lambda r: r.old_strike,
            6,
        ),
        TableColumn(
            "new_strike",
            lambda: word("→ new"),
            lambda r: decimal_price(r.new_strike, _STRIKE),
            RIGHT,
            new_ink,
            lambda r: r.new_strike,
            6,
        ),
        TableColumn(
            "old_unit", lambda: word("Old unit"), lambda r: count(r.old_multiplier), RIGHT, mine, width_chars=7
        ),
        TableColumn(
            "new_unit", lambda: word("→ new"), lambda r: count(r.new_multiplier), RIGHT, new_ink, width_chars=7
        ),
        TableColumn(
            "notional",
            lambda: word("New notional"),
            lambda r: f"{r.new_strike * r.new_multiplier:,.1f}",
            RIGHT,
            mine,
            lambda r: r.new_strike * r.new_multiplier,
            10,
            lambda r: word("Strike times unit, yuan: nearly what it was"),
        ),
        TableColumn(
            "position",
            lambda: word("My position"),
            position_words,
            RIGHT,
            lambda r: look.theme.position if r.is_mine else look.theme.dim,
            lambda r: r.long + r.short + r.covered,
            10,
            position_words,
        ),
        TableColumn(
            "old_margin",
            lambda: word("Margin before"),
            lambda r: money(r.old_margin),
            RIGHT,
            mine,
            lambda r: r.old_margin,
            11,
            lambda r: word("Opening margin of the short contracts, this client's"),
        ),
        TableColumn(
            "new_margin",
            lambda: word("after"),
            lambda r: money(r.new_margin),
            RIGHT,
            new_ink,
            lambda r: r.new_margin,
            11,
        ),
        TableColumn(
            "old_settlement",
            lambda: word("Prev. settlement"),
            lambda r: price(r.old_settlement, r),
            RIGHT,
            mine,
            width_chars=7,
        ),
        TableColumn(
            "new_settlement", lambda: word("→ new"), lambda r: price(r.new_settlement, r), RIGHT, new_ink, width_chars=7
        ),
        TableColumn("old_name", lambda: word("Old name"), lambda r: r.old_name or DASH, LEFT, mine, width_chars=17),
        TableColumn("new_name", lambda: word("New name"), lambda r: r.new_name, LEFT, new_ink, width_chars=18),
        TableColumn(
            "old_code",
            lambda: word("Old trading code"),
            lambda r: r.old_trading_code or DASH,
            LEFT,
            mine,
            width_chars=18,
        ),
        TableColumn(
            "new_code", lambda: word("New trading code"), lambda r: r.new_trading_code, LEFT, new_ink, width_chars=18
        ),
    ]
