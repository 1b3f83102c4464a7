"""The chain's columns and colours of each preset: as shipped at first, then as the user left them under that preset."""

from typing import TypeVar

from PySide6.QtCore import QObject

from terminal.views.appearance import Appearance
from terminal.views.chain.columns import ColumnSet
from terminal.views.chain.panel import ChainPanel
from terminal.views.presets import preset
from terminal.views.settings import Settings
from terminal.views.theme import ColourMode

E = TypeVar("E", ColumnSet, ColourMode)


class PresetDress(QObject):
    """Call `put_on` when the user turns to a preset and `resume` once at the start; what he changes is kept."""

    def __init__(self, chain: ChainPanel, appearance: Appearance, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._chain = chain
        self._appearance = appearance
        self._settings = settings
        self._name = ""
        chain.layout_changed.connect(self._keep)
        appearance.changed.connect(self._keep)

    def put_on(self, name: str) -> None:
        """Dress the chain as it was left under this preset, or as the preset comes."""
        # Nothing is kept while it changes: the columns come before the colours
        self._name = ""
        columns, colours = self._kept(name, "columns", ColumnSet), self._kept(name, "colours", ColourMode)
        shipped = preset(name)
        columns, colours = columns or shipped.columns, colours or shipped.colours
        if columns is not None:
            self._chain.set_column_set(columns)
        if colours is not None:
            self._appearance.set_mode(colours)
        self._name = name

    def resume(self, name: str) -> None:
        """The columns of the preset that is on screen at the start; the colours are the appearance's own."""
        columns = self._kept(name, "columns", ColumnSet) or preset(name).columns
        if columns is not None:
            self._chain.set_column_set(columns)
        self._name = name

    def _kept(self, name: str, what: str, kind: type[E]) -> E | None:
        kept = self._settings.read(f"dress.{name}")
        value = kept.get(what) if isinstance(kept, dict) else None
        return next((member for member in kind if member.value == value), None)

    def _keep(self) -> None:
        if self._name:
            self._settings.write(
                f"dress.{self._name}",
                {"columns": self._chain.view.column_set.value, "colours": self._appearance.mode.value},
            )
