"""The words of the reminders (提醒). Sources are English; translations hold the others."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level, Standing
from terminal.alerts.groups import AlertGroup
from terminal.domain.calendar import SHANGHAI
from terminal.views.formatting import DASH, duration
from terminal.views.translation import translate

CONTEXT = "alerts"


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


class Severity(StrEnum):
    """How a reminder looks; each has a word, a glyph and a colour."""

    CONFIRM = "confirm"
    """Orders wait for its answer (需确认)"""
    URGENT = "urgent"
    """Little time is left, or it is forced (紧急)"""
    IMPORTANT = "important"
    NOTE = "note"


SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.CONFIRM: "Confirm",
    Severity.URGENT: "Urgent",
    Severity.IMPORTANT: "Important",
    Severity.NOTE: "Notice",
}
#: Told apart by their shape where colours are not
GLYPHS: Mapping[Severity, str] = {
    Severity.CONFIRM: "◆",
    Severity.URGENT: "■",
    Severity.IMPORTANT: "▲",
    Severity.NOTE: "●",
}
LEVEL_WORDS: Mapping[Level, str] = {
    Level.TOAST: "Toast",
    Level.CARD: "Card",
    Level.SHEET: "Sheet",
}
STANDING_WORDS: Mapping[Standing, str] = {
    Standing.OPEN: "open",
    Standing.SNOOZED: "put off",
    Standing.ACKNOWLEDGED: "acknowledged",
    Standing.RESOLVED: "over",
}
ACTION_WORDS: Mapping[AlertAction, str] = {
    AlertAction.EXERCISE: "Exercise…",
    AlertAction.TOP_UP: "Top up…",
    AlertAction.CLOSE: "Close…",
    AlertAction.TICKET: "Ticket",
    AlertAction.SHOW_DELIVERY: "Delivery",
    AlertAction.SHOW_ADJUSTMENT: "Adjustment",
    AlertAction.SHOW_COVER: "Covered pool",
    AlertAction.SHOW_OBLIGATIONS: "Duties",
    AlertAction.ANSWER_INQUIRY: "Answer…",
    AlertAction.RELEASE: "Release…",
    AlertAction.SHOW_FUNDS: "Funds",
    AlertAction.SHOW_CONTRACT: "Chain",
}
#: Cards that only tell: nothing is lost by reading them later
_MILD = frozenset(
    {
        AlertKind.NEAR_EXPIRY,
        AlertKind.ADJUSTMENT_COMING,
        AlertKind.COMBINATION_RELEASE,
        AlertKind.LISTING,
        AlertKind.LARGE_HOLDER,
    }
)
_URGENT_WITHIN = timedelta(hours=1)


def severity_of(finding: Finding, now: datetime) -> Severity:
    """How a reminder looks now: a card becomes urgent in the last hour before its deadline."""
    if finding.level is Level.SHEET:
        return Severity.CONFIRM
    if finding.level is Level.TOAST:
        return Severity.NOTE
    if finding.kind is AlertKind.FORCED_CLOSE:
        return Severity.URGENT
    presses = finding.deadline is not None and finding.deadline - now <= _URGENT_WITHIN
    if finding.kind in _MILD:
        return Severity.IMPORTANT if presses else Severity.NOTE
    return Severity.URGENT if presses else Severity.IMPORTANT


def group_severity(group: AlertGroup, now: datetime) -> Severity:
    """The gravest of its reminders'."""
    return min((severity_of(alert.finding, now) for alert in group.alerts), key=list(Severity).index)


def time_left(deadline: datetime | None, now: datetime) -> str:
    """What is left until a deadline: 48:42, 4 d; words once it is over; the dash without one."""
    if deadline is None:
        return DASH
    seconds = (deadline - now).total_seconds()
    if seconds <= 0:
        return word("over")
    if seconds < 24 * 3600:
        return duration(seconds)
    return word("{days} d").format(days=(deadline.astimezone(SHANGHAI).date() - now.astimezone(SHANGHAI).date()).days)


def moment(at: datetime, now: datetime) -> str:
    """A time of today as 14:30, of another day as 11-29 14:30."""
    local, today = at.astimezone(SHANGHAI), now.astimezone(SHANGHAI)
    return f"{local:%H:%M}" if local.date() == today.date() else f"{local:%m-%d %H:%M}"
