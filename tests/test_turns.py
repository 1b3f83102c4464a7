"""Threads of the desk and of the venue give the interpreter up soon."""

import subprocess
import sys

from terminal.turns import TURN_SECONDS

_PROGRAM = "import sys; from terminal.turns import take_short_turns; take_short_turns(); print(sys.getswitchinterval())"


def test_a_thread_that_waits_is_asked_to_wait_no_longer() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, check=True, text=True)
    assert float(done.stdout) == TURN_SECONDS < 0.005


def test_a_turn_is_no_shorter_than_what_handing_it_over_is_worth() -> None:
    assert 1e-4 <= TURN_SECONDS <= 1e-3
