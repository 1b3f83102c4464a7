"""Contract adjustment on an ex-day (合约调整), rulebook 7: all terms and names change, the 8-digit code stays.

The unit grows by the ratio of the price before to the price after, the strike shrinks by it. The two exchanges round
at different places: Shanghai divides by the unit as rounded, Shenzhen by the ratio before rounding.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from terminal.domain.contracts import UnderlyingKind
from terminal.domain.errors import BadInput
from terminal.rules.rounding import to_tick

#: Decimals of an adjusted strike
_STRIKE_TICK = {UnderlyingKind.ETF: Decimal("0.001"), UnderlyingKind.STOCK: Decimal("0.01")}
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The new terms. `ratio` is old over new: a price or strike times it gives the new one."""

    strike: Decimal
    multiplier: int
    ratio: Decimal

    def settlement(self, previous_settlement: Decimal, tick_size: Decimal = Decimal("0.0001")) -> Decimal:
        """Yesterday's settlement in the new terms (前结算价), at least one tick."""
        return max(to_tick(previous_settlement * self.ratio, tick_size), tick_size)


def adjust(
    *,
    strike: Decimal,
    multiplier: int,
    underlying_close: Decimal,
    cash_dividend: Decimal = _ZERO,
    bonus_ratio: Decimal = _ZERO,
    rights_price: Decimal = _ZERO,
    rights_ratio: Decimal = _ZERO,
    venue: str = "SSE",
    underlying_kind: UnderlyingKind = UnderlyingKind.ETF,
) -> Adjustment:
    """The terms from the ex-day on, out of the close of the eve; ratios are new shares per old share.

    Raises BadInput when the underlying would be worth nothing after the event, and for a venue other than ``SSE`` and
    ``SZSE``.
    """
    growth = multiplier_growth(
        underlying_close=underlying_close,
        cash_dividend=cash_dividend,
        bonus_ratio=bonus_ratio,
        rights_price=rights_price,
        rights_ratio=rights_ratio,
    )
    new_multiplier = int((multiplier * growth).to_integral_value(ROUND_HALF_UP))
    match venue:
        case "SSE":
            ratio = Decimal(multiplier) / new_multiplier
        case "SZSE":
            ratio = 1 / growth
        case _:
            raise BadInput("venue", venue, "SSE or SZSE")
    return Adjustment(to_tick(strike * ratio, _STRIKE_TICK[underlying_kind]), new_multiplier, ratio)


def multiplier_growth(
    *,
    underlying_close: Decimal,
    cash_dividend: Decimal = _ZERO,
    bonus_ratio: Decimal = _ZERO,
    rights_price: Decimal = _ZERO,
    rights_ratio: Decimal = _ZERO,
) -> Decimal:
    """How much the unit grows, not rounded: (1 + bonus + rights) x P / (P - dividend + rights price x rights).

    Raises BadInput when the denominator is not above zero.
    """
    worth_after = _worth_after(underlying_close, cash_dividend, rights_price, rights_ratio)
    return (1 + bonus_ratio + rights_ratio) * underlying_close / worth_after


def price_after(
    *,
    underlying_close: Decimal,
    cash_dividend: Decimal = _ZERO,
    bonus_ratio: Decimal = _ZERO,
    rights_price: Decimal = _ZERO,
    rights_ratio: Decimal = _ZERO,
) -> Decimal:
    """What a share is worth after the event (除权除息参考价), not rounded, yuan. Raises BadInput for nothing left."""
    worth_after = _worth_after(underlying_close, cash_dividend, rights_price, rights_ratio)
    return worth_after / (1 + bonus_ratio + rights_ratio)


def _worth_after(close: Decimal, cash_dividend: Decimal, rights_price: Decimal, rights_ratio: Decimal) -> Decimal:
    """What one old share becomes: the close less the dividend, and what is paid for its rights."""
    worth_after = close - cash_dividend + rights_price * rights_ratio
    if worth_after <= 0 or close <= 0:
        raise BadInput("cash dividend", cash_dividend, f"less than the close of the eve, {close}")
    return worth_after
