"""Queries to the counter (柜台查询, T12): account, limits, orders, fills, instructions, cash flow, statement, by date.

Nothing is asked before the panel is first shown. An answer that does not come is said; one that comes for another
question than the one on screen is passed over.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLabel, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from terminal.domain.messages import Answer, Capability, LimitUse, QueryKind
from terminal.domain.orders import Fill, Order
from terminal.domain.ports import LinkState
from terminal.domain.settlement import CashMovement
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, LinkChanged, NoticeReceived
from terminal.services.instructions import InstructionEntry, entry_of
from terminal.services.reports import fill_of, order_as_told
from terminal.views.account.instruction_columns import instruction_columns
from terminal.views.account.query_columns import BarDelegate, limit_columns, movement_columns
from terminal.views.account.statement_page import (
    PageSection,
    account_sections,
    page_html,
    page_rows,
    statement_sections,
)
from terminal.views.account.words import QUERIES, word
from terminal.views.appearance import Appearance
from terminal.views.formatting import day, quantity
from terminal.views.record_table import Export, RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.texts import reason_sentence
from terminal.views.theme import ThemeName
from terminal.views.trading.fills_table import fill_columns
from terminal.views.trading.orders_table import order_columns
from terminal.views.trading.panel_bar import PanelBar

#: The tabs, in their order
_TABS = (
    QueryKind.ACCOUNT,
    QueryKind.LIMITS,
    QueryKind.ORDERS,
    QueryKind.FILLS,
    QueryKind.INSTRUCTIONS,
    QueryKind.CASH_FLOW,
    QueryKind.STATEMENT,
)
#: Pictures of now: no date is asked for
_OF_NOW = frozenset({QueryKind.ACCOUNT, QueryKind.LIMITS})
#: Called with a title for the file's name and the page
SavePage = Callable[[str, str], None]


class QueryPanel(QWidget):
    """One tab per question, one date for all that have one."""

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        export: Export,
        save_page: SavePage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._export_table = export
        self._save_page = save_page
        self._asked: dict[QueryKind, str] = {}
        """Id of the question on the way, by kind"""
        self._notes: dict[QueryKind, str] = {}
        self._left_out: dict[QueryKind, int] = {}
        self._told: dict[QueryKind, Answer] = {}
        """The answers that are shown as pages, made anew in another language"""
        self._days: list[date] = []
        market = desk.market
        self.orders: RecordTableModel[Order] = self._model(order_columns(market, appearance))
        self.fills: RecordTableModel[Fill] = self._model(fill_columns(market, appearance))
        self.instructions: RecordTableModel[InstructionEntry] = self._model(instruction_columns(market, appearance))
        self.movements: RecordTableModel[CashMovement] = self._model(movement_columns(market, appearance))
        self.limits: RecordTableModel[LimitUse] = RecordTableModel(
            limit_columns(market, appearance, lambda: desk.rules.risk.large_holder), parent=self
        )
        self._models: dict[QueryKind, RecordTableModel[Any]] = {
            QueryKind.LIMITS: self.limits,
            QueryKind.ORDERS: self.orders,
            QueryKind.FILLS: self.fills,
            QueryKind.INSTRUCTIONS: self.instructions,
            QueryKind.CASH_FLOW: self.movements,
        }
        self.pages = {kind: QTextBrowser(self) for kind in (QueryKind.ACCOUNT, QueryKind.STATEMENT)}
        self.tables: dict[QueryKind, RecordTable] = {}
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for kind in _TABS:
            if kind in self.pages:
                page = self.pages[kind]
                page.setOpenLinks(False)
                page.setFrameShape(QTextBrowser.Shape.NoFrame)
                set_role(page, "panel")
                self.tabs.addTab(page, "")
                continue
            table = RecordTable(
                self._models[kind],
                appearance,
                title=partial(self._title, kind),
                export=export,
                parent=self,
            )
            self.tables[kind] = table
            self.tabs.addTab(table, "")
        self.tables[QueryKind.LIMITS].setItemDelegateForColumn(
            self.limits.column_of("part"), BarDelegate(appearance, self.tables[QueryKind.LIMITS])
        )
        self.bar = PanelBar(self)
        self.label = QLabel(self)
        set_role(self.label, "dim")
        self.day_choice = QComboBox(self)
        self.day_choice.setMinimumWidth(130)
        self.bar.add(self.label)
        self.bar.add(self.day_choice)
        self.ask_button = self.bar.add_button(self.ask)
        self.page_button = self.bar.add_button(self._save)
        self.export_button = self.bar.add_button(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(lambda _: self._on_tab())
        self.day_choice.activated.connect(lambda _: self.ask())
        desk.bus.subscribe(Answer, self._on_answer)
        desk.bus.subscribe(LinkChanged, self._on_link)
        desk.bus.subscribe(DayChanged, self._on_day)
        desk.bus.subscribe(NoticeReceived, self._on_notice)
        appearance.changed.connect(self._show_pages)
        self.setFocusProxy(self.tabs.tabBar())
        self.retranslate()

    # ---- what others call

    @property
    def kind(self) -> QueryKind:
        """The question on screen."""
        return _TABS[self.tabs.currentIndex()]

    @property
    def day(self) -> date | None:
        """The day chosen; None for today."""
        place = self.day_choice.currentIndex() - 1
        return self._days[place] if 0 <= place < len(self._days) else None

    def show_query(self, kind: QueryKind) -> None:
        """Turn to a question."""
        self.tabs.setCurrentIndex(_TABS.index(kind))

    def ask(self) -> None:
        """Ask the counter for what is on screen."""
        kind = self.kind
        if not self._offered():
            self._show_note()
            return
        number = self._desk.queries.ask(kind, None if kind in _OF_NOW else self.day)
        self._asked.pop(kind, None)
        if number:
            self._asked[kind] = number
            self._notes[kind] = word("The counter is being asked…")
        else:
            self._notes[kind] = "✕ " + word("No line to the venue: nothing was asked")
        self._show_note()

    def flush(self) -> None:
        """Answers are shown as they come; the tables renew their texts themselves."""
        for table in self.tables.values():
            table.flush()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask when it comes to sight."""
        super().showEvent(event)
        self._ask_if_seen()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        for number, kind in enumerate(_TABS):
            self.tabs.setTabText(number, word(QUERIES[kind]))
            (self.tables.get(kind) or self.pages[kind]).setAccessibleName(word(QUERIES[kind]))
        self.label.setText(word("Day"))
        self.day_choice.setAccessibleName(word("Day"))
        self.ask_button.setText(word("Ask again"))
        self.page_button.setText(word("Save page"))
        self.export_button.setText(word("Export"))
        self._list_days()
        self._show_pages()
        self._show_note()

    # ---- inside

    def _model(self, columns: Any) -> RecordTableModel[Any]:
        return RecordTableModel(columns, newest_first=True, parent=self)

    def _offered(self) -> bool:
        return self._desk.can(Capability.QUERIES)

    def _title(self, kind: QueryKind) -> str:
        of_day = "" if kind in _OF_NOW or self.day is None else f" {day(self.day)}"
        return f"{word(QUERIES[kind])}{of_day}"

    def _list_days(self) -> None:
        chosen = self.day
        self.day_choice.clear()
        self.day_choice.addItem(word("Today"))
        self.day_choice.addItems([day(found) for found in self._days])
        self.day_choice.setCurrentIndex(self._days.index(chosen) + 1 if chosen in self._days else 0)

    def _on_tab(self) -> None:
        self._ask_if_seen()
        self._show_note()

    def _ask_if_seen(self) -> None:
        """Ask for what somebody looks at: what was answered a while ago may be no longer true."""
        if not self.isVisible() or self._desk.link is not LinkState.UP:
            return
        if QueryKind.DAYS not in self._asked and self._offered():
            self._asked[QueryKind.DAYS] = self._desk.queries.ask(QueryKind.DAYS)
        self.ask()

    def _on_answer(self, answer: Answer) -> None:
        kind = answer.kind
        if not answer.query_id or self._asked.get(kind) != answer.query_id:
            return
        if kind is QueryKind.DAYS:
            today = self._desk.market.day.trading_day if self._desk.market.day is not None else None
            self._days = [found for found in sorted(answer.days, reverse=True) if found != today]
            self._list_days()
            return
        self._notes[kind] = ""
        self._left_out[kind] = answer.left_out
        if answer.reason is not None:
            self._notes[kind] = "✕ " + reason_sentence(answer.reason)
        self._take(answer)
        self._show_note()

    def _take(self, answer: Answer) -> None:
        match answer.kind:
            case QueryKind.ACCOUNT | QueryKind.STATEMENT:
                self._told[answer.kind] = answer
            case QueryKind.LIMITS:
                self.limits.replace_all((f"{u.limit}/{u.underlying}", u) for u in answer.limits)
            case QueryKind.ORDERS:
                self.orders.replace_all((r.client_order_id, order_as_told(r)) for r in answer.orders)
            case QueryKind.FILLS:
                fills = (r for r in answer.orders if r.last_price is not None and r.last_quantity > 0)
                self.fills.replace_all((r.report_id, fill_of(r, order_as_told(r))) for r in fills)
            case QueryKind.INSTRUCTIONS:
                self.instructions.replace_all((r.instruction_id, entry_of(r)) for r in answer.instructions)
            case QueryKind.CASH_FLOW:
                self.movements.replace_all((str(m.number), m) for m in answer.movements)
        self._show_pages()

    def _sections(self, kind: QueryKind) -> list[PageSection]:
        answer, market = self._told.get(kind), self._desk.market
        if answer is not None and answer.account is not None:
            return account_sections(answer.account, market)
        return statement_sections(answer.statement, market) if answer is not None and answer.statement else []

    def _show_pages(self) -> None:
        for kind, page in self.pages.items():
            sections = self._sections(kind)
            # Nothing put in the place of nothing takes as long as a page
            if sections or not page.document().isEmpty():
                page.setHtml(page_html(sections, self._appearance))

    def _show_note(self) -> None:
        kind = self.kind
        self.day_choice.setEnabled(kind not in _OF_NOW)
        self.page_button.setVisible(kind in self.pages)
        self.page_button.setEnabled(bool(self._sections(kind)))
        offered = self._offered()
        self.ask_button.setEnabled(offered)
        text = self._notes.get(kind, "")
        if not offered:
            text = word("This venue answers no queries; earlier days of this desk are in the history")
        elif not text and kind in self._models:
            text = word("{count} lines").format(count=quantity(self._models[kind].rowCount()))
            if self._left_out.get(kind):
                text += ", " + word("{count} older ones left out").format(count=quantity(self._left_out[kind]))
        elif not text and not self._sections(kind):
            text = word("There is no statement of this day") if kind is QueryKind.STATEMENT else ""
        set_role(self.bar.note, "critical" if text.startswith("✕") else "second")
        self.bar.note.setText(text)

    def _export(self) -> None:
        table = self.tables.get(self.kind)
        if table is not None:
            table.export_csv()
        elif sections := self._sections(self.kind):
            self._export_table(self._title(self.kind), *page_rows(sections))

    def _save(self) -> None:
        if sections := self._sections(self.kind):
            # A page is read and printed on white, whatever the screen looks like
            self._save_page(self._title(self.kind), page_html(sections, Appearance(ThemeName.LIGHT)))

    def _on_link(self, event: LinkChanged) -> None:
        if event.state is LinkState.DOWN:
            for kind in self._asked:
                self._notes[kind] = "✕ " + word("The line was lost before the answer")
            self._asked.clear()
        self._show_note()
        self._ask_if_seen()

    def _on_notice(self, event: NoticeReceived) -> None:
        if event.notice.figures.get("step") == "settled":
            self._ask_if_seen()

    def _on_day(self, _event: DayChanged) -> None:
        self._asked.clear()
