"""Prices from book, keys and wheel, never outside the limits; sizes by share, key and preset."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from terminal.domain.accounts import Holding, PositionSide
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch
from terminal.domain.orders import Instruction, OrderType
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.rows_area import RowsArea
from terminal.views.trading.ticket import Ticket
from terminal.views.translation import Languages
from tests.views.trading.ticket_rig import (
    LIMIT_DOWN,
    LIMIT_UP,
    NOW,
    MakeTicket,
    Started,
    account,
    click,
    code_of,
    hold,
    submitted,
    turn_wheel,
    type_in,
)

BUY, SELL, CLOSE = Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.SELL_CLOSE
COVERED = Instruction.COVERED_OPEN
LOCKED = Holding(underlying="510050", total=50_000, locked=30_000, covering=15_000)


# ---- prices


@pytest.mark.parametrize(
    ("instruction", "source", "price"),
    [
        (BUY, "opposite", "0.0511"),
        (BUY, "own", "0.0501"),
        (BUY, "last", "0.0506"),
        (SELL, "opposite", "0.0501"),
        (SELL, "own", "0.0511"),
        (Instruction.BUY_CLOSE, "opposite", "0.0511"),
        (Instruction.COVERED_CLOSE, "opposite", "0.0511"),
        (COVERED, "opposite", "0.0501"),
    ],
)
def test_the_book_gives_the_price(ticket: Ticket, instruction: Instruction, source: str, price: str) -> None:
    click(ticket.instruction_button(instruction))
    click(ticket.price_button(source))
    assert ticket.price.text == ticket.draft.price_text == price


@pytest.mark.parametrize(("typed", "price"), [("", "0.0511"), ("0.0480", "0.0480")])
def test_a_ticket_that_stood_there_before_the_first_quote_takes_its_price_unless_one_was_typed(
    make_ticket: MakeTicket, desk: Desk, typed: str, price: str
) -> None:
    """A start shows the list before its quotes; the settlement stands in."""
    quotes, day = desk.market.quotes.copy(), desk.market.day
    assert day is not None
    desk.on_event(day)
    ticket = make_ticket()
    ticket.show_contract(code_of(desk))
    contract = ticket.contract
    assert contract is not None
    assert Decimal(ticket.price.text) == contract.previous_settlement
    if typed:
        type_in(ticket.price.line, typed)
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(quotes[:1])))
    assert Decimal(ticket.price.text) == Decimal(typed or contract.previous_settlement)
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(quotes)))
    assert ticket.price.text == price
    # Only the first: what stands there then is the user's business
    moved = quotes.copy()
    moved[:, Column.ASK_PRICE] += 3
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(moved)))
    assert ticket.price.text == price


def test_an_empty_side_leaves_the_price_or_takes_the_last(ticket: Ticket, desk: Desk) -> None:
    row = desk.market.quotes[desk.market.row_of[code_of(desk)]].copy()
    row[Column.BID_PRICE : Column.BID_PRICE + 5] = row[Column.ASK_PRICE : Column.ASK_PRICE + 5] = 0
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(np.array([row], np.int64))))
    type_in(ticket.price.line, "0.0400")
    click(ticket.price_button("own"))
    assert ticket.price.text == "0.0400"
    click(ticket.price_button("opposite"))
    assert ticket.price.text == "0.0506"


def test_keys_and_wheel_move_the_price_by_ticks(ticket: Ticket) -> None:
    line = ticket.price.line
    steps: list[tuple[Callable[[], None], str]] = [
        (lambda: QTest.keyClick(line, Qt.Key.Key_Up), "0.0512"),
        (lambda: QTest.keyClick(line, Qt.Key.Key_Down), "0.0511"),
        (lambda: QTest.keyClick(line, Qt.Key.Key_PageUp), "0.0521"),
        (lambda: QTest.keyClick(line, Qt.Key.Key_PageDown), "0.0511"),
        (lambda: QTest.keyClick(line, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier), "0.0521"),
        (lambda: turn_wheel(line, 120), "0.0522"),
        (lambda: turn_wheel(line, -240), "0.0520"),
        (lambda: click(ticket.price.more), "0.0521"),
        (lambda: click(ticket.price.less), "0.0520"),
    ]
    for act, price in steps:
        act()
        assert ticket.draft.price_text == price


def test_a_step_from_between_two_ticks_goes_to_the_next_one(ticket: Ticket) -> None:
    type_in(ticket.price.line, "0.07065")
    ticket.price.step_by(1)
    assert ticket.price.text == "0.0707"
    type_in(ticket.price.line, "0.07065")
    ticket.price.step_by(-1)
    assert ticket.price.text == "0.0706"


@pytest.mark.parametrize("typed", ["0.2999", LIMIT_UP, "0.0002", LIMIT_DOWN, "", "7", "0.00001"])
@pytest.mark.parametrize("count", [1, -1, 10, -10, 100_000, -100_000])
def test_no_step_leaves_the_limits(ticket: Ticket, typed: str, count: int) -> None:
    type_in(ticket.price.line, typed)
    ticket.price.step_by(count)
    assert Decimal(LIMIT_DOWN) <= Decimal(ticket.draft.price_text) <= Decimal(LIMIT_UP)
    assert ticket.note("price") == ""


def test_a_market_order_shuts_the_price_and_a_limit_order_brings_it_back(
    ticket: Ticket, started: Started, gateway: Any
) -> None:
    for order_type in (OrderType.MARKET_TO_LIMIT, OrderType.MARKET_IOC, OrderType.MARKET_FOK):
        click(ticket.order_type_button(order_type))
        assert not ticket.price.line.isEnabled()
        assert not ticket.price.more.isEnabled()
        assert not ticket.price_button("opposite").isEnabled()
        assert ticket.price.text == ""
        ticket.price.step_by(1)
        ticket.take_opposite_price()
    click(ticket.send_button)
    started.finish()
    assert [(o.order_type, o.price) for o in submitted(gateway)] == [(OrderType.MARKET_FOK, None)]
    click(ticket.order_type_button(OrderType.LIMIT))
    assert ticket.price.line.isEnabled()
    assert ticket.price.text == "0.0511"


# ---- sizes


@pytest.mark.requirement("O5")
def test_a_share_of_what_can_be_closed(ticket: Ticket, desk: Desk) -> None:
    account(desk, hold(desk, PositionSide.LONG, 24, 2))
    click(ticket.instruction_button(CLOSE))
    for share, size in ((4, "5"), (2, "11"), (1, "22")):
        click(ticket.share_button(share))
        assert ticket.draft.quantity_text == size


@pytest.mark.requirement("O5")
def test_a_share_of_what_the_funds_allow_is_never_more_than_one_order(ticket: Ticket, desk: Desk) -> None:
    account(desk, balance="5139.99")  # one costs 511.00 and 3.00
    assert ticket.instruction_button(BUY).text() == "Buy open\ncan open 194"
    ticket.flush()
    assert ticket.instruction_button(BUY).text() == "Buy open\ncan open 9"
    for share, size in ((4, "2"), (2, "4"), (1, "9")):
        click(ticket.share_button(share))
        assert ticket.draft.quantity_text == size
    account(desk, balance="10000000.00")
    click(ticket.share_button(1))
    assert ticket.draft.quantity_text == "50"
    click(ticket.order_type_button(OrderType.MARKET_IOC))
    click(ticket.share_button(1))
    assert ticket.draft.quantity_text == "10"


def test_each_instruction_says_how_much_it_could_do(ticket: Ticket, desk: Desk) -> None:
    account(
        desk,
        hold(desk, PositionSide.LONG, 5, 1),
        hold(desk, PositionSide.SHORT, 7),
        hold(desk, PositionSide.COVERED, 1),
        holdings=(LOCKED,),
    )
    ticket.flush()
    # 100,000.00 over 514.00; over margin 3840.00 and 1.40
    assert {i: ticket.instruction_button(i).text().split("\n")[1] for i in Instruction} == {
        BUY: "can open 194",
        CLOSE: "can close 4",
        SELL: "can open 26",
        Instruction.BUY_CLOSE: "can close 7",
        COVERED: "can open 1",
        Instruction.COVERED_CLOSE: "can close 1",
    }


def test_keys_wheel_and_presets_set_the_size(ticket: Ticket) -> None:
    line = ticket.quantity.line
    QTest.keyClick(line, Qt.Key.Key_PageUp)
    assert ticket.draft.quantity_text == "11"
    turn_wheel(line, -120)
    assert ticket.draft.quantity_text == "10"
    for _ in range(3):
        QTest.keyClick(line, Qt.Key.Key_PageDown)
    assert ticket.draft.quantity_text == "1"
    preset = next(button for button in ticket.findChildren(QPushButton) if button.text() == "5")
    click(preset)
    assert ticket.quantity.text == ticket.draft.quantity_text == "5"


@pytest.mark.requirement("O2")
def test_whoever_turns_to_the_ticket_types_the_price_at_once_or_the_size_of_a_market_order(
    qtbot: QtBot, ticket: Ticket
) -> None:
    ticket.show()
    ticket.activateWindow()
    qtbot.waitUntil(ticket.isActiveWindow)
    ticket.quantity.line.setFocus()
    ticket.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(ticket.price.line.hasFocus)
    QTest.keyClicks(ticket.price.line, "0.07")
    assert ticket.draft.price_text == "0.07"
    click(ticket.order_type_button(OrderType.MARKET_IOC))
    ticket.setFocus(Qt.FocusReason.ShortcutFocusReason)
    qtbot.waitUntil(ticket.quantity.line.hasFocus)
    QTest.keyClick(ticket.quantity.line, Qt.Key.Key_Up)
    assert ticket.draft.quantity_text == "2"


@pytest.mark.requirement("O2")
def test_a_size_too_large_does_not_push_the_usual_sizes_away_under_the_mouse(ticket: Ticket) -> None:
    ticket.resize(356, 700)
    ticket.show()
    QCoreApplication.processEvents()
    preset = next(button for button in ticket.findChildren(QPushButton) if button.text() == "5")
    before = preset.mapTo(ticket, preset.rect().center())
    type_in(ticket.quantity.line, "5000")
    QCoreApplication.processEvents()
    assert ticket.note("quantity")
    assert preset.mapTo(ticket, preset.rect().center()) == before


# ---- room


@pytest.mark.requirement("O2", "T1")
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("quantity", ["3", "5000"])
def test_no_row_is_cut_off_at_the_width_of_the_layouts(
    dressed: Appearance, ticket: Ticket, languages: Languages, language: str, quantity: str
) -> None:
    """It scrolls up and down only, so rows, figures of any size and the bar have to find room."""
    languages.use(language)
    type_in(ticket.quantity.line, quantity)
    ticket.resize(356, 300)
    QCoreApplication.processEvents()
    scroll = ticket.findChild(RowsArea)
    assert scroll is not None
    rows = scroll.widget()
    assert rows is not None
    assert ticket.minimumSizeHint().width() <= 356
    assert scroll.viewport().width() >= rows.minimumSizeHint().width()
