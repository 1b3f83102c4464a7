"""Files of interbank rates: good days count, wrong lines are named, a file of something else is refused."""

import contextlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terminal.domain.errors import BadFile
from terminal.storage.rate_file import load_rates

HEADER = "报告日,隔夜,1周,2周,1月,3月,6月,9月,1年"
GOOD = "2024-11-04,1.346,1.496,1.735,1.815,1.878,1.914,1.927,1.937"


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "shibor.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_per_cent_on_360_days_become_continuous_rates(tmp_path: Path, encoding: str) -> None:
    """Worked: 3 months at 1.878 % simple on 360 days: ln(1 + 0.01878 * 91 / 360) * 365 / 91 = 1.89958 %."""
    history = load_rates(write(tmp_path, HEADER, GOOD, encoding=encoding))
    assert not history.problems
    curve = history.curves[date(2024, 11, 4)]
    assert float(curve.rate(91 / 365)) == pytest.approx(0.0189958, abs=1e-7)
    assert float(curve.discount(1.0)) == pytest.approx(1 / (1 + 0.01937 * 365 / 360), rel=1e-12)


def test_english_columns_in_another_order(tmp_path: Path) -> None:
    path = write(tmp_path, "1Y,Date,O/N,1W,2W,1M,3M,6M,9M", "1.937,20241104,1.346,1.496,1.735,1.815,1.878,1.914,1.927")
    assert float(load_rates(path).curves[date(2024, 11, 4)].rate(1.0)) == pytest.approx(0.0194490, abs=1e-6)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("2024-11-03,1.3,1.4,1.7,1.8,1.8,1.9,1.9", "row"),
        ("2024-02-30,1.3,1.4,1.7,1.8,1.8,1.9,1.9,1.9", "date"),
        ("2024-11-03,1.3,1.4,,1.8,1.8,1.9,1.9,1.9", "2W"),
        ("2024-11-03,1.3,1.4,1.7,nan,1.8,1.9,1.9,1.9", "1M"),
        ("2024-11-03,1.3,1.4,1.7,1.8,187.8,1.9,1.9,1.9", "3M"),
        ("2024-11-04,1.3,1.4,1.7,1.8,1.8,1.9,1.9,1.9", "date"),
    ],
)
@pytest.mark.fault("F37")
def test_a_wrong_line_is_named_and_the_others_count(tmp_path: Path, line: str, field: str) -> None:
    history = load_rates(write(tmp_path, HEADER, GOOD, line, GOOD.replace("11-04", "11-01")))
    assert list(history.curves) == [date(2024, 11, 1), date(2024, 11, 4)]
    (problem,) = history.problems
    assert (problem.line, problem.field, problem.file_name) == (3, field, "shibor.csv")


@pytest.mark.parametrize("lines", [[], [HEADER], ["a,b"], [HEADER, "x"], [HEADER + ",隔夜", GOOD]])
def test_a_file_without_rates_is_refused(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(BadFile):
        load_rates(write(tmp_path, *lines))


def test_a_day_without_a_line_has_the_rates_of_the_day_before(tmp_path: Path) -> None:
    history = load_rates(write(tmp_path, HEADER, GOOD))
    assert history.on_or_before(date(2024, 11, 3)) is None
    assert history.on_or_before(date(2024, 12, 1)) is history.curves[date(2024, 11, 4)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_give_rates_or_a_refusal(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes((HEADER + "\n").encode() + data)
    with contextlib.suppress(BadFile):
        assert load_rates(path).curves


def test_the_published_history_is_read_whole(shared_data: Path) -> None:
    history = load_rates(shared_data / "shibor_2006_2024-11.csv")
    assert len(history.curves) == 4517
    assert not history.problems
    curve = history.on_or_before(date(2013, 6, 20))
    assert curve is not None
    assert float(curve.rate(1 / 365)) == pytest.approx(np.log1p(0.13444 / 360) * 365, abs=1e-5)
