"""What a person sets for single contracts of a quoter (逐合约参数): what is left open is as the quoter has it.

Every figure is typed and bounded here, wherever it comes from: a cell, the clipboard, a file of saved sets.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from terminal.domain.errors import BadInput
from terminal.domain.quotes import EffectRule


class WidthRule(StrEnum):
    """What the half-spread is made of."""

    TICKS = "ticks"
    VOLATILITY = "volatility"
    """Volatility points times the contract's vega"""
    ALLOWED = "allowed"
    """A share of the obligation's largest width"""


class JoinRule(StrEnum):
    """How a quote stands to the best of the others."""

    OWN = "own"
    """At its own price, whatever the others do"""
    FOLLOW = "follow"
    """Steps up to the best of the others when that is near and edge enough is left (跟价)"""
    NOT_ALONE = "not_alone"
    """Never better than the best of the others (不独占最优)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """Terms of one contract; None as the quoter has it."""

    bid: bool | None = None
    """Whether the side is quoted"""
    ask: bool | None = None
    width: WidthRule | None = None
    half_width: float | None = None
    """Half the spread in the unit of its rule: ticks, volatility points, share of the allowed width"""
    least_width: float | None = None
    """Whole spread in ticks, at least and at most"""
    most_width: float | None = None
    size: int | None = None
    delta_skew: float | None = None
    """Ticks that a quote lies higher for a delta of one: calls rise, puts fall"""
    vega_skew: float | None = None
    """Volatility points that a quote lies higher"""
    position_limit: int | None = None
    """Net contracts, long or short, beyond which no side opens more"""
    join: JoinRule | None = None
    tolerance: int | None = None
    """Ticks a quote may be off before it is replaced"""
    effect: EffectRule | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return self == NO_TERMS


NO_TERMS = ContractTerms()
FIELDS = tuple(field.name for field in fields(ContractTerms))
_SWITCHES = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}
_CHOICES: dict[str, type[StrEnum]] = {"width": WidthRule, "join": JoinRule, "effect": EffectRule}
#: Least and most of each figure: what a slip of the hand cannot pass. What may leave is the limit sheet's to say
BOUNDS: dict[str, tuple[float, float]] = {
    "half_width": (0.01, 5_000.0),
    "least_width": (1.0, 10_000.0),
    "most_width": (1.0, 10_000.0),
    "size": (1, 10_000),
    "delta_skew": (-1_000.0, 1_000.0),
    "vega_skew": (-50.0, 50.0),
    "position_limit": (0, 1_000_000),
    "tolerance": (0, 1_000),
}
WHOLE = frozenset({"size", "position_limit", "tolerance"})
_LONGEST = 40


def read_term(name: str, text: str) -> Any:
    """One field from text; blank is None. Raises BadInput that names the field, the value and the rule."""
    if name not in FIELDS:
        raise BadInput("field", name[:_LONGEST], "the name of a field of a contract's terms")
    text = text.strip()
    if not text:
        return None
    if len(text) > _LONGEST:
        raise BadInput(name, text[:_LONGEST], f"at most {_LONGEST} characters")
    if name in ("bid", "ask"):
        if text.lower() not in _SWITCHES:
            raise BadInput(name, text, "on or off")
        return _SWITCHES[text.lower()]
    if name in _CHOICES:
        kind = _CHOICES[name]
        if text not in list(kind):
            raise BadInput(name, text, " or ".join(kind))
        return kind(text)
    return _read_figure(name, text)


def write_term(value: Any) -> str:
    """A field as text that `read_term` reads; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def terms_from(values: Mapping[str, str]) -> ContractTerms:
    """Terms from text by field name. Raises BadInput."""
    terms = ContractTerms(**{name: read_term(name, text) for name, text in values.items()})
    check_terms(terms)
    return terms


def check_terms(terms: ContractTerms) -> None:
    """Hold fields against each other. Raises BadInput."""
    least, most = terms.least_width, terms.most_width
    if least is not None and most is not None and least > most:
        raise BadInput("least_width", f"{least:g}", f"at most the largest width, {most:g}")


def with_term(terms: ContractTerms, name: str, value: Any) -> ContractTerms:
    """The same terms with another value of one field."""
    return replace(terms, **{name: value})


def _read_figure(name: str, text: str) -> float | int:
    # The market's own signs for minus and plus come in by the clipboard
    plain = text.replace("−", "-").replace("+", "").replace(",", "")
    try:
        figure = float(plain)
    except ValueError:
        raise BadInput(name, text, "a number") from None
    least, most = BOUNDS[name]
    if not math.isfinite(figure) or not least <= figure <= most:
        raise BadInput(name, text, f"from {least:g} to {most:g}")
    if name not in WHOLE:
        return figure
    if figure != int(figure):
        raise BadInput(name, text, "a whole number")
    return int(figure)
