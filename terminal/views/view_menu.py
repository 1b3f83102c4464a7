"""The View menu: panels, colours, language. What is chosen here takes effect at once and is remembered.

Theme and colour pack wait where quotes of ours are in the market (`colour_choice.py`).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from terminal.views.appearance import Appearance
from terminal.views.colour_choice import ColourChoice
from terminal.views.settings import Settings
from terminal.views.theme import ColourMode, ColourPack, ThemeName
from terminal.views.translation import Languages, mark, translate

if TYPE_CHECKING:
    from terminal.views.main_window import MainWindow

V = TypeVar("V")
_THEME_WORDS = {ThemeName.DARK: mark("ViewMenu", "Dark"), ThemeName.LIGHT: mark("ViewMenu", "Light")}
_PACK_WORDS = {
    ColourPack.CHINA: mark("ViewMenu", "China: up red, down green"),
    ColourPack.WEST: mark("ViewMenu", "West: up green, down red"),
    ColourPack.COLOUR_BLIND: mark("ViewMenu", "Colour-blind: up blue, down orange"),
}
_MODE_WORDS = {
    ColourMode.BY_CHANGE: mark("ViewMenu", "Prices by change"),
    ColourMode.BY_SIDE: mark("ViewMenu", "Prices by side"),
}
#: Languages name themselves
LANGUAGE_NAMES = {"en": "English", "zh_CN": "简体中文"}


class ViewMenu(QObject):
    """Fills a menu when it is about to show; the keys of the window call the toggles."""

    def __init__(
        self,
        window: "MainWindow",
        appearance: Appearance,
        colours: ColourChoice,
        languages: Languages,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._colours = colours
        self._settings = settings
        self._window = window
        self._appearance = appearance
        self._languages = languages

    def toggle_theme(self) -> None:
        """Dark to light and back."""
        self._colours.toggle_theme()

    def toggle_mode(self) -> None:
        """Colours by change to colours by side and back."""
        by_change = self._appearance.mode is ColourMode.BY_CHANGE
        self._appearance.set_mode(ColourMode.BY_SIDE if by_change else ColourMode.BY_CHANGE)

    def next_language(self) -> None:
        """The next of the languages there are."""
        available = self._languages.available
        place = available.index(self._languages.language)
        self._languages.use(available[(place + 1) % len(available)])

    def fill(self, menu: QMenu) -> None:
        """Every panel, every choice."""
        panels = menu.addMenu(self.tr("Panels"))
        for dock in self._window.docks.values():
            action = dock.toggleViewAction()
            action.setText(dock.full_title)
            panels.addAction(action)
        panels.addSeparator()
        panels.addAction(self.tr("Reset this layout"), self._window.reset_layout)
        menu.addSeparator()
        look, colours = self._appearance, self._colours
        themes = [(translate("ViewMenu", w), t) for t, w in _THEME_WORDS.items()]
        self._choice(menu, themes, look.theme.name, colours.choose_theme)
        menu.addSeparator()
        packs = [(translate("ViewMenu", w), p) for p, w in _PACK_WORDS.items()]
        self._choice(menu, packs, look.pack, colours.choose_pack)
        menu.addSeparator()
        self._choice(menu, [(translate("ViewMenu", w), m) for m, w in _MODE_WORDS.items()], look.mode, look.set_mode)
        menu.addSeparator()
        names = [(LANGUAGE_NAMES.get(code, code), code) for code in self._languages.available]
        self._choice(menu, names, self._languages.language, self._languages.use)
        menu.addSeparator()
        confirm = menu.addAction(self.tr("Confirm orders before sending"))
        confirm.setCheckable(True)
        confirm.setChecked(self._settings.read("confirm_orders") is not False)
        confirm.toggled.connect(lambda on: self._settings.write("confirm_orders", on))
        still = menu.addAction(self.tr("Reduce motion: nothing blinks or flashes"))
        still.setCheckable(True)
        still.setChecked(self._appearance.is_still)
        still.toggled.connect(self._set_still)
        menu.addAction(self.tr("Full screen"), self._window.toggle_full_screen)

    def _set_still(self, on: bool) -> None:
        self._appearance.set_still(on)
        self._settings.write("reduced_motion", on)

    def _choice(self, menu: QMenu, entries: list[tuple[str, V]], chosen: V, choose: Callable[[V], None]) -> None:
        group = QActionGroup(menu)
        for text, value in entries:
            action = QAction(text, menu)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _checked=False, v=value: choose(v))
            group.addAction(action)
            menu.addAction(action)
