"""What-if of a whole book (情景分析): spot by volatility by time in one array call, resting quotes filled or not.

The value of a book is linear in two normal probabilities per option, so each layer of the cube costs those and two
matrix products. Volatility stays with the strike when the spot moves; spot moves are relative and hit every underlying
alike. Zero shock gives exactly zero.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from terminal.pricing.compiled.kernels import Block, Kernels

FloatArray = NDArray[np.float64]

_LEAST_DEVIATION = 1e-9
_LEAST_VOLATILITY = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioBook:
    """Options held and quoted, one array entry each; quantities in contracts, prices in yuan per share."""

    sign: FloatArray
    """+1 for calls, -1 for puts"""
    spot: FloatArray
    strike: FloatArray
    years: FloatArray
    rate: FloatArray
    dividend_yield: FloatArray
    volatility: FloatArray
    """nan where unknown: then the option is left out and counted in `Slide.unpriced`"""
    multiplier: FloatArray
    quantity: FloatArray
    """Net position, short negative"""
    bid_quantity: FloatArray
    """Of own resting quotes and orders"""
    bid_price: FloatArray
    ask_quantity: FloatArray
    ask_price: FloatArray
    shares_value: float = 0.0
    """Shares of the underlyings at their price now, yuan, short negative"""


@dataclass(frozen=True, slots=True)
class Slide:
    """Profit in yuan, shape (spots, volatilities, times)."""

    spot_shocks: FloatArray
    """Relative: 0.05 is 5 % up"""
    volatility_shocks: FloatArray
    """Added to every volatility: 0.01 is one point"""
    year_shocks: FloatArray
    """Time that passes, years"""
    profit: FloatArray
    """Of what is held"""
    bids_filled: FloatArray
    """With every resting bid filled at its price"""
    asks_filled: FloatArray
    all_filled: FloatArray
    """With every resting quote of both sides filled"""
    unpriced: int
    """Options held or quoted whose volatility is unknown"""

    @property
    def worst(self) -> FloatArray:
        """The least of nothing, one side or all being filled."""
        sides = (self.profit, self.bids_filled, self.asks_filled, self.all_filled)
        return np.asarray(np.min(sides, axis=0))


def slide(
    book: ScenarioBook,
    spot_shocks: ArrayLike,
    volatility_shocks: ArrayLike,
    year_shocks: ArrayLike = (0.0,),
    kernels: Kernels | None = None,
) -> Slide:
    """Profit of the book at every combination of the shocks, by compiled kernels where there are any."""
    spots, volatilities, times = (
        np.asarray(shocks, dtype=np.float64) for shocks in (spot_shocks, volatility_shocks, year_shocks)
    )
    inputs = (book.spot, book.strike, book.years, book.rate, book.dividend_yield, book.volatility)
    known = np.isfinite(np.sum(inputs, axis=0)) & (book.spot > 0.0) if len(book.sign) else np.zeros(0, np.bool_)
    concerned = (book.quantity != 0.0) | (book.bid_quantity != 0.0) | (book.ask_quantity != 0.0)
    chosen = np.flatnonzero(known & concerned)
    held = np.stack((book.quantity, book.bid_quantity, -book.ask_quantity))[:, chosen] * book.multiplier[chosen]
    layers = _Layers(book, chosen, held, len(spots), kernels)
    values = np.empty((3, len(spots), len(volatilities), len(times)))
    for n, time in enumerate(times.tolist()):
        for m, shock in enumerate(volatilities.tolist()):
            values[:, :, m, n] = layers.values(spots, shock, time)
    now = _Layers(book, chosen, held, 1, kernels).values(np.zeros(1), 0.0, 0.0)[:, 0]
    unshocked = np.ix_(range(3), spots == 0.0, volatilities == 0.0, times == 0.0)
    # The same figure by another order of summing may differ in its last digit
    values[unshocked] = now[:, None, None, None]
    paid = np.array([now[0], held[1] @ book.bid_price[chosen], held[2] @ book.ask_price[chosen]])
    gained = values - paid[:, None, None, None]
    profit = gained[0] + book.shares_value * spots[:, None, None]
    return Slide(
        spots,
        volatilities,
        times,
        profit,
        profit + gained[1],
        profit + gained[2],
        profit + gained[1] + gained[2],
        int(np.count_nonzero(concerned & ~known)),
    )


class _Layers:
    """Values of position, bids and asks over all spots, for one volatility shock and one time at a go.

    Call and put of one strike need the same two probabilities, so options that differ in nothing else are one node.
    """

    def __init__(
        self, book: ScenarioBook, chosen: NDArray[np.int64], held: FloatArray, spots: int, kernels: Kernels | None
    ) -> None:
        terms = np.stack(
            [
                part[chosen]
                for part in (book.spot, book.strike, book.years, book.rate, book.dividend_yield, book.volatility)
            ]
        )
        distance = np.log(terms[0] / terms[1])
        reach = distance / np.maximum(terms[5] * np.sqrt(np.maximum(terms[2], 0.0)), _LEAST_DEVIATION)
        # Expiry by expiry from far out to deep in: the probabilities of neighbours take the same branch at any shock of
        # volatility and time, which halves their cost; without the expiries first it is a tenth more
        order = np.lexsort((*terms, reach, terms[2]))
        terms = terms[:, order]
        starts = np.ones(len(order), np.bool_)
        starts[1:] = (terms[:, 1:] != terms[:, :-1]).any(axis=0)
        first = np.flatnonzero(starts)
        ordered, puts = held[:, order], book.sign[chosen][order] < 0.0
        self._held = np.add.reduceat(ordered, first, axis=1)
        self._held_puts = np.add.reduceat(ordered * puts, first, axis=1)
        self._spot, self._strike, self._years, self._rate, self._yield, self._volatility = terms[:, first]
        self._distance = distance[order][first]
        # Allocated once: the system hands out anew what is as large as this, page by page
        self._block = Block(1, 2 * spots * len(first))
        self._reaches: FloatArray = self._block.rows[0, : 2 * spots * len(first)].reshape(2, spots, len(first))
        self._kernels = kernels

    def values(self, spots: FloatArray, shock: float, time: float) -> FloatArray:
        """Yuan, shape (3, spots)."""
        left = np.maximum(self._years - max(time, 0.0), 0.0)
        grown = self._spot * np.exp(-self._yield * left)
        cash = self._strike * np.exp(-self._rate * left)
        deviation = np.maximum(self._volatility + shock, _LEAST_VOLATILITY) * np.sqrt(left)
        deviation = np.maximum(deviation, _LEAST_DEVIATION)
        middle = (self._distance + (self._rate - self._yield) * left) / deviation
        moved = 1.0 + spots
        lower, upper = self._reaches
        with np.errstate(divide="ignore"):
            np.multiply(np.log(moved)[:, None], 1.0 / deviation, out=lower)
        np.add(lower, middle - 0.5 * deviation, out=lower)
        np.add(lower, deviation, out=upper)
        if self._kernels is None:
            ndtr(self._reaches, self._reaches)
        else:
            self._kernels.probability(self._block.address, self._block.length)
        value = ((self._held * grown) @ upper.T) * moved - (self._held * cash) @ lower.T
        # A put is the call less the forward and plus the strike
        value -= (self._held_puts @ grown)[:, None] * moved - (self._held_puts @ cash)[:, None]
        return np.asarray(value)
