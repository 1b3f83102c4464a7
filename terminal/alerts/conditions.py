"""The user's own conditions (自定义提醒): what is measured, of what, against what. Plain values, checked here."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec

from terminal.alerts.alert import Level
from terminal.domain.contracts import is_contract_code
from terminal.domain.errors import BadInput

MOST_CONDITIONS = 200


class Measure(StrEnum):
    """What is measured; what `of` names, and the unit, stand beside it."""

    PRICE = "price"
    """Last price of a contract or an underlying, yuan"""
    VOLATILITY = "volatility"
    """Mid volatility of a contract, or at the money of an underlying's nearest expiry; 0.25 is 25 %"""
    DELTA = "delta"
    """Of one contract, or of the whole book in an underlying: shares"""
    GAMMA = "gamma"
    """Shares for 1 % of the underlying"""
    VEGA = "vega"
    """Yuan for a volatility point"""
    THETA = "theta"
    """Yuan a day"""
    SPREAD = "spread"
    """Ask less bid of a contract, yuan"""
    PROFIT = "profit"
    """Of the day, of the whole book, yuan"""
    POSITION = "position"
    """Net contracts held of a contract, or of all contracts on an underlying"""


class Comparison(StrEnum):
    """Which side of the threshold raises it."""

    ABOVE = "above"
    BELOW = "below"


class How(StrEnum):
    """How often."""

    ONCE = "once"
    """Never again once it has held, until it is set anew"""
    DAILY = "daily"
    """Once a day"""
    EVERY = "every"
    """Whenever it comes to hold again"""


BOOK = "book"
_OF_CONTRACT_ONLY = frozenset({Measure.SPREAD})
_OF_BOOK = frozenset({Measure.PROFIT})


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One condition; `of` is a contract code, the six digits of an underlying, or ``book``."""

    name: Annotated[str, msgspec.Meta(pattern="^[^\\x00-\\x1f]{1,40}$")]
    measure: Measure
    of: Annotated[str, msgspec.Meta(max_length=20)]
    comparison: Comparison
    threshold: Decimal
    hysteresis: Decimal = Decimal(0)
    """How far it must come back before it is over"""
    how: How = How.EVERY
    level: Level = Level.TOAST
    note: Annotated[str, msgspec.Meta(max_length=200)] = ""

    @property
    def underlying(self) -> str:
        """The underlying, where it names one."""
        return self.of if len(self.of) == 6 else ""

    def subject(self, day: date) -> str:
        """What the reminder is known by: another threshold is another reminder, and so is another day where set."""
        plain = f"{self.name}:{self.measure}:{self.of}:{self.comparison}:{self.threshold:f}"
        return f"{plain}:{day.isoformat()}" if self.how is How.DAILY else plain

    def plain(self) -> dict[str, object]:
        """Plain values, as settings keep them."""
        built: dict[str, object] = msgspec.to_builtins(self)
        return built

    def holds(self, value: float | None, held_before: bool) -> bool:
        """Whether a reading is past the mark; one that held lets go past the hysteresis, never for want of a value.

        Compared as floats: a reading is one, and no money is booked by it.
        """
        if value is None or value != value:
            return held_before
        back = float(self.hysteresis) if held_before else 0.0
        if self.comparison is Comparison.ABOVE:
            return value > float(self.threshold) - back
        return value < float(self.threshold) + back


def read_condition(value: object) -> Condition:
    """One condition out of settings. Raises BadInput with field, value and rule."""
    try:
        condition = msgspec.convert(value, Condition)
    except msgspec.ValidationError as error:
        raise BadInput("reminder condition", value, str(error)) from error
    measure, of = condition.measure, condition.of
    is_contract, is_underlying = is_contract_code(of), len(of) == 6 and of.isascii() and of.isdigit()
    if not (is_contract or is_underlying or of == BOOK):
        raise BadInput("of", of, "an 8-digit contract code, a 6-digit underlying, or book")
    if measure in _OF_CONTRACT_ONLY and not is_contract:
        raise BadInput("of", of, f"{measure} is measured of a contract")
    if of == BOOK and measure not in _OF_BOOK:
        raise BadInput("of", of, f"{measure} is measured of a contract or an underlying")
    if of != BOOK and measure in _OF_BOOK:
        raise BadInput("of", of, f"{measure} is measured of the book")
    if not condition.threshold.is_finite():
        raise BadInput("threshold", condition.threshold, "a number")
    if not condition.hysteresis.is_finite() or condition.hysteresis < 0:
        raise BadInput("hysteresis", condition.hysteresis, "from zero upwards")
    if condition.level is Level.SHEET:
        raise BadInput("level", int(condition.level), "1 or 2: a condition of one's own holds no orders back")
    return condition


def read_conditions(values: object) -> tuple[tuple[Condition, ...], tuple[BadInput, ...]]:
    """Those in settings, and what was refused; a name stands once."""
    if not isinstance(values, Iterable) or isinstance(values, str | bytes):
        return (), () if values is None else (BadInput("reminder conditions", values, "a list"),)
    found: dict[str, Condition] = {}
    refused: list[BadInput] = []
    for value in values:
        try:
            condition = read_condition(value)
            if condition.name in found:
                raise BadInput("name", condition.name, "each name stands once")
            if len(found) >= MOST_CONDITIONS:
                raise BadInput("reminder conditions", len(found) + 1, f"at most {MOST_CONDITIONS}")
        except BadInput as error:
            refused.append(error)
        else:
            found[condition.name] = condition
    return tuple(found.values()), tuple(refused)
