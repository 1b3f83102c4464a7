"""Greeks by the convention of the exchange's daily list (结算口径): from settlement prices, in whole days.

Implied volatility counts calendar days over 360, the greeks then plain Black-Scholes over 365, without dividend. This
was found by comparison with published lists: a price below the discounted intrinsic value, for which no volatility
exists, is valued without volatility, and the list shows three decimals. No screen shows it: it holds the kernels to
figures that others have published.
"""

import numpy as np
from numpy.typing import ArrayLike

from terminal.pricing.black_scholes import Greeks, greeks
from terminal.pricing.implied_volatility import implied_volatility

VOLATILITY_DAYS = 360.0
GREEK_DAYS = 365.0


def settlement_greeks(
    *, is_call: ArrayLike, settlement: ArrayLike, spot: ArrayLike, strike: ArrayLike, days: ArrayLike, rate: ArrayLike
) -> Greeks:
    """Greeks from settlement prices in yuan and calendar days left; per share, theta a year, vega and rho per 1.00."""
    left = np.asarray(days, dtype=np.float64)
    prices = np.asarray(settlement, dtype=np.float64)
    volatility = implied_volatility(
        is_call=is_call, price=prices, spot=spot, strike=strike, years=left / VOLATILITY_DAYS, rate=rate
    )
    # Above its bound a price has no volatility either, but that one is no settlement price
    below = np.isnan(volatility) & (prices > 0.0) & (prices < np.maximum(spot, strike))
    volatility = np.where(below, 0.0, volatility)
    return greeks(is_call=is_call, spot=spot, strike=strike, years=left / GREEK_DAYS, rate=rate, volatility=volatility)
