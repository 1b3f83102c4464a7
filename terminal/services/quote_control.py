"""The control of strategies' quotes before sending (前端控制): no wider than the obligation allows, no smaller.

`rules.obligations.control.check_quote` says it of one quote by hand; here it is said of hundreds at once. A quote with
one side is none that an obligation counts and is left alone. Where a person's prices give way alike, for he sees them
before they leave, a strategy's go to the theoretical price and to no order of others.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from terminal.domain.market_data import Column
from terminal.domain.quotes import Handling
from terminal.domain.reasons import Reason
from terminal.rules.protection.order_checks import QuoteBatch
from terminal.services.allowed_widths import AllowedWidths
from terminal.services.market_data import MarketData
from terminal.services.quote_codes import CODE_OF
from terminal.services.quote_outcome import Codes
from terminal.services.theoretical import Theoretical

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Controlled:
    """Quotes after the control; flags have one entry for each."""

    batch: QuoteBatch
    narrowed: BoolArray
    raised: BoolArray
    too_wide: BoolArray
    """What the gate will refuse, as `too_small`"""
    too_small: BoolArray


class QuoteControl:
    """Holds the quotes of an account that owes quotes to the terms of its obligation."""

    def __init__(
        self, allowed: AllowedWidths, market: MarketData, theoretical: Theoretical, handling: Handling
    ) -> None:
        self._allowed = allowed
        self._market = market
        self._theoretical = theoretical
        self.handling = handling

    def codes(self, batch: QuoteBatch) -> Codes:
        """By entry, why it may not leave as it is; 0 where it may. Codes are those of `quote_codes`."""
        bid, ask = batch.prices
        least = self._allowed.least_quantities(batch.index)
        whole = (batch.quantities > 0).all(axis=0)
        codes = np.zeros(len(batch), np.int8)
        codes[whole & (ask - bid > self._allowed(batch.index, bid))] = CODE_OF[Reason.QUOTE_SPREAD]
        codes[whole & (batch.quantities < least).any(axis=0)] = CODE_OF[Reason.QUOTE_SIZE]
        return codes

    def adjusted(self, batch: QuoteBatch, keeps: BoolArray | None = None) -> "Controlled":
        """Entries as they may be sent, narrowed and raised where that is set, and which of them may not.

        `keeps`: entries whose width is the obligation's by their own rule, and so kept within it whatever is set. What
        has no sound theoretical price between its sides, or would meet an order of others, is not narrowed.
        """
        bid, ask = batch.prices
        least = self._allowed.least_quantities(batch.index)
        whole = (batch.quantities > 0).all(axis=0)
        narrowed = np.zeros(len(batch), np.bool_)
        too_wide = np.asarray(whole & (ask - bid > self._allowed(batch.index, bid)))
        too_small = np.asarray(whole & (batch.quantities < least).any(axis=0))
        adjusts = self.handling is Handling.ADJUST
        prices, quantities = batch.prices, batch.quantities
        may = too_wide if adjusts else too_wide & keeps if keeps is not None else narrowed
        (wide,) = may.nonzero()
        if len(wide):
            pairs, sound = self._narrowed(batch.index[wide], bid[wide], ask[wide])
            narrowed[wide] = sound
            prices = prices.copy()
            prices[:, wide[sound]] = pairs[:, sound]
        raised = too_small if adjusts else np.zeros(len(batch), np.bool_)
        if np.count_nonzero(raised):
            quantities = np.where(raised, np.maximum(quantities, least), quantities)
        changed = np.count_nonzero(narrowed | raised) > 0
        return Controlled(
            QuoteBatch(batch.index, prices, quantities, batch.closes) if changed else batch,
            narrowed,
            raised,
            too_wide & ~narrowed,
            too_small & ~raised,
        )

    def _narrowed(self, index: IntArray, bid: IntArray, ask: IntArray) -> tuple[IntArray, BoolArray]:
        """Pairs inside the quotes around the theoretical price, as wide as allowed, and where there is one."""
        universe, theoretical = self._theoretical.universe, self._theoretical
        usable, tick = theoretical.usable[index], universe.tick[index]
        fair = np.where(usable, theoretical.price[index], 0.0)
        width = self._allowed(index, np.maximum(fair, 1.0).astype(np.int64))
        near_bid = np.floor((fair - width / 2.0) / tick).astype(np.int64) * tick
        new_bid = np.maximum(np.maximum(bid, near_bid), tick)
        # The width that is allowed hangs on the bid, so the ask comes second
        new_ask = np.minimum(ask, new_bid + self._allowed(index, new_bid) // tick * tick)
        rows = self._market.quotes[index + universe.first]
        best_bid, best_ask = rows[:, Column.BID_PRICE], rows[:, Column.ASK_PRICE]
        clear = (new_ask > best_bid) & ((new_bid < best_ask) | (best_ask == 0))
        sound = usable & (new_bid < new_ask) & (new_bid <= fair) & (fair <= new_ask) & clear
        return np.stack((new_bid, new_ask)), np.asarray(sound)
