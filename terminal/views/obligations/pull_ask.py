"""The question before quotes are given up by choice (义务拦截): what it does to the contract rate, do it or not.

It stands in the window and takes nothing away: STOP, its tiers and every cancel go on while it is asked.
"""

import math
from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.rules.obligations.control import PullQuestion, pull_question
from terminal.services.market_data import MarketData
from terminal.views.formatting import duration
from terminal.views.obligations.standing import StandingSource
from terminal.views.obligations.words import word
from terminal.views.style_sheet import set_role
from terminal.views.texts import name_of

_WIDTH = 460
#: Below the bars of the window
_TOP = 90


def rate_words(question: PullQuestion) -> str:
    """What giving up costs the contract rate: how many still reach theirs, or that it breaks."""
    if question.breaks:
        return word("the contract rate breaks with it")
    counted = word("contracts that reach theirs: {after}, asked {required}")
    return counted.format(after=question.reachable_after, required=question.required)


class PullAsk(QFrame):
    """One question at a time; a newer one takes the place of the older."""

    def __init__(self, source: StandingSource, market: MarketData, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._source = source
        self._market = market
        self._codes: tuple[str, ...] = ()
        self._do: Callable[[], object] | None = None
        set_role(self, "drop")
        self.setFixedWidth(_WIDTH)
        self.asked, self.costs = QLabel(), QLabel()
        set_role(self.asked, "title")
        set_role(self.costs, "critical")
        self.do_button, self.leave_button = QPushButton(), QPushButton()
        self.do_button.clicked.connect(lambda _=False: self.answer(yes=True))
        self.leave_button.clicked.connect(lambda _=False: self.answer(yes=False))
        set_role(self.leave_button, "primary")
        box = QVBoxLayout(self)
        for label in (self.asked, self.costs):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            box.addWidget(label)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.do_button)
        row.addWidget(self.leave_button)
        box.addLayout(row)
        self.hide()

    def question(self, codes: Collection[str]) -> PullQuestion | None:
        """What giving these contracts up to the close would break; None where the contract rate holds."""
        standing = self._source.now(fresh=True) if codes else None
        if standing is None:
            return None
        found = pull_question(standing.figures, frozenset(codes))
        return found if found.breaks else None

    def ask(self, codes: Collection[str], do: Callable[[], object]) -> bool:
        """Do it at once, True; or, where it breaks the contract rate, once a person has said so."""
        if self.question(codes) is None:
            do()
            return True
        self._codes, self._do = tuple(codes), do
        self._name()
        parent = self.parentWidget()
        self.adjustSize()
        if parent is not None:
            self.move((parent.width() - self.width()) // 2, _TOP)
        self.show()
        self.raise_()
        self.leave_button.setFocus()
        return False

    def answer(self, *, yes: bool) -> None:
        """Do it, or keep quoting."""
        do, self._do = self._do, None
        self.hide()
        if yes and do is not None:
            do()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc keeps quoting; Enter presses the button in focus; no other key goes by here to what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.answer(yes=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer(yes=self.do_button.hasFocus())

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange and self._do is not None:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        found = self.question(self._codes)
        what = name_of(self._codes[0], self._market)
        if len(self._codes) > 1:
            what = word("{count} contracts").format(count=len(self._codes))
        self.asked.setText(word("Take out {contract}?").format(contract=what))
        self.do_button.setText(word("Take out"))
        self.leave_button.setText(word("Keep quoting"))
        if found is None:
            return
        counted = word("contracts that reach theirs: {after}, asked {required}")
        parts = [rate_words(found), counted.format(after=found.reachable_after, required=found.required)]
        if found.seconds_until_break is not None and math.isfinite(found.seconds_until_break):
            back = word("it holds if they are back within {time}")
            parts.append(back.format(time=duration(found.seconds_until_break)))
        self.costs.setText(" · ".join(parts))
