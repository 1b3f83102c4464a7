"""What this client is charged (客户保证金): the margin group of the account, the uplift near expiry, combinations.

Opening margins are those of the contract file times the group's multiple; where the uplift near expiry holds, the
broker's policy takes their place. The account's profile comes from the counter and may change in the day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.contracts import Contract
from terminal.domain.errors import BadInput
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Instruct
from terminal.rules.client_margin import MarginKind, SettledLeg, client_combination_margin, client_opening_margin
from terminal.rules.combinations import ContractLeg
from terminal.rules.margin import group_multiple
from terminal.rules.profile import Profile
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class MarginChange:
    """Margin before and after an instruction, yuan, of the positions it touches."""

    before: Decimal
    after: Decimal


class ClientTerms:
    """Margins of one account; `days_left` counts trading days to an expiry, 0 on the day itself."""

    def __init__(
        self, profile: Profile, market: MarketData, portfolio: Portfolio, days_left: Callable[[date], int]
    ) -> None:
        self.profile = profile
        self._market = market
        self._portfolio = portfolio
        self._days_left = days_left

    @property
    def group(self) -> str:
        """The margin group in force; the profile's default for one it does not know, which the counter settles."""
        wanted = self._portfolio.profile.margin_group
        return wanted if wanted in self.profile.margin.groups else self.profile.margin.default_group

    @property
    def multiple(self) -> Decimal:
        """The group's multiple of the exchange's margin."""
        return group_multiple(self.profile.margin, self.group)

    def days_left(self, contract: Contract) -> int:
        """Trading days to the contract's expiry."""
        return self._days_left(contract.expiry)

    def opening(self, contract: Contract) -> Decimal:
        """Opening margin of one short contract, yuan."""
        return client_opening_margin(
            contract, group=self.group, days_to_expiry=self.days_left(contract), rules=self.profile.margin
        )

    def combination(self, strategy: CombinationStrategy, first: ContractLeg, second: ContractLeg) -> Decimal | None:
        """Margin of one combination at yesterday's settlements, yuan; None when the legs do not form it."""
        contract = first.contract
        try:
            return client_combination_margin(
                strategy,
                [SettledLeg(leg.contract, leg.side, leg.contract.previous_settlement) for leg in (first, second)],
                kind=MarginKind.OPENING,
                underlying_price=contract.underlying_close,
                group=self.group,
                days_to_expiry=self.days_left(contract),
                rules=self.profile.margin,
            )
        except BadInput:
            return None

    def margin_change(self, command: Instruct) -> MarginChange | None:
        """What margin is held of the positions an instruction touches, before and after; None where none is."""
        contract = self._market.contract(command.contract_code)
        quantity = max(command.quantity, 0)
        match command.kind:
            case InstructionKind.TO_COVERED if contract is not None:
                return MarginChange(self._held(contract.code, quantity), ZERO)
            case InstructionKind.TO_NAKED if contract is not None:
                return MarginChange(ZERO, self.opening(contract) * quantity)
            case InstructionKind.COMBINE if contract is not None and command.strategy is not None:
                second = self._market.contract(command.second_code)
                if second is None:
                    return None
                legs = [self._leg(contract, command.strategy), self._leg(second, command.strategy)]
                each = self.combination(command.strategy, legs[0], legs[1])
                if each is None:
                    return None
                shorts = [leg for leg in legs if leg.side is PositionSide.SHORT]
                before = sum((self._held(leg.contract.code, quantity) for leg in shorts), ZERO)
                return MarginChange(before, each * quantity)
            case InstructionKind.RELEASE:
                return self._release(command)
        return None

    def _release(self, command: Instruct) -> MarginChange | None:
        found = next((c for c in self._portfolio.combinations if c.number == command.combination_id), None)
        if found is None or found.quantity < 1:
            return None
        quantity = min(max(command.quantity, 0), found.quantity)
        codes = (found.first_code, found.second_code) if found.strategy.is_short_pair else (found.second_code,)
        contracts = [self._market.contract(code) for code in codes]
        naked = sum((self.opening(c) for c in contracts if c is not None), ZERO)
        return MarginChange(found.margin * quantity / found.quantity, naked * quantity)

    def _leg(self, contract: Contract, strategy: CombinationStrategy) -> ContractLeg:
        long = self._portfolio.position(contract.code, PositionSide.LONG)
        is_long = not strategy.is_short_pair and long is not None and long.available_quantity > 0
        return ContractLeg(contract, PositionSide.LONG if is_long else PositionSide.SHORT)

    def _held(self, code: str, quantity: int) -> Decimal:
        """What the counter holds for this many of a short position, by its own figure."""
        position = self._portfolio.position(code, PositionSide.SHORT)
        free = position.quantity - position.combined_quantity if position is not None else 0
        if position is None or free < 1:
            return ZERO
        return (position.margin * min(quantity, free) / free).quantize(Decimal("0.01"))
