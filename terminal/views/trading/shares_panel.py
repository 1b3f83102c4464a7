"""The shares that cover (备兑证券): held, locked, covering, exercising, missing, and what may be sold, by underlying.

A context menu begins what can be done with them: lock (锁定), unlock (解锁), buy, sell, in, out, disposal. What venue
or account do not allow is grey and says why.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from terminal.domain.accounts import Holding
from terminal.domain.instructions import InstructionKind
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, DayChanged, LinkChanged, RecoveryFinished
from terminal.views.account.words import kind_words
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, quantity
from terminal.views.record_table import Export, RecordTable
from terminal.views.style_sheet import set_role
from terminal.views.table_model import RECORD_ROLE, RIGHT, RecordTableModel, TableColumn
from terminal.views.texts import bounded, denial_sentence, reason_sentence, underlying_name
from terminal.views.theme import PANEL_PADDING
from terminal.views.translation import translate

_KINDS = (
    InstructionKind.LOCK,
    InstructionKind.UNLOCK,
    InstructionKind.BUY_SHARES,
    InstructionKind.SELL_SHARES,
    InstructionKind.SHARES_IN,
    InstructionKind.SHARES_OUT,
    InstructionKind.TO_BROKER,
    InstructionKind.TO_INVESTOR,
)


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """One underlying and what is held of it."""

    name: str
    holding: Holding


class SharesTable(RecordTable):
    """The context menu begins with what can be done with the shares of the row."""

    instruction_wanted = Signal(object, str)
    """An InstructionKind and the underlying it begins with"""
    why_not: Callable[[InstructionKind], str] = staticmethod(lambda kind: "")
    """Why a kind cannot be asked for, in words; empty for one that can"""

    def add_menu_actions(self, menu: QMenu) -> None:
        """One entry for each instruction."""
        menu.setToolTipsVisible(True)
        line = self.currentIndex().data(RECORD_ROLE)
        if not isinstance(line, HoldingLine):
            return
        for kind in _KINDS:
            entry = menu.addAction(f"{kind_words(kind)}…")
            closed = self.why_not(kind)
            entry.setEnabled(not closed)
            if closed:
                entry.setToolTip(closed)
            entry.triggered.connect(
                lambda _=False, kind=kind, code=line.holding.underlying: self.instruction_wanted.emit(kind, code)
            )


class SharesPanel(QWidget):
    """Holdings by underlying."""

    def __init__(
        self, desk: Desk, appearance: Appearance, parent: QWidget | None = None, *, export: Export | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "panel")
        self._desk = desk
        self._appearance = appearance
        self._stale = True
        self._shown: dict[str, HoldingLine] = {}
        self.model = RecordTableModel(self._columns(), parent=self)
        self.table = SharesTable(
            self.model,
            appearance,
            title=lambda: translate("SharesPanel", "Covering shares"),
            export=export,
            parent=self,
        )
        self.table.why_not = self._why_not
        self.table.setMinimumHeight(80)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.title = QLabel(self)
        self.title.setContentsMargins(PANEL_PADDING, 2, PANEL_PADDING, 2)
        set_role(self.title, "title")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self.table, 1)
        for event in (AccountChanged, DayChanged, RecoveryFinished, LinkChanged):
            desk.bus.subscribe(event, self._on_change)
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
        for code in self._shown.keys() - lines.keys():
            self.model.remove(code)
        for code, line in lines.items():
            if self._shown.get(code) != line:
                self.model.upsert(code, line)
        self._shown = lines
        self.table.flush()

    def retranslate(self) -> None:
        """Put the words of the language in force."""
        self.title.setText(self.tr("Covering shares"))
        self.table.setAccessibleName(self.tr("Covering shares"))
        self._stale = True

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- inside

    def _why_not(self, kind: InstructionKind) -> str:
        service = self._desk.instructions
        forbidden = service.checks.forbidden(kind)
        if forbidden is not None:
            return denial_sentence(forbidden)
        closed = service.closed_because(kind)
        return reason_sentence(closed) if closed is Reason.NOT_SUPPORTED else ""

    def _on_change(self, _: object) -> None:
        self._stale = True

    def _columns(self) -> list[TableColumn[HoldingLine]]:
        look = self._appearance

        def loose(line: HoldingLine) -> str:
            spare = line.holding.unlockable
            short = translate("SharesPanel", "✕ {shares} short")
            return quantity(spare) if spare >= 0 else short.format(shares=quantity(-spare))

        def some(count: int) -> str:
            return quantity(count) if count else DASH

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
                "exercising",
                lambda: translate("SharesPanel", "Exercising"),
                lambda line: some(line.holding.exercising),
                RIGHT,
                None,
                lambda line: line.holding.exercising,
                9,
                lambda line: translate("SharesPanel", "Held for puts that are being exercised"),
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
            TableColumn(
                "sellable",
                lambda: translate("SharesPanel", "May be sold"),
                lambda line: quantity(line.holding.sellable),
                RIGHT,
                lambda line: look.theme.text_2,
                lambda line: line.holding.sellable,
                10,
                lambda line: translate("SharesPanel", "Today: neither held nor bought today (T+1)"),
            ),
            TableColumn(
                "bought",
                lambda: translate("SharesPanel", "Bought today"),
                lambda line: some(line.holding.bought_today),
                RIGHT,
                None,
                lambda line: line.holding.bought_today,
                9,
                lambda line: translate("SharesPanel", "May be locked and exercised today, sold tomorrow"),
            ),
            TableColumn(
                "short",
                lambda: translate("SharesPanel", "Missing"),
                lambda line: f"✕ {quantity(line.holding.short)}" if line.holding.short else DASH,
                RIGHT,
                lambda line: look.theme.critical if line.holding.short else look.theme.dim,
                lambda line: line.holding.short,
                9,
                lambda line: translate("SharesPanel", "To be locked, or calls closed, after an adjustment"),
            ),
            TableColumn(
                "disposal",
                lambda: translate("SharesPanel", "Disposal"),
                lambda line: some(line.holding.disposal),
                RIGHT,
                None,
                lambda line: line.holding.disposal,
                9,
                lambda line: translate("SharesPanel", "In the broker's disposal account, no part of what is held"),
            ),
        ]
