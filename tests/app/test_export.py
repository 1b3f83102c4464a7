"""A table on its way to a file: figures become figures, the desk goes on while the user looks for a folder."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from terminal.app.export import Exporter, plain_cell
from terminal.resources import resource_folder
from terminal.views.translation import Languages


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234,567.89", Decimal("1234567.89")),
        ("−1,022.00", Decimal("-1022.00")),
        ("+702.00", Decimal("702.00")),
        ("0.0511", Decimal("0.0511")),
        ("0", Decimal(0)),
        ("50", Decimal(50)),
        ("–", None),
        # Codes and names, times and what only looks like a figure
        ("10000005", "10000005"),
        ("510050C2611M02500", "510050C2611M02500"),
        ("007", "007"),
        ("10:30:00", "10:30:00"),
        ("1,23", "1,23"),
        ("１２", "１２"),
        ("=1+1", "=1+1"),
        ("", ""),
    ],
)
def test_a_cell_becomes_the_value_it_shows(cell: str, value: str | Decimal | None) -> None:
    assert plain_cell(cell) == value


@pytest.mark.requirement("T12")
def test_a_table_is_written_where_the_user_says_without_a_nested_loop(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    exporter = Exporter()
    exporter.window = window
    exporter.export("Orders", ["Time", "Amount"], [["10:30:00", "−1,022.00"], ["10:31:00", "–"]])
    # export() has come back although nobody has answered
    (dialog,) = window.findChildren(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    path = tmp_path / "orders.csv"
    dialog.fileSelected.emit(str(path))
    dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not window.findChildren(QFileDialog)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["Time", "Amount"], ["10:30:00", "-1022.00"], ["10:31:00", ""]]


@pytest.mark.requirement("T12")
def test_the_dialog_that_asks_for_a_file_is_chinese_throughout(qtbot: QtBot) -> None:
    languages = Languages(resource_folder() / "translations")
    window = QWidget()
    qtbot.addWidget(window)
    exporter = Exporter()
    exporter.window = window
    try:
        languages.use("zh_CN")
        exporter.export("当日委托", ["时间"], [["10:30:00"]])
        (dialog,) = window.findChildren(QFileDialog)
        assert isinstance(dialog, QFileDialog)
        worded = [w for w in dialog.findChildren(QWidget) if isinstance(w, QLabel | QAbstractButton)]
        said = [widget.text() for widget in worded if widget.text()]
        assert len(said) >= 5
        assert [text for text in said if text.isascii()] == []
        # Qt names kinds of files from a catalogue of its own, in English
        [files] = dialog.findChildren(QTreeView)
        assert files.isColumnHidden(2)
        dialog.done(0)
    finally:
        languages.use("en")


@pytest.mark.requirement("T12")
def test_a_file_is_named_by_its_day_and_the_next_one_goes_to_the_same_folder(qtbot: QtBot, tmp_path: Path) -> None:
    exporter = Exporter()
    assert exporter.file_name("Orders", "csv") == "Orders.csv"
    exporter.day = lambda: date(2026, 11, 30)
    assert exporter.file_name("Orders", "csv") == "Orders 2026-11-30.csv"
    assert exporter.file_name("Evidence 2026-11-30", "html") == "Evidence 2026-11-30.html"
    assert exporter.file_name("../a:b|c", "csv") == "..-a-b-c 2026-11-30.csv"
    exporter.window = QWidget()
    qtbot.addWidget(exporter.window)
    exporter.export("Orders", ["Time"], [])
    (first,) = exporter.window.findChildren(QFileDialog)
    first.fileSelected.emit(str(tmp_path / "orders.csv"))
    first.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    exporter.export("Fills", ["Time"], [])
    (second,) = exporter.window.findChildren(QFileDialog)
    assert second.directory().absolutePath() == str(tmp_path)
    second.done(0)


@pytest.mark.fault("F57")
def test_a_disk_that_does_not_take_it_is_told(tmp_path: Path) -> None:
    exporter, told = Exporter(), list[str]()
    exporter.failed = told.append
    # A folder stands where the file should
    (tmp_path / "orders.csv").mkdir()
    exporter.write(tmp_path / "orders.csv", ["Time"], [])
    (reason,) = told
    assert reason.startswith("orders.csv: ")


def test_a_file_that_is_there_is_told_with_its_place(tmp_path: Path) -> None:
    exporter, there, failed = Exporter(), list[Path](), list[str]()
    exporter.written, exporter.failed = there.append, failed.append
    exporter.write(tmp_path / "orders.csv", ["Time"], [["10:30:00"]])
    exporter.write_page(tmp_path / "evidence.html", "<p>1</p>")
    assert there == [tmp_path / "orders.csv", tmp_path / "evidence.html"]
    # A folder stands where the file should
    (tmp_path / "taken").mkdir()
    exporter.write(tmp_path / "taken", ["Time"], [])
    exporter.write_page(tmp_path / "taken", "")
    assert len(there) == len(failed) == 2
