"""The two-sided quote over a real desk at a real venue: typed, judged, sent, followed, replaced, pulled."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.domain.messages import CancelQuotes
from terminal.domain.quotes import Handling
from terminal.domain.reasons import Reason
from terminal.views.appearance import Appearance
from terminal.views.texts import reason_sentence
from terminal.views.theme import DARK, LIGHT, ThemeName
from terminal.views.translation import Languages
from tests.harness import ACCOUNT, CALL, FUND
from tests.quoting_rig import quote_cancels, quote_messages
from tests.views.quoting.hand_rig import MAKER, PUT, HandStage, Tell

Key = Qt.Key


def as_drafted(stage: HandStage) -> tuple[str, str]:
    """Both prices that would be drafted now."""
    draft = stage.hand.drafts.draft(PUT)
    assert draft is not None
    return f"{draft.bid_price:.4f}", f"{draft.ask_price:.4f}"


@pytest.mark.requirement("M4", "M5")
def test_a_quote_is_typed_and_lies_in_the_book_of_the_venue(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form, ticket = stage.form, stage.ticket
        # The put's book is 0.0660 / 0.0730
        assert stage.best == (660, 730)
        assert form.lies.text() == "Nothing of ours lies in this book"
        assert (form.send.text(), form.pull.isEnabled()) == ("Quote both sides  ↵", False)
        stage.type(form.bid.price_field.line, "0.0680")
        stage.type(form.ask.price_field.line, "0.0720")
        QTest.mouseClick(form.sizes[20], Qt.MouseButton.LeftButton)
        assert ticket.verdict is not None
        assert (ticket.verdict.width, ticket.verdict.denial) == (40, None)
        assert form.width_bar.left_words == "Width 40 ticks · 5.9%"
        assert form.said.text().startswith("✓")
        stage.key(Key.Key_Return)
        assert form.said.text() == "Sent: the venue's word is awaited"
        assert not form.send.isEnabled()
        (sent,) = quote_messages(stage.making.rig)
        assert (sent.by_program, sent.entries) == (False, (ticket.entry,))
        await stage.settle(0.5)
        assert stage.live == (680, 20, 720, 20)
        assert form.lies.text().startswith("In the market 0.0680 × 20 / 0.0720 × 20\nsince 13:00:0")
        assert form.lies.text().endswith("by hand")
        assert (form.send.text(), form.pull.isEnabled()) == ("Update both sides  ↵", True)
        assert not ticket.is_touched
        # In the next picture of the market everybody sees it, and trades with it: what is left is told
        await stage.settle(1.0)
        assert stage.best == (680, 720)
        live = stage.live
        assert live is not None
        assert (live[0], live[2]) == (680, 720)
        assert live[3] < 20
        assert f"/ 0.0720 × {live[3]}/20" in form.lies.text()

    tell(story)


@pytest.mark.requirement("M4", "M5")
def test_too_wide_too_small_crossed_and_no_figures_are_refused_with_words(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form = stage.form
        for prices, size, said in (
            (("0.0500", "0.0900"), "10", "The spread of a quote is wider than the maker's obligation allows"),
            (("0.0680", "0.0720"), "60", "The size of a quote is outside what is allowed (60, allowed 1-50)"),
            (("0.0680", "0.0720"), "1", "The size of a quote is outside what is allowed"),
            (("0.0720", "0.0680"), "10", "The bid of a quote must lie below its ask"),
            (("0.06805", "0.0720"), "10", "0.0001"),
            (("0.0680", ""), "10", "Two prices and two sizes are needed"),
        ):
            for box, price in zip((form.bid, form.ask), prices, strict=True):
                stage.type(box.price_field.line, price or "x")
                stage.type(box.size_field.line, size)
            assert form.said.text().startswith("✕"), prices
            assert said in form.said.text()
            assert not form.send.isEnabled()
            stage.key(Key.Key_Return)
        assert stage.sent == 0
        assert form.width_bar.part < 1
        # What is taken at once may be meant, and is said
        stage.type(form.bid.price_field.line, "0.0735")
        stage.type(form.ask.price_field.line, "0.0760")
        assert form.said.text() == "▲ The bid meets the market's ask: it trades at once"
        assert form.send.isEnabled()

    tell(story)


@pytest.mark.requirement("M5")
def test_the_control_may_narrow_and_raise_and_shows_what_it_changes(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form, ticket = stage.form, stage.ticket
        stage.type(form.bid.price_field.line, "0.0500")
        stage.type(form.ask.price_field.line, "0.0900")
        stage.type(form.bid.size_field.line, "1")
        assert ticket.verdict is not None
        assert ticket.verdict.denial is not None
        sent = ticket.outgoing
        assert sent is not None
        assert Decimal("0.0500") < sent.bid_price < sent.ask_price < Decimal("0.0900")
        assert sent.bid_quantity == ticket.verdict.least_quantity
        said = form.said.text()
        assert said.startswith("▲ Sent as allowed: bid 0.0500 → 0.0")
        assert f"bid size 1 → {sent.bid_quantity}" in said
        stage.key(Key.Key_Return)
        await stage.settle(0.5)
        assert stage.live is not None
        assert stage.live[0] == int(sent.bid_price * 10_000)
        assert stage.live[2] == int(sent.ask_price * 10_000)

    tell(story, handling=Handling.ADJUST)


@pytest.mark.requirement("M4")
def test_the_draft_follows_the_theoretical_price_until_a_field_is_touched(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form, ticket = stage.form, stage.ticket
        drafted = stage.prices
        assert drafted == as_drafted(stage)
        line = form.bid.price_field.line
        ticket.activateWindow()
        QApplication.processEvents()
        ticket.setFocus()
        assert line.hasFocus()
        assert line.selectedText() == drafted[0]
        stage.move_book(7)
        stage.look()
        followed = stage.prices
        assert followed == as_drafted(stage)
        assert Decimal(followed[0]) > Decimal(drafted[0])
        # Marked as a whole it stays so: the first digit typed takes the place of all
        assert line.selectedText() == followed[0]
        # The cursor in a figure holds it, before anything is typed
        line.setCursorPosition(3)
        stage.move_book(7)
        stage.look()
        assert stage.prices == followed
        assert not ticket.is_touched
        stage.key(Key.Key_Up)
        touched = stage.prices
        assert touched == (str(Decimal(followed[0]) + Decimal("0.0001")), followed[1])
        stage.move_book(7)
        stage.look()
        assert stage.prices == touched
        assert ticket.is_touched
        stage.key(Key.Key_Escape)
        assert not ticket.is_touched
        assert stage.prices == as_drafted(stage)
        assert Decimal(stage.prices[0]) > Decimal(touched[0])
        # Another contract has figures of its own, and what was typed is gone
        stage.key(Key.Key_Up)
        ticket.show_contract(CALL)
        assert not ticket.is_touched
        assert stage.prices[0] > "0.4"
        assert CALL in form.name.text()

    tell(story)


@pytest.mark.requirement("M4")
def test_volatility_edge_and_effects_are_those_of_the_prices_typed(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form, theoretical = stage.form, stage.making.rig.theoretical
        stage.type(form.bid.price_field.line, "0.0650")
        stage.type(form.ask.price_field.line, "0.0690")
        number = theoretical.universe.number_of[PUT]
        for box, given in ((form.bid, 650), (form.ask, 690)):
            volatility = float(box.note.text().removeprefix("IV ")) / 100
            assert theoretical.price_at(number, volatility) == pytest.approx(given, abs=0.5)
        theo = float(theoretical.price[number])
        assert form.bid.edge.text() == f"{theo - 650:+.1f} ticks".replace("-", "−")
        assert form.ask.edge.text() == f"{690 - theo:+.1f} ticks".replace("-", "−")
        assert [line[0] for line in form.effects.lines] == ["If both sides fill", "Bid fills", "Ask fills"]
        # Where room is short the effects go, and what lies in the market stays
        stage.ticket.resize(340, 330)
        stage.look()
        assert form.effects.isHidden()
        assert not form.lies.isHidden()

    tell(story)


@pytest.mark.requirement("M4")
def test_a_live_quote_is_shown_edited_and_replaced_in_one_step(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form = stage.form
        stage.key(Key.Key_Return)
        await stage.settle(0.5)
        first = stage.desk.quoting.live(PUT)
        assert first is not None
        # The fields stand on what lies there, wherever the theoretical price goes
        stage.move_book(7)
        stage.look()
        assert stage.prices == (f"{first.bid / 10_000:.4f}", f"{first.ask / 10_000:.4f}")
        stage.key(Key.Key_Up)
        stage.key(Key.Key_Up)
        stage.key(Key.Key_Return)
        # The same again at once is one quote
        QTest.keyClick(form.bid.price_field.line, Key.Key_Return)
        assert form.lies.text().endswith("a newer one is under way")
        await stage.settle(0.5)
        second = stage.desk.quoting.live(PUT)
        assert second is not None
        assert (second.bid, second.ask) == (first.bid + 2, first.ask)
        assert stage.sent == 2
        assert not quote_cancels(stage.making.rig)
        assert not stage.ticket.is_touched

    tell(story)


@pytest.mark.requirement("M4", "M8")
def test_a_quote_is_pulled_and_one_that_answers_stays_for_its_time(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form = stage.form
        stage.key(Key.Key_Return)
        await stage.settle(0.5)
        stage.key(Key.Key_C)
        assert quote_cancels(stage.making.rig) == [CancelQuotes(contract_code=PUT)]
        await stage.settle(0.5)
        assert stage.live is None
        assert not form.pull.isEnabled()
        # Nothing lies there: the key does nothing
        stage.key(Key.Key_C)
        assert len(quote_cancels(stage.making.rig)) == 1
        await stage.making.ask(PUT, 10)
        entry = stage.hand.drafts.draft(PUT, quantity=10)
        assert entry is not None
        (waiting,) = stage.making.obligations.inquiries.waiting(stage.desk.clock.now())
        assert stage.hand.drafts.send(entry, waiting.inquiry) is None
        await stage.settle(1.0)
        assert "answers an inquiry, stays" in form.lies.text()
        stage.key(Key.Key_C)
        assert form.said.text().endswith("stays, it answers an inquiry")
        assert len(quote_cancels(stage.making.rig)) == 1
        await stage.settle(25.0)
        assert "answers an inquiry" not in form.lies.text()
        stage.key(Key.Key_C)
        assert len(quote_cancels(stage.making.rig)) == 2

    tell(story)


@pytest.mark.requirement("M4")
def test_what_the_venue_refuses_is_said_and_stays_to_be_corrected(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form = stage.form
        stage.type(form.bid.price_field.line, "0.0670")
        stage.type(form.ask.price_field.line, "0.0715")
        # A maker that is no longer filed, which the desk has not heard of yet
        account = stage.making.world.market.counter._books.accounts[MAKER]
        filed = account.profile
        account.profile = replace(filed, filed=False)
        stage.key(Key.Key_Return)
        assert stage.sent == 1
        await stage.settle(0.5)
        assert stage.live is None
        assert stage.hand.standing(PUT).refused is Reason.NOT_A_MAKER
        said = reason_sentence(Reason.NOT_A_MAKER)
        assert said in form.lies.text()
        assert [said in text for text in stage.banner.texts] == [True]
        # What was typed stays to be corrected, and the next one forgets the refusal
        assert stage.prices == ("0.0670", "0.0715")
        account.profile = filed
        stage.ticket.choose_size(20)
        stage.key(Key.Key_Return)
        await stage.settle(0.5)
        assert stage.live == (670, 20, 715, 20)
        assert said not in form.lies.text()

    tell(story)


@pytest.mark.requirement("M4")
def test_a_strategy_that_quotes_the_same_is_named_and_its_row_can_be_switched_off(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        form, grid = stage.form, stage.panels.grid
        grid.toggle()
        stage.quoting.beat()
        await stage.settle(0.5)
        stage.quoting.beat()
        await stage.settle(0.5)
        assert stage.live is not None
        assert stage.desk.quoting.owner(PUT) == f"quoter {FUND}"
        assert form.lies.text().endswith(f"quoter {FUND}")
        assert form.rival.text() == f"quoter {FUND} quotes this contract: it will replace what you send"
        assert not form.row_off.isHidden()
        # Pulled, it comes again: that is said where everything is said
        stage.chain_key(Key.Key_Q)
        assert "quotes it again; switch its row off" in stage.banner.texts[0]
        stage.key(Key.Key_C)
        await stage.settle(0.5)
        assert "quotes it again; switch its row off" in form.said.text()
        form.row_off.click()
        terms = stage.maker.control(FUND).parameters.contracts[PUT]
        assert (terms.bid, terms.ask) == (False, False)
        assert grid.sets.applied(FUND)[PUT].bid is False
        await stage.settle(0.5)
        stage.quoting.beat()
        await stage.settle(0.5)
        assert form.rival.text() == ""
        # Nor is it said any longer that the row has to be switched off
        assert "switch its row off" not in form.said.text()
        assert stage.live is None
        stage.key(Key.Key_Return)
        await stage.settle(0.5)
        for _ in range(4):
            stage.quoting.beat()
            await stage.settle(0.5)
        # The quoter leaves a quote alone that is not its own
        assert stage.live is not None
        assert form.lies.text().endswith("by hand")

    tell(story)


@pytest.mark.requirement("M4")
def test_a_line_that_is_down_leaves_the_quote_in_doubt(tell: Tell) -> None:
    async def story(stage: HandStage) -> None:
        stage.key(Key.Key_Return)
        await stage.settle(0.5)
        stage.making.rig.gateway.cut()
        stage.look()
        assert stage.form.lies.text().endswith("in doubt: the line is down")
        assert not stage.form.send.isEnabled()
        assert stage.form.said.text().startswith("✕")

    tell(story)


@pytest.mark.requirement("M4", "X12")
def test_of_a_clients_account_one_line_says_why_nothing_can_be_quoted(tell: Tell, languages: Languages) -> None:
    async def story(stage: HandStage) -> None:
        ticket = stage.ticket
        assert not stage.form.isVisible()
        assert ticket.nothing.text() == "This account is no market maker's: there is nothing to quote"
        QTest.keyClick(ticket, Key.Key_Return)
        stage.chain_key(Key.Key_Q)
        assert stage.banner.texts == ["This account is no market maker's: there is nothing to quote"]
        stage.hand.pull(PUT)
        assert stage.sent == 0
        assert not quote_cancels(stage.making.rig)
        languages.use("zh_CN")
        stage.look()
        assert not any(letter.isascii() and letter.isalpha() for letter in ticket.nothing.text())
        assert not any(letter.isascii() and letter.isalpha() for letter in stage.banner.texts[0])

    tell(story, account=ACCOUNT)


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_both_languages_say_everything_in_both_themes(
    tell: Tell, languages: Languages, appearance: Appearance, theme: object
) -> None:
    async def story(stage: HandStage) -> None:
        appearance.set_theme(ThemeName.DARK if theme is DARK else ThemeName.LIGHT)
        form = stage.form
        stage.key(Key.Key_Return)
        await stage.settle(0.5)
        stage.type(form.ask.price_field.line, "0.0999")
        english = form.said.text()
        languages.use("zh_CN")
        stage.look()
        assert form.said.text() != english
        for text in (form.said.text(), form.lies.text(), form.width_bar.left_words, form.bid.edge.text()):
            assert not any(letter.isascii() and letter.isalpha() for letter in text), text
        assert form.send.text() == "更新双边  ↵"
        assert not stage.ticket.grab().isNull()

    tell(story)
