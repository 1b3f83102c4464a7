"""The terms of a market maker's obligations (做市义务), one dated TOML file of `resources/rules/obligations` each.

`parse_terms` takes the text of a file, so this module reads no disk. Ratios are fractions with at most six decimals,
prices are in yuan with at most four: both are counted in whole numbers, so that a width at its limit is decided
exactly.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from terminal.domain.errors import ConfigurationError, shown
from terminal.rules.sections.base import Positive, Section

PhaseName = Literal["opening_auction", "continuous", "closing_auction"]
_RATIO_STEP = Decimal("0.000001")
_PRICE_STEP = Decimal("0.0001")
_DELTA_STEP = Decimal("0.01")


class Cap(Section, frozen=True, kw_only=True):
    """The widest spread of one band; of several forms the widest holds (最大买卖价差)."""

    relative: Decimal | None = None
    """Fraction of the bid"""
    absolute: Decimal | None = None
    """Yuan"""
    ticks: Positive | None = None
    delta: Decimal | None = None
    """Yuan for each whole unit of absolute delta; no width where the delta is not known"""
    strictly_below: bool = False
    """The spread must be smaller, not at most as wide"""


class Band(Section, frozen=True, kw_only=True):
    """Caps of bids below `bid_below` yuan; the last band has no end."""

    bid_below: Decimal | None = None
    near: Cap
    far: Cap


class MinQuantity(Section, frozen=True, kw_only=True):
    """Contracts on each side (最小报价数量)."""

    near: Positive
    far: Positive


class Participation(Section, frozen=True, kw_only=True):
    """Compliant over obligated time of one contract (参与率)."""

    rate: Decimal


class Coverage(Section, frozen=True, kw_only=True):
    """How many contracts must reach their participation (持续报价合约率): a part of the scope, or a number."""

    rate: Decimal | None = None
    count: Positive | None = None


class FillTerms(Section, frozen=True, kw_only=True):
    """What a fill excuses."""

    grace_seconds: int
    """So long after a fill of a valid quote the time counts as quoted; 0 for none"""


class InquiryTerms(Section, frozen=True, kw_only=True):
    """Answers to inquiries (回应报价)."""

    max_response_seconds: Positive
    """最长时限"""
    min_hold_seconds: int
    """最短保留时间; 0 for none"""
    min_answer_rate: Decimal
    min_interval_seconds: Positive
    """Between two inquiries for one contract"""


class Scope(Section, frozen=True, kw_only=True):
    """Which contracts are obliged. A missing number leaves nothing out."""

    adjusted: bool
    expiring_today: bool
    near_months: Positive | None = None
    """The nearest expiry months"""
    quarter_months: Positive | None = None
    """Months of March, June, September and December behind the near ones"""
    otm_strikes: Positive | None = None
    """Calls and puts each, at or out of the money at the underlying's previous close"""
    itm_strikes: Positive | None = None


class DeltaRange(Section, frozen=True, kw_only=True):
    """Contracts whose absolute delta lies outside are exempt."""

    enabled: bool
    low: Decimal
    high: Decimal


class Exemptions(Section, frozen=True, kw_only=True):
    """What lifts the obligation while it lasts (豁免)."""

    limit_up: bool
    """The best bid of the market stands at limit-up"""
    limit_down: bool
    """The best ask of the market stands at limit-down"""
    halt: bool
    breaker: bool
    open_restriction: bool
    venue_failure: bool
    by_hand: bool = False
    """What a person writes down after the exchange agreed; terms older than this cause do not accept it"""
    delta: DeltaRange


class ScoreWeights(Section, frozen=True, kw_only=True):
    """Parts of the score (考核); they add up to one."""

    participation: Decimal
    spread: Decimal
    size: Decimal
    inquiries: Decimal
    full_size_multiple: Positive
    """Size that earns the whole of its part, in multiples of the smallest"""


class Terms(Section, frozen=True, kw_only=True):
    """All terms of one agreement."""

    name: str
    title: str
    valid_from: date
    near_below_days: Positive
    """Calendar days to expiry below which a month is near (近月)"""
    phases: tuple[PhaseName, ...]
    spread: tuple[Band, ...]
    min_quantity: MinQuantity
    participation: Participation
    coverage: Coverage
    fills: FillTerms
    inquiries: InquiryTerms
    scope: Scope
    exemptions: Exemptions
    score: ScoreWeights

    @property
    def uses_delta(self) -> bool:
        """Whether anything here turns on deltas."""
        caps = [cap for band in self.spread for cap in (band.near, band.far)]
        return self.exemptions.delta.enabled or any(cap.delta is not None for cap in caps)

    def is_near(self, expiry: date, today: date) -> bool:
        """Whether an expiry counts as a near month."""
        return (expiry - today).days < self.near_below_days

    def least_quantity(self, near: bool) -> int:
        """The smallest size of either side."""
        return self.min_quantity.near if near else self.min_quantity.far


def parse_terms(text: str, source: str) -> Terms:
    """Read the terms. Raises ConfigurationError that names the file, the key, the value and the rule it breaks."""
    try:
        terms = msgspec.toml.decode(text.encode(), type=Terms)
    except (msgspec.DecodeError, ValueError) as error:
        raise ConfigurationError(f"obligation terms {source}: {error}") from error
    for key, value, rule in broken(terms):
        raise ConfigurationError(f"obligation terms {source}: {key}: {shown(value)} is not accepted: {rule}")
    return terms


def decode_terms(body: bytes, source: str) -> Terms:
    """Read terms that `encode_terms` wrote. Raises ConfigurationError as `parse_terms` does."""
    try:
        terms = msgspec.json.decode(body, type=Terms)
    except (msgspec.DecodeError, ValueError) as error:
        raise ConfigurationError(f"obligation terms {source}: {error}") from error
    for key, value, rule in broken(terms):
        raise ConfigurationError(f"obligation terms {source}: {key}: {shown(value)} is not accepted: {rule}")
    return terms


def encode_terms(terms: Terms) -> bytes:
    """The terms as JSON; decimals as text."""
    return msgspec.json.format(msgspec.json.encode(terms), indent=1)


_Broken = Iterator[tuple[str, object, str]]


def broken(terms: Terms) -> _Broken:
    """Every key that breaks a rule which the types do not tell."""
    if not terms.phases or len(set(terms.phases)) != len(terms.phases):
        yield "phases", terms.phases, "at least one phase, each once"
    yield from _broken_bands(terms.spread)
    yield from _ratio("participation.rate", terms.participation.rate)
    coverage = terms.coverage
    if (coverage.rate is None) == (coverage.count is None):
        yield "coverage", coverage.rate, "either rate or count"
    if coverage.rate is not None:
        yield from _ratio("coverage.rate", coverage.rate)
    yield from _ratio("inquiries.min_answer_rate", terms.inquiries.min_answer_rate)
    for key, seconds in (
        ("fills.grace_seconds", terms.fills.grace_seconds),
        ("inquiries.min_hold_seconds", terms.inquiries.min_hold_seconds),
    ):
        if seconds < 0:
            yield key, seconds, "a number of seconds from 0 upwards"
    delta = terms.exemptions.delta
    for key, bound in (("low", delta.low), ("high", delta.high)):
        if not bound.is_finite() or not 0 <= bound <= 1 or bound % _DELTA_STEP:
            yield f"exemptions.delta.{key}", bound, "from 0 to 1 with at most two decimals"
    if not delta.low < delta.high:
        yield "exemptions.delta.low", delta.low, f"below high, {delta.high}"
    yield from _broken_score(terms.score)


def _broken_bands(bands: tuple[Band, ...]) -> _Broken:
    ends = [band.bid_below for band in bands]
    closed = [end for end in ends if end is not None]
    if not ends or ends[-1] is not None or len(closed) != len(ends) - 1 or any(not end.is_finite() for end in closed):
        yield "spread", [str(end) for end in ends], "every band but the last has bid_below, the last has none"
    elif closed != sorted(set(closed)):
        yield "spread", [str(end) for end in ends], "bid_below rises from band to band"
    for number, band in enumerate(bands, 1):
        if band.bid_below is not None:
            yield from _price(f"spread[{number}].bid_below", band.bid_below)
        for month, cap in (("near", band.near), ("far", band.far)):
            key = f"spread[{number}].{month}"
            if cap.relative is None and cap.absolute is None and cap.ticks is None and cap.delta is None:
                yield key, "", "one of relative, absolute, ticks and delta at least"
            if cap.relative is not None:
                yield from _ratio(f"{key}.relative", cap.relative, most=Decimal(10))
            if cap.absolute is not None:
                yield from _price(f"{key}.absolute", cap.absolute)
            if cap.delta is not None:
                yield from _price(f"{key}.delta", cap.delta)


def _broken_score(score: ScoreWeights) -> _Broken:
    parts = {name: getattr(score, name) for name in ("participation", "spread", "size", "inquiries")}
    for name, weight in parts.items():
        if not weight.is_finite() or not 0 <= weight <= 1:
            yield f"score.{name}", weight, "from 0 to 1"
    if sum(parts.values()) != 1:
        yield "score", sum(parts.values()), "the four weights add up to 1"


def _ratio(key: str, value: Decimal, most: Decimal = Decimal(1)) -> _Broken:
    if not value.is_finite() or not 0 < value <= most or value % _RATIO_STEP:
        yield key, value, f"above 0, at most {most}, at most six decimals"


def _price(key: str, value: Decimal) -> _Broken:
    if not value.is_finite() or not 0 < value <= 1_000_000 or value % _PRICE_STEP:
        yield key, value, "yuan above 0 with at most four decimals"
