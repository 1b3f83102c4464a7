"""What the counter knows of the day before anything happens: rules, underlyings, contracts and their charges.

Instrument numbers count underlyings first, then contracts, in the order of the day's list.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Contract, Underlying
from terminal.domain.errors import BadInput
from terminal.domain.orders import Instruction, Side
from terminal.rules.fees import fill_fee
from terminal.rules.margin import broker_margin
from terminal.rules.profile import Profile
from terminal.venue.counter.charge import Charge, cents_up

#: Fees are per contract and may have parts of a cent: taken over this many, one contract's is known to 0.000001
_FEE_SAMPLE = 10_000


class DayList:
    """The day's list and what working orders hold per contract."""

    def __init__(
        self, profile: Profile, trading_day: date, underlyings: Sequence[Underlying], contracts: Sequence[Contract]
    ) -> None:
        self.profile = profile
        self.trading_day = trading_day
        self.underlyings = frozenset(u.code for u in underlyings)
        self.contracts = {c.code: c for c in contracts}
        self.instruments = {c.code: n for n, c in enumerate(contracts, start=len(underlyings))}
        self._margin = {c.code: broker_margin(c, profile.margin) for c in contracts}
        self._fee = {i: cents_up(fill_fee(profile.fees, i, _FEE_SAMPLE) / _FEE_SAMPLE) for i in Instruction}
        # A seller who closes pays the fee out of the premium (rulebook 2.1)
        self._fee[Instruction.SELL_CLOSE] = ZERO

    def contract(self, contract_code: str) -> Contract:
        """One contract of the list. Raises BadInput for any other code."""
        contract = self.contracts.get(contract_code)
        if contract is None:
            raise BadInput("contract", contract_code, "one of the day's list")
        return contract

    def margin_each(self, contract_code: str, instruction: Instruction) -> Decimal:
        """Opening margin of one contract at this broker (开仓保证金), yuan; zero for all but 卖出开仓."""
        return self._margin[contract_code] if instruction is Instruction.SELL_OPEN else ZERO

    def premium_frozen(self, contract: Contract, instruction: Instruction, price: Decimal | None) -> Decimal:
        """Premium held for one contract of a buy, yuan; without a price it is held at limit-up (rulebook 2.2)."""
        if instruction.side is Side.SELL:
            return ZERO
        return cents_up((contract.limit_up if price is None else price) * contract.multiplier)

    def charge(self, contract: Contract, instruction: Instruction, price: Decimal | None) -> Charge:
        """What an order holds per contract."""
        return Charge(
            premium_each=self.premium_frozen(contract, instruction, price),
            margin_each=self.margin_each(contract.code, instruction),
            fee_each=self._fee[instruction],
        )
