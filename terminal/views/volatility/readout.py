"""What the mouse reads off the smile: the volatilities of one strike."""

import numpy as np

from terminal.services.smile import Smile
from terminal.views.appearance import Appearance
from terminal.views.formatting import DASH, number
from terminal.views.heat_table import signed
from terminal.views.plot import html
from terminal.views.theme import SIZE_NOTE
from terminal.views.volatility.words import word


def lines_of(smile: Smile, number_of_strike: int) -> tuple[tuple[str, str], ...]:
    """Names and figures of one strike; volatilities in per cent."""
    n, points = number_of_strike, smile.points
    k = points.k[[n]]
    residual = float(smile.residual[n]) * 10_000.0
    return (
        (word("Strike"), f"{points.strike[n]:.3f}"),
        (word("My curve"), _percent(float(smile.curve_volatility(k)[0]))),
        (word("Fit"), _percent(float(smile.fit_volatility(k)[0]))),
        (word("Call"), _both(points.call[:, n].tolist())),
        (word("Put"), _both(points.put[:, n].tolist())),
        (word("Settlement"), _percent(float(smile.settlement[n]))),
        (word("Books less curve"), f"{signed(1)(residual)} bp" if np.isfinite(residual) else DASH),
    )


def content_of(smile: Smile, number_of_strike: int, appearance: Appearance) -> str:
    """The same as a table of HTML."""
    theme, words, figures = appearance.theme, appearance.words_at(SIZE_NOTE), appearance.figures_at(SIZE_NOTE)
    rows = "".join(
        f"<tr><td>{html(name, words, theme.dim)}</td><td align=right>{html(figure, figures, theme.text)}</td></tr>"
        for name, figure in lines_of(smile, number_of_strike)
    )
    return f"<table cellspacing=0 cellpadding=1>{rows}</table>"


def _percent(volatility: float) -> str:
    return f"{number(volatility * 100)}%" if np.isfinite(volatility) else DASH


def _both(volatilities: list[float]) -> str:
    bid, ask, _ = volatilities
    if not np.isfinite(bid) and not np.isfinite(ask):
        return DASH
    return f"{number(bid * 100)} / {number(ask * 100)}%"
