"""The status bar: presets as tabs on the left, what was written to disk beside them; on the right what goes on."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from terminal.domain.ports import LinkState
from terminal.services.desk import Desk
from terminal.services.events import AlarmKind, AlarmRaised
from terminal.views.account.badge import AccountBadge
from terminal.views.cut_label import CutLabel
from terminal.views.formatting import quantity
from terminal.views.keys import Keys
from terminal.views.style_sheet import set_role
from terminal.views.texts import table_written
from terminal.views.theme import STATUS_BAR
from terminal.views.translation import translate

#: A file that was written stands here for so long
_WRITTEN_SECONDS = 20


class StatusBar(QFrame):
    """`presets` are (name, words) pairs; an action `preset.<name>` of the key table belongs to each."""

    preset_chosen = Signal(str)
    keys_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        keys: Keys,
        presets: Sequence[tuple[str, str]],
        *,
        view_menu: Callable[[QMenu], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._keys = keys
        self._presets = list(presets)
        self._journal_failed = False
        self._layout_saved = True
        self._written: tuple[Path, float] | None = None
        """The newest file, and when it was written"""
        self._fill_view_menu = view_menu
        set_role(self, "bar")
        self.setFixedHeight(STATUS_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(0)
        self._tabs = QButtonGroup(self)
        self._tabs.setExclusive(True)
        self.tabs: dict[str, QPushButton] = {}
        for name, _ in presets:
            tab = QPushButton()
            tab.setCheckable(True)
            set_role(tab, "preset")
            # A click on a tab must not take the cursor out of a price field
            tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tab.clicked.connect(lambda _checked=False, chosen=name: self.preset_chosen.emit(chosen))
            self._tabs.addButton(tab)
            self.tabs[name] = tab
            row.addWidget(tab)
        self.written = CutLabel()
        set_role(self.written, "second")
        row.addSpacing(12)
        row.addWidget(self.written, 1)
        row.addSpacing(8)
        self._dot = QLabel("●")
        self._dot.setProperty("dot", True)
        self.market, self.journal, self.layout_state = QLabel(), QLabel(), QLabel()
        self.account = AccountBadge(desk)
        row.addWidget(self._dot)
        row.addSpacing(4)
        for label in (self.market, self.account, self.journal, self.layout_state):
            if label is not self.account:
                set_role(label, "second")
            row.addWidget(label)
            row.addSpacing(8)
            row.addWidget(self._line())
            row.addSpacing(8)
        self.view = QToolButton()
        self.view.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.view)
        self._menu.aboutToShow.connect(self._refill_menu)
        self.view.setMenu(self._menu)
        self.keys_button = QToolButton()
        self.keys_button.clicked.connect(self.keys_wanted)
        for button in (self.view, self.keys_button):
            set_role(button, "flat")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self._leave = desk.bus.subscribe(AlarmRaised, self._on_alarm)
        keys.changed.connect(self._retranslate)
        self._retranslate()

    def show_preset(self, name: str) -> None:
        """Mark the preset in force."""
        self.tabs[name].setChecked(True)

    def show_layout_saved(self, saved: bool) -> None:
        """Whether the layout on screen is the one on disk."""
        self._layout_saved = saved
        self.flush()

    def say_written(self, path: Path) -> None:
        """Tell for a while that a file is there, and where."""
        self._written = path, self._desk.monotonic()
        self._show_written()

    def flush(self) -> None:
        """Show the counters."""
        desk = self._desk
        if self._written is not None and desk.monotonic() - self._written[1] >= _WRITTEN_SECONDS:
            self._written = None
            self._show_written()
        quoted, listed = int(np.count_nonzero(desk.market.received_at)), len(desk.market.received_at)
        self.market.setText(self.tr("Quotes {quoted}/{listed}").format(quoted=quoted, listed=listed))
        self.market.setToolTip(
            self.tr("{updates} updates, {dropped} refused").format(
                updates=quantity(desk.market.updates), dropped=quantity(desk.market.dropped)
            )
        )
        up = desk.link is LinkState.UP
        set_role(self._dot, "dim" if not up else "warn" if quoted < listed else "ok")
        self.account.flush()
        self.journal.setText(self.tr("Journal failed ✕") if self._journal_failed else self.tr("Journal ✓"))
        set_role(self.journal, "critical" if self._journal_failed else "second")
        self.layout_state.setText(self._layout_words()[0 if self._layout_saved else 1])

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _layout_words(self) -> tuple[str, str]:
        return self.tr("Layout saved"), self.tr("Layout changed")

    def _show_written(self) -> None:
        if self._written is None:
            self.written.setText("")
        else:
            path = self._written[0]
            self.written.set_forms(table_written(str(path)), table_written(path.name))

    @staticmethod
    def _line() -> QFrame:
        line = QFrame()
        set_role(line, "upright")
        line.setFixedSize(1, STATUS_BAR - 10)
        return line

    def _refill_menu(self) -> None:
        self._menu.clear()
        self._fill_view_menu(self._menu)

    def _on_alarm(self, alarm: AlarmRaised) -> None:
        if alarm.kind is AlarmKind.JOURNAL:
            self._journal_failed = True

    def _retranslate(self) -> None:
        for name, title in self._presets:
            key = self._keys.shown(f"preset.{name}").replace("Ctrl+", "^")
            self.tabs[name].setText(f"{translate('Preset', title)}  {key}")
            self.tabs[name].setToolTip(self._keys.tip(f"preset.{name}"))
        # It changes at every touch of a layout: a width for both texts keeps its neighbours where they are
        metrics = self.layout_state.fontMetrics()
        self.layout_state.setMinimumWidth(max(metrics.horizontalAdvance(text) for text in self._layout_words()) + 4)
        self.view.setText(self.tr("View") + " ▾")
        self.keys_button.setText(self.tr("Keys") + "  " + self._keys.shown("keys"))
        self._show_written()
        self.flush()
