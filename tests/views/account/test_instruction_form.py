"""The form of an instruction: what it offers, what speaks against it, what it would bring, and that it leaves once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights, Restriction, Tier
from terminal.domain.accounts import Position, PositionSide
from terminal.domain.combinations import CombinationStrategy
from terminal.domain.instructions import InstructionKind as Kind
from terminal.domain.messages import Capability, ClockChanged, InstructionReport
from terminal.domain.ports import LinkState, RecordKind
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.views.account.instruction_form import InstructionForm, read_whole, read_yuan
from terminal.views.translation import Languages
from tests.views.account.conftest import CALL_240, CALL_255, CALL_260, EXERCISE_TIME, PUT_245, PUT_250, code
from tests.views.account.instruction_rig import choose, sent, write
from tests.views.desk_rig import TODAY, MemoryJournal, account_report
from tests.views.trading.ticket_rig import Started


@pytest.mark.requirement("O4", "O5")
def test_an_exercise_says_what_it_needs_and_brings_and_what_selling_would(form: InstructionForm, rich: Desk) -> None:
    form.show_kind(Kind.EXERCISE, contract=code(rich, CALL_240), size=10)
    # Rulebook 6: strike x unit and the fee of 0.60 a contract; spot 2.4800, bid 0.1297 (settlement 0.13, place 2)
    bid = Decimal(rich.market.bids(code(rich, CALL_240))[0].price).scaleb(-4)
    fee = Decimal("3.00") * 10
    assert form.effect.figures() == {
        "In the money": "0.0800",
        "Cash needed": "240,006.00",
        "Shares received": "100,000",
        "Fee": "6.00",
        "Break-even": "2.4001",
        "Worth exercised": "+7,994.00",
        "Worth sold at the bid": f"+{bid * 100_000 - fee:,.2f}",
    }
    assert form.send_button.isEnabled()
    assert form.send_button.text() == "Exercise 10"
    # 20 long, 5 asked for already
    assert form.contract.currentText().endswith("×15")
    write(form, "15")
    assert form.note("account") == "✕ Not enough funds (needed 360009.00, available 350000.00)"
    assert not form.send_button.isEnabled()
    write(form, "16")
    assert form.note("quantity") == "✕ Not enough position to close (needed 16, available 15)"


def test_a_put_needs_shares_and_brings_cash(form: InstructionForm, rich: Desk) -> None:
    form.show_kind(Kind.EXERCISE, contract=code(rich, PUT_250), size=11)
    figures = form.effect.figures()
    assert (figures["Shares needed"], figures["Cash received"], figures["Cash needed"]) == (
        "110,000", "275,000.00", "6.60",
    )  # fmt: skip
    assert form.send_button.isEnabled()
    # 160,000 held, 50,000 of them locked
    write(form, "12")
    assert form.note("quantity") == "✕ Not enough shares (needed 120000 shares, available 110000 shares)"


@pytest.mark.requirement("O4")
def test_exercise_is_shut_on_other_days_and_after_its_window(form: InstructionForm, rich: Desk) -> None:
    form.show_kind(Kind.EXERCISE, contract=code(rich, CALL_240), size=1)
    assert form.send_button.isEnabled()
    rich.on_event(ClockChanged(at=EXERCISE_TIME.replace(hour=15, minute=30), speed=1.0))
    form.flush()
    assert form.note("instruction").startswith("✕ No orders are taken in this trading phase")
    rich.on_event(ClockChanged(at=EXERCISE_TIME - timedelta(days=1), speed=1.0))
    form.flush()
    assert form.note("contract").startswith("✕ The contract is not exercised today")
    assert not form.send_button.isEnabled()


@pytest.mark.requirement("O4")
def test_merged_exercise_offers_puts_of_higher_strike_and_tells_the_proceeds(form: InstructionForm, rich: Desk) -> None:
    form.show_kind(Kind.MERGED_EXERCISE, contract=code(rich, CALL_240), size=4)
    assert [form.second.itemData(n) for n in range(form.second.count())] == [code(rich, PUT_250)]
    # Rulebook 6: (2.50 - 2.40) x 10,000 x 4 less the fee of both legs, 0.60 x 8
    assert form.effect.figures() == {"Cash received": "3,995.20", "Fee": "4.80"}
    assert form.request().second_code == code(rich, PUT_250)
    assert form.send_button.isEnabled()


@pytest.mark.requirement("O4")
def test_two_legs_are_recognised_and_the_margin_before_and_after_is_shown(
    form: InstructionForm, rich: Desk, started: Started, gateway: Any
) -> None:
    # Short pairs are built until the expiry day, spreads until two days before it
    form.show_kind(Kind.COMBINE, contract=code(rich, PUT_245))
    choose(form, "second", code(rich, CALL_255))
    write(form, "5")
    assert form.fields.strategy.text() == "Short strangle"
    before, after = form.effect.figures()["Margin"].split(" → ")
    assert before == "35,000.00"  # all that is held for the five free ones of each
    legs = [rich.instructions.checks.leg(code(rich, n)) for n in (PUT_245, CALL_255)]
    assert legs[0] is not None
    assert legs[1] is not None
    each = rich.instructions.checks.terms.combination(CombinationStrategy.KKS, legs[0], legs[1])
    assert each is not None
    assert after == f"{each * 5:,.2f}"
    form.press()
    started.finish()
    (command,) = sent(gateway)
    assert (command.strategy, command.quantity) == (CombinationStrategy.KKS, 5)
    assert {command.contract_code, command.second_code} == {code(rich, PUT_245), code(rich, CALL_255)}


@pytest.mark.requirement("O4")
def test_a_combination_begins_with_a_contract_that_has_a_second(form: InstructionForm, rich: Desk) -> None:
    legs = [(PUT_245, PositionSide.LONG), (CALL_255, PositionSide.LONG), (CALL_260, PositionSide.SHORT)]
    held = [Position(contract_code=code(rich, number), side=side, quantity=5) for number, side in legs]
    rich.on_event(account_report(*held))
    # The put comes first in the list, and nothing goes with it
    form.show_kind(Kind.EXERCISE, contract=code(rich, PUT_245))
    form.show_kind(Kind.COMBINE)
    assert form.request().contract_code == code(rich, CALL_255)
    assert form.fields.strategy.text() == "Call bull spread"
    # What somebody picks stays, also while the account moves
    choose(form, "contract", code(rich, PUT_245))
    form.flush()
    assert (form.request().contract_code, form.request().second_code) == (code(rich, PUT_245), "")
    # Once it is gone the form turns to a pair by itself
    rich.on_event(account_report(*held[1:]))
    form.flush()
    assert form.request().second_code == code(rich, CALL_260)


def test_a_spread_is_not_built_so_near_expiry(form: InstructionForm, rich: Desk) -> None:
    form.show_kind(Kind.COMBINE, contract=code(rich, CALL_240))
    choose(form, "second", code(rich, CALL_255))
    write(form, "1")
    assert form.fields.strategy.text() == "Call bull spread"
    assert form.note("contract").startswith("✕ So near expiry this combination is not built any more")


@pytest.mark.requirement("O4")
def test_a_release_shows_what_the_legs_will_hold_alone(form: InstructionForm, rich: Desk) -> None:
    form.show_kind(Kind.RELEASE, combination="C-7")
    assert form.quantity.text() == "3"
    before, _, after = form.effect.figures()["Margin"].partition(" → ")
    assert before == "14,300.00"
    terms = rich.instructions.checks.terms
    naked = sum(terms.opening(rich.market.contracts[n]) for n in (CALL_255, PUT_245)) * 3
    assert after == f"{naked:,.2f}"
    assert form.send_button.isEnabled()


@pytest.mark.requirement("O4")
def test_a_short_call_is_covered_and_a_covered_one_made_short(form: InstructionForm, rich: Desk) -> None:
    form.show_kind(Kind.TO_COVERED, contract=code(rich, CALL_255))
    assert form.contract.count() == 1  # puts are never covered
    assert form.effect.figures() == {
        "Shares needed": "50,000",
        "Margin": "20,000.00 → 0.00",
        "Margin change": "−20,000.00",
    }
    assert form.send_button.isEnabled()
    form.show_kind(Kind.TO_NAKED, contract=code(rich, CALL_260))
    margin = rich.instructions.checks.terms.opening(rich.market.contracts[CALL_260]) * 4
    assert form.effect.figures()["Margin"] == f"0.00 → {margin:,.2f}"


@pytest.mark.requirement("O4")
def test_no_more_is_taken_out_than_is_withdrawable(form: InstructionForm) -> None:
    form.show_kind(Kind.CASH_OUT)
    assert form.note("amount") == ""  # an empty form is no mistake yet
    write(form, "30,000.01", "amount")
    assert form.note("amount") == "✕ Not enough funds (needed 30,000.01, available 30,000.00)"
    write(form, "30000", "amount")
    assert form.send_button.isEnabled()
    assert form.send_button.text() == "Cash out 30,000.00"
    for wrong in ("0", "1.234", "-5", "1e5", "１００"):
        write(form, wrong, "amount")
        assert form.note("amount") == "✕ Give yuan above zero with at most two decimals", wrong


@pytest.mark.requirement("O4")
@pytest.mark.fault("F80")
def test_it_is_written_before_it_is_sent_and_leaves_once(
    form: InstructionForm, rich: Desk, started: Started, gateway: Any, journal: MemoryJournal, languages: Languages
) -> None:
    form.show_kind(Kind.LOCK, underlying="510050", size=10_000)
    QTest.mouseDClick(form.send_button, Qt.MouseButton.LeftButton)
    form.press()
    assert not form.send_button.isEnabled()
    assert sent(gateway) == []
    assert started.finish() == 1
    (command,) = sent(gateway)
    assert (command.kind, command.underlying, command.quantity) == (Kind.LOCK, "510050", 10_000)
    assert [kind for kind, _, _ in journal.written][-1] is RecordKind.INSTRUCTED
    assert form.result.text() == "The counter is being asked…"
    rich.on_event(
        InstructionReport(
            sequence=1, instruction_id=command.instruction_id, kind=Kind.LOCK, underlying="510050", quantity=10_000,
            at=EXERCISE_TIME, trading_day=TODAY,
        )
    )  # fmt: skip
    form.flush()
    assert form.result.text() == "✓ Lock shares: accepted"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert form.result.text() == "✓ 锁定证券: 已接受"
    assert form.fields.kind_buttons[Kind.UNLOCK].text() == "解锁证券"


def test_a_confirmation_arms_first_and_sends_second(
    form: InstructionForm, started: Started, gateway: Any, confirm: list[bool]
) -> None:
    confirm[0] = True
    form.show_kind(Kind.CASH_IN)
    write(form, "500", "amount")
    QTest.keyClick(form, Qt.Key.Key_Return)
    assert form.send_button.text() == "Press again to send: Cash in 500.00"
    assert started.finish() == 0
    QTest.keyClick(form, Qt.Key.Key_Return)
    started.finish()
    assert [command.amount for command in sent(gateway)] == [Decimal(500)]
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.amount.text() == ""


def test_a_refusal_is_shown_in_words(form: InstructionForm, rich: Desk, started: Started, gateway: Any) -> None:
    form.show_kind(Kind.CASH_IN)
    write(form, "500", "amount")
    form.press()
    started.finish()
    rich.on_event(
        InstructionReport(
            sequence=1, instruction_id=sent(gateway)[0].instruction_id, kind=Kind.CASH_IN, amount=Decimal(500),
            reason=Reason.ACCOUNT_STATE, at=EXERCISE_TIME, trading_day=TODAY,
        )
    )  # fmt: skip
    form.flush()
    assert form.result.text() == "✕ Cash in: The account is frozen or may not trade"


def test_what_the_venue_cannot_do_is_grey_and_says_so(form: InstructionForm, rich: Desk) -> None:
    assert rich.venue is not None
    rich.on_event(msgspec.structs.replace(rich.venue, capabilities=(Capability.ORDERS, Capability.LOCK_SHARES)))
    form.flush()
    grey = {kind for kind in Kind if not form.fields.kind_buttons[kind].isEnabled()}
    assert grey == {
        Kind.EXERCISE, Kind.WITHDRAW_EXERCISE, Kind.MERGED_EXERCISE, Kind.WITHDRAW_MERGED, Kind.COMBINE, Kind.RELEASE,
        Kind.BUY_SHARES, Kind.SELL_SHARES,
    }  # fmt: skip
    assert form.fields.kind_buttons[Kind.EXERCISE].toolTip() == "The venue does not offer this"
    rich.on_link(LinkState.DOWN, "cable pulled")
    form.show_kind(Kind.CASH_IN)
    assert form.note("account") == "✕ No line to the venue, or it is still recovering"


@pytest.mark.requirement("M1")
def test_a_prohibition_of_the_account_stands_in_the_form(form: InstructionForm, rich: Desk) -> None:
    rights = AccountRights(restrictions=Restriction.LOCK)
    rich.on_event(account_report(profile=AccountProfile(rights=rights)))
    form.show_kind(Kind.LOCK, underlying="510050", size=1)
    assert "forbidden to the account (Lock shares)" in form.note("instruction")
    button = form.fields.kind_buttons[Kind.LOCK]
    assert not button.isEnabled()
    assert "forbidden to the account" in button.toolTip()


@pytest.mark.requirement("M1")
def test_what_the_level_forbids_is_grey_and_says_which_level_it_takes(
    form: InstructionForm, rich: Desk, languages: Languages
) -> None:
    rights = AccountRights(kind=AccountKind.INDIVIDUAL, tier=Tier.ONE)
    rich.on_event(account_report(profile=AccountProfile(rights=rights)))
    form.show_kind(Kind.COMBINE)
    button = form.fields.kind_buttons[Kind.COMBINE]
    assert not button.isEnabled()
    assert button.toolTip().endswith("(level 1, needs level 3)")
    assert form.contract.placeholderText() == "Nothing of the account fits here"
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert "现为 1 级，需要 3 级" in button.toolTip()
    assert form.fields.kind_buttons[Kind.CASH_OUT].isEnabled()


@pytest.mark.requirement("O4")
def test_what_was_sent_is_asked_for_no_longer(
    form: InstructionForm, rich: Desk, started: Started, gateway: Any
) -> None:
    form.show_kind(Kind.EXERCISE, contract=code(rich, CALL_240), size=10)
    form.press()
    assert started.finish() == 1
    assert [command.quantity for command in sent(gateway)] == [10]
    assert form.quantity.text() == ""
    assert [field for field in form.fields.notes if form.note(field)] == []


def test_every_word_of_the_groups_has_room(form: InstructionForm) -> None:
    form.show_kind(Kind.COMBINE)
    QCoreApplication.processEvents()
    for button in form.fields._group_buttons:
        assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 4


@pytest.mark.parametrize(
    ("text", "value"), [("10,000", 10_000), ("1 000", 1000), ("", 0), ("-5", 0), ("1.5", 0), ("１０", 0), ("9" * 13, 0)]
)
def test_whole_numbers_are_read_and_nothing_else(text: str, value: int) -> None:
    assert read_whole(text) == value


def test_amounts_are_read_and_nothing_else() -> None:
    assert read_yuan("1,234.56") == Decimal("1234.56")
    assert {read_yuan(text) for text in ("", ".", "1e3", "nan", "-1", "1.2.3", "9" * 20)} == {Decimal(0)}


@pytest.mark.requirement("O4")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_row_is_cut_off_at_the_least_width(form: InstructionForm, languages: Languages, language: str) -> None:
    """It scrolls up and down only, so the bar and whatever a row holds must have room."""
    languages.use(language)
    form.retranslate()
    scroll = form.findChild(QScrollArea)
    rows = None if scroll is None else scroll.widget()
    assert scroll is not None
    assert rows is not None
    for kind in Kind:
        if kind in form.fields.kind_buttons:
            form.show_kind(kind, underlying="510050")
            QCoreApplication.processEvents()
            form.resize(form.minimumSizeHint().width(), 160)
            QCoreApplication.processEvents()
            assert scroll.viewport().width() >= rows.minimumSizeHint().width(), kind
