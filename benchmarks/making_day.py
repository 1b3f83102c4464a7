"""A scripted market maker's whole day on the embedded exchange, by seed, and what became of its obligation.

    python -m benchmarks making-day [--seeds 20] [--jobs 2] [--until 15:00] ...

The desk is the program's own without its screen (`making_desk.py`), with the settings it comes with; market and crowd
are the venue's own (`making_market.py`). Market time runs as fast as it can in steps of `--step` seconds: the crowd
acts, the desk gets every changed row, its quoters answer at once. That is coarser than the program, which sees rows 25
times a second, so quotes are taken at older prices here, not at newer ones. The day is counted a second time from the
journal by `making_recount.py`. Ends with 1 when any demand of `making_watch.py` was not met.
"""

import argparse
import asyncio
import sys
import tempfile
import time as wall
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from benchmarks.making_desk import WholeDesk, build_desk
from benchmarks.making_market import UNDERLYINGS, DayClock, FrameLine, SteppedPacer, narrowed, open_host
from benchmarks.making_recount import DayRecount
from benchmarks.making_watch import DayVerdict, DayWatch
from terminal.domain.calendar import SHANGHAI
from terminal.resources import resource_folder
from terminal.rule_files import read_obligations
from terminal.services.quoting_day import score_days
from terminal.strategies.obliged import obliged_responder
from terminal.strategies.responder import InquiryResponder
from terminal.venue.host import VenueHost
from terminal.venue_source import VenueRequest, read_files

_PROFILE, _TERMS = "sse_2025", "sse_generic"
_DAY = date(2026, 3, 2)
_LUNCH = time(11, 30, 30), time(12, 59, 30)
_LUNCH_STEP = 4.0
_PERSON = "scripted person"


@dataclass(frozen=True, slots=True)
class DayOptions:
    """How a day is played."""

    underlyings: tuple[str, ...] = UNDERLYINGS
    strikes: int = 2
    until: time = time(15, 0)
    step: float = 1.0
    beat: float = 2.0
    """Market seconds between two turns of the desk's timer; the program takes one twenty times a second"""
    refreshes: float | None = 0.5
    """How often a maker of the crowd looks at a contract of itself, a second; what has moved it quotes at once"""
    exempt_at: time | None = None
    """A person exempts the nearest expiry for ten minutes then, and the last contract for the day, lifted after five"""


async def play(seed: int, options: DayOptions, folder: Path) -> DayVerdict:
    """One day; its journal stays in the folder."""
    began = wall.perf_counter()
    files = read_files(VenueRequest(profile=_PROFILE, seed=seed, speed=1.0), None)
    profile, settings = narrowed(files, options.underlyings, options.strikes, options.refreshes)
    clock = DayClock()
    host, pacer, _ = open_host(profile, settings, files, _DAY, seed, clock, options.step, time(9, 15))
    path = folder / f"desk-{seed}.sqlite"
    terms = read_obligations(_TERMS)
    whole = build_desk(path, FrameLine(lambda: host), clock, profile, terms, files.calendar)
    try:
        watch = DayWatch(whole, clock)
        await whole.desk.start()
        await whole.settle()
        for underlying in whole.maker.underlyings:
            responder = InquiryResponder(f"responder {underlying}", obliged_responder(underlying, terms))
            whole.quoting.engine.add(responder, whole.maker.sheet)
            denial = whole.maker.control(underlying).start(_PERSON) or whole.quoting.engine.start(
                responder.name, _PERSON
            )
            assert denial is None, denial
        await _run(host, pacer, whole, clock, watch, options)
        figures, inquiries = whole.obligations.figures(), whole.obligations.inquiry_summary()
        assert figures is not None
        assert inquiries is not None
        ended = whole.desk.clock.now()
        funds = host.market.counter.account_report(whole.desk.account_id, host.market.now).funds
        edge = float(whole.maker.results.edge.sum())
        await whole.journal.append([])
        (again,) = (
            [result.figures for result in score_days(whole.journal.read(), terms, profile.sessions, _DAY, _DAY)]
            if options.until >= time(15, 0)
            else [figures]
        )
        rules = resource_folder() / "rules"
        recount = DayRecount(path, rules / "obligations" / f"{_TERMS}.toml", rules / f"{_PROFILE}.toml")
        counted = recount.count(min(options.step, 1.0), ended)
    finally:
        whole.quoting.close()
        await whole.journal.close()
    return DayVerdict(
        seed=seed,
        seconds=wall.perf_counter() - began,
        figures=figures,
        again=again,
        recount=counted,
        inquiries=inquiries,
        watch={
            "quotes sent": f"{watch.entries} in {watch.messages} messages, {watch.fills} executions",
            "refused by the venue": dict(watch.venue_refused),
            "refused by the gate": dict(watch.gate_refused),
            "strategies stopped": watch.stopped,
            "peaks": str(watch.peaks),
            "tripped and re-armed by hand": watch.trips,
        },
        self_trades=host.market.self_trades,
        profit=float(funds.balance + funds.option_value - funds.opening_balance),
        fees=float(funds.fees),
        edge=edge,
        passed=tuple(watch.peaks.passed),
    )


async def _run(
    host: VenueHost, pacer: SteppedPacer, whole: WholeDesk, clock: DayClock, watch: DayWatch, options: DayOptions
) -> None:
    """Let market time pass: crowd, rows to the desk, quotes to the venue, reports to the desk, the desk's timer."""
    end = datetime.combine(_DAY, options.until, SHANGHAI)
    beat_at = ping_at = clock()
    person = None if options.exempt_at is None else _Person(whole, datetime.combine(_DAY, options.exempt_at, SHANGHAI))
    while host.market.now < end:
        now = (host.market.now + timedelta(seconds=options.step)).astimezone(SHANGHAI).time()
        pacer.step = _LUNCH_STEP if _LUNCH[0] <= now < _LUNCH[1] else options.step
        # Rows leave the host with every second of its turns
        for _ in range(2):
            clock.seconds += pacer.step / 2
            host.tick()
            await asyncio.sleep(0)
            await whole.settle()
        if clock() - beat_at >= options.beat:
            beat_at = clock()
            whole.quoting.beat()
            await whole.settle()
        if clock() - ping_at >= 1.0:
            ping_at = clock()
            whole.desk.ping()
            await whole.settle()
        if person is not None:
            person.look(host.market.now)
        watch.look()


class _Person:
    """Telephones the exchange twice and writes down what it agreed to."""

    def __init__(self, whole: WholeDesk, at: datetime) -> None:
        self._obligations = whole.obligations
        self._at = at
        self._lifted: int | None = None

    def look(self, now: datetime) -> None:
        """Exempt when it is time, lift five minutes later."""
        obligations = self._obligations
        if self._lifted is None and now >= self._at:
            listed = obligations.listed
            first = min((c.underlying, c.expiry) for c in listed)
            codes = [c.code for c in listed if (c.underlying, c.expiry) == first]
            obligations.exempt_by_hand(codes, self._at + timedelta(minutes=10), _PERSON, "agreed by telephone")
            self._lifted = obligations.exempt_by_hand([listed[-1].code], None, _PERSON, "agreed by telephone").number
        elif self._lifted and now >= self._at + timedelta(minutes=5):
            obligations.lift_by_hand(self._lifted, _PERSON)
            self._lifted = 0


def play_seed(options: DayOptions, seed: int) -> DayVerdict:
    """One day in a folder of its own that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(play(seed, options, Path(folder)))


def main(arguments: Sequence[str]) -> int:
    """Play the days asked for; 1 when a demand was not met."""
    parser = argparse.ArgumentParser(prog="benchmarks making-day", description="A market maker's days by seed.")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="days played side by side")
    parser.add_argument("--underlyings", default=",".join(UNDERLYINGS))
    parser.add_argument("--strikes", type=int, default=2, help="each side of the money; the exchange lists 4")
    parser.add_argument("--until", type=time.fromisoformat, default=time(15, 0))
    parser.add_argument("--step", type=float, default=1.0, help="market seconds between two looks, 0.5, 1 or 2")
    parser.add_argument("--beat", type=float, default=2.0, help="market seconds between two turns of the desk's timer")
    parser.add_argument("--exempt-at", type=time.fromisoformat, help="a person exempts some contracts by hand then")
    parser.add_argument("--refreshes", type=float, default=0.5, help="of the crowd's makers; they come with 2 a second")
    chosen = parser.parse_args(arguments)
    options = DayOptions(
        tuple(chosen.underlyings.split(",")),
        chosen.strikes,
        chosen.until,
        chosen.step,
        chosen.beat,
        chosen.refreshes,
        chosen.exempt_at,
    )
    seeds = range(chosen.first_seed, chosen.first_seed + chosen.seeds)
    print(f"{options}", flush=True)
    failed = 0
    one = partial(play_seed, options)
    if chosen.jobs > 1:
        with ProcessPoolExecutor(chosen.jobs) as pool:
            for verdict in pool.map(one, seeds):
                print(verdict, flush=True)
                failed += bool(verdict.failures)
    else:
        for seed in seeds:
            verdict = one(seed)
            print(verdict, flush=True)
            failed += bool(verdict.failures)
    print(f"{len(seeds)} days, {failed} with a demand that was not met")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
