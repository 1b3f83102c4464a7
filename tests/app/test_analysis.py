"""What the screens of risk count beside what is held, and what the limit of the risk value counts."""

from pathlib import Path

import pytest

from terminal.app.analysis import AnalysisServices, build_services
from terminal.app.preferences import Preferences
from terminal.rules.protection.risk_value import RiskValueLimits
from terminal.storage.curve_file import CurveFile
from terminal.storage.settings import SettingsFile
from tests.harness import CALENDAR, PUT, DeskRig, World, limit, play
from tests.quoting_rig import open_maker, quote
from tests.venue.counter.market import profile

LIMITS = RiskValueLimits(spot=0.1, volatility=0.05, worst_loss=1e6)


def services(rig: DeskRig, folder: Path) -> AnalysisServices:
    preferences = Preferences(SettingsFile(folder / "settings.json"))
    valuation, store = rig.theoretical._valuation, CurveFile(folder / "curves.json")
    return build_services(rig.desk, valuation, CALENDAR, store, profile().sessions, preferences, LIMITS)


@pytest.mark.requirement("M9", "X1")
def test_quotes_count_as_filled_on_the_screen_and_not_for_the_limit(tmp_path: Path) -> None:
    """A put bid for with 5 and 3 more by an order, offered with 7: filled, 1 is held; at worst 8 or −7."""

    async def story(world: World) -> None:
        rig = await open_maker(world)
        analysis = services(rig, tmp_path)
        row = rig.desk.market.row_of[PUT]
        assert analysis.watch.look() is not None
        await rig.orders.submit(limit(PUT, "0.0690", 3))
        await world.settle()
        ordered = analysis.watch.look()
        assert ordered is not None
        assert ordered.loss > 0.0
        rig.quoting.submit(rig.quoting.batch_of([quote(PUT, "0.0692", "0.0708", 5, 7)]))
        await world.settle()
        assert analysis.risk.held()[row] == 0.0
        assert analysis.risk.held(filled=True)[row] == 1.0
        worst = analysis.risk.slide(None, LIMITS.spots, LIMITS.volatilities).worst
        # Bids lose where the put falls, the offer loses far more where it rises
        assert -float(worst.min()) > ordered.loss
        again = analysis.watch.look()
        assert again is not None
        assert again.loss == pytest.approx(ordered.loss, rel=1e-6)

    play(tmp_path, story)
