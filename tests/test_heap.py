"""What is asked of glibc, shown in a process of its own: it lasts as long as that does."""

import subprocess
import sys

import pytest

from terminal import heap
from terminal.app.memory import look

#: Prints how much of sixteen dropped megabytes stays in the heap; the blocks are larger than any gap the imports left.
#: By itself glibc keeps all of them or none, as the kernel has laid out the process; once the threshold is kept, none
_PROGRAM = """
from terminal import heap
from terminal.app.memory import look

assert heap.keep_threshold()
# A great block that is dropped would raise the threshold, and smaller ones would come out of the heap
[bytes(8_000_000)].clear()
blocks = [bytes(4_000_000) for _ in range(4)]
last = bytes(1000)
before = look(0.0, 0).freed_mb
blocks.clear()
print(look(0.0, 0).freed_mb - before)
"""


@pytest.mark.fault("F82")
def test_large_blocks_go_back_to_the_kernel_once_the_threshold_is_kept() -> None:
    sample = look(0.0, 0)
    if heap._glibc() is None or sample is None or sample.native_mb != sample.native_mb:
        pytest.skip("another C library than glibc, or one older than mallinfo2")
    ended = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    assert float(ended.stdout) == pytest.approx(0.0, abs=2.0)


#: Prints how many megabytes less are resident once the pages below a block that stays are given back
_HELD = """
from terminal import heap
from terminal.app.memory import look

blocks = [b"x" * 50_000 for _ in range(400)]
last = blocks.pop()
blocks.clear()
before = look(0.0, 0).resident_mb
assert heap.give_back()
print(before - look(0.0, 0).resident_mb)
"""


@pytest.mark.fault("F82")
def test_pages_below_what_stays_go_back_to_the_kernel() -> None:
    if heap._glibc() is None:
        pytest.skip("another C library than glibc")
    ended = subprocess.run([sys.executable, "-c", _HELD], capture_output=True, text=True, timeout=60, check=True)
    assert float(ended.stdout) > 15.0


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not heap.keep_threshold()
    assert not heap.give_back()
