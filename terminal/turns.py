"""How soon a thread that waits for the interpreter gets its turn.

Python lets a thread keep the interpreter for 5 ms before another one that waits may have it. The journal's writer is
such a thread: for a millisecond after a burst of records it holds up the loop, and with it a tick that should become a
quote. Asked for its turn after half a millisecond it gives way (docs/performance.md has the figures); threads that wait
for nobody pay nothing.
"""

import sys

TURN_SECONDS = 0.0005


def take_short_turns() -> None:
    """Let a waiting thread have the interpreter soon, for the rest of the process."""
    sys.setswitchinterval(TURN_SECONDS)
