"""Why a contract is added (加挂) and why it leaves (摘牌), rulebook 1.3 and 7."""

from datetime import date
from enum import StrEnum

from terminal.domain.contracts import Contract


class ListingCause(StrEnum):
    """The three kinds of added contracts."""

    MONTH = "month"
    """到期加挂: a new month after an expiry"""
    PRICE = "price"
    """波动加挂: strikes missing around a close"""
    ADJUSTMENT = "adjustment"
    """调整加挂: a fresh standard set after an ex-day"""


class DelistingCause(StrEnum):
    """Why a contract leaves the board at the end of a day."""

    EXPIRY = "expiry"
    EMPTY_ADJUSTED = "empty_adjusted"
    """An adjusted contract nobody holds"""
    UNDERLYING = "underlying"
    """The underlying is delisted"""


def listing_cause(
    contract: Contract, *, month_began: date, ex_days: frozenset[date] | tuple[date, ...] = ()
) -> ListingCause:
    """Why a contract was added on its first day: an ex-day of its underlying, a new month, or a move of the price."""
    if contract.first_day in ex_days:
        return ListingCause.ADJUSTMENT
    return ListingCause.MONTH if contract.first_day == month_began else ListingCause.PRICE


def delisting_cause(
    contract: Contract, trading_day: date, *, open_interest: int, underlying_delisted: bool = False
) -> DelistingCause | None:
    """Why the contract leaves at the end of the day; None when it stays."""
    if underlying_delisted:
        return DelistingCause.UNDERLYING
    if trading_day >= contract.expiry:
        return DelistingCause.EXPIRY
    if contract.is_adjusted and open_interest == 0:
        return DelistingCause.EMPTY_ADJUSTED
    return None
