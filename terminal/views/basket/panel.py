"""The basket panel (组合): legs of several contracts, what they cost together, and one press that sends them.

It holds a basket and shows a verdict; `services/basket_judge.py` judges and `services/basket_run.py` sends. It listens
to nothing: looked at by the frame timer while it is in sight, it costs nothing behind another tab. What is on its way
goes on without it. Legs are forgotten with the program; orders that were sent are orders like all others.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.domain.orders import OrderType, Side
from terminal.services.basket import Basket, BasketLeg, LegEffect, LegOrder, Pace, PriceBasis
from terminal.services.basket_judge import BasketJudge
from terminal.services.basket_plan import BasketVerdict
from terminal.services.basket_runner import BasketRunner
from terminal.services.basket_shapes import Shape, legs_of
from terminal.services.desk import Desk
from terminal.services.order_warnings import Acknowledgement
from terminal.views import formatting
from terminal.views.appearance import Appearance
from terminal.views.basket.controls import BasketControls
from terminal.views.basket.editor import LegEditor
from terminal.views.basket.figures import BasketFigures, FittedGrid, net_rows
from terminal.views.basket.leg_row import LegRow
from terminal.views.basket.run_box import RunBox
from terminal.views.basket.warnings import LegWarnings
from terminal.views.basket.words import fault_words, leg_names, money_words, plan_words, word
from terminal.views.ladder.moves import Spawn
from terminal.views.rows_area import RowsArea
from terminal.views.style_sheet import set_role
from terminal.views.texts import name_of, reason_sentence
from terminal.views.theme import PANEL_PADDING

#: A confirmation that nobody gives is taken back
CONFIRM_SECONDS = 10.0
#: Looks between two that ask everything anew, whatever has moved: rules and stops tell nobody
_TURNS = 5
_LEAST_HEIGHT = 120


class BasketPanel(QWidget):
    """Where a basket is made and sent. `person` names who acknowledges a warning, the account where nobody is named."""

    def __init__(
        self,
        desk: Desk,
        judge: BasketJudge,
        runner: BasketRunner,
        appearance: Appearance,
        spawn: Spawn,
        *,
        confirm: Callable[[], bool],
        person: Callable[[], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._judge = judge
        self.runner = runner
        self._confirm = confirm
        self._person = person
        self.basket = Basket()
        self.chosen = ""
        """Code of the contract that was chosen last, here or anywhere"""
        self._armed: BasketVerdict | None = None
        """What was shown when a confirmation was asked for"""
        self._armed_until = self._swallow_until = 0.0
        self._seen: tuple[object, ...] = ()
        """What a look rested on: the market, then what else is shown"""
        self._turn = 0
        self.verdict: BasketVerdict = judge.look(self.basket)
        set_role(self, "panel")
        self.editor = LegEditor(self._has_shape, self._connect_row, self)
        self.nets, self.controls = FittedGrid(4, self), BasketControls(self)
        self.figures = BasketFigures(appearance, self)
        self.run_box = RunBox(desk, runner, spawn, confirm=confirm, parent=self)
        self.warnings = LegWarnings(self)
        self.result = QLabel(self)
        self.result.setWordWrap(True)
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        self.send_button = QPushButton(self)
        self.send_button.setMinimumHeight(32)
        self._lay_out()
        self._join()
        self._show()

    # ---- what others call

    @property
    def is_armed(self) -> bool:
        """Whether the next press sends, after one that asked for a confirmation."""
        return self._armed is not None

    def show_contract(self, code: str) -> None:
        """Follow the contract chosen anywhere: the next leg and every shape begin with it."""
        self.chosen = code
        if self.isVisible():
            self._show_chosen()

    def add_leg(self, code: str, side: Side) -> None:
        """A leg from a click in the chain: an ask is bought, a bid is sold."""
        self._take(self.basket.add(code, side))

    def take_shape(self, shape: Shape) -> None:
        """Legs of a ready shape around the chosen contract, in the place of those there are."""
        legs = self._legs_of(shape)
        if legs:
            self._take(self.basket.with_legs(legs))

    def flush(self) -> None:
        """Look again if anything a basket rests on has moved."""
        self._turn = (self._turn + 1) % _TURNS
        market = self._desk.market
        seen = (
            market.book_revision,
            market.phase,
            self.runner.revision,
            self._desk.portfolio.sequence,
            self._desk.orders.closed_because,
        )
        rests = seen[2:] == self._seen[2:] and self.runner.run is None
        if self._armed is not None and self._desk.monotonic() >= self._armed_until:
            self._armed, rests = None, False
        if seen != self._seen or not self._turn or not rests:
            self._seen, before = seen, self.verdict
            self.verdict = self._judge.look(self.basket)
            if self.verdict != before or not rests:
                self._show()

    def press(self) -> None:
        """What the send button and Enter do: arm when the settings ask for a confirmation, then send."""
        self.verdict = self._judge.look(self.basket)
        armed, plan = self._armed, (self._armed or self.verdict).plan
        # Every leg as it would leave, at the prices that were confirmed
        fits = plan is not None and all(
            self._judge.verdict_on(leg.request(plan.order_type, leg.limit)).may_be_sent for leg in plan.legs
        )
        if plan is None or not fits or self.verdict.plan is None or not self._may_send:
            self._armed = None
            self._show()
            return
        if armed is None and self._confirm():
            self._armed, self._armed_until = self.verdict, self._desk.monotonic() + CONFIRM_SECONDS
            self._show()
            return
        self._armed = None
        who, at = self._person() or self._desk.orders.account_id, self._desk.clock.now()
        read = {
            code: [Acknowledgement(warning, who, at) for warning in warnings]
            for code, warnings in self.warnings.read().items()
        }
        self.runner.start(plan, read)
        self.warnings.forget()
        self._show()

    # ---- Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        """Look at everything anew."""
        super().showEvent(event)
        self._seen = ()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            for part in (self.editor, self.controls, self.run_box):
                part.retranslate()
            self._show()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, Esc steps back; B and S add the chosen contract, R turns every leg round."""
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():  # F80: a key held down is one basket
                self.press()
        elif key == Qt.Key.Key_Escape:
            self._step_back()
        elif plain and key in (Qt.Key.Key_B, Qt.Key.Key_S):
            self._add_chosen(Side.BUY if key == Qt.Key.Key_B else Side.SELL)
        elif plain and key == Qt.Key.Key_R and not event.isAutoRepeat():
            self._take(self.basket.reverse())
        else:
            super().keyPressEvent(event)

    # ---- inside: building

    def _lay_out(self) -> None:
        rows = QWidget(self)
        set_role(rows, "panel")
        inner = QVBoxLayout(rows)
        # Figures stand at the right, where the scroll bar comes up
        inner.setContentsMargins(0, 0, 4, 0)
        inner.setSpacing(7)
        for widget in (self.editor, self.nets, self.controls):
            inner.addWidget(widget)
        inner.addWidget(self.figures, 1)
        inner.addStretch()
        self._scroll = RowsArea(rows, self)
        self._scroll.setMinimumHeight(_LEAST_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, PANEL_PADDING)
        layout.setSpacing(6)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.run_box, 1)
        layout.addWidget(self.warnings)
        layout.addWidget(self.result)
        layout.addWidget(self.send_button)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _join(self) -> None:
        editor, controls = self.editor, self.controls
        editor.leg_wanted.connect(self._add_chosen)
        editor.shape_wanted.connect(self.take_shape)
        editor.reverse_wanted.connect(lambda: self._take(self.basket.reverse()))
        editor.clear_wanted.connect(lambda: self._take(self.basket.with_legs(())))
        controls.type_chosen.connect(self._choose_type)
        controls.pace_chosen.connect(self._choose_pace)
        controls.order_chosen.connect(self._choose_order)
        controls.units_typed.connect(lambda text: self._take(replace(self.basket, units_text=text)))
        controls.limit_typed.connect(lambda text: self._take(replace(self.basket, limit_text=text)))
        controls.limit_now_wanted.connect(self._limit_now)
        self.warnings.changed.connect(self._show_send)
        self.send_button.clicked.connect(lambda _=False: self._on_send_clicked())

    def _connect_row(self, row: LegRow, place: int) -> None:
        row.flipped.connect(lambda: self._take(self.basket.flip(place)))
        row.removed.connect(lambda: self._take(self.basket.remove(place)))
        row.ratio_typed.connect(lambda ratio: self._take(self.basket.change(place, ratio=ratio)))
        row.effect_chosen.connect(lambda effect: self._take(self.basket.change(place, effect=LegEffect(effect))))
        row.basis_chosen.connect(lambda basis: self._choose_basis(place, PriceBasis(basis)))
        row.price_typed.connect(lambda text: self._type_price(place, text))

    # ---- inside: changing

    def _take(self, basket: Basket) -> None:
        """Another basket: what was confirmed is no longer what would be sent. None while one is on its way."""
        if basket == self.basket or self.runner.is_busy:
            return
        # Whoever makes another basket has seen what became of the one before
        self.runner.forget()
        if basket.legs != self.basket.legs:
            self.warnings.forget()
        self.basket, self._armed = basket, None
        self.verdict = self._judge.look(basket)
        self._show()

    def _add_chosen(self, side: Side) -> None:
        if self._desk.market.contract(self.chosen) is not None:
            self.add_leg(self.chosen, Side(side))

    def _choose_type(self, order_type: OrderType) -> None:
        self._take(replace(self.basket, order_type=OrderType(order_type)))

    def _choose_pace(self, pace: Pace) -> None:
        self._take(replace(self.basket, pace=Pace(pace)))

    def _choose_order(self, order: LegOrder) -> None:
        self._take(replace(self.basket, order=LegOrder(order)))

    def _choose_basis(self, place: int, basis: PriceBasis) -> None:
        """A typed price begins with the one that stood there."""
        limit = self.verdict.legs[place].limit if place < len(self.verdict.legs) else None
        text = f"{limit:f}" if basis is PriceBasis.TYPED and limit is not None else ""
        self._take(self.basket.change(place, basis=basis, price_text=text))

    def _type_price(self, place: int, text: str) -> None:
        """Whoever types a price wants a typed one."""
        self._take(self.basket.change(place, basis=PriceBasis.TYPED, price_text=text))

    def _limit_now(self) -> None:
        net, unit = self.verdict.nets.limits, self.verdict.unit
        if net is not None:
            step = Decimal("0.0001") if unit is not None else Decimal("0.01")
            figure = (net / (unit or 1)).quantize(step, ROUND_CEILING)
            self._take(replace(self.basket, limit_text=f"{figure:f}"))

    def _step_back(self) -> None:
        if self._armed is not None:
            self._armed = None
            self._show()
        elif self.runner.is_busy:
            self.runner.cancel_rest()
            self._show()
        else:
            self.runner.forget()
            self._take(self.basket.with_legs(()))
            self._show()

    def _legs_of(self, shape: Shape) -> tuple[BasketLeg, ...]:
        chosen = self._desk.market.contract(self.chosen)
        return () if chosen is None else legs_of(shape, chosen, self._desk.market.contracts)

    def _has_shape(self, shape: Shape) -> bool:
        return bool(self._legs_of(shape))

    def _on_send_clicked(self) -> None:
        now = self._desk.monotonic()
        if now >= self._swallow_until:
            self._swallow_until = now + QApplication.doubleClickInterval() / 1000
            self.press()

    # ---- inside: showing

    @property
    def _may_send(self) -> bool:
        return self.runner.run is None and self.warnings.all_read and self._desk.orders.closed_because is None

    def _show(self) -> None:
        verdict, market = self.verdict, self._desk.market
        names = leg_names(verdict.legs, market)
        self._show_chosen()
        self.editor.show_verdict(verdict, names)
        self.controls.show_basket(self.basket, verdict.unit)
        self.figures.show_verdict(verdict)
        self.nets.show_figures(net_rows(verdict))
        for part in (self.nets, self.figures):
            part.setVisible(bool(verdict.legs))
        self.warnings.show_verdict(verdict, {code: forms[0] for code, forms in names.items()})
        self.run_box.flush()
        is_making = self.runner.run is None
        self._scroll.setVisible(is_making)
        self.send_button.setVisible(is_making)
        if not is_making:
            self.warnings.hide()
        self._show_result()
        self._show_send()

    def _show_chosen(self) -> None:
        known = self._desk.market.contract(self.chosen) is not None
        self.editor.contract.setText(name_of(self.chosen, self._desk.market) if known else word("No contract"))
        for button in (*self.editor.add_buttons.values(), self.editor.shape_button):
            button.setEnabled(known)

    def _show_result(self) -> None:
        """What speaks against all of it; once armed, what would be sent, in words with the money."""
        verdict, text, role = self.verdict, "", "second"
        if (armed := self._armed) is not None and armed.plan is not None:
            text = word("{orders}. {money}, fee {fee}, margin {margin}.").format(
                orders=plan_words(armed.plan, self._desk.market),
                money=self._money(armed),
                fee=formatting.money(armed.fee),
                margin=formatting.money(armed.margin),
            )
        elif verdict.faults and self.runner.run is None:
            text = "\n".join(fault_words(fault, verdict.unit) for fault in verdict.faults)
            role = "critical" if verdict.legs else "dim"
        self.result.setText(text)
        self.result.setVisible(bool(text))
        set_role(self.result, role)

    def _show_send(self) -> None:
        verdict = self._armed or self.verdict
        closed = self._desk.orders.closed_because
        self.send_button.setEnabled(verdict.plan is not None and self._may_send)
        self.send_button.setToolTip("" if closed is None else reason_sentence(closed))
        pattern = word("Send {legs} leg") if len(verdict.legs) == 1 else word("Send {legs} legs")
        money = self._money(verdict)
        # Short: the orders stand above it, and the amount must stay readable in a narrow column
        text = f"{pattern.format(legs=len(verdict.legs))} · {money}"
        self.send_button.setText(f"{word('Press again:')} {money}" if self.is_armed else text)
        set_role(self.send_button, "primary")

    @staticmethod
    def _money(verdict: BasketVerdict) -> str:
        """The premium; at market it is only about as much."""
        money = money_words(verdict.premium)
        return f"≈ {money}" if verdict.basket.order_type.is_market and verdict.premium is not None else money
