"""How the desk starts a venue of its own: its command line, and the folder of the book it asks for."""

import argparse
import hashlib
from pathlib import Path

#: How long an embedded venue stays after its last desk, wall seconds
LINGER_SECONDS = 15.0


def venue_name(arguments: list[str]) -> str:
    """A folder name for the book that these market arguments ask for; the plain market has a plain name."""
    if not arguments:
        return "market"
    return "market-" + hashlib.sha256("\0".join(arguments).encode()).hexdigest()[:12]


def market_arguments(options: argparse.Namespace) -> list[str]:
    """The venue's command line, out of the desk's; paths made absolute, because the venue has its own folder."""
    arguments: list[str] = []
    for name in ("seed", "start", "day", "profile"):
        value = getattr(options, name, None)
        if value is not None:
            arguments += [f"--{name}", str(value)]
    for name in ("chain", "contracts"):
        path: Path | None = getattr(options, name, None)
        if path is not None:
            arguments += [f"--{name}", str(path.resolve())]
    return arguments
