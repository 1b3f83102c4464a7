"""Joins the filter boxes of the rail to the chain: both show what is in force, and it is there at the next start."""

from PySide6.QtCore import QEvent, QObject

from terminal.views.appearance import Appearance
from terminal.views.chain.filter_box import FilterBox
from terminal.views.chain.filters import ChainFilter, Obliged
from terminal.views.chain.panel import ChainPanel
from terminal.views.chain.words import word
from terminal.views.series_rail import SeriesRail
from terminal.views.settings import Settings

_KEY = "filter.chain"


class RailFilters(QObject):
    """One box stands below the tree; the other is what the button below the strip opens."""

    def __init__(
        self, chain: ChainPanel, rail: SeriesRail, appearance: Appearance, settings: Settings, obliged: Obliged
    ) -> None:
        super().__init__(rail)
        self._chain = chain
        self._rail = rail
        self._settings = settings
        self._obliged = obliged
        self.boxes = FilterBox(appearance), FilterBox(appearance)
        chain.obliged = obliged
        rail.put_below(*self.boxes)
        rail.installEventFilter(self)
        for box in self.boxes:
            box.filter_wanted.connect(chain.set_filter)
        chain.set_filter(ChainFilter.of(settings.read(_KEY)))
        chain.filter_changed.connect(self._show)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._mark()
        return super().eventFilter(watched, event)

    def isVisible(self) -> bool:
        """Always: the frame timer serves it like a view."""
        return True

    def flush(self) -> None:
        """An account that must quote can ask for what it must quote alone."""
        owes = self._obliged() is not None
        for box in self.boxes:
            box.show_obliged(owes)

    def _show(self) -> None:
        wanted = self._chain.filter
        for box in self.boxes:
            box.show_filter(wanted, self._chain.hidden)
        self._rail.show_adjusted(wanted.adjusted)
        self._mark()
        record = wanted.record()
        if self._settings.read(_KEY) != record:
            self._settings.write(_KEY, record)

    def _mark(self) -> None:
        self._rail.mark_foot(word("Filter"), active=self._chain.hidden > 0 or not self._chain.filter.adjusted)
