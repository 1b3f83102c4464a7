"""The risk panel (风险): greeks, heat map, scenario grid, explained profit, what trades were worth, as many as fit.

Built by the first `flush`. A button brings a section up; where room is short the ones asked for longest ago give way.
"""

from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from terminal.services.mark_outs import MarkOuts
from terminal.services.market_data import MarketData
from terminal.services.profit_explained import ProfitExplained
from terminal.services.risk import RiskService
from terminal.services.risk_value import RiskWatch
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.record_table import Export
from terminal.views.risk.explain_section import ExplainSection
from terminal.views.risk.greeks_section import GreeksSection
from terminal.views.risk.heat_section import HeatSection
from terminal.views.risk.mark_out_section import MarkOutSection
from terminal.views.risk.scenario_section import ScenarioSection
from terminal.views.risk.section import Section
from terminal.views.risk.words import word
from terminal.views.still_text import put_still
from terminal.views.style_sheet import set_role
from terminal.views.texts import underlying_name
from terminal.views.theme import PANEL_PADDING, PANEL_TITLE

_ORDER = ("greeks", "heat", "scenario", "explain", "mark_out")
_STRETCH = {"greeks": 3, "heat": 3, "scenario": 5, "explain": 4, "mark_out": 3}


class RiskPanel(QWidget):
    """Follows the chain's underlying in the heat map; `scope` says whether the rest counts the whole book."""

    contract_chosen = Signal(str)

    def __init__(
        self,
        market: MarketData,
        valuation: Valuation,
        risk: RiskService,
        profit: ProfitExplained,
        mark_outs: MarkOuts,
        appearance: Appearance,
        export: Export | None = None,
        parent: QWidget | None = None,
        *,
        watch: RiskWatch | None = None,
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._valuation = valuation
        self._risk = risk
        self._profit = profit
        self._mark_outs = mark_outs
        self._appearance = appearance
        self._export = export
        self._watch = watch
        self.underlying = ""
        self.whole_book = True
        self.wanted = ["heat", "scenario", "explain"]
        """Sections asked for, newest first"""
        self.sections: dict[str, Section] = {}
        set_role(self, "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_underlying(self, underlying: str) -> None:
        """Turn the heat map, and a scope of one underlying, to another."""
        self.underlying = underlying
        if self.sections:
            self._apply_scope()

    def flush(self) -> None:
        """Show what has changed in the sections that are seen."""
        if not self.sections:
            self._build()
        if not self.underlying and self._market.underlyings:
            self.show_underlying(self._market.underlyings[0].code)
        self._show_value()
        if self.underlying:
            for section in self.sections.values():
                if section.isVisible():
                    section.flush()

    def show_section(self, name: str, on: bool = True) -> None:
        """Bring a section up, or put it away."""
        self.wanted = [entry for entry in self.wanted if entry != name]
        if on:
            self.wanted.insert(0, name)
        if not self.wanted:
            self.wanted = [name]
        self._fit()
        self.flush()

    def sizeHint(self) -> QSize:
        """Room for three sections."""
        return QSize(720, 640)

    def minimumSizeHint(self) -> QSize:
        """One section, scrolling."""
        return QSize(260, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what has room."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Show at once what has changed while it was hidden, words among it."""
        super().showEvent(event)
        if self.sections:
            self.flush()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self.sections:
            self._name()
            self.flush()

    # ---- inside

    def _build(self) -> None:
        market, look = self._market, self._appearance
        self.heat = HeatSection(market, self._valuation, self._risk, self._profit, look)
        self.scenario = ScenarioSection(self._risk, look)
        self.explain = ExplainSection(market, self._profit, look)
        self.greeks = GreeksSection(market, self._risk, look, self._export)
        self.mark_out = MarkOutSection(market, self._mark_outs, look, self._export)
        every = (self.greeks, self.heat, self.scenario, self.explain, self.mark_out)
        sections = dict(zip(_ORDER, every, strict=True))
        what, whose = QHBoxLayout(), QHBoxLayout()
        for row in (what, whose):
            row.setSpacing(2)
        self.section_buttons = {name: self._button(what) for name in _ORDER}
        what.addStretch(1)
        self.value = QLabel(self)
        self.value.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        whose.addWidget(self.value)
        whose.addStretch(1)
        group = QButtonGroup(self)
        self.book, self.one = self._button(whose), self._button(whose)
        for button in (self.book, self.one):
            group.addButton(button)
        self.book.setChecked(True)
        self.filled = self._button(whose)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(4, 0, 4, 0)
        self._head.setSpacing(0)
        self._head.addLayout(what)
        self._head.addLayout(whose)
        self._bar = bar = QWidget(self)
        bar.setLayout(self._head)
        layout = QVBoxLayout(self)
        # `minimumSizeHint` says how small this may be: what has no room is hidden
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(bar)
        for name, section in sections.items():
            layout.addWidget(section, _STRETCH[name])
        self.sections = sections
        for name, button in self.section_buttons.items():
            button.clicked.connect(lambda on=False, n=name: self.show_section(n, on))
        self.book.clicked.connect(lambda: self._set_scope(True))
        self.one.clicked.connect(lambda: self._set_scope(False))
        self.filled.toggled.connect(self._set_filled)
        self.heat.chosen.connect(self._filter)
        self.greeks.contract_chosen.connect(self.contract_chosen)
        self.mark_out.contract_chosen.connect(self.contract_chosen)
        self._apply_scope()
        self._name()
        self._fit()

    def _show_value(self) -> None:
        """The live risk value beside its limit; nothing for an account that is not watched."""
        value = None if self._watch is None else self._watch.newest
        self.value.setVisible(value is not None)
        if value is None:
            return
        text = word("Worst {loss} of {limit} · {share}").format(
            loss=f"{-value.loss:,.0f}".replace("-", "−"), limit=f"{value.limit:,.0f}", share=f"{value.used:.0%}"
        )
        if value.unpriced:
            text += " · " + word("{count} without a price left out").format(count=value.unpriced)
        if self.value.text() != text:
            before = self.value.minimumWidth()
            put_still(self.value, text)
            if self.value.minimumWidth() != before:
                self._fit()
            where = word("Live risk value: the worst of the book for S {spot}, IV {points} pt")
            self.value.setToolTip(where.format(spot=f"{value.spot:+.1%}", points=f"{value.volatility * 100:+.0f}"))
        set_role(self.value, "critical" if value.used >= 1.0 else "warn" if value.used >= 0.8 else "dim")

    def _button(self, row: QHBoxLayout) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(button, "flat")
        row.addWidget(button)
        return button

    def _fit(self) -> None:
        """As many of the wanted sections as have room, the newest first."""
        if not self.sections:
            return
        room = self.height() - self._fit_head()
        shown: set[str] = set()
        for name in self.wanted:
            least = self.sections[name].least_height
            if not shown or least <= room:
                shown.add(name)
                room -= least
        self.heat.set_alone(shown == {"heat"})
        for name, section in self.sections.items():
            section.setVisible(name in shown)
            self.section_buttons[name].setChecked(name in shown)

    def _fit_head(self) -> int:
        """What is shown and whose in one line, or below each other where that is cut; gives the height."""
        rows = [item for place in range(2) if (item := self._head.itemAt(place)) is not None]
        two = sum(row.sizeHint().width() for row in rows) + 2 * PANEL_PADDING > self.width()
        direction = QBoxLayout.Direction.TopToBottom if two else QBoxLayout.Direction.LeftToRight
        if self._head.direction() != direction:
            self._head.setDirection(direction)
        height = PANEL_TITLE * (2 if two else 1)
        if self._bar.height() != height:
            self._bar.setFixedHeight(height)
        return height

    def _set_scope(self, whole: bool) -> None:
        self.whole_book = whole
        self._apply_scope()
        self.flush()

    def _set_filled(self, on: bool) -> None:
        self.heat.filled = self.greeks.filled = on
        self.scenario.filled.setChecked(on)
        self.flush()

    def _apply_scope(self) -> None:
        self.heat.underlying = self.underlying
        scope = None if self.whole_book else self.underlying
        self.scenario.scope = self.explain.scope = self.greeks.scope = self.mark_out.scope = scope
        known = self._market.underlying(self.underlying)
        self.one.setText(underlying_name(known) if known is not None else self.underlying)

    def _filter(self, expiry: date | None, strike: float | None) -> None:
        """Show the positions behind a cell of the heat map, and turn the desk to the first of them."""
        self.greeks.choice = expiry, strike
        if expiry is None and strike is None:
            self.flush()
            return
        self._set_scope(False)
        self.one.setChecked(True)
        self.show_section("greeks")

    def _name(self) -> None:
        names = {
            "greeks": word("Greeks"),
            "heat": word("Heat map"),
            "scenario": word("Scenario"),
            "explain": word("P&L explained"),
            "mark_out": word("Mark-outs"),
        }
        for name, button in self.section_buttons.items():
            button.setText(names[name].replace("&", "&&"))
        self.book.setText(word("Whole book"))
        self.filled.setText(word("+ orders"))
        self.filled.setToolTip(word("Count resting orders and quotes as filled"))
        self.setAccessibleName(word("Risk"))
        for section in self.sections.values():
            section.name_all()
        self._fit()
