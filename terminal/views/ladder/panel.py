"""The price ladder (阶梯报价): a row for every tick of the day, my orders in it, orders by one click while it is armed.

Not armed a click prepares the ticket. What is armed has a red frame, and is armed no longer once nobody has used it for
a minute, the contract changes, the line drops or everything is stopped. Cancels go at any time.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from terminal.domain.orders import Side
from terminal.services.desk import Desk
from terminal.services.order_draft import DraftJudge
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.ladder.arming import Arming
from terminal.views.ladder.controls import ASK_SETTING, LadderControls, kept_ask_above
from terminal.views.ladder.figures import LadderFigures
from terminal.views.ladder.frame import LadderFrame
from terminal.views.ladder.keys import LadderKeys
from terminal.views.ladder.model import Column, LadderModel
from terminal.views.ladder.moves import Spawn
from terminal.views.ladder.orders import LadderOrders, Words
from terminal.views.ladder.view import LadderView
from terminal.views.ladder.volatilities import VolatilitiesInSight
from terminal.views.ladder.words import DISARMED, Disarmed, word
from terminal.views.settings import Settings
from terminal.views.still_text import put_still
from terminal.views.style_sheet import set_role
from terminal.views.texts import contract_name, reason_sentence


class LadderPanel(LadderFrame):
    """One contract's ladder. `least` gives the smallest size that an obligation counts, 0 where none is owed."""

    price_chosen = Signal(str, object, int)
    """Code, side, price in 0.0001 yuan: an order is to be prepared"""
    quote_pull_wanted = Signal(str)
    """The two-sided quote of a contract is to be taken out"""

    def __init__(
        self,
        desk: Desk,
        judge: DraftJudge,
        valuation: Valuation,
        appearance: Appearance,
        spawn: Spawn,
        settings: Settings,
        *,
        sizes: tuple[int, ...] = (1, 5, 10, 20, 50),
        least: Callable[[str], int] = lambda code: 0,
        person: Callable[[], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        self.model = LadderModel()
        self.view = LadderView(self.model, appearance)
        self.controls = LadderControls(sizes, self.ask_above)
        super().__init__(appearance, self.view, self.controls, parent)
        self.model.setParent(self)
        self._desk = desk
        self._settings = settings
        self._least = least
        self._said: tuple[Words, str] = (lambda: word(DISARMED[Disarmed.BY_HAND])), "dim"
        self._wants_centre = True
        self.figures = LadderFigures(desk, valuation)
        self._in_sight = VolatilitiesInSight(self.model, self.figures, valuation)
        self.arming = Arming(desk, self._on_arming)
        self.orders = LadderOrders(
            desk,
            judge,
            spawn,
            theoretical=self._worth,
            ask_above=self.ask_above,
            person=person,
            tell=self._tell,
            is_armed=lambda: self.arming.is_armed,
        )
        self.first_size, self.second_size = (*sizes[:2], *sizes[:1], 1, 1)[:2]
        set_role(self, "panel")
        self.setFocusProxy(self.view)
        self.keys = LadderKeys(self, lambda: self.view.cursor_price)
        self._join()
        self._name()
        self.flush()

    # ---- what others call

    def show_contract(self, code: str) -> None:
        """Stand on another contract, its best prices in the middle and not armed."""
        if code != self.figures.code:
            self.arming.disarm(Disarmed.CONTRACT)
            self.orders.drop_question()
            self.figures.turn_to(code)
            self._wants_centre = True
            if self.isVisible():
                self.flush()

    def ask_above(self) -> int:
        """The size above which the ladder asks before it sends."""
        return kept_ask_above(self._settings)

    def flush(self) -> None:
        """Show what has changed."""
        self.arming.look()
        self.orders.moves.flush()
        picture = self.figures.picture()
        self.model.show(picture)
        if self._wants_centre and picture.contract is not None and self.view.viewport().height() > 0:
            self._wants_centre = False
            self.centre()
        self._in_sight.show(self.view.rows_in_sight if not self.view.isColumnHidden(Column.VOLATILITY) else range(0))
        contract = picture.contract
        self.controls.title.setText("" if contract is None else contract_name(contract, self._desk.market))
        put_still(self.controls.code, "" if contract is None else contract.code)
        self._show_controls()

    def centre(self) -> None:
        """The best prices to the middle."""
        self.view.centre_on(self.model.picture.middle)

    def toggle_armed(self) -> None:
        """Arm, or arm no longer."""
        if self.arming.is_armed:
            self.arming.disarm(Disarmed.BY_HAND)
        elif not self.figures.code or not self.arming.arm():
            closed = self.arming.closed_because
            if closed is not None:
                self._tell(lambda: f"✕ {reason_sentence(closed)}", "critical")
        self._show_controls()

    def choose_size(self, size: int, *, second: bool = False) -> None:
        """The size of left clicks, or of right ones."""
        if size > 0:
            if second:
                self.second_size = size
            else:
                self.first_size = size
        self._show_controls()

    def choose_size_at(self, place: int, *, second: bool) -> None:
        """The size on the button at a place, from 0."""
        sizes = list(self.controls.sizes)
        if place < len(sizes):
            self.choose_size(sizes[place], second=second)

    def click(self, side: Side, price: int, *, second: bool = False) -> None:
        """An order while armed, else the ticket is prepared."""
        code = self.figures.code
        if not self.arming.is_armed:
            if not second:
                self.price_chosen.emit(code, side, price)
            return
        self.arming.touch()
        self._said = str, "dim"
        size = self.second_size if second else self.first_size
        self.orders.place(code, side, price, size, self.controls.chosen_effect)
        self._show_controls()

    def cancel(self, side: Side, price: int) -> None:
        """Cancel what is mine there, a quote with both its sides; the way out needs no arming."""
        self.arming.touch()
        self.orders.cancel(self.figures.code, side, price)
        picture = self.model.picture
        own = (picture.buys if side is Side.BUY else picture.sells).get(price)
        if own is not None and own.quoted:
            self.quote_pull_wanted.emit(self.figures.code)

    def move_mine(self, side: Side, price: int, target: int) -> None:
        """Take my orders from one price to another."""
        if not self.arming.is_armed:
            self._tell(lambda: word("Only an armed ladder moves orders"), "warn")
            self._show_controls()
            return
        self.arming.touch()
        self._said = str, "dim"
        self.orders.move(self.figures.code, side, price, target)
        self._show_controls()

    def move_by(self, price: int, ticks: int) -> None:
        """Take my orders at a price so many ticks higher, on whichever side they stand."""
        picture = self.model.picture
        target = price + ticks * picture.scale.tick
        for side, mine in ((Side.BUY, picture.buys), (Side.SELL, picture.sells)):
            if price in mine and picture.scale.row(target) >= 0:
                self.move_mine(side, price, target)

    def confirm(self) -> None:
        """Yes to what is asked."""
        if self.arming.is_armed:
            self.arming.touch()
            self._said = str, "dim"
            self.orders.confirm()
        self._show_controls()

    def step_back(self) -> None:
        """No to what is asked, else armed no longer."""
        if self.orders.question is None:
            self.arming.disarm(Disarmed.BY_HAND)
        self._drop()

    # ---- Qt's side

    def showEvent(self, event: QShowEvent) -> None:
        """Come up with the best prices in the middle, wherever they have gone meanwhile."""
        super().showEvent(event)
        self._wants_centre = True

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.model.retranslate()
            self.controls.retranslate()
            self.flush()
        super().changeEvent(event)

    # ---- inside

    def _join(self) -> None:
        view, controls = self.view, self.controls
        view.clicked_at.connect(lambda side, price, second: self.click(side, price, second=second))
        view.cancel_wanted.connect(self.cancel)
        view.move_wanted.connect(self.move_mine)
        view.key_pressed.connect(self.keys.press)
        controls.arm_wanted.connect(self.toggle_armed)
        controls.centre_wanted.connect(self.centre)
        controls.size_chosen.connect(lambda size, second: self.choose_size(size, second=second))
        controls.confirm_wanted.connect(self.confirm)
        controls.drop_wanted.connect(self._drop)
        controls.ask_above_chosen.connect(lambda size: self._settings.write(ASK_SETTING, size))
        controls.effect.currentIndexChanged.connect(lambda _: self._drop())

    def _worth(self, code: str) -> float:
        contract = self._desk.market.contract(code)
        return 0.0 if contract is None else self.figures.theoretical(contract)

    def _show_controls(self) -> None:
        controls = self.controls
        controls.show_armed(self.arming.seconds_left if self.arming.is_armed else None)
        controls.show_sizes(self.first_size, self.second_size, self._least(self.figures.code))
        question = self.orders.question
        controls.show_question(asks=question is not None)
        words, role = self._said if question is None else (question.ask.words, "warn")
        controls.show_line(words(), role)

    def _tell(self, words: Words, role: str) -> None:
        self._said = words, role

    def _drop(self) -> None:
        self.orders.drop_question()
        self._show_controls()

    def _on_arming(self, why: Disarmed | None) -> None:
        if why is None:
            self._said = (lambda: word("Armed: a click is an order")), "critical"
        else:
            self._said = (lambda: word(DISARMED[why])), "dim"
            self.orders.disarmed()
        self.show_red(red=why is None)

    def _name(self) -> None:
        self.setAccessibleName(word("Price ladder"))
        self.view.setAccessibleName(word("Price ladder"))
