"""What notices say that rules need: when a breaker ends, when trading went on."""

from collections.abc import Iterable
from datetime import datetime, time

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import Notice, NoticeKind


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
