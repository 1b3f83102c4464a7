"""Depth and tape: painted from the newest row, repainted only when it changes, a click seeds an order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract
from terminal.domain.market_data import COLUMN_COUNT, DEPTH, Column, pack_rows
from terminal.domain.messages import MarketDataBatch, OrderReport, PhaseChanged, QuoteReport, TradeBatch, TradePrint
from terminal.domain.orders import ExecType, Instruction, OrderType, Side
from terminal.domain.phases import Phase
from terminal.domain.quotes import QuoteStatus
from terminal.services.desk import Desk
from terminal.views.appearance import Appearance
from terminal.views.theme import ColourMode
from terminal.views.trading.depth import DepthPanel
from terminal.views.trading.tape import TapePanel
from terminal.views.translation import Languages

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)


class PaintCounter(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def contract(desk: Desk) -> Contract:
    return desk.market.contracts[4]


@pytest.fixture
def depth(qtbot: QtBot, desk: Desk, appearance: Appearance, contract: Contract) -> Iterator[DepthPanel]:
    panel = DepthPanel(desk, appearance)
    qtbot.addWidget(panel)
    panel.resize(300, panel.sizeHint().height())
    panel.show_contract(contract.code)
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    panel.close()


@pytest.fixture
def paints(qtbot: QtBot, depth: DepthPanel) -> PaintCounter:
    counter = PaintCounter(depth)
    qtbot.wait(1)
    counter.count = 0
    return counter


def quote(desk: Desk, code: str, *, bid: int = 0, ask: int = 0, last: int = 0, levels: int = DEPTH) -> None:
    row = np.zeros((1, COLUMN_COUNT), np.int64)
    row[0, Column.INSTRUMENT] = desk.market.row_of[code]
    row[0, Column.LAST] = last
    for level in range(levels):
        if bid:
            row[0, Column.BID_PRICE + level], row[0, Column.BID_QUANTITY + level] = bid - level, 10
        if ask:
            row[0, Column.ASK_PRICE + level], row[0, Column.ASK_QUANTITY + level] = ask + level, 20
    desk.on_event(MarketDataBatch(at=NOW, rows=pack_rows(row)))


def acknowledge(desk: Desk, code: str, price: Decimal, quantity: int, sequence: int = 1) -> None:
    desk.on_event(
        OrderReport(
            sequence=sequence,
            report_id=f"R{sequence}",
            account_id="A-1",
            client_order_id=f"D1-261109-{sequence:06d}",
            exchange_order_id="X1",
            exec_type=ExecType.ACKNOWLEDGED,
            contract_code=code,
            instruction=Instruction.BUY_OPEN,
            order_type=OrderType.LIMIT,
            quantity=quantity,
            price=price,
            at=NOW,
            trading_day=NOW.date(),
        )
    )


def live_quote(
    code: str, sequence: int, bid_quantity: int, ask_quantity: int, status: QuoteStatus = QuoteStatus.LIVE
) -> QuoteReport:
    return QuoteReport(
        sequence=sequence,
        quote_id="D1-261109-Q0000001",
        contract_code=code,
        status=status,
        bid_order="Q1-B",
        ask_order="Q1-S",
        bid_price=Decimal("0.0500"),
        bid_quantity=bid_quantity,
        ask_price=Decimal("0.0520"),
        ask_quantity=ask_quantity,
        at=NOW,
        trading_day=NOW.date(),
    )


def click(panel: DepthPanel, button: Qt.MouseButton, at: QPoint) -> None:
    QTest.mouseClick(panel, button, Qt.KeyboardModifier.NoModifier, at)


def height_of(panel: DepthPanel, side: Side, number: int) -> int:
    """Where a level stands: found as a user would, by looking from the top."""
    seen: list[int] = []
    previous = None
    for y in range(panel.height()):
        hit = panel.level_at(y)
        if hit is not None and hit[0] is side and hit[1] != previous:
            seen.append(y + 3)
        previous = hit[1] if hit is not None else None
    return (seen[::-1] if side is Side.SELL else seen)[number]


def test_an_ask_seeds_a_buy_and_a_bid_a_sell(qtbot: QtBot, desk: Desk, depth: DepthPanel, contract: Contract) -> None:
    quote(desk, contract.code, bid=500, ask=510, last=505)
    depth.flush()
    chosen: list[tuple[str, Side, int]] = []
    depth.price_chosen.connect(lambda *seed: chosen.append(seed))
    for side, number in ((Side.SELL, 0), (Side.SELL, 4), (Side.BUY, 0), (Side.BUY, 2)):
        QTest.mouseClick(
            depth,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(100, height_of(depth, side, number)),
        )
    assert chosen == [
        (contract.code, Side.BUY, 510),
        (contract.code, Side.BUY, 514),
        (contract.code, Side.SELL, 500),
        (contract.code, Side.SELL, 498),
    ]


def test_a_click_beside_the_levels_or_on_a_missing_one_seeds_nothing(
    qtbot: QtBot, desk: Desk, depth: DepthPanel, contract: Contract
) -> None:
    quote(desk, contract.code, bid=500, ask=510, levels=2)
    depth.flush()
    below = height_of(depth, Side.BUY, 1) + 19
    with qtbot.assertNotEmitted(depth.price_chosen):
        for y in (5, below, depth.height() - 2):
            click(depth, Qt.MouseButton.LeftButton, QPoint(100, y))
        QTest.mouseClick(
            depth,
            Qt.MouseButton.RightButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(100, height_of(depth, Side.BUY, 0)),
        )


def test_only_a_change_of_its_own_row_repaints(
    qtbot: QtBot, desk: Desk, depth: DepthPanel, contract: Contract, paints: PaintCounter
) -> None:
    quote(desk, desk.market.contracts[9].code, bid=700, ask=710)
    depth.flush()
    qtbot.wait(1)
    assert paints.count == 0
    quote(desk, contract.code, bid=501, ask=511)
    depth.flush()
    qtbot.wait(1)
    assert paints.count == 1
    quote(desk, contract.code, bid=501, ask=511)
    depth.flush()
    qtbot.wait(1)
    assert paints.count == 1


def test_own_orders_stand_at_their_price_and_repaint(
    qtbot: QtBot, desk: Desk, depth: DepthPanel, contract: Contract, paints: PaintCounter
) -> None:
    acknowledge(desk, desk.market.contracts[9].code, Decimal("0.0500"), 9, 1)
    depth.flush()
    qtbot.wait(1)
    assert paints.count == 0
    acknowledge(desk, contract.code, Decimal("0.0500"), 10, 2)
    acknowledge(desk, contract.code, Decimal("0.0500"), 4, 3)
    depth.flush()
    qtbot.wait(1)
    assert paints.count == 1
    assert depth.own_quantity(Side.BUY, 500) == 14
    assert depth.own_quantity(Side.SELL, 500) == 0


@pytest.mark.requirement("M3")
def test_own_quotes_stand_at_their_prices_beside_orders(desk: Desk, depth: DepthPanel, contract: Contract) -> None:
    acknowledge(desk, contract.code, Decimal("0.0500"), 4, 1)
    desk.on_event(live_quote(contract.code, 2, 10, 6))
    depth.flush()
    assert depth.own_quantity(Side.BUY, 500) == 14
    assert depth.own_quantity(Side.SELL, 520) == 6
    desk.on_event(live_quote(contract.code, 3, 10, 6, status=QuoteStatus.CANCELLED))
    depth.flush()
    assert depth.own_quantity(Side.BUY, 500) == 4
    assert depth.own_quantity(Side.SELL, 520) == 0


def test_every_phase_mode_and_language_can_be_painted(
    desk: Desk, depth: DepthPanel, contract: Contract, appearance: Appearance, languages: Languages
) -> None:
    shots = []
    for phase in (Phase.CONTINUOUS, Phase.OPENING_AUCTION, Phase.BREAKER, Phase.HALTED):
        desk.on_event(PhaseChanged(phase=phase, at=NOW))
        depth.flush()
        shots.append(depth.grab().toImage())
    appearance.set_mode(ColourMode.BY_SIDE)
    shots.append(depth.grab().toImage())
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    shots.append(depth.grab().toImage())
    depth.show_contract("no such code")
    shots.append(depth.grab().toImage())
    assert all(one != other for n, one in enumerate(shots) for other in shots[n + 1 :])
    assert depth.level_at(120) is None


def test_the_tape_shows_its_contract_newest_first(
    qtbot: QtBot, desk: Desk, appearance: Appearance, contract: Contract, languages: Languages
) -> None:
    tape = TapePanel(desk, appearance)
    qtbot.addWidget(tape)
    tape.show_contract(contract.code)
    empty = tape.grab().toImage()
    row, other = desk.market.row_of[contract.code], desk.market.row_of[desk.market.contracts[9].code]
    trades = [
        TradePrint(instrument=row, price=500, quantity=3, at=NOW, aggressor="B"),
        TradePrint(instrument=other, price=900, quantity=1, at=NOW, aggressor="S"),
        TradePrint(instrument=row, price=501, quantity=4, at=NOW + timedelta(seconds=1), aggressor="S"),
        TradePrint(instrument=row, price=502, quantity=5, at=NOW + timedelta(seconds=2)),
    ]
    desk.on_event(TradeBatch(trades=tuple(trades)))
    tape.flush()
    assert [trade.price for trade in tape.trades] == [502, 501, 500]
    shown = tape.grab().toImage()
    assert shown != empty
    languages.use("zh_CN")
    QCoreApplication.processEvents()
    assert tape.grab().toImage() != shown
    tape.show_contract("no such code")
    assert tape.trades == ()


def test_short_of_height_the_rows_are_lower_and_still_clicked_right(
    qtbot: QtBot, depth: DepthPanel, contract: Contract, desk: Desk
) -> None:
    full = depth.sizeHint().height()
    places = {}
    for height in (full, depth.minimumHeight()):
        depth.resize(300, height)
        places[height] = [y for y in range(height) if depth.level_at(y) is not None]
    assert depth.minimumHeight() < full - 60
    assert len(places[depth.minimumHeight()]) == 2 * DEPTH * 17
    assert len(places[full]) == 2 * DEPTH * 19
    best = desk.market.asks(contract.code)[0]
    lowest_ask = max(
        y for y in places[depth.minimumHeight()] if (hit := depth.level_at(y)) is not None and hit[0] is Side.SELL
    )
    with qtbot.waitSignal(depth.price_chosen) as chosen:
        QTest.mouseClick(depth, Qt.MouseButton.LeftButton, pos=QPoint(100, lowest_ask))
    assert chosen.args == [contract.code, Side.BUY, best.price]
    assert max(places[depth.minimumHeight()]) < depth.minimumHeight()


def test_the_short_picture_says_the_phase_beside_the_last_price(depth: DepthPanel, desk: Desk) -> None:
    depth.resize(300, depth.minimumHeight())
    pictures = []
    for phase in (Phase.CONTINUOUS, Phase.LUNCH, Phase.CLOSED):
        desk.on_event(PhaseChanged(phase=phase, at=NOW))
        depth.flush()
        pictures.append(depth.grab().toImage())
    assert pictures[0] != pictures[1]
    assert pictures[1] != pictures[2]
