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
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, Order, OrderStatus, OrderType, Side
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, DayChanged, LinkChanged, OrderChanged, PhaseUpdated
from terminal.services.order_draft import DraftJudge, OrderDraft, Verdict
from terminal.views import formatting
from terminal.views.style_sheet import set_role
from terminal.views.texts import contract_name, denial_sentence, reason_sentence, words
from terminal.views.theme import PANEL_PADDING, Appearance
from terminal.views.trading.cost_preview import CostPreview
from terminal.views.trading.step_field import StepField

Spawn = Callable[[Coroutine[Any, Any, None]], object]
_GRID = (
    (Instruction.BUY_OPEN, 0, 0),
    (Instruction.SELL_CLOSE, 0, 1),
    (Instruction.SELL_OPEN, 0, 2),
    (Instruction.BUY_CLOSE, 1, 0),
    (Instruction.COVERED_OPEN, 1, 1),
    (Instruction.COVERED_CLOSE, 1, 2),
)
_FIELDS = ("contract", "instruction", "order_type", "price", "quantity", "account")


class Ticket(QWidget):
    """Where one order is made. `spawn` starts a coroutine and keeps it; the verdict is renewed by `flush`."""

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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._judge = judge
        self._appearance = appearance
        self._spawn = spawn
        self._confirm = confirm
        self.draft = OrderDraft()
        self.verdict = Verdict(None, None, ())
        self._dirty = True
        self._sending = False
        self._armed = False
        self._swallow_until = 0.0
        self._last_sent: Order | None = None
        self._build(presets())
        bus = desk.bus
        for event in (AccountChanged, DayChanged, LinkChanged, PhaseUpdated):
            bus.subscribe(event, self._mark_dirty)
        bus.subscribe(OrderChanged, self._on_order)
        appearance.changed.connect(self._mark_dirty)
        self.retranslate()
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
        return self._instruction_buttons[instruction]

    def order_type_button(self, order_type: OrderType) -> QPushButton:
        """The button of an order type."""
        return self._type_buttons[order_type]

    def show_contract(self, code: str) -> None:
        """Stand on another contract; price follows the book, size stays."""
        if code == self.draft.contract_code:
            return
        self._change(contract_code=code, price_text="")
        self._suggest("opposite")

    def seed(self, code: str, side: Side, price_units: int) -> None:
        """Fill in from a click in the chain or the depth: an ask seeds a buy, a bid a sell."""
        if code != self.draft.contract_code:
            self._change(contract_code=code)
        held = self._judge.held(code)
        instruction = self.draft.instruction
        if instruction.side is not side:
            from_side = {Side.BUY: Instruction.BUY_OPEN, Side.SELL: Instruction.SELL_CLOSE}
            instruction = from_side[side]
            if side is Side.SELL and not any(p.value == "long" and n for p, n in held.items()):
                instruction = Instruction.SELL_OPEN
        order_type = self.draft.order_type if self.draft.order_type.has_price else OrderType.LIMIT
        self._change(instruction=instruction, order_type=order_type)
        if price_units > 0:
            self._set_price(Decimal(price_units).scaleb(-4))

    def set_instruction(self, instruction: Instruction) -> None:
        """Choose one of the six."""
        self._change(instruction=instruction)

    def set_quantity(self, quantity: int) -> None:
        """Choose a size."""
        self._change(quantity_text=str(max(0, quantity)))

    def take_opposite_price(self) -> None:
        """Price at the other side's best, ready to trade at once."""
        self._suggest("opposite")

    def flush(self) -> None:
        """Judge the draft again if anything it rests on has changed."""
        if not self._dirty:
            return
        self._dirty = False
        self.verdict = self._judge.judge(self.draft)
        self._show()

    def press(self) -> None:
        """What the send button and Enter do: arm when the settings ask for a confirmation, then send."""
        self._dirty = True
        self.flush()
        request = self.verdict.request
        if self._sending or request is None or not self.verdict.may_be_sent:
            return
        if self._confirm() and not self._armed:
            self._armed = True
            self._show()
            return
        self._armed = False
        self._sending = True
        self._show()

        async def send() -> None:
            try:
                order = await self._desk.orders.submit(request)
            finally:
                self._sending = False
            self._after(order)

        self._spawn(send())

    # ---- building

    def _build(self, presets: tuple[int, ...]) -> None:
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Little room scrolls the fields; what sends stays in sight
        fields = QWidget(self)
        set_role(fields, "panel")
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(160)
        scroll.setWidget(fields)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, PANEL_PADDING)
        outer.setSpacing(6)
        outer.addWidget(scroll, 1)
        layout = QVBoxLayout(fields)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        head = QHBoxLayout()
        self.title = QLabel(self)
        set_role(self.title, "title")
        self.terms = QLabel(self)
        set_role(self.terms, "small-figure")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.terms)
        layout.addLayout(head)
        self._instructions = QButtonGroup(self)
        self._instruction_buttons: dict[Instruction, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(4)
        for instruction, row, column in _GRID:
            button = QPushButton(self)
            button.setCheckable(True)
            button.setProperty("lines", "2")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, i=instruction: self.set_instruction(i))
            self._instructions.addButton(button)
            self._instruction_buttons[instruction] = button
            grid.addWidget(button, row, column)
        layout.addLayout(grid)

        self._types = QButtonGroup(self)
        self._type_buttons: dict[OrderType, QPushButton] = {}
        types = QHBoxLayout()
        types.setSpacing(2)
        for order_type in OrderType:
            button = QPushButton(self)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, t=order_type: self._change(order_type=t))
            self._types.addButton(button)
            self._type_buttons[order_type] = button
            types.addWidget(button, 1)
        layout.addLayout(types)

        self.price = StepField(self._step_price, self)
        self.price.edited.connect(lambda text: self._change(price_text=text))
        self._price_buttons = {name: QPushButton(self) for name in ("opposite", "own", "last")}
        self._price_label = self._row(layout, self.price, list(self._price_buttons.values()))
        for name, button in self._price_buttons.items():
            button.clicked.connect(lambda _=False, n=name: self._suggest(n))
        self.quantity = StepField(_step_whole, self)
        self.quantity.edited.connect(lambda text: self._change(quantity_text=text))
        self._share_buttons = {share: QPushButton(self) for share in (4, 2, 1)}
        self._quantity_label = self._row(layout, self.quantity, list(self._share_buttons.values()))
        for share, button in self._share_buttons.items():
            button.clicked.connect(lambda _=False, s=share: self._take_share(s))
        sizes = QHBoxLayout()
        sizes.setSpacing(4)
        for size in presets:
            button = QPushButton(str(size), self)
            button.clicked.connect(lambda _=False, n=size: self.set_quantity(n))
            sizes.addWidget(button, 1)
        layout.addLayout(sizes)

        self._notes: dict[str, QLabel] = {}
        for field in _FIELDS:
            note = QLabel(self)
            note.setWordWrap(True)
            set_role(note, "critical")
            self._notes[field] = note
            note.hide()
        # Each note stands under its field; those without one under the sizes
        layout.insertWidget(2, self._notes["instruction"])
        layout.insertWidget(4, self._notes["order_type"])
        layout.insertWidget(6, self._notes["price"])
        layout.insertWidget(8, self._notes["quantity"])
        layout.addWidget(self._notes["contract"])
        layout.addWidget(self._notes["account"])
        self.preview = CostPreview(self._appearance, self)
        layout.addWidget(self.preview)
        layout.addStretch(1)
        self.result = QLabel(self)
        self.result.setWordWrap(True)
        set_role(self.result, "second")
        outer.addWidget(self.result)
        buttons = QHBoxLayout()
        self.reset_button = QPushButton(self)
        self.reset_button.clicked.connect(self._reset)
        self.send_button = QPushButton(self)
        self.send_button.setMinimumHeight(32)
        self.send_button.clicked.connect(self._on_send_clicked)
        buttons.addWidget(self.reset_button)
        buttons.addWidget(self.send_button, 1)
        outer.addLayout(buttons)

    def _row(self, layout: QVBoxLayout, field: StepField, buttons: list[QPushButton]) -> QLabel:
        row = QHBoxLayout()
        row.setSpacing(4)
        label = QLabel(self)
        set_role(label, "dim")
        label.setMinimumWidth(34)
        label.setBuddy(field)
        row.addWidget(label)
        row.addWidget(field, 1)
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        layout.addLayout(row)
        return label

    # ---- showing

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self._price_label.setText(self.tr("Price"))
        self._quantity_label.setText(self.tr("Size"))
        self.price.line.setAccessibleName(self.tr("Order price"))
        self.quantity.line.setAccessibleName(self.tr("Order size"))
        self._price_buttons["opposite"].setText(self.tr("Opp."))
        self._price_buttons["opposite"].setToolTip(self.tr("Best price of the other side"))
        self._price_buttons["own"].setText(self.tr("Own"))
        self._price_buttons["own"].setToolTip(self.tr("Best price of the own side"))
        self._price_buttons["last"].setText(self.tr("Last"))
        self._price_buttons["last"].setToolTip(self.tr("Newest trade"))
        for share, text in ((4, "1/4"), (2, "1/2")):
            self._share_buttons[share].setText(text)
        self._share_buttons[1].setText(self.tr("All"))
        self.reset_button.setText(self.tr("Reset"))
        self.reset_button.setToolTip(self.tr("Empty the ticket (Esc)"))
        for order_type, button in self._type_buttons.items():
            button.setToolTip(words(order_type))
        self._show_result()
        self._type_buttons[OrderType.LIMIT].setText(self.tr("Limit"))
        self._type_buttons[OrderType.LIMIT_FOK].setText(self.tr("Lmt FOK"))
        self._type_buttons[OrderType.MARKET_TO_LIMIT].setText(self.tr("Mkt→Lmt"))
        self._type_buttons[OrderType.MARKET_IOC].setText(self.tr("Mkt IOC"))
        self._type_buttons[OrderType.MARKET_FOK].setText(self.tr("Mkt FOK"))
        self._dirty = True

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
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
        draft, verdict = self.draft, self.verdict
        self._show_contract()
        for instruction, button in self._instruction_buttons.items():
            most = self._judge.largest_quantity(replace(draft, instruction=instruction))
            button.setText(f"{words(instruction)}\n{self._most_words(instruction, most)}")
            chosen = instruction is draft.instruction
            button.setChecked(chosen)
            set_role(button, ("buy" if instruction.side is Side.BUY else "sell") if chosen else "")
        for order_type, button in self._type_buttons.items():
            button.setChecked(order_type is draft.order_type)
        priced = draft.order_type.has_price
        self.price.line.setEnabled(priced)
        self.price.line.setPlaceholderText("" if priced else self.tr("market price"))
        self.price.set_text(draft.price_text if priced else "")
        for button in self._price_buttons.values():
            button.setEnabled(priced)
        self.quantity.set_text(draft.quantity_text)
        self._show_failures()
        self.preview.show_verdict(self.contract, verdict, self._desk.portfolio.funds)
        self._show_send()

    def _show_contract(self) -> None:
        contract = self.contract
        self.title.setText(self.tr("No contract") if contract is None else contract_name(contract, self._desk.market))
        if contract is None:
            self.terms.clear()
            return
        spot = self._desk.market.last(contract.underlying) or contract.underlying_close
        away = float(contract.strike / spot - 1)
        inside = away < 0 if contract.right is Right.CALL else away > 0
        where = self.tr("in the money") if inside else self.tr("out of the money")
        self.terms.setText(f"{contract.code}  {where} {formatting.percent(abs(away), 1)}")

    def _show_failures(self) -> None:
        # An empty ticket is not a mistake yet
        quiet = not self.draft.contract_code or (self.draft.order_type.has_price and not self.draft.price_text)
        for field, note in self._notes.items():
            denial = None if quiet else self.verdict.failure_at(field)
            note.setVisible(denial is not None)
            if denial is not None:
                note.setText("✕ " + denial_sentence(denial))

    def _show_send(self) -> None:
        draft, cost = self.draft, self.verdict.cost
        set_role(self.send_button, "buy" if draft.instruction.side is Side.BUY else "sell")
        self.send_button.setEnabled(self.verdict.may_be_sent and not self._sending)
        text = f"{words(draft.instruction)} {draft.quantity_text or formatting.DASH} {self.tr('lots')}"
        if cost is not None:
            text += f" · {formatting.money(cost.premium)} {self.tr('yuan')}"
        if self._armed:
            text = f"{self.tr('Press again to send:')} {text}"
        elif self._sending:
            text = self.tr("Sending…")
        self.send_button.setText(text)

    def _most_words(self, instruction: Instruction, most: int | None) -> str:
        opens = instruction.position_effect.value == "O"
        label = self.tr("can open") if opens else self.tr("can close")
        return f"{label} {formatting.quantity(most)}"

    def _after(self, order: Order) -> None:
        self._last_sent = order
        self._show_result()
        self._mark_dirty()
        self.flush()
        self.sent.emit(order)

    def _show_result(self) -> None:
        order = self._last_sent
        if order is None:
            self.result.clear()
            return
        contract = self._desk.market.contract(order.contract_code)
        name = contract_name(contract, self._desk.market) if contract else order.contract_code
        if order.status is OrderStatus.DENIED:
            # submit() judged a newer picture than the one shown
            reason = order.reason or Reason.MALFORMED
            self.result.setText(f"{name}: {reason_sentence(reason, order.reason_detail)}")
        else:
            self.result.setText(f"{name}: {self.tr('sent')} {order.client_order_id}")

    # ---- changing

    def _mark_dirty(self, _event: object = None) -> None:
        self._dirty = True

    def _on_order(self, event: OrderChanged) -> None:
        self._dirty = True

    def _change(self, **fields: Any) -> None:
        self.draft = replace(self.draft, **fields)
        self._armed = False
        self._dirty = True
        self.flush()

    def _set_price(self, price: Decimal | None) -> None:
        contract = self.contract
        if price is not None and contract is not None:
            price = price.quantize(contract.tick_size)
        self.draft = self.draft.with_price(price)
        self._armed = False
        self._dirty = True
        self.flush()

    def _suggest(self, wanted: str) -> None:
        contract = self.contract
        if contract is not None and self.draft.order_type.has_price:
            price = self._judge.suggested_price(contract, self.draft.instruction, wanted)
            if price is None and wanted == "opposite":
                price = self._desk.market.last(contract.code) or contract.previous_settlement
            if price is not None:
                self._set_price(price)

    def _take_share(self, share: int) -> None:
        most = self._judge.largest_quantity(self.draft)
        contract = self.contract
        if most is not None and contract is not None:
            largest = contract.limit_order_max if self.draft.order_type.has_price else contract.market_order_max
            self.set_quantity(min(most // share, largest))

    def _step_price(self, text: str, count: int) -> str:
        contract = self.contract
        if contract is None:
            return text
        try:
            price = Decimal(text) if text else self._desk.market.last(contract.code) or contract.previous_settlement
        except ArithmeticError:
            return text
        moved = price + contract.tick_size * count
        return f"{max(contract.limit_down, min(contract.limit_up, moved)).quantize(contract.tick_size):f}"

    def _reset(self) -> None:
        if self._armed:
            self._armed = False
            self._show()
            return
        self._last_sent = None
        self._show_result()
        self._change(price_text="", quantity_text="1", order_type=OrderType.LIMIT)

    def _on_send_clicked(self) -> None:
        now = self._desk.monotonic()
        if now < self._swallow_until:
            return
        self._swallow_until = now + QApplication.doubleClickInterval() / 1000
        self.press()


def _step_whole(text: str, count: int) -> str:
    return str(max(1, (int(text) if text.isascii() and text.isdigit() else 0) + count))
