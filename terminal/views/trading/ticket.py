"""The order ticket (下单面板): instruction, type, price, size, what it costs, what fails, and one send.

The ticket holds a draft and shows a verdict; `services/order_draft.py` judges. A failing check stands beside its field.
One press sends once: the button stays shut until the desk has taken the order, and a second click of a double click is
swallowed.
"""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from terminal.domain.contracts import Contract
from terminal.domain.orders import Instruction, Order, OrderType, PositionEffect, Side
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, DayChanged, LinkChanged, OrderChanged, PhaseUpdated, QuotesChanged
from terminal.services.order_draft import (
    DraftJudge,
    ExpectedCost,
    OrderDraft,
    Verdict,
    stepped_price,
    usual_instruction,
)
from terminal.services.order_warnings import Acknowledgement
from terminal.services.portfolio import position_side
from terminal.views.appearance import Appearance
from terminal.views.style_sheet import set_role
from terminal.views.texts import denial_sentence, reason_sentence
from terminal.views.trading.ticket_fields import TicketFields
from terminal.views.trading.ticket_market import Picture, TicketMarket
from terminal.views.trading.ticket_words import (
    Pressed,
    failure_words,
    heading,
    notional_words,
    result_words,
    send_words,
)

#: What rests on prices alone is told no more often: an eye reads two figures a second
_SPOT_SECONDS = 0.5
Spawn = Callable[[Coroutine[Any, Any, None]], object]


class Ticket(QWidget):
    """Where one order is made. `spawn` starts a coroutine and keeps it; the verdict is renewed by `flush`.

    `person` names who acknowledges a warning; the account where nobody is named.
    """

    sent = Signal(object)
    """The Order that came of a press, DENIED ones included"""

    def __init__(
        self,
        desk: Desk,
        judge: DraftJudge,
        appearance: Appearance,
        spawn: Spawn,
        *,
        confirm: Callable[[], bool],
        presets: Callable[[], tuple[int, ...]],
        person: Callable[[], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._judge = judge
        self._spawn = spawn
        self._confirm = confirm
        self._person = person
        self._presses = 0
        self.draft = OrderDraft()
        self.verdict = Verdict(None, None, ())
        self.expected: ExpectedCost | None = None
        """The cost at the prices it would trade at, as shown"""
        self._chosen_by_hand = False
        self._stand_in = ""
        """A price that nobody chose and no quote gave"""
        self._dirty = True
        self._quotes_moved = False
        self._seeing, self._market_seen = TicketMarket(desk.market), Picture()
        self._spot_shown_at = -_SPOT_SECONDS
        self._sending = False
        self._armed = False
        self._swallow_until = 0.0
        self._last_sent: Order | None = None
        set_role(self, "panel")
        self._fields = fields = TicketFields(appearance, presets(), self._step_price, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(fields)
        self.title, self.terms, self.result = fields.title, fields.terms, fields.result
        self.price, self.quantity, self.preview = fields.price, fields.quantity, fields.preview
        self.send_button, self.reset_button = fields.send_button, fields.reset_button
        self.warnings = fields.warnings
        self.warnings.changed.connect(self._show_send)
        fields.instruction_chosen.connect(self.set_instruction)
        fields.order_type_chosen.connect(lambda order_type: self._change(order_type=order_type))
        fields.price_wanted.connect(self._suggest)
        fields.share_wanted.connect(self._take_share)
        fields.size_chosen.connect(self.set_quantity)
        self.price.edited.connect(lambda text: self._change(price_text=text))
        self.quantity.edited.connect(lambda text: self._change(quantity_text=text))
        self.reset_button.clicked.connect(self._reset)
        self.send_button.clicked.connect(self._on_send_clicked)
        for event in (AccountChanged, DayChanged, LinkChanged, OrderChanged, PhaseUpdated):
            desk.bus.subscribe(event, self._mark_dirty)
        desk.bus.subscribe(QuotesChanged, self._on_quotes)
        appearance.changed.connect(self._mark_dirty)
        self.flush()

    # ---- what others call

    @property
    def contract(self) -> Contract | None:
        """The contract the ticket stands on."""
        return self._desk.market.contract(self.draft.contract_code)

    @property
    def is_armed(self) -> bool:
        """Whether the next press sends, after one that asked for a confirmation."""
        return self._armed

    def instruction_button(self, instruction: Instruction) -> QPushButton:
        """The button of an instruction."""
        return self._fields.instructions[instruction]

    def order_type_button(self, order_type: OrderType) -> QPushButton:
        """The button of an order type."""
        return self._fields.order_types[order_type]

    def price_button(self, source: str) -> QPushButton:
        """The button that takes a price from the book: ``opposite``, ``own`` or ``last``."""
        return self._fields.price_buttons[source]

    def share_button(self, share: int) -> QPushButton:
        """The button of a quarter (4), half (2) or all (1) of what could be sent."""
        return self._fields.share_buttons[share]

    def note(self, field: str) -> str:
        """What stands beside a field of `Denial.field`; empty when nothing speaks against it."""
        return self._fields.notes[field].text()

    def show_contract(self, code: str) -> None:
        """Stand on another contract; price follows the book, size stays."""
        if code == self.draft.contract_code:
            return
        self._change(contract_code=code, price_text="")
        self._suggest("opposite")

    def seed(self, code: str, side: Side, price_units: int) -> None:
        """Fill in from a click in the chain or the depth: an ask seeds a buy, a bid a sell.

        `price_units` in 0.0001 yuan; 0 where the book is empty there.
        """
        self.show_contract(code)
        order_type = self.draft.order_type if self.draft.order_type.has_price else OrderType.LIMIT
        self._change(instruction=self._instruction_for(side), order_type=order_type)
        if price_units > 0:
            self._set_price(Decimal(price_units).scaleb(-4))
        else:
            self._suggest("opposite")

    def set_instruction(self, instruction: Instruction) -> None:
        """Choose one of the six."""
        self._chosen_by_hand = True
        self._change(instruction=instruction)

    def set_quantity(self, quantity: int) -> None:
        """Choose a size."""
        self._change(quantity_text=str(max(0, quantity)))

    def take_opposite_price(self) -> None:
        """Price at the other side's best, ready to trade at once."""
        self._suggest("opposite")

    def flush(self) -> None:
        """Judge the draft again if anything it rests on has changed."""
        picture = self._seeing.picture(self.draft) if self._quotes_moved else self._market_seen
        if not self._dirty and (picture == self._market_seen or self._is_soon(picture)):
            self._quotes_moved = picture != self._market_seen
            return
        self._quotes_moved = False
        verdict = self._judge.judge(self.draft)
        is_same = verdict == self.verdict
        if not is_same:
            # What was confirmed is no longer what would be sent
            self._armed = False
        self.verdict = verdict
        spot_alone = is_same and not self._dirty and picture.phase == self._market_seen.phase
        self._dirty = False
        if spot_alone:
            self._show_spot(self.contract)
        else:
            self._show()

    def press(self) -> None:
        """What the send button and Enter do: arm when the settings ask for a confirmation, then send."""
        self._dirty = True
        self.flush()
        request = self.verdict.request
        if self._sending or request is None or not self.verdict.may_be_sent or not self.warnings.all_read:
            return
        if self._confirm() and not self._armed:
            self._armed = True
            self._show()
            return
        self._armed = False
        self._sending = True
        self._presses += 1
        nonce = f"ticket {self._presses}"
        orders = self._desk.orders
        who, at = self._person() or orders.account_id, self._desk.clock.now()
        read = [Acknowledgement(warning, who, at) for warning in self.warnings.read]
        self._show()

        async def send() -> None:
            try:
                order = await orders.submit(request, nonce, acknowledged=read)
            finally:
                self._sending = False
                self._mark_dirty()
            self._after(order)

        self._spawn(send())

    # ---- showing

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._mark_dirty()
            self.flush()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, Esc disarms or empties."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():  # F80: a key held down is one order
                self.press()
            return
        if event.key() == Qt.Key.Key_Escape:
            self._reset()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        draft, contract = self.draft, self.contract
        most = {i: self._judge.largest_quantity(replace(draft, instruction=i)) for i in Instruction}
        forbidden = {i: denial_sentence(d) for i in Instruction if (d := self._judge.forbidden(i)) is not None}
        self._fields.show_draft(draft, most, forbidden)
        # Whoever turns to the ticket types in the first field that takes anything
        self.setFocusProxy(self.price if draft.order_type.has_price else self.quantity)
        # An empty ticket is not a mistake yet
        quiet = not draft.contract_code or (draft.order_type.has_price and not draft.price_text)
        first = {} if quiet else {f: self.verdict.failure_at(f) for f in self._fields.notes}
        self._fields.show_notes({f: failure_words(denial) for f, denial in first.items() if denial is not None})
        self.warnings.show_warnings(self.verdict.warnings)
        self._show_spot(contract)

    def _show_spot(self, contract: Contract | None) -> None:
        """What rests on prices, which move several times a second; neither what is set aside nor sizes do."""
        self._market_seen = self._seeing.picture(self.draft)
        self._spot_shown_at = self._desk.monotonic()
        self._show_heading(contract)
        spot = None if contract is None else self._seeing.spot(contract)
        request = self.verdict.request
        self.expected = self._judge.expected(self.verdict)
        self.preview.show_verdict(contract, self.verdict, self.expected, self._desk.portfolio.funds, spot)
        self._fields.payoff.show_order(contract, request, self.expected.cost if self.expected else None, spot)
        self._show_result()
        self._show_send()

    def _show_heading(self, contract: Contract | None) -> None:
        name, terms = heading(contract, self._desk.market, None if contract is None else self._seeing.spot(contract))
        self.title.setText(name)
        self.terms.setText(terms)

    def _show_send(self) -> None:
        draft = self.draft
        set_role(self.send_button, "buy" if draft.instruction.side is Side.BUY else "sell")
        # What the venue cannot do, or cannot be told now, is grey and says why
        closed = self._desk.orders.closed_because
        is_ready = self.verdict.may_be_sent and self.warnings.all_read
        self.send_button.setEnabled(is_ready and not self._sending and closed is None)
        pressed = Pressed.SENDING if self._sending else Pressed.ONCE if self._armed else Pressed.NOT
        reason = "" if closed is None else reason_sentence(closed)
        self._fields.show_send(send_words(draft, self.verdict.request, self.expected, pressed), reason)

    def _after(self, order: Order) -> None:
        self._last_sent = order
        self.warnings.forget()
        self.price.forget_typing()
        self.quantity.forget_typing()
        self.flush()
        self.sent.emit(order)

    def _show_result(self) -> None:
        order, contract = self._last_sent, self.contract
        if order is not None:
            newest = self._desk.orders.order(order.client_order_id) or order
            self._fields.show_result(result_words(newest, self._desk.market))
        elif contract is None:
            self._fields.show_result("")
        else:
            spot = self._seeing.spot(contract)
            self._fields.show_result(notional_words(self.draft, contract, self.verdict.request, spot))

    def _is_soon(self, picture: Picture) -> bool:
        """Whether prices alone have moved, and were shown a moment ago."""
        alone = picture.phase == self._market_seen.phase
        return alone and self._desk.monotonic() - self._spot_shown_at < _SPOT_SECONDS

    # ---- changing

    def _mark_dirty(self, _event: object = None) -> None:
        self._dirty = True

    def _on_quotes(self, _event: QuotesChanged) -> None:
        self._quotes_moved = True
        if self._stand_in and not self._seeing.is_unquoted(self.draft.contract_code):
            if self.draft.price_text == self._stand_in:
                self._suggest("opposite")
            self._stand_in = ""

    def _change(self, **fields: Any) -> None:
        before, self.draft = self.draft, replace(self.draft, **fields)
        if (before.contract_code, before.instruction) != (self.draft.contract_code, self.draft.instruction):
            self.warnings.forget()
        self._armed = False
        # What was sent is no longer what stands here
        self._last_sent = None
        self._dirty = True
        self.flush()

    def _instruction_for(self, side: Side) -> Instruction:
        """What a click on a price means: what the user chose if it fits, else to open, or to close what is long."""
        chosen = self.draft.instruction
        held = self._judge.held(self.draft.contract_code)
        possible = chosen.position_effect is PositionEffect.OPEN or held.get(position_side(chosen))
        if self._chosen_by_hand and chosen.side is side and possible:
            return chosen
        self._chosen_by_hand = False
        return usual_instruction(side, held)

    def _set_price(self, price: Decimal) -> None:
        contract = self.contract
        if contract is not None:
            price = price.quantize(contract.tick_size)
        self._change(price_text=self.draft.with_price(price).price_text)

    def _suggest(self, wanted: str) -> None:
        contract = self.contract
        if contract is not None and self.draft.order_type.has_price:
            price = self._judge.suggested_price(contract, self.draft.instruction, wanted)
            if price is None and wanted == "opposite":
                price = self._desk.market.last(contract.code) or contract.previous_settlement
            if price is not None:
                self._set_price(price)
                if self._seeing.is_unquoted(contract.code):
                    # A list comes before its quotes: the settlement stands in until the first
                    self._stand_in = self.draft.price_text

    def _take_share(self, share: int) -> None:
        most = self._judge.largest_quantity(self.draft)
        contract = self.contract
        if most is not None and contract is not None:
            largest = contract.limit_order_max if self.draft.order_type.has_price else contract.market_order_max
            self.set_quantity(min(most // share, largest))

    def _step_price(self, text: str, count: int) -> str:
        contract = self.contract
        return text if contract is None else stepped_price(contract, text, count, self._desk.market.last(contract.code))

    def _reset(self) -> None:
        if self._armed:
            self._armed = False
            self._show()
            return
        self._last_sent = None
        self._chosen_by_hand = False
        self._change(price_text="", quantity_text="1", order_type=OrderType.LIMIT)

    def _on_send_clicked(self) -> None:
        now = self._desk.monotonic()
        if now < self._swallow_until:
            return
        self._swallow_until = now + QApplication.doubleClickInterval() / 1000
        self.press()
