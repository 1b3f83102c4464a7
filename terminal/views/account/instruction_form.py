"""The form of an instruction that is no order (非交易指令): what is asked for, of what, how much, and what it brings.

The kinds stand in five groups. A failing check stands under its field; what the venue cannot do is grey and says so.
One press sends once (F80): the form stays shut until the desk has written the instruction.
"""

from collections.abc import Callable, Coroutine
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from terminal.domain.instructions import FIELDS, SHARE_TRADES, InstructionKind
from terminal.domain.messages import Instruct
from terminal.domain.reasons import Denial, Reason
from terminal.rules.shares import ShareBook
from terminal.services.desk import Desk
from terminal.services.instruction_choices import Choice, InstructionChoices
from terminal.services.instruction_effects import InstructionEffects
from terminal.services.instructions import InstructionRequest
from terminal.views.account.instruction_fields import MOST_DIGITS, InstructionFields, refill
from terminal.views.account.instruction_rows import effect_rows, result_words
from terminal.views.account.words import MEANINGS, kind_words, strategy_words, word
from terminal.views.formatting import money, quantity
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded, contract_name, denial_sentence, reason_sentence, underlying_name, words

#: Of the contracts held, how many are tried for a pair: an account may hold hundreds
_MOST_TRIED = 20
Spawn = Callable[[Coroutine[Any, Any, Any]], object]


def read_whole(text: str) -> int:
    """A whole number; commas and blanks between digits are allowed. 0 for anything else."""
    digits = text.replace(",", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else 0


def read_yuan(text: str) -> Decimal:
    """An amount of yuan, plain digits with at most one point; 0 for anything else."""
    bare = text.replace(",", "").replace(" ", "")
    if not bare.isascii() or not bare.replace(".", "", 1).isdigit() or len(bare) > MOST_DIGITS + 3:
        return Decimal(0)
    try:
        return Decimal(bare)
    except InvalidOperation:
        return Decimal(0)


class InstructionForm(QWidget):
    """`spawn` starts a coroutine and keeps it; the verdict is renewed by `flush`."""

    def __init__(self, desk: Desk, spawn: Spawn, *, confirm: Callable[[], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._spawn = spawn
        self._confirm = confirm
        self.choices = InstructionChoices(desk.market, desk.portfolio, desk.instructions)
        self._effects = InstructionEffects(desk.market, desk.instructions.checks.terms)
        self._presses = 0
        self._sending = self._armed = self._touched = False
        self._sent = ""
        """Number of the instruction sent last"""
        self.kind = InstructionKind.EXERCISE
        self._failures: list[Denial] = []
        self._touch: ShareBook | None = None
        """The book of the underlying that the verdict was given on, where shares are traded"""
        self.fields = fields = InstructionFields(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(fields)
        self.contract, self.second, self.combination = fields.contract, fields.second, fields.combination
        self.underlying, self.quantity, self.amount = fields.underlying, fields.quantity, fields.amount
        self.price = fields.price
        self.effect, self.result, self.send_button = fields.effect, fields.result, fields.send_button
        fields.kind_chosen.connect(self.show_kind)
        fields.edited.connect(self._on_edited)
        fields.chosen.connect(self._on_chosen)
        fields.all_wanted.connect(self._take_all)
        fields.best_wanted.connect(self._take_best)
        fields.sent.connect(self.press)
        self.retranslate()

    # ---- what others call

    def show_kind(
        self,
        kind: InstructionKind,
        *,
        contract: str = "",
        underlying: str = "",
        combination: str = "",
        size: int = 0,
    ) -> None:
        """Turn to a kind, with its fields filled as far as they are given."""
        self.kind = kind
        self._touched = self._armed = False
        self._sent = ""
        self.quantity.setText(str(size) if size else "")
        self.amount.clear()
        self._fill_choices()
        for box, value in ((self.contract, contract), (self.underlying, underlying), (self.combination, combination)):
            place = box.findData(value) if value else -1
            if place >= 0:
                box.setCurrentIndex(place)
        if not contract:
            self._begin_with_a_pair()
        self._fill_seconds()
        self._fill_price()
        if not size and (contract or combination):
            self._take_all()
        self._show()

    def request(self) -> InstructionRequest:
        """What the fields say now."""
        wanted = FIELDS[self.kind]
        first, second = str(self.contract.currentData() or ""), str(self.second.currentData() or "")
        return InstructionRequest(
            kind=self.kind,
            underlying=str(self.underlying.currentData() or "") if "underlying" in wanted else "",
            contract_code=first if "contract_code" in wanted else "",
            second_code=second if "second_code" in wanted else "",
            strategy=self.choices.strategy(first, second) if "strategy" in wanted else None,
            combination_id=str(self.combination.currentData() or "") if "combination_id" in wanted else "",
            quantity=read_whole(self.quantity.text()) if "quantity" in wanted else 0,
            amount=read_yuan(self.amount.text()) if "amount" in wanted else Decimal(0),
            price=read_yuan(self.price.text()) if "price" in wanted else Decimal(0),
        )

    def note(self, field: str) -> str:
        """What stands under a field; empty when nothing speaks against it."""
        return self.fields.notes[field].text()

    @property
    def is_outrun(self) -> bool:
        """Whether the book has moved since the verdict on shares to be traded."""
        return self.kind in SHARE_TRADES and self._book() != self._touch

    def flush(self) -> None:
        """Judge again with the account as it stands."""
        self._fill_choices()
        self._fill_seconds()
        self._show()

    def press(self) -> None:
        """What the button and Enter do: arm when the settings ask for a confirmation, then send."""
        self._touched = True
        self._show()
        if self._sending or self._failures:
            return
        if self._confirm() and not self._armed:
            self._armed = True
            self._show()
            return
        self._armed = False
        self._sending = True
        self._presses += 1
        request, nonce = self.request(), f"form {self._presses}"
        self._show()

        async def send() -> None:
            try:
                entry = await self._desk.instructions.instruct(request, nonce)
            finally:
                self._sending = False
            self._sent = entry.command.instruction_id
            self._touched = False
            if entry.reason is None and self.request() == request:
                # What was sent is no longer asked for: the same again would stand in red beside its own success
                self.quantity.clear()
                self.amount.clear()
            self.flush()

        self._spawn(send())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, Esc disarms or empties."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.press()
        elif event.key() == Qt.Key.Key_Escape:
            self.show_kind(self.kind)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.fields.retranslate()
        for box in (self.contract, self.second, self.combination, self.underlying):
            box.clear()
        self.flush()

    # ---- filling

    def _fill_choices(self) -> None:
        wanted = FIELDS[self.kind]
        if "contract_code" in wanted:
            before = self.contract.currentData()
            refill(self.contract, [(self._choice_words(c), c.contract.code) for c in self.choices.first(self.kind)])
            if self.contract.currentData() != before:
                self._begin_with_a_pair()
        if "combination_id" in wanted:
            lines = [
                (f"{bounded(c.number)} {strategy_words(c.strategy)} ×{quantity(c.quantity)}", c.number)
                for c in self._desk.portfolio.combinations
            ]
            refill(self.combination, lines)
        if "underlying" in wanted:
            refill(self.underlying, [(f"{underlying_name(u)} {u.code}", u.code) for u in self._desk.market.underlyings])

    def _begin_with_a_pair(self) -> None:
        """Where two contracts are wanted, stand on a first one that has a second: one without looks as if none had."""
        if "second_code" in FIELDS[self.kind]:
            box = self.contract
            for place in (box.currentIndex(), *range(min(box.count(), _MOST_TRIED))):
                if self.choices.second(self.kind, str(box.itemData(place) or "")):
                    box.setCurrentIndex(place)
                    return

    def _fill_seconds(self) -> None:
        if "second_code" in FIELDS[self.kind]:
            found = self.choices.second(self.kind, str(self.contract.currentData() or ""))
            refill(self.second, [(self._choice_words(c), c.contract.code) for c in found])

    def _choice_words(self, choice: Choice) -> str:
        side = f" {words(choice.side)}" if self.kind is InstructionKind.COMBINE else ""
        return f"{contract_name(choice.contract, self._desk.market)}{side} ×{quantity(choice.quantity)}"

    def _take_all(self) -> None:
        most = self._desk.instructions.checks.largest_quantity(self._command())
        if most is not None:
            self.quantity.setText(str(most))
        self._touched = True
        self._show()

    def _book(self) -> ShareBook:
        return self._desk.instructions.checks.share_book(str(self.underlying.currentData() or ""))

    def _fill_price(self) -> None:
        """Begin with the best price of the other side."""
        if self.kind not in SHARE_TRADES:
            self.price.clear()
            return
        book = self._book()
        levels = book.asks if self.kind is InstructionKind.BUY_SHARES else book.bids
        self.price.setText(f"{Decimal(levels[0][0]).scaleb(-4):.3f}" if levels else "")

    def _take_best(self) -> None:
        self._fill_price()
        self._on_edited()

    def _on_edited(self) -> None:
        self._touched = True
        self._armed = False
        self._show()

    def _on_chosen(self) -> None:
        self._armed = False
        self._fill_seconds()
        if self.kind in SHARE_TRADES:
            self._fill_price()
        self._show()

    def _command(self) -> Instruct:
        asked = self.request()
        return Instruct(**{name: getattr(asked, name) for name in asked.__dataclass_fields__}, instruction_id="")

    # ---- showing

    def _show(self) -> None:
        wanted = FIELDS[self.kind]
        for name, (label, widget) in self.fields.rows.items():
            label.setVisible(name in wanted)
            widget.setVisible(name in wanted)
            label.setText(self._label(name))
        self.fields.show_kind(self.kind)
        for kind, button in self.fields.kind_buttons.items():
            closed = self._desk.instructions.closed_because(kind)
            forbidden = self._desk.instructions.checks.forbidden(kind)
            button.setEnabled(closed is not Reason.NOT_SUPPORTED and forbidden is None)
            meaning = word(MEANINGS[kind]) if closed is None else reason_sentence(closed)
            button.setToolTip(meaning if forbidden is None else denial_sentence(forbidden))
        for box in (self.contract, self.second, self.combination):
            box.setPlaceholderText("" if box.count() else word("Nothing of the account fits here"))
        request = self.request()
        self._touch = self._book() if self.kind in SHARE_TRADES else None
        self.fields.strategy.setText(strategy_words(request.strategy) if request.strategy is not None else "–")
        self._failures = self._desk.instructions.failures(request)
        self._show_notes()
        self.effect.show_figures(effect_rows(self._effects.of(self._command())))
        self._show_send(request)
        self._show_result()

    def _label(self, name: str) -> str:
        pair = "second_code" in FIELDS[self.kind]
        return {
            "contract_code": word("First") if pair else word("Contract"),
            "second_code": word("Second"),
            "strategy": word("Forms"),
            "combination_id": word("Number"),
            "underlying": word("Underlying"),
            "quantity": word("Number of shares") if "underlying" in FIELDS[self.kind] else word("Quantity"),
            "amount": word("Yuan"),
            "price": word("Price"),
        }[name]

    def _show_notes(self) -> None:
        empty = not (self.quantity.text() or self.amount.text())
        said: dict[str, str] = {}
        for denial in self._failures:
            # An empty form is not a mistake yet
            form = denial.reason is Reason.MALFORMED and denial.field in ("quantity", "amount", "contract")
            if not (form and empty and not self._touched):
                said.setdefault(denial.field or "account", self._failure_words(denial))
        self.fields.show_notes(said)

    def _failure_words(self, denial: Denial) -> str:
        if denial.reason is Reason.MALFORMED:
            if denial.field == "contract":
                return word("Nothing of the account fits here")
            if denial.field == "amount":
                return word("Give yuan above zero with at most two decimals")
            if denial.field == "price":
                return word("Give a price above zero")
            if denial.field == "quantity":
                return word("Give a whole number above zero")
        return denial_sentence(denial)

    def _show_send(self, request: InstructionRequest) -> None:
        text = kind_words(self.kind)
        if request.quantity:
            text += f" {quantity(request.quantity)}"
        if request.price:
            text += f" @ {request.price:f}"
        if request.amount:
            text += f" {money(request.amount)}"
        if self._armed:
            text = word("Press again to send:") + " " + text
        elif self._sending:
            text = word("Sending…")
        self.send_button.setText(text)
        self.send_button.setEnabled(not self._failures and not self._sending)

    def _show_result(self) -> None:
        entry = self._desk.instructions.entry(self._sent) if self._sent else None
        text, role = ("", "second") if entry is None else result_words(entry)
        self.result.setText(text)
        self.result.setVisible(bool(text))
        set_role(self.result, role)
