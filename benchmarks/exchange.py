"""How fast the exchange is: orders a second in the book alone and with checks and events, and the cost of quotes.

    python -m benchmarks.exchange [--orders N] [--contracts N] [--seed N] [--peers] [--growth]

The stream is 60% orders that rest, 25% cancels and 15% orders that trade, over all contracts, from a given seed; the
book alone is also measured with all of them in one book.
`--peers` sends the same stream through pyorderbook, in turn with our book and in a virtual environment of its own;
`--growth` sends a quarter, once and four times as many orders: a time that grows faster than they do is a mistake.
"""

import argparse
import gc
import random
import statistics
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.peers.environment import peer_python
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.domain.orders import OrderType, Side
from terminal.rules.profile import Profile, parse_profile
from terminal.serve import COLLECT_AFTER
from terminal.venue.exchange.book import Book, BookOrder
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import (
    AdvanceTime,
    CancelOrder,
    ExchangeCommand,
    MassQuote,
    NewOrder,
    NewQuote,
    RegisterMaker,
    Traded,
)

DAY = date(2025, 6, 10)
TEN_O_CLOCK = datetime(2025, 6, 10, 10, tzinfo=SHANGHAI)
PROFILE = Path(__file__).parent.parent / "resources" / "rules" / "sse_2025.toml"
PEER = "pyorderbook==0.4.9"
#: Price everything trades around, in 0.0001 yuan
MIDDLE = 1000
PARTICIPANTS = 97
Step = tuple[int, int, bool, int, int]
"""Place of the contract, order id, buy, price and quantity; a quantity of 0 cancels that order id"""


def listing(count: int) -> tuple[list[Underlying], list[Contract]]:
    """One underlying and `count` like contracts on it."""
    underlying = Underlying(
        code="510050",
        name="50ETF",
        pinyin="SZ50ETF",
        previous_close=Decimal("2.700"),
        limit_up=Decimal("2.970"),
        limit_down=Decimal("2.430"),
    )
    contracts = [
        Contract(
            code=f"{10000001 + place}",
            trading_code="510050C2506M02700",
            name="50ETF购6月2700",
            underlying="510050",
            right=Right.CALL,
            strike=Decimal("2.700"),
            multiplier=10000,
            first_day=DAY - timedelta(days=60),
            last_day=DAY + timedelta(days=15),
            exercise_day=DAY + timedelta(days=15),
            delivery_day=DAY + timedelta(days=16),
            expiry=DAY + timedelta(days=15),
            previous_settlement=Decimal("0.1000"),
            underlying_close=Decimal("2.700"),
            limit_up=Decimal("0.3700"),
            limit_down=Decimal("0.0001"),
            margin=Decimal("4240.00"),
        )
        for place in range(count)
    ]
    return [underlying], contracts


def stream(count: int, contracts: int, seed: int) -> list[Step]:
    """The steps of the benchmark; a cancel may come too late, as cancels do."""
    rng = random.Random(seed)
    steps: list[Step] = []
    resting: list[tuple[int, int]] = []
    for order_id in range(1, count + 1):
        place, buy, kind = rng.randrange(contracts), rng.random() < 0.5, rng.random()
        if kind < 0.25 and resting:
            last = len(resting) - 1
            chosen = rng.randint(max(0, last - 5000), last)
            resting[chosen], resting[last] = resting[last], resting[chosen]
            place, target = resting.pop()
            steps.append((place, target, buy, 0, 0))
            continue
        aggressive = kind >= 0.85
        away = rng.randint(1, 20) if not aggressive else -rng.randint(1, 5)
        price = MIDDLE - away if buy else MIDDLE + away
        steps.append((place, order_id, buy, price, rng.randint(1, 10)))
        if not aggressive:
            resting.append((place, order_id))
    return steps


def book_alone(steps: Sequence[Step], contracts: int) -> tuple[float, int]:
    """Orders a processor second through the books, without checks and events; and the contracts traded."""
    traded = 0
    books = [Book() for _ in range(contracts)]
    live: dict[int, BookOrder] = {}
    began = time.process_time()
    for place, order_id, buy, price, quantity in steps:
        book = books[place]
        if not quantity:
            cancelled = live.pop(order_id, None)
            if cancelled is not None:
                (book.bids if cancelled.is_buy else book.asks).remove(cancelled)
            continue
        own, other = (book.bids, book.asks) if buy else (book.asks, book.bids)
        bound = price * other.sign
        keys = other.keys
        while quantity and keys and keys[-1] >= bound:
            level = other.levels[keys[-1]]
            resting: BookOrder | None = level.first
            while quantity and resting is not None:
                if quantity < resting.leaves:
                    traded += quantity
                    resting.leaves -= quantity
                    level.quantity -= quantity
                    quantity = 0
                else:
                    traded += resting.leaves
                    quantity -= resting.leaves
                    del live[resting.order_id]
                    resting = other.take_first(level, resting)
        if quantity:
            order = live[order_id] = BookOrder(order_id, 1, place, buy, quantity, False)
            own.add(order, price)
    return len(steps) / (time.process_time() - began), traded


def pyorderbook(steps: Sequence[Step], python: Path) -> tuple[float, int]:
    """The same through pyorderbook, by its own interpreter."""
    script = Path(__file__).parent / "peers" / "pyorderbook_stream.py"
    numbers = array("q", [int(number) for step in steps for number in step])
    done = subprocess.run([str(python), str(script)], input=numbers.tobytes(), capture_output=True, check=True)
    seconds, traded = done.stdout.split()
    return len(steps) / float(seconds), int(traded)


def commands(steps: Sequence[Step]) -> list[ExchangeCommand]:
    """The same steps as commands of many participants, who seldom meet themselves."""
    return [
        NewOrder(
            order_id,
            1 + order_id % PARTICIPANTS,
            place + 1,
            Side.BUY if buy else Side.SELL,
            OrderType.LIMIT,
            quantity,
            price,
        )
        if quantity
        else CancelOrder(order_id, 1 + order_id % PARTICIPANTS)
        for place, order_id, buy, price, quantity in steps
    ]


def whole_exchange(exchange: Exchange, orders: Sequence[ExchangeCommand]) -> tuple[float, int]:
    """Orders a processor second through the exchange, each a microsecond after the one before; and the trades made."""
    moments = [TEN_O_CLOCK + timedelta(microseconds=n) for n in range(len(orders))]
    handle, trades = exchange.handle, 0
    began = time.process_time()
    for command, at in zip(orders, moments, strict=True):
        for event in handle(command, at):
            trades += type(event) is Traded
    return len(orders) / (time.process_time() - began), trades


def quotes_a_second(profile: Profile, contracts: int, rounds: int = 20) -> float:
    """Quotes a second in mass quotes over all contracts, each in the place of the one before and a tick away."""
    exchange = Exchange(profile, DAY, *listing(contracts))
    exchange.handle(AdvanceTime(), TEN_O_CLOCK)
    exchange.handle(RegisterMaker(1, ("510050",)), TEN_O_CLOCK)
    batches = []
    for turn in range(rounds):
        first = turn * contracts
        quotes = tuple(
            NewQuote(
                first + place + 1,
                1,
                place + 1,
                2 * (first + place) + 1,
                2 * (first + place) + 2,
                MIDDLE - 5 + turn % 2,
                10,
                MIDDLE + 5 + turn % 2,
                10,
            )
            for place in range(contracts)
        )
        batches.append(MassQuote(1, contracts, quotes))
    began = time.perf_counter()
    for batch in batches:
        exchange.handle(batch, TEN_O_CLOCK)
    return rounds * contracts / (time.perf_counter() - began)


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Quickest of `times` runs, which other programs disturbed least."""
    quickest = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        quickest = min(quickest, time.perf_counter() - began)
    return quickest * 1000


def compare_with_peer(steps: Sequence[Step], contracts: int, rounds: int = 5) -> None:
    """Print our book beside the peer's, run in turn, medians; both must trade the same number of contracts."""
    python = peer_python(PEER)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(book_alone(steps, contracts))
        theirs.append(pyorderbook(steps, python))
    mine, other = (statistics.median(rate for rate, _ in runs) for runs in (ours, theirs))
    print(f"{PEER:22}{other:12,.0f} orders/s; our book in turn with it {mine:,.0f}, {mine / other:.1f} times")
    print(f"contracts traded      {ours[0][1]:12,} ours, {theirs[0][1]:,} theirs")


def print_growth(profile: Profile, arguments: argparse.Namespace) -> None:
    """Microseconds an order at a quarter, once and four times the orders, in the book alone and the exchange."""
    for share in (0.25, 1.0, 4.0):
        count = int(arguments.orders * share)
        steps = stream(count, arguments.contracts, arguments.seed)
        orders = commands(steps)
        alone, _ = book_alone(steps, arguments.contracts)
        exchange = Exchange(profile, DAY, *listing(arguments.contracts))
        exchange.handle(AdvanceTime(), TEN_O_CLOCK)
        rate, _ = whole_exchange(exchange, orders)
        print(f"{count:10,} orders     book {1e6 / alone:6.2f} us an order, exchange {1e6 / rate:6.2f} us an order")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks exchange", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--orders", type=int, default=200_000)
    parser.add_argument("--contracts", type=int, default=360)
    parser.add_argument("--seed", type=int, default=20250610)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--growth", action="store_true")
    arguments = parser.parse_args(argv)
    steps = stream(arguments.orders, arguments.contracts, arguments.seed)
    orders = commands(steps)
    # What was made for the measurement is not the exchange's to be searched for garbage
    gc.collect()
    gc.freeze()
    # As the venue's process does
    gc.set_threshold(*COLLECT_AFTER)
    # Once unmeasured: the first allocations of a process are slower than all that follow
    book_alone(steps, arguments.contracts)
    for contracts in (1, arguments.contracts):
        # The same number of orders in one book, and spread over as many as an underlying lists
        spread = stream(arguments.orders, contracts, arguments.seed)
        rate = statistics.median(book_alone(spread, contracts)[0] for _ in range(3))
        print(f"book alone            {rate:12,.0f} orders/s over {contracts} contracts")
        if arguments.peers:
            compare_with_peer(spread, contracts)

    profile = parse_profile(PROFILE.read_text(encoding="utf-8"), PROFILE.name)
    exchange = Exchange(profile, DAY, *listing(arguments.contracts))
    exchange.handle(AdvanceTime(), TEN_O_CLOCK)
    rate, trades = whole_exchange(exchange, orders)
    print(f"exchange              {rate:12,.0f} orders/s, {trades:,} trades")

    still = exchange.now
    idle = milliseconds(lambda: [exchange.handle(AdvanceTime(), still) for _ in range(1000)], 20)
    print(f"time, nothing due     {idle:12.2f} us")
    numbers = list(range(1 + arguments.contracts))
    rows = milliseconds(lambda: exchange.quote_rows(numbers), 20)
    print(f"quote rows            {rows:12.2f} ms for {len(numbers)} instruments")
    print(f"mass quotes           {quotes_a_second(profile, arguments.contracts):12,.0f} quotes/s, each replacing one")
    if arguments.growth:
        print_growth(profile, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
