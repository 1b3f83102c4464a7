"""Contract files: taken whole or refused whole, the line and the broken rule named."""

import contextlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from terminal.domain.contracts import Contract, ListingState, Right, UnderlyingKind
from terminal.domain.errors import BadFile, BadInput
from terminal.storage.contract_file import (
    ListedUnderlying,
    contract_file_bytes,
    parse_contract_file,
    read_contract_file,
)
from terminal.storage.contract_record import FIELDS
from terminal.storage.text_fields import MAX_BYTES

DAY = date(2019, 4, 2)
#: The exchange's record of 10001771 in April 2019 (rulebook 10.1); open interest and flags are made up
SAMPLE = {
    "RFStreamID": "R0301",
    "SecurityID": "10001771",
    "ContractID": "510050C1904M02500",
    "ContractSymbol": "50ETF购4月2500",
    "UnderlyingSecurityID": "510050",
    "UnderlyingSymbol": "50ETF",
    "UnderlyingType": "EBS",
    "OptionType": "E",
    "CallOrPut": "C",
    "ContractMultiplierUnit": "10000",
    "ExercisePrice": "2.500",
    "StartDate": "20190311",
    "EndDate": "20190424",
    "ExerciseDate": "20190424",
    "DeliveryDate": "20190425",
    "ExpireDate": "20190424",
    "UpdateVersion": "0",
    "TotalLongPosition": "3210",
    "SecurityClosePx": "0.4592",
    "SettlPrice": "0.4630",
    "UnderlyingClosePx": "2.963",
    "PriceLimitType": "N",
    "DailyPriceUpLimit": "0.7593",
    "DailyPriceDownLimit": "0.0001",
    "MarginUnit": "8185.6",
    "MarginRatioParam1": "12",
    "MarginRatioParam2": "7",
    "RoundLot": "1",
    "LmtOrdMinFloor": "1",
    "LmtOrdMaxFloor": "30",
    "MktOrdMinFloor": "1",
    "MktOrdMaxFloor": "10",
    "TickSize": "0.0001",
    "SecurityStatusFlag": "0000E   ",
}
CONTRACT = Contract(
    code="10001771",
    trading_code="510050C1904M02500",
    name="50ETF购4月2500",
    underlying="510050",
    right=Right.CALL,
    strike=Decimal("2.5"),
    multiplier=10000,
    first_day=date(2019, 3, 11),
    last_day=date(2019, 4, 24),
    exercise_day=date(2019, 4, 24),
    delivery_day=date(2019, 4, 25),
    expiry=date(2019, 4, 24),
    open_interest=3210,
    previous_close=Decimal("0.4592"),
    previous_settlement=Decimal("0.4630"),
    underlying_close=Decimal("2.963"),
    limit_up=Decimal("0.7593"),
    limit_down=Decimal("0.0001"),
    margin=Decimal("8185.6"),
    limit_order_max=30,
)
UNDERLYING = ListedUnderlying("510050", "50ETF", UnderlyingKind.ETF, Decimal("2.963"))


def line(**changes: str) -> str:
    return "|".join({**SAMPLE, **changes}.values()) + "\n"


def other(**changes: str) -> str:
    """A second contract, so that a bad line need not be the first."""
    return line(**{"SecurityID": "10001772", "ContractID": "510050P1904M02500", "CallOrPut": "P", **changes})


def refusal(data: bytes) -> BadFile:
    with pytest.raises(BadFile) as raised:
        parse_contract_file(data, DAY, "reff030402.txt")
    return raised.value


@pytest.mark.requirement("T1", "T3")
@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_exchange_s_record_is_read(encoding: str, line_end: str) -> None:
    content = parse_contract_file(line().replace("\n", line_end).encode(encoding), DAY)
    assert content.contracts == (CONTRACT,)
    assert content.underlyings == (UNDERLYING,)


def test_padded_fields_are_read_as_unpadded_ones() -> None:
    written = contract_file_bytes([CONTRACT], [UNDERLYING])
    assert parse_contract_file(written, DAY).contracts == (CONTRACT,)


def test_the_written_record_has_the_offsets_of_the_format() -> None:
    record = contract_file_bytes([CONTRACT], [UNDERLYING])
    # Rulebook 10.1, the column Offset
    offsets = [0, 6, 15, 35, 56, 63, 72, 76, 78, 80, 92, 104, 113, 122, 131, 140, 149, 151, 164, 176, 188, 200, 202]
    offsets += [214, 226, 243, 250, 257, 270, 283, 296, 309, 322, 334]
    found = [record[start : start + field.width] for start, field in zip(offsets, FIELDS, strict=True)]
    assert record == b"|".join(found) + b"\n"
    assert len(record) == 343
    assert found[3] == "50ETF购4月2500".encode("gbk").ljust(20)
    assert found[10] == b"     2.5000"
    assert found[24] == b"         8185.60"
    assert found[33] == b"0000E0  "


@pytest.mark.parametrize(
    ("flags", "field", "value"),
    [
        ("1000E", "opening_restricted", True),
        ("0100E", "suspended", True),
        ("0010E", "near_expiry", True),
        ("0001E", "recently_adjusted", True),
        ("0000A", "listing", ListingState.NEW),
        ("0000D", "listing", ListingState.DELISTED),
        ("0000E1", "only_short_straddles", True),
        ("0000E0  ", "only_short_straddles", False),
        ("0000E ", "only_short_straddles", False),
    ],
)
def test_each_flag_has_its_place(flags: str, field: str, value: Any) -> None:
    content = parse_contract_file(line(SecurityStatusFlag=flags).encode("gbk"), DAY)
    assert content.contracts == (replace(CONTRACT, **{field: value}),)


def test_no_close_yet_is_none_and_not_zero() -> None:
    (contract,) = parse_contract_file(line(SecurityClosePx="0.0000").encode(), DAY).contracts
    assert contract.previous_close is None


def test_an_adjusted_contract_keeps_its_listed_strike_in_the_code() -> None:
    # Rulebook 1.4: 510050C1612A02050, code 10000615, strike 2.006, unit 10220
    text = line(
        SecurityID="10000615",
        ContractID="510050C1904A02050",
        ContractSymbol="50ETF购4月2006A",
        ContractMultiplierUnit="10220",
        ExercisePrice="2.006",
    )
    (contract,) = parse_contract_file(text.encode(), DAY).contracts
    assert (contract.strike, contract.multiplier, contract.adjustment) == (Decimal("2.006"), 10220, "A")


@pytest.mark.fault("F42", "F29", "F46")
@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("RFStreamID", "R0302", "R0301"),
        ("SecurityID", "1000177", "eight digits"),
        ("SecurityID", "1000177X", "eight digits"),
        ("ContractID", "510050P1904M0250", "six digits, C or P"),
        ("ContractID", "510300P1904M02500", "begins with the underlying 510050"),
        ("ContractID", "510050C1904M02500", "CallOrPut P"),
        ("ContractID", "510050P1907M02500", "month is that of the expiry"),
        ("ContractSymbol", "", "not blank"),
        ("ContractSymbol", "50ETF\u202e沽", "printable"),
        ("ContractSymbol", "50\x0050", "printable"),
        ("ContractSymbol", "x" * 21, "at most 20"),
        ("UnderlyingSecurityID", "51005", "six digits"),
        ("UnderlyingType", "ASH", "EBS for 510050"),
        ("UnderlyingType", "XXX", "EBS or ASH"),
        ("OptionType", "A", "E"),
        ("CallOrPut", "X", "C or P"),
        ("ContractMultiplierUnit", "0", "above zero"),
        ("ContractMultiplierUnit", "10000.5", "at most 0 decimals"),
        ("ExercisePrice", "abc", "a number"),
        ("ExercisePrice", "nan", "a number"),
        ("ExercisePrice", "1e3", "a number"),
        ("ExercisePrice", "٢.٥", "a number"),
        ("ExercisePrice", "-2.5", "not negative"),
        ("ExercisePrice", "25.0000", "no adjustment has changed"),
        ("ExercisePrice", "2.50001", "at most 4 decimals"),
        ("StartDate", "20190231", "a date that exists"),
        ("StartDate", "2019-3-1", "YYYYMMDD"),
        ("EndDate", "20190301", "not before StartDate"),
        ("DeliveryDate", "20190423", "not before ExerciseDate"),
        ("ExpireDate", "20190501", "EndDate"),
        ("TotalLongPosition", "-1", "not negative"),
        ("UnderlyingClosePx", "0", "above zero"),
        ("UnderlyingClosePx", "2.964", "is not accepted"),
        ("PriceLimitType", "Y", "N"),
        ("DailyPriceUpLimit", "0.00005", "at most 4 decimals"),
        ("DailyPriceDownLimit", "0.7594", "not below DailyPriceDownLimit"),
        ("MarginUnit", "9" * 17, "at most 16"),
        ("MktOrdMaxFloor", "0", "above zero"),
        ("LmtOrdMinFloor", "31", "not below LmtOrdMinFloor"),
        ("TickSize", "0.0000", "above zero"),
        ("SecurityStatusFlag", "0000", "four characters"),
        ("SecurityStatusFlag", "000E0", "four characters"),
        ("SecurityStatusFlag", " 0000E", "four characters"),
        ("SecurityStatusFlag", "0000E2", "sixth"),
        ("SecurityStatusFlag", "0000E0000", "at most 8"),
    ],
)
def test_a_broken_rule_refuses_the_file_and_names_line_and_field(field: str, value: str, rule: str) -> None:
    bad = refusal((line() + other(**{field: value})).encode())
    assert (bad.line, bad.file_name) == (2, "reff030402.txt")
    assert rule in str(bad)
    assert "\n" not in str(bad)


@pytest.mark.fault("F42")
def test_every_bad_line_is_named_by_its_number() -> None:
    good, bad = line(), other(CallOrPut="X")
    assert "also" not in str(refusal((good + bad).encode()))
    assert str(refusal((good + bad + bad).encode())).endswith("; also line 3")
    told = refusal((good + bad * 30).encode())
    assert (told.line, told.field) == (2, "CallOrPut")
    assert told.others == tuple(range(3, 32))
    assert str(told).endswith("20, 21, 22 and 9 more")


@pytest.mark.fault("F42")
def test_duplicates_name_the_first_line() -> None:
    assert "line 1 has it" in str(refusal((line() + other(SecurityID="10001771")).encode()))
    twin = line(SecurityID="10001773")
    assert refusal((line() + twin).encode()).field == "ContractID"


@pytest.mark.fault("F42")
def test_the_underlying_says_the_same_on_every_line() -> None:
    bad = refusal((line() + other(UnderlyingSymbol="51ETF")).encode())
    assert (bad.line, bad.field) == (2, "underlying")


@pytest.mark.fault("F42")
def test_a_missing_column_is_counted() -> None:
    bad = refusal((line() + other().replace("|EBS|", "|", 1)).encode())
    assert bad.line == 2
    assert "34 fields between |, here 33" in str(bad)


@pytest.mark.fault("F42")
def test_a_file_cut_anywhere_is_refused() -> None:
    first, second = line().encode("gbk"), other().encode("gbk")
    for end in range(len(first)):
        with pytest.raises(BadFile):
            parse_contract_file(first[:end], DAY)
    for end in range(1, len(second)):
        assert refusal(first + second[:end]).line == 2


@pytest.mark.fault("F42")
def test_an_expired_contract_refuses_the_file() -> None:
    with pytest.raises(BadFile, match="not before the trading day 2019-04-25"):
        parse_contract_file(line().encode(), date(2019, 4, 25))
    assert parse_contract_file(line().encode(), date(2019, 4, 24)).contracts == (CONTRACT,)


@pytest.mark.fault("F42")
def test_other_encodings_are_refused_with_their_line() -> None:
    bad = refusal(line().encode() + b"R0301|\xff\xff\n")
    assert (bad.line, bad.field) == (2, "text")
    refusal(line().encode("utf-16"))


@pytest.mark.fault("F48")
def test_a_file_that_is_too_long_is_not_even_split() -> None:
    assert "at most" in str(refusal(b"x" * (MAX_BYTES + 1)))


def test_a_file_is_read_by_its_path_and_its_name_must_fit(tmp_path: Path) -> None:
    path = tmp_path / "reff030402.txt"
    path.write_bytes(line().encode("gbk"))
    assert read_contract_file(path, DAY).contracts == (CONTRACT,)
    with pytest.raises(BadFile, match=r"reff030403\.txt"):
        read_contract_file(path, date(2019, 4, 3))
    with pytest.raises(BadFile, match="can be read"):
        read_contract_file(tmp_path / "missing.txt", DAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "五十交易型开放式指数基金购"}, "ContractSymbol"),
        ({"name": "a|b"}, "ContractSymbol"),
        ({"name": "\U0001f600"}, "ContractSymbol"),
        ({"margin": Decimal("1.005")}, "MarginUnit"),
        ({"strike": Decimal("1234567.1")}, "ExercisePrice"),
        ({"limit_up": Decimal("NaN")}, "DailyPriceUpLimit"),
    ],
)
def test_what_does_not_fit_is_not_written(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as raised:
        contract_file_bytes([replace(CONTRACT, **change)], [UNDERLYING])
    assert raised.value.field == field


prices = st.integers(0, 999_999).map(lambda n: Decimal(n) / 10_000)
flags = st.booleans()


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    right = draw(st.sampled_from(Right))
    strike = Decimal(draw(st.integers(1, 99_999))) / 1000
    limits = sorted([draw(prices), draw(prices)])
    first = date(2019, 3, 1)
    return replace(
        CONTRACT,
        code=f"{draw(st.integers(10_000_000, 99_999_999))}",
        trading_code=f"510050{right}1904M{int(strike * 1000):05d}",
        name=draw(st.text("50ETF购沽月A科创", min_size=1, max_size=10)),
        right=right,
        strike=strike,
        multiplier=draw(st.integers(1, 99_999)),
        first_day=first,
        open_interest=draw(st.integers(0, 10**11)),
        previous_close=draw(prices) or None,
        previous_settlement=draw(prices),
        limit_down=limits[0],
        limit_up=limits[1],
        margin=Decimal(draw(st.integers(0, 10**9))) / 100,
        opening_restricted=draw(flags),
        suspended=draw(flags),
        near_expiry=draw(flags),
        recently_adjusted=draw(flags),
        listing=draw(st.sampled_from(ListingState)),
        only_short_straddles=draw(flags),
    )


def unique(found: list[Contract]) -> list[Contract]:
    return list({c.trading_code: c for c in {c.code: c for c in found}.values()}.values())


@given(st.lists(contracts(), min_size=1, max_size=4).map(unique), st.sampled_from(["gbk", "utf-8", "utf-8-sig"]))
def test_what_is_written_is_read_back(listed: list[Contract], encoding: str) -> None:
    data = contract_file_bytes(listed, [UNDERLYING], encoding)
    content = parse_contract_file(data, DAY)
    assert list(content.contracts) == listed
    assert content.underlyings == (UNDERLYING,)


@pytest.mark.fault("F42")
@given(st.binary(max_size=400))
@example(b"")
@example(b"\n")
@example(b"\xef\xbb\xbf")
@example(b"|" * 33 + b"\n")
def test_any_bytes_are_a_list_or_a_bad_file(data: bytes) -> None:
    with pytest.raises(BadFile):
        parse_contract_file(data, DAY)


@pytest.mark.fault("F42")
@given(st.data())
def test_a_spoiled_record_is_a_list_or_a_bad_file(data: st.DataObject) -> None:
    fields = list(SAMPLE.values())
    place = data.draw(st.integers(0, len(fields) - 1))
    fields[place] = data.draw(st.one_of(st.text(max_size=12), st.sampled_from(fields), st.from_regex(r"-?[0-9.]{1,9}")))
    with contextlib.suppress(BadFile):
        assert len(parse_contract_file(("|".join(fields) + "\n").encode("utf-8", "replace"), DAY).contracts) == 1
