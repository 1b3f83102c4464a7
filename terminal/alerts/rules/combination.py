"""Combinations that the exchange is about to release (组合自动解除): more margin is held from then on."""

from collections.abc import Iterator

from terminal.alerts.alert import AlertAction, AlertKind, Finding, Level
from terminal.alerts.outlook import Outlook
from terminal.alerts.thresholds import Thresholds
from terminal.domain.combinations import Combination
from terminal.domain.errors import CalendarError
from terminal.rules.combinations import release_day


def combination_release(outlook: Outlook, thresholds: Thresholds) -> Iterator[Finding]:
    """Told on the day before and on the day at whose end it happens: E-2 for spreads, E for pairs, an ex-day's eve."""
    ends = {coming.underlying: coming.ex_day for coming in outlook.coming}
    for combination in outlook.combinations:
        first = outlook.contracts.get(combination.first_code)
        if first is None:
            continue
        try:
            day = release_day(combination.strategy, first.expiry, outlook.calendar, outlook.profile.combinations)
            ex_day = ends.get(first.underlying)
            if ex_day is not None and first.last_day >= ex_day:
                day = min(day, outlook.calendar.shift(ex_day, -1))
        except CalendarError:
            continue
        left = outlook.days_left(day)
        if not 0 <= left <= 1:
            continue
        added = outlook.release_margin.get(combination.number)
        is_short = added is not None and outlook.funds is not None and added > outlook.funds.available
        yield Finding(
            AlertKind.COMBINATION_RELEASE,
            f"{combination.number}:{day.isoformat()}",
            Level.CARD if left == 0 or is_short else Level.TOAST,
            first.underlying,
            (combination.first_code, combination.second_code),
            combination.quantity,
            added,
            outlook.at(outlook.profile.sessions.combination[-1][1], day),
            _figures(combination) | {
                "day": day.isoformat(), "days": str(left), "short": "yes" if is_short else "no",
                "adjusted": "yes" if ex_day is not None and day < ex_day else "no",
            },
            (AlertAction.RELEASE, AlertAction.SHOW_FUNDS),
            step=1 - left,
        )  # fmt: skip


def _figures(combination: Combination) -> dict[str, str]:
    return {
        "number": combination.number,
        "strategy": combination.strategy.value,
        "margin": f"{combination.margin:f}",
    }
