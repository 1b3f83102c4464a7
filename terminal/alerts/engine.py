"""The reminders as they stand (提醒): what is found is raised once, repeated as set, answered, and over by itself.

Every step is in the journal, which is also the memory: a start reads it back, so nothing is said twice and nothing that
was acknowledged comes again. Time is an argument; the same findings at the same times give the same reminders.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from terminal.alerts.alert import Alert, AlertKind, Finding, Level, Standing
from terminal.alerts.groups import AlertGroup, grouped, worst_first
from terminal.alerts.memory import AlertsTold, encode_alerts, read_alerts
from terminal.alerts.repetition import ONCE, Repetition
from terminal.domain.errors import BadInput
from terminal.domain.ports import Record, RecordKind
from terminal.services.bus import Bus

#: Reminders that are over, kept for the drawer
HISTORY_LIMIT = 2000
#: Told by somebody and not found by a rule: they last until they are answered or withdrawn
_TOLD = frozenset({AlertKind.INSTRUCTOR})
_WAITING = frozenset({Standing.OPEN, Standing.SNOOZED})


@dataclass(frozen=True, slots=True)
class AlertsChanged:
    """Reminders were raised, answered, resolved, or their figures moved: `AlertBook` has them."""

    said: tuple[Alert, ...] = ()
    """Put before the person now, the worst first: toasts, sounds and tray are for these"""


class AlertBook:
    """All reminders of one account. `find` gives what the rules find at a market time.

    A finding of a higher level or step than was heard is said again, whatever was answered; milder ones change figures.
    """

    def __init__(
        self,
        *,
        bus: Bus,
        write: Callable[[RecordKind, datetime, bytes], None],
        find: Callable[[datetime], Iterable[Finding]],
        repetitions: Mapping[AlertKind, Repetition],
        group_from: int = 5,
    ) -> None:
        self.repetitions = repetitions
        self.group_from = group_from
        self._bus = bus
        self._write = write
        self._find = find
        self._scope = ""
        self._scopes: dict[str, dict[str, Alert]] = {"": {}}
        self._over: dict[str, list[Alert]] = {"": []}
        self._told: dict[str, Finding] = {}

    # ---- what stands

    @property
    def scope(self) -> str:
        """The venue's book and account whose reminders these are."""
        return self._scope

    def alerts(self) -> tuple[Alert, ...]:
        """Those that wait for a person, the worst first: open ones and snoozed ones."""
        return tuple(sorted((a for a in self._standing.values() if a.standing in _WAITING), key=worst_first))

    def groups(self) -> tuple[AlertGroup, ...]:
        """The open ones as they are shown: many of a kind are one (F81)."""
        return grouped((a for a in self._standing.values() if a.standing is Standing.OPEN), self.group_from)

    def history(self) -> tuple[Alert, ...]:
        """Every reminder of this scope as it stands or ended, the newest first."""
        every = [*self._over[self._scope], *self._standing.values()]
        return tuple(sorted(every, key=lambda a: (a.said_at, a.raised_at, a.finding.key), reverse=True))

    def get(self, key: str) -> Alert | None:
        """The newest reminder of a cause, over or not."""
        return self._standing.get(key)

    def holding(self) -> Alert | None:
        """The worst open sheet, for which new orders of the account wait; None when nothing holds them."""
        return min((a for a in self._standing.values() if a.holds_orders), key=worst_first, default=None)

    # ---- memory

    def restore(self, records: Iterable[Record]) -> None:
        """Take up what the journal knows, of as many days as it has; the newest scope is entered."""
        for told in read_alerts(records):
            self.enter(told.scope)
            for alert in told.alerts:
                self._put(alert)
                if alert.finding.kind in _TOLD:
                    self._keep_told(alert)
            self._forget_old()

    def enter(self, scope: str) -> None:
        """Go over to another venue's book or account; what stood there before stands again."""
        if scope == self._scope:
            return
        self._scope = scope
        self._scopes.setdefault(scope, {})
        self._over.setdefault(scope, [])
        self._told = {}
        for alert in self._standing.values():
            if alert.finding.kind in _TOLD:
                self._keep_told(alert)

    # ---- what is found

    def evaluate(self, now: datetime) -> None:
        """Ask the rules and compare: raise, repeat, escalate, resolve; publishes when anything changed."""
        found = {finding.key: finding for finding in self._find(now)}
        found.update(self._told)
        written: list[Alert] = []
        said: list[Alert] = []
        moved = False
        for key, finding in found.items():
            before = self._standing.get(key)
            after, is_said = self._next(before, finding, now)
            if after is before:
                continue
            moved = True
            self._put(after)
            if is_said:
                said.append(after)
            if is_said or _is_step(before, after):
                written.append(after)
        for key, alert in list(self._standing.items()):
            if key not in found and alert.standing is not Standing.RESOLVED:
                resolved = replace(alert, standing=Standing.RESOLVED, resolved_at=now)
                self._put(resolved)
                written.append(resolved)
        if written:
            self._record(written, now)
            self._forget_old()
        if written or moved:
            self._bus.publish(AlertsChanged(tuple(sorted(said, key=worst_first))))

    def tell(self, finding: Finding, now: datetime) -> None:
        """Raise what somebody says, e.g. a trainer; it lasts until it is acknowledged or withdrawn."""
        if finding.kind not in _TOLD:
            raise BadInput("kind", finding.kind.value, "only what somebody says is told; the rest is found by rules")
        self._told[finding.key] = finding
        before = self._standing.get(finding.key)
        # Said again by somebody, it is new whatever became of it
        alert = _raised(finding, now)
        if before is not None:
            self._over[self._scope].append(before)
        self._put(alert)
        self._record([alert], now)
        self._bus.publish(AlertsChanged((alert,)))

    def withdraw(self, key: str, now: datetime) -> None:
        """Take back what somebody said."""
        alert = self._standing.get(key)
        if self._told.pop(key, None) is not None and alert is not None:
            self._step([replace(alert, standing=Standing.RESOLVED, resolved_at=now)], now)

    # ---- what a person answers

    def acknowledge(self, key: str, who: str, at: datetime) -> None:
        """A person has seen it. Raises BadInput for one that does not wait."""
        self.acknowledge_all((key,), who, at)

    def acknowledge_all(self, keys: Iterable[str], who: str, at: datetime) -> None:
        """A person has seen a whole group, in one step. Raises BadInput, and takes none, if one does not wait."""
        alerts = [self._waiting(key) for key in keys]
        for alert in alerts:
            self._told.pop(alert.finding.key, None)
        self._step(
            [
                replace(
                    alert,
                    standing=Standing.ACKNOWLEDGED,
                    acknowledged_at=at,
                    acknowledged_by=who,
                    heard_level=alert.finding.level,
                    snoozed_until=None,
                )
                for alert in alerts
            ],
            at,
        )

    def dismiss(self, key: str, at: datetime) -> None:
        """A toast went by itself: nobody acknowledged it. Others stay; one that is over is passed by."""
        alert = self._standing.get(key)
        if alert is not None and alert.standing is Standing.OPEN and alert.finding.level is Level.TOAST:
            self.acknowledge(key, "", at)

    def snooze(self, key: str, until: datetime, who: str, at: datetime) -> None:
        """Say it again at `until`, or when it gets worse. Raises BadInput for one that does not wait."""
        self.snooze_all((key,), until, who, at)

    def snooze_all(self, keys: Iterable[str], until: datetime, who: str, at: datetime) -> None:
        """Put off a whole group in one step. Raises BadInput, and puts off none, if one does not wait."""
        alerts = [self._waiting(key) for key in keys]
        if until <= at:
            raise BadInput("until", until.isoformat(), f"after {at.isoformat()}, which is now")
        self._step(
            [
                replace(
                    alert,
                    standing=Standing.SNOOZED,
                    snoozed_by=who,
                    snoozed_until=until,
                    heard_level=alert.finding.level,
                )
                for alert in alerts
            ],
            at,
        )

    # ---- inside

    @property
    def _standing(self) -> dict[str, Alert]:
        return self._scopes[self._scope]

    def _next(self, before: Alert | None, finding: Finding, now: datetime) -> tuple[Alert, bool]:
        """The reminder of a finding, the same object when nothing moved; and whether it is said now."""
        repetition = self.repetitions.get(finding.kind, ONCE)
        if before is None or repetition.has_rested(before, now):
            return _raised(finding, now), True
        alert = before
        if before.standing is Standing.RESOLVED:
            alert = replace(before, standing=_standing_before_end(before), resolved_at=None)
        heard = alert.heard_level or Level.TOAST
        is_worse = finding.level > heard or finding.step > alert.heard_step
        if is_worse or repetition.is_due(alert, now):
            said = replace(
                alert,
                finding=finding,
                standing=Standing.OPEN,
                said_at=now,
                times_said=alert.times_said + 1,
                acknowledged_at=None,
                acknowledged_by="",
                heard_level=max(heard, finding.level),
                heard_step=max(alert.heard_step, finding.step),
                snoozed_by="",
                snoozed_until=None,
            )
            return said, True
        if alert is before and finding == before.finding:
            return before, False
        return replace(alert, finding=finding), False

    def _put(self, alert: Alert) -> None:
        """Keep it; one that was over and begins anew leaves the old one to the history."""
        key = alert.finding.key
        before = self._standing.get(key)
        if before is not None and _begins_anew(before, alert):
            over = self._over[self._scope]
            over.append(before)
            del over[:-HISTORY_LIMIT]
        self._standing[key] = alert

    def _forget_old(self) -> None:
        """Let go of the oldest that are over; a condition that speaks once must be known for good."""
        standing = self._standing
        if len(standing) <= 2 * HISTORY_LIMIT:
            return
        over = [
            alert
            for alert in standing.values()
            if alert.standing is Standing.RESOLVED and alert.finding.kind is not AlertKind.CUSTOM
        ]
        for alert in sorted(over, key=lambda a: (a.said_at, a.finding.key))[: len(standing) - HISTORY_LIMIT]:
            del standing[alert.finding.key]

    def _keep_told(self, alert: Alert) -> None:
        if alert.standing in _WAITING:
            self._told[alert.finding.key] = alert.finding
        else:
            self._told.pop(alert.finding.key, None)

    def _waiting(self, key: str) -> Alert:
        alert = self._standing.get(key)
        if alert is None or alert.standing not in _WAITING:
            raise BadInput("reminder", key, "one that is open or snoozed")
        return alert

    def _step(self, alerts: list[Alert], at: datetime) -> None:
        for alert in alerts:
            self._put(alert)
        self._record(alerts, at)
        self._bus.publish(AlertsChanged())

    def _record(self, alerts: list[Alert], at: datetime) -> None:
        self._write(RecordKind.ALERT, at, encode_alerts(AlertsTold(scope=self._scope, at=at, alerts=tuple(alerts))))


def _raised(finding: Finding, now: datetime) -> Alert:
    return Alert(finding, Standing.OPEN, now, now, heard_level=finding.level, heard_step=finding.step)


def _is_step(before: Alert | None, after: Alert) -> bool:
    """Whether it belongs into the journal though nothing is said: figures alone move with every price."""
    return before is None or (before.standing, before.finding.level) != (after.standing, after.finding.level)


def _begins_anew(before: Alert, after: Alert) -> bool:
    """Whether one that was over is raised again, rather than taken up where it stood."""
    over = before.resolved_at if before.standing is Standing.RESOLVED else None
    return over is not None and after.resolved_at is None and after.times_said == 1 and after.raised_at >= over


def _standing_before_end(alert: Alert) -> Standing:
    if alert.acknowledged_at is not None:
        return Standing.ACKNOWLEDGED
    return Standing.OPEN if alert.snoozed_until is None else Standing.SNOOZED
