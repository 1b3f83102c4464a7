"""Obligation terms as lines of text that a person can change, and back again, held to the same rules as a file.

A line is named by where it stands, `spread[1].near.relative`; a blank one says that there is no such figure.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from terminal.domain.errors import BadInput
from terminal.rules.obligations.terms import Band, Terms, broken
from terminal.rules.sections.base import Section

_YES, _NO = frozenset({"yes", "true", "1", "是"}), frozenset({"no", "false", "0", "否"})
_PART = re.compile(r"([a-z_]+)(?:\[(\d{1,3})\])?")
_WHERE = re.compile(r" - at `\$\.?([^`]*)`$")
_INDEX = re.compile(r"\[(\d+)\]")
_LONGEST_VALUE = 80


def texts_of(terms: Terms) -> dict[str, str]:
    """Every line, in the order of the terms."""
    return dict(_lines("", terms))


def terms_of_texts(texts: Mapping[str, str]) -> Terms:
    """The terms that lines say. Raises BadInput that names the line, what stands there and the rule."""
    plain: dict[str, Any] = {}
    for key, text in texts.items():
        if len(text) > _LONGEST_VALUE:
            raise BadInput(key, text, f"at most {_LONGEST_VALUE} characters")
        _put(plain, key, text.strip())
    try:
        terms = msgspec.convert(plain, type=Terms, strict=False)
    except msgspec.ValidationError as error:
        text = str(error)
        found = _WHERE.search(text)
        key = _INDEX.sub(lambda n: f"[{int(n[1]) + 1}]", found[1]) if found else ""
        raise BadInput(key or "terms", texts.get(key, ""), _WHERE.sub("", text)) from error
    for key, value, rule in broken(terms):
        raise BadInput(key, value, rule)
    return terms


def with_band(terms: Terms, number: int) -> Terms:
    """One more band, parted from band `number` (from 0) at half its end, or at twice the end of the one before."""
    bands = list(terms.spread)
    band = bands[number]
    before = bands[number - 1].bid_below if number else Decimal(0)
    if band.bid_below is not None:
        end = ((before or Decimal(0)) + band.bid_below) / 2
    else:
        end = 2 * (before or Decimal("0.025"))
    bands.insert(number, Band(bid_below=end.quantize(Decimal("0.0001")), near=band.near, far=band.far))
    return _checked(msgspec.structs.replace(terms, spread=tuple(bands)))


def without_band(terms: Terms, number: int) -> Terms:
    """One band less. Raises BadInput for the only one; the one below the last takes its place without an end."""
    bands = list(terms.spread)
    if len(bands) == 1:
        raise BadInput("spread", "1", "one band at least")
    del bands[number]
    bands[-1] = msgspec.structs.replace(bands[-1], bid_below=None)
    return _checked(msgspec.structs.replace(terms, spread=tuple(bands)))


def _checked(terms: Terms) -> Terms:
    for key, value, rule in broken(terms):
        raise BadInput(key, value, rule)
    return terms


def _lines(place: str, section: Section) -> Iterator[tuple[str, str]]:
    for field in msgspec.structs.fields(section):
        key = f"{place}.{field.name}" if place else field.name
        value = getattr(section, field.name)
        if isinstance(value, Section):
            yield from _lines(key, value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Section):
            for number, part in enumerate(value, 1):
                yield from _lines(f"{key}[{number}]", part)
        else:
            yield key, _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _put(plain: dict[str, Any], key: str, text: str) -> None:
    """Set one value in nested tables; lists are made as long as the number asks, one by one."""
    *tables, last = key.split(".")
    place = plain
    for part in tables:
        found = _PART.fullmatch(part)
        if found is None:
            raise BadInput("line", key, "the name of a line of the terms")
        name, number = found[1], found[2]
        if number is None:
            place = place.setdefault(name, {})
            continue
        entries = place.setdefault(name, [])
        if int(number) == len(entries) + 1:
            entries.append({})
        if not 1 <= int(number) <= len(entries):
            raise BadInput("line", key, "lines of a list in their order")
        place = entries[int(number) - 1]
    if last == "phases":
        place[last] = [part.strip() for part in text.split(",") if part.strip()]
    elif text.lower() in _YES or text.lower() in _NO:
        place[last] = _truth_or_number(text)
    elif text:
        place[last] = text


def _truth_or_number(text: str) -> str:
    """1 and 0 may be figures: they are left to the type of their line."""
    if text in ("1", "0"):
        return text
    return "true" if text.lower() in _YES else "false"
