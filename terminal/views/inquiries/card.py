"""The large card: the inquiry that is being answered, with both sides pre-filled as the terms allow.

The prices follow the theoretical price until the user touches them. Every edit is held to the terms and to the desk's
gate at once; what would be refused cannot be sent.
"""

import math
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.domain.contracts import Contract
from terminal.domain.orders import Side
from terminal.domain.quotes import QuoteEntry
from terminal.domain.reasons import Denial
from terminal.rules.obligations.inquiries import InquiryResult
from terminal.services.desk import Desk
from terminal.services.quote_drafts import Facts, QuoteDrafts, Verdict
from terminal.services.risk import RiskService
from terminal.views.appearance import Appearance
from terminal.views.formatting import (
    DASH,
    clock_millis,
)
from terminal.views.inquiries.facts_row import FactsRow
from terminal.views.inquiries.ring import CountdownRing
from terminal.views.inquiries.words import word
from terminal.views.inquiries.worth import fact_boxes
from terminal.views.still_text import put_still
from terminal.views.style_sheet import set_role
from terminal.views.texts import contract_name, denial_sentence
from terminal.views.two_sided.effects import Effects
from terminal.views.two_sided.side_box import SideBox
from terminal.views.two_sided.width_bar import WidthBar
from terminal.views.two_sided.worth import effect_lines, volatility_words

_PARTS = (Fraction(1, 4), Fraction(1, 2), Fraction(1))
_PART_WORDS = ("¼", "½", "1")
_TICK = Decimal("0.0001")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class InquiryCard(QFrame):
    """`answered(entry)` and `declined()` tell what the user wants; the panel does it."""

    answered = Signal(object)
    declined = Signal()

    def __init__(
        self, desk: Desk, drafts: QuoteDrafts, risk: RiskService, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._drafts = drafts
        self._risk = risk
        self._appearance = appearance
        self._result: InquiryResult | None = None
        self._contract: Contract | None = None
        self._facts: Facts | None = None
        self._touched = False
        self._sent = False
        self._part = Fraction(1)
        self.refusal = ""
        """Why the last answer did not leave, or did not stay"""
        self.verdict: Verdict | None = None
        set_role(self, "card")
        self.ring = CountdownRing(appearance, self)
        self.name, self.came = QLabel(self), QLabel(self)
        set_role(self.name, "title")
        set_role(self.came, "second")
        self.facts_row = FactsRow(appearance, self)
        self.bid = SideBox(Side.BUY, appearance, self._tick, self)
        self.ask = SideBox(Side.SELL, appearance, self._tick, self)
        self.width_bar = WidthBar(appearance, self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.effects = Effects(appearance, self)
        self.part_title = QLabel(self)
        set_role(self.part_title, "dim")
        self.parts: list[QPushButton] = []
        self.decline_button, self.widen_button, self.answer_button = (QPushButton(self) for _ in range(3))
        set_role(self.answer_button, "own")
        self._build()
        self.retranslate()
        self.show_inquiry(None, 0.0, 1)

    @property
    def inquiry(self) -> int:
        """The number of the inquiry shown; 0 for none."""
        return 0 if self._result is None else self._result.inquiry

    @property
    def entry(self) -> QuoteEntry | None:
        """What stands in the fields; None while something of it is no figure."""
        bid, ask, bid_size, ask_size = self.bid.price, self.ask.price, self.bid.quantity, self.ask.quantity
        if self._contract is None or bid is None or ask is None or bid_size is None or ask_size is None:
            return None
        return QuoteEntry(
            contract_code=self._contract.code,
            bid_price=bid,
            bid_quantity=bid_size,
            ask_price=ask,
            ask_quantity=ask_size,
        )

    # ---- what the panel does

    def show_inquiry(self, result: InquiryResult | None, left: float, whole: int) -> None:
        """Show an inquiry, another one with fresh fields, none with an empty card."""
        before = self.inquiry
        self._result = result
        if result is None:
            self._contract = self._facts = None
            self._sent, self.refusal = False, ""
        elif result.inquiry != before:
            self._contract = self._desk.market.contract(result.contract_code)
            self._touched = self._sent = False
            self.refusal = ""
        self.ring.show_left(left if result is not None else math.nan, whole)
        usable = self._contract is not None and not self._sent
        for box in (self.bid, self.ask):
            box.set_usable(usable)
        self.decline_button.setEnabled(usable)
        self.widen_button.setEnabled(usable)
        for button in self.parts:
            button.setEnabled(usable)
        if result is None or self._contract is None:
            self._show_empty()
            return
        self._facts = self._drafts.facts(self._contract.code)
        if not self._touched and not self._sent:
            self._fill()
        self._show_head(result)
        self.facts_row.show()
        self._show_facts()
        self._judge()

    def mark_sent(self) -> None:
        """The answer has left; nothing more can be done until the venue has said something."""
        self._sent, self.refusal = True, ""
        self._judge()

    def mark_refused(self, denial_words: str) -> None:
        """The answer did not leave, or the venue refused it: it may be given again."""
        self._sent, self.refusal = False, denial_words
        self._judge()

    @property
    def is_sent(self) -> bool:
        """Whether an answer is on its way."""
        return self._sent

    # ---- what the user does

    def answer(self) -> None:
        """Answer both sides, when nothing speaks against it."""
        entry = self.entry
        if entry is not None and self.answer_button.isEnabled():
            self.answered.emit(entry)

    def decline(self) -> None:
        """Put the inquiry aside."""
        if self.decline_button.isEnabled():
            self.declined.emit()

    def widen(self) -> None:
        """One tick wider, the lower price first; never beyond what is allowed."""
        entry, contract = self.entry, self._contract
        if entry is None or contract is None or self._sent:
            return
        bid, ask = entry.bid_price, entry.ask_price
        tick = contract.tick_size
        odd = int((ask - bid) / tick) % 2
        for lower, upper in (
            ((tick, Decimal(0)), (Decimal(0), tick)) if odd else ((Decimal(0), tick), (tick, Decimal(0)))
        ):
            wider = QuoteEntry(
                contract_code=entry.contract_code,
                bid_price=bid - lower,
                bid_quantity=entry.bid_quantity,
                ask_price=ask + upper,
                ask_quantity=entry.ask_quantity,
            )
            verdict = self._drafts.verdict(wider)
            if wider.bid_price > 0 and verdict is not None and verdict.width <= verdict.allowed:
                self._touched = True
                self.bid.put(wider.bid_price, wider.bid_quantity)
                self.ask.put(wider.ask_price, wider.ask_quantity)
                break
        self._judge()

    def take_part(self, part: Fraction) -> None:
        """Fill both prices anew, so much of the allowed width apart."""
        self._part = part
        if self._contract is not None and not self._sent:
            self._touched = False
            self._fill()
            self._judge()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the fields Enter answers, X declines, W widens: no price has these letters."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.takes(event):
            return True
        return bool(super().eventFilter(watched, event))

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key is one of the card's; if so it is done."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        does = self.answer if event.key() in _ENTER else None
        does = self.decline if event.key() == Qt.Key.Key_X else does
        does = self.widen if event.key() == Qt.Key.Key_W else does
        if does is None or self._result is None:
            return False
        # A key held down widens on, but sends and declines only once
        if not event.isAutoRepeat() or does == self.widen:
            does()
        return True

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.bid.retranslate()
        self.ask.retranslate()
        self.decline_button.setText(word("Decline  X"))
        self.decline_button.setToolTip(word("Give no answer: it counts as not answered"))
        self.widen_button.setText(word("Widen  W"))
        self.widen_button.setToolTip(word("One tick wider, up to what is allowed"))
        self.part_title.setText(word("Part of the allowed width"))
        for button, part in zip(self.parts, _PARTS, strict=True):
            button.setToolTip(word("Fill in {part} of the allowed width").format(part=f"{float(part):.0%}"))
        self._judge()

    # ---- inside

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.ring)
        said = QVBoxLayout()
        said.setSpacing(3)
        for widget in (self.name, self.came, self.facts_row):
            said.addWidget(widget)
        head.addLayout(said, 1)
        sides = QHBoxLayout()
        sides.setSpacing(8)
        sides.addWidget(self.bid, 1)
        sides.addWidget(self.ask, 1)
        widths = QHBoxLayout()
        widths.setSpacing(4)
        widths.addWidget(self.part_title)
        widths.addStretch(1)
        group = QButtonGroup(self)
        for part, words in zip(_PARTS, _PART_WORDS, strict=True):
            button = QPushButton(words, self)
            button.setCheckable(True)
            button.setChecked(part == self._part)
            button.setFixedWidth(34)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_role(button, "dense")
            button.clicked.connect(lambda _=False, p=part: self.take_part(p))
            group.addButton(button)
            self.parts.append(button)
            widths.addWidget(button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, stretch, pressed in (
            (self.decline_button, 2, self.decline),
            (self.widen_button, 2, self.widen),
            (self.answer_button, 5, self.answer),
        ):
            button.setMinimumHeight(30)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, run=pressed: run())
            buttons.addWidget(button, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(7)
        layout.addLayout(head)
        layout.addLayout(sides)
        layout.addWidget(self.width_bar)
        layout.addLayout(widths)
        layout.addWidget(self.effects)
        layout.addWidget(self.said)
        layout.addLayout(buttons)
        for box in (self.bid, self.ask):
            box.edited.connect(self._on_edit)
            for field in (box.price_field, box.size_field):
                field.line.installEventFilter(self)

    def _tick(self) -> Decimal:
        return _TICK if self._contract is None else self._contract.tick_size

    def _on_edit(self) -> None:
        self._touched, self.refusal = True, ""
        self._judge()

    def _fill(self) -> None:
        assert self._contract is not None
        asked = 0 if self._result is None else self._result.quantity
        draft = self._drafts.draft(self._contract.code, self._part, asked)
        if draft is None:
            self.bid.put(None, None)
            self.ask.put(None, None)
        else:
            self.bid.put(draft.bid_price, draft.bid_quantity)
            self.ask.put(draft.ask_price, draft.ask_quantity)

    def _show_empty(self) -> None:
        _put(self.name, word("No inquiry waits"))
        _put(self.came, word("The newest one comes here, pre-filled within the terms"))
        self.facts_row.show_facts(())
        self.facts_row.hide()
        self.bid.put(None, None)
        self.ask.put(None, None)
        self.verdict = None
        self._judge()

    def _show_head(self, result: InquiryResult) -> None:
        assert self._contract is not None
        measure = self._drafts.measure
        opened = DASH if measure is None else clock_millis(measure.moment(result.opened))
        _put(self.name, f"{contract_name(self._contract, self._desk.market)}  {self._contract.code}")
        size = word("{count} asked for").format(count=result.quantity) if result.quantity else word("no size named")
        scope = "" if result.counted else word("not owed") + " · "
        _put(self.came, scope + word("came {time}").format(time=opened) + " · " + size)

    def _show_facts(self) -> None:
        if self._facts is not None and self._contract is not None:
            held = self._desk.portfolio.net_quantity(self._contract.code)
            self.facts_row.show_facts(fact_boxes(self._facts, held, self._appearance))

    def _judge(self) -> None:
        """Hold what stands in the fields to the terms and the gate, and show what filling it would do."""
        entry = self.entry
        self.verdict = None if entry is None or self._sent else self._drafts.verdict(entry)
        shows = self._contract is not None
        text, role = "", "dim"
        if self._sent:
            text, role = word("Sent: the venue's word is awaited"), "second"
        elif self.refusal:
            text, role = f"✕ {self.refusal}", "critical"
        elif shows and entry is None:
            text, role = word("✕ Two prices and two sizes are needed"), "critical"
        elif self.verdict is not None:
            text, role = self._verdict_words(self.verdict.denial)
        self.said.setText(text)
        set_role(self.said, role)
        self.width_bar.show_width(self.verdict, entry.bid_price if entry is not None else None, self._tick())
        fits = self.verdict is not None and self.verdict.denial is None
        self.answer_button.setEnabled(fits and not self._sent)
        self.answer_button.setText(word("Answer both sides  ↵"))
        self._show_effects(entry)

    @staticmethod
    def _verdict_words(denial: Denial | None) -> tuple[str, str]:
        if denial is None:
            return word("✓ Within the terms and the desk's limits"), "ok"
        return f"✕ {denial_sentence(denial)}", "critical"

    def _show_effects(self, entry: QuoteEntry | None) -> None:
        contract, facts = self._contract, self._facts
        if contract is None or facts is None or entry is None:
            self.effects.show_lines(())
            for box in (self.bid, self.ask):
                put_still(box.note, "")
            return
        table = self._risk.table([contract.underlying])
        held = self._desk.portfolio.net_quantity(contract.code)
        self.effects.show_lines(effect_lines(entry, facts, contract.multiplier, table, held))
        implied = self._drafts.volatilities(contract.code, entry.bid_price, entry.ask_price)
        for box, volatility in zip((self.bid, self.ask), implied, strict=True):
            put_still(box.note, volatility_words(volatility))


def _put(label: QLabel, text: str) -> None:
    """Labels lay themselves out again even for the same text."""
    if label.text() != text:
        label.setText(text)
