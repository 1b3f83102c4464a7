"""RecordTableModel: rows by id, told to the view in one flush."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn


@dataclass(frozen=True)
class Lot:
    name: str
    size: int | None


def make_model(*, newest_first: bool = False) -> RecordTableModel[Lot]:
    return RecordTableModel(
        [
            TableColumn("name", lambda: "Name", lambda lot: lot.name),
            TableColumn("size", lambda: "Size", lambda lot: str(lot.size), RIGHT, sort=lambda lot: lot.size),
        ],
        newest_first=newest_first,
    )


def names(model: RecordTableModel[Lot]) -> list[str]:
    return [row[0] for row in model.plain_rows()]


def test_model_keeps_the_rules_of_qt_while_rows_come_change_and_go(qtmodeltester: ModelTester) -> None:
    model = make_model()
    for n in range(5):
        model.upsert(str(n), Lot(f"lot {n}", n))
    model.flush()
    qtmodeltester.check(model)
    model.remove("2")
    model.remove("4")
    model.upsert("1", Lot("changed", 10))
    model.upsert("9", Lot("new", 9))
    model.flush()
    assert names(model) == ["lot 0", "changed", "lot 3", "new"]


def test_nothing_is_shown_before_the_flush() -> None:
    model = make_model()
    model.upsert("a", Lot("a", 1))
    assert model.rowCount() == 0
    model.flush()
    assert model.rowCount() == 1


def test_a_row_changed_many_times_is_told_once(qtbot: QtBot) -> None:
    model = make_model()
    model.upsert("a", Lot("a", 1))
    model.upsert("b", Lot("b", 2))
    model.flush()
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    for size in range(50):
        model.upsert("b", Lot("b", size))
    model.flush()
    assert told == [(1, 1)]
    assert model.data(model.index(1, 1)) == "49"


def test_newest_comes_first_where_asked() -> None:
    model = make_model(newest_first=True)
    model.upsert("a", Lot("a", 1))
    model.flush()
    model.upsert("b", Lot("b", 2))
    model.upsert("c", Lot("c", 3))
    model.flush()
    assert names(model) == ["c", "b", "a"]
    assert model.row_of("a") == 2


def test_a_record_that_comes_and_goes_between_two_flushes_is_never_shown() -> None:
    model = make_model()
    model.upsert("a", Lot("a", 1))
    model.remove("a")
    model.flush()
    assert model.rowCount() == 0


def test_a_record_removed_and_back_before_the_flush_keeps_its_row() -> None:
    model = make_model()
    model.upsert("a", Lot("a", 1))
    model.upsert("b", Lot("b", 1))
    model.flush()
    model.remove("a")
    model.upsert("a", Lot("again", 2))
    model.flush()
    assert names(model) == ["again", "b"]


def test_a_click_sorts_a_snapshot_and_the_figures_without_value_stay_last() -> None:
    model = make_model()
    for name, size in (("a", 2), ("b", None), ("c", 10), ("d", 1)):
        model.upsert(name, Lot(name, size))
    model.flush()
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["c", "a", "d", "b"]
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert names(model) == ["d", "a", "c", "b"]
    model.upsert("c", Lot("c", 0))
    model.flush()
    assert names(model) == ["d", "a", "c", "b"]  # no live sorting
    model.sort(-1)
    assert names(model) == ["a", "b", "c", "d"]


def test_a_selected_row_stays_selected_when_the_table_is_sorted() -> None:
    from PySide6.QtCore import QPersistentModelIndex

    model = make_model()
    for name, size in (("a", 2), ("b", 1)):
        model.upsert(name, Lot(name, size))
    model.flush()
    held = QPersistentModelIndex(model.index(0, 0))
    model.sort(1)
    assert held.row() == 1
    assert held.data() == "a"


def test_a_row_outside_has_no_record() -> None:
    model = make_model()
    assert model.record(0) is None
    assert model.key(-1) is None
    assert model.data(QModelIndex()) is None
    with pytest.raises(KeyError):
        model.column_of("nothing")


def test_replacing_everything_keeps_the_natural_order() -> None:
    model = make_model(newest_first=True)
    model.upsert("a", Lot("a", 1))
    model.replace_all([("x", Lot("x", 1)), ("y", Lot("y", 2))])
    assert names(model) == ["y", "x"]
    model.flush()
    assert names(model) == ["y", "x"]


def test_a_tip_with_text_from_outside_is_no_page() -> None:
    model: RecordTableModel[Lot] = RecordTableModel(
        [TableColumn("name", lambda: "Name", lambda lot: lot.name, tip=lambda lot: lot.name)]
    )
    model.upsert("a", Lot("<b>a</b>", 1))
    model.upsert("b", Lot("", 1))
    model.flush()
    tips = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(2)]
    assert tips == ["<qt>&lt;b&gt;a&lt;/b&gt;</qt>", None]
