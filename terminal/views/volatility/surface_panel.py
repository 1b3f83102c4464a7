"""The surface (波动率曲面) as a table: expiry by strike, every volatility written, its height in the ground."""

from datetime import date
from enum import StrEnum

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from terminal.services.curves import CurveService
from terminal.services.smile import Smile
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.heat_table import HeatModel, HeatTable, Matrix, signed
from terminal.views.style_sheet import set_role
from terminal.views.texts import month_words
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE
from terminal.views.volatility.words import word


class Height(StrEnum):
    """What a cell of the surface shows."""

    CURVE = "curve"
    """The trader's curve, else the fit"""
    MIDDLE = "middle"
    """What the books imply"""
    RESIDUAL = "residual"
    """The books less the curve, basis points"""
    CHANGE = "change"
    """The curve less the last settlement, points"""


class SurfacePanel(QWidget):
    """Built when first seen; follows the chain's underlying."""

    expiry_chosen = Signal(str, object)
    """Underlying and expiry of the cell that was clicked"""

    def __init__(
        self, valuation: Valuation, curves: CurveService, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._valuation = valuation
        self._curves = curves
        self.underlying = ""
        self.height_shown = Height.CURVE
        self._token: tuple[object, ...] = ()
        self._expiries: list[date] = []
        self.model = HeatModel(self)
        self.table = HeatTable(self.model, appearance, self)
        self.table.least_width = 46
        self.note = QLabel()
        set_role(self, "panel")
        set_role(self.note, "second")
        head = QHBoxLayout()
        head.setContentsMargins(PANEL_PADDING, 0, 4, 0)
        head.setSpacing(2)
        head.addWidget(self.note, 1)
        group = QButtonGroup(self)
        self.buttons: dict[Height, QToolButton] = {}
        for height in Height:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setChecked(height is self.height_shown)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_role(button, "flat")
            button.clicked.connect(lambda _=False, h=height: self.show_height(h))
            group.addButton(button)
            head.addWidget(button)
            self.buttons[height] = button
        bar = QWidget(self)
        bar.setFixedHeight(PANEL_TITLE)
        bar.setLayout(head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.table, 1)
        self.table.clicked.connect(lambda index: self._choose(index.row()))
        self._name()

    def show_underlying(self, underlying: str) -> None:
        """Turn to another underlying."""
        if underlying != self.underlying:
            self.underlying, self._token = underlying, ()

    def show_height(self, height: Height) -> None:
        """Show another figure."""
        self.height_shown = height
        self.buttons[height].setChecked(True)
        self._token = ()
        self._name()
        self.flush()

    def flush(self) -> None:
        """Show what has changed since the last call."""
        if not self.underlying:
            return
        self._valuation.refresh(self.underlying)
        token = (self.underlying, self._valuation.revision_of(self.underlying), self._curves.revision)
        if token == self._token:
            return
        self._token = token
        smiles = [s for e in self._curves.expiries(self.underlying) if (s := self._curves.smile(self.underlying, e))]
        self._expiries = [s.expiry for s in smiles]
        strikes = sorted({round(float(k), 4) for s in smiles for k in s.points.strike})
        values = np.full((len(smiles), len(strikes)), np.nan)
        place = {strike: n for n, strike in enumerate(strikes)}
        for row, smile in enumerate(smiles):
            columns = [place[round(float(k), 4)] for k in smile.points.strike]
            values[row, columns] = self._heights(smile)
        compares = self.height_shown in (Height.RESIDUAL, Height.CHANGE)
        known = values[np.isfinite(values)]
        spot = self._valuation.spot(self.underlying)
        nearest = int(np.argmin(np.abs(np.array(strikes) - spot))) if strikes and np.isfinite(spot) else -1
        self.model.show(
            Matrix(
                tuple(month_words(s.expiry.month) for s in smiles),
                tuple(f"{k:.3f}" if round(k * 1000) % 10 else f"{k:.2f}" for k in strikes),
                values,
                signed(0 if self.height_shown is Height.RESIDUAL else 2) if compares else lambda v: f"{v:.2f}",
                centre=0.0 if compares or not known.size else float(np.median(known)),
                emphasis=(-1, nearest),
            )
        )

    def sizeHint(self) -> QSize:
        """A few rows."""
        return QSize(880, 200)

    def minimumSizeHint(self) -> QSize:
        """A corner of it."""
        return QSize(240, 120)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while it was hidden."""
        super().showEvent(event)
        self._token = ()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._name()
            self._token = ()

    # ---- inside

    def _heights(self, smile: Smile) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
        if self.height_shown is Height.MIDDLE:
            return smile.points.middle * 100.0
        if self.height_shown is Height.RESIDUAL:
            return smile.residual * 10_000.0
        curve = smile.curve_volatility(smile.points.k) * 100.0
        return curve if self.height_shown is Height.CURVE else curve - smile.settlement * 100.0

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._expiries):
            self.expiry_chosen.emit(self.underlying, self._expiries[row])

    def _name(self) -> None:
        words = {
            Height.CURVE: word("Curve"),
            Height.MIDDLE: word("Books"),
            Height.RESIDUAL: word("Residual"),
            Height.CHANGE: word("Change"),
        }
        units = {
            Height.CURVE: word("My curve or the fit, volatility %"),
            Height.MIDDLE: word("Middle of the books, volatility %"),
            Height.RESIDUAL: word("Books less curve, basis points"),
            Height.CHANGE: word("Curve less settlement, points"),
        }
        for height, button in self.buttons.items():
            button.setText(words[height])
            button.setToolTip(units[height])
        self.note.setText(units[self.height_shown])
        self.setAccessibleName(word("Volatility surface"))
