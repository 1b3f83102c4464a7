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
    "crowd": "the crowd a market second, and a whole day of three underlyings at full speed",
    "journal": "records a second and the wait for the disk",
    "chain": "painting the chain, a frame",
    "screen": "the real desk under load: event loop, processor, memory",
    "start": "from start to the first painted chain",
    "crash": "kill -9 of desk and venue at random points",
}
#: Longer than a minute, or installing peers: only when named
_LONG = frozenset({"crash", "pricing"})


def main(arguments: Sequence[str]) -> int:
    """Run the one named, or all that take less than some minutes."""
    name, *rest = arguments or [""]
    if name and name not in BENCHMARKS:
        width = max(map(len, BENCHMARKS))
        print("\n".join(f"{known:{width}}  {what}" for known, what in BENCHMARKS.items()))
        return 0 if name in ("-h", "--help") else 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores")
    for chosen in [name] if name else [n for n in BENCHMARKS if n not in _LONG]:
        print(f"\n== {chosen}: {BENCHMARKS[chosen]}", flush=True)
        code = importlib.import_module(f"benchmarks.{chosen}").main(rest)
        if code:
            return int(code)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
