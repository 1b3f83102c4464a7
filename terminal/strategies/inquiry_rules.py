"""Rules of automatic answers to inquiries (自动应答规则): typed and bounded here, wherever they come from.

A rule fits an inquiry by the contract's delta (moneyness), its days to expiry and the size asked for, and says how wide
and how large the answer is. The first that fits decides.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from terminal.domain.errors import BadInput
from terminal.strategies.contract_terms import BOUNDS as TERM_BOUNDS
from terminal.strategies.contract_terms import WidthRule

MOST_RULES = 20
_LONGEST = 40
_SWITCHES = {"on": True, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryRule:
    """Which inquiries are answered, and how."""

    enabled: bool = True
    least_delta: float = 0.0
    """Delta of a share between these, signs aside"""
    most_delta: float = 1.0
    least_days: int = 0
    """Calendar days to expiry"""
    most_days: int = 1_000
    least_quantity: int = 0
    """Asked for; an inquiry that names no quantity counts as 0"""
    most_quantity: int = 1_000_000
    """Inquiries for more are left to a person"""
    width: WidthRule = WidthRule.TICKS
    half_width: float = 5.0
    """Half the spread in ticks or volatility points; the whole as a share of the allowed one"""
    size: int = 5

    def fits(self, delta: float, days: int, quantity: int) -> bool:
        """Whether it decides; a delta a little beyond one counts as one, one that is not known fits nothing."""
        return (
            self.enabled
            and self.least_delta <= min(delta, 1.0) <= self.most_delta
            and self.least_days <= days <= self.most_days
            and self.least_quantity <= quantity <= self.most_quantity
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderParameters:
    """What a person sets."""

    underlying: str = "510050"
    rules: tuple[InquiryRule, ...] = (InquiryRule(),)
    delay_seconds: float = 1.0
    never_alone: bool = True
    """Never better than the best of the others, and no answer where nobody else quotes a side (不独占最优)"""
    hold_seconds: float = 20.0
    """HKEX asks its makers for 20 s (rulebook 8.3); the profile's own figure belongs here"""
    latest_seconds: float = 20.0
    """After an inquiry: what no rule could answer by then is no longer tried"""


class Verdict(StrEnum):
    """What a responder did about an inquiry, or why it did nothing."""

    WAITING = "waiting"
    """Its delay is not over, or it is tried again"""
    ANSWERED = "answered"
    STOOD = "stood"
    """A standing quote of ours answered"""
    OFF = "off"
    """Automatic answers were off"""
    NO_RULE = "no_rule"
    NO_PRICE = "no_price"
    """No sound theoretical price"""
    NO_WIDTH = "no_width"
    """The width follows from what is allowed, and nothing is known of that"""
    ALONE = "alone"
    """Nobody else quotes one of the sides"""
    TOO_WIDE = "too_wide"
    """Behind the others the answer would be wider than allowed, and would not count"""
    NO_ROOM = "no_room"
    """No room within the day's price limits"""
    HELD_BACK = "held_back"
    """The gate let it not leave: a limit, a protection, a stop"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one inquiry; `rule` is the one that fitted, `number` its place from 1, 0 for none."""

    verdict: Verdict
    number: int = 0
    rule: InquiryRule | None = None


FIELDS = tuple(f.name for f in fields(InquiryRule))
#: Least and most of each figure
BOUNDS: dict[str, tuple[float, float]] = {
    "least_delta": (0.0, 1.0),
    "most_delta": (0.0, 1.0),
    "least_days": (0, 1_000),
    "most_days": (0, 1_000),
    "least_quantity": (0, 1_000_000),
    "most_quantity": (0, 1_000_000),
    "half_width": TERM_BOUNDS["half_width"],
    "size": TERM_BOUNDS["size"],
}
WHOLE = frozenset({"least_days", "most_days", "least_quantity", "most_quantity", "size"})
#: Pairs of which the first may not be above the second
RANGES = (("least_delta", "most_delta"), ("least_days", "most_days"), ("least_quantity", "most_quantity"))


def read_field(name: str, text: str) -> Any:
    """One field of a rule from text. Raises BadInput that names the field, the value and what it asks for."""
    text = text.strip()[: _LONGEST + 1]
    if name == "enabled":
        if text.lower() not in _SWITCHES:
            raise BadInput(name, text, "on or off")
        return _SWITCHES[text.lower()]
    if name == "width":
        if text not in list(WidthRule):
            raise BadInput(name, text, " or ".join(WidthRule))
        return WidthRule(text)
    if name not in BOUNDS:
        raise BadInput("field", name[:_LONGEST], "the name of a field of a rule")
    return read_figure(name, text, *BOUNDS[name], whole=name in WHOLE)


def read_figure(name: str, text: str, least: float, most: float, *, whole: bool = False) -> float | int:
    """A figure within bounds from text; a blank one is none. Raises BadInput."""
    try:
        figure = float(text.replace(",", ""))
    except ValueError:
        raise BadInput(name, text, "a whole number" if whole else "a number") from None
    if not math.isfinite(figure) or not least <= figure <= most:
        raise BadInput(name, text, f"from {least:g} to {most:g}")
    if not whole:
        return figure
    if figure != int(figure):
        raise BadInput(name, text, "a whole number")
    return int(figure)


def with_field(rule: InquiryRule, name: str, value: Any) -> InquiryRule:
    """The same rule with another value of one field. Raises BadInput where a range would be turned round."""
    changed = replace(rule, **{name: value})
    for least, most in RANGES:
        if name in (least, most) and getattr(changed, least) > getattr(changed, most):
            bound = f"at most {getattr(rule, most):g}" if name == least else f"at least {getattr(rule, least):g}"
            raise BadInput(name, f"{value:g}", bound)
    return changed


def write_field(value: Any) -> str:
    """A field as text that `read_field` reads."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def texts_of(rule: InquiryRule) -> dict[str, str]:
    """Every field as text."""
    return {name: write_field(getattr(rule, name)) for name in FIELDS}


def rule_of(texts: Mapping[str, str]) -> InquiryRule:
    """A rule from text by field name; what is not named keeps its default. Raises BadInput."""
    rule = InquiryRule(**{name: read_field(name, text) for name, text in texts.items()})
    for least, most in RANGES:
        if getattr(rule, least) > getattr(rule, most):
            raise BadInput(least, f"{getattr(rule, least):g}", f"at most {getattr(rule, most):g}")
    return rule
