"""A record table whose least needed columns give way where room is short, until the user says which he wants."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from terminal.views.appearance import Appearance
from terminal.views.record_table import ColumnLayout, Export, RecordTable
from terminal.views.table_model import RecordTableModel
from terminal.views.theme import CELL_PADDING


class YieldingTable(RecordTable):
    """`ranks`: which columns give way, the highest first; `grows`: the first of them shown takes what is left over.

    A column that the user moves, widens, hides or brings back is a choice of his: from then on, and after a start with
    such a choice kept, all columns stay as he left them and the table scrolls sideways where they are too wide.
    """

    def __init__(
        self,
        model: RecordTableModel[Any],
        appearance: Appearance,
        *,
        title: Callable[[], str],
        export: Export | None,
        ranks: Mapping[str, int],
        grows: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        """Raises KeyError for a column that the model has not."""
        self._ranks = {model.column_of(key): rank for key, rank in ranks.items()}
        self._growing = tuple(model.column_of(key) for key in grows)
        self._is_chosen = False
        """Whether the columns are as the user wants them"""
        super().__init__(model, appearance, title=title, export=export, parent=parent)
        self.horizontalHeader().setStretchLastSection(False)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Hide until the rest fits, and give what is left over to the one that grows; nothing after a user's choice."""
        if self._is_chosen:
            return
        header, room = self.horizontalHeader(), self.viewport().width()
        widths = self._least_widths()
        shown = set(widths)
        for rank in sorted(set(self._ranks.values()), reverse=True):
            if sum(widths[n] for n in shown) <= room:
                break
            shown -= {number for number, of in self._ranks.items() if of == rank}
        spare = max(room - sum(widths[n] for n in shown), 0)
        growing = next((number for number in self._growing if number in shown), -1)
        was, self._laying_out = self._laying_out, True
        for number, width in widths.items():
            header.setSectionHidden(number, number not in shown)
            header.resizeSection(number, width + (spare if number == growing else 0))
        self._laying_out = was
        needed = sum(header.sectionSize(n) for n in shown)
        # Where even those do not fit there is something to scroll to, else a pixel of rounding is no reason for a bar
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if needed > room else policy.ScrollBarAlwaysOff)

    def column_layout(self) -> ColumnLayout:
        """What the user chose; empty as long as the columns fit themselves."""
        return super().column_layout() if self._is_chosen else []

    def set_column_layout(self, layout: Sequence[Sequence[Any]]) -> None:
        """Restore what `column_layout` gave."""
        super().set_column_layout(layout)
        if layout:
            self._choose()

    def reset_columns(self) -> None:
        """In the model's order again, as many as there is room for."""
        super().reset_columns()
        self._is_chosen = False
        self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Titles of another language and figures of another size have other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.fit_columns()

    def _least_widths(self) -> dict[int, int]:
        """What the columns need, pixels: no room for the sign of an order beside a title, as few titles have it."""
        titles, zero = QFontMetrics(self._appearance.words), QFontMetrics(self._appearance.figures)
        digit = zero.horizontalAdvance("0")
        return {
            number: max(digit * column.width_chars, titles.horizontalAdvance(column.title())) + 2 * CELL_PADDING + 4
            for number, column in enumerate(self._model.columns)
        }

    def _choose(self) -> None:
        self._is_chosen = True
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _tell_choice(self) -> None:
        self._choose()
        super()._tell_choice()

    def _visible_text(self) -> tuple[list[str], list[list[str]]]:
        """What gave way for want of room is taken away with the rest: a file is as wide as it need be."""
        if self._is_chosen:
            return super()._visible_text()
        return self._model.titles(), self._model.plain_rows()
