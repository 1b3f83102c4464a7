"""The dashboard's two menus: evidence as CSV and HTML, and today counted again under other terms.

Both lead on to the box of recorded days and months (`recorded_box`).
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from terminal.rules.obligations.terms import Terms
from terminal.services.obligation_report import day_tables, html_page
from terminal.services.obligation_scores import ObligationScores
from terminal.services.quoting_day import DayResult
from terminal.views.formatting import DASH, number, percent
from terminal.views.obligations.report_cells import TABLE_NAMES, SavePage, Spawn, plain
from terminal.views.obligations.standing import StandingSource
from terminal.views.obligations.words import word
from terminal.views.record_table import Export
from terminal.views.texts import words


class Evidence(QObject):
    """`say(text, role)` tells the user; the panel places the two buttons."""

    table_wanted = Signal()
    """What is on screen, as CSV"""
    recorded_wanted = Signal()
    """Another day than today, or a month"""

    def __init__(
        self,
        source: StandingSource,
        scores: ObligationScores,
        spawn: Spawn,
        export: Export,
        save_page: SavePage,
        say: Callable[[str, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._scores = scores
        self._spawn = spawn
        self._export = export
        self._save_page = save_page
        self._say = say
        self.export_button, self.score_button = _menu_button(parent), _menu_button(parent)
        self.export_button.menu().aboutToShow.connect(self.fill_export)
        self.score_button.menu().aboutToShow.connect(self.fill_scores)

    def export_table(self, place: int) -> None:
        """Hand one table of the evidence to the CSV writer."""
        result = self._source.obligations.result()
        if result is not None:
            table = day_tables(result, words)[place]
            self._export(_title(result, table.title), list(table.headers), plain(table))

    def export_page(self) -> None:
        """Hand all of the evidence to the writer of pages."""
        result = self._source.obligations.result()
        if result is not None:
            title = _title(result, word("Obligations"))
            self._save_page(title, html_page(title, day_tables(result, words)))

    def score_under(self, terms: Terms) -> None:
        """Count today again under other terms and say what would have been (X10)."""
        if self._source.obligations.measure is not None:
            self._say(word("Counting today under {title} …").format(title=terms.title), "second")
            self._spawn(self._score(terms))

    def fill_export(self) -> None:
        """The tables, and the page of all."""
        menu = self.export_button.menu()
        menu.clear()
        menu.addAction(f"{word('Obliged contracts')} (CSV)", self.table_wanted.emit)
        for place, name in enumerate(TABLE_NAMES):
            menu.addAction(f"{word(name)} (CSV)", partial(self.export_table, place))
        if self._source.obligations.by_hand.all:
            menu.addAction(f"{word('Exemptions by hand')} (CSV)", partial(self.export_table, len(TABLE_NAMES)))
        if self._source.obligations.pauses.all:
            place = len(TABLE_NAMES) + bool(self._source.obligations.by_hand.all)
            menu.addAction(f"{word('Pauses')} (CSV)", partial(self.export_table, place))
        menu.addAction(word("All on one page (HTML)"), self.export_page)
        self._offer_recorded(menu)

    def fill_scores(self) -> None:
        """The terms there are; those in force are grey."""
        menu = self.score_button.menu()
        menu.clear()
        in_force = self._source.obligations.terms.name
        for terms in self._scores.profiles():
            entry = menu.addAction(terms.title, partial(self.score_under, terms))
            entry.setEnabled(terms.name != in_force)
        self._offer_recorded(menu)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.export_button.setText(word("Export evidence ▾"))
        self.score_button.setText(word("Re-score ▾"))
        self.score_button.setToolTip(word("Count today again under other terms"))

    def _offer_recorded(self, menu: QMenu) -> None:
        menu.addSeparator()
        menu.addAction(word("Another day or a month…"), self.recorded_wanted.emit)

    async def _score(self, terms: Terms) -> None:
        obligations = self._source.obligations
        measure = obligations.measure
        if measure is None:
            return
        result = await self._scores.day(terms, measure.trading_day, measure.moment(measure.now_us))
        if result is None:
            self._say(word("The journal has nothing of today yet"), "warn")
            return
        figures, mine = result.figures, obligations.result()
        pattern = word(
            "{title}: score {score} (in force {mine}) · contract rate {rate} · "
            "{reachable} of {count} can reach theirs, asked {required}"
        )
        text = pattern.format(
            title=terms.title,
            score=number(result.score.total * 100, 1),
            mine=DASH if mine is None else number(mine.score.total * 100, 1),
            rate=percent(figures.contract_rate, 1),
            reachable=figures.contracts_reachable,
            count=int(figures.counted.sum()),
            required=figures.required_contracts,
        )
        self._say(text, "warn" if figures.contracts_to_spare < 0 else "second")


def _menu_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setMenu(QMenu(button))
    return button


def _title(result: DayResult, name: str) -> str:
    return f"{result.trading_day.isoformat()} {name}"
