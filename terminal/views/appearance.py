"""What every screen looks like now (外观): tokens, fonts and palette in force, exchanged while the program runs.

No view writes a colour or a font of its own: it asks `Appearance` when it paints and repaints on `changed`.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from terminal.views.fonts import load_fonts, proportional, tabular
from terminal.views.style_sheet import style_sheet
from terminal.views.theme import SIZE_BODY, SIZE_TABLE, THEMES, ColourMode, ColourPack, Theme, ThemeName, pair_of


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
        self._theme = THEMES[theme]
        self._pack = pack
        self._mode = mode
        self._pair = pair_of(self._theme, pack)
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
        self._theme, self._pack, self._mode = THEMES[theme], pack, mode
        self._pair = pair_of(self._theme, pack)
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
