"""RecordTable: columns the user arranges, rows he takes away."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.record_table import RecordTable
from terminal.views.table_model import RecordTableModel, TableColumn
from terminal.views.theme import ROW_TABLE, ColourPack

Exported = list[tuple[str, list[str], list[list[str]]]]


@pytest.fixture
def table(qtbot: QtBot, appearance: Appearance, export: Callable[..., None]) -> RecordTable:
    model: RecordTableModel[tuple[str, int]] = RecordTableModel(
        [
            TableColumn("name", lambda: "Name", lambda pair: pair[0]),
            TableColumn("size", lambda: "Size", lambda pair: str(pair[1]), width_chars=6),
            TableColumn("more", lambda: "More", lambda pair: pair[0].upper()),
        ]
    )
    table = RecordTable(model, appearance, title=lambda: "Lots", export=export)
    qtbot.addWidget(table)
    for name, size in (("a", 1), ("b", 2)):
        model.upsert(name, (name, size))
    table.flush()
    return table


def test_rows_are_24_pixels_and_widths_do_not_follow_the_contents(table: RecordTable) -> None:
    assert table.rowHeight(0) == ROW_TABLE
    before = table.columnWidth(0)
    model: RecordTableModel[Any] = table.model()  # type: ignore[assignment] # Qt says less
    model.upsert("long", ("x" * 500, 1))
    table.flush()
    assert table.columnWidth(0) == before


def test_layout_of_columns_survives_saving(table: RecordTable) -> None:
    header = table.horizontalHeader()
    header.moveSection(0, 2)
    header.setSectionHidden(1, True)
    header.resizeSection(2, 133)
    saved = table.column_layout()
    assert [(key, visible) for key, visible, _ in saved] == [("size", False), ("more", True), ("name", True)]
    table.reset_columns()
    assert [key for key, _, _ in table.column_layout()] == ["name", "size", "more"]
    table.set_column_layout(saved)
    assert [entry[:2] for entry in table.column_layout()] == [entry[:2] for entry in saved]
    assert dict((key, width) for key, _, width in table.column_layout())["more"] == 133


def test_a_damaged_layout_is_skipped_line_by_line(table: RecordTable) -> None:
    table.set_column_layout([("size", True, 99999), ("gone", True, 50), ("more",), ("name", True, "wide")])
    assert [key for key, _, _ in table.column_layout()] == ["size", "name", "more"]
    assert table.columnWidth(1) < 1200


def test_export_gives_visible_columns_in_the_order_shown(table: RecordTable, exported: Exported) -> None:
    header = table.horizontalHeader()
    header.moveSection(0, 1)
    header.setSectionHidden(2, True)
    table.export_csv()
    assert exported == [("Lots", ["Size", "Name"], [["1", "a"], ["2", "b"]])]


def test_a_file_has_the_codes_behind_the_names_whatever_columns_are_seen(
    qtbot: QtBot, appearance: Appearance, export: Callable[..., None], exported: Exported
) -> None:
    model: RecordTableModel[tuple[str, int]] = RecordTableModel(
        [
            TableColumn("name", lambda: "Name", lambda pair: pair[0], code=lambda pair: f"1000000{pair[1]}"),
            TableColumn("size", lambda: "Size", lambda pair: str(pair[1])),
        ],
        newest_first=True,
    )
    table = RecordTable(model, appearance, title=lambda: "Lots", export=export)
    qtbot.addWidget(table)
    table.export_csv()
    for name, size in (("a", 1), ("b", 2)):
        model.upsert(name, (name, size))
    table.flush()
    table.horizontalHeader().setSectionHidden(0, True)
    table.export_csv()
    empty, full = exported
    assert empty == ("Lots", ["Name", "Size", "Contract code"], [])
    assert full == ("Lots", ["Size", "Contract code"], [["2", "10000002"], ["1", "10000001"]])


def test_copy_puts_selected_rows_with_headers_on_the_clipboard(table: RecordTable) -> None:
    table.selectRow(1)
    table.copy()
    assert QGuiApplication.clipboard().text() == "Name\tSize\tMore\nb\t2\tB"


def test_the_menu_hides_columns_but_never_the_last(table: RecordTable) -> None:
    first, second, third = table.columns_menu().actions()[:3]
    first.trigger()
    second.trigger()
    assert [visible for _, visible, _ in table.column_layout()] == [False, False, True]
    again = table.columns_menu().actions()
    assert third.isEnabled()
    assert not again[2].isEnabled()
    assert again[0].isEnabled()


def test_a_row_chosen_by_the_program_is_chosen_whatever_keys_are_held(table: RecordTable) -> None:
    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.keyboardModifiers() is Qt.KeyboardModifier.ControlModifier
    for row in (0, 0, 1):
        table.selectRow(row)
        assert [index.row() for index in table.selectionModel().selectedRows()] == [row]


def test_no_test_finds_a_key_held_that_another_pressed(table: RecordTable) -> None:
    assert QGuiApplication.keyboardModifiers() is Qt.KeyboardModifier.NoModifier


def test_the_menu_of_a_table_without_rows_offers_no_copy(table: RecordTable) -> None:
    assert [action.isEnabled() for action in table.menu().actions()[:2]] == [False, True]
    table.selectRow(0)
    assert table.menu().actions()[0].isEnabled()


def test_a_click_on_the_header_sorts_and_a_new_look_repaints(table: RecordTable, appearance: Appearance) -> None:
    table.sortByColumn(1, table.horizontalHeader().sortIndicatorOrder().DescendingOrder)
    model = table.model()
    assert model.index(0, 0).data() == "b"
    appearance.set_pack(ColourPack.WEST)
    assert table.font().families() == appearance.figures.families()


def test_a_new_language_widens_what_the_user_has_not(
    qtbot: QtBot, appearance: Appearance, export: Callable[..., None]
) -> None:
    words = {"name": "Name", "size": "Size"}
    model: RecordTableModel[str] = RecordTableModel(
        [
            TableColumn("name", lambda: words["name"], str, width_chars=4),
            TableColumn("size", lambda: words["size"], str, width_chars=4),
            TableColumn("last", lambda: "Last", str),
        ]
    )
    table = RecordTable(model, appearance, title=lambda: "Lots", export=export)
    qtbot.addWidget(table)
    narrow = table.columnWidth(0)
    table.horizontalHeader().resizeSection(1, 44)
    words.update(name="A title of many letters", size="Another title of many letters")
    QCoreApplication.sendEvent(table, QEvent(QEvent.Type.LanguageChange))
    assert table.columnWidth(0) > narrow
    assert table.columnWidth(1) == 44
    words.update(name="Name")
    QCoreApplication.sendEvent(table, QEvent(QEvent.Type.LanguageChange))
    assert table.columnWidth(0) == narrow


def test_a_column_hidden_in_the_menu_is_told(table: RecordTable, qtbot: QtBot) -> None:
    menu = table.columns_menu()
    with qtbot.waitSignal(table.layout_changed):
        menu.actions()[1].trigger()
    assert [visible for _, visible, _ in table.column_layout()] == [True, False, True]
    with qtbot.waitSignal(table.layout_changed):
        menu.actions()[-1].trigger()
    assert all(visible for _, visible, _ in table.column_layout())


def test_a_window_that_grows_is_no_choice_of_columns(table: RecordTable, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(table.layout_changed):
        table.resize(900, 200)
        table.resize(300, 200)


def _inks(table: RecordTable, row: int, column: int) -> set[str]:
    """The colours of a cell as painted, without the grid's lines."""
    table.resize(400, 200)
    image = table.viewport().grab().toImage()
    area = table.visualRect(table.model().index(row, column)).adjusted(0, 0, -2, -2)
    points = ((x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom()))
    return {image.pixelColor(x, y).name() for x, y in points}


def test_a_chosen_row_keeps_the_colour_that_tells_profit_from_loss(qtbot: QtBot, appearance: Appearance) -> None:
    model: RecordTableModel[str] = RecordTableModel(
        [
            TableColumn("gain", lambda: "Gain", str, colour=lambda _: appearance.up),
            TableColumn("name", lambda: "Name", str),
        ]
    )
    table = RecordTable(model, appearance, title=lambda: "Lots")
    qtbot.addWidget(table)
    model.upsert("a", "▇▇▇▇")
    table.flush()
    table.show()
    assert appearance.up.name() in _inks(table, 0, 0)
    table.selectRow(0)
    assert {appearance.up.name(), appearance.theme.selected.name()} <= _inks(table, 0, 0)
    assert {appearance.theme.text.name(), appearance.theme.selected.name()} <= _inks(table, 0, 1)
    appearance.set_pack(ColourPack.WEST)
    assert appearance.up.name() in _inks(table, 0, 0)
