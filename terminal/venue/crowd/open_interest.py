"""Open interest (持仓量) that a simulated day begins with: what earlier days would have left behind."""

from collections.abc import Sequence
from datetime import date, datetime, time

import numpy as np

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, ListingState, Underlying
from terminal.venue.crowd.liquidity import TRADING_SECONDS, Liquidity
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.crowd.surface import Surface

#: Open interest over a day's volume of the nearest, the second and later months, in the snapshot of 2018-11-09: 1.62
#: million over 1.13, 0.48 over 0.14, 0.18 over 0.03
_OVER_VOLUME = (1.4, 3.5, 5.8)


def open_interest(
    market: MarketSettings, trading_day: date, underlyings: Sequence[Underlying], contracts: Sequence[Contract]
) -> list[int]:
    """Contracts open in each contract at the start of the day; none in one listed today."""
    if not contracts:
        return []
    codes = [u.code for u in underlyings]
    surface = Surface(market, codes, contracts)
    # Any time of the day serves: moneyness hardly moves in hours
    surface.set_time(datetime.combine(trading_day, time(9, 30), SHANGHAI))
    liquidity = Liquidity(market, codes, contracts)
    liquidity.update(surface.moneyness(np.array([float(u.previous_close) for u in underlyings])))
    volumes = liquidity.orders_per_second * np.array(liquidity.trade) * TRADING_SECONDS
    months = {code: sorted({c.expiry for c in contracts if c.underlying == code}) for code in codes}
    ranks = [min(months[c.underlying].index(c.expiry), len(_OVER_VOLUME) - 1) for c in contracts]
    return [
        0 if contract.listing is ListingState.NEW else round(volume * _OVER_VOLUME[rank])
        for contract, volume, rank in zip(contracts, volumes.tolist(), ranks, strict=True)
    ]
