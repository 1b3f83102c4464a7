"""The memory samples of a run: true to the kernel, and bounded themselves."""

import sys
from dataclasses import astuple

import numpy as np
import pytest

from terminal.app.memory import COLUMNS, LOG_LENGTH, MemoryLog, MemorySample, look

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")


def sample(seconds: float) -> MemorySample:
    return MemorySample(seconds, *(float("nan") for _ in COLUMNS[1:]))


@on_linux
def test_what_malloc_hands_out_is_seen() -> None:
    before = look(0.0, 0)
    block = np.ones(4_000_000)
    after = look(1.0, 7)
    assert before is not None
    assert after is not None
    assert after.resident_mb - before.resident_mb == pytest.approx(32.0, abs=4.0)
    if not np.isnan(after.native_mb):
        assert after.native_mb - before.native_mb == pytest.approx(32.0, abs=2.0)
    assert 0 < after.library_mb < after.resident_mb < 100_000
    assert (after.seconds, after.fills) == (1.0, 7)
    assert block.all()


@on_linux
def test_an_open_file_is_seen() -> None:
    before = look(0.0, 0)
    with open(__file__, encoding="utf-8"):
        during = look(0.0, 0)
    assert before is not None
    assert during is not None
    assert during.handles == before.handles + 1


@pytest.mark.fault("F82")
def test_a_day_of_samples_takes_the_room_of_one_hour() -> None:
    log = MemoryLog()
    room = log.rows.base
    for second in range(8 * 3600):
        if log.is_due():
            log.append(sample(float(second)))
        assert len(log) <= LOG_LENGTH
    assert log.rows.base is room
    seconds = log.rows[:, 0]
    assert len(seconds) > LOG_LENGTH // 2
    # Evenly over the whole day, from its first second on
    assert set(np.diff(seconds)) == {32.0}
    assert (seconds[0], seconds[-1]) == (0.0, pytest.approx(8 * 3600, abs=33.0))


def test_a_sample_is_kept_as_it_came() -> None:
    log = MemoryLog()
    taken = MemorySample(1.0, 170.5, 72.0, 45.0, 3.0, 5e5, 19.0, 4.0)
    log.append(taken)
    assert log.rows.tolist() == [list(astuple(taken))]
