"""Quotes by hand from the chain: Q toggles, the middle button pulls, the wheel moves a side, the menu does the same."""

from decimal import Decimal

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.domain.messages import CancelQuotes
from terminal.domain.orders import Side
from terminal.services.quote_drafts import QuoteDrafts
from terminal.views.chain.menus import contract_menu
from terminal.views.quoting.hand_quotes import SPIN_SECONDS
from tests.harness import ACCOUNT, limit
from tests.quoting_rig import quote_cancels, quote_messages
from tests.views.quoting.hand_rig import PUT, HandStage, Tell

Key = Qt.Key


def menu_of(stage: HandStage) -> dict[str, str]:
    """Entries of the contract menu with their keys."""
    contract = stage.desk.market.contract(PUT)
    assert contract is not None
    menu = contract_menu(stage.chain.view, contract)
    found = dict(action.text().partition("\t")[::2] for action in menu.actions() if action.text())
    menu.deleteLater()
    return found


def spin(stage: HandStage, *notches: int, key: str = "my_bid") -> None:
    """Turns of the wheel, one after the other within a spin."""
    for count in notches:
        assert stage.turn(key, count)


def end_of_spin(stage: HandStage) -> None:
    """The time of a spin passes and the frame timer looks."""
    stage.making.world.clock.seconds += SPIN_SECONDS + 0.01
    stage.look()


@pytest.mark.requirement("M4", "M5")
def test_q_quotes_as_drafted_and_pulls_what_lies_there(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        draft = stage.hand.drafts.draft(PUT)
        assert draft is not None
        stage.chain_key(Key.Key_Q)
        assert [m.entries for m in quote_messages(stage.making.rig)] == [(draft,)]
        await stage.settle(0.5)
        assert stage.live is not None
        # A key held down, and a second press at once, do nothing
        stage.making.world.clock.seconds += 1.1
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Q, Qt.KeyboardModifier.NoModifier, "q", True)
        QApplication.sendEvent(stage.chain.view, held)
        assert not quote_cancels(stage.making.rig)
        stage.chain_key(Key.Key_Q)
        QTest.keyClick(stage.chain.view, Key.Key_Q)
        assert quote_cancels(stage.making.rig) == [CancelQuotes(contract_code=PUT)]
        await stage.settle(0.5)
        assert stage.live is None
        assert stage.sent == 1
        # The ticket has been told too, and nothing had to be said
        assert stage.form.lies.text() == "Nothing of ours lies in this book"
        assert stage.banner.texts == []

    tell(story)


@pytest.mark.requirement("M4")
def test_a_spin_of_the_wheel_on_our_price_is_one_message(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        stage.chain_key(Key.Key_Q)
        await stage.settle(0.5)
        first = stage.live
        assert first is not None
        assert stage.sent == 1
        spin(stage, 1, 1, 2, -1)
        stage.look()
        assert stage.sent == 1
        end_of_spin(stage)
        assert stage.sent == 2
        await stage.settle(0.5)
        assert stage.live == (first[0] + 3, first[1], first[2], first[3])
        # The other side of the same contract is a spin of its own
        spin(stage, 1)
        spin(stage, -2, key="my_ask")
        assert stage.sent == 3
        await stage.settle(0.0)
        end_of_spin(stage)
        assert stage.sent == 4
        await stage.settle(0.5)
        assert stage.live == (first[0] + 4, first[1], first[2] - 2, first[3])
        # There and back is nothing
        spin(stage, 2, -2)
        end_of_spin(stage)
        assert stage.sent == 4
        # Pulled meanwhile, the spin is forgotten
        spin(stage, 1)
        stage.chain_key(Key.Key_Q)
        end_of_spin(stage)
        assert stage.sent == 4

    tell(story)


@pytest.mark.requirement("M4", "M5")
def test_the_wheel_neither_takes_nor_leaves_the_terms_and_scrolls_elsewhere(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        # Nothing of ours lies there: the wheel is the chain's
        assert not stage.turn("my_bid", 1)
        stage.chain_key(Key.Key_Q)
        await stage.settle(0.5)
        first = stage.live
        assert first is not None
        assert not stage.turn("bid", 1)
        # Away from the middle the quote would be wider than allowed: not sent, and told
        spin(stage, -9)
        end_of_spin(stage)
        assert stage.sent == 1
        (said,) = stage.banner.texts
        assert "wider than the maker's obligation allows" in said
        # Towards it the bid stops a tick below the best ask of the others
        spin(stage, 120)
        end_of_spin(stage)
        await stage.settle(0.5)
        assert stage.live is not None
        assert first[0] < stage.live[0] < stage.live[2]
        assert stage.banner.texts == []

    tell(story)


@pytest.mark.requirement("M4")
def test_the_middle_button_on_our_price_pulls_the_quote_and_leaves_orders(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        heard: list[str] = []
        stage.chain.cancel_requested.connect(heard.append)
        stage.chain_key(Key.Key_Q)
        await stage.settle(0.5)
        viewport = stage.chain.view.viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.MiddleButton, pos=stage.cell("my_ask"))
        assert heard == []
        assert quote_cancels(stage.making.rig) == [CancelQuotes(contract_code=PUT)]
        await stage.settle(0.5)
        # The price of an order is no price of a quote: there the click is the old one, and the wheel scrolls
        await stage.desk.orders.submit(limit(PUT, "0.0640", 1))
        await stage.settle(0.5)
        assert not stage.turn("my_bid", 1)
        QTest.mouseClick(viewport, Qt.MouseButton.MiddleButton, pos=stage.cell("my_bid"))
        assert heard == [PUT]
        assert len(quote_cancels(stage.making.rig)) == 1

    tell(story)


@pytest.mark.requirement("M4")
def test_the_menu_quotes_and_pulls(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        assert stage.chain.show_contract(PUT)
        assert menu_of(stage)["Quote both sides"] == "Q"
        assert menu_of(stage)["Pull my quote"] == ""
        stage.chain.view.quote_pull_wanted.emit(PUT)
        assert stage.banner.texts[0].endswith("no quote of ours lies there")
        stage.chain.view.quote_wanted.emit(PUT)
        # A double click is one quote
        stage.chain.view.quote_wanted.emit(PUT)
        await stage.settle(0.5)
        assert stage.live is not None
        assert stage.sent == 1
        assert stage.banner.texts == []
        assert (menu_of(stage)["Quote both sides"], menu_of(stage)["Pull my quote"]) == ("", "Q")
        stage.chain.view.quote_pull_wanted.emit(PUT)
        await stage.settle(0.5)
        assert stage.live is None

    tell(story)


@pytest.mark.requirement("M4")
def test_of_a_clients_account_nothing_is_sent_from_the_chain(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        await stage.desk.orders.submit(limit(PUT, "0.0640", 1))
        await stage.settle(0.5)
        stage.hand.step(PUT, Side.BUY, 3)
        end_of_spin(stage)
        for signal in (stage.chain.quote_wanted, stage.chain.quote_pull_wanted, stage.chain.quote_toggled):
            signal.emit(PUT)
            assert stage.banner.texts == ["This account is no market maker's: there is nothing to quote"]
        assert stage.sent == 0
        assert not quote_cancels(stage.making.rig)

    tell(story, account=ACCOUNT)


@pytest.mark.requirement("M4", "M3")
def test_a_general_maker_may_quote_and_is_told_that_it_owes_no_quotes(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        rights = stage.desk.portfolio.profile.rights
        assert rights.kind.is_market_maker
        assert "a general market maker owes answers to inquiries, not this quote" in stage.form.said.text()
        stage.chain_key(Key.Key_Q)
        await stage.settle(0.5)
        assert stage.live is not None

    tell(story, account="GM1")


@pytest.mark.requirement("M4")
def test_a_side_is_moved_within_the_day_and_behind_the_market(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        drafts: QuoteDrafts = stage.hand.drafts
        draft, contract = drafts.draft(PUT), stage.desk.market.contract(PUT)
        assert draft is not None
        assert contract is not None
        bid, ask = stage.best
        draft = msgspec.structs.replace(draft, bid_price=Decimal("0.0600"), ask_price=Decimal("0.0800"))
        assert int(drafts.moved(draft, Side.BUY, 5_000).bid_price * 10_000) == ask - 1
        assert int(drafts.moved(draft, Side.SELL, -5_000).ask_price * 10_000) == bid + 1
        assert drafts.moved(draft, Side.BUY, -50_000).bid_price == max(contract.limit_down, contract.tick_size)
        assert drafts.moved(draft, Side.SELL, 50_000).ask_price == contract.limit_up
        once = drafts.moved(draft, Side.SELL, 1)
        assert once.ask_price - draft.ask_price == contract.tick_size
        assert (once.bid_price, once.bid_quantity) == (draft.bid_price, draft.bid_quantity)

    tell(story)
