"""The reminders of a group, one line each: as many as there are, and only those in sight cost anything."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from terminal.alerts.alert import Alert
from terminal.services.market_data import MarketData
from terminal.views.alerts.card_text import contracts_line, subject_of
from terminal.views.alerts.words import moment
from terminal.views.formatting import money

Index = QModelIndex | QPersistentModelIndex


class GroupModel(QAbstractListModel):
    """Words are made when a row is asked for; `show_alerts` gives the rows."""

    def __init__(self, market: MarketData, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._market = market
        self._now = now
        self._alerts: tuple[Alert, ...] = ()

    def show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """Show these, the worst first."""
        if alerts == self._alerts:
            return
        if [a.finding.key for a in alerts] == [a.finding.key for a in self._alerts]:
            # Only figures moved: whoever reads keeps his place
            self._alerts = alerts
            self.dataChanged.emit(self.index(0), self.index(len(alerts) - 1))
            return
        self.beginResetModel()
        self._alerts = alerts
        self.endResetModel()

    def alert(self, row: int) -> Alert | None:
        """The reminder of a row."""
        return self._alerts[row] if 0 <= row < len(self._alerts) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._alerts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One line: contracts, money, deadline; all contracts in the tip."""
        alert = self.alert(index.row()) if index.isValid() else None
        if alert is None:
            return None
        finding = alert.finding
        if role == Qt.ItemDataRole.DisplayRole:
            told = [contracts_line(finding, self._market, 1) or subject_of(finding, self._market)]
            if finding.money is not None:
                told.append(money(finding.money))
            if finding.deadline is not None:
                told.append(moment(finding.deadline, self._now()))
            return "  ·  ".join(told)
        if role == Qt.ItemDataRole.ToolTipRole:
            return contracts_line(finding, self._market, 20) or None
        return None
