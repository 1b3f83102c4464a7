"""Own vega and compliance by series, for the rail of a market maker."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from terminal.rules.obligations.clock import Total
from terminal.services.desk import Desk
from terminal.services.valuation import Figure, Valuation
from terminal.views.obligations.standing import Standing, StandingSource

SeriesKey = tuple[str, date, str]


@dataclass(frozen=True, slots=True)
class SeriesFigures:
    """One series, or the sum of some."""

    vega: float = 0.0
    """Of what is held, yuan for one volatility point"""
    is_held: bool = False
    compliant_us: int = 0
    missed_us: int = 0

    @property
    def participation(self) -> float:
        """Compliant over owed time (义务履行); nan where nothing was owed yet."""
        owed = self.compliant_us + self.missed_us
        return self.compliant_us / owed if owed else math.nan

    @classmethod
    def sum(cls, parts: "Iterable[SeriesFigures]") -> "SeriesFigures":
        """Of an underlying."""
        parts = list(parts)
        return cls(
            sum(p.vega for p in parts if p.is_held),
            any(p.is_held for p in parts),
            sum(p.compliant_us for p in parts),
            sum(p.missed_us for p in parts),
        )


@dataclass(frozen=True, slots=True)
class MakerFigures:
    """What a maker's rail shows beside days and volatility."""

    series: dict[SeriesKey, SeriesFigures]
    underlyings: dict[str, SeriesFigures]
    required: float
    """Least participation of the terms in force; 0 where nothing is owed"""


class MakerSeries:
    """Looks at positions and obligations of one desk when it is asked."""

    def __init__(self, desk: Desk, valuation: Valuation, standing: StandingSource) -> None:
        self._desk = desk
        self._valuation = valuation
        self._standing = standing

    def now(self) -> MakerFigures | None:
        """By series and in sum; None for an account that is no maker's."""
        portfolio, market = self._desk.portfolio, self._desk.market
        if not portfolio.profile.rights.kind.is_market_maker:
            return None
        vega: dict[SeriesKey, float] = {}
        for code in {code for code, _ in portfolio.positions}:
            contract, net = market.contract(code), portfolio.net_quantity(code)
            if contract is not None and net:
                each = float(self._valuation.values[Figure.VEGA, market.row_of[code]])
                vega[contract.series] = vega.get(contract.series, 0.0) + net * each
        standing = self._standing.now()
        owed = {} if standing is None else self._owed(standing)
        figures = {
            series: SeriesFigures(vega.get(series, 0.0), series in vega, *owed.get(series, (0, 0)))
            for series in vega.keys() | owed.keys()
        }
        return MakerFigures(
            figures,
            {
                u.code: SeriesFigures.sum(found for (code, *_), found in figures.items() if code == u.code)
                for u in market.underlyings
            },
            0.0 if standing is None else float(standing.figures.terms.participation.rate),
        )

    def obliged(self) -> frozenset[str] | None:
        """Codes of the contracts with an obligation today; None for an account that owes nothing."""
        standing = self._standing.now()
        if standing is None:
            return None
        counted = standing.figures.counted.tolist()
        return frozenset(code for code, owes in zip(standing.figures.codes, counted, strict=True) if owes)

    def _owed(self, standing: Standing) -> dict[SeriesKey, tuple[int, int]]:
        owed: dict[SeriesKey, tuple[int, int]] = {}
        totals = standing.figures.totals_us[:, (Total.COMPLIANT, Total.MISSED)].tolist()
        for code, (compliant, missed) in zip(standing.figures.codes, totals, strict=True):
            contract = self._desk.market.contract(code)
            if contract is not None:
                before = owed.get(contract.series, (0, 0))
                owed[contract.series] = before[0] + compliant, before[1] + missed
        return owed
