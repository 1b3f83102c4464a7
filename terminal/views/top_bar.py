"""The top bar: who we are, what to look at, where the day stands, how the line does, what was earned, and STOP.

Everything is read off the desk in `flush()`; nothing here keeps state of the market.
"""

from collections.abc import Callable
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from terminal.rules.profile import Sessions
from terminal.rules.sessions import DaySchedule
from terminal.services.day_profit import day_profit
from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.services.valuation import Valuation
from terminal.views.alerts.badge import AlertBadge
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, clock, day, money, signed_money
from terminal.views.keys import Keys
from terminal.views.line_lamps import LineLamps
from terminal.views.obligations.gauge import ObligationGauge
from terminal.views.pill import Pill
from terminal.views.pill_row import PillRow, Room
from terminal.views.quoting.stop_menu import StopMenu
from terminal.views.session_track import SessionTrack
from terminal.views.smart_box import SmartBox
from terminal.views.speed_control import SpeedControl
from terminal.views.still_text import put_still, put_tip
from terminal.views.stop_button import StopButton
from terminal.views.style_sheet import set_role
from terminal.views.theme import TOP_BAR


class Step(IntEnum):
    """What makes room for the pills, in this order: everything up to the step is given up."""

    NONE = 0
    LINK_WORDS = 1
    """The lamp of the line says it too"""
    LONG_BOX = 2
    HINT = 3
    """What the session counts down to: the bar below shows it"""
    NAME = 4
    WIDE_FIELDS = 5
    LATENCY = 6
    """In figures: two lamps say whether it is bad, and their tip how bad"""


#: How much may be given up so that so much of the pills is seen
_WORTH = {
    Room.ALL_FULL: Step.HINT,
    Room.ONE_FULL: Step.HINT,
    Room.ALL_SHORT: Step.NAME,
    Room.ONE_SHORT: Step.LATENCY,
    Room.ALL_LEAST: Step.LATENCY,
}
_PROGRAM = "OptionDesk"
_BOX, _SHORT_BOX, _LEAST_BOX = 236, 200, 150
_SESSION, _SHORT_SESSION, _LEAST_SESSION = 250, 180, 150
_SPACING, _TIGHT = 8, 5
_ARROW = 20


class TopBar(QFrame):
    """40 pixels high. Served by the frame timer at every tenth frame."""

    underlying_chosen = Signal(str)
    title_changed = Signal(str)
    """What the window is called: a replay is not to be taken for a market that trades"""

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        keys: Keys,
        sessions: Sessions | None,
        *,
        on_stop: Callable[[], None],
        on_lift: Callable[[], bool] | None = None,
        tiers: StopMenu | None = None,
        obligations: ObligationGauge | None = None,
        badge: AlertBadge | None = None,
        valuation: Valuation | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._keys = keys
        self._sessions = sessions
        self._valuation = valuation
        self._schedule: DaySchedule | None = None
        self._moment_shown: tuple[object, ...] = ()
        """To the second, which is all that the track of the day tells apart"""
        self._fitted: tuple[int, ...] = ()
        """What was asked for when the room was shared out last"""
        self._step = Step.NONE
        self._is_replay = False
        set_role(self, "bar")
        self.setFixedHeight(TOP_BAR)
        self._name = QLabel(_PROGRAM)
        set_role(self._name, "title")
        self.simulated = QLabel()
        set_role(self.simulated, "chip")
        self.simulated.setFixedHeight(20)
        self.smart_box = SmartBox(desk.market, appearance)
        self.smart_box.setFixedWidth(_BOX)
        self.pill_row = PillRow(desk, appearance, valuation)
        self._row = QHBoxLayout(self)
        self.session = SessionTrack(appearance)
        self.session.setFixedWidth(_SESSION)
        self.clock, self.day = QLabel(), QLabel()
        set_role(self.clock, "figure")
        set_role(self.day, "small-figure")
        self.line = LineLamps(desk)
        self.profit, self._profit_title = QLabel(), QLabel()
        self.speed = SpeedControl(desk, keys)
        self.stop = StopButton(desk, appearance, keys, on_stop, on_lift)
        self.tiers = tiers
        """What drops down beside STOP; without protections there are no tiers"""
        if tiers is not None:
            tiers.setParent(self, tiers.windowFlags())
        self.tiers_button = QPushButton("▾")
        self.tiers_button.clicked.connect(lambda _=False: self.open_tiers())
        self.stop.name_wanted.connect(lambda: self.open_tiers(ask_name=True))
        self.obligations = obligations
        """Shown for a market maker's account"""
        self.badge = badge
        """Shown while reminders wait"""
        self._obligations_line = self._line()
        self._obligations_line.hide()
        self._lay_out()
        self.smart_box.underlying_chosen.connect(self.underlying_chosen)
        self.pill_row.chosen.connect(self._choose)
        self._leave = desk.bus.subscribe(DayChanged, self._on_day)
        keys.changed.connect(self._retranslate)
        self._retranslate()

    @property
    def underlying(self) -> str:
        """The underlying that the chain shows, empty before the first list."""
        return self.pill_row.underlying

    @property
    def pills(self) -> list[Pill]:
        """One for each underlying, those in the menu too."""
        return self.pill_row.pills

    # ---- what others do

    def set_underlying(self, code: str) -> None:
        """Mark the underlying that the chain shows."""
        if self.pill_row.set_underlying(code):
            self._fit()

    def flush(self) -> None:
        """Show everything that moved."""
        if self.pill_row.flush():
            self._take_schedule()
            self._fit()
        self._show_time()
        self.line.flush()
        venue = self._desk.venue
        self.simulated.setVisible(venue is not None and venue.simulated)
        is_replay = venue is not None and venue.is_replay
        if self._is_replay != is_replay:
            self._is_replay = is_replay
            self._name_market()
        self.speed.flush()
        self._show_profit()
        if self.obligations is not None:
            self.obligations.flush()
            self._obligations_line.setVisible(not self.obligations.isHidden())
        self.stop.flush()
        if self.tiers is not None and self.tiers.isVisible():
            self.tiers.flush()
        # Longer words beside them leave less room for the pills, and longer figures in them ask for more
        if self._asked() != self._fitted:
            self._fit()

    # ---- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the less important go where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What is there at the narrowest, without any pill: from any width the window can be made that narrow."""
        spared = self.pill_row.shown_width + self._given_up(Step.LATENCY) - self._given_up(self._step)
        return QSize(super().minimumSizeHint().width() - spared, TOP_BAR)

    def open_tiers(self, *, ask_name: bool = False) -> None:
        """Show the tiers of the stop; `ask_name` begins with who decides."""
        if self.tiers is not None:
            self.tiers.open_below(self.tiers_button, ask_name=ask_name)

    def put_beside_name(self, widget: QWidget) -> None:
        """Show something more of the whole desk, behind its name and that it is simulated."""
        self._row.insertWidget(self._row.indexOf(self.simulated) + 1, widget)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # ---- inside

    def _lay_out(self) -> None:
        row = self._row
        row.setContentsMargins(10, 0, 8, 0)
        # Pills that find no room go into the menu; they never widen the window
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setSpacing(_SPACING)
        row.addWidget(self._name)
        row.addWidget(self.simulated)
        row.addWidget(self.smart_box)
        row.addWidget(self.pill_row)
        row.addStretch(1)
        row.addWidget(self.session)
        row.addWidget(self._line())
        row.addLayout(_two_lines(self.clock, self.day))
        row.addWidget(self._line())
        row.addWidget(self.speed)
        row.addWidget(self._line())
        row.addWidget(self.line)
        row.addWidget(self._line())
        if self.obligations is not None:
            row.addWidget(self.obligations)
            row.addWidget(self._obligations_line)
        if self.badge is not None:
            row.addWidget(self.badge)
        set_role(self.profit, "key-figure")
        set_role(self._profit_title, "note")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.profit.setAlignment(right)
        self._profit_title.setAlignment(right)
        row.addLayout(_two_lines(self.profit, self._profit_title))
        set_role(self.tiers_button, "stop-tiers")
        self.tiers_button.setFixedSize(_ARROW, self.stop.height())
        self.tiers_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tiers_button.setVisible(self.tiers is not None)
        both = QHBoxLayout()
        both.setSpacing(1)
        both.addWidget(self.stop)
        both.addWidget(self.tiers_button)
        row.addLayout(both)

    def _line(self) -> QFrame:
        line = QFrame(self)
        set_role(line, "upright")
        line.setFixedSize(1, TOP_BAR - 12)
        return line

    def _take_schedule(self) -> None:
        day_now = self._desk.market.day
        self._schedule = (
            DaySchedule.of(self._sessions, day_now.trading_day)
            if self._sessions is not None and day_now is not None
            else None
        )

    def _choose(self, code: str) -> None:
        self._fit()
        self.underlying_chosen.emit(code)

    def _show_time(self) -> None:
        market, moment = self._desk.market, self._desk.clock
        now = moment.now() if moment.is_set else None
        put_still(self.clock, clock(now))
        trading_day: date | None = market.day.trading_day if market.day is not None else None
        put_still(self.day, day(trading_day))
        message = market.phase_message
        ends_at = message.ends_at if message is not None else None
        second = now.replace(microsecond=0) if now is not None else None
        moment_shown = (self._schedule, market.phase, second, ends_at)
        if moment_shown == self._moment_shown:
            return
        self._moment_shown = moment_shown
        self.session.show_moment(self._schedule, market.phase, now, ends_at)

    def _show_profit(self) -> None:
        profit = day_profit(self._desk.portfolio, self._desk.market)
        if profit is None:
            text, colour = DASH, self._appearance.theme.dim
        else:
            sign = float(profit)
            figure = signed_money(profit)
            # The bar has room for seven digits; a larger profit shows no cents
            figure = figure if abs(profit) < 10_000_000 else figure.rpartition(".")[0]
            text, colour = f"{self._appearance.glyph(sign)} {figure}".strip(), self._appearance.colour_of(sign)
        put_still(self.profit, f'<span style="color:{colour.name()}">{text}</span>')
        funds = self._desk.portfolio.funds
        available = money(funds.available) if funds is not None else DASH
        put_tip(self.profit, self.tr("Available funds {money}").format(money=available))

    def _fit(self) -> None:
        """Share the room out: as much of the pills as what may be given up for it makes room for."""
        pills = self.pill_row
        beside = self._beside_pills() + self._given_up(self._step)
        for room, most in _WORTH.items():
            for step in Step:
                spare = self.width() - beside + self._given_up(step)
                if step <= most and pills.width_of(room) <= spare:
                    self._take(step)
                    pills.show_room(room)
                    self._fitted = self._asked()
                    return
        self._take(Step.LATENCY)
        pills.show_room(Room.ALL_LEAST, self.width() - beside + self._given_up(Step.LATENCY))
        self._fitted = self._asked()

    def _take(self, step: Step) -> None:
        """Give up everything to a step, and nothing after it."""
        if step is self._step:
            return
        self._step = step
        self.line.show_parts(with_words=step < Step.LINK_WORDS, with_figures=step < Step.LATENCY)
        self._name.setVisible(step < Step.NAME)
        least = step >= Step.WIDE_FIELDS
        self.smart_box.setFixedWidth(_LEAST_BOX if least else _SHORT_BOX if step >= Step.LONG_BOX else _BOX)
        self.session.setFixedWidth(_LEAST_SESSION if least else _SHORT_SESSION if step >= Step.HINT else _SESSION)
        self._row.setSpacing(_TIGHT if step >= Step.LATENCY else _SPACING)

    def _given_up(self, step: Step) -> int:
        """Pixels that giving up to a step makes free."""
        items = (self._row.itemAt(place) for place in range(self._row.count()))
        gaps = sum(item is not None and not item.isEmpty() for item in items) - 1
        # The name's gap is counted with it
        gaps -= int(not self._name.isHidden())
        free = {
            Step.LINK_WORDS: self.line.words_width,
            Step.LONG_BOX: _BOX - _SHORT_BOX,
            Step.HINT: _SESSION - _SHORT_SESSION,
            Step.NAME: self._name.sizeHint().width() + _SPACING,
            Step.WIDE_FIELDS: _SHORT_BOX - _LEAST_BOX + _SHORT_SESSION - _LEAST_SESSION,
            Step.LATENCY: self.line.figures_width + (_SPACING - _TIGHT) * gaps,
        }
        return sum(width for each, width in free.items() if each <= step)

    def _beside_pills(self) -> int:
        """What everything but the pills asks for."""
        return self.sizeHint().width() - self.pill_row.sizeHint().width()

    def _asked(self) -> tuple[int, ...]:
        pills = self.pill_row
        return self._beside_pills(), pills.shown_width, *(pills.width_of(room) for room in Room)

    def _on_day(self, _event: DayChanged) -> None:
        self._moment_shown = ()

    def _name_market(self) -> None:
        if self._is_replay:
            self.simulated.setText(self.tr("REPLAY"))
            self.simulated.setToolTip(self.tr("A recorded day played again: nothing can be sent"))
            self.title_changed.emit(f"{_PROGRAM} · {self.simulated.text()}")
        else:
            self.simulated.setText(self.tr("SIM"))
            self.simulated.setToolTip(self.tr("A simulated market: no order reaches an exchange"))
            self.title_changed.emit(_PROGRAM)

    def _retranslate(self) -> None:
        self._moment_shown = ()
        self._name_market()
        self._profit_title.setText(self.tr("P&L today, CNY"))
        self.clock.setToolTip(self.tr("Time of the market"))
        self.tiers_button.setToolTip(self.tr("Stops by tiers, held to act"))
        self.tiers_button.setAccessibleName(self.tiers_button.toolTip())
        self.line.retranslate()


def _two_lines(first: QLabel, second: QLabel) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(0, 2, 0, 2)
    box.setSpacing(0)
    box.addWidget(first)
    box.addWidget(second)
    return box
