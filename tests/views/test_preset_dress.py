"""Columns and colours of a preset: as shipped the first time, then as the user left them."""

from typing import Any

import pytest
from PySide6.QtCore import QObject

from terminal.services.desk import Desk
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.columns import ColumnSet
from terminal.views.chain.panel import ChainPanel
from terminal.views.preset_dress import PresetDress
from terminal.views.theme import ColourMode, ThemeName

pytestmark = pytest.mark.requirement("X12")


@pytest.fixture
def chain(desk: Desk, appearance: Appearance, qtbot: Any) -> ChainPanel:
    valuation = Valuation(desk.market, desk.bus, desk.clock.now, rate=0.02)
    panel = ChainPanel(desk, valuation, appearance, monotonic=desk.monotonic, days_left=lambda _: 3)
    qtbot.addWidget(panel)
    return panel


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def dress(chain: ChainPanel, appearance: Appearance, settings: Any, owner: QObject) -> PresetDress:
    return PresetDress(chain, appearance, settings, owner)


def in_front(chain: ChainPanel) -> ColumnSet:
    return chain.view.column_set


def test_retail_brings_its_columns_and_prices_by_change(
    chain: ChainPanel, appearance: Appearance, dress: PresetDress
) -> None:
    appearance.set_mode(ColourMode.BY_SIDE)
    dress.put_on("retail")
    assert in_front(chain) is ColumnSet.RETAIL
    assert appearance.mode is ColourMode.BY_CHANGE
    dress.put_on("trading")
    assert in_front(chain) is ColumnSet.TRADER


def test_chain_only_leaves_the_columns_alone(chain: ChainPanel, dress: PresetDress) -> None:
    dress.put_on("retail")
    dress.put_on("chain")
    assert in_front(chain) is ColumnSet.RETAIL


def test_what_the_user_chose_under_a_preset_stays_with_it(
    chain: ChainPanel, appearance: Appearance, dress: PresetDress
) -> None:
    dress.put_on("retail")
    chain._choose_set(ColumnSet.VALUE)
    appearance.set_mode(ColourMode.BY_SIDE)
    dress.put_on("trading")
    assert in_front(chain) is ColumnSet.TRADER
    dress.put_on("retail")
    assert in_front(chain) is ColumnSet.VALUE
    assert appearance.mode is ColourMode.BY_SIDE


def test_the_next_run_begins_with_the_columns_of_its_preset(
    chain: ChainPanel, dress: PresetDress, appearance: Appearance, settings: Any, owner: QObject
) -> None:
    dress.resume("retail")
    assert in_front(chain) is ColumnSet.RETAIL
    chain._choose_set(ColumnSet.QUOTES)
    chain.set_column_set(ColumnSet.TRADER)
    PresetDress(chain, appearance, settings, owner).resume("retail")
    assert in_front(chain) is ColumnSet.QUOTES


@pytest.mark.parametrize("kept", [None, 5, {"columns": "no such set"}, {"columns": ["trader"], "colours": 3}])
def test_a_damaged_memory_gives_what_is_shipped(
    chain: ChainPanel, dress: PresetDress, appearance: Appearance, settings: Any, kept: object
) -> None:
    settings["dress.retail"] = kept
    dress.put_on("retail")
    assert in_front(chain) is ColumnSet.RETAIL
    assert appearance.mode is ColourMode.BY_CHANGE


def test_a_theme_changed_before_any_preset_is_nobodys(
    dress: PresetDress, appearance: Appearance, settings: Any
) -> None:
    appearance.set_theme(ThemeName.LIGHT)
    assert not [key for key in settings if key.startswith("dress")]
