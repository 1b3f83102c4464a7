"""A side paused, and a contract paused until a time, from the grid: both ask where the contract rate breaks with it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.domain.orders import Side
from terminal.rules.protection.stops import StopTier
from terminal.services.pauses import KeptOut
from terminal.services.quote_pauses import QuotePauses
from terminal.views.obligations.pause_box import PauseBox
from terminal.views.obligations.pull_ask import PullAsk
from terminal.views.obligations.standing import StandingSource
from terminal.views.quoting.columns import Column
from terminal.views.quoting.grid import row_of
from terminal.views.quoting.out_words import out_words
from terminal.views.translation import Languages
from tests.harness import FUND
from tests.making_rig import PUT
from tests.views.quoting.hand_rig import HandStage, Tell
from tests.views.quoting.test_giving_up import REACHABLE

pytestmark = pytest.mark.requirement("M6", "X1")


class Pausing:
    """The question and the box as the workspace joins them."""

    def __init__(self, stage: HandStage, qtbot: QtBot) -> None:
        rig, self.stage = stage.making.rig, stage
        desk, obligations = rig.desk, stage.making.obligations
        source = StandingSource(obligations, lambda: desk.portfolio.profile.rights.kind, desk.monotonic)
        self.asks = PullAsk(source, desk.market)
        stage.maker.give_up = self.asks.ask
        self.pauses = QuotePauses(desk, rig.theoretical, obligations, desk.bus)
        self.pauses.by_strategy = stage.maker.out_by_strategy
        stage.maker.pauses = stage.quoting.pauses = self.pauses
        self.box = PauseBox(desk, source, self.pauses, self.asks.ask, lambda: "ann")
        self.told: list[tuple[str, str]] = []
        stage.panels.join(stage.chain, stage.banner, self.box)
        for widget in (self.asks, self.box):
            qtbot.addWidget(widget)

    async def quote(self) -> None:
        """The quoter runs and lies in the put's book."""
        self.stage.panels.grid.toggle()
        await self.stage.settle(1.0)
        assert self.stage.live is not None

    def choose(self) -> None:
        """The cursor stands on the put, in a grid that is seen."""
        grid = self.stage.panels.grid
        grid.resize(1300, 500)
        grid.show()
        grid.grid.setCurrentIndex(row_of(grid.model, PUT).siblingAtColumn(Column.CONTRACT))

    def cause(self) -> str:
        """What the grid says of the put."""
        self.stage.panels.grid.flush()
        return str(row_of(self.stage.panels.grid.model, PUT).siblingAtColumn(Column.CAUSE).data())


@pytest.mark.parametrize("side", list(Side))
def test_a_side_is_paused_after_the_question_and_goes_on_without(tell: Tell, qtbot: QtBot, side: Side) -> None:
    async def story(stage: HandStage) -> None:
        pausing = Pausing(stage, qtbot)
        await pausing.quote()
        asks, bar, control = pausing.asks, stage.panels.grid.bar, stage.maker.control(FUND)
        button = bar.pause_bid if side is Side.BUY else bar.pause_ask
        button.click()
        assert asks.isVisible()
        assert "the contract rate breaks with it" in asks.costs.text()
        # What was pressed shows what is in force
        assert not control.is_paused(side)
        assert not button.isChecked()
        asks.leave_button.click()
        assert not control.is_paused(side)
        button.click()
        asks.do_button.click()
        assert control.is_paused(side)
        assert button.isChecked()
        # The other side too gives up nothing that still counts
        other = bar.pause_ask if side is Side.BUY else bar.pause_bid
        other.click()
        assert not asks.isVisible()
        assert control.is_paused(Side.BUY)
        assert control.is_paused(Side.SELL)
        for resumed in (button, other):
            resumed.click()
            assert not asks.isVisible()
        assert not control.is_paused(side)
        # A stop of a side is a stop
        stage.maker.protection.stop(StopTier.SIDE, "ann", side=side)
        assert not asks.isVisible()

    tell(story, participation=REACHABLE)


def test_a_side_of_a_quoter_that_does_not_run_is_paused_at_once(tell: Tell, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        pausing = Pausing(stage, qtbot)
        stage.panels.grid.bar.pause_bid.click()
        assert not pausing.asks.isVisible()
        assert stage.maker.control(FUND).is_paused(Side.BUY)

    tell(story, participation=REACHABLE)


def test_p_in_the_grid_asks_until_when_then_what_breaks_and_the_row_says_until_when(tell: Tell, qtbot: QtBot) -> None:
    async def story(stage: HandStage) -> None:
        pausing, desk = Pausing(stage, qtbot), stage.desk
        await pausing.quote()
        pausing.choose()
        assert "Pause…\tP" in [action.text() for action in stage.panels.grid.grid.menu().actions()]
        QTest.keyClick(stage.panels.grid.grid, Qt.Key.Key_P)
        box, asks = pausing.box, pausing.asks
        assert box.isVisible()
        QTest.keyClick(box, Qt.Key.Key_1)
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert asks.isVisible()
        assert not box.isVisible()
        assert pausing.pauses.of(PUT) is None
        asks.leave_button.click()
        await stage.settle()
        assert stage.live is not None
        QTest.keyClick(stage.panels.grid.grid, Qt.Key.Key_P)
        QTest.keyClick(box, Qt.Key.Key_1)
        box.pause_button.click()
        asks.do_button.click()
        stage.quoting.beat()
        await stage.settle(0.5)
        pause = pausing.pauses.of(PUT)
        assert pause is not None
        assert pause.until - pause.begin == timedelta(minutes=1)
        assert stage.live is None
        assert pausing.cause() == f"paused until {pause.until:%H:%M:%S}"
        # The ticket names no quoter that would replace what is sent by hand
        assert stage.hand.standing(PUT).rival == ""
        # A cancel and a stop are not held up by it
        stage.chain_key(Qt.Key.Key_C)
        assert not asks.isVisible()
        while desk.clock.now() < pause.until + timedelta(seconds=1):
            await stage.settle(5.0)
            stage.quoting.beat()
        await stage.settle(1.0)
        assert stage.live is not None

    tell(story, participation=REACHABLE)


def test_what_keeps_it_out_is_said_in_both_languages(tell: Tell, qtbot: QtBot, languages: Languages) -> None:
    async def story(stage: HandStage) -> None:
        pausing = Pausing(stage, qtbot)
        pauses, maker = pausing.pauses, stage.maker
        assert maker.out_by_strategy(PUT) is KeptOut.NOBODY
        await pausing.quote()
        assert maker.out_by_strategy(PUT) is None
        pauses.pause(PUT, stage.desk.clock.now() + timedelta(seconds=1), "ann")
        await stage.settle(0.5)
        stage.panels.grid.switch_off(PUT)
        await stage.settle(1.5)
        stage.quoting.beat()
        assert pauses.over(PUT) is not None
        assert out_words(maker, pauses, PUT) == "its row is off"
        stage.panels.grid.toggle_row(PUT)
        stage.panels.grid.bar.pause_bid.click()
        assert maker.out_by_strategy(PUT) is KeptOut.SIDE_PAUSED
        stage.panels.grid.bar.pause_bid.click()
        expiry = maker.expiries(FUND)[0]
        stage.panels.grid.toggle_expiry(expiry)
        assert maker.out_by_strategy(PUT) in (KeptOut.EXPIRY_OFF, KeptOut.STOPPED)
        maker.pull_all()
        assert maker.out_by_strategy(PUT) is KeptOut.STOPPED
        maker.protection.stop(StopTier.CANCEL_ALL, "ann")
        languages.use("zh_CN")
        assert out_words(maker, pauses, PUT) == "停止生效中"
        languages.use("en")

    tell(story)
