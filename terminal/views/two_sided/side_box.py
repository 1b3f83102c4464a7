"""One side of a quote by hand: its price and its size, on the ground of its side of the book."""

import math
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from terminal.domain.orders import Side
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, MINUS, decimals_of
from terminal.views.step_field import StepField
from terminal.views.still_text import put_still
from terminal.views.style_sheet import set_role
from terminal.views.theme import RADIUS_BUTTON
from terminal.views.two_sided.words import word

_DEAREST = Decimal(9999)


class SideBox(QWidget):
    """`edited` fires on every change by hand or step; `price` and `quantity` are None for what is no figure."""

    edited = Signal()

    def __init__(
        self,
        side: Side,
        appearance: Appearance,
        tick: Callable[[], Decimal],
        parent: QWidget | None = None,
        *,
        with_edge: bool = False,
    ) -> None:
        """`with_edge` shows below how far the price lies from the theoretical one."""
        super().__init__(parent)
        self._side = side
        self._appearance = appearance
        self._tick = tick
        self.title, self.note = QLabel(self), QLabel(self)
        set_role(self.title, "bid" if side is Side.BUY else "ask")
        set_role(self.note, "small-figure")
        self.price_field = StepField(self._step_price, self)
        # What stands there is or becomes our price in the book: in the colour of our own everywhere
        set_role(self.price_field.line, "own-figure")
        self.size_field = StepField(_step_size, self)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(5)
        layout.addLayout(head)
        for box in (self.price_field, self.size_field):
            layout.addWidget(box)
            box.edited.connect(lambda _text: self.edited.emit())
        self.edge_title, self.edge = QLabel(self), QLabel(self)
        set_role(self.edge_title, "dim")
        set_role(self.edge, "figure")
        for label in (self.note, self.edge):
            # It keeps the widest room it has needed
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = QHBoxLayout()
        foot.addWidget(self.edge_title, 1)
        foot.addWidget(self.edge)
        layout.addLayout(foot)
        for label in (self.edge_title, self.edge):
            label.setVisible(with_edge)
        appearance.changed.connect(self.update)

    @property
    def price(self) -> Decimal | None:
        """Yuan."""
        return _decimal(self.price_field.text)

    @property
    def quantity(self) -> int | None:
        """Contracts."""
        text = self.size_field.text.strip()
        return int(text) if text.isascii() and text.isdigit() else None

    def put(self, price: Decimal | None, quantity: int | None) -> None:
        """Fill both fields; None empties them."""
        decimals = decimals_of(self._tick())
        self.price_field.set_text("" if price is None else f"{price:.{decimals}f}")
        self.size_field.set_text("" if quantity is None else str(quantity))

    def show_edge(self, ticks: float | None) -> None:
        """Ticks on our side of the theoretical price; negative ones give something away."""
        if ticks is None or not math.isfinite(ticks):
            put_still(self.edge, DASH)
            set_role(self.edge, "figure")
            return
        put_still(self.edge, word("{ticks} ticks").format(ticks=f"{ticks:+.1f}".replace("-", MINUS)))
        set_role(self.edge, "figure-warn" if ticks < 0 else "figure")

    def set_usable(self, usable: bool) -> None:
        """Grey without an inquiry."""
        for box in (self.price_field, self.size_field):
            box.setEnabled(usable)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.title.setText(word("My bid") if self._side is Side.BUY else word("My ask"))
        self.price_field.line.setAccessibleName(self.title.text())
        self.size_field.line.setAccessibleName(word("Size"))
        self.edge_title.setText(word("Edge"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the side."""
        appearance = self._appearance
        buys = self._side is Side.BUY
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(appearance.bid if buys else appearance.ask)
        painter.setOpacity(0.9)
        painter.setBrush(appearance.bid_cell if buys else appearance.ask_cell)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_BUTTON, RADIUS_BUTTON)
        painter.end()

    def _step_price(self, text: str, count: int) -> str:
        tick, value = self._tick(), _decimal(text)
        if value is None:
            return text
        moved = min(max((value // tick + count) * tick, tick), _DEAREST)
        return f"{moved:.{decimals_of(tick)}f}"


def _step_size(text: str, count: int) -> str:
    size = int(text) if text.isascii() and text.isdigit() else 0
    return str(min(max(size + count, 1), 999))


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 < value <= _DEAREST else None
