"""The term structure of riskless rates (无风险利率期限结构): continuous zero rates by years, set by the user or a file.

Between two nodes the logarithm of the discount is straight, so forward rates are flat; before the first
and after the last node the zero rate stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from terminal.domain.errors import BadInput

FloatArray = NDArray[np.float64]

#: A rate a year outside this is a slip of the keyboard
RATE_LIMIT = 0.25
_MONEY_MARKET_DAYS = 360.0
_YEAR_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class RateCurve:
    """Zero rates at nodes, continuous a year: 0.02 is 2 %."""

    years: tuple[float, ...]
    rates: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.years or len(self.years) != len(self.rates):
            raise BadInput("rates", len(self.rates), f"one rate for each of {len(self.years)} times, and one at least")
        if self.years[0] <= 0 or any(not b > a for a, b in zip(self.years, self.years[1:], strict=False)):
            raise BadInput("years", self.years, "above zero and rising")
        for rate in self.rates:
            checked_rate(rate)

    @classmethod
    def flat(cls, rate: float) -> "RateCurve":
        """The same rate for every time."""
        return cls((1.0,), (rate,))

    @classmethod
    def of_money_market(cls, simple: Mapping[int, float]) -> "RateCurve":
        """The curve of simple rates on 360 days, as interbank rates are quoted, by days to maturity."""
        days = sorted(simple)
        return cls(
            tuple(day / _YEAR_DAYS for day in days),
            tuple(float(np.log1p(simple[day] * day / _MONEY_MARKET_DAYS) * _YEAR_DAYS / day) for day in days),
        )

    def rate(self, years: ArrayLike) -> FloatArray:
        """Zero rate for each time; at no time left, that of the first node."""
        times = np.asarray(years, dtype=np.float64)
        nodes, rates = np.array(self.years), np.array(self.rates)
        inside = np.clip(times, nodes[0], nodes[-1])
        growth = np.interp(inside, nodes, nodes * rates)
        return np.asarray(growth / inside, dtype=np.float64)

    def simple_rate(self, days: int) -> float:
        """The simple rate on 360 days to a maturity, as interbank rates are quoted."""
        years = days / _YEAR_DAYS
        return float(np.expm1(self.rate(years) * years) * _MONEY_MARKET_DAYS / days)

    def discount(self, years: ArrayLike) -> FloatArray:
        """What one yuan at each time is worth now."""
        times = np.maximum(np.asarray(years, dtype=np.float64), 0.0)
        return np.asarray(np.exp(-self.rate(times) * times), dtype=np.float64)


def checked_rate(rate: float) -> float:
    """The rate itself. Raises BadInput for one that is no plausible rate (F37)."""
    if not np.isfinite(rate) or abs(rate) > RATE_LIMIT:
        raise BadInput("rate", rate, f"a rate a year between {-RATE_LIMIT:.0%} and {RATE_LIMIT:.0%}")
    return float(rate)
