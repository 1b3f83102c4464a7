"""What is asked of glibc, shown in a process of its own: it lasts as long as that does."""

import subprocess
import sys

import pytest

from terminal import heap
from terminal.app.memory import look

#: Prints how much of eight dropped megabytes stays in the heap, before and after the threshold is kept
_PROGRAM = """
import ctypes
from terminal import heap
from terminal.app.memory import look

def left_of_eight():
    blocks = [bytes(1_000_000) for _ in range(8)]
    last = bytes(1000)
    before = look(0.0, 0).freed_mb
    blocks.clear()
    return look(0.0, 0).freed_mb - before

# A great block that is dropped raises the threshold: smaller ones come out of the heap from now on
[bytes(8_000_000)].clear()
print(left_of_eight())
assert heap.keep_threshold()
# What was left must not serve again
ctypes.CDLL(None).malloc_trim(0)
print(left_of_eight())
"""


@pytest.mark.fault("F82")
def test_large_blocks_go_back_to_the_kernel_once_the_threshold_is_kept() -> None:
    sample = look(0.0, 0)
    if heap._glibc() is None or sample is None or sample.native_mb != sample.native_mb:
        pytest.skip("another C library than glibc, or one older than mallinfo2")
    ended = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    by_itself, kept = map(float, ended.stdout.split())
    assert by_itself == pytest.approx(8.0, abs=1.0)
    assert kept == pytest.approx(0.0, abs=1.0)


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not heap.keep_threshold()
