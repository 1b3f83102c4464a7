"""Where a desk's line leads: to a venue of its own, to one that runs already, or into a recorded day."""

import argparse
from datetime import datetime
from pathlib import Path

from terminal.app.own_venue import names_files, own_venue
from terminal.config import CALENDAR_FILE, Settings
from terminal.domain.calendar import SHANGHAI
from terminal.domain.errors import ConfigurationError
from terminal.domain.ports import Gateway
from terminal.gateways.replay import ReplayGateway
from terminal.gateways.venue_link import VenueLink
from terminal.storage.recording import read_recording


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
    return VenueLink(own_venue(options, settings, folder).address)


def refuse_bad_files(options: argparse.Namespace, settings: Settings, folder: Path) -> None:
    """Make the first day here first: its refusal belongs on this screen, not into a venue's log."""
    if names_files(options):
        # Here and not above: the desk needs the market's own files for this alone
        from terminal.venue_source import first_header, read_files, venue_request

        request = venue_request(options, settings)
        first_header(request, read_files(request, folder / CALENDAR_FILE), datetime.now(SHANGHAI).date())
