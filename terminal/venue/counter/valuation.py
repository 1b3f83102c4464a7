"""What positions are worth and would hold at the newest prices (盯市): option value and maintenance margin, yuan."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Underlying
from terminal.rules.client_margin import MarginKind, SettledLeg, client_combination_margin, client_margin
from terminal.rules.rounding import to_cents
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.state import AccountState


class Valuation:
    """The newest prices, and what was reckoned from them since they came.

    A contract that was never marked has its previous settlement, an underlying its previous close.
    """

    def __init__(self, day: DayList, underlyings: Sequence[Underlying]) -> None:
        self._day = day
        self._spots = {u.code: u.previous_close for u in underlyings}
        self._prices = {code: contract.previous_settlement for code, contract in day.contracts.items()}
        self._margins: dict[tuple[str, str], Decimal] = {}
        self._combinations: dict[tuple[CombinationStrategy, str, str, str], Decimal] = {}

    def mark(self, prices: Mapping[str, Decimal]) -> None:
        """Take the newest prices by code of contract or underlying; other codes are passed over."""
        for code, price in prices.items():
            if code in self._prices:
                self._prices[code] = price
            elif code in self._spots:
                self._spots[code] = price
        self._margins.clear()
        self._combinations.clear()

    def option_value(self, account: AccountState) -> Decimal:
        """Long minus short positions."""
        value = ZERO
        for side, positions in account.positions.items():
            sign = 1 if side is PositionSide.LONG else -1
            for code, position in positions.items():
                if position.quantity:
                    value += sign * self._prices[code] * self._day.contracts[code].multiplier * position.quantity
        return to_cents(value)

    def maintenance(self, account: AccountState) -> Decimal:
        """What the broker would hold for the positions now (维持保证金); a combination is margined as one."""
        group = self._day.margin_group(account.profile)
        margin = ZERO
        for code, position in account.positions[PositionSide.SHORT].items():
            if position.uncombined:
                margin += self._margin(self._day.contracts[code], group) * position.uncombined
        for combination in account.combinations.values():
            first, second = combination.first_code, combination.second_code
            margin += self._combination(combination.strategy, first, second, group) * combination.quantity
        return margin

    def _margin(self, contract: Contract, group: str) -> Decimal:
        key = contract.code, group
        margin = self._margins.get(key)
        if margin is None:
            margin = self._margins[key] = client_margin(
                contract,
                kind=MarginKind.MAINTENANCE,
                underlying_price=self._spots[contract.underlying],
                settlement=self._prices[contract.code],
                group=group,
                days_to_expiry=self._day.days_to_expiry(contract),
                rules=self._day.profile.margin,
            )
        return margin

    def _combination(self, strategy: CombinationStrategy, first: str, second: str, group: str) -> Decimal:
        key = strategy, first, second, group
        margin = self._combinations.get(key)
        if margin is None:
            sides = (PositionSide.SHORT if strategy.is_short_pair else PositionSide.LONG), PositionSide.SHORT
            contracts = self._day.contracts[first], self._day.contracts[second]
            margin = self._combinations[key] = client_combination_margin(
                strategy,
                [SettledLeg(c, side, self._prices[c.code]) for c, side in zip(contracts, sides, strict=True)],
                kind=MarginKind.MAINTENANCE,
                underlying_price=self._spots[contracts[0].underlying],
                group=group,
                days_to_expiry=self._day.days_to_expiry(contracts[0]),
                rules=self._day.profile.margin,
            )
        return margin
