"""Puts the docks where a preset wants them, and gives each the title that fits its place."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QTabBar

from terminal.views.docks import TITLE_HEIGHT, Dock, tabbed_with_others
from terminal.views.presets import Preset
from terminal.views.style_sheet import set_role
from terminal.views.tab_overflow import TabOverflow

_LEFT, _RIGHT, _BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
#: Where a panel comes up that its preset does not show; below unless named
_HOMES = {
    "rail": _LEFT,
    "picker": _LEFT,
    "exposure": _LEFT,
    "intraday": _LEFT,
    "depth": _RIGHT,
    "ticket": _RIGHT,
    "basket": _RIGHT,
    "inquiries": _RIGHT,
    "protection": _RIGHT,
    "quote": _RIGHT,
    "calendar": _LEFT,
}
#: Comes up as a column of its own on the right, beside what stands there
COLUMNS = frozenset({"alerts"})
#: Comes up as a tab of the first group below, where the preset has one: too wide for a place of its own there
_TABS = frozenset({"alert_settings", "terms", "duties", "ladder"})
#: Comes up as a tab beside another panel, where the preset shows that one
_TWINS = {"quote": "ticket", "basket": "ticket", "ladder": "volatility"}
#: In a narrow window the depth is as small as it may be; in a wide one the newest trades stand below it
_SMALL_DEPTH, _DEPTH_AND_TAPE = 236 + TITLE_HEIGHT, 470 + TITLE_HEIGHT
#: Window height from which a layout has its middle row
_HIGH = 1000
#: Six lines under the rail
_EXPOSURE = 176 + TITLE_HEIGHT
#: The day of an underlying under the picker
_INTRADAY = 226 + TITLE_HEIGHT
#: The two-sided quote without what fills would make of the book
_QUOTE = 384 + TITLE_HEIGHT
#: The taller one of the two tickets behind each other, as far as that leaves the box below something to show
_TICKETS = 424
#: So many panels stand at the right where the window is not high; what else belongs there are tabs below
_AT_THE_RIGHT = 2
#: Below may grow to this over the preset's height where the chain leaves room
_MOST = 1.4


@dataclass(frozen=True, slots=True)
class Room:
    """What there is to share out, pixels: the window, what lies between its bars, and what the chain asks for.

    `rail_width` is that of the narrow rail, None for the preset's own; `narrow` makes one group of all tabs below.
    """

    width: int
    height: int
    between_bars: int
    chain_height: int
    narrow: bool
    rail_width: int | None

    @property
    def is_high(self) -> bool:
        """Whether three rows of panels can stand one above the other."""
        return not self.narrow and self.height >= _HIGH


def lay_out(window: QMainWindow, docks: Mapping[str, Dock], wanted: Preset, room: Room) -> None:
    """Place every dock as a preset says."""
    for dock in docks.values():
        dock.setFloating(False)
        window.removeDockWidget(dock)
    wanted = _with(wanted, docks, room)
    groups = _groups_below(wanted, room)
    # A dock is hidden until it stands among its tabs: a visible one would widen the window for a moment, and for good
    for names, area in ((wanted.left, _LEFT), (wanted.right, _RIGHT)):
        for name in names:
            window.addDockWidget(area, docks[name])
    if _is_pile(wanted, room):
        for name in wanted.left[1:]:
            window.tabifyDockWidget(docks[wanted.left[0]], docks[name])
    strips = [name for name, _ in wanted.strips]
    for number, group in enumerate(groups):
        if number:
            is_under = groups[number - 1] == wanted.middle or group[0] in strips
            way = Qt.Orientation.Vertical if is_under else Qt.Orientation.Horizontal
            window.splitDockWidget(docks[groups[number - 1][0]], docks[group[0]], way)
        else:
            window.addDockWidget(_BOTTOM, docks[group[0]])
    for group in (*groups, wanted.right_tabs):
        for name in group[1:]:
            window.tabifyDockWidget(docks[group[0]], docks[name])
    shown = [*wanted.left, *wanted.right, *wanted.right_tabs[1:], *(name for group in groups for name in group)]
    for name in docks:
        if name not in shown:
            _take_home(window, docks, name, shown, groups[0][0] if groups else "")
    for name in shown:
        docks[name].show()
    if wanted.left:
        docks[wanted.left[0]].raise_()
    for group in (*groups, *((wanted.right_tabs,) if wanted.right_tabs else ())):
        docks[wanted.front if wanted.front in group else group[0]].raise_()
    size(window, docks, wanted, room)


def take_in(window: QMainWindow, docks: Mapping[str, Dock]) -> None:
    """Give panels that a layout kept by an older program does not know a place to come up in."""
    new = [
        name
        for name, dock in docks.items()
        if not dock.isFloating() and window.dockWidgetArea(dock) is Qt.DockWidgetArea.NoDockWidgetArea
    ]
    shown = [name for name, dock in docks.items() if name not in new and not dock.isHidden()]
    below = [name for name in shown if window.dockWidgetArea(docks[name]) is _BOTTOM and not docks[name].isFloating()]
    for name in new:
        _take_home(window, docks, name, shown, next(iter(below), ""))


def size(window: QMainWindow, docks: Mapping[str, Dock], wanted: Preset, room: Room) -> None:
    """Give the docks of a preset their sizes, once every dock is in its place: sizes given before that are lost."""
    wanted = _with(wanted, docks, room)
    left = room.rail_width if room.rail_width is not None and wanted.left == ("rail",) else wanted.left_width
    columns = [(names[0], px) for names, px in ((wanted.left, left), (wanted.right, wanted.right_width)) if names]
    if not wanted.shows_chain:
        # Without a centre the docks share the width among themselves: all of it is given out at once
        columns = _all_columns(wanted, room, left)
    window.resizeDocks([docks[n] for n, _ in columns], [px for _, px in columns], Qt.Orientation.Horizontal)
    below_left = () if _is_pile(wanted, room) else wanted.left[1:]
    under = [(name, _INTRADAY if name == "intraday" else _EXPOSURE) for name in below_left]
    rows = _rows_at_the_right(wanted, room)
    if under:
        rows += [(wanted.left[0], room.between_bars - sum(px for _, px in under)), *under]
    least = wanted.bottom_height_in(room.height) if wanted.shows_chain else room.between_bars
    middle = [(name, wanted.middle_height) for name in wanted.middle[:1] if room.is_high]
    strips = [*wanted.strips] if room.is_high else []
    spare = room.between_bars - room.chain_height - sum(px for _, px in (*middle, *strips))
    rows += [*middle, *((name, max(least, min(spare, round(least * _MOST)))) for name in wanted.bottom[:1]), *strips]
    window.resizeDocks([docks[n] for n, _ in rows], [px for _, px in rows], Qt.Orientation.Vertical)
    if wanted.bottom_right and wanted.shows_chain and (wanted.keeps_sides or not room.narrow):
        centre = room.width - left - wanted.right_width
        first = round(centre * wanted.left_share)
        pair = [docks[wanted.bottom[0]], docks[wanted.bottom_right[0]]]
        window.resizeDocks(pair, [first, centre - first], Qt.Orientation.Horizontal)


def _rows_at_the_right(wanted: Preset, room: Room) -> list[tuple[str, int]]:
    """The panels at the right, from above, each with its height: the last has what the others leave."""
    names = wanted.right
    if "depth" not in names and "quote" not in names:
        share = room.between_bars // max(len(names), 1)
        return [(name, share) for name in names]
    depth = _SMALL_DEPTH if room.narrow or "quote" in names else _DEPTH_AND_TAPE
    # What the two-sided quote says of a strategy must be seen; the box below it scrolls
    heights = {"depth": depth, "quote": _TICKETS if len(wanted.right_tabs) > 1 else _QUOTE}
    fixed = [(name, heights[name]) for name in names[:-1] if name in heights]
    return [*fixed, *((name, room.between_bars - sum(px for _, px in fixed)) for name in names[-1:])]


def dress_docks(window: QMainWindow, docks: Mapping[str, Dock], *, untitled: Set[str], narrow: bool = False) -> None:
    """Titles for docks that stand alone, none for tabbed ones and for those named; tight tabs in a narrow window."""
    for name, dock in docks.items():
        dock.dress(untitled=name in untitled or tabbed_with_others(dock, window))
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        bar.setDrawBase(False)
        bar.setExpanding(False)
        bar.setElideMode(Qt.TextElideMode.ElideNone)
        set_role(bar, "tight" if narrow else "")
        if bar.findChild(TabOverflow) is None:
            TabOverflow(bar)


def _take_home(window: QMainWindow, docks: Mapping[str, Dock], name: str, shown: Sequence[str], first: str) -> None:
    """Let the window know a panel that is not shown, so that the View menu can bring it up where it belongs.

    `first` is the panel whose tabs those of the first group below join.
    """
    dock, twin = docks[name], _TWINS.get(name, "")
    if name in COLUMNS:
        window.addDockWidget(_RIGHT, dock, Qt.Orientation.Horizontal)
    else:
        window.addDockWidget(_HOMES.get(name, _BOTTOM), dock)
        if twin in shown:
            window.tabifyDockWidget(docks[twin], dock)
        elif name in _TABS and first:
            window.tabifyDockWidget(docks[first], dock)
    dock.hide()


def _all_columns(wanted: Preset, room: Room, left: int) -> list[tuple[str, int]]:
    """Every column of a layout without the chain, from the left, with its width."""
    centre = room.width - left - wanted.right_width
    split = bool(wanted.bottom_right) and (wanted.keeps_sides or not room.narrow)
    first = round(centre * wanted.left_share) if split else centre
    columns = [(wanted.left[:1], left), (wanted.bottom[:1], first)]
    columns += [(wanted.bottom_right[:1], centre - first)] if split else []
    columns.append((wanted.right[:1], wanted.right_width))
    return [(names[0], px) for names, px in columns if names]


def _is_pile(wanted: Preset, room: Room) -> bool:
    """Whether what is under the panel on the left is its tab: there is no height for both."""
    return wanted.left[:1] == ("picker",) and not room.is_high


def _with(wanted: Preset, docks: Mapping[str, Dock], room: Room) -> Preset:
    """The preset without panels that this desk does not have, and without room for.

    A narrow rail at the left has nothing below it, and where the window is not high two panels stand at the right.
    """

    def there(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name in docks)

    tabs = there(wanted.right_tabs)
    # The first of the tabs that the desk has keeps their place
    right = tuple(name if name not in wanted.right_tabs else next(iter(tabs), name) for name in wanted.right)
    left, beside = wanted.left, tuple[str, ...]()
    if room.rail_width is not None and wanted.left[:1] == ("rail",):
        left, beside = wanted.left[:1], wanted.left[1:]
    if len(right) > _AT_THE_RIGHT and not room.is_high:
        right, beside = right[:_AT_THE_RIGHT], (*beside, *right[_AT_THE_RIGHT:])
    if wanted.middle_beside and not room.is_high:
        middle = there(wanted.middle)
        wanted = replace(wanted, middle=(), bottom_right=middle, keeps_sides=True)
    return replace(
        wanted,
        left=there(left),
        right=there(right),
        right_tabs=tabs,
        middle=there(wanted.middle),
        bottom=there((*wanted.bottom, *beside)),
        bottom_right=there(wanted.bottom_right),
        strips=tuple((name, px) for name, px in wanted.strips if name in docks),
    )


def _groups_below(wanted: Preset, room: Room) -> list[tuple[str, ...]]:
    """Groups of tabs below the chain, from above and from the left."""
    strips = tuple(name for name, _ in wanted.strips)
    if not room.is_high:
        # Behind the tab that counts
        bottom = (*wanted.bottom[:1], *wanted.middle, *wanted.bottom[1:], *reversed(strips))
        wanted, strips = replace(wanted, middle=(), bottom=bottom), ()
    groups = [wanted.middle, wanted.bottom, wanted.bottom_right, *((name,) for name in strips)]
    if room.narrow and not wanted.keeps_sides:
        groups = [(*wanted.bottom, *wanted.bottom_right)]
        if not wanted.shows_chain:
            # What belongs together stands together
            groups = [(*wanted.bottom[:1], *wanted.bottom_right, *wanted.bottom[1:])]
    return [names for names in groups if names]
