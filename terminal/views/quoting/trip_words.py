"""A window of the maker's protection that has tripped, in words, from what an alarm or the desk has of it."""

from collections.abc import Sequence

from terminal.rules.protection.market_maker import Measure, Scope
from terminal.services.market_data import MarketData
from terminal.views.formatting import DASH
from terminal.views.quoting.words import MEASURES, SCOPES, word
from terminal.views.texts import bounded, name_of, underlying_name

#: What an alarm of a trip has: name of the window, measure, figure, limit
_FIGURES = 4


def group_words(scope: Scope, what: str, market: MarketData) -> str:
    """What a window protects: the book, an underlying, "underlying expiry", or a contract by its code."""
    if scope is Scope.BOOK:
        return word(SCOPES[scope])
    if scope is Scope.CONTRACT:
        return name_of(what, market)
    code, _, expiry = what.partition(" ")
    underlying = market.underlying(code)
    name = underlying_name(underlying) if underlying is not None else bounded(code)
    return f"{name} {expiry}".strip()


def trip_words(figures: Sequence[str], market: MarketData) -> str | None:
    """The figures of an alarm as the protection box shows a trip; None where they are of something else."""
    if len(figures) != _FIGURES or figures[1] not in list(Measure):
        return None
    scope, _, what = figures[0].partition(" ")
    if scope not in list(Scope):
        return None
    group, measure = group_words(Scope(scope), what, market), word(MEASURES[Measure(figures[1])])
    return f"{group} · {measure} {_whole(figures[2])} / {_whole(figures[3])}"


def _whole(figure: str) -> str:
    try:
        return f"{float(figure):,.0f}"
    except ValueError:
        return bounded(figure) or DASH
