"""A form of named fields (参数表单): a label, an editor and a note each, refusals beside the field they concern.

What is typed is text until it is taken; a field that differs from what is in force is marked as staged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from terminal.domain.errors import BadInput
from terminal.strategies.parameters import FieldKind
from terminal.views.strategies.words import refusal_beside_field
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING

_LONGEST_TEXT, _LONGEST_ROWS = 200, 4_000
_EDITOR_WIDTH = 120
#: Most that a choice and a label are given, pixels
_WIDEST_CHOICE, _WIDEST_LABEL = 240, 150
Editor = QLineEdit | QComboBox | QCheckBox | QLabel


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `choices` are values and their words; of text they are proposals that may be typed over."""

    name: str
    label: str
    kind: FieldKind
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class FieldForm(QScrollArea):
    """Fields under each other. `judge` raises BadInput for text that a field does not take."""

    edited = Signal()

    def __init__(self, judge: Callable[[str, str], None], warns: Callable[[str, str], str]) -> None:
        super().__init__()
        self._judge = judge
        self._warns = warns
        """What is to be said of a text that is taken, empty for nothing"""
        self._fields: tuple[FormField, ...] = ()
        self._in_force: dict[str, str] = {}
        self.editors: dict[str, Editor] = {}
        self.notes: dict[str, QLabel] = {}
        self._labels: dict[str, QLabel] = {}
        self._refused: dict[str, BadInput] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_fields((), {})

    def show_fields(self, fields: Sequence[FormField], in_force: Mapping[str, str]) -> None:
        """Build the form anew over the texts in force."""
        self._fields, self._in_force = tuple(fields), dict(in_force)
        self.editors, self.notes, self._labels, self._refused = {}, {}, {}, {}
        inside = QWidget()
        set_role(inside, "panel")
        grid = QGridLayout(inside)
        grid.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        for row, field in enumerate(self._fields):
            label, note = QLabel(field.label), QLabel()
            for text in (label, note):
                text.setTextFormat(Qt.TextFormat.PlainText)
            note.setWordWrap(True)
            note.setMinimumWidth(60)
            editor = self._editor(field)
            editor.setAccessibleName(field.label)
            self.editors[field.name], self.notes[field.name], self._labels[field.name] = editor, note, label
            grid.addWidget(label, row, 0)
            if editor.maximumWidth() > _EDITOR_WIDTH and isinstance(editor, QComboBox):
                # A long choice takes room from its own note, not from all of them
                line = QHBoxLayout()
                line.setSpacing(grid.horizontalSpacing())
                line.addWidget(editor)
                line.addWidget(note, 1)
                grid.addLayout(line, row, 1, 1, 2)
            else:
                grid.addWidget(editor, row, 1)
                grid.addWidget(note, row, 2)
        widest = max((label.sizeHint().width() for label in self._labels.values()), default=0)
        for label in self._labels.values():
            label.setWordWrap(True)
            label.setFixedWidth(min(widest, _WIDEST_LABEL))
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(self._fields), 1)
        self.setWidget(inside)
        self._write(self._in_force)
        self._look()

    def rename(self, fields: Sequence[FormField]) -> None:
        """The same fields in other words; what was typed stays."""
        typed, refused, in_force = self.texts(), dict(self._refused), self._in_force
        self.show_fields(fields, in_force)
        self._write(typed)
        self._refused = refused
        self._look()

    def texts(self) -> dict[str, str]:
        """What is typed, by field; fields that cannot be edited here are left out."""
        return {name: text for name, editor in self.editors.items() if (text := _text(editor)) is not None}

    @property
    def staged(self) -> list[str]:
        """Fields that differ from what is in force."""
        return [name for name, text in self.texts().items() if text.strip() != self._in_force.get(name, "")]

    def revert(self) -> None:
        """Back to what is in force."""
        self._refused = {}
        self._write(self._in_force)
        self._look()

    def refuse(self, error: BadInput) -> bool:
        """Say beside its field what was not taken; False when there is no such field here."""
        if error.field not in self.notes:
            return False
        self._refused[error.field] = error
        self._look()
        self.ensureWidgetVisible(self.editors[error.field])
        return True

    def check(self) -> bool:
        """Judge every field; whether all are taken. The first that is not comes into sight."""
        self._refused = {}
        for name, text in self.texts().items():
            try:
                self._judge(name, text)
            except BadInput as error:
                self._refused[name] = error
        self._look()
        if self._refused:
            first = next(iter(self._refused))
            self.ensureWidgetVisible(self.editors[first])
            self.editors[first].setFocus(Qt.FocusReason.OtherFocusReason)
        return not self._refused

    # ---- inside

    def _editor(self, field: FormField) -> Editor:
        editor: Editor
        if field.kind is FieldKind.NESTED:
            editor = QLabel("…")
        elif field.kind is FieldKind.SWITCH:
            editor = QCheckBox()
            editor.toggled.connect(lambda _: self._take(field.name))
        elif field.choices:
            editor = QComboBox()
            for value, words in field.choices:
                editor.addItem(words, value)
            if field.kind is not FieldKind.CHOICE:
                editor.setEditable(True)
                line = editor.lineEdit()
                if line is not None:
                    line.setMaxLength(_LONGEST_TEXT)
                    line.setCursorPosition(0)
            editor.currentTextChanged.connect(lambda _: self._take(field.name))
        else:
            editor = QLineEdit()
            editor.setMaxLength(_LONGEST_ROWS if field.kind is FieldKind.ROWS else _LONGEST_TEXT)
            editor.textChanged.connect(lambda _: self._take(field.name))
        if isinstance(editor, QComboBox) and not editor.isEditable():
            editor.setFixedWidth(max(min(editor.sizeHint().width(), _WIDEST_CHOICE), _EDITOR_WIDTH))
        elif not isinstance(editor, QCheckBox):
            editor.setFixedWidth(_EDITOR_WIDTH)
        return editor

    def _take(self, name: str) -> None:
        self._refused.pop(name, None)
        text = _text(self.editors[name])
        try:
            self._judge(name, text or "")
        except BadInput as error:
            self._refused[name] = error
        self._look_at(name)
        self.edited.emit()

    def _write(self, texts: Mapping[str, str]) -> None:
        for name, editor in self.editors.items():
            editor.blockSignals(True)
            text = texts.get(name, "")
            if isinstance(editor, QCheckBox):
                editor.setChecked(text.strip().lower() in ("true", "yes", "1"))
            elif isinstance(editor, QComboBox):
                place = editor.findData(text)
                editor.setCurrentIndex(place)
                if editor.isEditable() and place < 0:
                    editor.setEditText(text)
                if (line := editor.lineEdit()) is not None:
                    line.setCursorPosition(0)
            elif isinstance(editor, QLineEdit):
                editor.setText(text)
                editor.setCursorPosition(0)
            editor.blockSignals(False)

    def _look(self) -> None:
        for name in self.editors:
            self._look_at(name)

    def _look_at(self, name: str) -> None:
        field = next(field for field in self._fields if field.name == name)
        text, note, label = _text(self.editors[name]), self.notes[name], self._labels[name]
        refused = self._refused.get(name)
        warning = "" if refused is not None or text is None else self._warns(name, text)
        if refused is not None:
            note.setText(refusal_beside_field(refused))
        else:
            note.setText(" · ".join(part for part in (warning, field.note) if part))
        set_role(note, "critical" if refused is not None else "warn" if warning else "note")
        staged = text is not None and text.strip() != self._in_force.get(name, "")
        set_role(label, "warn" if staged else "second")


def _text(editor: Editor) -> str | None:
    """What is typed; None for what is not edited here."""
    if isinstance(editor, QCheckBox):
        return "true" if editor.isChecked() else "false"
    if isinstance(editor, QComboBox):
        place = editor.currentIndex()
        if editor.isEditable() and editor.currentText() != editor.itemText(place):
            return editor.currentText()
        return str(editor.itemData(place)) if place >= 0 else editor.currentText()
    return editor.text() if isinstance(editor, QLineEdit) else None
