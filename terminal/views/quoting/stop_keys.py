"""Keys of the stop's tiers (分级停止): held down like the buttons, wherever the focus is and whatever is on screen."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from terminal.views.keys import KEY_ACTIONS, KeyScope
from terminal.views.quoting.hold_button import HoldButton

#: The button's name behind this part of the key's
PREFIX = "stop."
_EVERYWHERE = Qt.ShortcutContext.ApplicationShortcut


def stop_key(name: str) -> str:
    """The key of a tier's button, in Qt's portable form."""
    return next(action.key for action in KEY_ACTIONS if action.name == PREFIX + name)


class StopKeys(QObject):
    """One action for each button, to be added to the window. `may` says whether a tier concerns the account."""

    def __init__(self, buttons: Mapping[str, HoldButton], may: Callable[[str], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._may = may
        self._held: HoldButton | None = None
        self.actions: list[QAction] = []
        for entry in KEY_ACTIONS:
            if entry.scope is KeyScope.STOPS:
                action = QAction(self)
                action.setShortcut(QKeySequence.fromString(entry.key))
                action.setShortcutContext(_EVERYWHERE)
                action.setAutoRepeat(False)
                name = entry.name.removeprefix(PREFIX)
                action.triggered.connect(partial(self._press, name, buttons[name]))
                self.actions.append(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a key is held: the release of any, or the program losing the keyboard, ends it."""
        kind = event.type()
        if kind == QEvent.Type.ApplicationDeactivate or (
            kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and not event.isAutoRepeat()
        ):
            self._let_go()
        return False

    def _press(self, name: str, button: HoldButton, _checked: bool = False) -> None:
        if self._held is None and self._may(name):
            self._held = button
            button.hold()
            application = QCoreApplication.instance()
            if application is not None:
                application.installEventFilter(self)

    def _let_go(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        held, self._held = self._held, None
        if held is not None:
            held.let_go()
