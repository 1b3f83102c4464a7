"""The filters at the rail and the chain: one shows what the other has, and the next start brings it back."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from terminal.services.desk import Desk
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.filters import ChainFilter, StrikeFilter
from terminal.views.chain.panel import ChainPanel
from terminal.views.rail_filters import RailFilters
from terminal.views.series_rail import SeriesRail
from terminal.views.translation import Languages
from tests.views.chain.stage import with_adjusted_december

pytestmark = pytest.mark.requirement("X1", "T1")


class Kept(dict[str, Any]):
    """Settings in memory."""

    def read(self, key: str) -> Any:
        return self.get(key)

    def write(self, key: str, value: Any) -> None:
        self[key] = value


class Stage:
    def __init__(self, desk: Desk, appearance: Appearance, monotonic: Callable[[], float], kept: Kept) -> None:
        valuation = Valuation(desk.market, desk.bus, desk.clock.now, rate=0.02)
        self.chain = ChainPanel(desk, valuation, appearance, monotonic=monotonic, days_left=lambda expiry: 16)
        self.rail = SeriesRail(desk, appearance, days_left=lambda expiry: 16)
        self.owed: set[str] | None = None
        self.filters = RailFilters(self.chain, self.rail, appearance, kept, lambda: self.owed)
        self.rail.resize(212, 600)
        self.rail.show()
        self.rail.flush()


@pytest.fixture
def make(qtbot: QtBot, desk: Desk, appearance: Appearance, monotonic: Callable[[], float]) -> Callable[[Kept], Stage]:
    def build(kept: Kept) -> Stage:
        stage = Stage(desk, appearance, monotonic, kept)
        qtbot.addWidget(stage.chain)
        qtbot.addWidget(stage.rail)
        return stage

    return build


def test_what_is_set_at_the_rail_filters_the_chain_and_comes_back(make: Callable[[Kept], Stage]) -> None:
    kept = Kept()
    first = make(kept)
    below, opened = first.filters.boxes
    assert below.isVisible()
    below.mine.click()
    assert first.chain.filter == ChainFilter(mine_only=True)
    assert opened.mine.isChecked()
    assert first.chain.view.chain.lines == []
    assert below.clear.text() == "5 strikes hidden ✕"
    # What the chain's own buttons ask for shows at the rail too
    first.chain.bars.strikes[StrikeFilter.FIVE].click()
    first.chain.bars.mine.click()
    assert not below.mine.isChecked()
    first.chain.set_filter(ChainFilter(StrikeFilter.SEVEN, 0.05, 0.5))
    second = make(kept)
    assert second.chain.filter == ChainFilter(StrikeFilter.SEVEN, 0.05, 0.5)
    assert second.filters.boxes[0].range.ends == (5, 50)
    assert kept["filter.chain"]["delta"] == [0.05, 0.5]


def test_only_who_must_quote_is_offered_what_must_be_quoted(make: Callable[[Kept], Stage]) -> None:
    stage = make(Kept())
    below, _ = stage.filters.boxes
    stage.filters.flush()
    assert not below.obliged.isVisible()
    stage.owed = set()
    stage.filters.flush()
    assert below.obliged.isVisible()
    below.obliged.click()
    assert stage.chain.view.chain.lines == []


def test_adjusted_series_leave_rail_and_chain_together(make: Callable[[Kept], Stage], desk: Desk) -> None:
    kept = Kept()
    stage = make(kept)
    adjusted = with_adjusted_december(desk)
    stage.rail.flush()
    stage.chain.flush()
    key = adjusted[0].series
    below, opened = stage.filters.boxes
    assert (below.adjusted.isChecked(), key in shown_series(stage.rail)) == (True, True)
    below.adjusted.click()
    assert not opened.adjusted.isChecked()
    assert key not in shown_series(stage.rail)
    assert "Dec A" not in [tab.title for tab in stage.chain.expiries.tabs]
    stage.rail.show_series(key)
    assert key in shown_series(stage.rail)
    assert not make(kept).chain.filter.adjusted


def shown_series(rail: SeriesRail) -> list[object]:
    tops = [rail.tree.topLevelItem(n) for n in range(rail.tree.topLevelItemCount())]
    items = [top.child(n) for top in tops if top is not None for n in range(top.childCount())]
    keys = [i.data(0, Qt.ItemDataRole.UserRole) for i in items if i is not None and not i.isHidden()]
    strip = [rail.strip.item(n) for n in range(rail.strip.count()) if not rail.strip.isRowHidden(n)]
    assert [item.data(Qt.ItemDataRole.UserRole) for item in strip] == keys
    return keys


def test_a_strip_opens_the_same_filters_with_a_button(make: Callable[[Kept], Stage], languages: Languages) -> None:
    stage = make(Kept())
    below, _ = stage.filters.boxes
    stage.rail.set_narrow(True)
    button = stage.rail._foot_button
    assert (below.isVisible(), button.isVisible(), button.text()) == (False, True, "Filter")
    assert button.property("role") == "strip"
    stage.chain.set_mine_only(True)
    assert button.property("role") == "strip-warn"
    languages.use("zh_CN")
    QApplication.sendEvent(stage.rail, QEvent(QEvent.Type.LanguageChange))
    assert button.text() == "筛选"
    stage.rail.set_narrow(False)
    assert below.isVisible()
