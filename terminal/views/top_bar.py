"""The top bar: who we are, what to look at, where the day stands, how the line does, what was earned, and STOP.

Everything is read off the desk in `flush()`; nothing here keeps state of the market.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.domain.ports import LinkState
from terminal.rules.profile import Sessions
from terminal.rules.sessions import DaySchedule
from terminal.services.day_profit import day_profit
from terminal.services.desk import Desk
from terminal.services.events import DayChanged, LatencyMeasured
from terminal.services.month_volatility import month_volatility
from terminal.services.valuation import Valuation
from terminal.views.alerts.badge import AlertBadge
from terminal.views.formatting import DASH, clock, day, milliseconds, money, signed_money, thousands
from terminal.views.keys import Keys
from terminal.views.obligations.gauge import ObligationGauge
from terminal.views.pill import Pill, PillDetail, PillFigures
from terminal.views.session_track import SessionTrack
from terminal.views.smart_box import SmartBox
from terminal.views.speed_control import SpeedControl
from terminal.views.stop_button import StopButton
from terminal.views.style_sheet import set_role
from terminal.views.texts import underlying_name, words
from terminal.views.theme import TOP_BAR, Appearance

#: Below these widths something of less weight makes room
_FULL_WIDTH, _NARROW_WIDTH = 1700, 1500
_LEAST_BOX, _LEAST_SESSION, _SPACING = 150, 150, 8
#: Latencies above these are amber and red, milliseconds
_SLOW_MS, _BAD_MS = 50.0, 250.0
_LINK_ROLES = {
    LinkState.UP: "ok",
    LinkState.RECOVERING: "warn",
    LinkState.CONNECTING: "warn",
    LinkState.DOWN: "critical",
}


@dataclass(slots=True)
class _Latency:
    feed: float | None = None
    acknowledgement: float | None = None


class TopBar(QFrame):
    """40 pixels high. Served by the frame timer at every tenth frame."""

    underlying_chosen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        keys: Keys,
        sessions: Sessions | None,
        *,
        on_stop: Callable[[], None],
        on_lift: Callable[[], None] | None = None,
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
        self._latency = _Latency()
        self._moment_shown: tuple[object, ...] = ()
        """To the second, which is all that the track of the day tells apart"""
        self._list_is_new = True
        self._underlying = ""
        self._fitted = self._fitted_pills = 0
        set_role(self, "bar")
        self.setFixedHeight(TOP_BAR)
        self._name = QLabel("OptionDesk")
        set_role(self._name, "title")
        self.simulated = QLabel()
        set_role(self.simulated, "chip")
        self.simulated.setFixedHeight(20)
        self.smart_box = SmartBox(desk.market, appearance)
        self.smart_box.setFixedWidth(236)
        self.pills: list[Pill] = []
        self._row = QHBoxLayout(self)
        self._pill_row = QHBoxLayout()
        self._pill_row.setSpacing(0)
        self._more = QToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        set_role(self._more, "flat")
        self._more_menu = QMenu(self._more)
        self._more.setMenu(self._more_menu)
        self.session = SessionTrack(appearance)
        self.clock, self.day = QLabel(), QLabel()
        set_role(self.clock, "figure")
        set_role(self.day, "small-figure")
        self.link, self.feed, self.acknowledgement = QLabel(), QLabel(), QLabel()
        self._feed_dot, self._acknowledgement_dot, self._link_dot = QLabel("●"), QLabel("●"), QLabel("●")
        for dot in (self._feed_dot, self._acknowledgement_dot, self._link_dot):
            dot.setProperty("dot", True)
        self.profit, self._profit_title = QLabel(), QLabel()
        self.speed = SpeedControl(desk, keys)
        self.stop = StopButton(desk, keys, on_stop, on_lift)
        self.obligations = obligations
        """Shown for a market maker's account"""
        self.badge = badge
        """Shown while reminders wait"""
        self._obligations_line = self._line()
        self._obligations_line.hide()
        self._lay_out()
        self.smart_box.underlying_chosen.connect(self.underlying_chosen)
        self._leave = [
            desk.bus.subscribe(DayChanged, self._on_day),
            desk.bus.subscribe(LatencyMeasured, self._on_latency),
        ]
        keys.changed.connect(self._retranslate)
        self._retranslate()

    @property
    def underlying(self) -> str:
        """The underlying that the chain shows, empty before the first list."""
        return self._underlying

    # ---- what others do

    def set_underlying(self, code: str) -> None:
        """Mark the underlying that the chain shows."""
        self._underlying = code
        for pill in self.pills:
            pill.setChecked(pill.code == code)

    def flush(self) -> None:
        """Show everything that moved."""
        if self._list_is_new:
            self._make_pills()
        self._show_pills()
        self._show_time()
        self._show_link()
        self.speed.flush()
        self._show_profit()
        if self.obligations is not None:
            self.obligations.flush()
            self._obligations_line.setVisible(not self.obligations.isHidden())
        self.stop.flush()
        # Longer words beside them leave less room for the pills, and longer figures in them ask for more
        if (self._beside_pills(), self._pill_width()) != (self._fitted, self._fitted_pills):
            self._fit()

    # ---- Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the less important go where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """What is there at the narrowest, without any pill: from any width the window can be made that narrow."""
        spared = self._pill_width()
        for widget, least in ((self.smart_box, _LEAST_BOX), (self.session, _LEAST_SESSION)):
            spared += widget.minimumWidth() - least
        for label in (self._name, self.link):
            spared += 0 if label.isHidden() else label.sizeHint().width() + _SPACING
        return QSize(super().minimumSizeHint().width() - spared, TOP_BAR)

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
        row.addLayout(self._pill_row)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self.session)
        row.addWidget(self._line())
        row.addLayout(_two_lines(self.clock, self.day))
        row.addWidget(self._line())
        row.addWidget(self.speed)
        row.addWidget(self._line())
        dots = QGridLayout()
        dots.setContentsMargins(0, 3, 0, 3)
        dots.setHorizontalSpacing(4)
        dots.setVerticalSpacing(0)
        for line, (dot, label) in enumerate(
            ((self._feed_dot, self.feed), (self._acknowledgement_dot, self.acknowledgement))
        ):
            set_role(label, "small-figure")
            dots.addWidget(dot, line, 0)
            dots.addWidget(label, line, 1)
        row.addLayout(dots)
        row.addWidget(self._link_dot)
        row.addWidget(self.link)
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
        row.addWidget(self.stop)

    def _line(self) -> QFrame:
        line = QFrame(self)
        set_role(line, "upright")
        line.setFixedSize(1, TOP_BAR - 12)
        return line

    def _make_pills(self) -> None:
        self._list_is_new = False
        for old in self.pills:
            self._pill_row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.pills = []
        for underlying in self._desk.market.underlyings:
            pill = Pill(underlying.code, self._appearance)
            pill.clicked.connect(lambda _checked=False, code=underlying.code: self._choose(code))
            pill.setToolTip(f"{underlying_name(underlying)} {underlying.code}")
            self.pills.append(pill)
            self._pill_row.addWidget(pill)
        known = {pill.code for pill in self.pills}
        if self._underlying not in known and self.pills:
            self._underlying = self.pills[0].code
        self._schedule = (
            DaySchedule.of(self._sessions, self._desk.market.day.trading_day)
            if self._sessions is not None and self._desk.market.day is not None
            else None
        )
        self.set_underlying(self._underlying)
        self._show_pills()
        self._fit()

    def _choose(self, code: str) -> None:
        self.set_underlying(code)
        self.underlying_chosen.emit(code)

    def _show_pills(self) -> None:
        market = self._desk.market
        range_words = self.tr("Day")
        for pill in self.pills:
            underlying, row = market.underlying(pill.code), market.row_of.get(pill.code)
            if underlying is None or row is None:
                continue
            last, high, low = (int(market.quotes[row, c]) for c in (Column.LAST, Column.HIGH, Column.LOW))
            change = last / PRICE_SCALE / float(underlying.previous_close) - 1 if last else None
            figures = PillFigures(underlying_name(underlying), last, change, high, low, range_words)
            pill.show_figures(replace(figures, volatility=self._volatility(pill.code), delta=self._delta(pill.code)))

    def _volatility(self, code: str) -> float | None:
        """To what is shown of it, so that a pill is painted anew only then."""
        if self._valuation is None:
            return None
        found = month_volatility(self._valuation, code, self._desk.clock.now().date())
        return round(found, 3) if math.isfinite(found) else None

    def _delta(self, code: str) -> str:
        held = self._desk.quoting.gate.commitments.held(code)
        return thousands(held) if math.isfinite(held) and held else ""

    def _show_time(self) -> None:
        market, moment = self._desk.market, self._desk.clock
        now = moment.now() if moment.is_set else None
        _put(self.clock, clock(now))
        trading_day: date | None = market.day.trading_day if market.day is not None else None
        _put(self.day, day(trading_day))
        message = market.phase_message
        ends_at = message.ends_at if message is not None else None
        second = now.replace(microsecond=0) if now is not None else None
        moment_shown = (self._schedule, market.phase, second, ends_at)
        if moment_shown == self._moment_shown:
            return
        self._moment_shown = moment_shown
        self.session.show_moment(self._schedule, market.phase, now, ends_at)

    def _show_link(self) -> None:
        state = self._desk.link
        if state is not LinkState.UP:
            self._latency = _Latency()
        for dot, label, title, value in (
            (self._feed_dot, self.feed, self.tr("Feed"), self._latency.feed),
            (self._acknowledgement_dot, self.acknowledgement, self.tr("Acks"), self._latency.acknowledgement),
        ):
            _put(label, f"{title} {milliseconds(value)}")
            slow = "dim" if value is None else "ok" if value < _SLOW_MS else "warn" if value < _BAD_MS else "critical"
            set_role(dot, slow)
        _put(self.link, words(state))
        set_role(self._link_dot, _LINK_ROLES[state])
        set_role(self.link, "second" if state is LinkState.UP else _LINK_ROLES[state])
        venue = self._desk.venue
        self.simulated.setVisible(venue is not None and venue.simulated)
        self.link.setToolTip(venue.venue if venue is not None else "")

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
        _put(self.profit, f'<span style="color:{colour.name()}">{text}</span>')
        funds = self._desk.portfolio.funds
        available = money(funds.available) if funds is not None else DASH
        self.profit.setToolTip(self.tr("Available funds {money}").format(money=available))

    def _fit(self) -> None:
        width = self.width()
        self._name.setVisible(width >= _NARROW_WIDTH)
        self.smart_box.setFixedWidth(236 if width >= _FULL_WIDTH else 200 if width >= _NARROW_WIDTH else _LEAST_BOX)
        self.session.setFixedWidth(250 if width >= _FULL_WIDTH else 180 if width >= _NARROW_WIDTH else _LEAST_SESSION)
        self.link.setVisible(width >= _FULL_WIDTH)
        self._fitted = self._beside_pills()
        spare = width - self._fitted
        # Fewer figures rather than fewer underlyings
        room = 0
        for detail in PillDetail:
            room = sum(pill.size_at(detail).width() for pill in self.pills)
            if room <= spare or detail is PillDetail.LEAST:
                for pill in self.pills:
                    pill.show_detail(detail)
                break
        hidden: list[Pill] = []
        used = 0
        for pill in self.pills:
            need = pill.sizeHint().width()
            fits = room <= spare or used + need <= spare - 44
            used += need if fits else 0
            pill.setVisible(fits)
            if not fits:
                hidden.append(pill)
        self._fitted_pills = self._pill_width()
        self._more.setVisible(bool(hidden))
        self._more.setText(f"+{len(hidden)} ▾")
        self._more_menu.clear()
        for pill in hidden:
            underlying = self._desk.market.underlying(pill.code)
            name = underlying_name(underlying) if underlying is not None else pill.code
            self._more_menu.addAction(name, partial(self._choose, pill.code))

    def _beside_pills(self) -> int:
        """What everything but the pills and their menu asks for."""
        more = self._more.sizeHint().width() + _SPACING if not self._more.isHidden() else 0
        return self.sizeHint().width() - self._pill_width() - more

    def _pill_width(self) -> int:
        return sum(pill.sizeHint().width() for pill in self.pills if not pill.isHidden())

    def _on_day(self, _event: DayChanged) -> None:
        self._list_is_new = True

    def _on_latency(self, event: LatencyMeasured) -> None:
        if event.feed_ms is not None:
            self._latency.feed = event.feed_ms
        if event.acknowledgement_ms is not None:
            self._latency.acknowledgement = event.acknowledgement_ms

    def _retranslate(self) -> None:
        self._moment_shown = ()
        self.simulated.setText(self.tr("SIM"))
        self.simulated.setToolTip(self.tr("A simulated market: no order reaches an exchange"))
        self._profit_title.setText(self.tr("P&L today, CNY"))
        self.clock.setToolTip(self.tr("Time of the market"))
        tip = self.tr("Feed: a heartbeat to the venue and back. Acks: an order sent until its first answer.")
        self.feed.setToolTip(tip)
        self.acknowledgement.setToolTip(tip)


def _put(label: QLabel, text: str) -> None:
    """Show a text in a label that keeps the widest room it has needed: one of a fixed size lays nothing out anew.

    Every other change of a text in the bar would place all docks of the window again.
    """
    if label.text() == text:
        return
    label.setText(text)
    wanted = label.sizeHint()
    if wanted.width() > label.minimumWidth() or wanted.height() > label.minimumHeight():
        label.setFixedSize(wanted.expandedTo(label.minimumSize()))


def _two_lines(first: QLabel, second: QLabel) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(0, 2, 0, 2)
    box.setSpacing(0)
    box.addWidget(first)
    box.addWidget(second)
    return box
