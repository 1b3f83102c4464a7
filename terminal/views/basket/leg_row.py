"""One leg of the basket on two lines: side, contract, ratio; what it opens, whose price, the limit; and what is wrong.

It shows what it is given and tells what was chosen; `panel.py` decides.
"""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from terminal.domain.orders import OrderType, Side
from terminal.services.basket import MOST_RATIO, LegEffect, PriceBasis
from terminal.services.basket_plan import LegVerdict
from terminal.views import formatting
from terminal.views.basket.words import BASES, BASIS_TIPS, EFFECTS, leg_failure, word
from terminal.views.cut_label import CutLabel
from terminal.views.step_field import StepField
from terminal.views.style_sheet import set_role
from terminal.views.texts import words

_RATIO_WIDTH = 34
_PRICE_WIDTH = 66
_BASIS_WIDTH = 68


class LegRow(QWidget):
    """A leg at its place in the basket."""

    flipped = Signal()
    removed = Signal()
    ratio_typed = Signal(int)
    effect_chosen = Signal(object)
    basis_chosen = Signal(object)
    price_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side, self.remove_button = QPushButton(self), QToolButton(self)
        self.name = CutLabel(self)
        self.ratio = StepField(_step_ratio, self)
        self.effect, self.basis = QComboBox(self), QComboBox(self)
        self.price = QLineEdit(self)
        self.times, self.book, self.note = QLabel("×", self), QLabel(self), QLabel(self)
        set_role(self.times, "dim")
        self.side.setMinimumWidth(44)
        set_role(self.book, "small-figure")
        set_role(self.note, "critical")
        for label in (self.book, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.ratio.setFixedWidth(_RATIO_WIDTH)
        self.ratio.line.setMaxLength(2)
        # Typed, turned by the wheel, stepped by arrow keys: the name of the contract needs the room
        for button in (self.ratio.less, self.ratio.more):
            button.hide()
        self.basis.setFixedWidth(_BASIS_WIDTH)
        self.price.setFixedWidth(_PRICE_WIDTH)
        self.price.setMaxLength(16)
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight)
        set_role(self.price, "figure")
        self.remove_button.setText("✕")
        self.remove_button.setFixedSize(22, 22)
        set_role(self.remove_button, "small")
        for effect in LegEffect:
            self.effect.addItem("", effect)
        for basis in PriceBasis:
            self.basis.addItem("", basis)
        for box in (self.effect, self.basis):
            # As wide as the column lets them be, not as their longest word asks
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(3)
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_leg(self, one: LegVerdict, names: tuple[str, ...], order_type: OrderType) -> None:
        """Show a leg as it is judged now; `names` of its contract, the longest first."""
        leg, market = one.leg, one.market
        buys = leg.side is Side.BUY
        self.side.setText(words(leg.side))
        set_role(self.side, "buy" if buys else "sell")
        self.name.set_forms(*names)
        self.ratio.set_text(str(leg.ratio))
        self._choose(self.effect, leg.effect)
        # The first says what it comes to, as the ticket's buttons do; the side stands above it
        auto = f"{word(EFFECTS[LegEffect.USUAL])} · {words(one.instruction.position_effect)}"
        self.effect.setItemText(0, auto if leg.effect is LegEffect.USUAL else word(EFFECTS[LegEffect.USUAL]))
        self.effect.setToolTip(words(one.instruction))
        self._choose(self.basis, leg.basis)
        priced = order_type.has_price
        self.basis.setEnabled(priced)
        self.basis.setToolTip(word(BASIS_TIPS[leg.basis]))
        self._show_price(one, order_type)
        bid, ask, worth = (None, None, None) if market is None else (market.bid, market.ask, market.theoretical)
        self.book.setText(
            word("bid {bid}  ask {ask}  theo {worth}").format(bid=_price(bid), ask=_price(ask), worth=_price(worth))
        )
        failure = leg_failure(one, order_type)
        self.note.setText(f"✕ {failure}" if failure else "")
        self.note.setVisible(bool(failure))

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        for place, effect in enumerate(LegEffect):
            self.effect.setItemText(place, word(EFFECTS[effect]))
        for place, basis in enumerate(PriceBasis):
            self.basis.setItemText(place, word(BASES[basis]))
        self.side.setToolTip(word("Buy or sell: click for the other side"))
        self.remove_button.setToolTip(word("Take the leg out (Del)"))
        self.ratio.setToolTip(word("Contracts of this leg in one basket"))
        self.side.setAccessibleName(word("Side of the leg"))
        self.remove_button.setAccessibleName(word("Take the leg out (Del)"))
        self.ratio.line.setAccessibleName(word("Contracts of this leg in one basket"))
        self.effect.setAccessibleName(word("What the leg opens or closes"))
        self.basis.setAccessibleName(word("Where the price of the leg comes from"))
        self.price.setAccessibleName(word("Price of the leg"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the leg out."""
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    # ---- inside

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.setSpacing(3)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(4)
            layout.addLayout(row)
        first.addWidget(self.side)
        first.addWidget(self.name, 1)
        first.addWidget(self.times)
        first.addWidget(self.ratio)
        first.addWidget(self.remove_button)
        second.addWidget(self.effect, 1)
        second.addWidget(self.basis)
        second.addWidget(self.price)
        layout.addWidget(self.book)
        layout.addWidget(self.note)

    def _connect(self) -> None:
        self.side.clicked.connect(lambda _=False: self.flipped.emit())
        self.remove_button.clicked.connect(lambda _=False: self.removed.emit())
        self.ratio.edited.connect(self._on_ratio)
        self.effect.activated.connect(lambda place: self.effect_chosen.emit(self.effect.itemData(place)))
        self.basis.activated.connect(lambda place: self.basis_chosen.emit(self.basis.itemData(place)))
        self.price.textEdited.connect(self.price_typed)

    def _on_ratio(self, text: str) -> None:
        if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_RATIO:
            self.ratio_typed.emit(int(text))

    def _show_price(self, one: LegVerdict, order_type: OrderType) -> None:
        typed = one.leg.basis is PriceBasis.TYPED
        self.price.setEnabled(order_type.has_price)
        if not order_type.has_price:
            text = word("at market")
        elif typed:
            text = one.leg.price_text
        else:
            text = _price(one.limit)
        if text != self.price.text() and not (typed and self.price.hasFocus()):
            self.price.setText(text)

    @staticmethod
    def _choose(box: QComboBox, data: object) -> None:
        place = box.findData(data)
        if place != box.currentIndex() and not box.view().isVisible():
            box.setCurrentIndex(place)


def _price(price: Decimal | None) -> str:
    return formatting.DASH if price is None else f"{price:.4f}"


def _step_ratio(text: str, count: int) -> str:
    return str(min(max(1, (int(text) if text.isascii() and text.isdigit() else 0) + count), MOST_RATIO))
