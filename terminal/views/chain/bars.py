"""The two bars above the chain: underlyings and column sets, expiries and filters. They show and ask, nothing else."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from terminal.views.appearance import Appearance
from terminal.views.chain.columns import ColumnSet
from terminal.views.chain.filter_box import hidden_words
from terminal.views.chain.filters import ChainFilter, StrikeFilter
from terminal.views.chain.tabs import TabStrip
from terminal.views.chain.words import word
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_TITLE, ColourMode

_SET_WORDS = {
    ColumnSet.TRADER: "Trading",
    ColumnSet.QUOTES: "Quotes",
    ColumnSet.VALUE: "Value",
    ColumnSet.RETAIL: "Retail",
}


class ChainBars(QWidget):
    """`underlyings` and `expiries` are tabs; the rest is buttons."""

    set_wanted = Signal(object)
    """A ColumnSet"""
    filter_wanted = Signal(object)
    """A ChainFilter"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._filter = ChainFilter()
        self._hidden = 0
        self.underlyings = TabStrip(appearance, self)
        self.expiries = TabStrip(appearance, self)
        self.sets = {column_set: self._button() for column_set in _SET_WORDS}
        self.strikes = {wanted: self._button() for wanted in StrikeFilter}
        self.modes = {mode: self._button() for mode in ColourMode}
        self.mine = self._button()
        self.hidden = self._button(checkable=False)
        """How many strikes the filter hides; a click shows them all"""
        set_role(self.hidden, "flat-warn")
        self.hidden.hide()
        self.columns = self._button(checkable=False)
        self._groups = [
            self._exclusive(buttons) for buttons in (self.sets.values(), self.strikes.values(), self.modes.values())
        ]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(_row(self.underlyings, *self.sets.values(), self.columns))
        box.addLayout(
            _row(self.expiries, self.hidden, *self.strikes.values(), self.mine, *self.modes.values()),
        )
        for column_set, button in self.sets.items():
            button.clicked.connect(lambda _on=False, s=column_set: self.set_wanted.emit(s))
        for wanted, button in self.strikes.items():
            button.clicked.connect(lambda _on=False, w=wanted: self._want(replace(self._filter, strikes=w)))
        for mode, button in self.modes.items():
            button.clicked.connect(lambda _on=False, m=mode: self._appearance.set_mode(m))
        self.mine.clicked.connect(lambda on: self._want(replace(self._filter, mine_only=on)))
        self.hidden.clicked.connect(lambda: self._want(self._filter.with_all_strikes()))
        appearance.changed.connect(self._show_mode)
        self._show_mode()
        self._translate()

    def show_set(self, column_set: ColumnSet) -> None:
        """Which columns are shown."""
        self.sets[column_set].setChecked(True)

    def show_filter(self, wanted: ChainFilter, hidden: int) -> None:
        """What is in force, and how many strikes it hides."""
        self._filter = wanted
        self.strikes[wanted.strikes].setChecked(True)
        self.mine.setChecked(wanted.mine_only)
        if hidden != self._hidden:
            self._hidden = hidden
            self._tell_hidden()
            self.hidden.setVisible(hidden > 0)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._translate()

    # ---- inside

    def _want(self, wanted: ChainFilter) -> None:
        self.filter_wanted.emit(wanted)

    def _show_mode(self) -> None:
        self.modes[self._appearance.mode].setChecked(True)

    def _tell_hidden(self) -> None:
        self.hidden.setText(f"{hidden_words(self._hidden)} ✕")

    def _translate(self) -> None:
        for column_set, source in _SET_WORDS.items():
            self.sets[column_set].setText(word(source))
        for wanted, button in self.strikes.items():
            button.setText(f"±{wanted.value}" if wanted.value else word("All"))
        self.mine.setText(word("Mine"))
        self.mine.setToolTip(word("Only strikes where I hold something or have an order"))
        self._tell_hidden()
        self.hidden.setToolTip(word("Show all strikes"))
        self.modes[ColourMode.BY_CHANGE].setText(word("By change"))
        self.modes[ColourMode.BY_SIDE].setText(word("By side"))
        self.columns.setText(f"{word('Columns')} ▾")
        self.underlyings.setAccessibleName(word("Underlyings"))
        self.expiries.setAccessibleName(word("Expiries"))

    def _button(self, *, checkable: bool = True) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(checkable)
        # A click on a button must not take the cursor out of a price field
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(button, "flat")
        return button

    def _exclusive(self, buttons: Iterable[QToolButton]) -> QButtonGroup:
        group = QButtonGroup(self)
        group.setExclusive(True)
        for button in buttons:
            group.addButton(button)
        return group


def _row(strip: TabStrip, *buttons: QToolButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 6, 0)
    row.setSpacing(2)
    strip.setFixedHeight(PANEL_TITLE)
    row.addWidget(strip, 1)
    for button in buttons:
        row.addWidget(button)
    return row
