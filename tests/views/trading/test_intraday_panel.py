"""The day of an underlying: heading, what the plot is made of, and no work where nothing was traded."""

from datetime import timedelta

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.rules.profile import Profile
from terminal.services.day_minutes import DayMinutes
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.theme import ThemeName
from terminal.views.trading.intraday_panel import IntradayPanel
from terminal.views.translation import Languages
from tests.views.desk_rig import NOW


def trade(desk: Desk, minute: int, last: int, volume: int, *, code: str = "510050") -> None:
    """A quote so many minutes after half past ten; the turnover is that of 2.5000 all day."""
    row = desk.market.quotes[desk.market.row_of[code]].copy()
    at = NOW + timedelta(minutes=minute)
    row[Column.TIME_US], row[Column.LAST] = round(at.timestamp() * 1_000_000), last
    row[Column.VOLUME], row[Column.TURNOVER_CENTS] = volume, volume * 250
    desk.on_event(MarketDataBatch(at=at, rows=pack_rows(np.array([row], np.int64))))


class Counting(IntradayPanel):
    """Counts how often it is given new arrays."""

    shows = 0

    def _show(self) -> None:
        self.shows += 1
        super()._show()


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, appearance: Appearance, profile: Profile) -> Counting:
    panel = Counting(desk, DayMinutes(desk.market, desk.bus, profile.sessions), appearance)
    # The list of the day came before the minutes did
    desk.market.open_day(desk.market.day)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(300, 230)
    panel.flush()
    return panel


@pytest.mark.requirement("T1")
def test_the_heading_has_the_last_price_and_its_change(panel: Counting, desk: Desk, languages: Languages) -> None:
    assert panel.heading() == ("50ETF", "–", "")
    trade(desk, 0, 24_800, 1_000)
    trade(desk, 1, 24_900, 3_000)
    panel.flush()
    # The close before was 2.490
    assert panel.heading() == ("50ETF", "2.490", "0.00%")
    trade(desk, 2, 24_402, 3_500)
    panel.flush()
    assert panel.heading() == ("50ETF", "2.440", "▼2.00%")
    assert panel.accessibleName() == "Intraday 50ETF 2.440 ▼2.00%"
    assert panel.day is not None
    assert panel.day.volume[60:63].tolist() == [0.0, 2_000.0, 500.0]
    assert panel.day.average[60:63].tolist() == [2.5, 2.5, 2.5]
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert not panel.grab().isNull()


@pytest.mark.requirement("T1")
def test_it_follows_the_contract_chosen_anywhere(panel: Counting, desk: Desk) -> None:
    other = next(c for c in desk.market.contracts if c.underlying == "510300")
    trade(desk, 0, 32_000, 10, code="510300")
    panel.show_contract(other.code)
    panel.flush()
    assert panel.underlying == "510300"
    assert panel.heading()[:2] == ("300ETF", "3.200")
    panel.show_contract("no such code")
    assert panel.underlying == "510300"


def test_nothing_is_painted_where_nothing_was_traded(panel: Counting, desk: Desk) -> None:
    trade(desk, 0, 24_800, 1_000)
    panel.flush()
    before = panel.shows
    panel.flush()
    trade(desk, 0, 32_000, 10, code="510300")
    panel.flush()
    assert panel.shows == before
    trade(desk, 0, 24_810, 1_200)
    panel.flush()
    assert panel.shows == before + 1


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize("quotes", [0, 1, 120])
def test_it_is_painted_with_any_number_of_minutes_and_at_any_size(
    panel: Counting, desk: Desk, appearance: Appearance, theme: ThemeName, quotes: int
) -> None:
    appearance.set_theme(theme)
    for number in range(quotes):
        trade(desk, number, 24_800 + 7 * number, 1_000 * number)
    panel.flush()
    colours = []
    for width, height in ((300, 230), (310, 700), (20, 20)):
        panel.resize(width, height)
        picture = panel.grab().toImage()
        colours.append({picture.pixelColor(x, y).rgb() for x in range(width) for y in range(height)})
    well, up = appearance.theme.well.rgb(), appearance.up.rgb()
    assert all(well in found for found in colours)
    # The mark of the newest price and the bars of minutes that rose
    assert (up in colours[0]) == (quotes > 1)
