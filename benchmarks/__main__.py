"""Runs the benchmarks by name: `python -m benchmarks [NAME] [ARGUMENTS]`."""

import importlib
import os
import platform
import sys
from collections.abc import Sequence

#: Name to what it measures; each module has `main(arguments)`
BENCHMARKS = {
    "pricing": "volatilities, greeks, engine, curves and scenarios beside other libraries on the same ticks",
    "exchange": "the book alone and the exchange with validation and events, orders a second",
    "counter": "orders a second with the counter in front of the exchange, recovery of a day",
    "crowd": "the crowd a market second, and a whole day of three underlyings at full speed",
    "making-day": "a market maker's whole day by seed, its obligation counted twice",
    "obligations": "a maker's obligations over 1,000 contracts, as a share of one core",
    "dashboard": "the obligation dashboard over 1,000 contracts, served once a second, as a share of one core",
    "reminders": "one look of the reminders at 500 contracts and 200 positions",
    "journal": "records a second and the wait for the disk",
    "quoting": "from a tick of the underlying to the first and last quote message, and the kill switch",
    "kill-switch": "STOP and the dead-man watch against the real venue, 2,000 orders open",
    "plug-ins": "plug-ins in their processes: snapshot, tick to quote, the loop while one never ends",
    "chain": "painting the chain, a frame",
    "screen": "the real desk under load: event loop, processor, memory",
    "ticks": "the real desk in a storm of ticks: processor, tick to paint, whether it keeps up",
    "start": "from start to the first painted chain",
    "late-start": "a maker's desk killed in the afternoon and started again: a day's journal read, by part",
    "settlement": "the day's end of 10,000 accounts and 200,000 positions",
    "days": "simulated trading days by seed, invariants checked after each",
    "crash": "kill -9 of desk and venue at random points",
}
#: Longer than a minute, or installing peers: only when named
_LONG = frozenset({"crash", "late-start", "kill-switch", "making-day", "ticks", "settlement", "days", "pricing"})


def main(arguments: Sequence[str]) -> int:
    """Run the one named, or all that take less than some minutes."""
    name, *rest = arguments or [""]
    if name == "--days":
        name, rest = "days", list(arguments)
    if name and name not in BENCHMARKS:
        width = max(map(len, BENCHMARKS))
        print("\n".join(f"{known:{width}}  {what}" for known, what in BENCHMARKS.items()))
        return 0 if name in ("-h", "--help") else 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    for chosen in [name] if name else [n for n in BENCHMARKS if n not in _LONG]:
        print(f"\n== {chosen}: {BENCHMARKS[chosen]}", flush=True)
        code = importlib.import_module(f"benchmarks.{chosen.replace('-', '_')}").main(rest)
        if code:
            return int(code)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
