"""Refused input in the language in force (输入被拒): field, value and rule of a `BadInput`, for dialogs and forms.

The floors below say their rules in English, for logs and the command line. A rule that a screen can show stands here
with its figures as places, `{0}`, `{1}`; it is found by its words, so that no floor below has to know of languages.
"""

import re
from functools import cache

from terminal.domain.errors import BadFile, BadInput, ascii_safe
from terminal.views.translation import mark, translate

CONTEXT = "Refusal"
_MOST_CHARACTERS = 40
#: Where msgspec found it: the field says so already
_PLACE = " - at `"

RULES = (
    # numbers and texts
    mark("Refusal", "a number"),
    mark("Refusal", "a number, per cent"),
    mark("Refusal", "a finite number"),
    mark("Refusal", "a number such as {0}"),
    mark("Refusal", "a whole number"),
    mark("Refusal", "a whole number such as {0}"),
    mark("Refusal", "above zero"),
    mark("Refusal", "from zero upwards"),
    mark("Refusal", "above zero and rising"),
    mark("Refusal", "yes or no"),
    mark("Refusal", "yuan"),
    mark("Refusal", "yuan above 0"),
    mark("Refusal", "a price above 0"),
    mark("Refusal", "a list"),
    mark("Refusal", "at most {0} characters"),
    # times
    mark("Refusal", "a time of day such as {0}"),
    mark("Refusal", "after {0}, which is now"),
    mark("Refusal", "0 to {0} seconds"),
    mark("Refusal", "each day once"),
    mark("Refusal", "hours in order that do not touch"),
    mark("Refusal", "200 to 366 trading days"),
    mark("Refusal", "a calendar that reaches {0}: {1}"),
    # contracts
    mark("Refusal", "a contract that is listed today"),
    mark("Refusal", "a multiple of 0.0001 yuan, not negative"),
    mark("Refusal", "a whole number of contracts, not negative"),
    # rates and curves
    mark("Refusal", "a rate between -{0} and {1} per cent"),
    mark("Refusal", "a rate a year between {0} and {1}"),
    mark("Refusal", "a rate in per cent"),
    mark("Refusal", "{0} to {1} per cent"),
    mark("Refusal", "a date and eight rates"),
    mark("Refusal", "at least one day of rates"),
    mark("Refusal", "one rate for each of {0} times, and one at least"),
    mark("Refusal", "an object of rates and clock"),
    mark("Refusal", "flat, tenors, source, clock, days_per_year: {0}"),
    mark("Refusal", "an expiry with enough sound quotes to fit a curve"),
    mark("Refusal", "a change of volatility up to {0}"),
    mark("Refusal", "1 to {0} rising log moneynesses"),
    # events of a class
    mark("Refusal", "a fraction between -0.5 and 0.5"),
    mark("Refusal", "the logarithm of a factor, between -2 and 2"),
    mark("Refusal", "an event {0} needs it"),
    # reminders
    mark("Refusal", "1 or 2: a condition of one's own holds no orders back"),
    mark("Refusal", "an 8-digit contract code, a 6-digit underlying, or book"),
    mark("Refusal", "{0} is measured of a contract or an underlying"),
    mark("Refusal", "{0} is measured of a contract"),
    mark("Refusal", "{0} is measured of the book"),
    mark("Refusal", "each name stands once"),
    mark("Refusal", "one that is open or snoozed"),
    mark("Refusal", "only what somebody says is told; the rest is found by rules"),
    # terms of market makers and parameters
    mark("Refusal", "one band at least"),
    mark("Refusal", "the name of a line of the terms"),
    mark("Refusal", "lines of a list in their order"),
    mark("Refusal", "at most {0} terms of your own"),
    mark("Refusal", "1 to 40 small letters, figures, - and _, a letter or figure first"),
    mark("Refusal", "another name than those shipped"),
    mark("Refusal", "a frozen dataclass"),
    mark("Refusal", "the name of a parameter"),
    mark("Refusal", "{0} values, parted by spaces"),
    # as msgspec says it
    mark("Refusal", "Expected `{0}`, got `{1}`"),
    mark("Refusal", "Expected `{0}` >= {1}"),
    mark("Refusal", "Expected `{0}` <= {1}"),
    mark("Refusal", "Expected `{0}` > {1}"),
    mark("Refusal", "Expected `{0}` < {1}"),
    # last, as they take much
    mark("Refusal", "one of {0}"),
    mark("Refusal", "at most {0}"),
    mark("Refusal", "{0} to {1}"),
    mark("Refusal", "{0} or {1}"),
)


@cache
def _pattern(rule: str) -> "re.Pattern[str]":
    return re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(rule)))


def rule_words(rule: str) -> str:
    """A rule in the language in force; as it is where none of ours has these words."""
    said = rule.partition(_PLACE)[0]
    if said in RULES:
        return translate(CONTEXT, said)
    for known in RULES:
        if found := _pattern(known).fullmatch(said):
            return translate(CONTEXT, known).format(*found.groups())
    return rule


def refusal(error: BadInput, field: str = "") -> str:
    """Field, value and rule in one sentence; `field` is the name that stands beside it on the screen."""
    given = ascii_safe(str(error.value))
    value = given if len(given) <= _MOST_CHARACTERS else given[: _MOST_CHARACTERS - 1] + "…"
    sentence = translate("Refusal", "{field}: {value} is not accepted: {rule}").format(
        field=field or error.field, value=value, rule=rule_words(error.rule)
    )
    if isinstance(error, BadFile):
        return translate("Refusal", "{file}, line {line}: {what}").format(
            file=error.file_name or translate("Refusal", "file"), line=error.line, what=sentence
        )
    return sentence
