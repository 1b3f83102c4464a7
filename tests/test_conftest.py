"""The watch over every test works: bad tests fail and are told why, good ones pass.

In a pytest of its own, because what is tested here is what fails a test.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TESTS = """
import asyncio, logging, threading
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, strategies
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

KEPT = []

def test_bad_log():
    logging.getLogger("desk").warning("the line is %s", "down")

def test_bad_announcement(expected_warnings):
    expected_warnings("never comes")

def test_bad_thread():
    thread = threading.Thread(target=threading.Event().wait, args=(3,), name="lost thread")
    thread.start()

def test_bad_loop():
    KEPT.append(asyncio.new_event_loop())

def test_bad_task(qt_loop):
    async def wait():
        await asyncio.sleep(60)
    async def main():
        KEPT.append(asyncio.ensure_future(wait()))
        await asyncio.sleep(0)
    qt_loop.run_until_complete(main())

def test_bad_timer(qapp):
    timer = QTimer()
    timer.start(60_000)
    KEPT.append(timer)

def test_bad_window(qapp):
    window = QWidget()
    window.setObjectName("lost window")
    window.show()
    KEPT.append(window)

def test_good_log(expected_warnings):
    expected_warnings("WARNING desk: the line is down")
    logging.getLogger("desk").warning("the line is %s", "down")

def test_good_home(tmp_path):
    assert Path.home().is_relative_to(tmp_path)
    assert platformdirs.user_data_path("optiondesk").is_relative_to(tmp_path)
    assert platformdirs.user_config_path("optiondesk").is_relative_to(tmp_path)
    assert platformdirs.user_state_path("optiondesk").is_relative_to(tmp_path)
    assert platformdirs.user_cache_path("optiondesk").is_relative_to(tmp_path)

def test_good_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    timer = QTimer(window)
    with qtbot.waitSignal(timer.timeout):
        timer.start(1)

def test_good_loop(qt_loop):
    assert qt_loop.run_until_complete(asyncio.sleep(0, "done")) == "done"
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"

@given(strategies.integers())
def test_good_property(number):
    assert number == number
"""
COMPLAINTS = {
    "test_bad_log": "logged unexpectedly: WARNING desk: the line is down",
    "test_bad_announcement": "announced but never logged: never comes",
    "test_bad_thread": "left running: <Thread(lost thread",
    "test_bad_loop": "left behind: open event loop",
    "test_bad_task": "left behind: task",
    "test_bad_timer": "left running: timer of 60000 ms started at",
    "test_bad_window": "left on screen: QWidget 'lost window'",
}


@pytest.mark.slow
def test_the_watch_fails_bad_tests_and_passes_good_ones(tmp_path: Path) -> None:
    (tmp_path / "test_watched.py").write_text(TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", str(ROOT / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "-p", "no:cacheprovider", "-v", str(tmp_path / "test_watched.py")],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    for name, complaint in COMPLAINTS.items():
        assert f"::{name} ERROR" in done.stdout, name
        assert complaint in done.stdout
    assert "::test_good" in done.stdout
    assert f"12 passed, {len(COMPLAINTS)} errors" in done.stdout, done.stdout
