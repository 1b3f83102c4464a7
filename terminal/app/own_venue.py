"""The venue of a desk's own, set going before anything else: it takes as long to start as the screen takes to load."""

import argparse
from pathlib import Path

from terminal.app.venue_arguments import LINGER_SECONDS, market_arguments, venue_name
from terminal.config import CALENDAR_FILE, Settings, data_folder, load_settings
from terminal.gateways.embedded import EmbeddedVenue


def own_venue(options: argparse.Namespace, settings: Settings, folder: Path) -> EmbeddedVenue:
    """The venue of the market that the command asks for; nothing is started yet."""
    arguments = market_arguments(options, settings)
    speed = settings.speed if options.speed is None else options.speed
    return EmbeddedVenue(
        folder / "venue" / venue_name(arguments),
        [
            *arguments,
            *("--speed", str(speed), "--wait-for-desk", "--linger", str(LINGER_SECONDS)),
            *("--calendar", str(folder / CALENDAR_FILE)),
        ],
    )


def set_going(options: argparse.Namespace) -> EmbeddedVenue | None:
    """Start the desk's own venue, unless it runs; None where the line leads elsewhere or files must be judged first.

    Raises ConfigurationError for settings and folders that are refused.
    """
    if options.command in ("replay", "train") or getattr(options, "connect", None) or names_files(options):
        return None
    venue = own_venue(options, load_settings(), data_folder(options.data_dir))
    venue.begin()
    return venue


def names_files(options: argparse.Namespace) -> bool:
    """Whether the first day depends on what the user named, and may be refused on the desk's own screen."""
    return any(getattr(options, name, None) for name in ("chain", "contracts", "day"))
