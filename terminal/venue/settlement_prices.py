"""Settlement prices of a day (结算价格), rulebook 3: the closing auction's, else one implied by the month's options.

The exchange's own method is not published; this one is a default of this project. Where the closing auction gave no
price, or one outside the day's limits, volatilities implied by the month's options that have one are interpolated over
the strikes and the option is priced on the month's forward. Pure: no clock, no file.

Source of the pricing: Black, The Pricing of Commodity Contracts (1976).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.domain.errors import BadInput
from terminal.pricing.black_scholes import price_on_forward
from terminal.pricing.implied_volatility import implied_on_forward
from terminal.rules.rounding import to_tick

_FloatArray = NDArray[np.float64]
_ZERO = Decimal(0)
_PARITY_STRIKES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractClose:
    """What the day left of one contract; prices in yuan per share, None where there is none."""

    contract: Contract
    auction_price: Decimal | None = None
    """Of the closing auction (收盘集合竞价)"""
    last_bid: Decimal | None = None
    last_ask: Decimal | None = None
    last_price: Decimal | None = None

    @property
    def usable_auction_price(self) -> Decimal | None:
        """The auction's price unless it lies outside the day's limits."""
        contract, price = self.contract, self.auction_price
        return price if price is not None and contract.limit_down <= price <= contract.limit_up else None

    @property
    def middle(self) -> Decimal | None:
        """Between the last bid and ask; None unless both are there and do not cross."""
        if self.last_bid is None or self.last_ask is None or self.last_bid > self.last_ask:
            return None
        return (self.last_bid + self.last_ask) / 2


_PriceOf = Callable[[ContractClose], Decimal | None]
#: What volatilities are implied from, best first: the next is asked only when a month has none of the one before
_SOURCES: tuple[_PriceOf, ...] = (
    lambda close: close.usable_auction_price,
    lambda close: close.middle,
    lambda close: close.last_price,
    lambda close: close.contract.previous_settlement,
)


def settlement_prices(
    closes: Sequence[ContractClose],
    *,
    underlying_close: Decimal,
    trading_day: date,
    years_of: Callable[[date], float],
    rate: float,
) -> dict[str, Decimal]:
    """The settlement of every contract of one underlying, by contract code.

    `years_of` gives the years left to an expiry at the close; `rate` is continuous, a fraction a year. On the last
    trading day an option settles at its intrinsic value, at nothing out of the money; on all others at one tick at
    least. Raises BadInput for a close of the underlying that is no price.
    """
    if not underlying_close.is_finite() or underlying_close <= 0:
        raise BadInput("underlying close", underlying_close, "a price above zero")
    settled: dict[str, Decimal] = {}
    months: dict[date, list[ContractClose]] = defaultdict(list)
    for close in closes:
        contract = close.contract
        if trading_day >= contract.last_day:
            settled[contract.code] = _intrinsic(contract, underlying_close)
        else:
            months[contract.expiry].append(close)
    for expiry, month in months.items():
        settled |= _settle_month(month, underlying_close, years_of(expiry), rate)
    return settled


def _settle_month(
    month: Sequence[ContractClose], underlying_close: Decimal, years: float, rate: float
) -> dict[str, Decimal]:
    settled = {c.contract.code: price for c in month if (price := c.usable_auction_price) is not None}
    missing = [c for c in month if c.contract.code not in settled]
    if not missing:
        return settled
    discount = float(np.exp(-rate * years))
    forward = _forward(month, underlying_close, discount)
    strikes, volatilities = _volatilities(month, forward, underlying_close, years, discount)
    wanted = np.array([float(c.contract.strike) for c in missing])
    # Without any volatility at all an option is worth its intrinsic value on the forward
    curve = np.interp(wanted, strikes, volatilities) if len(strikes) else np.zeros(len(missing))
    prices = price_on_forward([_sign(c.contract) for c in missing], forward, wanted, years, curve, discount)
    for close, price in zip(missing, prices, strict=True):
        settled[close.contract.code] = _clamped(close, Decimal(repr(float(price))))
    return settled


def _forward(month: Sequence[ContractClose], underlying_close: Decimal, discount: float) -> float:
    """From put-call parity at the strikes with a call and a put; else the close, carried by the rate.

    The median of the three nearest the close: far in the money real prices stray from parity.
    """
    for price_of in _SOURCES[:2]:
        pairs: dict[Decimal, dict[Right, Decimal]] = defaultdict(dict)
        for close in month:
            price = price_of(close)
            if price is not None:
                pairs[close.contract.strike][close.contract.right] = price
        forwards = [
            float(strike) + float(both[Right.CALL] - both[Right.PUT]) / discount
            for strike, both in sorted(pairs.items(), key=lambda pair: abs(pair[0] - underlying_close))
            if len(both) == len(Right)
        ][:_PARITY_STRIKES]
        if forwards and (median := float(np.median(forwards))) > 0:
            return median
    return float(underlying_close) / discount


def _volatilities(
    month: Sequence[ContractClose], forward: float, underlying_close: Decimal, years: float, discount: float
) -> tuple[_FloatArray, _FloatArray]:
    """Strikes, ascending and each once, and their volatilities; of two rights at a strike the one out of the money."""
    for source, price_of in enumerate(_SOURCES):
        priced = [(c.contract, price) for c in month if (price := price_of(c)) is not None]
        if not priced:
            continue
        strikes = np.array([float(contract.strike) for contract, _ in priced])
        signs = np.array([_sign(contract) for contract, _ in priced])
        base = forward
        if source == len(_SOURCES) - 1:
            # Yesterday's settlement belongs to yesterday's close
            base = forward * float(priced[0][0].underlying_close / underlying_close)
        implied = implied_on_forward(signs, [float(p) for _, p in priced], base, strikes, years, discount)
        known = np.isfinite(implied)
        if not known.any():
            continue
        in_the_money = signs * (base - strikes) > 0
        # By strike, and the one out of the money first, of which `unique` keeps the first
        order = np.lexsort((in_the_money[known], strikes[known]))
        found, first = np.unique(strikes[known][order], return_index=True)
        return found, implied[known][order][first]
    return np.empty(0), np.empty(0)


def _clamped(close: ContractClose, price: Decimal) -> Decimal:
    contract = close.contract
    if close.last_bid is not None:
        price = max(price, close.last_bid)
    if close.last_ask is not None:
        price = min(price, close.last_ask)
    price = to_tick(price, contract.tick_size)
    return max(min(price, contract.limit_up), contract.limit_down, contract.tick_size)


def _intrinsic(contract: Contract, underlying_close: Decimal) -> Decimal:
    inside = underlying_close - contract.strike
    return to_tick(max(inside if contract.right is Right.CALL else -inside, _ZERO), contract.tick_size)


def _sign(contract: Contract) -> int:
    return 1 if contract.right is Right.CALL else -1
