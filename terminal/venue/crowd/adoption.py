"""A given market snapshot as the crowd's own: levels checked whole before any of them becomes an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE
from terminal.venue.crowd.draws import Draws
from terminal.venue.crowd.order_entry import OrderEntry


@dataclass(frozen=True, slots=True)
class BookLevels:
    """One contract's book: (price in 0.0001 yuan, quantity) per level, best first on either side."""

    bids: tuple[tuple[int, int], ...]
    asks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tops:
    """What the best levels say about each contract of the day."""

    middles: NDArray[np.float64]
    """Ticks; nan where a side is missing"""
    spreads: list[int]
    """Ticks; 0 where a side is missing"""


def middles_of(levels: Mapping[str, BookLevels], contracts: Sequence[Contract]) -> Tops:
    """Check a snapshot and read its best levels.

    Raises BadInput for a code that is not listed, a price off the ticks or beyond the limits, levels out of order, a
    quantity below 1 and sides that cross.
    """
    unknown = levels.keys() - {contract.code for contract in contracts}
    if unknown:
        raise BadInput("snapshot", min(unknown), "a contract listed on the day")
    middles = np.full(len(contracts), np.nan)
    spreads = [0] * len(contracts)
    for place, contract in enumerate(contracts):
        book = levels.get(contract.code)
        if book is None:
            continue
        for side, ordered in ((book.bids, -1), (book.asks, 1)):
            _check(contract, side, ordered)
        if book.bids and book.asks:
            bid, ask = book.bids[0][0], book.asks[0][0]
            if bid >= ask:
                raise BadInput(f"snapshot of {contract.code}", f"{bid} {ask}", "a best bid below the best ask")
            unit = _unit(contract)
            middles[place] = 0.5 * (bid + ask) / unit
            spreads[place] = (ask - bid) // unit
    return Tops(middles, spreads)


def place_levels(
    levels: Mapping[str, BookLevels], contracts: Sequence[Contract], entry: OrderEntry, makers: int, draws: Draws
) -> None:
    """Enter a checked snapshot as orders of the makers, level by level."""
    for place, contract in enumerate(contracts):
        book = levels.get(contract.code)
        if book is None:
            continue
        draws.ensure()
        unit = _unit(contract)
        for price, quantity in book.bids:
            entry.limit(2 * place, -(price // unit), quantity, 1 + int(makers * draws.uniforms.pop()), False)
        for price, quantity in book.asks:
            entry.limit(2 * place + 1, price // unit, quantity, 1 + int(makers * draws.uniforms.pop()), False)


def _unit(contract: Contract) -> int:
    return max(1, int(contract.tick_size * PRICE_SCALE))


def _check(contract: Contract, side: tuple[tuple[int, int], ...], ordered: int) -> None:
    field = f"snapshot of {contract.code}"
    lowest, highest = contract.limit_down * PRICE_SCALE, contract.limit_up * PRICE_SCALE
    last: int | None = None
    for price, quantity in side:
        if price % _unit(contract) or not lowest <= price <= highest:
            raise BadInput(field, price, f"whole ticks from {lowest} to {highest}")
        if last is not None and (price - last) * ordered <= 0:
            raise BadInput(field, price, "levels from the best outwards")
        if quantity < 1 or quantity % contract.lot:
            raise BadInput(field, quantity, f"a quantity of whole lots of {contract.lot}")
        last = price
