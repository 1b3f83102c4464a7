"""Ready shapes of a basket by the market's names, laid around one contract of the list (常用组合).

The neighbours are those of the contract's own series: same underlying, expiry and adjustment, so also the same unit.
"""

from collections.abc import Iterable
from enum import StrEnum

from terminal.domain.contracts import Contract, Right
from terminal.domain.orders import Side
from terminal.services.basket import BasketLeg


class Shape(StrEnum):
    """A shape; a sold one is the bought one reversed, where no name of its own is used."""

    CALL_BULL = "call_bull"
    """认购牛市价差: buy the strike, sell the next above, both calls"""
    CALL_BEAR = "call_bear"
    """认购熊市价差: sell the strike, buy the next above, both calls"""
    PUT_BULL = "put_bull"
    """认沽牛市价差: buy the strike, sell the next above, both puts"""
    PUT_BEAR = "put_bear"
    """认沽熊市价差: sell the strike, buy the next above, both puts"""
    STRADDLE = "straddle"
    """跨式: buy call and put of the strike"""
    STRANGLE = "strangle"
    """宽跨式: buy the put below and the call above"""
    BUTTERFLY = "butterfly"
    """蝶式: buy the neighbours, sell the strike twice, all of the contract's right"""
    SYNTHETIC_LONG = "synthetic_long"
    """合成多头: buy the call, sell the put of the strike"""
    SYNTHETIC_SHORT = "synthetic_short"
    """合成空头: sell the call, buy the put of the strike"""
    CALENDAR = "calendar"
    """日历价差: sell the contract, buy the same strike and right of the next expiry"""


_SPREADS = {
    Shape.CALL_BULL: (Right.CALL, Side.BUY),
    Shape.CALL_BEAR: (Right.CALL, Side.SELL),
    Shape.PUT_BULL: (Right.PUT, Side.BUY),
    Shape.PUT_BEAR: (Right.PUT, Side.SELL),
}


def legs_of(shape: Shape, chosen: Contract, listed: Iterable[Contract]) -> tuple[BasketLeg, ...]:
    """The legs of a shape around a contract; empty where the list lacks one of them.

    A spread on the highest strike takes the one below instead of the one above.
    """
    contracts = list(listed)
    series = {(c.right, c.strike): c for c in contracts if c.series == chosen.series}
    if shape is Shape.CALENDAR:
        return _calendar(chosen, contracts)

    def leg(right: Right, place: int, side: Side, ratio: int = 1) -> tuple[Contract | None, Side, int]:
        strike = strikes[place] if 0 <= place < len(strikes) else None
        return (None if strike is None else series.get((right, strike))), side, ratio

    strikes = sorted({strike for _, strike in series})
    if chosen.strike not in strikes:
        return ()
    at, buy, sell = strikes.index(chosen.strike), Side.BUY, Side.SELL
    match shape:
        case Shape.STRADDLE:
            wanted = [leg(Right.CALL, at, buy), leg(Right.PUT, at, buy)]
        case Shape.STRANGLE:
            wanted = [leg(Right.PUT, at - 1, buy), leg(Right.CALL, at + 1, buy)]
        case Shape.BUTTERFLY:
            right = chosen.right
            wanted = [leg(right, at - 1, buy), leg(right, at, sell, 2), leg(right, at + 1, buy)]
        case Shape.SYNTHETIC_LONG:
            wanted = [leg(Right.CALL, at, buy), leg(Right.PUT, at, sell)]
        case Shape.SYNTHETIC_SHORT:
            wanted = [leg(Right.CALL, at, sell), leg(Right.PUT, at, buy)]
        case _:
            right, lower = _SPREADS[shape]
            first = at if at + 1 < len(strikes) else at - 1
            wanted = [leg(right, first, lower), leg(right, first + 1, lower.opposite)]
    if any(contract is None for contract, _, _ in wanted):
        return ()
    return tuple([BasketLeg(contract.code, side, ratio) for contract, side, ratio in wanted if contract is not None])


def _calendar(chosen: Contract, contracts: Iterable[Contract]) -> tuple[BasketLeg, ...]:
    alike = [
        c
        for c in contracts
        if (c.underlying, c.adjustment, c.right, c.strike) == (chosen.underlying, chosen.adjustment, *_what(chosen))
        and c.multiplier == chosen.multiplier
        and c.expiry > chosen.expiry
    ]
    if not alike:
        return ()
    later = min(alike, key=lambda c: c.expiry)
    return BasketLeg(chosen.code, Side.SELL), BasketLeg(later.code, Side.BUY)


def _what(contract: Contract) -> tuple[Right, object]:
    return contract.right, contract.strike
