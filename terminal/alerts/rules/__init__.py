"""Rules of the reminders: an outlook and thresholds in, findings out. Pure: the engine says and remembers."""

from collections.abc import Callable, Iterator

from terminal.alerts.alert import Finding
from terminal.alerts.outlook import Outlook
from terminal.alerts.rules.adjustment import adjusted, adjustment_coming
from terminal.alerts.rules.assignment import assigned, writer
from terminal.alerts.rules.combination import combination_release
from terminal.alerts.rules.connection import connection, stale_data
from terminal.alerts.rules.cover import covered_shortfall
from terminal.alerts.rules.exercise import exercise
from terminal.alerts.rules.expiry import near_expiry, not_closed
from terminal.alerts.rules.limits import limits
from terminal.alerts.rules.margin import forced_close, margin
from terminal.alerts.rules.market import breaker, listing, open_restriction, suspension
from terminal.alerts.rules.obligation import inquiry, obligation
from terminal.alerts.thresholds import Thresholds

Rule = Callable[[Outlook, Thresholds], Iterator[Finding]]
RULES: tuple[Rule, ...] = (
    exercise,
    near_expiry,
    not_closed,
    writer,
    assigned,
    adjustment_coming,
    adjusted,
    covered_shortfall,
    combination_release,
    margin,
    forced_close,
    limits,
    suspension,
    breaker,
    open_restriction,
    listing,
    connection,
    stale_data,
    obligation,
    inquiry,
)
"""All but the user's own, `rules/custom.py`: those need to know what held before"""
