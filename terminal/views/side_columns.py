"""Keeps the columns beside the chain as wide as they were when another one comes up or goes.

Qt gives what a closed column leaves to the column beside it: without this a drawer that is opened and closed makes the
order ticket twice as wide, for good, and the chain narrower.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from terminal.views.docks import Dock

_SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)


class SideColumns:
    """`note_move` when a dock has moved, `keep` once a frame, `forget` when the whole layout changes.

    `columns` come up as wide as they would like.
    """

    def __init__(self, window: QMainWindow, docks: Mapping[str, Dock], columns: frozenset[str]) -> None:
        self._window = window
        self._docks = docks
        self._columns = columns
        self._shown: frozenset[str] | None = None
        self._widths: dict[str, int] = {}
        self._moved = False

    def note_move(self) -> None:
        """A dock was resized, torn off, shown or hidden. Asking Qt for all of them at every frame would be dear."""
        self._moved = True

    def forget(self) -> None:
        """What stands at the sides now is taken as it is."""
        self._shown = None

    def keep(self) -> None:
        """Note the widths, or give them back where a column has come or gone since."""
        if not self._moved and self._shown is not None:
            return
        self._moved = False
        sides = {
            name: dock
            for name, dock in self._docks.items()
            if not dock.isHidden() and not dock.isFloating() and self._window.dockWidgetArea(dock) in _SIDES
        }
        shown = frozenset(sides)
        if self._shown is not None and shown != self._shown:
            wanted = {name: self._widths[name] for name in sides if name in self._widths}
            for name in (shown - self._shown) & self._columns:
                wanted[name] = sides[name].sizeHint().width()
            self._window.resizeDocks([sides[n] for n in wanted], list(wanted.values()), Qt.Orientation.Horizontal)
            self._shown = None
            return
        self._shown = shown
        # One behind another tab has the width it had when it was last seen
        self._widths = {name: dock.width() for name, dock in sides.items() if not dock.visibleRegion().isEmpty()}
