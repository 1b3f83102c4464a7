"""Errors name field, value and rule in one short line, whatever the value holds (F46)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.domain.errors import (
    BadFile,
    BadInput,
    CalendarError,
    ConfigurationError,
    IllegalTransition,
    JournalError,
    LinkError,
    OptionDeskError,
    ascii_safe,
    shown,
)


@pytest.mark.fault("F46")
@pytest.mark.parametrize(
    ("text", "escape"),
    [
        ("a\x00b", r"\x00"),
        ("a\nb", r"\n"),
        ("a\x1bb", r"\x1b"),
        ("a\u202eb", r"\u202e"),  # right-to-left override
        ("a\u200bb", r"\u200b"),  # zero width space
        ("a\u2028b", r"\u2028"),  # line separator
        ("a\ud800b", r"\ud800"),  # half a surrogate pair
        ("a\U000e0001b", r"\U000e0001"),  # language tag
    ],
)
def test_what_cannot_be_seen_is_escaped(text: str, escape: str) -> None:
    assert ascii_safe(text) == f"a{escape}b"
    assert shown(text).isprintable()


@pytest.mark.fault("F46")
def test_words_of_any_language_stay_readable() -> None:
    assert ascii_safe("50ETF购12月3000 é") == "50ETF购12月3000 é"


@pytest.mark.fault("F46")
@pytest.mark.parametrize("character", ["x", "\x00", "\\", "'", "汉", "\u202e"])
def test_ten_thousand_characters_become_one_short_line(character: str) -> None:
    error = BadInput("account", character * 10_000, "eight digits")
    assert len(str(error)) < 250
    assert str(error).isprintable()
    assert str(error).startswith("account: ")
    assert str(error).endswith(": eight digits")


@pytest.mark.fault("F46")
@given(st.text(max_size=200))
def test_any_text_is_shown_as_one_bounded_printable_line(text: str) -> None:
    line = shown(text)
    assert line.isprintable()
    assert len(line) <= 2 * 80 + 2


@pytest.mark.fault("F42")
def test_a_bad_file_names_file_and_line() -> None:
    error = BadFile("strike", "2,5", "a decimal with a point", line=17, file_name="reff031120.txt")
    assert str(error) == "reff031120.txt line 17: strike: '2,5' is not accepted: a decimal with a point"
    assert isinstance(error, BadInput)
    assert str(BadFile("strike", "x", "a number")).startswith("file line 0: ")


@pytest.mark.parametrize(
    "kind", [BadFile, BadInput, CalendarError, ConfigurationError, IllegalTransition, JournalError, LinkError]
)
def test_every_error_is_in_the_one_tree(kind: type[Exception]) -> None:
    assert issubclass(kind, OptionDeskError)
