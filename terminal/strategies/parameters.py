"""Parameters of strategies as a form shows and a file keeps them: from a frozen dataclass to fields, from text back."""

import ast
import inspect
import math
import textwrap
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from terminal.domain.errors import BadInput

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

P = TypeVar("P", bound="DataclassInstance")
_MOST_ROWS = 100
_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


class FieldKind(StrEnum):
    """How a field is entered."""

    WHOLE = "whole"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    TEXT = "text"
    ROWS = "rows"
    """Several of one shape, as text: the fields of each parted by spaces, one from the next by a semicolon"""
    NESTED = "nested"
    """Rows of their own, e.g. the rules of a responder: no single field"""


_SINGLE = (FieldKind.WHOLE, FieldKind.NUMBER, FieldKind.CHOICE, FieldKind.SWITCH, FieldKind.TEXT)


@dataclass(frozen=True, slots=True)
class ParameterField:
    """One field of a form."""

    name: str
    kind: FieldKind
    default: Any
    choices: tuple[str, ...] = ()
    about: str = ""
    """What its author says of it, and its unit; untrusted where it is a plug-in's"""
    row: tuple["ParameterField", ...] = ()
    """The fields of each of several"""


def fields_of(parameters: type) -> tuple[ParameterField, ...]:
    """The fields of a parameter dataclass, in their order. Raises BadInput for what is no frozen dataclass."""
    made = getattr(parameters, "__dataclass_params__", None)
    if made is None or not made.frozen:
        raise BadInput("parameters", parameters, "a frozen dataclass")
    hints = get_type_hints(parameters)
    found = []
    for field in fields(parameters):
        kind = hints[field.name]
        default = field.default if field.default is not MISSING else None
        if field.default_factory is not MISSING:
            default = field.default_factory()
        choices = tuple(str(member.value) for member in kind) if _is_enum(kind) else ()
        row = () if (of := _row_type(kind)) is None else fields_of(of)
        kind_of = FieldKind.ROWS if row and all(f.kind in _SINGLE for f in row) else _kind_of(kind)
        found.append(ParameterField(field.name, kind_of, default, choices, row=row))
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


def check_text(field: ParameterField, text: str) -> None:
    """Raise BadInput for text that is no value of the field's kind; what the strategy itself asks for is not known."""
    if field.kind is FieldKind.NESTED:
        raise BadInput(field.name, text, "the name of a parameter")
    _read(field.name, text.strip(), field, str)


def texts_of(parameters: object) -> dict[str, str]:
    """The values in force as text by field, as `parameters_from` reads them; nested ones are left out."""
    shown = (field for field in fields_of(type(parameters)) if field.kind is not FieldKind.NESTED)
    return {field.name: as_text(getattr(parameters, field.name)) for field in shown}


def as_text(value: object) -> str:
    """One value as text, or several of one shape."""
    if isinstance(value, tuple):
        return "; ".join(" ".join(as_text(getattr(row, field.name)) for field in fields(row)) for row in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value.value) if isinstance(value, Enum) else str(value)


def with_texts(parameters: P, values: Mapping[str, str]) -> P:
    """The same parameters with some values read from text, nested ones as they are. Raises BadInput as above."""
    read = parameters_from(type(parameters), values)
    return replace(parameters, **{name: getattr(read, name) for name in values})


def docs_of(parameters: type) -> dict[str, str]:
    """First lines of what stands under the fields in the source of a dataclass; empty where it has none to read."""
    try:
        body = ast.parse(textwrap.dedent(inspect.getsource(parameters))).body[0]
    except (OSError, TypeError, SyntaxError, ValueError, IndexError, RecursionError):
        return {}
    found: dict[str, str] = {}
    lines = body.body if isinstance(body, ast.ClassDef) else []
    for line, below in pairwise(lines):
        if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)):
            continue
        text = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else None
        if isinstance(text, str) and text.strip():
            found[line.target.id] = text.strip().splitlines()[0]
    return found


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
    if field.kind is FieldKind.ROWS:
        return _read_rows(name, text, field, kind)
    try:
        number: float = int(text) if field.kind is FieldKind.WHOLE else float(text)
    except ValueError:
        rule = "a whole number" if field.kind is FieldKind.WHOLE else "a number"
        raise BadInput(name, text, rule) from None
    if not math.isfinite(number):
        raise BadInput(name, text, "a finite number")
    return number


def _read_rows(name: str, text: str, field: ParameterField, kind: Any) -> Any:
    """Several of one shape; `kind` is what the dataclass says, or str where only the text is judged."""
    rows = [row.split() for row in text.split(";") if row.strip()]
    if len(rows) > _MOST_ROWS:
        raise BadInput(name, f"{len(rows)} rows", f"at most {_MOST_ROWS}")
    of = _row_type(kind)
    hints = {} if of is None else get_type_hints(of)
    made = []
    for row in rows:
        if field.row and len(row) != len(field.row):
            raise BadInput(name, " ".join(row), f"{len(field.row)} values, parted by spaces")
        values = {f.name: _read(name, part, f, hints.get(f.name, str)) for f, part in zip(field.row, row, strict=False)}
        made.append(None if of is None else of(**values))
    return tuple(made)


def _row_type(kind: Any) -> type | None:
    """The dataclass of `tuple[Row, ...]`; None for anything else."""
    arguments = get_args(kind)
    if get_origin(kind) is tuple and len(arguments) == 2 and arguments[1] is ... and is_dataclass(arguments[0]):
        return arguments[0] if isinstance(arguments[0], type) else None
    return None


def _kind_of(kind: Any) -> FieldKind:
    if _is_enum(kind):
        return FieldKind.CHOICE
    plain = {int: FieldKind.WHOLE, float: FieldKind.NUMBER, bool: FieldKind.SWITCH, str: FieldKind.TEXT}
    return plain.get(kind, FieldKind.NESTED)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)
