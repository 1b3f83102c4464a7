"""What notices say that rules need: ex-days ahead, when a breaker ends, when trading went on."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from terminal.alerts.outlook import ComingExDay
from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import Notice, NoticeKind


def coming_ex_days(notices: Iterable[Notice]) -> tuple[ComingExDay, ...]:
    """The dividends that were announced, the earliest first; a newer notice of one day takes the older one's place.

    Text from outside: a figure that cannot be read makes no ex-day, an unreadable close no exact terms.
    """
    found: dict[tuple[date, str], ComingExDay] = {}
    for notice in notices:
        if notice.kind is not NoticeKind.EX_RIGHT or "cash" not in notice.figures:
            continue
        try:
            day = date.fromisoformat(notice.figures.get("day", ""))
        except ValueError:
            continue
        cash = _figure(notice.figures, "cash")
        if cash is not None:
            close = _figure(notice.figures, "close")
            found[day, notice.underlying] = ComingExDay(notice.underlying, day, cash, close)
    return tuple(found[key] for key in sorted(found))


def breakers_until(codes: Iterable[str], notices: Iterable[Notice]) -> dict[str, datetime | None]:
    """When the auction of each contract in a volatility interruption ends; None where no notice says."""
    found: dict[str, datetime | None] = dict.fromkeys(codes)
    if not found:
        return found
    for notice in notices:
        if notice.kind is NoticeKind.BREAKER and len(notice.codes) == 1 and notice.codes[0] in found:
            try:
                until = time.fromisoformat(notice.figures.get("until", ""))
            except ValueError:
                continue
            found[notice.codes[0]] = datetime.combine(notice.at.astimezone(SHANGHAI).date(), until, SHANGHAI)
    return found


def resumed_at(notices: Iterable[Notice]) -> dict[str, datetime]:
    """When trading of a contract or underlying went on, the newest time of each."""
    return {
        code: notice.at.astimezone(SHANGHAI)
        for notice in notices
        if notice.kind is NoticeKind.RESUMPTION
        for code in notice.codes
    }


def _figure(figures: Mapping[str, str], name: str) -> Decimal | None:
    """A price above zero."""
    try:
        value = Decimal(figures.get(name, ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None
