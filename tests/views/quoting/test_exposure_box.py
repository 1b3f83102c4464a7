"""Net exposure under the rail: what is held, and how far the worst case goes towards the limits."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from terminal.services.resting import resting_of
from terminal.services.risk import RiskService
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.quoting.exposure_box import ExposureBox
from terminal.views.quoting.limit_bars import LimitLine
from terminal.views.translation import Languages
from tests.harness import FUND, PUT, START, World, play
from tests.views.quoting.console_rig import Console, close, open_console, start_quoting

pytestmark = pytest.mark.requirement("M4", "M6")


def now() -> datetime:
    return START


def box_of(console: Console, appearance: Appearance, shown: str = FUND) -> ExposureBox:
    desk = console.rig.desk
    valuation = Valuation(desk.market, desk.bus, now, rate=0.015)
    risk = RiskService(desk.market, desk.portfolio, valuation, lambda: resting_of(desk.orders.working(), desk.market))
    return ExposureBox(console.maker, risk, appearance, lambda: shown)


def line(box: ExposureBox, name: str) -> LimitLine:
    return next(found for found in box.bars.lines if found.name == name)


def test_held_and_worst_case_stand_against_the_strictest_limit(
    tmp_path: Path, appearance: Appearance, languages: Languages, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance)
        console.maker.sheet = replace(console.maker.sheet, delta=10_000_000.0, vega=0.0)
        box = box_of(console, appearance)
        qtbot.addWidget(box)
        box.flush()
        held = line(box, "Δ shares")
        # The account begins with three million shares of the fund
        assert (held.used, held.limit, held.share) == ("3.00m", "10.00m", 0.3)
        # No limit at all allows nothing: nothing is held of it, so nothing is beyond it either
        assert line(box, "Vega").share == 0.0
        assert line(box, "Contracts").figures == "0"
        start_quoting(console)
        await console.beat()
        box.flush()
        live = console.rig.quoting.live(PUT)
        assert live is not None
        # A quote that may trade uses up of a limit before it has
        assert np.isinf(line(box, "Vega").share)
        assert line(box, "Δ shares").share > 0.3
        await console.trade(PUT, f"{live.bid / 10_000:.4f}", 3)
        await console.beat()
        box.flush()
        assert line(box, "Contracts").figures == "3"
        assert line(box, "Vega").used not in ("0", "–")
        assert "at worst" in line(box, "Vega").tip
        languages.use("zh_CN")
        box.flush()
        assert "净敞口" in box.head.text()
        assert line(box, "Δ 股").limit == "1000.00万"
        languages.use("en")
        close(console)

    play(tmp_path, story)


def test_a_client_s_account_is_told_that_it_quotes_nothing(
    tmp_path: Path, appearance: Appearance, languages: Languages, qtbot: QtBot
) -> None:
    async def story(world: World) -> None:
        console = await open_console(world, appearance, "880000009999")
        box = box_of(console, appearance)
        qtbot.addWidget(box)
        box.flush()
        assert box.bars.lines == ()
        assert "no market maker" in box.note.text()
        close(console)

    play(tmp_path, story)
