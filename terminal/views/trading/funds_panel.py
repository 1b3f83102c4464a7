"""The money of the account (资金): key figures, the risk ratio against the broker's marks, every cause, the shares.

All figures are the counter's own; the floating profit is worked out here from positions at the last price. Equity is
cash plus the counter's value of the options. A low panel has a strip of the most needed figures, the risk bar and one
line for the shares of one underlying.
"""

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from terminal.domain.accounts import ZERO, Funds
from terminal.domain.reasons import Reason
from terminal.services.account_counts import purchase_used
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, DayChanged, LinkChanged, QuotesChanged
from terminal.views.account.figure_grid import FigureGrid
from terminal.views.alarm_texts import margin_call_sentence
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, money, percent, signed_money
from terminal.views.record_table import Export
from terminal.views.style_sheet import set_role
from terminal.views.theme import PANEL_PADDING
from terminal.views.trading.covered_line import CoveredLine
from terminal.views.trading.key_figure import KeyFigure
from terminal.views.trading.position_lines import floating_total, lines_of
from terminal.views.trading.risk_bar import RiskBar
from terminal.views.trading.shares_panel import SharesPanel

#: From this width on the figures stand in one row, those of the strip from the second one
_WIDE, _STRIP_WIDE = 1300, 820
_COLUMNS = 3
#: A lower panel is a strip
_LOW = 250
_NAMES = ("equity", "available", "withdrawable", "margin", "frozen", "option_value", "floating", "purchase", "fees")
#: Those of the strip
_STRIP = ("equity", "available", "margin", "frozen", "floating", "purchase")
_CAUSES = 12


class FundsPanel(QWidget):
    """Key figures, risk bar, margin call, causes and shares of the account."""

    def __init__(
        self, desk: Desk, appearance: Appearance, parent: QWidget | None = None, *, export: Export | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "panel")
        self._desk = desk
        self._appearance = appearance
        self._stale = True
        self.figures = {name: KeyFigure(self) for name in _NAMES}
        self._columns = 0
        self._is_strip = False
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self.risk = RiskBar(desk.rules.risk, appearance, self)
        self.margin_call = QLabel(self)
        self.margin_call.setWordWrap(True)
        self.margin_call.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        set_role(self.margin_call, "critical")
        self.margin_call.hide()
        self.causes = FigureGrid(_CAUSES, 3, self)
        self.causes.setContentsMargins(PANEL_PADDING, 0, PANEL_PADDING, 0)
        self.shares = SharesPanel(desk, appearance, self, export=export)
        self.covered = CoveredLine(desk, self)
        self.covered.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._grid)
        layout.addWidget(self.risk)
        layout.addWidget(self.margin_call)
        layout.addWidget(self.causes)
        layout.addWidget(self.shares, 1)
        layout.addWidget(self.covered)
        self._arrange()
        for event in (AccountChanged, DayChanged, LinkChanged, QuotesChanged):
            desk.bus.subscribe(event, self._on_change)
        appearance.changed.connect(self._on_change)
        self.flush()

    @property
    def is_strip(self) -> bool:
        """Whether only what is needed most is shown."""
        return self._is_strip

    def set_strip(self, strip: bool) -> None:
        """Show what is needed most, or everything."""
        if strip == self._is_strip:
            return
        self._is_strip = strip
        for widget in (self.causes, self.shares):
            widget.setVisible(not strip)
        self.covered.setVisible(strip)
        self._show_covered()
        self._columns = 0
        self._arrange()

    def flush(self) -> None:
        """Show what has changed."""
        if self._stale:
            self._stale = False
            self._show()
        self.shares.flush()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More rows of figures where one has no room."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        names = _STRIP if self._is_strip else _NAMES
        columns = len(names) if self.width() >= (_STRIP_WIDE if self._is_strip else _WIDE) else _COLUMNS
        if columns == self._columns:
            return
        self._columns = columns
        for name, figure in self.figures.items():
            figure.setVisible(name in names)
        for number, name in enumerate(names):
            self._grid.addWidget(self.figures[name], number // columns, number % columns)
        for column in range(len(self.figures)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _on_change(self, _: object = None) -> None:
        self._stale = True

    def _show(self) -> None:
        funds, look = self._desk.portfolio.funds, self._appearance
        self._show_floating()
        self._show_purchase()
        self._show_covered()
        labels = {
            "equity": self.tr("Equity"),
            "available": self.tr("Available"),
            "withdrawable": self.tr("Withdrawable"),
            "margin": self.tr("Margin held"),
            "frozen": self.tr("Frozen"),
            "option_value": self.tr("Option value"),
            "fees": self.tr("Fees today"),
        }
        self.risk.show_funds(funds)
        self._show_call(funds)
        self._show_causes(funds)
        if funds is None:
            for name, label in labels.items():
                self.figures[name].show_figure(label, DASH, DASH)
            return
        rows: dict[str, tuple[Decimal, str, str]] = {
            "equity": (
                funds.balance + funds.option_value,
                self.tr("cash {money}").format(money=money(funds.balance)),
                self.tr("Cash plus option value"),
            ),
            "available": (
                funds.available,
                self.tr("at open {money}").format(money=money(funds.opening_balance)),
                self.tr("Cash less margin held and frozen money"),
            ),
            "withdrawable": (
                funds.withdrawable,
                self.tr("in {cash_in}, out {cash_out}").format(
                    cash_in=money(funds.cash_in), cash_out=money(funds.cash_out)
                ),
                self.tr("What may be taken out now: premium received today stays"),
            ),
            "margin": (
                funds.margin,
                self.tr("maintenance {money}").format(money=money(funds.maintenance)),
                self.tr("Held for short positions; below, what they would hold at the newest prices"),
            ),
            "frozen": (
                funds.frozen,
                self.tr("orders {money}").format(
                    money=money(funds.frozen_margin + funds.frozen_premium + funds.frozen_fee)
                ),
                self.tr("For working orders, exercise and delivery"),
            ),
            "option_value": (
                funds.option_value,
                self.tr("long less short"),
                self.tr("Long less short positions at the counter's marks"),
            ),
            "fees": (
                funds.fees,
                self.tr("premium {money}").format(money=signed_money(funds.premium_received - funds.premium_paid)),
                self.tr("Premium received {received}\nPremium paid {paid}").format(
                    received=money(funds.premium_received), paid=money(funds.premium_paid)
                ),
            ),
        }
        for name, (value, note, tip) in rows.items():
            short = look.theme.critical if name == "available" and value < 0 else None
            self.figures[name].show_figure(labels[name], money(value), note, tip, short)

    def _show_floating(self) -> None:
        lines = lines_of(self._desk)
        floating, known, held = floating_total(lines)
        realised = sum((line.position.realised for line in lines), ZERO)
        partly = self.tr("{known} of {held} priced").format(known=known, held=held)
        today = self.tr("closed today {money}").format(money=signed_money(realised))
        ink = self._appearance.colour_of(float(floating)) if floating is not None else None
        self.figures["floating"].show_figure(
            self.tr("Floating P&L"),
            signed_money(floating),
            partly if known < held else today,
            self.tr("Positions at the last price against their average, before fees"),
            ink,
        )

    def _show_purchase(self) -> None:
        """What is used of the purchase limit (买入额度), counted as an order is checked."""
        told = self._desk.portfolio.limits_told
        limit = told.get((Reason.LIMIT_PURCHASE, ""))
        figure, note = DASH, self.tr("no limit") if told else DASH
        if limit is not None and limit.allowed is not None:
            used = purchase_used(self._desk.portfolio, self._desk.orders.committed(), self._desk.market)
            share = float(used / limit.allowed) if limit.allowed else None
            figure = money(used)
            note = self.tr("of {money} · {percent}").format(money=money(limit.allowed), percent=percent(share, 1))
        tip = self.tr("Paid for long positions still held and working buy-opens, against what an individual may pay")
        self.figures["purchase"].show_figure(self.tr("Purchase limit used"), figure, note, tip)

    def _show_covered(self) -> None:
        """Only where it is seen: everything here is renewed whenever a quote moves."""
        if self._is_strip:
            self.covered.refresh()

    def _show_call(self, funds: Funds | None) -> None:
        wanted = funds.still_called if funds is not None else ZERO
        self.margin_call.setVisible(wanted > 0)
        if wanted > 0:
            sentence = margin_call_sentence(wanted, self._desk.rules, self._desk.clock.now().date())
            self.margin_call.setText(f"✕ {sentence}")

    def _show_causes(self, funds: Funds | None) -> None:
        def figure(value: Decimal | None) -> str:
            return money(value) if value else DASH

        rows = [
            (self.tr("Frozen premium"), funds.frozen_premium if funds else None),
            (self.tr("Frozen margin"), funds.frozen_margin if funds else None),
            (self.tr("Frozen fees"), funds.frozen_fee if funds else None),
            (self.tr("Frozen for exercise"), funds.frozen_exercise if funds else None),
            (self.tr("Frozen for delivery"), funds.frozen_delivery if funds else None),
            (self.tr("Maintenance margin"), funds.maintenance if funds else None),
            (self.tr("Premium received"), funds.premium_received if funds else None),
            (self.tr("Premium paid"), funds.premium_paid if funds else None),
            (self.tr("Fees"), funds.fees if funds else None),
            (self.tr("Cash in today"), funds.cash_in if funds else None),
            (self.tr("Cash out today"), funds.cash_out if funds else None),
            (self.tr("Margin call"), funds.margin_call if funds else None),
        ]
        self.causes.show_figures(
            [
                (label, figure(value), "critical" if number == len(rows) - 1 and value else "")
                for number, (label, value) in enumerate(rows)
            ]
        )


class FundsArea(QScrollArea):
    """Scrolls the panel of funds, which is a strip where there is little height."""

    def __init__(self, panel: FundsPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self.setWidget(panel)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A strip or all of it."""
        self._panel.set_strip(self.height() < _LOW)
        super().resizeEvent(event)
