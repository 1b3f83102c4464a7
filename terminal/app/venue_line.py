"""Where a desk's line leads: to a venue of its own, to one that runs already, or into a recorded day."""

import argparse
from datetime import datetime
from pathlib import Path

from terminal.app.venue_arguments import LINGER_SECONDS, market_arguments, venue_name
from terminal.config import Settings
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import ConfigurationError
from terminal.domain.ports import Gateway
from terminal.gateways.embedded import EmbeddedVenue
from terminal.gateways.replay import ReplayGateway
from terminal.gateways.venue_link import VenueLink
from terminal.storage.recording import read_recording
from terminal.venue_source import CALENDAR_FILE, first_header, read_files, venue_request


def gateway_to_venue(options: argparse.Namespace, settings: Settings, folder: Path) -> Gateway:
    """The line that the command asks for. Raises ConfigurationError for an address that is none."""
    if options.command == "replay":
        return ReplayGateway(lambda: read_recording(options.recording), speed=options.speed)
    connect = getattr(options, "connect", None)
    if connect:
        host, _, port = connect.rpartition(":")
        if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise ConfigurationError(f"--connect {connect!r}: HOST:PORT, e.g. 127.0.0.1:7400")
        return VenueLink(lambda: (host or "127.0.0.1", int(port)))
    arguments = market_arguments(options, settings)
    speed = settings.speed if options.speed is None else options.speed
    venue = EmbeddedVenue(
        folder / "venue" / venue_name(arguments),
        [
            *arguments,
            *("--speed", str(speed), "--wait-for-desk", "--linger", str(LINGER_SECONDS)),
            *("--calendar", str(folder / CALENDAR_FILE)),
        ],
    )
    return VenueLink(venue.address)


def refuse_bad_files(options: argparse.Namespace, settings: Settings, folder: Path) -> None:
    """Make the first day here first: its refusal belongs on this screen, not into a venue's log."""
    if any(getattr(options, name, None) for name in ("chain", "contracts", "day")):
        request = venue_request(options, settings)
        first_header(request, read_files(request, folder / CALENDAR_FILE), datetime.now(SHANGHAI).date())
