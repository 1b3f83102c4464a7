"""The event calendar (事件日历): months or a list, what comes next with a button for each, and a file to take along."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QStackedWidget, QVBoxLayout, QWidget

from terminal.services.event_calendar import CalendarEvent, EventKind
from terminal.services.events import AccountChanged, DayChanged, ExpiryChanged, InstructionChanged, NoticeReceived
from terminal.services.expiry_services import ExpiryServices
from terminal.services.icalendar import CalendarEntry, write_calendar
from terminal.views.appearance import Appearance
from terminal.views.docks import scrolled
from terminal.views.expiry.month_grid import Legend, MonthGrid
from terminal.views.expiry.todo_list import TodoList
from terminal.views.expiry.words import event_sentence, event_words, mark_ink, names_of, word
from terminal.views.formatting import DASH, day, quantity
from terminal.views.record_table import Export, RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import month_words
from terminal.views.trading.panel_bar import PanelBar

#: Title and text of a file to be written
SaveFile = Callable[[str, str], None]
#: The list and the file reach so far back and ahead, days
_BACK, _AHEAD = 35, 400
#: Account and prices are looked at once a second for what comes next
_MOST_TODOS = 12


class CalendarPanel(QWidget):
    """Served by the frame timer."""

    expiry_chosen = Signal(object)
    """An exercise day whose cockpit is to be shown"""
    todo_wanted = Signal(object)

    def __init__(
        self,
        services: ExpiryServices,
        appearance: Appearance,
        export: Export,
        save_file: SaveFile,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._appearance = appearance
        self._save_file = save_file
        self._stale = True
        self._shown: date | None = None
        """First day of the month in front; None for that of today"""
        set_role(self, "panel")
        market = services.desk.market
        self.bar = PanelBar(self)
        self.back, self.ahead = (self.bar.add_button(partial(self.turn, n)) for n in (-1, 1))
        self.back.setText("‹")
        self.ahead.setText("›")
        for button in (self.back, self.ahead):
            button.setFixedWidth(24)
        group = QButtonGroup(self)
        self.month_button = self.bar.add_button(lambda: self._show_page(0), checkable=True)
        self.list_button = self.bar.add_button(lambda: self._show_page(1), checkable=True)
        for button in (self.month_button, self.list_button):
            group.addButton(button)
        self.month_button.setChecked(True)
        self.file_button = self.bar.add_button(self.save)
        self.grid = MonthGrid(market, appearance, self)
        self.model: RecordTableModel[CalendarEvent] = RecordTableModel(self._columns(), parent=self)
        self.table = RecordTable(
            self.model, appearance, title=lambda: word("Event calendar"), export=export, parent=self
        )
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.grid)
        self.pages.addWidget(self.table)
        self.legend = Legend(appearance, self)
        self.next_bar = PanelBar(self)
        self.next_note, self.urgent = QLabel(self), QLabel(self)
        set_role(self.next_note, "note")
        set_role(self.urgent, "critical")
        self.urgent.setProperty("dot", True)
        self.next_bar.add(self.urgent)
        self.next_bar.add(self.next_note)
        set_role(self.next_bar.note, "title")
        self.todos = TodoList(market, appearance, services.desk.now, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in ((self.bar, 0), (self.pages, 3), (self.legend, 0), (self.next_bar, 0)):
            layout.addWidget(widget, stretch)
        layout.addWidget(scrolled(self.todos), 2)
        self.grid.day_chosen.connect(self._on_day)
        self.grid.turned.connect(self.turn)
        self.grid.resized.connect(self._mark)
        self.todos.wanted.connect(self.todo_wanted)
        bus = services.bus
        for event in (AccountChanged, DayChanged, NoticeReceived, ExpiryChanged, InstructionChanged):
            bus.subscribe(event, self._on_change)
        self.setFocusProxy(self.grid)
        self.retranslate()

    # ---- what others call

    def flush(self) -> None:
        """Show what has changed."""
        today = self._services.desk.today
        if self._stale:
            self._stale = False
            self._show_events(today)
        self.todos.show_todos(self._services.events.next_up()[:_MOST_TODOS], today)
        urgent = sum(1 for todo in self.todos.todos if todo.urgent)
        text = f"● {urgent}" if urgent else ""
        if text != self.urgent.text():
            self.urgent.setText(text)
        self.table.flush()

    def turn(self, months: int) -> None:
        """Show another month in front."""
        first = self._shown or self._front(self._services.desk.today)
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        self._shown = date(year, month + 1, 1)
        self._stale = True
        self.flush()

    def entries(self) -> list[CalendarEntry]:
        """Every event as an entry of a calendar file, in the language in force."""
        market, today = self._services.desk.market, self._services.desk.today
        found = []
        for event in self._services.events.events(today - timedelta(days=_BACK), today + timedelta(days=_AHEAD)):
            subject = "-".join(event.underlyings) or "market"
            month = f"-{event.month[0]}{event.month[1]:02d}" if event.month is not None else ""
            names = names_of(event.underlyings, market)
            found.append(
                CalendarEntry(
                    uid=f"{event.kind.value}-{event.day:%Y%m%d}-{subject}{month}@optiondesk",
                    day=event.day,
                    summary=f"{event_words(event)} {names}".strip(),
                    description=event_sentence(event, market),
                    at=event.at,
                )
            )
        return found

    def save(self) -> None:
        """Write the calendar file (iCalendar)."""
        title = word("Option events")
        text = write_calendar(self.entries(), name=title, stamp=self._services.desk.now())
        self._save_file(title, text)

    # ---- inside

    def _front(self, today: date) -> date:
        """The month in front until the user turns to another: the one whose first days are near enough to be seen."""
        return date(today.year, today.month, 1)

    def _show_events(self, today: date) -> None:
        first = self._shown or self._front(today)
        events = self._services.events
        monday = first - timedelta(days=first.weekday())
        if first.weekday() > 4:
            # The first of the month is a weekend: its week shows nothing of it
            monday += timedelta(days=7)
        self.grid.show_days(monday, today, [])
        self.grid.show_days(monday, today, events.events(monday, self.grid.last))
        last = self.grid.last
        months = f"{first:%Y-%m}" + (f" / {last:%m}" if last.month != first.month else "")
        self.bar.note.setText(months)
        listed = events.events(today - timedelta(days=_BACK), today + timedelta(days=_AHEAD))
        self.model.replace_all((f"{n}", event) for n, event in enumerate(listed))

    def _show_page(self, number: int) -> None:
        self.pages.setCurrentIndex(number)

    def _on_day(self, chosen: date) -> None:
        for event in self.grid.events_on(chosen):
            if event.expiry is not None and event.kind is not EventKind.LISTING:
                self.expiry_chosen.emit(event.expiry)
                return

    def _on_change(self, _event: object) -> None:
        self._stale = True

    def _mark(self) -> None:
        self._stale = True

    def _columns(self) -> list[TableColumn[CalendarEvent]]:
        look, market = self._appearance, self._services.desk.market
        return [
            TableColumn("day", lambda: word("Day"), lambda e: day(e.day), sort=lambda e: e.day, width_chars=10),
            TableColumn(
                "event",
                lambda: word("Event"),
                event_words,
                colour=lambda e: mark_ink(e.mark, look.theme),
                width_chars=14,
                tip=lambda e: event_sentence(e, market),
            ),
            TableColumn(
                "month",
                lambda: word("Month"),
                lambda e: month_words(e.month[1]) if e.month is not None else DASH,
                width_chars=5,
            ),
            TableColumn(
                "underlyings",
                lambda: word("Underlying"),
                lambda e: names_of(e.underlyings, market) or DASH,
                width_chars=12,
                tip=lambda e: names_of(e.underlyings, market),
            ),
            TableColumn(
                "contracts",
                lambda: word("Contracts"),
                lambda e: quantity(e.contracts) if e.contracts else DASH,
                RIGHT,
                sort=lambda e: e.contracts,
                width_chars=6,
            ),
            TableColumn(
                "held",
                lambda: word("Held"),
                lambda e: quantity(e.held) if e.held else DASH,
                RIGHT,
                lambda e: look.theme.position if e.held else look.theme.dim,
                lambda e: e.held,
                5,
            ),
        ]

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.month_button.setText(word("Month"))
        self.list_button.setText(word("List"))
        self.file_button.setText(word("iCal…"))
        self.file_button.setToolTip(word("Write the events as a calendar file for phone or mail (.ics)"))
        self.back.setToolTip(word("Month before"))
        self.ahead.setToolTip(word("Month after"))
        self.next_note.setText(word("what concerns my positions"))
        self.next_bar.note.setText(word("Next up"))
        self.table.setAccessibleName(word("Event calendar"))
        self._stale = True
        self.grid.update()
        self.legend.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(260, 300)
