"""The left rail: underlying -> expiry -> adjusted series, with days left and volatility at the money.

A market maker's has own vega and compliance beside them. Narrow, it is 46 pixels of buttons; the same choice either
way. `days_left` counts trading days to an expiry.
"""

import math
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from terminal.domain.errors import CalendarError
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.rules.naming import STANDARD
from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, day, number, price, signed_percent, thousands
from terminal.views.rail_cells import RailCells
from terminal.views.series_figures import MakerFigures, SeriesKey
from terminal.views.style_sheet import set_role
from terminal.views.texts import month_words, underlying_name
from terminal.views.theme import SIZE_TABLE

NARROW_WIDTH, _STRIP_ROW = 52, 42
WIDE_WIDTH = 220
_KEY = Qt.ItemDataRole.UserRole
_DAYS, _VOLATILITY, _VEGA, _DUTY = range(1, 5)
#: Of the longest name with its indentation, pixels
_NAME_WIDTH = 84
#: Width of each column in figures
_CHARACTERS = {_DAYS: 6, _VOLATILITY: 7, _VEGA: 6, _DUTY: 6}
#: The shapes of the dashboard's lamps: where red and green look alike, a colour alone says nothing
_GOOD_LAMP, _SHORT_LAMP = "●", "◐"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def month_label(expiry: date, adjustment: str, month: int) -> str:
    """Nov, 11月; with the letter of an adjusted series."""
    return month_words(month) + (f" {adjustment}" if adjustment != STANDARD else "")


def _in_two_lines(name: str, month: str) -> str:
    """A series as narrow as can be: a name of two words gives the second to the line of the month."""
    first, _, second = name.removesuffix("ETF").partition(" ")
    return f"{first}\n{second} {month}" if second else f"{first}\n{month}"


class _Strip(QListWidget):
    """Shows whole rows only: half of a name is no name."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is left below the last whole row stays empty."""
        super().resizeEvent(event)
        rows = self.contentsRect().height()
        self.setViewportMargins(0, 0, 0, rows % _STRIP_ROW if rows > _STRIP_ROW else 0)


class SeriesRail(QWidget):
    """A tree, or a strip of buttons when `set_narrow(True)`."""

    series_chosen = Signal(object)
    """(underlying, expiry, adjustment letter)"""
    underlying_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        *,
        days_left: Callable[[date], int],
        valuation: Valuation | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._days_left = days_left
        self._valuation = valuation
        self.maker_figures: Callable[[], MakerFigures | None] = _no_maker
        """Own vega and compliance; None for an account that is no market maker's"""
        self._is_maker = False
        self._roomy_width = 0
        self._stale = True
        self._adjusted = True
        self._items: dict[SeriesKey, QTreeWidgetItem] = {}
        self._tops: dict[str, QTreeWidgetItem] = {}
        set_role(self, "panel")
        self.setMinimumHeight(60)
        self.tree = QTreeWidget()
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.setIndentation(10)
        self.tree.setUniformRowHeights(True)
        self.tree.setColumnCount(_DUTY + 1)
        self.tree.setItemDelegate(RailCells(appearance, self.tree))
        self.tree.itemClicked.connect(self._on_item)
        self.tree.itemActivated.connect(self._on_item)
        self.strip = _Strip()
        set_role(self.strip, "strip")
        self.strip.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip.setGridSize(QSize(NARROW_WIDTH, _STRIP_ROW))
        self.strip.itemClicked.connect(self._on_strip)
        self.strip.itemActivated.connect(self._on_strip)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self.strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages, 1)
        self._foot: QWidget | None = None
        self._foot_menu = QMenu(self)
        self._foot_button = QToolButton()
        self._foot_button.setFixedWidth(NARROW_WIDTH)
        self._foot_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._foot_button.setMenu(self._foot_menu)
        self._foot_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._foot_button.hide()
        layout.addWidget(self._foot_button)
        self._leave = desk.bus.subscribe(DayChanged, self._on_day)
        appearance.changed.connect(self._dress)
        self._dress()
        self.set_narrow(False)

    @property
    def narrow(self) -> bool:
        """Whether it is the strip."""
        return self._pages.currentWidget() is self.strip

    def set_narrow(self, narrow: bool) -> None:
        """Change between tree and strip."""
        self._pages.setCurrentWidget(self.strip if narrow else self.tree)
        self.setMinimumWidth(NARROW_WIDTH if narrow else 150)
        self.setMaximumWidth(NARROW_WIDTH if narrow else 16_777_215)
        if self._foot is not None:
            self._foot.setVisible(not narrow)
            self._foot_button.setVisible(narrow)

    def put_below(self, foot: QWidget, opened: QWidget) -> None:
        """Show a box below the tree; below the strip a button opens the other one of the same kind."""
        self._foot = foot
        layout = self.layout()
        if layout is not None:
            layout.addWidget(foot)
        holder = QWidgetAction(self._foot_menu)
        holder.setDefaultWidget(opened)
        self._foot_menu.addAction(holder)
        self.set_narrow(self.narrow)

    def mark_foot(self, words: str, *, active: bool) -> None:
        """What the button says, and that what it opens is in force."""
        self._foot_button.setText(words)
        set_role(self._foot_button, "strip-warn" if active else "strip")

    def show_adjusted(self, on: bool) -> None:
        """Show adjusted series beside the standard ones; the one in front stays, whatever it is."""
        if on != self._adjusted:
            self._adjusted = on
            self._hide_series()

    def flush(self) -> None:
        """Show the day's list when it is new, and the figures that move."""
        if self._stale:
            self._fill()
        market, appearance = self._desk.market, self._appearance
        for code, top in self._tops.items():
            row, underlying = market.row_of.get(code), market.underlying(code)
            if row is None or underlying is None:
                continue
            last = int(market.quotes[row, Column.LAST])
            change = last / PRICE_SCALE / float(underlying.previous_close) - 1 if last else 0.0
            _set_text(top, _DAYS, price(last, 3))
            _set_text(top, _VOLATILITY, signed_percent(change) if last else DASH)
            for column in (_DAYS, _VOLATILITY):
                top.setForeground(column, appearance.colour_of(round(change, 4)))
        if self._valuation is not None:
            for (code, expiry, _), item in self._items.items():
                volatility = self._valuation.forward(code, expiry).atm_volatility
                _set_text(item, _VOLATILITY, number(volatility * 100, 1) if math.isfinite(volatility) else DASH)
        self._show_maker()

    def _show_maker(self) -> None:
        figures = self.maker_figures()
        if (figures is not None) is not self._is_maker:
            self._is_maker = figures is not None
            self._hide_columns()
        if figures is None:
            return
        theme = self._appearance.theme
        rows = [(item, figures.series.get(key)) for key, item in self._items.items()]
        rows += [(top, figures.underlyings.get(code)) for code, top in self._tops.items()]
        for item, found in rows:
            vega = found.vega if found is not None and found.is_held else math.nan
            share = math.nan if found is None else found.participation
            _set_text(item, _VEGA, thousands(vega, 1))
            short = share < figures.required
            lamp = "" if math.isnan(share) else _SHORT_LAMP if short else _GOOD_LAMP
            _set_text(item, _DUTY, f"{lamp}{number(share * 100, 1)}")
            item.setForeground(_DUTY, theme.warn if short else theme.text_2)

    def show_series(self, key: SeriesKey) -> None:
        """Mark the series that the chain shows, without telling anyone."""
        if self._stale:
            self._fill()
        item = self._items.get(key)
        if item is not None:
            self.tree.setCurrentItem(item)
        for place in range(self.strip.count()):
            if self.strip.item(place).data(_KEY) == key:
                self.strip.setCurrentRow(place)
        self._hide_series()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for more columns, or for fewer."""
        super().resizeEvent(event)
        self._hide_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._stale = True
        super().changeEvent(event)

    def _on_day(self, _event: DayChanged) -> None:
        self._stale = True

    def _on_item(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        key = item.data(0, _KEY)
        if isinstance(key, tuple):
            self.series_chosen.emit(key)
        elif key:
            self.underlying_chosen.emit(key)

    def _on_strip(self, item: QListWidgetItem) -> None:
        self.series_chosen.emit(item.data(_KEY))

    def _fill(self) -> None:
        self._stale = False
        chosen = self.tree.currentItem()
        key = chosen.data(0, _KEY) if chosen is not None else None
        self.tree.clear()
        self.strip.clear()
        self._items.clear()
        self._tops.clear()
        self.tree.setHeaderLabels(
            [self.tr("Expiry"), self.tr("Days"), self.tr("ATM IV"), self.tr("Vega"), self.tr("Duty %")]
        )
        head = self.tree.headerItem()
        head.setToolTip(_VEGA, self.tr("Vega of what is held, thousand yuan for one volatility point"))
        head.setToolTip(_DUTY, self.tr("Compliant part of the time owed today; ● as asked for, ◐ less"))
        for place in range(_DAYS, _DUTY + 1):
            head.setTextAlignment(place, _RIGHT)
        market = self._desk.market
        for underlying in market.underlyings:
            top = QTreeWidgetItem(self.tree, [underlying_name(underlying), *[DASH] * _DUTY])
            top.setData(0, _KEY, underlying.code)
            top.setFont(0, self._appearance.words_at(SIZE_TABLE, bold=True))
            self._align(top)
            self._tops[underlying.code] = top
            series = {c.series: c.month[1] for c in market.contracts if c.underlying == underlying.code}
            for (code, expiry, letter), month in sorted(series.items(), key=lambda entry: _standard_first(entry[0])):
                label, left = month_label(expiry, letter, month), self._left(expiry)
                item = QTreeWidgetItem(top, [label, left, *[DASH] * (_DUTY - 1)])
                item.setData(0, _KEY, (code, expiry, letter))
                item.setToolTip(0, self.tr("Last trading day {day}").format(day=day(expiry)))
                self._align(item)
                self._items[code, expiry, letter] = item
                short = QListWidgetItem(_in_two_lines(underlying_name(underlying), label), self.strip)
                short.setData(_KEY, (code, expiry, letter))
                short.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                short.setToolTip(f"{underlying_name(underlying)} {label} · {left}")
            top.setExpanded(True)
        if isinstance(key, tuple):
            self.show_series(key)
        self._hide_series()

    def _hide_series(self) -> None:
        current = self.tree.currentItem()
        in_front = current.data(0, _KEY) if current is not None else None
        for key, item in self._items.items():
            is_hidden = not (self._adjusted or key[2] == STANDARD or key == in_front)
            # Told what it is already, Qt lays the whole tree out anew: at every contract chosen
            if item.isHidden() != is_hidden:
                item.setHidden(is_hidden)
        for place in range(self.strip.count()):
            is_hidden = self._items[self.strip.item(place).data(_KEY)].isHidden()
            if self.strip.isRowHidden(place) != is_hidden:
                self.strip.setRowHidden(place, is_hidden)

    def _align(self, item: QTreeWidgetItem) -> None:
        for place in range(_DAYS, _DUTY + 1):
            item.setTextAlignment(place, _RIGHT)

    def _left(self, expiry: date) -> str:
        try:
            return str(self._days_left(expiry))
        except CalendarError:
            return DASH

    def _dress(self) -> None:
        figures = self._appearance.figures
        self.tree.setFont(figures)
        self._dress_columns()
        self._stale = True

    def _dress_columns(self) -> None:
        metrics, header = QFontMetrics(self._appearance.figures), self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        widths = {place: metrics.horizontalAdvance("0") * chars + 8 for place, chars in _CHARACTERS.items()}
        for place, width in widths.items():
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(place, width)
        self._roomy_width = sum(widths.values()) + _NAME_WIDTH
        self._hide_columns()

    def _hide_columns(self) -> None:
        """A maker's own columns are there where the names keep their room beside them."""
        for place in (_VEGA, _DUTY):
            self.tree.setColumnHidden(place, not self._is_maker or self.width() < self._roomy_width)


def _no_maker() -> None:
    """Nobody has said what a maker sees."""


def _standard_first(key: SeriesKey) -> tuple[date, bool, str]:
    _, expiry, letter = key
    return expiry, letter != STANDARD, letter


def _set_text(item: QTreeWidgetItem, column: int, text: str) -> None:
    if item.text(column) != text:
        item.setText(column, text)
