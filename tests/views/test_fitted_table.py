"""A table that fits: columns give way in their order, and are as wide as what stands in them where that is wanted."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from terminal.domain.calendar import SHANGHAI
from terminal.rules.obligations.inquiries import InquiryResult, InquiryStatus
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.fitted_table import FittedTable
from terminal.views.inquiries.answers import RANKS, InquiryLine, answer_columns
from terminal.views.table_model import RecordTableModel, TableColumn

Pair = tuple[str, str]


@pytest.fixture
def table(qtbot: QtBot, appearance: Appearance, export: Callable[..., None]) -> FittedTable:
    columns: list[TableColumn[Pair]] = [
        TableColumn("name", lambda: "Name", lambda pair: pair[0], width_chars=30),
        TableColumn("more", lambda: "More", lambda pair: pair[1], width_chars=30),
        TableColumn("tail", lambda: "Tail", lambda pair: pair[1][:3], width_chars=30),
    ]
    table = FittedTable(
        RecordTableModel(columns),
        appearance,
        title=lambda: "Pairs",
        export=export,
        ranks={"tail": 2, "more": 1},
        grows=frozenset({"name"}),
        by_content=True,
    )
    qtbot.addWidget(table)
    table.resize(400, 120)
    table.show()
    return table


def width_of(table: FittedTable, characters: int) -> int:
    return QFontMetrics(table._appearance.figures).horizontalAdvance("0") * characters


def test_columns_are_as_wide_as_what_stands_in_them_and_grow_with_it(table: FittedTable) -> None:
    model: RecordTableModel[Pair] = table.model()  # type: ignore[assignment] # Qt says less
    # Empty, it keeps the room that each is known to need: not all three have it
    assert [table.isColumnHidden(n) for n in range(3)] == [False, True, True]
    model.upsert("1", ("abc", "defg"))
    table.flush()
    table.fit_columns()
    assert [table.isColumnHidden(n) for n in range(3)] == [False, False, False]
    before = table.columnWidth(1)
    model.upsert("2", ("abc", "d" * 20))
    table.flush()
    assert table.columnWidth(1) >= before + width_of(table, 15)
    model.upsert("2", ("abc", "d" * 60))
    table.flush()
    assert [table.isColumnHidden(n) for n in range(3)] == [False, True, True]


def test_rows_are_measured_when_they_change_and_not_at_every_flush(
    table: FittedTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    model: RecordTableModel[Pair] = table.model()  # type: ignore[assignment] # Qt says less
    read: list[int] = []
    rows = model.plain_rows

    def counted() -> list[list[str]]:
        read.append(1)
        return rows()

    monkeypatch.setattr(model, "plain_rows", counted)
    model.upsert("1", ("abc", "defg"))
    table.flush()
    read.clear()
    table.flush()
    assert not read
    model.upsert("1", ("abc", "defgh"))
    table.flush()
    assert read


def test_it_fills_its_width_and_has_no_scroll_bar(table: FittedTable) -> None:
    model: RecordTableModel[Pair] = table.model()  # type: ignore[assignment] # Qt says less
    model.upsert("1", ("abc", "defg"))
    table.flush()
    for width in (700, 300):
        table.resize(width, 120)
        shown = sum(table.columnWidth(n) for n in range(3) if not table.isColumnHidden(n))
        assert shown == table.viewport().width()
        assert not table.horizontalScrollBar().isVisible()


@pytest.mark.requirement("M5")
def test_of_todays_answers_the_result_is_seen_in_the_narrow_column(
    qtbot: QtBot, desk: Desk, appearance: Appearance, export: Callable[..., None]
) -> None:
    model = RecordTableModel(answer_columns(desk.market, appearance, lambda: 20))
    table = FittedTable(model, appearance, title=lambda: "Answers", export=export, ranks=RANKS, by_content=True)
    qtbot.addWidget(table)
    at = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
    code = desk.market.contracts[0].code
    result = InquiryResult(
        1, code, 10, 0, 20_000_000, InquiryStatus.MISSED, None, "", None, None, None, pulled_early=False, counted=True
    )
    model.upsert("1", InquiryLine(result, at, None))
    table.show()
    for width, hidden in ((470, {"width", "rule"}), (900, set())):
        table.resize(width, 200)
        table.flush()
        assert {c.key for n, c in enumerate(model.columns) if table.isColumnHidden(n)} == hidden
