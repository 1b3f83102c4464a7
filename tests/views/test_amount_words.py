"""Amounts in words, as they are read aloud in Chinese and in English."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.views.amount_words import amount_in_words

pytestmark = pytest.mark.fault("F79")
_VALUE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        ("0", "零元", "zero yuan"),
        ("10", "十元", "ten yuan"),
        ("15.5", "十六元", "sixteen yuan"),
        ("110", "一百一十元", "one hundred ten yuan"),
        ("1005", "一千零五元", "one thousand five yuan"),
        ("29630", "二万九千六百三十元", "twenty-nine thousand six hundred thirty yuan"),
        ("296300", "二十九万六千三百元", "two hundred ninety-six thousand three hundred yuan"),
        ("100005", "十万零五元", "one hundred thousand five yuan"),
        ("2963000", "二百九十六万三千元", "two million nine hundred sixty-three thousand yuan"),
        ("100000000", "一亿元", "one hundred million yuan"),
        ("1000500000", "十亿零五十万元", "one billion five hundred thousand yuan"),
        ("1000000000008", "一万亿零八元", "one trillion eight yuan"),
        ("-21", "负二十一元", "minus twenty-one yuan"),
    ],
)
def test_amounts_are_written_as_they_are_read(amount: str, chinese: str, english: str) -> None:
    assert amount_in_words(Decimal(amount), "zh_CN") == chinese
    assert amount_in_words(Decimal(amount), "en") == english


@pytest.mark.parametrize("value", [None, Decimal("nan"), Decimal("inf"), Decimal("1e15")])
def test_no_value_has_no_words(value: Decimal | None) -> None:
    assert amount_in_words(value, "zh_CN") == ""


@given(st.integers(0, 10**15 - 1))
def test_what_is_read_is_the_amount(amount: int) -> None:
    assert _heard(amount_in_words(Decimal(amount), "zh_CN")) == amount


def _heard(text: str) -> int:
    """A reader of its own: digits, places, then groups of ten thousand."""
    total = section = digit = group = 0
    for mark in text.removesuffix("元").replace("万亿", "兆"):
        if mark in _VALUE:
            digit = _VALUE[mark]
        elif mark in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[mark]
            digit = 0
        elif mark in "万亿兆":
            group = {"万": 10**4, "亿": 10**8, "兆": 10**12}[mark]
            total += (section + digit) * group
            section = digit = 0
    return total + section + digit
