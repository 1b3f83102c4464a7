"""The strip above the grid: what runs, what is paused, what is staged; pulling everything is never held up.

Where the strip is too narrow for its words the buttons have short ones and the whole in their tips; what the note would
say is in the tip of the first button, and the cause of a fault in a line of its own.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.domain.orders import Side
from terminal.views.cut_label import CutLabel
from terminal.views.quoting.words import word
from terminal.views.style_sheet import set_role
from terminal.views.texts import plain_tip
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE

#: The choice of the underlying, with room for long names and without; what of the note is worth reading
_CHOICE, _SHORT_CHOICE, _NOTE = 96, 78, 60
_GAP, _SHORT_GAP = 5, 3


class QuotingBar(QWidget):
    """Buttons and words; the panel does what they ask for."""

    underlying_wanted = Signal(str)
    start_wanted = Signal()
    pause_wanted = Signal(object)
    """A side"""
    shadow_wanted = Signal(bool)
    pull_wanted = Signal()
    apply_wanted = Signal()
    revert_wanted = Signal()
    sets_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._words: dict[QPushButton | QLabel, tuple[str, str]] = {}
        """Of each button its text and the short one"""
        self._fits_anew = True
        """Whether a text has changed since it was found to fit or not"""
        self._critical = False
        self.is_short = False
        """Whether the words are short ones"""
        strip = QWidget(self)
        strip.setFixedHeight(PANEL_TITLE + 4)
        self._row = row = QHBoxLayout(strip)
        row.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        row.setSpacing(_GAP)
        self.fault = CutLabel()
        set_role(self.fault, "critical")
        self.fault.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 2)
        self.fault.hide()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(strip)
        around.addWidget(self.fault)
        self.underlyings = QComboBox()
        self.underlyings.setMinimumWidth(_CHOICE)
        self.underlyings.activated.connect(lambda _: self.underlying_wanted.emit(str(self.underlyings.currentData())))
        row.addWidget(self.underlyings)
        self.start = self._button(row, self.start_wanted.emit)
        self.pause_bid = self._button(row, lambda: self.pause_wanted.emit(Side.BUY), checkable=True)
        self.pause_ask = self._button(row, lambda: self.pause_wanted.emit(Side.SELL), checkable=True)
        self.shadow = self._button(row, lambda: self.shadow_wanted.emit(self.shadow.isChecked()), checkable=True)
        self.pull = self._button(row, self.pull_wanted.emit)
        set_role(self.pull, "stop")
        self.note = CutLabel()
        set_role(self.note, "second")
        row.addWidget(self.note, 1)
        # For the room that a hidden note leaves: buttons would take it
        row.addStretch()
        self.sets = self._button(row, self.sets_wanted.emit)
        self.staged = QLabel()
        set_role(self.staged, "warn")
        row.addWidget(self.staged)
        self.revert = self._button(row, self.revert_wanted.emit)
        self.apply = self._button(row, self.apply_wanted.emit)
        set_role(self.apply, "primary")
        self._staged = 0
        self._name()

    def show_underlyings(self, entries: list[tuple[str, str]], current: str) -> None:
        """Codes and names to choose from."""
        if entries != [
            (self.underlyings.itemData(n), self.underlyings.itemText(n)) for n in range(self.underlyings.count())
        ]:
            self.underlyings.clear()
            for code, name in entries:
                self.underlyings.addItem(name, code)
        self.underlyings.setCurrentIndex(self.underlyings.findData(current))

    def show_state(
        self, *, active: bool, shadow: bool, bid_paused: bool, ask_paused: bool, note: str, critical: bool
    ) -> None:
        """How the quoter stands."""
        stops, starts = (word("■ Stop quoting"), word("■ Stop")), (word("▶ Start quoting"), word("▶ Start"))
        self._put(self.start, *(stops if active else starts))
        for button, checked in ((self.pause_bid, bid_paused), (self.pause_ask, ask_paused)):
            if button.isChecked() != checked:
                button.setChecked(checked)
        if active and self.shadow.isChecked() != shadow:
            self.shadow.setChecked(shadow)
        if (note, critical) != (self.note.text(), self._critical):
            self._critical = critical
            self.note.setText(note)
            self.fault.setText(note if critical else "")
            set_role(self.note, "critical" if critical else "second")
            self._fit()
        elif self._fits_anew:
            self._fit()

    def show_staged(self, count: int) -> None:
        """How many cells wait."""
        self._staged = count
        self._put(self.staged, word("{count} staged").format(count=count) if count else "", "")
        self._put(self.apply, word("Apply ↵"), word("Apply {count}").format(count=count) if count else word("Apply ↵"))
        self.apply.setEnabled(count > 0)
        self.revert.setEnabled(count > 0)
        if self._fits_anew:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for all words, or no longer."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self._fit()
        elif event.type() == QEvent.Type.StyleChange:
            self._fits_anew = True

    def _name(self) -> None:
        pulls = word("Stops every quoter and takes out every quote, at once")
        for button, text, short, tip in (
            (self.pause_bid, word("Pause bids"), word("❚❚ Bids"), word("Pause bids")),
            (self.pause_ask, word("Pause asks"), word("❚❚ Asks"), word("Pause asks")),
            (self.shadow, word("Shadow"), word("Shadow"), word("Shadow mode: runs, asks the gate, sends nothing")),
            (self.pull, word("Pull all"), word("Pull all"), pulls),
            (self.sets, word("Sets…"), "⋯", word("Saved sets, defaults by moneyness, undo")),
            (self.revert, word("Revert"), "↶", word("Drops what is staged  [Esc]")),
        ):
            self._put(button, text, short)
            button.setToolTip(tip)
        self.apply.setToolTip(word("Puts every staged cell in force while the quoter runs  [Ctrl+Return]"))
        self.show_staged(self._staged)

    def _put(self, widget: QLabel | QPushButton, text: str, short: str) -> None:
        """Take note of both texts; what differs is shown by the next `_fit`."""
        if self._words.get(widget) != (text, short):
            self._words[widget] = text, short
            widget.setAccessibleName(text)
            self._fits_anew = True

    def _fit(self) -> None:
        """Show all words where there is room for them, else the short ones."""
        self._fits_anew = False
        longer = sum(_advance(widget, texts[0]) - _advance(widget) for widget, texts in self._words.items())
        gaps = (_GAP - self._row.spacing()) * (self._row.count() - 1)
        choice = _CHOICE - self.underlyings.minimumWidth()
        full = self._row.minimumSize().width() + longer + gaps + choice
        self.is_short = full + _NOTE > self.width()
        self.underlyings.setMinimumWidth(_SHORT_CHOICE if self.is_short else _CHOICE)
        self._row.setSpacing(_SHORT_GAP if self.is_short else _GAP)
        for widget, texts in self._words.items():
            if widget.text() != texts[self.is_short]:
                widget.setText(texts[self.is_short])
        self.start.setToolTip(plain_tip(self.note.text()) if self.is_short else "")
        self.note.setVisible(not self.is_short)
        self.fault.setVisible(self.is_short and self._critical)

    @staticmethod
    def _button(row: QHBoxLayout, pressed: Callable[[], object], *, checkable: bool = False) -> QPushButton:
        button = QPushButton()
        button.setCheckable(checkable)
        button.clicked.connect(lambda _=False: pressed())
        row.addWidget(button)
        return button


def _advance(widget: QLabel | QPushButton, text: str | None = None) -> int:
    """How wide a text is on a widget, by itself the one that is shown."""
    return widget.fontMetrics().horizontalAdvance(widget.text() if text is None else text)
