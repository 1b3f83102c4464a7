"""Trades that are void (取消交易, rulebook 2.8): booked back by entries of their own, never edited (F13)."""

from datetime import datetime
from decimal import Decimal

from terminal.domain.accounts import ZERO, PositionSide
from terminal.domain.errors import BadInput
from terminal.domain.instructions import InstructionKind
from terminal.domain.orders import Instruction, PositionEffect, Side
from terminal.rules.fees import fill_fee
from terminal.rules.margin import broker_margin
from terminal.rules.rounding import to_cents
from terminal.venue.counter.books import Books
from terminal.venue.counter.day_list import DayList
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.settlement.entries import AccountTold, TradeReversed
from terminal.venue.counter.state import POSITION_SIDE


def reverse_trade(
    day: DayList,
    books: Books,
    *,
    account_id: str,
    execution_id: str,
    contract_code: str,
    instruction: Instruction,
    price: Decimal,
    quantity: int,
    multiplier: int,
    now: datetime,
) -> CounterResult:
    """Take one execution back: premium and fee, and the position where its contract still lives.

    `multiplier` is that of the trade's day. The same execution again changes nothing. Raises BadInput for an unknown
    account, and for opened contracts that are no longer there to take out.
    """
    account, result = books.account(account_id), CounterResult()
    if f"{account_id}/{execution_id}" in books.settlement.state.reversals:
        return result
    contract, side = day.contracts.get(contract_code), POSITION_SIDE[instruction]
    opened = instruction.position_effect is PositionEffect.OPEN
    if contract is not None and opened:
        position = account.positions[side].get(contract_code)
        there = position.available if position else 0
        if quantity > there:
            raise BadInput("quantity", quantity, f"{there} are there to take out")
    margin = ZERO
    if contract is not None and not opened and side is PositionSide.SHORT:
        group = account.profile.margin_group or day.profile.margin.default_group
        margin = broker_margin(contract, day.profile.margin, group) * quantity
    premium = to_cents(price * multiplier * quantity)
    fee = fill_fee(day.profile.fees, instruction, quantity)
    buys = instruction.side is Side.BUY
    result.write(
        books,
        TradeReversed(
            account_id=account_id,
            execution_id=execution_id,
            contract_code=contract_code,
            instruction=instruction,
            price=price,
            quantity=quantity,
            premium=premium,
            fee=fee,
            margin=margin,
            side=side,
            at=now,
        ),
    )
    result.write(
        books,
        AccountTold(
            account_id=account_id,
            kind=InstructionKind.CASH_IN if buys else InstructionKind.CASH_OUT,
            contract_code=contract_code,
            quantity=quantity,
            amount=premium,
            detail=f"reversal {execution_id}"[:80],
            at=now,
        ),
    )
    return result
