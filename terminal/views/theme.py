"""Colours, fonts and sizes of every screen, as tokens that can be exchanged while the program runs.

No view writes a colour or a font of its own: it asks `Appearance` when it paints and repaints on `changed`.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from terminal.views.fonts import load_fonts, proportional, tabular
from terminal.views.style_sheet import style_sheet

# Text heights, pixels
SIZE_UNIT = 9
SIZE_NOTE = 10
SIZE_TABLE = 11
SIZE_BODY = 12
SIZE_TITLE = 13
SIZE_TICKET = 14
SIZE_KEY_FIGURE = 20
# Heights of rows and strips, pixels
ROW_CHAIN = 22
ROW_SPOT = 20
ROW_TABLE = 24
ROW_DEPTH = 19
ROW_DEPTH_SMALL = 17
ROW_HEADER = 24
PANEL_TITLE = 28
TOP_BAR = 40
STATUS_BAR = 26
# Space, pixels
GUTTER = 4
CELL_PADDING = 4
PANEL_PADDING = 8
RADIUS_FIELD = 2
RADIUS_BUTTON = 3


class ThemeName(StrEnum):
    """Which of the two packs of tokens."""

    DARK = "dark"
    LIGHT = "light"


class ColourPack(StrEnum):
    """Which colour means up: red in China (红涨绿跌), green in the West, blue where red and green look alike."""

    CHINA = "china"
    WEST = "west"
    COLOUR_BLIND = "colour_blind"


class ColourMode(StrEnum):
    """What the colour of a price tells: its change (按涨跌) or its side of the book (按买卖)."""

    BY_CHANGE = "by_change"
    BY_SIDE = "by_side"


@dataclass(frozen=True, slots=True)
class Theme:
    """One pack of colour tokens. `up` and `down` are the Chinese ones; `Appearance` exchanges them by pack."""

    name: ThemeName
    window: QColor
    well: QColor
    panel: QColor
    raised: QColor
    grid: QColor
    border: QColor
    text: QColor
    text_2: QColor
    dim: QColor
    faint: QColor
    focus: QColor
    selected: QColor
    buy_button: QColor
    sell_button: QColor
    heat_low: QColor
    heat_mid: QColor
    heat_high: QColor
    up: QColor
    down: QColor
    bid: QColor
    bid_cell: QColor
    ask: QColor
    ask_cell: QColor
    own: QColor
    own_fill: QColor
    theo: QColor
    position: QColor
    ok: QColor
    warn: QColor
    critical: QColor
    atm_row: QColor
    itm_tint: QColor
    staged: QColor
    spot: QColor
    on_button: QColor
    """Text on a filled button"""


def _theme(name: ThemeName, **tokens: str) -> Theme:
    return Theme(name=name, **{token: QColor(f"#{value}") for token, value in tokens.items()})


DARK = _theme(
    ThemeName.DARK,
    window="0E1013",
    well="14161A",
    panel="1B1E24",
    raised="22262E",
    grid="2A2E36",
    border="363B45",
    text="D7DAE0",
    text_2="A7AEB9",
    dim="7C838F",
    faint="4E5562",
    focus="5B9DFF",
    selected="1F3550",
    buy_button="C5322D",
    sell_button="14834A",
    heat_low="3B82D6",
    heat_mid="23272F",
    heat_high="E08A2C",
    up="F0443E",
    down="1FAA59",
    bid="FF9DA6",
    bid_cell="2A1C21",
    ask="84D8A6",
    ask_cell="17261F",
    own="35C3F3",
    own_fill="12374A",
    theo="B48CFF",
    position="E8D36A",
    ok="3DAF9F",
    warn="F5A524",
    critical="FF2D55",
    atm_row="2B2F1E",
    itm_tint="1C232E",
    staged="4A3F12",
    spot="F5A524",
    on_button="FFFFFF",
)
LIGHT = _theme(
    ThemeName.LIGHT,
    window="D9DDE3",
    well="E9ECF0",
    panel="FFFFFF",
    raised="F3F5F8",
    grid="E3E7EC",
    border="C9CFD8",
    text="161B22",
    text_2="424B57",
    dim="6A7380",
    faint="A9B1BC",
    focus="1F66D1",
    selected="D6E6FB",
    buy_button="CF2A25",
    sell_button="0F8A4C",
    heat_low="2F76C9",
    heat_mid="F4F5F7",
    heat_high="DD8420",
    up="CF1F1A",
    down="0A7F41",
    bid="B3202E",
    bid_cell="FDF0F1",
    ask="0B7A43",
    ask_cell="EEF8F2",
    own="0071B3",
    own_fill="D3EBFA",
    theo="7434C4",
    position="8A6D00",
    ok="0B8577",
    warn="B06A00",
    critical="D6003A",
    atm_row="FFF4D2",
    itm_tint="EEF4FC",
    staged="FFEFA8",
    spot="B06A00",
    on_button="FFFFFF",
)
_THEMES = {ThemeName.DARK: DARK, ThemeName.LIGHT: LIGHT}


@dataclass(frozen=True, slots=True)
class _Pair:
    """The colours of the two directions of price and the two sides of the book."""

    up: QColor
    down: QColor
    bid: QColor
    bid_cell: QColor
    ask: QColor
    ask_cell: QColor
    buy: QColor
    sell: QColor


def _four(words: str, side: str, ground: str, button: str) -> tuple[QColor, QColor, QColor, QColor]:
    return QColor(f"#{words}"), QColor(f"#{side}"), QColor(f"#{ground}"), QColor(f"#{button}")


def _pair(theme: Theme, pack: ColourPack) -> _Pair:
    first = (theme.up, theme.bid, theme.bid_cell, theme.buy_button)
    second = (theme.down, theme.ask, theme.ask_cell, theme.sell_button)
    if pack is ColourPack.WEST:
        first, second = second, first
    elif pack is ColourPack.COLOUR_BLIND:
        # Blue and orange keep apart in every common kind of colour blindness
        dark = theme.name is ThemeName.DARK
        blue = ("5AA2F0", "8CC0FF", "182433", "2367B0") if dark else ("1560B8", "1560B8", "EAF2FC", "1560B8")
        orange = ("F08A24", "FFB770", "2C2117", "A65A0C") if dark else ("A34E00", "A34E00", "FDF3E7", "A65A0C")
        first, second = _four(*blue), _four(*orange)
    return _Pair(
        first[0], second[0], bid=first[1], bid_cell=first[2], ask=second[1], ask_cell=second[2], buy=first[3],
        sell=second[3],
    )  # fmt: skip


class Appearance(QObject):
    """What the screens look like now. Needs a QApplication, because fonts do."""

    changed = Signal()

    def __init__(
        self,
        theme: ThemeName = ThemeName.DARK,
        pack: ColourPack = ColourPack.CHINA,
        mode: ColourMode = ColourMode.BY_CHANGE,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._word_families, self._figure_families = load_fonts()
        self._theme = _THEMES[theme]
        self._pack = pack
        self._mode = mode
        self._pair = _pair(self._theme, pack)
        self._is_still = False
        self._application: QApplication | None = None
        self._word_fonts: dict[tuple[int, bool], QFont] = {}
        self._figure_fonts: dict[tuple[int, bool], QFont] = {}
        self.words = self.words_at(SIZE_BODY)
        """Font of labels and running text"""
        self.figures = self.figures_at(SIZE_TABLE)
        """Font of prices, sizes and times in tables"""

    # ---- tokens

    @property
    def theme(self) -> Theme:
        """The tokens in force."""
        return self._theme

    @property
    def pack(self) -> ColourPack:
        """Which colour means up."""
        return self._pack

    @property
    def mode(self) -> ColourMode:
        """What the colour of a price tells."""
        return self._mode

    @property
    def is_still(self) -> bool:
        """Whether nothing may blink or flash (减少动态效果)."""
        return self._is_still

    @property
    def up(self) -> QColor:
        """Risen, profit."""
        return self._pair.up

    @property
    def down(self) -> QColor:
        """Fallen, loss."""
        return self._pair.down

    @property
    def flat(self) -> QColor:
        """Unchanged."""
        return self._theme.text

    @property
    def bid(self) -> QColor:
        """Text of the bid side."""
        return self._pair.bid

    @property
    def bid_cell(self) -> QColor:
        """Ground of the bid side."""
        return self._pair.bid_cell

    @property
    def ask(self) -> QColor:
        """Text of the ask side."""
        return self._pair.ask

    @property
    def ask_cell(self) -> QColor:
        """Ground of the ask side."""
        return self._pair.ask_cell

    @property
    def buy(self) -> QColor:
        """Ground of a buy button."""
        return self._pair.buy

    @property
    def sell(self) -> QColor:
        """Ground of a sell button."""
        return self._pair.sell

    def colour_of(self, sign: float) -> QColor:
        """The colour of a change or a profit by its sign."""
        return self.up if sign > 0 else self.down if sign < 0 else self.flat

    def glyph(self, sign: float) -> str:
        """▲ or ▼, empty for no change: colour never stands alone."""
        return "▲" if sign > 0 else "▼" if sign < 0 else ""

    # ---- fonts

    def words_at(self, pixels: int, *, bold: bool = False) -> QFont:
        """The font of words at one of the SIZE constants. One object for each: Qt finds its glyphs only once."""
        font = self._word_fonts.get((pixels, bold))
        if font is None:
            font = self._word_fonts[pixels, bold] = proportional(self._word_families, pixels, bold=bold)
        return font

    def figures_at(self, pixels: int, *, bold: bool = False) -> QFont:
        """The font of figures at one of the SIZE constants, one object for each as with words."""
        font = self._figure_fonts.get((pixels, bold))
        if font is None:
            font = self._figure_fonts[pixels, bold] = tabular(self._figure_families, pixels, bold=bold)
        return font

    # ---- changing it

    def set_theme(self, name: ThemeName) -> None:
        """Put another pack of tokens in force."""
        self._set(name, self._pack, self._mode)

    def set_pack(self, pack: ColourPack) -> None:
        """Choose which colour means up."""
        self._set(self._theme.name, pack, self._mode)

    def set_mode(self, mode: ColourMode) -> None:
        """Choose what the colour of a price tells."""
        self._set(self._theme.name, self._pack, mode)

    def set_still(self, still: bool) -> None:
        """Let nothing blink or flash, or let it again."""
        if still != self._is_still:
            self._is_still = still
            self.changed.emit()

    def apply(self, app: QApplication) -> None:
        """Dress the application now and again at every change."""
        self.prepare(app)
        self.finish()

    def prepare(self, app: QApplication) -> None:
        """Give the application its font and colours; `finish` puts the sheet on.

        Under a sheet Qt dresses a widget and all in it anew whenever it is put into another one: a window of many
        panels is built in half the time without it.
        """
        self._application = app
        app.setFont(self.words)
        app.setPalette(self._palette())

    def finish(self) -> None:
        """Put the sheet on what has been built; nothing where it is on, or no application was given."""
        app = self._application
        if app is None:
            return
        sides = {"bid": self.bid, "ask": self.ask, "buy": self.buy, "sell": self.sell}
        sheet = style_sheet(self._theme, sides, self.words.families(), self.figures.families())
        if app.styleSheet() != sheet:
            app.setStyleSheet(sheet)

    def _set(self, theme: ThemeName, pack: ColourPack, mode: ColourMode) -> None:
        if (theme, pack, mode) == (self._theme.name, self._pack, self._mode):
            return
        # What a price's colour tells is painted, not dressed: a new sheet holds the whole window up for seconds
        is_dressed = (theme, pack) == (self._theme.name, self._pack)
        self._theme, self._pack, self._mode = _THEMES[theme], pack, mode
        self._pair = _pair(self._theme, pack)
        if self._application is not None and not is_dressed:
            self.apply(self._application)
        self.changed.emit()

    def _palette(self) -> QPalette:
        theme, role = self._theme, QPalette.ColorRole
        palette = QPalette()
        for where, colour in (
            (role.Window, theme.window),
            (role.WindowText, theme.text),
            (role.Base, theme.panel),
            (role.AlternateBase, theme.raised),
            (role.Text, theme.text),
            (role.PlaceholderText, theme.dim),
            (role.Button, theme.raised),
            (role.ButtonText, theme.text),
            (role.BrightText, theme.critical),
            (role.Highlight, theme.selected),
            (role.HighlightedText, theme.text),
            (role.Accent, theme.focus),
            (role.Link, theme.focus),
            (role.LinkVisited, theme.focus),
            (role.ToolTipBase, theme.raised),
            (role.ToolTipText, theme.text),
            (role.Light, theme.border),
            (role.Midlight, theme.border),
            (role.Mid, theme.border),
            (role.Dark, theme.grid),
            (role.Shadow, theme.window),
        ):
            palette.setColor(where, colour)
        for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, where, theme.faint)
        return palette
