"""Obligation terms on screen (义务条款): those shipped as templates, and one's own made from them.

What is typed is held to the rules of a file at once; what breaks one is said and can be mended, and only terms without
a fault can be kept. Terms chosen count from the next start of the desk: a day is measured by one set of terms.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.errors import BadInput, ConfigurationError
from terminal.rules.obligations.terms import Terms
from terminal.rules.obligations.terms_texts import terms_of_texts, texts_of, with_band, without_band
from terminal.views.appearance import Appearance
from terminal.views.error_words import error_words
from terminal.views.obligations.terms_model import LINE, VALUE, TermsModel
from terminal.views.obligations.terms_words import band_of, line_words
from terminal.views.obligations.words import word
from terminal.views.refusals import rule_words
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded
from terminal.views.theme import PANEL_PADDING, ROW_TABLE


class TermsShelf(Protocol):
    """Where terms are kept."""

    @property
    def in_force(self) -> Terms:
        """Those today is measured by."""

    @property
    def chosen(self) -> str:
        """Name of those that count from the next start."""

    def names(self) -> Sequence[tuple[str, bool]]:
        """Name of each, and whether it is the user's own."""

    def read(self, name: str) -> Terms:
        """One of them. Raises ConfigurationError for one that cannot be read."""

    def save(self, terms: Terms) -> None:
        """Keep the user's own. Raises BadInput for a name that cannot be one, OSError for the disk."""

    def remove(self, name: str) -> None:
        """Forget one of the user's own; a shipped one stays."""

    def choose(self, name: str) -> None:
        """Let others count from the next start."""


class TermsEditor(QWidget):
    """Built by the first `flush`, which has nothing else to do: terms change by hand alone."""

    def __init__(self, shelf: TermsShelf, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._appearance = appearance
        self._built = False
        self._terms: Terms | None = None
        """What is written there, None while it breaks a rule"""
        set_role(self, "panel")

    def flush(self) -> None:
        """Build it when it is first seen."""
        if not self._built:
            self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._built:
            self._name()
            self._judge()

    def show_terms(self, name: str) -> None:
        """Turn to other terms; what was written and not kept is gone."""
        try:
            terms = self._shelf.read(name)
        except ConfigurationError as error:
            self._say(error_words(str(error)), "critical")
            return
        self._show(terms)
        self.name.setText(terms.name if self._is_own(terms.name) else "")

    def keep(self) -> bool:
        """Keep what is written under the name beside; whether that was done."""
        texts = {**self.model.texts(), "name": self.name.text().strip()}
        try:
            terms = terms_of_texts(texts)
            self._shelf.save(terms)
        except BadInput as error:
            self._refuse(error)
            return False
        except OSError as error:
            self._say(error.strerror or str(error), "critical")
            return False
        self._fill_names(terms.name)
        self._show(terms)
        self._say(word("{name} is kept").format(name=terms.name), "ok")
        return True

    def use(self) -> None:
        """Let what is written count from the next start; one's own is kept first."""
        name = self._chosen_name()
        if (self._is_own(name) or self.model.texts() != texts_of(self._shelf.read(name))) and not self.keep():
            return
        name = self._chosen_name()
        self._shelf.choose(name)
        self._say(word("{name} counts from the next start of the desk").format(name=name), "ok")

    def forget(self) -> None:
        """Forget one of the user's own."""
        name = self._chosen_name()
        if self._is_own(name):
            self._shelf.remove(name)
            self._fill_names(self._shelf.in_force.name)
            self.show_terms(self._chosen_name())

    # ---- inside

    def _build(self) -> None:
        self._built = True
        self.templates, self.name = QComboBox(self), QLineEdit(self)
        self.name.setMaxLength(40)
        self.name.setFixedWidth(150)
        self._from, self._as = QLabel(), QLabel()
        for label in (self._from, self._as):
            set_role(label, "dim")
        self.keep_button, self.use_button, self.forget_button, self.more_button, self.less_button = (
            QPushButton(self) for _ in range(5)
        )
        set_role(self.keep_button, "primary")
        for button in (self.keep_button, self.use_button, self.forget_button, self.more_button, self.less_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.model = TermsModel(self._appearance, self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW_TABLE)
        self.table.horizontalHeader().setSectionResizeMode(LINE, QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        head, foot = QHBoxLayout(), QHBoxLayout()
        for widget in (self._from, self.templates, self._as, self.name, self.keep_button, self.use_button):
            head.addWidget(widget)
        head.addStretch(1)
        for widget in (self.more_button, self.less_button):
            foot.addWidget(widget)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.forget_button)
        for row in (head, foot):
            row.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
            row.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.templates.activated.connect(lambda _: self.show_terms(self._chosen_name()))
        self.keep_button.clicked.connect(self.keep)
        self.use_button.clicked.connect(self.use)
        self.forget_button.clicked.connect(self.forget)
        self.more_button.clicked.connect(lambda: self._change_bands(with_band))
        self.less_button.clicked.connect(lambda: self._change_bands(without_band))
        self.model.edited.connect(self._judge)
        self._name()
        self._fill_names(self._shelf.in_force.name)
        self.show_terms(self._chosen_name())

    def _show(self, terms: Terms) -> None:
        self.model.show_terms(texts_of(terms), texts_of(self._shelf.in_force))
        self.table.setColumnWidth(VALUE, 200)
        self._judge()

    def _judge(self) -> None:
        """Say what breaks a rule, if anything does."""
        try:
            self._terms = terms_of_texts(self.model.texts())
        except BadInput as error:
            self._terms = None
            self._refuse(error)
        else:
            self.model.mark_bad("")
            chosen = self._shelf.chosen
            waiting = chosen != self._shelf.in_force.name
            self._say(word("{name} counts from the next start of the desk").format(name=chosen) if waiting else "")
        for button in (self.keep_button, self.more_button, self.less_button):
            button.setEnabled(self._terms is not None)
        self.use_button.setEnabled(self._terms is not None)
        self.forget_button.setEnabled(self._is_own(self._chosen_name()))

    def _refuse(self, error: BadInput) -> None:
        self.model.mark_bad(error.field)
        row = self.model.row_of(error.field)
        where = line_words(self.model.key(row)) if row >= 0 else error.field
        self._say(f"{where}: {bounded(str(error.value))} · {bounded(rule_words(error.rule))}", "critical")

    def _change_bands(self, change: Callable[[Terms, int], Terms]) -> None:
        if self._terms is None:
            return
        place = self.table.currentIndex()
        band = band_of(self.model.key(place.row())) if place.isValid() else None
        try:
            terms = change(self._terms, len(self._terms.spread) - 1 if band is None else band)
        except BadInput as error:
            self._refuse(error)
            return
        self._show(msgspec.structs.replace(terms, name=self._terms.name))

    def _fill_names(self, shown: str) -> None:
        self.templates.clear()
        for name, own in self._shelf.names():
            self.templates.addItem(f"{name} ●" if own else name, name)
        self.templates.setCurrentIndex(max(self.templates.findData(shown), 0))

    def _chosen_name(self) -> str:
        return str(self.templates.currentData() or self._shelf.in_force.name)

    def _is_own(self, name: str) -> bool:
        return (name, True) in self._shelf.names()

    def _say(self, text: str, role: str = "note") -> None:
        set_role(self.note, role)
        self.note.setText(text)

    def _name(self) -> None:
        self._from.setText(word("Terms"))
        self._as.setText(word("my own, named"))
        self.keep_button.setText(word("Keep"))
        self.use_button.setText(word("Use from the next start"))
        self.forget_button.setText(word("Forget"))
        self.more_button.setText(word("+ band"))
        self.less_button.setText(word("− band"))
        self.setAccessibleName(word("Obligation terms"))
        self.table.setAccessibleName(word("Obligation terms"))
        self.model.retranslate()
