"""Simulated trading days by seed: robots trade through the real counter against the real exchange and a small crowd.

Each stretch has its own seed and holds expiries, ex-days, halts, breakers, exercises, assignments, combinations, margin
calls and forced closes. Invariants are checked after each day, with `--strict` after each step of its end. A violation
is printed with the seed that shows it again.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date

from benchmarks.day_checks import DayChecks, Violation
from benchmarks.robots import Robots, small_market
from terminal.domain.phases import Phase
from terminal.domain.settlement import CashKind
from terminal.venue.counter.entries import OrderTaken, OrderTraded
from terminal.venue.counter.settlement.context import SettlementStopped
from terminal.venue.counter.settlement.entries import (
    CombinationReleased,
    ContractAssigned,
    Delivered,
    Netted,
    SharesHeld,
)
from terminal.venue.counter.settlement.steps import Step
from terminal.venue.days import Days

_FIRST_DAY = date(2022, 1, 4)
_STRETCH = 125
_STEP_SECONDS = 300.0


def play_stretch(seed: int, days: int, *, strict: bool) -> Counter[str]:
    """Play some days from one seed; what happened, by kind. Raises Violation, which names seed and day."""
    profile, settings, calendar, header = small_market(seed, _FIRST_DAY, days)
    play = Days(profile, settings, calendar, header)
    robots = Robots(seed)
    robots.begin(play)
    told: Counter[str] = Counter()
    for number in range(days):
        robots.morning(play)
        checks = DayChecks(play, seed)
        _play_day(play, robots, number, told)
        checks.after_trading()
        _settle(play, checks, strict)
        _count(play, told)
        checks.after_settlement()
        if not robots.wrote_state:
            checks.replay(profile)
        play.open_next_day()
        checks.carried(play)
    told["days"] += days
    told["orders of robots"] += robots.orders
    told["instructions of robots"] += robots.instructions
    return told


def _play_day(play: Days, robots: Robots, number: int, told: Counter[str]) -> None:
    market = play.market
    halt = number % 23 == 7
    for hour, minute in ((9, 45), (10, 30), (11, 15), (13, 15), (14, 0), (14, 40)):
        phases = _advance(play, hour, minute)
        told["breakers"] += sum(1 for phase in phases if phase is Phase.BREAKER)
        if halt and hour == 10:
            market.suspend(play.header.day.underlyings[0].code)
            told["halts"] += 1
        if halt and hour == 11:
            market.suspend(play.header.day.underlyings[0].code, resume=True)
        robots.trade(play)
    told["breakers"] += sum(1 for phase in _advance(play, 15, 0) if phase is Phase.BREAKER)
    robots.afternoon(play)
    play.close()


def _advance(play: Days, hour: int, minute: int) -> list[Phase]:
    market = play.market
    goal = market.now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    market.advance(goal, _STEP_SECONDS, 1 << 30)
    market.touch_clock(goal)
    phases = [p.phase for p in market.outcome.phases if p.code]
    play.keep()
    return phases


def _settle(play: Days, checks: DayChecks, strict: bool) -> None:
    def after_step(step: Step | None) -> None:
        if strict:
            checks.after_step(step)

    try:
        play.settle(after_step)
    except SettlementStopped as error:
        raise checks.violation(str(error)) from error


def _count(play: Days, told: Counter[str]) -> None:
    state = play.market.counter.settlement.state
    for entry in play.entries:
        if isinstance(entry, OrderTraded):
            told["fills"] += 1
        elif isinstance(entry, OrderTaken) and not entry.ordered:
            told["forced closes " + entry.client_order_id[:3]] += 1
        elif isinstance(entry, Netted):
            told["nettings"] += 1
        elif isinstance(entry, ContractAssigned):
            told["exercised contracts"] += entry.exercised
            told["exercised by the market"] += entry.market_exercised
            told["assigned contracts"] += sum(short + covered for _, short, covered in entry.rows)
        elif isinstance(entry, CombinationReleased):
            told["combinations released"] += 1
        elif isinstance(entry, Delivered):
            told["deliveries"] += 1
            told["settled in cash"] += entry.cash_settled
            told["to disposal"] += entry.to_disposal
        elif isinstance(entry, SharesHeld):
            told["shares held at the cut-off"] += 1
    told["margin calls"] += sum(1 for s in state.statements.values() if s.margin_call)
    told["dividends paid"] += sum(
        1 for s in state.statements.values() for m in s.movements if m.kind is CashKind.DIVIDEND
    )
    assert state.inputs is not None
    told["adjusted contracts"] += len(state.inputs.adjusted)
    told["restricted contracts"] += len(state.restricted)
    told["expiries"] += any(c.last_day == play.header.day.trading_day for c in play.header.day.contracts)
    told["combinations held"] += sum(len(a.combinations) for a in play.market.counter._books.accounts.values())


def main(arguments: Sequence[str]) -> int:
    """Play; 1 when an invariant broke."""
    parser = argparse.ArgumentParser(prog="benchmarks days")
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--strict", action="store_true", help="check after each step of the day's end too")
    options = parser.parse_args(arguments)
    told: Counter[str] = Counter()
    began, left, seed = time.perf_counter(), options.days, options.seed
    while left > 0:
        days = min(left, _STRETCH)
        try:
            told += play_stretch(seed, days, strict=options.strict)
        except Violation as violation:
            print(f"VIOLATION: {violation}")
            return 1
        left -= days
        seed += 1
    seconds = time.perf_counter() - began
    for name, count in sorted(told.items()):
        print(f"{name:28} {count:10,}")
    print(f"{seconds:.1f} s, {seconds / max(options.days, 1):.2f} s a day, no invariant broken")
    return 0
