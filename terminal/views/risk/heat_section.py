"""Heat map of the book (风险热图): one metric by expiry and strike, with sums at the edges."""

from datetime import date

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from terminal.services.market_data import MarketData
from terminal.services.profit_explained import ProfitExplained
from terminal.services.risk import Metric, RiskGrid, RiskService
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.heat_table import HeatModel, HeatTable, Matrix, signed, titles
from terminal.views.risk.section import Section
from terminal.views.risk.words import word
from terminal.views.texts import month_words
from terminal.views.theme import PANEL_TITLE

FloatArray = NDArray[np.float64]
#: Qt's own for no bound
_NO_BOUND = 16_777_215
#: Shown as `Metric`s; None is the day's profit
SHOWN: tuple[Metric | None, ...] = (Metric.DELTA, Metric.GAMMA, Metric.VEGA, Metric.THETA, Metric.VANNA, None)


class HeatSection(Section):
    """A click on a cell, or on a sum, tells which contracts it stands for; the same again takes the choice back."""

    chosen = Signal(object, object)
    """Expiry and strike, each None for all"""
    least_height = 138

    def __init__(
        self,
        market: MarketData,
        valuation: Valuation,
        risk: RiskService,
        profit: ProfitExplained,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._valuation = valuation
        self._risk = risk
        self._profit = profit
        self.underlying = ""
        self.shown_metric: Metric | None = Metric.VEGA
        self.filled = False
        self._is_alone = False
        self._grid = RiskGrid((), (), np.zeros((0, 0)))
        self.choice: tuple[date | None, float | None] | None = None
        self.buttons = self.choices(SHOWN, self.shown_metric, self.show_metric)
        self.model = HeatModel(self)
        self.table = HeatTable(self.model, appearance, self)
        self.body.addWidget(self.table, 1)
        self.table.clicked.connect(lambda index: self._click(index.row(), index.column()))
        self.name_all()

    def set_alone(self, alone: bool) -> None:
        """Say whether other sections stand below."""
        self._is_alone = alone
        self._bound()

    def show_metric(self, metric: Metric | None) -> None:
        """Show another figure."""
        self.shown_metric = metric
        self.buttons[metric].setChecked(True)
        self.name_all()
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        grid = self._profit_grid() if self.shown_metric is None else self._metric_grid(self.shown_metric)
        self._grid = grid
        values = np.full((len(grid.expiries) + 1, len(grid.strikes) + 1), np.nan)
        values[:-1, :-1] = grid.values
        known = np.where(np.isfinite(grid.values), grid.values, 0.0)
        values[:-1, -1], values[-1, :-1], values[-1, -1] = known.sum(axis=1), known.sum(axis=0), known.sum()
        spot = self._valuation.spot(self.underlying) if self.underlying else np.nan
        strikes = np.array(grid.strikes)
        nearest = int(np.argmin(np.abs(strikes - spot))) if strikes.size and np.isfinite(spot) else -1
        small = float(np.abs(known).max(initial=0.0)) < 10.0
        self.model.show(
            Matrix(
                titles([month_words(e.month) for e in grid.expiries], word("Total")),
                titles([f"{k:.3f}" if round(k * 1000) % 10 else f"{k:.2f}" for k in grid.strikes], word("Total")),
                values,
                signed(1 if small else 0),
                sums=(True, True),
                emphasis=(-1, nearest),
                boxed=self._boxed(),
            )
        )
        self._bound()

    def name_all(self) -> None:
        """Words of the language in force."""
        names = {
            Metric.DELTA: "Δ", Metric.GAMMA: "Γ", Metric.VEGA: "Vega", Metric.THETA: "Θ", Metric.VANNA: "Vanna",
            None: word("P&L"),
        }  # fmt: skip
        units = {
            Metric.DELTA: word("shares"),
            Metric.GAMMA: word("shares per 1 %"),
            Metric.VEGA: word("yuan per volatility point"),
            Metric.THETA: word("yuan per day"),
            Metric.VANNA: word("shares per volatility point"),
            None: word("yuan today"),
        }
        self.title.setText(word("Heat map"))
        self.unit.setText(units[self.shown_metric])
        for metric, button in self.buttons.items():
            button.setText(names[metric].replace("&", "&&"))
            button.setToolTip(units[metric])
        self.table.setAccessibleName(word("Heat map"))

    # ---- inside

    def _bound(self) -> None:
        # More than its rows need is of use to the sections below
        self.setMaximumHeight(_NO_BOUND if self._is_alone else PANEL_TITLE + self.table.most_height)

    def _metric_grid(self, metric: Metric) -> RiskGrid:
        return self._risk.grid(self.underlying, metric, filled=self.filled)

    def _profit_grid(self) -> RiskGrid:
        listed = [(n, c) for n, c in enumerate(self._market.contracts) if c.underlying == self.underlying]
        expiries = tuple(sorted({c.expiry for _, c in listed}))
        strikes = tuple(sorted({float(c.strike) for _, c in listed}))
        values = np.full((len(expiries), len(strikes)), np.nan)
        day = self._profit.today()
        if day is not None:
            for n, contract in listed:
                earned = float(day.contract_totals[n])
                if earned:
                    place = expiries.index(contract.expiry), strikes.index(float(contract.strike))
                    values[place] = earned if np.isnan(values[place]) else values[place] + earned
        return RiskGrid(expiries, strikes, values)

    def _click(self, row: int, column: int) -> None:
        grid = self._grid
        expiry = grid.expiries[row] if row < len(grid.expiries) else None
        strike = grid.strikes[column] if column < len(grid.strikes) else None
        wanted = None if expiry is None and strike is None else (expiry, strike)
        self.choice = None if wanted == self.choice else wanted
        self.chosen.emit(*(self.choice or (None, None)))
        self.flush()

    def _boxed(self) -> tuple[tuple[int, int], ...]:
        if self.choice is None:
            return ()
        grid, (expiry, strike) = self._grid, self.choice
        row = grid.expiries.index(expiry) if expiry in grid.expiries else len(grid.expiries)
        column = grid.strikes.index(strike) if strike in grid.strikes else len(grid.strikes)
        return ((row, column),)
