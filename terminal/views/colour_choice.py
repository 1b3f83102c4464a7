"""Theme and colour pack (主题与配色) as chosen: put on at once, or once no quote of ours is in the market.

Qt dresses every widget anew, hidden ones too, which holds the event loop up: a second or more on a slow computer.
Nothing quotes meanwhile, and the watch over the loop may take the quotes out for good.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from terminal.services.desk import Desk
from terminal.services.events import OwnQuotesChanged
from terminal.views.appearance import Appearance
from terminal.views.banner import Banner, Gravity
from terminal.views.settings import Settings
from terminal.views.theme import ColourPack, ThemeName
from terminal.views.translation import translate

_KEY = "colours"
#: Quotes are gone for good, and the program is not about to end, when they have been gone for so long
_QUIET_MS = 1_000


class ColourChoice(QObject):
    """What was chosen and is not on yet is remembered all the same: the next start has it."""

    def __init__(
        self, desk: Desk, appearance: Appearance, banner: Banner, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._appearance = appearance
        self._banner = banner
        self._settings = settings
        self._waiting: dict[str, Callable[[], None]] = {}
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._put_on)
        desk.bus.subscribe(OwnQuotesChanged, self._on_quotes)

    @property
    def waits(self) -> bool:
        """Whether something that was chosen is not on yet."""
        return bool(self._waiting)

    def choose_theme(self, theme: ThemeName) -> None:
        """Dark or light."""
        self._choose("theme", theme.value, theme is self._appearance.theme.name, self._put_theme(theme))

    def toggle_theme(self) -> None:
        """Dark to light and back; back also where the change still waits."""
        dark = (self._appearance.theme.name is ThemeName.DARK) == ("theme" not in self._waiting)
        self.choose_theme(ThemeName.LIGHT if dark else ThemeName.DARK)

    def choose_pack(self, pack: ColourPack) -> None:
        """Which colour means up."""
        self._choose("colour_pack", pack.value, pack is self._appearance.pack, lambda: self._appearance.set_pack(pack))

    # ---- inside

    def _put_theme(self, theme: ThemeName) -> Callable[[], None]:
        return lambda: self._appearance.set_theme(theme)

    def _choose(self, key: str, value: str, is_on: bool, put_on: Callable[[], None]) -> None:
        self._waiting.pop(key, None)
        if not is_on:
            self._waiting[key] = put_on
        self._settings.write(key, value)
        if self._waiting and self._is_quoting:
            self._banner.post(_KEY, Gravity.INFORMATION, self._words)
        else:
            self._put_on()

    @property
    def _is_quoting(self) -> bool:
        return bool(self._desk.quoting.board.live_numbers)

    def _on_quotes(self, _event: OwnQuotesChanged) -> None:
        if self._waiting and not self._is_quoting:
            self._turn.start(_QUIET_MS)

    def _put_on(self) -> None:
        if self._waiting and self._is_quoting:
            return
        waiting, self._waiting = self._waiting, {}
        self._banner.withdraw(_KEY)
        for put_on in waiting.values():
            put_on()

    def _words(self) -> str:
        return translate(
            "ColourChoice",
            "The new colours come once none of your quotes is in the market: putting them on holds the window up",
        )
