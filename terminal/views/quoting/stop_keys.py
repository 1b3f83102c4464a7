"""Keys of the stop's tiers (分级停止): held down like the buttons, wherever the focus is and whatever is on screen."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from terminal.views.keys import KEY_ACTIONS, KeyScope
from terminal.views.quoting.hold_button import HOLD_SECONDS, HoldButton

#: The button's name behind this part of the key's
PREFIX = "stop."
_EVERYWHERE = Qt.ShortcutContext.ApplicationShortcut


def stop_key(name: str) -> str:
    """The key of a tier's button, in Qt's portable form."""
    return next(action.key for action in KEY_ACTIONS if action.name == PREFIX + name)


class StopKeys(QObject):
    """One action for each button, to be added to the window. `may` says whether there is anything to stop."""

    def __init__(self, buttons: Mapping[str, HoldButton], may: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._may = may
        self._held: HoldButton | None = None
        # No frame serves a panel behind another tab, and a key acts there too
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(1000 * HOLD_SECONDS) + 10)
        self._timer.timeout.connect(self._look)
        self.actions: list[QAction] = []
        for entry in KEY_ACTIONS:
            if entry.scope is KeyScope.STOPS:
                action = QAction(self)
                action.setShortcut(QKeySequence.fromString(entry.key))
                action.setShortcutContext(_EVERYWHERE)
                action.setAutoRepeat(False)
                button = buttons[entry.name.removeprefix(PREFIX)]
                action.triggered.connect(partial(self._press, button))
                self.actions.append(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a key is held: the release of any, or the program losing the keyboard, ends it."""
        kind = event.type()
        if kind == QEvent.Type.ApplicationDeactivate or (
            kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and not event.isAutoRepeat()
        ):
            self._let_go()
        return False

    def _press(self, button: HoldButton, _checked: bool = False) -> None:
        if self._held is None and self._may():
            self._held = button
            button.hold()
            self._timer.start()
            application = QCoreApplication.instance()
            if application is not None:
                application.installEventFilter(self)

    def _look(self) -> None:
        if self._held is not None:
            self._held.flush()

    def _let_go(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        held, self._held = self._held, None
        self._timer.stop()
        if held is not None:
            held.let_go()
