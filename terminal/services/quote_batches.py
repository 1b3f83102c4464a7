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

_OPEN, _CLOSE = PositionEffect.OPEN, PositionEffect.CLOSE
_CACHE_SIZE = 100_000
_LARGEST = 1 << 40
_yuan_of: dict[int, Decimal] = {}


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
    closes = int(entry.bid_effect is _CLOSE), int(entry.ask_effect is _CLOSE)
    return (number, prices[0], entry.bid_quantity, prices[1], entry.ask_quantity, *closes)


def yuan_of(units: int) -> Decimal:
    """A price in whole 0.0001 yuan as a decimal; the same object for the same price."""
    found = _yuan_of.get(units)
    if found is None:
        if len(_yuan_of) > _CACHE_SIZE:
            _yuan_of.clear()
        found = _yuan_of[units] = Decimal(units).scaleb(-4)
    return found


def effects_of(batch: QuoteBatch) -> Iterable[tuple[PositionEffect, PositionEffect]]:
    """Position effects of bid and ask."""
    return [
        (_CLOSE if bid else _OPEN, _CLOSE if ask else _OPEN) for bid, ask in zip(*batch.closes.tolist(), strict=True)
    ]


def entries_of(batch: QuoteBatch, codes: tuple[str, ...]) -> tuple[QuoteEntry, ...]:
    """The arrays as entries of a message; `codes` are those of the day's contracts, by number."""
    return tuple(
        [
            QuoteEntry(
                contract_code=codes[number],
                bid_price=yuan_of(bid),
                bid_quantity=bid_quantity,
                ask_price=yuan_of(ask),
                ask_quantity=ask_quantity,
                bid_effect=bid_effect,
                ask_effect=ask_effect,
            )
            for number, bid, ask, bid_quantity, ask_quantity, (bid_effect, ask_effect) in zip(
                batch.index.tolist(),
                *batch.prices.tolist(),
                *batch.quantities.tolist(),
                effects_of(batch),
                strict=True,
            )
        ]
    )
