"""What the simulated crowd costs and how close its books come to real ones.

    python -m benchmarks.crowd [--seconds N] [--strikes N] [--full-day]

The rule: the real figures are those of the 112 options on the 50ETF at the close of 2018-11-09, grouped by month and
moneyness; the simulated ones are means over a stretch of continuous trading of the same contracts, started from
nothing but the settings.
"""

import argparse
import math
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from benchmarks.crowd_floor import (
    SNAPSHOT_DAY,
    SNAPSHOT_EXPIRIES,
    SNAPSHOT_PRICE,
    Floor,
    moment,
    snapshot_floor,
    wide_floor,
)
from terminal.domain.contracts import Contract, Right
from terminal.domain.market_data import DEPTH, PRICE_SCALE, Column, QuoteRows
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import ExchangeCommand, ExchangeEvent, Traded

_SNAPSHOT_VOLATILITY = 0.25
_SESSION_MINUTES = 237.0
_GROUPS = ((-1.5, "deep in"), (-0.5, "in"), (0.5, "at"), (1.5, "out"), (math.inf, "deep out"))


@dataclass(frozen=True, slots=True)
class BookFigures:
    """Means over a group of contracts; ticks and contracts."""

    count: int
    spread: float
    spread_median: float
    touch: float
    gap: float
    deeper: float
    volume_a_minute: float


#: The same figures of the real snapshot, computed from it; (month, moneyness) -> figures
REAL = {
    ("near", "deep in"): BookFigures(5, 13.4, 14.0, 1.6, 12.8, 2.0, 9.4),
    ("near", "in"): BookFigures(6, 5.5, 4.0, 9.3, 5.1, 4.5, 51.3),
    ("near", "at"): BookFigures(6, 2.7, 1.0, 85.2, 1.5, 40.9, 400.0),
    ("near", "out"): BookFigures(6, 1.0, 1.0, 63.6, 1.2, 48.1, 246.2),
    ("near", "deep out"): BookFigures(5, 1.2, 1.0, 112.4, 1.2, 51.5, 103.5),
    ("next", "deep in"): BookFigures(3, 49.0, 64.0, 2.5, 27.4, 1.3, 0.9),
    ("next", "in"): BookFigures(9, 24.1, 21.0, 8.1, 15.5, 2.1, 6.8),
    ("next", "at"): BookFigures(8, 3.4, 2.0, 13.8, 3.2, 7.6, 22.5),
    ("next", "out"): BookFigures(9, 1.8, 1.0, 26.7, 1.9, 9.5, 26.9),
    ("next", "deep out"): BookFigures(3, 1.7, 2.0, 16.5, 1.4, 14.6, 32.2),
    ("later", "in"): BookFigures(8, 45.6, 39.5, 1.4, 25.0, 1.6, 0.9),
    ("later", "at"): BookFigures(36, 20.6, 18.5, 3.2, 16.4, 2.0, 2.4),
    ("later", "out"): BookFigures(8, 9.2, 9.0, 5.2, 7.0, 2.6, 5.0),
}


def group_of(right: Right, strike: float, expiry: date) -> tuple[str, str]:
    """Month class and moneyness class of a contract of the snapshot."""
    expiries = [entry[0] for entry in SNAPSHOT_EXPIRIES]
    month = ("near", "next", "later")[min(expiries.index(expiry), 2)]
    years = (expiry - SNAPSHOT_DAY).days / 365.0
    sign = 1.0 if right is Right.CALL else -1.0
    out = sign * math.log(strike / float(SNAPSHOT_PRICE)) / (_SNAPSHOT_VOLATILITY * math.sqrt(years))
    return month, next(name for bound, name in _GROUPS if out < bound)


def figures_of_books(
    books: Iterable[tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]], volumes: Sequence[float]
) -> BookFigures:
    """Figures of books given as bid prices, bid quantities, ask prices, ask quantities (0 for no level), in ticks.

    `volumes` are contracts a minute, one per contract or observation.
    """
    spreads, touches, gaps, deeper = [], [], [], []
    for bids, bid_sizes, asks, ask_sizes in books:
        if bids[0] and asks[0]:
            spreads.append(asks[0] - bids[0])
        for prices, sizes in ((bids, bid_sizes), (asks, ask_sizes)):
            standing = [(price, size) for price, size in zip(prices, sizes, strict=True) if price]
            touches += [size for _, size in standing[:1]]
            deeper += [size for _, size in standing[1:]]
            gaps += [abs(after - before) for (before, _), (after, _) in pairwise(standing)]
    mean = statistics.fmean
    return BookFigures(
        len(volumes),
        mean(spreads or [0]),
        statistics.median(spreads or [0]),
        mean(touches or [0]),
        mean(gaps or [0]),
        mean(deeper or [0]),
        mean(volumes),
    )


def book_of(row: Sequence[int]) -> tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]:
    """The five levels of a quote row."""
    return (
        row[Column.BID_PRICE : Column.BID_PRICE + DEPTH],
        row[Column.BID_QUANTITY : Column.BID_QUANTITY + DEPTH],
        row[Column.ASK_PRICE : Column.ASK_PRICE + DEPTH],
        row[Column.ASK_QUANTITY : Column.ASK_QUANTITY + DEPTH],
    )


def simulated_figures(
    contracts: Sequence[Contract], samples: Sequence[QuoteRows], minutes: float
) -> dict[tuple[str, str], BookFigures]:
    """Figures by group over quote rows of all contracts sampled at several moments of `minutes`."""
    members: dict[tuple[str, str], list[int]] = {}
    for place, contract in enumerate(contracts):
        members.setdefault(group_of(contract.right, float(contract.strike), contract.expiry), []).append(place)
    result = {}
    grown = samples[-1][:, Column.VOLUME] - samples[0][:, Column.VOLUME]
    for group, places in members.items():
        books = [book_of(row) for rows in samples for row in rows[places].tolist()]
        result[group] = figures_of_books(books, [float(grown[place]) / minutes for place in places])
    return result


class TimedExchange(Exchange):
    """An exchange that notes how long it worked, so that the crowd's own time can be told apart."""

    seconds = 0.0
    commands = 0

    def handle(self, command: ExchangeCommand, now: datetime) -> list[ExchangeEvent]:
        """Take a command as any exchange does."""
        began = time.perf_counter()
        events = super().handle(command, now)
        self.seconds += time.perf_counter() - began
        self.commands += 1
        return events


def timed_floor(codes: Sequence[str], strikes_each: int) -> tuple[Floor, TimedExchange]:
    """A wide floor and its exchange, which has taken nothing yet."""
    floor = wide_floor(codes, strikes_each, exchange=TimedExchange)
    assert isinstance(floor.exchange, TimedExchange)
    return floor, floor.exchange


def compare(seconds: int) -> None:
    """Print the real and the simulated figures."""
    floor = snapshot_floor(seed=7)
    floor.open_at(moment(10, 17))
    # After a minute the books have forgotten how they were made
    floor.play(60.0)
    floor.events.clear()
    samples = [floor.rows()]
    for _ in range(seconds // 5):
        floor.play(5.0)
        samples.append(floor.rows())
    sizes = [event.quantity for event in floor.events if isinstance(event, Traded)]
    wide, narrow = f"{'real':>8}{'sim':>7}", f"{'real':>6}{'sim':>7}"
    print(f"{'':18}{'spread':>15}{'median':>13}{'touch':>15}{'gap':>15}{'deeper':>15}{'contracts/min':>17}")
    print(f"{'':18}{wide}{narrow}{wide}{wide}{wide}{'real':>9}{'sim':>8}")
    for group, found in simulated_figures(floor.contracts, samples, (len(samples) - 1) * 5.0 / 60.0).items():
        real = REAL[group]
        print(
            f"{' '.join(group):16}{found.count:2d}{real.spread:8.1f}{found.spread:7.1f}{real.spread_median:6.1f}"
            f"{found.spread_median:7.1f}{real.touch:8.1f}{found.touch:7.1f}{real.gap:8.1f}{found.gap:7.1f}"
            f"{real.deeper:8.1f}{found.deeper:7.1f}{real.volume_a_minute:9.1f}{found.volume_a_minute:8.1f}"
        )
    trades = len(sizes) / seconds * 60
    print(f"{trades:.0f} trades a minute of {statistics.fmean(sizes):.1f} contracts; refused: {floor.crowd.refusals}")


def cost(seconds: int, strikes_each: int) -> None:
    """Print what a second of market costs at normal speed."""
    floor, exchange = timed_floor([], strikes_each)
    began = time.perf_counter()
    floor.open_at(moment(10, 17, day=floor.now.date()))
    opening = time.perf_counter() - began
    floor.play(10.0)
    exchange.take_changed()
    exchange.seconds, exchange.commands = 0.0, 0
    crowd, now, events, changed = floor.crowd, floor.now, 0, 0
    used = time.process_time()
    for _ in range(seconds * 10):
        now += timedelta(seconds=0.1)
        events += len(crowd.step(now, exchange, 0.1))
        changed += len(exchange.take_changed())
    used = time.process_time() - used
    count = len(floor.contracts)
    print(
        f"{count} contracts, steps of 100 ms: {used / seconds * 1000:.1f} ms CPU a market second, of which the "
        f"exchange {exchange.seconds / seconds * 1000:.1f} ms; {exchange.commands / seconds:.0f} commands, "
        f"{events / seconds:.0f} events, {changed / seconds / count:.2f} quote changes a contract and second; "
        f"opening {opening * 1000:.0f} ms; resting orders {len(crowd.working_orders())}; refused {crowd.refusals}"
    )


def full_day(step_seconds: float) -> None:
    """Print what a whole day of three underlyings costs at full speed."""
    floor, exchange = timed_floor(["510050", "510300", "510500"], 9)
    crowd, day = floor.crowd, floor.now.date()
    now, auction, end = (moment(hour, minute, day=day) for hour, minute in ((9, 10), (9, 29), (15, 1)))
    events, trades, opened = 0, 0, 0
    began = time.perf_counter()
    while now < end:
        now += timedelta(seconds=step_seconds)
        found = crowd.step(now, exchange, step_seconds)
        events += len(found)
        trades += sum(1 for event in found if isinstance(event, Traded))
        if now <= auction:
            opened = int((floor.rows()[:, Column.OPEN] > 0).sum())
    used = time.perf_counter() - began
    closes = exchange.quote_rows(range(len(floor.underlyings)))[:, Column.LAST] / PRICE_SCALE
    print(
        f"full day, {len(floor.contracts)} contracts, steps of {step_seconds:g} s: {used:.1f} s, of which the exchange "
        f"{exchange.seconds:.1f} s; {exchange.commands} commands, {events} events ({events / used:.0f}/s), "
        f"{trades} trades; {opened} opened in the auction; closes {closes.tolist()}; refused {crowd.refusals}"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the comparison and the timings asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=120, help="market seconds to compare and to time")
    parser.add_argument("--strikes", type=int, default=9, help="strikes an expiry: 9 makes 360 contracts")
    parser.add_argument("--full-day", action="store_true", help="also play a whole day in steps of 5 s")
    options = parser.parse_args(argv)
    compare(options.seconds)
    cost(options.seconds, options.strikes)
    if options.full_day:
        full_day(5.0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
