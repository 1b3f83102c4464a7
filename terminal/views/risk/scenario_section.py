"""Scenario grid (情景矩阵): what the book would earn if the underlyings and all volatilities moved, now or later."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from terminal.services.risk import RiskService
from terminal.views.appearance import Appearance
from terminal.views.heat_table import HeatModel, HeatTable, Matrix, signed
from terminal.views.risk.section import Section
from terminal.views.risk.words import word
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING

SPOTS = (-0.10, -0.07, -0.05, -0.03, -0.02, -0.01, 0.0, 0.01, 0.02, 0.03, 0.05, 0.07, 0.10)
VOLATILITIES = (0.05, 0.03, 0.02, 0.01, 0.0, -0.01, -0.02, -0.03, -0.05)
_DAYS = 365.0
_MOST_DAYS = 60
#: From this on, figures are in thousands
_THOUSANDS_FROM = 20_000.0
_NO_DECIMALS_FROM = 1_000_000.0


class ScenarioSection(Section):
    """Profit in yuan; `scope` is one underlying or None for the whole book."""

    least_height = 232

    def __init__(self, risk: RiskService, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._risk = risk
        self.scope: str | None = None
        self.filled = self.button(checkable=True)
        self.filled.toggled.connect(lambda _: self.flush())
        self._time_name, self.time_text = QLabel(), QLabel()
        self.time = QSlider(Qt.Orientation.Horizontal)
        self.time.setRange(0, _MOST_DAYS)
        self.time.setFixedWidth(110)
        self.time.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.time.valueChanged.connect(lambda _: self.flush())
        set_role(self._time_name, "dim")
        set_role(self.time_text, "figure")
        self.time_text.setFixedWidth(40)
        for widget in (self._time_name, self.time, self.time_text):
            self.bar.addWidget(widget)
        self.model = HeatModel(self)
        self.table = HeatTable(self.model, appearance, self)
        self.table.title_width = 58
        self.table.highest_row = 40
        self.table.least_width = 40
        self.body.addWidget(self.table, 1)
        self.worst, self.near, self.unpriced = QLabel(), QLabel(), QLabel()
        for label in (self.worst, self.near):
            set_role(label, "second")
        set_role(self.unpriced, "warn")
        foot = QHBoxLayout()
        foot.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        foot.setSpacing(16)
        for label in (self.worst, self.near, self.unpriced):
            foot.addWidget(label)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.name_all()

    def flush(self) -> None:
        """Ask for the grid and show it."""
        days = self.time.value()
        slide = self._risk.slide(None if self.scope is None else (self.scope,), SPOTS, VOLATILITIES, (days / _DAYS,))
        profit = (slide.worst if self.filled.isChecked() else slide.profit)[:, :, 0].T
        largest = float(np.abs(profit).max(initial=0.0))
        unit = 1000.0 if largest >= _THOUSANDS_FROM else 1.0
        text = signed(1 if unit > 1.0 and largest < _NO_DECIMALS_FROM else 0)
        worst = np.unravel_index(int(np.argmin(profit)), profit.shape)
        row, column = int(worst[0]), int(worst[1])
        lost = float(profit[row, column]) < 0.0
        self.model.show(
            Matrix(
                tuple(_points(v) for v in VOLATILITIES),
                tuple(_percent(s) for s in SPOTS),
                profit,
                lambda value: text(value / unit),
                emphasis=(VOLATILITIES.index(0.0), SPOTS.index(0.0)),
                boxed=((row, column),) if lost else (),
            )
        )
        unit_words = word("thousand yuan") if unit > 1.0 else word("yuan")
        self.unit.setText(f"{word('spot × volatility')} · {unit_words}")
        self.time_text.setText(f"T+{days}")
        middle = VOLATILITIES.index(0.0)
        figure = text(float(profit[row, column]) / unit)
        self.worst.setText(
            word("Worst {figure} at S {spot}, IV {points}").format(
                figure=figure, spot=_percent(SPOTS[column]), points=_points(VOLATILITIES[row])
            )
            if lost
            else word("No loss anywhere on this grid")
        )
        around = " / ".join(text(float(profit[middle, SPOTS.index(s)]) / unit) for s in (-0.03, 0.03))
        self.near.setText(f"S ±3% {around}")
        self.unpriced.setText(word("{count} without a price left out").format(count=slide.unpriced))
        self.unpriced.setVisible(bool(slide.unpriced))

    def name_all(self) -> None:
        """Words of the language in force."""
        self.title.setText(word("Scenario"))
        self.filled.setText(word("Resting orders filled"))
        self.filled.setToolTip(word("The least of: nothing filled, all bids, all asks, all; quotes are among them"))
        self._time_name.setText(word("Days on"))
        self.table.setAccessibleName(word("Scenario"))
        self.time.setAccessibleName(word("Days on"))


def _percent(shock: float) -> str:
    return "0%" if not shock else f"{'+' if shock > 0 else '−'}{abs(shock) * 100:.0f}%"


def _points(shock: float) -> str:
    return f"{'+' if shock > 0 else '−' if shock < 0 else ''}{abs(shock) * 100:.0f} {word('pt')}"
