"""How long a call takes, the same for us and every peer; only the standard library, so any environment has it."""

import statistics
import sys
import time
from collections.abc import Callable

#: Processor time of the thread, so that a busy machine shows less; Windows counts it too coarsely
_clock = time.perf_counter if sys.platform == "win32" else time.thread_time
_BATCH_SECONDS = 0.02
_BATCHES = 9


def seconds(call: Callable[[], object], batches: int = _BATCHES) -> float:
    """Median seconds of one call over batches that each last some hundredths of a second, after a warm-up call."""
    call()
    began = _clock()
    call()
    count = max(1, int(_BATCH_SECONDS / max(_clock() - began, 1e-7)))
    times = []
    for _ in range(batches):
        began = _clock()
        for _ in range(count):
            call()
        times.append((_clock() - began) / count)
    return statistics.median(times)


def seconds_each(prepare: Callable[[int], object], call: Callable[[], object], count: int) -> float:
    """Median seconds of `call`; `prepare` with the number of the call comes before each and does not count."""
    times = []
    for number in range(count):
        prepare(number)
        began = _clock()
        call()
        times.append(_clock() - began)
    return statistics.median(times[len(times) // 5 :])
