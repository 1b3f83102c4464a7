"""Amounts of money in words (金额读法), so that a digit too many is heard: 296,300 is 二十九万六千三百元.

Whole yuan; the language is that of the screen. No value has no words.
"""

from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ("", "thousand", "million", "billion", "trillion")
#: Beyond the last group there are no words that anybody reads
_LIMIT = 10**15


def amount_in_words(value: Decimal | None, language: str) -> str:
    """Yuan in the words of a language, Chinese or English; empty for no value and for more than anybody has."""
    if value is None or not value.is_finite() or not abs(value) < _LIMIT:
        return ""
    whole = int(abs(value).quantize(Decimal(1), ROUND_HALF_UP))
    is_chinese = language.startswith("zh")
    words = f"{_chinese(whole)}元" if is_chinese else f"{_english(whole)} yuan"
    return words if value >= 0 or not whole else f"{'负' if is_chinese else 'minus '}{words}"


def _chinese(number: int) -> str:
    if not number:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        # A zero is read where a place is left out between two that are not
        if text and (gap or group < 1000):
            text += _DIGITS[0]
        text += _four_digits(group) + _GROUPS[place]
        gap = False
    # Ten to nineteen begin with the ten itself
    return text[1:] if text.startswith("一十") else text


def _four_digits(number: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text


def _english(number: int) -> str:
    if not number:
        return _ONES[0]
    parts: list[str] = []
    place = 0
    while number:
        number, group = divmod(number, 1000)
        if group:
            parts.insert(0, f"{_below_thousand(group)} {_SCALES[place]}".strip())
        place += 1
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if 0 < rest < len(_ONES):
        words.append(_ONES[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        words.append(_TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else ""))
    return " ".join(words)
