"""What the market does to contracts held, ordered or traded: halts, breakers, restrictions, new listings."""

from collections.abc import Iterator
from datetime import timedelta

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Outlook
from terminal.alerts.rules.plain import worth_held
from terminal.alerts.thresholds import Thresholds
from terminal.domain.contracts import Contract, ListingState


def suspension(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """A halt of what is held or ordered while it lasts, and its end for some minutes (停牌与复牌).

    Contracts that are halted with their underlying are not told one by one.
    """
    halted = set(outlook.halted)
    for code in outlook.halted:
        contract = outlook.contracts.get(code)
        if code not in outlook.concerned or (contract is not None and contract.underlying in halted):
            continue
        yield _finding(outlook, AlertKind.SUSPENSION, f"{code}:halted", Level.CARD, code, {"state": "halted"})
    for code, at in outlook.resumed.items():
        is_new = timedelta(0) <= outlook.now - at < timedelta(minutes=thresholds.resumption_minutes)
        if code in outlook.concerned and code not in halted and code not in outlook.breakers and is_new:
            figures = {"state": "resumed", "at": f"{at:%H:%M:%S}"}
            yield _finding(outlook, AlertKind.SUSPENSION, f"{code}:resumed:{at:%H%M%S}", Level.TOAST, code, figures)


def breaker(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """A volatility interruption of what is held or ordered (熔断), until its auction ends.

    Who has orders or quotes in it must act; who holds it has to know.
    """
    ordered = frozenset(outlook.ordered)
    for code, until in outlook.breakers.items():
        if code in outlook.concerned:
            contract = outlook.contracts.get(code)
            # One that follows at once is another, though nobody looked in between
            end = f":{until:%H%M%S}" if until is not None else ""
            yield Finding(
                AlertKind.BREAKER,
                f"{code}{end}:{outlook.trading_day.isoformat()}",
                Level.CARD if code in ordered else Level.TOAST,
                contract.underlying if contract is not None else "",
                (code,),
                _held(outlook, code),
                worth_held(outlook, (code,)),
                until,
                figures={"until": f"{until:%H:%M:%S}" if until is not None else ""},
                actions=(AlertAction.TICKET, AlertAction.SHOW_CONTRACT),
            )


def open_restriction(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """A month of calls closed to opening (限开仓) of what is held or ordered; covered opening and closing go on."""
    months: dict[tuple[str, tuple[int, int]], list[Contract]] = {}
    for contract in outlook.contracts.values():
        if contract.opening_restricted and contract.underlying in outlook.concerned:
            months.setdefault((contract.underlying, contract.month), []).append(contract)
    for (underlying, (year, month)), mine in months.items():
        held = [contract.code for contract in mine if contract.code in outlook.concerned]
        yield Finding(
            AlertKind.OPEN_RESTRICTION,
            f"{underlying}:{year}-{month:02d}:{outlook.trading_day.isoformat()}",
            Level.CARD if held else Level.TOAST,
            underlying,
            tuple(held or [contract.code for contract in mine]),
            sum(_held(outlook, code) or 0 for code in held),
            worth_held(outlook, held),
            figures={"year": str(year), "month": str(month), "count": str(len(mine))},
            actions=(AlertAction.SHOW_CONTRACT,),
        )


def listing(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """New contracts of the day (加挂)."""
    new: dict[str, list[Contract]] = {}
    for contract in outlook.contracts.values():
        if contract.listing is ListingState.NEW:
            new.setdefault(contract.underlying, []).append(contract)
    for underlying, mine in new.items():
        months = sorted({contract.month for contract in mine})
        yield Finding(
            AlertKind.LISTING,
            f"{underlying}:{outlook.trading_day.isoformat()}",
            Level.TOAST,
            underlying,
            tuple(contract.code for contract in mine[:40]),
            len(mine),
            figures={"count": str(len(mine)), "months": " ".join(f"{year}-{month:02d}" for year, month in months)},
            actions=(AlertAction.SHOW_CONTRACT,),
        )


def _finding(
    outlook: Outlook, kind: AlertKind, subject: str, level: Level, code: str, figures: dict[str, str]
) -> Finding:
    contract = outlook.contracts.get(code)
    if contract is not None:
        codes: tuple[str, ...] = (code,)
    else:
        # An underlying: all its contracts that are held
        codes = tuple(dict.fromkeys(h.contract.code for h in outlook.held if h.contract.underlying == code))
    return Finding(
        kind,
        f"{subject}:{outlook.trading_day.isoformat()}",
        level,
        contract.underlying if contract is not None else code,
        codes,
        sum(_held(outlook, one) or 0 for one in codes),
        worth_held(outlook, codes),
        figures=figures,
        actions=(AlertAction.SHOW_CONTRACT,),
    )


def _held(outlook: Outlook, code: str) -> int | None:
    """Contracts held of all sides; None where there are none."""
    return sum(held.quantity for held in outlook.held if held.contract.code == code) or None
