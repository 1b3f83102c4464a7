"""How much memory this process has, by whom it is held: the kernel's count and the C library's own, Linux only."""

import ctypes
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_STATM = Path("/proc/self/statm")
_HANDLES = "/proc/self/fd"
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
#: Rows of a `MemoryLog`
LOG_LENGTH = 1_024


@dataclass(frozen=True, slots=True)
class MemorySample:
    """One look. Megabytes are millions of bytes; nan where the C library does not tell."""

    seconds: float
    """Since the program began"""
    resident_mb: float
    library_mb: float
    """Pages of files: code, fonts, what SQLite maps"""
    native_mb: float
    """Handed out by malloc and not given back: Qt, numpy, SQLite, large objects of Python"""
    freed_mb: float
    """Given back to malloc, which keeps it for the next caller"""
    python_blocks: float
    """Small objects of Python; the memory around them is what the other columns leave of `resident_mb`"""
    handles: float
    """Open files and sockets"""
    fills: float
    """Executions of the day, which are its own record"""


COLUMNS = tuple(field.name for field in fields(MemorySample))


class MemoryLog:
    """The samples of a run in a block made once: once it is full every second row goes and the pace is halved."""

    def __init__(self) -> None:
        self._rows: NDArray[np.float64] = np.full((LOG_LENGTH, len(COLUMNS)), np.nan)
        self._count = 0
        self._every = 1
        self._calls = 0

    def __len__(self) -> int:
        """How many samples are kept."""
        return self._count

    @property
    def rows(self) -> NDArray[np.float64]:
        """The samples kept, oldest first, in the order of `COLUMNS`."""
        return self._rows[: self._count]

    def is_due(self) -> bool:
        """Whether the next sample is wanted; ask once a second."""
        self._calls += 1
        return (self._calls - 1) % self._every == 0

    def append(self, sample: MemorySample) -> None:
        """Keep a sample."""
        if self._count == LOG_LENGTH:
            self._count = LOG_LENGTH // 2
            self._rows[: self._count] = self._rows[::2]
            self._every *= 2
        self._rows[self._count] = [getattr(sample, name) for name in COLUMNS]
        self._count += 1


def look(seconds: float, fills: int) -> MemorySample | None:
    """Take one sample; None where there is no /proc."""
    try:
        _, resident, shared, *_ = map(int, _STATM.read_text("ascii").split())
        handles = len(os.listdir(_HANDLES))
    except (OSError, ValueError):
        return None
    native, freed = _malloc_mb() if _malloc_mb is not None else (float("nan"), float("nan"))
    return MemorySample(
        seconds=seconds,
        resident_mb=resident * _PAGE_BYTES / 1e6,
        library_mb=shared * _PAGE_BYTES / 1e6,
        native_mb=native,
        freed_mb=freed,
        python_blocks=sys.getallocatedblocks(),
        handles=handles,
        fills=fills,
    )


class _Mallinfo(ctypes.Structure):
    """`struct mallinfo2` of glibc 2.33 and later."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    ]


def _glibc() -> Callable[[], tuple[float, float]] | None:
    """Megabytes in use and held free, by glibc's own count; None with another C library."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        mallinfo = ctypes.CDLL(None).mallinfo2
    except (OSError, AttributeError):
        return None
    mallinfo.restype = _Mallinfo

    def read() -> tuple[float, float]:
        info = mallinfo()
        return (info.uordblks + info.hblkhd) / 1e6, info.fordblks / 1e6

    return read


_malloc_mb = _glibc()
