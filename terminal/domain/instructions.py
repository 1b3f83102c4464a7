"""Instructions that are no orders (非交易指令), rulebook 2.1: what a desk may ask of the counter beside trading.

One command carries all of them (`messages.Instruct`); `FIELDS` says which of its fields each kind reads.
"""

from enum import StrEnum


class InstructionKind(StrEnum):
    """What is asked for."""

    LOCK = "lock"
    """Lock free shares for covered calls (证券锁定)"""
    UNLOCK = "unlock"
    """Free locked shares that cover nothing (证券解锁)"""
    EXERCISE = "exercise"
    """Exercise long contracts on their exercise day (行权); may be repeated, quantities add up"""
    WITHDRAW_EXERCISE = "withdraw_exercise"
    """Take back part or all of what was asked to be exercised that day (撤销行权)"""
    MERGED_EXERCISE = "merged_exercise"
    """Exercise a call and a put of higher strike together (行权指令合并申报)"""
    WITHDRAW_MERGED = "withdraw_merged"
    """Take back merged exercises (撤销合并行权)"""
    COMBINE = "combine"
    """Build a combination of two legs (组合构建)"""
    RELEASE = "release"
    """Release a combination by its number (组合解除)"""
    TO_COVERED = "to_covered"
    """Turn short calls into covered ones, shares for margin (普通转备兑, ZBD)"""
    TO_NAKED = "to_naked"
    """Turn covered calls into short ones, margin for shares (备兑转普通, ZXJ)"""
    TO_BROKER = "to_broker"
    """Hand shares of the client over to the broker's disposal account (转处置账户)"""
    TO_INVESTOR = "to_investor"
    """Give shares back out of the disposal account (处置账户划回)"""
    CASH_IN = "cash_in"
    """Bring money in from the bank (银证转入)"""
    CASH_OUT = "cash_out"
    """Take money out to the bank (银证转出)"""
    SHARES_IN = "shares_in"
    """Bring in shares bought or transferred in the cash market (证券转入)"""
    SHARES_OUT = "shares_out"
    """Take shares away: sold or transferred in the cash market (证券转出)"""
    BUY_SHARES = "buy_shares"
    """Buy shares of an underlying at once or not at all (现货买入)"""
    SELL_SHARES = "sell_shares"
    """Sell shares at once or not at all (现货卖出); not those bought today (T+1)"""
    CONFIRM_STATEMENT = "confirm_statement"
    """Confirm the statement of the last settled day (结算单确认)"""


#: What trades in the cash market, and is judged as an order is
SHARE_TRADES = frozenset({InstructionKind.BUY_SHARES, InstructionKind.SELL_SHARES})

_SHARES = frozenset({"underlying", "quantity"})
_TRADES = _SHARES | {"price"}
_CONTRACTS = frozenset({"contract_code", "quantity"})
_PAIRS = frozenset({"contract_code", "second_code", "quantity"})
_MONEY = frozenset({"amount"})

#: The fields of an instruction that its kind reads; every other one must be left empty
FIELDS: dict[InstructionKind, frozenset[str]] = {
    InstructionKind.LOCK: _SHARES,
    InstructionKind.UNLOCK: _SHARES,
    InstructionKind.EXERCISE: _CONTRACTS,
    InstructionKind.WITHDRAW_EXERCISE: _CONTRACTS,
    InstructionKind.MERGED_EXERCISE: _PAIRS,
    InstructionKind.WITHDRAW_MERGED: _PAIRS,
    InstructionKind.COMBINE: _PAIRS | {"strategy"},
    InstructionKind.RELEASE: frozenset({"combination_id", "quantity"}),
    InstructionKind.TO_COVERED: _CONTRACTS,
    InstructionKind.TO_NAKED: _CONTRACTS,
    InstructionKind.TO_BROKER: _SHARES,
    InstructionKind.TO_INVESTOR: _SHARES,
    InstructionKind.CASH_IN: _MONEY,
    InstructionKind.CASH_OUT: _MONEY,
    InstructionKind.SHARES_IN: _SHARES,
    InstructionKind.SHARES_OUT: _SHARES,
    InstructionKind.BUY_SHARES: _TRADES,
    InstructionKind.SELL_SHARES: _TRADES,
    InstructionKind.CONFIRM_STATEMENT: frozenset(),
}
