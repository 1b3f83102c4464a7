"""What the T-chain costs on screen: every visible cell changes, a few change, nothing changes.

A frame is `flush()` and the repaint it asks for, both in the one thread of the screen; offscreen Qt draws with the same
raster engine as a window does.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.market_data import DEPTH, Column, pack_rows
from terminal.domain.messages import DayOpened, MarketDataBatch, PhaseChanged
from terminal.domain.orders import Order
from terminal.domain.phases import Phase
from terminal.pricing.black_scholes import price_on_forward
from terminal.pricing.time_to_expiry import years_to_expiry
from terminal.services.bus import Bus
from terminal.services.market_data import MarketData
from terminal.services.portfolio import Portfolio
from terminal.services.valuation import Valuation
from terminal.views.appearance import Appearance
from terminal.views.chain.canvas import ChainCanvas
from terminal.views.chain.columns import COLUMNS
from terminal.views.chain.model import ChainModel
from terminal.views.chain.own import OwnBook
from terminal.views.chain.series import series_of

STRIKES = 27
NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
EXPIRY = date(2026, 11, 25)
#: 25 columns a half: with the strikes 27 rows of 51 cells
_LEFT_OUT = {"settlement", "limit_up", "limit_down"}


class _NoOrders:
    """An order book of ours with nothing in it."""

    def working(self) -> list[Order]:
        """No order."""
        return []


class Bench:
    """A chain of 27 strikes in a window large enough for all of it."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(7)
        bus = Bus()
        self.market = MarketData(bus, time.monotonic)
        portfolio = Portfolio(bus, lambda: NOW)
        underlying = Underlying(
            code="510050", name="50ETF", pinyin="SZ50ETF", previous_close=Decimal("2.537"),
            limit_up=Decimal("2.791"), limit_down=Decimal("2.283"),
        )  # fmt: skip
        contracts = tuple(_contract(n, right) for n in range(STRIKES) for right in Right)
        self.market.open_day(DayOpened(trading_day=NOW.date(), underlyings=(underlying,), contracts=contracts))
        self.signs = np.array([1.0 if c.right is Right.CALL else -1.0 for c in contracts])
        self.strikes = np.array([float(c.strike) for c in contracts])
        self.market.on_phase(PhaseChanged(phase=Phase.CONTINUOUS, at=NOW))
        self.valuation = Valuation(self.market, bus, lambda: NOW, rate=0.02)
        own = OwnBook(self.market, portfolio, _NoOrders(), bus)
        self.canvas = ChainCanvas(ChainModel(self.market, self.valuation, own), Appearance(), time.monotonic)
        self.canvas.set_column_layout([(key, key not in _LEFT_OUT, 36) for key in COLUMNS])
        self.change_all()
        self.canvas.chain.show(series_of(self.market, "510050")[0])
        self.canvas.resize(2 * 25 * 36 + 90, STRIKES * 22 + 90)
        self.canvas.show()
        self.frame()

    def frame(self) -> None:
        """One frame: what the timer calls, and the repaint it causes."""
        self.canvas.flush()
        QApplication.processEvents()

    def change_all(self) -> None:
        """A tick of the underlying: every book, size and figure is another one, around fair prices."""
        spot = 2.48 + float(self.random.integers(-20, 20)) / 1000
        volatility = 0.3 + float(self.random.integers(-50, 50)) / 1000
        years = years_to_expiry(NOW, EXPIRY)
        fair = price_on_forward(self.signs, spot, self.strikes, years, volatility, 1.0) * 10_000
        self._set_books(spot, np.maximum(fair.astype(np.int64) + self.random.integers(-4, 4, len(fair)), 1))

    def change_wildly(self) -> None:
        """Figures that were never on screen before: nothing drawn earlier can be used again."""
        self._set_books(2.48, self.random.integers(20, 9000, len(self.signs)))

    def _set_books(self, spot: float, bid: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> None:
        rows = self.market.quotes.copy()
        books = rows[1:]
        count = len(books)
        for level in range(DEPTH):
            books[:, Column.BID_PRICE + level] = np.maximum(bid - level, 1)
            books[:, Column.ASK_PRICE + level] = bid + 3 + level
        books[:, [Column.BID_QUANTITY, Column.ASK_QUANTITY]] = self.random.integers(1, 900, (count, 2))
        for column in (Column.LAST, Column.OPEN, Column.HIGH, Column.LOW):
            books[:, column] = bid + self.random.integers(1, 3, count)
        books[:, [Column.VOLUME, Column.OPEN_INTEREST]] = self.random.integers(1, 90_000, (count, 2))
        rows[0, [Column.LAST, Column.BID_PRICE, Column.ASK_PRICE]] = round(spot * 10_000)
        rows[0, Column.ASK_PRICE] += 10
        self._feed(rows)

    def change_some(self, count: int) -> None:
        """Other bids for so many contracts."""
        numbers = self.random.choice(np.arange(1, len(self.market.quotes)), count, replace=False)
        rows = self.market.quotes[numbers].copy()
        rows[:, Column.BID_PRICE] = np.maximum(rows[:, Column.BID_PRICE] + self.random.integers(-3, 3, count), 1)
        rows[:, Column.BID_QUANTITY] = self.random.integers(1, 900, count)
        self._feed(rows)

    def _feed(self, rows: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> None:
        self.market.apply(MarketDataBatch(at=NOW, rows=pack_rows(rows)))


def _contract(number: int, right: Right) -> Contract:
    strike = Decimal("1.85") + Decimal("0.05") * number
    code = f"{10_000_000 + number * 2 + (right is Right.PUT):08d}"
    return Contract(
        code=code, trading_code=f"510050{right}2611M{int(strike * 1000):05d}", name=code, underlying="510050",
        right=right, strike=strike, multiplier=10_000, first_day=NOW.date(), last_day=EXPIRY, exercise_day=EXPIRY,
        delivery_day=EXPIRY + timedelta(days=1), expiry=EXPIRY, previous_settlement=Decimal("0.1"),
        underlying_close=Decimal("2.537"), limit_up=Decimal("0.9"), limit_down=Decimal("0.0001"), margin=Decimal(3000),
    )  # fmt: skip


def measure(prepare: Callable[[], None], work: Callable[[], object], count: int) -> tuple[float, float]:
    """Median and 95th percentile of `work` in milliseconds; `prepare` before each is not counted."""
    times = []
    for _ in range(count):
        prepare()
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return float(np.median(times)), float(np.percentile(times, 95))


def _plain_text() -> None:
    """What 1,350 prices cost when Qt shapes each text: how fast this machine is at this moment."""
    pixmap = QPixmap(1600, 800)
    painter = QPainter(pixmap)
    painter.setFont(QFont("monospace", 9))
    for number in range(1350):
        painter.drawText(number % 50 * 30, number // 50 * 22 + 15, f"{number / 10_000:.4f}")
    painter.end()


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="chain", description=__doc__)
    parser.add_argument("--frames", type=int, default=60)
    frames = parser.parse_args(argv).frames
    application = QApplication.instance() or QApplication([])
    bench = Bench()
    canvas = bench.canvas
    bench.change_all()
    bench.frame()
    rows: list[tuple[str, float, float, int]] = []

    def settle() -> None:
        # Flashes of the frame before end first
        time.sleep(0.3)
        bench.frame()

    def add(name: str, prepare: Callable[[], None], work: Callable[[], object], count: int) -> None:
        middle, high = measure(prepare, work, count)
        rows.append((name, middle, high, canvas.painted_cells))

    def priced(change: Callable[[], None]) -> Callable[[], None]:
        def prepare() -> None:
            change()
            bench.valuation.refresh("510050")

        return prepare

    for _ in range(frames):
        bench.change_all()
        bench.frame()

    add("all change: flush", priced(bench.change_all), canvas.flush, frames)
    add("all change: flush and repaint", priced(bench.change_all), bench.frame, frames)
    add("all change: valuation, flush, repaint", bench.change_all, bench.frame, frames)
    add("10 contracts change: valuation, flush, repaint", lambda: bench.change_some(10), bench.frame, frames)
    add("figures never seen: flush and repaint", priced(bench.change_wildly), bench.frame, frames)
    settle()
    add("nothing changes: flush", lambda: None, canvas.flush, 20 * frames)
    add("whole repaint", canvas.repaint_later, QApplication.processEvents, frames)
    bench.change_all()
    add("valuation of 54 contracts", bench.change_all, lambda: bench.valuation.refresh("510050"), frames)
    add("for comparison: 1,350 times drawText", lambda: None, _plain_text, frames)
    ratios = []
    for _ in range(frames):
        plain, _ = measure(lambda: None, _plain_text, 1)
        ours, _ = measure(priced(bench.change_all), canvas.flush, 1)
        ratios.append(ours / plain)
    visible = canvas.chain.values.size
    print(f"{visible} cells ({canvas.chain.values.shape[0]} x {canvas.chain.values.shape[1]})")
    for name, middle, high, cells in rows:
        print(f"{name:45s} median {middle:7.3f} ms  p95 {high:7.3f} ms  cells {cells:5d}")
    # A shared machine changes its speed within a run, so the two are measured in turn
    print(f"a flush in which all change costs {np.median(ratios):.2f} times 1,350 drawText")
    canvas.close()
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
