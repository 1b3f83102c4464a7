"""What an instruction would need and bring before it is sent (非交易指令预览), rulebook 4.4, 6.

A picture at the prices of now. For an exercise it also says what selling would bring instead, so that nobody exercises
what is worth more sold.
"""

from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.accounts import ZERO
from terminal.domain.contracts import Contract, Right
from terminal.domain.instructions import InstructionKind
from terminal.domain.messages import Instruct
from terminal.rules.exercise import exercise_cash, exercise_fee, exercise_shares, merged_proceeds
from terminal.rules.expiry.worth import break_even, worth
from terminal.rules.profile import Fees
from terminal.rules.rounding import to_cents
from terminal.rules.shares import amount_of, share_fee, shown_within
from terminal.services.client_terms import ClientTerms, MarginChange
from terminal.services.market_data import MarketData, price_decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionEffect:
    """Yuan and shares for the whole instruction; None where it does not apply or is not known."""

    cash_needed: Decimal | None = None
    """Fee included"""
    cash_received: Decimal | None = None
    """On the delivery day for an exercise"""
    fee: Decimal | None = None
    shares_needed: int | None = None
    shares_received: int | None = None
    moneyness: Decimal | None = None
    """How far in the money, yuan per share; negative out of the money"""
    break_even: Decimal | None = None
    """Price of the underlying at which exercising just pays its fee, yuan per share"""
    exercise_value: Decimal | None = None
    """What exercising is worth at the last price of the underlying, fee taken off"""
    sale_value: Decimal | None = None
    """What selling at the best bid would bring instead, fee taken off"""
    margin: MarginChange | None = None


class InstructionEffects:
    """Reckons effects with what the desk knows now."""

    def __init__(self, market: MarketData, terms: ClientTerms) -> None:
        self._market = market
        self._terms = terms

    def of(self, command: Instruct) -> InstructionEffect:
        """The effect of one instruction, as far as its fields are filled."""
        contract = self._market.contract(command.contract_code)
        quantity, fees = command.quantity, self._terms.profile.fees
        if quantity < 1 and command.amount <= 0:
            return InstructionEffect()
        match command.kind:
            case InstructionKind.EXERCISE if contract is not None:
                return self._exercise(contract, quantity, fees)
            case InstructionKind.MERGED_EXERCISE if contract is not None:
                put = self._market.contract(command.second_code)
                if put is None:
                    return InstructionEffect()
                fee = exercise_fee(fees, 2 * quantity)
                return InstructionEffect(cash_received=merged_proceeds(contract, put, quantity, fees), fee=fee)
            case InstructionKind.TO_COVERED if contract is not None:
                shares = contract.multiplier * quantity
                return InstructionEffect(shares_needed=shares, margin=self._terms.margin_change(command))
            case InstructionKind.TO_NAKED if contract is not None:
                shares = contract.multiplier * quantity
                return InstructionEffect(shares_received=shares, margin=self._terms.margin_change(command))
            case InstructionKind.COMBINE | InstructionKind.RELEASE:
                return InstructionEffect(margin=self._terms.margin_change(command))
            case InstructionKind.BUY_SHARES | InstructionKind.SELL_SHARES:
                return self._shares(command)
            case InstructionKind.CASH_IN:
                return InstructionEffect(cash_received=command.amount)
            case InstructionKind.CASH_OUT:
                return InstructionEffect(cash_needed=command.amount)
        return InstructionEffect()

    def _shares(self, command: Instruct) -> InstructionEffect:
        """At the levels that are shown; at the limit where they do not reach."""
        underlying = self._market.underlying(command.underlying)
        if underlying is None or not command.price.is_finite() or command.price <= 0:
            return InstructionEffect()
        buys, quantity = command.kind is InstructionKind.BUY_SHARES, command.quantity
        levels = self._market.asks(underlying.code) if buys else self._market.bids(underlying.code)
        shown = tuple((level.price, level.quantity) for level in levels)
        amount = to_cents(command.price * quantity)
        if shown_within(shown, command.price, buys=buys) >= quantity:
            amount = amount_of(shown, quantity)
        fee = share_fee(self._terms.profile.shares, underlying.kind, amount, buys=buys)
        if buys:
            return InstructionEffect(cash_needed=amount + fee, fee=fee, shares_received=quantity)
        return InstructionEffect(cash_received=amount - fee, fee=fee, shares_needed=quantity)

    def _exercise(self, contract: Contract, quantity: int, fees: Fees) -> InstructionEffect:
        call = contract.right is Right.CALL
        spot = self._market.last(contract.underlying) or contract.underlying_close
        unit = contract.multiplier * quantity
        bids = self._market.bids(contract.code)
        bid = price_decimal(bids[0].price) if bids else None
        value = worth(contract, quantity, underlying_price=spot, bid=bid, fees=fees)
        return InstructionEffect(
            cash_needed=exercise_cash(contract, quantity, fees),
            cash_received=ZERO if call else to_cents(contract.strike * unit),
            fee=exercise_fee(fees, quantity),
            shares_needed=exercise_shares(contract, quantity),
            shares_received=unit if call else 0,
            moneyness=value.inside,
            break_even=break_even(contract, fees),
            exercise_value=value.exercise,
            sale_value=value.sale,
        )
