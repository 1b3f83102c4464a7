"""What numpy and scipy load, kept to what the program uses of them: one thread, and compiled functions.

numpy's library for matrices starts a thread for every core, which spins while it waits for work; the matrices here are
small, and the core beside is the venue's.

WORKAROUND: `import scipy.special` takes a fifth of a second, twice as long as numpy itself, because it loads numpy's
test tools, f2py and masked arrays too, for array libraries that are not used here. All that the program wants are the
compiled functions of one module in it (docs/performance.md has the figures). A stand-in under the package's name loads
that module at the first name asked of it; whatever is no compiled function brings the whole package, as ever.
"""

import importlib
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

_PACKAGE = "scipy.special"
_COMPILED = "_ufuncs"


class _StandIn(ModuleType):
    """Answers for `scipy.special` until somebody wants more than compiled functions."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":
            # Asked for by every import out of the package
            return [str(Path(folder, "special")) for folder in importlib.import_module("scipy").__path__]
        if name.startswith("__") and name != "__all__":
            # Who looks through all modules asks for these
            raise AttributeError(name)
        value = _module(name) if name.startswith("_") else _compiled_function(name)
        if value is None:
            return getattr(_whole_package(self), name)
        setattr(self, name, value)
        return value


def keep_light() -> None:
    """Let the next import of numpy and `scipy.special` be a light one; what has been imported stays as it is.

    Who sets OPENBLAS_NUM_THREADS keeps it.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.modules.setdefault(_PACKAGE, _StandIn(_PACKAGE))


def _module(name: str) -> ModuleType | None:
    """A module of the package; None where it has none of this name."""
    try:
        return importlib.import_module(f"{_PACKAGE}.{name}")
    except ImportError:
        return None


def _compiled_function(name: str) -> object:
    """The function as the package has it; None for what it makes itself, or where another scipy keeps it elsewhere."""
    value = getattr(_module(_COMPILED), name, None)
    return value if type(value).__name__ == "ufunc" else None


def _whole_package(stand_in_before: ModuleType) -> ModuleType:
    if sys.modules.get(_PACKAGE) is stand_in_before:
        del sys.modules[_PACKAGE]
    return importlib.import_module(_PACKAGE)
