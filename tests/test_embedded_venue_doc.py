"""The script in docs/embedded-venue.md runs as printed, and needs neither Qt nor asyncio."""

import os
import re
import subprocess
import sys
from pathlib import Path

from terminal.venue.counter.settlement.steps import STEPS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "embedded-venue.md"
#: The document plays in steps of a minute; these are the longest a crowd takes
PRINTED_STEP, COARSE_STEP = "STEP = 60.0", "STEP = 300.0"
LIST_FORBIDDEN = """
import sys
print("imported:", sorted({name.partition(".")[0] for name in sys.modules} & {"PySide6", "asyncio", "qasync"}))
"""


def script_of(document: str) -> str:
    """The one Python block of the document."""
    blocks: list[str] = re.findall(r"^```python\n(.*?)^```$", document, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 1, f"{len(blocks)} Python blocks"
    return blocks[0]


def test_the_documented_script_plays_a_day_without_qt_or_asyncio() -> None:
    script = script_of(DOCUMENT.read_text("utf-8"))
    assert script.count(PRINTED_STEP) == 1
    coarse = script.replace(PRINTED_STEP, COARSE_STEP)

    done = subprocess.run(
        [sys.executable, "-c", coarse + LIST_FORBIDDEN],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    *steps, money, after, imported = done.stdout.splitlines()
    assert [line.split()[-1] for line in steps] == ["taken", *(step.value for step in STEPS)]
    # A day's interest of 0.1 % a year on five million
    assert money.startswith("5000013.89 yuan, 432 settlement prices, "), money
    exercised = re.search(r"(\d+) contracts exercised", money)
    assert exercised is not None
    assert int(exercised[1]) > 10_000
    # The December month is the nearest now, and a new one was listed
    assert re.match(r"2026-11-26 4\d\d contracts, seed 8", after), after
    assert imported == "imported: []"
