"""Exemptions by hand (手工豁免): what the exchange agreed to by telephone is written down here, and taken back.

A box beside the dashboard; the desk goes on behind it. What cannot be is refused with field, value and rule, and what
was typed stays.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, QTime
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import BadInput, ascii_safe
from terminal.services.desk import Desk
from terminal.services.hand_exemptions import LONGEST_REASON, HandExemption
from terminal.services.obligations import Obligations
from terminal.views.formatting import clock
from terminal.views.obligations.exempt_words import exempt_refusal, scope_words, scopes_around
from terminal.views.obligations.words import word
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded

_COLUMNS = ("No.", "Contracts", "From", "Until", "By", "Reason", "Now")
#: Around the words of a choice
_BOLD_ROOM = 34
#: What a person most often asks for
_FIRST_MINUTES = 30


class ExemptBox(QDialog):
    """Made once by the dashboard; `show_for` opens it over the rows that are chosen."""

    def __init__(self, desk: Desk, obligations: Obligations, by: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._obligations = obligations
        self._by = by
        self._chosen: tuple[str, ...] = ()
        self._shown: tuple[object, ...] = ()
        self.resize(940, 460)
        self.scope, self.reason, self.time = QComboBox(self), QLineEdit(self), QTimeEdit(self)
        self.reason.setMaxLength(LONGEST_REASON)
        self.time.setDisplayFormat("HH:mm")
        self.until_time, self.until_end = QPushButton(self), QPushButton(self)
        choices = QButtonGroup(self)
        for choice in (self.until_time, self.until_end):
            choice.setCheckable(True)
            choice.setAutoDefault(False)
            choices.addButton(choice)
        self.until_time.setChecked(True)
        self.time.timeChanged.connect(lambda _: self.until_time.setChecked(True))
        self.accepted_note, self.said = QLabel(self), QLabel(self)
        for label in (self.accepted_note, self.said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.accepted_note, "warn")
        self.exempt_button, self.lift_button, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.failure_button = QPushButton()
        self.failure_note = QLabel(self)
        self._asks_failure = False
        for button in (self.lift_button, self.close_button, self.failure_button):
            button.setAutoDefault(False)
        self.exempt_button.setDefault(True)
        self.table = QTableWidget(0, len(_COLUMNS), self)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_COLUMNS.index("Reason"), QHeaderView.ResizeMode.Stretch)
        self._labels = [QLabel(self) for _ in range(4)]
        self.person = QLabel(self)
        self._title = QLabel(self)
        set_role(self._title, "title")
        self._build()
        self.exempt_button.clicked.connect(self.exempt)
        self.lift_button.clicked.connect(self.lift)
        self.close_button.clicked.connect(self.close)
        self.failure_button.clicked.connect(self.declare_failure)
        self.table.itemSelectionChanged.connect(self._on_selection)
        self.retranslate()

    def show_for(self, codes: Sequence[str]) -> None:
        """Open it for contracts; what was typed before for others is kept but for the contracts."""
        self._chosen = tuple(codes)
        self.said.clear()
        self._asks_failure = False
        self._fill_scopes()
        now = self._desk.clock.now().astimezone(SHANGHAI)
        end = self._obligations.day_end
        first = now + timedelta(minutes=_FIRST_MINUTES)
        if not self.reason.text():
            # Whoever opens it anew must say so again where it is to last all day
            first = first if end is None else min(first, end)
            self.time.setTime(QTime(first.hour, first.minute))
            self.until_time.setChecked(True)
        self.flush()
        self.show()
        self.raise_()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Show what has changed."""
        now = self._desk.clock.now()
        self.person.setText(bounded(self._by()))
        self._show_failure()
        self.accepted_note.setVisible(not self._obligations.terms.exemptions.by_hand)
        lines = tuple([(one, one.holds(now)) for one in reversed(self._obligations.by_hand.all)])
        if lines == self._shown and self.table.rowCount() == len(lines):
            return
        kept = {self._number(row) for row in self._rows()}
        self._shown = lines
        self.table.setRowCount(len(lines))
        for row, (one, holds) in enumerate(lines):
            for column, text in enumerate(self._texts(one, holds=holds)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(Qt.ItemDataRole.UserRole, one.number)
                self.table.setItem(row, column, item)
        self.table.clearSelection()
        for row in range(len(lines)):
            if self._number(row) in kept:
                self.table.selectRow(row)
        self._on_selection()

    def exempt(self) -> None:
        """Write it down."""
        codes = self.scope.currentData() or ()
        try:
            told = self._obligations.exempt_by_hand(codes, self._until(), self._by(), self.reason.text())
        except BadInput as error:
            self._say(exempt_refusal(error, self._obligations.day_end), "critical")
            return
        self.reason.clear()
        text = word("Written down: {contracts} exempt until {time}")
        self._say(text.format(contracts=self._what(told.codes), time=clock(told.until)), "ok")
        self.flush()

    def lift(self) -> None:
        """Take back those that are chosen in the list."""
        lifted = [number for number in map(self._number, self._rows()) if self._lift_one(number)]
        if lifted:
            self._say(word("Lifted: {numbers}").format(numbers=", ".join(map(str, lifted))), "ok")
        self.flush()

    def declare_failure(self) -> None:
        """Write down that the exchange has declared a failure of its system, or its end, at the second press."""
        if not self._asks_failure:
            self._asks_failure = True
        else:
            self._asks_failure = False
            self._obligations.set_venue_failure(self._obligations.venue_failed is None, self._by())
        self._show_failure()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.setWindowTitle(word("Exemption by hand"))
        for label, text in zip(
            self._labels, (word("Contracts"), word("Until"), word("Reason"), word("Written down by")), strict=True
        ):
            label.setText(text)
        self.until_time.setText(word("this time"))
        self.until_end.setText(word("the end of the day"))
        for choice in (self.until_time, self.until_end):
            # The one that is chosen is written bold, which Qt makes no room for
            choice.setMinimumWidth(choice.fontMetrics().horizontalAdvance(choice.text()) + _BOLD_ROOM)
        self.reason.setPlaceholderText(word("What was agreed with whom at the exchange"))
        self.exempt_button.setText(word("Exempt from now"))
        self.lift_button.setText(word("Lift"))
        self.close_button.setText(word("Close"))
        self._title.setText(word("Today"))
        self.table.setHorizontalHeaderLabels([word(name) for name in _COLUMNS])
        self.table.setAccessibleName(self.windowTitle())
        self.accepted_note.setText(
            word("The terms in force do not accept exemptions by hand: it is written down, and the time stays owed.")
        )
        self._shown = ()
        self._show_failure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._fill_scopes()
            self.flush()
        super().changeEvent(event)

    # ---- inside

    def _build(self) -> None:
        until = QHBoxLayout()
        for widget in (self.until_time, self.time, self.until_end):
            until.addWidget(widget)
        until.addStretch(1)
        form = QFormLayout()
        form.addRow(self._labels[0], self.scope)
        form.addRow(self._labels[1], until)
        for label, field in zip(self._labels[2:], (self.reason, self.person), strict=True):
            form.addRow(label, field)
        press = QHBoxLayout()
        press.addWidget(self.said, 1)
        press.addWidget(self.exempt_button)
        foot = QHBoxLayout()
        foot.addWidget(self.failure_button)
        foot.addWidget(self.failure_note, 1)
        foot.addWidget(self.lift_button)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.accepted_note)
        column.addLayout(press)
        column.addWidget(self._title)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _fill_scopes(self) -> None:
        self.scope.clear()
        for codes in scopes_around(self._chosen, self._obligations.listed):
            self.scope.addItem(self._what(codes), codes)

    def _show_failure(self) -> None:
        failed = self._obligations.venue_failed
        words = word("Failure of the exchange…") if failed is None else word("The failure is over…")
        self.failure_button.setText(word("Press again to write it down") if self._asks_failure else words)
        self.failure_button.setToolTip(
            word("The exchange has declared a failure of its system: no contract owes anything until it is over")
        )
        said, role = "", "dim"
        if failed is not None:
            text = word("The exchange's system has failed since {time}, {name}: nothing is owed")
            said, role = text.format(time=clock(failed.at), name=bounded(failed.by)), "critical"
        self.failure_note.setText(said)
        set_role(self.failure_note, role)

    def _until(self) -> datetime | None:
        """The time typed, today; None for the day's end."""
        if self.until_end.isChecked():
            return None
        at = self.time.time()
        return (
            self._desk.clock.now()
            .astimezone(SHANGHAI)
            .replace(hour=at.hour(), minute=at.minute(), second=0, microsecond=0)
        )

    def _what(self, codes: Sequence[str]) -> str:
        return scope_words(codes, self._obligations.listed, self._desk.market)

    def _texts(self, one: HandExemption, *, holds: bool) -> tuple[str, ...]:
        if holds:
            state = word("in force")
        elif one.lifted_by:
            state = word("lifted {time} by {name}").format(time=clock(one.end), name=bounded(one.lifted_by))
        else:
            state = word("over")
        return (
            str(one.number),
            self._what(one.codes),
            clock(one.begin),
            clock(one.until),
            bounded(one.by),
            ascii_safe(one.reason),
            state,
        )

    def _rows(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectionModel().selectedRows()})

    def _number(self, row: int) -> int:
        item = self.table.item(row, 0)
        return 0 if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def _lift_one(self, number: int) -> bool:
        return self._obligations.lift_by_hand(number, self._by())

    def _on_selection(self) -> None:
        now = self._desk.clock.now()
        holding = {one.number for one in self._obligations.by_hand.holding(now)}
        self.lift_button.setEnabled(any(self._number(row) in holding for row in self._rows()))

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        set_role(self.said, role)
