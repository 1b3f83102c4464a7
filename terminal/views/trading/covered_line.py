"""The covering shares of one underlying in a line (备兑证券): held, locked, needed, what may still be covered."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from terminal.domain.accounts import Holding
from terminal.domain.contracts import Right
from terminal.domain.instructions import InstructionKind
from terminal.rules.naming import STANDARD
from terminal.services.desk import Desk
from terminal.views.account.words import kind_words
from terminal.views.formatting import quantity
from terminal.views.plurals import in_number
from terminal.views.style_sheet import set_role
from terminal.views.texts import bounded, underlying_name
from terminal.views.theme import PANEL_PADDING

_KINDS = (InstructionKind.LOCK, InstructionKind.UNLOCK)


class CoveredLine(QWidget):
    """Stands on the underlying that was chosen last. Two buttons begin locking and unlocking."""

    instruction_wanted = Signal(object, str)
    """An InstructionKind and the underlying it begins with"""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._underlying = ""
        self.name, self.figures, self.state = QLabel(self), QLabel(self), QLabel(self)
        for label, role in ((self.name, "section"), (self.figures, "dim")):
            set_role(label, role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 2)
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.figures)
        row.addStretch()
        row.addWidget(self.state)
        self.buttons = {kind: QPushButton(self) for kind in _KINDS}
        for kind, button in self.buttons.items():
            set_role(button, "dense")
            button.clicked.connect(lambda _=False, kind=kind: self.instruction_wanted.emit(kind, self.underlying))
            row.addWidget(button)
        self.refresh()

    @property
    def underlying(self) -> str:
        """Code of the underlying that is shown; the first of the day until one was chosen."""
        market = self._desk.market
        if market.underlying(self._underlying) is None and market.underlyings:
            return market.underlyings[0].code
        return self._underlying

    def show_underlying(self, code: str) -> None:
        """Turn to an underlying."""
        self._underlying = code
        self.refresh()

    def refresh(self) -> None:
        """Put the figures and words of now."""
        code = self.underlying
        underlying = self._desk.market.underlying(code)
        holding = self._desk.portfolio.holdings.get(code, Holding(underlying=code, total=0))
        name = underlying_name(underlying) if underlying is not None else ""
        self.name.setText(self.tr("Covering shares {name}").format(name=f"{name} {bounded(code)}"))
        figures = [
            self.tr("held {shares}").format(shares=quantity(holding.total)),
            self.tr("locked {shares}").format(shares=quantity(holding.locked)),
            self.tr("needed {shares}").format(shares=quantity(holding.covering)),
        ]
        unit = self._unit(code)
        if unit:
            left = max(holding.free + holding.unlockable, 0) // unit
            figures.append(in_number(self.tr("covers {lots} lots more").format(lots=quantity(left))))
        self.figures.setText("   ".join(figures))
        missing = max(holding.short, -holding.unlockable)
        if missing > 0:
            self.state.setText(f"✕ {self.tr('{shares} short').format(shares=quantity(missing))}")
        else:
            self.state.setText(f"● {self.tr('fully covered')}" if holding.covering else "")
        set_role(self.state, "critical" if missing > 0 else "ok")
        for kind, button in self.buttons.items():
            button.setText(f"{kind_words(kind)}…")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _unit(self, code: str) -> int:
        """Shares to a standard call; 0 where none is listed."""
        calls = (c for c in self._desk.market.contracts if c.underlying == code and c.right is Right.CALL)
        return next((c.multiplier for c in calls if c.adjustment == STANDARD), 0)
