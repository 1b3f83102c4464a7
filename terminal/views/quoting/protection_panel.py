"""The protections (做市保护): windows against their limits, what has tripped, rates of messages, pulled input, stops.

A trip stays until somebody re-arms it by name. Served by the frame timer while it is seen; of an account that is no
maker's it says only that.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from terminal.rules.protection.limit_sheet import bound
from terminal.rules.protection.market_maker import Measure, ProtectionLimits, Scope, share_used
from terminal.rules.protection.pull_rules import PullCause
from terminal.services.gate import DESK
from terminal.services.maker_protection import Trip
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock
from terminal.views.frame_timer import BEAT
from terminal.views.quoting.limit_bars import LimitBars, LimitLine
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.person_field import PersonField
from terminal.views.quoting.stop_buttons import StopButtons
from terminal.views.quoting.trip_words import group_words
from terminal.views.quoting.words import MEASURES, SCOPES, nothing_words, pull_cause_words, word
from terminal.views.settings import Settings
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded, underlying_name
from terminal.views.theme import PANEL_PADDING

#: Trips with a line of their own; the others are counted
_TRIPS_SHOWN = 4
#: Frames from one look to the next, and while a button is held
_CALM_FRAMES, _HELD_FRAMES = BEAT, 2


class ProtectionPanel(QWidget):
    """The box at the side. `series` says which underlying and expiry the chain shows, for the stop of an expiry."""

    def __init__(
        self,
        maker: MakerDesk,
        appearance: Appearance,
        settings: Settings,
        monotonic: Callable[[], float],
        series: Callable[[], tuple[str, object] | None],
    ) -> None:
        super().__init__()
        set_role(self, "panel")
        self._maker = maker
        self.windows, self.rates = LimitBars(appearance), LimitBars(appearance)
        self.scope = QComboBox()
        for scope in Scope:
            self.scope.addItem("", scope)
        self.scope.setCurrentIndex(list(Scope).index(Scope.EXPIRY))
        self.window_note, self.last_trip, self.pulled = QLabel(), QLabel(), QLabel()
        for label in (self.window_note, self.last_trip, self.pulled):
            label.setWordWrap(True)
            set_role(label, "second")
        self.person = PersonField(maker, settings)
        self.person.textChanged.connect(lambda _text: self.flush())
        self.trips = [_TripLine(self._rearm) for _ in range(_TRIPS_SHOWN)]
        self.more_trips = QLabel()
        set_role(self.more_trips, "warn")
        self.jump = QPushButton()
        self.jump.clicked.connect(lambda _=False: self._lift_jumps())
        self.stops = StopButtons(maker, appearance, monotonic, series)
        self.no_maker = QLabel()
        self.no_maker.setWordWrap(True)
        self.no_maker.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.no_maker, "dim")
        self._titles = [QLabel() for _ in range(4)]
        self._pages = QStackedWidget()
        self._pages.addWidget(self.no_maker)
        self._pages.addWidget(self._lay_out())
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)
        self._name()

    def pace(self) -> int:
        """Frames from one look to the next."""
        return _HELD_FRAMES if self.stops.is_held else _CALM_FRAMES

    def flush(self) -> None:
        """Show what has moved."""
        is_maker = self._maker.is_maker
        self._pages.setCurrentIndex(int(is_maker))
        if not is_maker:
            why = word("This account is no market maker's: there is nothing to protect")
            self.no_maker.setText(nothing_words(why, known=self._maker.is_known))
            return
        self.person.follow()
        self.stops.flush()
        self._show_windows()
        self._show_trips()
        self._show_rates()
        self._show_pulled()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.flush()
        super().changeEvent(event)

    # ---- inside

    def _lay_out(self) -> QWidget:
        inside = QWidget()
        set_role(inside, "panel")
        box = QVBoxLayout(inside)
        box.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        box.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(self._titles[0], 1)
        head.addWidget(self.scope)
        box.addLayout(head)
        for widget in (self.window_note, self.windows, self.last_trip):
            box.addWidget(widget)
        who = QHBoxLayout()
        self._who = QLabel()
        set_role(self._who, "dim")
        who.addWidget(self._who)
        who.addWidget(self.person, 1)
        box.addLayout(who)
        for line in self.trips:
            box.addWidget(line)
        box.addWidget(self.more_trips)
        for title, widgets in (
            (self._titles[1], (self.rates,)),
            (self._titles[2], (self.pulled, self.jump)),
            (self._titles[3], (self.stops,)),
        ):
            rule = QFrame()
            set_role(rule, "line")
            box.addWidget(rule)
            box.addWidget(title)
            for part in widgets:
                box.addWidget(part)
        box.addStretch(1)
        for title in self._titles:
            set_role(title, "title")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _show_windows(self) -> None:
        scope = Scope(self.scope.currentData())
        limits = self._maker.protection.maker.limits(scope)
        if limits is None:
            self.window_note.setText(word("No window of this scope is set"))
            self.windows.show_lines(())
            return
        group, figures = self._maker.protection.maker.fullest(scope)
        seconds = f"{limits.window_seconds:g}" if bound(limits.window_seconds) else ""
        over = word("rolling {seconds} s").format(seconds=seconds) if seconds else word("whole day")
        market = self._maker.desk.market
        what = group_words(scope, group, market) if group else word("nothing traded yet")
        self._set(self.window_note, f"{over} · {what}")
        self.windows.show_lines(tuple(_line(measure, figures[measure], limits) for measure in Measure))

    def _show_trips(self) -> None:
        maker = self._maker.protection.maker
        trips, last = list(maker.trips), maker.last_trip
        self._set(
            self.last_trip,
            word("Last trip: none since the desk began")
            if last is None
            else word("Last trip: {what}").format(what=self._trip_words(last)),
        )
        named = bool(self._maker.person.strip())
        for line, trip in zip(self.trips, [*trips[:_TRIPS_SHOWN], *[None] * _TRIPS_SHOWN], strict=False):
            line.show_trip(trip, self._trip_words(trip) if trip is not None else "", named=named)
        hidden = len(trips) - _TRIPS_SHOWN
        self.more_trips.setVisible(hidden > 0)
        self._set(self.more_trips, word("and {count} more").format(count=hidden))

    def _show_rates(self) -> None:
        gate = self._maker.desk.quoting.gate
        sheet = gate.effective(DESK)
        lines = []
        for name, share, limit in zip(
            (word("A second"), word("Today")),
            gate.messages_used(),
            (bound(sheet.messages_per_second), bound(sheet.messages_per_day)),
            strict=True,
        ):
            used = f"{share * limit:,.0f}" if math.isfinite(limit) else DASH
            lines.append(LimitLine(name, used, _limit(limit), share))
        self.rates.show_lines(tuple(lines))

    def _show_pulled(self) -> None:
        pulled, market = self._maker.protection.pulled, self._maker.desk.market
        lines = []
        for code, causes in pulled.items():
            underlying = market.underlying(code)
            name = underlying_name(underlying) if underlying is not None else bounded(code)
            lines.append(f"{name}: {', '.join(pull_cause_words(cause) for cause in causes)}")
        if self._maker.protection.rules is None:
            lines.append(word("No pull rules are set"))
        self._set(self.pulled, "\n".join(lines) or word("Nothing is pulled"))
        set_role(self.pulled, "warn" if pulled else "second")
        jumped = any(PullCause.JUMPED in causes for causes in pulled.values())
        self.jump.setVisible(jumped)
        self.jump.setEnabled(bool(self._maker.person.strip()))

    def _rearm(self, name: str) -> None:
        if self._maker.person.strip():
            self._maker.protection.rearm(name, self._maker.person.strip())
            self.flush()

    def _lift_jumps(self) -> None:
        for code, causes in self._maker.protection.pulled.items():
            if PullCause.JUMPED in causes:
                self._maker.protection.lift_jump(code, self._maker.person.strip())
        self.flush()

    def _trip_words(self, trip: Trip) -> str:
        return word("{group} · {measure} {figure} / {limit} at {time}").format(
            group=group_words(*trip.group, self._maker.desk.market),
            measure=word(MEASURES[trip.measure]),
            figure=f"{trip.figure:,.0f}",
            limit=_limit(trip.limit),
            time=clock(trip.at),
        )

    def _name(self) -> None:
        for title, text in zip(
            self._titles,
            (word("Maker protection"), word("Messages"), word("Pull rules"), word("Stops (hold)")),
            strict=True,
        ):
            title.setText(text)
        for number, scope in enumerate(Scope):
            self.scope.setItemText(number, word(SCOPES[scope]))
        self._who.setText(word("Decided by"))
        self.person.setPlaceholderText(word("your name, to re-arm and lift"))
        self.jump.setText(word("I have looked at the jump"))
        for line in self.trips:
            line.name()
        self.stops.name()

    @staticmethod
    def _set(label: QLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)


class _TripLine(QWidget):
    """One trip and the button that re-arms it."""

    def __init__(self, rearm: Callable[[str], object]) -> None:
        super().__init__()
        self._trip: Trip | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.words = QLabel()
        self.words.setWordWrap(True)
        set_role(self.words, "warn")
        self.button = QPushButton()
        self.button.clicked.connect(lambda _=False: self._trip is not None and rearm(self._trip.name))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.name()
        self.hide()

    def show_trip(self, trip: Trip | None, text: str, *, named: bool) -> None:
        """Show a trip, or nothing."""
        self._trip = trip
        self.setVisible(trip is not None)
        if self.words.text() != text:
            self.words.setText(text)
        self.button.setEnabled(named)
        self.button.setToolTip("" if named else word("Give the name of who decides first"))

    def name(self) -> None:
        """Put the words of the language in force."""
        self.button.setText(word("Re-arm"))


def _line(measure: Measure, figure: float, limits: ProtectionLimits) -> LimitLine:
    limit = limits.of(measure)
    return LimitLine(word(MEASURES[measure]), f"{figure:,.0f}", _limit(limit), share_used(figure, limit))


def _limit(limit: float) -> str:
    return "∞" if math.isinf(limit) else f"{limit:,.0f}"
