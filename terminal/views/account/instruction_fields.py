"""The widgets of the form of an instruction: kinds in groups, fields, notes, effect, result, and the button that sends.

They show what they are given and tell what was chosen; `instruction_form.py` decides. Text of other people is shown as
plain text, never as markup.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.instructions import InstructionKind
from terminal.views.account.figure_grid import FigureGrid
from terminal.views.account.words import KINDS, word
from terminal.views.rows_area import RowsArea
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING

GROUPS: tuple[tuple[str, tuple[InstructionKind, ...]], ...] = (
    (
        "Exercise",
        (
            InstructionKind.EXERCISE,
            InstructionKind.WITHDRAW_EXERCISE,
            InstructionKind.MERGED_EXERCISE,
            InstructionKind.WITHDRAW_MERGED,
        ),
    ),
    ("Combination", (InstructionKind.COMBINE, InstructionKind.RELEASE)),
    (
        "Covered",
        (InstructionKind.LOCK, InstructionKind.UNLOCK, InstructionKind.TO_COVERED, InstructionKind.TO_NAKED),
    ),
    ("Cash", (InstructionKind.CASH_IN, InstructionKind.CASH_OUT, InstructionKind.CONFIRM_STATEMENT)),
    (
        "Shares",
        (
            InstructionKind.BUY_SHARES,
            InstructionKind.SELL_SHARES,
            InstructionKind.SHARES_IN,
            InstructionKind.SHARES_OUT,
            InstructionKind.TO_BROKER,
            InstructionKind.TO_INVESTOR,
        ),
    ),
)
MOST_DIGITS = 12
_KINDS_PER_LINE = 2
#: Rows of the effect that a kind may have at once
_MOST_FIGURES = 10
_WIDE = 520


class InstructionFields(QWidget):
    """`rows` are the fields by the name they have in an instruction: a label and a widget each."""

    kind_chosen = Signal(object)
    edited = Signal()
    """Something was typed"""
    chosen = Signal()
    """Something was picked from a list"""
    all_wanted = Signal()
    best_wanted = Signal()
    sent = Signal()
    """The button was pressed"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fields = QWidget(self)
        set_role(fields, "panel")
        layout = QVBoxLayout(fields)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._build_kinds(layout)
        self.notes: dict[str, QLabel] = {}
        self._note(layout, "instruction")
        self.rows: dict[str, tuple[QLabel, QWidget]] = {}
        self.contract, self.second, self.combination, self.underlying = (QComboBox(self) for _ in range(4))
        self.strategy = QLabel(self)
        self.quantity, self.amount, self.price = (QLineEdit(self) for _ in range(3))
        for line in (self.quantity, self.amount, self.price):
            set_role(line, "figure")
            line.setMaxLength(MOST_DIGITS + 3)
            line.textEdited.connect(lambda _: self.edited.emit())
        self.all_button, self.best_button = QPushButton(self), QPushButton(self)
        self.all_button.clicked.connect(lambda _=False: self.all_wanted.emit())
        self.best_button.clicked.connect(lambda _=False: self.best_wanted.emit())
        size, price = self._with_button(self.quantity, self.all_button), self._with_button(self.price, self.best_button)
        for box in (self.contract, self.second, self.combination, self.underlying):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda _: self.chosen.emit())
        for name, widget, note in (
            ("contract_code", self.contract, ""),
            ("second_code", self.second, ""),
            ("strategy", self.strategy, ""),
            ("combination_id", self.combination, "contract"),
            ("underlying", self.underlying, "underlying"),
            ("price", price, "price"),
            ("quantity", size, "quantity"),
            ("amount", self.amount, "amount"),
        ):
            self._row(layout, name, widget)
            if note:
                self._note(layout, note)
        self._note(layout, "account")
        self.effect = FigureGrid(_MOST_FIGURES, parent=self)
        layout.addWidget(self.effect)
        layout.addStretch(1)
        scroll = RowsArea(fields, self)
        self.result, self.send_button = QLabel(self), QPushButton(self)
        self.result.setWordWrap(True)
        self.result.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.send_button, "primary")
        self.send_button.clicked.connect(lambda _=False: self.sent.emit())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 6)
        outer.setSpacing(4)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.result)
        outer.addWidget(self.send_button)

    def _with_button(self, line: QLineEdit, button: QPushButton) -> QWidget:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(line, 1)
        row.addWidget(button)
        return both

    def _build_kinds(self, layout: QVBoxLayout) -> None:
        self._group_buttons: list[QPushButton] = []
        self.kind_buttons: dict[InstructionKind, QPushButton] = {}
        self._kind_pages: list[QWidget] = []
        groups, kinds = QButtonGroup(self), QButtonGroup(self)
        head = QHBoxLayout()
        head.setSpacing(2)
        for number in range(len(GROUPS)):
            button = QPushButton(self)
            button.setCheckable(True)
            set_role(button, "dense")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, n=number: self.kind_chosen.emit(GROUPS[n][1][0]))
            groups.addButton(button)
            self._group_buttons.append(button)
            # No stretch: room is shared out only when every word has its own
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            head.addWidget(button)
        layout.addLayout(head)
        for _, members in GROUPS:
            page = QWidget(self)
            lines = QVBoxLayout(page)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(2)
            for start in range(0, len(members), _KINDS_PER_LINE):
                row = QHBoxLayout()
                row.setSpacing(2)
                for kind in members[start : start + _KINDS_PER_LINE]:
                    button = QPushButton(self)
                    button.setCheckable(True)
                    set_role(button, "dense")
                    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                    button.clicked.connect(lambda _=False, k=kind: self.kind_chosen.emit(k))
                    kinds.addButton(button)
                    self.kind_buttons[kind] = button
                    row.addWidget(button, 1)
                lines.addLayout(row)
            self._kind_pages.append(page)
            layout.addWidget(page)

    def _row(self, layout: QVBoxLayout, name: str, widget: QWidget) -> None:
        label = QLabel(self)
        set_role(label, "dim")
        label.setMinimumWidth(52)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label)
        row.addWidget(widget, 1)
        layout.addLayout(row)
        self.rows[name] = label, widget

    def _note(self, layout: QVBoxLayout, field: str) -> None:
        note = QLabel(self)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        set_role(note, "critical")
        note.hide()
        self.notes[field] = note
        layout.addWidget(note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two figures to a line where there is room."""
        super().resizeEvent(event)
        self.effect.set_columns(2 if self.width() >= _WIDE else 1)

    # ---- showing

    def show_kind(self, kind: InstructionKind) -> None:
        """Mark a kind and its group."""
        for number, (_, members) in enumerate(GROUPS):
            self._kind_pages[number].setVisible(kind in members)
            self._group_buttons[number].setChecked(kind in members)
        for member, button in self.kind_buttons.items():
            button.setChecked(member is kind)

    def show_notes(self, said: dict[str, str]) -> None:
        """What speaks against the instruction, under the field it concerns."""
        for field, label in self.notes.items():
            label.setText(f"✕ {said[field]}" if field in said else "")
            label.setVisible(field in said)

    def retranslate(self) -> None:
        """Put the words of the language in force where they do not depend on the fields."""
        for number, (name, _) in enumerate(GROUPS):
            self._group_buttons[number].setText(word(name))
        for kind, button in self.kind_buttons.items():
            button.setText(word(KINDS[kind]))
        self.all_button.setText(word("All"))
        self.best_button.setText(word("Best"))
        self.best_button.setToolTip(word("The best price of the other side"))
        self.price.setAccessibleName(word("Price, yuan"))
        self.quantity.setAccessibleName(word("Quantity"))
        self.amount.setAccessibleName(word("Amount, yuan"))


def refill(box: QComboBox, lines: list[tuple[str, str]]) -> None:
    """Put other lines in and keep the choice; nothing moves when they are the same."""
    if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] == lines:
        return
    chosen = box.currentData()
    box.clear()
    for text, data in lines:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(chosen)) if lines else -1)
