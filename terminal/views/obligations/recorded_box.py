"""Recorded days and months (历史重算): counted under any terms, line below line, and taken to CSV or to a page.

A box beside the dashboard; the journal is read in a thread and the desk goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from terminal.rules.obligations.figures import Figures
from terminal.rules.obligations.terms import Terms
from terminal.services.obligation_report import Table, day_tables, html_page, month_result, month_tables
from terminal.services.obligation_scores import ObligationScores
from terminal.views.formatting import number, percent
from terminal.views.obligations.report_cells import TABLE_NAMES, SavePage, Spawn, plain
from terminal.views.obligations.words import title_words, word
from terminal.views.record_table import Export
from terminal.views.style_sheet import set_role
from terminal.views.texts import words

_COLUMNS = ("Period", "Days", "Terms", "Score", "Contract rate", "Reach theirs", "Asked for")


@dataclass(frozen=True, slots=True)
class _Counted:
    """One line: a period under some terms."""

    period: str
    days: int
    terms: Terms
    figures: Figures
    score: float
    tables: Callable[[], tuple[Table, ...]]


class RecordedBox(QDialog):
    """Made once by the dashboard; `open_now` reads which days there are. `now` is the market's time."""

    def __init__(
        self,
        scores: ObligationScores,
        in_force: Callable[[], Terms],
        now: Callable[[], datetime],
        spawn: Spawn,
        export: Export,
        save_page: SavePage,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._scores = scores
        self._in_force = in_force
        self._now = now
        self._spawn = spawn
        self._export = export
        self._save_page = save_page
        self._days: tuple[date, ...] = ()
        self._counted: list[_Counted] = []
        self.resize(860, 360)
        self.period, self.terms = QComboBox(self), QComboBox(self)
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.count_button, self.csv_button, self.page_button = QPushButton(), QPushButton(), QPushButton()
        self.close_button = QPushButton()
        for button in (self.csv_button, self.page_button, self.close_button):
            button.setAutoDefault(False)
        self.csv_button.setMenu(QMenu(self.csv_button))
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.table = QTableWidget(0, len(_COLUMNS), self)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_COLUMNS.index("Terms"), QHeaderView.ResizeMode.Stretch)
        self._build()
        self.count_button.clicked.connect(lambda _=False: self.count())
        self.page_button.clicked.connect(lambda _=False: self.export_page())
        self.csv_button.menu().aboutToShow.connect(self.fill_tables)
        self.close_button.clicked.connect(self.close)
        self.table.itemSelectionChanged.connect(self._settle_buttons)
        self.retranslate()

    def open_now(self) -> None:
        """Show it, and ask the journal for its days."""
        self.show()
        self.raise_()
        self._say(word("Reading the journal …"))
        self._spawn(self._fill())

    def count(self) -> None:
        """Count the period chosen under the terms chosen."""
        span, terms = self.period.currentData(), self.terms.currentData()
        if span is not None and terms is not None:
            period, (first, last) = self.period.currentText(), span
            self._say(word("Counting {period} under {title} …").format(period=period, title=title_words(terms.title)))
            self._spawn(self._count(period, first, last, terms))

    def fill_tables(self) -> None:
        """The tables of the line chosen."""
        menu, counted = self.csv_button.menu(), self._chosen()
        menu.clear()
        if counted is not None:
            for place, table in enumerate(counted.tables()):
                name = word(TABLE_NAMES[place]) if place < len(TABLE_NAMES) else table.title
                menu.addAction(f"{name} (CSV)", partial(self.export_table, place))

    def export_table(self, place: int) -> None:
        """Hand a table of the line chosen to the CSV writer."""
        counted = self._chosen()
        if counted is not None:
            table = counted.tables()[place]
            self._export(_title(counted, table.title), list(table.headers), plain(table))

    def export_page(self) -> None:
        """Hand all tables of the line chosen to the writer of pages."""
        counted = self._chosen()
        if counted is not None:
            title = _title(counted, word("Obligations"))
            self._save_page(title, html_page(title, counted.tables()))

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.setWindowTitle(word("Recorded days and months"))
        self.count_button.setText(word("Count"))
        self.csv_button.setText(word("Tables (CSV)"))
        self.page_button.setText(word("All on one page (HTML)"))
        self.close_button.setText(word("Close"))
        self.table.setHorizontalHeaderLabels([word(name) for name in _COLUMNS])
        self.table.setAccessibleName(self.windowTitle())
        self.period.setAccessibleName(word("Period"))
        self.terms.setAccessibleName(word("Terms"))
        self._fill_choices()
        self._fill_lines()
        self.said.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _build(self) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.period)
        top.addWidget(self.terms, 1)
        top.addWidget(self.count_button)
        foot.addWidget(self.said, 1)
        for button in (self.csv_button, self.page_button, self.close_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    async def _fill(self) -> None:
        self._days = await self._scores.days()
        self._fill_choices()
        self._say("" if self._days else word("The journal has no measured day"))

    def _fill_choices(self) -> None:
        """Months, then days, the newest first; all terms that can be read, those in force chosen."""
        period, chosen = self.period.currentText(), self.terms.currentData()
        self.period.clear()
        newest = self._days[::-1]
        for (year, month), days in groupby(newest, lambda day: (day.year, day.month)):
            within = list(days)
            self.period.addItem(f"{year:04}-{month:02}", (within[-1], within[0]))
        for day in newest:
            self.period.addItem(day.isoformat(), (day, day))
        self.period.setCurrentIndex(max(self.period.findText(period), 0))
        self.terms.clear()
        for terms in self._scores.profiles():
            self.terms.addItem(title_words(terms.title), terms)
        names = [self.terms.itemData(place).name for place in range(self.terms.count())]
        name = (chosen or self._in_force()).name
        self.terms.setCurrentIndex(names.index(name) if name in names else 0)
        self._settle_buttons()

    async def _count(self, period: str, first: date, last: date, terms: Terms) -> None:
        days = await self._scores.recorded(terms, first, last, self._now())
        if not days:
            self._say(word("The journal has no measured day"), "warn")
            return
        if first == last:
            day = days[0]
            counted = _Counted(period, 1, terms, day.figures, day.score.total, lambda: day_tables(day, words))
        else:
            month = month_result(days)
            counted = _Counted(period, len(days), terms, month.figures, month.score, lambda: month_tables(month, words))
        self._counted.append(counted)
        self._fill_lines()
        self.table.selectRow(len(self._counted) - 1)
        self._say("")

    def _fill_lines(self) -> None:
        self.table.setRowCount(len(self._counted))
        for row, one in enumerate(self._counted):
            figures = one.figures
            texts = (
                one.period,
                str(one.days),
                title_words(one.terms.title),
                number(one.score * 100, 1),
                percent(figures.contract_rate, 1),
                f"{figures.contracts_reachable} / {int(figures.counted.sum())}",
                str(figures.required_contracts),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self._settle_buttons()

    def _chosen(self) -> _Counted | None:
        rows = self.table.selectionModel().selectedRows()
        return self._counted[rows[0].row()] if rows and rows[0].row() < len(self._counted) else None

    def _settle_buttons(self) -> None:
        self.count_button.setEnabled(self.period.count() > 0 and self.terms.count() > 0)
        for button in (self.csv_button, self.page_button):
            button.setEnabled(self._chosen() is not None)

    def _say(self, text: str, role: str = "second") -> None:
        self.said.setText(text)
        set_role(self.said, role)


def _title(counted: _Counted, name: str) -> str:
    return f"{counted.period} {name} {counted.terms.name}"
