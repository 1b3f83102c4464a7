"""The class log (课堂日志): what was injected, what desks did about it, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import CheckpointSeen, DeskSeen, EventInjected, Refused
from terminal.training.debrief import event_words
from terminal.views.appearance import Appearance
from terminal.views.error_words import error_words
from terminal.views.record_table import Export, RecordTable
from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import table_not_written, table_written, words
from terminal.views.training.words import STATES, language, word


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; what it says is asked for when it is shown, so that it follows a change of the language."""

    at: datetime
    words: Callable[[], str]
    who: Callable[[], str]
    tone: str = ""
    """ok, warn, critical, or empty"""


def injected(record: EventInjected) -> Entry:
    """An event of the scenario's or the instructor's."""
    return Entry(
        record.at,
        lambda: event_words(msgspec.structs.replace(record, detail=error_words(record.detail)), language()),
        lambda: word("Instructor") if record.by else word("Scenario"),
        "" if record.done else "critical",
    )


def refused(answer: Refused, at: datetime) -> Entry:
    """Something the venue would not do."""
    return Entry(
        at, lambda: f"{words(answer.reason)} · {error_words(answer.detail)}", lambda: word("Refused"), "critical"
    )


def came_or_went(desk: DeskSeen) -> Entry:
    """A desk that is there now, or is not any more."""
    here, gone = "{account} is here", "{account} is gone"
    return Entry(
        desk.at,
        lambda: word(here if desk.connected else gone).format(account=desk.account_id),
        lambda: desk.desk_id[:12],
        "ok" if desk.connected else "warn",
    )


def settled(desk: DeskSeen, point: CheckpointSeen, title: Callable[[], str]) -> Entry:
    """A checkpoint of a trainee's that was decided."""
    took = f" {point.seconds:.1f} s" if point.seconds is not None else ""
    return Entry(
        desk.at,
        lambda: f"{desk.account_id} · {title()} · {word(STATES[point.state])}{took}",
        lambda: word("+{points} points").format(points=point.points),
        {"done": "ok", "partly": "warn"}.get(point.state, "critical"),
    )


def written(path: Path, at: datetime) -> Entry:
    """A table or the scores are on disk."""
    return Entry(at, lambda: table_written(str(path)), lambda: word("File"), "ok")


def not_written(reason: str, at: datetime) -> Entry:
    """The disk did not take a table."""
    return Entry(at, lambda: table_not_written(reason), lambda: word("File"), "critical")


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
                TableColumn("words", lambda: word("What happened"), lambda e: e.words(), width_chars=64),
                TableColumn(
                    "who",
                    lambda: word("By"),
                    lambda e: e.who(),
                    align=RIGHT,
                    colour=lambda e: self._ink(e),
                    width_chars=16,
                ),
            ],
            newest_first=True,
        )
        self._count = 0
        super().__init__(self.entries, appearance, title=lambda: word("Class log"), export=export)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(self.entries.column_of("words"), QHeaderView.ResizeMode.Stretch)

    def add(self, entry: Entry) -> None:
        """One line more; shown at the next flush."""
        self._count += 1
        self.entries.upsert(str(self._count), entry)

    def _ink(self, entry: Entry) -> QColor | None:
        theme = self._look.theme
        return {"ok": theme.ok, "warn": theme.warn, "critical": theme.critical}.get(entry.tone, theme.dim)
