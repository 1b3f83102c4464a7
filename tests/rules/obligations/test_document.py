"""docs/obligations.md: it names every key of the terms and no other, and the defaults that the file has."""

import re
from pathlib import Path

import msgspec

from terminal.rules.obligations.terms import Terms
from terminal.rules.sections.base import Section
from tests.rules.obligations.day import terms_of

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "obligations.md").read_text("utf-8")
TABLE = TEXT[TEXT.index("| term | key |") : TEXT.index("A cap is")]
ROWS = [line.strip("|").split("|") for line in TABLE.splitlines() if line.startswith("|")][2:]


def _keys(struct: type, path: str = "") -> set[str]:
    keys: set[str] = set()
    for field in msgspec.structs.fields(struct):
        kind, name = field.type, f"{path}{field.name}"
        if isinstance(kind, type) and issubclass(kind, Section) and field.name not in ("near", "far"):
            keys |= _keys(kind, f"{name}.")
        else:
            keys.add(name)
    return keys


def test_every_key_stands_in_the_table_and_no_other() -> None:
    named = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[1])}
    bands = {"spread.bid_below", "spread.near", "spread.far"}
    assert named == _keys(Terms) | bands


def test_the_defaults_are_those_of_the_file() -> None:
    terms = terms_of("sse_generic")
    default = {re.findall(r"`([^`]+)`", row[1])[0]: row[2].strip() for row in ROWS}
    assert default["near_below_days"] == str(terms.near_below_days)
    assert default["min_quantity.near"] == f"{terms.min_quantity.near}, {terms.min_quantity.far}, D"
    assert default["participation.rate"] == f"{terms.participation.rate}, D"
    assert default["coverage.rate"] == f"{terms.coverage.rate}, D"
    assert default["fills.grace_seconds"] == f"{terms.fills.grace_seconds}, D"
    assert default["inquiries.max_response_seconds"] == f"{terms.inquiries.max_response_seconds}, D"
    assert default["inquiries.min_hold_seconds"] == f"{terms.inquiries.min_hold_seconds}, D"
    assert default["inquiries.min_answer_rate"] == f"{terms.inquiries.min_answer_rate}, D"
    assert default["inquiries.min_interval_seconds"] == f"{terms.inquiries.min_interval_seconds}, D"
    score = terms.score
    weights = f"{score.participation}, {score.spread}, {score.size}, {score.inquiries}, D"
    assert default["score.participation"] == weights
