"""What a two-sided quote would be worth, in words: what fills would make of the book, volatility of a price."""

import math
from decimal import Decimal

from terminal.domain.market_data import PRICE_SCALE
from terminal.domain.quotes import QuoteEntry
from terminal.services.quote_drafts import Facts
from terminal.services.risk import Metric, RiskTable
from terminal.views.formatting import DASH, number, signed_money, signed_quantity
from terminal.views.two_sided.words import word


def effect_lines(
    entry: QuoteEntry, facts: Facts, multiplier: int, table: RiskTable, held: int
) -> list[tuple[str, ...]]:
    """The edge of both sides, and delta, vega and position after either."""
    delta, vega = table.total(Metric.DELTA, shares=True), table.total(Metric.VEGA)
    theo = facts.theoretical / PRICE_SCALE
    bought = (theo - float(entry.bid_price)) * entry.bid_quantity
    sold = (float(entry.ask_price) - theo) * entry.ask_quantity
    edge = word("edge {money}").format(money=_yuan((bought + sold) * multiplier))
    lines: list[tuple[str, ...]] = [(word("If both sides fill"), edge)]
    for name, count in ((word("Bid fills"), entry.bid_quantity), (word("Ask fills"), -entry.ask_quantity)):
        lines.append(
            (
                name,
                f"Δ {_short(delta)} → {_short(delta + count * facts.delta)}",
                f"V {_short(vega)} → {_short(vega + count * facts.vega)}",
                f"{word('Held')} {signed_quantity(held)} → {signed_quantity(held + count)}",
            )
        )
    return lines


def volatility_words(volatility: float) -> str:
    """The implied volatility of a price in points; empty for a price that has none."""
    return f"IV {number(volatility * 100, 2)}" if math.isfinite(volatility) else ""


def _short(value: float) -> str:
    """A greek of the book in little room."""
    if not math.isfinite(value):
        return DASH
    sign = "+" if value > 0 else ""
    size = abs(value)
    if size >= 1_000_000:
        return f"{sign}{number(value / 1_000_000, 3)}M"
    return f"{sign}{number(value / 1000, 1)}k" if size >= 1000 else f"{sign}{number(value, 0)}"


def _yuan(value: float) -> str:
    return signed_money(Decimal(str(round(value, 2)))) if math.isfinite(value) else DASH
