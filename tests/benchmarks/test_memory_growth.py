"""What is called flat, and what a fill is said to cost."""

from typing import Any

import pytest

from benchmarks.memory_growth import SHORTEST_WINDOW, growth, lines
from terminal.app.memory import COLUMNS


def memory(seconds: float, mb_per_hour: float, fills: int = 0, native: float | None = 45.0) -> dict[str, Any]:
    """Samples every ten seconds; what happens in the first hundred is not part of the line."""
    rows: list[list[float | None]] = []
    for number in range(int(seconds // 10)):
        now = number * 10.0
        extra = 50.0 if now < 100.0 else 0.0
        resident = 170.0 + mb_per_hour * now / 3600 + extra
        rows.append([now, resident, 72.0, native, 3.0, 5e5 + now, 19, fills * now / seconds])
    return {"columns": COLUMNS, "rows": rows}


@pytest.mark.fault("F82")
@pytest.mark.parametrize(("mb_per_hour", "verdict"), [(0.0, "flat"), (0.9, "flat"), (1.1, "NOT flat"), (-5.0, "flat")])
def test_flat_is_less_than_a_megabyte_an_hour_after_warm_up(mb_per_hour: float, verdict: str) -> None:
    found = growth(memory(3600.0, mb_per_hour), 100.0)
    assert found is not None
    assert found.resident == pytest.approx(mb_per_hour, abs=1e-6)
    assert found.verdict == verdict
    assert (found.began, found.ended) == (100.0, 3590.0)
    assert [found.native, found.freed] == pytest.approx([0.0, 0.0])
    assert found.rest == pytest.approx(mb_per_hour, abs=1e-6)
    assert found.python_blocks == pytest.approx(3600.0)
    assert (found.handles, found.fills, found.kilobytes_a_fill) == ((19, 19), 0, None)


def test_a_rise_of_a_tenth_is_not_flat_however_slow() -> None:
    found = growth(memory(3600.0 * 30, 0.9), 100.0)
    assert found is not None
    assert found.last_mb > 1.1 * found.first_mb
    assert found.verdict == "NOT flat"


def test_the_cost_of_a_fill_is_all_that_grew_over_the_fills() -> None:
    found = growth(memory(3600.0, 3.6, fills=720), 0.0)
    assert found is not None
    assert found.fills == pytest.approx(718, abs=1)
    found = growth(memory(3600.0, 3.6, fills=720), 100.0)
    assert found is not None
    assert found.kilobytes_a_fill == pytest.approx(5.0, abs=0.02)
    assert "5.0 kB each" in lines(found)[-1]
    shrinking = growth(memory(3600.0, -3.6, fills=720), 100.0)
    assert not any("kB each" in line for line in lines(shrinking))


def test_short_runs_are_not_judged() -> None:
    found = growth(memory(SHORTEST_WINDOW / 2, 0.0), 100.0)
    assert found is not None
    assert found.verdict == "too short to tell"
    assert growth(memory(150.0, 0.0), 100.0) is None
    assert lines(None) == ["memory        too few samples after warm-up"]


def test_another_c_library_tells_nothing_of_its_heap() -> None:
    found = growth(memory(3600.0, 0.5, native=None), 100.0)
    assert found is not None
    assert found.native != found.native
    assert found.verdict == "flat"
