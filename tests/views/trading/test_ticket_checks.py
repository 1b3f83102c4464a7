"""What speaks against an order stands beside its field, with the figures; no text opens the send button."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights, Tier
from terminal.domain.accounts import Holding, PositionSide
from terminal.domain.market_data import Column, pack_rows
from terminal.domain.messages import MarketDataBatch, PhaseChanged
from terminal.domain.orders import Instruction, OrderType
from terminal.domain.phases import Phase
from terminal.services.desk import Desk
from terminal.services.order_draft import DraftJudge, OrderDraft
from terminal.views.trading.ticket import Ticket
from terminal.views.translation import Languages
from tests.views.desk_rig import account_report
from tests.views.trading.ticket_rig import (
    CALL,
    NOW,
    PUT,
    MakeTicket,
    Started,
    account,
    change_contract,
    click,
    code_of,
    hold,
    set_quotes,
    type_in,
)

BUY, SELL, CLOSE = Instruction.BUY_OPEN, Instruction.SELL_OPEN, Instruction.SELL_CLOSE
COVERED = Instruction.COVERED_OPEN
LOCKED = Holding(underlying="510050", total=50_000, locked=30_000, covering=15_000)


# ---- checks beside their fields


def no_preparation(_desk: Desk) -> None:
    pass


def phase(phase: Phase) -> Callable[[Desk], None]:
    return lambda desk: desk.on_event(PhaseChanged(phase=phase, at=NOW, ends_at=None))


@pytest.mark.requirement("O2", "O5")
@pytest.mark.parametrize(
    ("prepare", "instruction", "order_type", "price", "quantity", "field", "words"),
    [
        (no_preparation, BUY, "LMT", "0.3001", "1", "price",
         "The price lies outside the day's limits (0.3001, allowed 0.0001-0.3000)"),
        (no_preparation, BUY, "LMT", "0.05105", "1", "price",
         "The price is not a multiple of the tick (0.05105, allowed 0.0001)"),
        (no_preparation, BUY, "LMT", "0.0511", "51", "quantity",
         "The quantity is outside what one order may have (51, allowed 1-50)"),
        (no_preparation, BUY, "IOC", "", "11", "quantity",
         "The quantity is outside what one order may have (11, allowed 1-10)"),
        (no_preparation, BUY, "LMT", "0.0511", "0", "quantity", "Not a whole number of contracts, at least 1"),
        # 10 lots: premium 5,110.00 and fees 30.00
        (lambda d: account(d, balance="5139.99"), BUY, "LMT", "0.0511", "10", "quantity",
         "Not enough funds (needed 5,140.00, available 5,139.99)"),
        # margin 3200.00 times 1.2, and 1.40 to the broker
        (lambda d: account(d, balance="3841.39"), SELL, "LMT", "0.0501", "1", "quantity",
         "Not enough funds (needed 3,841.40, available 3,841.39)"),
        (lambda d: account(d, hold(d, PositionSide.LONG, 5, 3)), CLOSE, "LMT", "0.0501", "3", "quantity",
         "Not enough position to close (needed 3, available 2)"),
        (lambda d: account(d, holdings=(LOCKED,)), COVERED, "LMT", "0.0501", "2", "quantity",
         "Not enough locked shares to cover (needed 20,000, available 15,000)"),
        (phase(Phase.LUNCH), BUY, "LMT", "0.0511", "1", "contract",
         "No orders are taken in this trading phase (Lunch break)"),
        (phase(Phase.CLOSING_AUCTION), BUY, "IOC", "", "1", "order_type",
         "This order type is not taken in this trading phase (Market IOC, phase Closing auction)"),
        (lambda d: change_contract(d, suspended=True), BUY, "LMT", "0.0511", "1", "contract",
         "The contract is suspended (10000005)"),
        (lambda d: change_contract(d, opening_restricted=True), SELL, "LMT", "0.0511", "1", "instruction",
         "Opening is restricted; closing and covered opening are allowed (Sell open, allowed Covered open)"),
    ],
    ids=["limits", "tick", "most", "market most", "none", "funds", "margin", "position", "covered", "phase",
         "auction", "suspended", "restricted"],
)  # fmt: skip
def test_a_failing_check_stands_beside_its_field_and_shuts_the_button(
    ticket: Ticket,
    desk: Desk,
    started: Started,
    prepare: Callable[[Desk], None],
    instruction: Instruction,
    order_type: str,
    price: str,
    quantity: str,
    field: str,
    words: str,
) -> None:
    prepare(desk)
    click(ticket.instruction_button(instruction))
    click(ticket.order_type_button(OrderType(order_type)))
    if price:
        type_in(ticket.price.line, price)
    type_in(ticket.quantity.line, quantity)
    ticket.flush()
    assert ticket.note(field) == f"✕ {words}"
    assert not ticket.send_button.isEnabled()
    ticket.press()
    assert not started.work


@pytest.mark.requirement("O2")
def test_a_put_cannot_be_covered(ticket: Ticket, desk: Desk) -> None:
    account(desk, holdings=(LOCKED,))
    ticket.show_contract(code_of(desk, PUT))
    click(ticket.instruction_button(COVERED))
    assert ticket.note("instruction") == "✕ Only calls can be covered with shares (Covered open, allowed Call)"
    assert not ticket.send_button.isEnabled()


@pytest.mark.fault("F45", "F79")
@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Decimal("5109.99"), "limit 5,109.99"),
        (Decimal(0), "limit 0.00"),
        (Decimal("NaN"), "limit 0.00"),
        (None, "limit 0.00"),
    ],
)
def test_an_order_above_the_value_limit_stays_here(
    make_ticket: MakeTicket, desk: Desk, limit: Decimal | None, words: str
) -> None:
    ticket = make_ticket(limit)
    ticket.show_contract(code_of(desk))
    ticket.set_quantity(10)
    assert words in ticket.note("quantity")
    assert "5,110.00" in ticket.note("quantity")
    assert not ticket.send_button.isEnabled()


@pytest.mark.fault("F79")
def test_the_button_says_what_the_order_is_worth(ticket: Ticket) -> None:
    ticket.set_quantity(50)
    assert ticket.send_button.text() == "Buy open 50 lots · 25,550.00 yuan"


def test_an_empty_ticket_is_no_mistake_yet(make_ticket: MakeTicket) -> None:
    ticket = make_ticket()
    assert ticket.title.text() == "No contract"
    assert not any(ticket.note(field) for field in ("contract", "price", "quantity", "account"))
    assert not ticket.send_button.isEnabled()


@pytest.mark.requirement("X12")
def test_a_price_that_nobody_gave_is_asked_for_and_is_no_mistake(ticket: Ticket, languages: Languages) -> None:
    click(ticket.reset_button)
    assert (ticket.draft.price_text, ticket.note("price")) == ("", "")
    assert not ticket.send_button.isEnabled()
    assert ticket.result.text() == "Type a price, or take one from the book"
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents()
    assert ticket.result.text() == "请填价格，或从盘口取价"
    click(ticket.order_type_button(OrderType.MARKET_IOC))
    assert ticket.result.text().startswith("名义金额")


def test_the_notes_follow_the_market(ticket: Ticket, desk: Desk) -> None:
    assert ticket.send_button.isEnabled()
    phase(Phase.LUNCH)(desk)
    # The contract's own phase stands in its row
    set_quotes(desk, CALL, phase=ord(Phase.BREAKER))
    click(ticket.order_type_button(OrderType.MARKET_IOC))
    assert ticket.note("order_type")
    set_quotes(desk, CALL, phase=ord(Phase.CONTINUOUS))
    ticket.flush()
    assert not ticket.note("order_type")


@pytest.fixture
def seconds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The desk's clock of seconds, for a test to set."""
    now = [desk.monotonic()]
    monkeypatch.setattr(desk, "monotonic", lambda: now[0])
    return now


def test_moneyness_follows_the_underlying(ticket: Ticket, desk: Desk, seconds: list[float]) -> None:
    assert ticket.terms.text() == "10000005  out of the money 0.8%"  # 2.50 against 2.48
    row = desk.market.quotes[desk.market.row_of["510050"]].copy()
    row[Column.LAST] = 26_000
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(np.array([row], np.int64))))
    ticket.flush()
    # An eye reads two figures a second
    assert ticket.terms.text() == "10000005  out of the money 0.8%"
    seconds[0] += 0.5
    ticket.flush()
    assert ticket.terms.text() == "10000005  in the money 3.8%"


def test_a_move_of_the_underlying_alone_shows_anew_what_rests_on_it_and_no_more(
    ticket: Ticket, desk: Desk, seconds: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[OrderDraft] = []
    largest = DraftJudge.largest_quantity

    def counted(judge: DraftJudge, draft: OrderDraft) -> int | None:
        asked.append(draft)
        return largest(judge, draft)

    monkeypatch.setattr(DraftJudge, "largest_quantity", counted)
    notional = ticket.result.text()
    row = desk.market.quotes[desk.market.row_of["510050"]].copy()
    row[Column.LAST] = 26_000
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(np.array([row], np.int64))))
    seconds[0] += 0.5
    ticket.flush()
    assert ticket.terms.text() == "10000005  in the money 3.8%"
    assert ticket.result.text() != notional
    assert not asked
    ticket.set_quantity(2)
    assert asked


@pytest.mark.requirement("O5")
def test_a_market_order_is_told_by_the_book_as_it_moves_and_stays_armed(
    ticket: Ticket, desk: Desk, seconds: list[float], confirm: list[bool]
) -> None:
    confirm[0] = True
    click(ticket.order_type_button(OrderType.MARKET_IOC))
    ticket.set_quantity(1)
    ticket.press()
    assert ticket.is_armed
    assert ticket.send_button.text().endswith("Buy open 1 lot · ≈ 511.00 yuan")
    row = desk.market.quotes[desk.market.row_of[code_of(desk)]].copy()
    row[Column.ASK_PRICE] = 520
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(np.array([row], np.int64))))
    ticket.flush()
    assert "511.00" in ticket.send_button.text()
    seconds[0] += 0.5
    ticket.flush()
    assert ticket.send_button.text().endswith("Buy open 1 lot · ≈ 520.00 yuan")
    assert ticket.preview.figures()["Premium"] == "≈ −520.00"
    # What is sent is the same order
    assert ticket.is_armed


# ---- hostile input

BAD_PRICES = [
    "nan", "sNaN", "inf", "-inf", "1e9", "1e999999999", "-0.05", "0x10", "1_000", "０.０５１１", "零点零五", "٠٫٠٥",
    "0.05‮11", "0.0511​", "0\x00.05", "<b>1</b>", "&price", "0", "0.0000", "..", ".", "5" * 10_000,
]  # fmt: skip
BAD_SIZES = [
    "nan", "inf", "1e9", "-1", "0", "1.0", "1,000", "１０", "十", "²", "٣", "1 0", "9" * 10_000, "10000000000", "+1",
    "\x001", "1​", "<b>1</b>",
]  # fmt: skip


@pytest.mark.fault("F39", "F46")
@pytest.mark.parametrize("text", BAD_PRICES, ids=lambda text: ascii(text)[:20])
def test_no_text_for_a_price_raises_or_is_sent(ticket: Ticket, started: Started, text: str) -> None:
    type_in(ticket.price.line, text)
    assert not ticket.send_button.isEnabled()
    assert ticket.note("price") or ticket.note("quantity")
    assert len(ticket.note("price")) < 120
    QTest.keyClick(ticket.price.line, Qt.Key.Key_Return)
    for name in ("opposite", "own", "last"):
        type_in(ticket.price.line, text)
        click(ticket.price_button(name))
        assert ticket.send_button.isEnabled()
    type_in(ticket.price.line, text)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        QTest.keyClick(ticket.price.line, key)
    for share in (4, 2, 1):
        click(ticket.share_button(share))
    assert not started.work


@pytest.mark.fault("F39", "F46")
@pytest.mark.parametrize("text", BAD_SIZES, ids=lambda text: ascii(text)[:20])
def test_no_text_for_a_size_raises_or_is_sent(ticket: Ticket, started: Started, text: str) -> None:
    type_in(ticket.quantity.line, text)
    assert not ticket.send_button.isEnabled()
    assert ticket.note("quantity")
    assert len(ticket.note("quantity")) < 120
    QTest.keyClick(ticket.quantity.line, Qt.Key.Key_Return)
    assert not started.work
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(ticket.quantity.line, key)
    assert not started.work


@pytest.mark.fault("F46")
def test_markup_is_shown_as_it_is(ticket: Ticket, desk: Desk) -> None:
    change_contract(desk, code="1000000<b>", name="<b>name</b>")
    ticket.show_contract("1000000<b>")
    for label in (ticket.title, ticket.terms, ticket.result):
        assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.requirement("M2", "O1")
def test_what_the_account_may_not_do_is_grey_and_says_why(ticket: Ticket, desk: Desk) -> None:
    rights = AccountRights(kind=AccountKind.INDIVIDUAL, tier=Tier.TWO)
    desk.on_event(account_report(profile=AccountProfile(rights=rights)))
    ticket.flush()
    grey = {i for i in Instruction if not ticket.instruction_button(i).isEnabled()}
    assert grey == {Instruction.SELL_OPEN}
    button = ticket.instruction_button(Instruction.SELL_OPEN)
    assert button.toolTip().startswith("The account's trading level does not allow this instruction")
    assert button.text().endswith("–")
    desk.on_event(account_report())
    ticket.flush()
    assert button.isEnabled()
    assert button.toolTip() == ""
