"""What the ladder shows of a real market, and that it stands still under the hand."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.domain.accounts import PositionSide
from terminal.domain.orders import Instruction
from terminal.views.ladder.model import Column
from terminal.views.theme import ColourPack, ThemeName
from terminal.views.trading.own_levels import Own
from tests.harness import CALL, OTHER_CALL, PUT, limit
from tests.views.ladder.ladder_rig import Stage, Tell

Key = Qt.Key


def turn_wheel(stage: Stage, notches: int) -> None:
    viewport = stage.panel.view.viewport()
    centre = QPointF(viewport.rect().center())
    wheel = QWheelEvent(
        centre,
        QPointF(viewport.mapToGlobal(centre.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, wheel)


def middle_price(stage: Stage) -> int:
    rows = stage.panel.view.rows_in_sight
    return stage.panel.model.picture.scale.price(rows[len(rows) // 2])


@pytest.mark.requirement("T1")
def test_the_ladder_shows_levels_orders_trades_worth_and_average(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        picture = stage.panel.model.picture
        assert picture.bids == {690: 10, 680: 20}
        assert picture.asks == {710: 10, 720: 20}
        assert picture.theoretical == pytest.approx(700, abs=1)
        assert not picture.buys
        await stage.desk.orders.submit(limit(PUT, "0.0710", 3))
        await stage.settle()
        await stage.desk.orders.submit(limit(PUT, "0.0650", 4))
        await stage.desk.orders.submit(limit(PUT, "0.0650", 2))
        await stage.desk.orders.submit(limit(PUT, "0.0750", 1, Instruction.SELL_CLOSE))
        await stage.desk.orders.submit(limit(CALL, "0.4500", 1))
        await stage.settle()
        picture = stage.panel.model.picture
        assert picture.asks[710] == 7
        assert picture.buys == {650: Own(6)}
        assert picture.sells == {750: Own(1)}
        assert picture.traded == {710: 3}
        assert (picture.last, picture.averages) == (710, {PositionSide.LONG: 710})
        row = picture.scale.row(650)
        assert stage.panel.model.text(row, Column.MY_BUYS) == "6"
        # The volatility of a price beside it, as the chain has that of the best prices
        place = picture.scale.row(690)
        assert 5 < float(stage.panel.model.text(place, Column.VOLATILITY)) < 100
        assert stage.panel.model.text(picture.scale.row(100), Column.VOLATILITY) == ""
        # What somebody else does is here too
        await stage.hit("0.0690", 4)
        assert stage.panel.model.picture.bids[690] == 6
        assert stage.panel.model.picture.traded == {710: 3, 690: 4}
        # Another contract, and back: of trades before, what the tape has kept
        stage.panel.show_contract(CALL)
        assert stage.panel.model.picture.buys == {4500: Own(1)}
        stage.panel.show_contract(PUT)
        assert stage.panel.model.picture.traded == {710: 3, 690: 4}
        stage.panel.show_contract("nothing")
        assert stage.panel.model.rowCount() == 0
        assert stage.panel.controls.title.text() == ""

    tell(story)


@pytest.mark.requirement("T1")
def test_the_ladder_stands_still_until_it_is_recentred(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        assert middle_price(stage) == pytest.approx(700, abs=2)
        await stage.hit("0.0690", 10)
        await stage.hit("0.0680", 15)
        assert stage.panel.model.picture.bids == {680: 5}
        assert middle_price(stage) == pytest.approx(700, abs=2)
        # Whatever the height, the middle is the middle
        stage.panel.resize(900, 250)
        stage.panel.resize(900, 500)
        stage.panel.flush()
        assert middle_price(stage) == pytest.approx(700, abs=2)
        before = stage.panel.view.rows_in_sight
        turn_wheel(stage, 2)
        up = stage.panel.view.rows_in_sight
        assert up.start < before.start
        stage.panel.flush()
        assert stage.panel.view.rows_in_sight == up
        stage.key(Key.Key_Space)
        assert middle_price(stage) == pytest.approx(695, abs=2)
        assert stage.panel.view.cursor_price == 695
        # A click on a row at the edge does not bring it in
        rows = stage.panel.view.rows_in_sight
        QTest.mouseClick(
            stage.panel.view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(200, stage.panel.view.viewport().height() - 2),
        )
        assert stage.panel.view.rows_in_sight == rows
        stage.key(Key.Key_Up)
        stage.key(Key.Key_PageUp)
        assert stage.panel.view.cursor_price > 695
        # Behind another tab meanwhile, it comes up where the market is
        turn_wheel(stage, 20)
        stage.panel.hide()
        stage.panel.show()
        stage.panel.flush()
        assert middle_price(stage) == pytest.approx(695, abs=2)

    tell(story)


@pytest.mark.requirement("T1")
def test_a_contract_without_a_book_stands_at_its_settlement(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        stage.panel.show_contract(OTHER_CALL)
        contract = stage.desk.market.contract(OTHER_CALL)
        assert contract is not None
        assert middle_price(stage) == pytest.approx(int(contract.previous_settlement * 10_000), abs=2)
        assert stage.panel.model.picture.theoretical_row == -1

    tell(story)


@pytest.mark.requirement("X12")
def test_the_least_needed_columns_and_the_controls_give_way(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel, view = stage.panel, stage.panel.view
        assert panel.controls.x() > view.x()
        assert not view.isColumnHidden(Column.TRADED)
        panel.resize(330, 600)
        QApplication.processEvents()
        assert panel.controls.y() < view.y()
        assert view.isColumnHidden(Column.TRADED)
        assert view.isColumnHidden(Column.VOLATILITY)
        assert not view.isColumnHidden(Column.MY_BUYS)
        panel.flush()

    tell(story)


@pytest.mark.requirement("X12", "M4")
def test_in_a_low_place_the_controls_leave_more_rows(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel, controls = stage.panel, stage.panel.controls
        panel.resize(358, 600)
        QApplication.processEvents()
        tall, code = controls.height(), controls.code
        assert code.isVisible()
        panel.resize(358, 302)
        QApplication.processEvents()
        assert controls.height() < tall - 40
        assert not code.isVisible()
        assert controls.line.y() == pytest.approx(controls.send.y(), abs=12)
        assert controls.chosen.y() == pytest.approx(controls.title.y(), abs=8)
        panel.resize(358, 600)
        # The height asked for is known when the controls are laid out, and given after that
        QApplication.processEvents()
        QApplication.processEvents()
        assert controls.height() == tall
        assert controls.sizes[1].y() < controls.chosen.y() < controls.line.y() < controls.send.y()

    tell(story)


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("theme", list(ThemeName))
def test_marks_are_painted_in_the_colours_of_every_dress(tell: Tell, theme: ThemeName) -> None:
    async def story(stage: Stage) -> None:
        await stage.desk.orders.submit(limit(PUT, "0.0695", 4))
        await stage.settle()
        look, view = stage.panel._appearance, stage.panel.view
        look.set_theme(theme)
        for pack in ColourPack:
            look.set_pack(pack)
            picture = view.viewport().grab().toImage()
            own = view.visualRect(stage.panel.model.index(stage.panel.model.picture.scale.row(695), Column.MY_BUYS))
            assert picture.pixelColor(own.left() + 30, own.top() + 3) == look.theme.own_fill
            worth = stage.panel.model.picture
            cell = view.visualRect(stage.panel.model.index(worth.theoretical_row, Column.PRICE))
            column = [picture.pixelColor(cell.left() + 2, y) for y in range(cell.top(), cell.bottom() + 1)]
            assert look.theme.theo in column
            bid = view.visualRect(stage.panel.model.index(worth.scale.row(693), Column.BID))
            assert picture.pixelColor(bid.left() + 3, bid.top() + 3) == look.bid_cell
        view.scrollToTop()
        top = view.viewport().grab().toImage()
        assert top.pixelColor(5, 1) == look.up
        view.scrollToBottom()
        bottom = view.viewport().grab().toImage()
        last = view.visualRect(stage.panel.model.index(worth.scale.count - 1, Column.TRADED)).bottom()
        assert bottom.pixelColor(5, last) == look.down

    tell(story)
