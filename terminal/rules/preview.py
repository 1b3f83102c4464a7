"""What an order would cost or free before it is sent (委托预览), rulebook 2.1, 2.2, 4.1, 9.

A market order is reckoned at limit-up when it buys and at limit-down when it sells, as the front end does. A picture
for the ticket and for the funds check; the counter's own figures have the last word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from terminal.domain.accounts import Position
from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Instruction, OrderRequest, PositionEffect, Side
from terminal.rules.client_margin import MarginKind, client_margin, uplift_applies
from terminal.rules.fees import fill_fee
from terminal.rules.margin import broker_margin
from terminal.rules.profile import MarginRules, Profile
from terminal.rules.rounding import to_cents, to_tick

_ZERO = Decimal(0)
#: No market holds more: a quantity beyond it is reckoned as this, so that the figures stay figures
_MOST_CONTRACTS = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCost:
    """Yuan for the whole order, if all of it trades at `price`; never negative."""

    price: Decimal
    """The limit, or the price limit a market order is reckoned at; yuan per share"""
    premium: Decimal
    """Paid by a buyer, received by a seller (权利金)"""
    fee: Decimal
    margin: Decimal
    """Held by the broker once a sell-open has traded (开仓保证金)"""
    frozen: Decimal
    """Funds set aside while the order works (冻结)"""
    released_margin: Decimal
    """Freed once a buy-close has traded"""
    covered_shares: int
    """Locked shares a covered-open needs"""
    max_loss: Decimal | None
    """Most an opened position can lose by expiry, fees included; None without bound, for covered and closing orders"""
    break_even: Decimal | None
    """Price of the underlying at expiry at which an opened position ends even, yuan per share; None for the others"""


@dataclass(frozen=True, slots=True)
class ClientMargin:
    """Whose margin it is: the client's group, and the trading days to a contract's expiry for the uplift near it."""

    group: str
    days_left: Callable[[Contract], int]

    def each(self, contract: Contract, rules: MarginRules) -> Decimal:
        """Opening margin of one short contract, yuan. Raises BadInput for a group the profile does not have."""
        days, close = self.days_left(contract), contract.underlying_close
        if not uplift_applies(contract, MarginKind.OPENING, close, self.group, days, rules):
            return broker_margin(contract, rules, self.group)
        return client_margin(
            contract,
            kind=MarginKind.OPENING,
            underlying_price=close,
            settlement=contract.previous_settlement,
            group=self.group,
            days_to_expiry=days,
            rules=rules,
        )


def preview(
    request: OrderRequest,
    contract: Contract,
    profile: Profile,
    position: Position | None = None,
    *,
    client: ClientMargin | None = None,
) -> OrderCost:
    """Reckon an order. `position` is the short position that a buy-close would reduce.

    Without `client` margins are those of the profile's default group, not near expiry. Without `position` the margin
    freed is that of as many contracts opened today. A price above limit-up is reckoned as limit-up: nothing can trade
    above it.
    """
    instruction = request.instruction
    quantity = min(request.quantity, _MOST_CONTRACTS)
    price = _reckoned_price(request, contract)
    premium = to_cents(price * contract.multiplier * quantity)
    fee = fill_fee(profile.fees, instruction, quantity)
    each = broker_margin(contract, profile.margin) if client is None else client.each(contract, profile.margin)
    margin = each * quantity if instruction is Instruction.SELL_OPEN else _ZERO
    frozen = margin
    if instruction.side is Side.BUY:
        frozen += premium + fee
    elif instruction.position_effect is PositionEffect.OPEN:
        frozen += fee
    released = _released_margin(each, quantity, position) if instruction is Instruction.BUY_CLOSE else _ZERO
    return OrderCost(
        price=price,
        premium=premium,
        fee=fee,
        margin=margin,
        frozen=frozen,
        released_margin=released,
        covered_shares=contract.multiplier * quantity if instruction is Instruction.COVERED_OPEN else 0,
        max_loss=_max_loss(instruction, contract, quantity, premium, fee),
        break_even=_break_even(instruction, contract, quantity, premium, fee),
    )


def _reckoned_price(request: OrderRequest, contract: Contract) -> Decimal:
    if request.price is not None:
        return min(request.price, contract.limit_up)
    return contract.limit_up if request.instruction.side is Side.BUY else contract.limit_down


def _released_margin(each: Decimal, quantity: int, position: Position | None) -> Decimal:
    if position is None:
        return each * quantity
    if position.quantity < 1:
        return _ZERO
    return to_cents(position.margin * min(quantity, position.quantity) / position.quantity)


def _max_loss(
    instruction: Instruction, contract: Contract, quantity: int, premium: Decimal, fee: Decimal
) -> Decimal | None:
    if instruction is Instruction.BUY_OPEN:
        return premium + fee
    if instruction is Instruction.SELL_OPEN and contract.right is Right.PUT:
        return max(to_cents(contract.strike * contract.multiplier * quantity) - premium + fee, _ZERO)
    return None


def _break_even(
    instruction: Instruction, contract: Contract, quantity: int, premium: Decimal, fee: Decimal
) -> Decimal | None:
    if instruction is Instruction.BUY_OPEN:
        carried = premium + fee
    elif instruction is Instruction.SELL_OPEN:
        carried = premium - fee
    else:
        return None
    per_share = carried / (contract.multiplier * quantity)
    even = contract.strike + per_share if contract.right is Right.CALL else contract.strike - per_share
    return to_tick(even, contract.tick_size)
