"""What the counter knows of the day before anything happens: rules, underlyings, contracts and their charges.

Instrument numbers count underlyings first, then contracts, in the order of the day's list.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from terminal.domain.account_rights import AccountProfile
from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.calendar import TradingCalendar, TradingYear
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction, Side
from terminal.rules.client_margin import MarginKind, uplift_applies
from terminal.rules.fees import fill_fee
from terminal.rules.margin import CombinationLeg, broker_margin, combination_margin, group_multiple
from terminal.rules.profile import Profile
from terminal.rules.rounding import to_cents
from terminal.venue.counter.charge import Charge, cents_up

#: Fees are per contract and may have parts of a cent: taken over this many, one contract's is known to 0.000001
_FEE_SAMPLE = 10_000
# An enum's member is found by a call in Python: as names of the module the hot path has them at once
_SELL, _SELL_OPEN = Side.SELL, Instruction.SELL_OPEN


class DayList:
    """The day's list and what working orders hold per contract.

    Without a calendar every weekday of the years around the day counts as a trading day.
    """

    def __init__(
        self,
        profile: Profile,
        trading_day: date,
        underlyings: Sequence[Underlying],
        contracts: Sequence[Contract],
        calendar: TradingCalendar | None = None,
    ) -> None:
        self.profile = profile
        self.trading_day = trading_day
        self.calendar = calendar or weekdays_around(trading_day)
        self.listed_underlyings = tuple(underlyings)
        self.underlyings = {u.code: u for u in underlyings}
        self.quoted_underlyings = tuple(dict.fromkeys(c.underlying for c in contracts))
        """Those that have contracts, in the order of the list"""
        self.contracts = {c.code: c for c in contracts}
        self.instruments = {c.code: n for n, c in enumerate(contracts, start=len(underlyings))}
        self.codes = [u.code for u in underlyings] + [c.code for c in contracts]
        self._days_left: dict[date, int] = {}
        self._margins: dict[str, dict[str, Decimal]] = {}
        self._fee = {i: cents_up(fill_fee(profile.fees, i, _FEE_SAMPLE) / _FEE_SAMPLE) for i in Instruction}
        # A seller who closes pays the fee out of the premium (rulebook 2.1)
        self._fee[Instruction.SELL_CLOSE] = ZERO

    def underlying(self, code: str) -> Underlying:
        """One underlying of the list. Raises BadInput for any other code."""
        underlying = self.underlyings.get(code)
        if underlying is None:
            raise BadInput("underlying", code, "one of the day's list")
        return underlying

    def contract(self, contract_code: str) -> Contract:
        """One contract of the list. Raises BadInput for any other code."""
        contract = self.contracts.get(contract_code)
        if contract is None:
            raise BadInput("contract", contract_code, "one of the day's list")
        return contract

    def days_to_expiry(self, contract: Contract) -> int:
        """Trading days from today to the contract's expiry, 0 on that day."""
        left = self._days_left.get(contract.expiry)
        if left is None:
            left = self._days_left[contract.expiry] = self.calendar.days_left(self.trading_day, contract.expiry)
        return left

    def margin_group(self, account: AccountProfile) -> str:
        """The group whose multiple an account pays. Raises BadInput for one that the profile does not have."""
        group = account.margin_group or self.profile.margin.default_group
        group_multiple(self.profile.margin, group)
        return group

    def opening_margin(self, contract: Contract, account: AccountProfile) -> Decimal:
        """Opening margin of one short contract for an account's group (开仓保证金), yuan."""
        group = account.margin_group or self.profile.margin.default_group
        margins = self._margins.get(group)
        if margins is None:
            margins = self._margins[group] = {}
        margin = margins.get(contract.code)
        if margin is None:
            margin = margins[contract.code] = self._opening_margin(contract, group)
        return margin

    def margin_each(self, contract: Contract, instruction: Instruction, account: AccountProfile) -> Decimal:
        """What one contract of an order holds as margin, yuan; zero for all but 卖出开仓."""
        return self.opening_margin(contract, account) if instruction is _SELL_OPEN else ZERO

    def premium_frozen(self, contract: Contract, instruction: Instruction, price: Decimal | None) -> Decimal:
        """Premium held for one contract of a buy, yuan; without a price it is held at limit-up (rulebook 2.2)."""
        if instruction.side is _SELL:
            return ZERO
        return cents_up((contract.limit_up if price is None else price) * contract.multiplier)

    def charge(
        self, contract: Contract, instruction: Instruction, price: Decimal | None, account: AccountProfile
    ) -> Charge:
        """What an order holds per contract."""
        return Charge(
            self.premium_frozen(contract, instruction, price),
            self.margin_each(contract, instruction, account),
            self._fee[instruction],
        )

    def combination_margin(
        self, strategy: CombinationStrategy, first: Contract, second: Contract, account: AccountProfile
    ) -> Decimal:
        """Opening margin of one combination for an account's group, yuan (rulebook 4.4); spreads as `client_margin`."""
        first_side = PositionSide.SHORT if strategy.is_short_pair else PositionSide.LONG
        legs = [
            CombinationLeg(
                right=contract.right,
                side=side,
                strike=contract.strike,
                multiplier=contract.multiplier,
                settlement=contract.previous_settlement,
                margin=self.opening_margin(contract, account),
            )
            for contract, side in ((first, first_side), (second, PositionSide.SHORT))
        ]
        margin = combination_margin(strategy, legs)
        if strategy.is_short_pair:
            return margin
        return to_cents(margin * group_multiple(self.profile.margin, self.margin_group(account)))

    def _opening_margin(self, contract: Contract, group: str) -> Decimal:
        """The exchange's published margin times the group's multiple, more near expiry (rulebook 4.2)."""
        rules = self.profile.margin
        near = uplift_applies(
            contract, MarginKind.OPENING, contract.underlying_close, group, self.days_to_expiry(contract), rules
        )
        if not near:
            return broker_margin(contract, rules, group)
        if contract.right is Right.PUT:
            return to_cents(contract.strike * contract.multiplier)
        return to_cents(contract.margin * max(group_multiple(rules, group), rules.near_expiry.call_multiple))


def weekdays_around(day: date) -> TradingCalendar:
    """A calendar that knows no holidays, for the years before, of and after a day."""
    return TradingCalendar(TradingYear(year, frozenset()) for year in range(day.year - 1, day.year + 2))
