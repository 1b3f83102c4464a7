"""The shares that cover (备兑证券): held, locked and covering by underlying, with lock (锁定) and unlock (解锁).

The counter answers by an InstructionReport; until it has, or the line is lost, the buttons stay shut, so that one
wish is one instruction (F80).
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from terminal.domain.accounts import Holding
from terminal.domain.messages import Capability, InstructionReport
from terminal.domain.ports import LinkState
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, DayChanged, LinkChanged, RecoveryFinished
from terminal.views.formatting import quantity
from terminal.views.record_table import RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded, reason_sentence, underlying_name
from terminal.views.theme import PANEL_PADDING, Appearance
from terminal.views.translation import translate

#: More shares than any holding; a longer figure is a slip of the keyboard
QUANTITY_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """One underlying and what is held of it."""

    name: str
    holding: Holding


def parse_quantity(text: str) -> int | None:
    """A whole number of shares above zero; commas and blanks between digits are allowed. None for anything else."""
    digits = text.replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        return None
    value = int(digits)
    return value if 0 < value <= QUANTITY_LIMIT else None


class SharesPanel(QWidget):
    """Holdings and the form that locks and unlocks."""

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "panel")
        self._desk = desk
        self._appearance = appearance
        self._stale = True
        self._asked = ""
        """Id of the instruction whose answer is awaited"""
        self._answer: InstructionReport | None = None
        self._complains = False
        self._shown: dict[str, HoldingLine] = {}
        self.model = RecordTableModel(self._columns(), parent=self)
        self.table = RecordTable(
            self.model, appearance, title=lambda: translate("SharesPanel", "Covering shares"), parent=self
        )
        self.table.setMinimumHeight(80)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._on_current(index))
        self.title = QLabel(self)
        set_role(self.title, "title")
        self.underlying = QComboBox(self)
        self.underlying.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.underlying.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.quantity = QLineEdit(self)
        self.quantity.setMaxLength(15)
        self.quantity.setFixedWidth(110)
        set_role(self.quantity, "figure")
        self.lock_button, self.unlock_button = QPushButton(self), QPushButton(self)
        self.lock_button.clicked.connect(lambda _=False: self._ask(unlock=False))
        self.unlock_button.clicked.connect(lambda _=False: self._ask(unlock=True))
        self.result = QLabel(self)
        self.result.setWordWrap(True)
        self.result.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 4)
        form = QHBoxLayout()
        form.setContentsMargins(PANEL_PADDING, 4, PANEL_PADDING, 4)
        form.setSpacing(6)
        form.addWidget(self.title)
        form.addSpacing(8)
        for widget in (self.underlying, self.quantity, self.lock_button, self.unlock_button):
            form.addWidget(widget)
        form.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(form)
        # On a line of its own: beside the buttons a sentence would be broken into single words
        layout.addWidget(self.result)
        layout.addWidget(self.table, 1)
        bus = desk.bus
        for event in (AccountChanged, DayChanged, RecoveryFinished):
            bus.subscribe(event, self._on_change)
        bus.subscribe(LinkChanged, self._on_link)
        bus.subscribe(InstructionReport, self._on_answer)
        self.retranslate()
        self.flush()

    def flush(self) -> None:
        """Show what has changed."""
        if not self._stale:
            return
        self._stale = False
        lines = {
            u.code: HoldingLine(
                underlying_name(u), self._desk.portfolio.holdings.get(u.code, Holding(underlying=u.code, total=0))
            )
            for u in self._desk.market.underlyings
        }
        for code, holding in self._desk.portfolio.holdings.items():
            lines.setdefault(code, HoldingLine(bounded(code), holding))
        if lines.keys() != self._shown.keys():
            self._list_underlyings(lines)
        for code in self._shown.keys() - lines.keys():
            self.model.remove(code)
        for code, line in lines.items():
            if self._shown.get(code) != line:
                self.model.upsert(code, line)
        self._shown = lines
        self.table.flush()
        self._show_form()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.title.setText(self.tr("Covering shares"))
        self.quantity.setPlaceholderText(self.tr("shares"))
        self.quantity.setAccessibleName(self.tr("Number of shares"))
        self.underlying.setAccessibleName(self.tr("Underlying"))
        self.lock_button.setText(self.tr("Lock"))
        self.unlock_button.setText(self.tr("Unlock"))
        self.table.setAccessibleName(self.tr("Covering shares"))
        self._stale = True
        self._show_form()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _ask(self, *, unlock: bool) -> None:
        code = self.underlying.currentData()
        wanted = parse_quantity(self.quantity.text())
        self._answer = None
        self._complains = not code or wanted is None
        if not code or wanted is None:
            self._show_form()
            return
        self._asked = self._desk.lock_shares(str(code), wanted, unlock=unlock)
        self._show_form()

    def _show_form(self) -> None:
        offered = self._desk.can(Capability.LOCK_SHARES)
        ready = offered and self._desk.link is LinkState.UP and not self._asked
        for widget in (self.underlying, self.quantity, self.lock_button, self.unlock_button):
            widget.setEnabled(ready)
        tip = "" if offered else self.tr("This venue does not lock shares")
        self.lock_button.setToolTip(tip or self.tr("Set free shares aside for covered positions"))
        self.unlock_button.setToolTip(tip or self.tr("Free locked shares that cover nothing"))
        text, role = self._words()
        self.result.setText(text)
        self.result.setVisible(bool(text))
        set_role(self.result, role)

    def _words(self) -> tuple[str, str]:
        answer = self._answer
        if answer is not None:
            line = self._shown.get(answer.underlying)
            name = line.name if line is not None else bounded(answer.underlying)
            if answer.reason is not None:
                reason = reason_sentence(answer.reason, answer.reason_detail)
                return self.tr("✕ {name}: {reason}").format(name=name, reason=reason), "critical"
            done = (
                self.tr("✓ {name}: {shares} shares unlocked")
                if answer.kind == "unlock"
                else self.tr("✓ {name}: {shares} shares locked")
            )
            return done.format(name=name, shares=quantity(answer.quantity)), "ok"
        if self._asked:
            return self.tr("The counter is being asked…"), "warn"
        if self._complains:
            return "✕ " + self.tr("Give a whole number of shares above zero"), "critical"
        return "", "second"

    def _list_underlyings(self, lines: dict[str, HoldingLine]) -> None:
        chosen = self.underlying.currentData()
        self.underlying.clear()
        for code, line in lines.items():
            self.underlying.addItem(f"{line.name} {code}", code)
        self.underlying.setCurrentIndex(max(0, self.underlying.findData(chosen)))

    def _columns(self) -> list[TableColumn[HoldingLine]]:
        look = self._appearance

        def loose(line: HoldingLine) -> str:
            spare = line.holding.unlockable
            short = translate("SharesPanel", "✕ {shares} short")
            return quantity(spare) if spare >= 0 else short.format(shares=quantity(-spare))

        return [
            TableColumn(
                "name",
                lambda: translate("SharesPanel", "Underlying"),
                lambda line: f"{line.name} {bounded(line.holding.underlying)}",
                width_chars=16,
            ),
            TableColumn(
                "total",
                lambda: translate("SharesPanel", "Held"),
                lambda line: quantity(line.holding.total),
                RIGHT,
                None,
                lambda line: line.holding.total,
                10,
            ),
            TableColumn(
                "locked",
                lambda: translate("SharesPanel", "Locked"),
                lambda line: quantity(line.holding.locked),
                RIGHT,
                lambda line: look.theme.ok if line.holding.locked else look.theme.dim,
                lambda line: line.holding.locked,
                10,
            ),
            TableColumn(
                "covering",
                lambda: translate("SharesPanel", "Covering"),
                lambda line: quantity(line.holding.covering),
                RIGHT,
                None,
                lambda line: line.holding.covering,
                10,
                lambda line: translate("SharesPanel", "Secures covered positions and working covered orders"),
            ),
            TableColumn(
                "free",
                lambda: translate("SharesPanel", "May be locked"),
                lambda line: quantity(line.holding.free),
                RIGHT,
                lambda line: look.theme.text_2,
                lambda line: line.holding.free,
                10,
            ),
            TableColumn(
                "unlockable",
                lambda: translate("SharesPanel", "May be unlocked"),
                loose,
                RIGHT,
                lambda line: look.theme.critical if line.holding.unlockable < 0 else look.theme.text_2,
                lambda line: line.holding.unlockable,
                10,
            ),
        ]

    def _on_current(self, index: QModelIndex) -> None:
        code = self.model.key(index.row())
        place = self.underlying.findData(code) if code is not None else -1
        if place >= 0:
            self.underlying.setCurrentIndex(place)

    def _on_change(self, _: object) -> None:
        self._stale = True

    def _on_link(self, event: LinkChanged) -> None:
        if event.state is LinkState.DOWN:
            self._asked = ""  # the answer, if there is one, comes again with the recovery
        self._stale = True

    def _on_answer(self, report: InstructionReport) -> None:
        if report.kind not in ("lock", "unlock"):
            return
        self._asked = "" if report.instruction_id == self._asked else self._asked
        self._answer = report
        self._stale = True
