"""Which combinations two contracts may form, until when, and when they end by themselves (组合策略), rulebook 4.4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import TradingCalendar
from terminal.domain.combinations import CombinationStrategy, LegRule
from terminal.domain.contracts import Contract
from terminal.domain.reasons import Denial, Reason
from terminal.rules.margin import CombinationLeg, legs_mismatch
from terminal.rules.profile import CombinationRules


@dataclass(frozen=True, slots=True)
class ContractLeg:
    """A contract and the side it is held on."""

    contract: Contract
    side: PositionSide


def identify(first: ContractLeg, second: ContractLeg) -> list[CombinationStrategy]:
    """The strategies the two may form, whatever the day; at most one today, none when they do not fit."""
    return [strategy for strategy in CombinationStrategy if validate(strategy, (first, second)) is None]


def validate(strategy: CombinationStrategy, legs: Sequence[ContractLeg]) -> Denial | None:
    """Why the legs do not form the strategy: underlying, expiry, unit, covered legs, rights, sides, strikes.

    `allowed` of the denial is the name of a `LegRule`.
    """

    def denial(given: str, rule: LegRule) -> Denial:
        return Denial(Reason.COMBINATION_LEGS, "contract", given, rule.name)

    if len(legs) != 2:
        return denial(f"{len(legs)} legs", LegRule.TWO_LEGS)
    first, second = (leg.contract for leg in legs)
    if first.underlying != second.underlying:
        return denial(f"{first.underlying} {second.underlying}", LegRule.ONE_UNDERLYING)
    if first.expiry != second.expiry:
        return denial(f"{first.expiry} {second.expiry}", LegRule.ONE_EXPIRY)
    broken = legs_mismatch(strategy, [_bare(leg) for leg in legs])
    return denial(f"{strategy} {first.name} {second.name}", broken) if broken is not None else None


def release_day(
    strategy: CombinationStrategy, expiry: date, calendar: TradingCalendar, rules: CombinationRules
) -> date:
    """The day at whose end the combination is released by itself (自动解除): spreads on E-2, short pairs on E."""
    days = rules.pair_release_days if strategy.is_short_pair else rules.spread_release_days
    return calendar.shift(expiry, -days)


def only_short_pairs(trading_day: date, expiry: date, calendar: TradingCalendar, rules: CombinationRules) -> bool:
    """Whether nothing but short straddles and strangles is built that day (sixth character of the status flag)."""
    return trading_day > release_day(CombinationStrategy.CNSJC, expiry, calendar, rules)


def check_build(
    strategy: CombinationStrategy,
    legs: Sequence[ContractLeg],
    trading_day: date,
    calendar: TradingCalendar,
    rules: CombinationRules,
) -> Denial | None:
    """Whether the combination may be built that day: the legs fit, and it would not have been released before."""
    denial = validate(strategy, legs)
    if denial is not None:
        return denial
    last = release_day(strategy, legs[0].contract.expiry, calendar, rules)
    if trading_day > last:
        return Denial(Reason.COMBINATION_NEAR_EXPIRY, "contract", strategy, last.isoformat())
    return None


def _bare(leg: ContractLeg) -> CombinationLeg:
    contract = leg.contract
    return CombinationLeg(right=contract.right, side=leg.side, strike=contract.strike, multiplier=contract.multiplier)
