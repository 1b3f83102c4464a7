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
_BLANK = "“”"
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
    mark("Refusal", "{0} to {1} characters"),
    mark("Refusal", "at most {0} bytes"),
    mark("Refusal", "at most {0} decimals"),
    mark("Refusal", "not negative"),
    mark("Refusal", "on or off"),
    mark("Refusal", "fields by name"),
    mark("Refusal", "it can be read ({0})"),
    mark("Refusal", "GBK or UTF-8"),
    # times
    mark("Refusal", "a time of day such as {0}"),
    mark("Refusal", "after {0}, which is now"),
    mark("Refusal", "0 to {0} seconds"),
    mark("Refusal", "each day once"),
    mark("Refusal", "hours in order that do not touch"),
    mark("Refusal", "200 to 366 trading days"),
    mark("Refusal", "a calendar that reaches {0}: {1}"),
    mark(
        "Refusal",
        "{0} lies outside the trading calendar, which knows {1} to {2}: import the exchange's announcement",
    ),
    mark("Refusal", "a trading day"),
    mark("Refusal", "a date YYYYMMDD or YYYY-MM-DD"),
    mark("Refusal", "a date that exists"),
    mark("Refusal", "a number of seconds from 0 upwards"),
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
    mark("Refusal", "one column named {0}"),
    mark("Refusal", "a day from {0} on, the first of {1}"),
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
    mark("Refusal", "one of the day's list"),
    mark("Refusal", "one that is in the class"),
    mark("Refusal", "the scenario has no more events today"),
    # a scenario
    mark("Refusal", "a day like E, E-2, E+1 or {0}, a blank and a time"),
    mark("Refusal", "a day like E, E-2, E+1 or {0}"),
    mark("Refusal", "a time like {0} or {1}"),
    mark("Refusal", "a time without a zone: the market's"),
    mark("Refusal", "after the start, {0}"),
    mark("Refusal", "an account given once"),
    mark("Refusal", "a name given once"),
    mark("Refusal", "a kind of reminder: {0}"),
    mark("Refusal", "a checkpoint {0} needs it"),
    mark("Refusal", "one of the scenario's underlyings: {0}"),
    # reminders
    mark("Refusal", "1 or 2: a condition of one's own holds no orders back"),
    mark("Refusal", "an 8-digit contract code, a 6-digit underlying, or book"),
    mark("Refusal", "{0} is measured of a contract or an underlying"),
    mark("Refusal", "{0} is measured of a contract"),
    mark("Refusal", "{0} is measured of the book"),
    mark("Refusal", "each name stands once"),
    mark("Refusal", "at least one time, each later than the one before"),
    mark("Refusal", "holds 0, the expiry day itself"),
    mark("Refusal", "{0} cannot be switched off"),
    mark("Refusal", "at least link_seconds, {0}"),
    mark("Refusal", "at most margin_call, {0}"),
    mark("Refusal", "at most margin_force, {0}"),
    mark("Refusal", "one that is open or snoozed"),
    mark("Refusal", "only what somebody says is told; the rest is found by rules"),
    # terms of market makers and parameters
    mark("Refusal", "one band at least"),
    mark("Refusal", "every band but the last has bid_below, the last has none"),
    mark("Refusal", "bid_below rises from band to band"),
    mark("Refusal", "one of relative, absolute, ticks and delta at least"),
    mark("Refusal", "at least one phase, each once"),
    mark("Refusal", "either rate or count"),
    mark("Refusal", "from 0 to 1 with at most two decimals"),
    mark("Refusal", "above 0, at most {0}, at most six decimals"),
    mark("Refusal", "yuan above 0 with at most four decimals"),
    mark("Refusal", "below high, {0}"),
    mark("Refusal", "the four weights add up to 1"),
    mark("Refusal", "the name of a field of a contract's terms"),
    mark("Refusal", "the name of a field of a rule"),
    mark("Refusal", "at most the largest width, {0}"),
    mark("Refusal", "the name of a saved set"),
    mark("Refusal", "at most {0} sets"),
    mark("Refusal", "at most {0} lines from here"),
    mark("Refusal", "at most {0} columns from here"),
    mark("Refusal", "the name of a line of the terms"),
    mark("Refusal", "lines of a list in their order"),
    mark("Refusal", "at most {0} terms of your own"),
    mark("Refusal", "1 to 40 small letters, figures, - and _, a letter or figure first"),
    mark("Refusal", "another name than those shipped"),
    mark("Refusal", "a frozen dataclass"),
    mark("Refusal", "one that is made of a plug-in"),
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
    mark("Refusal", "above 0, at most {0}"),
    mark("Refusal", "above 0"),
    mark("Refusal", "from {0} to {1}"),
    mark("Refusal", "below {0}"),
    mark("Refusal", "after {0}"),
    mark("Refusal", "at least {0}"),
    mark("Refusal", "at most {0}"),
    mark("Refusal", "{0} to {1}"),
    mark("Refusal", "{0} or {1}"),
)


@cache
def _pattern(rule: str) -> "re.Pattern[str]":
    return re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(rule)))


def rule_words(rule: str) -> str:
    """A rule in the language in force, and what a rule says within it; as it is where none of ours has these words."""
    said = rule.partition(_PLACE)[0]
    if said in RULES:
        return translate(CONTEXT, said)
    for known in RULES:
        if found := _pattern(known).fullmatch(said):
            return translate(CONTEXT, known).format(*map(rule_words, found.groups()))
    return rule


def refusal(error: BadInput, field: str = "") -> str:
    """Field, value and rule in one sentence; `field` is the name that stands beside it on the screen."""
    given = ascii_safe(str(error.value))
    value = given if len(given) <= _MOST_CHARACTERS else given[: _MOST_CHARACTERS - 1] + "…"
    sentence = translate("Refusal", "{field}: {value} is not accepted: {rule}").format(
        field=field or error.field, value=value or _BLANK, rule=rule_words(error.rule)
    )
    if isinstance(error, BadFile):
        return translate("Refusal", "{file}, line {line}: {what}").format(
            file=error.file_name or translate("Refusal", "file"), line=error.line, what=sentence
        )
    return sentence
