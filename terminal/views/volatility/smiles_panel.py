"""All expiries side by side (全部到期) and the term structure (期限结构): where one smile stands among the others."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QBrush, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from terminal.pricing.quality import Quality
from terminal.services.curves import CurveService
from terminal.services.smile import Smile
from terminal.services.valuation import Valuation
from terminal.views.formatting import number
from terminal.views.style_sheet import set_role
from terminal.views.texts import month_words
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE, SIZE_NOTE, SIZE_TABLE, Appearance
from terminal.views.volatility.plot_dress import dress_plot, hairline, known, pairs, round_range, still_plot
from terminal.views.volatility.words import word

FloatArray = NDArray[np.float64]
_CURVE_POINTS = 81
#: Of at most so many expiries; a year's list has four or five
_MOST = 8


def _canvas() -> Any:
    """A widget for one plot; where there are fewer expiries it is hidden and kept."""
    canvas = pg.GraphicsLayoutWidget()
    canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    canvas.ci.layout.setContentsMargins(2, 2, 8, 2)
    return canvas


class _Small:
    """One expiry's plot."""

    def __init__(self) -> None:
        self.canvas = _canvas()
        self.plot = still_plot(self.canvas.ci, 0, lambda value: f"{value:.2f}", lambda value: f"{value:g}")
        self.plot.getAxis("left").setWidth(36)
        self.curve, self.fit = pg.PlotCurveItem(), pg.PlotCurveItem()
        self.bars = pg.PlotCurveItem(connect="pairs")
        self.spot = pg.InfiniteLine(angle=90)
        for item in (self.spot, self.bars, self.fit, self.curve):
            self.plot.addItem(item)

    def dress(self, appearance: Appearance) -> None:
        theme = appearance.theme
        self.canvas.setBackground(theme.well)
        dress_plot(self.plot, appearance)
        self.curve.setPen(hairline(theme.own))
        self.fit.setPen(hairline(theme.theo, Qt.PenStyle.DashLine))
        self.bars.setPen(hairline(theme.text_2))
        self.spot.setPen(hairline(theme.spot))

    def show(self, smile: Smile, title: str) -> tuple[float, float]:
        """Draw; gives the lowest and the highest volatility, points."""
        points = smile.points
        dense = np.linspace(points.k[0], points.k[-1], _CURVE_POINTS)
        x = smile.forward.price * np.exp(dense)
        own = smile.curve_volatility(dense) * 100.0
        self.curve.setData(*known(x, own))
        self.fit.setData(*known(x, smile.fit_volatility(dense) * 100.0))
        live = (points.call_marks == Quality.LIVE) | (points.put_marks == Quality.LIVE)
        live &= np.abs(points.band) < 0.03
        low, high = points.low[live] * 100.0, points.high[live] * 100.0
        self.bars.setData(*pairs(points.strike[live], low, high), connect="pairs")
        self.spot.setVisible(bool(smile.spot > 0.0))
        if smile.spot > 0.0:
            self.spot.setValue(smile.spot)
        self.plot.setXRange(float(points.strike[0]), float(points.strike[-1]), padding=0.03)
        self.plot.setTitle(title)
        every = np.concatenate((own, low, high))
        every = every[np.isfinite(every)]
        return (float(every.min()), float(every.max())) if every.size else (np.nan, np.nan)


class SmilesPanel(QWidget):
    """Built by the first `flush`; follows the chain's underlying."""

    def __init__(
        self,
        valuation: Valuation,
        curves: CurveService,
        appearance: Appearance,
        *,
        days_left: Callable[[date], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._valuation = valuation
        self._curves = curves
        self._appearance = appearance
        self._days_left = days_left
        self.underlying = ""
        self._token: tuple[object, ...] = ()
        self._built = False
        self._small: list[_Small] = []
        self._count = 0
        self._y_range: dict[int, tuple[float, float]] = {}
        set_role(self, "panel")

    def show_underlying(self, underlying: str) -> None:
        """Turn to another underlying."""
        if underlying != self.underlying:
            self.underlying, self._token = underlying, ()
            self._y_range.clear()

    def flush(self) -> None:
        """Draw what has changed since the last call."""
        if not self._built:
            self._build()
        if not self.underlying:
            return
        self._valuation.refresh(self.underlying)
        revisions = self._valuation.revision_of(self.underlying), self._curves.revision
        token = (self.underlying, *revisions, self.same.isChecked(), self.width())
        if token == self._token:
            return
        self._token = token
        smiles = [
            s for e in self._curves.expiries(self.underlying)[:_MOST] if (s := self._curves.smile(self.underlying, e))
        ]
        smiles = [s for s in smiles if len(s.points.k) > 1 and np.isfinite(s.forward.price)]
        if len(smiles) != self._count:
            self._lay_out(len(smiles))
        ranges = []
        for small, smile in zip(self._small, smiles, strict=False):
            at_the_money = number(smile.traits().at_the_money * 100, 2)
            days = f"{self._days_left(smile.expiry)}{word('d')}"
            ranges.append(small.show(smile, self._title(month_words(smile.expiry.month), days, at_the_money)))
        self._show_ranges(ranges)
        self._show_term(smiles)

    def sizeHint(self) -> QSize:
        """Room for five small plots."""
        return QSize(880, 240)

    def minimumSizeHint(self) -> QSize:
        """Two of them."""
        return QSize(260, 140)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while it was hidden."""
        super().showEvent(event)
        self._token = ()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._built:
            self._name()
            self._token = ()

    # ---- inside

    def _build(self) -> None:
        self.title = QLabel()
        set_role(self.title, "second")
        self.same = QToolButton()
        self.same.setCheckable(True)
        self.same.setChecked(True)
        self.same.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self.same, "flat")
        head = QHBoxLayout()
        head.setContentsMargins(PANEL_PADDING, 0, 4, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.same)
        bar = QWidget(self)
        bar.setFixedHeight(PANEL_TITLE)
        bar.setLayout(head)
        self.term_canvas = _canvas()
        self.term = still_plot(self.term_canvas.ci, 0, _days_text, lambda value: f"{value:g}")
        self.term.getAxis("left").setWidth(36)
        self.term_line, self.term_settled = pg.PlotCurveItem(), pg.PlotCurveItem()
        self.term_points = pg.ScatterPlotItem(size=6, symbol="o")
        for item in (self.term_settled, self.term_line, self.term_points):
            self.term.addItem(item)
        self.row = QHBoxLayout()
        self.row.setSpacing(0)
        self.row.addWidget(self.term_canvas, 1)
        layout = QVBoxLayout(self)
        # `minimumSizeHint` says how small this may be: what has no room is hidden
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(self.row, 1)
        self._appearance.changed.connect(self._dress)
        self._dress()
        self._built = True
        self._name()

    def _name(self) -> None:
        self.title.setText(word("All expiries, volatility % by strike; right: at the money by days left"))
        self.same.setText(word("One scale"))
        self.setAccessibleName(word("All expiries"))

    def _lay_out(self, count: int) -> None:
        self._count = count
        self._y_range.clear()
        while len(self._small) < count:
            small = _Small()
            self.row.insertWidget(len(self._small), small.canvas, 1)
            self._small.append(small)
        for n, small in enumerate(self._small):
            small.canvas.setVisible(n < count)
        self._dress()

    def _dress(self) -> None:
        theme = self._appearance.theme
        self.term_canvas.setBackground(theme.well)
        for small in self._small:
            small.dress(self._appearance)
        dress_plot(self.term, self._appearance)
        self.term_line.setPen(hairline(theme.own))
        self.term_settled.setPen(hairline(theme.dim, Qt.PenStyle.DotLine))
        self.term_points.setPen(hairline(theme.own))
        self.term_points.setBrush(QBrush(theme.well))
        self._token = ()

    def _title(self, month: str, days: str, at_the_money: str) -> str:
        theme = self._appearance.theme
        words = self._appearance.words.family()
        return (
            f"<span style='font-family:{words};font-size:{SIZE_TABLE}px;font-weight:600;color:{theme.text.name()}'>"
            f"{month}</span> <span style='font-size:{SIZE_NOTE}px;color:{theme.dim.name()}'>{days}</span> "
            f"<span style='font-size:{SIZE_TABLE}px;color:{theme.own.name()}'>{at_the_money}</span>"
        )

    def _show_ranges(self, ranges: list[tuple[float, float]]) -> None:
        """One scale for all of them, or each its own; kept while the data stay inside."""
        sound = [r for r in ranges if np.isfinite(r[0])]
        if not sound:
            return
        whole = min(low for low, _ in sound), max(high for _, high in sound)
        for n, (small, (low, high)) in enumerate(zip(self._small, ranges, strict=False)):
            wanted = whole if self.same.isChecked() or not np.isfinite(low) else (low, high)
            bottom, top = self._y_range.get(n, (0.0, 0.0))
            if wanted[0] < bottom or wanted[1] > top or (wanted[1] - wanted[0]) < 0.35 * (top - bottom):
                bottom, top, step = round_range(*wanted)
                self._y_range[n] = bottom, top
                small.plot.setYRange(bottom, top, padding=0)
                small.plot.getAxis("left").setTickSpacing(step, step)

    def _show_term(self, smiles: list[Smile]) -> None:
        """At the money over the root of time: near expiries are not squeezed together."""
        if not smiles:
            return
        root = np.sqrt(np.array([max(s.years, 1e-6) for s in smiles]))
        now = np.array([s.traits().at_the_money for s in smiles]) * 100.0
        then = np.array([s.settled_traits().at_the_money for s in smiles]) * 100.0
        self.term_line.setData(*known(root, now))
        self.term_points.setData(*known(root, now))
        self.term_settled.setData(*known(root, then))
        self.term.getAxis("bottom").setTicks(
            [[(float(r), f"{self._days_left(s.expiry)}") for r, s in zip(root.tolist(), smiles, strict=True)]]
        )
        every = np.concatenate((now[np.isfinite(now)], then[np.isfinite(then)]))
        if every.size:
            bottom, top, step = round_range(float(every.min()), float(every.max()))
            self.term.setYRange(bottom, top, padding=0)
            self.term.getAxis("left").setTickSpacing(step, step)
            self.term.setXRange(0.0, float(root[-1]), padding=0.06)
        theme = self._appearance.theme
        self.term.setTitle(
            f"<span style='font-size:{SIZE_TABLE}px;color:{theme.text_2.name()}'>{word('Term structure')}</span>"
        )


def _days_text(value: float) -> str:
    return f"{value * value * 365:.0f}"
