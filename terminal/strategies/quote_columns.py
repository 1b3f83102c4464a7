"""The terms of a quoter's contracts as arrays, one entry each: laid out once, whenever parameters or the day change."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from terminal.services.universe import Universe
from terminal.strategies.contract_terms import JoinRule, WidthRule
from terminal.strategies.position_effects import EffectColumns
from terminal.strategies.protocol import BoolArray, FloatArray, IntArray
from terminal.strategies.quote_math import SkewTerms
from terminal.strategies.quoter_parameters import NO_MOST, QuoterParameters, effective

_RULES = tuple(WidthRule)
_FAR = 1 << 40
_HOURS_A_YEAR = 252 * 4.0


class Absence(IntEnum):
    """Why a quoter does not want to quote a contract; what the gate says comes beside it."""

    NONE = 0
    NO_PRICE = 1
    """No sound theoretical price"""
    DELTA_RANGE = 2
    NO_ALLOWED_WIDTH = 3
    """The width hangs on an obligation, and none is known"""
    DAY_LIMITS = 4
    """No two prices within the day's limits"""
    EXPIRY_OFF = 5
    SIDE_OFF = 6
    """Both sides are off, or one of a market that takes only both"""
    SIDE_PAUSED = 7
    POSITION_LIMIT = 8
    WAITING = 9
    """Its turn has not come: messages or contracts of a pass are used up"""
    PHASE = 10
    """No phase in which it is quoted"""
    CROSSED_BOOK = 11
    """Its book as told is crossed"""
    NOTHING_TO_CLOSE = 12
    """A side is set to close and nothing is held that it could"""
    TOO_WIDE = 13
    """The obligation allows no such width, and it is not to be narrowed"""
    TOO_SMALL = 14
    """Nor such a size"""
    NARROWED = 15
    """No absence: the obligation's control narrowed what is quoted"""
    RAISED = 16
    """No absence either: its size was raised"""


@dataclass(frozen=True, slots=True)
class QuoteColumns:
    """Effective terms by place among the quoter's contracts."""

    sides: BoolArray
    """Whether a person has left bids (first row) and asks on"""
    expiry_on: BoolArray
    rule: IntArray
    """Place of the rule in `WidthRule`"""
    half: FloatArray
    least_units: FloatArray
    """Narrowest and widest spread, price units as all that says so"""
    most_units: FloatArray
    whole_most_units: FloatArray
    """The widest in whole ticks, one at least"""
    size: IntArray
    sizes: IntArray
    """The same of both sides, shape (2, n)"""
    delta_skew: FloatArray
    vega_skew: FloatArray
    limit: IntArray
    join_units: FloatArray
    least_edge_units: FloatArray
    improve_units: FloatArray
    half_units: FloatArray
    """`half` of contracts whose width is one of ticks"""
    slack: IntArray
    """`tolerance` in price units"""
    most_skew: FloatArray
    skew: SkewTerms
    effects: EffectColumns
    rules: tuple[WidthRule, ...]
    """Those that occur"""
    is_skewed: bool
    is_limited: bool
    is_joining: bool
    is_bounded: bool
    """Whether any width has a most"""
    is_two_sided: bool
    """Whether nobody has switched off a side of any contract, or an expiry"""

    @classmethod
    def of(cls, universe: Universe, numbers: IntArray, settings: QuoterParameters) -> "QuoteColumns":
        """Lay them out."""
        contracts = [universe.contracts[n] for n in numbers.tolist()]
        terms = [effective(settings, contract.code) for contract in contracts]
        stopped, tick = settings.stopped_expiries, universe.tick[numbers]
        follow = max(settings.join_ticks, 1)

        def whole(values: Sequence[int | None]) -> IntArray:
            return np.array([_FAR if v is None else v for v in values], dtype=np.int64)

        def floats(values: Sequence[float | None]) -> FloatArray:
            return np.array(values, dtype=np.float64)

        def flags(values: Sequence[bool | None]) -> BoolArray:
            return np.array(values, dtype=np.bool_)

        bid, ask = flags([t.bid for t in terms]), flags([t.ask for t in terms])
        expiry_on = flags([c.expiry not in stopped for c in contracts])
        half, most = floats([t.half_width for t in terms]), floats([t.most_width for t in terms])
        size = whole([t.size for t in terms])
        return cls(
            sides=np.stack((bid, ask)),
            expiry_on=expiry_on,
            rule=whole([_RULES.index(t.width) for t in terms if t.width is not None]),
            half=half,
            least_units=floats([t.least_width for t in terms]) * tick,
            most_units=most * tick,
            whole_most_units=np.maximum(np.floor(most), 1.0) * tick,
            size=size,
            sizes=np.stack((size, size)),
            delta_skew=floats([t.delta_skew for t in terms]),
            vega_skew=floats([t.vega_skew for t in terms]),
            limit=whole([t.position_limit for t in terms]),
            join_units=floats([follow if t.join is JoinRule.FOLLOW else 0 for t in terms]) * tick,
            least_edge_units=floats((settings.least_edge_ticks * tick).tolist()),
            improve_units=floats([0 if t.join is JoinRule.NOT_ALONE else settings.improve_ticks for t in terms]) * tick,
            half_units=half * tick,
            slack=whole([t.tolerance for t in terms]) * tick,
            most_skew=floats((settings.most_skew_ticks * tick).tolist()),
            effects=EffectColumns.of([t.effect for t in terms]),
            skew=SkewTerms(
                risk_aversion=settings.risk_aversion,
                volatility=settings.volatility,
                volatility_of_volatility=settings.volatility_of_volatility,
                horizon_years=settings.horizon_hours / _HOURS_A_YEAR,
            ),
            rules=tuple(rule for rule in _RULES if any(t.width is rule for t in terms)),
            is_skewed=any(t.delta_skew or t.vega_skew for t in terms),
            is_limited=any(t.position_limit is not None for t in terms),
            is_joining=any(t.join is JoinRule.FOLLOW for t in terms),
            is_bounded=any((t.most_width or 0.0) < NO_MOST or (t.least_width or 0.0) > 1.0 for t in terms),
            is_two_sided=bool((bid & ask & expiry_on).all()),
        )

    def where_rule(self, rule: WidthRule) -> BoolArray:
        """Where a rule is in force."""
        return np.asarray(self.rule == _RULES.index(rule))
