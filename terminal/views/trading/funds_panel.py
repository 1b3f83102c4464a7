"""The money of the account (资金): key figures, the risk ratio against the broker's marks, and the shares that cover.

All figures are the counter's own; the floating profit is worked out here from positions at the last price. Equity is
cash plus the counter's value of the options. Locking and unlocking of shares (证券锁定 / 解锁) is at `shares_panel`.
"""

from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from terminal.domain.accounts import ZERO
from terminal.services.desk import Desk
from terminal.services.events import AccountChanged, DayChanged, LinkChanged, QuotesChanged
from terminal.views.formatting import DASH, money, percent, signed_money
from terminal.views.style_sheet import mixed, set_role
from terminal.views.theme import PANEL_PADDING, SIZE_BODY, SIZE_NOTE, Appearance
from terminal.views.trading.positions_table import floating_total, lines_of
from terminal.views.trading.shares_panel import SharesPanel

#: Marks of the broker's contract (rulebook 10: parameters, working values): warn, call, force
WARN, CALL, FORCE = 0.80, 1.00, 1.30
_SCALE_END = 1.5
#: Below this width the figures stand in two rows
_NARROW = 840


class _InkLabel(QLabel):
    """A label whose colour is a value's, which the style sheet cannot know; font and place stay the sheet's."""

    ink: QColor | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text in its ink."""
        if self.ink is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.ink)
        painter.drawText(self.contentsRect(), int(self.alignment()), self.text())
        painter.end()


class KeyFigure(QFrame):
    """A label, one large figure and a line below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.figure, self.note = QLabel(self), _InkLabel(self), QLabel(self)
        for widget, role in ((self.label, "dim"), (self.figure, "key-figure"), (self.note, "small-figure")):
            set_role(widget, role)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PANEL_PADDING, 6, PANEL_PADDING, 6)
        layout.setSpacing(2)
        for widget in (self.label, self.figure, self.note):
            layout.addWidget(widget)

    def show_figure(self, label: str, figure: str, note: str, tip: str = "", ink: QColor | None = None) -> None:
        """Put all texts; `ink` colours the figure."""
        self.label.setText(label)
        self.figure.setText(figure)
        self.note.setText(note)
        self.setToolTip(tip)
        self.figure.setAccessibleName(f"{label} {figure}")
        if ink != self.figure.ink:
            self.figure.ink = ink
            self.figure.update()


class RiskBar(QWidget):
    """The risk ratio (风险度) as a bar with the broker's marks at 80, 100 and 130 %."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.ratio: Decimal | None = None
        self.setFixedHeight(46)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide."""
        return QSize(600, 46)

    def show_ratio(self, ratio: Decimal | None) -> None:
        """Show another ratio; None for an account without cash."""
        if ratio != self.ratio:
            self.ratio = ratio
            self.update()

    @property
    def ink(self) -> QColor:
        """The colour of the stretch the ratio stands in."""
        theme = self._appearance.theme
        ratio = float(self.ratio or 0)
        return theme.ok if ratio < WARN else theme.warn if ratio < CALL else theme.critical

    def text(self) -> str:
        """The ratio in words."""
        ratio = None if self.ratio is None else float(self.ratio)
        return self.tr("Risk ratio {percent}").format(percent=percent(ratio, 1))

    def changeEvent(self, event: QEvent) -> None:
        """Words are painted anew in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The scale, the filled part, the marks."""
        painter = QPainter(self)
        look, theme = self._appearance, self._appearance.theme
        left, width = PANEL_PADDING, max(1, self.width() - 2 * PANEL_PADDING)

        def place(ratio: float) -> float:
            return left + width * min(ratio, _SCALE_END) / _SCALE_END

        bar_top, bar_height = 17, 8
        stretches = ((0, WARN, theme.ok), (WARN, CALL, theme.warn), (CALL, FORCE, theme.critical))
        for start, end, ink in (*stretches, (FORCE, _SCALE_END, theme.critical)):
            part = 0.55 if start == FORCE else 0.30
            area = QRectF(place(start), bar_top, place(end) - place(start), bar_height)
            painter.fillRect(area, mixed(ink, theme.panel, part))
        ratio = float(self.ratio) if self.ratio is not None else 0.0
        painter.fillRect(QRectF(left, bar_top, place(ratio) - left, bar_height), self.ink)
        painter.setFont(look.words_at(SIZE_BODY, bold=True))
        painter.setPen(theme.text if self.ratio is not None and ratio < WARN else self.ink)
        text = self.text()
        text_width = painter.fontMetrics().horizontalAdvance(text) + 4
        text_left = min(max(place(ratio) - text_width / 2, left), left + width - text_width)
        painter.drawText(QRectF(text_left, 0, text_width, bar_top - 1), int(Qt.AlignmentFlag.AlignCenter), text)
        if self.ratio is not None:
            painter.fillRect(QRectF(place(ratio) - 1, bar_top - 2, 2, bar_height + 4), theme.text)
        painter.setFont(look.words_at(SIZE_NOTE))
        painter.setPen(theme.dim)
        foot = QRectF(left, bar_top + bar_height + 2, width, 16)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), self.tr("Margin ÷ cash"))
        for mark, words in ((WARN, self.tr("Warn")), (CALL, self.tr("Call")), (FORCE, self.tr("Force"))):
            painter.fillRect(QRectF(place(mark), bar_top - 1, 1, bar_height + 2), theme.text_2)
            area = QRectF(place(mark) - 60, foot.top(), 120, 16)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignHCenter), f"{words} {round(mark * 100)}%")
        painter.end()


class FundsPanel(QWidget):
    """Key figures, risk bar and covering shares of the account."""

    def __init__(self, desk: Desk, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, "panel")
        self._desk = desk
        self._appearance = appearance
        self._stale = True
        self.figures = {
            name: KeyFigure(self)
            for name in ("equity", "available", "margin", "frozen", "option_value", "floating", "fees")
        }
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self.risk = RiskBar(appearance, self)
        self.shares = SharesPanel(desk, appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._grid)
        layout.addWidget(self.risk)
        layout.addWidget(self.shares, 1)
        self._arrange(len(self.figures))
        for event in (AccountChanged, DayChanged, LinkChanged, QuotesChanged):
            desk.bus.subscribe(event, self._on_change)
        appearance.changed.connect(self._on_change)
        self.flush()

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
        """Two rows of figures where one has no room."""
        self._arrange(len(self.figures) if self.width() >= _NARROW else 4)
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, figure in enumerate(self.figures.values()):
            self._grid.addWidget(figure, number // columns, number % columns)
        for column in range(len(self.figures)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _on_change(self, _: object = None) -> None:
        self._stale = True

    def _show(self) -> None:
        funds, look = self._desk.portfolio.funds, self._appearance
        lines = lines_of(self._desk)
        floating, known, held = floating_total(lines)
        realised = sum((line.position.realised for line in lines), ZERO)
        partly = self.tr("{known} of {held} priced").format(known=known, held=held)
        today = self.tr("closed today {money}").format(money=signed_money(realised))
        figure = self.figures["floating"]
        ink = look.colour_of(float(floating)) if floating is not None else None
        figure.show_figure(
            self.tr("Floating P&L"),
            signed_money(floating),
            partly if known < held else today,
            self.tr("Positions at the last price against their average, before fees"),
            ink,
        )
        labels = {
            "equity": self.tr("Equity"),
            "available": self.tr("Available"),
            "margin": self.tr("Margin held"),
            "frozen": self.tr("Frozen"),
            "option_value": self.tr("Option value"),
            "fees": self.tr("Fees today"),
        }
        self.risk.show_ratio(funds.risk_ratio if funds is not None else None)
        if funds is None:
            for name, label in labels.items():
                self.figures[name].show_figure(label, DASH, DASH)
            return
        causes = self.tr("For working orders:\nmargin {margin}\npremium {premium}\nfees {fees}").format(
            margin=money(funds.frozen_margin), premium=money(funds.frozen_premium), fees=money(funds.frozen_fee)
        )
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
            "margin": (
                funds.margin,
                self.tr("short positions"),
                self.tr("Held by the counter for short positions"),
            ),
            "frozen": (
                funds.frozen,
                self.tr("margin {money}").format(money=money(funds.frozen_margin)),
                causes,
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
