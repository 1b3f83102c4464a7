"""What an order will cost or free before it is sent (下单前预览), as a small grid of figures."""

from decimal import Decimal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from terminal.domain.accounts import Funds
from terminal.domain.contracts import Contract
from terminal.rules.preview import OrderCost
from terminal.services.order_draft import ExpectedCost, Verdict
from terminal.views import formatting
from terminal.views.appearance import Appearance
from terminal.views.still_text import put_tip
from terminal.views.style_sheet import set_role
from terminal.views.trading.ticket_words import premium_words

_FIGURES = 7
_GAP = 8


class CostPreview(QWidget):
    """Premium, fee, margin, largest loss, break-even, and the funds before and after.

    Two figures to a line where there is room for both, else one: what an order costs is never cut off.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._grid = QGridLayout(self)
        # The narrowest it may be is said below, not by how it lies now
        self._grid.setSizeConstraint(QGridLayout.SizeConstraint.SetNoConstraint)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(2)
        self._labels: list[QLabel] = []
        self._figures: list[QLabel] = []
        self._to_a_line = 0
        self._arranged_for: tuple[object, ...] = ()
        for _ in range(_FIGURES):
            label, figure = QLabel(self), QLabel(self)
            set_role(label, "dim")
            set_role(figure, "figure")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._labels.append(label)
            self._figures.append(figure)
        self._arrange()

    # ---- what Qt asks

    def minimumSizeHint(self) -> QSize:
        """As wide as one figure to a line asks: it is for the width to say how many stand there."""
        return QSize(self._width_of(1), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Another font asks for other room."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arranged_for = ()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for more, or for fewer."""
        super().resizeEvent(event)
        self._arrange()

    def figures(self) -> dict[str, str]:
        """What is shown, label to figure; for reports and tests."""
        return {label.text(): figure.text() for label, figure in zip(self._labels, self._figures, strict=True)}

    @property
    def funds_role(self) -> str:
        """How the funds are shown: ``figure``, or ``critical`` when the order would take more than there is."""
        return str(self._figures[-1].property("role"))

    @property
    def funds_tip(self) -> str:
        """Why more is set aside than the order will cost; empty where it is not."""
        return self._figures[-1].toolTip()

    def show_verdict(
        self,
        contract: Contract | None,
        verdict: Verdict,
        expected: ExpectedCost | None,
        funds: Funds | None,
        spot: Decimal | None,
    ) -> None:
        """Show the cost of a judged draft; dashes while it cannot be read. `spot`: the underlying now, yuan.

        `expected` is the cost at the prices it would trade at; funds are shown as they are while it works.
        """
        cost, request = None if expected is None else expected.cost, verdict.request
        after = None
        if verdict.cost is not None and funds is not None:
            after = funds.available - verdict.cost.frozen
        premium = formatting.DASH
        if request is not None and expected is not None:
            premium = premium_words(request, expected, signed=True)
        rows = [
            (self.tr("Premium"), premium),
            (self.tr("Fee"), formatting.money(cost.fee if cost else None)),
            (self.tr("Margin held"), formatting.money(cost.margin if cost and cost.margin else None)),
            (
                self.tr("Margin freed"),
                formatting.money(cost.released_margin if cost and cost.released_margin else None),
            ),
            (self.tr("Largest loss"), formatting.money(cost.max_loss if cost else None)),
            (self.tr("Break-even"), self._break_even(contract, cost, spot)),
            (self.tr("Available"), self._funds_words(funds, after)),
        ]
        for (words, figure), label, value in zip(rows, self._labels, self._figures, strict=True):
            label.setText(words)
            value.setText(figure)
        put_tip(self._figures[-1], self._frozen_words(verdict))
        self._arrange()
        set_role(self._figures[-1], "critical" if after is not None and after < 0 else "figure")

    def _frozen_words(self, verdict: Verdict) -> str:
        """Why more is set aside for a market order than it will cost; empty for others."""
        request, cost = verdict.request, verdict.cost
        if request is None or cost is None or not request.order_type.is_market or not cost.frozen:
            return ""
        return self.tr("Set aside until it has traded, reckoned at {price}: {amount} yuan").format(
            price=f"{cost.price:.4f}", amount=formatting.money(cost.frozen)
        )

    def _break_even(self, contract: Contract | None, cost: OrderCost | None, spot: Decimal | None) -> str:
        if cost is None or contract is None or cost.break_even is None or spot is None:
            return formatting.DASH
        away = float(cost.break_even / spot - 1)
        return f"{cost.break_even:.4f}  {formatting.signed_percent(away, 1)}"

    def _funds_words(self, funds: Funds | None, after: Decimal | None) -> str:
        if funds is None:
            return formatting.DASH
        before = formatting.money(funds.available)
        return before if after is None else f"{before} → {formatting.money(after)}"

    # ---- room

    def _width_of(self, to_a_line: int) -> int:
        """What so many figures to a line ask for, pixels."""
        labels = [label.sizeHint().width() for label in self._labels]
        figures = [figure.sizeHint().width() for figure in self._figures]
        pairs = sum(max(labels[n:-1:to_a_line]) + max(figures[n:-1:to_a_line]) for n in range(to_a_line))
        # The funds stand on a line of their own, under the labels of the first column
        funds = max(labels[0:-1:to_a_line] + labels[-1:]) + figures[-1] + _GAP
        return max(pairs + (2 * to_a_line - 1) * _GAP, funds)

    def _arrange(self) -> None:
        # Digits are of one width: only other words, or more of them, ask for other room
        wanted = (
            self.width(),
            *(label.text() for label in self._labels),
            *(len(figure.text()) for figure in self._figures),
        )
        if wanted == self._arranged_for:
            return
        self._arranged_for = wanted
        to_a_line = 2 if self._width_of(2) <= self.width() else 1
        if to_a_line == self._to_a_line:
            return
        self._to_a_line = to_a_line
        for place, (label, figure) in enumerate(zip(self._labels, self._figures, strict=True)):
            self._grid.removeWidget(label)
            self._grid.removeWidget(figure)
            row, column = divmod(place, to_a_line)
            is_last = place == _FIGURES - 1
            self._grid.addWidget(label, row, 2 * column)
            self._grid.addWidget(figure, row, 2 * column + 1, 1, 2 * to_a_line - 1 if is_last else 1)
        for column in (1, 3):
            self._grid.setColumnStretch(column, int(column < 2 * to_a_line))
