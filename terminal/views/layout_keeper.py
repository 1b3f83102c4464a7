"""Keeps the layout of the window: which one is in force, as the user left it, wide or narrow, saved as it changes."""

import base64
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from terminal.services.desk import Desk
from terminal.services.events import DayChanged
from terminal.views.docks import Dock
from terminal.views.frame_timer import FRAMES_PER_SECOND
from terminal.views.layouts import COLUMNS, Room, dress_docks, lay_out, size, take_in
from terminal.views.presets import PRESETS, Preset, preset
from terminal.views.series_rail import NARROW_WIDTH, WIDE_WIDTH
from terminal.views.settings import Settings
from terminal.views.side_columns import SideColumns
from terminal.views.theme import GUTTER, STATUS_BAR, TOP_BAR

if TYPE_CHECKING:
    from terminal.views.main_window import MainWindow

#: Below this width the rail is a strip and all panels below are one group; each kind has layouts of its own
NARROW_BELOW = 1500
#: A layout is saved once it has stood still for this long
_QUIET_FRAMES = FRAMES_PER_SECOND
_STATE_VERSION = 1


class LayoutKeeper(QObject):
    """Arranges the docks of a window around its chain."""

    def __init__(
        self, window: "MainWindow", docks: dict[str, Dock], chain: QWidget, desk: Desk, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._chain = chain
        self._desk = desk
        self._settings = settings
        self.preset: Preset = PRESETS[0]
        """In force"""
        self._quiet = 0
        self._is_dirty = False
        self._floats_below = True
        self._frameless: QSize | None = None
        """The size restored, until the frame around it is known"""
        self._is_placing = False
        self._narrow = False
        self._awaits_list = False
        self._sizes_again = False
        """Docks that have just taken the chain's place have their widths once Qt has laid them out without it"""
        self._columns = SideColumns(window, docks, COLUMNS)
        desk.bus.subscribe(DayChanged, self._on_day)

    def restore(self) -> None:
        """The window and its layout as they were left."""
        window = self._window
        geometry = _bytes_of(self._settings.read("window"))
        if geometry is not None:
            # Qt refuses what comes from a screen of quite another width, and knows no frame before a window is shown
            window.restoreGeometry(geometry)
            self._fit_to_screen()
            self._frameless = window.size()
        elif QGuiApplication.platformName() != "offscreen":
            # The first time: all of the screen, less the task bar. The offscreen platform's screen is no one's
            window.setWindowState(Qt.WindowState.WindowMaximized)
        self.show(preset(str(self._settings.read("preset"))))

    def use(self, name: str) -> None:
        """Save the layout in force and put another on screen, as it was left or as it comes with the program."""
        # A window just made narrow still has the other kind's layout, squeezed: not worth keeping
        if self._narrow == self._is_narrow():
            self.save()
        self.show(preset(name))
        self._settings.write("preset", self.preset.name)

    def save(self) -> None:
        """Keep the layout in force now."""
        window = self._window
        state = bytes(window.saveState(_STATE_VERSION).data())
        self._settings.write(self._key(self.preset), base64.b64encode(state).decode("ascii"))
        geometry = bytes(window.saveGeometry().data())
        self._settings.write("window", base64.b64encode(geometry).decode("ascii"))
        self._is_dirty = False
        window.status.show_layout_saved(True)

    def keep_up(self) -> None:
        """Once a frame: another kind of layout where the width asks for it, and what stands still is saved."""
        if self._floats_below and self._window.isActiveWindow():
            self._floats_below = False
            self._raise_torn_off()
            if self._window.size() == self._frameless:
                self._fit_to_screen()
        if self._narrow != self._is_narrow():
            self.show(self.preset)
        elif self._sizes_again:
            self._sizes_again = False
            self._size_docks()
        else:
            self._columns.keep()
        if self._is_dirty:
            self._quiet += 1
            if self._quiet == 1:
                self._dress_docks()
            if self._quiet >= _QUIET_FRAMES:
                self.save()

    def show(self, wanted: Preset, *, fresh: bool = False) -> None:
        """Put a layout on screen, as it was left unless it shall be fresh."""
        window, before = self._window, self._window.size()
        self._columns.forget()
        focused = QApplication.focusWidget()
        self._is_placing = True
        self.preset = wanted
        self._narrow = self._is_narrow()
        window.centre.show_chain(wanted.shows_chain)
        self.fit_rail()
        saved = None if fresh else _bytes_of(self._settings.read(self._key(wanted)))
        # A layout of another version of the program, or a damaged one, is not restored by Qt and says so
        if saved is None or not window.restoreState(saved, _STATE_VERSION):
            lay_out(window, self._docks, wanted, self._room())
            self._awaits_list = not self._desk.market.contracts
            self._sizes_again = not wanted.shows_chain or wanted.middle_beside
        else:
            take_in(window, self._docks)
        self._is_placing = False
        self._dress_docks()
        self._keep_size(before)
        if window.isActiveWindow():
            # Qt gives the keyboard of a panel that is hidden for a moment to the next button it finds
            (focused if focused is not None and focused.isVisible() else self._first(wanted)).setFocus()
        window.status.show_preset(wanted.name)
        self._is_dirty = False
        window.status.show_layout_saved(True)

    def _keep_size(self, size: QSize) -> None:
        """As large as it was: while docks change places, Qt asks for room as if all stood below each other."""
        layout = self._window.layout()
        if layout is not None:
            layout.activate()
        if self._window.size() != size and not self._window.isMaximized():
            self._window.resize(size)

    def fit_rail(self) -> None:
        """Little room makes the rail a strip."""
        self._columns.forget()
        rail, narrow = self._window.rail, self._is_narrow()
        if narrow == rail.narrow:
            return
        rail.set_narrow(narrow)
        self._dress_docks()
        dock = self._docks["rail"]
        if dock.isVisible() and not dock.isFloating():
            width = NARROW_WIDTH if narrow else WIDE_WIDTH - GUTTER
            self._window.resizeDocks([dock], [width], Qt.Orientation.Horizontal)

    def on_moved(self) -> None:
        """A dock has moved; by the user, unless a layout is being put on screen."""
        self._columns.note_move()
        if self._is_placing or not self._window.isVisible():
            return
        self._quiet = 0
        if not self._is_dirty:
            self._is_dirty = True
            self._window.status.show_layout_saved(False)

    # ---- inside

    def _fit_to_screen(self) -> None:
        """No larger than the screen, frame included, and all of it on the screen."""
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        size, frame = window.size(), window.frameGeometry()
        screen = QGuiApplication.screenAt(frame.center()) or window.screen()
        room, around = screen.availableGeometry(), frame.size() - size
        window.resize(size.boundedTo(room.size() - around))
        frame.setSize(window.size() + around)
        frame.moveRight(min(frame.right(), room.right()))
        frame.moveBottom(min(frame.bottom(), room.bottom()))
        window.move(max(frame.x(), room.x()), max(frame.y(), room.y()))

    def _raise_torn_off(self) -> None:
        """Panels torn off before the last end come up before the window is placed, and would lie behind it."""
        for dock in self._docks.values():
            if dock.isFloating() and not dock.isHidden():
                dock.raise_()

    def _first(self, wanted: Preset) -> QWidget:
        """What has the keyboard first: the chain, or the panel in front where there is none."""
        front = self._docks.get(wanted.front)
        return self._chain if wanted.shows_chain or front is None else front.widget()

    def _is_narrow(self) -> bool:
        return self._window.width() < NARROW_BELOW

    def _key(self, wanted: Preset) -> str:
        return f"layout.{wanted.name}" + (".narrow" if self._narrow else "")

    def _room(self) -> Room:
        window, banner = self._window, self._window.banner
        bars = TOP_BAR + STATUS_BAR + (0 if banner.isHidden() else banner.sizeHint().height())
        return Room(
            width=window.width(),
            height=window.height(),
            between_bars=window.height() - bars,
            chain_height=self._chain.sizeHint().height(),
            narrow=self._narrow,
            rail_width=NARROW_WIDTH if self._narrow else None,
        )

    def _on_day(self, _event: DayChanged) -> None:
        # How high the chain is, is known with the first list; a layout that the user made is left alone
        if self._awaits_list:
            self._awaits_list = False
            self._size_docks()

    def _size_docks(self) -> None:
        self._is_placing = True
        size(self._window, self._docks, self.preset, self._room())
        self._is_placing = False

    def _dress_docks(self) -> None:
        self._is_placing = True
        untitled = {"rail"} if self._window.rail.narrow else set[str]()
        dress_docks(self._window, self._docks, untitled=untitled, narrow=self._narrow)
        self._is_placing = False


def _bytes_of(value: object) -> QByteArray | None:
    """What `save` wrote; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        return QByteArray(base64.b64decode(value, validate=True))
    except ValueError:
        return None
