"""Cards in a column that scrolls: a title, figures, a bar of what is there, buttons. Kept and refilled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from terminal.views.account.figure_grid import FigureGrid
from terminal.views.appearance import Appearance
from terminal.views.docks import scrolled
from terminal.views.style_sheet import set_role

_MOST_FIGURES, _MOST_BUTTONS = 9, 3
_EDGE = 3
#: A note may begin with one of these, and is shown with it as a lamp
_LAMPS = frozenset("●◐✕⊖")


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button; `key` tells it from the others, `closed` says why it cannot be pressed."""

    key: str
    text: str
    closed: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a card. `tone` is one of ``ok``, ``warn``, ``critical``, ``theo``, ``focus``, ``dim``."""

    key: str
    title: str
    tone: str
    note: str = ""
    figures: tuple[tuple[str, str, str], ...] = ()
    """Label, figure, role"""
    part: float | None = None
    """Of what is needed, 0 to 1, as a bar; None for no bar"""
    buttons: tuple[CardButton, ...] = ()


class _Bar(QWidget):
    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = appearance
        self._part, self._tone = 0.0, "ok"
        self.setFixedHeight(5)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_part(self, part: float, tone: str) -> None:
        if (part, tone) != (self._part, self._tone):
            self._part, self._tone = part, tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is there of what is needed."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.grid)
        painter.fillRect(QRectF(0, 0, self.width() * self._part, self.height()), getattr(theme, self._tone))
        painter.end()


class Card(QFrame):
    """One card; `show_text` changes what differs."""

    def __init__(self, appearance: Appearance, pressed: Callable[[str, str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = appearance
        self.shown: CardText | None = None
        set_role(self, "card")
        self.title, self.note, self.lamp = QLabel(self), QLabel(self), QLabel(self)
        self.lamp.setProperty("dot", True)
        set_role(self.title, "section")
        set_role(self.note, "dim")
        for label in (self.title, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.grid = FigureGrid(_MOST_FIGURES, 1, self)
        self.bar = _Bar(appearance, self)
        self.buttons = [QPushButton(self) for _ in range(_MOST_BUTTONS)]
        row = QHBoxLayout()
        row.setSpacing(6)
        for number, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, n=number: self._press(n, pressed))
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 7, 10, 7)
        layout.setSpacing(3)
        layout.addWidget(self.title)
        layout.addWidget(self.grid)
        layout.addWidget(self.bar)
        verdict = QHBoxLayout()
        verdict.setSpacing(5)
        verdict.addWidget(self.lamp, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self.note, 1)
        layout.addLayout(verdict)
        layout.addLayout(row)

    def show_text(self, text: CardText) -> None:
        """Show it."""
        if text == self.shown:
            return
        self.shown = text
        self.title.setText(text.title)
        lamp, sentence = (text.note[0], text.note[2:]) if text.note[:1] in _LAMPS else ("", text.note)
        role = text.tone if text.tone in ("ok", "warn", "critical") else "dim"
        for label, words in ((self.lamp, lamp), (self.note, sentence)):
            label.setText(words)
            label.setVisible(bool(words))
            set_role(label, role)
        self.grid.show_figures(text.figures)
        self.grid.setVisible(bool(text.figures))
        self.bar.setVisible(text.part is not None)
        self.bar.show_part(text.part or 0.0, text.tone)
        for number, button in enumerate(self.buttons):
            given = text.buttons[number] if number < len(text.buttons) else None
            button.setVisible(given is not None)
            if given is not None:
                button.setText(given.text)
                button.setEnabled(not given.closed)
                button.setToolTip(given.closed)
                set_role(button, "primary" if given.primary else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, and an edge in the tone of the card."""
        super().paintEvent(event)
        if self.shown is not None:
            painter = QPainter(self)
            ink: QColor = getattr(self._look.theme, self.shown.tone)
            painter.fillRect(QRectF(0, 0, _EDGE, self.height()), ink)
            painter.end()

    def _press(self, number: int, pressed: Callable[[str, str], object]) -> None:
        if self.shown is not None and number < len(self.shown.buttons):
            pressed(self.shown.key, self.shown.buttons[number].key)


class CardList(QWidget):
    """`pressed(card, button)` tells a press by the keys."""

    pressed = Signal(str, str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = appearance
        self.cards: list[Card] = []
        self._inner = QWidget()
        set_role(self._inner, "panel")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(8, 6, 8, 8)
        self._column.setSpacing(8)
        self._column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(self._inner))

    def show_cards(self, texts: Sequence[CardText]) -> None:
        """Show these, in this order."""
        while len(self.cards) < len(texts):
            card = Card(self._look, self.pressed.emit, self._inner)
            self._column.insertWidget(len(self.cards), card)
            self.cards.append(card)
        for number, card in enumerate(self.cards):
            if number < len(texts):
                card.show_text(texts[number])
            if card.isHidden() is (number < len(texts)):
                card.setVisible(number < len(texts))

    def texts(self) -> list[CardText]:
        """What is shown."""
        return [card.shown for card in self.cards if card.shown is not None and not card.isHidden()]

    def minimumSizeHint(self) -> QSize:
        """It scrolls."""
        return QSize(240, 120)
