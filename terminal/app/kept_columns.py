"""Columns of tables as the user has made them, kept between runs."""

from terminal.app.preferences import Preferences
from terminal.views.chain.panel import ChainPanel
from terminal.views.record_table import RecordTable


def keep_columns(preferences: Preferences, chain: ChainPanel, **tables: RecordTable) -> None:
    """Bring back the columns of the chain and of tables, by name, and keep what the user makes of them."""
    kept = preferences.read("columns.chain")
    if isinstance(kept, dict):
        chain.set_column_layouts(kept)
    chain.layout_changed.connect(lambda: preferences.write("columns.chain", chain.column_layouts()))
    for name, table in tables.items():
        _keep(preferences, f"columns.{name}", table)


def _keep(preferences: Preferences, key: str, table: RecordTable) -> None:
    kept = preferences.read(key)
    if isinstance(kept, list):
        table.set_column_layout([entry for entry in kept if isinstance(entry, (list, tuple))])
    table.layout_changed.connect(lambda: preferences.write(key, [list(entry) for entry in table.column_layout()]))
