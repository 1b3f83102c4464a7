"""Parameters of strategies as a form shows and a file keeps them: from a frozen dataclass to fields, from text back."""

import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from typing import Any, TypeVar, get_type_hints

from terminal.domain.errors import BadInput

P = TypeVar("P")
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


class FieldKind(StrEnum):
    """How a field is entered."""

    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    TEXT = "text"
    NESTED = "nested"
    """Rows of their own, e.g. the rules of a responder: no single field"""


@dataclass(frozen=True, slots=True)
class ParameterField:
    """One field of a form."""

    name: str
    kind: FieldKind
    default: Any
    choices: tuple[str, ...] = ()


def fields_of(parameters: type) -> tuple[ParameterField, ...]:
    """The fields of a parameter dataclass, in their order. Raises BadInput for what is no frozen dataclass."""
    if not is_dataclass(parameters) or not parameters.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise BadInput("parameters", parameters, "a frozen dataclass")
    hints = get_type_hints(parameters)
    found = []
    for field in fields(parameters):
        kind = hints[field.name]
        default = field.default if field.default is not MISSING else None
        if field.default_factory is not MISSING:
            default = field.default_factory()
        choices = tuple(str(member.value) for member in kind) if _is_enum(kind) else ()
        found.append(ParameterField(field.name, _kind_of(kind), default, choices))
    return tuple(found)


def parameters_from(parameters: type[P], values: Mapping[str, str]) -> P:
    """An instance from text by field name; what is not named keeps its default.

    Raises BadInput that names the field: unknown, nested, or text that is no value of its kind.
    """
    known = {field.name: field for field in fields_of(parameters)}
    hints = get_type_hints(parameters)
    taken: dict[str, Any] = {}
    for name, text in values.items():
        if name not in known or known[name].kind is FieldKind.NESTED:
            raise BadInput(name, text, "the name of a parameter")
        taken[name] = _read(name, str(text).strip(), known[name], hints[name])
    try:
        return parameters(**taken)
    except TypeError as error:
        raise BadInput("parameters", sorted(taken), str(error)) from error


def _read(name: str, text: str, field: ParameterField, kind: Any) -> Any:
    if field.kind is FieldKind.CHOICE:
        if text not in field.choices:
            raise BadInput(name, text, " or ".join(field.choices))
        return kind(text)
    if field.kind is FieldKind.SWITCH:
        if text.lower() not in (*_YES, *_NO):
            raise BadInput(name, text, "yes or no")
        return text.lower() in _YES
    if field.kind is FieldKind.TEXT:
        return text
    try:
        number: float = int(text) if field.kind is FieldKind.WHOLE else float(text)
    except ValueError:
        rule = "a whole number" if field.kind is FieldKind.WHOLE else "a number"
        raise BadInput(name, text, rule) from None
    if not math.isfinite(number):
        raise BadInput(name, text, "a finite number")
    return number


def _kind_of(kind: Any) -> FieldKind:
    if _is_enum(kind):
        return FieldKind.CHOICE
    plain = {int: FieldKind.WHOLE, float: FieldKind.NUMBER, bool: FieldKind.SWITCH, str: FieldKind.TEXT}
    return plain.get(kind, FieldKind.NESTED)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
