"""From `optiondesk desk` to the first painted chain, cold once and then warm: the real program on its own venue."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_RUNS = 5


def main(arguments: Sequence[str]) -> int:
    """Print seconds for a fresh folder and the median of restarts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fresh = start_once(folder)
        warm = [start_once(folder) for _ in range(_RUNS)]
    print(f"first start on an empty folder   {fresh:5.2f} s")
    print(f"median of {_RUNS} restarts             {statistics.median(warm):5.2f} s, worst {max(warm):.2f} s")
    return 0


def start_once(folder: Path) -> float:
    """Seconds from launching the process to the first painted chain, as the report tells it."""
    out = folder / "out"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.time()
    command = [sys.executable, "-m", "terminal", "desk", "--data-dir", str(folder / "data"), "--duration", "5"]
    subprocess.run([*command, "--out", str(out)], check=True, env=environment, stdout=subprocess.DEVNULL)
    report = json.loads((out / "report.json").read_text())
    return float(report["first_chain_at"]) - began
