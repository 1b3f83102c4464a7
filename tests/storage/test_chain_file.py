"""Chain snapshots: read whole with the vendor's later rewriting corrected and told, or refused by line."""

import csv
import io
import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.calendar import SHANGHAI, TradingCalendar
from terminal.domain.errors import BadFile
from terminal.resources import resource_folder
from terminal.rules.profile import Profile, parse_profile
from terminal.storage.calendar_file import load_calendar
from terminal.storage.chain_file import ChainSnapshot, parse_chain, read_chain_file
from terminal.storage.chain_row import COLUMNS, BookLevels

#: A call and a put of one strike, as a vendor gives them after the ex-day of 2018-12-03
CALL = (
    "10001393,510050C1812A02500,50ETF购12月2500,Call,2.5,10202,2018-12-26,0.1068,0.1068,0.3605,0.0001,"
    "0.095,0.0975,0.0782,0.0783,17341,14884417.0,42037,0.0783,"
    "0.0782,12,0.0781,5,0.078,31,0.0779,2,0.0778,4,0.0784,3,0.0785,10,0.0786,15,0.0787,2,0,0,"
    "2018-11-09 15:00:00,E 01,2.537,2.48"
)
PUT = (
    "10001402,510050P1812A02500,50ETF沽12月2500,Put,2.5,10202,2018-12-26,0.0684,0.0684,0.3147,0.0001,"
    "0.0715,0.097,0.0715,0.0956,11987,10221006.0,40012,0.0956,"
    "0.0955,12,0.0954,5,0.0953,31,0.0952,2,0.0951,4,0.0956,3,0.0957,10,0.0958,15,0.0959,2,0.096,7,"
    "2018-11-09 14:59:58,E 01,2.537,2.48"
)


@pytest.fixture(scope="module")
def calendar() -> TradingCalendar:
    return load_calendar(resource_folder() / "calendar" / "sse.toml")


@pytest.fixture(scope="module")
def profile() -> Profile:
    return parse_profile((resource_folder() / "rules" / "sse_2025.toml").read_text("utf-8"), "sse_2025")


def table(*rows: str, **changes: str) -> bytes:
    """A snapshot; the changes go into the last row."""
    lines = [dict(zip(COLUMNS, row.split(","), strict=True)) for row in rows]
    lines[-1].update(changes)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


@pytest.mark.requirement("T1", "S4")
def test_a_vendor_s_rewritten_contract_is_the_one_of_the_day(calendar: TradingCalendar, profile: Profile) -> None:
    chain = parse_chain(table(CALL, PUT), calendar, profile)
    call, put = chain.contracts
    assert (call.trading_code, call.multiplier, call.is_adjusted) == ("510050C1812M02500", 10000, False)
    assert chain.remarks == (
        "2 contracts: ExecCode letter A read as M, as the short name says",
        "2 contracts: Unit 10202 read as 10000, as the short name has no adjustment letter",
    )
    assert (chain.trading_day, chain.at) == (date(2018, 11, 9), datetime(2018, 11, 9, 15, tzinfo=SHANGHAI))
    assert (call.first_day, call.last_day, call.delivery_day) == (
        # The day after April's expiry, 2018-04-25, made December the second quarter month
        date(2018, 4, 26),
        date(2018, 12, 26),
        date(2018, 12, 27),
    )
    # Rulebook 4.1: (0.1068 + max(0.12 x 2.537 - 0, 0.07 x 2.537)) x 10000, and for the put
    # (0.0684 + max(0.12 x 2.537 - 0.037, 0.07 x 2.5)) x 10000
    assert (call.margin, put.margin) == (Decimal("4112.40"), Decimal("3358.40"))
    assert (call.underlying_close, call.previous_settlement) == (Decimal("2.537"), Decimal("0.1068"))
    assert chain.underlying_last == {"510050": Decimal("2.48")}
    # 2.537 x 1.1 = 2.7907 and x 0.9 = 2.2833, to the tick
    (underlying,) = chain.underlyings
    assert (underlying.limit_up, underlying.limit_down) == (Decimal("2.791"), Decimal("2.283"))


def test_levels_and_statistics_are_whole_numbers(calendar: TradingCalendar, profile: Profile) -> None:
    chain = parse_chain(table(CALL), calendar, profile)
    assert chain.levels["10001393"] == BookLevels(
        ((782, 12), (781, 5), (780, 31), (779, 2), (778, 4)), ((784, 3), (785, 10), (786, 15), (787, 2))
    )
    statistics = chain.statistics["10001393"]
    assert (statistics.open, statistics.high, statistics.low, statistics.last) == (950, 975, 782, 783)
    assert (statistics.volume, statistics.turnover_cents, statistics.open_interest) == (17341, 1488441700, 42037)


def test_a_contract_with_a_letter_in_its_name_keeps_letter_and_unit(
    calendar: TradingCalendar, profile: Profile
) -> None:
    data = table(CALL, name="50ETF购12月2450A", strike="2.45", underlying_prev_close="2.537")
    chain = parse_chain(data, calendar, profile)
    (contract,) = chain.contracts
    assert (contract.trading_code, contract.multiplier, contract.strike) == (
        "510050C1812A02500",
        10202,
        Decimal("2.45"),
    )
    assert chain.remarks == ()


def test_columns_may_stand_in_any_order_with_others_between(calendar: TradingCalendar, profile: Profile) -> None:
    rows = list(csv.reader(io.StringIO(table(CALL, PUT).decode())))
    turned = [[*reversed(row), "more" if number == 0 else ""] for number, row in enumerate(rows)]
    text = "\n".join(",".join(row) for row in turned)
    assert parse_chain(text.encode("gbk"), calendar, profile) == parse_chain(table(CALL, PUT), calendar, profile)


def test_dates_of_an_unannounced_year_are_marked(calendar: TradingCalendar, profile: Profile) -> None:
    data = table(
        CALL,
        ExecCode="510050C2703M02500",
        name="50ETF购3月2500",
        MatureDate="2027-03-24",
        qtime="2026-11-23 14:00:00",
    )
    (contract,) = parse_chain(data, calendar, profile).contracts
    assert contract.dates_estimated


def test_an_expiry_on_another_weekday_is_the_exchange_s_business(calendar: TradingCalendar, profile: Profile) -> None:
    (contract,) = parse_chain(table(CALL, MatureDate="2018-12-25"), calendar, profile).contracts
    assert (contract.last_day, contract.delivery_day) == (date(2018, 12, 25), date(2018, 12, 26))


@pytest.mark.fault("F42", "F29", "F40")
@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"code": "1000140"}, "code", "eight digits"),
        ({"code": "10001393"}, "code", "line 2 has it"),
        ({"ExecCode": "510050X1812A02500"}, "trading code", "C or P"),
        ({"ExecCode": "510050C1812A02500"}, "ExecCode", "seventh character is P"),
        ({"ExecCode": "510999P1812A02500"}, "underlying", "one of 510050"),
        ({"ExecCode": "510050P1803A02500"}, "name", "3月"),
        ({"name": "50ETF购12月2500"}, "name", "沽"),
        ({"name": "x"}, "name", "沽"),
        ({"CallPut": "Straddle"}, "CallPut", "Call or Put"),
        ({"strike": "2.55"}, "strike", "no adjustment has changed"),
        ({"strike": "nan"}, "strike", "a number"),
        ({"Unit": "0"}, "Unit", "above zero"),
        ({"MatureDate": "2018-12-30"}, "MatureDate", "a trading day"),
        ({"MatureDate": "2018-11-08"}, "MatureDate", "not before"),
        ({"MatureDate": "2019-03-27"}, "MatureDate", "month of"),
        ({"MatureDate": "2099-12-23"}, "row", "outside the trading calendar"),
        ({"pre_settle": "-0.1"}, "pre_settle", "not negative"),
        ({"up": "0.00001"}, "up", "at most 4 decimals"),
        ({"down": "0.4"}, "up", "not below down"),
        ({"last": "0.2"}, "high", "not below open and last"),
        ({"open": "0.01"}, "low", "not above open and last"),
        ({"vol": "1.5"}, "vol", "at most 0 decimals"),
        ({"amt": "1.005"}, "amt", "at most 2 decimals"),
        ({"bp1": "0.0956"}, "ap1", "above bp1"),
        ({"bp2": "0.0955"}, "bp2", "from the touch outwards"),
        ({"bp2": "0", "bv2": "0"}, "bp3", "from the touch outwards"),
        ({"ap2": "0.0955"}, "ap2", "from the touch outwards"),
        ({"av1": "0"}, "av1", "or neither"),
        ({"qtime": "2018-11-10 15:00:00"}, "qtime", "2018-11-09"),
        ({"qtime": "15:00"}, "qtime", "a time"),
        ({"status": "X"}, "status", "phase code"),
        ({"underlying_prev_close": "2.5"}, "underlying_prev_close", "2.537"),
        ({"underlying_close": "0"}, "underlying_close", "above zero"),
    ],
)
def test_a_bad_row_refuses_the_file_and_is_named(
    calendar: TradingCalendar, profile: Profile, changes: dict[str, str], field: str, rule: str
) -> None:
    data = table(CALL, PUT, **changes)
    with pytest.raises(BadFile) as raised:
        parse_chain(data, calendar, profile, "chain.csv")
    assert (raised.value.line, raised.value.field, raised.value.file_name) == (3, field, "chain.csv")
    assert rule in raised.value.rule


@pytest.mark.fault("F42")
def test_every_bad_line_is_named_by_its_number(calendar: TradingCalendar, profile: Profile) -> None:
    header, good, bad = table(CALL, PUT, strike="0").splitlines(keepends=True)
    short = good.replace(b",2.537,2.48", b"")

    def refusal(*lines: bytes) -> BadFile:
        with pytest.raises(BadFile) as raised:
            parse_chain(b"".join((header, *lines)), calendar, profile)
        return raised.value

    assert "also" not in str(refusal(good, bad))
    assert str(refusal(bad, good, short)).endswith("; also line 4")
    told = refusal(good, short, bad, good, *[bad] * 30)
    # The second good row is the same contract again
    assert (told.line, told.field, told.others) == (3, "row", tuple(range(4, 36)))
    assert str(told).endswith("22, 23 and 12 more")
    unended = refusal(bad, good, b'"' + bad)
    assert (unended.line, unended.field, unended.others) == (2, "strike", (4,))


@pytest.mark.fault("F42")
def test_a_missing_column_a_short_row_and_an_empty_file_are_refused(
    calendar: TradingCalendar, profile: Profile
) -> None:
    whole = table(CALL, PUT)
    for data, field in [
        (whole.replace(b"strike", b"strikes", 1), "header"),
        (whole[: whole.rindex(b",")], "row"),
        (whole[: len(whole) // 2], "row"),
        (table(CALL).split(b"\n", 1)[0] + b"\n", "file"),
        (b"", "header"),
        (b'"', "row"),
    ]:
        with pytest.raises(BadFile) as raised:
            parse_chain(data, calendar, profile)
        assert raised.value.field == field


@pytest.mark.fault("F42")
@given(st.data())
def test_any_bytes_are_a_chain_or_a_bad_file(calendar: TradingCalendar, profile: Profile, data: st.DataObject) -> None:
    with pytest.raises(BadFile):
        parse_chain(data.draw(st.binary(max_size=200)), calendar, profile)
    column = data.draw(st.sampled_from(COLUMNS))
    value = data.draw(st.one_of(st.text(max_size=12), st.from_regex(r"-?[0-9.]{1,9}"), st.just("9" * 30)))
    try:
        snapshot = parse_chain(table(CALL, **{column: value.encode("utf-8", "replace").decode()}), calendar, profile)
    except BadFile:
        return
    assert isinstance(snapshot, ChainSnapshot)


@pytest.mark.requirement("S4")
def test_the_whole_chain_of_a_day_is_read(calendar: TradingCalendar, profile: Profile, shared_data: Path) -> None:
    chain = read_chain_file(shared_data / "DERIVED_chain_50etf_20181109_112x5level.csv", calendar, profile)
    assert len(chain.contracts) == 112
    assert len({contract.code for contract in chain.contracts}) == 112
    assert {contract.adjustment for contract in chain.contracts} == {"M"}
    assert {contract.multiplier for contract in chain.contracts} == {10000}
    assert [remark.split(" ")[0] for remark in chain.remarks] == ["84", "84"]
    assert sorted({contract.expiry for contract in chain.contracts}) == [
        date(2018, 11, 28),
        date(2018, 12, 26),
        date(2019, 3, 27),
        date(2019, 6, 26),
    ]
    first = chain.contracts[0]
    assert (first.code, first.name, first.strike) == ("10001499", "50ETF购11月2200", Decimal("2.2"))
    assert (first.limit_up, first.limit_down) == (Decimal("0.5985"), Decimal("0.0911"))
    # (0.3448 + 0.12 x 2.537) x 10000
    assert first.margin == Decimal("6492.40")
    assert chain.levels["10001499"].bids[0] == (2936, 1)
    assert chain.levels["10001499"].asks[4] == (2959, 4)
    assert chain.statistics["10001500"].turnover_cents == 37355100
    assert chain.statistics["10001500"].open_interest == 61232


@pytest.mark.requirement("S4")
def test_estimated_first_days_are_the_listing_days_of_their_months(
    calendar: TradingCalendar, profile: Profile, shared_data: Path
) -> None:
    chain = read_chain_file(shared_data / "DERIVED_chain_50etf_20181109_112x5level.csv", calendar, profile)
    with (shared_data / "wind_50etf_basic_3320_to_2022-09.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {row["期权代码"]: row for row in csv.DictReader(file)}
    by_month: dict[date, set[date]] = {}
    for contract in chain.contracts:
        published = listed[contract.code]
        by_month.setdefault(contract.expiry, set()).add(date.fromisoformat(published["上市日"]))
        assert contract.delivery_day == date.fromisoformat(published["行权交收日"])
    assert {c.expiry: c.first_day for c in chain.contracts} == {expiry: min(days) for expiry, days in by_month.items()}


def test_the_documented_columns_are_those_of_the_reader() -> None:
    documentation = Path(__file__).resolve().parents[2] / "docs" / "file-formats.md"
    text = documentation.read_text("utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in text and column[1:2] not in "pv"] == []
    assert tomllib.loads(text.split("```toml\n", 1)[1].split("```", 1)[0])["year"][0]["closed"]
