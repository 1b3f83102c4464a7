"""How fast the counter is: orders a second with all checks in front of the exchange, recovery of a day, memory.

    python -m benchmarks counter [--orders N] [--accounts N] [--recovery EVENTS] [--seed N]

Institutions and market makers send 60% orders that rest, 25% cancels and 15% orders that trade, over 360 contracts.
Entries are encoded as for the journal; the journal itself is measured by `journal`.
"""

import argparse
import gc
import random
import sys
import time
import tracemalloc
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from benchmarks.exchange import DAY, PROFILE, TEN_O_CLOCK, listing
from terminal.domain.account_rights import AccountKind, AccountProfile, AccountRights
from terminal.domain.messages import CancelOrder, SubmitOrder
from terminal.domain.orders import Instruction, OrderType
from terminal.rules.profile import UNLIMITED, PositionLimits, Profile, parse_profile
from terminal.venue.counter.counter import Counter
from terminal.venue.counter.entries import decode_entry, encode_entry
from terminal.venue.counter.result import CounterResult
from terminal.venue.counter.standing import Standing
from terminal.venue.exchange.exchange import Exchange
from terminal.venue.exchange.messages import AdvanceTime

CONTRACTS = 360
#: So far apart that no account passes 300 orders a second
_BETWEEN = timedelta(milliseconds=1)
_NO_LIMITS = PositionLimits(
    right_side=UNLIMITED,
    total=UNLIMITED,
    daily_buy_open=UNLIMITED,
    daily_open=UNLIMITED,
    direction=UNLIMITED,
    all_products=UNLIMITED,
)
Command = tuple[str, SubmitOrder | CancelOrder]


class Floor:
    """Counter and exchange joined as the venue joins them; what a journal would get is kept."""

    def __init__(self, rules: Profile, accounts: int) -> None:
        underlyings, contracts = listing(CONTRACTS)
        self.rules = rules
        self.counter = Counter(rules, DAY, underlyings, contracts)
        self.exchange = Exchange(rules, DAY, underlyings, contracts)
        self.exchange.handle(AdvanceTime(), TEN_O_CLOCK)
        self.journal: list[bytes] = []
        self.now = TEN_O_CLOCK
        self.trades = 0
        for number in range(accounts):
            kind = AccountKind.MARKET_MAKER_PRIMARY if number % 2 else AccountKind.INSTITUTION
            profile = AccountProfile(rights=AccountRights(kind=kind))
            standing = Standing(profile=profile, own_limits=_NO_LIMITS)
            self._take(self.counter.open_account(f"A{number}", Decimal(10) ** 11, standing=standing))

    def run(self, commands: Sequence[Command]) -> float:
        """Processor seconds for all of them."""
        began = time.process_time()
        for account_id, command in commands:
            self.now += _BETWEEN
            self._take(self.counter.handle(account_id, command, self.now))
        return time.process_time() - began

    def _take(self, result: CounterResult) -> None:
        self.journal += map(encode_entry, result.entries)
        for forwarded in result.forward:
            for event in self.exchange.handle(forwarded, self.now):
                booked = self.counter.on_exchange(event, self.now)
                self.journal += map(encode_entry, booked.entries)


def stream(count: int, accounts: int, seed: int) -> list[Command]:
    """The commands of the benchmark; a cancel may come too late, as cancels do."""
    rng = random.Random(seed)
    commands: list[Command] = []
    resting: list[tuple[str, str]] = []
    for number in range(count):
        kind, account_id = rng.random(), f"A{rng.randrange(accounts)}"
        if kind < 0.25 and resting:
            last = len(resting) - 1
            chosen = rng.randint(max(0, last - 5000), last)
            resting[chosen], resting[last] = resting[last], resting[chosen]
            owner, order_id = resting.pop()
            commands.append((owner, CancelOrder(client_order_id=order_id)))
            continue
        buys, aggressive = rng.random() < 0.5, kind >= 0.85
        away = -rng.randint(1, 5) if aggressive else rng.randint(1, 20)
        order = SubmitOrder(
            client_order_id=f"o{number}",
            contract_code=str(10000001 + rng.randrange(CONTRACTS)),
            instruction=Instruction.BUY_OPEN if buys else Instruction.SELL_OPEN,
            order_type=OrderType.LIMIT,
            quantity=rng.randint(1, 10),
            price=Decimal(1000 - away if buys else 1000 + away) / 10_000,
        )
        commands.append((account_id, order))
        if not aggressive:
            resting.append((account_id, order.client_order_id))
    return commands


def recovery(rules: Profile, journal: Sequence[bytes]) -> float:
    """Processor seconds to take a day up from its encoded entries, decoding included."""
    underlyings, contracts = listing(CONTRACTS)
    gc.collect()
    began = time.process_time()
    counter = Counter(rules, DAY, underlyings, contracts)
    counter.restore(map(decode_entry, journal))
    return time.process_time() - began


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks counter", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--orders", type=int, default=20_000, help="orders of the smallest run; the others have more")
    parser.add_argument("--accounts", type=int, default=20)
    parser.add_argument("--recovery", type=int, default=1_000_000, help="entries of the day that is taken up again")
    parser.add_argument("--seed", type=int, default=20250610)
    arguments = parser.parse_args(argv)
    rules = parse_profile(PROFILE.read_text(encoding="utf-8"), PROFILE.name)
    gc.set_threshold(50_000, 20, 50)
    # What is slow once, the first allocations and the interpreter's own warming, is not an order's
    Floor(rules, arguments.accounts).run(stream(arguments.orders, arguments.accounts, arguments.seed))
    journal: list[bytes] = []
    for factor in (1, 4, 16):
        accounts, orders = arguments.accounts * factor, arguments.orders * factor
        commands = stream(orders, accounts, arguments.seed)
        floor = Floor(rules, accounts)
        gc.collect()
        gc.freeze()
        seconds = floor.run(commands)
        gc.unfreeze()
        print(
            f"{factor:2}x  {accounts:5,} accounts {orders:9,} orders and cancels  {orders / seconds:9,.0f} /s"
            f"  {len(floor.journal):9,} entries"
        )
        journal = floor.journal
    tracemalloc.start()
    small = Floor(rules, arguments.accounts)
    before, _ = tracemalloc.get_traced_memory()
    small.run(stream(arguments.orders, arguments.accounts, arguments.seed))
    kept = sum(map(sys.getsizeof, small.journal)) + sys.getsizeof(small.journal)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # What the benchmark itself keeps of the journal is not the counter's
    print(f"memory  {(after - before - kept) / len(small.journal):,.0f} bytes an entry, exchange included")
    day = journal[: arguments.recovery]
    seconds = recovery(rules, day)
    print(f"recovery  {len(day):,} entries in {seconds:.1f} s, {len(day) / seconds:,.0f} /s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
