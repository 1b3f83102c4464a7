"""What the tabs of the chain say: underlyings with price and change, expiries with days left and volatility."""

from collections.abc import Callable
from datetime import date

from terminal.domain.errors import CalendarError
from terminal.domain.market_data import PRICE_SCALE
from terminal.rules.naming import STANDARD
from terminal.services.market_data import MarketData
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.series import Series
from terminal.views.chain.tabs import Tab
from terminal.views.chain.words import word
from terminal.views.formatting import DASH, price
from terminal.views.plurals import in_number
from terminal.views.texts import month_words, underlying_name


class TabTexts:
    """`days_left` counts trading days to an expiry."""

    def __init__(
        self, market: MarketData, valuation: Valuation, appearance: Appearance, days_left: Callable[[date], int]
    ) -> None:
        self._market = market
        self._valuation = valuation
        self._appearance = appearance
        self._days_left = days_left

    def underlyings(self) -> list[Tab]:
        """One tab for each that is listed."""
        pills = []
        for underlying in self._market.underlyings:
            spot = self._valuation.spot(underlying.code)
            close = float(underlying.previous_close)
            change = spot / close - 1 if close else 0.0
            known = spot == spot  # nan is not itself
            sign = (spot > close) - (spot < close) if known else None
            note = f"{self._appearance.glyph(change)}{abs(change):.2%}" if known else ""
            figure = price(round(spot * PRICE_SCALE), 3) if known else DASH
            pills.append(Tab(underlying.code, underlying_name(underlying), figure, note, sign, underlying.code))
        return pills

    def expiry(self, series: Series) -> Tab:
        """The tab of a series."""
        month = series.contracts[0].month[1]
        letter = "" if series.adjustment == STANDARD else f" {series.adjustment}"
        try:
            days = str(self._days_left(series.expiry))
        except CalendarError:
            days = DASH
        volatility = self._valuation.forward(series.underlying, series.expiry).atm_volatility
        note = f"IV {volatility * 100:.1f}" if volatility == volatility and not letter else ""
        tip = f"{series.expiry.isoformat()} · {in_number(word('{days} trading days left').format(days=days))}"
        if letter:
            tip += f" · {word('adjusted contracts, unit')} {series.multiplier or word('mixed')}"
        return Tab(series.key, f"{month_words(month)}{letter}", f"{days}{word('d')}", note, None, tip)
