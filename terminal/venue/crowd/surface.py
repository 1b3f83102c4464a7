"""What the crowd thinks options are worth: a smile per underlying and expiry that wanders, prices in ticks.

Calls and puts of one strike share a volatility and a forward, so their values keep put-call parity.
"""

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from terminal.domain.contracts import Contract, Right
from terminal.pricing.black_scholes import price_on_forward
from terminal.pricing.implied_volatility import implied_on_forward
from terminal.pricing.time_to_expiry import years_to_expiries
from terminal.venue.crowd.settings import MarketSettings
from terminal.venue.crowd.smile import (
    VOLATILITY_BOUNDS,
    root_years,
    scaled_moneyness,
    smile_volatility,
    term_volatility,
)

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

#: Continuous trading of one day: the unit of the smile's drift
DAY_SECONDS = 14_400.0
#: Strikes this near to the price tell the forward of an adopted snapshot, fraction of the price
_FORWARD_RANGE = 0.06
#: An implied volatility counts for the smile as far as its option reacts to it, and this much at least
_LEAST_VEGA = 1e-4


class Surface:
    """Smiles of all expiries of all underlyings, and the value of every contract on them.

    Arrays run over slots (one underlying and expiry) or over contracts. Read-only from outside but for `advance`,
    `bump`, `adopt` and the saved arrays.
    """

    #: The arrays that make up its state
    SAVED = ("level", "skew", "curvature", "mean_level", "mean_skew", "mean_curvature", "carry", "residual")

    def __init__(self, market: MarketSettings, codes: Sequence[str], contracts: Sequence[Contract]) -> None:
        self._settings = market.crowd.smile
        self._rate = market.pricing.rate
        self._term = market.pricing.term_years
        slots = sorted({(codes.index(contract.underlying), contract.expiry) for contract in contracts})
        slot_of = {slot: number for number, slot in enumerate(slots)}
        self.slot_underlying: IntArray = np.array([underlying for underlying, _ in slots], dtype=np.int64)
        self.slot_expiries: list[date] = [expiry for _, expiry in slots]
        self.slot: IntArray = np.array(
            [slot_of[codes.index(contract.underlying), contract.expiry] for contract in contracts], dtype=np.int64
        )
        self.sign: FloatArray = np.array([1.0 if c.right is Right.CALL else -1.0 for c in contracts])
        self.strike: FloatArray = np.array([float(c.strike) for c in contracts])
        self.tick: FloatArray = np.array([float(c.tick_size) for c in contracts])
        own = [market.underlying(codes[underlying]) for underlying, _ in slots]
        self._short: FloatArray = np.array([u.short_volatility for u in own])
        self._long: FloatArray = np.array([u.long_volatility for u in own])
        self.level: FloatArray = np.zeros(len(slots))
        self.mean_level: FloatArray = np.zeros(len(slots))
        self.mean_skew: FloatArray = np.array([u.skew for u in own])
        self.mean_curvature: FloatArray = np.array([u.curvature for u in own])
        self.skew: FloatArray = self.mean_skew.copy()
        self.curvature: FloatArray = self.mean_curvature.copy()
        self.carry: FloatArray = np.array([u.carry for u in own])
        self.residual: FloatArray = np.zeros(len(contracts))
        self._minute: datetime | None = None
        self.years: FloatArray = np.zeros(len(slots))

    def set_time(self, now: datetime) -> None:
        """Count the years left anew when a minute has passed."""
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self.years = years_to_expiries(minute, self.slot_expiries)

    def advance(self, seconds: float, returns: FloatArray, rng: np.random.Generator) -> None:
        """Let the smiles wander for some market time; `returns` are the underlyings' log returns in it."""
        settings = self._settings
        days = seconds / DAY_SECONDS
        back = np.exp(-settings.reversion * days)
        root = np.sqrt(days)
        common = rng.standard_normal(returns.size)[self.slot_underlying]
        own = rng.standard_normal((3, self.level.size))
        # Far months move less than near ones
        damp = 1.0 / np.sqrt(1.0 + 6.0 * self.years)
        moved = (
            settings.level * root * (0.8 * common + 0.6 * own[0]) - settings.leverage * returns[self.slot_underlying]
        )
        self.level = self.mean_level + (self.level - self.mean_level) * back + damp * moved
        self.skew = self.mean_skew + (self.skew - self.mean_skew) * back + settings.skew * root * damp * own[1]
        curved = self.mean_curvature + (self.curvature - self.mean_curvature) * back
        self.curvature = curved + settings.curvature * root * damp * own[2]
        self.residual *= 0.5 ** (seconds / settings.residual_half_life)

    def bump(self, underlying: int, log_move: float) -> None:
        """Raise the volatility of all expiries of one underlying at once."""
        self.level[self.slot_underlying == underlying] += log_move

    def at_the_money(self) -> FloatArray:
        """At-the-money volatility of each slot."""
        term = term_volatility(self._short, self._long, self.years, self._term)
        return np.clip(term * np.exp(self.level), *VOLATILITY_BOUNDS)

    def forwards(self, spots: FloatArray) -> FloatArray:
        """Forward of each slot for these prices of the underlyings."""
        forwards: FloatArray = spots[self.slot_underlying] * np.exp(self.carry * self.years)
        return forwards

    def values(self, spots: FloatArray) -> FloatArray:
        """Value of each contract in ticks."""
        return self._model(spots) + self.residual

    def moneyness(self, spots: FloatArray) -> FloatArray:
        """Deviations each contract is out of the money (negative: in)."""
        deviation = self.at_the_money() * root_years(self.years)
        distance: FloatArray = self.sign * np.log(self.strike / self.forwards(spots)[self.slot]) / deviation[self.slot]
        return distance

    def adopt(self, spots: FloatArray, middles: FloatArray) -> None:
        """Fit forward and smile of each expiry to observed middle prices in ticks; nan where there is none.

        What the fit leaves over stays with the contract and is forgotten slowly, so no value jumps.
        """
        prices = middles * self.tick
        for slot in range(self.level.size):
            members = np.flatnonzero((self.slot == slot) & np.isfinite(prices))
            if members.size and self.years[slot] > 0.0:
                self._fit_forward(slot, float(spots[self.slot_underlying[slot]]), members, prices)
                self._fit_smile(slot, float(self.forwards(spots)[slot]), members, prices)
        self.residual = np.where(np.isfinite(middles), middles - self._model(spots), 0.0)

    def _model(self, spots: FloatArray) -> FloatArray:
        slot = self.slot
        forward, years = self.forwards(spots)[slot], self.years[slot]
        atm, skew, curvature = self.at_the_money()[slot], self.skew[slot], self.curvature[slot]
        volatility = smile_volatility(atm, skew, curvature, forward, self.strike, years)
        discount = np.exp(-self._rate * years)
        return price_on_forward(self.sign, forward, self.strike, years, volatility, discount) / self.tick

    def _fit_forward(self, slot: int, spot: float, members: IntArray, prices: FloatArray) -> None:
        by_strike: dict[float, dict[float, float]] = {}
        for member in members.tolist():
            strike = float(self.strike[member])
            by_strike.setdefault(strike, {})[float(self.sign[member])] = float(prices[member])
        growth = float(np.exp(self._rate * self.years[slot]))
        near = [
            strike + growth * (pair[1.0] - pair[-1.0])
            for strike, pair in by_strike.items()
            if len(pair) == 2 and abs(strike / spot - 1.0) <= _FORWARD_RANGE
        ]
        if near:
            self.carry[slot] = np.log(np.median(near) / spot) / self.years[slot]

    def _fit_smile(self, slot: int, forward: float, members: IntArray, prices: FloatArray) -> None:
        years = float(self.years[slot])
        discount = float(np.exp(-self._rate * years))
        strikes = self.strike[members]
        observed = implied_on_forward(self.sign[members], prices[members], forward, strikes, years, discount)
        out = np.isfinite(observed) & (self.sign[members] * (strikes - forward) >= 0.0)
        if np.count_nonzero(out) < 3:
            return
        volatility = observed[out]
        z = scaled_moneyness(forward, strikes[out], years)
        weight = np.exp(-0.5 * (z / volatility) ** 2) + _LEAST_VEGA
        design = np.stack([np.ones_like(z), z, z * z], axis=1)
        fitted = np.linalg.lstsq(design * weight[:, None], volatility * weight, rcond=None)[0]
        atm = float(np.clip(fitted[0], *VOLATILITY_BOUNDS))
        self.level[slot] += np.log(atm / self.at_the_money()[slot])
        self.mean_level[slot] = self.level[slot]
        self.skew[slot] = self.mean_skew[slot] = fitted[1]
        self.curvature[slot] = self.mean_curvature[slot] = fitted[2]
