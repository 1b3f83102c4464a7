"""What the tests of obligations share: the shipped terms, a timetable, contracts of a plain day."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from terminal.domain.account_rights import AccountKind
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Right
from terminal.resources import resource_folder
from terminal.rules.obligations.inquiries import AnswerEnd
from terminal.rules.obligations.measure import Measure
from terminal.rules.obligations.scope import QuotedContract
from terminal.rules.obligations.spread import allowed_units, cap_rows, percent, units
from terminal.rules.obligations.terms import Terms, parse_terms
from terminal.rules.obligations.validity import QuoteFault, fault_of
from terminal.rules.profile import parse_profile
from terminal.rules.sessions import DaySchedule

FOLDER = resource_folder() / "rules" / "obligations"
DAY = date(2026, 3, 2)


def terms_of(name: str) -> Terms:
    """Shipped terms."""
    return parse_terms((FOLDER / f"{name}.toml").read_text("utf-8"), f"{name}.toml")


def allowed_spread(terms: Terms, bid: str, *, near: bool, delta: float | None = None) -> Decimal:
    """The widest spread in yuan that a quote with this bid may have."""
    allowed = allowed_units(cap_rows(terms, near=near), units(Decimal(bid)), 1, percent(delta))
    return Decimal(allowed).scaleb(-4)


def quote_fault(
    terms: Terms,
    bid: Decimal | None,
    bid_quantity: int,
    ask: Decimal | None,
    ask_quantity: int,
    *,
    near: bool,
    delta: float | None = None,
) -> QuoteFault | None:
    """Why a quote in yuan does not count; None for a valid one."""
    rows, least = cap_rows(terms, near=near), terms.least_quantity(near)
    given, asked = (units(price or Decimal(0)) for price in (bid, ask))
    return fault_of(least, allowed_units(rows, given, 1, percent(delta)), given, bid_quantity, asked, ask_quantity)


def timetable() -> DaySchedule:
    """The real day."""
    text = (resource_folder() / "rules" / "sse_2025.toml").read_text("utf-8")
    return DaySchedule.of(parse_profile(text, "sse_2025.toml").sessions, DAY)


def at(clock: str) -> datetime:
    """A moment of the day, 10:00:00."""
    return datetime.combine(DAY, time.fromisoformat(clock), SHANGHAI)


def quoted(code: str = "10000001", **other: Any) -> QuotedContract:
    """One near call with round figures."""
    fields: dict[str, Any] = {
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
    return QuotedContract(**(fields | other))


PRIMARY, GENERAL = AccountKind.MARKET_MAKER_PRIMARY, AccountKind.MARKET_MAKER_GENERAL
A, B = "10000001", "10000002"


def day(*codes: str, kind: AccountKind = PRIMARY, terms: Terms | None = None) -> Measure:
    """A real day of some contracts."""
    return Measure(terms or terms_of("sse_generic"), [quoted(code) for code in codes or (A,)], timetable(), kind)


def live(measure: Measure, clock: str, code: str = A, size: int = 10, ask: int = 4700) -> None:
    """A quote of 0.4630 and 0.4700, valid by 10 %."""
    measure.on_quote(code, 4630, size, ask, size, f"q{clock}", at(clock))


def gone(measure: Measure, clock: str, code: str = A) -> None:
    """No quote."""
    measure.on_quote(code, 0, 0, 0, 0, "", at(clock), AnswerEnd.CANCELLED)
