"""What the tests of obligations share: the shipped terms, a timetable, contracts of a plain day."""

from datetime import date, datetime, time
from decimal import Decimal

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Right
from terminal.resources import resource_folder
from terminal.rules.obligations.scope import QuotedContract
from terminal.rules.obligations.terms import Terms, parse_terms
from terminal.rules.profile import parse_profile
from terminal.rules.sessions import DaySchedule

FOLDER = resource_folder() / "rules" / "obligations"
DAY = date(2026, 3, 2)


def terms_of(name: str) -> Terms:
    """Shipped terms."""
    return parse_terms((FOLDER / f"{name}.toml").read_text("utf-8"), f"{name}.toml")


def timetable() -> DaySchedule:
    """The real day."""
    text = (resource_folder() / "rules" / "sse_2025.toml").read_text("utf-8")
    return DaySchedule.of(parse_profile(text, "sse_2025.toml").sessions, DAY)


def at(clock: str) -> datetime:
    """A moment of the day, 10:00:00."""
    return datetime.combine(DAY, time.fromisoformat(clock), SHANGHAI)


def quoted(code: str = "10000001", **other: object) -> QuotedContract:
    """One near call with round figures."""
    fields: dict[str, object] = {
        "code": code,
        "underlying": "510050",
        "expiry": date(2026, 3, 25),
        "right": Right.CALL,
        "strike": Decimal("2.5"),
        "underlying_close": Decimal("2.5"),
        "tick": 1,
        "limit_up": 7593,
        "limit_down": 1,
    }
    return QuotedContract(**(fields | other))  # type: ignore[arg-type]
