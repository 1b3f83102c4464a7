"""The columns of written positions that expire: what each owes if all is assigned, what is there, what follows."""

from decimal import Decimal

from PySide6.QtGui import QColor

from terminal.domain.accounts import PositionSide
from terminal.domain.contracts import Right
from terminal.services.assignment_desk import WriterRow
from terminal.services.market_data import MarketData
from terminal.views.appearance import Appearance
from terminal.views.expiry.words import percent_words, word
from terminal.views.formatting import DASH, MINUS, money, quantity
from terminal.views.table_model import LEFT, RIGHT, TableColumn
from terminal.views.texts import contract_name, words

#: By which columns give way where room is short, the highest first
RANKS = {"there": 4, "expected": 3, "percent": 2, "missing": 1}


def needs_nothing(row: WriterRow) -> bool:
    """Whether nothing of it is expected to be assigned."""
    return row.need.written.quantity == 0


def owed_words(row: WriterRow) -> str:
    """What changes hands if all of it is assigned."""
    need = row.need
    if needs_nothing(row):
        return word("not expected to be assigned")
    if row.contract.right is Right.PUT:
        pattern = word("pay {cash}, take {shares} shares")
    else:
        pattern = word("give {shares} shares, take {cash}")
    return pattern.format(cash=_yuan(need.written.amount), shares=quantity(need.written.shares))


def _yuan(amount: Decimal) -> str:
    """Without cents where there are none: strike times unit is whole unless an adjustment has left a fraction."""
    return money(amount).removesuffix(".00")


def there_words(row: WriterRow) -> str:
    """What is there for it."""
    need = row.need
    if needs_nothing(row):
        return DASH
    if row.contract.right is Right.PUT:
        return word("{cash} there").format(cash=money(need.cash - need.cash_short))
    parts = []
    if need.shares_covering:
        parts.append(word("{shares} locked").format(shares=quantity(need.shares_covering)))
    if need.shares_free:
        parts.append(word("{shares} free").format(shares=quantity(need.shares_free)))
    if need.shares_other_covering:
        parts.append(word("{shares} of other months").format(shares=quantity(need.shares_other_covering)))
    return " + ".join(parts) or word("no shares")


def missing_words(row: WriterRow) -> str:
    """What is missing."""
    need = row.need
    if need.shares_short:
        return word("{shares} shares").format(shares=quantity(need.shares_short))
    return money(need.cash_short) if need.cash_short else DASH


def verdict_words(row: WriterRow) -> str:
    """What it comes to, with a lamp."""
    need = row.need
    if needs_nothing(row):
        return "⊖ " + word("out of the money")
    if need.enough:
        enough = word("money enough") if row.contract.right is Right.PUT else word("shares enough")
        return "● " + (word("covered") if row.side is PositionSide.COVERED else enough)
    if need.shares_short:
        return "◐ " + word("short · cash {cost}").format(cost=money(need.cash_cost))
    return "✕ " + word("money is short")


def expected_words(row: WriterRow) -> str:
    """How many may be assigned."""
    found = row.expected
    if found.least == found.most:
        return quantity(found.most)
    return f"{quantity(found.least)}–{quantity(found.most)}"


def writer_columns(market: MarketData, look: Appearance) -> list[TableColumn[WriterRow]]:
    """Contract, quantity, in the money, expected, owed, there, missing, verdict."""

    def faded(row: WriterRow) -> QColor:
        return look.theme.dim if needs_nothing(row) else look.theme.text

    def verdict_ink(row: WriterRow) -> QColor:
        theme = look.theme
        if needs_nothing(row):
            return theme.dim
        return theme.ok if row.need.enough else theme.warn if row.need.shares_short else theme.critical

    def name(row: WriterRow) -> str:
        mark = f" {words(PositionSide.COVERED)}" if row.side is PositionSide.COVERED else ""
        return contract_name(row.contract, market) + mark

    return [
        TableColumn("contract", lambda: word("Written"), name, LEFT, faded, width_chars=21),
        TableColumn(
            "quantity",
            lambda: word("Lots"),
            lambda row: f"{MINUS}{quantity(row.quantity)}",
            RIGHT,
            lambda row: look.theme.position,
            lambda row: row.quantity,
            5,
        ),
        TableColumn(
            "percent",
            lambda: word("In money"),
            lambda row: percent_words(row.percent),
            RIGHT,
            lambda row: look.up if row.percent > 0 else look.theme.dim,
            lambda row: row.percent,
            6,
        ),
        TableColumn(
            "expected",
            lambda: word("Expected"),
            expected_words,
            RIGHT,
            faded,
            lambda row: row.expected.expected,
            6,
            lambda row: word("{part} % of the open contracts expected to be exercised, shared out pro rata").format(
                part=round(row.chance * 100)
            ),
        ),
        TableColumn(
            "owed", lambda: word("If all is assigned"), owed_words, LEFT, faded, width_chars=33, tip=owed_words
        ),
        TableColumn("there", lambda: word("There for it"), there_words, LEFT, faded, width_chars=18, tip=there_words),
        TableColumn(
            "missing",
            lambda: word("Missing"),
            missing_words,
            RIGHT,
            lambda row: look.theme.dim if row.need.enough else look.theme.warn,
            lambda row: Decimal(row.need.shares_short) + row.need.cash_short,
            13,
        ),
        TableColumn("verdict", lambda: word("Verdict"), verdict_words, LEFT, verdict_ink, None, 24, verdict_words),
    ]
