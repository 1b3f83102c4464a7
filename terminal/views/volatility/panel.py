"""The volatility panel (波动率曲线): the smile of one expiry, the trader's curve on it, its figures beside it.

It is built by its first `flush`, and works only while it is seen. Arrows move and choose points, Shift makes steps
larger, [ ] tilt, { } widen, L locks, F fits anew, Enter publishes, Esc takes back.
"""

from collections.abc import Callable
from datetime import date, datetime

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QActionGroup, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.errors import BadInput
from terminal.services.bus import Bus
from terminal.services.curve_fit import FitModel
from terminal.services.curves import Adjusting, CurveService
from terminal.services.events import OrderChanged
from terminal.services.market_data import MarketData
from terminal.services.smile import Smile
from terminal.services.trade_trail import TradeTrail
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.tabs import Tab, TabStrip
from terminal.views.formatting import DASH, number
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role
from terminal.views.texts import month_words
from terminal.views.theme import PANEL_TITLE
from terminal.views.volatility.axis import Axis
from terminal.views.volatility.legend import Legend
from terminal.views.volatility.narrow_line import CurveDeeds, NarrowLine
from terminal.views.volatility.side_pane import SidePane
from terminal.views.volatility.smile_plot import SmilePlot
from terminal.views.volatility.words import word

#: One step of a key, volatility; Shift makes five of it
STEP, LARGE = 0.001, 5.0
_SIDE_FROM = 560
#: A panel whose parts push each other to and fro must not stop the desk
_MOST_FITS = 4
_Key = Qt.Key
_TEXT_STEPS = {
    "[": (Adjusting.TILT, -1), "]": (Adjusting.TILT, 1), "{": (Adjusting.WIDEN, -1), "}": (Adjusting.WIDEN, 1),
}  # fmt: skip


class VolatilityPanel(QWidget):
    """Follows the chain's series until the user turns to another of its own tabs. `now` is market time."""

    def __init__(
        self,
        market: MarketData,
        bus: Bus,
        valuation: Valuation,
        curves: CurveService,
        appearance: Appearance,
        *,
        now: Callable[[], datetime],
        days_left: Callable[[date], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._now = now
        self._trail = TradeTrail(market, valuation)
        self._valuation = valuation
        self._curves = curves
        self._appearance = appearance
        self._days_left = days_left
        self.underlying = ""
        self.expiry: date | None = None
        self.selected = -1
        self._orders = 0
        self._note = ""
        self._token: tuple[object, ...] = ()
        self._built = self._is_fitting = False
        set_role(self, "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        unsubscribe = bus.subscribe(OrderChanged, self._on_order)
        self.destroyed.connect(unsubscribe)

    # ---- what others ask

    def show_series(self, underlying: str, expiry: date) -> None:
        """Turn to an expiry of an underlying."""
        if (underlying, expiry) != (self.underlying, self.expiry):
            self.underlying, self.expiry = underlying, expiry
            self.selected, self._note, self._token = -1, "", ()

    def flush(self) -> None:
        """Draw what has changed since the last call."""
        if not self._built:
            self._build()
        expiries = self._curves.expiries(self.underlying)
        if not expiries:
            first = self._market.underlyings
            self.underlying = first[0].code if first else ""
            expiries = self._curves.expiries(self.underlying)
        if self.expiry not in expiries:
            self.expiry, self.selected, self._token = (expiries[0] if expiries else None), -1, ()
        if self.expiry is None:
            self.plot.show_smile(None, -1)
            self.side.show_smile(None, -1)
            self.line.show_smile(None, -1)
            return
        self._valuation.refresh(self.underlying)
        if self._token_now() == self._token:
            return
        smile = self._curves.smile(self.underlying, self.expiry)
        if smile is not None and self.selected < 0:
            self.selected = int(np.argmin(np.abs(_handles(smile))))
        self.plot.show_smile(smile, self.selected, self._trail.look(self.underlying, self.expiry, self._now()))
        self.side.show_smile(smile, self.selected, self._note, self._curves.impact(self.underlying, self.expiry))
        self.line.show_smile(smile, self.selected, self._note)
        self._show_tabs(expiries, smile)
        self._token = self._token_now()

    def sizeHint(self) -> QSize:
        """Room for a curve and its figures."""
        return QSize(880, 420)

    def minimumSizeHint(self) -> QSize:
        """The curve alone."""
        return QSize(260, 200)

    # ---- Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed while it was hidden."""
        super().showEvent(event)
        self._token = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the curve keeps it."""
        super().resizeEvent(event)
        self._fit_side()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._built:
            self._name()
            self._token = ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the curve; the others go on to the window."""
        if not self._built or self.expiry is None or not self._press(event):
            super().keyPressEvent(event)

    # ---- inside

    def _build(self) -> None:
        self.expiries = TabStrip(self._appearance, self)
        self.legend = Legend(self._appearance, self)
        self.plot = SmilePlot(self._appearance, self)
        self.side = SidePane(self)
        self.axis_buttons: dict[Axis, QToolButton] = {}
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 4, 0)
        head.setSpacing(2)
        head.addWidget(self.expiries, 1)
        head.addWidget(self.legend)
        self.model = QPushButton(self)
        self.model.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self.model, "flat")
        self.model.clicked.connect(self._next_model)
        head.addWidget(self.model)
        for axis in Axis:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setChecked(axis is Axis.STRIKE)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            set_role(button, "flat")
            button.clicked.connect(lambda _=False, a=axis: self.plot.set_axis(a))
            group.addButton(button)
            head.addWidget(button)
            self.axis_buttons[axis] = button
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.plot, 1)
        body.addWidget(self.side)
        layout = QVBoxLayout(self)
        # `minimumSizeHint` says how small this may be: what has no room is hidden
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = QWidget(self)
        bar.setFixedHeight(PANEL_TITLE)
        bar.setLayout(head)
        deeds = CurveDeeds(
            self.refit, self.publish, self.revert, lock=self.toggle_lock, nudge=self._nudge, fill=self._fill_menu
        )
        self.line = NarrowLine(self._appearance, deeds, self.side.rows, self)
        layout.addWidget(bar)
        layout.addWidget(self.line)
        layout.addLayout(body, 1)
        self.expiries.chosen.connect(self._choose_expiry)
        self.plot.handle_chosen.connect(self._choose_handle)
        self.plot.handle_dragged.connect(self._drag)
        self.side.publish_wanted.connect(self.publish)
        self.side.revert_wanted.connect(self.revert)
        self.side.refit_wanted.connect(self.refit)
        self.side.lock_wanted.connect(self.toggle_lock)
        self.side.nudged.connect(self._nudge)
        self.side.point_wanted.connect(self._set_point)
        self.side.left.connect(self.setFocus)
        # Sizes and languages may change while all this comes up
        self._built = True
        self._fit_side()
        self._name()

    def _token_now(self) -> tuple[object, ...]:
        """What the picture depends on."""
        return (
            *(self.underlying, self.expiry, self._valuation.revision_of(self.underlying), self._curves.revision),
            *(self._orders, self.selected, self._note, self.plot.width(), self.plot.axis),
        )

    def _fit_side(self) -> None:
        """Show what has room. A part that comes up may let the docks be placed anew, and this one be resized meanwhile:
        then the width it has in the end counts for all parts."""
        if not self._built or self._is_fitting:
            return
        self._is_fitting, fitted = True, -1
        for _ in range(_MOST_FITS):
            if fitted == self.width():
                break
            fitted = self.width()
            is_wide = fitted >= _SIDE_FROM
            self.side.setVisible(is_wide)
            # What these choose is in the menu of the line; the expiries have their room
            for button in (self.model, *self.axis_buttons.values()):
                button.setVisible(is_wide)
            self.line.setVisible(not is_wide)
            self.legend.setVisible(fitted >= _SIDE_FROM + 200)
        self._is_fitting = False

    def _fill_menu(self, menu: QMenu) -> None:
        """The axis and the fit, for where their buttons have no room."""
        group = QActionGroup(menu)
        for button in self.axis_buttons.values():
            action = menu.addAction(f"{button.text()}    {button.toolTip()}", button.click)
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(f"{self.model.text()}    {self.model.toolTip()}", self._next_model)

    def _name(self) -> None:
        for axis, text in ((Axis.STRIKE, "K"), (Axis.LOG_MONEYNESS, "ln K/F"), (Axis.DELTA, "Δ")):
            self.axis_buttons[axis].setText(text)
        for axis, tip in (
            (Axis.STRIKE, word("Place strikes by price")),
            (Axis.LOG_MONEYNESS, word("Place strikes by log of strike over forward")),
            (Axis.DELTA, word("Place strikes by delta of the call, per cent")),
        ):
            self.axis_buttons[axis].setToolTip(tip)
        self.setAccessibleName(word("Volatility curve"))
        self.legend.retranslate()
        self.plot.dress()
        self._name_model()

    def _name_model(self) -> None:
        names = {FitModel.SVI: word("SVI"), FitModel.SPLINE: word("Spline")}
        self.model.setText(names[self._curves.model(self.underlying)])
        self.model.setToolTip(word("What the automatic fit is made with"))

    def _show_tabs(self, expiries: tuple[date, ...], smile: Smile | None) -> None:
        tabs = []
        for expiry in expiries:
            volatility = self._valuation.forward(self.underlying, expiry).atm_volatility
            curve = self._curves.curve(self.underlying, expiry)
            # A star for work that is not published, as editors mark it
            star = "*" if curve is not None and curve.is_changed else ""
            iv = number(volatility * 100, 1) if np.isfinite(volatility) else DASH
            days = f"{self._days_left(expiry)}{word('d')}"
            tabs.append(Tab(expiry, f"{month_words(expiry.month)}{star}", days, f"IV {iv}", None, expiry.isoformat()))
        self.expiries.set_tabs(tabs, self.expiry)
        self._name_model()

    def _on_order(self, event: OrderChanged) -> None:
        self._orders += 1

    def _choose_expiry(self, key: object) -> None:
        if isinstance(key, date):
            self.show_series(self.underlying, key)
            self.flush()

    def _choose_handle(self, number: int) -> None:
        self.selected = number
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.flush()

    def _next_model(self) -> None:
        other = FitModel.SPLINE if self._curves.model(self.underlying) is FitModel.SVI else FitModel.SVI
        self._curves.set_model(self.underlying, other)
        self._token = ()
        self.flush()

    def _press(self, event: QKeyEvent) -> bool:
        key, text = Qt.Key(event.key()), event.text()
        large = LARGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        if text in _TEXT_STEPS:
            what, sign = _TEXT_STEPS[text]
            self._adjust(what, sign * STEP * 5)
        elif key in (_Key.Key_Up, _Key.Key_Down):
            self._move_point(STEP * large * (1 if key is _Key.Key_Up else -1))
        elif key in (_Key.Key_Left, _Key.Key_Right):
            self._step_handle(1 if key is _Key.Key_Right else -1)
        elif key in (_Key.Key_PageUp, _Key.Key_PageDown):
            self.expiries.step(1 if key is _Key.Key_PageDown else -1)
        elif key is _Key.Key_L:
            self.toggle_lock()
        elif key is _Key.Key_F:
            self.refit()
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            self.publish()
        elif key is _Key.Key_Escape:
            self.revert()
        else:
            return False
        return True

    def _step_handle(self, by: int) -> None:
        smile = self.plot.smile
        if smile is not None:
            self.selected = min(max(self.selected + by, 0), len(_handles(smile)) - 1)
            self.flush()

    def _move_point(self, by: float) -> None:
        smile = self.plot.smile
        if smile is None or not 0 <= self.selected < len(_handles(smile)):
            return
        now = float(smile.curve_volatility(_handles(smile)[[self.selected]])[0])
        self._drag(self.selected, now + by)

    def _drag(self, handle: int, volatility: float) -> None:
        self._do(lambda u, e: self._curves.drag(u, e, handle, volatility))

    def _nudge(self, what: str, sign: int) -> None:
        self._adjust(Adjusting(what), sign * STEP * 5)

    def _set_point(self, text: str) -> None:
        def work(underlying: str, expiry: date) -> None:
            try:
                volatility = float(text.strip().rstrip("%")) / 100.0
            except ValueError:
                raise BadInput("volatility", text, "a number, per cent") from None
            self._curves.drag(underlying, expiry, self.selected, volatility)

        if self.selected >= 0:
            self._do(work)

    def _adjust(self, what: Adjusting, by: float) -> None:
        self._do(lambda u, e: self._curves.adjust(u, e, what, by))

    def toggle_lock(self) -> None:
        """Hold the chosen point where it is, or let it go."""
        if self.selected >= 0:
            self._do(lambda u, e: self._curves.toggle_lock(u, e, self.selected))

    def refit(self) -> None:
        """Put the newest fit under the hand's work."""
        self._do(self._curves.refit)

    def publish(self) -> None:
        """Put the curve in force."""
        self._do(self._curves.publish)

    def revert(self) -> None:
        """Take back what is not published."""
        self._do(self._curves.revert)

    def _do(self, work: Callable[[str, date], None]) -> None:
        if self.expiry is None:
            return
        try:
            work(self.underlying, self.expiry)
            self._note = ""
        except BadInput as error:
            # A slip of hand: nothing has changed, and the pane says why
            self._note = refusal(error)
        self.flush()


def _handles(smile: Smile) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Log moneyness of the points that can be chosen."""
    return np.array(smile.curve.handles) if smile.curve is not None else smile.points.k
