"""Chains of options priced from known volatilities, for the tests of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.pricing.black_scholes import price
from terminal.pricing.chain_columns import ChainColumns
from terminal.pricing.chain_terms import ChainTerms
from terminal.pricing.compiled.kernels import Kernels

FloatArray = NDArray[np.float64]
#: Days to the four expiries of a chain as this market lists them
DAYS = (24, 49, 89, 154)
SPOT, RATE, DIVIDEND_YIELD = 2.5, 0.02, 0.01
#: What chains are listed with; tests that hold for numpy and for kernels set it
KERNELS: Kernels | None = None


@dataclass(slots=True)
class Listed:
    """Books of a chain, and the engine they go into."""

    columns: ChainColumns
    years: FloatArray
    fair: FloatArray
    bid: FloatArray
    ask: FloatArray

    @property
    def terms(self) -> ChainTerms:
        """The chain's fixed terms."""
        return self.columns.terms

    def option(self, expiry: int, strike: float, is_call: bool, multiplier: float = 10_000.0) -> int:
        """Number of one option."""
        terms = self.terms
        found = (terms.expiry_of == expiry) & np.isclose(terms.strike, strike) & ((terms.sign > 0) == is_call)
        return int(np.flatnonzero(found & (terms.multiplier == multiplier))[0])

    def quote(self, option: int, bid: float, ask: float) -> None:
        """Another book for one option; 0 for a missing side."""
        self.bid[option], self.ask[option] = bid, ask

    def refresh(self, spot: float = SPOT) -> None:
        """Put the books in and compute all."""
        self.columns.set_quotes(self.bid, self.ask)
        self.columns.fit_forwards(spot)
        self.columns.reprice(spot)


def listed(
    volatility: float = 0.2,
    *,
    strikes: Sequence[float] = tuple(np.arange(2.1, 2.95, 0.05).round(2)),
    half_spread: float = 0.0002,
    adjusted: Sequence[float] = (),
    days: Sequence[float] = DAYS,
) -> Listed:
    """A flat book of a standard series in four expiries, and `adjusted` strikes of an A series beside it."""
    rows = [
        (expiry, strike, series, is_call)
        for expiry in range(len(days))
        for series, several in (("M", strikes), ("A", adjusted))
        for strike in several
        for is_call in (True, False)
    ]
    terms = ChainTerms.of(
        is_call=[is_call for *_, is_call in rows],
        strike=[float(strike) for _, strike, *_ in rows],
        multiplier=[10_000.0 if series == "M" else 10_220.0 for _, _, series, _ in rows],
        expiry_of=[expiry for expiry, *_ in rows],
        series=[series for *_, series, _ in rows],
        expiries=len(days),
    )
    columns = ChainColumns(terms)
    columns.use(KERNELS)
    years = np.array(days) / 365.0
    columns.set_time(years, np.full(len(days), RATE))
    fair = price(
        is_call=terms.sign > 0,
        spot=SPOT,
        strike=terms.strike,
        years=years[terms.expiry_of],
        rate=RATE,
        volatility=volatility,
        dividend_yield=DIVIDEND_YIELD,
    )
    # Also where it would cross zero the mid stays fair
    half = np.minimum(half_spread, 0.5 * fair)
    return Listed(columns, years, fair, fair - half, fair + half)
