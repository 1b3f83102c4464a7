"""The keys of the window: what each of them does wherever the keyboard is, and which key the user has chosen for it."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit

from terminal.domain.errors import BadInput
from terminal.views.keys import KEY_ACTIONS, Keys, KeyScope
from terminal.views.keys_in_texts import KeysInTexts
from terminal.views.presets import PRESETS
from terminal.views.settings import Settings
from terminal.views.view_menu import ViewMenu

if TYPE_CHECKING:
    from terminal.views.main_window import MainWindow

logger = logging.getLogger(__name__)


def kept_keys(settings: Settings) -> Keys:
    """The keys as the user has chosen them; those of the program where what was kept cannot be."""
    kept = settings.read("keys")
    try:
        return Keys({str(name): str(key) for name, key in kept.items()} if isinstance(kept, dict) else None)
    except BadInput as error:
        # Keys of another version of the program cost the user his choice, never the desk
        logger.info("the keys chosen before are not in force: %s", error)
        return Keys()


class WindowKeys(QObject):
    """Lets the window do what its keys ask for; another choice of keys is in force at once and kept."""

    def __init__(self, window: "MainWindow", keys: Keys, view_menu: ViewMenu, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._keys = keys
        do: dict[str, Callable[[], object]] = {
            **{f"preset.{p.name}": partial(window.use_preset, p.name) for p in PRESETS},
            "keys": window.show_keys,
            "ticket": self._go_to_ticket,
            "cancel.underlying": self._cancel_underlying,
            "full_screen": window.toggle_full_screen,
            "instructions": lambda: window.bring_up("instructions"),
            "queries": lambda: window.bring_up("queries"),
            "basket": lambda: window.bring_up("basket"),
            "ladder": lambda: window.bring_up("ladder"),
            "volatility": lambda: window.bring_up("volatility"),
            "risk": lambda: window.bring_up("risk"),
            "obligations": lambda: window.bring_up("obligations"),
            "inquiries": lambda: window.bring_up("inquiries"),
            "quote": lambda: window.bring_up("quote"),
            "quoting": lambda: window.bring_up("quoting"),
            "strategies": lambda: window.bring_up("strategies"),
            "cockpit": lambda: window.bring_up("cockpit"),
            "pull.quotes": window.pull_wanted.emit,
            "alerts": lambda: window.bring_up("alerts"),
            "alerts.first": window.first_reminder_wanted.emit,
            "trade_page": self._go_to_trade_page,
            "stop": window.top_bar.stop.press,
            "search": lambda: window.top_bar.smart_box.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "colour_mode": view_menu.toggle_mode,
            "theme": view_menu.toggle_theme,
            "language": view_menu.next_language,
            "pause": window.top_bar.speed.toggle_pause,
            "step": window.top_bar.speed.play_step,
        }
        self.actions: dict[str, QAction] = {}
        """By the name in the table of keys"""
        for entry in KEY_ACTIONS:
            if entry.scope is KeyScope.WINDOW:
                action = QAction(window)
                action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
                action.triggered.connect(lambda _checked=False, run=do[entry.name]: run())
                window.addAction(action)
                self.actions[entry.name] = action
        keys.changed.connect(self._take_keys)
        keys.changed.connect(lambda: settings.write("keys", keys.overrides))
        self._take_keys()
        KeysInTexts(lambda: [action.shortcut() for action in self.actions.values()], self)

    def _take_keys(self) -> None:
        for name, action in self.actions.items():
            action.setShortcut(QKeySequence.fromString(self._keys.key(name)))

    def _cancel_underlying(self) -> None:
        if self._window.top_bar.underlying:
            self._window.cancel_all(self._window.top_bar.underlying)

    def _go_to_ticket(self) -> None:
        self._window.bring_up("ticket")
        field = self._window.docks["ticket"].widget().focusProxy()
        while field is not None and not isinstance(field, QLineEdit):
            field = field.focusProxy()
        if field is not None:
            # Also where the keyboard was there already: what is typed now replaces what stands there
            field.selectAll()

    def _go_to_trade_page(self) -> None:
        self._window.use_preset("trading")
        self._go_to_ticket()
