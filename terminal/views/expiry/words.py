"""The words of the expiry screens: events, what is to be done, dispositions, figures as this market shortens them.

Sources are English; resources/translations holds the others.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from PySide6.QtGui import QColor

from terminal.domain.calendar import SHANGHAI
from terminal.rules.expiry.worth import Disposition
from terminal.services.event_calendar import CalendarEvent, EventKind, Mark, TodoKind
from terminal.services.market_data import MarketData
from terminal.views.chain.words import language
from terminal.views.formatting import DASH, MINUS, compact_quantity
from terminal.views.texts import bounded, month_words, underlying_name
from terminal.views.theme import Theme
from terminal.views.translation import translate

CONTEXT = "expiry"

#: In a cell of the month
SHORT_EVENTS: dict[StrEnum, str] = {
    EventKind.SPREADS_RELEASED: "E−2",
    EventKind.UPLIFT: "E−1",
    EventKind.EXPIRY: "E",
    EventKind.DELIVERY: "E+1",
    EventKind.SHARES_USABLE: "E+2",
    EventKind.EX_EVE: "Terms",
    EventKind.EX_DAY: "Ex day",
    EventKind.TOP_UP: "Top up",
    EventKind.LISTING: "Listing",
    EventKind.HOLIDAY: "Closed",
}
#: In the list and in tips
EVENTS: dict[StrEnum, str] = {
    EventKind.SPREADS_RELEASED: "E−2: spread combinations are released at the day's end",
    EventKind.UPLIFT: "E−1: margin is raised at the day's end; make money and shares ready",
    EventKind.EXPIRY: "E: exercise until {until}",
    EventKind.DELIVERY: "E+1: assignments told before the open, delivery at the end",
    EventKind.SHARES_USABLE: "E+2: delivered shares may be sold",
    EventKind.EX_EVE: "New units and strikes are published after the close",
    EventKind.EX_DAY: "Ex-day: contracts are adjusted",
    EventKind.TOP_UP: "Cover must be topped up or closed by {until}",
    EventKind.LISTING: "Contracts are listed",
    EventKind.HOLIDAY: "The exchange is closed",
}
#: Below the circles of the step rail
STEPS: dict[StrEnum, str] = {
    EventKind.SPREADS_RELEASED: "Spreads are released",
    EventKind.UPLIFT: "Margin up, assets ready",
    EventKind.EXPIRY: "Exercise until {until}",
    EventKind.DELIVERY: "Delivery · assignments told",
    EventKind.SHARES_USABLE: "Shares usable",
}
STEP_NAMES: dict[StrEnum, str] = {
    EventKind.SPREADS_RELEASED: "E−2",
    EventKind.UPLIFT: "E−1",
    EventKind.EXPIRY: "E",
    EventKind.DELIVERY: "E+1",
    EventKind.SHARES_USABLE: "E+2",
}
MARKS: dict[StrEnum, str] = {
    Mark.EXERCISE: "Exercise",
    Mark.DELIVERY: "Delivery, deadline",
    Mark.ADJUSTMENT: "Adjustment",
    Mark.PREPARATION: "Preparation",
    Mark.OTHER: "Other",
}
TODO_TITLES: dict[StrEnum, str] = {
    TodoKind.EXERCISE: "Last exercise",
    TodoKind.DELIVER: "Delivery of what was assigned or exercised",
    TodoKind.EXPIRY: "{month} contracts expire",
    TodoKind.EX_EVE: "Eve of the ex-day, {underlyings}",
    TodoKind.ADJUSTMENT: "Contract adjustment, {underlyings}",
    TodoKind.TOP_UP: "Cover to be topped up, {underlyings}",
}
TODO_BUTTONS: dict[StrEnum, str] = {
    TodoKind.EXERCISE: "Exercise",
    TodoKind.DELIVER: "Show",
    TodoKind.EXPIRY: "Show",
    TodoKind.EX_EVE: "Show",
    TodoKind.ADJUSTMENT: "Show",
    TodoKind.TOP_UP: "Lock",
}
DISPOSITIONS: dict[StrEnum, str] = {
    Disposition.EXERCISE: "Exercise",
    Disposition.MERGED: "Merge",
    Disposition.SELL: "Sell",
    Disposition.ABANDON: "Lapse",
}
DISPOSITION_TIPS: dict[StrEnum, str] = {
    Disposition.EXERCISE: "Exercise by itself: calls need the strike, puts the shares [X]",
    Disposition.MERGED: "Exercise in a pair with the other right: no money and no shares needed [M]",
    Disposition.SELL: "Open the ticket filled in to sell; until the close [S]",
    Disposition.ABANDON: "Let it lapse, with a reason for the journal [A]",
}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def word(source: str) -> str:
    """The translation of an English word or sentence of this package."""
    return translate(CONTEXT, source)


def event_words(event: CalendarEvent) -> str:
    """An event in a cell of the month: E exercise Dec."""
    text = word(SHORT_EVENTS[event.kind])
    if event.kind is EventKind.EXPIRY and event.month is not None:
        text = word("E {month}").format(month=month_words(event.month[1]))
    return text


def event_sentence(event: CalendarEvent, market: MarketData) -> str:
    """An event with what it concerns."""
    until = f"{event.at.astimezone(SHANGHAI):%H:%M}" if event.at is not None else ""
    text = word(EVENTS[event.kind]).format(until=until)
    concerned = []
    if event.month is not None:
        concerned.append(month_words(event.month[1]))
    names = names_of(event.underlyings, market)
    if names:
        concerned.append(names)
    if event.contracts:
        concerned.append(word("{count} contracts").format(count=event.contracts))
    if event.held:
        concerned.append(word("{count} held").format(count=event.held))
    if event.cash is not None:
        concerned.append(word("dividend {cash} a share").format(cash=f"{event.cash:f}"))
    if event.estimated:
        concerned.append(word("estimated"))
    return f"{text} · {' · '.join(concerned)}" if concerned else text


def names_of(codes: Iterable[str], market: MarketData) -> str:
    """Underlyings by their short names."""
    names = []
    for code in codes:
        known = market.underlying(code)
        names.append(underlying_name(known) if known is not None else bounded(code))
    return " ".join(names)


def mark_ink(mark: Mark, theme: Theme) -> QColor:
    """The colour of a mark."""
    return {
        Mark.EXERCISE: theme.critical,
        Mark.DELIVERY: theme.warn,
        Mark.ADJUSTMENT: theme.theo,
        Mark.PREPARATION: theme.focus,
        Mark.OTHER: theme.dim,
    }[mark]


def days_words(due: datetime, now: datetime, today: date) -> str:
    """How long until then: a countdown on the day itself, tomorrow, or in so many days."""
    left = (due.astimezone(SHANGHAI).date() - today).days
    if left <= 0:
        return clock_left((due - now).total_seconds())
    return word("tomorrow") if left == 1 else word("{count} d").format(count=left)


def clock_left(seconds: float) -> str:
    """A countdown: 48:42, above the hour 1:15:42; the dash once it is over."""
    if seconds <= 0:
        return DASH
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"


def percent_words(value: Decimal) -> str:
    """In the money as the market writes it: +4.7%."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{abs(value):.1f}%"


def large(value: Decimal | int) -> tuple[str, str]:
    """A large figure and its unit: 95.5 and 万 in Chinese, 955.0 and k in English; small ones have no unit."""
    text = compact_quantity(int(value), language())
    figure = text.rstrip("万亿kmbn")
    return figure, text[len(figure) :]


def large_shares(value: int) -> str:
    """So many shares in little room: 10.00 万份, 100.0k shares."""
    figure, unit = large(value)
    if unit in ("万", "亿"):
        return f"{figure} {unit}{word('shares')}"
    return word("{shares} shares").format(shares=figure + unit)


def large_words(value: Decimal | int) -> str:
    """A large figure in one word."""
    figure, unit = large(value)
    return f"{figure} {unit}".strip() if unit in ("万", "亿") else figure + unit
