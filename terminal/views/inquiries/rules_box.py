"""The rules of automatic answers (自动应答规则) of each underlying: on and off, staged cells, put in force at once.

A box beside the cockpit; the desk goes on behind it. Who changed what is in the journal, and what is in force is kept
for the next start, off until a person switches it on.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.errors import BadInput
from terminal.strategies.inquiry_rules import ResponderParameters, read_figure, write_field
from terminal.strategies.responder_control import ResponderControl, Responders
from terminal.views.appearance import Appearance
from terminal.views.inquiries.kept_rules import KeptRules
from terminal.views.inquiries.rule_words import WIDTHS, rule_refusal
from terminal.views.inquiries.rules_model import COLUMNS, RulesModel
from terminal.views.inquiries.words import word
from terminal.views.style_sheet import set_role
from terminal.views.texts import denial_sentence
from terminal.views.theme import ROW_TABLE

Index = QModelIndex | QPersistentModelIndex
_KEYS = [column.field for column in COLUMNS]
_LONGEST = 12


class _Editors(QStyledItemDelegate):
    """A list for the width's rule, a line for the figures."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a cell."""
        if _KEYS[index.column()] == "width":
            box = QComboBox(parent)
            for code, text in WIDTHS.items():
                box.addItem(word(text), str(code))
            return box
        line = QLineEdit(parent)
        line.setMaxLength(_LONGEST)
        line.setFrame(False)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What is staged, or in force."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Stage it."""
        text = str(editor.currentData()) if isinstance(editor, QComboBox) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        if text != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, text)


@dataclass(frozen=True, slots=True)
class AutomaticAnswers:
    """What the rules of automatic answers stand on."""

    responders: Responders
    kept: KeptRules
    underlyings: Callable[[], list[str]]
    by: Callable[[], str]
    """The person who sits here"""


class RulesBox(QDialog):
    """Made once by the cockpit; `show_for` opens it on an underlying."""

    def __init__(self, automatic: AutomaticAnswers, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._responders = automatic.responders
        self._kept = automatic.kept
        self._underlyings = automatic.underlyings
        self._by = automatic.by
        self._shown = ""
        self.resize(860, 380)
        self.underlying, self.switch = QComboBox(self), QPushButton(self)
        self.switch.setCheckable(True)
        self.state, self.said, self.staged = QLabel(self), QLabel(self), QLabel(self)
        self.model = RulesModel(appearance, self)
        self.table = QTableView(self)
        self.delay, self.never_alone = QLineEdit(self), QCheckBox(self)
        self.delay.setMaxLength(_LONGEST)
        self.delay.setFixedWidth(70)
        self._delay_name = QLabel(self)
        self.add_button, self.remove_button, self.up_button, self.down_button = (QPushButton(self) for _ in range(4))
        self.apply_button, self.revert_button, self.close_button = (QPushButton(self) for _ in range(3))
        self._build()
        self.underlying.activated.connect(lambda _: self._turn(self.underlying.currentText()))
        self.switch.clicked.connect(lambda _=False: self._switch())
        self.model.refused.connect(lambda error: self._say(rule_refusal(error), "critical"))
        self.model.staged_changed.connect(self._show_staged)
        self.delay.textChanged.connect(lambda _: self._show_staged())
        self.never_alone.toggled.connect(lambda _: self._show_staged())
        for button, pressed in (
            (self.add_button, lambda: self._choose(self.model.add(self._row))),
            (self.remove_button, lambda: self.model.remove(self._row)),
            (self.up_button, lambda: self._choose(self.model.move(self._row, -1))),
            (self.down_button, lambda: self._choose(self.model.move(self._row, 1))),
            (self.apply_button, self.apply),
            (self.revert_button, self.revert),
            (self.close_button, self.close),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, run=pressed: run())
        self.retranslate()

    @property
    def control(self) -> ResponderControl | None:
        """The responder that is shown; None before the day's list is here."""
        return self._responders.control(self._shown) if self._shown else None

    def show_for(self, underlying: str) -> None:
        """Open it; what is staged for an underlying that is shown already stays."""
        names = self._underlyings()
        self.underlying.clear()
        self.underlying.addItems(names)
        wanted = underlying if underlying in names else next(iter(names), "")
        self.underlying.setCurrentText(wanted)
        if wanted != self._shown:
            self._turn(wanted)
        self.flush()
        self.show()
        self.raise_()

    def flush(self) -> None:
        """Show how the responder stands."""
        control = self.control
        self.switch.setEnabled(control is not None)
        if control is None:
            return
        responder, entry = control.responder, control.entry
        self.switch.setChecked(control.is_on)
        text = word("■ Stop answering") if control.is_on else word("▶ Answer by rule")
        if self.switch.text() != text:
            self.switch.setText(text)
        counts = word("answered {answered} · stood {stood} · left to a person {left}").format(
            answered=responder.answered, stood=responder.stood, left=responder.left
        )
        cause = f" · {entry.cause}" if entry.cause and not control.is_on else ""
        if self.state.text() != counts + cause:
            self.state.setText(counts + cause)

    def apply(self) -> None:
        """Put what is staged in force, and keep it for the next start."""
        control = self.control
        if control is None:
            return
        try:
            parameters = self._parameters(control)
            control.apply(parameters, self._by())
        except BadInput as error:
            self._say(rule_refusal(error), "critical")
            return
        self._kept.keep(control.parameters)
        self._take(control.parameters)
        self._say(word("In force"), "ok")

    def revert(self) -> None:
        """Drop what is staged."""
        control = self.control
        if control is not None:
            self._take(control.parameters)
            self.said.clear()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.setWindowTitle(word("Automatic answers"))
        self._delay_name.setText(word("Delay, s"))
        self.delay.setAccessibleName(word("Delay, s"))
        self.never_alone.setText(word("Never alone on top"))
        self.never_alone.setToolTip(
            word("Never better than the best of the others; where nobody else quotes a side it is left to a person")
        )
        self.add_button.setText(word("Add"))
        self.remove_button.setText(word("Remove"))
        self.up_button.setText("▲")
        self.up_button.setToolTip(word("Try it earlier: the first rule that fits decides"))
        self.down_button.setText("▼")
        self.down_button.setToolTip(word("Try it later: the first rule that fits decides"))
        self.apply_button.setText(word("Apply"))
        self.revert_button.setText(word("Revert"))
        self.close_button.setText(word("Close"))
        self.table.setAccessibleName(self.windowTitle())
        self.model.retranslate()
        self.flush()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _build(self) -> None:
        self.table.setModel(self.model)
        self.table.setItemDelegate(_Editors(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setDefaultSectionSize(ROW_TABLE)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.staged, "warn")
        head, below, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for widget in (self.underlying, self.switch, self.state):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (self.add_button, self.remove_button, self.up_button, self.down_button):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(self.never_alone)
        below.addWidget(self._delay_name)
        below.addWidget(self.delay)
        foot.addWidget(self.said, 1)
        for widget in (self.staged, self.revert_button, self.apply_button, self.close_button):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        column.addLayout(foot)

    @property
    def _row(self) -> int:
        return self.table.currentIndex().row()

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, max(self.table.currentIndex().column(), 0)))

    def _turn(self, underlying: str) -> None:
        """Show another underlying; what was staged for the one before is gone, and said to be."""
        if self._is_staged and underlying != self._shown:
            self._say(word("What was staged for {underlying} is dropped").format(underlying=self._shown), "warn")
        elif underlying != self._shown:
            self.said.clear()
        self._shown = underlying
        control = self.control
        if control is not None:
            self._take(control.parameters)
        self.flush()

    def _take(self, parameters: ResponderParameters) -> None:
        self.delay.setText(write_field(parameters.delay_seconds))
        self.never_alone.setChecked(parameters.never_alone)
        self.model.take(parameters.rules)

    def _parameters(self, control: ResponderControl) -> ResponderParameters:
        running = control.parameters
        delay = read_figure("delay_seconds", self.delay.text().strip(), 0.0, running.latest_seconds)
        return replace(
            running,
            rules=tuple(self.model.rules),
            delay_seconds=float(delay),
            never_alone=self.never_alone.isChecked(),
        )

    @property
    def _is_staged(self) -> bool:
        control = self.control
        if control is None:
            return False
        running = control.parameters
        same = (self.delay.text().strip(), self.never_alone.isChecked()) == (
            write_field(running.delay_seconds),
            running.never_alone,
        )
        return self.model.is_staged or not same

    def _show_staged(self) -> None:
        staged = self._is_staged
        self.staged.setText(word("staged") if staged else "")
        self.apply_button.setEnabled(staged)
        self.revert_button.setEnabled(staged)

    def _switch(self) -> None:
        control = self.control
        if control is None:
            return
        if control.is_on:
            control.stop(self._by())
        else:
            denial = control.start(self._by())
            if denial is not None:
                self._say(denial_sentence(denial), "critical")
        self.flush()

    def _say(self, text: str, role: str) -> None:
        self.said.setText(text)
        set_role(self.said, role)
