"""The risk ratio over its lines (风险度, O16, R6), the call and the forced close after it (强行平仓, O18, R3)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Outlook
from terminal.alerts.rules.adjustment import is_ex_day
from terminal.alerts.rules.plain import yuan
from terminal.alerts.thresholds import Thresholds
from terminal.domain.accounts import Funds, PositionSide
from terminal.domain.errors import CalendarError
from terminal.domain.forced import ForcedCause
from terminal.rules.risk_level import RiskLevel

_ACTIONS = (AlertAction.SHOW_FUNDS, AlertAction.CLOSE)
_STEPS = {RiskLevel.WARN: 0, RiskLevel.CALL: 1, RiskLevel.FORCE: 2}
_LEVELS = {RiskLevel.WARN: Level.TOAST, RiskLevel.CALL: Level.CARD, RiskLevel.FORCE: Level.SHEET}


def margin(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """One finding a day, at the step the ratio stands on; `money` brings it under the first line again."""
    funds = outlook.funds
    if funds is None or (standing := _standing(funds, thresholds)) is RiskLevel.NORMAL:
        return
    held = max(funds.margin, funds.maintenance)
    ratio = funds.risk_ratio
    yield Finding(
        AlertKind.MARGIN,
        outlook.trading_day.isoformat(),
        _LEVELS[standing],
        codes=tuple(_by_margin(outlook)),
        money=max(held / thresholds.margin_warn - funds.balance, Decimal(0)),
        deadline=None,
        figures={
            "standing": standing.value,
            "ratio": "" if ratio is None else f"{ratio:.4f}",
            "warn": f"{thresholds.margin_warn:f}",
            "call": f"{thresholds.margin_call:f}",
            "force": f"{thresholds.margin_force:f}",
            "margin": yuan(held),
            "balance": yuan(funds.balance),
            "available": yuan(funds.available),
        },
        actions=_ACTIONS,
        step=_STEPS[standing],
    )


def forced_close(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """A forced close that is announced, one that was done, and one that is due and not done (应平未平)."""
    cut_off = _cut_off(outlook)
    day = cut_off.date().isoformat()
    called = outlook.funds.still_called if outlook.funds is not None else Decimal(0)
    short = {u: h.short for u, h in outlook.holdings.items() if h.short > 0}
    is_due = outlook.now >= cut_off
    if called > 0:
        yield Finding(
            AlertKind.NOT_CLOSED if is_due else AlertKind.FORCED_CLOSE,
            f"{day}:{ForcedCause.MARGIN.name.lower()}",
            Level.CARD if is_due else Level.SHEET,
            codes=tuple(_by_margin(outlook)),
            money=called,
            deadline=None if is_due else cut_off,
            figures={"cause": "margin", "called": yuan(called), "by": f"{cut_off:%H:%M}"},
            actions=_ACTIONS,
        )
    for underlying, shares in sorted(short.items()) if is_due else ():
        if is_ex_day(outlook, underlying):
            # Told by `covered_shortfall`: the counter closes from the cut-off of the day after
            continue
        mine = [h for h in outlook.held if h.side is PositionSide.COVERED and h.contract.underlying == underlying]
        yield Finding(
            AlertKind.NOT_CLOSED,
            f"{day}:{ForcedCause.COVERED.name.lower()}:{underlying}",
            Level.CARD,
            underlying,
            tuple(held.contract.code for held in mine),
            sum(held.quantity for held in mine),
            figures={"cause": "covered", "missing": str(shares), "by": f"{cut_off:%H:%M}"},
            actions=(AlertAction.TOP_UP, AlertAction.CLOSE),
        )
    done = [one for one in outlook.forced if one.quantity]
    if done:
        yield Finding(
            AlertKind.FORCED_CLOSE,
            f"{outlook.trading_day.isoformat()}:done",
            Level.CARD,
            codes=tuple(dict.fromkeys(one.contract_code for one in done)),
            quantity=sum(one.quantity for one in done),
            figures={
                "cause": " ".join(sorted({one.cause.name.lower() for one in done})),
                "done": str(len(done)),
                "at": f"{done[-1].at:%H:%M:%S}",
            },
            actions=(AlertAction.SHOW_FUNDS,),
            step=len(done),
        )


def _cut_off(outlook: Outlook) -> datetime:
    """Until when what is called for may be brought: once trading is over, on the next trading day."""
    day, by = outlook.trading_day, outlook.profile.clearing.forced_close_by
    if outlook.now < outlook.at(outlook.profile.sessions.closing_auction[1]):
        return outlook.at(by, day)
    try:
        return outlook.at(by, outlook.calendar.shift(day, 1))
    except CalendarError:
        return outlook.at(by, day)


def _standing(funds: Funds, t: Thresholds) -> RiskLevel:
    ratio = funds.risk_ratio
    if ratio is None:
        return RiskLevel.FORCE if funds.margin > 0 else RiskLevel.NORMAL
    lines = ((t.margin_force, RiskLevel.FORCE), (t.margin_call, RiskLevel.CALL), (t.margin_warn, RiskLevel.WARN))
    return next((level for line, level in lines if ratio >= line), RiskLevel.NORMAL)


def _by_margin(outlook: Outlook) -> Iterator[str]:
    """Shorts by the margin they hold: closing the first frees most."""
    shorts = [held for held in outlook.held if held.side is PositionSide.SHORT]
    for held in sorted(shorts, key=lambda h: (-h.position.margin, h.contract.code))[:20]:
        yield held.contract.code
