"""Puts the docks where a preset wants them, and gives each the title that fits its place."""

from collections.abc import Mapping, Set

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QTabBar

from terminal.views.docks import Dock, tabbed_with_others
from terminal.views.presets import Preset

_LEFT, _RIGHT, _BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
#: Where a panel comes up that its preset does not show; below unless named
_HOMES = {"rail": _LEFT, "picker": _LEFT, "depth": _RIGHT, "ticket": _RIGHT}
#: Of the right column: five levels each side, and all that is left
_DEPTH_HEIGHT, _REST_HEIGHT = 250, 700


def lay_out(window: QMainWindow, docks: Mapping[str, Dock], wanted: Preset, *, rail_width: int | None) -> None:
    """Place every dock as a preset says; `rail_width` is that of the narrow rail, None for the preset's own."""
    for dock in docks.values():
        dock.setFloating(False)
        window.removeDockWidget(dock)
    for names, area in ((wanted.left, _LEFT), (wanted.right, _RIGHT), (wanted.bottom, _BOTTOM)):
        for place, name in enumerate(names):
            window.addDockWidget(area, docks[name])
            docks[name].show()
            if place and area is _BOTTOM:
                window.tabifyDockWidget(docks[names[0]], docks[name])
    shown = {*wanted.left, *wanted.right, *wanted.bottom}
    for name, dock in docks.items():
        if name not in shown:
            # Known to the window, so that the View menu can bring it up where it belongs
            window.addDockWidget(_HOMES.get(name, _BOTTOM), dock)
            dock.hide()
    if wanted.front:
        docks[wanted.front].raise_()
    _size(window, docks, wanted, rail_width)


def dress_docks(window: QMainWindow, docks: Mapping[str, Dock], *, untitled: Set[str]) -> None:
    """Titles for docks that stand alone, none for tabbed ones and for those named."""
    for name, dock in docks.items():
        dock.dress(untitled=name in untitled or tabbed_with_others(dock, window))
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        bar.setDrawBase(False)
        bar.setExpanding(False)
        bar.setElideMode(Qt.TextElideMode.ElideNone)


def _size(window: QMainWindow, docks: Mapping[str, Dock], wanted: Preset, rail_width: int | None) -> None:
    """Once every dock is in its place: sizes given before that are lost to the next one."""
    left = rail_width if rail_width is not None and wanted.left == ("rail",) else wanted.left_width
    columns = [(names[0], size) for names, size in ((wanted.left, left), (wanted.right, wanted.right_width)) if names]
    window.resizeDocks([docks[n] for n, _ in columns], [size for _, size in columns], Qt.Orientation.Horizontal)
    rows = [(name, _DEPTH_HEIGHT if name == "depth" else _REST_HEIGHT) for name in wanted.right]
    rows += [(name, wanted.bottom_height) for name in wanted.bottom[:1]]
    window.resizeDocks([docks[n] for n, _ in rows], [size for _, size in rows], Qt.Orientation.Vertical)
