"""Takes a table to a CSV file and asks for files, without a nested event loop; figures are written as figures.

Screens write minus as U+2212, part thousands by commas and show a dash for no value; a spreadsheet wants none of that.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QTreeView, QWidget

from terminal.storage.atomic_file import replace_file
from terminal.storage.csv_export import export_csv
from terminal.views.formatting import DASH, MINUS
from terminal.views.texts import files_of_type, look_in

_FIGURE = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|[+-]?[0-9]+\.[0-9]+|[+-][0-9]+|[1-9][0-9]{0,5}|0")
#: Of a file in Qt's dialog: name, size, type, time
_TYPE_COLUMN = 2
#: Told what went wrong, as the system words it
Failed = Callable[[str], None]


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

    def export(self, title: str, headers: list[str], rows: list[list[str]]) -> None:
        """Ask for a file and write the table to it."""
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{title}.csv")
        dialog.fileSelected.connect(lambda name: self.write(Path(name), headers, rows))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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
        dialog.selectFile(f"{title}.html")
        dialog.fileSelected.connect(lambda name: self.write_page(Path(name), page))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_text(self, title: str, text: str, suffix: str) -> None:
        """Ask for a file and write a text to it as it is."""
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{title}.{suffix}")
        dialog.fileSelected.connect(lambda name: self.write_page(Path(name), text))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_page(self, path: Path, page: str) -> None:
        """Write a page; a disk that does not take it is told, and the desk goes on."""
        try:
            replace_file(path, page.encode("utf-8", "replace"))
        except OSError as error:
            self.failed(f"{path.name}: {error.strerror or error}")

    def write(self, path: Path, headers: list[str], rows: list[list[str]]) -> None:
        """Write the table; a disk that does not take it is told, and the desk goes on."""
        try:
            export_csv(path, headers, [[plain_cell(cell) for cell in row] for row in rows])
        except OSError as error:
            self.failed(f"{path.name}: {error.strerror or error}")

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.window, title)
        # WORKAROUND: two labels and the column of file types of Qt's own dialog, shown where the system has none, are
        # not in Qt's Chinese catalogue
        dialog.setLabelText(QFileDialog.DialogLabel.LookIn, look_in())
        dialog.setLabelText(QFileDialog.DialogLabel.FileType, files_of_type())
        files = dialog.findChild(QTreeView)
        if files is not None:
            files.hideColumn(_TYPE_COLUMN)
        return dialog
