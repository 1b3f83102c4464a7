"""A market maker's duties: contracts about to fail (报价义务), inquiries that wait (询价待回应)."""

from collections.abc import Iterator
from decimal import Decimal

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Duty, Outlook
from terminal.alerts.thresholds import Thresholds


def obligation(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Each contract with little left to miss, and again when it has failed; the worst first."""
    part = float(thresholds.slack_part)
    at_risk = [
        d for d in outlook.duties if not d.is_safe and d.slack < part * d.allowance and (d.is_missed or d.slack < 0)
    ]
    for duty in sorted(at_risk, key=lambda d: (d.slack, d.contract_code)):
        contract = outlook.contracts.get(duty.contract_code)
        has_failed = duty.slack < 0
        yield Finding(
            AlertKind.OBLIGATION,
            f"{duty.contract_code}:{outlook.trading_day.isoformat()}",
            Level.CARD,
            contract.underlying if contract is not None else "",
            (duty.contract_code,),
            figures={"slack": _seconds(duty), "state": "failed" if has_failed else "at_risk"},
            actions=(AlertAction.SHOW_OBLIGATIONS, AlertAction.SHOW_CONTRACT),
            step=1 if has_failed else 0,
        )


def inquiry(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Each inquiry that is not answered, until its deadline."""
    for asked in outlook.inquiries:
        if outlook.now >= asked.deadline:
            continue
        contract = outlook.contracts.get(asked.contract_code)
        price = contract.previous_settlement * contract.multiplier if contract is not None else Decimal(0)
        yield Finding(
            AlertKind.INQUIRY,
            f"{asked.inquiry}:{outlook.trading_day.isoformat()}",
            Level.CARD,
            contract.underlying if contract is not None else "",
            (asked.contract_code,),
            asked.quantity or None,
            price * asked.quantity if asked.quantity else None,
            asked.deadline,
            actions=(AlertAction.ANSWER_INQUIRY,),
        )


def _seconds(duty: Duty) -> str:
    return f"{max(duty.slack, 0.0):.0f}"
