"""The script in docs/embedded-venue.md runs as printed, and needs neither Qt nor asyncio."""

import os
import re
import subprocess
import sys
from pathlib import Path

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
    told, imported = done.stdout.splitlines()
    assert re.match(r"2026-11-23 432 contracts CLOSED ", told), told
    trades = re.search(r"'Traded': (\d+)", told)
    assert trades is not None, told
    assert int(trades[1]) > 10_000
    assert "'DayClosed': 1" in told
    assert imported == "imported: []"
