"""Trading codes and short names of contracts (合约交易代码, 合约简称), rulebook 1.4.

After an adjustment the trading code keeps the strike of the listing day and changes its letter; the short name shows
the new strike and carries the letter at its end.
"""

from decimal import Decimal

from terminal.domain.contracts import Right, TradingCode

STANDARD = "M"
"""The letter of a contract that was never adjusted"""


def adjustment_letter(adjustments: int) -> str:
    """``M`` for none, ``A`` for one, ``B`` for two. Raises ValueError beyond ``L``, the letter before ``M``."""
    if not 0 <= adjustments <= 12:
        raise ValueError(f"{adjustments} adjustments have no letter")
    return STANDARD if adjustments == 0 else chr(ord("A") + adjustments - 1)


def trading_code(underlying: str, right: Right, month: tuple[int, int], letter: str, listed_strike: Decimal) -> str:
    """The 17-character trading code, e.g. ``510050C1612A02050``."""
    return str(TradingCode(underlying, right, month[0], month[1], letter, listed_strike))


def short_name(underlying_name: str, right: Right, month: int, strike: Decimal, letter: str = STANDARD) -> str:
    """The name the market shows, e.g. ``50ETF购12月3000``, adjusted ``50ETF购12月1908A``."""
    flag = "" if letter == STANDARD else letter
    return f"{underlying_name}{right.mark}{month}月{int(strike * 1000)}{flag}"


def adjusted_names(code: str, name: str, strike: Decimal) -> tuple[str, str]:
    """Trading code and short name once more adjusted, to a new strike: the next letter in both.

    Raises ValueError for a contract whose letter has no successor.
    """
    before = code[11]
    letter = adjustment_letter(1 if before == STANDARD else ord(before) - ord("A") + 2)
    head, _, _ = name.rpartition("月")
    return f"{code[:11]}{letter}{code[12:]}", f"{head}月{int(strike * 1000)}{letter}"
