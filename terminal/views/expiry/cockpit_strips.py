"""The strips of the cockpit: what may be merged, and the foot with its three buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.rules.expiry.exercises import MergedPair
from terminal.services.market_data import MarketData
from terminal.views.expiry.cockpit_figures import proposal_words
from terminal.views.expiry.words import word
from terminal.views.formatting import quantity
from terminal.views.plurals import in_number
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING


def put(widget: QLabel | QPushButton, text: str) -> None:
    """Change a text that differs; Qt lays out anew for one that does not."""
    if widget.text() != text:
        widget.setText(text)


class ProposalStrip(QWidget):
    """Pairs that were found, and a button that takes them."""

    def __init__(self, use: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frame = QFrame(self)
        set_role(self.frame, "proposal")
        self.title, self.text, self.spares = (QLabel(self.frame) for _ in range(3))
        self.use_button = QPushButton(self.frame)
        for label, role in ((self.title, "link"), (self.text, ""), (self.spares, "second")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, role)
        set_role(self.use_button, "primary")
        self.text.setMinimumWidth(60)
        self.text.setWordWrap(True)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(PANEL_PADDING + 2, 4, PANEL_PADDING, 4)
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.text, 1)
        row.addWidget(self.spares)
        row.addWidget(self.use_button)
        self.use_button.clicked.connect(lambda _=False: use())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 6)
        outer.addWidget(self.frame)

    def show_pairs(self, pairs: Sequence[MergedPair], market: MarketData) -> None:
        """Show what was found; the strip is away where there is nothing."""
        self.setVisible(bool(pairs))
        if pairs:
            for label, text in zip((self.title, self.text, self.spares), proposal_words(pairs, market), strict=True):
                put(label, text)
            self.text.setToolTip(self.text.text())

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.use_button.setText(word("Use"))


class CockpitFoot(QWidget):
    """How exercises are entered, take back, bring in shares, submit."""

    def __init__(
        self,
        withdraw: Callable[[], object],
        buy: Callable[[], object],
        submit: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.note = QLabel(self)
        self.withdraw_button, self.buy_button, self.submit_button = (QPushButton(self) for _ in range(3))
        self.underlying = ""
        self.shares = 0
        """Of which underlying how many shares are missing"""
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_PADDING, 5, PANEL_PADDING, 5)
        row.setSpacing(8)
        self.note.setMinimumWidth(40)
        self.note.setWordWrap(True)
        row.addWidget(self.note, 1)
        set_role(self.submit_button, "primary")
        for button, pressed in ((self.withdraw_button, withdraw), (self.buy_button, buy), (self.submit_button, submit)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, run=pressed: run())
            row.addWidget(button)
        set_role(self, "foot")

    def show_missing(self, underlying: str, shares: int) -> None:
        """Offer to bring in what is missing."""
        self.underlying, self.shares = underlying, shares
        self.buy_button.setVisible(bool(shares))
        if shares:
            put(self.buy_button, word("Bring in {shares} shares").format(shares=quantity(shares)))

    def show_plan(self, exercised: int, merged: int, closed: str, *, sending: bool) -> None:
        """Say what the button sends; `closed` is why it cannot."""
        parts = []
        if exercised:
            parts.append(word("exercise {count}").format(count=quantity(exercised)))
        if merged:
            parts.append(in_number(word("merge {count} pairs").format(count=quantity(merged))))
        text = word("Submit: {what}").format(what=" · ".join(parts)) if parts else word("Nothing to submit")
        put(self.submit_button, text)
        self.submit_button.setEnabled(bool(parts) and not closed and not sending)
        self.submit_button.setToolTip(closed)
