"""The line to the venue is down (连接中断), or market data are old (行情中断)."""

from collections.abc import Iterator

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Outlook
from terminal.alerts.rules.plain import worth_held
from terminal.alerts.thresholds import Thresholds
from terminal.domain.ports import LinkState


def connection(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Down for longer than a moment; said again once it is urgent."""
    down = outlook.link_down_seconds
    if outlook.link is LinkState.UP or down < thresholds.link_seconds:
        return
    held = tuple(dict.fromkeys(held.contract.code for held in outlook.held))
    yield Finding(
        AlertKind.CONNECTION,
        "venue",
        Level.CARD,
        codes=held,
        quantity=sum(held.quantity for held in outlook.held) or None,
        money=worth_held(outlook, held),
        figures={"state": outlook.link.value, "working": str(len(outlook.ordered))},
        step=1 if down >= thresholds.link_urgent_seconds else 0,
    )


def stale_data(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Nothing of an underlying and its contracts was quoted for too long; a line that is down is told instead."""
    if outlook.link is not LinkState.UP:
        return
    for underlying, age in outlook.feed_ages.items():
        if age >= thresholds.stale_seconds:
            mine = [held for held in outlook.held if held.contract.underlying == underlying]
            codes = tuple(dict.fromkeys(held.contract.code for held in mine))
            yield Finding(
                AlertKind.STALE_DATA,
                underlying,
                Level.CARD if mine or not outlook.held else Level.TOAST,
                underlying,
                codes,
                sum(held.quantity for held in mine) or None,
                worth_held(outlook, codes),
                actions=(AlertAction.SHOW_CONTRACT,),
                figures={"seconds": str(thresholds.stale_seconds)},
            )
