"""What stands beside the ladder: its contract, the switch that arms it, sizes, what a click opens or closes, its line.

They tell what was chosen and show what they are given; `panel.py` decides.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QMouseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from terminal.views.cut_label import CutLabel
from terminal.views.ladder.words import EFFECTS, Effect, lots, word
from terminal.views.settings import Settings
from terminal.views.still_text import put_still
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING

#: The setting of the size above which the ladder asks
ASK_SETTING = "ladder.ask_above"
_ASK_ABOVE = 10
#: Sizes above which the menu lets the ladder ask; 0 for always
ASK_ABOVE = (0, 1, 5, 10, 20, 50)
WIDTH = 290


def kept_ask_above(settings: Settings) -> int:
    """The size above which the ladder asks before it sends, as it was set."""
    kept = settings.read(ASK_SETTING)
    return kept if kept in ASK_ABOVE else _ASK_ABOVE


class SizeButton(QPushButton):
    """A size: the left button chooses it for left clicks, the right one for right clicks."""

    second_chosen = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button's choice."""
        if event.button() is Qt.MouseButton.RightButton:
            self.second_chosen.emit()
        else:
            super().mousePressEvent(event)


class LadderControls(QWidget):
    """`ask_above` gives the size above which the ladder asks."""

    arm_wanted = Signal()
    size_chosen = Signal(int, bool)
    """A size, and whether it is that of right clicks"""
    centre_wanted = Signal()
    confirm_wanted = Signal()
    drop_wanted = Signal()
    ask_above_chosen = Signal(int)

    def __init__(self, sizes: tuple[int, ...], ask_above: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._ask_above = ask_above
        self._is_flat = False
        self.title, self.code = CutLabel(self), QLabel(self)
        set_role(self.title, "title")
        set_role(self.code, "small-figure")
        self.arm, self.centre = QPushButton(self), QPushButton(self)
        self.arm.setCheckable(True)
        self.effect = QComboBox(self)
        for effect in Effect:
            self.effect.addItem("", effect)
        self.more = QToolButton(self)
        self.more.setText("⋯")
        set_role(self.more, "small")
        self.sizes = {size: self._size_button(str(size), partial(int, size)) for size in sizes}
        self.least_size = 0
        """What the obligation asks for, 0 for nothing"""
        self.least = self._size_button("", lambda: self.least_size)
        self.chosen, self.line = QLabel(self), QLabel(self)
        set_role(self.chosen, "note")
        self.line.setWordWrap(True)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # What it says must not move the panels around it: the room is there, and the tip has all of it
        self.line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.line.setMinimumHeight(2 * self.line.fontMetrics().lineSpacing())
        self.send, self.drop = QPushButton(self), QPushButton(self)
        for button in (self.send, self.drop):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        set_role(self.send, "primary")
        for widget in (self.arm, self.centre, self.effect, self.more, self.send, self.drop):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The button of the mouse gives it back at once: whoever arms it shows it, not the click
        self.arm.clicked.connect(lambda _=False: self.arm_wanted.emit())
        self.centre.clicked.connect(lambda _=False: self.centre_wanted.emit())
        self.send.clicked.connect(lambda _=False: self.confirm_wanted.emit())
        self.drop.clicked.connect(lambda _=False: self.drop_wanted.emit())
        self.more.clicked.connect(self._show_menu)
        self._lay_out()
        self.retranslate()
        self.show_question(asks=False)

    # ---- showing

    @property
    def chosen_effect(self) -> Effect:
        """What a click opens or closes."""
        return Effect(self.effect.currentData())

    def show_armed(self, seconds: float | None) -> None:
        """Whether clicks are orders, and for how long nobody may rest; None while they are not."""
        armed = seconds is not None
        self.arm.setChecked(armed)
        set_role(self.arm, "stop-armed" if armed else "")
        text = word("Arm  A") if seconds is None else word("Armed {seconds} s").format(seconds=round(seconds))
        put_still(self.arm, text)

    def show_sizes(self, first: int, second: int, least: int) -> None:
        """Mark the size of left clicks and name that of right ones; `least` is what the obligation asks for."""
        if least != self.least_size:
            self.least_size = least
            self._name_least()
        for size, button in (*self.sizes.items(), (least, self.least)):
            button.setChecked(size == first)
        put_still(self.chosen, word("Left {first} · right {second}").format(first=lots(first), second=lots(second)))

    def show_line(self, text: str, role: str) -> None:
        """The ladder's own line."""
        if text != self.line.text():
            self.line.setText(text)
            self.line.setToolTip(text)
        set_role(self.line, role)

    def show_question(self, *, asks: bool) -> None:
        """Whether the line asks."""
        for button in (self.send, self.drop):
            if button.isHidden() == asks:
                button.setVisible(asks)

    def set_flat(self, *, flat: bool) -> None:
        """Take less height, for the rows below: sizes chosen beside the contract, answers beside the line."""
        if flat == self._is_flat:
            return
        self._is_flat = flat
        self.code.setVisible(not flat)
        if flat:
            self._head.addWidget(self.chosen)
            self._answers.insertWidget(0, self.line, 2)
        else:
            place = self._rows.indexOf(self._answers)
            self._rows.insertWidget(place, self.chosen)
            self._rows.insertWidget(place + 1, self.line, 1)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        for place, effect in enumerate(Effect):
            self.effect.setItemText(place, word(EFFECTS[effect]))
        self.effect.setToolTip(word("Auto: a sale closes what is long, all else opens"))
        self.arm.setToolTip(word("Armed, a click is an order; not used for 60 s it is armed no longer"))
        # The seconds must not move what stands beside it
        texts = word("Armed {seconds} s").format(seconds=60), word("Arm  A")
        self.arm.setMaximumSize(16777215, 16777215)
        self.arm.setMinimumWidth(max(self.arm.fontMetrics().horizontalAdvance(text) for text in texts) + 24)
        self.centre.setText(word("Centre"))
        self.centre.setToolTip(word("Bring the best prices to the middle (Space)"))
        self.more.setToolTip(word("What the ladder asks before it sends"))
        self.send.setText(word("Send  ↵"))
        self.drop.setText(word("Drop  Esc"))
        for button in self.sizes.values():
            button.setToolTip(word("Click: size of left clicks; right click: size of right clicks"))
        self._name_least()

    # ---- inside

    def _name_least(self) -> None:
        self.least.setText(word("Least {size}").format(size=self.least_size))
        self.least.setToolTip(word("The smallest size that the obligation counts"))
        self.least.setVisible(self.least_size > 0)

    def _size_button(self, text: str, size: Callable[[], int]) -> SizeButton:
        button = SizeButton(text, self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setMinimumWidth(30)
        set_role(button, "dense")
        button.clicked.connect(lambda _=False: self.size_chosen.emit(size(), False))
        button.second_chosen.connect(lambda: self.size_chosen.emit(size(), True))
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
        layout.setSpacing(5)
        rows = [QHBoxLayout() for _ in range(4)]
        head, switches, sizes, answers = rows
        self._head, self._answers, self._rows = head, answers, layout
        head.addWidget(self.title, 1)
        head.addWidget(self.code)
        switches.addWidget(self.arm)
        switches.addWidget(self.effect)
        switches.addWidget(self.centre, 1)
        switches.addWidget(self.more)
        for button in (*self.sizes.values(), self.least):
            sizes.addWidget(button, 2 if button is self.least else 1)
        answers.addWidget(self.drop)
        answers.addWidget(self.send, 1)
        for row in rows:
            row.setSpacing(4)
        for row in rows[:3]:
            layout.addLayout(row)
        layout.addWidget(self.chosen)
        layout.addWidget(self.line, 1)
        layout.addLayout(answers)

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Above which size the ladder asks before it sends."""
        menu = QMenu(self)
        menu.addSection(word("Ask before sending"))
        group = QActionGroup(menu)
        for size in ASK_ABOVE:
            text = word("More than {size}").format(size=lots(size)) if size else word("Every order")
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(size == self._ask_above())
            group.addAction(action)
            action.triggered.connect(lambda _=False, n=size: self.ask_above_chosen.emit(n))
        return menu
