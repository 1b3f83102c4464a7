"""The curve beside a grid: its level and its deeds in a line over the plot, all the rest in a menu."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from terminal.services.curve_fit import FitModel
from terminal.views.translation import Languages
from terminal.views.volatility.axis import Axis
from terminal.views.volatility.panel import VolatilityPanel
from tests.services.analysis_rig import CODE, NEAR, Rig

pytestmark = pytest.mark.requirement("T5", "M4")


@pytest.fixture
def narrow(dressed: object, curve: VolatilityPanel) -> VolatilityPanel:
    """As it stands in a window 1366 wide."""
    curve.resize(358, 302)
    curve.flush()
    curve.grab()
    return curve


def deed(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if action.text().startswith(words))


def test_the_line_has_what_the_pane_would_say_first(narrow: VolatilityPanel, rig: Rig) -> None:
    line = narrow.line
    assert line.isVisible()
    assert not narrow.side.isVisible()
    smile = narrow.plot.smile
    assert smile is not None
    said = line.figures.accessibleName()
    assert said == f"ATM {smile.traits().at_the_money * 100:.2f}, S 2.500, F {smile.forward.price:.4f}"
    tip = line.figures.toolTip()
    assert all(name in tip for name in ("Skew", "Convexity", "Fit error", "Butterfly  ✓ free"))
    assert narrow.plot.height() > 200
    narrow.resize(900, 302)
    assert not line.isVisible()
    assert narrow.side.isVisible()
    assert narrow.model.isVisible()


def test_a_width_that_changes_while_a_part_comes_up_counts_for_all_parts(narrow: VolatilityPanel) -> None:
    class Narrows(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and narrow.width() > 358:
                narrow.resize(358, 302)
            return False

    docks = Narrows(narrow)
    narrow.side.installEventFilter(docks)
    narrow.resize(900, 302)
    assert narrow.width() == 358
    assert narrow.line.isVisible()
    assert not narrow.side.isVisible()
    assert not narrow.model.isVisible()


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_of_the_line_is_cut(narrow: VolatilityPanel, languages: Languages, language: str) -> None:
    languages.use(language)
    narrow.flush()
    narrow.grab()
    for widget in (narrow.line.figures, narrow.line.refit, narrow.line.publish):
        assert widget.width() >= widget.minimumSizeHint().width()
        assert widget.geometry().right() < narrow.line.more.x()
    assert narrow.line.more.geometry().right() <= narrow.width()


def test_buttons_and_menu_do_what_the_pane_does(narrow: VolatilityPanel, rig: Rig) -> None:
    line = narrow.line
    assert line.publish.isEnabled()
    menu = line.menu_of_deeds()
    assert not deed(menu, "Revert").isEnabled()
    deed(menu, "Tilt + ]").trigger()
    deed(line.menu_of_deeds(), "Width − {").trigger()
    deed(line.menu_of_deeds(), "Lock L").trigger()
    own = rig.curves.curve(CODE, NEAR)
    assert own is not None
    assert own.adjustment.tilt > 0.0 > own.adjustment.width
    assert own.adjustment.locks[narrow.selected] is not None
    assert deed(line.menu_of_deeds(), "Unlock L").isEnabled()
    deed(line.menu_of_deeds(), "Revert").trigger()
    line.publish.click()
    own = rig.curves.curve(CODE, NEAR)
    assert own is not None
    assert not own.is_changed
    assert not line.publish.isEnabled()
    line.refit.click()


def test_axis_and_fit_are_chosen_in_the_menu(narrow: VolatilityPanel, rig: Rig) -> None:
    menu = narrow.line.menu_of_deeds()
    assert deed(menu, "K ").isChecked()
    deed(menu, "Δ").trigger()
    assert narrow.plot.axis is Axis.DELTA
    deed(narrow.line.menu_of_deeds(), "SVI").trigger()
    assert rig.curves.model(CODE) is FitModel.SPLINE
    assert deed(narrow.line.menu_of_deeds(), "Spline").isEnabled()


def test_a_slip_of_hand_is_told_in_the_line(narrow: VolatilityPanel) -> None:
    narrow._drag(6, 9.0)
    assert narrow.line.note.isVisible()
    assert "volatility" in narrow.line.note.text()
    assert not narrow.line.figures.isVisible()
    narrow._drag(6, 0.21)
    assert not narrow.line.note.isVisible()
    assert narrow.line.figures.isVisible()


def test_without_books_there_is_nothing_to_do(narrow: VolatilityPanel) -> None:
    narrow.line.show_smile(None, -1)
    assert narrow.line.figures.accessibleName() == "ATM –, S –, F –"
    for button in (narrow.line.refit, narrow.line.publish, narrow.line.more):
        assert not button.isEnabled()
