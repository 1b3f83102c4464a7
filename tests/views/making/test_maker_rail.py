"""The rail of a market maker: own vega and compliance beside each series, and in sum."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from terminal.domain.orders import Instruction
from terminal.services.valuation import Figure, Valuation
from terminal.views.appearance import Appearance
from terminal.views.formatting import MINUS
from terminal.views.obligations.standing import StandingSource
from terminal.views.series_figures import MakerSeries, SeriesFigures
from terminal.views.series_rail import SeriesRail
from tests.harness import FUND, limit
from tests.making_rig import PUT, MakingRig, making_story

pytestmark = pytest.mark.requirement("M6", "X1")
VEGA, DUTY = 3, 4


def days_left(expiry: date) -> int:
    return 18


def rail_of(making: MakingRig, appearance: Appearance, qtbot: QtBot) -> tuple[SeriesRail, StandingSource, Valuation]:
    desk = making.rig.desk
    valuation: Valuation = making.rig.theoretical._valuation
    standing = StandingSource(making.obligations, lambda: desk.portfolio.profile.rights.kind, desk.monotonic)
    rail = SeriesRail(desk, appearance, days_left=days_left)
    rail.maker_figures = MakerSeries(desk, valuation, standing).now
    qtbot.addWidget(rail)
    rail.resize(296, 600)
    rail.show()
    rail.flush()
    return rail, standing, valuation


def top(rail: SeriesRail, place: int = 0) -> QTreeWidgetItem:
    item = rail.tree.topLevelItem(place)
    assert item is not None
    return item


def test_vega_and_compliance_stand_beside_each_series(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(making: MakingRig) -> None:
        rail, standing, valuation = rail_of(making, appearance, qtbot)
        desk = making.rig.desk
        assert not rail.tree.isColumnHidden(VEGA)
        assert top(rail).text(VEGA) == "–"
        rail.resize(212, 600)
        assert rail.tree.isColumnHidden(DUTY)
        rail.resize(296, 600)
        assert not rail.tree.isColumnHidden(DUTY)
        entry = making.drafts.draft(PUT)
        assert entry is not None
        assert making.drafts.send(entry) is None
        await making.world.settle()
        other = await making.world.open_desk("D2", "880000009999")
        await making.world.settle()
        await other.orders.submit(limit(PUT, str(entry.bid_price), 2, Instruction.SELL_OPEN))
        await making.wait(1.0)
        standing.now(fresh=True)
        net = desk.portfolio.net_quantity(PUT)
        assert net
        contract = desk.market.contract(PUT)
        assert contract is not None
        valuation.refresh(FUND)
        rail.flush()
        each = float(valuation.values[Figure.VEGA, desk.market.row_of[PUT]])
        figures = MakerSeries(desk, valuation, standing).now()
        assert figures is not None
        assert figures.required == float(making.obligations.terms.participation.rate)
        found = figures.series[contract.series]
        assert found.is_held
        assert found.vega == pytest.approx(net * each)
        assert top(rail).text(VEGA) == f"{'+' if net > 0 else MINUS}{abs(net * each) / 1_000:.1f}k"
        # Of four contracts one was quoted for a second of an hour: told by the lamp and the colour of a warning
        assert top(rail).text(DUTY) == f"◐{figures.underlyings[FUND].participation * 100:.1f}"
        assert top(rail).foreground(DUTY).color() == appearance.theme.warn
        rail.maker_figures = lambda: replace(figures, required=0.0)
        rail.flush()
        assert top(rail).text(DUTY).startswith("●")
        assert top(rail).foreground(DUTY).color() == appearance.theme.text_2
        rail.maker_figures = lambda: replace(figures, underlyings={})
        rail.flush()
        assert top(rail).text(DUTY) == "–"
        total = figures.underlyings[FUND]
        assert total.missed_us == sum(s.missed_us for (code, *_), s in figures.series.items() if code == FUND) > 0

    making_story(tmp_path, story)


def test_a_client_s_rail_has_neither(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(making: MakingRig) -> None:
        rail, _, _ = rail_of(making, appearance, qtbot)
        assert rail.tree.isColumnHidden(VEGA)
        assert rail.tree.isColumnHidden(DUTY)

    making_story(tmp_path, story, "880000001888")


def test_a_sum_counts_what_is_held_and_what_is_owed() -> None:
    parts = [SeriesFigures(5.0, True, 10, 0), SeriesFigures(0.0, False, 20, 10), SeriesFigures(-2.0, True, 0, 0)]
    total = SeriesFigures.sum(parts)
    assert (total.vega, total.is_held, total.participation) == (3.0, True, 0.75)
    nothing = SeriesFigures.sum([])
    assert not nothing.is_held
    assert nothing.participation != nothing.participation
