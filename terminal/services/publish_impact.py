"""What publishing a curve would change (发布影响): theoretical prices before and after, and own orders against them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import PRICE_SCALE
from terminal.pricing.black_scholes import price_on_forward
from terminal.services.resting import Resting
from terminal.services.valuation import ValuedBook

FloatArray = NDArray[np.float64]
Volatility = Callable[[FloatArray], FloatArray]
#: Less than this is no other price on the market's grid, ticks
_MOVED = 0.5


@dataclass(frozen=True, slots=True)
class PublishImpact:
    """Counts and sums over the contracts of one expiry that carry own orders; over all of them where none does."""

    is_quoted: bool
    """Whether own orders rest in this expiry"""
    contracts: int
    moved: int
    """Whose theoretical price moves by half a tick or more"""
    mean_ticks: float
    """Mean move of 0.0001 yuan, signed; nan where nothing is known"""
    most_ticks: float
    """The largest move, signed"""
    past_theoretical: int
    """Contracts with an own bid above, or an own ask below, the new theoretical price"""
    edge_yuan: float
    """How much more all own orders together would earn against the new prices than against the old"""


def impact_of(book: ValuedBook, expiry: int, before: Volatility, after: Volatility, resting: Resting) -> PublishImpact:
    """Price an expiry on two curves over log moneyness, and compare."""
    columns, terms = book.columns, book.columns.terms
    options = np.flatnonzero(terms.expiry_of == expiry)
    rows, strike, sign = book.rows[options], terms.strike[options], terms.sign[options]
    forward, discount, years = columns.forward[expiry], columns.discount[expiry], columns.years[expiry]
    k = np.log(strike / forward)
    old, new = (
        price_on_forward(sign, forward, strike, years, volatility(k), discount) for volatility in (before, after)
    )
    move = (new - old) * PRICE_SCALE
    mine = (resting.bid_quantity[rows] > 0) | (resting.ask_quantity[rows] > 0)
    counted = mine if mine.any() else np.ones(len(rows), np.bool_)
    known = move[counted & np.isfinite(move)]
    net = (resting.bid_quantity[rows] - resting.ask_quantity[rows]) * terms.multiplier[options]
    past = (resting.best_bid[rows] > new) | (resting.best_ask[rows] < new)
    return PublishImpact(
        is_quoted=bool(mine.any()),
        contracts=int(counted.sum()),
        moved=int((np.abs(known) >= _MOVED).sum()),
        mean_ticks=float(known.mean()) if known.size else np.nan,
        most_ticks=float(known[np.abs(known).argmax()]) if known.size else np.nan,
        past_theoretical=int((past & mine).sum()),
        edge_yuan=float(np.nansum(np.where(mine, (new - old) * net, 0.0))),
    )
