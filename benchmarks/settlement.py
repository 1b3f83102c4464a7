"""The day's end of a large broker: accounts, positions, an expiry with exercises and deliveries; time and memory.

Accounts are opened by the entries a day before would have left; one underlying's and four months' contracts, a fifth of
them expiring. Every entry is encoded as the journal would. The growth from a sixteenth to the whole is printed: it has
to be linear.
"""

import argparse
import gc
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from random import Random

from terminal.domain.accounts import Holding, Position, PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Contract, Right, Underlying
from terminal.resources import resource_folder
from terminal.rules.profile import parse_profile
from terminal.venue.counter.counter import FIRST_PARTICIPANT, Counter
from terminal.venue.counter.entries import AccountOpened, encode_entry
from terminal.venue.counter.settlement.entries import Inputs

_DAY, _NEXT = date(2026, 3, 25), date(2026, 3, 26)
_EXPIRIES = (_DAY, date(2026, 4, 22), date(2026, 6, 24), date(2026, 9, 23))
_FUND, _CLOSE = "510050", Decimal("3.100")
_STRIKES = [Decimal("2.70") + Decimal("0.05") * n for n in range(17)]
_BUDGET_SECONDS = 60.0


def _contracts() -> list[Contract]:
    found: list[Contract] = []
    for expiry in _EXPIRIES:
        for strike in _STRIKES:
            for right in Right:
                found.append(
                    Contract(
                        code=str(10_000_001 + len(found)),
                        trading_code=f"{_FUND}{right}{expiry:%y%m}M{int(strike * 1000):05d}",
                        name="",
                        underlying=_FUND,
                        right=right,
                        strike=strike,
                        multiplier=10_000,
                        first_day=_DAY,
                        last_day=expiry,
                        exercise_day=expiry,
                        delivery_day=_NEXT,
                        expiry=expiry,
                        previous_settlement=Decimal("0.1000"),
                        underlying_close=_CLOSE,
                        limit_up=Decimal("0.5000"),
                        limit_down=Decimal("0.0001"),
                        margin=Decimal("4000.00"),
                    )
                )
    return found


def _openings(contracts: Sequence[Contract], accounts: int, positions: int) -> Iterator[AccountOpened]:
    random = Random(7)
    each = positions // accounts
    for number in range(accounts):
        held: dict[tuple[str, PositionSide], int] = {}
        while len(held) < each:
            contract = random.choice(contracts)
            sides = list(PositionSide) if contract.right is Right.CALL else list(PositionSide)[:2]
            held[contract.code, random.choice(sides)] = random.randint(1, 9)
        yield AccountOpened(
            account_id=f"A{number}",
            trading_day=_DAY,
            participant=FIRST_PARTICIPANT + number,
            cash=Decimal("5000000.00"),
            holdings=(Holding(underlying=_FUND, total=600_000, locked=400_000),),
            positions=tuple(
                Position(contract_code=code, side=side, quantity=n, average_price=Decimal("0.0800"))
                for (code, side), n in held.items()
            ),
        )


def settle(accounts: int, positions: int) -> tuple[float, int, int]:
    """Seconds of one core for the whole day's end, its entries and their bytes."""
    profile = parse_profile((resource_folder() / "rules" / "sse_2025.toml").read_text("utf-8"), "sse_2025.toml")
    contracts = _contracts()
    fund = Underlying(
        code=_FUND, name="", pinyin="", previous_close=_CLOSE, limit_up=Decimal("3.41"), limit_down=Decimal("2.79")
    )
    counter = Counter(profile, _DAY, [fund], contracts)
    counter.restore(_openings(contracts, accounts, positions))
    random = Random(9)
    for account in counter._books.accounts.values():
        for code, position in account.positions[PositionSide.LONG].items():
            contract = counter._day.contracts[code]
            if contract.last_day == _DAY and random.random() < 0.8:
                account.exercises[code] = position.quantity
    prices = {
        c.code: Decimal("0.1000")
        if c.last_day > _DAY
        else max(_CLOSE - c.strike if c.right is Right.CALL else c.strike - _CLOSE, Decimal(0))
        for c in contracts
    }
    inputs = Inputs(
        trading_day=_DAY,
        next_day=_NEXT,
        closes={_FUND: _CLOSE},
        prices=prices,
        open_interest={c.code: 10 * positions for c in contracts},
        days_left={e.isoformat(): n * 20 for n, e in enumerate(_EXPIRIES)},
        seed=7,
    )
    # As the venue does with what lives all day
    gc.collect()
    gc.freeze()
    began, wall = time.process_time(), time.perf_counter()
    settlement = counter.settlement
    entries = settlement.begin(inputs, datetime(2026, 3, 25, 15, 30, tzinfo=SHANGHAI)).entries
    count, size = len(entries), sum(len(encode_entry(entry)) for entry in entries)
    while not settlement.is_settled:
        step, at = settlement.next_step, time.process_time()
        entries = settlement.run_step().entries
        count += len(entries)
        size += sum(len(encode_entry(entry)) for entry in entries)
        if accounts >= _PRINT_STEPS_FROM:
            print(f"    {step:16} {time.process_time() - at:6.2f} s {len(entries):8,} entries")
    seconds = time.process_time() - began
    print(f"    {time.perf_counter() - wall:.2f} s by the wall")
    gc.unfreeze()
    return seconds, count, size


_PRINT_STEPS_FROM = 10_000


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 1 when the whole takes longer than a minute."""
    parser = argparse.ArgumentParser(prog="benchmarks settlement")
    parser.add_argument("--accounts", type=int, default=10_000)
    parser.add_argument("--positions", type=int, default=200_000)
    options = parser.parse_args(arguments)
    seconds = 0.0
    for part in (16, 4, 1):
        accounts, positions = options.accounts // part, options.positions // part
        seconds, count, size = settle(accounts, positions)
        per = seconds / max(positions, 1) * 1e6
        print(
            f"{accounts:8,} accounts {positions:9,} positions: {seconds:6.2f} s, {per:6.1f} us a position, "
            f"{count:,} entries, {size / 1e6:.1f} MB of journal"
        )
    # Kilobytes on Linux, bytes on a Mac
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    print(f"peak memory {peak:.0f} MB; budget {_BUDGET_SECONDS:.0f} s for the whole")
    return 0 if seconds <= _BUDGET_SECONDS else 1
