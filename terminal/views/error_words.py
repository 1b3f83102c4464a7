"""Errors that a screen shows as they were said (错误信息): journals, terms and what a venue would not do.

The floors below speak English, for logs and the command line; like the rules of `refusals.py` their sentences stand
here with places, and are found by their words.
"""

import re
from functools import cache

from terminal.domain.errors import BadInput, ascii_safe
from terminal.views.refusals import refusal, rule_words
from terminal.views.translation import mark, translate

CONTEXT = "Error"
#: Of one figure or name within a sentence
_MOST_CHARACTERS = 60
#: Of a text that sentences are looked for in: a venue may send a million signs, and the search goes over them again and
#: again
_MOST_SAID = 1000
#: As `BadInput` says itself
_REFUSED = re.compile(r"(?P<field>.+?): (?P<value>.*) is not accepted: (?P<rule>.+)")

SENTENCES = (
    # journals
    mark("Error", "{0} is not a journal of this program"),
    mark("Error", "{0} has journal format {1}, this program reads {2}: it is left as it is"),
    mark("Error", "{0} is empty"),
    mark("Error", "{0} is in use by {1}"),
    mark("Error", "{0} cannot be locked: {1}"),
    mark("Error", "{0} cannot be opened: {1}"),
    mark("Error", "{0} cannot be read: {1}"),
    mark("Error", "{0} cannot be written: {1}"),
    mark("Error", "{0}: the last record is unreadable"),
    mark("Error", "{0}: the state {1} does not agree with its hash"),
    mark("Error", "{0}: record {1} is missing"),
    mark("Error", "{0}: record {1} does not agree with the hash chain"),
    mark("Error", "{0}: record {1} is of no known kind or time: {2}"),
    # terms of market makers
    mark("Error", "there are no obligation terms {0}; there are {1}"),
    mark("Error", "obligation terms {0}: larger than {1} bytes"),
    mark("Error", "obligation terms {0}: name: {1} is not that of the file"),
    mark("Error", "obligation terms {0}: {1}"),
    # what a venue would not do
    mark("Error", "only an instructor's line may do that"),
    mark("Error", "this venue plays no scenario"),
    mark("Error", "Hello was said before"),
    mark("Error", "the first message must be Hello"),
    mark("Error", "speed 0 to {0}"),
    mark("Error", "step 0 to {0} seconds"),
    mark("Error", "protocol {0}, this venue speaks {1}: start both from the same version"),
    mark("Error", "protocol {0}, this desk speaks {1}: start both from the same version"),
    # as venues to November 2026 say it
    mark("Error", "protocol {0}, this venue speaks {1}"),
    mark("Error", "account and desk: letters and digits, at most {0}"),
)


@cache
def _pattern(sentence: str) -> "re.Pattern[str]":
    return re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(sentence)), re.DOTALL)


def error_words(said: str) -> str:
    """What an error said, in the language in force; of a sentence nobody knows its own words, escaped and cut."""
    text = _bare(said[:_MOST_SAID])
    for known in SENTENCES:
        if found := _pattern(known).fullmatch(text):
            return translate(CONTEXT, known).format(*map(_part, found.groups()))
    if found := _REFUSED.fullmatch(text):
        return refusal(BadInput(found["field"], _bare(found["value"]), found["rule"]))
    return _cut(text)


def _part(text: str) -> str:
    """A figure as it is, a file by its name alone, a sentence within a sentence in its own words."""
    if _REFUSED.fullmatch(text):
        return error_words(text)
    words = rule_words(text)
    return _cut(words if words != text else re.split(r"[/\\]", text)[-1] if _is_path(text) else text)


def _is_path(text: str) -> bool:
    return re.fullmatch(r"(/|[A-Za-z]:[/\\]).*", text) is not None


def _bare(text: str) -> str:
    """Without the quotes that bound a text from outside in a log."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _cut(text: str) -> str:
    safe = ascii_safe(text)
    return safe if len(safe) <= _MOST_CHARACTERS else safe[: _MOST_CHARACTERS - 1] + "…"
