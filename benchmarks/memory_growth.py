"""What a run's memory samples say: whether resident memory is flat after warm-up, and what grows if it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Flat is less than this, megabytes an hour
FLAT_MB_PER_HOUR = 1.0
#: and less than this over the whole window
FLAT_RISE = 0.10
#: A window shorter than this says nothing of an hour, seconds: Python takes memory by the megabyte
SHORTEST_WINDOW = 20 * 60.0
_FEWEST = 10


@dataclass(frozen=True, slots=True)
class Growth:
    """Lines through the samples of a window. Slopes in megabytes an hour."""

    began: float
    """Seconds after the start, as `ended`"""
    ended: float
    first_mb: float
    """Resident by the line at the window's beginning, as `last_mb` at its end"""
    last_mb: float
    resident: float
    native: float
    """In use by Qt, numpy, SQLite and large objects of Python"""
    freed: float
    """Given back to the C library and kept by it"""
    rest: float
    """Python's small objects and what lies around them"""
    python_blocks: float
    """An hour, not megabytes"""
    handles: tuple[int, int]
    fills: int
    """Executions inside the window"""

    @property
    def hours(self) -> float:
        """Length of the window."""
        return (self.ended - self.began) / 3600

    @property
    def rise(self) -> float:
        """Over the whole window, as a share of what there was at its beginning."""
        return self.last_mb / self.first_mb - 1

    @property
    def verdict(self) -> str:
        """In a word or two."""
        if self.ended - self.began < SHORTEST_WINDOW:
            return "too short to tell"
        is_flat = self.resident < FLAT_MB_PER_HOUR and self.rise < FLAT_RISE
        return "flat" if is_flat else "NOT flat"

    @property
    def kilobytes_a_fill(self) -> float | None:
        """All that grew over the fills: what one costs at most, with its order and its reports; None without any."""
        return self.resident * self.hours / self.fills * 1000 if self.fills else None


def growth(memory: Mapping[str, Any], warm_up: float) -> Growth | None:
    """The lines after `warm_up` seconds through `memory` of a desk's report; None for fewer than ten samples."""
    columns: Sequence[str] = memory["columns"]
    rows = np.array(memory["rows"], np.float64).reshape(-1, len(columns))
    rows = rows[rows[:, columns.index("seconds")] >= warm_up]
    if len(rows) < _FEWEST:
        return None
    of = {name: rows[:, number] for number, name in enumerate(columns)}
    seconds, resident = of["seconds"], of["resident_mb"]
    slope = _slope(seconds, resident)
    middle, mean = float(seconds.mean()), float(resident.mean())
    rest = resident - of["library_mb"] - of["native_mb"] - of["freed_mb"]
    began, ended = float(seconds[0]), float(seconds[-1])
    return Growth(
        began=began,
        ended=ended,
        first_mb=mean + slope * (began - middle) / 3600,
        last_mb=mean + slope * (ended - middle) / 3600,
        resident=slope,
        native=_slope(seconds, of["native_mb"]),
        freed=_slope(seconds, of["freed_mb"]),
        rest=_slope(seconds, rest),
        python_blocks=_slope(seconds, of["python_blocks"]),
        handles=(int(of["handles"][0]), int(of["handles"][-1])),
        fills=int(of["fills"][-1] - of["fills"][0]),
    )


def lines(found: Growth | None) -> list[str]:
    """The same in words, for the terminal."""
    if found is None:
        return ["memory        too few samples after warm-up"]
    said = [
        f"memory        {found.first_mb:.1f} -> {found.last_mb:.1f} MB ({found.rise:+.1%}) "
        f"from minute {found.began / 60:.0f} to {found.ended / 60:.0f}, {found.resident:+.2f} MB/h: {found.verdict} "
        f"(flat is < {FLAT_MB_PER_HOUR:g} MB/h and < {FLAT_RISE:.0%})",
        f"  of it       native in use {found.native:+.2f}, freed and kept by malloc {found.freed:+.2f}, "
        f"Python and rest {found.rest:+.2f} MB/h",
        f"  objects     {found.python_blocks:+,.0f} Python blocks an hour, handles {found.handles[0]} -> "
        f"{found.handles[1]}",
    ]
    cost = found.kilobytes_a_fill
    if cost is not None and cost > 0:
        said.append(f"  day's record {found.fills} fills in the window: {cost:.1f} kB each if nothing else grew")
    return said


def _slope(seconds: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Least-squares slope an hour; nan where a value is."""
    away = seconds - seconds.mean()
    return float((away * (values - values.mean())).sum() / (away**2).sum() * 3600)
