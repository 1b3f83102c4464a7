"""The score of a day or month (考核): four parts from 0 to 1 and their weighted sum (rulebook 8.4, all D)."""

from dataclasses import dataclass
from math import isnan

import numpy as np

from terminal.rules.obligations.clock import Total
from terminal.rules.obligations.figures import Figures
from terminal.rules.obligations.inquiries import InquirySummary
from terminal.rules.obligations.terms import Terms


@dataclass(frozen=True, slots=True)
class Score:
    """Parts from 0 to 1; nan for a part that nothing was owed in, which then weighs nothing."""

    participation: float
    """Compliant over obligated time of all contracts"""
    spread: float
    """Part of the allowed spread left unused, weighted by time"""
    size: float
    """Size over the size that earns it all, at most 1, weighted by time"""
    inquiries: float
    """Answered in time over asked"""
    total: float
    """Weighted sum, out of the weights that count"""


def score(figures: Figures, inquiries: InquirySummary) -> Score:
    """The score up to the moment of the figures."""
    terms, totals = figures.terms, figures.totals_us
    compliant, missed = int(totals[:, Total.COMPLIANT].sum()), int(totals[:, Total.MISSED].sum())
    quoted = totals[:, Total.QUOTED].astype(np.float64)
    spread = size = float("nan")
    if quoted.any():
        full = np.array(figures.least_quantities, np.float64) * terms.score.full_size_multiple
        spread = float((np.nan_to_num(1.0 - figures.spread_use) * quoted).sum() / quoted.sum())
        size = float((np.nan_to_num(np.minimum(figures.size / full, 1.0)) * quoted).sum() / quoted.sum())
    return weighted(
        terms,
        participation=compliant / (compliant + missed) if compliant + missed else float("nan"),
        spread=spread,
        size=size,
        inquiries=float("nan") if inquiries.answer_rate is None else inquiries.answer_rate,
    )


def weighted(terms: Terms, **parts: float) -> Score:
    """The score of its four parts."""
    weights = {name: float(getattr(terms.score, name)) for name, part in parts.items() if not isnan(part)}
    whole = sum(weights.values())
    total = sum(weights[name] * parts[name] for name in weights) / whole if whole else float("nan")
    return Score(**parts, total=total)
