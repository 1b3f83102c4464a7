"""Contracts held that expire soon (临近到期, R2) and what should be closed before they do (应平未平, R3)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Held, Outlook
from terminal.alerts.rules.plain import codes_of, quantities_of
from terminal.alerts.thresholds import Thresholds
from terminal.domain.accounts import PositionSide
from terminal.rules.expiry.worth import worth


def near_expiry(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """One finding for each expiry with something held; said anew on the eve and on the day itself."""
    for (underlying, expiry), mine in outlook.by_expiry.items():
        left = outlook.days_left(expiry)
        deadline = _close(outlook, mine[0])
        if not 0 <= left <= thresholds.near_expiry_days or outlook.now >= deadline:
            continue
        worst = sorted(mine, key=lambda held: (-held.value, held.contract.code))
        yield Finding(
            AlertKind.NEAR_EXPIRY,
            f"{underlying}:{expiry.isoformat()}",
            Level.CARD if left == 0 else Level.TOAST,
            underlying,
            codes_of(worst),
            sum(held.quantity for held in mine),
            sum((held.value for held in mine), Decimal(0)),
            deadline,
            {"day": expiry.isoformat(), "days": str(left), "quantities": quantities_of(worst)},
            (AlertAction.SHOW_CONTRACT, AlertAction.CLOSE),
            step=2 - left if left < 2 else 0,
        )


def not_closed(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """On the expiry day: longs that lapse for nothing though somebody would still pay for them."""
    for (underlying, expiry), mine in outlook.by_expiry.items():
        deadline = _close(outlook, mine[0])
        if outlook.days_left(expiry) != 0 or not outlook.at(thresholds.not_closed_from) <= outlook.now < deadline:
            continue
        lapsing = sorted(
            (held for held in mine if held.position.available_quantity > 0 and _lapses(outlook, held)),
            key=lambda held: (-held.value, held.contract.code),
        )
        if lapsing:
            yield Finding(
                AlertKind.NOT_CLOSED,
                f"{underlying}:{expiry.isoformat()}",
                Level.CARD,
                underlying,
                codes_of(lapsing),
                sum(held.position.available_quantity for held in lapsing),
                sum(
                    (held.price * held.contract.multiplier * held.position.available_quantity for held in lapsing),
                    Decimal(0),
                ),
                deadline,
                {"day": expiry.isoformat(), "quantities": quantities_of(lapsing)},
                (AlertAction.CLOSE,),
            )


def _lapses(outlook: Outlook, held: Held) -> bool:
    """Whether exercising it costs more than it brings, and selling it would bring something."""
    if held.side is not PositionSide.LONG:
        return False
    contract = held.contract
    found = worth(
        contract, held.position.available_quantity, underlying_price=outlook.spot(contract), bid=held.price,
        fees=outlook.profile.fees,
    )  # fmt: skip
    return found.exercise <= 0 and found.sale is not None and found.sale > 0


def _close(outlook: Outlook, held: Held) -> datetime:
    return outlook.at(outlook.profile.sessions.closing_auction[1], held.contract.last_day)
