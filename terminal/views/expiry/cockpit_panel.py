"""The exercise cockpit (行权工作台): days around an expiry, what is held, what it needs, what writers owe, one button.

Every instruction goes through the instruction service; a sale is only prepared in the ticket. What the venue or the
hour does not allow is grey and says why.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.instructions import InstructionKind
from terminal.rules.expiry.exercises import MergedPair
from terminal.rules.expiry.worth import Disposition
from terminal.services.assignment_desk import WriterRow
from terminal.services.desk import Desk
from terminal.services.exercise_plan import ExercisePlan, Plan, withdrawals
from terminal.services.expiry_services import ExpiryServices
from terminal.services.instructions import InstructionEntry, InstructionRequest
from terminal.views.account.instruction_columns import instruction_columns
from terminal.views.appearance import Appearance
from terminal.views.expiry.ask_strip import AskStrip
from terminal.views.expiry.auto_strip import AutoStrip
from terminal.views.expiry.cockpit_figures import (
    boxes_of,
    buyable,
    exercise_note,
    heading,
    writers_note,
)
from terminal.views.expiry.cockpit_strips import CockpitFoot, ProposalStrip, put
from terminal.views.expiry.expiry_bar import ExpiryBar
from terminal.views.expiry.holding_lines import HoldingLine, holding_columns
from terminal.views.expiry.holding_table import HoldingTable
from terminal.views.expiry.need_boxes import NeedBoxes
from terminal.views.expiry.renewal import renew
from terminal.views.expiry.sender import Sender, Spawn
from terminal.views.expiry.step_rail import DeadlineBar, StepRail
from terminal.views.expiry.words import word
from terminal.views.expiry.writer_columns import RANKS as WRITER_RANKS
from terminal.views.expiry.writer_columns import writer_columns
from terminal.views.fitted_table import FittedTable
from terminal.views.record_table import Export
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RecordTableModel
from terminal.views.texts import name_of
from terminal.views.trading.panel_bar import PanelBar

KINDS = (
    InstructionKind.EXERCISE,
    InstructionKind.MERGED_EXERCISE,
    InstructionKind.WITHDRAW_EXERCISE,
    InstructionKind.WITHDRAW_MERGED,
)
#: Columns of the record of entries
_ENTRY_COLUMNS = ("time", "subject", "kind", "quantity", "result", "id")
#: Below these heights the entries, then the boxes make room for the holdings
_ENTRIES_FROM, _BOXES_FROM = 760, 460
#: A table with fewer rows keeps room for these
_LEAST_ROWS = 2


class CockpitPanel(QWidget):
    """Served by the frame timer."""

    contract_chosen = Signal(str)
    sale_wanted = Signal(str, int)
    """A contract and how many of it are to be sold in the ticket"""
    instruction_wanted = Signal(object, str, int)
    """An InstructionKind, what it begins with, and a size"""

    def __init__(
        self,
        desk: Desk,
        services: ExpiryServices,
        appearance: Appearance,
        spawn: Spawn,
        export: Export,
        *,
        confirm: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._services = services
        self._appearance = appearance
        self._inside_only = False
        self.plan = ExercisePlan(services.desk)
        self._plan: Plan | None = None
        self._proposed: tuple[MergedPair, ...] = ()
        set_role(self, "panel")
        market = desk.market
        self.bar = ExpiryBar(market, services.desk, self)
        self.expiries, self.underlyings = self.bar.expiries, self.bar.underlyings
        self.auto_button = self.bar.add_button(lambda: self.auto.toggle())
        self.rail = StepRail(appearance, self)
        rules = desk.rules
        self.deadline = DeadlineBar(appearance, rules.sessions, rules.reminders.exercise_times, self)
        self.holdings_bar = PanelBar(self)
        self.model: RecordTableModel[HoldingLine] = RecordTableModel(holding_columns(market, appearance), parent=self)
        self.table = HoldingTable(self.model, appearance, export, self.submit, self)
        group = QButtonGroup(self)
        self.all_button = self.holdings_bar.add_button(partial(self._filter, False), checkable=True)
        self.inside_button = self.holdings_bar.add_button(partial(self._filter, True), checkable=True)
        for button in (self.all_button, self.inside_button):
            group.addButton(button)
        self.all_button.setChecked(True)
        self.proposal = ProposalStrip(self.use_pairs, self)
        self.boxes = NeedBoxes(appearance, self)
        self.writers_bar = PanelBar(self)
        self.writers = RecordTableModel(writer_columns(market, appearance), parent=self)
        self.writers_table = FittedTable(
            self.writers,
            appearance,
            title=lambda: word("Written, expected assignment"),
            export=export,
            ranks=WRITER_RANKS,
            grows=frozenset({"contract", "owed", "there", "verdict"}),
            by_content=True,
            parent=self,
        )
        self.entries_bar = PanelBar(self)
        columns = {column.key: column for column in instruction_columns(market, appearance)}
        self.entries: RecordTableModel[InstructionEntry] = RecordTableModel(
            [columns[key] for key in _ENTRY_COLUMNS], newest_first=True, parent=self
        )
        self.entries_table = FittedTable(
            self.entries,
            appearance,
            title=lambda: word("Record of entries"),
            export=export,
            ranks={"id": 1},
            parent=self,
        )
        self.strip = AskStrip(self)
        self.auto = AutoStrip(services.auto, desk.desk_id, self)
        self.sending = Sender("cockpit", desk, spawn, self.strip, confirm)
        self.foot = CockpitFoot(self._show_withdrawals, self._buy, self.submit, self)
        self._lay_out()
        self.table.chosen.connect(self.choose)
        self.table.stepped.connect(self._on_stepped)
        self.table.contract_chosen.connect(self.contract_chosen)
        self.bar.turned.connect(self.flush)
        self.setFocusProxy(self.table)
        self.retranslate()

    # ---- what others call

    def show_expiry(self, expiry: date) -> None:
        """Turn to another expiry."""
        self.bar.chosen = expiry
        self.flush()

    def choose(self, code: str, choice: Disposition) -> None:
        """What is to become of a holding; a sale opens the ticket, giving up asks for a reason."""
        line = self._line(code)
        if line is None:
            return
        if choice is Disposition.ABANDON:
            self._ask_reason(code)
            return
        if line.row.abandoned is not None:
            self._services.abandonments.take_back(code, self._desk.desk_id)
        self.plan.choose(code, choice)
        if choice is Disposition.SELL:
            self.sale_wanted.emit(code, line.quantity)
        self.flush()

    def submit(self) -> None:
        """Send every exercise and every pair that is chosen."""
        if self._plan is None or not self.foot.submit_button.isEnabled():
            return
        self.sending.press(self._plan.requests())

    def use_pairs(self) -> None:
        """Merge what is proposed."""
        self.plan.take_pairs(self._proposed)
        self.flush()

    def withdrawals(self) -> list[InstructionRequest]:
        """What could be taken back now: each exercise and each pair in force, whole."""
        return withdrawals(self._desk.instructions)

    def withdraw(self, request: InstructionRequest) -> None:
        """Take one back, after a question."""
        question = word("Take back: {what}?").format(what=self.sending.words([request]))
        self.sending.press([request], question)

    def flush(self) -> None:
        """Show what has changed."""
        services, desk = self._services, self._services.desk
        self.bar.fill()
        expiry = self.bar.expiry
        if expiry is None:
            self.model.replace_all(())
            self.writers.replace_all(())
            self.foot.submit_button.setEnabled(False)
            return
        underlying = self.bar.underlying
        self.rail.show_steps(services.events.steps(expiry), desk.today, desk.deadline(expiry))
        self.deadline.show_moment(expiry, desk.now(), desk.days_left(expiry))
        self._plan = plan = self.plan.plan(expiry, underlying)
        self._proposed = self.plan.proposed(plan)
        closed = self._closed(expiry)
        mergeable = desk.mergeable([c.row for c in plan.chosen])
        lines = [
            HoldingLine(
                c.row, c.choice, c.quantity, closed, c.row.contract.code in mergeable, self.plan.can_sell(c.row)
            )
            for c in plan.chosen
            if c.row.inside or not self._inside_only
        ]
        current = self.table.current
        fresh = renew(self.model, {line.row.contract.code: line for line in lines})
        if fresh and current is not None and (row := self.model.row_of(current.row.contract.code)) is not None:
            self.table.selectRow(row)
        rows = services.assignments.writers(expiry, underlying)
        renew(self.writers, {f"{row.contract.code} {row.side}": row for row in rows})
        asked = {e.command.instruction_id: e for e in self._desk.instructions.entries if e.command.kind in KINDS}
        renew(self.entries, asked)
        for table in (self.table, self.writers_table, self.entries_table):
            table.flush()
        for table in (self.table, self.writers_table):
            _fit_height(table)
        self.boxes.show_boxes(boxes_of(plan, rows, services, underlying))
        self._show_words(plan, rows, closed)

    # ---- showing

    def _show_words(self, plan: Plan, rows: Sequence[WriterRow], closed: str) -> None:
        market = self._desk.market
        said = heading(self._services, self.bar.expiry, self.bar.underlying, plan, self._appearance)
        self.bar.note.set_forms(*said)
        inside = sum(1 for c in plan.chosen if c.row.inside)
        put(self.all_button, f"{word('All')} {len(plan.chosen)}")
        put(self.inside_button, f"{word('In the money')} {inside}")
        put(
            self.holdings_bar.note,
            word("Long, in the money first; both ways in yuan after fees, the better one marked"),
        )
        put(self.writers_bar.note, writers_note(rows))
        self.proposal.show_pairs(() if closed else self._proposed, market)
        self.foot.show_missing(*buyable(plan, rows, self._services))
        self.foot.show_plan(plan.exercised, plan.merged, closed, sending=self.sending.is_sending)
        self.foot.withdraw_button.setEnabled(bool(self.withdrawals()))
        put(self.foot.note, closed or exercise_note(self._desk.rules))
        set_role(self.foot.note, "warn" if closed else "note")
        agreement = self._services.auto.agreement
        state = word("on {time}").format(time=f"{agreement.at:%H:%M}") if agreement.enabled else word("off")
        put(self.auto_button, word("Auto-exercise: {state}").format(state=state))

    def _closed(self, expiry: date) -> str:
        desk = self._services.desk
        closed = self.sending.closed(InstructionKind.EXERCISE)
        if closed:
            return closed
        days = desk.days_left(expiry)
        if days > 0:
            return word("Exercises are taken on {day} only").format(day=expiry.isoformat())
        windows = desk.profile.sessions.exercise
        clock = desk.now().time()
        if days < 0 or not any(first <= clock < last for first, last in windows):
            allowed = " ".join(f"{first:%H:%M}–{last:%H:%M}" for first, last in windows)
            return word("Exercises are taken at {windows}").format(windows=allowed)
        return ""

    def _lines(self) -> list[HoldingLine]:
        found = (self.model.record(row) for row in range(self.model.rowCount()))
        return [line for line in found if line is not None]

    def _line(self, code: str) -> HoldingLine | None:
        row = self.model.row_of(code)
        return self.model.record(row) if row is not None else None

    # ---- hands

    def _on_stepped(self, code: str, wanted: int) -> None:
        self.plan.set_quantity(code, wanted)
        self.flush()

    def _filter(self, inside_only: bool) -> None:
        self._inside_only = inside_only
        self.flush()

    def _ask_reason(self, code: str) -> None:
        line = self._line(code)
        if line is None or line.row.exercisable < 1:
            return
        inside = line.row.inside
        default = word("Not worth the money it binds") if inside else word("Out of the money")
        text = word("Let {contract} lapse; the reason for the journal:").format(
            contract=name_of(code, self._desk.market)
        )

        def give_up(why: str) -> None:
            self._services.abandonments.abandon(code, why.strip() or default, self._desk.desk_id)
            self.plan.forget(code)
            self.flush()

        self.strip.ask_text(text, word("Let it lapse"), default, give_up)

    def _show_withdrawals(self) -> None:
        menu = self.withdraw_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.foot.withdraw_button.mapToGlobal(self.foot.withdraw_button.rect().topLeft()))

    def withdraw_menu(self) -> QMenu:
        """One entry for each exercise and pair in force."""
        menu = QMenu(self)
        for request in self.withdrawals():
            menu.addAction(self.sending.words([request]), partial(self.withdraw, request))
        return menu

    def _buy(self) -> None:
        if self.foot.shares:
            self.instruction_wanted.emit(InstructionKind.SHARES_IN, self.foot.underlying, self.foot.shares)

    # ---- building

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in (
            (self.bar, 0),
            (self.auto, 0),
            (self.rail, 0),
            (self.deadline, 0),
            (self.holdings_bar, 0),
            (self.table, 5),
            (self.proposal, 0),
            (self.boxes, 0),
            (self.writers_bar, 0),
            (self.writers_table, 3),
            (self.entries_bar, 0),
            (self.entries_table, 3),
            (self.strip, 0),
            (self.foot, 0),
        ):
            layout.addWidget(widget, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the record of entries and the boxes are away."""
        super().resizeEvent(event)
        tall = event.size().height() >= _ENTRIES_FROM
        self.entries_bar.setVisible(tall)
        self.entries_table.setVisible(tall)
        self.boxes.setVisible(event.size().height() >= _BOXES_FROM)

    def minimumSizeHint(self) -> QSize:
        """A small screen need not give all."""
        return QSize(420, 300)

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.proposal.retranslate()
        self.foot.withdraw_button.setText(word("Withdraw…"))
        self.table.setAccessibleName(word("Expiring holdings"))
        self.writers_table.setAccessibleName(word("Written, expected assignment"))
        self.entries_table.setAccessibleName(word("Record of entries"))
        self.entries_bar.note.setText(word("Record of entries"))
        for bar in (self.holdings_bar, self.writers_bar, self.entries_bar):
            set_role(bar.note, "section")
        self.auto.retranslate()
        self.expiries.clear()
        self.strip.leave()
        self.flush()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _fit_height(table: FittedTable) -> None:
    """No higher than its rows need: what is left over goes to the record of entries."""
    rows = max(table.model().rowCount(), _LEAST_ROWS) * table.verticalHeader().defaultSectionSize()
    height = table.horizontalHeader().height() + rows + 4
    if table.maximumHeight() != height:
        table.setMaximumHeight(height)
