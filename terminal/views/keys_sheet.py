"""The sheet of all keys (按键表), shown by F1 and closed by any of F1 (a key of the window), Esc or a click on Close.

A click on a key of the window lets the user press another one for it; a key that is taken is refused with a word.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.domain.errors import BadInput
from terminal.views.keys import KEY_ACTIONS, SCOPE_WORDS, Keys, KeyScope
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING
from terminal.views.translation import translate

#: So that the sheet has room on a screen of 768 lines, with the frame of its window
_BETWEEN_SECTIONS = 8
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class KeysSheet(QDialog):
    """Not modal: trading goes on behind it."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._words: list[tuple[QLabel, str]] = []
        self._shown: list[tuple[QLabel | QPushButton, str]] = []
        self.buttons: dict[str, QPushButton] = {}
        """Of the keys that may be chosen anew, by action"""
        self._waiting = ""
        self._refused = ""
        self._titles: list[tuple[QLabel, KeyScope]] = []
        columns = QHBoxLayout()
        columns.setSpacing(24)
        for scopes in (
            (KeyScope.WINDOW,),
            (KeyScope.CHAIN, KeyScope.TICKET, KeyScope.LADDER, KeyScope.EXPIRY),
            (KeyScope.BASKET, KeyScope.ALERTS, KeyScope.VOLATILITY, KeyScope.QUOTE_TICKET, KeyScope.STRATEGIES),
            (KeyScope.OBLIGATIONS, KeyScope.INQUIRIES, KeyScope.QUOTING, KeyScope.STOPS),
        ):
            column = QVBoxLayout()
            for scope in scopes:
                if scope is not scopes[0]:
                    column.addSpacing(_BETWEEN_SECTIONS)
                column.addLayout(self._section(scope))
            column.addStretch()
            columns.addLayout(column)
        self._close = QPushButton()
        self._close.clicked.connect(self.close)
        self._reset = QPushButton()
        self._reset.setAutoDefault(False)
        self._reset.clicked.connect(lambda _=False: keys.set_overrides({}))
        self.note = QLabel()
        bottom = QHBoxLayout()
        bottom.addWidget(self.note, 1)
        bottom.addWidget(self._reset)
        bottom.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * PANEL_PADDING, PANEL_PADDING, 2 * PANEL_PADDING, PANEL_PADDING)
        layout.addLayout(columns)
        layout.addLayout(bottom)
        keys.changed.connect(self._retranslate)
        self._retranslate()

    def event(self, event: QEvent) -> bool:
        """While a new key is awaited, even the keys of the window come here."""
        if event.type() == QEvent.Type.ShortcutOverride and self._waiting:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The new key that is awaited; Esc keeps the one before."""
        if not self._waiting:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._await("")
        elif event.key() not in _MODIFIERS:
            self._take(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is awaited by a sheet that is not there."""
        self._waiting = self._refused = ""
        self._show_keys()
        super().closeEvent(event)

    def _await(self, name: str) -> None:
        self._waiting, self._refused = name, ""
        # A button with the focus would take Space and Enter for itself
        self.setFocus()
        self._show_keys()

    def _take(self, key: str) -> None:
        name, self._waiting = self._waiting, ""
        try:
            self._keys.set_overrides({**self._keys.overrides, name: key})
        except BadInput:
            users = [a.name for a in KEY_ACTIONS if a.name in self.buttons and self._keys.key(a.name) == key]
            actions = ", ".join(self._keys.words(user) for user in users)
            taken = self.tr("✕ {key} is taken: {action}").format(key=key, action=actions)
            useless = self.tr("✕ {key} cannot be used: F1 to F12, or with Ctrl or Alt").format(key=key)
            self._refused = taken if users else useless
        self._show_keys()

    def _show_keys(self) -> None:
        for label, name in self._shown:
            label.setText(self.tr("Press a key") if name == self._waiting else self._keys.shown(name))
        hint = self.tr("Click a key on the left to choose another one")
        self.note.setText(self._refused or hint)
        set_role(self.note, "critical" if self._refused else "dim")
        self._reset.setEnabled(bool(self._keys.overrides))

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _section(self, scope: KeyScope) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        title = QLabel()
        set_role(title, "title")
        self._titles.append((title, scope))
        grid.addWidget(title, 0, 0, 1, 2)
        for row, action in enumerate((a for a in KEY_ACTIONS if a.scope is scope), 1):
            words = QLabel()
            key: QLabel | QPushButton
            if scope is KeyScope.WINDOW:
                key = self.buttons[action.name] = QPushButton()
                key.setAutoDefault(False)
                key.clicked.connect(lambda _=False, name=action.name: self._await(name))
                set_role(key, "key")
            else:
                key = QLabel()
                set_role(key, "figure")
            set_role(words, "second")
            self._shown.append((key, action.name))
            self._words.append((words, action.name))
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keys"))
        self._close.setText(self.tr("Close"))
        for label, scope in self._titles:
            label.setText(translate("Keys", SCOPE_WORDS[scope]))
        self._reset.setText(self.tr("Keys as shipped"))
        for words, name in self._words:
            words.setText(self._keys.words(name))
        self._show_keys()
