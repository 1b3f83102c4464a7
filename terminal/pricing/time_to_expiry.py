"""Time to expiry in years of calendar time, counted to the minute up to 15:00 Shanghai on the expiry day (到期日)."""

from collections.abc import Iterable
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from terminal.domain.calendar import SHANGHAI

#: The last moment an expiring contract trades
EXPIRY_TIME = time(15, 0, tzinfo=SHANGHAI)
MINUTES_PER_YEAR = 365 * 24 * 60


def years_to_expiry(now: datetime, expiry: date) -> float:
    """Years from the minute of `now` (aware) to the end of trading on `expiry`; 0 once that has passed."""
    left = datetime.combine(expiry, EXPIRY_TIME) - now.replace(second=0, microsecond=0)
    return max(left.total_seconds() / 60.0 / MINUTES_PER_YEAR, 0.0)


def years_to_expiries(now: datetime, expiries: Iterable[date]) -> NDArray[np.float64]:
    """The same for many expiries, in their order."""
    return np.array([years_to_expiry(now, expiry) for expiry in expiries], dtype=np.float64)
