"""Margin of naked short options (保证金), rulebook 4.1: yuan per contract, two decimals half-up.

Two levels: the exchange's own figure, printed in the contract file, and what the broker charges its clients, which is
a multiple of it (rulebook 4.1, tiers).
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from terminal.domain.accounts import PositionSide
from terminal.domain.combinations import CombinationStrategy, LegRule
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


def broker_margin(contract: Contract, rules: MarginRules, group: str | None = None) -> Decimal:
    """What the broker holds for one short contract: the exchange's opening margin times the group's multiple.

    Without `group` that of the default one. The uplift near expiry is in `rules.client_margin`.
    """
    return to_cents(contract.margin * group_multiple(rules, group))


def group_multiple(rules: MarginRules, group: str | None = None) -> Decimal:
    """A client group's multiple of the exchange's margin. Raises BadInput for a group that is not in the profile."""
    name = rules.default_group if group is None else group
    multiple = rules.groups.get(name)
    if multiple is None:
        raise BadInput("margin group", name, f"one of {', '.join(sorted(rules.groups))}")
    return multiple


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinationLeg:
    """One of the two positions of a combination.

    A short leg of a straddle or strangle needs `settlement` (yesterday's for the opening margin, today's for the
    maintenance margin) and either its own `margin`, yuan per contract, or `underlying_close` to reckon it from at the
    exchange's minimum. Spreads need neither. `right` takes ``C`` and ``P`` too, `side` ``long`` and ``short``.
    """

    right: Right
    side: PositionSide
    strike: Decimal
    multiplier: int = 10000
    settlement: Decimal | None = None
    margin: Decimal | None = None
    underlying_close: Decimal | None = None
    underlying_kind: UnderlyingKind | str = UnderlyingKind.ETF
    rates: MarginRate | None = None

    def naked_margin(self) -> Decimal:
        """Margin of the short leg alone, yuan. Raises BadInput when there is nothing to reckon it from."""
        if self.margin is not None:
            return self.margin
        if self.settlement is None or self.underlying_close is None:
            raise BadInput("combination leg", self.strike, "a margin, or a settlement and the underlying's close")
        return _margin(
            Right(self.right),
            self.strike,
            self.multiplier,
            self.underlying_close,
            self.settlement,
            self.underlying_kind,
            self.rates,
        )


def combination_margin(
    strategy: CombinationStrategy | str, legs: Sequence[CombinationLeg | Mapping[str, Any]]
) -> Decimal:
    """Margin of one combination (组合策略保证金), opening or maintenance alike, yuan (rulebook 4.4).

    The legs come in any order, as `CombinationLeg` or as mappings of its fields, where `previous_settlement` may stand
    for `settlement` as in the other margin functions. A bull call spread and a bear put spread need none; the other two
    spreads need the distance of the strikes; a short straddle or strangle the larger margin and the other leg's
    settlement value. With equal margins the larger settlement counts. Raises BadInput when the legs do not form the
    strategy.
    """
    strategy, pair = _strategy(strategy), [_leg(leg) for leg in legs]
    broken = legs_mismatch(strategy, pair)
    if broken is not None:
        raise BadInput("combination", f"{strategy} of {len(pair)} legs", broken.value)
    if strategy in (CombinationStrategy.CNSJC, CombinationStrategy.PXSJC):
        return to_cents(Decimal(0))
    first, second = pair
    if not strategy.is_short_pair:
        return to_cents(abs(first.strike - second.strike) * first.multiplier)
    for leg in pair:
        if leg.settlement is None:
            raise BadInput("combination leg", leg.strike, "a settlement price")
    (lower, lower_value), (higher, higher_value) = sorted(
        (leg.naked_margin(), (leg.settlement or Decimal(0)) * leg.multiplier) for leg in pair
    )
    # Sorted by margin, then value: of equal margins the larger value must be added
    return to_cents(higher + (higher_value if higher == lower else lower_value))


def _leg(leg: CombinationLeg | Mapping[str, Any]) -> CombinationLeg:
    if isinstance(leg, CombinationLeg):
        return leg
    fields = dict(leg)
    if "previous_settlement" in fields:
        fields["settlement"] = fields.pop("previous_settlement")
    known = {field.name for field in dataclasses.fields(CombinationLeg)}
    if not known >= fields.keys() or not fields.keys() >= {"right", "side", "strike"}:
        raise BadInput("combination leg", ", ".join(map(str, fields)), "right, side, strike and what it is margined by")
    return CombinationLeg(**fields)


def legs_mismatch(strategy: CombinationStrategy, legs: Sequence[CombinationLeg]) -> LegRule | None:
    """The first rule the legs break; None when they form the strategy (rulebook 4.4)."""
    if len(legs) != 2:
        return LegRule.TWO_LEGS
    if any(leg.side == PositionSide.COVERED for leg in legs):
        return LegRule.NO_COVERED
    if legs[0].multiplier != legs[1].multiplier:
        return LegRule.ONE_UNIT
    if strategy.is_short_pair:
        return _pair_mismatch(strategy, legs)
    wanted = Right.CALL if strategy in (CombinationStrategy.CNSJC, CombinationStrategy.CXSJC) else Right.PUT
    if any(leg.right != wanted for leg in legs):
        return LegRule.TWO_CALLS if wanted is Right.CALL else LegRule.TWO_PUTS
    longs = [leg for leg in legs if leg.side == PositionSide.LONG]
    if len(longs) != 1:
        return LegRule.LONG_AND_SHORT
    (long_leg,) = longs
    short_leg = legs[1] if legs[0] is long_leg else legs[0]
    short_is_higher = strategy in (CombinationStrategy.CNSJC, CombinationStrategy.PNSJC)
    if short_is_higher and not short_leg.strike > long_leg.strike:
        return LegRule.SHORT_ABOVE_LONG
    if not short_is_higher and not short_leg.strike < long_leg.strike:
        return LegRule.SHORT_BELOW_LONG
    return None


def _pair_mismatch(strategy: CombinationStrategy, legs: Sequence[CombinationLeg]) -> LegRule | None:
    if any(leg.side != PositionSide.SHORT for leg in legs):
        return LegRule.TWO_SHORT
    calls = [leg for leg in legs if leg.right == Right.CALL]
    if len(calls) != 1:
        return LegRule.CALL_AND_PUT
    (call,) = calls
    put = legs[1] if legs[0] is call else legs[0]
    if strategy is CombinationStrategy.KS and call.strike != put.strike:
        return LegRule.ONE_STRIKE
    if strategy is CombinationStrategy.KKS and not call.strike > put.strike:
        return LegRule.CALL_ABOVE_PUT
    return None


def _strategy(code: CombinationStrategy | str) -> CombinationStrategy:
    if code not in CombinationStrategy.__members__:
        raise BadInput("combination strategy", code, f"one of {', '.join(CombinationStrategy)}")
    return CombinationStrategy(code)


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
