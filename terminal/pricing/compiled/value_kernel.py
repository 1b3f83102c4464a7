"""Prices and greeks in one pass: `ValueColumns.value` and `value_second_order`, where each figure is explained."""

from terminal.pricing.compiled.functions import falling_square, normal_probability
from terminal.pricing.compiled.kernels import ValueRow
from terminal.pricing.compiled.vectors import Body, select


def value_formulas(row: Body) -> None:
    """Overwrite the nine figures."""
    (spot,) = row.numbers
    volatility, years = row[ValueRow.VOLATILITY], row[ValueRow.YEARS]
    half_deviation = volatility * row[ValueRow.HALF_SIGNED_ROOT]
    inverse = 1.0 / half_deviation
    middle = row[ValueRow.HALF_MONEYNESS] * inverse
    d1, d2 = middle + half_deviation, middle - half_deviation
    falling = falling_square(d1)
    delta = normal_probability(d1, falling) * row[ValueRow.SHARE_LEG]
    in_cash = normal_probability(d2, falling_square(d2)) * row[ValueRow.CASH_LEG]
    in_shares = delta * spot
    half_density = falling * row[ValueRow.HALF_DENSITY_LEG]
    price = abs(in_shares - in_cash)
    vega = half_density * row[ValueRow.TWICE_SIGNED_ROOT] * spot
    rate, dividend_yield = row[ValueRow.RATE], row[ValueRow.DIVIDEND_YIELD]
    half_inverse_years = row[ValueRow.HALF_INVERSE_YEARS]
    theta = in_shares * dividend_yield - in_cash * rate - vega * volatility * half_inverse_years
    sideways = d2 / volatility
    drift = d2 * half_inverse_years * 2.0 - (rate - dividend_yield) * inverse
    ended = years.equals(0.0)
    nothing = price * 0.0
    row[ValueRow.PRICE] = price
    row[ValueRow.DELTA] = delta
    row[ValueRow.GAMMA] = half_density * inverse / spot
    row[ValueRow.VEGA] = vega
    row[ValueRow.THETA] = select(ended, theta * 0.0, theta)
    row[ValueRow.RHO] = in_cash * years
    row[ValueRow.VANNA] = select(ended, nothing, half_density * sideways * -2.0)
    row[ValueRow.VOLGA] = select(ended, nothing, sideways * d1 * vega)
    row[ValueRow.CHARM] = select(ended, nothing, half_density * drift + dividend_yield * delta)
