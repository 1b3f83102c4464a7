"""Covered calls that need more shares (备兑补足, T5): ahead of an ex-day, on it, and until the cut-off after it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import ComingExDay, Held, Outlook
from terminal.alerts.rules.adjustment import adjusted_on, is_ex_day, new_terms
from terminal.alerts.rules.plain import codes_of, days_passed, quantities_of
from terminal.alerts.thresholds import Thresholds
from terminal.domain.accounts import PositionSide
from terminal.domain.errors import CalendarError
from terminal.rules.expiry.cover import CoverNeed, cover_need
from terminal.rules.top_up import CoveredPosition

#: Said again when so many steps were made before the ex-day: its own come after them
_EX_DAY_STEP = 100


def covered_shortfall(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Ahead: what the new units will ask for. From the ex-day on: what is missing for what is held."""
    for coming in outlook.coming:
        left = outlook.days_left(coming.ex_day)
        if left > 0 and (reached := days_passed(thresholds.top_up_days, left)):
            yield from _ahead(outlook, coming, left, reached + (1 if coming.close is not None else 0))
    for underlying in outlook.holdings:
        yield from _now(outlook, underlying)


def _ahead(outlook: Outlook, coming: ComingExDay, left: int, step: int) -> Iterator[Finding]:
    mine = [held for held in adjusted_on(outlook, coming) if held.side is PositionSide.COVERED]
    rows = []
    for held in mine:
        terms = new_terms(outlook, coming, held.contract)
        if terms is not None:
            rows.append(CoveredPosition(held.quantity, held.contract.multiplier, terms.multiplier))
    need = _need(outlook, coming.underlying, rows)
    if need.to_lock == 0:
        return
    yield _finding(
        outlook, coming.underlying, coming.ex_day.isoformat(), mine, need,
        level=Level.CARD if need.missing_shares else Level.TOAST,
        deadline=_cut_off(outlook, coming.ex_day),
        step=step,
        figures={"days": str(left), "day": coming.ex_day.isoformat(), "exact": "yes" if coming.close else "no"},
    )  # fmt: skip


def _now(outlook: Outlook, underlying: str) -> Iterator[Finding]:
    """Missing by the day's own units: on the ex-day until locking ends, on the next day until the cut-off."""
    mine = [
        held for held in outlook.held if held.contract.underlying == underlying and held.side is PositionSide.COVERED
    ]
    rows = [CoveredPosition(h.quantity, h.contract.multiplier, h.contract.multiplier) for h in mine]
    need = _need(outlook, underlying, rows)
    short = max(outlook.holdings[underlying].short, need.to_lock)
    if short == 0 or not mine:
        return
    deadline = _deadline(outlook, underlying)
    yield _finding(
        outlook, underlying, "now", mine, need,
        level=Level.SHEET, deadline=deadline, step=_EX_DAY_STEP, figures={"days": "0", "exact": "yes"},
    )  # fmt: skip


def _deadline(outlook: Outlook, underlying: str) -> datetime:
    """The cut-off of the day after the ex-day, from which the counter closes by itself."""
    return _cut_off(outlook, outlook.trading_day) if is_ex_day(outlook, underlying) else outlook.at(_by(outlook))


def _cut_off(outlook: Outlook, ex_day: date) -> datetime:
    try:
        return outlook.at(_by(outlook), outlook.calendar.shift(ex_day, 1))
    except CalendarError:
        return outlook.at(_by(outlook), ex_day)


def _by(outlook: Outlook) -> time:
    return outlook.profile.clearing.forced_close_by


def _need(outlook: Outlook, underlying: str, rows: list[CoveredPosition]) -> CoverNeed:
    holding = outlook.holdings.get(underlying)
    if holding is None:
        return cover_need(rows, locked=0, free=0)
    return cover_need(rows, locked=max(holding.locked, 0), free=max(holding.free, 0))


def _finding(
    outlook: Outlook,
    underlying: str,
    day: str,
    mine: list[Held],
    need: CoverNeed,
    *,
    level: Level,
    deadline: datetime,
    step: int,
    figures: dict[str, str],
) -> Finding:
    mine = sorted(mine, key=lambda held: (-held.quantity, held.contract.code))
    spot = outlook.spot(mine[0].contract) if mine else Decimal(0)
    return Finding(
        AlertKind.COVERED_SHORTFALL,
        f"{underlying}:{day}",
        level,
        underlying,
        codes_of(mine),
        sum(held.quantity for held in mine),
        need.to_lock * spot,
        deadline,
        figures
        | {
            "quantities": quantities_of(mine),
            "needed": str(need.needed_after),
            "locked": str(need.locked),
            "to_lock": str(need.to_lock),
            "free": str(need.free),
            "missing": str(need.missing_shares),
            "to_close": str(need.contracts_to_close),
        },
        (AlertAction.TOP_UP, AlertAction.CLOSE, AlertAction.SHOW_COVER),
        step=step,
    )
