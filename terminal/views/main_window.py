"""The main window: top bar, movable panels around the chain, status bar, layouts that are saved as they change.

Panels come in ready made; the window only places them. Closing asks for the program's end and never ends it itself:
the program cancels or leaves orders, closes the line and the journal, and then hides the window.
"""

from collections.abc import Callable, Coroutine, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from terminal.rules.profile import Sessions
from terminal.services.desk import Desk
from terminal.services.valuation import Valuation
from terminal.views.alerts.badge import AlertBadge
from terminal.views.appearance import Appearance
from terminal.views.banner import Banner
from terminal.views.centre import Centre
from terminal.views.colour_choice import ColourChoice
from terminal.views.dock_titles import DOCK_TITLES, TAB_TITLES
from terminal.views.docks import Dock
from terminal.views.frame_timer import BEAT, FRAMES_PER_SECOND, FrameTimer
from terminal.views.head import Head
from terminal.views.keys import Keys
from terminal.views.keys_sheet import KeysSheet
from terminal.views.layout_keeper import LayoutKeeper
from terminal.views.notices_panel import NoticesPanel
from terminal.views.obligations.gauge import ObligationGauge
from terminal.views.picker import Picker
from terminal.views.presets import PRESETS
from terminal.views.quoting.stop_menu import StopMenu
from terminal.views.record_table import Export
from terminal.views.series_rail import SeriesRail
from terminal.views.settings import Settings
from terminal.views.status_bar import StatusBar
from terminal.views.top_bar import TopBar
from terminal.views.translation import Languages
from terminal.views.view_menu import ViewMenu
from terminal.views.watch import Watch
from terminal.views.window_keys import WindowKeys, kept_keys

_HEARTBEAT_FRAMES = 2 * FRAMES_PER_SECOND
#: Counters and titles of docks are shown anew once a second
_TITLE_FRAMES = FRAMES_PER_SECOND
#: Narrower, the six instructions do not fit in English
_TICKET_WIDTH = 356
_BELOW = ("orders", "fills", "instructions", "queries", "positions", "funds", "notices", "history")
_ANALYSIS = ("volatility", "smiles", "surface", "risk", "terms", "quoting", "strategies", "ladder", "basket")
_MAKING = ("obligations", "inquiries", "duties")
_EXPIRY = ("calendar", "cockpit", "assignment", "covered", "adjustment")
_LEAST_BELOW = 240
#: Whose key stands on the tab
_KEYS_ON_TABS = frozenset({"ticket"})


class ExitRequest(Protocol):
    """Told once that the user wants to leave; an asyncio.Event is one."""

    def set(self) -> None:
        """The user wants to leave."""


class MainWindow(QMainWindow):
    """Everything of one desk on screen. `spawn` starts a coroutine on the program's loop; the window awaits nothing."""

    contract_chosen = Signal(str)
    """Smart box or picker: turn chain, depth and ticket to this contract"""
    underlying_chosen = Signal(str)
    series_chosen = Signal(object)
    """(underlying, expiry, adjustment letter) from the rail"""
    preset_chosen = Signal(str)
    """The user has turned to a layout"""
    pull_wanted = Signal()
    """Every quote is to be taken out"""
    first_reminder_wanted = Signal()
    """Do what the worst reminder offers"""

    def __init__(
        self,
        desk: Desk,
        appearance: Appearance,
        languages: Languages,
        frame_timer: FrameTimer,
        settings: Settings,
        exit_requested: ExitRequest,
        *,
        spawn: Callable[[Coroutine[Any, Any, Any]], object],
        days_left: Callable[[date], int],
        chain: QWidget,
        depth: QWidget,
        ticket: QWidget,
        orders: QWidget,
        fills: QWidget,
        positions: QWidget,
        funds: QWidget,
        history: QWidget,
        instructions: QWidget,
        queries: QWidget,
        analysis: Mapping[str, QWidget] | None = None,
        making: Mapping[str, QWidget] | None = None,
        expiry: Mapping[str, QWidget] | None = None,
        waiting_inquiries: Callable[[], int] | None = None,
        obligations: ObligationGauge | None = None,
        counts: Mapping[str, Callable[[], int]] | None = None,
        reminders: Mapping[str, QWidget] | None = None,
        badge: AlertBadge | None = None,
        sessions: Sessions | None = None,
        valuation: Valuation | None = None,
        export: Export | None = None,
        keys: Keys | None = None,
        stop_everything: Callable[[], None] | None = None,
        lift_stop: Callable[[], bool] | None = None,
        stop_tiers: StopMenu | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._appearance = appearance
        self._languages = languages
        self._settings = settings
        self._exit_requested = exit_requested
        self._spawn = spawn
        self._frames = 0
        self._sheet: KeysSheet | None = None
        self.keys = keys or kept_keys(settings)
        self._chain, self._ticket = chain, ticket
        self.setObjectName("main")
        self.setWindowTitle("OptionDesk")
        self.resize(1920, 1080)
        self.top_bar = TopBar(
            desk,
            appearance,
            self.keys,
            sessions,
            # Without protections, as over a recorded day, there is nothing to stop but what works
            on_stop=self.cancel_all if stop_everything is None else stop_everything,
            on_lift=lift_stop,
            tiers=stop_tiers,
            obligations=obligations,
            badge=badge,
            valuation=valuation,
        )
        self.banner = Banner()
        self.rail = SeriesRail(desk, appearance, days_left=days_left, valuation=valuation)
        self.picker = Picker(desk, appearance, days_left=days_left)
        self.notices = NoticesPanel(desk, appearance, export=export)
        self.docks: dict[str, Dock] = {}
        panels = {
            "rail": self.rail,
            "picker": self.picker,
            "depth": depth,
            "ticket": ticket,
            "orders": orders,
            "fills": fills,
            "positions": positions,
            "funds": funds,
            "notices": self.notices,
            "history": history,
            "instructions": instructions,
            "queries": queries,
            **(analysis or {}),
            **(making or {}),
            **(reminders or {}),
            **(expiry or {}),
        }
        self._waiting_inquiries = waiting_inquiries
        self.centre = Centre(chain, self)
        self._layouts = LayoutKeeper(self, self.docks, chain, desk, settings)
        self._place(panels, counts or {})
        for dock in self.docks.values():
            dock.visibilityChanged.connect(frame_timer.serve_all_next)
        colours = ColourChoice(desk, appearance, self.banner, settings, self)
        self._view_menu = ViewMenu(self, appearance, colours, languages, settings)
        self.status = StatusBar(
            desk, self.keys, [(p.name, p.words) for p in PRESETS], view_menu=self._view_menu.fill, parent=self
        )
        self._attach_bars()
        self._watch = Watch(desk, self.banner)
        self._connect()
        self._window_keys = WindowKeys(self, self.keys, self._view_menu, settings)
        # Not before: whatever is built under the sheet is dressed again and again
        appearance.finish()
        self._layouts.restore()
        for view, every in ((self.top_bar, 2 * BEAT), (self.picker, BEAT), (self.notices, BEAT), (self, 1)):
            frame_timer.register(view, every)
        # What an underlying does is told four times as often in the bar above
        frame_timer.register(self.rail, 2 * FRAMES_PER_SECOND)

    # ---- what the program asks for

    @property
    def preset_name(self) -> str:
        """The layout in force."""
        return self._layouts.preset.name

    def show_contract(self, code: str) -> None:
        """Follow a contract that was chosen anywhere: pill, rail and picker turn to it."""
        contract = self._desk.market.contract(code)
        if contract is not None:
            self.top_bar.set_underlying(contract.underlying)
            self.rail.show_series(contract.series)
            self.picker.show_contract(code)

    def show_underlying(self, code: str) -> None:
        """Follow an underlying chosen anywhere."""
        self.top_bar.set_underlying(code)
        self.picker.set_underlying(code)

    def cancel_all(self, underlying: str | None = None) -> None:
        """Cancel every working order and take out every quote, of one underlying if named."""
        quoting = self._desk.quoting
        if quoting.board.live_numbers or any(quoting.board.newest):
            quoting.cancel(underlying=underlying or "")
        self._spawn(self._desk.orders.cancel_all(underlying))

    def use_preset(self, name: str) -> None:
        """Save the layout in force and put another on screen, as it was left or as it comes with the program."""
        self._layouts.use(name)
        self.preset_chosen.emit(self.preset_name)

    def reset_layout(self) -> None:
        """The layout in force as it comes with the program."""
        self._layouts.show(self._layouts.preset, fresh=True)

    def save_layout(self) -> None:
        """Keep the layout in force now."""
        self._layouts.save()

    def show_written(self, path: Path) -> None:
        """A file is on disk: say where, and no longer that it could not be written."""
        self.banner.withdraw("export")
        self.status.say_written(path)

    def flush(self) -> None:
        """Heartbeat, counters, titles, and the layout once it stands still."""
        self._frames += 1
        if self._frames % _HEARTBEAT_FRAMES == 1:
            self._desk.ping()
        if self._frames % _TITLE_FRAMES == 0:
            self.status.flush()
            for dock in self.docks.values():
                dock.retitle()
        self._layouts.keep_up()

    def bring_up(self, name: str) -> None:
        """Show a panel, in front of the others in its place, and give it the keyboard."""
        dock = self.docks[name]
        dock.show()
        dock.raise_()
        dock.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_keys(self) -> None:
        """The sheet of all keys, away again if it is there; the desk goes on behind it."""
        if self._sheet is None:
            self._sheet = KeysSheet(self.keys, self)
        if self._sheet.isVisible():
            self._sheet.close()
            return
        self._sheet.show()
        self._sheet.raise_()

    def toggle_full_screen(self) -> None:
        """Full screen and back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # ---- Qt's side

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for the end of the program; it hides the window when everything is closed."""
        event.ignore()
        if self.isVisible():
            self.save_layout()
        self._exit_requested.set()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or digit that no panel wanted begins a search."""
        if not self.top_bar.smart_box.takes(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Little room makes the rail a strip."""
        super().resizeEvent(event)
        self._layouts.fit_rail()

    # ---- inside

    def _place(self, panels: dict[str, QWidget], more_counts: Mapping[str, Callable[[], int]]) -> None:
        self.setCentralWidget(self.centre)
        # Whoever gives the keyboard back to the window gives it to the chain
        self.setFocusProxy(self._chain)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        counts: dict[str, Callable[[], int]] = {
            "orders": lambda: len(self._desk.orders.working()),
            "fills": lambda: len(self._desk.portfolio.fills),
            "positions": lambda: sum(1 for p in self._desk.portfolio.positions.values() if p.quantity),
            "notices": lambda: self.notices.count,
            "instructions": lambda: sum(1 for _ in self._desk.instructions.entries),
            **more_counts,
        }
        if self._waiting_inquiries is not None:
            counts["inquiries"] = self._waiting_inquiries
        for name, panel in panels.items():
            dock = Dock(
                name,
                DOCK_TITLES[name],
                panel,
                self,
                count=counts.get(name),
                on_tab=TAB_TITLES.get(name, ""),
                key=partial(self.keys.shown, name) if name in _KEYS_ON_TABS else None,
                type_ahead=self.top_bar.smart_box.takes,
            )
            dock.moved.connect(self._layouts.on_moved)
            self.docks[name] = dock
        self.docks["ticket"].setMinimumWidth(_TICKET_WIDTH)
        # What is written on its button may grow; the column it stands in must not
        panels["ticket"].setMinimumWidth(_TICKET_WIDTH)
        for name in (*_BELOW, *(n for n in (*_ANALYSIS, *_MAKING, *_EXPIRY) if n in panels)):
            # Side by side, what they would like is more than a small screen has
            panels[name].setMinimumWidth(_LEAST_BELOW)

    def _attach_bars(self) -> None:
        self.setMenuWidget(Head(self.top_bar, self.banner))
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addPermanentWidget(self.status, 1)

    def _connect(self) -> None:
        box = self.top_bar.smart_box
        box.contract_chosen.connect(self.contract_chosen)
        self.top_bar.underlying_chosen.connect(self.underlying_chosen)
        self.top_bar.title_changed.connect(self.setWindowTitle)
        self.rail.underlying_chosen.connect(self.underlying_chosen)
        self.rail.series_chosen.connect(self.series_chosen)
        self.picker.contract_chosen.connect(self.contract_chosen)
        self.contract_chosen.connect(self.show_contract)
        self.underlying_chosen.connect(self.show_underlying)
        self.series_chosen.connect(lambda key: self.top_bar.set_underlying(key[0]))
        if self.top_bar.obligations is not None:
            self.top_bar.obligations.pressed.connect(lambda: self.bring_up("obligations"))
        self.status.preset_chosen.connect(self.use_preset)
        self.status.keys_wanted.connect(self.show_keys)
        self._appearance.changed.connect(self._remember_look)
        self._languages.changed.connect(lambda language: self._settings.write("language", language))

    def _remember_look(self) -> None:
        look = self._appearance
        self._settings.write("theme", look.theme.name.value)
        self._settings.write("colour_pack", look.pack.value)
        self._settings.write("colour_mode", look.mode.value)
