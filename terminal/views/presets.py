"""Layouts that come with the program: which panels each shows, where, how large, and how its chain is dressed."""

from dataclasses import dataclass

from terminal.views.chain.columns import ColumnSet
from terminal.views.theme import ColourMode
from terminal.views.translation import mark, translate

#: Window heights between which the height below grows, and the least of it
_SHORT, _TALL, _LEAST_BOTTOM = 768, 1080, 240


@dataclass(frozen=True, slots=True)
class Preset:
    """One layout. Names are those of the docks; sizes in pixels; `bottom_height` is that of a window 1080 high.

    `middle` stands between the chain and `bottom`; `bottom` and `bottom_right` stand side by side. Where the window is
    narrow all of them are one group of tabs, unless `middle_beside` has the middle stand beside `bottom` wherever the
    window is not high. Panels in `right_tabs` share one place at the right as tabs, the first in front; the first of
    them stands for that place in `right`. Panels that a desk does not have are passed over. `strips` stand below
    `bottom`, one under the other and each with its height; where the window is not high they are tabs of `bottom`, as
    what is under a panel on the left is its tab.
    `columns` and `colours` dress the chain when the user turns to the preset for the first time; None leaves them.
    """

    name: str
    words: str
    left: tuple[str, ...] = ()
    left_width: int = 0
    right: tuple[str, ...] = ()
    right_width: int = 0
    right_tabs: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()
    middle_height: int = 0
    middle_beside: bool = False
    bottom: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()
    bottom_height: int = 0
    strips: tuple[tuple[str, int], ...] = ()
    front: str = ""
    """The tab in front below"""
    left_share: float = 0.54
    """Of the width below, for the left group"""
    shows_chain: bool = True
    """Without the chain the panels below have all of the height"""
    keeps_sides: bool = False
    """Whether `bottom_right` stands at the side in a narrow window too"""
    columns: ColumnSet | None = None
    colours: ColourMode | None = None

    def bottom_height_in(self, height: int) -> int:
        """How high the panels below are at least in a window of this height."""
        if not self.bottom_height:
            return 0
        share = min(max((height - _SHORT) / (_TALL - _SHORT), 0.0), 1.0)
        return round(_LEAST_BOTTOM + share * (self.bottom_height - _LEAST_BOTTOM))


PRESETS = (
    Preset(
        "trading",
        mark("Preset", "Trading"),
        left=("rail",),
        left_width=212,
        right=("depth", "ticket"),
        right_width=356,
        bottom=("orders", "fills", "instructions", "queries", "history", "notices"),
        bottom_right=("positions", "funds", "ladder"),
        bottom_height=420,
        front="orders",
        columns=ColumnSet.TRADER,
    ),
    Preset("chain", mark("Preset", "Chain only")),
    Preset(
        "retail",
        mark("Preset", "Retail"),
        left=("picker", "intraday"),
        left_width=310,
        right=("depth", "ticket"),
        right_width=380,
        bottom=("positions", "orders", "fills", "instructions", "queries", "history"),
        bottom_height=240,
        strips=(("notices", 124), ("funds", 184)),
        front="positions",
        columns=ColumnSet.RETAIL,
        colours=ColourMode.BY_CHANGE,
    ),
    Preset(
        "risk",
        mark("Preset", "Risk"),
        left=("rail",),
        left_width=212,
        bottom=("volatility", "smiles", "surface", "orders", "positions"),
        bottom_right=("risk",),
        bottom_height=620,
        front="volatility",
        keeps_sides=True,
        columns=ColumnSet.TRADER,
        colours=ColourMode.BY_SIDE,
    ),
    Preset(
        "making",
        mark("Preset", "Making"),
        right=("inquiries",),
        right_width=500,
        bottom=("obligations",),
        bottom_height=560,
        front="obligations",
        columns=ColumnSet.TRADER,
        colours=ColourMode.BY_SIDE,
    ),
    Preset(
        "quoting",
        mark("Preset", "Quoting"),
        left=("rail", "exposure"),
        left_width=296,
        right=("depth", "quote", "protection"),
        right_width=360,
        right_tabs=("quote", "ticket", "basket"),
        middle=("volatility", "ladder"),
        middle_height=270,
        middle_beside=True,
        bottom=("quoting", "strategies", "orders", "fills", "positions", "notices"),
        bottom_height=300,
        front="quoting",
        left_share=0.62,
        columns=ColumnSet.TRADER,
        colours=ColourMode.BY_SIDE,
    ),
    Preset(
        "expiry",
        mark("Preset", "Expiry"),
        left=("calendar",),
        left_width=330,
        right=("alerts", "ticket"),
        right_width=384,
        bottom=("cockpit", "positions", "orders", "fills", "instructions", "notices"),
        bottom_right=("assignment", "covered", "adjustment"),
        left_share=0.71,
        front="cockpit",
        shows_chain=False,
        columns=ColumnSet.TRADER,
        colours=ColourMode.BY_SIDE,
    ),
)


def preset_title(name: str) -> str:
    """The title of a preset in the language in force; any other word as it is."""
    return next((translate("Preset", p.words) for p in PRESETS if p.name == name), name)


def preset(name: str) -> Preset:
    """A preset by name, the first one for a name that is not known."""
    return next((p for p in PRESETS if p.name == name), PRESETS[0])
