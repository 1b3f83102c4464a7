"""Many reminders of one kind at once are shown as one with their count (F81): the worst first, sheets before cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from terminal.alerts.alert import Alert, AlertKind, Level

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """What is shown as one: a reminder alone, or all of its kind."""

    alerts: tuple[Alert, ...]
    """Never empty; the worst first"""

    @property
    def key(self) -> str:
        """The reminder's own key, or the kind's name where there are several."""
        return self.alerts[0].finding.key if len(self.alerts) == 1 else self.kind.value

    @property
    def keys(self) -> tuple[str, ...]:
        """All that an answer to it answers."""
        return tuple(alert.finding.key for alert in self.alerts)

    @property
    def kind(self) -> AlertKind:
        """What all of them are about."""
        return self.alerts[0].finding.kind

    @property
    def level(self) -> Level:
        """The worst one's."""
        return self.alerts[0].finding.level

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.alerts)

    @property
    def money(self) -> Decimal | None:
        """At stake in all of them, yuan; None where none says so."""
        told = [alert.finding.money for alert in self.alerts if alert.finding.money is not None]
        return sum(told, Decimal(0)) if told else None

    @property
    def deadline(self) -> datetime | None:
        """The earliest."""
        return min((a.finding.deadline for a in self.alerts if a.finding.deadline is not None), default=None)

    @property
    def holds_orders(self) -> bool:
        """Whether one of them holds new orders back."""
        return any(alert.holds_orders for alert in self.alerts)


def worst_first(alert: Alert) -> tuple[object, ...]:
    """Sorting key: what holds orders, then level, deadline and money at stake; the name last, so that order is one."""
    finding = alert.finding
    money = abs(finding.money) if finding.money is not None else Decimal(0)
    return not alert.holds_orders, -finding.level, finding.deadline or _NEVER, -money, finding.key


def grouped(alerts: Iterable[Alert], group_from: int) -> tuple[AlertGroup, ...]:
    """Groups of the reminders, the worst first; a kind with `group_from` or more is one group."""
    by_kind: dict[AlertKind, list[Alert]] = {}
    for alert in sorted(alerts, key=worst_first):
        by_kind.setdefault(alert.finding.kind, []).append(alert)
    groups = []
    for mine in by_kind.values():
        if len(mine) >= max(group_from, 2):
            groups.append(AlertGroup(tuple(mine)))
        else:
            groups += [AlertGroup((alert,)) for alert in mine]
    return tuple(sorted(groups, key=lambda group: worst_first(group.alerts[0])))
