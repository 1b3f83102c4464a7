"""Starts the real program as a user would: a process of its own, an empty home, no display."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Ends what hangs; nothing is asserted by it, so it may be longer than the slowest machine needs
PATIENCE_SECONDS = 180.0


class Program:
    """One start of `python -m terminal`; `report` reads what it wrote at its end."""

    def __init__(self, folder: Path, words: tuple[str, ...], environment: dict[str, str]) -> None:
        self.folder = folder
        self.log = folder / "program.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "terminal", *words], cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def wait(self) -> int:
        """Its exit code."""
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self.process.kill()
        self.process.wait(timeout=PATIENCE_SECONDS)

    def said(self) -> str:
        """Everything it has printed so far."""
        return self.log.read_text("utf-8", "replace")


Start = Callable[..., Program]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the program with command-line words; whatever still runs at the end is killed, venues included."""
    programs: list[Program] = []
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    environment["PYTHONPATH"] = str(ROOT)

    def start_program(*words: str, unseen: bool = False) -> Program:
        # `run` finds out by itself that there is no display; the others are told
        env = environment if unseen else {**environment, "QT_QPA_PLATFORM": "offscreen"}
        program = Program(tmp_path, words, env)
        programs.append(program)
        return program

    yield start_program
    for program in programs:
        if program.process.poll() is None:
            program.kill()
    for address in tmp_path.rglob("venue.json"):
        _end_venue(address)


def _end_venue(address: Path) -> None:
    try:
        os.kill(int(json.loads(address.read_text())["process"]), signal.SIGTERM)
    except (OSError, ValueError, KeyError):
        return


@pytest.fixture
def report(tmp_path: Path) -> Callable[[str], dict[str, Any]]:
    """Read a run's report from the folder given by `--out`."""

    def read(name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((tmp_path / name / "report.json").read_text("utf-8"))
        return found

    return read
