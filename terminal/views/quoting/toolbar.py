"""The strip above the grid: what runs, what is paused, what is staged; pulling everything is never held up."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from terminal.domain.orders import Side
from terminal.views.cut_label import CutLabel
from terminal.views.quoting.words import word
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE


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
        self.setFixedHeight(PANEL_TITLE + 4)
        set_role(self, "panel")
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        row.setSpacing(5)
        self.underlyings = QComboBox()
        self.underlyings.setMinimumWidth(96)
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
        self.sets = self._button(row, self.sets_wanted.emit)
        self.staged = QLabel()
        set_role(self.staged, "warn")
        row.addWidget(self.staged)
        self.revert = self._button(row, self.revert_wanted.emit)
        self.apply = self._button(row, self.apply_wanted.emit)
        set_role(self.apply, "primary")
        self._name()
        self.show_staged(0)

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
        self._set_text(self.start, word("■ Stop quoting") if active else word("▶ Start quoting"))
        for button, checked in ((self.pause_bid, bid_paused), (self.pause_ask, ask_paused)):
            if button.isChecked() != checked:
                button.setChecked(checked)
        if active and self.shadow.isChecked() != shadow:
            self.shadow.setChecked(shadow)
        if self.note.text() != note:
            self.note.setText(note)
        set_role(self.note, "critical" if critical else "second")

    def show_staged(self, count: int) -> None:
        """How many cells wait."""
        self._set_text(self.staged, word("{count} staged").format(count=count) if count else "")
        self.apply.setEnabled(count > 0)
        self.revert.setEnabled(count > 0)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        self.pause_bid.setText(word("Pause bids"))
        self.pause_ask.setText(word("Pause asks"))
        self.shadow.setText(word("Shadow"))
        self.shadow.setToolTip(word("Shadow mode: runs, asks the gate, sends nothing"))
        self.pull.setText(word("Pull all"))
        self.pull.setToolTip(word("Stops every quoter and takes out every quote, at once"))
        self.sets.setText(word("Sets…"))
        self.sets.setToolTip(word("Saved sets, defaults by moneyness, undo"))
        self.revert.setText(word("Revert"))
        self.apply.setText(word("Apply ↵"))
        self.apply.setToolTip(word("Puts every staged cell in force while the quoter runs  [Ctrl+Return]"))

    @staticmethod
    def _set_text(widget: QLabel | QPushButton, text: str) -> None:
        if widget.text() != text:
            widget.setText(text)

    @staticmethod
    def _button(row: QHBoxLayout, pressed: Callable[[], object], *, checkable: bool = False) -> QPushButton:
        button = QPushButton()
        button.setCheckable(checkable)
        button.clicked.connect(lambda _=False: pressed())
        row.addWidget(button)
        return button
