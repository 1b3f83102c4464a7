"""What the user's conditions measure, out of market data, valuation and portfolio."""

from collections.abc import Iterable
from math import isfinite

from terminal.alerts.conditions import BOOK, Condition, Measure
from terminal.alerts.outlook import Reading
from terminal.domain.contracts import Contract
from terminal.domain.market_data import PRICE_SCALE, Column
from terminal.services.day_profit import day_profit
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.valuation import Figure, Valuation

_GREEKS = {
    Measure.DELTA: Figure.DELTA,
    Measure.GAMMA: Figure.GAMMA,
    Measure.VEGA: Figure.VEGA,
    Measure.THETA: Figure.THETA,
}


class Readings:
    """Measures; None is said where a figure has no sound input."""

    def __init__(self, market: MarketData, portfolio: Portfolio, valuation: Valuation) -> None:
        self._market = market
        self._portfolio = portfolio
        self._valuation = valuation

    def of(self, conditions: Iterable[Condition]) -> dict[str, Reading]:
        """By the name of the condition."""
        return {condition.name: self._reading(condition) for condition in conditions}

    def _reading(self, condition: Condition) -> Reading:
        measure, of = condition.measure, condition.of
        contract = self._market.contract(of)
        if contract is not None:
            return Reading(_sound(self._of_contract(measure, contract)), (of,))
        if of == BOOK:
            profit = day_profit(self._portfolio, self._market)
            return Reading(None if profit is None else float(profit))
        if of not in self._market.row_of:
            return Reading(None)
        codes = tuple(sorted({code for code, _ in self._portfolio.positions if self._is_on(code, of)}))
        return Reading(_sound(self._of_underlying(measure, of)), codes)

    def _of_contract(self, measure: Measure, contract: Contract) -> float | None:
        row = self._market.row_of[contract.code]
        quote = self._market.quotes[row]
        match measure:
            case Measure.PRICE:
                return _price(quote[Column.LAST])
            case Measure.SPREAD:
                bid, ask = _price(quote[Column.BID_PRICE]), _price(quote[Column.ASK_PRICE])
                return None if bid is None or ask is None else round(ask - bid, 4)
            case Measure.POSITION:
                return float(self._portfolio.net_quantity(contract.code))
            case Measure.VOLATILITY:
                self._valuation.refresh(contract.underlying)
                return float(self._valuation.values[Figure.MID_VOLATILITY, row])
            case Measure.PROFIT:
                return None
        self._valuation.refresh(contract.underlying)
        value = float(self._valuation.values[_GREEKS[measure], row])
        return value / contract.multiplier if measure is Measure.DELTA else value

    def _of_underlying(self, measure: Measure, code: str) -> float | None:
        match measure:
            case Measure.PRICE:
                return _price(self._market.quotes[self._market.row_of[code], Column.LAST])
            case Measure.VOLATILITY:
                self._valuation.refresh(code)
                book = self._valuation.book(code)
                if book is None or not book.expiries:
                    return None
                return self._valuation.forward(code, book.expiries[0]).atm_volatility
            case Measure.POSITION:
                return float(sum(self._portfolio.net_quantity(c) for c in self._held_on(code)))
            case Measure.SPREAD | Measure.PROFIT:
                return None
        self._valuation.refresh(code)
        row = self._valuation.values[_GREEKS[measure]]
        return sum(
            float(row[self._market.row_of[held]]) * net
            for held in self._held_on(code)
            if (net := self._portfolio.net_quantity(held))
        )

    def _held_on(self, underlying: str) -> list[str]:
        return list(dict.fromkeys(code for code, _ in self._portfolio.positions if self._is_on(code, underlying)))

    def _is_on(self, code: str, underlying: str) -> bool:
        contract = self._market.contract(code)
        return contract is not None and contract.underlying == underlying


def _price(units: int) -> float | None:
    return float(units) / PRICE_SCALE if units > 0 else None


def _sound(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
