"""Terms as lines and back: nothing lost, and a mistake named by its line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import BadInput
from terminal.rules.obligations.terms import decode_terms, encode_terms
from terminal.rules.obligations.terms_texts import terms_of_texts, texts_of, with_band, without_band
from tests.rules.obligations.day import FOLDER, terms_of

NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
GENERIC = terms_of("sse_generic")


@pytest.mark.requirement("X10")
@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_set_goes_there_and_back(name: str) -> None:
    terms = terms_of(name)
    assert terms_of_texts(texts_of(terms)) == terms
    assert decode_terms(encode_terms(terms), name) == terms


@pytest.mark.fault("F45")
@pytest.mark.parametrize(
    ("key", "text", "named"),
    [
        ("min_quantity.near", "ten", "min_quantity.near"),
        ("min_quantity.near", "0", "min_quantity.near"),
        ("min_quantity.near", "", "min_quantity"),
        ("participation.rate", "1.5", "participation.rate"),
        ("participation.rate", "nan", "participation.rate"),
        ("spread[1].near.relative", "x", "spread[1].near.relative"),
        ("spread[2].far.relative", "", "spread[2].far"),
        ("spread[1].bid_below", "0.00001", "spread[1].bid_below"),
        ("phases", "lunch", "phases[1]"),
        ("phases", "", "phases"),
        ("exemptions.halt", "perhaps", "exemptions.halt"),
        ("valid_from", "1.1.2025", "valid_from"),
        ("score.size", "0.3", "score"),
        ("title", "x" * 81, "title"),
        ("no.such.line", "1", ""),
    ],
)
def test_a_mistake_is_named_by_its_line(key: str, text: str, named: str) -> None:
    with pytest.raises(BadInput) as refused:
        terms_of_texts({**texts_of(GENERIC), key: text})
    if named:
        assert refused.value.field == named


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("是", True), ("True", True), ("no", False), ("否", False)])
def test_truth_is_said_in_either_language(said: str, meant: bool) -> None:
    terms = terms_of_texts({**texts_of(GENERIC), "exemptions.halt": said})
    assert terms.exemptions.halt is meant


def test_bands_are_parted_and_joined() -> None:
    more = with_band(GENERIC, 0)
    assert [band.bid_below for band in more.spread] == [Decimal("0.0250"), Decimal("0.05"), None]
    more = with_band(more, 2)
    assert [band.bid_below for band in more.spread] == [Decimal("0.0250"), Decimal("0.05"), Decimal("0.1000"), None]
    assert more.spread[2].near == more.spread[3].near
    less = without_band(more, 3)
    assert [band.bid_below for band in less.spread] == [Decimal("0.0250"), Decimal("0.05"), None]
    one = without_band(without_band(less, 0), 0)
    assert [band.bid_below for band in one.spread] == [None]
    with pytest.raises(BadInput, match="one band"):
        without_band(one, 0)


@given(key=st.sampled_from(sorted(texts_of(GENERIC))), text=st.text(max_size=90))
def test_any_text_is_taken_or_refused_by_name(key: str, text: str) -> None:
    try:
        terms = terms_of_texts({**texts_of(GENERIC), key: text})
    except BadInput as refused:
        named = refused.field
    else:
        named = "taken"
        assert terms_of_texts(texts_of(terms)) == terms
    assert named
