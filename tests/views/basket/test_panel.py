"""The basket on screen: legs by hand, figures, what speaks against it, and the press that sends."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.domain.orders import Instruction, OrderType, Side
from terminal.rules.order_warnings import OrderWarning
from terminal.services.basket import LegEffect, LegOrder, Pace, PriceBasis
from terminal.services.basket_shapes import Shape
from terminal.views.basket.panel import CONFIRM_SECONDS
from terminal.views.translation import Languages
from tests.harness import CALL, CHEAP_CALL, PUT, limit
from tests.views.basket.basket_rig import Stage, Tell

_Key = Qt.Key


def spread(stage: Stage) -> None:
    stage.panel.add_leg(CALL, Side.BUY)
    stage.panel.add_leg(CHEAP_CALL, Side.SELL)


def test_legs_are_added_by_button_and_by_key_and_each_has_a_row(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        assert "No legs yet" in panel.result.text()
        assert not panel.send_button.isEnabled()
        stage.click(panel.editor.add_buttons[Side.BUY])
        panel.show_contract(PUT)
        stage.key(_Key.Key_S)
        assert [(leg.code, leg.side) for leg in panel.basket.legs] == [(CALL, Side.BUY), (PUT, Side.SELL)]
        assert [row.isVisible() for row in panel.editor.rows] == [True, True]
        first = panel.editor.rows[0]
        assert first.price.text() == "0.4630"
        assert "bid 0.4620" in first.book.text()
        stage.click(first.side)
        assert panel.basket.legs[0].side is Side.SELL
        assert first.price.text() == "0.4620"
        stage.key(_Key.Key_R)
        assert [leg.side for leg in panel.basket.legs] == [Side.BUY, Side.BUY]
        first.ratio.line.selectAll()
        QTest.keyClicks(first.ratio.line, "3")
        assert panel.basket.legs[0].ratio == 3
        QTest.keyClick(panel.editor.rows[1], _Key.Key_Delete)
        assert [leg.code for leg in panel.basket.legs] == [CALL]
        assert not panel.editor.rows[1].isVisible()
        stage.key(_Key.Key_Escape)
        assert panel.basket.legs == ()

    tell(story)


def test_a_leg_has_its_own_effect_basis_and_typed_price(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        row = panel.editor.rows[0]
        row.basis.activated.emit(list(PriceBasis).index(PriceBasis.OWN))
        assert panel.basket.legs[0].basis is PriceBasis.OWN
        assert row.price.text() == "0.4620"
        row.basis.activated.emit(list(PriceBasis).index(PriceBasis.TYPED))
        assert panel.basket.legs[0].price_text == "0.4620"
        row.price.selectAll()
        QTest.keyClicks(row.price, "0.45")
        assert panel.basket.legs[0].price_text == "0.45"
        assert panel.verdict.legs[0].limit is not None
        row.price.selectAll()
        QTest.keyClicks(row.price, "x")
        assert "Not a price" in row.note.text()
        assert not panel.send_button.isEnabled()
        row.effect.activated.emit(list(LegEffect).index(LegEffect.CLOSE))
        assert panel.verdict.legs[0].instruction is Instruction.BUY_CLOSE
        stage.click(panel.controls.types[OrderType.MARKET_IOC])
        assert not row.price.isEnabled()
        assert row.price.text() == "at market"

    tell(story)


@pytest.mark.requirement("O4")
def test_the_figures_of_a_spread_stand_with_what_its_combination_frees(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        assert panel.nets.figures()["Net now"] == "pay 0.4550"
        figures = panel.figures.figures()
        assert figures["Premium"] == "pay 4,550.00"
        # Rulebook 4.3, times the broker's multiple
        assert figures["Margin by leg"] == f"{panel.verdict.margin:,.2f}"
        assert figures["Most to lose"].startswith("−4,5")
        assert figures["Even at"].startswith("2.95")
        assert "CNSJC" in panel.figures.combination.text()
        assert "frees 2," in panel.figures.combination.text()
        assert "from −4,5" in panel.figures.payoff.words()
        # One leg without a price: nothing that hangs on it is a figure
        panel.add_leg("10001774", Side.BUY)
        assert panel.nets.figures()["Net now"] == "–"
        assert panel.figures.figures()["Premium"] == "–"
        assert panel.figures.figures()["Most to lose"] == "–"
        assert not panel.figures.payoff.isVisible()

    tell(story)


def test_shapes_come_from_the_chosen_contract_and_lack_of_strikes_is_grey(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        menu = panel.editor.shape_menu()
        enabled = [action.isEnabled() for action in menu.actions()]
        # The series has the calls 2.5 and 3.2 and the put 3.0: no call has a neighbour that is listed on both sides
        assert not any(enabled)
        menu.close()
        panel.take_shape(Shape.STRADDLE)
        assert panel.basket.legs == ()

    tell(story)


@pytest.mark.fault("F80")
def test_one_press_sends_once_and_a_double_click_no_more(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        assert "Send 2 legs · pay 4,550.00 yuan" in panel.send_button.text()
        stage.click(panel.send_button)
        stage.click(panel.send_button)
        stage.key(_Key.Key_Return)
        await stage.settle()
        assert stage.sent == [(CALL, "BO", "0.4630", 1), (CHEAP_CALL, "SO", "0.0080", 1)]

    tell(story)


def test_a_confirmation_names_the_orders_and_the_money_and_is_taken_back(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        stage.confirm = True
        spread(stage)
        stage.click(panel.send_button)
        assert panel.is_armed
        assert "Buy open 1" in panel.result.text()
        assert "@ 0.4630; Sell open 1" in panel.result.text()
        assert "pay 4,550.00 yuan, fee" in panel.result.text()
        assert panel.send_button.text().startswith("Press again:")
        # The second half of a double click is no confirmation
        stage.click(panel.send_button)
        assert stage.sent == []
        stage.key(_Key.Key_Escape)
        assert not panel.is_armed
        assert len(panel.basket.legs) == 2
        stage.key(_Key.Key_Return)
        assert panel.is_armed
        stage.world.pass_time(CONFIRM_SECONDS)
        panel.flush()
        assert not panel.is_armed
        stage.key(_Key.Key_Return)
        panel.add_leg(CALL, Side.BUY)
        assert not panel.is_armed
        stage.key(_Key.Key_Return)
        await stage.settle()
        stage.key(_Key.Key_Return)
        await stage.settle()
        assert stage.sent[0] == (CALL, "BO", "0.4630", 2)

    tell(story)


def test_what_was_confirmed_is_what_is_sent_though_the_book_has_moved(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        stage.confirm = True
        spread(stage)
        stage.key(_Key.Key_Return)
        await (await stage.rival()).orders.submit(limit(CALL, "0.4630", 10))
        await stage.settle()
        assert panel.editor.rows[0].price.text() == "0.4640"
        assert "@ 0.4630" in panel.result.text()
        stage.key(_Key.Key_Return)
        await stage.settle()
        assert stage.sent == [(CALL, "BO", "0.4630", 1)]
        assert "resting" in panel.run_box.lines[0][1].text()

    tell(story)


def test_a_net_limit_is_read_in_words_and_taken_from_now(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        assert "every leg is sent at the price that was confirmed" in panel.controls.limit_words.text()
        stage.click(panel.controls.limit_now)
        assert panel.basket.limit_text == "0.4550"
        assert panel.controls.limit_words.text().startswith("pay 0.4550 at worst")
        panel.controls.limit.step_by(-1)
        assert panel.basket.limit_text == "0.4549"
        assert "Net price worse than the limit: pay 0.4550, limit pay 0.4549" in panel.result.text()
        assert not panel.send_button.isEnabled()
        panel.controls.limit.line.selectAll()
        QTest.keyClicks(panel.controls.limit.line, "abc")
        assert "Not a net price" in panel.result.text()

    tell(story)


def test_how_it_is_sent_is_chosen_and_told_in_a_sentence(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        assert "no book for combinations" in panel.controls.notes.text()
        stage.click(panel.controls.paces[Pace.AT_ONCE])
        stage.click(panel.controls.orders[LegOrder.THIN_FIRST])
        assert (panel.basket.pace, panel.basket.order) == (Pace.AT_ONCE, LegOrder.THIN_FIRST)
        assert "in one go" in panel.controls.notes.text()
        assert "hardest to get" in panel.controls.notes.text()
        panel.controls.units.step_by(1)
        assert panel.basket.units == 2
        panel.controls.units.line.selectAll()
        QTest.keyClicks(panel.controls.units.line, "0")
        assert "Not a whole number" in panel.result.text()

    tell(story)


@pytest.mark.requirement("T8")
def test_warnings_of_each_leg_are_read_one_by_one_before_it_is_sent(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        stage.warn()
        panel.add_leg(CHEAP_CALL, Side.BUY)
        panel.add_leg(PUT, Side.BUY)
        assert list(panel.warnings.boxes) == [(CHEAP_CALL, OrderWarning.DEEP_OUT_OF_MONEY)]
        assert not panel.send_button.isEnabled()
        stage.key(_Key.Key_Return)
        assert stage.sent == []
        for box in panel.warnings.boxes.values():
            box.setChecked(True)
        assert panel.send_button.isEnabled()
        stage.key(_Key.Key_Return)
        await stage.settle()
        assert [code for code, *_ in stage.sent] == [CHEAP_CALL, PUT]
        assert not any(box.isChecked() for box in panel.warnings.boxes.values())

    tell(story)


def test_a_line_that_is_down_makes_the_button_grey_and_says_why(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        assert panel.send_button.isEnabled()
        stage.rig.gateway.cut()
        await stage.settle()
        assert not panel.send_button.isEnabled()
        assert panel.send_button.toolTip()

    tell(story)


def test_behind_another_tab_nothing_of_it_listens(tell: Tell) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        bus = stage.desk.bus
        names = [getattr(o, "__qualname__", "") for found in bus._observers.values() for o in found]
        assert not [name for name in names if "Basket" in name]
        panel.hide()
        before = panel.verdict
        await (await stage.rival()).orders.submit(limit(CALL, "0.4630", 10))
        # The venue tells of its book when it turns
        await stage.world.settle()
        stage.world.pass_time(1.0, ticks=2)
        await stage.world.settle()
        assert panel.verdict is before
        panel.show_contract(PUT)
        panel.show()
        panel.flush()
        assert panel.verdict is not before
        assert panel.editor.rows[0].price.text() == "0.4640"
        assert "Put" in panel.editor.contract.text()

    tell(story)


def test_it_fits_a_narrow_column_in_both_languages(tell: Tell, languages: Languages) -> None:
    async def story(stage: Stage) -> None:
        panel = stage.panel
        spread(stage)
        panel.add_leg(PUT, Side.SELL)
        panel._take(replace(panel.basket, units_text="10"))
        for language in ("en", "zh_CN"):
            languages.use(language)
            QApplication.processEvents()
            assert panel.minimumSizeHint().width() <= 280, language
            panel.resize(280, 600)
            panel.flush()
            assert panel._scroll.horizontalScrollBar().maximum() == 0
        assert panel.editor.rows[0].side.text() == "买"

    tell(story)
