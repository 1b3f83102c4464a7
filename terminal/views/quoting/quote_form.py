"""What the two-sided quote ticket is made of: both sides, width, sizes, effects, what lies in the market, buttons."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from terminal.domain.orders import Side
from terminal.views.appearance import Appearance
from terminal.views.quoting.words import word
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING
from terminal.views.two_sided.effects import Effects
from terminal.views.two_sided.side_box import SideBox
from terminal.views.two_sided.width_bar import WidthBar


class QuoteForm(QWidget):
    """The fields; the ticket fills and reads them."""

    edited = Signal()
    size_chosen = Signal(int)
    send_wanted = Signal()
    pull_wanted = Signal()
    row_off_wanted = Signal()

    def __init__(
        self, appearance: Appearance, tick: Callable[[], Decimal], sizes: tuple[int, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.name, self.facts = QLabel(self), QLabel(self)
        set_role(self.name, "title")
        set_role(self.facts, "small-figure")
        self.bid = SideBox(Side.BUY, appearance, tick, self, with_edge=True)
        self.ask = SideBox(Side.SELL, appearance, tick, self, with_edge=True)
        self.width_bar = WidthBar(appearance, self)
        self.sizes = {size: self._size_button(size) for size in sizes}
        self.least = QPushButton(self)
        self.least_size = 0
        self._room = 0
        """Height there is, pixels"""
        self.effects = Effects(appearance, self)
        self.lies, self.said, self.rival = QLabel(self), QLabel(self), QLabel(self)
        self.row_off, self.pull, self.send = (QPushButton(self) for _ in range(3))
        set_role(self.send, "own")
        self._lay_out()
        for box in (self.bid, self.ask):
            box.edited.connect(self.edited)
        self.least.clicked.connect(lambda _=False: self.size_chosen.emit(self.least_size))
        self.pull.clicked.connect(lambda _=False: self.pull_wanted.emit())
        self.send.clicked.connect(lambda _=False: self.send_wanted.emit())
        self.row_off.clicked.connect(lambda _=False: self.row_off_wanted.emit())
        self.retranslate()

    @property
    def lines(self) -> tuple[QLineEdit, ...]:
        """The four lines that are typed in."""
        return tuple(field.line for box in (self.bid, self.ask) for field in (box.price_field, box.size_field))

    def show_size(self, bid: int | None, ask: int | None, least: int) -> None:
        """Mark the button of a size that both sides have; `least` is that of the terms."""
        for size, button in self.sizes.items():
            button.setChecked(bid == ask == size)
        if least != self.least_size:
            self.least_size = least
            self._name_least()
        self.least.setChecked(bid == ask == least)
        self.least.setEnabled(least > 0)

    def show_rival(self, text: str, *, has_row: bool) -> None:
        """Say which strategy quotes the same contract; empty hides the line."""
        if text != self.rival.text():
            self.rival.setText(text)
        if bool(text) == self._strip.isHidden():
            self._strip.setVisible(bool(text))
            self.fit(self._room)
        self.row_off.setVisible(has_row)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.bid.retranslate()
        self.ask.retranslate()
        self._name_least()
        self.pull.setText(word("Pull  C"))
        self.pull.setToolTip(word("Take our quote out; one that answers an inquiry stays for its time"))
        self.row_off.setText(word("Row off"))
        self.row_off.setToolTip(word("Switch both sides of this contract's row of the quoter off, at once"))

    def fit(self, room: int) -> None:
        """Take note of the height there is: where it is short the effects go first."""
        self._room = room
        layout = self.layout()
        assert layout is not None
        least = layout.minimumSize().height()
        if not self.effects.isHidden():
            least -= self.effects.height() + layout.spacing()
        self.effects.setVisible(room >= least + self.effects.height() + layout.spacing())

    def say(self, label: QLabel, text: str) -> None:
        """Put words of two lines into a label; it grows only for what needs more."""
        if text == label.text():
            return
        label.setText(text)
        label.setToolTip(text)
        two = 2 * label.fontMetrics().lineSpacing()
        wanted = max(two, label.heightForWidth(label.width()) if text and label.width() > 0 else 0)
        if wanted != label.height():
            label.setFixedHeight(wanted)
            self.fit(self._room)

    # ---- inside

    def _size_button(self, size: int) -> QPushButton:
        button = QPushButton(str(size), self)
        button.clicked.connect(lambda _=False: self.size_chosen.emit(size))
        return button

    def _lay_out(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(8)
        sides.addWidget(self.bid, 1)
        sides.addWidget(self.ask, 1)
        sizes = QHBoxLayout()
        sizes.setSpacing(4)
        for button in (*self.sizes.values(), self.least):
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_role(button, "dense")
            button.setMinimumWidth(30)
            sizes.addWidget(button, 2 if button is self.least else 1)
        self._strip = QWidget(self)
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.addWidget(self.rival, 1)
        strip.addWidget(self.row_off)
        self._strip.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, stretch in ((self.pull, 1), (self.send, 2)):
            button.setMinimumHeight(30)
            buttons.addWidget(button, stretch)
        for button in (self.pull, self.send, self.row_off):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for label in (self.lies, self.said, self.rival):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        set_role(self.rival, "warn")
        for label in (self.lies, self.said):
            # Whatever they say: a label that grows lets Qt place every dock of the window again
            label.setFixedHeight(2 * label.fontMetrics().lineSpacing())
        for label in (self.name, self.facts):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 8)
        layout.setSpacing(6)
        head = QVBoxLayout()
        head.setSpacing(1)
        head.addWidget(self.name)
        head.addWidget(self.facts)
        layout.addLayout(head)
        layout.addLayout(sides)
        layout.addWidget(self.width_bar)
        layout.addLayout(sizes)
        layout.addLayout(buttons)
        layout.addWidget(self.said)
        layout.addWidget(self.lies)
        layout.addWidget(self._strip)
        layout.addWidget(self.effects)
        layout.addStretch(1)

    def _name_least(self) -> None:
        self.least.setText(word("Least {count}").format(count=self.least_size or "–"))
        self.least.setToolTip(word("The smallest size that counts for the obligation"))
