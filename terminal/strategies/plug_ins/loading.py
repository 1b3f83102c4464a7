"""Loads a plug-in (策略插件); called in its worker alone, never in the desk.

A plug-in is one Python file that says `API_VERSION`, `STRATEGY` (a class of `strategies.protocol.Strategy`) and
`PARAMETERS` (its frozen dataclass).
"""

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType

from terminal.domain.errors import BadInput, OptionDeskError, shown
from terminal.strategies.parameters import FieldKind, ParameterField, docs_of, fields_of, parameters_from
from terminal.strategies.plug_ins.frames import FieldShown
from terminal.strategies.protocol import API_VERSION, Strategy

_MAX_BYTES = 1_000_000
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class LoadedPlugIn:
    """A plug-in that can be made."""

    name: str
    strategy: type[Strategy]
    parameters: type
    fields: tuple[ParameterField, ...]

    def make(self, name: str, values: Mapping[str, str]) -> Strategy:
        """One of it. Raises BadInput for values that its parameters do not take, and for what its making raises."""
        try:
            return self.strategy(name, parameters_from(self.parameters, values))
        except OptionDeskError:
            raise
        except (Exception, SystemExit) as error:
            raise BadInput("plug-in", self.name, f"one that can be made: {_said(error)}") from error

    @property
    def form(self) -> tuple[FieldShown, ...]:
        """Its fields as another process can be told of them."""
        about = docs_of(self.parameters)
        return tuple(
            FieldShown(
                name=f.name, kind=f.kind, default=_text(f), choices=f.choices, about=about.get(f.name, "")[:_LONGEST]
            )
            for f in self.fields
        )


def load_plug_in(folder: Path, name: str) -> LoadedPlugIn:
    """Load one by its name (F74).

    Raises BadInput when it is not there, is too large, cannot be imported, was written for another version, or does not
    say what it must.
    """
    path = folder / f"{name}.py"
    if not name.isidentifier() or not path.is_file():
        raise BadInput("plug-in", name, f"the name of a Python file in {folder}")
    if path.stat().st_size > _MAX_BYTES:
        raise BadInput("plug-in", name, f"a file of at most {_MAX_BYTES} bytes")
    module = _module_of(path, name)
    version = getattr(module, "API_VERSION", None)
    if version != API_VERSION:
        raise BadInput("plug-in", name, f"API_VERSION = {API_VERSION}; it says {shown(version)}")
    strategy, parameters = getattr(module, "STRATEGY", None), getattr(module, "PARAMETERS", None)
    if not (isinstance(strategy, type) and issubclass(strategy, Strategy)):
        raise BadInput("plug-in", name, "STRATEGY, a class of terminal.strategies.protocol.Strategy")
    if not isinstance(parameters, type):
        raise BadInput("plug-in", name, "PARAMETERS, a frozen dataclass")
    try:
        return LoadedPlugIn(name, strategy, parameters, fields_of(parameters))
    except OptionDeskError:
        raise
    except Exception as error:
        raise BadInput("plug-in", name, f"PARAMETERS whose types and defaults can be read: {_said(error)}") from error


def _module_of(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"optiondesk_plug_in_{name}", path)
    if spec is None or spec.loader is None:
        raise BadInput("plug-in", name, "a Python file")
    module = importlib.util.module_from_spec(spec)
    # Where dataclasses look up annotations that are text
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise BadInput("plug-in", name, f"one that can be imported: {_said(error)}") from error
    return module


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {shown(error, _LONGEST)}"


def _text(field: ParameterField) -> str | None:
    if field.kind is FieldKind.NESTED or field.default is None:
        return None
    return str(field.default.value if isinstance(field.default, Enum) else field.default)
