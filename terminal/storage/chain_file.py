"""A chain snapshot (`--chain FILE`): one moment of a whole option chain with five levels, as CSV.

The columns, in any order, are those of COLUMNS; `docs/file-formats.md` tells their meaning. The rule: data vendors
rewrite the trading code and the unit of a contract after an adjustment, but not the short name of the day. So a short
name without a letter means a contract never adjusted: letter M and the profile's standard unit; what the file says
otherwise is corrected and told in `remarks`. Any other mistake refuses the whole file with line and field,
and the numbers of all other lines with one.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from terminal.domain.calendar import TradingCalendar
from terminal.domain.contracts import (
    Contract,
    Right,
    TradingCode,
    Underlying,
    is_contract_code,
    kind_of,
    parse_trading_code,
)
from terminal.domain.errors import BadFile, BadInput, CalendarError
from terminal.rules.margin import opening_margin, rates_of
from terminal.rules.months import month_listed_on
from terminal.rules.naming import STANDARD
from terminal.rules.profile import Profile, UnderlyingRules
from terminal.rules.underlyings import build_underlying, underlying_rules
from terminal.storage.chain_row import COLUMNS, BookLevels, ChainRow, DayStatistics
from terminal.storage.text_fields import check_size, decoded, parse_date, read_bounded

_NAME = re.compile(r".+([购沽])([0-9]{1,2})月[0-9]{3,6}([A-Z]?)")
_RIGHTS = {"Call": Right.CALL, "Put": Right.PUT}
#: Bits of the third status character (rulebook 10.2): sell-open and buy-open are restricted
_OPEN_RESTRICTED = 2 | 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSnapshot:
    """One moment of a chain. `levels` and `statistics` by contract code, `underlying_last` by underlying, in yuan."""

    trading_day: date
    at: datetime
    underlyings: tuple[Underlying, ...]
    underlying_last: Mapping[str, Decimal]
    contracts: tuple[Contract, ...]
    levels: Mapping[str, BookLevels]
    statistics: Mapping[str, DayStatistics]
    remarks: tuple[str, ...]
    """What was corrected, one English sentence each"""


def read_chain_file(path: Path, calendar: TradingCalendar, profile: Profile) -> ChainSnapshot:
    """Read a snapshot. Raises BadFile that names line, field, value and rule."""
    return parse_chain(read_bounded(path), calendar, profile, path.name)


def parse_chain(data: bytes, calendar: TradingCalendar, profile: Profile, file_name: str = "") -> ChainSnapshot:
    """Read the bytes of a snapshot, UTF-8 or GBK. Raises BadFile and nothing else, whatever the bytes are."""
    check_size(data, file_name)
    reader = csv.reader(io.StringIO(decoded(data, file_name), newline=""), strict=True)
    chain = _Chain(calendar, profile)
    wrong: list[BadFile] = []

    def note(error: BadInput | csv.Error | CalendarError) -> None:
        told = error if isinstance(error, BadInput) else BadInput("row", "", str(error))
        wrong.append(BadFile(told.field, told.value, told.rule, max(reader.line_num, 1), file_name))

    try:
        places = _places(next(reader, []))
        for fields in reader:
            try:
                chain.add(_row(places, fields), reader.line_num)
            except (BadInput, CalendarError) as error:
                note(error)
        if not wrong:
            return chain.snapshot()
    except (BadInput, csv.Error) as error:
        # Without a header or behind a quote that does not end nothing can be told apart any more
        note(error)
    first, *others = wrong
    first.others = tuple(other.line for other in others)
    raise first


def _row(places: list[str], fields: list[str]) -> ChainRow:
    if len(fields) != len(places):
        raise BadInput("row", ",".join(fields), f"{len(places)} columns, here {len(fields)}")
    return ChainRow(dict(zip(places, fields, strict=True)))


def _places(header: list[str]) -> list[str]:
    for column in COLUMNS:
        if header.count(column) != 1:
            raise BadInput("header", column, f"a column of this name once, here {header.count(column)} times")
    return header


class _Chain:
    """Gathers the rows and what they must agree on."""

    def __init__(self, calendar: TradingCalendar, profile: Profile) -> None:
        self._calendar = calendar
        self._profile = profile
        self._day: date | None = None
        self._at: datetime | None = None
        self._closes: dict[str, tuple[Decimal, Decimal]] = {}
        self._contracts: list[Contract] = []
        self._levels: dict[str, BookLevels] = {}
        self._statistics: dict[str, DayStatistics] = {}
        self._line_of: dict[str, int] = {}
        self._corrected: Counter[str] = Counter()

    def add(self, row: ChainRow, line: int) -> None:
        at = row.time("qtime")
        if self._day is None:
            if not self._calendar.is_trading_day(at.date()):
                raise BadInput("qtime", at.date(), "on a trading day")
            self._day = at.date()
        elif at.date() != self._day:
            raise BadInput("qtime", at.date(), f"all rows are of {self._day}")
        self._at = at if self._at is None else max(self._at, at)
        contract = self._contract(row, self._day)
        for name in (contract.code, contract.trading_code):
            first = self._line_of.setdefault(name, line)
            if first != line:
                raise BadInput("code", name, f"given once in a file, and line {first} has it")
        self._contracts.append(contract)
        self._levels[contract.code] = row.book()
        self._statistics[contract.code] = row.statistics()

    def snapshot(self) -> ChainSnapshot:
        if self._day is None or self._at is None:
            raise BadInput("file", "", "at least one contract")
        return ChainSnapshot(
            trading_day=self._day,
            at=self._at,
            underlyings=tuple(
                build_underlying(self._profile, code, closes[0]) for code, closes in self._closes.items()
            ),
            underlying_last={code: closes[1] for code, closes in self._closes.items()},
            contracts=tuple(self._contracts),
            levels=self._levels,
            statistics=self._statistics,
            remarks=tuple(f"{count} contracts: {what}" for what, count in self._corrected.items()),
        )

    def _contract(self, row: ChainRow, day: date) -> Contract:
        code = row.text("code")
        if not is_contract_code(code):
            raise BadInput("code", code, "eight digits")
        right = _RIGHTS.get(row.text("CallPut"))
        if right is None:
            raise BadInput("CallPut", row.text("CallPut"), "Call or Put")
        strike = row.number("strike", above_zero=True)
        given = parse_trading_code(row.text("ExecCode"))
        if given.right is not right:
            raise BadInput("ExecCode", str(given), f"its seventh character is {right.value}, as CallPut says")
        rules = underlying_rules(self._profile, given.underlying)
        trading_code, multiplier = self._terms(row, given, strike, rules)
        underlying_close = self._underlying_close(row, given.underlying)
        expiry = self._expiry(row, given, day)
        delivery = self._calendar.shift(expiry, 1)
        limit_down, limit_up = row.number("down"), row.number("up", above_zero=True)
        if limit_up < limit_down:
            raise BadInput("up", limit_up, f"not below down {limit_down}")
        settlement = row.number("pre_settle")
        kind = kind_of(given.underlying)
        rates = rates_of(self._profile.margin, kind, right)
        status = row.status()
        orders = self._profile.orders
        days_left = self._calendar.days_left(day, expiry)
        return Contract(
            code=code,
            trading_code=trading_code,
            name=row.text("name"),
            underlying=given.underlying,
            right=right,
            strike=strike,
            multiplier=multiplier,
            # The file does not tell; strikes added later began trading later than their month
            first_day=month_listed_on(self._calendar, (given.expiry_year, given.expiry_month), self._profile.listing),
            last_day=expiry,
            exercise_day=expiry,
            delivery_day=delivery,
            expiry=expiry,
            open_interest=row.whole("oi"),
            previous_close=row.number("prev_close") or None,
            previous_settlement=settlement,
            underlying_close=underlying_close,
            limit_up=limit_up,
            limit_down=limit_down,
            margin=opening_margin(
                right=right,
                strike=strike,
                multiplier=multiplier,
                underlying_close=underlying_close,
                previous_settlement=settlement,
                rates=rates,
            ),
            margin_ratio_1=rates.ratio_1,
            margin_ratio_2=rates.ratio_2,
            lot=orders.lot,
            limit_order_min=orders.limit_order_min,
            limit_order_max=orders.limit_order_max,
            market_order_min=orders.market_order_min,
            market_order_max=orders.market_order_max,
            tick_size=orders.tick_of(kind),
            opening_restricted=bool(int(status[2].replace(" ", "0")) & _OPEN_RESTRICTED),
            suspended=status[0] == "P",
            near_expiry=days_left < self._profile.listing.near_expiry_days,
            dates_estimated=self._calendar.is_estimated(expiry) or self._calendar.is_estimated(delivery),
        )

    def _terms(self, row: ChainRow, given: TradingCode, strike: Decimal, rules: UnderlyingRules) -> tuple[str, int]:
        """Trading code and unit, corrected by the rule of the module."""
        name = row.text("name")
        match = _NAME.fullmatch(name)
        if match is None or match[1] != given.right.mark or int(match[2]) != given.expiry_month:
            raise BadInput(
                "name", name, f"underlying, {given.right.mark}, {given.expiry_month}月, strike, perhaps a letter"
            )
        multiplier = row.whole("Unit", above_zero=True)
        letter = match[3] or STANDARD
        if given.adjustment != letter:
            self._corrected[f"ExecCode letter {given.adjustment} read as {letter}, as the short name says"] += 1
        if letter == STANDARD:
            if given.listed_strike != strike:
                raise BadInput("strike", strike, f"{given.listed_strike}, as no adjustment has changed {name}")
            if multiplier != rules.multiplier:
                what = f"Unit {multiplier} read as {rules.multiplier}, as the short name has no adjustment letter"
                self._corrected[what] += 1
                multiplier = rules.multiplier
        return str(replace(given, adjustment=letter)), multiplier

    def _underlying_close(self, row: ChainRow, underlying: str) -> Decimal:
        """The underlying's previous close; the same on all its rows, as is its last price."""
        closes = tuple(row.number(column, above_zero=True) for column in ("underlying_prev_close", "underlying_close"))
        known = self._closes.setdefault(underlying, (closes[0], closes[1]))
        if known != closes:
            raise BadInput(
                "underlying_prev_close", closes[0], f"on all rows of {underlying} closes are {known[0]}, {known[1]}"
            )
        return closes[0]

    def _expiry(self, row: ChainRow, given: TradingCode, day: date) -> date:
        expiry = parse_date("MatureDate", row.text("MatureDate"))
        if expiry < day:
            raise BadInput("MatureDate", expiry, f"not before {day}")
        if not self._calendar.is_trading_day(expiry):
            raise BadInput("MatureDate", expiry, "a trading day")
        # A fourth Wednesday on a holiday may move into the next month, never further
        if (expiry.year - given.expiry_year) * 12 + expiry.month - given.expiry_month not in (0, 1):
            raise BadInput("MatureDate", expiry, f"in the month of {given}")
        return expiry
