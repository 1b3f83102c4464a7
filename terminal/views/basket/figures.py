"""The figures of the basket: nets, edge, greeks, money, margin as combinations, and the line at expiry."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from terminal.services.basket_plan import BasketVerdict
from terminal.views import formatting
from terminal.views.account.figure_grid import FigureGrid
from terminal.views.account.words import strategy_words
from terminal.views.appearance import Appearance
from terminal.views.basket.words import bound_words, net_words, word
from terminal.views.style_sheet import set_role
from terminal.views.trading.payoff_picture import PayoffPicture

_MOST = 11
Rows = list[tuple[str, str, str]]


def net_rows(verdict: BasketVerdict) -> Rows:
    """What one basket costs or brings, by four prices."""
    nets, unit = verdict.nets, verdict.unit
    return [
        (word("Net now"), net_words(nets.now, unit), ""),
        (word("My prices"), net_words(nets.limits, unit), ""),
        (word("At mid"), net_words(nets.mid, unit), ""),
        (word("Theoretical"), net_words(nets.theoretical, unit), ""),
    ]


class FittedGrid(FigureGrid):
    """Two figures to a line where both have room, else one."""

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(most, 1, parent)
        # How many stand on a line is for the width to say, not the other way round
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    def show_figures(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show these, on as many lines as they need."""
        super().show_figures(rows)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for more, or for fewer."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.set_columns(2 if self.width_of(2) <= self.width() else 1)


class BasketFigures(QWidget):
    """Money, greeks, margin as combinations and the line at expiry of a judged basket."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = FittedGrid(_MOST, self)
        self.combination = QLabel(self)
        self.combination.setWordWrap(True)
        self.combination.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        set_role(self.combination, "second")
        self.payoff = PayoffPicture(appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.grid)
        layout.addWidget(self.combination)
        layout.addWidget(self.payoff, 1)

    def show_verdict(self, verdict: BasketVerdict) -> None:
        """Show the figures; dashes for what is not known."""
        self.grid.show_figures([*_money_rows(verdict), *_greek_rows(verdict), *_expiry_rows(verdict)])
        self.combination.setText(_combination_words(verdict))
        self.combination.setVisible(bool(verdict.pairs))
        line = verdict.payoff
        if line is None:
            self.payoff.show_line((), (), verdict.spot, ())
        else:
            self.payoff.show_line(line.prices, line.profits, verdict.spot, line.evens)
        self.payoff.setVisible(line is not None)

    def figures(self) -> dict[str, str]:
        """What is shown, label to figure; for reports and tests."""
        return self.grid.figures()


def _money_rows(verdict: BasketVerdict) -> Rows:
    return [
        (word("Edge"), formatting.signed_money(verdict.edge), ""),
        (word("Premium"), net_words(verdict.premium, None), ""),
        (word("Fee"), formatting.money(verdict.fee), ""),
        (word("Margin by leg"), formatting.money(verdict.margin), ""),
    ]


def _greek_rows(verdict: BasketVerdict) -> Rows:
    greeks = verdict.greeks
    return [
        (word("Δ shares"), formatting.number(greeks.delta, 0), ""),
        (word("Γ 1%"), formatting.number(greeks.gamma, 0), ""),
        (word("Vega"), formatting.number(greeks.vega, 1), ""),
        (word("Theta"), formatting.number(greeks.theta, 1), ""),
    ]


def _expiry_rows(verdict: BasketVerdict) -> Rows:
    line = verdict.payoff
    evens = " ".join(f"{even:.4f}" for even in line.evens) if line is not None else ""
    return [
        (word("Most to gain"), bound_words(None if line is None else line.most), ""),
        (word("Most to lose"), bound_words(None if line is None else line.least), ""),
        (word("Even at"), evens or formatting.DASH, ""),
    ]


def _combination_words(verdict: BasketVerdict) -> str:
    """Which combinations the exchange knows among the legs, and what building them frees."""
    lines = [
        word("{strategy} × {count}: margin as the combination {margin}, frees {freed}").format(
            strategy=f"{pair.strategy} {strategy_words(pair.strategy)}",
            count=formatting.quantity(pair.quantity),
            margin=formatting.money(pair.combined),
            freed=formatting.money(pair.freed),
        )
        for pair in verdict.pairs
    ]
    return "\n".join(lines)
