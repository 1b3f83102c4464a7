"""The steps of the day's end in their order (日终结算流程), rulebook 9; each is one transaction of the journal."""

from enum import StrEnum


class Step(StrEnum):
    """One step. The order of the members is the order they run in."""

    TRADES = "trades"
    """Nothing works any more, and what was booked is what the exchange traded (成交确认)"""
    NETTING = "netting"
    """Long against short of one contract, uncombined, uncovered first (对冲)"""
    COVER = "cover"
    """Shares locked for covered positions, the rest unlocked (备兑锁定)"""
    DELIVERY = "delivery"
    """What was exercised the trading day before is delivered and paid (行权交收)"""
    EXERCISE_CHECK = "exercise_check"
    """Which exercises are valid (行权有效性检查)"""
    ASSIGNMENT = "assignment"
    """Who has to deliver (行权指派)"""
    COMBINATIONS = "combinations"
    """Combinations that end by themselves (组合自动解除)"""
    EXPIRY = "expiry"
    """Positions of expired contracts leave (合约到期)"""
    MARGIN = "margin"
    """Maintenance margin by settlement price and close (维持保证金)"""
    FEES = "fees"
    """Fees of exercise (行权手续费)"""
    INTEREST = "interest"
    """On balances and overdrafts (结息, 罚息)"""
    CASH = "cash"
    """Dividends in, clearing accounts to zero, money that is missing called for (资金交收, 追保)"""
    LIMITS = "limits"
    """What holds tomorrow: open interest, open restriction (限开仓)"""
    RECONCILIATION = "reconciliation"
    """Books against trades, money and shares (对账); a break stops here"""
    STATEMENTS = "statements"
    """What each account is told (结算单)"""


STEPS = tuple(Step)


def step_after(done: int) -> Step | None:
    """The step to run when so many are done; None after the last."""
    return STEPS[done] if done < len(STEPS) else None
