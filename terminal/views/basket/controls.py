"""How the basket is sent: type, one by one or at once, which leg first, how many baskets, and the net price to hold to.

They tell what was chosen and show what they are given; `panel.py` decides. What is chosen stands below in a sentence.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.domain.errors import BadInput
from terminal.domain.orders import OrderType
from terminal.services.basket import ORDER_TYPES, Basket, LegOrder, Pace
from terminal.services.basket_plan import read_net
from terminal.views.basket.words import (
    NO_COMBINATION_BOOK,
    ORDER_TIPS,
    ORDERS,
    PACE_TIPS,
    PACES,
    TYPES,
    net_words,
    word,
)
from terminal.views.step_field import StepField
from terminal.views.style_sheet import set_role
from terminal.views.texts import words

_TICK = Decimal("0.0001")
_LABEL_WIDTH = 60
Choice = TypeVar("Choice", bound=StrEnum)


class BasketControls(QWidget):
    """Everything between the legs and what sends them."""

    type_chosen = Signal(object)
    pace_chosen = Signal(object)
    order_chosen = Signal(object)
    units_typed = Signal(str)
    limit_typed = Signal(str)
    limit_now_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.types = {order_type: QPushButton(self) for order_type in ORDER_TYPES}
        self.paces = {pace: QPushButton(self) for pace in Pace}
        self.orders = {order: QPushButton(self) for order in LegOrder}
        self.units, self.limit = StepField(_step_whole, self), StepField(_step_net, self)
        self.limit_now = QPushButton(self)
        self.limit_words, self.notes = QLabel(self), QLabel(self)
        self._labels = {name: QLabel(self) for name in ("units", "type", "pace", "order", "limit")}
        for label in self._labels.values():
            label.setFixedWidth(_LABEL_WIDTH)
            set_role(label, "dim")
        for label in (self.limit_words, self.notes):
            label.setWordWrap(True)
            set_role(label, "note")
        self._lay_out()
        self.units.edited.connect(self.units_typed)
        self.limit.edited.connect(self.limit_typed)
        self.limit_now.clicked.connect(lambda _=False: self.limit_now_wanted.emit())
        self.retranslate()

    def show_basket(self, basket: Basket, unit: int | None) -> None:
        """Show what is chosen; `unit` as in `net_words`."""
        for order_type, button in self.types.items():
            button.setChecked(order_type is basket.order_type)
        for pace, button in self.paces.items():
            button.setChecked(pace is basket.pace)
        for order, button in self.orders.items():
            button.setChecked(order is basket.order)
        self.units.set_text(basket.units_text)
        self.limit.set_text(basket.limit_text)
        self._put(self.limit_words, _limit_words(basket, unit))
        told = [word(PACE_TIPS[basket.pace]), word(ORDER_TIPS[basket.order]), word(NO_COMBINATION_BOOK)]
        self._put(self.notes, " ".join(told))

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        for name, text in (
            ("units", word("Baskets")),
            ("type", word("Type")),
            ("pace", word("Pace")),
            ("order", word("Sequence")),
            ("limit", word("Net limit")),
        ):
            self._labels[name].setText(text)
        for order_type, button in self.types.items():
            button.setText(word(TYPES[order_type]))
            button.setToolTip(words(order_type))
        _name(self.paces, PACES, PACE_TIPS)
        _name(self.orders, ORDERS, ORDER_TIPS)
        self.limit_now.setText(word("Now"))
        self.limit_now.setToolTip(word("The net of the legs' prices as it is now"))
        self.units.line.setAccessibleName(word("How many baskets"))
        self.limit.line.setAccessibleName(word("Net price to hold to"))
        self.limit.line.setPlaceholderText(word("none"))
        tip = word("Above zero the most to pay, below zero the least to receive; looked at again before every leg")
        self.limit.line.setToolTip(tip)

    # ---- inside

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._row("units", [self.units]))
        layout.addLayout(self._choices("type", self.types, self.type_chosen.emit))
        layout.addLayout(self._choices("pace", self.paces, self.pace_chosen.emit))
        layout.addLayout(self._choices("order", self.orders, self.order_chosen.emit))
        layout.addLayout(self._row("limit", [self.limit, self.limit_now], stretched=1))
        layout.addWidget(self.limit_words)
        layout.addWidget(self.notes)

    def _row(self, name: str, widgets: list[QWidget], *, stretched: int = 0) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._labels[name])
        for place, widget in enumerate(widgets):
            row.addWidget(widget, 1 if not stretched or place < stretched else 0)
        return row

    def _choices(
        self, name: str, buttons: Mapping[Choice, QPushButton], chosen: Callable[[object], None]
    ) -> QHBoxLayout:
        group = QButtonGroup(self)
        for choice, button in buttons.items():
            button.setCheckable(True)
            set_role(button, "dense")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            group.addButton(button)
            button.clicked.connect(lambda _=False, c=choice: chosen(c))
        row = self._row(name, list(buttons.values()))
        row.setSpacing(2)
        return row

    @staticmethod
    def _put(label: QLabel, text: str) -> None:
        if text != label.text():
            label.setText(text)
        label.setVisible(bool(text))


def _name(buttons: Mapping[Choice, QPushButton], names: Mapping[Choice, str], tips: Mapping[Choice, str]) -> None:
    for choice, button in buttons.items():
        button.setText(word(names[choice]))
        button.setToolTip(word(tips[choice]))


def _limit_words(basket: Basket, unit: int | None) -> str:
    """A net limit in words, and what it lets the prices do."""
    try:
        limit = read_net(basket.limit_text)
    except BadInput:
        return ""
    if limit is None:
        if basket.order_type is OrderType.MARKET_IOC:
            return word("No limit: orders at market trade at whatever price is there.")
        return word("No limit: every leg is sent at the price that was confirmed.")
    pattern = word("{net} at worst; the prices of legs not sent yet follow the book within it.")
    return pattern.format(net=net_words(limit * (unit or 1), unit))


def _step_whole(text: str, count: int) -> str:
    return str(max(1, (int(text) if text.isascii() and text.isdigit() else 0) + count))


def _step_net(text: str, count: int) -> str:
    try:
        before = read_net(text) or Decimal(0)
    except BadInput:
        return text
    return f"{before + count * _TICK:f}"
