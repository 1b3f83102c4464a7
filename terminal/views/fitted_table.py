"""A record table without a scroll bar at its foot: where room is short the least needed columns are away."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from terminal.views.appearance import Appearance
from terminal.views.record_table import Export, RecordTable
from terminal.views.table_model import RecordTableModel
from terminal.views.theme import CELL_PADDING

_KEPT_WIDTHS = 500


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
        by_content: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`by_content`: columns are as wide as what stands in them rather than as what might."""
        self._ranks = ranks
        self._by_content = by_content
        self._advances: dict[str, int] = {}
        self._fitted: dict[int, int] = {}
        self._is_measured = False
        """Whether no row has come or changed since the columns were measured"""
        self._grows = grows
        super().__init__(model, appearance, title=title, export=export, parent=parent)
        for moved in (model.rowsInserted, model.dataChanged, model.modelReset):
            moved.connect(self._on_rows)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fit_columns()

    def column_widths(self) -> dict[int, int]:
        """What each column asks for, pixels; a subclass knows its painted ones better.

        No sign for the order of rows stands in a title unless it was clicked, so titles have less room than elsewhere.
        """
        metrics = QFontMetrics(self._appearance.figures)
        zero = metrics.horizontalAdvance("0")
        inner = {number: zero * column.width_chars for number, column in enumerate(self._model.columns)}
        if self._by_content and self._model.rowCount():
            rows = self._model.plain_rows()
            inner = {number: max(self._advance(row[number], metrics) for row in rows) for number in inner}
        return {
            number: max(inner[number], metrics.horizontalAdvance(column.title())) + 2 * CELL_PADDING + 4
            for number, column in enumerate(self._model.columns)
        }

    def fit_columns(self) -> None:
        """Hide until the rest fits, and share out what is left over."""
        header, model = self.horizontalHeader(), self._model
        widths, room = self.column_widths(), self.viewport().width()
        self._fitted = widths
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

    def flush(self) -> None:
        """Show what has changed, in wider columns where it is longer; they become narrower at another width alone."""
        super().flush()
        if not self._by_content or self._is_measured:
            return
        self._is_measured = True
        wanted = self.column_widths()
        if any(width > self._fitted.get(number, 0) for number, width in wanted.items()):
            self.fit_columns()

    def _on_rows(self, *_what: object) -> None:
        self._is_measured = False

    def _advance(self, text: str, metrics: QFontMetrics) -> int:
        known = self._advances.get(text)
        if known is None:
            if len(self._advances) >= _KEPT_WIDTHS:
                self._advances.clear()
            known = self._advances[text] = metrics.horizontalAdvance(text)
        return known

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Titles of another language have other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.fit_columns()
        elif event.type() == QEvent.Type.FontChange:
            self._advances.clear()
            self._is_measured = False
