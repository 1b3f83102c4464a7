"""One volatility for an underlying (30 日平值波动率): that of 30 days at the money, between its expiries.

Total variance is taken to grow straight from expiry to expiry, as the exchange's volatility index did (上证 50ETF
波动率指数, after the method of Cboe's VIX); beyond the nearest and the farthest expiry theirs holds.
"""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np

from terminal.services.valuation import Valuation

_DAYS = 30


def month_volatility(valuation: Valuation, underlying: str, today: date) -> float:
    """A year, 0.17 is 17 %; nan where nothing is known of any expiry."""
    book = valuation.book(underlying)
    if book is None:
        return math.nan
    return at_days(
        [(expiry - today).days for expiry in book.expiries],
        [valuation.forward(underlying, expiry).atm_volatility for expiry in book.expiries],
    )


def at_days(days: Sequence[int], volatilities: Sequence[float], wanted: int = _DAYS) -> float:
    """Volatility `wanted` days ahead from those of some expiries; what ends today or is nan says nothing."""
    known = sorted((d, v) for d, v in zip(days, volatilities, strict=True) if d > 0 and math.isfinite(v))
    if not known:
        return math.nan
    inside = min(max(wanted, known[0][0]), known[-1][0])
    variance = np.interp(inside, [d for d, _ in known], [v * v * d for d, v in known])
    return math.sqrt(float(variance) / inside)
