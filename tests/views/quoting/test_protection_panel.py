"""The box of the protections over the real desk: windows, trips re-armed by name, rates, pulled input, held stops."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.domain.market_data import Column as DataColumn
from terminal.domain.market_data import pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.rules.protection.market_maker import Measure, ProtectionLimits, Scope
from terminal.rules.protection.stops import StopTier
from terminal.views.appearance import Appearance
from terminal.views.banner import Banner
from terminal.views.quoting.columns import Column
from terminal.views.quoting.hold_button import HOLD_SECONDS
from terminal.views.quoting.limit_bars import LimitLine
from terminal.views.watch import Watch
from tests.harness import PUT, START, World, play
from tests.views.quoting.console_rig import Console, close, open_console, start_quoting

pytestmark = pytest.mark.requirement("M4")


async def quoting(world: World, appearance: Appearance) -> Console:
    console = await open_console(world, appearance)
    start_quoting(console)
    await console.beat()
    return console


def line(console: Console, measure: Measure) -> LimitLine:
    return console.protection.windows.lines[list(Measure).index(measure)]


@pytest.mark.requirement("X3")
def test_a_window_fills_trips_and_is_rearmed_by_name_alone(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await quoting(world, appearance)
        panel, banner = console.protection, Banner()
        qtbot.addWidget(banner)
        Watch(console.rig.desk, banner)
        console.maker.protection.set_limits(
            Scope.EXPIRY,
            ProtectionLimits(
                window_seconds=30, volume=5, delta=float("inf"), vega=float("inf"), percent=float("inf"), loss=1e9
            ),
            "ann",
        )
        live = console.rig.quoting.live(PUT)
        assert live is not None
        await console.trade(PUT, f"{live.bid / 10_000:.4f}", 3)
        await console.beat()
        assert (line(console, Measure.VOLUME).figures, line(console, Measure.VOLUME).share) == ("3 / 5", 0.6)
        assert line(console, Measure.DELTA).limit == "∞"
        live = console.rig.quoting.live(PUT)
        assert live is not None
        await console.trade(PUT, f"{live.bid / 10_000:.4f}", 2)
        await console.beat()
        trip = panel.trips[0]
        assert trip.isVisible()
        assert "5 / 5" in trip.words.text()
        assert "13:00" in panel.last_trip.text()
        assert [text for text in banner.texts if "· Volume 5 / 5" in text]
        assert console.rig.quoting.live(PUT) is None
        assert "Tripped" in console.text(PUT, Column.STATE)
        assert not trip.button.isEnabled()
        trip.button.click()
        panel.person.setText("ann")
        assert trip.button.isEnabled()
        trip.button.click()
        assert not list(console.maker.protection.maker.trips)
        assert console.maker.protection.records[-1].by == "ann"
        # The line under the top bar says no longer that trading is stopped
        assert not [text for text in banner.texts if "protection" in text]
        console.maker.protection.stop(StopTier.REDUCE_ONLY, "ann")
        assert [text for text in banner.texts if "only closing allowed, ann" in text]
        console.maker.protection.lift("ann")
        assert not [text for text in banner.texts if "protection" in text]
        await console.beat()
        assert not trip.isVisible()
        assert console.rig.quoting.live(PUT) is not None
        close(console)

    play(tmp_path, story)


def test_rates_of_messages_and_pulled_input_are_told(tmp_path: Path, appearance: Appearance, qtbot: QtBot) -> None:
    async def story(world: World) -> None:
        console = await quoting(world, appearance)
        panel = console.protection
        assert [one.limit for one in panel.rates.lines] == ["∞", "∞"]
        market = console.rig.desk.market
        row = market.quotes[0].copy()
        row[DataColumn.BID_PRICE], row[DataColumn.ASK_PRICE] = 29_900, 29_000
        market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))
        await console.beat()
        assert "crossed" in panel.pulled.text()
        row[DataColumn.LAST], row[DataColumn.BID_PRICE], row[DataColumn.ASK_PRICE] = 31_000, 30_990, 31_010
        market.apply(MarketDataBatch(at=START, rows=pack_rows(row.reshape(1, -1))))
        await console.beat()
        assert "jumped" in panel.pulled.text()
        assert panel.jump.isVisible()
        panel.person.setText("ann")
        panel.jump.click()
        assert not panel.jump.isVisible()
        close(console)

    play(tmp_path, story)


@pytest.mark.requirement("X4")
def test_a_stop_acts_once_it_was_held_and_is_lifted_by_name(
    tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await quoting(world, appearance)
        panel, stops = console.protection, console.protection.stops
        button = stops.buttons["cancel"]
        assert panel.pace() > 2
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        assert panel.pace() == 2
        world.clock.seconds += HOLD_SECONDS / 2
        panel.flush()
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
        assert console.maker.protection.stop_tier is None
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        world.clock.seconds += HOLD_SECONDS * 1.01
        panel.flush()
        assert console.maker.protection.stop_tier is StopTier.CANCEL_ALL
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
        await console.beat()
        assert not console.rig.quoting.board.live_numbers
        assert "everything" in stops.state.text()
        assert not stops.lift.isEnabled()
        panel.person.setText("ann")
        panel.flush()
        stops.lift.click()
        assert console.maker.protection.stop_tier is None
        for name, tier in (("bids", StopTier.SIDE), ("reduce", StopTier.REDUCE_ONLY)):
            QTest.mousePress(stops.buttons[name], Qt.MouseButton.LeftButton)
            world.clock.seconds += HOLD_SECONDS * 1.01
            panel.flush()
            QTest.mouseRelease(stops.buttons[name], Qt.MouseButton.LeftButton)
            assert console.maker.protection.stop_tier is tier
        await console.beat()
        close(console)

    play(tmp_path, story)
