"""An ex-day ahead and an ex-day that was (合约调整, T4): new terms of what is held, estimated until the eve's close."""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import ComingExDay, Held, Outlook
from terminal.alerts.rules.plain import codes_of, days_passed, quantities_of
from terminal.alerts.thresholds import Thresholds
from terminal.domain.contracts import Contract, ListingState, kind_of
from terminal.domain.errors import BadInput
from terminal.rules.adjustment import Adjustment, adjust
from terminal.rules.naming import adjusted_names

_OPENING = time(9, 0)


def new_terms(outlook: Outlook, coming: ComingExDay, contract: Contract) -> Adjustment | None:
    """The terms from the ex-day on: exact once the eve's close is published, else as if it closed at the price now."""
    close = coming.close or outlook.spot(contract)
    try:
        return adjust(
            strike=contract.strike,
            multiplier=contract.multiplier,
            underlying_close=close,
            cash_dividend=coming.cash,
            venue=outlook.profile.adjustment.venue,
            underlying_kind=kind_of(contract.underlying),
        )
    except BadInput:
        return None


def adjusted_on(outlook: Outlook, coming: ComingExDay) -> tuple[Held, ...]:
    """What is held of the contracts that the ex-day changes: those that still trade that day."""
    return tuple(
        held
        for held in outlook.held
        if held.contract.underlying == coming.underlying and held.contract.last_day >= coming.ex_day
    )


def is_ex_day(outlook: Outlook, underlying: str) -> bool:
    """Whether its contracts were adjusted today: then every standard one is new."""
    mine = [contract for contract in outlook.contracts.values() if contract.underlying == underlying]
    return any(contract.recently_adjusted for contract in mine) and all(
        contract.listing is ListingState.NEW for contract in mine if not contract.is_adjusted
    )


def adjustment_coming(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """From the notice on, again at the days set before it, and on the eve once the exact terms are out."""
    for coming in outlook.coming:
        left = outlook.days_left(coming.ex_day)
        if left <= 0:
            continue
        mine = sorted(adjusted_on(outlook, coming), key=lambda held: (-held.value, held.contract.code))
        listed = [
            c for c in outlook.contracts.values() if c.underlying == coming.underlying and c.last_day >= coming.ex_day
        ]
        is_exact = coming.close is not None
        level = Level.TOAST
        if mine:
            level = Level.SHEET if is_exact else Level.CARD
        yield Finding(
            AlertKind.ADJUSTMENT_COMING,
            f"{coming.underlying}:{coming.ex_day.isoformat()}",
            level,
            coming.underlying,
            codes_of(mine),
            sum(held.quantity for held in mine),
            sum((held.value for held in mine), Decimal(0)) if mine else None,
            outlook.at(_OPENING, coming.ex_day),
            {
                "day": coming.ex_day.isoformat(),
                "days": str(left),
                "cash": f"{coming.cash:f}",
                "listed": str(len(listed)),
                "exact": "yes" if is_exact else "no",
                "quantities": quantities_of(mine),
                **_example(outlook, coming, [held.contract for held in mine] or listed),
            },
            (AlertAction.SHOW_ADJUSTMENT,),
            step=days_passed(thresholds.adjustment_days, left) + (1 if is_exact else 0),
        )


def adjusted(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Contracts held whose terms were changed lately, as the contract list marks them."""
    groups: dict[tuple[str, str], list[Held]] = {}
    for held in outlook.held:
        contract = held.contract
        if contract.recently_adjusted and contract.listing is not ListingState.NEW:
            groups.setdefault((contract.underlying, contract.adjustment), []).append(held)
    for (underlying, letter), mine in sorted(groups.items()):
        mine.sort(key=lambda held: (-held.value, held.contract.code))
        first = mine[0].contract
        yield Finding(
            AlertKind.ADJUSTED,
            f"{underlying}:{letter}",
            Level.CARD,
            underlying,
            codes_of(mine),
            sum(held.quantity for held in mine),
            sum((held.value for held in mine), Decimal(0)),
            None,
            {
                "unit": str(first.multiplier),
                "strike": f"{first.strike:f}",
                "trading_code": first.trading_code,
                "quantities": quantities_of(mine),
            },
            (AlertAction.SHOW_ADJUSTMENT, AlertAction.SHOW_CONTRACT),
        )


def _example(outlook: Outlook, coming: ComingExDay, contracts: list[Contract]) -> dict[str, str]:
    """What becomes of the first contract concerned: all of one unit share the new one."""
    if not contracts or (terms := new_terms(outlook, coming, contracts[0])) is None:
        return {}
    first = contracts[0]
    trading_code, name = adjusted_names(first.trading_code, first.name, terms.strike)
    return {
        "unit": str(first.multiplier),
        "new_unit": str(terms.multiplier),
        "strike": f"{first.strike:f}",
        "new_strike": f"{terms.strike:f}",
        "trading_code": first.trading_code,
        "new_trading_code": trading_code,
        "new_name": name,
    }
