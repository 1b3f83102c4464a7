"""Market-maker protection (做市商保护): how much may trade against quotes within a rolling window.

Four statistics are those of Eurex (T7 Functional Reference 2.5.1, "Market Maker Protection"), over contracts bought (B)
and sold (S), calls (C) and puts (P):
Volume = BC + BP + SC + SP, Delta = (BC - SC) - (BP - SP), Vega = (BC + BP) - (SC + SP), the last two without sign, and
Percent = the sum over executions of 100 x executed / size of the quote, each rounded to a whole number, half up.
The fifth is ours: Loss, what the window's executions have lost against the theoretical prices of now.
A trip stays until a person re-arms it by name: one that re-arms itself quotes into the same sweep again.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from terminal.rules.protection.limit_sheet import bound


class Scope(StrEnum):
    """What one window counts together."""

    CONTRACT = "contract"
    EXPIRY = "expiry"
    UNDERLYING = "underlying"
    BOOK = "book"


class Measure(StrEnum):
    """What is limited."""

    VOLUME = "volume"
    DELTA = "delta"
    VEGA = "vega"
    PERCENT = "percent"
    LOSS = "loss"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionLimits:
    """Limits of one scope; ``inf`` for none, and what is blank trips at the first execution.

    Eurex trips when a limit is reached, not only when it is passed; so does this.
    """

    window_seconds: float = 0.0
    """Blank counts the whole day"""
    volume: float = 0.0
    """Contracts"""
    delta: float = 0.0
    vega: float = 0.0
    percent: float = 0.0
    loss: float = 0.0
    """Yuan"""

    def of(self, measure: Measure) -> float:
        """The limit of a measure; what is blank allows nothing."""
        return bound(getattr(self, measure.value))


def share_used(figure: float, limit: float) -> float:
    """How much of a limit is used; of a limit of nothing all is used, of none nothing."""
    return figure / limit if limit > 0 else 1.0


@dataclass(frozen=True, slots=True)
class QuoteExecution:
    """One execution of a side of a quote. `at` is monotonic seconds, `price` in yuan a share."""

    at: float
    number: int
    """Contract number of the day's list"""
    is_call: bool
    is_buy: bool
    quantity: int
    quote_size: int
    price: float
    multiplier: float


def percent_of(execution: QuoteExecution) -> int:
    """What an execution adds to Percent: 2.4 counts 2, 2.5 counts 3."""
    size = max(execution.quote_size, execution.quantity, 1)
    return (200 * execution.quantity + size) // (2 * size)


class ProtectionWindow:
    """The executions of one group within its window."""

    def __init__(self) -> None:
        self._executions: deque[QuoteExecution] = deque()

    def record(self, execution: QuoteExecution) -> None:
        """Count an execution."""
        self._executions.append(execution)

    def clear(self) -> None:
        """Count from nothing: a person has re-armed the group."""
        self._executions.clear()

    def figures(
        self, now: float, window_seconds: float, theoretical: Callable[[int], float] | None = None
    ) -> dict[Measure, float]:
        """All five measures over the window that ends now; without theoretical prices no loss.

        `theoretical` gives yuan a share by contract number; nan leaves a contract out.
        """
        window = bound(window_seconds)
        while window and self._executions and now - self._executions[0].at >= window:
            self._executions.popleft()
        volume = delta = vega = percent = 0
        loss = 0.0
        for one in self._executions:
            signed = one.quantity if one.is_buy else -one.quantity
            volume += one.quantity
            delta += signed if one.is_call else -signed
            vega += signed
            percent += percent_of(one)
            if theoretical is not None:
                lost = (one.price - theoretical(one.number)) * signed * one.multiplier
                loss += lost if lost == lost else 0.0
        return {
            Measure.VOLUME: volume,
            Measure.DELTA: abs(delta),
            Measure.VEGA: abs(vega),
            Measure.PERCENT: percent,
            Measure.LOSS: max(loss, 0.0),
        }


def tripped(figures: dict[Measure, float], limits: ProtectionLimits) -> tuple[Measure, float, float] | None:
    """The first measure that has reached its limit, its figure and the limit; None while all is well."""
    if not figures[Measure.VOLUME]:
        return None
    for measure, figure in figures.items():
        limit = limits.of(measure)
        if figure >= limit and (figure > 0 or measure is Measure.VOLUME):
            return measure, figure, limit
    return None
