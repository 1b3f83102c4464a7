"""Between quotes as people and messages have them and quotes as arrays: `domain.quotes` to `QuoteBatch` and back."""

from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from terminal.domain.errors import BadInput
from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.orders import PositionEffect
from terminal.domain.quotes import QuoteEntry
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.universe import Universe

#: By whether a side closes
_EFFECTS = PositionEffect.OPEN, PositionEffect.CLOSE
_CACHE_SIZE = 100_000
_LARGEST = 1 << 40


class _Yuan(dict[int, Decimal]):
    """Decimals by whole 0.0001 yuan, made when they are asked for first."""

    def __missing__(self, units: int) -> Decimal:
        if len(self) > _CACHE_SIZE:
            self.clear()
        made = self[units] = Decimal(units).scaleb(-4)
        return made


#: A price in whole 0.0001 yuan as a decimal; the same object for the same price
YUAN = _Yuan()


def batch_of(entries: Iterable[QuoteEntry], universe: Universe) -> QuoteBatch:
    """Entries as arrays. Raises BadInput for an unlisted contract and for a price finer than 0.0001 yuan."""
    table = np.array([_row(entry, universe) for entry in entries], dtype=np.int64).reshape(-1, 7)
    return QuoteBatch(table[:, 0], table[:, 1:5:2].T, table[:, 2:5:2].T, table[:, 5:].T > 0)


def _row(entry: QuoteEntry, universe: Universe) -> tuple[int, ...]:
    number = universe.number_of.get(entry.contract_code)
    if number is None:
        raise BadInput("contract", entry.contract_code, "a contract that is listed today")
    prices = []
    for field, price in (("bid_price", entry.bid_price), ("ask_price", entry.ask_price)):
        if not price.is_finite() or not 0 <= price < _CACHE_SIZE or price * PRICE_SCALE % 1:
            raise BadInput(field, price, "a multiple of 0.0001 yuan, not negative")
        prices.append(int(price * PRICE_SCALE))
    for field, quantity in (("bid_quantity", entry.bid_quantity), ("ask_quantity", entry.ask_quantity)):
        if not 0 <= quantity < _LARGEST:
            raise BadInput(field, quantity, "a whole number of contracts, not negative")
    closes = int(entry.bid_effect is PositionEffect.CLOSE), int(entry.ask_effect is PositionEffect.CLOSE)
    return (number, prices[0], entry.bid_quantity, prices[1], entry.ask_quantity, *closes)


def effects_of(batch: QuoteBatch) -> Iterable[tuple[PositionEffect, PositionEffect]]:
    """Position effects of bid and ask."""
    return [(_EFFECTS[bid], _EFFECTS[ask]) for bid, ask in zip(*batch.closes.tolist(), strict=True)]


def entries_of(batch: QuoteBatch, codes: tuple[str, ...]) -> tuple[QuoteEntry, ...]:
    """The arrays as entries of a message; `codes` are those of the day's contracts, by number."""
    bids, asks = batch.prices.tolist()
    bid_quantities, ask_quantities = batch.quantities.tolist()
    bid_closes, ask_closes = batch.closes.tolist()
    price, effect = YUAN.__getitem__, _EFFECTS.__getitem__
    # Without a step of Python for each entry, in the order of the fields of `QuoteEntry`
    return tuple(
        map(
            QuoteEntry,
            map(codes.__getitem__, batch.index.tolist()),
            map(price, bids),
            bid_quantities,
            map(price, asks),
            ask_quantities,
            map(effect, bid_closes),
            map(effect, ask_closes),
        )
    )
