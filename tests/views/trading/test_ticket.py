"""The order ticket sends: one press one order, a confirmation that any change takes back, what came of it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from terminal.domain.accounts import PositionSide
from terminal.domain.errors import JournalError
from terminal.domain.orders import Instruction, Order, OrderStatus, OrderType, Side
from terminal.domain.ports import LinkState, RecordKind
from terminal.domain.reasons import Reason
from terminal.services.desk import Desk
from terminal.views.theme import PANEL_PADDING
from terminal.views.trading.ticket import Ticket
from terminal.views.translation import Languages
from tests.views.trading.ticket_rig import OTHER_CALL, PUT, Started, account, click, code_of, hold, submitted, type_in

BUY, SELL, CLOSE = Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.SELL_CLOSE
COVERED = Instruction.COVERED_OPEN


# ---- one press, one order


@pytest.mark.requirement("O2", "O3")
def test_a_press_sends_the_order_that_stands_there(
    ticket: Ticket, started: Started, gateway: Any, desk: Desk, journal: Any
) -> None:
    type_in(ticket.price.line, "0.0510")
    type_in(ticket.quantity.line, "3")
    results: list[Order] = []
    ticket.sent.connect(results.append)
    click(ticket.send_button)
    assert ticket.send_button.text() == "Sending…"
    started.finish()
    assert [(o.contract_code, o.instruction, o.order_type, o.quantity, o.price) for o in submitted(gateway)] == [
        (code_of(desk), Instruction.BUY_OPEN, OrderType.LIMIT, 3, Decimal("0.0510"))
    ]
    assert [kind for kind, _, _ in journal.written] == [RecordKind.BOOK, RecordKind.LISTED, RecordKind.SUBMITTED]
    assert [order.status for order in results] == [OrderStatus.SUBMITTED]
    assert ticket.result.text() == "50ETF Nov 2.50 Call: sent D1-261109-000001"
    assert ticket.send_button.isEnabled()


@pytest.mark.fault("F82")
def test_what_was_typed_is_not_kept_for_undo_once_the_order_is_sent(ticket: Ticket, started: Started) -> None:
    fields = ticket.price.line, ticket.quantity.line
    for line, text in zip(fields, ("0.0510", "3"), strict=True):
        line.selectAll()
        QTest.keyClicks(line, text)
    assert all(line.isUndoAvailable() for line in fields)
    ticket.press()
    started.finish()
    assert not any(line.isUndoAvailable() for line in fields)
    assert [line.text() for line in fields] == ["0.0510", "3"]


@pytest.mark.fault("F80")
def test_a_double_click_sends_once(ticket: Ticket, started: Started, gateway: Any, monotonic: Any) -> None:
    QTest.mouseClick(ticket.send_button, Qt.MouseButton.LeftButton)
    started.finish()
    # The first order is long on its way when the second click comes
    monotonic.seconds += 0.2
    QTest.mouseDClick(ticket.send_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(ticket.send_button, Qt.MouseButton.LeftButton)
    started.finish()
    assert len(submitted(gateway)) == 1
    monotonic.seconds += 1.0
    click(ticket.send_button)
    started.finish()
    assert len(submitted(gateway)) == 2


@pytest.mark.fault("F80")
def test_an_enter_key_held_down_sends_once(ticket: Ticket, started: Started, gateway: Any) -> None:
    QTest.keyPress(ticket.quantity.line, Qt.Key.Key_Return)
    for _ in range(5):
        started.finish()
        held = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True, count=1
        )
        QApplication.sendEvent(ticket.quantity.line, held)
    QTest.keyRelease(ticket.quantity.line, Qt.Key.Key_Return)
    started.finish()
    assert len(submitted(gateway)) == 1


@pytest.mark.fault("F80")
def test_nothing_more_is_sent_while_an_order_is_on_its_way_to_the_disk(
    ticket: Ticket, started: Started, gateway: Any, monotonic: Any
) -> None:
    click(ticket.send_button)
    monotonic.seconds += 5.0
    assert not ticket.send_button.isEnabled()
    click(ticket.send_button)
    QTest.keyClick(ticket.price.line, Qt.Key.Key_Enter)
    ticket.press()
    assert started.finish() == 1
    assert len(submitted(gateway)) == 1


# ---- confirmation


@pytest.fixture
def confirming(ticket: Ticket, confirm: list[bool]) -> Ticket:
    confirm[0] = True
    return ticket


@pytest.mark.requirement("O2")
def test_a_confirmation_arms_first_and_sends_second(confirming: Ticket, started: Started, gateway: Any) -> None:
    QTest.keyClick(confirming.quantity.line, Qt.Key.Key_Return)
    assert confirming.is_armed
    assert not started.work
    button = confirming.send_button
    assert button.text() == "Press again: Buy open 1 lot · 511.00 yuan"
    # The ticket's column is 356 wide, and Reset stands beside the button
    room = 356 - confirming.reset_button.sizeHint().width() - 3 * PANEL_PADDING
    assert button.fontMetrics().horizontalAdvance(button.text()) < room
    QTest.keyClick(confirming.quantity.line, Qt.Key.Key_Return)
    assert not confirming.is_armed
    started.finish()
    assert len(submitted(gateway)) == 1


@pytest.mark.fault("F80")
def test_a_double_click_arms_and_does_not_send(confirming: Ticket, started: Started) -> None:
    click(confirming.send_button)
    QTest.mouseDClick(confirming.send_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(confirming.send_button, Qt.MouseButton.LeftButton)
    assert confirming.is_armed
    assert not started.work


@pytest.mark.parametrize(
    "change",
    [
        lambda t, d: type_in(t.price.line, "0.0509"),
        lambda t, d: t.price.step_by(1),
        lambda t, d: type_in(t.quantity.line, "2"),
        lambda t, d: click(t.instruction_button(Instruction.SELL_OPEN)),
        lambda t, d: click(t.order_type_button(OrderType.LIMIT_FOK)),
        lambda t, d: click(t.price_button("own")),
        lambda t, d: t.set_quantity(2),
        lambda t, d: t.show_contract(code_of(d, OTHER_CALL)),
        lambda t, d: t.seed(code_of(d), Side.BUY, 511),
        lambda t, d: click(t.reset_button),
        lambda t, d: QTest.keyClick(t.quantity.line, Qt.Key.Key_Escape),
    ],
    ids=["price", "step", "size", "instruction", "type", "own", "set", "contract", "seed", "reset", "escape"],
)
def test_any_change_disarms(confirming: Ticket, desk: Desk, change: Callable[[Ticket, Desk], None]) -> None:
    confirming.press()
    assert confirming.is_armed
    change(confirming, desk)
    assert not confirming.is_armed
    assert "Press again" not in confirming.send_button.text()


def test_a_check_that_fails_in_between_disarms_for_good(confirming: Ticket, desk: Desk, started: Started) -> None:
    confirming.press()
    account(desk, balance="100.00")
    confirming.flush()
    assert not confirming.send_button.isEnabled()
    account(desk)
    confirming.press()
    assert confirming.is_armed
    assert not started.work


def test_escape_disarms_first_and_empties_second(confirming: Ticket, desk: Desk) -> None:
    confirming.set_quantity(7)
    confirming.press()
    QTest.keyClick(confirming.quantity.line, Qt.Key.Key_Escape)
    assert confirming.draft.quantity_text == "7"
    QTest.keyClick(confirming.quantity.line, Qt.Key.Key_Escape)
    assert (confirming.draft.price_text, confirming.draft.quantity_text) == ("", "1")
    assert confirming.draft.contract_code == code_of(desk)


# ---- seeding and turning


@pytest.mark.requirement("O2")
def test_a_click_on_a_price_prepares_the_order(ticket: Ticket, desk: Desk) -> None:
    code = code_of(desk, OTHER_CALL)
    ticket.seed(code, Side.BUY, 935)
    assert (ticket.draft.contract_code, ticket.draft.instruction, ticket.draft.price_text) == (code, BUY, "0.0935")
    ticket.seed(code, Side.SELL, 925)
    assert (ticket.draft.instruction, ticket.draft.price_text) == (SELL, "0.0925")


@pytest.mark.requirement("O2")
def test_a_click_on_a_bid_sells_what_is_held_and_opens_elsewhere(ticket: Ticket, desk: Desk) -> None:
    account(desk, hold(desk, PositionSide.LONG, 5))
    held, other = code_of(desk), code_of(desk, OTHER_CALL)
    for code, instruction in ((held, CLOSE), (other, SELL), (held, CLOSE)):
        ticket.seed(code, Side.SELL, 501)
        assert ticket.draft.instruction is instruction
    account(desk)
    ticket.seed(held, Side.SELL, 501)
    assert ticket.draft.instruction is SELL


@pytest.mark.requirement("O2")
def test_an_instruction_chosen_by_hand_stays_where_it_fits(ticket: Ticket, desk: Desk) -> None:
    account(desk, hold(desk, PositionSide.LONG, 5), hold(desk, PositionSide.SHORT, 5))
    held, other = code_of(desk), code_of(desk, OTHER_CALL)
    click(ticket.instruction_button(COVERED))
    ticket.seed(held, Side.SELL, 501)
    assert ticket.draft.instruction is COVERED
    click(ticket.instruction_button(Instruction.BUY_CLOSE))
    ticket.seed(held, Side.BUY, 511)
    assert ticket.draft.instruction is Instruction.BUY_CLOSE
    # Nothing to close there, and the choice is forgotten
    ticket.seed(other, Side.BUY, 935)
    assert ticket.draft.instruction is BUY
    ticket.seed(held, Side.BUY, 511)
    assert ticket.draft.instruction is BUY
    # So is one that a click on the other side replaced
    click(ticket.instruction_button(COVERED))
    for code, side, instruction in ((held, Side.BUY, BUY), (other, Side.SELL, SELL), (held, Side.SELL, CLOSE)):
        ticket.seed(code, side, 501)
        assert ticket.draft.instruction is instruction


def test_a_click_seeds_a_limit_order_also_after_a_market_order(ticket: Ticket, desk: Desk) -> None:
    for before, after in (
        (OrderType.MARKET_IOC, OrderType.LIMIT),
        (OrderType.LIMIT_FOK, OrderType.LIMIT_FOK),
    ):
        click(ticket.order_type_button(before))
        ticket.seed(code_of(desk), Side.SELL, 501)
        assert ticket.draft.order_type is after


def test_a_click_on_an_empty_side_never_keeps_another_contracts_price(ticket: Ticket, desk: Desk) -> None:
    type_in(ticket.price.line, "0.2999")
    ticket.seed(code_of(desk, OTHER_CALL), Side.SELL, 0)
    assert ticket.draft.price_text == f"{Decimal(desk.market.bids(code_of(desk, OTHER_CALL))[0].price).scaleb(-4):f}"


def test_another_contract_takes_its_price_and_keeps_the_size(ticket: Ticket, desk: Desk) -> None:
    ticket.set_quantity(7)
    ticket.show_contract(code_of(desk, PUT))
    assert ticket.title.text() == "50ETF Nov 2.50 Put"
    assert ticket.price.text == "0.0712"
    assert ticket.quantity.text == "7"
    type_in(ticket.price.line, "0.0700")
    ticket.show_contract(code_of(desk, PUT))
    assert ticket.price.text == "0.0700"


def test_a_contract_that_is_not_listed_cannot_be_traded(ticket: Ticket, started: Started) -> None:
    ticket.show_contract("19999999")
    type_in(ticket.price.line, "0.0500")
    assert ticket.title.text() == "No contract"
    assert ticket.note("contract") == "✕ This contract is not listed today (19999999)"
    ticket.price.step_by(1)
    click(ticket.share_button(1))
    ticket.press()
    assert not started.work


# ---- what comes back


@pytest.mark.fault("F80")
def test_an_order_that_the_desk_refused_is_told_of(ticket: Ticket, started: Started, desk: Desk, gateway: Any) -> None:
    desk.on_link(LinkState.DOWN, "cut")
    results: list[Order] = []
    ticket.sent.connect(results.append)
    click(ticket.send_button)
    started.finish()
    assert [(order.status, order.reason) for order in results] == [(OrderStatus.DENIED, Reason.NOT_CONNECTED)]
    assert submitted(gateway) == []
    assert ticket.result.text() == "50ETF Nov 2.50 Call: No line to the venue, or it is still recovering"
    click(ticket.reset_button)
    assert ticket.result.text() == "Type a price, or take one from the book"


@pytest.mark.fault("F56")
def test_a_full_disk_is_told_of_and_the_ticket_lives_on(
    ticket: Ticket, started: Started, journal: Any, gateway: Any
) -> None:
    journal.failure = JournalError("disk full")
    click(ticket.send_button)
    started.finish()
    assert submitted(gateway) == []
    assert "journal" in ticket.result.text()
    ticket.flush()
    # Nothing more may leave until the disk is back (F56), and the button says so
    assert not ticket.send_button.isEnabled()
    assert "journal" in ticket.send_button.toolTip()
    assert ticket.price.line.isEnabled()


@pytest.mark.fault("F01")
def test_without_a_line_the_send_button_is_grey_and_says_why(ticket: Ticket, desk: Desk) -> None:
    assert ticket.send_button.isEnabled()
    assert ticket.send_button.toolTip() == ""
    desk.on_link(LinkState.DOWN, "cut")
    ticket.flush()
    assert not ticket.send_button.isEnabled()
    assert "No line to the venue" in ticket.send_button.toolTip()


def test_an_error_inside_does_not_leave_the_button_shut(ticket: Ticket, started: Started, journal: Any) -> None:
    journal.failure = RuntimeError("unforeseen")
    click(ticket.send_button)
    with pytest.raises(RuntimeError, match="unforeseen"):
        started.finish()
    ticket.flush()
    assert ticket.send_button.isEnabled()


@pytest.mark.requirement("X12")
def test_the_language_changes_under_way(ticket: Ticket, languages: Languages, confirm: list[bool]) -> None:
    confirm[0] = True
    ticket.press()
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert ticket.title.text() == "50ETF购11月2500"
    assert ticket.send_button.text() == "再按一次发出： 买入开仓 1 张 · 511.00 元"
    assert ticket.instruction_button(SELL).text() == "卖出开仓\n可开 26"
    assert ticket.order_type_button(OrderType.LIMIT).text() == "限价"
    assert ticket.price_button("opposite").text() == "对手价"
    assert list(ticket.preview.figures()) == [
        "权利金", "费用", "占用保证金", "释放保证金", "最大亏损", "盈亏平衡", "可用资金",
    ]  # fmt: skip
    type_in(ticket.price.line, "x")
    assert ticket.note("price") == "✕ 不是有效价格，应如 0.0704（元）"


@pytest.mark.fault("F79")
def test_the_notional_amount_is_read_out_until_the_order_is_sent(
    ticket: Ticket, languages: Languages, confirm: list[bool]
) -> None:
    type_in(ticket.quantity.line, "20")
    assert ticket.result.text() == "Notional about four hundred ninety-six thousand yuan"
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert ticket.result.text() == "名义金额约四十九万六千元"
    type_in(ticket.quantity.line, "x")
    assert ticket.result.text() == ""
