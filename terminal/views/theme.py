"""The tokens of every screen (设计令牌): sizes, the two packs of colours, and which of them mean up and down.

Which are in force now says `appearance.py`; no view writes a colour of its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor

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
THEMES = {ThemeName.DARK: DARK, ThemeName.LIGHT: LIGHT}


@dataclass(frozen=True, slots=True)
class Pair:
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


def pair_of(theme: Theme, pack: ColourPack) -> Pair:
    """The colours of a theme under a pack."""
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
    return Pair(
        first[0], second[0], bid=first[1], bid_cell=first[2], ask=second[1], ask_cell=second[2], buy=first[3],
        sell=second[3],
    )  # fmt: skip
