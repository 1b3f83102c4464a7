"""What options closed at on the evening before the first simulated day: the model's prices, for the day's listing.

The day's price limits and margins hang on these prices, and the crowd starts from the same smile, so the two agree.
"""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal

from terminal.domain.contracts import Right
from terminal.domain.errors import ConfigurationError
from terminal.pricing.black_scholes import price_on_forward
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.crowd.smile import smile_volatility, term_volatility

_TICK = Decimal("0.0001")
_DAYS_PER_YEAR = 365.0


def settlement_prices(
    market: MarketSettings, closes: Mapping[str, Decimal] | None = None
) -> Callable[[str, Right, Decimal, int], Decimal]:
    """Give a function (underlying, right, strike, days to expiry) -> settlement price (结算价), yuan, at least a tick.

    Days are calendar days from the evening that is settled. `closes` replaces the previous closes of the settings, by
    underlying. The function raises ConfigurationError for an underlying without settings.
    """

    def settlement_of(underlying: str, right: Right, strike: Decimal, days_to_expiry: int) -> Decimal:
        settings = market.underlying(underlying)
        close = (closes or {}).get(underlying, settings.previous_close)
        if close <= 0:
            raise ConfigurationError(f"previous close of {underlying}: {close} is not above 0")
        years = max(days_to_expiry, 0) / _DAYS_PER_YEAR
        forward = float(close) * math.exp(settings.carry * years)
        atm = term_volatility(settings.short_volatility, settings.long_volatility, years, market.pricing.term_years)
        volatility = smile_volatility(atm, settings.skew, settings.curvature, forward, float(strike), years)
        sign = 1.0 if right is Right.CALL else -1.0
        discount = math.exp(-market.pricing.rate * years)
        price = float(price_on_forward(sign, forward, float(strike), years, volatility, discount))
        return max(Decimal(price).quantize(_TICK), _TICK)

    return settlement_of
