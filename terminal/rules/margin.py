"""Margin of naked short options (保证金), rulebook 4.1: yuan per contract, two decimals half-up.

Two levels: the exchange's own figure, printed in the contract file, and what the broker charges its clients, which is
a multiple of it (rulebook 4.1, tiers).
"""

from decimal import Decimal

from terminal.domain.contracts import Contract, Right, UnderlyingKind
from terminal.domain.errors import BadInput
from terminal.rules.profile import MarginRate, MarginRules
from terminal.rules.rounding import to_cents

_PERCENT = Decimal(100)
#: The exchange's minimum in the live market, percent (rulebook 4.1), for callers without a profile
EXCHANGE_MINIMUM: dict[tuple[UnderlyingKind, Right], MarginRate] = {
    (UnderlyingKind.ETF, Right.CALL): MarginRate(ratio_1=Decimal(12), ratio_2=Decimal(7)),
    (UnderlyingKind.ETF, Right.PUT): MarginRate(ratio_1=Decimal(12), ratio_2=Decimal(7)),
    (UnderlyingKind.STOCK, Right.CALL): MarginRate(ratio_1=Decimal(21), ratio_2=Decimal(10)),
    (UnderlyingKind.STOCK, Right.PUT): MarginRate(ratio_1=Decimal(19), ratio_2=Decimal(10)),
}


def rates_of(rules: MarginRules, underlying_kind: UnderlyingKind, right: Right) -> MarginRate:
    """The profile's pair of percentages for one kind of underlying and one right."""
    if underlying_kind is UnderlyingKind.ETF:
        return rules.etf_call if right is Right.CALL else rules.etf_put
    return rules.stock_call if right is Right.CALL else rules.stock_put


def opening_margin(
    *,
    right: Right,
    strike: Decimal,
    multiplier: int,
    underlying_close: Decimal,
    previous_settlement: Decimal,
    underlying_kind: UnderlyingKind | str = UnderlyingKind.ETF,
    rates: MarginRate | None = None,
) -> Decimal:
    """Opening margin (开仓保证金) of one short contract from yesterday's closes; `rates` default to the exchange's.

    `underlying_kind` may be the words ``ETF`` and ``STOCK``. Raises BadInput for another word.
    """
    return _margin(right, strike, multiplier, underlying_close, previous_settlement, underlying_kind, rates)


def maintenance_margin(
    *,
    right: Right,
    strike: Decimal,
    multiplier: int,
    underlying_close: Decimal,
    settlement: Decimal,
    underlying_kind: UnderlyingKind | str = UnderlyingKind.ETF,
    rates: MarginRate | None = None,
) -> Decimal:
    """Maintenance margin (维持保证金) of one short contract: the same formula with today's close and settlement."""
    return _margin(right, strike, multiplier, underlying_close, settlement, underlying_kind, rates)


def broker_margin(contract: Contract, rules: MarginRules) -> Decimal:
    """What the broker holds from a client for one short contract: the exchange's margin times its uplift."""
    return to_cents(contract.margin * rules.broker_uplift)


def _margin(
    right: Right,
    strike: Decimal,
    multiplier: int,
    close: Decimal,
    settlement: Decimal,
    underlying_kind: UnderlyingKind | str,
    rates: MarginRate | None,
) -> Decimal:
    if rates is None:
        rates = EXCHANGE_MINIMUM[_kind(underlying_kind), right]
    ratio_1, ratio_2 = rates.ratio_1 / _PERCENT, rates.ratio_2 / _PERCENT
    if right is Right.CALL:
        out_of_the_money = max(strike - close, Decimal(0))
        per_share = settlement + max(ratio_1 * close - out_of_the_money, ratio_2 * close)
    else:
        out_of_the_money = max(close - strike, Decimal(0))
        # A put writer cannot lose more than the strike
        per_share = min(settlement + max(ratio_1 * close - out_of_the_money, ratio_2 * strike), strike)
    return to_cents(per_share * multiplier)


def _kind(word: UnderlyingKind | str) -> UnderlyingKind:
    if isinstance(word, UnderlyingKind):
        return word
    if word not in UnderlyingKind.__members__:
        raise BadInput("underlying kind", word, "ETF or STOCK")
    return UnderlyingKind[word]
