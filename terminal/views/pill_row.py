"""The underlyings in the top bar: a pill each, as much of each as there is room for, and a menu for the rest."""

import math
from dataclasses import replace
from enum import Enum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.services.month_volatility import month_volatility
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.formatting import thousands
from terminal.views.pill import Pill, PillDetail, PillFigures
from terminal.views.style_sheet import set_role
from terminal.views.texts import plain_tip, underlying_name
from terminal.views.theme import TOP_BAR


class Room(Enum):
    """How much is told: of the underlying in the chain, and of the others. From the roomiest down."""

    ALL_FULL = (PillDetail.FULL, PillDetail.FULL)
    ONE_FULL = (PillDetail.FULL, PillDetail.SHORT)
    ALL_SHORT = (PillDetail.SHORT, PillDetail.SHORT)
    ONE_SHORT = (PillDetail.SHORT, PillDetail.LEAST)
    ALL_LEAST = (PillDetail.LEAST, PillDetail.LEAST)


class PillRow(QWidget):
    """`width_of` says what a `Room` asks for, `show_room` gives it. Served by the bar it stands in."""

    chosen = Signal(str)
    """By hand: the code of an underlying"""

    def __init__(
        self, desk: Desk, appearance: Appearance, valuation: Valuation | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._valuation = valuation
        self._list_is_new = True
        self.pills: list[Pill] = []
        self.underlying = ""
        """The one that the chain shows, empty before the first list"""
        self.more = QToolButton()
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_role(self.more, "flat")
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.more.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.more)
        self.setFixedHeight(TOP_BAR)
        self._leave = desk.bus.subscribe(DayChanged, self._on_day)

    # ---- what the bar does

    def flush(self) -> bool:
        """Show what moved; whether there are other pills than before."""
        is_new = self._list_is_new
        if is_new:
            self._make_pills()
        self._show_figures()
        return is_new

    def set_underlying(self, code: str) -> bool:
        """Mark the underlying that the chain shows; whether it is another one."""
        is_other = code != self.underlying
        self.underlying = code
        for pill in self.pills:
            pill.setChecked(pill.code == code)
        return is_other

    def width_of(self, room: Room) -> int:
        """What all pills ask for."""
        return sum(pill.size_at(self._detail(pill, room)).width() for pill in self.pills)

    def show_room(self, room: Room, spare: int | None = None) -> None:
        """Show so much of each; where not all of them fit into `spare` pixels the last go into the menu."""
        hidden: list[Pill] = []
        used = 0
        beside = 0 if spare is None else self._menu_width()
        for pill in self.pills:
            pill.show_detail(self._detail(pill, room))
            used += pill.sizeHint().width()
            fits = spare is None or used + beside <= spare
            pill.setVisible(fits)
            if not fits:
                hidden.append(pill)
        self.more.setVisible(bool(hidden))
        self.more.setText(f"+{len(hidden)} ▾")
        self.menu.clear()
        for pill in hidden:
            underlying = self._desk.market.underlying(pill.code)
            name = underlying_name(underlying) if underlying is not None else pill.code
            self.menu.addAction(name, partial(self._choose, pill.code))
        # Qt would tell the bar only at the next turn, and it measures itself in this one
        self.updateGeometry()

    @property
    def shown_width(self) -> int:
        """What the pills that are shown ask for, and the menu beside them."""
        shown = sum(pill.sizeHint().width() for pill in self.pills if not pill.isHidden())
        return shown + (0 if self.more.isHidden() else self.more.sizeHint().width())

    # ---- inside

    def _detail(self, pill: Pill, room: Room) -> PillDetail:
        in_chain, other = room.value
        return in_chain if pill.code == self.underlying else other

    def _menu_width(self) -> int:
        before = self.more.text()
        self.more.setText("+9 ▾")
        width = self.more.sizeHint().width()
        self.more.setText(before)
        return width

    def _make_pills(self) -> None:
        self._list_is_new = False
        for old in self.pills:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.pills = []
        for place, underlying in enumerate(self._desk.market.underlyings):
            pill = Pill(underlying.code, self._appearance)
            pill.clicked.connect(lambda _checked=False, code=underlying.code: self._choose(code))
            pill.setToolTip(plain_tip(f"{underlying_name(underlying)} {underlying.code}"))
            self.pills.append(pill)
            self._row.insertWidget(place, pill)
        known = {pill.code for pill in self.pills}
        if self.underlying not in known and self.pills:
            self.underlying = self.pills[0].code
        self.set_underlying(self.underlying)
        self.updateGeometry()

    def _choose(self, code: str) -> None:
        self.set_underlying(code)
        self.chosen.emit(code)

    def _show_figures(self) -> None:
        market = self._desk.market
        range_words = self.tr("Day")
        for pill in self.pills:
            underlying, row = market.underlying(pill.code), market.row_of.get(pill.code)
            if underlying is None or row is None:
                continue
            last, high, low = (int(market.quotes[row, c]) for c in (Column.LAST, Column.HIGH, Column.LOW))
            change = last / PRICE_SCALE / float(underlying.previous_close) - 1 if last else None
            figures = PillFigures(underlying_name(underlying), last, change, high, low, range_words)
            pill.show_figures(replace(figures, volatility=self._volatility(pill.code), delta=self._delta(pill.code)))

    def _volatility(self, code: str) -> float | None:
        """To what is shown of it, so that a pill is painted anew only then."""
        if self._valuation is None:
            return None
        found = month_volatility(self._valuation, code, self._desk.clock.now().date())
        return round(found, 3) if math.isfinite(found) else None

    def _delta(self, code: str) -> str:
        held = self._desk.quoting.gate.commitments.held(code)
        return thousands(held) if math.isfinite(held) and held else ""

    def _on_day(self, _event: DayChanged) -> None:
        self._list_is_new = True
