"""Figures with a ground by size: blue below, orange above, sums without a colour, a dot for nothing."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from terminal.views.appearance import Appearance
from terminal.views.heat_table import SHARE_ROLE, SUM_ROLE, HeatModel, HeatTable, Matrix, heat_colour, signed


def matrix(values: list[list[float]], **options: Any) -> Matrix:
    array = np.array(values)
    rows, columns = (tuple(f"{name}{n}" for n in range(size)) for name, size in zip("rc", array.shape, strict=True))
    return Matrix(rows, columns, array, signed(0), **options)


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = HeatModel()
    model.show(matrix([[1.0, -2.0, np.nan], [3.0, 4.0, 6.0]], sums=(True, False)))
    qtmodeltester.check(model)
    model.show(matrix([[5.0, -2.0, np.nan], [3.0, 4.0, 6.0]], sums=(True, False)))
    model.show(matrix([[1.0]]))
    qtmodeltester.check(model)


def test_shares_leave_sums_out_and_nothing_is_no_zero() -> None:
    model = HeatModel()
    model.show(matrix([[1.0, -2.0, 100.0], [np.nan, 0.0, 7.0], [1.0, -2.0, 107.0]], sums=(True, True)))
    shares = [[model.data(model.index(r, c), SHARE_ROLE) for c in range(2)] for r in range(2)]
    assert shares[0] == [0.5, -1.0]
    assert np.isnan(shares[1][0])
    assert shares[1][1] == 0.0
    assert model.data(model.index(0, 2), SUM_ROLE)
    assert not model.data(model.index(0, 1), SUM_ROLE)
    assert [model.data(model.index(1, c)) for c in range(3)] == ["·", "0", "+7"]


def test_only_rows_that_differ_are_told(qtbot: QtBot) -> None:
    model = HeatModel()
    model.show(matrix([[1.0, -4.0], [2.0, 4.0]]))
    told: list[int] = []
    model.dataChanged.connect(lambda first, last: told.append(first.row()))
    model.show(matrix([[1.0, -4.0], [2.0, 4.0]]))
    assert told == []
    model.show(matrix([[1.0, -4.0], [3.0, 4.0]]))
    assert told == [1]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(1234.4, 0, "+1,234"), (-0.4, 0, "0"), (-0.04, 1, "0.0"), (-12.36, 1, "−12.4"), (0.0, 2, "0.00")],
)
def test_what_rounds_to_nothing_has_no_sign(value: float, decimals: int, text: str) -> None:
    assert signed(decimals)(value) == text


@given(st.floats(-1.0, 1.0))
def test_red_and_green_never_tell_a_size(share: float) -> None:
    """Blue lies on one side, orange on the other: the strongest part is never green, and red never without green."""
    colour = heat_colour(Appearance(), share)
    if share < -0.2:
        assert colour.blue() > colour.red()
    if share > 0.2:
        assert colour.red() > colour.blue()
    assert colour.green() <= max(colour.red(), colour.blue())


def test_the_whole_is_copied_with_its_titles(appearance: Appearance, qtbot: QtBot) -> None:
    model = HeatModel()
    model.show(matrix([[1.0, -2.0]]))
    table = HeatTable(model, appearance)
    qtbot.addWidget(table)
    table.resize(300, 80)
    table.show()
    table.grab()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "\tc0\tc1\nr0\t+1\t−2"
