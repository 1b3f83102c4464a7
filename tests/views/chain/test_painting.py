"""What cells look like, which of them a frame paints, and that nothing else is painted."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from terminal.domain.accounts import Position, PositionSide
from terminal.domain.contracts import Right
from terminal.domain.orders import Side
from terminal.domain.phases import Phase
from terminal.services.desk import Desk
from terminal.views.chain.figures import SpotLine
from terminal.views.chain.spot_row import SpotRow
from terminal.views.chain.style import (
    BAR_MASK,
    CALL_LAMP_SHIFT,
    FLASH_MASK,
    FLASH_SHIFT,
    INK_MASK,
    PUT_LAMP_SHIFT,
    Ink,
    Lamp,
    Mark,
)
from terminal.views.theme import Appearance, ColourMode, ColourPack, ThemeName
from terminal.views.translation import Languages
from tests.views.chain.stage import Seen, near, reopen
from tests.views.desk_rig import HandClock, account_report

SPOT = "510050"


def ink(style: int) -> Ink:
    """The ink of a style."""
    return Ink(style & INK_MASK)


def call_lamp(seen: Seen, strike: str) -> Lamp:
    """The lamp of a call."""
    return Lamp((seen.lamps(strike) >> CALL_LAMP_SHIFT) & 0xF)


def settled(seen: Seen, monotonic: HandClock) -> None:
    """Let flashes fade."""
    seen.panel.flush()
    monotonic.seconds += 0.6
    seen.panel.flush()
    seen.view.viewport().repaint()


# ---- which cells a frame paints


@pytest.mark.requirement("T1")
def test_a_frame_paints_only_what_differs(seen: Seen, monotonic: HandClock) -> None:
    settled(seen, monotonic)
    seen.panel.flush()
    assert seen.view.painted_cells == 0
    put = seen.contract(Right.PUT, "2.60")
    size = seen.desk.market.quotes[seen.desk.market.row_of[put.code]].copy()
    seen.quote(put, bid_quantity=int(size[17]) + 400)
    seen.panel.flush()
    assert seen.view.painted_cells == 1


def test_a_tick_of_another_underlying_paints_nothing(seen: Seen, monotonic: HandClock) -> None:
    settled(seen, monotonic)
    other = next(c for c in seen.desk.market.contracts if c.underlying == "510300")
    seen.quote(other, bid_price=1, last=5)
    seen.panel.flush()
    assert seen.view.painted_cells == 0


def test_what_is_painted_in_steps_equals_a_whole_repaint(seen: Seen, monotonic: HandClock) -> None:
    for step in range(1, 6):
        for strike in ("2.40", "2.50", "2.60"):
            seen.quote(seen.contract(Right.CALL, strike), bid_price=300 + step, bid_quantity=step * 20, last=302)
        seen.quote(SPOT, last=24_800 + 10 * step, bid_price=24_790 + 10 * step)
        settled(seen, monotonic)
    in_steps = seen.view.viewport().grab().toImage()
    seen.view.repaint_later()
    assert seen.view.viewport().grab().toImage() == in_steps


def test_nothing_is_computed_for_a_hidden_chain(seen: Seen) -> None:
    seen.panel.hide()
    revision = seen.panel._valuation.revision
    seen.quote(SPOT, last=24_900)
    assert seen.panel._valuation.revision == revision


# ---- colours


@pytest.mark.requirement("T1", "X12")
def test_a_price_above_the_settlement_is_red_and_below_green(seen: Seen, appearance: Appearance) -> None:
    call, put = seen.contract(Right.CALL, "2.60"), seen.contract(Right.PUT, "2.40")
    seen.quote(call, bid_price=int(call.previous_settlement * 10_000) + 30, ask_price=900)
    seen.quote(put, bid_price=int(put.previous_settlement * 10_000) - 30)
    seen.panel.flush()
    seen.view.repaint_later()
    assert near(seen.colours(call, "bid"), appearance.up) > 10
    assert near(seen.colours(call, "bid"), appearance.down) == 0
    assert near(seen.colours(put, "bid"), appearance.down) > 10
    appearance.set_pack(ColourPack.WEST)
    assert near(seen.colours(call, "bid"), appearance.theme.down) > 10


@pytest.mark.requirement("X12")
def test_by_side_the_side_gives_the_colour(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    appearance.set_mode(ColourMode.BY_SIDE)
    seen.panel.flush()
    assert ink(seen.style(call, "bid")) is Ink.BID
    assert ink(seen.style(call, "ask")) is Ink.ASK
    assert ink(seen.style(call, "last")) in (Ink.UP, Ink.DOWN, Ink.FLAT)
    assert near(seen.colours(call, "bid"), appearance.bid_cell, 6) > 100
    assert near(seen.colours(call, "ask"), appearance.ask_cell, 6) > 100


@pytest.mark.requirement("X12")
def test_another_theme_repaints_everything(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    assert near(seen.colours(call, "ask_iv"), appearance.theme.panel, 6) > 100
    appearance.set_theme(ThemeName.LIGHT)
    assert near(seen.colours(call, "ask_iv"), appearance.theme.panel, 6) > 100


@pytest.mark.requirement("T1")
def test_grounds_tell_in_and_at_the_money(seen: Seen, appearance: Appearance) -> None:
    call, put = seen.contract(Right.CALL, "2.40"), seen.contract(Right.PUT, "2.60")
    for contract in (call, put):
        assert seen.style(contract, "ask_iv") & Mark.IN_THE_MONEY
        assert near(seen.colours(contract, "ask_iv"), appearance.theme.itm_tint, 6) > 100
    assert not seen.style(seen.contract(Right.PUT, "2.40"), "ask_iv") & Mark.IN_THE_MONEY
    assert seen.style(seen.contract(Right.PUT, "2.50"), "ask_iv") & Mark.AT_THE_MONEY
    box = near(_spot_box(seen), appearance.theme.spot, 6)
    assert box > 300


def _spot_box(seen: Seen) -> list[QColor]:
    chain = seen.view.chain
    column = chain.column_of(None, "strike")
    assert column is not None
    image = seen.view.viewport().grab().toImage()
    area = seen.view.visualRect(chain.index(chain.spot_row, column))
    return [image.pixelColor(x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom())]


# ---- states


@pytest.mark.fault("F28")
def test_one_sided_book_shows_a_dash_and_a_half_lamp(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, bid_price=0, bid_quantity=0)
    seen.panel.flush()
    assert seen.text(call, "bid") == "–"
    assert ink(seen.style(call, "bid")) is Ink.DIM
    assert call_lamp(seen, "2.60") is Lamp.ONE_SIDED
    seen.quote(call, ask_price=0, ask_quantity=0)
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.EMPTY


@pytest.mark.fault("F27")
@pytest.mark.parametrize("ask", [500, 490])
def test_locked_and_crossed_books_are_hatched(seen: Seen, appearance: Appearance, ask: int) -> None:
    call = seen.contract(Right.CALL, "2.60")
    plain = seen.colours(call, "bid")
    seen.quote(call, bid_price=500, ask_price=ask)
    seen.panel.flush()
    assert seen.style(call, "bid") & Mark.HATCH
    assert seen.text(call, "ask_iv") == "–"
    assert call_lamp(seen, "2.60") is Lamp.INVERTED
    assert seen.colours(call, "bid") != plain


@pytest.mark.fault("F34")
def test_breaker_halt_and_resumption(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, phase=ord(Phase.BREAKER))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.BREAKER
    assert seen.style(call, "bid") & Mark.HATCH
    seen.quote(call, phase=ord(Phase.HALTED))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.HALTED
    assert ink(seen.style(call, "bid")) is Ink.DIM
    seen.quote(call, phase=ord(Phase.CONTINUOUS))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.LIVE


@pytest.mark.fault("F34")
def test_a_halted_underlying_halts_its_whole_chain(seen: Seen) -> None:
    seen.quote(SPOT, phase=ord(Phase.HALTED))
    seen.panel.flush()
    lamps = {Lamp((seen.lamps(strike) >> shift) & 0xF) for strike in ("2.40", "2.60") for shift in (24, 28)}
    assert lamps == {Lamp.HALTED}


@pytest.mark.fault("F34")
def test_limits_are_marked_by_place_not_only_by_colour(seen: Seen) -> None:
    call, put = seen.contract(Right.CALL, "2.60"), seen.contract(Right.PUT, "2.40")
    seen.quote(call, bid_price=int(call.limit_up * 10_000), ask_price=0, ask_quantity=0)
    seen.quote(put, ask_price=int(put.limit_down * 10_000), bid_price=0, bid_quantity=0)
    seen.panel.flush()
    assert seen.style(call, "bid") & Mark.LIMIT_UP
    assert call_lamp(seen, "2.60") is Lamp.LIMIT_UP
    assert seen.style(put, "ask") & Mark.LIMIT_DOWN
    assert Lamp((seen.lamps("2.40") >> PUT_LAMP_SHIFT) & 0xF) is Lamp.LIMIT_DOWN


@pytest.mark.fault("F34")
def test_in_an_auction_the_indicative_price_stands_on_both_sides(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(
        call, phase=ord(Phase.OPENING_AUCTION), bid_price=0, bid_quantity=0, ask_price=0, ask_quantity=0,
        auction_price=480, auction_quantity=12,
    )  # fmt: skip
    seen.panel.flush()
    assert seen.text(call, "bid") == seen.text(call, "ask") == "0.0480"
    assert seen.text(call, "ask_quantity") == "12"
    assert ink(seen.style(call, "bid")) is Ink.WARN
    assert seen.text(call, "ask_iv") == "–"


@pytest.mark.fault("F34")
def test_a_suspended_contract_is_halted(seen: Seen, desk: Desk) -> None:
    call = seen.contract(Right.CALL, "2.60")
    reopen(desk, tuple(replace(c, suspended=True) if c == call else c for c in desk.market.contracts))
    seen.panel.flush()
    assert call_lamp(seen, "2.60") is Lamp.HALTED


@pytest.mark.fault("F26")
def test_a_quote_that_stands_still_while_the_underlying_moves_is_stale(seen: Seen, monotonic: HandClock) -> None:
    frozen, live = seen.contract(Right.CALL, "2.50"), seen.contract(Right.CALL, "2.55")
    monotonic.seconds += 2.9
    seen.quote(SPOT, bid_price=24_801)
    seen.panel.flush()
    assert not seen.style(frozen, "bid") & Mark.STALE
    seen.quote(live, bid_quantity=33)
    monotonic.seconds += 0.6
    seen.panel.flush()
    assert seen.style(frozen, "bid") & Mark.STALE
    assert not seen.style(live, "bid") & Mark.STALE
    seen.quote(frozen, bid_quantity=34)
    seen.panel.flush()
    assert not seen.style(frozen, "bid") & Mark.STALE


@pytest.mark.fault("F26")
def test_without_a_move_of_the_underlying_nothing_is_stale(seen: Seen, monotonic: HandClock) -> None:
    monotonic.seconds += 60
    seen.panel.flush()
    assert not seen.style(seen.contract(Right.CALL, "2.50"), "bid") & Mark.STALE


def test_a_moved_price_flashes_and_fades(seen: Seen, monotonic: HandClock, appearance: Appearance) -> None:
    settled(seen, monotonic)
    call = seen.contract(Right.CALL, "2.60")
    bid = int(seen.desk.market.quotes[seen.desk.market.row_of[call.code]][12])
    seen.quote(call, bid_price=bid + 2)
    levels = []
    for _ in range(6):
        seen.panel.flush()
        levels.append((seen.style(call, "bid") & FLASH_MASK) >> FLASH_SHIFT)
        monotonic.seconds += 0.0501
    assert levels == [2, 2, 2, 1, 1, 0]
    seen.quote(call, bid_price=bid + 1)
    seen.panel.flush()
    assert seen.style(call, "bid") & Mark.FLASH_DOWN


def test_a_price_that_moves_every_frame_flashes_at_most_eight_times_a_second(seen: Seen, monotonic: HandClock) -> None:
    settled(seen, monotonic)
    call = seen.contract(Right.CALL, "2.60")
    starts, before = 0, 0.0
    for frame in range(20):
        seen.quote(call, bid_price=400 + frame)
        seen.panel.flush()
        row, column = seen.cell(call, "bid")
        position = seen.view.chain.line_of_row(row)
        assert position is not None
        started = float(seen.view._flashes._started[position, column])
        starts += started != before
        before = started
        monotonic.seconds += 0.05
    assert starts <= 8


def test_new_quotes_after_a_dash_do_not_flash(seen: Seen, monotonic: HandClock) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, bid_price=0, bid_quantity=0)
    settled(seen, monotonic)
    seen.quote(call, bid_price=470, bid_quantity=3)
    seen.panel.flush()
    assert not seen.style(call, "bid") & FLASH_MASK


# ---- what is mine


@pytest.mark.requirement("T1")
def test_my_orders_at_the_touch_and_behind(seen: Seen, appearance: Appearance) -> None:
    call = seen.contract(Right.CALL, "2.60")
    seen.quote(call, bid_price=500, ask_price=510)
    seen.work(call, Side.BUY, 500, 10)
    seen.work(call, Side.SELL, 513, 7)
    seen.work(call, Side.SELL, 513, 5)
    seen.work(call, Side.SELL, 520, 99)
    seen.panel.flush()
    assert seen.text(call, "my_bid") == "10 × 0.0500"
    assert seen.text(call, "my_ask") == "0.0513 × 12"
    assert seen.style(call, "my_bid") & Mark.OWN_TOUCH
    assert seen.style(call, "my_ask") & Mark.OWN_BEHIND
    assert near(seen.colours(call, "my_bid"), appearance.theme.own_fill, 6) > 300
    assert near(seen.colours(call, "my_ask"), appearance.theme.own_fill, 6) == 0
    assert ink(seen.style(seen.contract(Right.PUT, "2.60"), "my_bid")) is Ink.FAINT


@pytest.mark.requirement("T1")
def test_position_is_net_and_covered_is_marked(seen: Seen, appearance: Appearance) -> None:
    call, put = seen.contract(Right.CALL, "2.60"), seen.contract(Right.PUT, "2.40")
    seen.desk.on_event(
        account_report(
            Position(contract_code=call.code, side=PositionSide.LONG, quantity=5),
            Position(contract_code=call.code, side=PositionSide.COVERED, quantity=8),
            Position(contract_code=put.code, side=PositionSide.SHORT, quantity=3),
        )
    )
    seen.panel.flush()
    assert seen.text(call, "position") == "−3c"
    assert seen.text(put, "position") == "−3"
    assert ink(seen.style(put, "position")) is Ink.POSITION
    assert seen.text(seen.contract(Right.PUT, "2.60"), "position") == "–"


def test_depth_bar_grows_with_the_logarithm_of_the_size(seen: Seen) -> None:
    call = seen.contract(Right.CALL, "2.60")
    bars = []
    for size in (1, 10, 100, 1000, 10_000):
        seen.quote(call, bid_quantity=size)
        seen.panel.flush()
        bars.append((seen.style(call, "bid_quantity") & BAR_MASK) >> 16)
    assert bars == sorted(bars)
    assert bars[-1] == bars[-2] == 20
    steps = [b - a for a, b in pairwise(bars[:4])]
    assert max(steps) - min(steps) <= 2


# ---- language


@pytest.mark.requirement("X12")
def test_another_language_reaches_header_cells_and_buttons(seen: Seen, languages: Languages) -> None:
    chain = seen.view.chain
    number = seen.cell(seen.contract(Right.CALL, "2.60"), "bid")[1]
    assert chain.headerData(number, Qt.Orientation.Horizontal) == "Bid\nCNY"
    before = seen.view.head.grab().toImage()
    languages.use("zh_CN")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    QApplication.processEvents()
    assert chain.headerData(number, Qt.Orientation.Horizontal) == "买价\n元"
    assert chain.language == "zh_CN"
    assert seen.view.head.grab().toImage() != before
    assert seen.view.accessibleName() == "期权 T 型报价"
    assert [t.title for t in seen.panel.expiries.tabs] == ["11月", "12月"]


def test_labels_of_the_spot_row_are_written_once(seen: Seen, appearance: Appearance) -> None:
    row, picture = SpotRow(appearance), QPixmap(1_000, 24)
    row.paint(painter := QPainter(picture), _spot_line(24_800), QRect(0, 0, 1_000, 24), QRect(460, 0, 80, 24))
    written = dict(row._labels)
    row.paint(painter, _spot_line(24_810), QRect(0, 0, 1_000, 24), QRect(460, 0, 80, 24))
    painter.end()
    assert len(written) >= 8
    assert all(row._labels[text] is known for text, known in written.items())
    assert len(row._labels) == len(written)


def test_what_has_no_room_beside_the_spot_is_left_out(appearance: Appearance) -> None:
    def inks(width: int) -> int:
        picture = QPixmap(width, 24)
        painter = QPainter(picture)
        strike = QRect(width // 2 - 40, 0, 80, 24)
        SpotRow(appearance).paint(painter, _spot_line(24_800), QRect(0, 0, width, 24), strike)
        painter.end()
        image = picture.toImage()
        # Above and below run the lines of the row
        return sum(
            image.pixelColor(x, y) != appearance.theme.raised
            for x in range(width)
            for y in range(2, 21)
            if not strike.contains(x, y)
        )

    assert inks(100) == 0
    assert 0 < inks(300) < inks(1_400)


def _spot_line(price: int) -> SpotLine:
    return SpotLine(price, 24_700, 24_600, 24_900, 24_850, 5, 2_345)
