"""Recordings: what was written is read, a torn tail is let go, damage in the middle is not passed over."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import JournalError
from terminal.domain.messages import Event, PhaseChanged, Pong
from terminal.domain.phases import Phase
from terminal.storage.recording import RecordingWriter, read_recording

AT = datetime(2026, 3, 2, 9, 30, 0, 250_000, tzinfo=SHANGHAI)
EVENTS: list[tuple[datetime, Event]] = [
    (AT, PhaseChanged(phase=Phase.CONTINUOUS, at=AT)),
    (AT + timedelta(microseconds=1), Pong(number=1, at=AT)),
    (AT + timedelta(hours=2), PhaseChanged(phase=Phase.LUNCH, at=AT, code="10001771")),
]


def record(path: Path, events: list[tuple[datetime, Event]] = EVENTS) -> bytes:
    writer = RecordingWriter(path)
    for at, event in events:
        writer.write(at, event)
    writer.close()
    return path.read_bytes()


@pytest.mark.requirement("X9")
def test_what_was_recorded_is_read_with_its_times(tmp_path: Path) -> None:
    record(tmp_path / "day")
    found = list(read_recording(tmp_path / "day"))
    assert found == EVENTS
    assert found[0][0].tzinfo is SHANGHAI


def test_a_recording_is_continued_where_it_ended(tmp_path: Path) -> None:
    record(tmp_path / "day")
    record(tmp_path / "day")
    assert list(read_recording(tmp_path / "day")) == EVENTS * 2


@pytest.mark.fault("F51")
def test_a_tail_torn_anywhere_costs_only_the_torn_record(tmp_path: Path) -> None:
    path = tmp_path / "day"
    start = len(record(path, []))
    ends = [start, *(len(record(tmp_path / f"first{n}", EVENTS[:n])) for n in (1, 2, 3))]
    data = record(path, EVENTS)
    for cut in range(start, len(data)):
        path.write_bytes(data[:cut])
        whole = sum(1 for end in ends[1:] if end <= cut)
        assert list(read_recording(path)) == EVENTS[:whole]
    # Where the power failed, zeros may stand in place of the tail, and the next recording goes on after what is whole
    path.write_bytes(data[: ends[2] + 7] + bytes(5000))
    assert list(read_recording(path)) == EVENTS[:2]
    record(path, EVENTS[2:])
    assert list(read_recording(path)) == EVENTS


@pytest.mark.fault("F61")
def test_any_flipped_byte_before_the_last_record_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "day"
    head = len(record(tmp_path / "empty", []))
    first_two = len(record(tmp_path / "two", EVENTS[:2]))
    data = record(path)
    for place in range(head, first_two):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x40]) + data[place + 1 :])
        with pytest.raises(JournalError, match="damaged at byte"):
            list(read_recording(path))


def test_another_file_or_protocol_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"OPTIONDESK RECORDING 1 PROTOCOL 999\n")
    (tmp_path / "noise").write_bytes(b"\xff" * 500)
    for name in ("other", "noise", "missing"):
        with pytest.raises(JournalError):
            list(read_recording(tmp_path / name))
    with pytest.raises(JournalError):
        RecordingWriter(tmp_path / "noise")
    assert (tmp_path / "noise").read_bytes() == b"\xff" * 500


def test_events_reach_the_file_a_second_later_at_most(tmp_path: Path) -> None:
    path, now = tmp_path / "day", 100.0
    writer = RecordingWriter(path, monotonic=lambda: now)
    writer.write(*EVENTS[0])
    now += 0.5
    writer.write(*EVENTS[1])
    assert path.read_bytes() == b""
    now += 0.5
    writer.write(*EVENTS[2])
    assert list(read_recording(path)) == EVENTS
    writer.close()


@pytest.mark.fault("F57")
def test_a_disk_that_fails_ends_the_recording_and_nothing_else(
    tmp_path: Path, expected_warnings: Callable[[str], None]
) -> None:
    resource = pytest.importorskip("resource", reason="needs the file size limit of Unix to make writes fail")
    expected_warnings("recording ended: .*too large")
    path = tmp_path / "day"
    writer = RecordingWriter(path)
    writer.write(*EVENTS[0])
    writer.flush()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 10, hard))
    try:
        writer.write(*EVENTS[1])
        writer.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert writer.failure is not None
    writer.write(*EVENTS[2])
    writer.close()
    assert list(read_recording(path)) == EVENTS[:1]
