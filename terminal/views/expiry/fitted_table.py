"""A record table without a scroll bar at its foot: where room is short the least needed columns are away."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from terminal.views.record_table import Export, RecordTable
from terminal.views.table_model import RecordTableModel
from terminal.views.theme import CELL_PADDING, Appearance


class FittedTable(RecordTable):
    """`ranks`: which columns give way, the highest first; `grows`: which share what is left over, all if empty."""

    def __init__(
        self,
        model: RecordTableModel[Any],
        appearance: Appearance,
        *,
        title: Callable[[], str],
        export: Export | None,
        ranks: Mapping[str, int],
        grows: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        self._ranks = ranks
        self._grows = grows
        super().__init__(model, appearance, title=title, export=export, parent=parent)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit_columns()

    def column_widths(self) -> dict[int, int]:
        """What each column asks for, pixels; a subclass knows its painted ones better.

        No sign for the order of rows stands in a title unless it was clicked, so titles have less room than elsewhere.
        """
        metrics = QFontMetrics(self._appearance.figures)
        zero = metrics.horizontalAdvance("0")
        return {
            number: max(zero * column.width_chars, metrics.horizontalAdvance(column.title())) + 2 * CELL_PADDING + 4
            for number, column in enumerate(self._model.columns)
        }

    def fit_columns(self) -> None:
        """Hide until the rest fits, and share out what is left over."""
        header, model = self.horizontalHeader(), self._model
        widths, room = self.column_widths(), self.viewport().width()
        shown = set(widths)
        for rank in sorted(set(self._ranks.values()), reverse=True):
            if sum(widths[n] for n in shown) <= room:
                break
            shown -= {model.column_of(key) for key, of in self._ranks.items() if of == rank}
        spare = max(room - sum(widths[n] for n in shown), 0)
        growing = [n for n in shown if not self._grows or model.columns[n].key in self._grows]
        for number, width in widths.items():
            header.setSectionHidden(number, number not in shown)
            header.resizeSection(number, width + (spare // len(growing) if number in growing else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Titles of another language have other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.fit_columns()
