"""Rules of automatic answers as they are kept between runs: text by field, read again as if typed.

What comes back from the disk is untrusted: rules that cannot be read any more are left out, all of them at once, so
that no half of a set is ever in force.
"""

from dataclasses import replace
from typing import Any

from terminal.domain.errors import BadInput
from terminal.strategies.inquiry_rules import (
    FIELDS,
    MOST_RULES,
    ResponderParameters,
    read_figure,
    rule_of,
    texts_of,
    write_field,
)
from terminal.views.settings import Settings

_LONGEST = 41


class KeptRules:
    """What was put in force last, by underlying."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def keep(self, parameters: ResponderParameters) -> None:
        """Keep what was put in force, for the next start of the program."""
        kept = {
            "rules": [texts_of(rule) for rule in parameters.rules],
            "delay_seconds": write_field(parameters.delay_seconds),
            "never_alone": parameters.never_alone,
        }
        self._settings.write(_key(parameters.underlying), kept)

    def kept(self, parameters: ResponderParameters) -> ResponderParameters:
        """These parameters with what was kept in their place; times that the terms ask for stay the terms'."""
        found = self._settings.read(_key(parameters.underlying))
        try:
            return parameters if not isinstance(found, dict) else _read(parameters, found)
        except BadInput:
            return parameters


def _read(parameters: ResponderParameters, found: dict[str, Any]) -> ResponderParameters:
    rows, alone = found.get("rules"), found.get("never_alone")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_RULES or not isinstance(alone, bool):
        raise BadInput("rules", type(rows), "a list of rules")
    delay = read_figure("delay_seconds", str(found.get("delay_seconds"))[:_LONGEST], 0.0, parameters.latest_seconds)
    return replace(
        parameters,
        rules=tuple([rule_of(_texts(row)) for row in rows]),
        delay_seconds=min(float(delay), max(parameters.latest_seconds - 1.0, 0.0)),
        never_alone=alone,
    )


def _texts(row: object) -> dict[str, str]:
    if not isinstance(row, dict):
        raise BadInput("rules", type(row), "fields by name")
    return {name: str(row[name])[:_LONGEST] for name in FIELDS if name in row}


def _key(underlying: str) -> str:
    return f"inquiries.rules.{underlying}"
