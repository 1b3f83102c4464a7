"""Reminders of one's own (自定义提醒): a measure, of what, against what; listed, changed, tried, deleted."""

from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from terminal.alerts.alert import Level
from terminal.alerts.conditions import BOOK, Comparison, Condition, How, Measure, read_condition
from terminal.domain.errors import BadInput
from terminal.services.market_data import MarketData
from terminal.views.alerts.kinds import CODES
from terminal.views.alerts.table_form import table_beside_form, turn
from terminal.views.alerts.words import LEVEL_WORDS, word
from terminal.views.appearance import Appearance
from terminal.views.record_table import RecordTable
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded, name_of, underlying_name
from terminal.views.theme import PANEL_PADDING

HOW_WORDS: Mapping[How, str] = {
    How.ONCE: "once",
    How.DAILY: "once a day",
    How.EVERY: "every time",
}
#: What each measure is given in
UNIT_WORDS: Mapping[Measure, str] = {
    Measure.PRICE: "yuan",
    Measure.VOLATILITY: "a part of one: 0.25 is 25 %",
    Measure.DELTA: "of a contract from -1 to 1; of an underlying, shares of the book",
    Measure.GAMMA: "shares for 1 % of the underlying",
    Measure.VEGA: "yuan for a volatility point",
    Measure.THETA: "yuan a day",
    Measure.SPREAD: "yuan between bid and ask",
    Measure.PROFIT: "yuan today",
    Measure.POSITION: "contracts, net",
}


class ConditionStore(Protocol):
    """Where the user's conditions are."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All of them."""

    def set_condition(self, values: Mapping[str, object]) -> None:
        """Add one, or change the one of its name. Raises BadInput."""

    def remove_condition(self, name: str) -> None:
        """Take one away."""


class ConditionBuilder(QWidget):
    """`reading` measures a condition now, None without a sound value; `current` is the contract others stand on."""

    sample_wanted = Signal(object, object)
    """Show what this Condition looks like once it is met, with the value it has now"""

    def __init__(
        self,
        store: ConditionStore,
        market: MarketData,
        reading: Callable[[Condition], float | None],
        current: Callable[[], str],
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._market = market
        self._reading = reading
        self._current = current
        set_role(self, "panel")
        self.model: RecordTableModel[Condition] = RecordTableModel(self._columns(), parent=self)
        self.table = RecordTable(self.model, appearance, title=lambda: word("Own alerts"), parent=self)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.name, self.of, self.threshold, self.back, self.note = (QLineEdit(self) for _ in range(5))
        for line, most in ((self.name, 40), (self.of, 20), (self.threshold, 20), (self.back, 20), (self.note, 200)):
            line.setMaxLength(most)
        self.back.setText("0")
        self.measure, self.comparison, self.how, self.level = (QComboBox(self) for _ in range(4))
        self.here, self.save, self.delete, self.test = (QPushButton(self) for _ in range(4))
        self.unit, self.said = QLabel(self), QLabel(self)
        self._labels = [QLabel(self) for _ in range(9)]
        set_role(self.unit, "note")
        self.said.setWordWrap(True)
        set_role(self.save, "primary")
        self.measure.currentIndexChanged.connect(self._show_unit)
        self.here.clicked.connect(lambda: self.of.setText(self._current()))
        self.save.clicked.connect(self.keep)
        self.delete.clicked.connect(self.remove)
        self.test.clicked.connect(self.try_out)
        self._build()
        self.retranslate()

    def values(self) -> dict[str, object]:
        """What stands in the form, as settings keep it."""
        return {
            "name": self.name.text().strip(),
            "measure": self.measure.currentData(),
            "of": self.of.text().strip(),
            "comparison": self.comparison.currentData(),
            "threshold": self.threshold.text().strip().replace(",", ""),
            "hysteresis": self.back.text().strip() or "0",
            "how": self.how.currentData(),
            "level": self.level.currentData(),
            "note": self.note.text().strip(),
        }

    def keep(self) -> bool:
        """Put it in force; what cannot be is answered with field, value and rule."""
        try:
            condition = self._checked()
            self._store.set_condition(self.values())
        except BadInput as error:
            self._say(refusal(error), "critical")
            return False
        self._say(word("In force: {name}").format(name=bounded(condition.name)), "ok")
        self._renew(condition.name)
        return True

    def remove(self) -> None:
        """Take the one of this name away."""
        name = self.name.text().strip()
        if any(condition.name == name for condition in self._store.conditions):
            self._store.remove_condition(name)
            self._say(word("Deleted: {name}").format(name=bounded(name)), "second")
            self._renew("")

    def try_out(self) -> None:
        """Say what it measures now, and show what it looks like."""
        try:
            condition = self._checked()
        except BadInput as error:
            self._say(refusal(error), "critical")
            return
        value = self._reading(condition)
        if value is None:
            self._say(word("There is no sound value now"), "warn")
        else:
            met = word("met") if condition.holds(value, False) else word("not met")
            self._say(word("Now {value}: {met}").format(value=f"{value:.6g}", met=met), "second")
        self.sample_wanted.emit(condition, value)

    def retranslate(self) -> None:
        """Words in another language."""
        for box, entries in (
            (self.measure, [(word(CODES[m.value]), m.value) for m in Measure]),
            (self.comparison, [(word(CODES[c.value]), c.value) for c in Comparison]),
            (self.how, [(word(HOW_WORDS[h]), h.value) for h in How]),
            (self.level, [(word(LEVEL_WORDS[level]), int(level)) for level in (Level.TOAST, Level.CARD)]),
        ):
            chosen = box.currentData()
            box.blockSignals(True)
            box.clear()
            for text, value in entries:
                box.addItem(text, value)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)
        names = (
            word("Name"), word("Measure"), word("Of"), word("Is"), word("Threshold"), word("Must come back by"),
            word("How often"), word("Level"), word("Note"),
        )  # fmt: skip
        for label, name, field in zip(self._labels, names, self._fields(), strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        self.of.setPlaceholderText(word("contract code, underlying, or book"))
        self.here.setText(word("This contract"))
        self.save.setText(word("Save"))
        self.delete.setText(word("Delete"))
        self.test.setText(word("Test"))
        self._show_unit()
        self._renew(self.name.text())

    def sizeHint(self) -> QSize:
        """List and form side by side."""
        return QSize(900, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form below the table where they have no room side by side."""
        super().resizeEvent(event)
        turn(self._split, event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _fields(self) -> tuple[QLineEdit | QComboBox, ...]:
        return (
            self.name, self.measure, self.of, self.comparison, self.threshold, self.back, self.how, self.level,
            self.note,
        )  # fmt: skip

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(6)
        for label, field in zip(self._labels, self._fields(), strict=True):
            set_role(label, "dim")
            if field is self.of:
                row = QHBoxLayout()
                row.addWidget(field, 1)
                row.addWidget(self.here)
                form.addRow(label, row)
            else:
                form.addRow(label, field)
            if field is self.measure:
                form.addRow("", self.unit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save, 1)
        buttons.addWidget(self.test)
        buttons.addWidget(self.delete)
        side = QVBoxLayout()
        side.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        side.setSpacing(8)
        side.addLayout(form)
        side.addLayout(buttons)
        side.addWidget(self.said)
        side.addStretch(1)
        held = QWidget(self)
        held.setLayout(side)
        self._split = table_beside_form(self.table, held, self)

    def _columns(self) -> list[TableColumn[Condition]]:
        return [
            TableColumn("name", lambda: word("Name"), lambda c: bounded(c.name), width_chars=22),
            TableColumn("measure", lambda: word("Measure"), lambda c: word(CODES[c.measure.value]), width_chars=14),
            TableColumn("of", lambda: word("Of"), lambda c: self._of_words(c.of), width_chars=22),
            TableColumn("is", lambda: word("Is"), lambda c: word(CODES[c.comparison.value]), width_chars=8),
            TableColumn("threshold", lambda: word("Threshold"), lambda c: f"{c.threshold:f}", RIGHT, width_chars=10),
            TableColumn("how", lambda: word("How often"), lambda c: word(HOW_WORDS[c.how]), width_chars=11),
            TableColumn("level", lambda: word("Level"), lambda c: word(LEVEL_WORDS[c.level]), width_chars=8),
        ]

    def _of_words(self, of: str) -> str:
        if of == BOOK:
            return word("the whole book")
        underlying = self._market.underlying(of)
        return underlying_name(underlying) if underlying is not None else name_of(of, self._market)

    def _checked(self) -> Condition:
        return read_condition(self.values())

    def _show_unit(self) -> None:
        chosen = self.measure.currentData()
        self.unit.setText(word(UNIT_WORDS[Measure(chosen)]) if chosen else "")

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        set_role(self.said, role)

    def _renew(self, name: str) -> None:
        self.model.replace_all((condition.name, condition) for condition in self._store.conditions)
        place = self.model.row_of(name)
        if place is not None:
            self.table.selectRow(place)

    def _on_row(self, index: QModelIndex) -> None:
        condition = self.model.record(index.row())
        if condition is None:
            return
        self.name.setText(condition.name)
        self.of.setText(condition.of)
        self.threshold.setText(f"{condition.threshold:f}")
        self.back.setText(f"{condition.hysteresis:f}")
        self.note.setText(condition.note)
        for box, value in (
            (self.measure, condition.measure.value),
            (self.comparison, condition.comparison.value),
            (self.how, condition.how.value),
            (self.level, int(condition.level)),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
