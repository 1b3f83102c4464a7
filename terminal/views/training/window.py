"""The instructor's window (教员台): the class at a glance, everything that can be let happen, and who needs help.

It hears the venue over its own line (`training.session`) and shows what is there at every flush.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.errors import BadInput, CalendarError
from terminal.domain.messages import (
    ClassEvent,
    ClassEventKind,
    DayOpened,
    DeskSeen,
    Event,
    EventInjected,
    Refused,
)
from terminal.domain.ports import LinkState
from terminal.training.scenario import Scenario, parse_scenario
from terminal.training.session import InstructorSession
from terminal.training.settings import TrainingSettings
from terminal.views.appearance import Appearance
from terminal.views.record_table import Export
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role
from terminal.views.training.controls import ClassControls
from terminal.views.training.form import InjectForm
from terminal.views.training.library import EventLibrary
from terminal.views.training.log import ClassLog, Entry, came_or_went, injected, refused, settled
from terminal.views.training.points import PointsList
from terminal.views.training.score_bar import ScoreBar
from terminal.views.training.timeline import Mark, Timeline
from terminal.views.training.trainees import Need, Seat, TraineeTable, score_rows, seat_of
from terminal.views.training.words import EVENTS, language, word

_SCORE_COLUMN = 7
_OPENS, _CLOSES = time(9, 0), time(15, 40)
_DAYS_SHOWN = 30
#: Width of the library, pixels, and of a window from which it is the wider one
_LIBRARY, _WIDE_LIBRARY, _WIDE = 280, 650, 1200


class InstructorWindow(QWidget):
    """A window of its own. `titles` are the scenarios by name; `export` writes CSV somewhere."""

    scenario_chosen = Signal(str)
    closed = Signal()

    def __init__(
        self,
        session: InstructorSession,
        titles: Callable[[str], Sequence[tuple[str, str]]],
        appearance: Appearance,
        settings: TrainingSettings,
        calendar: TradingCalendar,
        export: Export,
        join: Callable[[], str] = lambda: "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._session = session
        self._titles = titles
        self._settings = settings
        self._calendar = calendar
        self._write_csv = export
        self._join_at = join
        self._scenario: Scenario | None = None
        self._text = ""
        self._is_wide = False
        self._day: date | None = None
        self._points: dict[tuple[str, str], str] = {}
        self._connected: dict[str, bool] = {}
        self.controls = ClassControls([name for name, _ in titles("en")])
        self.timeline = Timeline(appearance)
        self.library = EventLibrary()
        self.form = InjectForm(self._accounts)
        self.points = PointsList(appearance)
        self.trainees = TraineeTable(appearance, export)
        self.trainees.setItemDelegateForColumn(_SCORE_COLUMN, ScoreBar(appearance, self.trainees))
        self.log = ClassLog(appearance, export)
        self._trainees_title, self._needing, self._address = QLabel(), QLabel(), QLabel()
        set_role(self._address, "dim")
        self._address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._trainees_title, "title")
        set_role(self._needing, "critical")
        self._log_title = QLabel()
        set_role(self._log_title, "title")
        self.by_need, self.by_seat, self.export, self.hint = QPushButton(), QPushButton(), QPushButton(), QPushButton()
        for button in (self.by_need, self.by_seat):
            button.setCheckable(True)
        self.by_need.setChecked(True)
        self._lay_out()
        self._join()
        self._retranslate()
        self.library.choose(ClassEventKind.GAP)
        self.resize(820, 1040)

    # ---- what the frame timer asks

    def flush(self) -> None:
        """Show the class as it is."""
        session = self._session
        self._take_scenario()
        jumping, now = session.is_jumping, session.now()
        running = session.clock.speed > 0
        self.controls.show_state(
            running=running,
            jumping=jumping,
            up=session.link is LinkState.UP,
            speed=session.clock.speed if running else 0.0,
            clock=now.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if session.clock.is_set else "–",
        )
        if session.list is not None:
            self.form.show_list(session.list)
            if session.day is not None and session.day != self._day:
                self._day = session.day
                self.controls.turn_to_day(session.day)
            self._show_timeline(session.list, now)
        seats = self.seats()
        self.trainees.show_desks(seats)
        needing = sum(seat.need <= Need.HELP for seat in seats)
        self._trainees_title.setText(word("Trainees · {count}").format(count=len(seats)))
        at = self._join_at()
        self._address.setText(word("others join with: desk --connect {address}").format(address=at) if at else "")
        self._needing.setText(word("{count} need you").format(count=needing) if needing else "")
        chosen = session.desks.get(self.trainees.chosen())
        seen = chosen.screen.checkpoints if chosen is not None and chosen.screen is not None else ()
        self.points.show_points(self._scenario, chosen.account_id if chosen is not None else "", seen)
        self.log.entries.flush()

    def seats(self) -> list[Seat]:
        """Every desk of the class with its score."""
        cost = self._settings.hint_cost
        if self._scenario is not None and self._scenario.hint and self._scenario.hint[0].cost is not None:
            cost = self._scenario.hint[0].cost
        return [seat_of(desk, cost, self._settings.pass_mark) for desk in self._session.desks.values()]

    # ---- Qt's side

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window has room for more of the library beside the form, so that less of it is scrolled."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE
        if wide is not self._is_wide:
            self._is_wide = wide
            library = _WIDE_LIBRARY if wide else _LIBRARY
            self._middle.setSizes([library, max(event.size().width() - library, library)])

    def closeEvent(self, event: QCloseEvent) -> None:
        """The class goes on without the window; whoever built it decides."""
        self.closed.emit()
        super().closeEvent(event)

    # ---- inside

    def _lay_out(self) -> None:
        library = QScrollArea()
        library.setWidget(self.library)
        library.setWidgetResizable(True)
        library.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        library.setMinimumWidth(_LIBRARY)
        right = QWidget()
        set_role(right, "panel")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.form)
        column.addWidget(self.points)
        column.addStretch(1)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.addWidget(library)
        middle.addWidget(right)
        middle.setStretchFactor(1, 1)
        self._middle = middle
        below = QSplitter(Qt.Orientation.Vertical)
        below.addWidget(middle)
        below.addWidget(
            _titled(
                (
                    self._trainees_title,
                    self._needing,
                    self._address,
                    None,
                    self.by_need,
                    self.by_seat,
                    self.hint,
                    self.export,
                ),
                self.trainees,
            )
        )
        below.addWidget(_titled((self._log_title,), self.log))
        below.setSizes([430, 250, 190])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.controls)
        box.addWidget(self.timeline)
        box.addWidget(below, 1)

    def _join(self) -> None:
        session, controls = self._session, self.controls
        session.changed.append(self._on_event)
        controls.speed_wanted.connect(session.play)
        controls.next_event_wanted.connect(session.jump_to_next_event)
        controls.jump_wanted.connect(session.jump)
        controls.scenario_chosen.connect(self.scenario_chosen)
        self.library.chosen.connect(self.form.show_kind)
        self.form.wanted.connect(self._inject)
        self.by_need.clicked.connect(lambda: self._order(by_seat=False))
        self.by_seat.clicked.connect(lambda: self._order(by_seat=True))
        self.export.clicked.connect(self._export_scores)
        self.hint.clicked.connect(self._write_hint)

    def _order(self, *, by_seat: bool) -> None:
        self.trainees.by_seat = by_seat
        self.by_need.setChecked(not by_seat)
        self.by_seat.setChecked(by_seat)

    def _inject(self, event: ClassEvent) -> None:
        self._session.inject(event)

    def _write_hint(self) -> None:
        """A message to the trainee that is chosen: the form is turned to it."""
        self.library.choose(ClassEventKind.MESSAGE)
        chosen = self._session.desks.get(self.trainees.chosen())
        if chosen is not None:
            self.form.address(chosen.account_id)

    def _export_scores(self) -> None:
        headers, rows = score_rows(self.seats(), self._session.now())
        self._write_csv(word("Scores"), headers, rows)

    def _accounts(self) -> list[str]:
        known = [account.id for account in self._scenario.account] if self._scenario is not None else []
        return list(dict.fromkeys([*known, *(desk.account_id for desk in self._session.desks.values())]))

    def _take_scenario(self) -> None:
        opened = self._session.opened
        if opened is None or opened.scenario == self._text:
            return
        self._text = opened.scenario
        try:
            self._scenario = parse_scenario(opened.scenario, opened.file, self._calendar)
        except BadInput as error:
            self.log.add(Entry(self._session.now(), partial(refusal, error), lambda: word("File"), "critical"))
            return
        self.controls.prefer_speed(self._scenario.start.speed)
        self._show_scenario()

    def _show_scenario(self) -> None:
        scenario = self._scenario
        for name, title in self._titles(language()):
            self.controls.name_scenario(name, title)
        if scenario is None:
            return
        start = scenario.start
        origin = word("{role} · expiry {expiry} · seed {seed}").format(
            role=scenario.role.of(language()), expiry=start.expiry.isoformat(), seed=start.seed
        )
        self.controls.show_scenario(scenario.name, origin)
        self.controls.show_days(self._days(scenario))
        self.setWindowTitle(word("OptionDesk · instructor · {title}").format(title=scenario.title.of(language())))

    def _days(self, scenario: Scenario) -> list[tuple[str, date]]:
        first = scenario.moment(scenario.start.at, self._calendar).date()
        expiry, found = scenario.start.expiry, []
        try:
            last = self._calendar.shift(scenario.moment(scenario.start.end, self._calendar).date(), 2)
            for day in self._calendar.trading_days(first, last)[:_DAYS_SHOWN]:
                away = (
                    self._calendar.days_left(day, expiry) if day <= expiry else -self._calendar.days_left(expiry, day)
                )
                name = "E" if not away else f"E{-away:+d}"
                found.append((f"{name}  {day:%m-%d}", day))
        except CalendarError:
            return found
        return found

    def _show_timeline(self, opened: DayOpened, now: datetime) -> None:
        day = opened.trading_day
        done = [record for record in self._session.events if record.at.astimezone(SHANGHAI).date() == day]
        places = {record.planned for record in done}
        newest = done[-1].number if done else 0
        marks = [
            Mark(r.at.astimezone(SHANGHAI), self._short(r.event), done=True, newest=r.number == newest) for r in done
        ]
        for place, at, event in self._planned():
            if at.date() == day and place not in places:
                marks.append(Mark(at, self._short(event), done=False))
        first, last = (datetime.combine(day, at, SHANGHAI) for at in (_OPENS, _CLOSES))
        if self._scenario is not None:
            # A scenario of an hour fills the line, not its hundredth part
            start = self._scenario.start
            begin, end = (self._scenario.moment(text, self._calendar) for text in (start.at, start.end))
            first = begin if begin.date() == day else first
            last = end if end.date() == day else last
        self.timeline.show_day(first, last, now.astimezone(SHANGHAI), sorted(marks, key=lambda m: m.at))

    def _planned(self) -> list[tuple[int, datetime, ClassEvent]]:
        """The plan as the venue counts it: the path's points first, then the events."""
        scenario = self._scenario
        if scenario is None:
            return []
        kinds = [
            (p.at, ClassEvent(kind=ClassEventKind.DRIFT, underlying=p.underlying, price=p.price)) for p in scenario.path
        ]
        kinds += [
            (e.at, ClassEvent(kind=e.kind, underlying=e.underlying, move=e.move, amount=e.amount))
            for e in scenario.event
        ]
        return [(n, scenario.moment(at, self._calendar), event) for n, (at, event) in enumerate(kinds)]

    def _short(self, event: ClassEvent) -> str:
        words = word(EVENTS[event.kind])
        if event.move and event.kind is ClassEventKind.GAP:
            return f"{words} {event.move:+.1%}"
        return f"{words} {event.price:f}" if event.price is not None else words

    def _on_event(self, event: Event | LinkState) -> None:
        now = self._session.now()
        if isinstance(event, EventInjected):
            self.log.add(injected(event))
        elif isinstance(event, Refused):
            self.log.add(refused(event, now))
        elif isinstance(event, DeskSeen):
            self._on_desk(event)

    def _on_desk(self, desk: DeskSeen) -> None:
        """What of a desk is worth a line: it came or went, a checkpoint moved."""
        before = self._connected.get(desk.desk_id)
        if before is not desk.connected:
            self._connected[desk.desk_id] = desk.connected
            self.log.add(came_or_went(desk))
        for point in desk.screen.checkpoints if desk.screen is not None else ():
            key = (desk.desk_id, point.name)
            if self._points.get(key, "ahead") != point.state and point.state in ("done", "partly", "missed"):
                self.log.add(settled(desk, point, partial(self._title_of, point.name)))
            self._points[key] = point.state

    def _title_of(self, checkpoint: str) -> str:
        known = self._scenario.checkpoint if self._scenario is not None else ()
        return next((c.title.of(language()) for c in known if c.name == checkpoint), checkpoint)

    def _retranslate(self) -> None:
        self._log_title.setText(word("Class log"))
        self.by_need.setText(word("By need"))
        self.by_seat.setText(word("By seat"))
        self.export.setText(word("Export scores"))
        self.hint.setText(word("Give a hint"))
        self.setWindowTitle(word("OptionDesk · instructor"))
        self._show_scenario()


def _titled(head: Sequence[QWidget | None], body: QWidget) -> QWidget:
    """A strip of words and buttons above a table; None is the room between."""
    panel = QWidget()
    set_role(panel, "panel")
    row = QHBoxLayout()
    row.setContentsMargins(10, 4, 10, 0)
    for widget in head:
        row.addStretch(1) if widget is None else row.addWidget(widget)
    if None not in head:
        row.addStretch(1)
    box = QVBoxLayout(panel)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4)
    box.addLayout(row)
    box.addWidget(body, 1)
    return panel
