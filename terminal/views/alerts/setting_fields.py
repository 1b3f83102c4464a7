"""The figures of each kind of reminder: names, how they are written and read; the rules stand with the figures."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal

from terminal.alerts.alert import AlertKind
from terminal.domain.errors import BadInput

#: Names of `alerts/thresholds.py:Thresholds`, by the kind that they belong to
FIELDS_OF: Mapping[AlertKind, tuple[str, ...]] = {
    AlertKind.NEAR_EXPIRY: ("near_expiry_days",),
    AlertKind.EXERCISE: ("exercise_days", "exercise_times"),
    AlertKind.NOT_CLOSED: ("not_closed_from",),
    AlertKind.WRITER: ("obligation_days",),
    AlertKind.ADJUSTMENT_COMING: ("adjustment_days",),
    AlertKind.COVERED_SHORTFALL: ("top_up_days",),
    AlertKind.MARGIN: ("margin_warn", "margin_call", "margin_force"),
    AlertKind.POSITION_LIMIT: ("position_limit",),
    AlertKind.PURCHASE_LIMIT: ("purchase_limit",),
    AlertKind.LARGE_HOLDER: ("large_holder",),
    AlertKind.SUSPENSION: ("resumption_minutes",),
    AlertKind.CONNECTION: ("link_seconds", "link_urgent_seconds"),
    AlertKind.STALE_DATA: ("stale_seconds",),
    AlertKind.OBLIGATION: ("slack_part",),
    AlertKind.DEEP_OUT_OF_MONEY: ("deep_out_percent", "deep_out_delta"),
    AlertKind.OPENS_NEAR_EXPIRY: ("near_expiry_days",),
}
FIELD_WORDS: Mapping[str, str] = {
    "near_expiry_days": "Trading days before expiry",
    "exercise_days": "Trading days before expiry, 0 for the day itself",
    "exercise_times": "Times on the expiry day; from the last on orders wait",
    "not_closed_from": "From this time of the expiry day on",
    "obligation_days": "Trading days before expiry",
    "adjustment_days": "Trading days before the ex-day",
    "top_up_days": "Trading days before the ex-day",
    "margin_warn": "Risk ratio, warning",
    "margin_call": "Risk ratio, margin call",
    "margin_force": "Risk ratio, forced close",
    "position_limit": "Part of the limit",
    "purchase_limit": "Part of the limit",
    "large_holder": "Part of the limit",
    "resumption_minutes": "Minutes a resumption is told",
    "link_seconds": "Seconds the line is down",
    "link_urgent_seconds": "Seconds until it is urgent",
    "stale_seconds": "Seconds without a quote",
    "slack_part": "Part of what may be missed in a day",
    "deep_out_percent": "Per cent out of the money",
    "deep_out_delta": "Absolute delta below",
    "every_minutes": "Say again every so many minutes",
    "within_minutes": "Only in the last minutes before its deadline",
    "at": "Say again at these times",
    "rest_minutes": "Minutes gone until it is a new cause",
    "group_from": "So many of a kind are shown as one",
}
_MOST_CHARACTERS = 80


def written(value: object) -> str:
    """A figure as the user types it."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ", ".join(written(part) for part in value)
    if isinstance(value, time):
        return f"{value:%H:%M}" if value.second == 0 else f"{value:%H:%M:%S}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)


def read_whole(name: str, text: str) -> int:
    """A whole number. Raises BadInput."""
    bare = text.strip()
    if not bare.isascii() or not bare.isdigit() or len(bare) > 6:
        raise BadInput(name, text[:_MOST_CHARACTERS], "a whole number such as 5")
    return int(bare)


def read_clock(name: str, text: str) -> str:
    """A time of day in the form that settings keep. Raises BadInput."""
    try:
        clock = time.fromisoformat(text.strip())
    except ValueError:
        clock = None
    if clock is None or clock.tzinfo is not None or not 4 <= len(text.strip()) <= 8:
        raise BadInput(name, text[:_MOST_CHARACTERS], "a time of day such as 14:30")
    return f"{clock:%H:%M:%S}"


def read_figure(name: str, text: str, now: object) -> object:
    """What was typed, as settings keep it, by the kind of the value in force. Raises BadInput for what is none."""
    text = text.strip()
    if len(text) > _MOST_CHARACTERS:
        raise BadInput(name, text[:_MOST_CHARACTERS], f"at most {_MOST_CHARACTERS} characters")
    parts = [part for part in text.replace("，", ",").replace("、", ",").replace(",", " ").split() if part]
    if isinstance(now, tuple):
        of_times = name in ("exercise_times", "at")
        return [read_clock(name, part) if of_times else read_whole(name, part) for part in parts]
    if isinstance(now, time):
        return read_clock(name, text)
    if isinstance(now, Decimal):
        try:
            figure = Decimal(text)
        except ArithmeticError:
            figure = Decimal("nan")
        if not figure.is_finite():
            raise BadInput(name, text, "a number such as 0.9")
        return f"{figure:f}"
    return read_whole(name, text)
