"""Takes a table to a CSV file and asks for files, without a nested event loop; figures are written as figures.

Screens write minus as U+2212, part thousands by commas and show a dash for no value; a spreadsheet wants none of that.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget

from terminal.storage.atomic_file import replace_file
from terminal.storage.csv_export import export_csv
from terminal.views.formatting import DASH, MINUS
from terminal.views.texts import files_of_type, look_in

_FIGURE = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|[+-]?[0-9]+\.[0-9]+|[+-][0-9]+|[1-9][0-9]{0,5}|0")
#: What no file of every system may have in its name
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
#: Of a file in Qt's dialog: name, size, type, time
_TYPE_COLUMN = 2
#: Told what went wrong, as the system words it
Failed = Callable[[str], None]
#: Told which file is there now
Written = Callable[[Path], None]


def plain_cell(text: str) -> str | Decimal | None:
    """The cell as a value: a figure without its dress, None for the dash, any other text as it is.

    Whole numbers of more than six digits are codes and stay text.
    """
    if text == DASH:
        return None
    bare = text.replace(MINUS, "-")
    if _FIGURE.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    return text


class Exporter:
    """The export callback of every table."""

    def __init__(self) -> None:
        self.window: QWidget | None = None
        self.failed: Failed = lambda _reason: None
        self.written: Written = lambda _path: None
        self.day: Callable[[], date | None] = lambda: None
        """The trading day in force: it stands in the names proposed for files"""
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        """Where a file was put or found last"""

    def export(self, title: str, headers: list[str], rows: list[list[str]]) -> None:
        """Ask for a file and write the table to it."""
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.file_name(title, "csv"))
        dialog.fileSelected.connect(lambda name: self.write(Path(name), headers, rows))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def file_name(self, title: str, suffix: str) -> str:
        """The name proposed for a file: its title, the trading day where the title does not say it, no path in it."""
        day = self.day()
        dated = title if day is None or day.isoformat() in title else f"{title} {day.isoformat()}"
        return f"{_NO_NAME.sub('-', dated)}.{suffix}"

    def ask_for_file(self, title: str, chosen: Callable[[Path], None]) -> None:
        """Ask for a file there is and tell which."""
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_page(self, title: str, page: str) -> None:
        """Ask for a file and write an HTML page to it."""
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.selectFile(self.file_name(title, "html"))
        dialog.fileSelected.connect(lambda name: self.write_page(Path(name), page))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_text(self, title: str, text: str, suffix: str) -> None:
        """Ask for a file and write a text to it as it is."""
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(self.file_name(title, suffix))
        dialog.fileSelected.connect(lambda name: self.write_page(Path(name), text))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_page(self, path: Path, page: str) -> None:
        """Write a page; a disk that does not take it is told, and the desk goes on."""
        try:
            replace_file(path, page.encode("utf-8", "replace"))
        except OSError as error:
            self.failed(f"{path.name}: {error.strerror or error}")
        else:
            self.written(path)

    def write(self, path: Path, headers: list[str], rows: list[list[str]]) -> None:
        """Write the table; a disk that does not take it is told, and the desk goes on."""
        try:
            export_csv(path, headers, [[plain_cell(cell) for cell in row] for row in rows])
        except OSError as error:
            self.failed(f"{path.name}: {error.strerror or error}")
        else:
            self.written(path)

    def _keep_folder(self, name: str) -> None:
        self._folder = str(Path(name).parent)

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.window, title, self._folder)
        dialog.fileSelected.connect(self._keep_folder)
        # WORKAROUND: two labels and the column of file types of Qt's own dialog, shown where the system has none, are
        # not in Qt's Chinese catalogue
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, look_in())
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, files_of_type())
        files = dialog.findChild(QTreeView)
        if files is not None:
            files.hideColumn(_TYPE_COLUMN)
        return dialog
