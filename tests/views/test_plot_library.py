"""pyqtgraph is loaded without all of Qt: the stand-ins answer as PySide does, and PySide's modules are as they were."""

import subprocess
import sys

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

from terminal.views.plot_library import pg

_ALONE = """
from PySide6 import QtCore, QtGui, QtWidgets
before = [set(dir(module)) for module in (QtCore, QtGui, QtWidgets)]
from terminal.views.plot_library import pg
assert [set(dir(module)) for module in (QtCore, QtGui, QtWidgets)] == before
print(len(vars(pg.QtGui)), len(before[1]))
"""


def test_only_what_is_asked_for_is_taken_over() -> None:
    told = subprocess.run([sys.executable, "-c", _ALONE], check=True, capture_output=True, text=True).stdout
    taken, there = map(int, told.split())
    assert 0 < taken < there / 2


@pytest.mark.parametrize(("module", "name"), [("QtCore", "QPointF"), ("QtGui", "QColor"), ("QtWidgets", "QLabel")])
def test_a_stand_in_gives_what_pyside_has(module: str, name: str) -> None:
    source = {"QtCore": QtCore, "QtGui": QtGui, "QtWidgets": QtWidgets}[module]
    stand_in = getattr(pg.Qt, module)
    assert getattr(stand_in, name) is getattr(source, name)
    with pytest.raises(AttributeError):
        stand_in.NoSuchName  # noqa: B018 - asking is the point


def test_its_handler_of_errors_is_put_off() -> None:
    hooks = "import sys; before = sys.excepthook; import terminal.views.plot; assert sys.excepthook is before"
    subprocess.run([sys.executable, "-c", hooks], check=True)
