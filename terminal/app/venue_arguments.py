"""How the desk starts a venue of its own: its command line, and the folder of the book it asks for."""

import argparse
import hashlib
from pathlib import Path

from terminal.config import Settings

#: How long an embedded venue stays after its last desk, wall seconds
LINGER_SECONDS = 15.0


def venue_name(arguments: list[str]) -> str:
    """A folder name for the book that these market arguments ask for; the plain market has a plain name."""
    if not arguments:
        return "market"
    return "market-" + hashlib.sha256("\0".join(arguments).encode()).hexdigest()[:12]


def market_arguments(options: argparse.Namespace, settings: Settings) -> list[str]:
    """The venue's command line, out of the desk's and `config.toml`; what both leave as it is is left out.

    Paths are made absolute, because the venue has its own folder.
    """
    plain = Settings()
    arguments: list[str] = []
    for name in ("seed", "start", "day", "profile"):
        configured = getattr(settings, name, None)
        value = getattr(options, name, None)
        if value is None and configured != getattr(plain, name, None):
            value = configured
        if value is not None:
            arguments += [f"--{name}", str(value)]
    for name in ("chain", "contracts"):
        path: Path | None = getattr(options, name, None)
        if path is not None:
            arguments += [f"--{name}", str(path.resolve())]
    return arguments
