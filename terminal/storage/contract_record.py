"""The record of a contract file field by field: names, widths and decimals of rulebook 10.1, and how it is written.

The rule: widths count GBK bytes, in which a Chinese character takes two.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from terminal.domain.contracts import Contract, kind_of
from terminal.domain.errors import BadInput

STREAM_ID: Final = "R0301"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: text (C) when `decimals` is None, else a number (N), right-aligned, with that many decimals."""

    name: str
    width: int
    decimals: int | None = None


FIELDS: Final = (
    Field("RFStreamID", 5),
    Field("SecurityID", 8),
    Field("ContractID", 19),
    Field("ContractSymbol", 20),
    Field("UnderlyingSecurityID", 6),
    Field("UnderlyingSymbol", 8),
    Field("UnderlyingType", 3),
    Field("OptionType", 1),
    Field("CallOrPut", 1),
    Field("ContractMultiplierUnit", 11, 0),
    Field("ExercisePrice", 11, 4),
    Field("StartDate", 8),
    Field("EndDate", 8),
    Field("ExerciseDate", 8),
    Field("DeliveryDate", 8),
    Field("ExpireDate", 8),
    Field("UpdateVersion", 1),
    Field("TotalLongPosition", 12, 0),
    Field("SecurityClosePx", 11, 4),
    Field("SettlPrice", 11, 4),
    Field("UnderlyingClosePx", 11, 4),
    Field("PriceLimitType", 1),
    Field("DailyPriceUpLimit", 11, 4),
    Field("DailyPriceDownLimit", 11, 4),
    Field("MarginUnit", 16, 2),
    Field("MarginRatioParam1", 6, 2),
    Field("MarginRatioParam2", 6, 2),
    Field("RoundLot", 12, 0),
    Field("LmtOrdMinFloor", 12, 0),
    Field("LmtOrdMaxFloor", 12, 0),
    Field("MktOrdMinFloor", 12, 0),
    Field("MktOrdMaxFloor", 12, 0),
    Field("TickSize", 11, 4),
    Field("SecurityStatusFlag", 8),
)


def encode_record(contract: Contract, underlying_symbol: str) -> str:
    """One line without its end. Raises BadInput for a value that does not fit its field."""
    values: tuple[str | Decimal, ...] = (
        STREAM_ID,
        contract.code,
        contract.trading_code,
        contract.name,
        contract.underlying,
        underlying_symbol,
        kind_of(contract.underlying).value,
        "E",
        contract.right.value,
        Decimal(contract.multiplier),
        contract.strike,
        _day(contract.first_day),
        _day(contract.last_day),
        _day(contract.exercise_day),
        _day(contract.delivery_day),
        _day(contract.expiry),
        contract.version,
        Decimal(contract.open_interest),
        contract.previous_close or Decimal(0),
        contract.previous_settlement,
        contract.underlying_close,
        "N",
        contract.limit_up,
        contract.limit_down,
        contract.margin,
        contract.margin_ratio_1,
        contract.margin_ratio_2,
        Decimal(contract.lot),
        Decimal(contract.limit_order_min),
        Decimal(contract.limit_order_max),
        Decimal(contract.market_order_min),
        Decimal(contract.market_order_max),
        contract.tick_size,
        _flags(contract),
    )
    return "|".join(
        _text(field, value) if isinstance(value, str) else _number(field, value)
        for field, value in zip(FIELDS, values, strict=True)
    )


def gbk_width(text: str) -> int:
    """Bytes of the text in GBK. Raises UnicodeEncodeError for what GBK does not have."""
    return len(text.encode("gbk"))


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _flags(contract: Contract) -> str:
    marks = (contract.opening_restricted, contract.suspended, contract.near_expiry, contract.recently_adjusted)
    return "".join(str(int(mark)) for mark in marks) + contract.listing + str(int(contract.only_short_straddles))


def _text(field: Field, value: str) -> str:
    if not value.isprintable() or "|" in value:
        raise BadInput(field.name, value, "printable characters other than |")
    try:
        spare = field.width - gbk_width(value)
    except UnicodeEncodeError:
        raise BadInput(field.name, value, "characters that GBK has") from None
    if spare < 0:
        raise BadInput(field.name, value, f"at most {field.width} bytes in GBK")
    return value + " " * spare


def _number(field: Field, value: Decimal) -> str:
    if not value.is_finite() or value < 0:
        raise BadInput(field.name, value, "a number that is not negative")
    text = f"{value:.{field.decimals}f}"
    if Decimal(text) != value:
        raise BadInput(field.name, value, f"at most {field.decimals} decimals")
    if len(text) > field.width:
        raise BadInput(field.name, value, f"at most {field.width} characters")
    return text.rjust(field.width)
