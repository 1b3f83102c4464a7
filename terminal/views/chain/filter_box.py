"""The filters that stand under the rail of series: |Δ| from and to, only mine, only what must be quoted, adjusted too.

And how many strikes they hide.
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from terminal.views.appearance import Appearance
from terminal.views.chain.filters import ChainFilter
from terminal.views.chain.words import word
from terminal.views.plurals import in_number
from terminal.views.range_slider import RangeSlider
from terminal.views.style_sheet import set_role

#: |Δ| is set by hundredths
_STEPS = 100


def hidden_words(count: int) -> str:
    """3 strikes hidden (隐去 3 行)."""
    return in_number(word("{count} strikes hidden").format(count=count))


class FilterBox(QWidget):
    """Shows a filter and asks for another; it filters nothing itself."""

    filter_wanted = Signal(object)
    """A ChainFilter"""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = ChainFilter()
        self._hidden = 0
        set_role(self, "foot")
        self.title, self.key, self.delta_name, self.delta = QLabel(), QLabel("/"), QLabel("|Δ|"), QLabel()
        set_role(self.title, "section")
        set_role(self.key, "note")
        set_role(self.delta_name, "dim")
        set_role(self.delta, "small-figure")
        self.delta.setFixedWidth(self.delta.fontMetrics().horizontalAdvance("0.00 – 0.00"))
        self.delta.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clear = QToolButton()
        set_role(self.clear, "flat-warn")
        # It holds its place while nothing is hidden: what stands above must not jump
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.clear.setSizePolicy(policy)
        self.range = RangeSlider(_STEPS, appearance)
        self.obliged = QCheckBox()
        self.mine = QCheckBox()
        self.adjusted = QCheckBox()
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 8, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.key, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.clear, 0, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.delta_name, 1, 0)
        grid.addWidget(self.range, 1, 1)
        grid.addWidget(self.delta, 1, 2)
        grid.addWidget(self.mine, 2, 0, 1, 3)
        grid.addWidget(self.obliged, 3, 0, 1, 3)
        grid.addWidget(self.adjusted, 4, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.obliged.hide()
        self.range.changed.connect(self._on_range)
        self.mine.toggled.connect(lambda on: self._want(replace(self._filter, mine_only=on)))
        self.obliged.toggled.connect(lambda on: self._want(replace(self._filter, obliged_only=on)))
        self.adjusted.toggled.connect(lambda on: self._want(replace(self._filter, adjusted=on)))
        self.clear.clicked.connect(lambda: self._want(self._filter.with_all_strikes()))
        self._translate()

    def show_filter(self, wanted: ChainFilter, hidden: int) -> None:
        """What is in force, and how many strikes it hides now."""
        self._filter, self._hidden = wanted, hidden
        self.range.set_ends(round(wanted.least_delta * _STEPS), round(wanted.most_delta * _STEPS))
        self.delta.setText(f"{wanted.least_delta:.2f} – {wanted.most_delta:.2f}")
        ticks = ((self.mine, wanted.mine_only), (self.obliged, wanted.obliged_only), (self.adjusted, wanted.adjusted))
        for box, on in ticks:
            was = box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(was)
        self.clear.setText(f"{hidden_words(hidden)} ✕")
        self.clear.setVisible(hidden > 0)

    def show_obliged(self, owes: bool) -> None:
        """Whether this account has to quote anything: for others there is nothing to tick."""
        self.obliged.setVisible(owes)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
        super().changeEvent(event)

    def _on_range(self, lower: int, upper: int) -> None:
        self._want(replace(self._filter, least_delta=lower / _STEPS, most_delta=upper / _STEPS))

    def _want(self, wanted: ChainFilter) -> None:
        self.filter_wanted.emit(wanted)

    def _translate(self) -> None:
        self.title.setText(word("Filter"))
        tip = word("Strikes whose call or put has its |Δ| in this range; the contract in the ticket is always shown")
        for widget in (self.delta_name, self.delta, self.range):
            widget.setToolTip(tip)
        self.range.setAccessibleName(word("|Δ| from and to"))
        self.mine.setText(word("Only what I hold or work"))
        self.obliged.setText(word("Only what I must quote"))
        self.obliged.setToolTip(word("Strikes with a contract that owes quotes today"))
        self.adjusted.setText(word("Adjusted series too"))
        self.adjusted.setToolTip(word("Series with a letter, whose unit and strikes an ex-day has changed"))
        self.clear.setToolTip(word("Show all strikes"))
        self.show_filter(self._filter, self._hidden)
