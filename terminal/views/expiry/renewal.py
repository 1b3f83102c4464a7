"""Shows a set of records in a table with as few changes as there are."""

from collections.abc import Mapping
from typing import TypeVar

from terminal.views.table_model import RecordTableModel

T = TypeVar("T")


def renew(model: RecordTableModel[T], records: Mapping[str, T]) -> bool:
    """Change the rows that differ; another set of rows is shown in one reset, which gives True."""
    shown = {model.key(row) for row in range(model.rowCount())}
    if shown != records.keys():
        model.replace_all(records.items())
        return True
    for key, record in records.items():
        row = model.row_of(key)
        if row is not None and model.record(row) != record:
            model.upsert(key, record)
    return False
