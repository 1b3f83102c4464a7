"""What notices say that rules need: when a breaker ends, when trading went on."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from types import MappingProxyType

from terminal.domain.calendar import SHANGHAI
from terminal.domain.messages import Notice, NoticeKind


def breakers_until(
    codes: Iterable[str], notices: Iterable[Notice], told: Mapping[str, datetime] = MappingProxyType({})
) -> dict[str, datetime | None]:
    """When the auction of each contract in a volatility interruption ends, to the second.

    As the venue told with the phase, else as a notice says; None where neither does.
    """
    found = {code: _to_the_second(told[code]) if code in told else None for code in codes}
    if None not in found.values():
        return found
    for notice in notices:
        if (
            notice.kind is NoticeKind.BREAKER
            and len(notice.codes) == 1
            and notice.codes[0] in found.keys() - told.keys()
        ):
            try:
                until = time.fromisoformat(notice.figures.get("until", ""))
            except ValueError:
                continue
            found[notice.codes[0]] = datetime.combine(notice.at.astimezone(SHANGHAI).date(), until, SHANGHAI)
    return found


def _to_the_second(at: datetime) -> datetime | None:
    return at.astimezone(SHANGHAI).replace(microsecond=0)


def resumed_at(notices: Iterable[Notice]) -> dict[str, datetime]:
    """When trading of a contract or underlying went on, the newest time of each."""
    return {
        code: notice.at.astimezone(SHANGHAI)
        for notice in notices
        if notice.kind is NoticeKind.RESUMPTION
        for code in notice.codes
    }
