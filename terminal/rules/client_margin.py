"""What the broker holds for short positions (客户保证金): group multiple, near-expiry uplift, expiry-day addition.

Three levels (rulebook 4.1): the exchange's formula, the clearing house's addition where an era has one, and on top the
broker's multiple. Near expiry one published policy charges calls more and puts in full (rulebook 4.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from terminal.domain.accounts import PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right, UnderlyingKind, kind_of
from terminal.rules.margin import CombinationLeg, combination_margin, group_multiple, maintenance_margin, rates_of
from terminal.rules.profile import MarginRules
from terminal.rules.rounding import to_cents

_PERCENT = Decimal(100)


class MarginKind(StrEnum):
    """When margin is reckoned: on an order during the day, or on a position at the day's end."""

    OPENING = "opening"
    """开仓保证金"""
    MAINTENANCE = "maintenance"
    """维持保证金"""


def client_margin(
    contract: Contract,
    *,
    kind: MarginKind,
    underlying_price: Decimal,
    settlement: Decimal,
    group: str,
    days_to_expiry: int,
    rules: MarginRules,
) -> Decimal:
    """Margin of one short contract for a client group, yuan.

    `underlying_price` and `settlement` are yesterday's for the opening and today's for the maintenance margin;
    `days_to_expiry` counts trading days, 0 on the expiry day. Raises BadInput for a group the profile does not have.
    """
    multiple = group_multiple(rules, group)
    underlying = kind_of(contract.underlying)
    exchange = maintenance_margin(
        right=contract.right,
        strike=contract.strike,
        multiplier=contract.multiplier,
        underlying_close=underlying_price,
        settlement=settlement,
        underlying_kind=underlying,
        rates=rates_of(rules, underlying, contract.right),
    )
    if kind == MarginKind.MAINTENANCE and days_to_expiry <= 0 and rules.expiry_day.enabled:
        percent = rules.expiry_day.etf if underlying is UnderlyingKind.ETF else rules.expiry_day.stock
        exchange += percent / _PERCENT * underlying_price * contract.multiplier
    return _charged(exchange, multiple, contract, kind, underlying_price, group, days_to_expiry, rules)


def client_opening_margin(contract: Contract, *, group: str, days_to_expiry: int, rules: MarginRules) -> Decimal:
    """Opening margin of one contract for a client group, yuan, out of the exchange's published figure (MarginUnit)."""
    multiple = group_multiple(rules, group)
    return _charged(
        contract.margin,
        multiple,
        contract,
        MarginKind.OPENING,
        contract.underlying_close,
        group,
        days_to_expiry,
        rules,
    )


def _charged(
    exchange: Decimal,
    multiple: Decimal,
    contract: Contract,
    kind: MarginKind,
    underlying_price: Decimal,
    group: str,
    days_to_expiry: int,
    rules: MarginRules,
) -> Decimal:
    if uplift_applies(contract, kind, underlying_price, group, days_to_expiry, rules):
        if contract.right is Right.PUT:
            return to_cents(contract.strike * contract.multiplier)
        multiple = max(multiple, rules.near_expiry.call_multiple)
    return to_cents(exchange * multiple)


def uplift_applies(
    contract: Contract,
    kind: MarginKind,
    underlying_price: Decimal,
    group: str,
    days_to_expiry: int,
    rules: MarginRules,
) -> bool:
    """Whether the near-expiry uplift holds: from the end of E-1, from near the money inwards (rulebook 4.2)."""
    near = rules.near_expiry
    if not near.enabled or group in near.exempt_groups:
        return False
    # The day's end of E-1 is the first moment: orders of that day are still charged as before
    last = near.days if kind == MarginKind.MAINTENANCE else near.days - 1
    if days_to_expiry > last:
        return False
    out = near.call_moneyness_percent_out if contract.right is Right.CALL else near.put_moneyness_percent_out
    return moneyness_percent(contract.right, contract.strike, underlying_price) >= -out


def moneyness_percent(right: Right, strike: Decimal, underlying_price: Decimal) -> Decimal:
    """How far in the money (虚实程度), percent of the underlying's price; negative out of the money."""
    inside = underlying_price - strike if right is Right.CALL else strike - underlying_price
    return inside / underlying_price * _PERCENT


@dataclass(frozen=True, slots=True)
class SettledLeg:
    """One leg of a combination with the settlement its margin is reckoned from."""

    contract: Contract
    side: PositionSide
    settlement: Decimal


def client_combination_margin(
    strategy: CombinationStrategy | str,
    legs: Sequence[SettledLeg],
    *,
    kind: MarginKind,
    underlying_price: Decimal,
    group: str,
    days_to_expiry: int,
    rules: MarginRules,
) -> Decimal:
    """Margin of one combination for a client group, yuan (rulebook 4.2 third row, 4.4).

    The legs of a short pair are charged as the group's naked legs and the other leg's settlement is added as it is; the
    strike distance of a spread is charged with the group's multiple (D).
    """
    bare = [
        CombinationLeg(
            right=leg.contract.right,
            side=leg.side,
            strike=leg.contract.strike,
            multiplier=leg.contract.multiplier,
            settlement=leg.settlement,
            margin=client_margin(
                leg.contract,
                kind=kind,
                underlying_price=underlying_price,
                settlement=leg.settlement,
                group=group,
                days_to_expiry=days_to_expiry,
                rules=rules,
            ),
        )
        for leg in legs
    ]
    margin = combination_margin(strategy, bare)
    if CombinationStrategy(strategy).is_short_pair:
        return margin
    return to_cents(margin * group_multiple(rules, group))
