"""Risk of the book (风险): greeks of positions by contract, expiry, underlying and in total, and what-if of the whole.

Nothing is kept up to date: whoever looks asks, and gets what stands on the newest valuation. A contract that is held
but has no greeks is counted, never taken for zero in silence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from terminal.domain.contracts import Contract
from terminal.pricing.quality import MarkArray, Quality
from terminal.pricing.scenario import ScenarioBook, Slide, slide
from terminal.pricing.value_columns import Greek
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.resting import Resting
from terminal.services.valuation import Valuation, ValuedBook

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Metric(IntEnum):
    """Rows of `RiskTable.values`, of the whole position; units in the docstring of each."""

    DELTA = 0
    """Shares"""
    DELTA_CASH = 1
    """Yuan of the underlying"""
    GAMMA = 2
    """Shares per 1 % of the underlying"""
    VEGA = 3
    """Yuan per volatility point"""
    THETA = 4
    """Yuan per day"""
    RHO = 5
    """Yuan per 1 % of the rate"""
    VANNA = 6
    """Shares per volatility point"""
    VOLGA = 7
    """Yuan per volatility point, per point"""
    CHARM = 8
    """Shares per day"""
    VALUE = 9
    """Yuan at the theoretical price"""


@dataclass(frozen=True, slots=True)
class RiskTable:
    """What is held, one entry a contract; underlyings in the order of the list, nearest expiry first."""

    contracts: tuple[Contract, ...]
    quantity: FloatArray
    """Net contracts, short negative"""
    values: FloatArray
    """Shape (metrics, contracts), of the whole position; nan without a sound figure"""
    marks: MarkArray
    shares: dict[str, int]
    """Shares held of each underlying"""
    share_spots: dict[str, float]

    def total(self, metric: Metric, of: Callable[[Contract], bool] | None = None, *, shares: bool = False) -> float:
        """Sum over the contracts chosen; with `shares`, delta counts what is held of the underlyings too."""
        chosen = [n for n, c in enumerate(self.contracts) if of is None or of(c)]
        known = self.values[metric, chosen]
        total = float(known[np.isfinite(known)].sum())
        if shares and metric in (Metric.DELTA, Metric.DELTA_CASH, Metric.VALUE):
            for code, held in self.shares.items():
                spot = self.share_spots[code] if metric is not Metric.DELTA else 1.0
                total += held * spot if np.isfinite(spot) else 0.0
        return total

    def unknown(self, of: Callable[[Contract], bool] | None = None) -> int:
        """Contracts held that have no greeks now."""
        missing = ~np.isfinite(self.values[Metric.DELTA])
        return sum(1 for n, c in enumerate(self.contracts) if missing[n] and (of is None or of(c)))


@dataclass(frozen=True, slots=True)
class RiskGrid:
    """A metric by expiry and strike; nan where nothing is held."""

    expiries: tuple[date, ...]
    strikes: tuple[float, ...]
    values: FloatArray


class RiskService:
    """Greeks and scenarios of one account. `resting` gives what of its own may be filled, quotes with it or not."""

    def __init__(
        self, market: MarketData, portfolio: Portfolio, valuation: Valuation, resting: Callable[[], Resting]
    ) -> None:
        self._market = market
        self._portfolio = portfolio
        self._valuation = valuation
        self._resting = resting

    def held(self, *, filled: bool = False) -> FloatArray:
        """Net contracts by market row; `filled` counts all that rests as done."""
        quantity = np.zeros(len(self._market.quotes))
        for code, _ in self._portfolio.positions:
            row = self._market.row_of.get(code)
            if row is not None and not quantity[row]:
                quantity[row] = self._portfolio.net_quantity(code)
        if filled:
            resting = self._resting()
            quantity += resting.bid_quantity - resting.ask_quantity
        return quantity

    def table(self, underlyings: Iterable[str] | None = None, *, filled: bool = False) -> RiskTable:
        """Greeks of what is held of some underlyings, of all if none are named, on the newest quotes."""
        quantity = self.held(filled=filled)
        codes = [u.code for u in self._market.underlyings] if underlyings is None else list(underlyings)
        first = len(self._market.underlyings)
        contracts: list[Contract] = []
        quantities, values, marks = [], [np.zeros((len(Metric), 0))], []
        for code in codes:
            book = self._valued(code)
            if book is None:
                continue
            chosen = np.flatnonzero(quantity[book.rows])
            chosen = chosen[np.lexsort((book.columns.terms.strike[chosen], book.columns.terms.expiry_of[chosen]))]
            if not len(chosen):
                continue
            rows = book.rows[chosen]
            contracts += [self._market.contracts[row - first] for row in rows.tolist()]
            quantities.append(quantity[rows])
            values.append(
                _position_values(
                    book, chosen, quantity[rows], self._valuation.spot(code), self._valuation.days_per_year
                )
            )
            marks.append(self._valuation.greek_marks[rows])
        holdings = {c: h.total for c, h in self._portfolio.holdings.items() if c in codes and h.total}
        return RiskTable(
            tuple(contracts),
            np.concatenate(quantities) if quantities else np.zeros(0),
            np.concatenate(values, axis=1),
            np.concatenate(marks) if marks else np.zeros(0, np.int8),
            holdings,
            {code: self._valuation.spot(code) for code in holdings},
        )

    def grid(self, underlying: str, metric: Metric, *, filled: bool = False) -> RiskGrid:
        """One metric of an underlying by expiry and strike; adjusted strikes stand beside the others."""
        table = self.table((underlying,), filled=filled)
        listed = [c for c in self._market.contracts if c.underlying == underlying]
        expiries = tuple(sorted({c.expiry for c in listed}))
        strikes = tuple(sorted({float(c.strike) for c in listed}))
        values = np.full((len(expiries), len(strikes)), np.nan)
        for n, contract in enumerate(table.contracts):
            place = expiries.index(contract.expiry), strikes.index(float(contract.strike))
            figure = table.values[metric, n]
            values[place] = figure if np.isnan(values[place]) else values[place] + figure
        return RiskGrid(expiries, strikes, values)

    def slide(
        self,
        underlyings: Iterable[str] | None,
        spot_shocks: ArrayLike,
        volatility_shocks: ArrayLike,
        year_shocks: ArrayLike = (0.0,),
    ) -> Slide:
        """What the book would earn under every combination of shocks; shocks as in `pricing.scenario.Slide`."""
        codes = [u.code for u in self._market.underlyings] if underlyings is None else list(underlyings)
        kernels = self._valuation.kernels
        return slide(self._scenario_book(codes), spot_shocks, volatility_shocks, year_shocks, kernels)

    # ---- inside

    def _valued(self, underlying: str) -> ValuedBook | None:
        self._valuation.refresh(underlying)
        book = self._valuation.book(underlying)
        return book if book is not None and len(book.rows) else None

    def _scenario_book(self, codes: list[str]) -> ScenarioBook:
        quantity, resting = self.held(), self._resting()
        parts: dict[str, list[FloatArray]] = {name: [] for name in _PARTS}
        shares_value = 0.0
        for code in codes:
            book = self._valued(code)
            holding = self._portfolio.holdings.get(code)
            spot = self._valuation.spot(code)
            if holding is not None and np.isfinite(spot):
                shares_value += holding.total * spot
            if book is None:
                continue
            columns, rows = book.columns, book.rows
            of = columns.terms.expiry_of
            sound = self._valuation.greek_marks[rows] < Quality.NONE
            for name, part in zip(
                _PARTS,
                (
                    columns.terms.sign,
                    np.full(len(rows), spot),
                    columns.terms.strike,
                    columns.years[of],
                    columns.rate[of],
                    columns.dividend_yield,
                    np.where(sound, columns.pricing_volatility, np.nan),
                    columns.terms.multiplier,
                    quantity[rows],
                    resting.bid_quantity[rows],
                    np.nan_to_num(resting.bid_price[rows]),
                    resting.ask_quantity[rows],
                    np.nan_to_num(resting.ask_price[rows]),
                ),
                strict=True,
            ):
                parts[name].append(part)
        joined = {name: np.concatenate(part) if part else np.zeros(0) for name, part in parts.items()}
        return ScenarioBook(**joined, shares_value=shares_value)


_PARTS = (
    *("sign", "spot", "strike", "years", "rate", "dividend_yield", "volatility", "multiplier", "quantity"),
    *("bid_quantity", "bid_price", "ask_quantity", "ask_price"),
)


def _position_values(
    book: ValuedBook, chosen: IntArray, quantity: FloatArray, spot: float, days_per_year: float
) -> FloatArray:
    columns = book.columns
    greeks = columns.values[:, chosen]
    # Without a price of the underlying the greeks stand on a substitute: nothing to hedge by
    shares = columns.terms.multiplier[chosen] * quantity * (1.0 if np.isfinite(spot) else np.nan)
    values = np.empty((len(Metric), len(chosen)))
    values[Metric.DELTA] = greeks[Greek.DELTA] * shares
    values[Metric.DELTA_CASH] = values[Metric.DELTA] * spot
    values[Metric.GAMMA] = greeks[Greek.GAMMA] * shares * spot * 0.01
    values[Metric.VEGA] = greeks[Greek.VEGA] * shares * 0.01
    values[Metric.THETA] = greeks[Greek.THETA] * shares / days_per_year
    values[Metric.RHO] = greeks[Greek.RHO] * shares * 0.01
    values[Metric.VANNA] = greeks[Greek.VANNA] * shares * 0.01
    values[Metric.VOLGA] = greeks[Greek.VOLGA] * shares * 1e-4
    values[Metric.CHARM] = greeks[Greek.CHARM] * shares / days_per_year
    values[Metric.VALUE] = greeks[Greek.PRICE] * shares
    return values
