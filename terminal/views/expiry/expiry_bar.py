"""The bar of the cockpit: which expiry and which underlying it looks at."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from terminal.services.expiry_desk import ExpiryDesk
from terminal.services.market_data import MarketData
from terminal.views.expiry.words import word
from terminal.views.texts import month_words, underlying_name
from terminal.views.trading.panel_bar import PanelBar


class ExpiryBar(PanelBar):
    """`chosen` is the expiry a person wants; while it is not listed, the next one stands."""

    turned = Signal()
    """The user has chosen another"""

    def __init__(self, market: MarketData, desk: ExpiryDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._market = market
        self._desk = desk
        self.chosen: date | None = None
        self.expiry: date | None = None
        """The one shown; None before a list"""
        self.expiries, self.underlyings = QComboBox(self), QComboBox(self)
        for box in (self.expiries, self.underlyings):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.add(box)
        self.expiries.activated.connect(self._on_expiry)
        self.underlyings.activated.connect(lambda _: self.turned.emit())

    @property
    def underlying(self) -> str:
        """The underlying chosen; empty for all."""
        return str(self.underlyings.currentData() or "")

    def fill(self) -> None:
        """Offer what is listed."""
        listed = self._desk.expiries()
        wanted = self.chosen if self.chosen in listed else self._desk.next_expiry()
        if wanted != self.expiry or self.expiries.count() != len(listed):
            self.expiry = wanted
            self.expiries.clear()
            for expiry in listed:
                self.expiries.addItem(f"{month_words(expiry.month)} {expiry:%Y-%m-%d}", expiry)
            self.expiries.setCurrentIndex(listed.index(wanted) if wanted in listed else -1)
        codes = [(word("All underlyings"), ""), *((underlying_name(u), u.code) for u in self._market.underlyings)]
        if [self.underlyings.itemText(n) for n in range(self.underlyings.count())] != [name for name, _ in codes]:
            before = self.underlying
            self.underlyings.clear()
            for name, code in codes:
                self.underlyings.addItem(name, code)
            self.underlyings.setCurrentIndex(max(self.underlyings.findData(before), 0))

    def _on_expiry(self, _place: int) -> None:
        chosen = self.expiries.currentData()
        if isinstance(chosen, date):
            self.chosen = chosen
            self.turned.emit()
