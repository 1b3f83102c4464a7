"""The strategies of this desk (策略): one table of all, what a person does with them, and one of them beside it.

Served by the frame timer once a second while it is seen; a press of a button shows at once.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from terminal.domain.errors import BadInput
from terminal.strategies.entry import StrategyState
from terminal.views.appearance import Appearance
from terminal.views.cut_label import CutLabel
from terminal.views.frame_timer import FRAMES_PER_SECOND
from terminal.views.quoting.hold_button import HoldButton
from terminal.views.record_table import Export
from terminal.views.strategies.detail import DetailPane
from terminal.views.strategies.kept import OFFERED
from terminal.views.strategies.lines import RANKS, StrategyLine, columns, lines_of
from terminal.views.strategies.strategy_desk import StrategyDesk
from terminal.views.strategies.words import line_of, refusal_beside_field, sentence, word
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.texts import denial_sentence
from terminal.views.theme import GUTTER, PANEL_PADDING
from terminal.views.yielding_table import YieldingTable

#: A second press within it removes what still has quotes or orders out there
_SURE_SECONDS = 5.0
#: Frames from one look to the next, and while a button is held
_CALM_FRAMES, _HELD_FRAMES = FRAMES_PER_SECOND, 2
#: Screens of kinds that are not set here, by the names of their docks
SCREENS = {"continuous_quoter": "quoting", "inquiry_responder": "inquiries"}


class StrategiesPanel(QWidget):
    """Table, buttons, detail."""

    screen_wanted = Signal(str, str)
    """The dock of the chosen strategy's own screen, and its underlying"""

    def __init__(
        self,
        desk: StrategyDesk,
        appearance: Appearance,
        monotonic: Callable[[], float],
        refused: Iterable[BadInput] = (),
        *,
        export: Export | None = None,
    ) -> None:
        super().__init__()
        set_role(self, "panel")
        self._desk = desk
        self._monotonic = monotonic
        self._refused = tuple(refused)
        """What could not be brought back at the start; told until something is pressed"""
        self._sure_until = 0.0
        self.give_up: Callable[[str, Callable[[], object]], object] = lambda name, do: do()
        """Does what stops a strategy, after a question where that breaks an obligation; whoever knows it sets it"""
        self.model = RecordTableModel[StrategyLine](columns(lambda: appearance), parent=self)
        self.table = YieldingTable(
            self.model, appearance, title=lambda: word("Strategies"), export=export, ranks=RANKS, grows=("name",)
        )
        self.table.setSelectionMode(YieldingTable.SelectionMode.SingleSelection)
        self.detail = DetailPane(desk)
        self.add_button, self.start_button, self.shadow_button = QPushButton(), QPushButton(), QPushButton()
        self.stop_button, self.remove_button, self.screen_button = QPushButton(), QPushButton(), QPushButton()
        self.stop_all_button = HoldButton(self._stop_all, appearance, monotonic)
        set_role(self.stop_all_button, "stop")
        self.message, self.why = QLabel(), CutLabel()
        self._lay_out()
        for button, pressed in (
            (self.add_button, self.begin_adding),
            (self.start_button, self.start),
            (self.shadow_button, lambda: self.start(shadow=True)),
            (self.stop_button, self.stop),
            (self.remove_button, self.remove),
            (self.screen_button, self._go_to_screen),
        ):
            button.clicked.connect(lambda _=False, pressed=pressed: pressed())
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._choose())
        self.detail.done.connect(self._done)
        self.setFocusProxy(self.table)
        self._name()

    # ---- what the program asks for

    @property
    def count(self) -> int:
        """Strategies that run or play at it, for the tab."""
        return sum(entry.is_active for entry in self._desk.engine.entries)

    def pace(self) -> int:
        """Frames from one look to the next."""
        return _HELD_FRAMES if self.stop_all_button.is_held else _CALM_FRAMES

    def flush(self) -> None:
        """Show what has moved."""
        if self.stop_all_button.is_held:
            self.stop_all_button.flush()
            return
        self._show_lines()
        self.detail.refresh()
        self._show_buttons()

    def choose(self, name: str) -> None:
        """Turn to a strategy."""
        row = self.model.row_of(name)
        if row is not None:
            self.table.selectRow(row)
            self.table.setCurrentIndex(self.model.index(row, 0))

    @property
    def chosen(self) -> str:
        """The strategy in the table's current row, empty for none."""
        index = self.table.currentIndex()
        return (self.model.key(index.row()) or "") if index.isValid() else ""

    # ---- what a person does

    def begin_adding(self) -> None:
        """Show empty forms for a new one."""
        self._say("")
        self.table.setCurrentIndex(QModelIndex())
        self.detail.begin_adding()
        self._show_buttons()

    def start(self, *, shadow: bool = False) -> None:
        """Start the chosen one, in earnest or in shadow."""
        if self._blocked(self._line()):
            return
        denial = self._desk.start(self.chosen, shadow=shadow)
        self._say("" if denial is None else denial_sentence(denial))
        self.flush()

    def stop(self) -> None:
        """Stop the chosen one and take out what it has in the market; asks where the contract rate breaks with it."""
        name = self.chosen

        def do() -> None:
            self._desk.stop(name)
            self._say("")
            self.flush()

        self.give_up(name, do)

    def remove(self) -> None:
        """Forget the chosen one; asks for a second press when it has something out there."""
        name = self.chosen
        line = self._line()
        if line is None or not _is_set_here(line):
            return
        quotes, orders = self._desk.out_there(name)
        if (quotes or orders) and self._monotonic() >= self._sure_until:
            self._sure_until = self._monotonic() + _SURE_SECONDS
            self._say(
                word(
                    "{name} has {quotes} quotes and {orders} orders in the market: press again to take them out "
                    "and remove it"
                ).format(name=line_of(name, 40), quotes=quotes, orders=orders)
            )
            self._show_buttons()
            return
        self._sure_until = 0.0
        self._desk.remove(name)
        self._say("")
        self.detail.show_strategy("")
        self.table.setCurrentIndex(QModelIndex())
        self.flush()

    # ---- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ins adds, Ctrl+Return applies, Esc reverts."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.detail.apply()
        elif event.key() == Qt.Key.Key_Insert:
            self.begin_adding()
        elif event.key() == Qt.Key.Key_Escape and self.detail.revert_button.isEnabled():
            self.detail.revert()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self._show_buttons()
        super().changeEvent(event)

    # ---- inside

    def _show_lines(self) -> None:
        lines = {line.name: line for line in lines_of(self._desk)}
        for row in range(self.model.rowCount()):
            key = self.model.key(row)
            if key is not None and key not in lines:
                self.model.remove(key)
        for name, line in lines.items():
            row_now = self.model.row_of(name)
            if row_now is None or self.model.record(row_now) != line:
                self.model.upsert(name, line)
        self.model.flush()

    def _line(self) -> StrategyLine | None:
        name = self.chosen
        row = self.model.row_of(name) if name else None
        return None if row is None else self.model.record(row)

    def _choose(self) -> None:
        self._sure_until = 0.0
        if self.chosen and (self.chosen != self.detail.name or self.detail.is_adding):
            self.detail.show_strategy(self.chosen)
        self._show_buttons()

    def _done(self, name: str) -> None:
        self.flush()
        if name:
            self.choose(name)
        self._show_buttons()

    def _stop_all(self) -> None:
        self._desk.stop_all()
        self._say("")
        self._show_lines()
        self._show_buttons()

    def _go_to_screen(self) -> None:
        line = self._line()
        if line is not None and line.kind.name in SCREENS:
            self.screen_wanted.emit(SCREENS[line.kind.name], next(iter(line.underlyings), ""))

    def _blocked(self, line: StrategyLine | None) -> str:
        """Why the chosen one cannot be started here, empty when it can."""
        if line is None:
            return word("Choose a strategy in the table, or add one")
        if not _is_set_here(line):
            return word("It is started on its own screen")
        if line.state in (StrategyState.RUNNING, StrategyState.SHADOW):
            return word("It runs")
        if not self._desk.has_sheet(line.name):
            return word("It has no limit sheet that allows anything: fill one in and apply it")
        return ""

    def _show_buttons(self) -> None:
        line = self._line()
        blocked = self._blocked(line)
        active = line is not None and line.state in (StrategyState.RUNNING, StrategyState.SHADOW)
        for button in (self.start_button, self.shadow_button):
            button.setEnabled(not blocked)
            button.setToolTip(blocked or self._tip(button))
        self.stop_button.setEnabled(active)
        here = line is not None and _is_set_here(line)
        self.remove_button.setEnabled(here)
        sure = self._monotonic() < self._sure_until
        self.remove_button.setText(word("Remove, sure?") if sure else word("Remove"))
        set_role(self.remove_button, "stop-armed" if sure else "")
        self.screen_button.setVisible(line is not None and line.kind.name in SCREENS and not line.kind.is_plug_in)
        text, role = ("" if active else blocked), "second"
        if line is not None and line.state is StrategyState.FAULTED:
            text = word("Stopped by the engine: {cause}. Start it again when you have looked at it").format(
                cause=sentence(line.cause)
            )
            role = "critical"
        elif line is not None and line.state is StrategyState.STOPPED and not blocked and line.cause:
            text = sentence(line.cause)
        if self.why.text() != text:
            self.why.setText(text)
        set_role(self.why, role)

    def _tip(self, button: QPushButton) -> str:
        if button is self.shadow_button:
            return word("Shadow mode: runs, asks the gate, sends nothing, and reports what would have been")
        return word("Starts it in earnest: it quotes or sends orders within its limit sheet")

    def _say(self, text: str) -> None:
        if not text and self._refused:
            self._refused = ()
        self._show_message(text)

    def _show_message(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _lay_out(self) -> None:
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        set_role(self.message, "warn")
        bar = QHBoxLayout()
        bar.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        bar.setSpacing(5)
        for button in (
            self.add_button,
            self.start_button,
            self.shadow_button,
            self.stop_button,
            self.remove_button,
            self.screen_button,
        ):
            bar.addWidget(button)
        bar.addWidget(self.why, 1)
        bar.addWidget(self.stop_all_button)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(GUTTER)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 4)
        self.splitter.setChildrenCollapsible(False)
        self.table.setMinimumWidth(160)
        self.detail.setMinimumWidth(220)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(bar)
        box.addWidget(self.message)
        box.addWidget(self.splitter, 1)

    def _name(self) -> None:
        self.add_button.setText(word("Add…"))
        self.add_button.setToolTip(word("A new strategy: built in, or a plug-in of your folder  [Ins]"))
        self.start_button.setText(word("▶ Start"))
        self.shadow_button.setText(word("Shadow"))
        self.stop_button.setText(word("■ Stop"))
        self.stop_button.setToolTip(word("Stops it and takes out its quotes and orders"))
        self.remove_button.setToolTip(word("Stops it and forgets it with its parameters and its sheet"))
        self.screen_button.setText(word("Its screen ↗"))
        self.stop_all_button.setText(word("Stop all (hold)"))
        self.stop_all_button.setToolTip(word("Stops every strategy, quoters too, and takes out what they have (hold)"))
        self.table.setAccessibleName(word("Strategies"))
        told = [
            word("{field}: {what}").format(field=line_of(error.field, 60), what=refusal_beside_field(error))
            for error in self._refused[:4]
        ]
        more = len(self._refused) - len(told)
        if more > 0:
            told.append(word("and {count} more").format(count=more))
        self._show_message(word("Not brought back: {what}").format(what="; ".join(told)) if told else "")


def _is_set_here(line: StrategyLine) -> bool:
    return line.kind.is_plug_in or line.kind.name in OFFERED
