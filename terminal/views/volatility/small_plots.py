"""The small plots of the row of all expiries: one smile each, and the term structure."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from terminal.pricing.quality import Quality
from terminal.services.smile import Smile
from terminal.views.appearance import Appearance
from terminal.views.formatting import number
from terminal.views.plot import FloatArray, Label, Plot, Range, hairline, held, html
from terminal.views.plot_items import Bars, Line, Marks, Rule, Word, known
from terminal.views.theme import SIZE_NOTE, SIZE_TABLE
from terminal.views.volatility.words import word

Points = tuple[FloatArray, ...]
_CURVE_POINTS = 81
_NO_POINTS: Points = (np.zeros(0), np.zeros(0))
#: Above the plot, for its title, and right of it, pixels
_TOP, _SIDE = 24, 10
#: Books wider than this are left out, volatility
_WIDE = 0.03
#: Between two figures written over the term structure, pixels
_APART = 36.0


class _SmallPlot(Plot):
    """One area below a title."""

    def __init__(self, appearance: Appearance, parent: QWidget | None) -> None:
        super().__init__(appearance, _TOP, _SIDE, parent)
        self.setMinimumSize(90, 80)
        self.area = self.add_area(lambda value: f"{value:g}%")
        self.title, self.figure = Label(self, (0.0, 0.0), (6.0, 3.0)), Label(self, (1.0, 0.0), (-8.0, 3.0))

    def sizeHint(self) -> QSize:
        """A fifth of the row."""
        return QSize(170, 200)

    def show_title(self, first: str, second: str = "", figure: str = "") -> None:
        """A word, a note beside it, and a figure at the right edge."""
        look, theme = self.appearance, self.appearance.theme
        note = html(f"\u00a0\u00a0{second}", look.words_at(SIZE_NOTE), theme.dim)
        self.title.lay(html(first, look.words_at(SIZE_TABLE, bold=True), theme.text) + note)
        self.figure.lay(html(figure, look.figures_at(SIZE_TABLE), theme.own))


class SmallSmile(_SmallPlot):
    """One expiry; its upright range is set by the panel."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._title = ("", "", "")
        self._spot, self._books, self._fit, self._curve = (
            Rule(self.area), Bars(self.area), Line(self.area), Line(self.area),
        )  # fmt: skip
        self.curve = _NO_POINTS
        """The curve that is shown: strikes and volatilities, points"""
        self.finish(lambda value: f"{value:.2f}")

    def show_smile(self, smile: Smile, month: str, days: str) -> Range:
        """Take a smile and its title; gives the lowest and the highest volatility, points, nan for none."""
        points = smile.points
        dense = np.linspace(points.k[0], points.k[-1], _CURVE_POINTS)
        x, own = smile.forward.price * np.exp(dense), smile.curve_volatility(dense) * 100.0
        live = (points.call_marks == Quality.LIVE) | (points.put_marks == Quality.LIVE)
        live &= np.abs(points.band) < _WIDE
        low, high = points.low[live] * 100.0, points.high[live] * 100.0
        self.curve = x, own
        self._curve.lay(x, own)
        self._fit.lay(x, smile.fit_volatility(dense) * 100.0)
        self._books.lay(points.strike[live], low, high)
        self._spot.lay(smile.spot if smile.spot > 0.0 else np.nan)
        first, last = float(points.strike[0]), float(points.strike[-1])
        pad = 0.03 * (last - first) + 1e-6
        self.area.stand((first - pad, last + pad), self.y_range)
        self._title = month, days, number(smile.traits().at_the_money * 100, 2)
        self.show_title(*self._title)
        self.setAccessibleName(" ".join(self._title))
        every = np.concatenate((own, low, high))
        every = every[np.isfinite(every)]
        return (float(every.min()), float(every.max())) if every.size else (np.nan, np.nan)

    @property
    def y_range(self) -> Range:
        """Its upright range."""
        return self.area.home[1]

    def set_y(self, y_range: Range) -> None:
        """Stand on another scale."""
        self.area.stand(self.area.home[0], y_range)

    def dress(self) -> None:
        """Fetch colours and fonts again."""
        theme = self.appearance.theme
        self._spot.setPen(hairline(theme.spot))
        self._books.setPen(hairline(theme.text_2))
        self._fit.setPen(hairline(theme.theo, Qt.PenStyle.DashLine))
        self._curve.setPen(hairline(theme.own))
        self.show_title(*self._title)


class TermPlot(_SmallPlot):
    """At the money over the root of time: near expiries are not squeezed together."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.now = self.settled = _NO_POINTS
        """Root of years, and points"""
        self._then, self._line, self._marks = Line(self.area), Line(self.area), Marks(self.area, "o", 6.0)
        self._figures: list[Word] = []
        self._unit = Label(self, (0.0, 1.0))
        self.finish(lambda value: f"{value:.2f}")

    def show_term(self, smiles: Sequence[Smile], days: Sequence[int]) -> None:
        """Take the smiles of all expiries, nearest first, and their days left."""
        root = np.sqrt(np.array([max(s.years, 1e-6) for s in smiles]))
        self.now = known(root, np.array([s.traits().at_the_money for s in smiles]) * 100.0)
        self.settled = known(root, np.array([s.settled_traits().at_the_money for s in smiles]) * 100.0)
        every = np.concatenate((self.now[1], self.settled[1]))
        if every.size:
            x_range = -0.02 * float(root[-1]), 1.08 * float(root[-1])
            self.area.stand(x_range, held(self.area.home[1], (float(every.min()), float(every.max()))))
        self.across.write([[(place, str(left)) for place, left in zip(root.tolist(), days, strict=True)]])
        self._then.lay(*self.settled)
        self._line.lay(*self.now)
        self._marks.lay(*self.now)
        self._write_figures()

    def dress(self) -> None:
        """Fetch colours, fonts and words again."""
        look, theme = self.appearance, self.appearance.theme
        self.show_title(word("Term structure"))
        self._unit.lay(html(word("days"), look.figures_at(SIZE_NOTE), theme.dim))
        self._then.setPen(hairline(theme.dim, Qt.PenStyle.DotLine))
        self._line.setPen(hairline(theme.own))
        self._marks.dress(hairline(theme.own), theme.well)
        for figure in self._figures:
            figure.dress(look.figures_at(SIZE_NOTE), theme.text)

    def _write_figures(self) -> None:
        """The volatility over each point, where the one before leaves room."""
        while len(self._figures) < len(self.now[0]):
            figure = Word(self.area, (0.5, 1.25))
            figure.dress(self.appearance.figures_at(SIZE_NOTE), self.appearance.theme.text)
            self._figures.append(figure)
        end, room = -np.inf, _APART * self.area.x_per_pixel()
        for n, figure in enumerate(self._figures):
            is_seen = n < len(self.now[0]) and self.now[0][n] >= end
            figure.setVisible(bool(is_seen))
            if is_seen:
                # Over its point; the last one left of the edge, where half of it would be cut off
                is_last = n == len(self.now[0]) - 1 and n > 0
                figure.setAnchor((0.9, 1.25) if is_last else (0.5, 1.25))
                figure.lay(float(self.now[0][n]), float(self.now[1][n]), number(float(self.now[1][n]), 1))
                end = self.now[0][n] + room
