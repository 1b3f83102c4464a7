"""All expiries side by side (全部到期) and the term structure (期限结构): where one smile stands among the others."""

from collections.abc import Callable
from datetime import date

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from terminal.services.curves import CurveService
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.plot import Range, held
from terminal.views.style_sheet import set_role
from terminal.views.texts import month_words
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE
from terminal.views.volatility.small_plots import SmallSmile, TermPlot
from terminal.views.volatility.words import word

#: Of at most so many expiries; a year's list has four or five
_MOST = 8


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
        self.small: list[SmallSmile] = []
        """Where there are fewer expiries, the last ones are hidden and kept"""
        self._count = 0
        self._scales_due = True
        set_role(self, "panel")

    def show_underlying(self, underlying: str) -> None:
        """Turn to another underlying."""
        if underlying != self.underlying:
            self.underlying, self._token = underlying, ()
            self._forget_scales()

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
        days = [self._days_left(smile.expiry) for smile in smiles]
        for small, smile, left in zip(self.small, smiles, days, strict=False):
            ranges.append(small.show_smile(smile, month_words(smile.expiry.month), f"{left}{word('d')}"))
        self._show_ranges(ranges)
        if smiles:
            self.term.show_term(smiles, days)

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
            self.term.dress()
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
        self.same.toggled.connect(self._forget_scales)
        head = QHBoxLayout()
        head.setContentsMargins(PANEL_PADDING, 0, 4, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.same)
        bar = QWidget(self)
        bar.setFixedHeight(PANEL_TITLE)
        bar.setLayout(head)
        self.term = TermPlot(self._appearance, self)
        self.row = QHBoxLayout()
        self.row.setSpacing(1)
        self.row.addWidget(self.term, 1)
        layout = QVBoxLayout(self)
        # `minimumSizeHint` says how small this may be: what has no room is hidden
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(self.row, 1)
        self._built = True
        self._name()

    def _name(self) -> None:
        self.title.setText(word("All expiries, volatility % by strike; right: at the money by days left"))
        self.same.setText(word("One scale"))
        self.setAccessibleName(word("All expiries"))

    def _lay_out(self, count: int) -> None:
        self._count = count
        while len(self.small) < count:
            small = SmallSmile(self._appearance, self)
            self.row.insertWidget(len(self.small), small, 1)
            self.small.append(small)
        for n, small in enumerate(self.small):
            small.setVisible(n < count)
        self._forget_scales()

    def _forget_scales(self) -> None:
        self._scales_due = True

    def _show_ranges(self, ranges: list[Range]) -> None:
        """One scale for all of them, or each its own; kept while the data stay inside."""
        sound = [r for r in ranges if np.isfinite(r[0])]
        if not sound:
            return
        whole = min(low for low, _ in sound), max(high for _, high in sound)
        for small, (low, high) in zip(self.small, ranges, strict=False):
            wanted = whole if self.same.isChecked() or not np.isfinite(low) else (low, high)
            small.set_y(held((0.0, 0.0) if self._scales_due else small.y_range, wanted))
        self._scales_due = False
