"""Settings of reminders: every kind with its level, figures, repetition and sound, each to be tried out (演示)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from terminal.alerts.alert import AlertKind
from terminal.alerts.thresholds import NEVER_OFF, RepetitionSetting, Thresholds
from terminal.domain.errors import BadInput
from terminal.views.alerts.kinds import KINDS
from terminal.views.alerts.samples import LEVELS
from terminal.views.alerts.setting_fields import FIELD_WORDS, FIELDS_OF, read_clock, read_figure, read_whole, written
from terminal.views.alerts.sounds import FULL, TONE_WORDS, VOLUME_STEP, Sounds, Tone
from terminal.views.alerts.table_form import table_beside_form, turn
from terminal.views.alerts.words import LEVEL_WORDS, word
from terminal.views.appearance import Appearance
from terminal.views.record_table import RecordTable
from terminal.views.refusals import refusal
from terminal.views.style_sheet import set_role
from terminal.views.table_model import CENTRE, RecordTableModel, TableColumn
from terminal.views.theme import PANEL_PADDING

_REPETITION = ("every_minutes", "within_minutes", "at", "rest_minutes")


class ThresholdStore(Protocol):
    """Where the figures in force are; the program keeps the user's."""

    @property
    def thresholds(self) -> Thresholds:
        """The figures in force."""

    def set_threshold(self, name: str, value: object) -> None:
        """Put one figure in force and keep it; None takes the default again. Raises BadInput."""


@dataclass(frozen=True, slots=True)
class _KindRow:
    kind: AlertKind
    is_on: bool
    figures: str
    repeats: str
    tone: str


class AlertSettingsPage(QWidget):
    """A table of kinds, and a form for the one chosen. What is typed is in force when its field is left."""

    sample_wanted = Signal(object)
    """Show an example of this AlertKind"""

    def __init__(
        self,
        store: ThresholdStore,
        sounds: Sounds,
        appearance: Appearance,
        volume_changed: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._sounds = sounds
        self._volume_changed = volume_changed
        self.kind = AlertKind.EXERCISE
        self.lines: dict[str, QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        set_role(self, "panel")
        self.model: RecordTableModel[_KindRow] = RecordTableModel(_columns(), parent=self)
        self.table = RecordTable(self.model, appearance, title=lambda: word("Kinds of reminders"), parent=self)
        self.table.setSortingEnabled(False)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.name, self.complaint = QLabel(self), QLabel(self)
        set_role(self.name, "title")
        set_role(self.complaint, "critical")
        self.complaint.setWordWrap(True)
        self.on = QCheckBox(self)
        self.on.toggled.connect(self._switch)
        self.tone = QComboBox(self)
        self.tone.activated.connect(self._choose_tone)
        self.hear, self.show_me, self.default = QPushButton(self), QPushButton(self), QPushButton(self)
        set_role(self.show_me, "primary")
        self.hear.clicked.connect(self._hear)
        self.show_me.clicked.connect(lambda: self.sample_wanted.emit(self.kind))
        self.default.clicked.connect(self._take_defaults)
        self.mute = QCheckBox(self)
        self.mute.setChecked(sounds.muted)
        self.mute.toggled.connect(self._set_muted)
        self.volume = QSlider(Qt.Orientation.Horizontal, self)
        self.volume.setRange(0, FULL // VOLUME_STEP)
        self.volume.setFixedWidth(120)
        self.volume.setValue(sounds.volume // VOLUME_STEP)
        self.volume.valueChanged.connect(lambda step: sounds.set_volume(step * VOLUME_STEP))
        self.volume_words = QLabel(self)
        self._build()
        self.retranslate()

    def show_kind(self, kind: AlertKind) -> None:
        """Put a kind into the form."""
        self.kind = kind
        self.complaint.clear()
        self._fill_form()

    def take(self, name: str) -> bool:
        """Put a field in force; what cannot be is answered with field, value and rule, and the old figure stays."""
        text = self.lines[name].text()
        try:
            if name in _REPETITION:
                self._take_repetition(name, text)
            else:
                now = getattr(self._store.thresholds, name)
                value = read_figure(name, text, now)
                if written(now) != written(tuple(value) if isinstance(value, list) else value):
                    self._store.set_threshold(name, value)
        except BadInput as error:
            self.complaint.setText(refusal(_worded(error)))
            return False
        self.complaint.clear()
        self._renew()
        return True

    def retranslate(self) -> None:
        """Words in another language."""
        self.on.setText(word("Tell me"))
        self.hear.setText(word("Hear it"))
        self.show_me.setText(word("Show me what it looks like"))
        self.default.setText(word("Defaults"))
        self.mute.setText(word("Mute all sounds"))
        self.volume_words.setText(word("Volume"))
        self.volume.setAccessibleName(word("Volume"))
        for field, label in self._labels.items():
            label.setText(word(FIELD_WORDS[field]))
            self.lines[field].setAccessibleName(label.text())
        self._renew()

    def sizeHint(self) -> QSize:
        """Table and form side by side."""
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

    def show_muted(self) -> None:
        """The drawer's button was pressed."""
        self.mute.setChecked(self._sounds.muted)

    # ---- inside

    def _build(self) -> None:
        form = QFormLayout()
        form.setSpacing(6)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        fields = dict.fromkeys([*(f for names in FIELDS_OF.values() for f in names), *_REPETITION, "group_from"])
        for name in fields:
            self._labels[name], self.lines[name] = label, line = QLabel(self), QLineEdit(self)
            set_role(label, "dim")
            line.setMaxLength(80)
            line.setMinimumWidth(140)
            line.editingFinished.connect(lambda of=name: self.take(of))
            form.addRow(label, line)
        sound = QHBoxLayout()
        sound.addWidget(self.tone, 1)
        sound.addWidget(self.hear)
        buttons = QHBoxLayout()
        buttons.addWidget(self.show_me, 1)
        buttons.addWidget(self.default)
        side = QVBoxLayout()
        side.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        side.setSpacing(8)
        side.addWidget(self.name)
        side.addWidget(self.on)
        side.addLayout(form)
        side.addLayout(sound)
        side.addLayout(buttons)
        side.addWidget(self.complaint)
        side.addStretch(1)
        held = QWidget(self)
        held.setLayout(side)
        bar = QHBoxLayout()
        bar.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
        bar.setSpacing(10)
        for part in (self.mute, self.volume_words, self.volume):
            bar.addWidget(part)
        bar.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(bar)
        left.addWidget(self.table, 1)
        table = QWidget(self)
        table.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        self._split = table_beside_form(table, held, self)

    def _renew(self) -> None:
        thresholds = self._store.thresholds
        rows = []
        for kind in AlertKind:
            figures = " · ".join(written(getattr(thresholds, name)) for name in FIELDS_OF.get(kind, ()))
            tone = self._sounds.tone_of(kind, LEVELS[kind])
            row = _KindRow(
                kind, kind not in thresholds.off, figures, _repeats(thresholds, kind), word(TONE_WORDS[tone])
            )
            rows.append((kind.value, row))
        self.model.replace_all(rows)
        place = self.model.row_of(self.kind.value)
        if place is not None:
            self.table.selectionModel().blockSignals(True)
            self.table.selectRow(place)
            self.table.selectionModel().blockSignals(False)
        self._fill_form()

    def _fill_form(self) -> None:
        thresholds, kind = self._store.thresholds, self.kind
        self.name.setText(f"{word(KINDS[kind].name)} · {word(LEVEL_WORDS[LEVELS[kind]])}")
        self.on.blockSignals(True)
        self.on.setChecked(kind not in thresholds.off)
        self.on.blockSignals(False)
        self.on.setEnabled(kind not in NEVER_OFF)
        self.on.setToolTip(word("This kind cannot be switched off") if kind in NEVER_OFF else "")
        repetition = thresholds.repetition.get(kind, RepetitionSetting())
        shown = {*FIELDS_OF.get(kind, ()), *_REPETITION, "group_from"}
        for name, line in self.lines.items():
            self._labels[name].setVisible(name in shown)
            line.setVisible(name in shown)
            if name in shown:
                value = getattr(repetition if name in _REPETITION else thresholds, name)
                text = written(value)
                if line.text() != text and not line.hasFocus():
                    line.setText(text)
        self.tone.clear()
        self.tone.addItem(word("as shipped"), None)
        for tone in Tone:
            self.tone.addItem(word(TONE_WORDS[tone]), tone.value)
        chosen = self._sounds.chosen(kind)
        self.tone.setCurrentIndex(0 if chosen is None else max(0, self.tone.findData(chosen.value)))
        self.tone.setAccessibleName(word("Sound"))

    def _take_repetition(self, name: str, text: str) -> None:
        thresholds = self._store.thresholds
        now = thresholds.repetition.get(self.kind, RepetitionSetting())
        kept: dict[str, Any] = msgspec.to_builtins(now)
        value: object
        if name == "at":
            value = [read_clock(name, part) for part in text.replace("，", ",").replace(",", " ").split()]
        elif name in ("every_minutes", "within_minutes") and not text.strip():
            value = None
        else:
            value = read_whole(name, text)
        if kept[name] == value or (name == "at" and written(now.at) == written(text.strip())):
            return
        # All that stands, not this one alone: what is kept takes the place of what was kept before
        every: Mapping[str, Any] = msgspec.to_builtins(thresholds.repetition)
        try:
            self._store.set_threshold("repetition", {**every, self.kind.value: {**kept, name: value}})
        except BadInput as error:
            # It names the whole of it; the user typed one figure
            raise BadInput(name, text, error.rule.partition(" - at ")[0]) from error

    def _switch(self, is_on: bool) -> None:
        off = [kind for kind in self._store.thresholds.off if kind is not self.kind]
        try:
            self._store.set_threshold("off", [k.value for k in (off if is_on else [*off, self.kind])])
        except BadInput as error:
            self.complaint.setText(refusal(_worded(error)))
        self._renew()

    def _take_defaults(self) -> None:
        for name in FIELDS_OF.get(self.kind, ()):
            self._store.set_threshold(name, None)
        self.complaint.clear()
        self._sounds.choose(self.kind, None)
        self._renew()

    def _choose_tone(self) -> None:
        chosen = self.tone.currentData()
        self._sounds.choose(self.kind, next((tone for tone in Tone if tone.value == chosen), None))
        self._renew()

    def _hear(self) -> None:
        self._sounds.try_out(self._sounds.tone_of(self.kind, LEVELS[self.kind]))

    def _set_muted(self, muted: bool) -> None:
        self._sounds.set_muted(muted)
        self._volume_changed()

    def _on_row(self, index: QModelIndex) -> None:
        row = self.model.record(index.row())
        if row is not None:
            self.show_kind(row.kind)


def _columns() -> list[TableColumn[_KindRow]]:
    return [
        TableColumn("kind", lambda: word("Kind"), lambda r: word(KINDS[r.kind].name), width_chars=20),
        TableColumn("level", lambda: word("Level up to"), lambda r: word(LEVEL_WORDS[LEVELS[r.kind]]), width_chars=10),
        TableColumn(
            "on",
            lambda: word("Told"),
            lambda r: ("✓ " + word("always")) if r.kind in NEVER_OFF else "✓" if r.is_on else "✕",
            CENTRE,
            width_chars=9,
        ),
        TableColumn("figures", lambda: word("Figures"), lambda r: r.figures, width_chars=20),
        TableColumn("repeats", lambda: word("Said again"), lambda r: r.repeats, width_chars=24),
        TableColumn("sound", lambda: word("Sound"), lambda r: r.tone, width_chars=9),
    ]


def _repeats(thresholds: Thresholds, kind: AlertKind) -> str:
    setting = thresholds.repetition.get(kind)
    if setting is None:
        return word("once")
    told = []
    if setting.every_minutes is not None:
        every = word("every {minutes} min").format(minutes=setting.every_minutes)
        if setting.within_minutes is not None:
            every = word("{every}, last {minutes} min").format(every=every, minutes=setting.within_minutes)
        told.append(every)
    if setting.at:
        told.append(word("at {times}").format(times=written(setting.at)))
    return word(", ").join(told) or word("once")


def _worded(error: BadInput) -> BadInput:
    """The field under the name that stands beside it."""
    label = FIELD_WORDS.get(error.field)
    return error if label is None else BadInput(word(label), error.value, error.rule)
