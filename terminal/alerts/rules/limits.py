"""Near a position limit, the purchase limit, the size of a large holder (限仓、限购、大户持仓报告, O17)."""

from collections.abc import Iterator
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Outlook
from terminal.alerts.rules.plain import worth_held
from terminal.alerts.thresholds import Thresholds
from terminal.domain.messages import LimitUse
from terminal.domain.reasons import Reason

_HELD = frozenset({Reason.LIMIT_RIGHT_SIDE, Reason.LIMIT_TOTAL, Reason.LIMIT_DIRECTION, Reason.LIMIT_ALL_PRODUCTS})
_POSITIONS = _HELD | {Reason.LIMIT_BUY_OPEN, Reason.LIMIT_OPEN}


def limits(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Each limit used to its part or more: said when it is near, again when it is reached."""
    for use in outlook.limits:
        if use.allowed is None or use.allowed <= 0:
            continue
        part = use.used / use.allowed
        if use.limit in _POSITIONS and part >= thresholds.position_limit:
            yield _finding(AlertKind.POSITION_LIMIT, outlook, use, part)
        if use.limit is Reason.LIMIT_PURCHASE and part >= thresholds.purchase_limit:
            yield _finding(AlertKind.PURCHASE_LIMIT, outlook, use, part)
        if use.limit in (Reason.LIMIT_RIGHT_SIDE, Reason.LIMIT_TOTAL) and part >= thresholds.large_holder:
            yield _finding(AlertKind.LARGE_HOLDER, outlook, use, part)


def _finding(kind: AlertKind, outlook: Outlook, use: LimitUse, part: Decimal) -> Finding:
    is_reached = part >= 1 and kind is not AlertKind.LARGE_HOLDER
    codes = [
        held.contract.code
        for held in sorted(outlook.held, key=lambda h: (-h.quantity, h.contract.code))
        if not use.underlying or held.contract.underlying == use.underlying
    ]
    is_money = use.limit is Reason.LIMIT_PURCHASE
    return Finding(
        kind,
        f"{use.limit.value}:{use.underlying}:{outlook.trading_day.isoformat()}",
        Level.CARD if is_reached else Level.TOAST,
        use.underlying,
        tuple(codes[:20]),
        None if is_money else int(use.used),
        use.used if is_money else worth_held(outlook, codes),
        figures={
            "limit": use.limit.value,
            "used": f"{use.used:f}",
            "allowed": f"{use.allowed:f}",
            "part": f"{part:.4f}",
        },
        actions=(AlertAction.CLOSE,),
    )
