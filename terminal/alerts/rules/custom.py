"""Conditions that the user has set (自定义提醒): a reading past its mark."""

from collections.abc import Iterator

from terminal.alerts.alert import AlertAction, AlertKind, Finding
from terminal.alerts.conditions import Condition
from terminal.alerts.outlook import Outlook


def custom(outlook: Outlook, conditions: tuple[tuple[Condition, bool], ...]) -> Iterator[Finding]:
    """Each condition that holds; the flag says whether it held before, so that it is over only past its hysteresis."""
    for condition, held_before in conditions:
        reading = outlook.readings.get(condition.name)
        if reading is None or not condition.holds(reading.value, held_before):
            continue
        yield Finding(
            AlertKind.CUSTOM,
            condition.subject(outlook.trading_day),
            condition.level,
            condition.underlying,
            reading.codes,
            figures={
                "name": condition.name,
                "measure": condition.measure.value,
                "comparison": condition.comparison.value,
                "threshold": f"{condition.threshold:f}",
                "value": "" if reading.value is None else f"{reading.value:.6g}",
                "note": condition.note,
            },
            actions=(AlertAction.TICKET, AlertAction.SHOW_CONTRACT) if reading.codes else (),
        )
