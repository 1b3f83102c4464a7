"""The sheet of all keys (按键表), shown by F1 and closed by any of F1, Esc or a click on Close."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from terminal.views.keys import KEY_ACTIONS, SCOPE_WORDS, Keys, KeyScope
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING
from terminal.views.translation import translate


class KeysSheet(QDialog):
    """Not modal: trading goes on behind it."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._words: list[tuple[QLabel, str]] = []
        self._shown: list[tuple[QLabel, str]] = []
        self._titles: list[tuple[QLabel, KeyScope]] = []
        columns = QHBoxLayout()
        columns.setSpacing(32)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addLayout(self._section(KeyScope.WINDOW))
        right.addLayout(self._section(KeyScope.CHAIN))
        right.addSpacing(16)
        right.addLayout(self._section(KeyScope.TICKET))
        for column in (left, right):
            column.addStretch()
            columns.addLayout(column)
        self._close = QPushButton()
        self._close.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addStretch()
        bottom.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * PANEL_PADDING,) * 4)
        layout.addLayout(columns)
        layout.addLayout(bottom)
        keys.changed.connect(self._retranslate)
        self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 closes what F1 opened."""
        if event.key() == Qt.Key.Key_F1:
            self.close()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _section(self, scope: KeyScope) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        title = QLabel()
        set_role(title, "title")
        self._titles.append((title, scope))
        grid.addWidget(title, 0, 0, 1, 2)
        for row, action in enumerate((a for a in KEY_ACTIONS if a.scope is scope), 1):
            key, words = QLabel(), QLabel()
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
        for label, name in self._shown:
            label.setText(self._keys.shown(name))
        for label, name in self._words:
            label.setText(self._keys.words(name))
