"""Pages of a large library: read without harm, given back without harm, and no error where there is none."""

import os
import sys
import threading
from pathlib import Path

import pytest

from terminal.app.library_pages import let_go, read_ahead
from tests.app.conftest import PATIENCE_SECONDS


def test_a_package_that_is_not_there_is_no_error() -> None:
    read_ahead("no_such_package")
    let_go("no_such_package")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_reading_ahead_reads_all_of_a_library_and_imports_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "large_package"
    package.mkdir()
    (package / "__init__.py").touch()
    # Whoever writes into a pipe is done when somebody has read all of it
    library = package / "library.so"
    os.mkfifo(library)
    writer = threading.Thread(target=library.write_bytes, args=(b"code" * 600_000,), daemon=True)
    writer.start()
    monkeypatch.syspath_prepend(tmp_path)
    read_ahead("large_package")
    writer.join(PATIENCE_SECONDS)
    assert not writer.is_alive()
    assert "large_package" not in sys.modules


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="resident memory is read from /proc")
def test_what_was_let_go_is_there_when_it_is_called_again() -> None:
    from scipy.special import ndtr

    assert ndtr(0.0) == 0.5
    before = resident("scipy")
    let_go("scipy")
    after = resident("scipy")
    assert after < 0.3 * before
    assert ndtr(0.0) == 0.5
    assert resident("scipy") > after


def resident(package: str) -> int:
    """Kilobytes of a package's unwritable libraries in memory."""
    total, is_ours = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        name, *rest = line.split()
        if "-" in name and not name.endswith(":"):
            is_ours = rest[0].startswith("r-") and f"/{package}/" in line
        elif name == "Rss:" and is_ours:
            total += int(rest[0])
    return total
