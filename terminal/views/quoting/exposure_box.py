"""Net exposure (净敞口) of the underlying that the chain shows, greek by greek, against what a quoter may have.

A bar is how far the worst case goes: everything that works counted as filled, as the gate counts it.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from terminal.domain.reasons import Reason
from terminal.rules.protection.limit_sheet import bound
from terminal.rules.protection.order_checks import Exposure
from terminal.services.gate import DESK
from terminal.services.risk import Metric, RiskService
from terminal.views.appearance import Appearance
from terminal.views.chain.words import language
from terminal.views.formatting import DASH, compact_quantity, quantity
from terminal.views.quoting.limit_bars import LimitBars, LimitLine
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.words import nothing_words, word
from terminal.views.style_sheet import set_role
from terminal.views.texts import underlying_name

#: Without a limit
_UNLIMITED = ((Metric.THETA, "Theta"), (Metric.VANNA, "Vanna"))


class ExposureBox(QWidget):
    """The box under the rail. `underlying` names what the chain shows. Served by the frame timer."""

    def __init__(
        self,
        maker: MakerDesk,
        risk: RiskService,
        appearance: Appearance,
        underlying: Callable[[], str],
    ) -> None:
        super().__init__()
        set_role(self, "panel")
        self._maker = maker
        self._risk = risk
        self._underlying = underlying
        self.head, self.note = QLabel(), QLabel()
        set_role(self.head, "title")
        set_role(self.note, "dim")
        self.note.setWordWrap(True)
        self.bars = LimitBars(appearance)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 6)
        box.setSpacing(3)
        for label in (self.head, self.note):
            label.setContentsMargins(8, 0, 8, 0)
        box.addWidget(self.head)
        box.addWidget(self.bars)
        box.addWidget(self.note)
        box.addStretch(1)

    def flush(self) -> None:
        """Show what is held and what it could become."""
        code = self._underlying()
        found = self._maker.desk.market.underlying(code)
        if not self._maker.is_maker or found is None:
            self.head.setText("")
            why = word("This account is no market maker's: there is nothing to quote")
            self.note.setText(nothing_words(why, known=self._maker.is_known))
            self.bars.show_lines(())
            return
        self.head.setText(word("{underlying} net exposure").format(underlying=underlying_name(found)))
        lines = [self._limited(code, reason, name) for reason, name in _limited_names()]
        table = self._risk.table([code])
        for metric, name in _UNLIMITED:
            lines.append(LimitLine(name, self._short(table.total(metric)), "", math.nan))
        held = sum(abs(q) for q in table.quantity.tolist())
        lines.append(LimitLine(word("Contracts"), f"{held:,.0f}", "", math.nan))
        self.bars.show_lines(tuple(lines))
        missing = table.unknown()
        self.note.setText(word("{count} held without a figure").format(count=missing) if missing else "")

    def changeEvent(self, event: QEvent) -> None:
        """Words in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.flush()
        super().changeEvent(event)

    def _limited(self, code: str, reason: Reason, name: str) -> LimitLine:
        gate = self._maker.desk.quoting.gate
        # Of what a quoter may have, and the desk in all
        sheet = gate.effective(DESK).strictest(self._maker.sheet)
        limit = bound({Reason.DELTA_LIMIT: sheet.delta, Reason.GAMMA_LIMIT: sheet.gamma}.get(reason, sheet.vega))
        exposure = gate.commitments.exposure(code, reason)
        tip = word("held {held}, at worst {lowest} to {highest}, limit {limit}").format(
            held=_whole(exposure.held),
            lowest=_whole(exposure.lowest),
            highest=_whole(exposure.highest),
            limit=_whole(limit),
        )
        return LimitLine(name, self._short(exposure.held), self._short(limit), _share(exposure, limit), tip)

    def _short(self, value: float) -> str:
        if not math.isfinite(value):
            return _whole(value)
        return compact_quantity(round(value), language())


def _limited_names() -> tuple[tuple[Reason, str], ...]:
    return (
        (Reason.DELTA_LIMIT, word("Δ shares")),
        (Reason.GAMMA_LIMIT, word("Γ per 1 %")),
        (Reason.VEGA_LIMIT, "Vega"),
    )


def _share(exposure: Exposure, limit: float) -> float:
    """Part of a limit that the worst case uses; nan where there is no limit."""
    worst = max(abs(exposure.highest), abs(exposure.lowest))
    if math.isinf(limit) or worst != worst:
        return math.nan
    return worst / limit if limit > 0 else (math.inf if worst else 0.0)


def _whole(value: float) -> str:
    if math.isinf(value):
        return "∞"
    return quantity(round(value)) if math.isfinite(value) else DASH
