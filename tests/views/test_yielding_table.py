"""A table whose columns give way until the user says which he wants."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.table_model import RecordTableModel, TableColumn
from terminal.views.yielding_table import YieldingTable

Pair = tuple[str, str]
Exported = list[tuple[str, list[str], list[list[str]]]]


@pytest.fixture
def table(qtbot: QtBot, appearance: Appearance, export: Callable[..., None]) -> YieldingTable:
    """Three columns of 20 digits each."""
    columns: list[TableColumn[Pair]] = [
        TableColumn("name", lambda: "Name", lambda pair: pair[0], width_chars=20),
        TableColumn("more", lambda: "More", lambda pair: pair[1], width_chars=20),
        TableColumn("tail", lambda: "Tail", lambda pair: pair[1][:3], width_chars=20),
    ]
    model = RecordTableModel(columns)
    table = YieldingTable(
        model, appearance, title=lambda: "Pairs", export=export, ranks={"tail": 2, "more": 1}, grows=("tail", "name")
    )
    qtbot.addWidget(table)
    model.upsert("1", ("abc", "defg"))
    table.flush()
    table.resize(room_for(table, 3), 120)
    table.show()
    return table


def room_for(table: YieldingTable, columns: int) -> int:
    return columns * (QFontMetrics(table.font()).horizontalAdvance("0") * 20 + 14) + 4


def hidden(table: YieldingTable) -> list[bool]:
    return [table.isColumnHidden(number) for number in range(3)]


@pytest.mark.requirement("X1")
def test_columns_give_way_by_rank_and_come_back_and_nothing_scrolls(table: YieldingTable) -> None:
    assert hidden(table) == [False, False, False]
    table.resize(room_for(table, 2), 120)
    assert hidden(table) == [False, False, True]
    table.resize(room_for(table, 1), 120)
    assert hidden(table) == [False, True, True]
    assert sum(table.columnWidth(n) for n in range(3)) == table.viewport().width()
    assert not table.horizontalScrollBar().isVisible()
    table.resize(room_for(table, 3) + 50, 120)
    assert hidden(table) == [False, False, False]
    # What is left over goes to the one that grows, or to the next where that has given way
    assert table.columnWidth(2) - table.columnWidth(1) >= 40
    table.resize(room_for(table, 2) + 10, 120)
    assert table.columnWidth(0) > table.columnWidth(1)


def test_one_that_cannot_give_way_is_scrolled_to(table: YieldingTable, qtbot: QtBot) -> None:
    table.resize(room_for(table, 1) // 2, 120)
    assert hidden(table) == [False, True, True]
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 0)


def test_what_gave_way_is_exported_all_the_same(table: YieldingTable, exported: Exported) -> None:
    table.resize(room_for(table, 1), 120)
    table.export_csv()
    assert exported == [("Pairs", ["Name", "More", "Tail"], [["abc", "defg", "def"]])]


def test_a_column_that_the_user_brings_back_stays_and_is_kept(table: YieldingTable, exported: Exported) -> None:
    kept: list[list[tuple[str, bool, int]]] = []
    table.layout_changed.connect(lambda: kept.append(table.column_layout()))
    table.resize(room_for(table, 1), 120)
    assert table.column_layout() == []
    table.columns_menu().actions()[2].trigger()
    assert hidden(table) == [False, True, False]
    table.resize(room_for(table, 1) - 30, 120)
    assert hidden(table) == [False, True, False]
    assert table.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
    assert [(key, shown) for key, shown, _ in kept[0]] == [("name", True), ("more", False), ("tail", True)]
    table.export_csv()
    assert exported[0][1] == ["Name", "Tail"]
    # As it came again: nothing is kept, and what has no room gives way
    table.columns_menu().actions()[-1].trigger()
    assert kept[-1] == []
    assert hidden(table) == [False, True, True]


def test_a_kept_choice_holds_from_the_start(table: YieldingTable) -> None:
    table.set_column_layout([])
    table.resize(room_for(table, 2), 120)
    assert hidden(table) == [False, False, True]
    table.set_column_layout([("name", True, 90), ("more", False, 90), ("tail", True, 90)])
    table.resize(room_for(table, 3), 120)
    assert hidden(table) == [False, True, False]
