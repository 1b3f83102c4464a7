"""From parameters and limit sheets to fields of a form, in the words of the screen."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from terminal.domain.errors import BadInput
from terminal.strategies.parameters import FieldKind, ParameterField, as_text
from terminal.views.strategies.field_words import CHOICES, PARAMETER_WORDS, SHEET_WORDS
from terminal.views.strategies.form import FormField
from terminal.views.strategies.kept import SHEET_FIELDS, allows_nothing
from terminal.views.strategies.words import line_of, word

_KINDS = {
    FieldKind.WHOLE: "whole number",
    FieldKind.NUMBER: "number",
    FieldKind.CHOICE: "choice",
    FieldKind.SWITCH: "yes or no",
    FieldKind.TEXT: "text",
    FieldKind.ROWS: "rows, one from the next by ;",
}
_LONGEST_ABOUT, _LONGEST_DEFAULT = 120, 40


def parameter_fields(
    fields: Sequence[ParameterField], underlyings: Sequence[tuple[str, str]], *, is_plug_in: bool
) -> tuple[FormField, ...]:
    """The form of a kind of strategy; what a plug-in says of its own fields is shown as it says it."""
    found = []
    for field in fields:
        known = None if is_plug_in else PARAMETER_WORDS.get(field.name)
        label = line_of(field.name, 40) if known is None else word(known[0])
        about = line_of(field.about, _LONGEST_ABOUT) if known is None else word(known[1]) if known[1] else ""
        choices = tuple((value, _choice(value, is_plug_in=is_plug_in)) for value in field.choices)
        if field.name == "underlying" and field.kind is FieldKind.TEXT:
            choices = tuple(underlyings)
        found.append(FormField(field.name, label, field.kind, _note(field, about), choices))
    return tuple(found)


def sheet_fields() -> tuple[FormField, ...]:
    """The form of a limit sheet."""
    return tuple(
        FormField(name, word(SHEET_WORDS[name][0]), FieldKind.NUMBER, word(SHEET_WORDS[name][1]))
        for name in SHEET_FIELDS
    )


def default_text(value: Any) -> str:
    """A default as it would be typed; empty for none."""
    return "" if value is None else as_text(value)


def _note(field: ParameterField, about: str) -> str:
    if field.kind is FieldKind.NESTED:
        return " · ".join(part for part in (about, word("several values, not edited here")) if part)
    default = field.default.value if isinstance(field.default, Enum) else field.default
    parts = [about, word(_KINDS[field.kind])]
    if field.default is None:
        parts.append(word("no default"))
    elif field.kind not in (FieldKind.SWITCH, FieldKind.ROWS):
        parts.append(word("default {value}").format(value=line_of(str(default), _LONGEST_DEFAULT)))
    return " · ".join(part for part in parts if part)


def _choice(value: str, *, is_plug_in: bool) -> str:
    return word(CHOICES[value]) if value in CHOICES and not is_plug_in else line_of(value, 40)


def is_blank(name: str, text: str) -> bool:
    """Whether a figure of a limit sheet allows nothing; one that is no figure is refused elsewhere."""
    try:
        return allows_nothing(name, text)
    except BadInput:
        return False


def sheet_warning(name: str, text: str) -> str:
    """What is said beside a figure that allows nothing; empty for any other."""
    return word("allows nothing") if is_blank(name, text) else ""
