"""What publishing would change, beside the smile (发布影响)."""

from collections.abc import Callable

import numpy as np
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from terminal.services.publish_impact import PublishImpact
from terminal.views.formatting import DASH
from terminal.views.heat_table import signed
from terminal.views.style_sheet import set_role
from terminal.views.volatility.figure_row import FigureRow
from terminal.views.volatility.words import word


class ImpactBox(QWidget):
    """Shows what `show_impact` gets; dashes where there is nothing to publish."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: PublishImpact | None = None
        line = QFrame()
        set_role(line, "line")
        self._title = QLabel()
        set_role(self._title, "title")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0, 1, 2)
        names: tuple[tuple[str, Callable[[], str]], ...] = (
            ("moved", lambda: word("Theo moves")),
            ("mean", lambda: word("Mean, ticks")),
            ("most", lambda: word("Largest, ticks")),
            ("past", lambda: word("Orders past theo")),
            ("edge", lambda: word("Edge, yuan")),
        )
        self.rows = {key: FigureRow(grid, n, name) for n, (key, name) in enumerate(names, 1)}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(line)
        layout.addLayout(grid)

    def name_all(self) -> None:
        """Fetch the words again."""
        self._title.setText(word("Publishing would change"))
        for row in self.rows.values():
            row.retitle()

    def show_impact(self, impact: PublishImpact | None) -> None:
        """Put every figure; None for nothing to publish."""
        self.shown = impact
        if impact is None:
            for row in self.rows.values():
                row.put(DASH)
            return
        self.rows["moved"].put(f"{impact.moved} / {impact.contracts}")
        self.rows["mean"].put(_ticks(impact.mean_ticks))
        self.rows["most"].put(_ticks(impact.most_ticks))
        past = impact.past_theoretical
        self.rows["past"].put(str(past) if impact.is_quoted else DASH, role="warn" if past else "figure")
        self.rows["edge"].put(signed(0)(impact.edge_yuan) if impact.is_quoted else DASH)
        self.setToolTip(
            word("Contracts with orders of mine in this expiry")
            if impact.is_quoted
            else word("No order of mine rests in this expiry: all its contracts are counted")
        )


def _ticks(value: float) -> str:
    return signed(1)(value) if np.isfinite(value) else DASH
