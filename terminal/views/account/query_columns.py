"""The columns of what the counter answers: cash flow (资金流水) and limits with what is used of them (限仓, 限购)."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from terminal.domain.messages import LimitUse
from terminal.domain.settlement import CashMovement
from terminal.services.market_data import MarketData
from terminal.views.account.words import CASH_KINDS, LIMITS, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, day, money, percent, quantity, signed_money
from terminal.views.style_sheet import mixed
from terminal.views.table_model import RECORD_ROLE, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded, name_of, underlying_name, words


def movement_columns(market: MarketData, appearance: Appearance) -> list[TableColumn[CashMovement]]:
    """Number, time, kind, amount, balance, contract, cause."""
    return [
        TableColumn(
            "number", lambda: word("No."), lambda m: str(m.number), RIGHT, sort=lambda m: m.number, width_chars=6
        ),
        TableColumn("day", lambda: word("Day"), lambda m: day(m.trading_day), sort=lambda m: m.trading_day),
        TableColumn("time", lambda: word("Time"), lambda m: clock(m.at), sort=lambda m: m.at, width_chars=9),
        TableColumn("kind", lambda: word("Kind"), lambda m: word(CASH_KINDS[m.kind]), width_chars=18),
        TableColumn(
            "amount",
            lambda: word("Yuan"),
            lambda m: signed_money(m.amount),
            RIGHT,
            lambda m: appearance.colour_of(float(m.amount)),
            lambda m: m.amount,
            14,
        ),
        TableColumn(
            "balance",
            lambda: word("Cash after"),
            lambda m: money(m.balance),
            RIGHT,
            sort=lambda m: m.balance,
            width_chars=14,
        ),
        TableColumn(
            "contract",
            lambda: word("Contract"),
            lambda m: name_of(m.contract_code, market) if m.contract_code else DASH,
            width_chars=20,
            code=lambda m: bounded(m.contract_code),
        ),
        TableColumn("cause", lambda: word("Cause"), lambda m: bounded(m.cause), width_chars=20),
    ]


def limit_words(use: LimitUse) -> str:
    """What a limit is called."""
    return word(LIMITS[use.limit]) if use.limit in LIMITS else words(use.limit)


def used_part(use: LimitUse) -> float | None:
    """The fraction that is used; None without a limit, 1 where nothing is allowed."""
    if use.allowed is None:
        return None
    return float(use.used / use.allowed) if use.allowed > 0 else 1.0


def limit_columns(
    market: MarketData, appearance: Appearance, large_holder: Callable[[], Decimal]
) -> list[TableColumn[LimitUse]]:
    """Limit, underlying, used, allowed, the part as a bar."""

    def figure(value: Decimal | None) -> str:
        if value is None:
            return word("unlimited")
        return quantity(int(value)) if value == int(value) else money(value)

    def underlying(use: LimitUse) -> str:
        known = market.underlying(use.underlying)
        if known is not None:
            return f"{underlying_name(known)} {known.code}"
        return bounded(use.underlying) or word("all")

    return [
        TableColumn("limit", lambda: word("Limit"), limit_words, width_chars=22),
        TableColumn("underlying", lambda: word("Underlying"), underlying, width_chars=16),
        TableColumn(
            "used", lambda: word("Used"), lambda u: figure(u.used), RIGHT, sort=lambda u: u.used, width_chars=12
        ),
        TableColumn(
            "allowed",
            lambda: word("Allowed"),
            lambda u: figure(u.allowed),
            RIGHT,
            sort=lambda u: u.allowed,
            width_chars=12,
        ),
        TableColumn(
            "part",
            lambda: word("Part"),
            lambda u: percent(used_part(u), 1),
            RIGHT,
            lambda u: part_ink(used_part(u), appearance, float(large_holder())),
            lambda u: used_part(u),
            24,
        ),
    ]


def part_ink(part: float | None, appearance: Appearance, large_holder: float) -> QColor:
    """Red at the limit, amber from where a holder counts as large, green below."""
    theme = appearance.theme
    if part is None:
        return theme.dim
    return theme.critical if part >= 1 else theme.warn if part >= large_holder else theme.ok


class BarDelegate(QStyledItemDelegate):
    """Draws the used part of a limit behind its figure."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The bar, then the cell's text over it."""
        use, model = index.data(RECORD_ROLE), index.model()
        part = used_part(use)
        assert isinstance(model, RecordTableModel)
        colour = model.columns[index.column()].colour
        if part is not None and colour is not None:
            ink = colour(use)
            area = QRectF(option.rect).adjusted(4, 5, -64, -5)
            painter.fillRect(area, self._appearance.theme.grid)
            area.setWidth(area.width() * min(part, 1.0))
            painter.fillRect(area, mixed(ink or self._appearance.theme.dim, self._appearance.theme.panel, 0.7))
        super().paint(painter, option, index)
