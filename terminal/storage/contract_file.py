"""Contract files `reff03MMDD.txt` (合约基础信息, rulebook 10.1), read and written.

The rule: a file is taken whole or refused whole, with the line, the field, the value and the rule it breaks (F42), and
the numbers of all other lines that break one. What is in force stays in force. `docs/file-formats.md` describes the
format for users.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from terminal.domain.contracts import (
    Contract,
    ListingState,
    Right,
    Underlying,
    UnderlyingKind,
    is_contract_code,
    kind_of,
    parse_trading_code,
)
from terminal.domain.errors import BadFile, BadInput
from terminal.storage.contract_record import FIELDS, STREAM_ID, encode_record
from terminal.storage.text_fields import check_size, decoded, parse_date, parse_number, read_bounded

_FILE_NAME = re.compile(r"reff03(\d{4})\.txt", re.ASCII | re.IGNORECASE)
#: Characters of the status flag that must be there; the sixth came in 2019-11
_MIN_FLAGS = 5
_LISTING = {state.value: state for state in ListingState}
_POSITIONS: Final = {field.name: position for position, field in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
class ListedUnderlying:
    """What a contract file says of an underlying: code, short name, kind and (adjusted) previous close in yuan."""

    code: str
    symbol: str
    kind: UnderlyingKind
    close: Decimal


@dataclass(frozen=True, slots=True)
class ContractFile:
    """A contract file as read: underlyings in the order they first appear, contracts as they stand in the file."""

    underlyings: tuple[ListedUnderlying, ...]
    contracts: tuple[Contract, ...]


def read_contract_file(path: Path, trading_day: date) -> ContractFile:
    """Read the file of a trading day. Raises BadFile for anything wrong with it, its name's month and day included."""
    name = _FILE_NAME.fullmatch(path.name)
    if name is not None and name[1] != f"{trading_day:%m%d}":
        raise BadFile(
            "file name", path.name, f"the file of {trading_day} is reff03{trading_day:%m%d}.txt", 0, path.name
        )
    return parse_contract_file(read_bounded(path), trading_day, path.name)


def parse_contract_file(data: bytes, trading_day: date, file_name: str = "") -> ContractFile:
    """Read the bytes of a contract file, GBK or UTF-8. Raises BadFile and nothing else, whatever the bytes are."""
    check_size(data, file_name)
    lines = decoded(data, file_name).split("\n")
    if lines[-1]:
        raise BadFile("record", lines[-1], "a line end closes every record: the file is cut off", len(lines), file_name)
    del lines[-1]
    if not lines:
        raise BadFile("file", "", "at least one record", 1, file_name)
    underlyings: dict[str, ListedUnderlying] = {}
    contracts: list[Contract] = []
    line_of: dict[tuple[str, str], int] = {}
    first_wrong: BadFile | None = None
    also_wrong: list[int] = []
    for number, line in enumerate(lines, start=1):
        try:
            contract, underlying = _Record(line.removesuffix("\r")).contract(trading_day)
            _once(line_of, "SecurityID", contract.code, number)
            _once(line_of, "ContractID", contract.trading_code, number)
            known = underlyings.setdefault(underlying.code, underlying)
            if known != underlying:
                rule = f"the underlying's name and close are those of its first record: {known.symbol}, {known.close}"
                raise BadInput("underlying", f"{underlying.symbol}, {underlying.close}", rule)
        except BadInput as error:
            if first_wrong is None:
                first_wrong = BadFile(error.field, error.value, error.rule, number, file_name)
            else:
                also_wrong.append(number)
            continue
        contracts.append(contract)
    if first_wrong is not None:
        first_wrong.others = tuple(also_wrong)
        raise first_wrong
    return ContractFile(tuple(underlyings.values()), tuple(contracts))


def contract_file_bytes(
    contracts: Iterable[Contract], underlyings: Sequence[Underlying | ListedUnderlying], encoding: str = "gbk"
) -> bytes:
    """Write a contract file: fixed widths, offsets as in rulebook 10.1 (in GBK bytes), a line feed after each record.

    Raises BadInput for a value that does not fit its field: nothing is rounded or cut off silently.
    """
    symbols = {u.code: u.symbol if isinstance(u, ListedUnderlying) else u.name for u in underlyings}
    text = []
    for contract in contracts:
        symbol = symbols.get(contract.underlying)
        if symbol is None:
            raise BadInput("underlying", contract.underlying, "an underlying is given for every contract")
        text.append(encode_record(contract, symbol) + "\n")
    return "".join(text).encode(encoding)


def _once(line_of: dict[tuple[str, str], int], field: str, value: str, line: int) -> None:
    first = line_of.setdefault((field, value), line)
    if first != line:
        raise BadInput(field, value, f"given once in a file, and line {first} has it")


class _Record:
    """One line, split; every accessor raises BadInput that names its field."""

    def __init__(self, line: str) -> None:
        self._fields = line.split("|")
        if len(self._fields) != len(FIELDS):
            raise BadInput("record", line, f"{len(FIELDS)} fields between |, here {len(self._fields)}")

    def text(self, name: str, *, needed: bool = True) -> str:
        """The field without its padding."""
        position = _POSITIONS[name]
        value = self._fields[position].strip(" ")
        if not value.isprintable():
            raise BadInput(name, value, "printable characters")
        if len(value) > FIELDS[position].width:
            raise BadInput(name, value, f"at most {FIELDS[position].width} characters")
        if needed and not value:
            raise BadInput(name, value, "not blank")
        return value

    def choice(self, name: str, *allowed: str) -> str:
        """The field, one of some words."""
        value = self.text(name)
        if value not in allowed:
            raise BadInput(name, value, " or ".join(allowed))
        return value

    def number(self, name: str, *, above_zero: bool = False) -> Decimal:
        """A number, not negative, with no more decimals than the field has."""
        field = FIELDS[_POSITIONS[name]]
        return parse_number(name, self.text(name), decimals=field.decimals or 0, above_zero=above_zero)

    def whole(self, name: str, *, above_zero: bool = False) -> int:
        """A whole number, not negative."""
        return int(self.number(name, above_zero=above_zero))

    def day(self, name: str) -> date:
        """A date."""
        return parse_date(name, self.text(name))

    def range(self, low: str, high: str, *, above_zero: bool = False) -> tuple[Decimal, Decimal]:
        """Two numbers, the first not above the second."""
        least, most = self.number(low, above_zero=above_zero), self.number(high, above_zero=above_zero)
        if most < least:
            raise BadInput(high, self.text(high), f"not below {low} {self.text(low)}")
        return least, most

    def contract(self, trading_day: date) -> tuple[Contract, ListedUnderlying]:
        """The record's contract, and what it says of its underlying."""
        self.choice("RFStreamID", STREAM_ID)
        code = self.text("SecurityID")
        if not is_contract_code(code):
            raise BadInput("SecurityID", code, "eight digits")
        underlying = self._underlying()
        right = Right(self.choice("CallOrPut", "C", "P"))
        self.choice("OptionType", "E")
        self.choice("PriceLimitType", "N")
        strike = self.number("ExercisePrice", above_zero=True)
        first, last, exercise, delivery, expiry = self._dates(trading_day)
        trading_code = self._trading_code(underlying.code, right, strike, expiry)
        limit_down, limit_up = self.range("DailyPriceDownLimit", "DailyPriceUpLimit")
        limit_min, limit_max = self.range("LmtOrdMinFloor", "LmtOrdMaxFloor", above_zero=True)
        market_min, market_max = self.range("MktOrdMinFloor", "MktOrdMaxFloor", above_zero=True)
        flags = self._flags()
        contract = Contract(
            code=code,
            trading_code=trading_code,
            name=self.text("ContractSymbol"),
            underlying=underlying.code,
            right=right,
            strike=strike,
            multiplier=self.whole("ContractMultiplierUnit", above_zero=True),
            first_day=first,
            last_day=last,
            exercise_day=exercise,
            delivery_day=delivery,
            expiry=expiry,
            version=self.text("UpdateVersion"),
            open_interest=self.whole("TotalLongPosition"),
            # Zero stands for none: a contract's first day
            previous_close=self.number("SecurityClosePx") or None,
            previous_settlement=self.number("SettlPrice"),
            underlying_close=underlying.close,
            limit_up=limit_up,
            limit_down=limit_down,
            margin=self.number("MarginUnit"),
            margin_ratio_1=self.number("MarginRatioParam1"),
            margin_ratio_2=self.number("MarginRatioParam2"),
            lot=self.whole("RoundLot", above_zero=True),
            limit_order_min=int(limit_min),
            limit_order_max=int(limit_max),
            market_order_min=int(market_min),
            market_order_max=int(market_max),
            tick_size=self.number("TickSize", above_zero=True),
            opening_restricted=flags[0] == "1",
            suspended=flags[1] == "1",
            near_expiry=flags[2] == "1",
            recently_adjusted=flags[3] == "1",
            listing=_LISTING[flags[4]],
            only_short_straddles=flags[5:6] == "1",
        )
        return contract, underlying

    def _underlying(self) -> ListedUnderlying:
        code = self.text("UnderlyingSecurityID")
        if re.fullmatch(r"\d{6}", code, re.ASCII) is None:
            raise BadInput("UnderlyingSecurityID", code, "six digits")
        kind = UnderlyingKind(self.choice("UnderlyingType", *UnderlyingKind))
        if kind is not kind_of(code):
            raise BadInput("UnderlyingType", kind.value, f"{kind_of(code).value} for {code}")
        return ListedUnderlying(
            code, self.text("UnderlyingSymbol"), kind, self.number("UnderlyingClosePx", above_zero=True)
        )

    def _dates(self, trading_day: date) -> tuple[date, date, date, date, date]:
        names = ("StartDate", "EndDate", "ExerciseDate", "DeliveryDate")
        days = [self.day(name) for name in names]
        for earlier, later in zip(range(3), range(1, 4), strict=True):
            if days[later] < days[earlier]:
                raise BadInput(names[later], self.text(names[later]), f"not before {names[earlier]} {days[earlier]}")
        expiry = self.day("ExpireDate")
        if not days[1] <= expiry <= days[3]:
            raise BadInput("ExpireDate", self.text("ExpireDate"), f"{days[1]} (EndDate) to {days[3]} (DeliveryDate)")
        if expiry < trading_day:
            raise BadInput("ExpireDate", self.text("ExpireDate"), f"not before the trading day {trading_day}")
        return days[0], days[1], days[2], days[3], expiry

    def _trading_code(self, underlying: str, right: Right, strike: Decimal, expiry: date) -> str:
        text = self.text("ContractID")
        code = parse_trading_code(text)
        if code.underlying != underlying:
            raise BadInput("ContractID", text, f"it begins with the underlying {underlying}")
        if code.right is not right:
            raise BadInput("ContractID", text, f"its seventh character is CallOrPut {right.value}")
        # A fourth Wednesday on a holiday may move into the next month, never further
        if (expiry.year - code.expiry_year) * 12 + expiry.month - code.expiry_month not in (0, 1):
            raise BadInput("ContractID", text, f"its month is that of the expiry {expiry}")
        if code.adjustment == "M" and code.listed_strike != strike:
            raise BadInput("ExercisePrice", str(strike), f"{code.listed_strike}, as no adjustment has changed {text}")
        return text

    def _flags(self) -> str:
        # Each character has its place, so blanks in front are no padding
        name = "SecurityStatusFlag"
        flags = self._fields[_POSITIONS[name]].rstrip(" ")
        if len(flags) < _MIN_FLAGS or re.fullmatch(r"[01]{4}", flags[:4]) is None or flags[4] not in _LISTING:
            raise BadInput(name, flags, "four characters 0 or 1, then A, E or D")
        if len(flags) > FIELDS[_POSITIONS[name]].width:
            raise BadInput(name, flags, f"at most {FIELDS[_POSITIONS[name]].width} characters")
        if flags[5:6] not in ("", " ", "0", "1"):
            raise BadInput(name, flags, "its sixth character is 0, 1 or blank")
        return flags
