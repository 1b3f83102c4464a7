"""Shares that cover calls, by underlying (备兑池): locked, free, needed now and after an adjustment that lies ahead."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from terminal.domain.accounts import Holding, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right
from terminal.rules.expiry.cover import CoverNeed, cover_need
from terminal.rules.top_up import CoveredPosition
from terminal.services.adjustments import Adjustments
from terminal.services.expiry_desk import ExpiryDesk


@dataclass(frozen=True, slots=True)
class CoverPosition:
    """Covered calls, or short calls that could be covered."""

    contract: Contract
    side: PositionSide
    quantity: int
    convertible: int
    """May be turned into the other kind now: not held by orders or combinations"""
    new_multiplier: int
    """The unit after the adjustment; the same as now where none lies ahead"""
    margin: Decimal
    """Held for short ones, yuan"""

    @property
    def shares_now(self) -> int:
        """Shares by the unit of today."""
        return self.quantity * self.contract.multiplier


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One underlying."""

    underlying: str
    holding: Holding
    positions: tuple[CoverPosition, ...]
    need: CoverNeed
    ex_day: date | None
    """The adjustment that lies ahead, or today's; None for none"""
    cut_off: datetime | None
    """Until when what is missing must be locked or closed"""

    @property
    def to_lock(self) -> int:
        """Shares to lock: what the new units need, and what the counter says is missing since an ex-day."""
        return max(self.need.to_lock, self.holding.short)

    @property
    def lockable(self) -> int:
        """What of that can be locked at once."""
        return min(self.to_lock, max(self.holding.free, 0))


class CoveredPool:
    """Looks at the covered positions of one account."""

    def __init__(self, desk: ExpiryDesk, adjustments: Adjustments) -> None:
        self._desk = desk
        self._adjustments = adjustments

    def rows(self) -> list[CoverRow]:
        """Every underlying with shares or short calls, those that miss shares first."""
        portfolio = self._desk.portfolio
        calls: dict[str, list[CoverPosition]] = {u.code: [] for u in self._desk.market.underlyings}
        for (code, side), position in portfolio.positions.items():
            contract = self._desk.market.contract(code)
            if contract is None or side is PositionSide.LONG or contract.right is not Right.CALL:
                continue
            if position.quantity > 0:
                calls.setdefault(contract.underlying, []).append(
                    CoverPosition(
                        contract,
                        side,
                        position.quantity,
                        max(position.available_quantity, 0),
                        self._adjustments.new_multiplier(contract),
                        position.margin,
                    )
                )
        rows = [
            self._row(code, sorted(found, key=_place))
            for code, found in calls.items()
            if found or code in portfolio.holdings
        ]
        return sorted(rows, key=lambda row: (row.to_lock == 0, row.underlying))

    def row(self, underlying: str) -> CoverRow | None:
        """One underlying."""
        return next((row for row in self.rows() if row.underlying == underlying), None)

    def _row(self, underlying: str, positions: list[CoverPosition]) -> CoverRow:
        holding = self._desk.holding_of(underlying)
        covered = [p for p in positions if p.side is PositionSide.COVERED]
        need = cover_need(
            [CoveredPosition(p.quantity, p.contract.multiplier, p.new_multiplier) for p in covered],
            locked=holding.locked,
            free=max(holding.free, 0),
        )
        ex_day = self._adjustments.ex_day(underlying)
        if ex_day is None and holding.short:
            # The counter says that cover is missing: the day to bring it is today
            cut_off: datetime | None = self._at(self._desk.today)
        else:
            cut_off = self._cut_off(ex_day)
        return CoverRow(underlying, holding, tuple(positions), need, ex_day, cut_off)

    def _cut_off(self, ex_day: date | None) -> datetime | None:
        """On the trading day after the ex-day the broker closes what is not covered (rulebook 7)."""
        after = self._desk.shifted(ex_day, 1) if ex_day is not None else None
        return self._at(after) if after is not None else None

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, self._desk.profile.clearing.forced_close_by, SHANGHAI)


def _place(position: CoverPosition) -> tuple[object, ...]:
    contract = position.contract
    return position.side is not PositionSide.COVERED, contract.expiry, contract.strike, contract.code
