"""Explained profit (盈亏归因): a waterfall of the day's parts, and the same by expiry as a table."""

import numpy as np
from PySide6.QtWidgets import QWidget

from terminal.pricing.explain import Explained
from terminal.services.market_data import MarketData
from terminal.services.profit_explained import DayExplained, ProfitExplained
from terminal.views.appearance import Appearance
from terminal.views.formatting import clock, day
from terminal.views.heat_table import HeatModel, HeatTable, Matrix, signed, titles
from terminal.views.risk.section import Section
from terminal.views.risk.waterfall import Waterfall
from terminal.views.risk.words import word
from terminal.views.texts import month_words, underlying_name


class ExplainSection(Section):
    """`scope` is one underlying or None for all."""

    least_height = 170

    def __init__(
        self, market: MarketData, profit: ProfitExplained, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._market = market
        self._profit = profit
        self.scope: str | None = None
        self.as_table = self.button(checkable=True)
        self.as_table.toggled.connect(self._show_table)
        self.waterfall = Waterfall(appearance, self)
        self.model = HeatModel(self)
        self.table = HeatTable(self.model, appearance, self)
        self.table.title_width = 96
        self.body.addWidget(self.waterfall, 1)
        self.body.addWidget(self.table, 1)
        self.table.hide()
        self.name_all()

    def flush(self) -> None:
        """Ask for the day so far and show it."""
        today = self._profit.today()
        if today is None:
            self.waterfall.show_parts((), ("", 0.0))
            return
        chosen = [n for n, (code, _) in enumerate(today.expiries) if self.scope is None or code == self.scope]
        columns = _parts(today.parts)
        sums = [(name, float(values[chosen].sum())) for name, values in columns]
        self.waterfall.show_parts(sums, (word("Total"), float(today.parts.total[chosen].sum())))
        self._fill_table(today, chosen, columns)
        total = float(np.abs([amount for _, amount in sums]).sum())
        left = abs(float(today.parts.residual[chosen].sum())) / total if total else 0.0
        unpriced = int(today.parts.unpriced[chosen].sum())
        missing = f" · {word('{count} without a price left out').format(count=unpriced)}" if unpriced else ""
        since = f"{day(today.since)} {clock(today.since)}"
        self.unit.setText(
            word("yuan since {since} · not explained {share}").format(since=since, share=f"{left:.1%}") + missing
        )

    def name_all(self) -> None:
        """Words of the language in force."""
        self.title.setText(word("P&L explained"))
        self.as_table.setText(word("By expiry"))
        self.table.setAccessibleName(word("P&L explained"))
        self.waterfall.setAccessibleName(word("P&L explained"))

    def _show_table(self, on: bool) -> None:
        self.table.setVisible(on)
        self.waterfall.setVisible(not on)

    def _fill_table(
        self,
        today: DayExplained,
        chosen: list[int],
        columns: "list[tuple[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]]",
    ) -> None:
        names = {u.code: underlying_name(u) for u in self._market.underlyings}
        rows = [f"{names.get(today.expiries[n][0], '')} {month_words(today.expiries[n][1].month)}" for n in chosen]
        values = np.array([[float(v[n]) for _, v in columns] + [float(today.parts.total[n])] for n in chosen])
        values = values.reshape(len(chosen), len(columns) + 1)
        values = np.concatenate((values, values.sum(axis=0, keepdims=True)))
        self.model.show(
            Matrix(
                titles(rows, word("Total")),
                titles([name for name, _ in columns], word("Total")),
                values,
                signed(0),
                sums=(True, True),
            )
        )


def _parts(parts: Explained) -> "list[tuple[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]]":
    return [
        ("Δ", parts.delta),
        ("Γ", parts.gamma),
        ("Vega", parts.vega),
        ("Θ", parts.theta),
        ("Vanna/Volga", parts.vanna + parts.volga),
        (word("Trades"), parts.trades),
        (word("Fees"), parts.fees),
        (word("Residual"), parts.residual),
    ]
