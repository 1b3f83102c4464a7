"""The quoting console (报价网格): toolbar, grid, and one line that says what was not taken.

Served by the frame timer a few times a second while it is seen. Of an account that is no maker's it says only that.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from terminal.domain.errors import BadInput
from terminal.domain.orders import Side
from terminal.domain.reasons import Denial
from terminal.strategies.contract_terms import FIELDS, ContractTerms
from terminal.strategies.entry import StrategyState
from terminal.strategies.quoter_control import QuoterControl
from terminal.views.appearance import Appearance
from terminal.views.formatting import clock
from terminal.views.quoting.as_table import grid_table
from terminal.views.quoting.difference_box import DifferenceBox
from terminal.views.quoting.grid import QuotingGrid
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.model import GridModel
from terminal.views.quoting.quoter_switches import QuoterSwitches
from terminal.views.quoting.saved_sets import AskName, SavedSets, ask_name, band_of
from terminal.views.quoting.staging import Cell, StagedEdits
from terminal.views.quoting.toolbar import QuotingBar
from terminal.views.quoting.words import by_words, nothing_words, term_refusal, word
from terminal.views.record_table import Export
from terminal.views.settings import Settings
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded, denial_sentence, underlying_name
from terminal.views.theme import PANEL_PADDING

#: Looks from one settling of prices that no quoter settles to the next
_SETTLE_BEATS = 4


class QuotingPanel(QWidget):
    """Grid and toolbar of one underlying at a time."""

    contract_chosen = Signal(str)

    def __init__(
        self,
        maker: MakerDesk,
        appearance: Appearance,
        settings: Settings,
        *,
        ask: AskName = ask_name,
        export: Export | None = None,
    ) -> None:
        super().__init__()
        set_role(self, "panel")
        self._maker = maker
        self._ask = ask
        self._export = export
        self.sets = SavedSets(settings)
        maker.kept_terms = self.sets.applied
        self.switches = QuoterSwitches(maker, self.sets, self._after)
        self.model = GridModel(maker, appearance, self)
        self.grid = QuotingGrid(self.model, appearance)
        self.bar = QuotingBar()
        self.message = QLabel()
        set_role(self.message, "warn")
        self.message.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        self.message.setWordWrap(True)
        self.message.hide()
        self.no_maker = QLabel()
        self.no_maker.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.no_maker, "dim")
        console = QWidget()
        box = QVBoxLayout(console)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.bar, self.message):
            box.addWidget(widget)
        box.addWidget(self.grid, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.no_maker)
        self._pages.addWidget(console)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)
        self.setFocusProxy(self.grid)
        self._day: object = None
        self._beats = 0
        self.difference: DifferenceBox | None = None
        self._appearance = appearance
        self._connect()

    # ---- what the program asks for

    @property
    def count(self) -> int:
        """Contracts with both sides live, for the tab."""
        return len(self._maker.desk.quoting.board.live_numbers) if self._maker.is_maker else 0

    def show_underlying(self, underlying: str) -> None:
        """Turn to an underlying chosen anywhere; one without contracts changes nothing."""
        if self._maker.is_maker and underlying in self._maker.underlyings and underlying != self.model.underlying:
            self.model.show(underlying)
            self._show_bar()

    def flush(self) -> None:
        """Show what has moved."""
        self._pages.setCurrentIndex(int(self._maker.is_maker))
        if not self._maker.is_maker:
            why = word("This account is no market maker's: there is nothing to quote")
            self.no_maker.setText(nothing_words(why, known=self._maker.is_known))
            return
        universe = self._maker.theoretical.universe
        if universe is not self._day:
            self._day = universe
            here = self._maker.underlyings
            self.model.show(self.model.underlying if self.model.underlying in here else next(iter(here), ""))
        else:
            self._settle()
            self.model.flush()
        self._show_bar()

    # ---- what the toolbar asks for

    def toggle(self) -> None:
        """Start or stop the underlying."""
        underlying = self.model.underlying
        control = self._maker.control(underlying)
        if control.is_active:
            self.switches.give_up(self._maker.quoted(underlying), lambda: control.stop(self._maker.by))
        else:
            self._tell(control.start_all(self._maker.by, shadow=self.bar.shadow.isChecked()))
        self._after()

    def toggle_expiry(self, expiry: object) -> None:
        """Start or stop an expiry."""
        control = self._maker.control(self.model.underlying)
        expiries = self._maker.expiries(self.model.underlying)
        mine = next(e for e in expiries if e == expiry)
        if control.is_active and control.quotes_expiry(mine):
            codes = self._maker.quoted(self.model.underlying, mine)
            self.switches.give_up(codes, lambda: control.stop_expiry(mine, expiries, self._maker.by))
        else:
            self._tell(control.start_expiry(mine, expiries, self._maker.by, shadow=self.bar.shadow.isChecked()))
        self._after()

    def pause(self, side: Side) -> None:
        """Pause a side, or go on with it; what stops counting for it is given up by choice."""
        control = self._maker.control(self.model.underlying)
        pauses = not control.is_paused(side)
        codes = self._maker.quoted_on_both_sides(control.underlying) if pauses else []
        self.switches.give_up(codes, lambda: control.pause(side, pauses, self._maker.by))
        self._after()

    def set_shadow(self, shadow: bool) -> None:
        """In shadow mode, or in earnest."""
        control = self._maker.control(self.model.underlying)
        codes = self._maker.quoted(self.model.underlying) if shadow else []
        self.switches.give_up(codes, lambda: self._tell(control.set_shadow(shadow, self._maker.by)))
        self._after()

    def pull_all(self) -> None:
        """Take everything out."""
        self._maker.pull_all()
        self._after()

    def apply(self) -> None:
        """Put what is staged in force."""
        underlying, edits = self.model.underlying, self.model.edits
        control = self._maker.control(underlying)

        def put_in_force() -> None:
            # Taken again: rows may have changed while a person was asked
            contracts = self._taken(edits, control)
            if contracts is not None:
                control.apply(contracts, self._maker.by)
                self.sets.keep_applied(underlying, contracts)
                edits.clear()
                self._say("")

        staged = self._taken(edits, control)
        if staged is not None:
            self.switches.give_up(self._maker.switched_off(underlying, staged), put_in_force)

    def switch_off(self, code: str) -> None:
        """Quote a contract no longer, at once: both sides of its row off; what is staged stays staged."""
        self.switches.switch(code, on=False)

    def toggle_row(self, code: str) -> None:
        """The same, and back: a row of which a side is on goes off, one that is off comes on with both."""
        own = self.model.running.contracts.get(code, ContractTerms())
        self.switches.switch(code, on=own.bid is False and own.ask is False)

    def revert(self) -> None:
        """Drop what is staged."""
        self.model.edits.clear()
        self._say("")
        self._after()

    def export_csv(self) -> None:
        """Hand the contracts on screen to the writer given."""
        if self._export is not None:
            self._export(*grid_table(self.model))

    # ---- sets and defaults

    def save_set(self) -> None:
        """Keep what runs under a name."""
        name = self._ask(self, word("Name of the set"))
        if name:
            self._try(lambda: self.sets.save(self.model.underlying, name, self.model.running.contracts))

    def compare_set(self, name: str) -> None:
        """Show how a set differs from what runs; from there it can be staged."""
        underlying = self.model.underlying

        def show() -> None:
            found = self.sets.differences(underlying, name, self.model.running, lambda c: c in self.model.codes)
            self.difference = DifferenceBox(name, found, self.model, self)
            self.difference.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.difference.stage_wanted.connect(lambda: self.stage_set(name))
            self.difference.show()

        self._try(show)

    def stage_set(self, name: str) -> None:
        """Stage every cell of a set that differs."""

        def stage() -> None:
            saved = self.sets.read(self.model.underlying, name)
            codes = [c for c in dict.fromkeys((*self.model.running.contracts, *saved)) if c in self.model.codes]
            changes = {(c, f): getattr(saved.get(c, ContractTerms()), f) for c in codes for f in FIELDS}
            self.model.stage(changes)

        self._try(stage)

    def stage_defaults(self) -> None:
        """Stage the default of its band for every contract whose delta is known."""
        changes: dict[Cell, object] = {}
        for code in self.model.codes:
            terms = self._band_terms(code)
            if terms is not None:
                changes |= {(code, field): getattr(terms, field) for field in FIELDS}
        if changes:
            self.model.stage(changes)
        else:
            self._say(word("There is no default yet: choose a contract and keep its terms as one"))

    def keep_default(self) -> None:
        """Take the terms of the contract chosen as the default of its band of moneyness."""
        index = self.grid.currentIndex()
        code = self.model.lines[index.row()].code if index.isValid() else ""
        band = self._band(code)
        if band is None:
            self._say(word("Choose a contract with a known delta first"))
        else:
            self.sets.keep_band(band, self.model.edits.terms(code, self.model.running))
            self._say("")

    def sets_menu(self) -> QMenu:
        """Saved sets, defaults, undo."""
        menu = QMenu(self)
        menu.addAction(word("Save what runs as a set…"), self.save_set)
        for name in self.sets.names(self.model.underlying):
            one = menu.addMenu(bounded(name))
            one.addAction(word("Compare with what runs…"), partial(self.compare_set, name))
            one.addAction(word("Stage"), partial(self.stage_set, name))
            one.addAction(word("Forget"), partial(self.sets.remove, self.model.underlying, name))
        menu.addSeparator()
        menu.addAction(word("Stage the defaults by moneyness"), self.stage_defaults)
        menu.addAction(word("Keep this contract's terms as default of its moneyness"), self.keep_default)
        menu.addSeparator()
        menu.addAction(word("Undo"), self.grid.undo).setEnabled(self.model.edits.can_undo)
        return menu

    # ---- Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Return applies, Esc reverts."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.apply()
        elif event.key() == Qt.Key.Key_Escape and len(self.model.edits):
            self.revert()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say("")
        super().changeEvent(event)

    # ---- inside

    def _settle(self) -> None:
        """Keep theoretical prices of the underlying shown fresh while no quoter does."""
        self._beats += 1
        if self._beats % _SETTLE_BEATS == 1 and not self._maker.control(self.model.underlying).is_active:
            self._maker.theoretical.settle(self.model.underlying)

    def _connect(self) -> None:
        bar = self.bar
        bar.underlying_wanted.connect(self.show_underlying)
        bar.start_wanted.connect(self.toggle)
        bar.pause_wanted.connect(self.pause)
        bar.shadow_wanted.connect(self.set_shadow)
        bar.pull_wanted.connect(self.pull_all)
        bar.apply_wanted.connect(self.apply)
        bar.revert_wanted.connect(self.revert)
        bar.sets_wanted.connect(self._open_sets)
        self.grid.expiry_pressed.connect(self.toggle_expiry)
        self.grid.row_pressed.connect(self.toggle_row)
        self.grid.underlying_pressed.connect(self.toggle)
        self.grid.contract_chosen.connect(self.contract_chosen)
        self.grid.export_wanted.connect(self.export_csv)
        self.model.refused.connect(self._say)
        self.model.staged_changed.connect(self._staged)

    def _taken(self, edits: StagedEdits, control: QuoterControl) -> dict[str, ContractTerms] | None:
        """All terms with what is staged; None, and said, where that is refused."""
        try:
            return edits.taken(control.parameters)
        except BadInput as error:
            self._say(term_refusal(error))
            return None

    def _staged(self) -> None:
        self.bar.show_staged(len(self.model.edits))
        self._say("")

    def _after(self) -> None:
        if not self.model.underlying:
            return
        self.model.flush()
        self.model.repaint_terms()
        self._show_bar()

    def _show_bar(self) -> None:
        maker, market = self._maker, self._maker.desk.market
        entries = [
            (code, underlying_name(u)) for code in maker.underlyings if (u := market.underlying(code)) is not None
        ]
        self.bar.show_underlyings(entries, self.model.underlying)
        self.bar.show_staged(len(self.model.edits))
        if not self.model.underlying:
            return
        control = maker.control(self.model.underlying)
        entry = control.entry
        faulted = entry.state is StrategyState.FAULTED
        note = ""
        if faulted:
            note = word("Stopped at {time}: {cause}").format(time=clock(entry.at), cause=bounded(entry.cause))
        elif entry.is_active:
            pattern = word("Shadow since {time} by {by}") if control.is_shadow else word("Quoting since {time} by {by}")
            note = pattern.format(time=clock(entry.at), by=by_words(entry.by))
        elif entry.at is not None:
            note = word("Stopped at {time} by {by}").format(time=clock(entry.at), by=by_words(entry.by))
        self.bar.show_state(
            active=entry.is_active,
            shadow=control.is_shadow,
            bid_paused=control.is_paused(Side.BUY),
            ask_paused=control.is_paused(Side.SELL),
            note=note,
            critical=faulted,
        )

    def _band(self, code: str) -> int | None:
        theoretical = self._maker.theoretical
        number = theoretical.universe.number_of.get(code)
        if number is None:
            return None
        return band_of(float(theoretical.delta[number] / theoretical.universe.multiplier[number]))

    def _band_terms(self, code: str) -> ContractTerms | None:
        band = self._band(code)
        return None if band is None else self.sets.band_terms(band)

    def _open_sets(self) -> None:
        menu = self.sets_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.bar.sets.mapToGlobal(self.bar.sets.rect().bottomLeft()))

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except BadInput as error:
            self._say(term_refusal(error))

    def _tell(self, denial: Denial | None) -> None:
        self._say("" if denial is None else denial_sentence(denial))

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
