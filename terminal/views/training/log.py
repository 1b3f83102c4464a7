"""The class log (课堂日志): what was injected, what desks did about it, newest first."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QColor

from terminal.domain.calendar import SHANGHAI
from terminal.views.record_table import Export, RecordTable
from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn
from terminal.views.theme import Appearance
from terminal.views.training.words import word


@dataclass(frozen=True, slots=True)
class Entry:
    """One line."""

    at: datetime
    words: str
    who: str
    tone: str = ""
    """ok, warn, critical, or empty"""


class ClassLog(RecordTable):
    """Newest first."""

    def __init__(self, appearance: Appearance, export: Export | None = None) -> None:
        self._look = appearance
        self.entries: RecordTableModel[Entry] = RecordTableModel(
            [
                TableColumn(
                    "at",
                    lambda: word("Time"),
                    lambda e: e.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S"),
                    width_chars=15,
                ),
                TableColumn("words", lambda: word("What happened"), lambda e: e.words, width_chars=64),
                TableColumn(
                    "who",
                    lambda: word("By"),
                    lambda e: e.who,
                    align=RIGHT,
                    colour=lambda e: self._ink(e),
                    width_chars=16,
                ),
            ],
            newest_first=True,
        )
        self._count = 0
        super().__init__(self.entries, appearance, title=lambda: word("Class log"), export=export)
        self.horizontalHeader().setStretchLastSection(True)

    def add(self, entry: Entry) -> None:
        """One line more; shown at the next flush."""
        self._count += 1
        self.entries.upsert(str(self._count), entry)

    def _ink(self, entry: Entry) -> QColor | None:
        theme = self._look.theme
        return {"ok": theme.ok, "warn": theme.warn, "critical": theme.critical}.get(entry.tone, theme.dim)
