"""Loads pyqtgraph, `pg`, so that only the classes of Qt that somebody asks for are made.

WORKAROUND: `pyqtgraph.Qt` copies every name of QtCore, QtGui and QtWidgets into modules of its own, which has PySide
make all of their classes and enumerations, hundreds that nobody here uses. Modules that ask PySide when they are asked
stand in for them, and PySide's tell no names while pyqtgraph is loaded.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets


class _Forwarding(ModuleType):
    """A module with the names of another, each taken over when it is first asked for."""

    def __init__(self, name: str, source: ModuleType) -> None:
        super().__init__(name)
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """A name of the other module; AttributeError when it has none either."""
        value = getattr(self._source, name)
        setattr(self, name, value)
        return value


@contextmanager
def _silent(module: ModuleType) -> Iterator[None]:
    """While it is open, `dir` finds nothing in a module."""
    names = vars(module)
    was = names.get("__dir__")
    names["__dir__"] = list
    try:
        yield
    finally:
        if was is None:
            del names["__dir__"]
        else:
            names["__dir__"] = was


def _load() -> Any:
    if "pyqtgraph" in sys.modules:
        return sys.modules["pyqtgraph"]
    for source in (QtCore, QtGui, QtWidgets):
        name = f"pyqtgraph.Qt.{source.__name__.rpartition('.')[2]}"
        sys.modules[name] = _Forwarding(name, source)
    # What `dir` answers is what would be copied
    with _silent(QtCore), _silent(QtGui), _silent(QtWidgets):
        import pyqtgraph
        import pyqtgraph.exceptionHandling  # plots put its handler off
    return pyqtgraph


pg = _load()
