"""What a quote is to be (目标报价): of which contracts, where its centre lies, how wide, how large. Nothing is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from terminal.domain.market_data import PRICE_SCALE
from terminal.services.universe import Universe
from terminal.strategies import quote_math
from terminal.strategies.contract_terms import WidthRule
from terminal.strategies.protocol import BoolArray, FloatArray, IntArray, View
from terminal.strategies.quote_columns import Absence, QuoteColumns
from terminal.strategies.quote_math import PriceGrid
from terminal.strategies.quoter_parameters import QuoterParameters


@dataclass(frozen=True, slots=True)
class DayTerms:
    """What stays the same all day of the contracts that are quoted."""

    universe: Universe
    where: IntArray | slice
    numbers: IntArray
    tick: FloatArray
    multiplier: FloatArray
    grid: PriceGrid
    half_way: FloatArray
    """Some price, for contracts without one"""

    @classmethod
    def of(cls, view: View, underlying: str) -> "DayTerms":
        """Lay them out."""
        universe, numbers = view.universe, view.numbers(underlying)
        limit_up = universe.limit_up[numbers]
        grid = PriceGrid.of(universe.tick[numbers], universe.least_bid[numbers], limit_up)
        return cls(
            universe, view.where(underlying), numbers, grid.tick, universe.multiplier[numbers], grid, limit_up / 2.0
        )


def delta_in_range(delta: FloatArray, settings: QuoterParameters, terms: DayTerms) -> BoolArray | None:
    """Where the delta of a share is one that is quoted; None where every delta is."""
    least, most = settings.least_delta, settings.most_delta
    if least <= 0.0 and most > 1.0:
        return None
    with np.errstate(invalid="ignore"):
        moneyness = np.abs(delta) / terms.multiplier
        return np.asarray((moneyness >= least) & (moneyness <= most))


def centre_moves(
    view: View, settings: QuoterParameters, terms: DayTerms, columns: QuoteColumns, at_start: float
) -> Iterator[FloatArray]:
    """What moves the centre away from the theoretical price, price units; nan where there is no price.

    `at_start` is the net delta that was held at the start, shares.
    """
    where = terms.where
    if settings.risk_aversion > 0:
        target = at_start if settings.target_delta is None else settings.target_delta
        shares, vega = view.held_delta(settings.underlying) - target, view.held_vega(settings.underlying)
        if shares or vega:
            spot = view.spot(settings.underlying)
            by_share = view.delta[where], view.vega[where], terms.multiplier
            skew = quote_math.inventory_skew(*by_share, spot, shares, vega, columns.skew)
            yield -np.minimum(np.maximum(skew, -columns.most_skew), columns.most_skew)
    if columns.is_skewed:
        # A person's skews: by delta as if the stock moved, by vega as if volatility did
        by_delta = columns.delta_skew * terms.tick * (view.delta[where] / terms.multiplier)
        yield by_delta + columns.vega_skew * (view.vega[where] / terms.multiplier * PRICE_SCALE)


def half_spreads(
    view: View, terms: DayTerms, columns: QuoteColumns, centre: FloatArray, there: BoolArray
) -> tuple[FloatArray, BoolArray | None]:
    """Half-spreads, and where there is one; None for everywhere."""
    tick, numbers = terms.tick, terms.numbers
    half, has_width = columns.half_units, None
    for rule in columns.rules:
        if rule is WidthRule.VOLATILITY:
            per_point = view.vega[terms.where] / terms.multiplier * PRICE_SCALE
            by_rule = np.maximum(np.where(there, per_point, 0.0) * columns.half, tick / 2.0)
            half = np.where(columns.where_rule(rule), by_rule, half)
        elif rule is WidthRule.ALLOWED:
            mine = columns.where_rule(rule)
            allowed = view.allowed_width
            if allowed is None:
                has_width = ~mine
                continue
            # The width that is allowed hangs on the bid: asked for the theoretical price first, then for its bid
            share = np.where(mine, columns.half, 0.0)
            width = allowed(numbers, np.maximum(centre, 1).astype(np.int64))
            guess = np.maximum(centre - share * width / 2.0, 1).astype(np.int64)
            width = allowed(numbers, guess)
            half = np.where(mine, np.maximum(share * width / 2.0, tick / 2.0), half)
            has_width = ~mine | (width > 0)
    if columns.is_bounded:
        half = np.minimum(np.maximum(half, columns.least_units / 2.0), columns.most_units / 2.0)
    return half, has_width


def side_sizes(
    columns: QuoteColumns, settings: QuoterParameters, net: FloatArray, closable: IntArray, absence: IntArray
) -> IntArray:
    """Contracts of both sides; writes down why there are none."""
    sizes, both = columns.sizes, settings.two_sided
    if columns.is_limited:
        held = net.astype(np.int64)
        sizes = np.clip(columns.limit - np.stack((held, -held)), 0, sizes)
        _without(absence, both, sizes > 0, Absence.POSITION_LIMIT)
    if columns.effects.any_set:
        sizes = columns.effects.limited(sizes, closable)
        _without(absence, both, sizes > 0, Absence.NOTHING_TO_CLOSE)
    if not (settings.bid and settings.ask):
        sizes = sizes * np.array([[settings.bid], [settings.ask]])
        _without(absence, both, sizes > 0, Absence.SIDE_PAUSED)
    if not columns.is_two_sided:
        sizes = sizes * columns.sides
        _without(absence, both, columns.sides, Absence.SIDE_OFF)
        absence[~_enough(sizes > 0, both) & (absence == Absence.NONE)] = Absence.SIDE_OFF
        absence[~columns.expiry_on] = Absence.EXPIRY_OFF
    return sizes


def _enough(sides: BoolArray, both: bool) -> BoolArray:
    """Where the sides that are left make a quote."""
    return np.asarray(sides[0] & sides[1] if both else sides[0] | sides[1])


def _without(absence: IntArray, both: bool, sides: BoolArray, cause: Absence) -> None:
    absence[~_enough(sides, both)] = cause
