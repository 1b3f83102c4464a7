"""Layouts that come with the program: which panels each shows, where, and how large."""

from dataclasses import dataclass

from terminal.views.translation import mark


@dataclass(frozen=True, slots=True)
class Preset:
    """One layout. Names are those of the docks; sizes in pixels; `front` is the tab in front below."""

    name: str
    words: str
    left: tuple[str, ...]
    left_width: int
    right: tuple[str, ...]
    right_width: int
    bottom: tuple[str, ...]
    bottom_height: int
    front: str = ""


PRESETS = (
    Preset(
        "trading",
        mark("Preset", "Trading"),
        left=("rail",),
        left_width=212,
        right=("depth", "ticket"),
        right_width=356,
        bottom=("orders", "fills", "positions", "funds", "notices", "history"),
        bottom_height=250,
        front="orders",
    ),
    Preset(
        "chain",
        mark("Preset", "Chain only"),
        left=(),
        left_width=0,
        right=(),
        right_width=0,
        bottom=(),
        bottom_height=0,
    ),
    Preset(
        "retail",
        mark("Preset", "Retail"),
        left=("picker",),
        left_width=310,
        right=("depth", "ticket"),
        right_width=380,
        bottom=("positions", "orders", "fills", "funds", "notices", "history"),
        bottom_height=300,
        front="positions",
    ),
)


def preset(name: str) -> Preset:
    """A preset by name, the first one for a name that is not known."""
    return next((p for p in PRESETS if p.name == name), PRESETS[0])
