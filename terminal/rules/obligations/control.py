"""Front-end control of quotes (前端控制): width and size before sending, the shortest hold, what pulling would cost.

A cancel is never blocked here: the last two are questions that a person or a strategy answers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
from msgspec.structs import replace

from terminal.domain.quotes import Handling, QuoteEntry
from terminal.domain.reasons import Denial, Reason
from terminal.rules.obligations.figures import SECOND_US, Figures
from terminal.rules.obligations.spread import CapRow, allowed_units, cap_rows, percent, units
from terminal.rules.obligations.terms import InquiryTerms, Terms


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """One field that was changed before sending; `field` is a name of `QuoteEntry`."""

    field: str
    given: Decimal | int
    changed: Decimal | int


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quote after the control: as it may be sent, with what was changed, or why it may not."""

    entry: QuoteEntry
    changes: tuple[QuoteChange, ...] = ()
    denial: Denial | None = None


@dataclass(frozen=True, slots=True)
class HoldVerdict:
    """Whether a response quote may be taken out now; `until` is when the shortest hold ends, None without one."""

    allowed: bool
    until: datetime | None = None
    seconds_left: float = 0.0


@dataclass(frozen=True, slots=True)
class PullQuestion:
    """What pulling contracts to the end of `seconds`, or to the close, would do to the contract rate."""

    failing: tuple[str, ...]
    """Those of them that would miss their participation"""
    reachable_before: int
    """Contracts that can still reach theirs"""
    reachable_after: int
    required: int
    seconds_until_break: float | None
    """How long they may stay away before the contract rate breaks; None where it cannot break by them"""

    @property
    def breaks(self) -> bool:
        """Whether the contract rate would be missed, and would not be otherwise."""
        return self.reachable_after < self.required <= self.reachable_before


def check_quote(
    entry: QuoteEntry,
    terms: Terms,
    *,
    near: bool,
    handling: Handling,
    tick_size: Decimal = Decimal("0.0001"),
    delta: float | None = None,
) -> CheckedQuote:
    """Hold a quote to the widest spread and the smallest size (最大买卖价差, 最小报价数量).

    Both prices give way by the same number of ticks, the ask by one more where it is odd. A quote with one side or
    none, and a crossed one, are refused whatever the handling: what was meant cannot be told.
    """
    prices = (entry.bid_price, entry.ask_price)
    if any(not price.is_finite() or price <= 0 for price in prices) or min(entry.bid_quantity, entry.ask_quantity) <= 0:
        return CheckedQuote(entry, denial=Denial(Reason.QUOTE_TWO_SIDED))
    if entry.bid_price >= entry.ask_price:
        return CheckedQuote(entry, denial=Denial(Reason.QUOTE_CROSSED, "price", f"{entry.bid_price:f}"))
    least = terms.least_quantity(near)
    smallest = min(entry.bid_quantity, entry.ask_quantity)
    if smallest < least and handling is Handling.REFUSE:
        return CheckedQuote(entry, denial=Denial(Reason.QUOTE_SIZE, "quantity", str(smallest), f"{least}-"))
    rows, tick, hundredths = cap_rows(terms, near=near), units(tick_size), percent(delta)
    bid, ask = units(entry.bid_price), units(entry.ask_price)
    cap = allowed_units(rows, bid, tick, hundredths)
    if ask - bid > cap:
        narrowed = None if handling is Handling.REFUSE else _narrowed(rows, bid, ask, tick, hundredths)
        if narrowed is None:
            given, allowed = _yuan(ask - bid), _yuan(cap)
            return CheckedQuote(entry, denial=Denial(Reason.QUOTE_SPREAD, "price", f"{given:f}", f"0-{allowed:f}"))
        bid, ask = narrowed
    return _changed(
        entry,
        bid_price=_yuan(bid) if bid != units(entry.bid_price) else entry.bid_price,
        bid_quantity=max(entry.bid_quantity, least),
        ask_price=_yuan(ask) if ask != units(entry.ask_price) else entry.ask_price,
        ask_quantity=max(entry.ask_quantity, least),
    )


def may_cancel_answer(
    answered_at: datetime | None, terms: InquiryTerms, now: datetime, *, by_protection: bool = False
) -> HoldVerdict:
    """Whether a quote that answers an inquiry may be taken out yet (最短保留时间); protection always may.

    `answered_at` is when the answer that stands began; None where none stands.
    """
    if answered_at is None:
        return HoldVerdict(True)
    until = answered_at + timedelta(seconds=terms.min_hold_seconds)
    left = (until - now).total_seconds()
    return HoldVerdict(by_protection or left <= 0, until, max(left, 0.0))


def pull_question(figures: Figures, codes: frozenset[str], seconds: float | None = None) -> PullQuestion:
    """What it would cost to leave contracts unquoted for some seconds, or to the close; everything else kept quoted."""
    remaining = figures.remaining_us
    away = remaining if seconds is None else np.minimum(remaining, int(seconds * SECOND_US))
    pulled = np.array([code in codes for code in figures.codes], bool) & figures.counted & ~figures.failed
    slack = figures.slack_us
    failing = pulled & (slack < away)
    before = figures.contracts_reachable
    required = figures.required_contracts
    until: float | None = None
    # The contract rate breaks with the fall of the first that cannot be spared
    own = np.sort(slack[pulled & (slack < remaining)])
    spare = before - required
    if 0 <= spare < len(own):
        until = float(own[spare]) / SECOND_US
    return PullQuestion(
        failing=tuple([code for code, fails in zip(figures.codes, failing, strict=True) if fails]),
        reachable_before=before,
        reachable_after=before - int(failing.sum()),
        required=required,
        seconds_until_break=until,
    )


def _narrowed(
    rows: tuple[CapRow, ...], bid: int, ask: int, tick: int, delta_percent: int | None
) -> tuple[int, int] | None:
    """The widest pair inside the quote that is allowed; None where not even one tick is."""
    # No bid up to the ask is allowed more than this, so that the search begins there
    ends = [ask, *[row.bid_below - 1 for row in rows if row.bid_below is not None and bid < row.bid_below <= ask]]
    widest = max(allowed_units(rows, end, tick, delta_percent) for end in ends)
    first = max(1, (ask - bid - widest) // tick)
    for given_up in range(first, (ask - bid) // tick):
        lower, upper = bid + given_up // 2 * tick, ask - (given_up - given_up // 2) * tick
        if upper - lower <= allowed_units(rows, lower, tick, delta_percent):
            return lower, upper
    return None


def _changed(entry: QuoteEntry, **fields: Decimal | int) -> CheckedQuote:
    changes = tuple(
        [
            QuoteChange(name, getattr(entry, name), value)
            for name, value in fields.items()
            if getattr(entry, name) != value
        ]
    )
    if not changes:
        return CheckedQuote(entry)
    return CheckedQuote(
        replace(entry, **{change.field: change.changed for change in changes}),
        changes,
    )


def _yuan(price: int) -> Decimal:
    return Decimal(price).scaleb(-4)
