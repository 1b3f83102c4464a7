"""Underlyings (合约标的) and option contracts (期权合约), and the codes the market names them by.

A contract is known by its 8-digit contract code (合约编码) and never by its strike: after an adjustment a
standard and an adjusted contract of one month may share a strike.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from terminal.domain.errors import BadInput


class Right(StrEnum):
    """What the option gives a right to (认购/认沽)."""

    CALL = "C"
    PUT = "P"

    @property
    def mark(self) -> str:
        """The sign the market writes in short names: 购 for calls, 沽 for puts."""
        return "购" if self is Right.CALL else "沽"


class UnderlyingKind(StrEnum):
    """UnderlyingType of the contract file: fund or share."""

    ETF = "EBS"
    STOCK = "ASH"


#: Strikes stand in the trading code times 1000 for funds, times 100 for shares (rulebook 1.4)
_STRIKE_SCALE = {UnderlyingKind.ETF: Decimal(1000), UnderlyingKind.STOCK: Decimal(100)}
_TRADING_CODE = re.compile(r"(\d{6})([CP])(\d{2})(\d{2})([A-Z])(\d{5})", re.ASCII)
_CONTRACT_CODE = re.compile(r"\d{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TradingCode:
    """The parts of a 17-character trading code (合约交易代码), e.g. ``510050C1503M02200``.

    `adjustment` is ``M`` for a contract never adjusted, ``A`` after the first adjustment, ``B`` after the
    second. `listed_strike` stays the strike of the listing day: only the letter changes (rulebook 1.4).
    """

    underlying: str
    right: Right
    expiry_year: int
    expiry_month: int
    adjustment: str
    listed_strike: Decimal

    def __str__(self) -> str:
        scaled = int(self.listed_strike * _STRIKE_SCALE[kind_of(self.underlying)])
        month = f"{self.expiry_year % 100:02d}{self.expiry_month:02d}"
        return f"{self.underlying}{self.right}{month}{self.adjustment}{scaled:05d}"


def kind_of(underlying: str) -> UnderlyingKind:
    """Fund or share, by the exchange's code ranges: 6xxxxx are shares, 5xxxxx and 1xxxxx are funds."""
    return UnderlyingKind.STOCK if underlying.startswith("6") else UnderlyingKind.ETF


def parse_trading_code(text: str) -> TradingCode:
    """Split a trading code; blanks around it are allowed because the exchange's field is 19 wide.

    Raises BadInput when the text is not 17 characters of that form or names no month.
    """
    match = _TRADING_CODE.fullmatch(text.strip(" "))
    if match is None:
        raise BadInput("trading code", text, "six digits, C or P, YYMM, a letter and five digits")
    underlying, right, year, month, adjustment, strike = match.groups()
    if not 1 <= int(month) <= 12:
        raise BadInput("trading code", text, "the month (characters 10-11) is 01 to 12")
    scale = _STRIKE_SCALE[kind_of(underlying)]
    return TradingCode(underlying, Right(right), 2000 + int(year), int(month), adjustment, int(strike) / scale)


def is_contract_code(text: str) -> bool:
    """Whether the text has the form of a contract code (合约编码): eight digits."""
    return _CONTRACT_CODE.fullmatch(text) is not None


class ListingState(StrEnum):
    """Fifth character of SecurityStatusFlag: listed today, listed before, last day of listing."""

    NEW = "A"
    EXISTING = "E"
    DELISTED = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Underlying:
    """A fund or share that options are written on (合约标的). Prices in yuan."""

    code: str
    name: str
    pinyin: str
    """Initials a user types for the name, upper case"""
    kind: UnderlyingKind = UnderlyingKind.ETF
    previous_close: Decimal
    """Previous close, on an ex-day the adjusted one (合约标的前收盘价)"""
    limit_rate: Decimal = Decimal("0.10")
    tick_size: Decimal = Decimal("0.001")
    limit_up: Decimal
    limit_down: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One option contract with the terms of the day (合约基础信息, the contract file's record).

    `strike` and `multiplier` (合约单位) are those after any adjustment. `margin` is the exchange's opening
    margin for one contract in yuan. Order sizes are in contracts (张).
    """

    code: str
    trading_code: str
    name: str
    underlying: str
    right: Right
    strike: Decimal
    multiplier: int
    first_day: date
    last_day: date
    exercise_day: date
    delivery_day: date
    expiry: date
    version: str = "0"
    open_interest: int = 0
    previous_close: Decimal | None = None
    previous_settlement: Decimal
    underlying_close: Decimal
    limit_up: Decimal
    limit_down: Decimal
    margin: Decimal
    margin_ratio_1: Decimal = Decimal(12)
    margin_ratio_2: Decimal = Decimal(7)
    lot: int = 1
    limit_order_min: int = 1
    limit_order_max: int = 50
    market_order_min: int = 1
    market_order_max: int = 10
    tick_size: Decimal = Decimal("0.0001")
    opening_restricted: bool = False
    suspended: bool = False
    near_expiry: bool = False
    recently_adjusted: bool = False
    listing: ListingState = ListingState.EXISTING
    only_short_straddles: bool = False
    """Combinations are limited to short straddles and strangles (flag character 6)"""
    dates_estimated: bool = False
    """A date above rests on a year whose holidays the exchange has not announced"""

    @property
    def adjustment(self) -> str:
        """``M``, or ``A``, ``B`` ... by the number of adjustments."""
        return self.trading_code[11]

    @property
    def is_adjusted(self) -> bool:
        """Whether the terms were changed by an ex-day since listing (调整合约)."""
        return self.adjustment != "M"

    @property
    def month(self) -> tuple[int, int]:
        """Year and month of expiry, as the trading code says it (到期月份)."""
        return 2000 + int(self.trading_code[7:9]), int(self.trading_code[9:11])

    @property
    def series(self) -> tuple[str, date, str]:
        """What a chain shows together: underlying, expiry and adjustment letter."""
        return self.underlying, self.expiry, self.adjustment
