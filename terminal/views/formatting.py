"""Figures as text: prices, money, sizes, times as this market writes them.

Pure: no widget, no colour, no clock. No value is always the dash, never 0.
"""

import math
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from terminal.domain.calendar import SHANGHAI
from terminal.domain.market_data import PRICE_SCALE

DASH = "–"
MINUS = "−"
#: From which size on, divided by what, with which unit and decimals
_CHINESE_STEPS = ((100_000_000, 100_000_000, "亿", 2), (100_000, 10_000, "万", 2))
_ENGLISH_STEPS = ((1_000_000_000, 1_000_000_000, "bn", 2), (1_000_000, 1_000_000, "m", 2), (100_000, 1_000, "k", 1))


def decimals_of(tick: Decimal) -> int:
    """How many decimals a price of this tick shows: 4 for 0.0001."""
    exponent = tick.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def price(units: int, decimals: int = 4) -> str:
    """A wire price in whole 0.0001 yuan; the dash for 0, which is no value."""
    if units <= 0:
        return DASH
    if decimals == 4:  # the common case, without a float on the way
        return f"{units // PRICE_SCALE}.{units % PRICE_SCALE:04d}"
    return f"{Decimal(int(units)).scaleb(-4):.{decimals}f}"


def decimal_price(value: Decimal | None, tick: Decimal) -> str:
    """A price in yuan with the decimals of its tick; more where the value has more, e.g. an average."""
    if value is None or not value.is_finite():
        return DASH
    return _signed(f"{abs(value):.{decimals_of(tick)}f}", value)


def money(value: Decimal | None) -> str:
    """Yuan with two decimals and thousands parted: 1,234,567.89."""
    if value is None or not value.is_finite():
        return DASH
    cents = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return _signed(f"{abs(cents):,.2f}", cents)


def signed_money(value: Decimal | None) -> str:
    """Like `money`, with a plus before a profit."""
    text = money(value)
    return f"+{text}" if value is not None and value.is_finite() and value >= Decimal("0.005") else text


def quantity(value: int | None) -> str:
    """A whole number with thousands parted."""
    return DASH if value is None else _signed(f"{abs(value):,}", value)


def signed_quantity(value: int | None) -> str:
    """Like `quantity`, with a plus before what is above zero."""
    text = quantity(value)
    return f"+{text}" if value is not None and value > 0 else text


def compact_quantity(value: int | None, language: str = "zh_CN") -> str:
    """A size in little room: 12.86万 in Chinese, 128.6k in English; small ones stay whole."""
    if value is None:
        return DASH
    size = abs(value)
    steps = _CHINESE_STEPS if language.startswith("zh") else _ENGLISH_STEPS
    for least, unit_size, unit, decimals in steps:
        if size >= least:
            return _signed(f"{size / unit_size:.{decimals}f}{unit}", value)
    return _signed(f"{size:,}", value)


def percent(fraction: float | None, decimals: int = 2) -> str:
    """A fraction as per cent: 0.0225 is 2.25%."""
    if fraction is None or not math.isfinite(fraction):
        return DASH
    text = f"{abs(fraction) * 100:.{decimals}f}"
    return _signed(f"{text}%", -1 if fraction < 0 and float(text) else 1)


def signed_percent(fraction: float | None, decimals: int = 2) -> str:
    """Like `percent`, with a plus before what is above zero."""
    text = percent(fraction, decimals)
    rises = fraction is not None and math.isfinite(fraction) and round(fraction * 100, decimals) > 0
    return f"+{text}" if rises else text


def number(value: float | None, decimals: int = 2) -> str:
    """A plain figure such as a greek; the dash for None and nan."""
    if value is None or not math.isfinite(value):
        return DASH
    text = f"{abs(value):.{decimals}f}"
    return _signed(text, -1 if value < 0 and float(text) else 1)


def thousands(value: float | None, decimals: int = 0) -> str:
    """A greek of a position in little room: +3.1k; the dash for None and nan."""
    text = number(None if value is None else value / 1_000, decimals)
    if text == DASH or value is None:
        return DASH
    return f"+{text}k" if value > 0 and float(text) else f"{text}k"


def milliseconds(value: float | None) -> str:
    """A latency: 3.1ms."""
    if value is None or not math.isfinite(value):
        return DASH
    return f"{value:.1f}ms" if value < 100 else f"{value:,.0f}ms"


def clock(moment: datetime | None) -> str:
    """Time of day at the exchange, to the second."""
    return DASH if moment is None else f"{moment.astimezone(SHANGHAI):%H:%M:%S}"


def clock_millis(moment: datetime | None) -> str:
    """Time of day at the exchange, to the millisecond."""
    return DASH if moment is None else f"{moment.astimezone(SHANGHAI):%H:%M:%S.%f}"[:-3]


def day(value: date | None) -> str:
    """A date as this market writes it: 2026-11-28."""
    if value is None:
        return DASH
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).date()
    return value.isoformat()


def duration(seconds: float) -> str:
    """What is left, as 15:42, or 1:15:42 above the hour; never below zero."""
    whole = max(0, math.ceil(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"


def _signed(text: str, value: Decimal | float) -> str:
    return f"{MINUS}{text}" if value < 0 else text
